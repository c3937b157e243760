"""The sign of a form at the end of an interval: its value there, or its limit."""

from __future__ import annotations

from derive.meaning.form import Form, free_variables, substitute
from derive.model.context import Context
from derive.verify.balls import Undefined, Unknown, precision, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.limitsof import limit_sign
from derive.verify.regular import unmet
from derive.verify.signs import Signs

__all__ = ["constant_sign", "end_sign"]

PRECISIONS = (64, 200, 700)


def constant_sign(form: Form) -> int | None:
    """The sign of a closed form: 1, -1, or 0 when it is exactly 0; None when not known.

    A ball that leaves out 0 decides; 0 itself is decided by exact arithmetic.
    """
    if free_variables(form):
        return None
    for bits in PRECISIONS:
        with precision(bits):
            try:
                ball = value(form, {}).real
            except (Undefined, Unknown):
                return None
            if ball > 0:
                return 1
            if ball < 0:
                return -1
    return 0 if Signs(Context()).vanishes(form) else None


def end_sign(
    form: Form, name: str, end: Form | None, side: int, signs: Signs, deadline: Deadline = NEVER
) -> int | None:
    """The sign of the form's limit at an end of the variable's interval: 1, 0, -1, or None when not known.

    `end` None is infinity on that `side` (-1 the lower end, 1 the upper).  Other variables may occur; the sign is
    then the same for all their values.
    """
    if end is not None:
        at = substitute(form, {name: end})
        if not free_variables(at):
            found = constant_sign(at)
            if found is not None:
                return found
        elif unmet(at, signs):
            pass
        elif signs.vanishes(at):
            return 0
        elif signs.positive(at):
            return 1
        elif signs.negative(at):
            return -1
    return limit_sign(form, name, end, side, deadline)
