"""Polynomials over the rational numbers in a fixed number of generators: the ring, its numbers, factors."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

__all__ = [
    "CONSTANT_ONE", "CONSTANT_ZERO", "GENERATORS", "MOST_TERMS", "RING", "SIZE", "Polynomial", "Refined", "TooLarge",
    "Unsupported", "factored", "fraction", "monomial",
]  # fmt: skip

Polynomial = Any
Factors = tuple[Fraction, list[tuple[Polynomial, int]]]

SIZE = 16
MOST_TERMS = 3000
MOST_TERMS_FACTORED = 600
SHORT = 6
MOST_REMEMBERED = 1024
LARGEST_DEGREE_FACTORED = 160
RING = fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(SIZE)), Ordering.lex)
GENERATORS = RING.gens()
CONSTANT_ONE, CONSTANT_ZERO = RING.constant(1), RING.constant(0)


class Unsupported(Exception):
    """The form has no normal form here."""


class TooLarge(Unsupported):
    """The normal form would have too many terms or generators."""


class Refined(Exception):
    """A generator is needed to a smaller part of its argument than assumed; conversion starts again."""


def fraction(q: fmpq) -> Fraction:
    return _fraction(int(q.p), int(q.q))


_fraction = lru_cache(maxsize=1024)(Fraction)


@lru_cache(maxsize=4096)
def monomial(exponents: tuple[int, ...]) -> Polynomial:
    """The product of the generators to these powers."""
    return RING.from_dict({exponents: fmpq(1)})


def factored(p: Polynomial) -> Factors:
    """Content and irreducible factors; refused where the library could take long, since it cannot be stopped."""
    if len(p) == 1:
        return fraction(p.leading_coefficient()), [(GENERATORS[i], int(e)) for i, e in enumerate(p.degrees()) if e]
    if p.total_degree() == 1:
        content = _content(p)
        return fraction(content), [(p / content, 1)]
    if len(p) > MOST_TERMS_FACTORED or p.total_degree() > LARGEST_DEGREE_FACTORED:
        raise TooLarge("factoring")
    if len(p) > SHORT:
        return _factors(p)
    key = str(p)
    known = _FACTORED.get(key)
    if known is None:
        if len(_FACTORED) >= MOST_REMEMBERED:
            _FACTORED.clear()
        known = _FACTORED[key] = _factors(p)
    return known[0], list(known[1])


def _factors(p: Polynomial) -> Factors:
    content, factors = p.factor()
    return fraction(content), [(f, int(e)) for f, e in factors]


_FACTORED: dict[str, Factors] = {}
"""Factors of short polynomials (`1 - x**2`), which come again from claim to claim."""


def _content(p: Polynomial) -> fmpq:
    """The number by which p is a polynomial with coprime integer coefficients, the leading one positive."""
    coefficients = p.coeffs()
    numerator, denominator = coefficients[0].p, coefficients[0].q
    for c in coefficients[1:]:
        numerator, denominator = numerator.gcd(c.p), denominator.lcm(c.q)
    return fmpq(numerator if coefficients[0] > 0 else -numerator, denominator)
