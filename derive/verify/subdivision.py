"""That a form is > 0 on a closed interval, by balls: cut until each piece shows it, also in mean value form."""

from __future__ import annotations

from contextlib import suppress

from flint import acb, arb

from derive.meaning.form import Form, subforms
from derive.verify.balls import Undefined, Unknown, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.regular import JUMPING

__all__ = ["positive_between"]

MOST_PIECES = 1500
DEEPEST = 24


def positive_between(form: Form, name: str, lower: Form, upper: Form, deadline: Deadline = NEVER) -> bool:
    """Whether form > 0 is shown for every value of the variable from lower to upper, both included.

    On each piece X with midpoint m, f(X) or f(m) + f'(X)(X - m) is a ball of positive numbers; the latter encloses
    f by the mean value theorem, as f' was evaluated, hence is defined, all over X.
    """
    try:
        ends = (value(lower, {}).real, value(upper, {}).real)
    except (Undefined, Unknown):
        return False
    slope = None
    if not any(part.head in JUMPING for part in subforms(form)):
        with suppress(NotDifferentiable):
            slope = derivative(form, name)
    stack, pieces = [(*ends, 0)], 0
    while stack:
        deadline.check()
        low, high, depth = stack.pop()
        pieces += 1
        if pieces > MOST_PIECES or depth > DEEPEST:
            return False
        if _positive_on(form, slope, name, low.union(high)):
            continue
        middle = ((low + high) / 2).mid()
        stack += [(low, middle, depth + 1), (middle, high, depth + 1)]
    return True


def _positive_on(form: Form, slope: Form | None, name: str, piece: arb) -> bool:
    try:
        if value(form, {name: acb(piece)}).real > 0:
            return True
        if slope is None:
            return False
        middle = piece.mid()
        steepness = value(slope, {name: acb(piece)}).real
        return bool(value(form, {name: acb(middle)}).real + steepness * (piece - middle) > 0)
    except (Undefined, Unknown):
        return False
