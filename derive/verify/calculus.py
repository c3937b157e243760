"""That a form is >= 0 on an interval, by its derivatives and its ends: the mean value theorem, used again and again."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import Form, add, free_variables, mul, neg, num
from derive.model.context import Bound, Context
from derive.verify.balls import Undefined, Unknown, ball, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.endpoints import constant_sign, end_sign
from derive.verify.intervals import between
from derive.verify.regular import smooth
from derive.verify.signs import Signs
from derive.verify.subdivision import positive_between

__all__ = ["nonnegative_by_calculus"]

DEEPEST = 4
LARGEST_FORM = 4000
SPREAD = tuple(Fraction(k * abs(k), 9) + Fraction(1, 1013) for k in range(-14, 15))
TAIL = 8


def nonnegative_by_calculus(form: Form, name: str, context: Context, strict: bool, deadline: Deadline = NEVER) -> bool:
    """Whether form >= 0 (> 0 when `strict`) is proved on the whole domain, as a function of one variable.

    The form is shown to be smooth on the interval first; raises OutOfTime.
    """
    return _Search(name, deadline).holds(form, context, strict, DEEPEST)


class _Search:
    def __init__(self, name: str, deadline: Deadline) -> None:
        self.name = name
        self.deadline = deadline

    def holds(self, form: Form, context: Context, strict: bool, depth: int) -> bool:
        """The form is >= 0 (> 0) for the variable in its interval."""
        self.deadline.check()
        signs = Signs(context, self.deadline)
        if signs.positive(form) or (not strict and signs.nonnegative(form)):
            return True
        if depth <= 0 or len(repr(form)) > LARGEST_FORM:
            return False
        lower, upper = context.variable(self.name).lower, context.variable(self.name).upper
        inside = between(context, self.name, _open(lower), _open(upper))
        inner = Signs(inside, self.deadline)
        if not smooth(form, inner) or not self._closed_ends(form, lower, upper, strict, signs):
            return False
        try:
            slope = _tidy(derivative(form, self.name), inner)
        except NotDifferentiable:
            return False
        low = end_sign(form, self.name, lower.value if lower else None, -1, inner, self.deadline)
        high = end_sign(form, self.name, upper.value if upper else None, 1, inner, self.deadline)
        if low == -1 or high == -1:
            return False
        if self._from_an_end(slope, inside, strict, low, high, depth):
            return True
        if low is not None and high is not None and self._concave(slope, inside, strict and low == high == 0):
            return True
        return self._cut(form, context, strict, depth)

    def _closed_ends(self, form: Form, lower: Bound | None, upper: Bound | None, strict: bool, signs: Signs) -> bool:
        """At an end that belongs to the interval the form is >= 0 (> 0) itself."""
        for end, side in ((lower, -1), (upper, 1)):
            if end is not None and not end.strict:
                at = end_sign(form, self.name, end.value, side, signs, self.deadline)
                if at is None or at < 0 or (strict and at == 0):
                    return False
        return True

    def _from_an_end(
        self, slope: Form, inside: Context, strict: bool, low: int | None, high: int | None, depth: int
    ) -> bool:
        """It begins >= 0 and grows, or it falls and ends >= 0; from 0 it is > 0 if it grows strictly."""
        return (low is not None and self.holds(slope, inside, strict and low == 0, depth - 1)) or (
            high is not None and self.holds(neg(slope), inside, strict and high == 0, depth - 1)
        )

    def _concave(self, slope: Form, inside: Context, strictly: bool) -> bool:
        """A concave function lies above the chord of its two ends."""
        signs = Signs(inside, self.deadline)
        try:
            bend = neg(_tidy(derivative(slope, self.name), signs))
        except NotDifferentiable:
            return False
        return self.holds(bend, inside, strictly, 0)

    def _cut(self, form: Form, context: Context, strict: bool, depth: int) -> bool:
        """Near its least value the interval is cut in two; a positive minimum is shown by balls, its tails as before."""
        if free_variables(form) != {self.name}:
            return False
        variable = context.variable(self.name)
        lowest = self._lowest(form, context)
        if lowest is None or lowest[0] < -1e-12:
            return False
        if lowest[0] > 1e-7 and self._by_balls(form, context, depth):
            return True
        for candidate in dict.fromkeys(lowest[1].limit_denominator(k) for k in (1, 2, 4, 12)):
            if not _inside(candidate, context, self.name):
                continue
            point = Bound(num(candidate), False)
            left = between(context, self.name, variable.lower, point)
            right = between(context, self.name, point, variable.upper)
            if self.holds(form, right, strict, depth - 2) and self.holds(form, left, strict, depth - 2):
                return True
        return False

    def _by_balls(self, form: Form, context: Context, depth: int) -> bool:
        variable = context.variable(self.name)
        lower, upper = variable.lower, variable.upper
        for side in (-1, 1):
            end, other = (lower, upper) if side < 0 else (upper, lower)
            if end is not None:
                continue
            near = _number(other) if other is not None else Fraction(0)
            far = Bound(num(near + side * TAIL), False)
            tail = between(context, self.name, None, far) if side < 0 else between(context, self.name, far, None)
            if depth < 2 or not self.holds(form, tail, True, depth - 2):
                return False
            lower, upper = (far, upper) if side < 0 else (lower, far)
        assert lower is not None and upper is not None
        return positive_between(form, self.name, lower.value, upper.value, self.deadline)

    def _lowest(self, form: Form, context: Context) -> tuple[float, Fraction] | None:
        """The least value seen on a grid that is then made finer around it; only a hint where to cut."""
        found: tuple[float, Fraction] | None = None
        for x in _grid(context, self.name):
            y = _approximate(form, self.name, x)
            if y is not None and (found is None or y < found[0]):
                found = (y, x)
        step = Fraction(1, 2)
        for _ in range(40):
            if found is None or found[0] < -1e-12:
                break
            better = False
            for x in (found[1] + step, found[1] - step):
                if _inside(x, context, self.name):
                    y = _approximate(form, self.name, x)
                    if y is not None and y < found[0]:
                        found, better = (y, x), True
            step = step if better else step / 2
        return found


def _open(bound: Bound | None) -> Bound | None:
    return None if bound is None else Bound(bound.value, True)


def _tidy(form: Form, signs: Signs) -> Form:
    """The same with like terms joined, when that is shorter."""
    view = signs.view(form)
    if view is None:
        return form
    quotient = view.quotients[0]
    numerator = view.atoms.polynomial_form(quotient.numerator)
    if quotient.denominator.is_constant() or signs.positive(view.atoms.polynomial_form(quotient.denominator)):
        tidy = view.atoms.form_of(quotient)
        return tidy if len(repr(tidy)) < len(repr(form)) else form
    return form if len(repr(numerator)) > len(repr(form)) else view.atoms.form_of(quotient)


def _number(bound: Bound) -> Fraction:
    try:
        return Fraction(float(value(bound.value, {}).real.mid())).limit_denominator(10**6)
    except (Undefined, Unknown, OverflowError, ValueError):
        return Fraction(0)


def _inside(x: Fraction, context: Context, name: str) -> bool:
    variable = context.variable(name)
    return all(
        bound is None or constant_sign(mul(num(side), add(num(x), neg(bound.value)))) == 1
        for bound, side in ((variable.lower, 1), (variable.upper, -1))
    )


def _grid(context: Context, name: str) -> list[Fraction]:
    variable = context.variable(name)
    if variable.lower is not None and variable.upper is not None:
        low, high = _number(variable.lower), _number(variable.upper)
        return [low + (high - low) * Fraction(2 * k + 1, 48) for k in range(24)]
    if variable.lower is not None:
        low = _number(variable.lower)
        return [low + abs(x) for x in SPREAD[14:]]
    if variable.upper is not None:
        high = _number(variable.upper)
        return [high - abs(x) for x in SPREAD[14:]]
    return list(SPREAD)


def _approximate(form: Form, name: str, x: Fraction) -> float | None:
    try:
        return float(value(form, {name: ball(x)}).real.mid())
    except (Undefined, Unknown, OverflowError, ValueError):
        return None
