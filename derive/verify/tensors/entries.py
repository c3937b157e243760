"""Identities between numbers made of entries, deltas and sums over entries, for any number of entries."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.meaning.form import Form, subforms, substitute, var
from derive.model.claim import Claim
from derive.model.context import Context
from derive.verify.deadline import Deadline
from derive.verify.tensors.coefficients import Agreement, agreement, positive, with_dimensions
from derive.verify.tensors.definitions import index_ranges
from derive.verify.tensors.polynomials import Polynomial, form_of
from derive.verify.tensors.shapes import Unclear
from derive.verify.tensors.sums import Sums

__all__ = ["by_entries"]

MOST_CASES = 16


def by_entries(claim: Claim, deadline: Deadline, seed: int) -> Agreement | None:
    """Proof that two numbers made of entries are equal; None where there is none.

    True because both sides are rewritten by laws that hold for any number of entries, and because for each delta
    the two cases are proved apart: its indices are one (and one letter stands for both), or it is 0.
    """
    if not all(_only_entries(side) for side in (claim.left, claim.right)):
        return None
    context = with_dimensions(replace(claim.context, constraints=()))
    try:
        ranges = index_ranges(claim.left, claim.right)
    except Unclear:
        return None
    open_cases = [(claim.left, claim.right, frozenset[frozenset[Form]]())]
    conditions: list[Form] = []
    for _ in range(MOST_CASES):
        if not open_cases:
            return Agreement(tuple(dict.fromkeys(conditions)))
        deadline.check()
        left, right, apart = open_cases.pop()
        try:
            one, other = Sums(context, ranges, apart), Sums(context, ranges, apart)
            sides = one.reduced(left), other.reduced(right)
        except Unclear:
            return None
        delta = _delta_in(sides)
        if delta is not None:
            first, second = delta.args
            letter, value = (first, second) if first.head == "var" else (second, first)
            if letter.head != "var":
                return None
            joined = tuple(substitute(side, {letter.name: value}) for side in (left, right))
            kept = frozenset(frozenset(value if i == letter else i for i in pair) for pair in apart)
            if all(len(pair) == 2 for pair in kept):
                open_cases.append((joined[0], joined[1], kept))
            open_cases.append((left, right, apart | {frozenset(delta.args)}))
            continue
        found = _agreement(sides, (one, other), claim.context, deadline, seed)
        if found is None:
            return None
        conditions += found.conditions
    return None


def _only_entries(form: Form) -> bool:
    """Whether vectors and matrices occur by their entries only."""
    if form.head == "array":
        return False
    if form.head == "index":
        return all(map(_only_entries, form.args[1:])) if form.args[0].head == "array" else False
    return form.head != "identity" and all(map(_only_entries, form.parts))


def _delta_in(sides: tuple[Polynomial, Polynomial]) -> Form | None:
    return next((p for side in sides for p in subforms(form_of(side)) if p.head == "delta"), None)


def _agreement(
    sides: tuple[Polynomial, Polynomial], sums: tuple[Sums, Sums], given: Context, deadline: Deadline, seed: int
) -> Agreement | None:
    """The two polynomials compared with entries and sums as letters."""
    atoms: dict[Form, Form] = {}
    left, right = (_lettered(form_of(side), atoms) for side in sides)
    needed = tuple([_lettered(s, atoms) for s in one.required] for one in sums)
    context = sums[0].context
    constraints = [c for c in given.constraints if not any(p.head in ("index", "array") for p in subforms(c))]
    values = dict(_known_sums(given, sums[0], atoms))
    left, right = substitute(left, values), substitute(right, values)
    context = context.assuming(*constraints)
    above = [
        letter.name
        for form, letter in atoms.items()
        if form.head == "sum" and sums[0].positive({((form, 1),): Fraction(1)})
    ]
    context = positive(context, above)
    meant = {letter.name: form for form, letter in atoms.items()}
    return agreement([(left, right)], context, (needed[0], needed[1]), meant, deadline, seed)


def _lettered(form: Form, atoms: dict[Form, Form]) -> Form:
    """The form with a letter for each entry and sum."""
    if form.head in ("index", "sum"):
        return atoms.setdefault(form, var(f"atom__{len(atoms)}"))
    if not form.parts:
        return form
    return Form(form.head, tuple(_lettered(a, atoms) if isinstance(a, Form) else a for a in form.args))


def _known_sums(given: Context, sums: Sums, atoms: dict[Form, Form]) -> list[tuple[str, Form]]:
    """Sums whose value is given, such as `\\sum_i y_i = 1`."""
    found = []
    for constraint in given.constraints:
        if constraint.head == "eq" and constraint.args[0].head == "sum" and constraint.args[1].head == "num":
            try:
                reduced = Sums(sums.context, sums.ranges).reduced(constraint.args[0])
            except Unclear:
                continue
            form = form_of(reduced)
            if form.head == "sum" and form in atoms:
                found.append((atoms[form].name, constraint.args[1]))
    return found
