"""A derivation in the making: the lines so far, each added with the names of the rules that gave it."""

from __future__ import annotations

from collections.abc import Iterable

from derive.meaning.interpret import form_of
from derive.model.context import Context
from derive.model.derivation import Derivation, Step, StepRelation
from derive.model.given import context_from
from derive.notation.tree import Node
from derive.rules import rule_named

__all__ = ["Lines", "context_of"]

MOST_REASONS = 4
UNSPOKEN = frozenset({"derivative.identity", "derivative.negative", "algebra.order", "algebra.one"})
"""Rules too small to be given as a reason beside others."""


class Lines:
    """The lines of a derivation while it is made; a line equal to the one before is not added."""

    def __init__(self, start: Node) -> None:
        self.start = start
        self.steps: list[Step] = []

    @property
    def current(self) -> Node:
        return self.steps[-1].after if self.steps else self.start

    def add(
        self,
        after: Node,
        rules: Iterable[str],
        owes: Iterable[Node] = (),
        relation: StepRelation = "=",
        says: str = "",
    ) -> None:
        """One more line, by the first of `rules`; the reasons of all of them are given in one sentence."""
        if after == self.current:
            return
        names = list(dict.fromkeys(rules))
        spoken = [name for name in names if name not in UNSPOKEN] or names
        reasons = list(dict.fromkeys(rule_named(name).says for name in spoken))[:MOST_REASONS]
        conditions = tuple(dict.fromkeys(owes))
        self.steps.append(Step(self.current, relation, after, names[0], says or "; ".join(reasons), conditions))

    def derivation(self, title: str, given: tuple[Node, ...] = ()) -> Derivation:
        """The finished derivation."""
        return Derivation(title, context_of(given), given, self.start, tuple(self.steps))


def context_of(given: Iterable[Node]) -> Context:
    """The context that the given statements make; raises MeaningError for one that is not understood."""
    return context_from(form_of(statement) for statement in given)
