"""The classical definite integrals: Euler's two, Gauss's, Dirichlet's, each with the conditions of its convergence."""

from __future__ import annotations

from derive.meaning.form import (
    HALF,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
    substitute,
    var,
)
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import Undefined
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.changes import exponential_change
from derive.verify.definite.factors import exponent_of, split
from derive.verify.definite.mellin import mellin_value
from derive.verify.definite.tables import table_value
from derive.verify.definite.value import Value
from derive.verify.normal import Unsupported, equal
from derive.verify.signs import Signs

__all__ = ["classical_value"]

INFINITY, MINUS_INFINITY = Form("const", ("oo",)), Form("const", ("-oo",))


def classical_value(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """The value of an integral of one of the forms below, or None."""
    deadline.check()
    if (lower, upper) == (MINUS_INFINITY, INFINITY):
        half = _on_half_line(body, name, context, deadline) if _is_even(body, name, context) else None
        return None if half is None else Value(mul(TWO, half.form), half.conditions, half.by)
    if (lower, upper) == (ZERO, INFINITY):
        return _on_half_line(body, name, context, deadline)
    if (lower, upper) == (ZERO, ONE):
        found = _beta(body, name, context)
        if found is not None:
            return found
    found = table_value(body, name, lower, upper, context, deadline)
    if found is None and (lower, upper) in EXPONENTIAL_ENDS:
        changed = exponential_change(body, name, EXPONENTIAL_ENDS[lower, upper])
        return _on_half_line(changed, name, context, deadline)
    return found


EXPONENTIAL_ENDS = {(ZERO, ONE): -1, (ONE, INFINITY): 1}


def _on_half_line(body: Form, name: str, context: Context, deadline: Deadline) -> Value | None:
    return (
        _euler(body, name, context)
        or _dirichlet(body, name, context)
        or mellin_value(body, name, context, deadline)
        or table_value(body, name, ZERO, INFINITY, context, deadline)
    )


def _euler(body: Form, name: str, context: Context) -> Value | None:
    """x**p exp(-q x**r) from 0 to oo: Gamma((p + 1)/r) / (r q**((p + 1)/r)) for p > -1, q > 0, r > 0."""
    scale, moving = split(body, name)
    p, decay = ZERO, None
    for factor in moving:
        exponent = exponent_of(factor, var(name))
        if exponent is not None:
            p = add(p, exponent)
        elif factor.head == "exp" and decay is None:
            decay = _decay(factor.args[0], name)
            if decay is None:
                return None
        else:
            return None
    if decay is None:
        return None
    q, r = decay
    conditions = _owed((num(-1), p), (ZERO, q), (ZERO, r))
    order = quotient(add(p, ONE), r)
    if conditions is None or not all(_real(part, context) for part in (p, q, r)):
        return None
    return Value(mul(scale, fn("gamma", order), quotient(power(q, neg(order)), r)), conditions, "Euler's integral")


def _owed(*pairs: tuple[Form, Form]) -> tuple[Form, ...] | None:
    """Statements a < b, those between numbers decided at once; None if one of these is false."""
    numbers = [pair for pair in pairs if pair[0].head == pair[1].head == "num"]
    if any(a.value >= b.value for a, b in numbers):
        return None
    return tuple(Form("lt", pair) for pair in pairs if pair not in numbers)


def _real(form: Form, context: Context) -> bool:
    return Signs(context).real(form)


def _decay(exponent: Form, name: str) -> tuple[Form, Form] | None:
    """(q, r) for an exponent -q x**r."""
    scale, moving = split(exponent, name)
    if len(moving) != 1:
        return None
    r = exponent_of(moving[0], var(name))
    return None if r is None else (neg(scale), r)


def _dirichlet(body: Form, name: str, context: Context) -> Value | None:
    """sin(a x)/x from 0 to oo: pi/2 for a > 0."""
    scale, moving = split(body, name)
    sines = [f for f in moving if f.head == "sin"]
    if len(moving) != 2 or len(sines) != 1 or power(var(name), num(-1)) not in moving:
        return None
    a, variable = split(sines[0].args[0], name)
    if variable != [var(name)] or not _real(a, context):
        return None
    conditions = _owed((ZERO, a))
    return None if conditions is None else Value(mul(scale, HALF, PI), conditions, "Dirichlet's integral")


def _beta(body: Form, name: str, context: Context) -> Value | None:
    """x**p (1 - x)**q from 0 to 1: Gamma(p + 1) Gamma(q + 1) / Gamma(p + q + 2) for p > -1, q > -1."""
    scale, moving = split(body, name)
    p, q = ZERO, ZERO
    for factor in moving:
        first, second = exponent_of(factor, var(name)), exponent_of(factor, sub(ONE, var(name)))
        if first is not None:
            p = add(p, first)
        elif second is not None:
            q = add(q, second)
        else:
            return _logarithms(body, name)
    if not (_real(p, context) and _real(q, context)):
        return None
    conditions = _owed((num(-1), p), (num(-1), q))
    if conditions is None:
        return None
    one = add(p, ONE), add(q, ONE)
    value = quotient(mul(fn("gamma", one[0]), fn("gamma", one[1])), fn("gamma", add(*one)))
    return Value(mul(scale, value), conditions, "Euler's beta integral")


def _logarithms(body: Form, name: str) -> Value | None:
    """x**p log(x)**n from 0 to 1: (-1)**n n!/(p + 1)**(n + 1) for p > -1 and an integer n >= 0."""
    scale, moving = split(body, name)
    p, n = ZERO, ZERO
    for factor in moving:
        first, second = exponent_of(factor, var(name)), exponent_of(factor, fn("log", var(name)))
        if first is not None:
            p = add(p, first)
        elif second is not None:
            n = add(n, second)
        else:
            return None
    if n.head != "num" or n.value.denominator != 1 or n.value < 0 or p.head != "num" or p.value <= -1:
        return None
    sign = num((-1) ** int(n.value))
    return Value(
        mul(scale, sign, fn("factorial", n), power(add(p, ONE), neg(add(n, ONE)))), by="a power of a logarithm"
    )


def _is_even(body: Form, name: str, context: Context) -> bool:
    inside = context.with_variable(Variable(name, "real", Bound(ZERO, True), None))
    turned = substitute(body, {name: neg(var(name))})
    if Signs(inside).vanishes(sub(turned, body)):
        return True
    try:
        found = equal(turned, body, Signs(inside, principal=True), real=False)
    except (Unsupported, Undefined):
        return False
    return found.holds and not found.introduced
