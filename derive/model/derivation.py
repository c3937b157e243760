"""A derivation: a context, a start, and steps each of which begins where the last one ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.notation.tree import Node

StepRelation = Literal["=", "iff", "implies", "<", "<=", "~"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line to the next: `before relation after`, by the rule `rule`, for the reason `says`.

    `conditions` are the statements which the rule owes and its matcher could not decide from structure.
    """

    before: Node
    relation: StepRelation
    after: Node
    rule: str
    says: str
    conditions: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """Steps from `start` in a context; `given` are its statements as they are written on a page."""

    title: str
    context: Context
    given: tuple[Node, ...]
    start: Node
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        line = self.start
        for number, step in enumerate(self.steps, 1):
            if step.before != line:
                raise ValueError(f"step {number} of {self.title!r} does not begin where the last one ended")
            line = step.after

    @property
    def result(self) -> Node:
        return self.steps[-1].after if self.steps else self.start


@dataclass(frozen=True, slots=True)
class Report:
    """A derivation and, in the same order, the verdict on each of its steps."""

    derivation: Derivation
    verdicts: tuple[Verdict, ...]

    @property
    def holds(self) -> bool:
        return all(verdict.holds for verdict in self.verdicts)
