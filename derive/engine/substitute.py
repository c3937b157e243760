"""Equations that are polynomials in a term (`e^x`, `x^2`, `\\sin x`): solved for the term first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as Rational

from derive.engine.coefficients import polynomial
from derive.engine.collect import collect_linear
from derive.engine.higher import solve_polynomial
from derive.engine.moves import Move, sides, to
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, free_of, key, like_terms, merged, monomial, terms, written
from derive.engine.writing import ZERO, E, number_of, numeral, over, raised, total
from derive.notation.tree import Call, Group, Node, Power, Relation, Root

__all__ = ["substitute"]


def substitute(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """The next line for the repeated term as the unknown, or None where no term makes it a polynomial."""
    pair = sides(statement)
    if pair is None:
        return None
    whole = total([(1, pair[0]), (-1, pair[1])])
    for part in dict.fromkeys(_repeated(whole, unknown)):
        if isinstance(part, Power) and part.base == E:
            move = _without_negative_powers(whole, part, unknown)
            if move is not None:
                return move
        found = polynomial(whole, part)
        if found is None or found.degree < 1 or not all(free_of(c, unknown) for c in found.coefficients):
            continue
        method = collect_linear if found.degree == 1 else solve_polynomial
        move = method(statement, part, facts)
        if move is not None and move.equations != (statement,):
            named = "equations.substitute" if move.rule == "equations.factor" else move.rule
            return replace(move, rule=named)
    return None


def _without_negative_powers(whole: Node, part: Power, unknown: Node) -> Move | None:
    """`e^x + e^{-x} = 3` multiplied by e^x, which is never zero."""
    negatives = [
        number_of(tidy(over(exponent, part.exponent)).node)
        for _, term in terms(whole)
        for base, exponent in monomial(term).powers
        if base == E and not free_of(exponent, unknown)
    ]
    lowest = min((n for n in negatives if n is not None), default=Rational(0))
    if lowest >= 0 or any(n is None or n.denominator != 1 for n in negatives):
        return None
    factor = monomial(tidy(raised(part, numeral(-lowest))).node)
    products = ((s, written(merged(monomial(t) * factor))) for s, t in terms(whole))
    return to(total(products), ZERO, "equations.multiply_by_exponential")


def _repeated(whole: Node, unknown: Node) -> Iterator[Node]:
    """Terms that hold the unknown and stand in several places, the smallest power of each."""
    powers: dict[str, list[tuple[Node, Node]]] = {}
    for _, term in terms(whole):
        for base, exponent in monomial(term).powers:
            if not free_of(exponent, unknown) or (not free_of(base, unknown) and base != unknown):
                powers.setdefault(_name(base, exponent), []).append((base, exponent))
            elif base == unknown:
                powers.setdefault("unknown", []).append((base, exponent))
    for found in powers.values():
        base, smallest = min(found, key=lambda power: (_size(power[1]), terms(power[1])[0][0] < 0))
        if isinstance(base, Call | Root | Group):
            yield base
        else:
            yield raised(base, smallest)


def _name(base: Node, exponent: Node) -> str:
    """Exponentials of the same base whose exponents are multiples of each other count as one."""
    parts = like_terms(exponent)
    if number_of(exponent) is not None or len(parts) != 1:
        return key(base)
    return f"{key(base)}^{key(written(Monomial(Rational(1), parts[0][1].powers)))}"


def _size(exponent: Node) -> Rational:
    parts = like_terms(exponent)
    return abs(parts[0][0]) if parts else Rational(0)
