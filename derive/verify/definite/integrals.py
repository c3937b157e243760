"""Values of definite integrals: by an antiderivative that is verified, and by the classical integrals."""

from __future__ import annotations

from derive.meaning.form import Form, free_variables, num, sub, subforms, substitute
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.antiderivative import antiderivative
from derive.verify.definite.classical import classical_value
from derive.verify.definite.lower import compare
from derive.verify.definite.value import Value
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.limitsof import limit_of
from derive.verify.regular import JUMPING, smooth, unmet
from derive.verify.signs import Signs

__all__ = ["integral_value"]

INFINITE = {Form("const", ("oo",)): 1, Form("const", ("-oo",)): -1}


def integral_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """A closed form that is proved equal to the (maybe improper) integral, or None."""
    body, bound, lower, upper = part.args
    if lower == upper:
        return None
    return classical_value(body, bound.name, lower, upper, context, deadline) or by_antiderivative(
        body, bound.name, lower, upper, context, deadline
    )


def _between(name: str, lower: Form, upper: Form, context: Context) -> Context | None:
    """A context in which the variable runs at least through all values between the limits.

    For limits that are not numbers it is the positive numbers if both limits are positive, else all numbers.
    """
    if not free_variables(lower) | free_variables(upper):
        low, high = (None if end in INFINITE else Bound(end, True) for end in (lower, upper))
        return context.with_variable(Variable(name, "real", low, high))
    if lower in INFINITE or upper in INFINITE:
        return None
    signs = Signs(context)
    if not (signs.real(lower) and signs.real(upper)):
        return None
    positive = signs.positive(lower) and signs.positive(upper)
    return context.with_variable(Variable(name, "real", Bound(num(0), True) if positive else None, None))


def _end_value(found: Form, name: str, end: Form, side: int, signs: Signs, deadline: Deadline) -> Form | None:
    """The limit at an end: the value there if the antiderivative is defined, hence continuous, there."""
    if end in INFINITE:
        return limit_of(found, name, None, side, signs, deadline)
    at = substitute(found, {name: end})
    if not any(part.head in JUMPING for part in subforms(found)) and not unmet(at, signs):
        return at
    return limit_of(found, name, end, side, signs, deadline)


def by_antiderivative(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """F(b-) - F(a+) for an F that is smooth between the limits with F' equal to the integrand there.

    Both are verified, and the limits are finite; so the integral, improper or not, converges to that value.
    """
    if name in free_variables(lower) | free_variables(upper):
        return None
    inside = _between(name, lower, upper, context)
    if inside is None:
        return None
    signs = Signs(inside, deadline)
    if not smooth(body, signs):
        return None
    found = antiderivative(body, name, signs, deadline)
    if found is None or not smooth(found, signs):
        return None
    try:
        slope = derivative(found, name)
    except NotDifferentiable:
        return None
    equal = signs.vanishes(sub(slope, body)) or (
        compare(Claim("identity", slope, body, inside), deadline, 0).status == "proved"
    )
    if not equal:
        return None
    outside = Signs(context, deadline)
    low, high = (_end_value(found, name, end, side, outside, deadline) for end, side in ((lower, -1), (upper, 1)))
    if low is None or high is None or low in INFINITE or high in INFINITE:
        return None
    difference = sub(high, low)
    view = outside.view(difference)
    return Value(difference if view is None else view.atoms.form_of(view.quotients[0]), by="antiderivative")
