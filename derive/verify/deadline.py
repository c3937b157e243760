"""A moment by which work must stop: asked in every loop, so that no claim eats more than its budget.

Time is that of this process, so that a verdict does not depend on what else the machine is doing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

__all__ = ["NEVER", "Deadline", "OutOfTime"]


class OutOfTime(Exception):
    """The deadline has passed; whatever was being tried stays undecided."""


@dataclass(slots=True, eq=False)
class Deadline:
    """A moment of the process's own clock, in seconds; one trial moves its own from rung to rung."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.process_time() + seconds)

    def check(self) -> None:
        """Raises OutOfTime when the moment has passed."""
        if time.process_time() > self.moment:
            raise OutOfTime

    @property
    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.moment - time.process_time())

    def within(self, seconds: float) -> Deadline:
        """This deadline or `seconds` from now, whichever comes first."""
        return Deadline(min(self.moment, time.process_time() + seconds))


NEVER = Deadline(float("inf"))
