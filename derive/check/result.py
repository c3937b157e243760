"""What the checker reports: a step with its place and verdict, the steps of a file, and the whole run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from derive.model.verdict import STATUSES, Status
from derive.read.document import Place

__all__ = ["CheckedFile", "CheckedStep", "Failure", "Notice", "Run"]

OPEN_STATUSES: frozenset[Status] = frozenset({"conditional", "attested", "undecided", "unread"})


@dataclass(frozen=True, slots=True)
class Failure:
    """A point at which a step fails: values by printed name, and what both sides are there."""

    point: tuple[tuple[str, str], ...]
    left: str = ""
    right: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """One link of a chain and what is known of it; `before` and `after` are LaTeX as written.

    `source` is the line of the document on which `after` ends and `underline` the columns (from 0) to underline there.
    """

    place: Place
    relation: str
    before: str
    after: str
    status: Status
    code: str = ""
    message: str = ""
    by: str = ""
    trust: str = "none"
    conditions: tuple[str, ...] = ()
    counterexample: Failure | None = None
    correction: str = ""
    source: str = ""
    underline: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to say about a file that is no step: an unused comment, a file that cannot be read.

    `path` is the file where that is another one than the document, one that it draws in.
    """

    code: str
    message: str
    line: int = 1
    column: int = 1
    path: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    path: str
    steps: tuple[CheckedStep, ...] = ()
    notices: tuple[Notice, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """All files of a run, in order."""

    files: tuple[CheckedFile, ...] = ()
    known: int = field(default=0)

    @property
    def steps(self) -> tuple[CheckedStep, ...]:
        return tuple(step for file in self.files for step in file.steps)

    @property
    def summary(self) -> dict[Status, int]:
        """How many steps have each status, every status named."""
        tally = Counter(step.status for step in self.steps)
        return {status: tally[status] for status in STATUSES}

    def exit_code(self, *, strict: bool = False, allow_empty: bool = False) -> int:
        """0 all hold, 1 something refuted (strict: or open), 2 a file unreadable or nothing to check."""
        if any(file.unreadable for file in self.files):
            return 2
        if not self.steps:
            return 0 if allow_empty else 2
        statuses = {step.status for step in self.steps}
        if "refuted" in statuses or (strict and statuses & OPEN_STATUSES):
            return 1
        return 1 if strict and any(file.notices for file in self.files) else 0
