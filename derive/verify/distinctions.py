"""Case distinctions: pieces whose conditions are decided by what is known of the letters are chosen or left out."""

from __future__ import annotations

from derive.meaning.form import BINDERS, Form, const, free_variables, sub, subforms
from derive.verify.signs import Signs

__all__ = ["chosen", "undecided_difference"]

_YES, _NO = const("True"), const("False")


def chosen(form: Form, signs: Signs) -> Form:
    """The form with each case distinction outside binders cut down to the pieces that can apply.

    The value of a distinction is that of its first piece whose condition holds.  A condition is replaced only where
    the signs of its sides' difference decide it at every point of the domain, so both forms are the same function
    there.  Derivatives are left alone: a condition that holds at a point says nothing of the points beside it.
    """
    if not any(part.head == "cases" for part in subforms(form)):
        return form
    if form.head in BINDERS or form.head == "diff":
        return form
    if form.head == "cases":
        return _first_that_holds(form, signs)
    return Form(form.head, tuple(chosen(arg, signs) if isinstance(arg, Form) else arg for arg in form.args))


def _first_that_holds(form: Form, signs: Signs) -> Form:
    kept: list[Form] = []
    for piece, condition in zip(form.args[::2], form.args[1::2], strict=True):
        truth = decided(condition, signs)
        if truth is False:
            continue
        piece = chosen(piece, signs)
        if truth:
            return Form("cases", (*kept, piece, _YES)) if kept else piece
        kept += (piece, condition)
    return Form("cases", tuple(kept)) if kept else form


def decided(condition: Form, signs: Signs) -> bool | None:
    """Whether a condition holds everywhere (True) or nowhere (False) in the domain; None where neither is known."""
    if condition in (_YES, _NO):
        return condition == _YES
    if condition.head in ("and", "or"):
        parts = [decided(part, signs) for part in condition.parts]
        ends = condition.head == "or"
        if ends in parts:
            return ends
        return None if None in parts else not ends
    if condition.head not in ("lt", "le", "eq", "ne"):
        return None
    gap = sub(*condition.args)
    if not signs.real(gap):
        return None
    match condition.head:
        case "lt":
            return True if signs.negative(gap) else False if signs.nonnegative(gap) else None
        case "le":
            return True if signs.nonpositive(gap) else False if signs.positive(gap) else None
        case _:
            equal = True if signs.vanishes(gap) else False if signs.nonzero(gap) else None
            return equal if equal is None or condition.head == "eq" else not equal


def undecided_difference(form: Form) -> Form | None:
    """The difference of the sides of the first comparison that a distinction in the form, outside binders, asks for."""
    if form.head in BINDERS or form.head == "diff":
        return None
    if form.head == "cases":
        for condition in form.args[1::2]:
            for part in subforms(condition):
                if part.head in ("lt", "le", "eq", "ne") and free_variables(part):
                    return sub(*part.args)
    found = (undecided_difference(part) for part in form.parts)
    return next((each for each in found if each is not None), None)
