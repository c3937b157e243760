"""A real form as a quotient of polynomials over its atoms: variables, constants, exponentials, roots, logs, sines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from flint import fmpq, fmpz

from derive.meaning.form import HALF, MINUS_ONE, ONE, PI, TWO, Form, add, const, fn, mul, num, power, quotient, sub
from derive.verify.quotients import (
    GENERATORS,
    RING,
    SIZE,
    NotAlgebraic,
    Polynomial,
    Quotient,
    QuotientArithmetic,
    as_fraction,
    constant,
    factored,
    terms,
)
from derive.verify.rewriting import REWRITTEN, sorted_form
from derive.verify.specialvalues import exact_cosine, exact_value

__all__ = [
    "RING", "SIZE", "Atoms", "NotAlgebraic", "Polynomial", "Quotient", "as_fraction", "constant", "factored", "terms",
]  # fmt: skip

AFTER_QUARTERS: dict[tuple[str, int], tuple[str, int]] = {
    ("sin", 0): ("sin", 1), ("sin", 1): ("cos", 1), ("sin", 2): ("sin", -1), ("sin", 3): ("cos", -1),
    ("cos", 0): ("cos", 1), ("cos", 1): ("sin", -1), ("cos", 2): ("cos", -1), ("cos", 3): ("sin", 1),
}  # fmt: skip
"""f(u + k pi/2) as a function of u, with its sign (DLMF 4.21.1)."""

LONGEST_FACTORED = 100
"""Bits of the integers that are split into primes: that is quick up to here."""


class _Refined(Exception):
    """An exponential is needed to a smaller fraction than assumed; conversion starts again."""


class Atoms(QuotientArithmetic):
    """The atoms met so far, the relations they satisfy, and the conversion.

    `positive` and `nonnegative` answer for a form "at every point where it is defined"; they license splitting
    exponentials, logarithms and roots of products.  Relations (`s**2 = x` for `s = sqrt(x)`) are applied always.
    """

    def __init__(self, positive: Callable[[Form], bool], nonnegative: Callable[[Form], bool]) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._positive = positive
        self._nonnegative = nonnegative
        self._index: dict[object, int] = {}
        self._parts: dict[object, int] = {}
        self._known: dict[Form, Quotient] = {}

    def convert(self, forms: Sequence[Form]) -> list[Quotient]:
        """All forms over one set of atoms; raises NotAlgebraic."""
        for _ in range(12):
            self.forms, self._index, self._relations, self._known = [], {}, {}, {}
            try:
                return [self._of(form) for form in forms]
            except _Refined:
                continue
        raise NotAlgebraic("exponents do not settle")

    # atoms

    def _atom(self, key: object, form: Form) -> int:
        found = self._index.get(key)
        if found is None:
            found = len(self.forms)
            if found >= SIZE:
                raise NotAlgebraic("too many atoms")
            self._index[key] = found
            self.forms.append(form)
        return found

    def _as_atom(self, form: Form) -> Quotient:
        form = sorted_form(form)
        return Quotient(GENERATORS[self._atom(form, form)], constant(1))

    def _of(self, form: Form) -> Quotient:
        known = self._known.get(form)
        if known is None:
            known = self._known[form] = self._convert(form)
        return known

    def _convert(self, form: Form) -> Quotient:
        head, args = form.head, form.args
        if head == "num":
            return Quotient(constant(form.value), constant(1))
        if head == "add":
            total = self._of(args[0])
            for term in args[1:]:
                total = self._sum(total, self._of(term))
            return total
        if head == "mul":
            product = self._of(args[0])
            for factor in args[1:]:
                product = self._product(product, self._of(factor))
            return product
        if head == "pow":
            return self._of_power(*args)
        if head == "exp":
            return self._exponential(const("E"), args[0])
        if head == "const" and form.name == "E":
            return self._exponential(form, ONE)
        if head == "log":
            return self._logarithm(args[0])
        if head in ("sin", "cos"):
            return self._sine(head, args[0])
        if head == "Abs":
            return self._magnitude(args[0])
        if head in REWRITTEN:
            return self._of(REWRITTEN[head](*args))
        if head in ("Max", "Min") and len(args) == 2:
            half_gap = mul(num(1 if head == "Max" else -1, 2), fn("Abs", sub(*args)))
            return self._of(add(mul(HALF, args[0]), mul(HALF, args[1]), half_gap))
        if head in ("matrix", "row", "tuple", "eq", "ne", "lt", "le", "and", "or", "not", "implies", "iff"):
            raise NotAlgebraic(head)
        if len(args) == 1 and isinstance(args[0], Form):
            inner = self._of(args[0])
            if inner.numerator.is_zero() or (inner.numerator.is_constant() and inner.denominator == 1):
                at = Fraction(0) if inner.numerator.is_zero() else as_fraction(inner.numerator.leading_coefficient())
                exact = exact_value(head, at)
                if exact is not None:
                    return self._of(exact)
        return self._as_atom(form)

    def _of_power(self, base: Form, exponent: Form) -> Quotient:
        if base.head == "const" and base.name == "E":
            return self._exponential(base, exponent)
        if exponent.head != "num":
            if base.head == "num" and base.value > 0:
                return self._power_of_number(base.value, exponent)
            if self._positive(base):
                return self._exponential(base, exponent)
            return self._as_atom(power(base, exponent))
        number = exponent.value
        if number.denominator == 1:
            return self._power(self._of(base), number.numerator)
        if base.head == "num" and (exact := _exact_root(base.value, number.denominator)) is not None:
            return self._power(Quotient(constant(exact), constant(1)), number.numerator)
        if base.head == "mul" and all(self._nonnegative(factor) for factor in base.args):
            roots = [self._of(power(factor, exponent)) for factor in base.args]
            product = roots[0]
            for root in roots[1:]:
                product = self._product(product, root)
            return product
        if base.head == "pow" and base.args[1] == TWO and number.denominator == 2:
            return self._power(self._of(fn("Abs", base.args[0])), number.numerator)
        if base.head == "exp":
            return self._exponential(const("E"), mul(exponent, base.args[0]))
        key = ("root", sorted_form(base))
        whole = self._refined(key, number.denominator)
        index = self._atom(key, power(base, num(1, whole)))
        if index not in self._relations:
            self._relations[index] = (whole, self._of(base))
        return self._power(Quotient(GENERATORS[index], constant(1)), int(number * whole))

    def _refined(self, key: object, denominator: int) -> int:
        """The fraction in which the atom of that key is kept; a finer one starts the conversion again."""
        kept = self._parts.setdefault(key, denominator)
        if kept % denominator:
            self._parts[key] = lcm(kept, denominator)
            raise _Refined
        return kept

    def _exponential(self, base: Form, exponent: Form) -> Quotient:
        """base**exponent for a positive base, as a product over the exponent's monomials."""
        value = self._of(exponent)
        product = Quotient(constant(1), constant(1))
        for monomial, times in terms(value.numerator):
            single = self._normal(RING.from_dict({monomial: fmpq(1)}), value.denominator)
            scale = as_fraction(single.numerator.leading_coefficient())
            single, times = (
                Quotient(single.numerator / fmpq(scale.numerator, scale.denominator), single.denominator),
                times * scale,
            )
            unit = self.form_of(single)
            if base == const("E") and unit.head == "log" and times.denominator == 1 and self._positive(unit.args[0]):
                product = self._product(product, self._power(self._of(unit.args[0]), times.numerator))
                continue
            key = ("exponential", sorted_form(base), sorted_form(unit))
            if unit == ONE and base.head == "num":
                product = self._product(product, self._of_power(base, num(times)))
                continue
            whole = self._refined(key, times.denominator)
            part = mul(num(1, whole), unit)
            index = self._atom(key, fn("exp", part) if base == const("E") else Form("pow", (base, part)))
            product = self._product(product, self._power(Quotient(GENERATORS[index], constant(1)), int(times * whole)))
        return product

    def _logarithm(self, argument: Form) -> Quotient:
        if argument.head == "mul" and all(self._positive(factor) for factor in argument.args):
            total = Quotient(constant(0), constant(1))
            for factor in argument.args:
                total = self._sum(total, self._logarithm(factor))
            return total
        if argument.head == "exp":
            return self._of(argument.args[0])
        if (argument.head == "const" and argument.name == "E") or argument == ONE:
            return Quotient(constant(1 if argument != ONE else 0), constant(1))
        if argument.head == "pow" and self._positive(argument.args[0]):
            return self._product(self._of(argument.args[1]), self._logarithm(argument.args[0]))
        if argument.head == "num" and argument.value > 0:
            return self._logarithm_of_number(argument.value)
        return self._as_atom(fn("log", argument))

    def _logarithm_of_number(self, value: Fraction) -> Quotient:
        """log(12) = 2 log(2) + log(3); a number with long parts keeps its logarithm."""
        total = Quotient(constant(0), constant(1))
        for prime, times in _prime_powers(value):
            log = self._as_atom(fn("log", num(prime)))
            total = self._sum(total, self._product(Quotient(constant(times), constant(1)), log))
        return total

    def _power_of_number(self, value: Fraction, exponent: Form) -> Quotient:
        """12**x = 2**(2 x) 3**x."""
        product = Quotient(constant(1), constant(1))
        for prime, times in _prime_powers(value):
            product = self._product(product, self._exponential(num(prime), mul(num(times), exponent)))
        return product

    def _negated(self, value: Quotient) -> Quotient:
        return Quotient(-value.numerator, value.denominator)

    def _sine(self, head: str, angle: Form) -> Quotient:
        value = self._of(angle)
        turns = self._multiple_of_pi(value)
        if (
            turns is not None
            and (exact := exact_cosine(turns if head == "cos" else turns - Fraction(1, 2))) is not None
        ):
            return self._of(exact)
        quarters = self._quarter_turns(value)
        if quarters:
            rest = self.form_of(
                self._sum(value, self._product(Quotient(constant(Fraction(-quarters, 2)), constant(1)), self._of(PI)))
            )
            turned, sign = AFTER_QUARTERS[head, quarters % 4]
            return self._of(mul(num(sign), fn(turned, rest)))
        flipped = not value.numerator.is_zero() and value.numerator.leading_coefficient() < 0
        angle = self.form_of(self._negated(value)) if flipped else self.form_of(value)
        if angle.head in ("asin", "acos"):
            return self._of_inverse(head, angle, flipped)
        sine = self._as_atom(fn("sin", angle))
        cosine = self._as_atom(fn("cos", angle))
        index = self._index[sorted_form(fn("sin", angle))]
        if index not in self._relations:
            self._relations[index] = (2, Quotient(1 - cosine.numerator**2, constant(1)))
        if head == "cos":
            return cosine
        return self._negated(sine) if flipped else sine

    def _of_inverse(self, head: str, angle: Form, flipped: bool) -> Quotient:
        """sin(asin t) = t, cos(asin t) = sqrt(1 - t**2), and the other way round."""
        (level,) = angle.args
        if head == angle.head[1:]:
            found = self._of(level)
        else:
            found = self._of(power(sub(ONE, power(level, TWO)), HALF))
        return self._negated(found) if flipped and head == "sin" else found

    def _quarter_turns(self, value: Quotient) -> int:
        """The whole number of pi/2 that is one of the value's terms."""
        index = self._index.get(PI)
        if index is None or not value.denominator.is_constant():
            return 0
        scale = as_fraction(value.denominator.leading_coefficient())
        for exponents, coefficient in terms(value.numerator):
            quarters = 2 * coefficient / scale
            if sum(exponents) == exponents[index] == 1 and quarters.denominator == 1:
                return int(quarters)
        return 0

    def _multiple_of_pi(self, value: Quotient) -> Fraction | None:
        """q where the value is q*pi, q rational."""
        if value.numerator.is_zero():
            return Fraction(0)
        index = self._index.get(PI)
        parts = terms(value.numerator)
        if index is None or len(parts) != 1 or not value.denominator.is_constant():
            return None
        exponents, coefficient = parts[0]
        return coefficient if sum(exponents) == exponents[index] == 1 else None

    def _magnitude(self, argument: Form) -> Quotient:
        if self._nonnegative(argument):
            return self._of(argument)
        if self._nonnegative(mul(MINUS_ONE, argument)):
            return self._negated(self._of(argument))
        value = self._of(argument)
        if not value.numerator.is_zero() and value.numerator.leading_coefficient() < 0:
            argument = self.form_of(self._negated(value))
        atom = self._as_atom(fn("Abs", argument))
        index = self._index[sorted_form(fn("Abs", argument))]
        if index not in self._relations:
            self._relations[index] = (2, self._power(value, 2))
        return atom

    # back to forms

    def form_of(self, value: Quotient) -> Form:
        """The quotient as a form."""
        numerator = self.polynomial_form(value.numerator)
        if value.denominator.is_constant():
            return (
                numerator
                if value.denominator == 1
                else mul(num(1 / as_fraction(value.denominator.leading_coefficient())), numerator)
            )
        return quotient(numerator, self.polynomial_form(value.denominator))

    def polynomial_form(self, polynomial: Polynomial) -> Form:
        summands = []
        for monomial, coefficient in terms(polynomial):
            factors = [power(self.forms[i], num(degree)) for i, degree in enumerate(monomial) if degree]
            summands.append(mul(num(coefficient), *factors))
        return add(*summands)

    def relations(self) -> list[tuple[int, int, Quotient]]:
        """(atom, power, value): what the atom to that power equals."""
        return [(index, degree, value) for index, (degree, value) in self._relations.items()]


def _exact_root(value: Fraction, degree: int) -> Fraction | None:
    """The rational root of a rational number >= 0, if it has one."""
    if value == 0:
        return value
    if value < 0:
        return None
    parts = []
    for part in (value.numerator, value.denominator):
        root = int(fmpz(part).root(degree))
        if root**degree != part:
            return None
        parts.append(root)
    return Fraction(*parts)


def _prime_powers(value: Fraction) -> list[tuple[Fraction, int]]:
    """(prime, exponent) of a positive number; one with long parts stays whole."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LONGEST_FACTORED:
        return [(value, 1)]
    return [
        (Fraction(int(prime)), sign * times)
        for part, sign in ((value.numerator, 1), (value.denominator, -1))
        for prime, times in fmpz(part).factor()
    ]
