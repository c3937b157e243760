"""Applying one rule of the tables: its pattern matched, its conditions decided or owed, its replacement filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from derive.engine.match import Bindings, fill, matches
from derive.engine.signs import Facts, granted
from derive.engine.views import free_of
from derive.model.rule import Rule
from derive.notation.reader import read
from derive.notation.tree import Link, Node, Relation, Symbol, children, transform
from derive.notation.vocabulary import DEFAULT

__all__ = ["Applied", "apply_rule", "first_place", "pattern", "replaced"]

NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Applied:
    """What a rule made of a node, and the conditions it owes for it."""

    node: Node
    rule: Rule
    owes: tuple[Node, ...] = ()


@lru_cache(maxsize=2000)
def pattern(latex: str) -> Node:
    """A rule's LaTeX as notation; raises ReadError for a row that cannot be read."""
    return read(latex, DEFAULT)


def apply_rule(rule: Rule, node: Node, facts: Facts = NO_FACTS) -> Applied | None:
    """The node rewritten by the rule at its root, or None where the pattern or a condition does not fit."""
    conditions = tuple(pattern(text) for text in rule.when)
    structural = [c for c in conditions if _freedom(c) is not None]
    owed = [c for c in conditions if _freedom(c) is None]

    def accepts(letter: str, term: Node, known: Bindings) -> bool:
        bound = {**known, letter: term}
        return all(_holds(condition, bound) for condition in structural)

    for bindings in matches(pattern(rule.left), node, accepts):
        filled = (_statement(condition, bindings) for condition in owed)
        return Applied(fill(pattern(rule.right), bindings), rule, tuple(c for c in filled if not granted(c, facts)))
    return None


def _freedom(condition: Node) -> tuple[str, str] | None:
    """(x, u) of the condition `x \\notin u`, which says that u is free of x."""
    match condition:
        case Relation(Symbol(variable), (Link("\\notin", Symbol(letter)),)):
            return variable, letter
    return None


def _holds(condition: Node, bindings: Bindings) -> bool:
    names = _freedom(condition)
    if names is None or names[0] not in bindings or names[1] not in bindings:
        return True
    return free_of(bindings[names[1]], bindings[names[0]])


def _statement(condition: Node, bindings: Bindings) -> Node:
    """A condition with the terms of the letters put in."""
    if isinstance(condition, Relation) and condition.first is not None:
        links = tuple(Link(link.sign, fill(link.term, bindings)) for link in condition.links)
        return Relation(fill(condition.first, bindings), links)
    return fill(condition, bindings)


# --- places ------------------------------------------------------------------------------------------------


def first_place(node: Node, kind: type[Node]) -> Iterator[Node]:
    """The nodes of a kind, outermost first and from left to right; nothing inside one of them is looked at."""
    if isinstance(node, kind):
        yield node
        return
    for child in children(node):
        yield from first_place(child, kind)


def replaced(node: Node, old: Node, new: Node) -> Node:
    """The tree with the piece `old` (the very object, not an equal one) replaced by `new`."""
    if node is old:
        return new
    return transform(node, lambda child: replaced(child, old, new))
