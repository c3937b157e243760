"""What is known of the variables of a polynomial: ranges, exact ends, balls, hypotheses, and how hard to try."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flint import arb

from derive.verify.deadline import NEVER, Deadline
from derive.verify.quotients import Polynomial, Quotient
from derive.verify.ranges import EVERYTHING, Range

__all__ = ["Effort", "End", "Knowledge"]

MOST_QUESTIONS = 100


@dataclass(slots=True)
class Effort:
    """How many more questions one search may ask, and what it has found.

    `found` holds by polynomial, strictness, hypotheses and ranges the answer and the depth at which it was found.
    """

    left: int = MOST_QUESTIONS
    found: dict[tuple[object, ...], tuple[bool, int, Knowledge]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """An end of a variable's range as a polynomial in constants, and whether it is left out."""

    value: Polynomial
    open: bool


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the variables t0, t1, ... of the ring, by their index.

    `constants` are balls for those that stand for numbers; `ends` are exact ends of ranges; `hypotheses` are
    polynomials known to be >= 0, or > 0 when marked strict; `squares` are the squares of variables that are
    square roots or absolute values.
    """

    ranges: dict[int, Range]
    constants: dict[int, arb] = field(default_factory=dict)
    ends: dict[int, tuple[End | None, End | None]] = field(default_factory=dict)
    nonzero: frozenset[int] = frozenset()
    hypotheses: tuple[tuple[Polynomial, bool], ...] = ()
    squares: dict[int, Quotient] = field(default_factory=dict)
    deadline: Deadline = field(default_factory=lambda: NEVER)
    effort: Effort = field(default_factory=Effort)

    @property
    def afresh(self) -> Knowledge:
        """The same for a new question."""
        return replace(self, effort=Effort())

    def range(self, index: int) -> Range:
        return self.ranges.get(index, EVERYTHING)

    def with_range(self, index: int, range_: Range) -> Knowledge:
        ends = {i: e for i, e in self.ends.items() if i != index}
        return replace(
            self, ranges={**self.ranges, index: range_}, ends=ends, nonzero=self.nonzero - {index}, hypotheses=()
        )
