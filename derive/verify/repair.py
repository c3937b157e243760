"""For a refuted equality: the largest simple condition found under which it does hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.meaning.form import ZERO, Form, subforms, var
from derive.model.context import Bound, Context
from derive.verify.analytic import by_analysis
from derive.verify.deadline import OutOfTime
from derive.verify.equality import by_normal_form
from derive.verify.problem import Comparison
from derive.verify.sampling import Sample, differs_at

__all__ = ["holds_if"]

BRANCHED = frozenset(
    {"Abs", "sign", "log", "Max", "Min", "asin", "acos", "atan", "acosh", "atan2", "Heaviside", "floor"}
)
SECONDS = 0.08
MOST_VARIABLES = 3


def holds_if(comparison: Comparison) -> Form | None:
    """A sign condition on the variables under which the equality is proved, the weakest first; None if none is found.

    A condition is looked at only if the sides agree at random points that satisfy it.
    """
    names = [n for n in sorted(comparison.names) if comparison.context.variable(n).sort != "complex"]
    if not comparison.real or not 0 < len(names) <= MOST_VARIABLES or not _depends_on_signs(comparison):
        return None
    deadline = comparison.deadline.within(SECONDS)
    try:
        for statement, context in _conditions(comparison.context, names):
            trial = replace(comparison, context=context, deadline=deadline, oracles={})
            if _agrees(trial) and _proved(trial):
                return statement
    except OutOfTime:
        return None
    return None


def _conditions(context: Context, names: list[str]) -> Iterator[tuple[Form, Context]]:
    """v >= 0, v <= 0 and v > 0 for each variable, then all variables at once."""
    for name in names:
        variable = context.variable(name)
        if variable.lower is None:
            at_least = context.with_variable(replace(variable, lower=Bound(ZERO, False)))
            yield Form("le", (ZERO, var(name))), at_least
            above = context.with_variable(replace(variable, lower=Bound(ZERO, True)))
            yield Form("lt", (ZERO, var(name))), above
        if variable.upper is None:
            yield Form("le", (var(name), ZERO)), context.with_variable(replace(variable, upper=Bound(ZERO, False)))
    if len(names) > 1:
        for strict in (False, True):
            together, parts = context, []
            for name in names:
                variable = context.variable(name)
                if variable.lower is None:
                    together = together.with_variable(replace(variable, lower=Bound(ZERO, strict)))
                    parts.append(Form("lt" if strict else "le", (ZERO, var(name))))
            if len(parts) > 1:
                yield Form("and", tuple(parts)), together


def _depends_on_signs(comparison: Comparison) -> bool:
    """Whether roots, logarithms, absolute values or inverse functions occur: else no sign can repair an identity."""
    parts = (part for side in (comparison.left, comparison.right) for part in subforms(side))
    return any(
        part.head in BRANCHED or (part.head == "pow" and (part.args[1].head != "num" or part.args[1].value % 1))
        for part in parts
    )


def _agrees(comparison: Comparison) -> bool:
    """Both sides are defined and do not differ at two random points."""
    sample = Sample()
    for point in comparison.domain.random_points(comparison.rng, 2):
        comparison.deadline.check()
        if differs_at(comparison.left, comparison.right, point, sample, real=True, deadline=comparison.deadline):
            return False
    return sample.defined > 0


def _proved(comparison: Comparison) -> bool:
    proof = by_normal_form(comparison, some_point=True) or by_analysis(comparison)
    return proof is not None and not proof.conditions
