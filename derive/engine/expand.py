"""Products of sums multiplied out, term by term."""

from __future__ import annotations

from math import prod

from derive.engine.laws import Rewritten, factors_written
from derive.engine.views import Monomial, free_of, merged, monomial, terms, written
from derive.engine.writing import (
    bare,
    number_of,
    times,
    total,
)
from derive.notation.tree import (
    Node,
    Power,
    Product,
    Sum,
)

__all__ = ["expand"]

MOST_TERMS = 40


def expand(node: Node, about: Node | None = None) -> Rewritten:
    """Products of sums multiplied out term by term, only those in which `about` occurs where it is given.

    Small whole powers of sums are multiplied out too.  Terms keep the order in which they arise.
    """
    result: list[tuple[int, Node]] = []
    changed = False
    for sign, term in terms(node):
        products = _expanded_term(term, about)
        changed = changed or len(products) > 1
        result.extend((sign * s, t) for s, t in products)
        if len(result) > MOST_TERMS:
            return Rewritten(node)
    if not changed:
        return Rewritten(node)
    return Rewritten(total(result), ("algebra.expand",))


def _expanded_term(term: Node, about: Node | None) -> list[tuple[int, Node]]:
    products: list[tuple[int, tuple[Node, ...]]] = [(1, ())]
    for factor in factors_written(term):
        alternatives = _alternatives(factor, about)
        products = [(s * t, (*done, new)) for s, done in products for t, new in alternatives]
        if len(products) > MOST_TERMS:
            return [(1, term)]
    if len(products) == 1:
        return [(1, term)]
    sign = _sign_in_front(term)
    expanded = []
    for s, factors in products:
        product = merged(monomial(times(*factors)))
        size = Monomial(abs(product.coefficient), product.powers)
        expanded.append((sign * s * (-1 if product.coefficient < 0 else 1), written(size, sort=False)))
    return expanded


def _sign_in_front(term: Node) -> int:
    """The sign that `_factors` leaves out: those before and between the factors."""
    body = bare(term)
    if isinstance(body, Product):
        return prod(_sign_in_front(factor) for factor in body.factors)
    if isinstance(body, Sum) and len(body.terms) == 1:
        return (-1 if body.terms[0].sign == "-" else 1) * _sign_in_front(body.terms[0].term)
    return 1


def _alternatives(factor: Node, about: Node | None) -> list[tuple[int, Node]]:
    if about is not None and free_of(factor, about):
        return [(1, factor)]
    if isinstance(factor, Power):
        value = number_of(factor.exponent)
        base = terms(factor.base)
        if value is not None and value.denominator == 1 and 2 <= value <= 4 and len(base) > 1:
            powered = total(_expanded_term(times(*([factor.base] * int(value))), None))
            return list(terms(powered))
        return [(1, factor)]
    if isinstance(factor, Sum):
        return list(terms(factor))
    return [(1, factor)]
