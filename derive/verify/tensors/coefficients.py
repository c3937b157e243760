"""Pairs of numbers in terms of atoms, all of which have to agree: decided by the rungs for numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from derive.meaning.form import ONE, ZERO, Form, free_variables, substitute
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import Deadline
from derive.verify.definite.lower import compare
from derive.verify.signs import Signs

__all__ = ["Agreement", "agreement", "nonnegative", "positive", "with_dimensions"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """That all pairs agree wherever the conditions hold; the conditions speak of matrices again."""

    conditions: tuple[Form, ...] = ()


def agreement(
    pairs: Iterable[tuple[Form, Form]],
    context: Context,
    required: tuple[list[Form], list[Form]],
    meant: Mapping[str, Form],
    deadline: Deadline,
    seed: int,
) -> Agreement | None:
    """Whether all pairs agree; None where that is not shown.

    True because an atom is a variable to the rungs below: what they prove holds for all its real values, so also for
    those it takes.  (For the same reason nothing is ever refuted here.)  `required` are the statements without
    which the left and the right side are not defined: pairs are compared under both, and those that only one side
    needs are conditions.
    """
    left, right = (tuple(side) for side in required)
    granted, signs = set(context.constraints), Signs(context, deadline)
    context = context.assuming(*left, *right)
    conditions = [s for s in (*left, *right) if not (s in left and s in right) and s not in granted]
    for one, other in pairs:
        if one == other:
            continue
        verdict = compare(Claim("derivative", one, other, context), deadline, seed)
        if verdict.status not in ("proved", "conditional"):
            return None
        conditions += [c for c in verdict.conditions if c not in conditions]
    needed = [c for c in _without_implied([*granted, *conditions]) if c in conditions and not _shown(c, signs)]
    spelled = [substitute(condition, meant) for condition in needed]
    return Agreement(tuple(dict.fromkeys(spelled)))


def _shown(condition: Form, signs: Signs) -> bool:
    """Whether the context alone grants `0 < a` or `a != 0`."""
    first, second = condition.args
    if condition.head == "lt" and first == ZERO:
        return signs.positive(second)
    return bool(condition.head == "ne" and second == ZERO and signs.nonzero(first))


def _without_implied(conditions: list[Form]) -> list[Form]:
    """`a != 0` is left out beside `0 < a`."""
    positive = {c.args[1] for c in conditions if c.head == "lt" and c.args[0].head == "num" and c.args[0].value == 0}
    return [c for c in conditions if not (c.head == "ne" and c.args[0] in positive)]


def with_dimensions(context: Context, *forms: Form) -> Context:
    """The context in which every letter that is a dimension of a declared array is a whole number of at least 1."""
    sizes = [size for array in context.arrays for size in array.args[1:]]
    names = frozenset().union(*(free_variables(form) for form in (*sizes, *forms)))
    for name in sorted(names):
        known = context.variable(name)
        context = context.with_variable(replace(known, sort="integer", lower=known.lower or Bound(ONE, False)))
    return context


def nonnegative(context: Context, names: Iterable[str]) -> Context:
    """The context in which these atoms are at least 0."""
    for name in names:
        context = context.with_variable(Variable(name, "real", Bound(ZERO, False)))
    return context


def positive(context: Context, names: Iterable[str]) -> Context:
    """The context in which these atoms are above 0."""
    for name in names:
        context = context.with_variable(Variable(name, "real", Bound(ZERO, True)))
    return context
