"""Sums of arctangents: brought together two at a time, in an order that keeps every sum within a quarter turn."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm, prod
from typing import Any

from derive.verify.certificate.script import Fact, Script, Term, difference, minus
from derive.verify.certificate.signs import Signs
from derive.verify.kernel_terms import ratio, value

__all__ = ["by_arctangents"]

MOST_SUMMANDS = 12


def by_arctangents(script: Script, goal: Fact) -> bool:
    """A whole multiple of the difference is a sum of arctangents, that of 1 for an eighth turn, which comes to 0."""
    signs = Signs(script)
    found = _summands(signs, difference(*goal[1:]))
    if found is None:
        return False
    multiple, slopes = found
    facts, equations = [], [signs.law("atan of 0"), signs.law("atan of 1")]
    equations += [signs.law("atan odd", slope) for slope in dict.fromkeys(map(_opposite, slopes))]
    total = slopes.pop(0)
    while slopes:
        slope = next((s for s in slopes if (_about(s) < 0) != (_about(total) < 0)), slopes[0])
        slopes.remove(slope)
        if not slopes and signs.terms.equal(total, _opposite(slope)):
            break
        law = signs.law("atan sum", total, slope)
        if law is None:
            return False
        facts.append((1, (law,), ()))
        total = signs.terms.term(signs.terms.poly(script.context.facts[law][2][1]))
    return script.show(goal, multiple, facts, [index for index in equations if index is not None]) is not None


def _summands(signs: Signs, term: Term) -> tuple[Term, list[Term]] | None:
    """A number and slopes, so that the number times the term is the sum of the slopes' arctangents."""
    counts: dict[Any, Fraction] = {}
    for monomial, c in signs.terms.poly(term).items():
        atom = signs.terms.atom(monomial[0][0]) if len(monomial) == 1 and monomial[0][1] == 1 else None
        if atom == ("pi",):
            counts[1] = counts.get(1, Fraction(0)) + 4 * c
        elif isinstance(atom, tuple) and atom[0] == "atan":
            counts[atom[1]] = counts.get(atom[1], Fraction(0)) + c
        else:
            return None
    fractions = [Fraction(c) for c in counts.values()]
    multiple = Fraction(lcm(*(c.denominator for c in fractions)), gcd(*(c.numerator for c in fractions)) or 1)
    wholes = {slope: int(c * multiple) for slope, c in counts.items()}
    if sum(map(abs, wholes.values())) > MOST_SUMMANDS or set(wholes) <= {1}:
        return None
    return ratio(multiple), [slope if n > 0 else _opposite(slope) for slope, n in wholes.items() for _ in range(abs(n))]


def _opposite(slope: Term) -> Term:
    number = value(slope)
    return minus(slope) if number is None else ratio(-number)


def _about(slope: Term) -> float:
    """The slope as a number, in which letters count as small."""
    number = value(slope)
    if number is not None:
        return float(number)
    head, *parts = slope if isinstance(slope, tuple) else (slope,)
    sizes = [_about(part) for part in parts]
    if head == "^" and sizes[0] > 0:
        return float(sizes[0] ** sizes[1])
    return sum(sizes) if head == "+" else prod(sizes) if head == "*" else 0.1
