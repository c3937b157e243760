"""Expansions at t -> 0+ in the scale of exponentials, powers of t and powers of L = log(1/t), with exact coefficients.

A monomial is exp(P) t**a L**b, where P is a sum of terms of the scale that grow; it stands for its growth, so two
monomials compare: first the leading term of P - P', then a, then b.  A series is a few terms, the dominant one
first, and a bound for what is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from derive.meaning.form import (  # fmt: skip
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    power,
    quotient,
    sub,
    substitute,
    var,
)
from derive.verify.atoms import NotAlgebraic
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.rewriting import REWRITTEN
from derive.verify.signs import Signs

__all__ = ["Expansion", "Monomial", "NoExpansion", "Series"]

MOST_TERMS = 10
ORDER = 8
TAYLOR = frozenset(
    {"sin", "cos", "atan", "asin", "acos", "erf", "erfc", "asinh", "atanh", "acosh", "gamma", "digamma", "factorial"}
)


class NoExpansion(Exception):
    """The form has no expansion in this scale, or a coefficient's sign is not known."""


@dataclass(frozen=True, slots=True)
class Monomial:
    """exp(sum of c t**a L**b over `growth`) t**power L**logs; `growth` is sorted, the fastest first."""

    growth: tuple[tuple[Fraction, Fraction, Form], ...] = ()
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)


UNIT = Monomial()


@dataclass(frozen=True, slots=True)
class Series:
    """Terms, the dominant first, and a monomial that bounds the error (None: the terms are all)."""

    terms: tuple[tuple[Monomial, Form], ...]
    bound: Monomial | None = None


class Expansion:
    """Expands forms for one meaning of the moving variable: `name` equals `value`, a form in `t` > 0, t -> 0.

    The oracle decides the signs of coefficients; it knows nothing of t.
    """

    def __init__(self, name: str, value: Form, t: str, signs: Signs, deadline: Deadline = NEVER) -> None:
        self.name, self.value, self.t = name, value, t
        self.signs = signs
        self.deadline = deadline
        self._known: dict[Form, Series] = {}

    def of(self, form: Form) -> Series:
        """The expansion; raises NoExpansion, OutOfTime."""
        known = self._known.get(form)
        if known is None:
            self.deadline.check()
            known = self._known[form] = self._expand(form)
        return known

    def limit(self, form: Form) -> Form:
        """The limit: a closed form, or `oo` or `-oo`; raises NoExpansion where it is not found."""
        series = self.of(form)
        if not series.terms:
            if series.bound is None or self.compare(series.bound, UNIT) < 0:
                return ZERO
            raise NoExpansion("only a bound is known")
        monomial, coefficient = series.terms[0]
        size = self.compare(monomial, UNIT)
        if size == 0:
            return coefficient
        if size < 0:
            return ZERO
        return Form("const", ("oo" if self.sign(coefficient) > 0 else "-oo",))

    def end_sign(self, form: Form) -> int:
        """The sign of the limit, of either size: that of the leading coefficient, 0 for a limit 0."""
        series = self.of(form)
        if not series.terms or self.compare(series.terms[0][0], UNIT) < 0:
            self.limit(form)
            return 0
        return self.sign(series.terms[0][1])

    # coefficients

    def tidy(self, coefficient: Form) -> Form:
        if coefficient.head == "num":
            return coefficient
        view = self.signs.view(coefficient)
        return coefficient if view is None else view.atoms.form_of(view.quotients[0])

    def sign(self, coefficient: Form) -> int:
        """1, 0 or -1; raises NoExpansion."""
        from derive.verify.endpoints import constant_sign

        if coefficient.head == "num":
            return (coefficient.value > 0) - (coefficient.value < 0)
        if not free_variables(coefficient):
            found = constant_sign(coefficient)
        else:
            found = 0 if self.signs.vanishes(coefficient) else self.signs.sign(coefficient)
        if found is None:
            raise NoExpansion(f"sign of {coefficient}")
        return found

    def is_zero(self, coefficient: Form) -> bool:
        if coefficient.head == "num":
            return coefficient.value == 0
        if free_variables(coefficient) and not self.signs.vanishes(coefficient) and self.signs.nonzero(coefficient):
            return False
        return self.sign(coefficient) == 0

    # monomials

    def compare(self, a: Monomial, b: Monomial) -> int:
        """1 if a/b grows without bound, -1 if it goes to 0, 0 if they are the same."""
        if a.growth != b.growth:
            difference = self._growth_sum(a.growth, tuple((p, q, mul(MINUS_ONE, c)) for p, q, c in b.growth))
            if difference:
                return self.sign(difference[0][2])
        if a.power != b.power:
            return 1 if a.power < b.power else -1
        return (a.logs > b.logs) - (a.logs < b.logs)

    def _growth_sum(
        self, *parts: tuple[tuple[Fraction, Fraction, Form], ...]
    ) -> tuple[tuple[Fraction, Fraction, Form], ...]:
        total: dict[tuple[Fraction, Fraction], Form] = {}
        for part in parts:
            for p, q, c in part:
                total[p, q] = self.tidy(add(total.get((p, q), ZERO), c))
        kept = [(p, q, c) for (p, q), c in total.items() if not self.is_zero(c)]
        return tuple(sorted(kept, key=lambda term: (term[0], -term[1])))

    def times(self, a: Monomial, b: Monomial) -> Monomial:
        return Monomial(
            self._growth_sum(a.growth, b.growth) if a.growth or b.growth else (), a.power + b.power, a.logs + b.logs
        )

    def raised(self, a: Monomial, exponent: Fraction) -> Monomial:
        growth = tuple((p, q, mul(num(exponent), c)) for p, q, c in a.growth)
        return Monomial(growth, a.power * exponent, a.logs * exponent)

    def _larger(self, *bounds: Monomial | None) -> Monomial | None:
        largest = None
        for bound in bounds:
            if bound is not None and (largest is None or self.compare(bound, largest) > 0):
                largest = bound
        return largest

    # series

    def series(self, terms: list[tuple[Monomial, Form]], bound: Monomial | None) -> Series:
        """Like terms joined, zero ones left out, sorted; what is below the bound or too much is left out."""
        total: dict[Monomial, Form] = {}
        for monomial, coefficient in terms:
            total[monomial] = add(total[monomial], coefficient) if monomial in total else coefficient
        kept = [(m, self.tidy(c)) for m, c in total.items() if bound is None or self.compare(m, bound) > 0]
        kept = [(m, c) for m, c in kept if not self.is_zero(c)]
        kept.sort(key=cmp_to_key(self._dominance))
        if len(kept) > MOST_TERMS:
            bound = kept[MOST_TERMS][0]
            kept = kept[:MOST_TERMS]
        return Series(tuple(kept), bound)

    def _dominance(self, one: tuple[Monomial, Form], other: tuple[Monomial, Form]) -> int:
        return self.compare(other[0], one[0])

    def constant(self, coefficient: Form) -> Series:
        return self.series([(UNIT, coefficient)], None)

    def sum(self, a: Series, b: Series) -> Series:
        return self.series([*a.terms, *b.terms], self._larger(a.bound, b.bound))

    def product(self, a: Series, b: Series) -> Series:
        terms = [(self.times(m, n), mul(c, d)) for m, c in a.terms for n, d in b.terms]
        bounds = [self.times(x.terms[0][0], y.bound) for x, y in ((a, b), (b, a)) if x.terms and y.bound is not None]
        if a.bound is not None and b.bound is not None:
            bounds.append(self.times(a.bound, b.bound))
        return self.series(terms, self._larger(*bounds))

    def scaled(self, a: Series, monomial: Monomial, coefficient: Form) -> Series:
        return self.product(a, Series(((monomial, coefficient),)))

    def split(self, a: Series) -> tuple[Monomial, Form, Series]:
        """a as c m (1 + u) with u -> 0."""
        if not a.terms:
            raise NoExpansion("leading term not known")
        monomial, coefficient = a.terms[0]
        inverse = self.raised(monomial, Fraction(-1))
        rest = Series(a.terms[1:], a.bound)
        return monomial, coefficient, self.scaled(rest, inverse, power(coefficient, MINUS_ONE))

    def composed(self, u: Series, coefficients: list[Form]) -> Series:
        """c0 + c1 u + c2 u**2 + ... for u -> 0, the error bounded by the first power left out."""
        total, term = self.constant(coefficients[0]), self.constant(ONE)
        leading = u.terms[0][0] if u.terms else u.bound
        if leading is None:
            return total
        if self.compare(leading, UNIT) >= 0:
            raise NoExpansion("argument does not go to 0")
        for coefficient in coefficients[1:]:
            term = self.product(term, u)
            if not self.is_zero(coefficient):
                total = self.sum(total, self.scaled(term, UNIT, coefficient))
        return self.sum(total, Series((), self.raised(leading, Fraction(len(coefficients)))))

    def raised_series(self, a: Series, exponent: Fraction) -> Series:
        if exponent.denominator == 1 and 0 <= exponent <= 4:
            total = self.constant(ONE)
            for _ in range(int(exponent)):
                total = self.product(total, a)
            return total
        monomial, coefficient, u = self.split(a)
        if exponent.denominator > 1 and self.sign(coefficient) <= 0:
            raise NoExpansion("root of something negative")
        binomials, c = [], Fraction(1)
        for k in range(ORDER):
            binomials.append(num(c))
            c = c * (exponent - k) / (k + 1)
        return self.scaled(
            self.composed(u, binomials), self.raised(monomial, exponent), power(coefficient, num(exponent))
        )

    def exponential(self, a: Series) -> Series:
        growing = [(m, c) for m, c in a.terms if self.compare(m, UNIT) > 0]
        steady = next((c for m, c in a.terms if m == UNIT), ZERO)
        small = Series(tuple((m, c) for m, c in a.terms if self.compare(m, UNIT) < 0), a.bound)
        factor = UNIT
        for monomial, c in growing:
            if monomial.growth:
                raise NoExpansion("exponential of an exponential")
            if monomial.power == 0 and monomial.logs == 1 and c.head == "num":
                factor = self.times(factor, Monomial(power=-c.value))
            else:
                factor = self.times(factor, Monomial(((monomial.power, monomial.logs, c),)))
        factorials, f = [], Fraction(1)
        for k in range(ORDER):
            factorials.append(num(f))
            f /= k + 1
        return self.scaled(self.composed(small, factorials), factor, ONE if steady == ZERO else fn("exp", steady))

    def logarithm(self, a: Series) -> Series:
        monomial, coefficient, u = self.split(a)
        if self.sign(coefficient) <= 0 or monomial.logs != 0:
            raise NoExpansion("logarithm")
        terms = [(Monomial(power=p, logs=q), c) for p, q, c in monomial.growth]
        terms.append((Monomial(logs=Fraction(1)), num(-monomial.power)))
        if coefficient != ONE:
            terms.append((UNIT, fn("log", coefficient)))
        logs = [ZERO, *(num(Fraction((-1) ** (k + 1), k)) for k in range(1, ORDER))]
        return self.sum(self.series(terms, None), self.composed(u, logs))

    # forms

    def _expand(self, form: Form) -> Series:
        head, args = form.head, form.args
        if head == "var" and form.name == self.t:
            return Series(((Monomial(power=Fraction(1)), ONE),))
        if head == "var" and form.name == self.name:
            return self.of(self.value)
        if not free_variables(form) & {self.name, self.t}:
            return self.constant(form)
        if head == "add":
            total = self.of(args[0])
            for term in args[1:]:
                total = self.sum(total, self.of(term))
            return total
        if head == "mul":
            product = self.of(args[0])
            for factor in args[1:]:
                product = self.product(product, self.of(factor))
            return product
        if head == "pow":
            if args[1].head == "num":
                return self.raised_series(self.of(args[0]), args[1].value)
            if args[0].head == "const" and args[0].name == "E":
                return self.exponential(self.of(args[1]))
            return self.exponential(self.product(self.of(args[1]), self.logarithm(self.of(args[0]))))
        if head == "exp":
            return self.exponential(self.of(args[0]))
        if head == "log":
            return self.logarithm(self.of(args[0]))
        if head == "Abs":
            inner = self.of(args[0])
            return inner if self.sign(self.split(inner)[1]) > 0 else self.scaled(inner, UNIT, MINUS_ONE)
        rewritten = REWRITTEN.get(head) or BY_LOGARITHMS.get(head)
        if rewritten is not None:
            return self.of(rewritten(*args))
        if head in TAYLOR and len(args) == 1:
            return self._function(head, self.of(args[0]))
        raise NoExpansion(head)

    def _function(self, head: str, inner: Series) -> Series:
        leading = inner.terms[0][0] if inner.terms else inner.bound
        if leading is not None and self.compare(leading, UNIT) > 0:
            return self._far(head, inner)
        if not inner.terms and inner.bound is not None and self.compare(inner.bound, UNIT) >= 0:
            return self._far(head, inner)
        centre = next((c for m, c in inner.terms if m == UNIT), ZERO)
        small = Series(tuple((m, c) for m, c in inner.terms if m != UNIT), inner.bound)
        if head == "gamma" and centre == ZERO:
            return self.product(
                self._function(head, self.sum(inner, self.constant(ONE))), self.raised_series(inner, Fraction(-1))
            )
        return self.composed(small, self._taylor(head, centre))

    def _far(self, head: str, inner: Series) -> Series:
        """Sines are bounded; an arc tangent and erf have limits at infinity."""
        if head in ("sin", "cos"):
            return Series((), UNIT)
        sign = self.sign(self.split(inner)[1])
        if head == "atan":
            reciprocal = self.scaled(self._function("atan", self.raised_series(inner, Fraction(-1))), UNIT, MINUS_ONE)
            return self.sum(self.constant(mul(num(sign, 2), PI)), reciprocal)
        if head in ("erf", "erfc"):
            tail = self.raised_series(inner, Fraction(-ORDER))
            limit = num(sign) if head == "erf" else num(1 - sign)
            return self.series([(UNIT, limit)], tail.terms[0][0])
        raise NoExpansion(f"{head} at infinity")

    def _taylor(self, head: str, centre: Form) -> list[Form]:
        """Taylor coefficients at a point where the function is defined and analytic."""
        from derive.verify.regular import smooth

        if not smooth(fn(head, centre), self.signs):
            raise NoExpansion(f"{head} is not analytic at {centre}")
        x = "taylor"
        form, coefficients, factorial = fn(head, var(x)), [], 1
        try:
            for k in range(ORDER):
                factorial *= max(k, 1)
                coefficients.append(self.tidy(mul(num(Fraction(1, factorial)), substitute(form, {x: centre}))))
                form = self.tidy_in(derivative(form, x)) if k < ORDER - 1 else form
        except (NotDifferentiable, NotAlgebraic) as error:
            raise NoExpansion(str(error)) from error
        return coefficients

    def tidy_in(self, form: Form) -> Form:
        """A derivative with like terms joined."""
        view = self.signs.view(form)
        return form if view is None else view.atoms.form_of(view.quotients[0])


BY_LOGARITHMS: dict[str, Callable[[Form], Form]] = {
    "asinh": lambda u: fn("log", add(u, power(add(power(u, TWO), ONE), HALF))),
    "acosh": lambda u: fn("log", add(u, power(sub(power(u, TWO), ONE), HALF))),
    "atanh": lambda u: mul(HALF, fn("log", quotient(add(ONE, u), sub(ONE, u)))),
}
