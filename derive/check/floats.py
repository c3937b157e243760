"""Forms as functions of a point in complex floating point: quick, never exact, for guesses only."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from derive.meaning.form import BINDERS, Form, num

__all__ = ["Value", "value_of"]

Value: TypeAlias = Callable[[Mapping[str, complex]], complex]

_FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "exp": cmath.exp, "log": cmath.log, "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "sinh": cmath.sinh,
    "cosh": cmath.cosh, "tanh": cmath.tanh, "atan": cmath.atan, "asin": cmath.asin, "acos": cmath.acos,
    "asinh": cmath.asinh, "acosh": cmath.acosh, "atanh": cmath.atanh, "re": lambda z: complex(z.real),
    "im": lambda z: complex(z.imag), "conjugate": lambda z: z.conjugate(), "Abs": lambda z: complex(abs(z)),
    "cot": lambda z: 1 / cmath.tan(z), "sec": lambda z: 1 / cmath.cos(z), "csc": lambda z: 1 / cmath.sin(z),
    "coth": lambda z: 1 / cmath.tanh(z), "sech": lambda z: 1 / cmath.cosh(z), "csch": lambda z: 1 / cmath.sinh(z),
}  # fmt: skip
_CONSTANTS = {
    "pi": complex(cmath.pi), "E": complex(cmath.e), "I": 1j, "EulerGamma": 0.5772156649015329 + 0j,
    "Catalan": 0.915965594177219 + 0j, "GoldenRatio": (1 + 5**0.5) / 2 + 0j,
}  # fmt: skip
_NODES = (
    (0.1252334085114689, 0.2491470458134028), (0.3678314989981802, 0.2334925365383548),
    (0.5873179542866175, 0.2031674267230659), (0.7699026741943047, 0.1600783285433462),
    (0.9041172563704749, 0.1069393259953184), (0.9815606342467192, 0.0471753363865118),
)  # fmt: skip
"""Nodes and weights of the rule of Gauss and Legendre with twelve points on [-1, 1], half of them (DLMF 3.5.20)."""

MOST_TERMS = 60
"""Terms of a sum or product that is worked out."""

_BLIND = frozenset({"eq", "ne", "lt", "le", "and", "or", "not", "implies", "iff", "cases", "matrix", "tuple", "set"})
"""What has no number for its value."""


@lru_cache(maxsize=1024)
def value_of(form: Form) -> Value | None:
    """The form as a function of the values of its letters; None where it has no number for its value.

    Functions that are not known here stand for some smooth function of their arguments, the same everywhere.
    """
    try:
        return _value(form)
    except (_NoNumber, RecursionError, OverflowError):
        return None


class _NoNumber(Exception):
    """The form has no number for its value."""


def _value(form: Form) -> Value:
    head = form.head
    if head == "num":
        number = complex(float(form.value))
        return lambda at: number
    if head == "var":
        name = form.name
        return lambda at: at[name]
    if head == "const" and form.name in _CONSTANTS:
        known = _CONSTANTS[form.name]
        return lambda at: known
    if head in _BLIND:
        raise _NoNumber
    if head == "pow":
        return _power(*form.parts)
    if head in BINDERS and len(form.args) > 2:
        return _bound(form)
    parts = [_value(part) for part in form.parts]
    if head == "add":
        return _sum(parts)
    if head == "mul":
        return _product(parts)
    function = _FUNCTIONS.get(head)
    if function is not None and len(parts) == 1:
        (inner,) = parts
        return lambda at: function(inner(at))
    return _some_function(repr((head, *(arg for arg in form.args if not isinstance(arg, Form)))), parts)


def _sum(parts: list[Value]) -> Value:
    if len(parts) == 2:
        first, second = parts
        return lambda at: first(at) + second(at)

    def value(at: Mapping[str, complex]) -> complex:
        total = 0j
        for part in parts:
            total += part(at)
        return total

    return value


def _product(parts: list[Value]) -> Value:
    if len(parts) == 2:
        first, second = parts
        return lambda at: first(at) * second(at)

    def value(at: Mapping[str, complex]) -> complex:
        result = 1 + 0j
        for part in parts:
            result *= part(at)
        return result

    return value


def _power(base: Form, exponent: Form) -> Value:
    b = _value(base)
    if exponent.head == "num" and exponent.value.denominator == 1 and abs(exponent.value) < 100:
        n = int(exponent.value)
        return lambda at: b(at) ** n
    e = _value(exponent)
    return lambda at: b(at) ** e(at)


def _some_function(name: str, parts: list[Value]) -> Value:
    """A smooth function that only its name decides."""
    seed = sum(ord(letter) * (place + 3) for place, letter in enumerate(name)) % 1009 / 1009

    def value(at: Mapping[str, complex]) -> complex:
        total = complex(seed)
        for place, part in enumerate(parts, 1):
            total += part(at) * (0.3 + seed / (place + 1))
        return cmath.sin(total)

    return value


def _bound(form: Form) -> Value:
    """Integrals by a rule of twelve points, sums and products of few terms, values of a body at a point."""
    head, name = form.head, form.args[1].name
    body = _value(form.args[0])
    ends = [_value(end) for end in form.args[2:]]

    def within(at: Mapping[str, complex], z: complex) -> complex:
        return body({**at, name: z})

    if head == "subs":
        return lambda at: within(at, ends[0](at))
    if head == "int":
        return _integral(within, ends[0], ends[1])
    low, high = form.args[2:4]
    if head != "limit" and low.head == high.head == "num" and low.value.denominator == high.value.denominator == 1:
        if not 0 <= high.value - low.value <= MOST_TERMS:
            raise _NoNumber
        terms: list[Value] = [_at(within, num(k)) for k in range(int(low.value), int(high.value) + 1)]
        return _sum(terms) if head == "sum" else _product(terms)
    return _some_function(head, [_at(within, num(1, 3)), *ends])


def _at(within: Callable[[Mapping[str, complex], complex], complex], number: Form) -> Value:
    z = complex(float(number.value))
    return lambda at: within(at, z)


def _integral(within: Callable[[Mapping[str, complex], complex], complex], low: Value, high: Value) -> Value:
    def value(at: Mapping[str, complex]) -> complex:
        a, b = low(at), high(at)
        middle, half = (a + b) / 2, (b - a) / 2
        total = 0j
        for node, weight in _NODES:
            total += weight * (within(at, middle + half * node) + within(at, middle - half * node))
        return half * total

    return value
