"""Rung 9: SymPy's opinion of a claim, asked in a process of its own that can be killed; it is never a proof."""

from __future__ import annotations

import os
from typing import Literal

from derive.model.claim import Claim
from derive.verify.worker import CAN_FORK, Lost, Servant

__all__ = ["Opinion", "opinion"]

Opinion = Literal["attests", "denies", ""]

LONGEST = 30.0
IMPORT_TIME = 20.0

_servant: Servant | None = None


def opinion(claim: Claim, seconds: float = 2.0) -> Opinion:
    """What SymPy says within that time: that the claim holds, that a sample differs, or nothing.

    `attests` is given only where no sample of the claim's domain differs numerically; `denies` is a numerical
    difference without error bounds.  Neither is a proof.  The first question also waits for SymPy to load.
    """
    if not CAN_FORK:
        return ""
    servant = _running()
    if servant is None:
        return ""
    servant.ask(claim, min(seconds, LONGEST))
    try:
        found: Opinion = servant.answer()
    except Lost:
        _stop()
        return ""
    return found


def _running() -> Servant | None:
    """This process's SymPy process, with SymPy loaded; a fork of this process starts one of its own."""
    global _servant
    if _servant is not None and _servant.owner != os.getpid():
        _servant.stop()
        _servant = None
    if _servant is None:
        _servant = Servant(_answer, LONGEST)
        _servant.ask(None, IMPORT_TIME)
        try:
            _servant.answer()
        except Lost:
            _stop()
    return _servant


def _stop() -> None:
    global _servant
    if _servant is not None:
        _servant.stop()
        _servant = None


def _answer(claim: Claim | None) -> Opinion:
    """In the other process: SymPy loaded, and asked."""
    from derive.verify import sympy_questions

    return "" if claim is None else sympy_questions.asked(claim)
