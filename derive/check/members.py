"""The members of a chain as they are meant together: bounds of brackets, members that are only dots, `c.c.`"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.check.terms import Term
from derive.meaning.names import name_of, primed_name
from derive.notation.tree import (
    Call,
    Differential,
    Ellipsis,
    Evaluated,
    Group,
    Integral,
    Link,
    Node,
    Primed,
    Relation,
    Signed,
    Sum,
    Word,
    transform,
    walk,
)
from derive.read.split import Piece

__all__ = ["conjugate_added", "is_dots", "with_bounds", "without_conjugate"]

_CONJUGATE = re.compile(r"\+\s*(?:\\(?:text|mathrm|mbox|textrm)\s*\{\s*)?c\.\s*c\s*\.?\s*\}?\s*\Z")


def is_dots(term: Term) -> bool:
    """Whether a member is nothing but an ellipsis, so that no link to it claims anything."""
    return isinstance(term.node, Ellipsis)


# --- the complex conjugate -----------------------------------------------------------------------------------


def without_conjugate(piece: Piece) -> Piece | None:
    """The piece before `+ c.c.`; None where it does not end so."""
    found = _CONJUGATE.search(piece.text)
    if found is None or not piece.text[: found.start()].strip():
        return None
    return replace(piece, text=piece.text[: found.start()], offsets=piece.offsets[: found.start()])


def conjugate_added(node: Node) -> Node:
    """The node and its complex conjugate."""
    terms = node.terms if isinstance(node, Sum) else (Signed("", node),)
    return Sum((*terms, Signed("+", Call(Word("\\operatorname", "conjugate"), Group(node)))))


# --- brackets with bounds --------------------------------------------------------------------------------------


def with_bounds(terms: Sequence[Term]) -> list[Term]:
    """The terms, `\\left[ F \\right]_a^b` with the variable that takes the bounds.

    That is the one over which an integral of the same chain runs, if only one of these occurs in the bracket; or a
    primed letter in it whose bounds bear the letter without the prime, as in `[\\ln v']_{v_0}^v`.
    """
    running = [_variable(node) for term in terms if term.node for node in walk(term.node) if isinstance(node, Integral)]
    variables = list(dict.fromkeys(variable for variable in running if variable is not None))
    return [term if term.node is None else replace(term, node=_bounded(term.node, variables)) for term in terms]


def _variable(node: Integral) -> Node | None:
    if node.differential is not None:
        return node.differential.variable
    found = [part.variable for part in walk(node.body) if isinstance(part, Differential)]
    return found[0] if len(found) == 1 else None


def _bounded(node: Node, variables: list[Node]) -> Node:
    node = transform(node, lambda child: _bounded(child, variables))
    if not isinstance(node, Evaluated) or node.upper is None or node.lower is None:
        return node
    if isinstance(node.lower, Relation) or isinstance(node.upper, Relation):
        return node
    inside = set(walk(node.body))
    candidates = [variable for variable in variables if variable in inside] or list(_primed(node))
    if len(candidates) != 1:
        return node
    lower, upper = (Relation(candidates[0], (Link("=", end),)) for end in (node.lower, node.upper))
    return replace(node, lower=lower, upper=upper)


def _primed(node: Evaluated) -> Iterator[Node]:
    """The primed letters in a bracket whose bounds bear the same letter, maybe with an index."""
    ends = [(name_of(end) or "").split("_")[0] for end in (node.lower, node.upper) if end is not None]
    for part in dict.fromkeys(part for part in walk(node.body) if isinstance(part, Primed)):
        if primed_name(part) and name_of(part.base) is not None and [name_of(part.base)] * 2 == ends:
            yield part
