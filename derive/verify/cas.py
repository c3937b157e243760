"""Rung 9: SymPy's opinion of a claim, asked in a process of its own that can be killed; it is never a proof."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from derive.meaning.form import ONE, fn, free_variables, num, power, sub, var
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.verify.worker import CAN_FORK, Lost, Servant

__all__ = ["ASKED", "Opinion", "opinion"]

ASKED: tuple[ClaimKind, ...] = (
    "identity", "derivative", "integral", "sum", "defint", "limit", "matrix",
    "le", "lt", "range", "increasing", "decreasing", "equiv", "implies",
)  # fmt: skip
"""The kinds of claims about which SymPy has something to say."""

IN_ONE_VARIABLE: tuple[ClaimKind, ...] = ("range", "increasing", "decreasing", "equiv", "implies")
"""Those on which it says nothing unless they are about a single variable."""

Opinion = Literal["attests", "denies", ""]

LONGEST = 30.0
IMPORT_TIME = 20.0
SLACK = 0.5
LATE = 3.0
"""Wall-clock seconds allowed for each second of SymPy's own time, on a machine that does other things too."""

_X = var("x")
WARMING = Claim("identity", power(fn("sin", _X), num(2)), sub(ONE, power(fn("cos", _X), num(2))), Context())
"""A question after which SymPy has loaded and remembers what most questions need."""

_template: Servant | None = None
"""A process with SymPy loaded and nothing else; it forks a process for each question, so that none costs an import."""


def opinion(claim: Claim, seconds: float = 2.0) -> Opinion:
    """What SymPy says within that time: that the claim holds, that a sample differs, or nothing.

    `attests` is given only where no sample of the claim's domain differs numerically; `denies` is a numerical
    difference without error bounds.  Neither is a proof.  The first question also waits for SymPy to load.
    The time is that of SymPy's process.
    """
    if claim.kind not in ASKED or (claim.kind in IN_ONE_VARIABLE and _variables(claim) != 1):
        return ""
    template = _running() if CAN_FORK else None
    if template is None:
        return ""
    allowed = min(seconds, LONGEST)
    template.ask((claim, allowed), LATE * allowed + SLACK)
    try:
        found: Opinion = template.answer()
    except Lost:
        _stop()
        return ""
    return found


def _variables(claim: Claim) -> int:
    sides = (claim.left,) if claim.kind in ("range", "increasing", "decreasing") else (claim.left, claim.right)
    return len(frozenset().union(*map(free_variables, sides)))


def _running() -> Servant | None:
    """This process's template, with SymPy loaded; a fork of this process starts one of its own."""
    global _template
    if _template is not None and _template.owner != os.getpid():
        _stop()
    if _template is None:
        with _alarm_held():
            _template = Servant(_opinion_in_a_fork, LONGEST)
            _template.ask(None, IMPORT_TIME)
            try:
                _template.answer()
            except Lost:
                _stop()
    return _template


@contextmanager
def _alarm_held() -> Iterator[None]:
    """The time that loading SymPy takes is not counted against the claim in whose turn it falls."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)


def _stop() -> None:
    global _template
    if _template is not None:
        _template.stop()
        _template = None


def _opinion_in_a_fork(question: tuple[Claim, float] | None) -> Opinion:
    """In the template: SymPy loaded and warm, so that no fork pays for that, or a fork of it asked."""
    if question is None:
        from derive.verify.sympy_questions import asked

        return asked(WARMING)
    fork = Servant(_opinion_in_time, LATE * question[1])
    try:
        fork.ask(question)
        found: Opinion = fork.answer()
    except Lost:
        return ""
    finally:
        fork.stop()
    return found


def _opinion_in_time(question: tuple[Claim, float]) -> Opinion:
    """In the fork: the answer, unless this process's time is up, which ends it."""
    from derive.verify.sympy_questions import asked

    claim, seconds = question
    signal.setitimer(signal.ITIMER_PROF, seconds)
    return asked(claim)
