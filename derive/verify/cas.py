"""Rung 9: SymPy's opinion of a claim, asked in a process of its own that can be killed; it is never a proof."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from derive.model.claim import Claim
from derive.verify.worker import CAN_FORK, Lost, Servant

__all__ = ["Opinion", "opinion"]

Opinion = Literal["attests", "denies", ""]

LONGEST = 30.0
IMPORT_TIME = 20.0
SLACK = 0.5

_template: Servant | None = None
"""A process with SymPy loaded and nothing else; it forks a process for each question, so that none costs an import."""


def opinion(claim: Claim, seconds: float = 2.0) -> Opinion:
    """What SymPy says within that time: that the claim holds, that a sample differs, or nothing.

    `attests` is given only where no sample of the claim's domain differs numerically; `denies` is a numerical
    difference without error bounds.  Neither is a proof.  The first question also waits for SymPy to load.
    """
    template = _running() if CAN_FORK else None
    if template is None:
        return ""
    allowed = min(seconds, LONGEST)
    template.ask((claim, allowed), allowed + SLACK)
    try:
        found: Opinion = template.answer()
    except Lost:
        _stop()
        return ""
    return found


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
    """In the template: SymPy loaded, and a fork of it asked."""
    from derive.verify.sympy_questions import asked

    if question is None:
        return ""
    claim, seconds = question
    fork = Servant(asked, seconds)
    try:
        fork.ask(claim)
        found: Opinion = fork.answer()
    except Lost:
        return ""
    finally:
        fork.stop()
    return found
