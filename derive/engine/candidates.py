"""Candidates put into the first equation: solutions that squaring or clearing fractions gained are dropped."""

from __future__ import annotations

from dataclasses import replace

from derive.engine.lines import Lines
from derive.engine.moves import TRUE, alternatives, sides, statement
from derive.engine.numeric import holds_at
from derive.engine.views import free_of
from derive.model.derivation import Step
from derive.notation.tree import Node, Relation

__all__ = ["check"]


def check(lines: Lines, unknown: Node, given: tuple[Node, ...], suspects: tuple[int, ...]) -> None:
    """The line with those solutions dropped that do not solve the first equation or are outside what is given.

    `suspects` are the places of the steps that may have gained solutions; where some are found out, those steps
    are implications.  Only solutions without letters can be put in; those with letters stay, with what their steps owe.
    """
    first = lines.start
    found = [e for e in alternatives(lines.current) if isinstance(e, Relation) and sides(e) is not None]
    if TRUE in found:
        return
    if suspects:
        kept = [e for e in found if holds_at(first, unknown, _value(e)) is not False]
        if len(kept) < len(found):
            for place in suspects:
                lines.steps[place] = _implication(lines.steps[place], unknown)
            lines.add(statement(tuple(kept), unknown), ("equations.check_candidates",), (first,), "iff")
            found = kept
    inside = [e for e in found if all(holds_at(g, unknown, _value(e)) is not False for g in given)]
    if len(inside) < len(found):
        lines.add(statement(tuple(inside), unknown), ("equations.within_given",), (), "iff")


def _implication(step: Step, unknown: Node) -> Step:
    """The step in one direction, which owes nothing of the unknown: the check at the end sees to that."""
    owed = tuple(condition for condition in step.conditions if free_of(condition, unknown))
    return replace(step, relation="implies", conditions=owed)


def _value(solved: Relation) -> Node:
    pair = sides(solved)
    assert pair is not None
    return pair[1]
