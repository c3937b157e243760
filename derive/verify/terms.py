"""Rungs 0 to 5: two terms are equal, by identity, normal form, separation bounds and analysis, or refuted by balls."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import sub
from derive.model.verdict import Verdict
from derive.verify.analytic import by_analysis
from derive.verify.constants import vanishing_constant
from derive.verify.equality import by_narrower_form, by_principal_form, settled
from derive.verify.instances import has_unknown_functions, instances
from derive.verify.problem import Comparison, differentiates_non_analytic
from derive.verify.repair import holds_if
from derive.verify.same import same
from derive.verify.sampling import Sample, hard_sample
from derive.verify.trial import Trial

__all__ = [
    "analysis",
    "balls",
    "constants",
    "hard_sampling",
    "narrower_form",
    "normal_form",
    "same_form",
    "second_look",
]

EXTRA_POINTS = 24


def same_form(trial: Trial) -> Verdict | None:
    """Rung 0: one form on both sides has one value, and is defined or not, at every point."""
    comparison = trial.comparison
    if comparison is not None and same(comparison.left, comparison.right):
        return Verdict("proved", "same", "exact")
    return None


def balls(trial: Trial) -> Verdict | None:
    """Rung 1: disjoint balls at a point of the domain refute; most claims that fail do so at the first.

    Where the sides are nowhere defined together over the real numbers, at no point that was tried, the claim is
    read with principal branches instead, since it would be about nothing.
    """
    comparison = trial.comparison
    if comparison is None:
        return None
    if has_unknown_functions(comparison.left, comparison.right):
        return _of_instances(trial, comparison)
    trial.looks = comparison.looks()
    trial.sample = next(trial.looks)
    if comparison.real and not _meet(trial.sample):
        trial.sample = _harder(comparison, EXTRA_POINTS)
        if not _meet(trial.sample) and not differentiates_non_analytic(comparison.left, comparison.right):
            trial.apart = bool(trial.sample.one_sided)
            trial.note = "read with principal branches"
            trial.comparison = comparison = replace(comparison, real=False)
            trial.looks = comparison.looks()
            trial.sample = next(trial.looks)
    return _refuted(trial, "balls")


def _of_instances(trial: Trial, comparison: Comparison) -> Verdict | None:
    """A claim about undefined functions is refuted by concrete ones that have the declared properties."""
    for words, instance in instances(comparison):
        sample = instance.sampled()
        trial.sample.defined += sample.defined
        if sample.refuted is not None:
            trial.sample.refuted = replace(sample.refuted, note=f"with {words}")
            return Verdict("refuted", "balls", "exact", counterexample=trial.sample.refuted)
    return None


def _meet(sample: Sample) -> bool:
    """Whether both sides were defined anywhere."""
    return bool(sample.defined or sample.refuted)


def normal_form(trial: Trial) -> Verdict | None:
    """Rung 2: the difference is 0 modulo relations that hold at every point (see `equality`)."""
    if trial.comparison is None:
        return None
    return trial.by(by_principal_form(trial.comparison))


def second_look(trial: Trial) -> Verdict | None:
    """Rung 2 goes on only where rung 1 finds nothing at a second point either."""
    return None if next(trial.looks, None) is None else _refuted(trial, "balls")


def narrower_form(trial: Trial) -> Verdict | None:
    """Rung 2 over the real numbers only, or with complex variables taken apart."""
    if trial.comparison is None:
        return None
    return trial.by(by_narrower_form(trial.comparison, some_point=trial.some_point))


def constants(trial: Trial) -> Verdict | None:
    """Rung 3: an algebraic number below its separation bound is 0 (see `constants`)."""
    comparison = trial.comparison
    if comparison is None or comparison.names:
        return None
    difference = sub(comparison.left, comparison.right)
    by = vanishing_constant(difference, comparison.signs(), deadline=comparison.deadline)
    return trial.by(settled(comparison, by)) if by else None


def analysis(trial: Trial) -> Verdict | None:
    """Rung 4: arguments from analysis (see `analytic`); only where both sides are defined somewhere."""
    if trial.comparison is None or not trial.some_point:
        return None
    return trial.by(by_analysis(trial.comparison))


def hard_sampling(trial: Trial) -> Verdict | None:
    """Rung 5: as rung 1, at points chosen to be awkward."""
    if trial.comparison is None or has_unknown_functions(trial.comparison.left, trial.comparison.right):
        return None
    seen = trial.sample
    trial.sample = _harder(trial.comparison)
    trial.sample.defined += seen.defined
    return _refuted(trial, "hard sampling")


def _harder(comparison: Comparison, count: int = 40) -> Sample:
    return hard_sample(
        comparison.left,
        comparison.right,
        comparison.domain,
        comparison.rng,
        real=comparison.real,
        count=count,
        deadline=comparison.deadline,
    )


def _refuted(trial: Trial, by: str) -> Verdict | None:
    if trial.sample.refuted is None:
        return None
    repaired = None if trial.comparison is None or trial.comparison.loosely else holds_if(trial.comparison)
    return Verdict("refuted", by, "exact", counterexample=trial.sample.refuted, holds_if=repaired, note=trial.note)
