"""Quotients of rational polynomials over a fixed ring, reduced by relations such as `s**2 = x`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly_ctx

__all__ = [
    "GENERATORS", "RING", "SIZE", "NotAlgebraic", "Polynomial", "Quotient", "QuotientArithmetic", "as_fraction",
    "constant", "factored", "terms",
]  # fmt: skip

Polynomial = Any
SIZE = 16
RING = fmpq_mpoly_ctx.get(tuple(f"t{i}" for i in range(SIZE)), Ordering.lex)
GENERATORS = RING.gens()
CONSTANT_ONE = RING.constant(1)
MOST_TERMS = 300
MOST_FACTORED = 120
LARGEST_FACTORED_DEGREE = 60
LARGEST_POWER = 40


class NotAlgebraic(Exception):
    """The form has no quotient of polynomials of reasonable size; the message says why."""


class Quotient(NamedTuple):
    """numerator / denominator, equal to the form wherever the form is defined."""

    numerator: Polynomial
    denominator: Polynomial


def constant(value: Fraction | int) -> Polynomial:
    value = Fraction(value)
    return RING.constant(fmpq(value.numerator, value.denominator))


def as_fraction(number: fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def terms(polynomial: Polynomial) -> list[tuple[tuple[int, ...], Fraction]]:
    """Exponents and coefficient of each term."""
    return [(tuple(map(int, exponents)), as_fraction(c)) for exponents, c in polynomial.to_dict().items()]


def factored(polynomial: Polynomial) -> tuple[fmpq, list[tuple[Polynomial, int]]]:
    """The content and the irreducible factors; a polynomial too large to be factored quickly counts as one factor."""
    if len(polynomial) > MOST_FACTORED or sum(map(int, polynomial.degrees())) > LARGEST_FACTORED_DEGREE:
        return fmpq(1), [(polynomial, 1)]
    content, factors = polynomial.factor()
    return content, [(factor, int(power_)) for factor, power_ in factors]


class QuotientArithmetic:
    """Arithmetic modulo relations: `_relations[i] = (k, q)` says that the generator i to the power k is q."""

    def __init__(self) -> None:
        self._relations: dict[int, tuple[int, Quotient]] = {}

    def _normal(self, numerator: Polynomial, denominator: Polynomial) -> Quotient:
        if self._relations:
            numerator, denominator = self._related(numerator, denominator)
        if denominator.is_zero():
            raise NotAlgebraic("division by zero")
        if max(len(numerator), len(denominator)) > MOST_TERMS:
            raise NotAlgebraic("too many terms")
        if not denominator.is_constant():
            shared = numerator.gcd(denominator)
            if not shared.is_constant():
                numerator, denominator = divmod(numerator, shared)[0], divmod(denominator, shared)[0]
        leading = denominator.leading_coefficient()
        return (
            Quotient(numerator, denominator) if leading == 1 else Quotient(numerator / leading, denominator / leading)
        )

    def _related(self, numerator: Polynomial, denominator: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Both with the relations applied, and without roots that divide the denominator."""
        numerator, extra = self.reduced(numerator)
        denominator, other = self.reduced(denominator)
        if not (extra.is_one() and other.is_one()):
            numerator, again = self.reduced(numerator * other)
            denominator, other = self.reduced(denominator * extra * again)
            numerator *= other
        return (
            (numerator, denominator) if denominator.is_constant() else self._without_roots_below(numerator, denominator)
        )

    def _without_roots_below(self, numerator: Polynomial, denominator: Polynomial) -> tuple[Polynomial, Polynomial]:
        """A root that divides the denominator is moved into the numerator: a/s = a s/s**2."""
        for index, (degree, value) in self._relations.items():
            s = GENERATORS[index]
            rest, remainder = divmod(denominator, s)
            if denominator.is_zero() or not remainder.is_zero() or not value.denominator.is_constant():
                continue
            numerator, extra = self.reduced(numerator * s ** (degree - 1))
            below, other = self.reduced(rest * value.numerator)
            numerator, denominator = numerator * other * value.denominator, below * extra
        return numerator, denominator

    def reduced(self, polynomial: Polynomial) -> tuple[Polynomial, Polynomial]:
        """(q, d) with polynomial = q / d and no atom in q above the degree that its relation allows."""
        divisor = CONSTANT_ONE
        for _ in range(40):
            degrees = polynomial.degrees()
            high = next((i for i, (degree, _) in self._relations.items() if degrees[i] >= degree), None)
            if high is None:
                return polynomial, divisor
            degree, value = self._relations[high]
            by_power: dict[int, dict[tuple[int, ...], fmpq]] = {}
            for monomial, coefficient in polynomial.to_dict().items():
                times, left = divmod(int(monomial[high]), degree)
                by_power.setdefault(times, {})[(*monomial[:high], left, *monomial[high + 1 :])] = coefficient
            most = max(by_power)
            polynomial = constant(0)
            for times, terms in by_power.items():
                polynomial += RING.from_dict(terms) * value.numerator**times * value.denominator ** (most - times)
            divisor *= value.denominator**most
            if len(polynomial) > MOST_TERMS:
                raise NotAlgebraic("too many terms")
        raise NotAlgebraic("relations do not settle")

    def _sum(self, a: Quotient, b: Quotient) -> Quotient:
        if a.denominator == b.denominator:
            if a.denominator.is_one() and len(a.numerator) + len(b.numerator) <= MOST_TERMS:
                return Quotient(a.numerator + b.numerator, CONSTANT_ONE)
            return self._normal(a.numerator + b.numerator, a.denominator)
        return self._normal(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

    def _product(self, a: Quotient, b: Quotient) -> Quotient:
        return self._normal(a.numerator * b.numerator, a.denominator * b.denominator)

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        terms = max(len(base.numerator), len(base.denominator))
        if (
            (abs(exponent) > LARGEST_POWER and terms > 1)
            or abs(exponent) > 1000
            or terms ** min(abs(exponent), 5) > 10**5
        ):
            raise NotAlgebraic("a large power")
        if exponent < 0:
            base, exponent = Quotient(base.denominator, base.numerator), -exponent
        return self._normal(base.numerator**exponent, base.denominator**exponent)
