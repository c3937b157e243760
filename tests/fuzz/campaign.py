"""One run of the fuzz gate: true claims, mutants, weakened claims; each verdict judged, each certificate attacked."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import mpmath

from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.ladder import verify
from tests.fuzz.certificates import accepted_though_false, attacks
from tests.fuzz.claims import mutant, names_of, true_claims, weakened
from tests.fuzz.judge import differ, judge, random_point

CHANGES, WITH_KERNEL = 3, 4
"""So many changes of each certificate, looked for with one claim in so many: that takes longer than the verdicts."""


@dataclass
class Outcome:
    """What a campaign saw: verdicts by family, and every wrong one in words."""

    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def table(self) -> str:
        return "\n".join(f"{family:10} {status:12} {count}" for (family, status), count in sorted(self.tally.items()))


def campaign(claims: int, seed: int, budget: float = 0.5) -> Outcome:
    """Verify `claims` generated claims, a third each true, mutated and weakened; deterministic for a seed."""
    rng = random.Random(seed)
    outcome = Outcome()
    source = true_claims(seed)
    for number in range(claims):
        claim, family = next(source), "true"
        if number % 3 == 1:
            claim, family = mutant(claim, rng), "mutant"
        elif number % 3 == 2:
            weaker = weakened(claim, rng)
            if weaker is not None:
                claim, family = weaker, "weakened"
        verdict = verify(claim, budget=budget, cas=False, kernel=number % WITH_KERNEL == 0)
        outcome.tally[family, verdict.status] += 1
        outcome.tally["kernel", "replayed"] += verdict.certificate is not None
        fault = _fault(claim, family, verdict, rng) or _certificate_fault(verdict, outcome, rng)
        if fault:
            outcome.wrong.append(
                f"{fault}: {claim.kind} {claim.left!r} | {claim.right!r} in {claim.context} by {verdict}"
            )
    return outcome


def _fault(claim: Claim, family: str, verdict: Verdict, rng: random.Random) -> str:
    """Why a verdict is wrong, or nothing."""
    if family == "true" and verdict.status == "refuted":
        return "refuted though true"
    if verdict.status == "proved" and judge(claim, names_of(claim), rng) == "false":
        return "proved though a sample differs"
    if verdict.status == "proved" and verdict.trust == "none":
        return "proved by nothing"
    if verdict.status == "conditional" and not verdict.conditions:
        return "conditional without a condition"
    if verdict.status == "conditional" and _fails_under_conditions(claim, verdict, rng):
        return "conditional, but a sample that meets the condition differs"
    if verdict.status == "refuted" and _counterexample_fails(claim, verdict):
        return "refuted by a point that does not refute"
    return ""


def _certificate_fault(verdict: Verdict, outcome: Outcome, rng: random.Random) -> str:
    """Whether the certificate, or what becomes of it when it is tampered with, is accepted for something false."""
    if verdict.certificate is None:
        return ""
    if accepted_though_false(verdict.certificate, rng):
        return "replayed though a sample differs"
    for certificate in attacks(verdict.certificate, rng, CHANGES):
        outcome.tally["kernel", "attacks"] += 1
        if accepted_though_false(certificate, rng):
            return f"accepted after tampering though a sample differs: {certificate}"
    return ""


def _fails_under_conditions(claim: Claim, verdict: Verdict, rng: random.Random) -> bool:
    conditions = tuple(c for c in verdict.conditions if c.head in ("ne", "eq", "lt", "le"))
    if len(conditions) < len(verdict.conditions):
        return False
    narrowed = Claim(claim.kind, claim.left, claim.right, claim.context.assuming(*conditions))
    return any(
        point is not None and differ(narrowed, point)
        for point in (random_point(narrowed, rng, names_of(claim)) for _ in range(12))
    )


def _counterexample_fails(claim: Claim, verdict: Verdict) -> bool:
    """Whether the point that is given leaves the claim standing (or is missing)."""
    if verdict.counterexample is None:
        return True
    if claim.kind not in ("identity", "derivative", "le", "lt"):
        return False
    point = dict(verdict.counterexample.point)
    return differ(claim, {**dict.fromkeys(names_of(claim), mpmath.mpf(1) / 3), **point}) is False
