"""Primed letters as derivatives: `u' = 1` where the page has said that `u = x`.

Only proofs are taken from it: a primed letter may be another quantity, and then the page defines it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.identities import Compared
from derive.check.judge import Outcome
from derive.check.line import Line
from derive.check.terms import Term, meaning
from derive.meaning.form import free_variables
from derive.meaning.names import name_of
from derive.notation.tree import Derivative, Differential, Node, Number, Primed, Symbol, transform

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["proved_by_primes"]


def proved_by_primes(page: Page, line: Line, left: Term, right: Term) -> Outcome | None:
    """A proof with primed letters as derivatives of what the section says they are; None where there is none."""
    if left.node is None or right.node is None:
        return None
    nodes = [_unprimed(page, term.node) for term in (left, right) if term.node is not None]
    if nodes == [left.node, right.node]:
        return None
    first, second = (
        meaning(Term(term.piece, node), page.knowledge.lexicon).form
        for term, node in zip((left, right), nodes, strict=True)
    )
    if first is None or second is None:
        return None
    verdict = Compared(page, line, first, second).verdict
    return page.judge.outcome(verdict, "DRV101") if verdict.status in ("proved", "conditional") else None


def _unprimed(page: Page, node: Node) -> Node:
    """The tree with the derivative of a letter, by the only letter in what it stands for, in place of its primes."""
    node = transform(node, lambda child: _unprimed(page, child))
    if isinstance(node, Primed) and isinstance(node.base, Symbol):
        known = page.knowledge.abbreviations.get(name_of(node.base) or "")
        if known is None or known.parameters is not None or not page.knowledge.covers(known.section):
            return node
        letters = free_variables(known.form)
        if len(letters) == 1 and len(next(iter(letters))) == 1:
            order = None if node.count == 1 else Number(str(node.count))
            by = Differential(Symbol(next(iter(letters))), "d", order)
            return Derivative(node.base, (by,), "d", order, "quotient")
    return node
