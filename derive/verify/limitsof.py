"""One-sided limits of elementary forms, exactly, from their expansions."""

from __future__ import annotations

from derive.meaning.form import MINUS_ONE, ONE, Form, add, free_variables, mul, quotient, var
from derive.model.context import Context
from derive.verify.asymptotics import Expansion, NoExpansion
from derive.verify.deadline import NEVER, Deadline
from derive.verify.signs import Signs

__all__ = ["limit_of", "limit_sign"]


def limit_of(
    form: Form, name: str, end: Form | None, side: int, signs: Signs | None = None, deadline: Deadline = NEVER
) -> Form | None:
    """The limit as the variable goes to `end` from inside: from above for `side` -1, from below for 1.

    `end` None is -oo (side -1) or oo (side 1).  The answer is a form without the variable, `oo` or `-oo`; None when
    no expansion gives it.  True because each step of an expansion is an identity with an error bound.
    """
    try:
        return _expansion(form, name, end, side, signs, deadline).limit(form)
    except (NoExpansion, RecursionError):
        return None


def limit_sign(
    form: Form, name: str, end: Form | None, side: int, deadline: Deadline = NEVER, signs: Signs | None = None
) -> int | None:
    """The sign of that limit, infinite ones included; None when it is not found."""
    try:
        return _expansion(form, name, end, side, signs, deadline).end_sign(form)
    except (NoExpansion, RecursionError):
        return None


def _expansion(
    form: Form, name: str, end: Form | None, side: int, signs: Signs | None, deadline: Deadline
) -> Expansion:
    t = "t"
    while t in free_variables(form) or t == name:
        t += "_"
    step = mul(MINUS_ONE, var(t)) if side > 0 else var(t)
    value = (
        add(end, step)
        if end is not None
        else quotient(ONE, var(t))
        if side > 0
        else mul(MINUS_ONE, quotient(ONE, var(t)))
    )
    return Expansion(name, value, t, signs or Signs(Context()), deadline)
