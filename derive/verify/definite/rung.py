"""The verdict on claims with limits, sums, products and definite integrals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from random import Random

from flint import arb

from derive.meaning.form import ZERO, Form, free_variables, neg, quotient, rebuild, replace_at, sub, substitute, var
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.verdict import Counterexample, Verdict
from derive.verify.deadline import NEVER, Deadline, OutOfTime
from derive.verify.definite.differencequotient import limit_at
from derive.verify.definite.enclosure import differ, enclosed
from derive.verify.definite.impossible import impossible
from derive.verify.definite.induction import by_induction
from derive.verify.definite.integrals import integral_value
from derive.verify.definite.lower import compare
from derive.verify.definite.products import product_value
from derive.verify.definite.recurrence import by_recurrence
from derive.verify.definite.sums import sum_value
from derive.verify.definite.value import Value
from derive.verify.domain import Domain
from derive.verify.limitsof import limit_of
from derive.verify.positivity import by_powers, used
from derive.verify.regular import entails
from derive.verify.signs import Signs

__all__ = ["definite"]

BY = "limits, sums, integrals"
WORKINGS = frozenset({"limit", "sum", "prod", "int"})
SEQUENCE_KINDS = ("identity", "sum")
UNDECIDED = Verdict("undecided", BY)


def definite(claim: Claim, deadline: Deadline = NEVER, seed: int = 0) -> Verdict:
    """The verdict on an equality of terms that contain limits, sums or definite integrals.

    Each of them is replaced by a value that is proved equal to it; the equality that is left is decided by the
    lower rungs.  Where a sum has no value that is found, the equality is shown by induction on its upper limit.
    """
    claim = replace(claim, left=_at_infinity(claim.left), right=_at_infinity(claim.right))
    try:
        parts = _workings(claim)
        if not parts:
            return _by_first_terms(claim, deadline, seed)
        left, right = claim.left, claim.right
        conditions: list[Form] = []
        for part in parts:
            found = value_of(part, claim.context, deadline)
            if found is None:
                return _without_value(claim, parts, deadline, seed)
            left, right = replace_at(left, part, found.form), replace_at(right, part, found.form)
            conditions += found.conditions
        verdict = _compared(claim, left, right, tuple(dict.fromkeys(conditions)), deadline, seed)
        return (_never(claim, parts, deadline) or verdict) if verdict.status == "undecided" else verdict
    except OutOfTime:
        return UNDECIDED


def _at_infinity(form: Form) -> Form:
    """f(oo) and f(-oo) as limits."""
    if form.head in BINDING or not form.parts:
        return form
    if len(form.args) == 1 and form.args[0] in INFINITIES:
        place = var("t")
        return Form("limit", (Form(form.head, (place,)), place, form.args[0], Form("const", ("-",))))
    return rebuild(form.head, (_at_infinity(p) if isinstance(p, Form) else p for p in form.args))


INFINITIES = frozenset({Form("const", ("oo",)), Form("const", ("-oo",))})
BINDING = WORKINGS | {"diff", "subs", "interval", "range"}


def _workings(claim: Claim) -> list[Form]:
    """The outermost limits, sums and definite integrals of the claim."""
    found: list[Form] = []
    stack = [claim.left, claim.right]
    while stack:
        top = stack.pop()
        if top.head in WORKINGS and len(top.args) == 4:
            if top not in found:
                found.append(top)
        else:
            stack.extend(a for a in top.args if isinstance(a, Form))
    return found


def value_of(part: Form, context: Context, deadline: Deadline) -> Value | None:
    """A closed form that is proved equal to the limit, sum or integral; None where none is found."""
    method = VALUES.get(part.head)
    return method(part, context, deadline) if method else None


def _limit_value(part: Form, context: Context, deadline: Deadline) -> Value | None:
    """The one-sided limit, or both of them where they agree."""
    body, bound, point, side = part.args
    signs = Signs(context, deadline)
    infinite = {Form("const", ("oo",)): 1, Form("const", ("-oo",)): -1}

    def otherwise() -> Value | None:
        return limit_at(body, bound.name, point, lambda form: _is_zero(form, context, deadline))

    if point in infinite:
        found = limit_of(body, bound.name, None, infinite[point], signs, deadline)
        return otherwise() if found is None else Value(found)
    sides = {"+": (-1,), "-": (1,), "+-": (-1, 1)}[side.name]
    values = [limit_of(body, bound.name, point, s, signs, deadline) for s in sides]
    first, last = values[0], values[-1]
    if first is None or last is None or (first != last and not signs.vanishes(sub(first, last))):
        return otherwise()
    return Value(first)


def _is_zero(form: Form, context: Context, deadline: Deadline) -> bool:
    return compare(Claim("identity", form, ZERO, context), deadline, 0).status in ("proved", "conditional")


VALUES: dict[str, Callable[[Form, Context, Deadline], Value | None]] = {
    "limit": _limit_value,
    "sum": sum_value,
    "prod": product_value,
    "int": integral_value,
}


def _compared(
    claim: Claim, left: Form, right: Form, conditions: tuple[Form, ...], deadline: Deadline, seed: int
) -> Verdict:
    signs = Signs(claim.context, deadline)
    owed = tuple(c for c in conditions if not entails(signs, c))
    if any(not free_variables(c) and entails(signs, _negated(c)) for c in owed):
        return UNDECIDED  # it diverges: there is no value to compare
    rest = Claim("identity", left, right, claim.context.assuming(*owed))
    if left == right:
        verdict = Verdict("proved", BY, "exact")
    else:
        verdict = compare(rest, deadline, seed)
    if verdict.status == "proved" and owed:
        return Verdict("conditional", BY, "exact", conditions=owed)
    if verdict.status == "conditional":
        return replace(verdict, by=BY, conditions=(*owed, *verdict.conditions))
    return replace(verdict, by=BY) if verdict.status in ("proved", "refuted") else UNDECIDED


def _negated(statement: Form) -> Form:
    """The opposite of a comparison of two numbers."""
    left, right = statement.args
    opposite = {"lt": "le", "le": "lt", "ne": "eq", "eq": "ne"}[statement.head]
    return Form(opposite, (right, left))


def _without_value(claim: Claim, parts: list[Form], deadline: Deadline, seed: int) -> Verdict:
    if len(parts) == 1 and parts[0].head in ("sum", "prod"):
        target = _isolated(claim, parts[0])
        if target is not None and by_induction(parts[0], target, claim.context, deadline, seed):
            return Verdict("proved", BY, "exact", note="by induction on the upper limit")
    found = _by_first_terms(claim, deadline, seed)
    if found.status == "proved":
        return found
    return _by_enclosures(claim, parts, deadline)


def _by_first_terms(claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    """Two sequences with linear recurrences, from their first terms."""

    def holds(left: Form, right: Form, context: Context) -> bool:
        return compare(Claim("identity", left, right, context), deadline, seed).status == "proved"

    if claim.kind in SEQUENCE_KINDS and by_recurrence(claim, holds, deadline):
        return Verdict("proved", BY, "exact", note="both sides satisfy a linear recurrence and agree long enough")
    return UNDECIDED


def _by_enclosures(claim: Claim, parts: list[Form], deadline: Deadline) -> Verdict:
    """Refuted where balls around all the parts make the two sides different; or the integrand has the wrong sign."""
    refuted = _never(claim, parts, deadline)
    if refuted is not None:
        return refuted
    if free_variables(claim.left) | free_variables(claim.right):
        return _at_points(claim, deadline)
    balls: dict[Form, arb] = {}
    for part in parts:
        ball = enclosed(part, deadline)
        if ball is None:
            return UNDECIDED
        balls[part] = ball
    if differ(claim.left, claim.right, balls):
        values = ", ".join(ball.str(8) for ball in balls.values())
        return Verdict("refuted", BY, "exact", counterexample=Counterexample((), note=f"it is {values}"))
    return UNDECIDED


def _never(claim: Claim, parts: list[Form], deadline: Deadline) -> Verdict | None:
    """Refuted where the only part cannot have the value that the claim gives it."""
    target = _isolated(claim, parts[0]) if len(parts) == 1 else None
    why = None if target is None else impossible(parts[0], target, deadline)
    return None if why is None else Verdict("refuted", BY, "exact", counterexample=Counterexample((), note=why))


def _at_points(claim: Claim, deadline: Deadline) -> Verdict:
    """Refuted at a point of the domain at which balls around all the parts make the two sides different."""
    names = free_variables(claim.left) | free_variables(claim.right)
    domain = Domain(claim.context, names)
    if any(claim.context.variable(name).sort == "complex" for name in names):
        return UNDECIDED
    rng = Random(0)
    for point in chain(domain.simple_points(rng, 1), domain.random_points(rng, 1)):
        deadline.check()
        there = replace(claim, left=substitute(claim.left, point), right=substitute(claim.right, point))
        parts = _workings(there)
        if any(free_variables(part) for part in parts):
            continue
        found = _by_enclosures(there, parts, deadline)
        if found.status == "refuted" and found.counterexample is not None:
            exact = replace(found.counterexample, point=tuple(sorted(point.items())))
            return replace(found, counterexample=exact)
    return UNDECIDED


def _isolated(claim: Claim, part: Form) -> Form | None:
    """What the part has to equal: the claim solved for it, where it occurs linearly."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if one == part:
            return other
    name = "part"
    while name in free_variables(claim.left) | free_variables(claim.right):
        name += "_"
    signs = Signs(claim.context)
    view = signs.view(replace_at(sub(claim.left, claim.right), part, var(name)))
    if view is None:
        return None
    numerator = view.quotients[0].numerator
    index = next((i for i in used(numerator) if view.atoms.forms[i] == var(name)), None)
    if index is None:
        return None
    powers = by_powers(numerator, index)
    slope = view.atoms.polynomial_form(powers.get(1, numerator - numerator))
    if max(powers) != 1 or not signs.nonzero(slope):
        return None
    rest = view.atoms.polynomial_form(powers[0]) if 0 in powers else ZERO
    return neg(quotient(rest, slope))
