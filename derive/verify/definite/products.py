"""Values of finite products: rising factorials, and sines at equal distances on the circle."""

from __future__ import annotations

from derive.meaning.form import ONE, PI, TWO, Form, add, fn, free_variables, mul, num, power, quotient, sub, substitute
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.factors import factors
from derive.verify.definite.value import Value
from derive.verify.signs import Signs

__all__ = ["product_value"]


def product_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """A closed form that is proved equal to the product over k = a, ..., b of c f(k), b >= a - 1, or None."""
    body, k, lower, upper = part.args
    signs = Signs(context, deadline)
    if lower.head != "num" or lower.value.denominator != 1 or not signs.integer(upper):
        return None
    if k.name in free_variables(upper) or not signs.at_most(sub(lower, ONE), upper):
        return None
    count = _shown(sub(add(upper, ONE), lower), signs)
    scale = mul(ONE, *(f for f in factors(body) if k.name not in free_variables(f)))
    moving = [f for f in factors(body) if k.name in free_variables(f)]
    if len(moving) != 1:
        return None
    inside = Signs(context.with_variable(Variable(k.name, "integer", Bound(lower, False), None)), deadline)
    for method in (_rising, _sines):
        found = method(moving[0], k, lower, count, inside)
        if found is not None:
            return Value(mul(power(scale, count), found), by="a classical product")
    return None


def _shown(form: Form, signs: Signs) -> Form:
    view = signs.view(form)
    return form if view is None else view.atoms.form_of(view.quotients[0])


def _rising(factor: Form, k: Form, lower: Form, count: Form, signs: Signs) -> Form | None:
    """k + c: (a + c)(a + c + 1) ... with that many factors."""
    start = substitute(factor, {k.name: lower})
    plain = Signs(Context())  # polynomial algebra, the same over the real and the complex numbers
    if not plain.vanishes(sub(sub(factor, start), sub(k, lower))):
        return None
    return fn("RisingFactorial", _shown(start, plain), count)


def _sines(factor: Form, k: Form, lower: Form, count: Form, signs: Signs) -> Form | None:
    """sin(k pi/n) for k = 1, ..., n - 1: n/2**(n-1); sin(x + k pi/n) for k = 0, ..., n - 1: sin(n x)/2**(n-1).

    Both by the factors of z**n - 1 (Gradshteyn and Ryzhik 1.392).
    """
    if factor.head != "sin":
        return None
    angle = factor.args[0]
    n = add(count, ONE) if lower == ONE else count
    start = substitute(angle, {k.name: num(0)})
    if lower not in (ONE, num(0)) or not signs.vanishes(sub(sub(angle, start), quotient(mul(k, PI), n))):
        return None
    halves = power(TWO, sub(n, ONE))
    if lower == ONE:
        return quotient(n, halves) if signs.vanishes(start) and signs.positive(n) else None
    return quotient(fn("sin", mul(n, start)), halves) if signs.positive(n) else None
