"""A moment by which work must stop: asked in every loop, so that no claim eats more than its budget."""

from __future__ import annotations

import time
from dataclasses import dataclass

__all__ = ["NEVER", "Deadline", "OutOfTime"]


class OutOfTime(Exception):
    """The deadline has passed; whatever was being tried stays undecided."""


@dataclass(slots=True, eq=False)
class Deadline:
    """A moment of the monotonic clock, in seconds; one trial moves its own from rung to rung."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    def check(self) -> None:
        """Raises OutOfTime when the moment has passed."""
        if time.monotonic() > self.moment:
            raise OutOfTime

    @property
    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.moment - time.monotonic())

    def within(self, seconds: float) -> Deadline:
        """This deadline or `seconds` from now, whichever comes first."""
        return Deadline(min(self.moment, time.monotonic() + seconds))


NEVER = Deadline(float("inf"))
