"""What a rung works on: the claim, the comparison it amounts to, and what earlier rungs have seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from derive.meaning.form import ONE, Form, free_variables
from derive.model.claim import Claim
from derive.model.verdict import Counterexample, Verdict
from derive.verify.balls import Undefined, Unknown, holds
from derive.verify.deadline import Deadline
from derive.verify.equality import Proof
from derive.verify.problem import Comparison, differentiates_non_analytic, is_real
from derive.verify.sampling import Sample, differs_at

__all__ = ["Trial", "comparison_of"]


@dataclass(slots=True)
class Trial:
    """A claim on its way up the ladder.

    `comparison` is None for claims that are no equality of two terms; `sample` is what rungs 1 and 5 have seen,
    `looks` gives more of it.
    `apart`: over the real numbers one side was seen defined where the other is not, and never both; then the
    reading with principal branches may refute, but proves only antiderivatives.
    """

    claim: Claim
    deadline: Deadline
    seed: int
    comparison: Comparison | None
    sample: Sample = field(default_factory=Sample)
    looks: Iterator[Sample] = field(default_factory=lambda: iter(()))
    apart: bool = False
    note: str = ""

    @property
    def some_point(self) -> bool:
        """Both sides are surely defined at some point of the domain."""
        return self.sample.defined > 0

    def by(self, proof: Proof | None) -> Verdict | None:
        """The verdict that a proof gives; with conditions only if both sides are defined somewhere."""
        if proof is None or (self.apart and self.comparison is not None and not self.comparison.loosely):
            return None
        if not proof.conditions:
            return Verdict("proved", proof.by, "exact", note=proof.note or self.note)
        if not self.some_point or any(map(_impossible, proof.conditions)):
            return None
        failure = self._failure_at(proof.conditions)
        if failure is not None:
            return Verdict("refuted", "balls", "exact", counterexample=failure, note=self.note)
        return Verdict("conditional", proof.by, "exact", conditions=proof.conditions, note=proof.note or self.note)

    def _failure_at(self, conditions: tuple[Form, ...]) -> Counterexample | None:
        """A point of the domain left out by a condition `x != number` at which both sides are defined and differ."""
        comparison = self.comparison
        if comparison is None or comparison.loosely:
            return None
        for condition in conditions:
            if condition.head != "ne" or condition.args[0].head != "var" or condition.args[1].head != "num":
                continue
            name, number = condition.args[0].name, condition.args[1]
            for point in comparison.domain.random_points(comparison.rng, 1):
                there = {**point, name: number}
                if name not in point or not comparison.domain.contains(there):
                    continue
                sample = Sample()
                differs_at(
                    comparison.left, comparison.right, there, sample,
                    real=comparison.real, deadline=comparison.deadline,
                )  # fmt: skip
                if sample.refuted is not None:
                    return sample.refuted
        return None

    def until(self, deadline: Deadline) -> None:
        """From now on work stops at that deadline; what was learnt is kept."""
        self.deadline.move(deadline)


def _impossible(condition: Form) -> bool:
    """Whether the condition is surely false whatever the variables are, so that it says nothing of the claim."""
    if free_variables(condition):
        return False
    try:
        return not holds(condition, {})
    except (Undefined, Unknown):
        return False


def comparison_of(claim: Claim, deadline: Deadline, seed: int) -> Comparison | None:
    """The two terms said to be equal: for an antiderivative its derivative and the integrand.

    None where they cannot be compared: derivatives over complex values of functions that are not analytic.
    """
    left, right, loosely = claim.left, claim.right, False
    if claim.kind == "integral":
        if left.head != "int" or len(left.args) != 2:
            return None
        integrand, variable = left.args
        left, right, loosely = Form("diff", (right, variable, ONE)), integrand, True
    real = is_real(claim.context, left, right)
    if not real and differentiates_non_analytic(left, right):
        return None
    return Comparison(left, right, claim.context, real, deadline, seed, loosely)
