"""Laurent polynomials over generators that are forms: entries, sums over entries, exponentials, letters."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import ONE, Form, add, mul, num, power
from derive.verify.tensors.shapes import Unclear

__all__ = ["Monomial", "Polynomial", "constant", "form_of", "generator", "multiplied", "plus"]

Monomial = tuple[tuple[Form, int], ...]
"""Generators with their exponents, sorted by how they are written."""

Polynomial = dict[Monomial, Fraction]
MOST_TERMS = 200


def constant(value: Fraction | int) -> Polynomial:
    return {(): Fraction(value)} if value else {}


def generator(form: Form, exponent: int = 1) -> Polynomial:
    return {((form, exponent),): Fraction(1)}


def plus(*summands: Polynomial) -> Polynomial:
    total: Polynomial = {}
    for summand in summands:
        for monomial, coefficient in summand.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def multiplied(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product; a Kronecker delta is its own square.  Raises Unclear for too many terms."""
    if len(left) * len(right) > MOST_TERMS:
        raise Unclear("too many terms")
    return plus(*({_joined(m, n): a * b} for m, a in left.items() for n, b in right.items()))


def _joined(one: Monomial, other: Monomial) -> Monomial:
    exponents = dict(one)
    for form, exponent in other:
        exponents[form] = 1 if form.head == "delta" else exponents.get(form, 0) + exponent
    return tuple(sorted(((f, e) for f, e in exponents.items() if e), key=repr))


def form_of(polynomial: Polynomial) -> Form:
    """The polynomial as a form; equal polynomials give equal forms."""
    terms = []
    for monomial in sorted(polynomial, key=repr):
        factors = (f if e == 1 else power(f, num(e)) for f, e in monomial)
        terms.append(mul(num(polynomial[monomial]), *factors) if monomial else mul(num(polynomial[monomial]), ONE))
    return add(*terms)
