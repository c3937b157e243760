"""The differential that stands inside an integrand: `\\int \\frac{dx}{x}`, `\\int x \\, dx \\, e^x`."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.interpret.reading import problem
from derive.notation.tree import Differential, Fraction, Node, Number, Product, Signed, Sum, walk

__all__ = ["without_differential"]


def without_differential(body: Node) -> tuple[Node, Differential]:
    """The integrand with its one differential taken out; MeaningError where there is none, or more than one."""
    found = [node for node in walk(body) if isinstance(node, Differential)]
    if len(found) != 1:
        raise problem("an integral needs one differential", body)
    rest = _without(body)
    if rest is None:
        raise problem("the differential stands where it is no factor of the integrand", body)
    return rest, found[0]


def _without(node: Node) -> Node | None:
    """The node with its factor dx replaced by 1; None where dx is no factor of it."""
    if isinstance(node, Differential):
        return Number("1")
    if isinstance(node, Fraction):
        numerator = _without(node.numerator)
        return numerator and replace(node, numerator=numerator)
    if isinstance(node, Sum) and len(node.terms) == 1:
        term = _without(node.terms[0].term)
        return term and Sum((Signed(node.terms[0].sign, term),), span=node.span)
    if isinstance(node, Product):
        for place, factor in enumerate(node.factors):
            if place and node.operators[place - 1] == "/":
                continue
            if isinstance(factor, Differential):
                return _factor_removed(node, place)
            changed = _without(factor)
            if changed is not None:
                return replace(node, factors=(*node.factors[:place], changed, *node.factors[place + 1 :]))
    return None


def _factor_removed(node: Product, place: int) -> Node:
    if place == 0 and node.operators[0] == "/":
        return replace(node, factors=(Number("1"), *node.factors[1:]))
    factors = node.factors[:place] + node.factors[place + 1 :]
    gone = max(place - 1, 0)
    operators = node.operators[:gone] + node.operators[gone + 1 :]
    return factors[0] if len(factors) == 1 else replace(node, factors=factors, operators=operators)
