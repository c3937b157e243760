"""Rung 7: equivalence and implication of statements, each direction proved or refuted by itself."""

from __future__ import annotations

import random
from dataclasses import replace

from derive.meaning.form import ZERO, Form, sub, subforms
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.verdict import Counterexample, Verdict
from derive.verify.deadline import NEVER, Deadline, OutOfTime
from derive.verify.implication import implied
from derive.verify.problem import is_real
from derive.verify.quotients import factored
from derive.verify.regular import unmet
from derive.verify.requirements import necessary
from derive.verify.signs import Signs
from derive.verify.solutions import describe, separating_point

__all__ = ["equations"]

BY = "equations"


def equations(claim: Claim, deadline: Deadline = NEVER, seed: int = 0) -> Verdict:
    """The verdict on an `equiv` or `implies` claim.

    Proved when every solution of one side is shown to be one of the other (`implied`); refuted with a point of the
    domain that solves one side and not the other; conditional when that point is only where the other side
    divides by zero.  Undecided otherwise, also when the time is up.
    Over complex variables only polynomial equations are proved, since all other arguments are real ones.
    """
    rng = random.Random(seed)
    directions = [(claim.left, claim.right, "lost")]
    if claim.kind == "equiv":
        directions.append((claim.right, claim.left, "gained"))
    conditions: list[Form] = []
    decided = True
    real = is_real(claim.context, claim.left, claim.right)
    for given, goal, fate in directions:
        try:
            if given == goal or (not real and _implied_algebraically(given, goal)):
                continue
            if real and implied(given, goal, claim.context, deadline):
                continue
            owed = _denominators(given, goal, claim.context)
            if real and owed and _conditional(given, goal, owed, claim.context, deadline):
                conditions += owed
                continue
            point = separating_point(given, goal, claim.context, rng, deadline)
        except OutOfTime:
            point = None
        if point is not None:
            return Verdict("refuted", BY, "exact", counterexample=_noted(point, claim.kind, fate))
        decided = False
    if not decided:
        return Verdict("undecided", BY)
    if conditions:
        return Verdict("conditional", BY, "exact", conditions=tuple(dict.fromkeys(conditions)))
    return Verdict("proved", BY, "exact")


def _implied_algebraically(given: Form, goal: Form) -> bool:
    """Polynomial equations over any field: each irreducible factor of the given one divides the goal."""
    sides = (*given.args, *goal.args)
    if given.head != "eq" or goal.head != "eq" or not all(_is_polynomial(side) for side in sides):
        return False
    view = Signs(Context()).view(sub(*given.args), sub(*goal.args))
    if view is None:
        return False
    first, second = (quotient.numerator for quotient in view.quotients)
    return not first.is_zero() and all(divmod(second, factor)[1].is_zero() for factor, _ in factored(first)[1])


def _is_polynomial(form: Form) -> bool:
    return all(
        part.head in ("num", "var", "add", "mul")
        or (
            part.head == "pow"
            and part.args[1].head == "num"
            and part.args[1].value.denominator == 1
            and part.args[1].value > 0
        )
        for part in subforms(form)
    )


def _conditional(given: Form, goal: Form, owed: tuple[Form, ...], context: Context, deadline: Deadline) -> bool:
    """The goal follows where the denominators are not 0, and the given statement does not itself make one 0."""
    empty = any(implied(given, Form("eq", statement.args), context, deadline) for statement in owed)
    return not empty and implied(given, goal, context.assuming(*owed), deadline)


def _denominators(given: Form, goal: Form, context: Context) -> tuple[Form, ...]:
    """Denominators of the goal that are not known to be different from 0 where the given statement holds."""
    signs = Signs(context.assuming(given, *necessary(given, Signs(context).integer)))
    missing = unmet(goal, signs)
    return missing if all(m.head == "ne" and m.args[1] == ZERO for m in missing) else ()


def _noted(point: Counterexample, kind: str, fate: str) -> Counterexample:
    where = describe(dict(point.point))
    if point.note.startswith("at a solution"):
        where = f"{point.note.removeprefix('at a solution ')}, near {where},"
        point = replace(point, note="")
    if kind == "implies":
        told = f"{where} satisfies the first statement and not the second"
    elif fate == "lost":
        told = f"the solution {where} is lost"
    else:
        told = f"the solution {where} is gained"
    return replace(point, note=f"{told} ({point.note})" if point.note else told)
