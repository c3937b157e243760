"""The ladder of verification: rungs from the cheapest up, each with the answers it may give, and `verify`.

A rung that only samples refutes and never proves.  Every proof says where both sides are defined; what the context
does not grant of that is printed as a condition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from derive.meaning.errors import MeaningError
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Status, Verdict
from derive.verify.balls import precision
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.leftout import without_needless
from derive.verify.problem import TooDeep, expanded
from derive.verify.terms import (
    analysis,
    balls,
    constants,
    hard_sampling,
    narrower_form,
    normal_form,
    same_form,
    second_look,
)
from derive.verify.trial import Trial, comparison_of

__all__ = ["LADDER", "Rung", "verify"]

Method = Callable[[Trial], Verdict | None]

EQUALITIES: tuple[ClaimKind, ...] = ("identity", "derivative", "integral", "sum", "defint", "limit", "matrix")
ORDERS: tuple[ClaimKind, ...] = ("le", "lt", "ne", "range", "increasing", "decreasing", "smooth", "defined")
STATEMENTS: tuple[ClaimKind, ...] = ("equiv", "implies")


@dataclass(frozen=True, slots=True)
class Rung:
    """One row of the ladder: the kinds of claims it looks at, what it may answer, its seconds, its method.

    The method returns None (or an undecided verdict) to pass the claim on.
    """

    number: int
    name: str
    kinds: tuple[ClaimKind, ...]
    answers: tuple[Status, ...]
    seconds: float
    method: Method


def _order(trial: Trial) -> Verdict | None:
    """Rung 6: inequalities, ranges, monotonicity."""
    from derive.verify.order import order

    return order(trial.claim, trial.deadline, trial.seed)


def _equations(trial: Trial) -> Verdict | None:
    """Rung 7: equivalence and implication of statements."""
    from derive.verify.equations import equations

    return equations(trial.claim, trial.deadline, trial.seed)


def _definite(trial: Trial) -> Verdict | None:
    """Rung 8: limits, sums and definite integrals replaced by values proved equal to them."""
    from derive.verify.definite import definite

    return definite(trial.claim, trial.deadline, trial.seed)


def _matrices(trial: Trial) -> Verdict | None:
    """Rung 8 for matrices with entries: worked out and compared entry by entry."""
    from derive.verify.matrices import matrices

    return matrices(trial.claim, trial.deadline, trial.seed)


def _tensors(trial: Trial) -> Verdict | None:
    """Rung 8 for vectors and matrices of symbolic shape, their gradients, and sums over entries."""
    from derive.verify.tensors import tensors

    return tensors(trial.claim, trial.deadline, trial.seed)


def _attested(trial: Trial) -> Verdict | None:
    """Rung 9: SymPy says so, and no sample differed; no proof."""
    from derive.verify.cas import opinion

    if opinion(trial.claim, trial.deadline.remaining) != "attests":
        return None
    return Verdict("attested", "cas", "cas")


CERTIFYING = 5_000
LEFT_OUT = 9
"""Rungs that are asked about a point that a condition leaves out: those below equations."""
LESS = 0.3
PROVES: tuple[Status, ...] = ("proved", "conditional")
REFUTES: tuple[Status, ...] = ("refuted",)

LADDER: tuple[Rung, ...] = (
    Rung(0, "same", EQUALITIES, ("proved",), 0.2, same_form),
    Rung(1, "balls", EQUALITIES, REFUTES, 0.5, balls),
    Rung(2, "normal form", EQUALITIES, PROVES, 1.0, normal_form),
    Rung(2, "second look", EQUALITIES, REFUTES, 0.3, second_look),
    Rung(2, "narrower normal form", EQUALITIES, PROVES, 1.0, narrower_form),
    Rung(3, "constants", EQUALITIES, PROVES, 0.4, constants),
    Rung(4, "analysis", EQUALITIES, PROVES, 0.6, analysis),
    Rung(5, "hard sampling", EQUALITIES, REFUTES, 0.6, hard_sampling),
    Rung(6, "order", ORDERS, PROVES + REFUTES, 1.8, _order),
    Rung(7, "equations", STATEMENTS, PROVES + REFUTES, 1.8, _equations),
    Rung(8, "limits, sums, integrals", EQUALITIES, PROVES + REFUTES, 1.5, _definite),
    Rung(8, "matrices", ("matrix", "identity"), PROVES + REFUTES, 1.5, _matrices),
    Rung(8, "tensors", ("tensor",), (*PROVES, *REFUTES, "unread", "undecided"), 1.8, _tensors),
    Rung(9, "cas", EQUALITIES + ORDERS + STATEMENTS, ("attested",), 0.5, _attested),
)


def verify(claim: Claim, *, budget: float = 2.0, cas: bool = True, seed: int = 0, kernel: bool = False) -> Verdict:
    """The verdict on a claim within `budget` seconds; never raises for a claim that can be read.

    `cas=False` leaves out rung 9.  `kernel=True` also looks for a certificate of what is proved; replayed by the
    kernel it raises the trust.  The same seed gives the same verdict unless time runs out.
    """
    deadline = Deadline.after(budget)
    try:
        ready = expanded(claim)
    except (MeaningError, TooDeep, RecursionError) as error:
        return Verdict("undecided", note=str(error) or "the claim is too large")
    own = Deadline(deadline.moment)
    trial = Trial(ready, own, seed, comparison_of(ready, own, seed) if ready.kind in EQUALITIES else None)
    for rung in LADDER:
        if ready.kind not in rung.kinds or (rung.name == "cas" and not cas):
            continue
        trial.until(deadline.within(rung.seconds))
        verdict = _answer(rung, trial)
        if verdict is not None:
            if verdict.conditions:
                verdict = without_needless(ready, verdict, partial(_at_a_point, deadline, seed))
            return _replayed(ready, verdict, deadline) if kernel else verdict
        if not deadline.remaining:
            break
    return Verdict("undecided")


def _at_a_point(deadline: Deadline, seed: int, claim: Claim) -> Verdict:
    """The verdict on a claim at a point that a condition leaves out."""
    own = Deadline(deadline.moment)
    trial = Trial(claim, own, seed, comparison_of(claim, own, seed) if claim.kind in EQUALITIES else None)
    for rung in LADDER[:LEFT_OUT]:
        if claim.kind in rung.kinds:
            trial.until(deadline.within(rung.seconds * LESS))
            verdict = _answer(rung, trial)
            if verdict is not None:
                return verdict
    return Verdict("undecided")


def _replayed(claim: Claim, verdict: Verdict, deadline: Deadline) -> Verdict:
    """The verdict with a certificate that the kernel has replayed, where one is found."""
    from derive.verify.certificate import Effort, prove

    if verdict.status not in PROVES or verdict.trust != "exact":
        return verdict
    certificate = prove(claim, verdict.conditions, Effort(deadline, CERTIFYING))
    return verdict if certificate is None else replace(verdict, trust="kernel", certificate=certificate)


def _answer(rung: Rung, trial: Trial) -> Verdict | None:
    """What the rung answers, or None where it passes, its time is up or the stack runs out."""
    try:
        with precision(64):
            verdict = rung.method(trial)
    except (OutOfTime, RecursionError, MemoryError, ArithmeticError):
        return None
    if verdict is None or verdict.status not in rung.answers:
        return None
    return verdict if verdict.by else replace(verdict, by=rung.name)
