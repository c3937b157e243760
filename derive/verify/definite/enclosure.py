"""Rigorous enclosures of infinite series and improper integrals: a finite part by balls and a bound for the rest."""

from __future__ import annotations

from fractions import Fraction

from flint import acb, arb

from derive.meaning.form import Form, add, fn, free_variables, mul, neg, num, quotient, sub, substitute, var
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import Undefined, Unknown, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.order import at_most
from derive.verify.orientation import surely_increasing
from derive.verify.ranges import as_arb
from derive.verify.regular import continuous
from derive.verify.signs import Signs

__all__ = ["enclosed"]

INFINITY, MINUS_INFINITY = Form("const", ("oo",)), Form("const", ("-oo",))
TERMS = 120
RATIOS = (Fraction(1, 2), Fraction(9, 10))
EDGE = Fraction(1, 64)
HEIGHTS = (Fraction(1), Fraction(4))
FAR = 24


def enclosed(part: Form, deadline: Deadline = NEVER) -> arb | None:
    """A ball around a closed infinite series or definite integral that is shown to converge; None where it is not."""
    if free_variables(part):
        return None
    if part.head == "sum" and part.args[3] == INFINITY:
        return _series(part, deadline)
    if part.head == "int":
        return _integral(part, deadline)
    return None


def _series(part: Form, deadline: Deadline) -> arb | None:
    """The first terms, and a rest no larger than a geometric series, or than its first term if signs alternate.

    If |t(k+1)| <= q |t(k)| from some k on, the rest is at most |t(k)|/(1 - q); if t(k+1)/t(k) lies in [-1, 0] and
    the terms go to 0, it is at most |t(k)| (Leibniz).
    """
    body, bound, lower, _ = part.args
    if lower.head != "num" or lower.value.denominator != 1:
        return None
    last = lower.value + TERMS
    total = arb(0)
    try:
        for i in range(TERMS):
            deadline.check()
            total += _real(substitute(body, {bound.name: num(lower.value + i)}))
        first_left_out = abs(_real(substitute(body, {bound.name: num(last)})))
    except (Undefined, Unknown):
        return None
    ratio = quotient(substitute(body, {bound.name: add(var(bound.name), num(1))}), body)
    signs = Signs(Context((Variable(bound.name, "integer", Bound(num(last), False), None),)), deadline)
    ratio = _integer_powers_joined(ratio, signs)
    for q in RATIOS:
        if signs.at_most(ratio, num(q)) and signs.at_most(num(-q), ratio):
            rest = first_left_out / as_arb(1 - q)
            return total + arb(0, rest.upper())
    if signs.nonpositive(ratio) and signs.at_most(num(-1), ratio) and _vanishing(body, bound.name, signs):
        return total + arb(0, first_left_out.upper())
    return None


def _real(term: Form) -> arb:
    """The value of a term; raises Unknown unless it is surely real."""
    found = value(term, {})
    if not found.imag.is_zero():
        raise Unknown("a term that may not be real")
    return found.real


def _integer_powers_joined(ratio: Form, signs: Signs) -> Form:
    """The ratio with gamma functions and powers of -1 worked out."""
    from derive.verify.normal import Unsupported, normal_form

    try:
        field, found = normal_form(ratio, signs, real=True)
        return field.form_of(found)
    except (Unsupported, Undefined):
        return ratio


def _vanishing(body: Form, name: str, signs: Signs) -> bool:
    """Whether |body| <= 1/sqrt(k) from the first k on."""
    size = fn("Abs", body)
    without_sign = substitute(body, {}) if size == body else body
    parts = without_sign.args if without_sign.head == "mul" else (without_sign,)
    rest = mul(num(1), *(p for p in parts if not (p.head == "pow" and p.args[0] == num(-1))))
    bound = Form("pow", (var(name), num(-1, 2)))
    return signs.at_most(rest, bound) and signs.at_most(neg(bound), rest)


def _integral(part: Form, deadline: Deadline) -> arb | None:
    """The inside by rigorous quadrature, the edges by heights that bound the integrand there, the tail by exp(-x).

    At an end where the integrand is not defined |f| <= h is shown on a small interval; beyond FAR |f| <= exp(-x/2).
    """
    body, bound, lower, upper = part.args
    name, error = bound.name, arb(0)
    low, high = lower, upper
    if lower == MINUS_INFINITY:
        return None
    if upper == INFINITY:
        tail = Context((Variable(name, "real", Bound(num(FAR), False), None),))
        decay = fn("exp", mul(num(-1, 2), var(name)))
        if not (at_most(body, decay, tail, False, deadline) and at_most(neg(decay), body, tail, False, deadline)):
            return None
        if not continuous(body, Signs(tail, deadline)):
            return None
        high = num(FAR)
        error += 2 * (-as_arb(Fraction(FAR, 2))).exp()
    if not surely_increasing(lower, high):
        return None
    inside = Context((Variable(name, "real", Bound(lower, True), Bound(high, True)),))
    if not continuous(body, Signs(inside, deadline)):
        return None
    for end, side in ((low, 1), (high, -1)):
        if _defined_at(body, name, end):
            continue
        near = add(end, num(side * EDGE))
        ends = (Bound(end, True), Bound(near, False))
        strip = Context((Variable(name, "real", *(ends if side > 0 else ends[::-1])),))
        height = next((h for h in HEIGHTS if _bounded(body, h, strip, deadline)), None)
        if height is None:
            return None
        error += as_arb(height * EDGE)
        low, high = (near, high) if side > 0 else (low, near)
    try:
        found = value(Form("int", (body, bound, low, high)), {}, deadline=deadline)
    except (Undefined, Unknown):
        return None
    return found.real + arb(0, error.upper()) if found.imag.is_zero() else None


def _bounded(body: Form, height: Fraction, context: Context, deadline: Deadline) -> bool:
    return at_most(body, num(height), context, False, deadline) and at_most(
        num(-height), body, context, False, deadline
    )


def _defined_at(body: Form, name: str, end: Form) -> bool:
    try:
        value(substitute(body, {name: end}), {})
        return True
    except (Undefined, Unknown):
        return False


def differ(left: Form, right: Form, parts: dict[Form, arb]) -> bool:
    """Whether the sides surely differ when each part has a value in its ball."""
    names = {part: f"part{i}" for i, part in enumerate(parts)}
    from derive.meaning.form import replace_at

    gap = sub(left, right)
    for part, name in names.items():
        gap = replace_at(gap, part, var(name))
    if free_variables(gap) - set(names.values()):
        return False
    try:
        ball = value(gap, {names[part]: acb(ball) for part, ball in parts.items()})
    except (Undefined, Unknown):
        return False
    return not ball.contains(0)
