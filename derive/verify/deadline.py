"""A moment by which work must stop: asked in every loop, so that no claim eats more than its budget.

Time is that of this process, so that a verdict does not depend on what else the machine is doing.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

__all__ = ["NEVER", "NOT_HERE", "Deadline", "OutOfTime", "at_most"]


FRESH = 0.05


class _Clock:
    """This process's time, asked of the system only now and then, for asking is slow."""

    wall = float("-inf")
    own = 0.0

    @classmethod
    def now(cls) -> float:
        """The process's time, at most FRESH seconds too late, never too early: no process is faster than the wall."""
        wall = time.monotonic()
        if wall - cls.wall > FRESH:
            cls.wall, cls.own = wall, time.process_time()
        return cls.own + (wall - cls.wall)

    @classmethod
    def forget(cls) -> None:
        """In a forked process time starts anew."""
        cls.wall = float("-inf")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Clock.forget)


class OutOfTime(Exception):
    """The deadline has passed; whatever was being tried stays undecided."""


@dataclass(slots=True, eq=False)
class Deadline:
    """A moment of the process's own clock, in seconds; one trial moves its own from rung to rung."""

    moment: float
    glance: float = 0.0
    """No sooner on the wall clock than this can the moment pass: a process's time is no faster."""

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(_Clock.now() + seconds)

    def check(self) -> None:
        """Raises OutOfTime when the moment has passed."""
        now = time.monotonic()
        if now < self.glance:
            return
        left = self.moment - time.process_time()
        if left < 0:
            raise OutOfTime
        self.glance = now + left

    @property
    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.moment - _Clock.now())

    def within(self, seconds: float) -> Deadline:
        """This deadline or `seconds` from now, whichever comes first."""
        now = _Clock.now()
        moment = min(self.moment, now + seconds)
        return Deadline(moment, time.monotonic() + moment - now)

    def move(self, other: Deadline) -> None:
        """Takes over the other's moment."""
        self.moment, self.glance = other.moment, other.glance


NEVER = Deadline(float("inf"))


NOT_HERE = frozenset({"integrand"})
"""Functions that libraries in C call back, which would not survive an exception."""

AGAIN = 0.05


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """A block that is stopped by OutOfTime after so much of this process's time, wherever it is.

    For what does not ask its deadline often enough.  Only the main thread of a system with timers can be stopped; a
    block inside another such block is bounded by the outer one.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
        or signal.getitimer(signal.ITIMER_VIRTUAL)[0]
    ):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_: int, frame: FrameType | None) -> None:
    """Raises OutOfTime, unless a library in C is waiting for the answer of what would be stopped."""
    while frame is not None:
        if frame.f_code.co_name in NOT_HERE:
            return
        frame = frame.f_back
    raise OutOfTime
