"""Whether two forms may agree at one point: a quick sieve before anything is asked to be proved."""

from __future__ import annotations

from derive.meaning.form import Form, free_variables
from derive.verify.balls import Undefined, Unknown, mentions_imaginary, precision, value
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.domain import balls_at

__all__ = ["may_agree"]

BITS = 100
PATIENCE = 0.02


def may_agree(left: Form, right: Form, point: tuple[tuple[str, Form], ...]) -> bool:
    """False only where the two surely differ at the point, or one of them is surely undefined there."""
    values = dict(point)
    if not (free_variables(left) | free_variables(right)) <= values.keys():
        return True
    real = not mentions_imaginary(left, right)
    with precision(BITS):
        try:
            balls = balls_at(values)
            deadline = Deadline.after(PATIENCE)
            difference = value(left, balls, real=real, deadline=deadline) - value(
                right, balls, real=real, deadline=deadline
            )
        except Undefined:
            return False
        except (Unknown, OutOfTime):
            return True
    return bool(difference.contains(0))
