"""An independent judge: both sides of a claim in mpmath at points of the domain, sharing no code with the verifier."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath

from derive.meaning.form import Form, subforms
from derive.model.claim import Claim
from derive.model.context import Variable

DIGITS, MORE_DIGITS = 120, 320
"""A value is worked out twice: what the rounding decides differs between the two, and then the judge says nothing."""

NEAREST = AT_A_POLE = mpmath.mpf(10) ** -60
"""What is nearer than that to being equal may have lost its digits both times."""
LARGEST = 10**4
LARGEST_OF = dict.fromkeys(("exp", "sinh", "cosh", "tanh", "coth"), 300) | {"erf": 20}
"""Of arguments and exponents; more than MORE_DIGITS digits would be needed beyond."""

POINTS = 24

Value = Any
Point = dict[str, Fraction | tuple[Fraction, Fraction]]


class NotDefinedError(Exception):
    """The form has no value at the point, or the judge does not know it."""


def real_mode(claim: Claim) -> bool:
    """Whether functions are taken on their real domains."""
    if any(v.sort == "complex" for v in claim.context.variables):
        return False
    return not any(f.head == "const" and f.name == "I" for side in (claim.left, claim.right) for f in subforms(side))


def value(form: Form, point: Mapping[str, Value], real: bool) -> Value:
    """The value of a form at a point, to about 100 digits.

    Raises:
        NotDefinedError: outside the (real, if `real`) domain, for a function not in the table, or where the rounding
            of the numbers decides.
    """
    coarse, fine = (_value_to(digits, form, point, real) for digits in (DIGITS, MORE_DIGITS))
    with mpmath.workdps(DIGITS):
        if not _agree(coarse, fine):
            raise NotDefinedError("the rounding of the numbers decides")
        return +fine


def _agree(coarse: Value, fine: Value) -> bool:
    """Whether two values for one number are the same to some digits, or both as good as 0."""
    return bool(abs(coarse - fine) <= abs(fine) / 10**20 + mpmath.mpf(10) ** (30 - DIGITS))


def _value_to(digits: int, form: Form, point: Mapping[str, Value], real: bool) -> Value:
    with mpmath.workdps(digits):
        try:
            numbers = {name: _value(x, {}, False) if isinstance(x, Form) else x for name, x in point.items()}
            return _value(form, numbers, real)
        except (ZeroDivisionError, ValueError, OverflowError, mpmath.libmp.NoConvergence) as error:
            raise NotDefinedError(str(error)) from error


def _value(form: Form, point: Mapping[str, Value], real: bool) -> Value:
    head = form.head
    if head == "num":
        return mpmath.mpf(form.value.numerator) / form.value.denominator
    if head == "var":
        return point[form.name]
    if head == "const":
        return CONSTANTS[form.name]()
    if head == "diff":
        return _derivative(form, point, real)
    if head == "cases":
        raise NotDefinedError(head)
    arguments = [_value(a, point, real) for a in form.args]
    if head == "add":
        return mpmath.fsum(arguments)
    if head == "mul":
        return mpmath.fprod(arguments)
    if head == "pow":
        return _power(arguments[0], arguments[1], real)
    if real and head in REAL_DOMAIN and not REAL_DOMAIN[head](arguments[0]):
        raise NotDefinedError(head)
    if head not in FUNCTIONS:
        raise NotDefinedError(head)
    if any(abs(a) > LARGEST_OF.get(head, LARGEST) for a in arguments):
        raise NotDefinedError("too large to be worked out")
    if head in ("tan", "cot", "sec", "csc", "coth") and abs(POLES[head](arguments[0])) < AT_A_POLE:
        raise NotDefinedError("pole")
    return FUNCTIONS[head](*arguments)


def _power(base: Value, exponent: Value, real: bool) -> Value:
    if base == 0 and mpmath.re(exponent) <= 0 and exponent != 0:
        raise NotDefinedError("0 to a negative power")
    if real and base < 0 and not mpmath.isint(exponent):
        raise NotDefinedError("negative base")
    if abs(exponent) > LARGEST:
        raise NotDefinedError("too large to be worked out")
    return mpmath.power(base, exponent)


def _derivative(form: Form, point: Mapping[str, Value], real: bool) -> Value:
    body, variable, order = form.args

    def along(t: Value) -> Value:
        return _value(body, {**point, variable.name: t}, real)

    return mpmath.diff(along, point[variable.name], int(order.value))


CONSTANTS = {"pi": lambda: mpmath.pi * 1, "E": lambda: mpmath.e * 1, "I": lambda: mpmath.mpc(0, 1)}
FUNCTIONS = {
    "exp": mpmath.exp, "log": mpmath.log, "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "cot": mpmath.cot,
    "sec": mpmath.sec, "csc": mpmath.csc, "sinh": mpmath.sinh, "cosh": mpmath.cosh, "tanh": mpmath.tanh,
    "coth": mpmath.coth, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan, "asinh": mpmath.asinh,
    "acosh": mpmath.acosh, "atanh": mpmath.atanh, "Abs": abs, "sign": mpmath.sign, "erf": mpmath.erf,
    "Max": max, "Min": min, "floor": mpmath.floor,
}  # fmt: skip
REAL_DOMAIN = {
    "log": lambda t: t > 0,
    "asin": lambda t: abs(t) <= 1,
    "acos": lambda t: abs(t) <= 1,
    "acosh": lambda t: t >= 1,
    "atanh": lambda t: abs(t) < 1,
}
POLES = {"tan": mpmath.cos, "sec": mpmath.cos, "cot": mpmath.sin, "csc": mpmath.sin, "coth": mpmath.sinh}


def random_point(claim: Claim, rng: random.Random, names: frozenset[str]) -> dict[str, Value] | None:
    """A random point of the claim's domain, or None when none was found."""
    for _ in range(40):
        point = {name: _random_value(claim.context.variable(name), rng) for name in sorted(names)}
        if all(_satisfied(c, point, real_mode(claim)) for c in claim.context.constraints):
            return point
    return None


def _random_value(variable: Variable, rng: random.Random) -> Value:
    with mpmath.workdps(DIGITS):
        low = _value(variable.lower.value, {}, True) if variable.lower else None
        high = _value(variable.upper.value, {}, True) if variable.upper else None
        if variable.sort == "integer":
            floor = int(mpmath.ceil(low)) if low is not None else -6
            return mpmath.mpf(rng.randint(floor, floor + 9))
        step = mpmath.mpf(rng.randint(1, 9999)) / 10000
        if low is not None and high is not None:
            return low + (high - low) * step
        reach = rng.choice((1, 3, 10))
        if low is not None:
            return low + reach * step
        if high is not None:
            return high - reach * step
        real = reach * (2 * step - 1)
        return mpmath.mpc(real, rng.randint(-2000, 2000) / mpmath.mpf(1000)) if variable.sort == "complex" else real


def _satisfied(constraint: Form, point: Mapping[str, Value], real: bool) -> bool:
    try:
        left, right = (value(side, point, real) for side in constraint.args)
    except NotDefinedError:
        return False
    return bool(
        {"ne": left != right, "eq": left == right}[constraint.head]
        if constraint.head in ("ne", "eq")
        else {"lt": left < right, "le": left <= right}[constraint.head]
    )


def differ(claim: Claim, point: Mapping[str, Value]) -> bool | None:
    """Whether the claim fails at a point: True, False, or None where the judge cannot tell.

    The difference of the sides is worked out twice: it is the same number, or as small as the rounding allows each
    time, or nothing is said: near misses count.
    """
    real = real_mode(claim)
    try:
        (coarse, _), (fine, scale) = (_difference(claim, digits, point, real) for digits in (DIGITS, MORE_DIGITS))
    except NotDefinedError:
        return None
    if real and mpmath.im(fine):
        return None
    if abs(fine) > NEAREST * (1 + scale) and abs(coarse - fine) <= abs(fine) / 1000:
        return claim.kind not in ("le", "lt") or bool(mpmath.re(fine) > 0)
    zero = all(abs(d) <= scale * mpmath.mpf(10) ** (60 - n) for d, n in ((coarse, DIGITS), (fine, MORE_DIGITS)))
    return False if zero and claim.kind != "lt" else None


def _difference(claim: Claim, digits: int, point: Mapping[str, Value], real: bool) -> tuple[Value, Value]:
    """The left side less the right one, and how large they are."""
    left, right = (_value_to(digits, side, point, real) for side in (claim.left, claim.right))
    with mpmath.workdps(digits):
        if real and (mpmath.im(left) or mpmath.im(right)):
            raise NotDefinedError("not real")
        return left - right, abs(left) + abs(right)


def judge(claim: Claim, names: frozenset[str], rng: random.Random, points: int = POINTS) -> str:
    """`false` with certainty of sampling, `agrees` where no sample differs, `unknown` where none could be taken."""
    seen = 0
    for _ in range(points):
        point = random_point(claim, rng, names)
        if point is None:
            break
        outcome = differ(claim, point)
        if outcome:
            return "false"
        seen += outcome is False
    return "agrees" if seen else "unknown"
