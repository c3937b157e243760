"""Factors of a polynomial of the kernel, found by python-flint."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from derive.verify.certificate.script import Poly, Term, Terms

__all__ = ["factored", "factored_polys", "primes"]

MOST_TERMS = 200
LARGEST_PRIME = 10**4


def factored(terms: Terms, poly: Poly) -> tuple[Fraction, list[tuple[Term, int]]]:
    """A number and factors with their exponents (negative ones for denominators); the product is the polynomial."""
    number, factors = factored_polys(terms, poly)
    return number, [(terms.term(factor), exponent) for factor, exponent in factors]


def factored_polys(terms: Terms, poly: Poly) -> tuple[Fraction, list[tuple[Poly, int]]]:
    ring = terms.ring
    if set(poly) <= {()}:
        return Fraction(poly.get((), 0)), []
    denominators: list[tuple[Poly, int]] = []
    for _ in range(20):  # clear denominators, remembering them
        atoms = sorted({a for m in poly for a, _ in m if ring.atoms[a][0] == "inverse"}, reverse=True)
        if not atoms:
            break
        highest = max(0, *(dict(m).get(atoms[0], 0) for m in poly))
        poly = ring.step(poly, atoms[0]) or {}
        denominators.append((ring.atoms[atoms[0]][1][0], -highest))
    poly = terms.reduced(poly)
    if set(poly) <= {()}:
        return Fraction(poly.get((), 0)), denominators
    lowest = {a: min(dict(m).get(a, 0) for m in poly) for a in {a for m in poly for a, _ in m}}
    monomial: list[tuple[Poly, int]] = [({((a, 1),): 1}, e) for a, e in lowest.items() if e]
    names = sorted(lowest)
    place = {a: i for i, a in enumerate(names)}
    rows: dict[tuple[int, ...], fmpq] = {}
    for m, c in poly.items():
        exponents = [-lowest[a] for a in names]
        for a, e in m:
            exponents[place[a]] += e
        q = Fraction(c)
        rows[tuple(exponents)] = fmpq(q.numerator, q.denominator)
    if len(rows) > MOST_TERMS or not names:
        return Fraction(1), [(poly, 1), *denominators]
    context = fmpq_mpoly_ctx.get(tuple(f"a{i}" for i in range(len(names))), Ordering.lex)
    content, factors = context.from_dict(rows).factor()
    number = Fraction(int(content.p), int(content.q))
    found = monomial
    for factor, exponent in factors:
        back = _poly(factor, names)
        found.append((back, int(exponent)))
    merged: list[tuple[Poly, int]] = []
    for factor, exponent in denominators:
        inner_number, inner = factored_polys(terms, factor)
        number *= inner_number**exponent
        merged += [(f, e * exponent) for f, e in inner]
    for factor, exponent in merged:
        for i, (other, power) in enumerate(found):
            if other == factor:
                found[i] = (other, power + exponent)
                break
        else:
            found.append((factor, exponent))
    return number, [(f, e) for f, e in found if e]


def _poly(factor: Any, names: list[int]) -> Poly:
    return {
        tuple((names[i], int(e)) for i, e in enumerate(exponents) if e): _number(c)
        for exponents, c in factor.to_dict().items()
    }


def _number(c: fmpq) -> Any:
    q = Fraction(int(c.p), int(c.q))
    return q.numerator if q.denominator == 1 else q


def primes(number: Fraction) -> list[tuple[int, int]]:
    """Prime factors with exponents; a factor that is too large to split stays as it is."""
    found = []
    for n, sign in ((number.numerator, 1), (number.denominator, -1)):
        p = 2
        while p * p <= n and p < LARGEST_PRIME:
            exponent = 0
            while n % p == 0:
                n, exponent = n // p, exponent + 1
            if exponent:
                found.append((p, sign * exponent))
            p += 1
        if n > 1:
            found.append((n, sign))
    return found
