"""SymPy's view of one claim for the record beside our verdict: its `simplify`, its `solve`; loads SymPy."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import sympy

from derive.meaning.form import Form, free_variables
from derive.meaning.tosympy import to_sympy
from derive.model.claim import Claim
from derive.model.context import Context
from derive.verify.sympy_questions import asked

__all__ = ["View", "view"]

View = Literal["holds", "fails", ""]

_EQUALITIES = ("identity", "derivative", "defint", "sum", "limit")
_ANSWERS: dict[str, View] = {"attests": "holds", "denies": "fails"}


def view(claim: Claim) -> View:
    """Whether the claim holds, as far as SymPy says; every exception in SymPy is no answer."""
    try:
        if claim.kind in _EQUALITIES:
            return _vanishes(claim)
        if claim.kind == "equiv" and len(_names(claim)) > 1:
            return _same_solutions(claim)
        if claim.kind == "range" and _is_between(claim):
            return "holds"
        return _ANSWERS.get(asked(claim), "")
    except MemoryError:
        raise
    except Exception:
        return ""


def _names(claim: Claim) -> tuple[str, ...]:
    return tuple(sorted(free_variables(claim.left) | free_variables(claim.right)))


def _assumptions(claim: Claim) -> dict[str, dict[str, bool]]:
    return {name: {claim.context.variable(name).sort: True} for name in _names(claim)}


def _vanishes(claim: Claim) -> View:
    """What `simplify` makes of the difference: zero, a number that is not zero, or something that says nothing."""
    symbols = _assumptions(claim)
    left, right = to_sympy(claim.left, symbols), to_sympy(claim.right, symbols)
    difference = sympy.simplify((left - right).doit())
    if difference == 0:
        return "holds"
    return "fails" if difference.is_number and difference.is_zero is False else ""


def _is_between(claim: Claim) -> bool:
    """Whether the signs that SymPy's assumptions give keep the term inside its interval; cheap, and often enough."""
    lower, upper, open_below, open_above = claim.right.parts
    symbols = _assumptions(claim)
    term = to_sympy(claim.left, symbols)
    above, below = (
        sympy.factor(difference) for difference in (term - to_sympy(lower, symbols), to_sympy(upper, symbols) - term)
    )
    return all(
        gap.is_positive or (not strict and gap.is_nonnegative)
        for gap, strict in ((above, open_below.name == "True"), (below, open_above.name == "True"))
    )


def _same_solutions(claim: Claim) -> View:
    """Whether `solve` gives the same values for an unknown of both equations, first for one whose range is given."""
    shared = free_variables(claim.left) & free_variables(claim.right)
    given = {variable.name for variable in claim.context.variables}
    for name in sorted(shared, key=lambda name: (name not in given, name)):
        first, second = (_values(side, name, claim.context) for side in (claim.left, claim.right))
        if first and second:
            return "holds" if _agree(first, second) else ""
    return ""


@lru_cache(maxsize=64)
def _values(statement: Form, name: str, context: Context) -> tuple[Any, ...]:
    """What `solve` gives for the name; kept, because the second line of a step is the first of the next."""
    symbols = {free: {str(context.variable(free).sort): True} for free in free_variables(statement)}
    unknown = sympy.Symbol(name, **symbols[name])
    return tuple(sympy.solve(to_sympy(statement, symbols), unknown, check=False, simplify=False))


def _agree(first: tuple[Any, ...], second: tuple[Any, ...]) -> bool:
    """Whether each value of one list is, simplified, a value of the other."""
    return len(first) == len(second) and all(
        any(sympy.simplify(value - other) == 0 for other in second) for value in first
    )
