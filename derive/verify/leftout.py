"""Points that a printed condition leaves out, tried by themselves, so that it is printed only where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.meaning.form import Form, free_variables, substitute
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.verify.problem import is_real

__all__ = ["without_needless"]

Judge = Callable[[Claim], Verdict]

KINDS = frozenset({"identity", "le", "lt"})
MOST = 3


def without_needless(claim: Claim, verdict: Verdict, judged: Judge) -> Verdict:
    """The verdict without those conditions that leave out only a number for a variable at which the claim holds too.

    The domain is what the conditions leave together with the points where one of them fails.  Where that one says
    `x != c` (or `x > c` for an x that is never below c), the points are those with x = c; there the claim with c put
    in for x is judged by itself and must come out proved without conditions, so it holds on both parts.  It has to
    be read in the same way there, with functions on their real domains, so no variable of the claim is complex.
    """
    if claim.kind not in KINDS or verdict.status != "conditional" or len(verdict.conditions) > MOST:
        return verdict
    if verdict.note or not is_real(claim.context, claim.left, claim.right):
        return verdict
    kept = tuple(c for c in verdict.conditions if not _holds_without(claim, c, judged))
    if len(kept) == len(verdict.conditions):
        return verdict
    return replace(verdict, status="conditional" if kept else "proved", conditions=kept)


def _holds_without(claim: Claim, condition: Form, judged: Judge) -> bool:
    point = _left_out(condition, claim.context)
    if point is None:
        return False
    name, number = point
    if not name <= free_variables(claim.left) | free_variables(claim.right):
        return False
    at = {next(iter(name)): number}
    constraints = tuple(substitute(c, at) for c in claim.context.constraints)
    variables = tuple(v for v in claim.context.variables if v.name not in at)
    context = replace(claim.context, variables=variables, constraints=constraints)
    there = Claim(claim.kind, substitute(claim.left, at), substitute(claim.right, at), context)
    return judged(there).status == "proved"


def _left_out(condition: Form, context: Context) -> tuple[frozenset[str], Form] | None:
    """The variable and the only value of it that the condition leaves out, if it is one number."""
    if condition.head not in ("ne", "lt"):
        return None
    left, right = condition.args
    if condition.head == "ne":
        return (free_variables(left), right) if left.head == "var" and right.head == "num" else None
    for end, variable, below in ((left, right, True), (right, left, False)):
        if variable.head == "var" and end.head == "num":
            known = context.variable(variable.name)
            bound = known.lower if below else known.upper
            if known.sort != "complex" and bound is not None and bound.value == end and not bound.strict:
                return free_variables(variable), end
    return None
