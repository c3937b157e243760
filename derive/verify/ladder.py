"""The ladder of verification: rungs from the cheapest up, each with the answers it may give, and `verify`.

A rung that only samples refutes and never proves.  Every proof says where both sides are defined; what the context
does not grant of that is printed as a condition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from derive.meaning.errors import MeaningError
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Verdict
from derive.verify.balls import precision
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.problem import TooDeep, expanded
from derive.verify.terms import TERM_RUNGS, compare

__all__ = ["LADDER", "Rung", "verify"]

Answer = Literal["proved", "refuted", "attested"]
Method = Callable[[Claim, Deadline, int], Verdict]

UNDECIDED = Verdict("undecided")
TERMS: tuple[ClaimKind, ...] = ("identity", "derivative", "integral", "sum", "defint", "limit", "matrix", "ne")
ORDERS: tuple[ClaimKind, ...] = ("le", "lt", "range", "increasing", "decreasing", "smooth", "defined")


@dataclass(frozen=True, slots=True)
class Rung:
    """One row of the ladder: which kinds of claims it looks at, what it may answer, its seconds, its method."""

    number: int
    name: str
    kinds: tuple[ClaimKind, ...]
    answers: tuple[Answer, ...]
    seconds: float
    method: Method


def _order(claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    from derive.verify.order import order

    return order(claim, deadline, seed)


def _equations(claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    from derive.verify.equations import equations

    return equations(claim, deadline, seed)


LADDER: tuple[Rung, ...] = (
    Rung(0, "terms", TERMS, ("proved", "refuted"), 1.0, compare),
    Rung(6, "order", ORDERS, ("proved", "refuted"), 1.0, _order),
    Rung(7, "equations", ("equiv", "implies"), ("proved", "refuted"), 1.0, _equations),
)


def verify(claim: Claim, *, budget: float = 2.0, cas: bool = True, seed: int = 0) -> Verdict:
    """The verdict on a claim within `budget` seconds; never raises for a claim that can be read.

    `cas=False` leaves out rung 9.  The same seed gives the same verdict unless time runs out.
    """
    deadline = Deadline.after(budget)
    try:
        ready = expanded(claim)
    except (MeaningError, TooDeep, RecursionError) as error:
        return replace(UNDECIDED, note=str(error) or "the claim is too large")
    for rung in LADDER:
        if ready.kind not in rung.kinds:
            continue
        verdict = _tried(rung, ready, deadline, seed)
        if verdict.status != "undecided":
            return verdict
    return UNDECIDED


def _tried(rung: Rung, claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    """The rung's verdict, or undecided when its time or the stack runs out."""
    try:
        with precision(64):
            verdict = rung.method(claim, deadline.within(rung.seconds), seed)
    except (OutOfTime, RecursionError, MemoryError):
        return UNDECIDED
    return verdict if verdict.by else replace(verdict, by=rung.name)


_ = TERM_RUNGS
