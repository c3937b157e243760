"""Polynomials over atoms: sums of products of forms that no law takes apart, with exact coefficients."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from derive.meaning.form import ONE, ZERO, Form, add, mul, num, power

__all__ = [
    "EMPTY", "Monomial", "Polynomial", "TooLarge", "as_form", "atom", "constant", "form_of_monomial", "monomial",
    "numerator", "plus", "product", "scaled", "single",
]  # fmt: skip

Monomial = tuple[tuple[Form, int], ...]
"""Atoms with their exponents other than 0, in order."""

Polynomial = dict[Monomial, Fraction]
EMPTY: Monomial = ()
LARGEST = 400


class TooLarge(Exception):
    """A polynomial has too many terms."""


def constant(value: int | Fraction) -> Polynomial:
    return {EMPTY: Fraction(value)} if value else {}


def atom(form: Form, exponent: int = 1) -> Polynomial:
    return {((form, exponent),): Fraction(1)}


def monomial(factors: Iterable[tuple[Form, int]]) -> Monomial:
    """The factors with equal atoms joined, in order."""
    exponents: dict[Form, int] = {}
    for form, exponent in factors:
        exponents[form] = exponents.get(form, 0) + exponent
    return tuple(sorted(((f, e) for f, e in exponents.items() if e), key=repr))


def plus(*terms: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for term in terms:
        for factors, scale in term.items():
            total = found.get(factors, Fraction(0)) + scale
            if total:
                found[factors] = total
            else:
                found.pop(factors, None)
    if len(found) > LARGEST:
        raise TooLarge
    return found


def scaled(polynomial: Polynomial, scale: int | Fraction) -> Polynomial:
    return {factors: value * scale for factors, value in polynomial.items()} if scale else {}


def product(
    left: Polynomial, right: Polynomial, join: Callable[[Iterable[tuple[Form, int]]], Polynomial]
) -> Polynomial:
    """The product, multiplied out; `join` makes a polynomial of the factors of two monomials."""
    if len(left) * len(right) > LARGEST:
        raise TooLarge
    return plus(*(scaled(join((*a, *b)), x * y) for a, x in left.items() for b, y in right.items()))


def single(polynomial: Polynomial) -> tuple[Monomial, Fraction] | None:
    """The one term of a polynomial that has just one."""
    return next(iter(polynomial.items())) if len(polynomial) == 1 else None


def form_of_monomial(factors: Monomial) -> Form:
    return mul(ONE, *(power(form, num(exponent)) for form, exponent in factors))


def as_form(polynomial: Polynomial) -> Form:
    """The polynomial as a form: equal polynomials give equal forms."""
    terms = sorted(polynomial.items(), key=repr)
    return add(ZERO, *(mul(num(scale), form_of_monomial(factors)) for factors, scale in terms))


def numerator(polynomial: Polynomial, opened: Callable[[Form], Polynomial]) -> Polynomial:
    """The polynomial times the sums that divide in it, each to its highest power, as polynomials that `opened` gives.

    It is zero where the polynomial is, for what divides is not zero.
    """
    lowest: dict[Form, int] = {}
    for factors in polynomial:
        for form, exponent in factors:
            if form.head == "add" and exponent < 0:
                lowest[form] = min(lowest.get(form, 0), exponent)
    if not lowest:
        return polynomial

    def join(factors: Iterable[tuple[Form, int]]) -> Polynomial:
        return {monomial(factors): Fraction(1)}

    found: Polynomial = {}
    for factors, scale in polynomial.items():
        exponents = dict(factors)
        term: Polynomial = {monomial((f, e) for f, e in factors if f not in lowest): scale}
        for form, low in lowest.items():
            for _ in range(exponents.get(form, 0) - low):
                term = product(term, opened(form), join)
        found = plus(found, term)
    return found
