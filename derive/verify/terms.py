"""Claims that two terms are equal: rungs 0 to 5 in order of cost, derivatives and antiderivatives carried out first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from derive.meaning.form import ONE, Form, sub
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.analytic import by_analysis
from derive.verify.constants import vanishing_constant
from derive.verify.deadline import Deadline
from derive.verify.equality import Proof, by_normal_form, settled
from derive.verify.problem import Comparison, is_real
from derive.verify.same import same
from derive.verify.sampling import Sample, hard_sample

__all__ = ["TERM_RUNGS", "TermRung", "compare", "compared"]

UNDECIDED = Verdict("undecided")


@dataclass(slots=True)
class Trial:
    """A comparison with what sampling has shown so far."""

    comparison: Comparison
    sample: Sample = field(default_factory=Sample)

    @property
    def some_point(self) -> bool:
        """Both sides are surely defined at some point."""
        return self.sample.defined > 0


@dataclass(frozen=True, slots=True)
class TermRung:
    """One rung for the equality of terms: a verdict, or None to go on."""

    number: int
    name: str
    method: Callable[[Trial], Verdict | None]


def _same(trial: Trial) -> Verdict | None:
    """Rung 0."""
    if same(trial.comparison.left, trial.comparison.right):
        return Verdict("proved", "same", "exact")
    return None


def _balls(trial: Trial) -> Verdict | None:
    """Rung 1; where nothing is defined over the real numbers the claim is read with principal branches."""
    trial.sample = trial.comparison.sampled()
    if trial.sample.refuted is not None:
        return _refuted(trial, "balls")
    if trial.comparison.real and not trial.some_point and not trial.sample.one_sided:
        wider = hard_sample(
            trial.comparison.left, trial.comparison.right, trial.comparison.domain, trial.comparison.rng,
            real=True, count=24, deadline=trial.comparison.deadline,
        )  # fmt: skip
        trial.sample = wider
        if wider.refuted is not None:
            return _refuted(trial, "balls")
        if not wider.defined and not wider.one_sided:
            trial.comparison = replace(trial.comparison, real=False)
            trial.sample = trial.comparison.sampled()
            if trial.sample.refuted is not None:
                return _refuted(trial, "balls")
    return None


def _normal_form(trial: Trial) -> Verdict | None:
    """Rung 2."""
    return _proved(trial, by_normal_form(trial.comparison, some_point=trial.some_point))


def _constants(trial: Trial) -> Verdict | None:
    """Rung 3."""
    comparison = trial.comparison
    if comparison.names:
        return None
    difference = sub(comparison.left, comparison.right)
    by = vanishing_constant(difference, comparison.signs(), deadline=comparison.deadline)
    return _proved(trial, settled(comparison, by)) if by else None


def _analysis(trial: Trial) -> Verdict | None:
    """Rung 4; only where both sides are defined somewhere, so that no argument is about nothing."""
    return _proved(trial, by_analysis(trial.comparison)) if trial.some_point else None


def _hard_sampling(trial: Trial) -> Verdict | None:
    """Rung 5."""
    comparison = trial.comparison
    sample = hard_sample(
        comparison.left, comparison.right, comparison.domain, comparison.rng, real=comparison.real,
        deadline=comparison.deadline,
    )  # fmt: skip
    trial.sample = replace(sample, defined=sample.defined + trial.sample.defined)
    return _refuted(trial, "hard sampling") if sample.refuted is not None else None


def _proved(trial: Trial, proof: Proof | None) -> Verdict | None:
    if proof is None:
        return None
    if not proof.conditions:
        return Verdict("proved", proof.by, "exact", note=proof.note)
    if not trial.some_point:
        return None
    return Verdict("conditional", proof.by, "exact", conditions=proof.conditions, note=proof.note)


def _refuted(trial: Trial, by: str) -> Verdict:
    return Verdict("refuted", by, "exact", counterexample=trial.sample.refuted)


TERM_RUNGS: tuple[TermRung, ...] = (
    TermRung(0, "same", _same),
    TermRung(1, "balls", _balls),
    TermRung(2, "normal form", _normal_form),
    TermRung(3, "constants", _constants),
    TermRung(4, "analysis", _analysis),
    TermRung(5, "hard sampling", _hard_sampling),
)


def compare(claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    """The verdict of rungs 0 to 5 on a claim whose definitions are expanded."""
    comparison = comparison_of(claim, deadline, seed)
    return UNDECIDED if comparison is None else compared(comparison)


def compared(comparison: Comparison) -> Verdict:
    """The verdict of rungs 0 to 5 on a comparison; undecided when none of them answers."""
    trial = Trial(comparison)
    for rung in TERM_RUNGS:
        comparison.deadline.check()
        verdict = rung.method(trial)
        if verdict is not None:
            return verdict
    return UNDECIDED


def comparison_of(claim: Claim, deadline: Deadline, seed: int) -> Comparison | None:
    """What is to be compared: for an antiderivative its derivative with the integrand."""
    left, right, loosely = claim.left, claim.right, False
    if claim.kind == "integral":
        if left.head != "int" or len(left.args) != 2:
            return None
        integrand, variable = left.args
        left, right, loosely = Form("diff", (right, variable, ONE)), integrand, True
    real = is_real(claim.context, left, right)
    return Comparison(left, right, claim.context, real, deadline, seed, loosely)
