"""Integrals of products of two sines and cosines of linear arguments, by the product formulas."""

from __future__ import annotations

from derive.meaning.form import (
    HALF,
    ONE,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    quotient,
    sub,
    substitute,
    var,
)
from derive.model.context import Context
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.factors import split
from derive.verify.definite.value import Value
from derive.verify.signs import Signs

__all__ = ["waves_value"]

WAVES = frozenset({"sin", "cos"})


def waves_value(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """c f(a x) g(b x) for f, g among sin and cos, between finite real limits.

    cos u cos v = (cos(u - v) + cos(u + v))/2 and its like; cos(c x) has the integral sin(c x)/c, or x for c = 0.
    """
    if any(end.head == "const" and end.name in ("oo", "-oo") for end in (lower, upper)):
        return None
    if name in free_variables(lower) | free_variables(upper):
        return None
    scale, moving = split(body, name)
    if len(moving) == 1 and moving[0].head == "pow" and moving[0].args[1] == num(2):
        moving = [moving[0].args[0]] * 2
    if len(moving) != 2 or any(f.head not in WAVES for f in moving):
        return None
    signs, x = Signs(context, deadline), var(name)
    slopes = [substitute(f.args[0], {name: ONE}) for f in moving]
    if any(
        sub(f.args[0], mul(c, x)) != ZERO and not signs.vanishes(sub(f.args[0], mul(c, x)))
        for f, c in zip(moving, slopes, strict=True)
    ):
        return None
    (f, a), (g, b) = zip((part.head for part in moving), slopes, strict=True)
    if (f, g) == ("cos", "sin"):
        (f, a), (g, b) = (g, b), (f, a)
    head, first, second = PRODUCTS[f, g]
    total = ZERO
    for sign, slope in ((first, sub(a, b)), (second, add(a, b))):
        part = _single(head, slope, lower, upper, signs)
        if part is None:
            return None
        total = add(total, mul(num(sign), HALF, part))
    return Value(mul(scale, total), by="product formulas")


# f(u) g(v) = (first h(u - v) + second h(u + v))/2.
PRODUCTS = {("cos", "cos"): ("cos", 1, 1), ("sin", "sin"): ("cos", 1, -1), ("sin", "cos"): ("sin", 1, 1)}


def _single(head: str, slope: Form, lower: Form, upper: Form, signs: Signs) -> Form | None:
    if signs.vanishes(slope):
        return sub(upper, lower) if head == "cos" else ZERO
    if not signs.nonzero(slope):
        return None
    at = [fn("sin" if head == "cos" else "cos", mul(slope, end)) for end in (lower, upper)]
    rise = sub(at[1], at[0])
    return quotient(rise if head == "cos" else neg(rise), slope)
