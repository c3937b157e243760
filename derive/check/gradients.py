r"""Gradients of functions of several numbers as lists: `\nabla f(x, y) = [2x, 3]` where the page says what f is.

By its definition the gradient has the derivatives by the arguments as its entries, in their order, so that it equals a
list where all entries are equal; whether it is laid out as a row or as a column is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.terms import Term
from derive.meaning.errors import MeaningError
from derive.meaning.form import ONE, Form, free_variables, mul, subforms, var
from derive.meaning.interpret import form_of
from derive.meaning.names import name_of
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict
from derive.notation.tree import Call, Ellipsis, Group, Listing, Matrix, Node, Product, Symbol, Underbrace, walk

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judged_gradient"]

MOST_ENTRIES = 6
_NABLA = Symbol("\\nabla")


def judged_gradient(page: Page, left: Term, right: Term) -> Outcome | None:
    """Proved where a gradient, or a list of derivatives, has the entries of a list; None where it is not known to."""
    if left.node is None or right.node is None or not any(part == _NABLA for part in walk(left.node)):
        return None
    try:
        sides = _gradient(page, left.node), _entries(page, right.node)
    except MeaningError:
        return None
    first, second = sides
    if first is None or second is None or len(first) != len(second):
        return None
    found: list[Verdict] = []
    for one, other in zip(first, second, strict=True):
        pair = page.knowledge.expanded(one), page.knowledge.expanded(other)
        found.append(page.judge.verdict(equality_kind(*pair), *pair, page.knowledge.context()))
        if found[-1].status not in ("proved", "conditional"):
            return None
    conditions = tuple(dict.fromkeys(condition for verdict in found for condition in verdict.conditions))
    verdict = Verdict("conditional" if conditions else "proved", "gradient", "exact", conditions=conditions)
    return page.judge.outcome(verdict, "DRV101")


def _gradient(page: Page, node: Node) -> tuple[Form, ...] | None:
    r"""The entries of `\nabla f` or `\nabla f(a, b)`, of a function that is in force here."""
    if not isinstance(node, Product) or len(node.factors) != 2 or node.factors[0] != _NABLA or node.operators != ("",):
        return None
    behind = node.factors[1]
    name = name_of(behind.head if isinstance(behind, Call) else behind)
    known = page.knowledge.abbreviations.get(name or "")
    if known is None or known.parameters is None or known.doubtful or not page.knowledge.covers(known.section):
        return None
    parameters = known.parameters
    if not 2 <= len(parameters) <= MOST_ENTRIES or any(map(page.judge.kinds.is_shaped_name, parameters)):
        return None
    if any(part.head in ("opaque", "call") for part in subforms(known.form)):
        return None
    places = _arguments(page, behind) if isinstance(behind, Call) else tuple(map(var, parameters))
    if places is None or len(places) != len(parameters):
        return None
    found: list[Form] = []
    for parameter in parameters:
        slope = Form("diff", (known.form, var(parameter), ONE))
        for name, value in zip(parameters, places, strict=True):
            if value != var(name) and free_variables(value):
                return None
            slope = slope if value == var(name) else Form("subs", (slope, var(name), value))
        found.append(slope)
    return tuple(found)


def _arguments(page: Page, call: Call) -> tuple[Form, ...] | None:
    if not isinstance(call.argument, Group) or not isinstance(call.argument.body, Listing):
        return None
    return tuple(form_of(item, page.knowledge.lexicon) for item in call.argument.body.items)


def _entries(page: Page, node: Node) -> tuple[Form, ...] | None:
    """The entries of a list, a row or a column, maybe with a number before it.  Raises MeaningError."""
    if isinstance(node, Underbrace):
        return _entries(page, node.body)
    if isinstance(node, Product):
        inside = _entries(page, node.factors[-1])
        if inside is None or any(sign not in ("", "\\cdot") for sign in node.operators):
            return None
        before = [form_of(factor, page.knowledge.lexicon) for factor in node.factors[:-1]]
        if any(map(page.judge.kinds.is_shaped, before)):
            return None
        return tuple(mul(*before, entry) for entry in inside)
    items: tuple[Node, ...] = ()
    if isinstance(node, Group) and node.left in ("[", "(") and isinstance(node.body, Listing):
        items = node.body.items
    elif isinstance(node, Matrix) and (len(node.rows) == 1 or all(len(row) == 1 for row in node.rows)):
        items = tuple(entry for row in node.rows for entry in row)
    if not 2 <= len(items) <= MOST_ENTRIES or any(isinstance(part, Ellipsis) for item in items for part in walk(item)):
        return None
    return tuple(form_of(item, page.knowledge.lexicon) for item in items)
