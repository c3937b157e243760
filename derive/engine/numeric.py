"""Floating-point values of terms, for choosing what to try and which candidates to drop; never for proving."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from derive.meaning.form import Form, substitute
from derive.meaning.interpret import MeaningError, form_of
from derive.notation.tree import Node

__all__ = ["holds_at", "value_at"]

CLOSE = 1e-7
LARGEST = 10**300
Reals = Callable[..., float]

CONSTANT_VALUES = {"pi": math.pi, "E": math.e}
FUNCTIONS: Mapping[str, Reals] = {
    "exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "cot": lambda x: 1 / math.tan(x), "sec": lambda x: 1 / math.cos(x), "csc": lambda x: 1 / math.sin(x),
    "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh,
    "tanh": math.tanh, "asinh": math.asinh, "acosh": math.acosh, "atanh": math.atanh, "Abs": abs,
}  # fmt: skip
RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    "eq": lambda a, b: abs(a - b) <= CLOSE * max(1.0, abs(a), abs(b)),
    "ne": lambda a, b: abs(a - b) > CLOSE * max(1.0, abs(a), abs(b)),
    "lt": operator.lt,
    "le": lambda a, b: a <= b + CLOSE,
}


class _Undefined(Exception):
    """A value that does not exist among the reals."""


class _Unknown(Exception):
    """A value that cannot be worked out here."""


def value_at(node: Node, values: Mapping[str, float] | None = None) -> float | None:
    """The value of a term, None where it is undefined, has letters without value, or is not understood."""
    try:
        return _value(form_of(node), values or {})
    except (MeaningError, _Undefined, _Unknown):
        return None


def holds_at(statement: Node, unknown: Node, value: Node) -> bool | None:
    """Whether an equation or inequality holds with the value for the unknown; undefined is False, undecided None."""
    try:
        whole, at = form_of(statement), form_of(value)
        name = form_of(unknown)
        put_in = substitute(whole, {name.name: at})
    except (MeaningError, AttributeError):
        return None
    try:
        return _truth(put_in)
    except _Undefined:
        return False
    except _Unknown:
        return None


def _truth(form: Form) -> bool:
    if form.head == "and":
        return all(_truth(part) for part in form.parts)
    if form.head == "or":
        return any(_truth(part) for part in form.parts)
    if form.head not in RELATIONS:
        raise _Unknown
    left, right = (_value(part, {}) for part in form.parts)
    return RELATIONS[form.head](left, right)


def _value(form: Form, values: Mapping[str, float]) -> float:
    if form.head == "num":
        if abs(form.value) > LARGEST:
            raise _Unknown
        return float(form.value)
    if form.head == "const" and form.name in CONSTANT_VALUES:
        return CONSTANT_VALUES[form.name]
    if form.head == "var" and form.name in values:
        return values[form.name]
    if form.head not in ("add", "mul", "pow") and form.head not in FUNCTIONS:
        raise _Unknown
    parts = [_value(part, values) for part in form.parts]
    try:
        if form.head == "add":
            return math.fsum(parts)
        if form.head == "mul":
            return math.prod(parts)
        if form.head == "pow":
            return _power(parts[0], parts[1], form.parts[1])
        return FUNCTIONS[form.head](*parts)
    except (ValueError, ZeroDivisionError) as error:
        raise _Undefined from error
    except OverflowError as error:
        raise _Unknown from error


def _power(base: float, exponent: float, written: Form) -> float:
    """The real power; an odd root of a negative number is real."""
    if base < 0 and written.head == "num" and written.value.denominator % 2 == 1 and written.value.denominator > 1:
        sign = -1 if written.value.numerator % 2 else 1
        return float(sign * (-base) ** exponent)
    if abs(base) < 1e-12 and exponent < 0:
        raise ZeroDivisionError
    result = base**exponent
    if isinstance(result, complex):
        raise _Undefined
    return float(result)
