"""Rung 6: inequalities, ranges and monotonicity, each proved by an exact argument or refuted by a point."""

from __future__ import annotations

import random
from collections.abc import Iterator

from derive.meaning.form import (
    ONE,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    replace_at,
    sub,
    subforms,
    substitute,
)
from derive.model.claim import Claim
from derive.model.context import Context, Variable
from derive.model.verdict import Verdict
from derive.verify.balls import Undefined
from derive.verify.bounds import by_bounds
from derive.verify.calculus import nonnegative_by_calculus
from derive.verify.conditions import granted
from derive.verify.deadline import NEVER, Deadline, OutOfTime
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.endpoints import constant_sign
from derive.verify.fibonaccis import by_neighbours
from derive.verify.intervals import folded, pieces
from derive.verify.normal import Unsupported, equal, normal_forms
from derive.verify.obligations import Opaque, obligations
from derive.verify.positivity import by_powers, used
from derive.verify.problem import is_real
from derive.verify.realparts import NotReal, over_real_parts
from derive.verify.regular import smooth, unmet
from derive.verify.signs import Signs
from derive.verify.solver import has_sign
from derive.verify.unique import convex_in
from derive.verify.witness import descended_witness, order_witness, slope_witness, undefined_point

__all__ = ["at_most", "order"]

BY = "order"
MOST_KINKS = 3
SOLVER_SECONDS = 0.4
BOUND_SECONDS = 0.3
ORACLE_SECONDS = 0.15


def order(claim: Claim, deadline: Deadline = NEVER, seed: int = 0) -> Verdict:
    """The verdict on a `le`, `lt`, `ne`, `range`, `increasing`, `decreasing`, `smooth` or `defined` claim.

    Proved where the inequality holds wherever both sides are defined and they are defined all over the domain
    (else conditional, with what is not known to hold); refuted with a point of the domain where both sides are
    defined and the inequality fails.  Undecided otherwise, also when the time is up.
    """
    rng = random.Random(seed)
    try:
        if claim.kind in ("increasing", "decreasing"):
            return _monotone(claim, rng, deadline)
        if claim.kind == "ne":
            return _unequal(claim, rng, deadline)
        if claim.kind in ("smooth", "defined"):
            return _regular(claim, rng, deadline)
        bounds = list(_inequalities(claim))
        for left, right, strict in bounds:
            point = order_witness(left, right, claim.context, strict, rng, deadline)
            if point is not None:
                return Verdict("refuted", BY, "exact", counterexample=point)
        easily = all(_at_once(left, right, claim.context, strict, deadline) for left, right, strict in bounds)
        for left, right, strict in () if easily else bounds:
            point = descended_witness(left, right, claim.context, strict, rng, deadline)
            if point is not None:
                return Verdict("refuted", BY, "exact", counterexample=point)
        if easily or all(at_most(left, right, claim.context, strict, deadline) for left, right, strict in bounds):
            return _where_defined(
                claim, (claim.left,) if claim.kind == "range" else (claim.left, claim.right), deadline
            )
    except OutOfTime:
        pass
    return Verdict("undecided", BY)


def _inequalities(claim: Claim) -> Iterator[tuple[Form, Form, bool]]:
    if claim.kind != "range":
        yield claim.left, claim.right, claim.kind == "lt"
        return
    low, high, open_low, open_high = claim.right.args
    if low != Form("const", ("-oo",)):
        yield low, claim.left, open_low == Form("const", ("True",))
    if high != Form("const", ("oo",)):
        yield claim.left, high, open_high == Form("const", ("True",))


def _where_defined(claim: Claim, terms: tuple[Form, ...], deadline: Deadline) -> Verdict:
    real = is_real(claim.context, *terms)
    signs = Signs(claim.context, deadline, principal=not real)
    owed = [s for term in terms for s in _owed_by(term, signs, real)]
    missing = tuple(dict.fromkeys(s for s in owed if s.head != "const"))
    return Verdict("conditional", BY, "exact", conditions=missing) if missing else Verdict("proved", BY, "exact")


def _owed_by(term: Form, signs: Signs, real: bool) -> tuple[Form, ...]:
    """What a term needs to be defined and is not known."""
    missing = unmet(term, signs)
    if not missing:
        return ()
    try:
        return tuple(o.statement for o in granted(signs, obligations(term, signs, real=real))[1])
    except Opaque:
        return missing


def _monotone(claim: Claim, rng: random.Random, deadline: Deadline) -> Verdict:
    """A smooth form on an interval grows if its derivative is >= 0 there and not the zero function."""
    name, sign = claim.right.name, 1 if claim.kind == "increasing" else -1
    point = slope_witness(claim.left, name, claim.context, sign, rng, deadline)
    if point is not None:
        return Verdict("refuted", BY, "exact", counterexample=point)
    context = folded(claim.context)
    if not convex_in(Signs(context), name):
        return Verdict("undecided", BY)
    try:
        slope = mul(num(sign), derivative(claim.left, name))
    except NotDifferentiable:
        return Verdict("undecided", BY)
    inside = _opened(context, name)
    signs = Signs(inside, deadline)
    grows = smooth(claim.left, signs) and not signs.vanishes(slope) and at_most(ZERO, slope, inside, False, deadline)
    return _where_defined(claim, (claim.left,), deadline) if grows else Verdict("undecided", BY)


def _opened(context: Context, name: str) -> Context:
    """The inside of the variable's interval; continuity carries monotonicity to the ends."""
    from derive.model.context import Bound

    known = context.variable(name)
    low, high = (None if b is None else Bound(b.value, True) for b in (known.lower, known.upper))
    return context.with_variable(Variable(name, "real", low, high))


def _regular(claim: Claim, rng: random.Random, deadline: Deadline) -> Verdict:
    """Defined, or analytic, all over the domain: by what its functions require; refuted where it is undefined."""
    signs = Signs(claim.context, deadline)
    if smooth(claim.left, signs) if claim.kind == "smooth" else not unmet(claim.left, signs):
        return Verdict("proved", BY, "exact")
    point = undefined_point(claim.left, claim.context, rng)
    return Verdict("refuted", BY, "exact", counterexample=point) if point is not None else Verdict("undecided", BY)


def _unequal(claim: Claim, rng: random.Random, deadline: Deadline) -> Verdict:
    """Nowhere equal: one side is always larger, or their difference is a product without zeros."""
    from derive.verify.solutions import separating_point

    equation = Form("eq", (claim.left, claim.right))
    if Signs(claim.context, deadline).nonzero(sub(claim.left, claim.right)) or any(
        at_most(a, b, claim.context, True, deadline) for a, b in ((claim.left, claim.right), (claim.right, claim.left))
    ):
        return _where_defined(claim, (claim.left, claim.right), deadline)
    point = separating_point(equation, Form("ne", equation.args), claim.context, rng, deadline)
    if point is not None:
        return Verdict("refuted", BY, "exact", counterexample=point)
    return Verdict("undecided", BY)


def at_most(left: Form, right: Form, context: Context, strict: bool, deadline: Deadline = NEVER) -> bool:
    """Whether left <= right (left < right when `strict`) is proved wherever both are defined in the context.

    Raises OutOfTime.  |u|, Max and Min are taken apart by cases; then tried in turn are the sign oracle, the same
    for the exponential of a sum of logarithms, derivatives by one variable after another, induction, and the
    solver.
    """
    gap = sub(right, left)
    if _between_sides(gap, context, strict, deadline):
        return True
    if any(v.sort == "complex" for v in context.variables):
        if _by_signs(gap, context, strict, deadline):
            return True
        try:
            gap, context = over_real_parts(gap, context)
        except NotReal:
            return False
    context = folded(context)
    if _by_signs(gap, context, strict, deadline):
        return True
    return all(any(method(*case, strict, deadline) for method in METHODS) for case in _cases(gap, context, deadline))


def _at_once(left: Form, right: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    """The same by the sign oracle alone and in little time, before a longer search for a counterexample."""
    try:
        return _by_signs(sub(right, left), folded(context), strict, deadline.within(ORACLE_SECONDS))
    except OutOfTime:
        return False


def _between_sides(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    """By a classical bound of a function in the gap: what is left has a sign, or is 0 in normal form."""

    def holds(smaller: Form, strictly: bool) -> bool:
        if _by_signs(smaller, context, strictly, deadline):
            return True
        if strictly:
            return False
        try:
            found = equal(smaller, ZERO, Signs(context, deadline), real=False, deadline=deadline.within(BOUND_SECONDS))
        except (Unsupported, Undefined):
            return False
        return found.holds and all(Signs(context, deadline).nonzero(form) for form in found.introduced)

    return by_bounds(gap, context, strict, holds, deadline)


def _cases(gap: Form, context: Context, deadline: Deadline) -> Iterator[tuple[Form, Context]]:
    """The gap without |u| and Max, Min of two, in contexts that together are the whole context."""
    stack, split = [(gap, context)], 0
    while stack:
        gap, context = stack.pop()
        kink = next((f for f in subforms(gap) if _is_kink(f)), None)
        if kink is None or split >= MOST_KINKS or not Signs(context, deadline).real(kink.args[0]):
            yield gap, context
            continue
        split += 1
        u = kink.args[0] if kink.head == "Abs" else sub(*kink.args)
        first, second = (u, neg(u)) if kink.head == "Abs" else kink.args
        if kink.head == "Min":
            first, second = second, first
        for fact, part in ((Form("le", (ZERO, u)), first), (Form("le", (u, ZERO)), second)):
            stack.append((replace_at(gap, kink, part), folded(context.assuming(fact))))


def _is_kink(form: Form) -> bool:
    return (form.head == "Abs" or (form.head in ("Max", "Min") and len(form.args) == 2)) and bool(free_variables(form))


def _by_signs(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    signs = Signs(context, deadline)
    return signs.positive(gap) if strict else signs.nonnegative(gap)


def _by_exponentials(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    """c1 log(u1) + ... + r > 0 with rational c where u1**c1 ... exp(r) > 1."""
    signs = Signs(context, deadline)
    view = signs.view(gap)
    if view is None or not view.quotients[0].denominator.is_constant():
        return False
    rest, forms, product = view.quotients[0].numerator, view.atoms.forms, []
    for index in used(rest):
        if forms[index].head != "log":
            continue
        parts = by_powers(rest, index)
        if max(parts) != 1 or not parts[1].is_constant():
            return False
        product.append(power(forms[index].args[0], view.atoms.polynomial_form(parts[1])))
        rest = parts.get(0, rest - rest)
    if not product:
        return False
    ratio = sub(mul(*product, fn("exp", view.atoms.polynomial_form(rest)) if not rest.is_zero() else ONE), ONE)
    return signs.positive(ratio) if strict else signs.nonnegative(ratio)


def _by_calculus(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    names = sorted(free_variables(gap))
    if not names:
        sign = constant_sign(gap)
        return sign == 1 or (sign == 0 and not strict)
    for name in names:
        if context.variable(name).sort == "complex":
            return False
        if all(nonnegative_by_calculus(gap, name, piece, strict, deadline) for piece in pieces(context, name)):
            return True
    return False


def _by_induction(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    """For an integer n >= a: the gap at a, and gap(n + 1) - c gap(n) >= 0 for c = 1, 2 or 3.

    Or, for a gap A - B of positive terms: A/B >= 1 at a, and A(n + 1) B(n) >= A(n) B(n + 1), so that A/B never falls.
    """
    for name in sorted(free_variables(gap)):
        known = context.variable(name)
        if known.sort != "integer" or known.lower is None or known.upper is not None:
            continue
        first = Signs(context).range(Form("var", (name,))).low
        if first is None or any(name in free_variables(c) for c in context.constraints):
            continue
        following = substitute(gap, {name: add(Form("var", (name,)), ONE)})
        if not _by_signs(substitute(gap, {name: num(first)}), context, strict, deadline) and (
            constant_sign(substitute(gap, {name: num(first)})) not in ((1,) if strict else (0, 1))
        ):
            continue
        rises = [sub(following, mul(num(c), gap)) for c in (1, 2, 3)]
        if any(_by_signs(rise, context, False, deadline) for rise in rises):
            return True
        quotient = _quotient_rise(gap, following, Signs(context, deadline))
        if any(
            _by_signs(rise, context, False, deadline)
            for rise in _in_normal_form([*rises, *quotient], context, deadline)
        ):
            return True
    return False


def _quotient_rise(gap: Form, following: Form, signs: Signs) -> list[Form]:
    """A(n + 1) B(n) - A(n) B(n + 1) for a gap A - B of two positive terms."""
    if not (gap.head == following.head == "add" and len(gap.args) == len(following.args) == 2):
        return []
    for place in (0, 1):
        a, b = gap.args[place], neg(gap.args[1 - place])
        if signs.positive(a) and signs.positive(b):
            return [sub(mul(following.args[place], b), mul(a, neg(following.args[1 - place])))]
    return []


def _in_normal_form(forms: list[Form], context: Context, deadline: Deadline) -> Iterator[Form]:
    """The forms with (n + 1)! written by n! and the like, where nothing is divided by that may be 0."""
    for form in forms:
        try:
            field, (found,) = normal_forms([form], Signs(context, deadline), real=False, deadline=deadline)
        except (Unsupported, Undefined):
            continue
        if not field.introduced:
            yield field.form_of(found)


def _by_neighbours(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    """Fibonacci numbers written by two neighbours; from one index to the next where the index itself occurs."""
    written = by_neighbours(gap, context)
    if written is None:
        return False
    if _by_signs(*written, strict, deadline):
        return True
    (name,) = {n for part in subforms(gap) if part.head == "fibonacci" for n in free_variables(part)}
    first = Signs(context).range(Form("var", (name,))).low
    if first is None or any(name in free_variables(c) for c in context.constraints):
        return False
    start = substitute(gap, {name: num(first)})
    rise = by_neighbours(sub(substitute(gap, {name: add(Form("var", (name,)), ONE)}), gap), context)
    begins = constant_sign(start) in ((1,) if strict else (0, 1))
    return begins and rise is not None and _by_signs(*rise, False, deadline)


def _by_solver(gap: Form, context: Context, strict: bool, deadline: Deadline) -> bool:
    """The solver, for what is polynomial in few atoms, while there is time for it."""
    return deadline.remaining > SOLVER_SECONDS and has_sign(gap, Signs(context, deadline), strict=strict)


METHODS = (_by_signs, _by_exponentials, _by_calculus, _by_induction, _by_neighbours, _by_solver)
