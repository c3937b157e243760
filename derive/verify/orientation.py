"""Definite integrals with their limits in increasing order, so that there are numbers between them to speak of."""

from __future__ import annotations

from derive.meaning.form import INFINITIES, Form, free_variables, heads, neg, rebuild, sub
from derive.verify.balls import Undefined, Unknown, precision, value

__all__ = ["increasing", "surely_increasing"]

INFINITY, MINUS_INFINITY = INFINITIES
BITS = (64, 256)


def increasing(form: Form) -> Form:
    """The form with every integral from a number down to a smaller one as minus the one upwards.

    True always: that is what such an integral means.  The proofs about integrals look at the integrand where the
    variable lies between the limits, of which nothing would be false if the lower limit were the larger one.
    """
    if "int" not in heads(form):
        return form
    args = tuple(increasing(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head == "int" and len(args) == 4 and surely_increasing(args[3], args[2]):
        return neg(Form("int", (args[0], args[1], args[3], args[2])))
    return form if args == form.args else rebuild(form.head, args)


def surely_increasing(lower: Form, upper: Form) -> bool:
    """Whether the first number is surely smaller than the second; False for limits with letters."""
    if lower in (upper, INFINITY) or upper == MINUS_INFINITY or free_variables(lower) | free_variables(upper):
        return False
    if lower == MINUS_INFINITY or upper == INFINITY:
        return True
    if lower.head == upper.head == "num":
        return bool(lower.value < upper.value)
    for bits in BITS:
        try:
            with precision(bits):
                gap = value(sub(upper, lower), {})
        except (Undefined, Unknown):
            return False
        if not gap.real.contains(0):
            return bool(gap.imag.is_zero() and gap.real > 0)
    return False
