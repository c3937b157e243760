"""The second opinion: SymPy's view of claims that have a verdict, asked in its own process under a time limit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from derive.verify.worker import CAN_FORK, Lost, Servant

if TYPE_CHECKING:
    from derive.model.claim import Claim
    from derive.model.verdict import Verdict

__all__ = ["Opinion", "expect_questions", "opinions"]

Opinion = Literal["agrees", "differs", "unknown"]

LOADING = 20.0
LONGEST = 10.0

_servant: Servant | None = None


def expect_questions() -> None:
    """Start the process now, so that SymPy loads in it while this process makes what is to be asked about."""
    global _servant
    if not CAN_FORK or (_servant is not None and _servant.owner == os.getpid()):
        return
    _servant = Servant(_answer, LOADING)
    _servant.ask(None, LOADING)


def opinions(judged: Iterable[tuple[Claim, Verdict]], seconds: float = LONGEST) -> Iterator[Opinion]:
    """What SymPy says of each claim beside its verdict; `unknown` where it says nothing within its time."""
    for claim, verdict in judged:
        yield _opinion(claim, verdict, seconds)


def _opinion(claim: Claim, verdict: Verdict, seconds: float) -> Opinion:
    expect_questions()
    servant = _servant
    if servant is None:
        return "unknown"
    try:
        if not servant.answered:
            servant.answer()
        servant.ask(claim, seconds)
        found = servant.answer()
    except Lost:
        _stop()
        return "unknown"
    if found not in ("holds", "fails") or verdict.status not in ("proved", "conditional", "refuted", "attested"):
        return "unknown"
    return "agrees" if (found == "fails") == (verdict.status == "refuted") else "differs"


def _stop() -> None:
    global _servant
    if _servant is not None:
        _servant.stop()
        _servant = None


def _answer(claim: Claim | None) -> str:
    """In the other process: SymPy loaded, and asked."""
    from derive.meaning.errors import MeaningError
    from derive.verify import sympy_opinion
    from derive.verify.problem import TooDeep, expanded

    if claim is None:
        return ""
    try:
        return sympy_opinion.view(expanded(claim))
    except (MeaningError, TooDeep, RecursionError):
        return ""
