"""Classical integrals over (0, 1), (0, pi/4), (0, pi/2) and (0, pi) that no antiderivative gives."""

from __future__ import annotations

from dataclasses import dataclass

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    const,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
    subforms,
    substitute,
    var,
)
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.parametric import PARAMETRIC
from derive.verify.definite.question import Question
from derive.verify.definite.value import Value
from derive.verify.signs import Signs

__all__ = ["table_value"]

INFINITY = Form("const", ("oo",))
CATALAN, GAMMA = const("Catalan"), const("EulerGamma")
LOG2 = fn("log", TWO)
PI_SQUARED = power(PI, TWO)
QUARTER, HALF_PI = mul(num(1, 4), PI), mul(HALF, PI)
U = var("u")


@dataclass(frozen=True, slots=True)
class Fixed:
    """The integral of K(u) from 0 to `upper`; the sources are beside the rows."""

    upper: Form
    body: Form
    value: Form


def _log(form: Form) -> Form:
    return fn("log", form)


FIXED: tuple[Fixed, ...] = (
    # The series of log and atan term by term (DLMF 25.12.1, 25.11.39).
    Fixed(ONE, quotient(_log(add(ONE, U)), U), mul(num(1, 12), PI_SQUARED)),
    Fixed(ONE, quotient(_log(sub(ONE, U)), U), mul(num(-1, 6), PI_SQUARED)),
    Fixed(ONE, quotient(fn("atan", U), U), CATALAN),
    Fixed(ONE, quotient(fn("atanh", U), U), mul(num(1, 8), PI_SQUARED)),
    # Gradshteyn and Ryzhik 4.521.1, 4.291.8, 4.532; by parts from the rows below.
    Fixed(ONE, quotient(fn("asin", U), U), mul(HALF_PI, LOG2)),
    Fixed(ONE, quotient(_log(add(ONE, U)), add(ONE, power(U, TWO))), mul(num(1, 8), PI, LOG2)),
    Fixed(
        ONE, quotient(power(fn("atan", U), TWO), U),
        sub(mul(HALF_PI, CATALAN), mul(num(7, 8), fn("zeta", num(3)))),
    ),
    Fixed(ONE, fn("elliptic_k", power(U, TWO)), mul(TWO, CATALAN)),
    Fixed(ONE, fn("elliptic_e", power(U, TWO)), add(HALF, CATALAN)),
    # Euler; GR 4.224, 3.747, 4.227.
    Fixed(HALF_PI, _log(fn("sin", U)), mul(num(-1, 2), PI, LOG2)),
    Fixed(HALF_PI, _log(fn("cos", U)), mul(num(-1, 2), PI, LOG2)),
    Fixed(PI, _log(fn("sin", U)), mul(MINUS_ONE, PI, LOG2)),
    Fixed(HALF_PI, quotient(U, fn("sin", U)), mul(TWO, CATALAN)),
    Fixed(HALF_PI, quotient(mul(U, fn("cos", U)), fn("sin", U)), mul(HALF_PI, LOG2)),
    Fixed(HALF_PI, fn("asinh", fn("sin", U)), CATALAN),
    Fixed(HALF_PI, fn("asinh", fn("cos", U)), CATALAN),
    Fixed(QUARTER, _log(quotient(fn("sin", U), fn("cos", U))), neg(CATALAN)),
    Fixed(QUARTER, _log(add(ONE, quotient(fn("sin", U), fn("cos", U)))), mul(num(1, 8), PI, LOG2)),
    Fixed(QUARTER, _log(fn("cos", U)), sub(mul(HALF, CATALAN), mul(QUARTER, LOG2))),
    Fixed(QUARTER, _log(fn("sin", U)), sub(mul(num(-1, 2), CATALAN), mul(QUARTER, LOG2))),
)  # fmt: skip


def table_value(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """The value by one of the rows, or None."""
    if lower != ZERO:
        return None
    inside = context.with_variable(Variable(name, "real", Bound(lower, True), _upper(upper, context)))
    question = Question(body, name, upper, inside, Signs(context, deadline), deadline)
    if not free_variables(body) - {name}:
        found = _fixed(question)
        if found is not None:
            return found
    for end, row in PARAMETRIC:
        if question.signs.vanishes(sub(upper, end)) if end != INFINITY else upper == INFINITY:
            deadline.check()
            found = row(question)
            if found is not None:
                return found
    return None


def _upper(upper: Form, context: Context) -> Bound | None:
    return None if upper == INFINITY or free_variables(upper) else Bound(upper, True)


def _fixed(question: Question) -> Value | None:
    """A multiple of K(c x) over (0, L/c) has the value of K over (0, L), divided by c."""
    heads = {part.head for part in subforms(question.body)}
    for row in FIXED:
        if row.upper == INFINITY or question.upper == INFINITY:
            continue
        needed = {part.head for part in subforms(row.body)} & DISTINCTIVE
        if not needed & heads:
            continue
        c = question.free(quotient(row.upper, question.upper))
        if c is None or not question.signs.positive(c):
            continue
        kernel = substitute(row.body, {"u": mul(c, question.x)})
        scale = question.free(quotient(question.body, kernel))
        if scale is not None:
            return Value(quotient(mul(scale, row.value), c), by="a classical integral")
    return None


DISTINCTIVE = frozenset({"log", "atan", "atanh", "asin", "asinh", "elliptic_k", "elliptic_e", "sin", "cos"})
