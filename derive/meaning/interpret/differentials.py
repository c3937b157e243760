"""Differentials: that of an integrand, `\\int \\frac{dx}{x}`, changes `\\Delta x`, and total differentials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.meaning.form import Form, indexed, opaque, var
from derive.meaning.interpret.letters import letters_in
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import name_of
from derive.notation.tree import (
    Differential,
    Fraction,
    Integral,
    Listing,
    Node,
    Number,
    Product,
    Signed,
    Subscript,
    Sum,
    children,
)

__all__ = ["differential", "without_differential"]

_CHANGES = frozenset({"\\Delta", "\\delta"})
_NOT_TOTAL = _CHANGES | {"\\partial"}


def without_differential(body: Node) -> tuple[Node, Differential]:
    """The integrand with its one differential taken out; MeaningError where there is none, or more than one."""
    found = [node for node in _outside_integrals(body) if isinstance(node, Differential) and node.sign not in _CHANGES]
    if len(found) != 1:
        raise problem("an integral needs one differential", body)
    rest = _without(body)
    if rest is None:
        raise problem("the differential stands where it is no factor of the integrand", body)
    return rest, found[0]


def _running_change(node: Differential, reading: Reading) -> Form:
    """The change of an entry whose index runs: `\\delta r_i` under a sum over i is the entry of one quantity."""
    variable = node.variable
    base = variable.base if isinstance(variable, Subscript) else variable
    name = name_of(replace(node, variable=base))
    if not isinstance(variable, Subscript) or name is None or letters_in(base) & reading.bound:
        raise problem("an index inside this name has no meaning that the page says", node)
    items = variable.index.items if isinstance(variable.index, Listing) else (variable.index,)
    return indexed(var(name), *map(reading.form, items))


def _outside_integrals(node: Node) -> Iterator[Node]:
    """The node and what is below it, except in integrals, which have differentials of their own."""
    yield node
    for child in children(node):
        if not isinstance(child, Integral):
            yield from _outside_integrals(child)


def _without(node: Node) -> Node | None:
    """The node with its factor dx replaced by 1; None where dx is no factor of it."""
    if isinstance(node, Differential) and node.sign not in _CHANGES:
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
            if isinstance(factor, Differential) and factor.sign not in _CHANGES:
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


def differential(node: Differential, reading: Reading) -> Form:
    """A change `\\Delta x` or `\\delta x` as a quantity of its own; on a page, `dx` and `d(x y)` as total ones."""
    name = name_of(node)
    if name is not None and node.sign in _CHANGES:
        return _running_change(node, reading) if letters_in(node.variable) & reading.bound else var(name)
    if not reading.lexicon.primes_are_quantities or node.order is not None or node.sign in _NOT_TOTAL:
        raise problem("a differential has no meaning here", node)
    return opaque("d", reading.form(node.variable))
