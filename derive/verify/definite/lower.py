"""What rungs 0 to 5 say of an equality that a rung above them needs on its way."""

from __future__ import annotations

from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.deadline import Deadline
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

__all__ = ["compare"]

RUNGS = (same_form, balls, normal_form, second_look, narrower_form, constants, analysis, hard_sampling)


def compare(claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    """The first answer of these rungs, or undecided; raises OutOfTime."""
    trial = Trial(claim, deadline, seed, comparison_of(claim, deadline, seed))
    for rung in RUNGS:
        verdict = rung(trial)
        if verdict is not None and verdict.status != "undecided":
            return verdict
    return Verdict("undecided")
