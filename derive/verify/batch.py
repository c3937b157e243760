"""Many claims at once: each within its own limits of time and memory, verdicts in the order of the claims."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Any

from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify import ladder
from derive.verify.deadline import OutOfTime
from derive.verify.jsonl import ClaimLine, read_claim, verdict_line
from derive.verify.pool import answers
from derive.verify.sources import Items, Line, Lines
from derive.verify.worker import CAN_FORK, Servant

__all__ = ["verify_lines", "verify_many", "verify_within"]

REMEMBERED = 2048
"""Verdicts that a worker keeps."""

SLOWEST = 2.0
SPARE = 2.5
"""A worker is killed after SLOWEST budgets and SPARE seconds; before that the ladder's own deadline stops it."""


def verify_within(
    claim: Claim, *, budget: float = 2.0, cas: bool = True, seed: int = 0, kernel: bool = False
) -> Verdict:
    """The ladder's verdict; where it runs out of time, stack or memory, `undecided` by `budget`.

    A fault in a rung leaves its claim undecided too, with the fault as the note: the batch goes on.
    """
    try:
        verdict: Verdict = ladder.verify(claim, budget=budget, cas=cas, seed=seed, kernel=kernel)
    except OutOfTime:
        return _given_up("out of time")
    except RecursionError:
        return _given_up("nested too deeply")
    except MemoryError:
        return _given_up("out of memory")
    except Exception as fault:
        return Verdict("undecided", by="fault", note=f"{type(fault).__name__}: {fault}")
    return verdict


def _given_up(note: str) -> Verdict:
    return Verdict("undecided", by="budget", note=note)


def verify_many(
    claims: Iterable[Claim], *, budget: float = 2.0, cas: bool = True, workers: int | None = None, seed: int = 0
) -> Iterator[Verdict]:
    """The verdicts on the claims, in their order, each as soon as it and those before it are there.

    `workers` processes work at once (by default one for each core); 0, or a system without `fork`, verifies in
    this process, where only the ladder's own deadline guards against a claim without end.
    """

    def judged(claim: Claim) -> Verdict:
        return verify_within(claim, budget=budget, cas=cas, seed=seed)

    count = _workers(workers)
    if count == 0:
        return map(judged, claims)
    return answers(
        Items(claims), judged, lambda claim, seconds: _died(seconds, budget), workers=count, seconds=_longest(budget)
    )


def verify_lines(
    stream: Any, *, budget: float = 2.0, cas: bool = True, workers: int | None = None, seed: int = 0,
    kernel: bool = False, certificates: bool = False,
) -> Iterator[str]:  # fmt: skip
    """A line of verdict for each line of claim in an open file or pipe; the first before the stream ends.

    Lines that cannot be read get the status `unread` and a message with line and column; blank lines get nothing.
    With `kernel` certificates are looked for and replayed, with `certificates` they stand in the lines besides.
    """

    def judged(line: Line) -> str:
        return _judged_line(line, budget, cas, seed, kernel or certificates, certificates)

    def lost(line: Line, seconds: float) -> str:
        return verdict_line(ClaimLine(_id_in(line), None), _died(seconds, budget), seconds * 1000)

    count = _workers(workers)
    if count == 0:
        return (judged(Line(n, text.strip())) for n, text in enumerate(stream, 1) if text.strip())
    return answers(Lines(stream.fileno()), judged, lost, workers=count, seconds=_longest(budget))


def _judged_line(line: Line, budget: float, cas: bool, seed: int, kernel: bool, certificates: bool) -> str:
    start = _spent()
    if line.text is None:
        read = ClaimLine(None, None, f"line {line.number}, column 1: the line is too long")
    else:
        read = read_claim(line.text, line.number)
    if read.claim is None:
        verdict = Verdict("unread", by="reader", note=read.message)
    else:
        verdict = _remembered(read.claim, budget, cas, seed, kernel)
    milliseconds = (_spent() - start) * 1000
    if verdict.certificate is not None and not certificates:
        verdict = replace(verdict, certificate=None)
    return verdict_line(read, verdict, milliseconds)


@lru_cache(maxsize=REMEMBERED)
def _remembered(claim: Claim, budget: float, cas: bool, seed: int, kernel: bool) -> Verdict:
    """The verdict; a claim that comes again in a batch is not judged again by the same worker."""
    return verify_within(claim, budget=budget, cas=cas, seed=seed, kernel=kernel)


def _spent() -> float:
    """Seconds of this process's own time, and those for which it waited for SymPy's: not what others do meanwhile."""
    return time.process_time() + Servant.waited


def _id_in(line: Line) -> Any:
    with suppress(ValueError, RecursionError, AttributeError):
        return json.loads(line.text or "").get("id")
    return None


def _died(seconds: float, budget: float) -> Verdict:
    return _given_up("out of time" if seconds >= _longest(budget) else "out of memory, or the process died")


def _longest(budget: float) -> float:
    return SLOWEST * budget + SPARE


def _workers(wanted: int | None) -> int:
    if not CAN_FORK:
        return 0
    return (os.cpu_count() or 1) if wanted is None else wanted
