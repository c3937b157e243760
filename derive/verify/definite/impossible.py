"""Values that an integral or a sum cannot have, whether it converges or not."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import Form, free_variables, sub, var
from derive.model.context import Bound, Context, Sort, Variable
from derive.verify.atoms import as_fraction
from derive.verify.deadline import NEVER, Deadline
from derive.verify.endpoints import constant_sign
from derive.verify.positivity import by_powers
from derive.verify.ranges import Range
from derive.verify.signs import Signs
from derive.verify.sturm import roots_in

__all__ = ["impossible"]

INFINITY, MINUS_INFINITY = Form("const", ("oo",)), Form("const", ("-oo",))


def impossible(part: Form, target: Form, deadline: Deadline = NEVER) -> str | None:
    """Why the integral or sum does not equal the number `target`, in words; None where it may."""
    if part.head not in ("int", "sum") or free_variables(target) or free_variables(part):
        return None
    body, bound, lower, upper = part.args
    if lower == INFINITY or upper == MINUS_INFINITY:
        return None
    ends = (None if lower == MINUS_INFINITY else Bound(lower, part.head == "int"),
            None if upper == INFINITY else Bound(upper, part.head == "int"))  # fmt: skip
    if ends[0] is not None and ends[1] is not None and constant_sign(sub(upper, lower)) != 1:
        return None
    if _of_wrong_sign(part, target, ends, deadline):
        what = "the integrand is" if part.head == "int" else "the terms are"
        return f"{what} positive between the limits, the claimed value is not"
    if part.head == "int" and _has_a_pole(body, bound.name, ends) and constant_sign(target) is not None:
        return "the integrand has a pole between the limits or at one of them, so the integral diverges"
    return None


def _of_wrong_sign(part: Form, target: Form, ends: tuple[Bound | None, Bound | None], deadline: Deadline) -> bool:
    """The integral or sum of something positive, over limits in increasing order, said to be a number <= 0.

    It is positive or diverges, so it does not equal the number.
    """
    body, bound = part.args[:2]
    sort: Sort = "real" if part.head == "int" else "integer"
    inside = Signs(Context((Variable(bound.name, sort, *ends),)), deadline)
    return inside.positive(body) and constant_sign(target) in (0, -1)


def _has_a_pole(body: Form, name: str, ends: tuple[Bound | None, Bound | None]) -> bool:
    """Whether a rational function in lowest terms has a denominator with a zero between the limits or at one.

    Near a pole at p it grows at least like 1/|x - p|, whose integral up to p diverges.
    """
    view = Signs(Context()).view(body)
    if view is None or view.atoms.forms != [var(name)]:
        return False
    numerator, denominator = view.quotients[0].numerator, view.quotients[0].denominator
    common = numerator.gcd(denominator)
    denominator = divmod(denominator, common)[0]
    if denominator.is_constant():
        return False
    low, high = (None if end is None else end.value for end in ends)
    if any(end is not None and end.head != "num" for end in (low, high)):
        return False
    parts = by_powers(denominator, 0)
    coefficients = [
        as_fraction(parts[k].leading_coefficient()) if k in parts else Fraction(0) for k in range(max(parts) + 1)
    ]
    start, stop = (None if end is None else end.value for end in (low, high))
    return roots_in(coefficients, Range(start, start is None, stop, stop is None)) > 0
