"""Rung 3: constants.  An algebraic number smaller than its root separation bound is 0 (BFMSS).

Burnikel, Funke, Mehlhorn, Schirra and Schmitt, "A separation bound for real algebraic expressions" (2001): an
expression is U/L with algebraic integers U and L, whose conjugates are at most u and l; if it is not 0 then
|E| >= 1/(u**(d-1) l), where d bounds the degree of the field that its radicals generate.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm, log2

from flint import arb, fmpz

from derive.meaning.form import IMAGINARY, PI, Form, fn, free_variables, mul, num, power, sub
from derive.verify.balls import Undefined, Unknown, precision, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.normal import Unsupported, normal_forms
from derive.verify.signs import Signs

__all__ = ["NotAlgebraic", "is_zero", "vanishing_constant"]

LARGEST_DEGREE = 4096
MOST_BITS = 40_000
MARGIN = 64


class NotAlgebraic(Exception):
    """The form is not known to be an algebraic number of moderate size."""


def vanishing_constant(difference: Form, signs: Signs, *, deadline: Deadline = NEVER) -> str:
    """How the constant is shown to be 0, or "".

    Algebraic numbers by their separation bound.  Else exp(D) = 1 for a real D, or exp(i D) = 1 with |D| < 2 pi:
    then D = 0; the exponential is an algebraic number for sums of logarithms and of inverse tangents.
    """
    if free_variables(difference):
        return ""
    try:
        if is_zero(difference, deadline):
            return "root separation"
        return ""
    except NotAlgebraic:
        pass
    for factor, name in ((num(1), "exp(D) = 1 for real D"), (IMAGINARY, "exp(i D) = 1 for small D")):
        if _is_small(difference, real_only=factor == num(1)) and _is_one(
            fn("exp", mul(factor, difference)), signs, deadline
        ):
            return name
    return ""


def _is_small(difference: Form, *, real_only: bool) -> bool:
    """The constant is surely real, or of absolute value below 2 pi."""
    try:
        with precision(128):
            z = value(difference, {}, real=False)
            return bool(z.imag.is_zero()) if real_only else bool(abs(z) < 2 * arb.pi())
    except (Undefined, Unknown):
        return False


def _is_one(exponential: Form, signs: Signs, deadline: Deadline) -> bool:
    """The exponential in normal form is an algebraic number, and that number is 1."""
    try:
        field, (found,) = normal_forms([exponential], signs, real=False, deadline=deadline)
        return is_zero(sub(field.form_of(found), num(1)), deadline)
    except (Unsupported, Undefined, NotAlgebraic):
        return False


def is_zero(form: Form, deadline: Deadline = NEVER) -> bool:
    """Whether an algebraic number is 0; NotAlgebraic for other forms."""
    bound = _Bound(form)
    bits = bound.bits
    if bits > MOST_BITS:
        raise NotAlgebraic("separation bound too small")
    deadline.check()
    with precision(bits + MARGIN):
        try:
            return bool(abs(value(form, {}, real=False)) < arb(2) ** -bits)
        except (Undefined, Unknown) as error:
            raise NotAlgebraic(str(error)) from error


class _Bound:
    """log2 of u and l, and the degree, gathered over a form."""

    def __init__(self, form: Form) -> None:
        self.radicals: dict[Form, int] = {}
        self.conductor = 1
        upper, lower = self._visit(form)
        degree = int(fmpz(self.conductor).euler_phi())
        for index in self.radicals.values():
            degree *= index
        if degree > LARGEST_DEGREE:
            raise NotAlgebraic("degree")
        self.bits = int(1.01 * ((degree - 1) * max(upper, 0.0) + max(lower, 0.0))) + MARGIN

    def _visit(self, form: Form) -> tuple[float, float]:
        head = form.head
        if head == "num":
            return _size(form.value.numerator), _size(form.value.denominator)
        if head == "add":
            upper, lower = self._visit(form.args[0])
            for term in form.args[1:]:
                u, w = self._visit(term)
                upper, lower = max(upper + w, u + lower) + 1, lower + w
            return upper, lower
        if head == "mul":
            parts = [self._visit(factor) for factor in form.args]
            return sum(u for u, _ in parts), sum(w for _, w in parts)
        if head == "pow" and form.args[1].head == "num":
            return self._power(form.args[0], form.args[1].value)
        if head == "const" and form.name == "I":
            self.conductor = lcm(self.conductor, 4)
            return 0.0, 0.0
        if head == "const" and form.name == "GoldenRatio":
            self.radicals[power(num(5), num(1, 2))] = 2
            return 1.0, 0.0
        if head in ("sin", "cos"):
            turn = _multiple_of_pi(form.args[0])
            self.conductor = lcm(self.conductor, 4 * turn.denominator)
            return 1.0, 1.0
        if head in ("tan", "cot", "sec", "csc"):
            turn = _multiple_of_pi(form.args[0])
            self.conductor = lcm(self.conductor, 4 * turn.denominator)
            return (2.0, 2.0) if head in ("tan", "cot") else (1.0, 1.0)
        raise NotAlgebraic(head)

    def _power(self, base: Form, q: Fraction) -> tuple[float, float]:
        upper, lower = self._visit(base)
        if q < 0:
            upper, lower, q = lower, upper, -q
        k = q.denominator
        if k > 1:
            self.radicals[power(base, num(1, k))] = k
            if upper >= lower:
                upper = (upper + (k - 1) * lower) / k
            else:
                lower = ((k - 1) * upper + lower) / k
        return upper * q.numerator, lower * q.numerator


def _size(n: int) -> float:
    return log2(abs(n)) if n else 0.0


def _multiple_of_pi(angle: Form) -> Fraction:
    """q where the angle is q pi."""
    if angle == PI:
        return Fraction(1)
    if angle.head == "mul" and len(angle.args) == 2 and angle.args[0].head == "num" and angle.args[1] == PI:
        return Fraction(angle.args[0].value)
    raise NotAlgebraic("angle")
