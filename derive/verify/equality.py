"""Rung 2: two terms are equal where their difference is 0 in normal form, and where both or neither is defined.

Two normal forms are tried.  In the principal one functions have their principal branches; what holds there holds
for every reading.  In the real one every subterm is a real number, and what the definedness of both sides needs
(arguments of logarithms positive, radicands not negative) may be used, because equality is asked only where both
sides are defined; the conditions say where that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from derive.meaning.form import ZERO, Form, free_variables, mul, num, substitute, var
from derive.verify.balls import Undefined, Unknown, value
from derive.verify.conditions import granted, holds_by_signs, leftover, shown
from derive.verify.continuity import continuous, entire
from derive.verify.differentiate import derivative
from derive.verify.domain import balls_at
from derive.verify.mirror import without_conjugates
from derive.verify.normal import Unsupported, equal
from derive.verify.obligations import Obligation, Opaque, obligations
from derive.verify.problem import Comparison, heads_of, in_parts
from derive.verify.rescaling import OF_GAMMA, scales_of

__all__ = ["Proof", "agreement", "by_narrower_form", "by_normal_form", "by_principal_form", "settled"]


@dataclass(frozen=True, slots=True)
class Proof:
    """Equality shown at every point of the domain where the conditions hold."""

    by: str
    conditions: tuple[Form, ...] = ()
    note: str = ""


def by_normal_form(comparison: Comparison, *, some_point: bool) -> Proof | None:
    """The difference is 0 modulo true relations.

    `some_point`: both sides are known to be defined at some point of the domain, so that what their definedness
    needs is no contradiction and may be assumed.
    """
    return by_principal_form(comparison) or by_narrower_form(comparison, some_point=some_point)


def by_narrower_form(comparison: Comparison, *, some_point: bool) -> Proof | None:
    """The same over the real numbers only, with complex variables taken apart, or in other units."""
    if heads_of(comparison.left, comparison.right) & OF_GAMMA:
        proof = _rescaled(comparison)
        if proof is not None:
            return proof
    if comparison.real:
        return _real(comparison) if some_point else None
    if not heads_of(comparison.left, comparison.right) & _PARTS:
        return None
    split = in_parts(comparison)
    proof = None if split is None else by_principal_form(split, conditions_of=comparison)
    return proof or _mirrored(comparison)


def _rescaled(comparison: Comparison) -> Proof | None:
    """With n w for a variable z that gamma functions have over n (see `rescaling`); conditions are put back in z."""
    scales = scales_of(comparison)
    if not scales:
        return None
    larger = {name: mul(num(n), var(name)) for name, n in scales.items()}
    smaller = {name: mul(num(1, n), var(name)) for name, n in scales.items()}
    left, right = (substitute(side, larger) for side in (comparison.left, comparison.right))
    proof = by_principal_form(comparison.of(left, right))
    if proof is None:
        return None
    return replace(proof, conditions=tuple(substitute(c, smaller) for c in proof.conditions))


def _mirrored(comparison: Comparison) -> Proof | None:
    """With conjugates of values as values at conjugates (see `mirror`)."""
    left, right = (without_conjugates(side, comparison.context) for side in (comparison.left, comparison.right))
    if left is None and right is None:
        return None
    written = replace(comparison, left=left or comparison.left, right=right or comparison.right)
    proof = by_principal_form(written, conditions_of=comparison)
    if proof is None and (split := in_parts(written)) is not None:
        proof = by_principal_form(split, conditions_of=comparison)
    return proof


MORE_THAN_ITS_OWN = 2
"""Variables of an antiderivative that has another besides that of the integration."""

_PARTS = frozenset({"re", "im", "conjugate", "Abs", "arg", "sign"})


def by_principal_form(comparison: Comparison, conditions_of: Comparison | None = None) -> Proof | None:
    """The difference is 0 with principal branches; conditions are those of `conditions_of`, where it is given."""
    try:
        found = equal(comparison.left, comparison.right, comparison.signs(), real=False, deadline=comparison.deadline)
    except (Unsupported, Undefined):
        return None
    if not found.holds:
        return None
    return settled(conditions_of or comparison, "normal form", found.introduced)


def _real(comparison: Comparison) -> Proof | None:
    signs = comparison.signs(principal=False)
    try:
        sides = [obligations(side, signs, real=True) for side in (comparison.left, comparison.right)]
    except Opaque:
        return None
    assumed = [o.statement for side in sides for o in side if o.exact]
    open_ = [s for s in assumed if not holds_by_signs(s, signs)]
    try:
        found = equal(
            comparison.left, comparison.right, comparison.signs(*open_, principal=False), real=True,
            deadline=comparison.deadline,
        )  # fmt: skip
    except (Unsupported, Undefined):
        return None
    if not found.holds:
        return None
    proof = settled(comparison, "normal form", found.introduced)
    if proof is None or proof.conditions:
        return proof
    return Proof(proof.by, _branch_conditions(comparison, sides), proof.note)


def _branch_conditions(comparison: Comparison, sides: list[list[Obligation]]) -> tuple[Form, ...]:
    """Real domains that were used and are not granted: beyond them principal values may differ."""
    signs = comparison.signs(principal=False)
    used = [o for side in sides for o in granted(signs, side)[1] if o.statement.head in ("lt", "le")]
    pieces = [p for o in used for p in shown(o.statement, signs, comparison.deadline)]
    return tuple(dict.fromkeys(pieces))


def agreement(comparison: Comparison) -> list[Form] | None:
    """The conditions under which the sides are defined together; None where that cannot be told.

    An antiderivative may have another domain than its integrand in the variable of integration, but it has to be
    there for each value of the other letters: what is asked of those alone is kept.
    """
    if comparison.loosely and (comparison.left.head != "diff" or len(comparison.names) < MORE_THAN_ITS_OWN):
        return []
    signs = comparison.signs(principal=not comparison.real)
    try:
        left, right = (obligations(side, signs, real=comparison.real) for side in (comparison.left, comparison.right))
    except Opaque:
        return [] if comparison.loosely else None
    conditions = leftover(left, right, signs, deadline=comparison.deadline)
    if not comparison.loosely:
        return conditions
    own = comparison.left.args[1].name
    return [c for c in conditions if own not in free_variables(c)]


def settled(comparison: Comparison, by: str, introduced: Iterable[Form] = ()) -> Proof | None:
    """The proof of an equality that holds wherever both sides are defined and the `introduced` forms are not 0."""
    conditions = agreement(comparison)
    if conditions is None:
        return None
    for form in introduced:
        if not _superfluous(comparison, form):
            extra = shown(Form("ne", (form, ZERO)), comparison.signs(), comparison.deadline)
            conditions.extend(c for c in extra if c not in conditions)
    return Proof(by, tuple(conditions))


def _superfluous(comparison: Comparison, form: Form) -> bool:
    """Whether the equality holds also where the form is 0, or it is nowhere 0."""
    signs = comparison.signs(principal=not comparison.real)
    statement = Form("ne", (form, ZERO))
    if holds_by_signs(statement, signs):
        return True
    try:
        sides = [obligations(side, signs, real=comparison.real) for side in (comparison.left, comparison.right)]
    except Opaque:
        return False
    exact = [o for side in sides for o in side if o.exact]
    if not leftover([Obligation(statement)], exact, signs, deadline=comparison.deadline):
        return True
    return _by_continuity(comparison, form, sides) or _at_its_zero(comparison, form)


def _by_continuity(comparison: Comparison, form: Form, sides: list[list[Obligation]]) -> bool:
    """Both sides are continuous where they are defined, and the form's zeros have no interior.

    The domain is a box of intervals less zero sets, in the form's variables; the form is entire and not 0 at some
    point, so it is 0 on no open set; each of its zeros is a limit of points where the equality was shown.
    """
    context = comparison.context
    smooth = [name for name in free_variables(form) if context.variable(name).sort != "integer"]
    if not smooth or not entire(form) or not (len(smooth) == len(free_variables(form)) or _moves(form, smooth)):
        return False
    if any(c.head not in ("ne", "lt") for c in context.constraints):
        return False
    if not all(continuous(side, context, real=comparison.real) for side in (comparison.left, comparison.right)):
        return False
    signs = comparison.signs(principal=not comparison.real)
    if any(o.statement.head == "le" for side in sides for o in granted(signs, side)[1]):
        return False
    try:
        return any(
            not value(form, balls_at(point), real=False).contains(0)
            for point in comparison.domain.random_points(comparison.rng, 2)
        )
    except (Undefined, Unknown):
        return False


def _moves(form: Form, names: list[str]) -> bool:
    """1/gamma of an argument that changes with one of the variables, whatever the integers: it is not 0 throughout."""
    if form.head != "rgamma":
        return False
    slopes = [derivative(form.args[0], name) for name in names]
    return any(slope.head == "num" and slope.value != 0 for slope in slopes)


def _at_its_zero(comparison: Comparison, form: Form) -> bool:
    """Where the form is 0 only for some numbers in place of a variable, the sides there are compared by themselves."""
    pieces = shown(Form("ne", (form, ZERO)), comparison.signs(), comparison.deadline)
    if not all(p.head == "ne" and p.args[0].head == "var" and p.args[1].head == "num" for p in pieces):
        return False
    for variable, number in (p.args for p in pieces):
        if variable.name not in comparison.names:
            return False
        at = {variable.name: number}
        left, right = (substitute(side, at) for side in (comparison.left, comparison.right))
        proof = by_normal_form(comparison.of(left, right), some_point=False)
        if proof is None or proof.conditions:
            return False
    return True
