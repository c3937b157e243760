"""Counting real roots of a rational polynomial exactly, by Sturm's theorem."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_poly

from derive.verify.ranges import Range

__all__ = ["roots_in"]


def roots_in(coefficients: list[Fraction], range_: Range, *, odd_only: bool = False) -> int:
    """How many distinct real roots lie in the range; with `odd_only`, in its inside and of odd multiplicity.

    `coefficients` begin with the constant term.  A root of even multiplicity does not change the sign, and
    neither does one at an end, so `odd_only` counts where the sign changes.
    """
    polynomial = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    if polynomial.degree() < 1:
        return 0
    if odd_only:
        _, factors = polynomial.factor()
        polynomial = fmpq_poly([1])
        for factor, multiplicity in factors:
            if multiplicity % 2:
                polynomial *= factor
        if polynomial.degree() < 1:
            return 0
    squarefree = polynomial // polynomial.gcd(polynomial.derivative())
    low, high = range_.low, range_.high
    chain = _chain(squarefree)
    count = _changes(chain, low, -1) - _changes(chain, high, 1)
    # Sturm counts roots in (low, high]; both ends are taken away and a closed one that is a root given back.
    if high is not None and _at(squarefree, high) == 0:
        count -= 1
    if not odd_only:
        ends = {
            end for end, open_ in ((low, range_.low_open), (high, range_.high_open)) if end is not None and not open_
        }
        count += sum(1 for end in ends if _at(squarefree, end) == 0)
    return count


def _chain(polynomial: fmpq_poly) -> list[fmpq_poly]:
    chain = [polynomial, polynomial.derivative()]
    while chain[-1].degree() > 0:
        remainder = -(chain[-2] % chain[-1])
        if remainder.degree() < 0:
            break
        chain.append(remainder)
    return chain


def _changes(chain: list[fmpq_poly], at: Fraction | None, side: int) -> int:
    """Sign changes of the chain at a point, or at infinity on that side."""
    signs = []
    for polynomial in chain:
        if at is None:
            leading = polynomial[polynomial.degree()]
            value = -leading if side < 0 and polynomial.degree() % 2 else leading
        else:
            value = _at(polynomial, at)
        if value != 0:
            signs.append(value > 0)
    return sum(1 for a, b in pairwise(signs) if a != b)


def _at(polynomial: fmpq_poly, at: Fraction) -> fmpq:
    return polynomial(fmpq(at.numerator, at.denominator))
