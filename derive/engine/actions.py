"""Rules that are worked out by a function instead of a pattern: one visible table from the rule's name to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derive.engine.errors import EngineError
from derive.engine.moves import alternatives, sides, statement
from derive.engine.reduce import divided_through, without_fractions_inside
from derive.engine.rewrite import apply_rule
from derive.engine.signs import Facts
from derive.engine.solve import next_move
from derive.engine.tidy import tidy
from derive.model.rule import Rule
from derive.notation.tree import Node, Relation, Symbol, walk
from derive.rules import ALL_RULES

__all__ = ["ACTIONS", "fire"]

Action = Callable[[Node], Node | None]


def fire(rule: Rule, node: Node) -> Node | None:
    """What one rule makes of a formula, None where it does not apply: the rule's pattern or its action."""
    if rule.left:
        applied = apply_rule(rule, node)
        return None if applied is None else applied.node
    action = ACTIONS.get(rule.name)
    return None if action is None else action(node)


def _tidying(name: str) -> Action:
    """A law of `tidy`, where it is the one that is used."""

    def act(node: Node) -> Node | None:
        result = tidy(node)
        return result.node if name in result.laws else None

    return act


def _extending(node: Node) -> Node | None:
    found = without_fractions_inside(node)
    return None if found is None else found[0]


def _solving(name: str) -> Action:
    """A step of the solver, for whichever letter of the equation it is the next one."""

    def act(node: Node) -> Node | None:
        letters = dict.fromkeys(part for part in walk(node) if isinstance(part, Symbol))
        for line in alternatives(node):
            for letter in letters:
                if not isinstance(line, Relation) or sides(line) is None:
                    continue
                try:
                    move = next_move(line, letter, Facts())
                except EngineError:
                    continue
                if move is not None and move.rule == name:
                    return statement(move.equations, letter)
        return None

    return act


ACTIONS: Mapping[str, Action] = {
    **{rule.name: _tidying(rule.name) for rule in ALL_RULES if not rule.left and rule.name.startswith("algebra.")},
    **{rule.name: _solving(rule.name) for rule in ALL_RULES if not rule.left and rule.name.startswith("equations.")},
    "functions.special_value": _tidying("functions.special_value"),
    "algebra.reduce_by": divided_through,
    "algebra.extend_by": _extending,
}
