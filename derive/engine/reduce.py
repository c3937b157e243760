"""The last touch on an answer: a fraction divided through by an exponential that stands in both its parts."""

from __future__ import annotations

from derive.engine.fractions import common_denominator, denominators, multiplied
from derive.engine.moves import Move, relation, sides, to
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, merged, monomial, same, terms, written
from derive.engine.writing import ZERO, E, bare, number_of, over, total
from derive.notation.tree import Fraction, Node, Relation

__all__ = ["divided_through", "reduced_answer", "without_fractions_inside"]


def reduced_answer(equation: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`p = \\frac{e^x}{1 + e^x}` to `p = \\frac{1}{1 + e^{-x}}`, and any answer to its tidy form."""
    pair = sides(equation)
    if pair is None:
        return None
    left, right = pair
    tidied = tidy(right, order=False)
    if tidied.laws and tidied.laws[0] not in ("algebra.order", "algebra.one"):
        return to(left, tidied.node, tidied.laws[0], tidied.owes)
    flat = without_fractions_inside(right)
    if flat is not None:
        return to(left, flat[0], "algebra.extend_by", flat[1])
    through = divided_through(right)
    return None if through is None else to(left, through, "algebra.reduce_by")


def without_fractions_inside(node: Node) -> tuple[Node, tuple[Node, ...]] | None:
    """`\\frac{1}{\\frac{1}{a} + \\frac{1}{b}}` as `\\frac{a b}{b + a}`, and what must not be zero for it.

    None where no part is a sum of fractions.
    """
    body = bare(node)
    if not isinstance(body, Fraction):
        return None
    parts = [terms(side) for side in (body.numerator, body.denominator)]
    if not any(len(side) > 1 and any(denominators(t) for _, t in side) for side in parts):
        return None
    common = common_denominator([denominators(t) for side in parts for _, t in side])
    upper, lower = (total((s, multiplied(t, common)) for s, t in side) for side in parts)
    owes = tuple(relation(base, "\\ne", ZERO) for base, _ in common if not Facts().is_nonzero(base))
    return over(upper, lower), owes


def divided_through(node: Node) -> Node | None:
    """A fraction whose numerator is a multiple of a power e^u, divided by it above and below; None for any other."""
    body = bare(node)
    if not isinstance(body, Fraction) or len(terms(body.denominator)) < 2:
        return None
    upper = monomial(body.numerator)
    for base, exponent in upper.powers:
        if base == E and number_of(exponent) is None and _is_in(base, exponent, body.denominator):
            factor = Monomial(upper.coefficient / upper.coefficient, ((base, exponent),)).to_the(-1)
            above = written(merged(upper * factor))
            below = total((s, written(merged(monomial(t) * factor), sort=False)) for s, t in _in_order(body, base))
            return over(above, below)
    return None


def _is_in(base: Node, exponent: Node, denominator: Node) -> bool:
    """Whether a term of the denominator is a number times that very power."""
    return any(
        len(product.powers) == 1 and same(product.powers[0][0], base) and same(product.powers[0][1], exponent)
        for product in (monomial(term) for _, term in terms(denominator))
    )


def _in_order(body: Fraction, base: Node) -> list[tuple[int, Node]]:
    """The terms below the line, those with the power first: they become the plain numbers."""
    parts = list(terms(body.denominator))
    return sorted(parts, key=lambda part: not any(b == base for b, _ in monomial(part[1]).powers))
