"""Limits of difference quotients by their definition: R(h)/h^n at 0 is a derivative of R where R vanishes there."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

from derive.meaning.form import ONE, ZERO, Form, free_variables, mul, num, power, substitute
from derive.verify.definite.value import Value
from derive.verify.differentiate import NotDifferentiable, derivative

__all__ = ["difference_quotient"]

HIGHEST = 3
_ENTIRE = frozenset({"var", "num", "add", "mul", "sin", "cos", "exp", "sinh", "cosh"})
_CONSTANTS = frozenset({"pi", "E"})


def difference_quotient(body: Form, name: str, vanishes: Callable[[Form], bool]) -> Value | None:
    """The limit at 0 of R(h)/h^n, where R and its first n - 1 derivatives vanish at 0; None where it is no such.

    R is made of functions that are analytic at 0 under the conditions of the value: then R(h) = R^(n)(0) h^n / n!
    plus higher powers of h, and the limit is R^(n)(0) / n!.  Where n is 0, R is continuous.
    """
    factors = [part for factor in (body.parts if body.head == "mul" else (body,)) for part in _apart(factor)]
    poles = [factor for factor in factors if _pole(factor, name)]
    order = sum(_pole(factor, name) for factor in poles)
    rest = mul(ONE, *(factor for factor in factors if not _pole(factor, name)))
    conditions: list[Form] = []
    if order > HIGHEST or not _is_analytic(rest, name, conditions):
        return None
    at_zero = {name: ZERO}
    for _ in range(order):
        if not vanishes(substitute(rest, at_zero)):
            return None
        try:
            rest = derivative(rest, name)
        except NotDifferentiable:
            return None
    value = mul(num(1, factorial(order)), substitute(rest, at_zero))
    return Value(value, tuple(dict.fromkeys(conditions)))


def _apart(form: Form) -> list[Form]:
    """A divisor's factors, each a divisor by itself: `(2 h^2)^-1` as `2^-1` and `h^-2`."""
    if form.head != "pow" or form.args[1].head != "num" or form.args[1].value != -1:
        return [form]
    base = form.args[0]
    if base.head == "mul":
        return [part for factor in base.parts for part in _apart(power(factor, form.args[1]))]
    nested = base.head == "pow" and base.args[1].head == "num" and base.args[1].value.denominator == 1
    return [power(base.args[0], num(-base.args[1].value))] if nested and base.args[1].value > 0 else [form]


def _pole(form: Form, name: str) -> int:
    """n for a factor h^-n, 0 for any other."""
    if form.head != "pow" or form.args[0].head != "var" or form.args[0].name != name:
        return 0
    exponent = form.args[1]
    whole = exponent.head == "num" and exponent.value.denominator == 1 and exponent.value < 0
    return -int(exponent.value) if whole else 0


def _is_analytic(form: Form, name: str, conditions: list[Form]) -> bool:
    """Whether a form is defined and analytic in the variable at 0, under conditions on its other letters."""
    if form.head == "const":
        return form.name in _CONSTANTS
    if form.head == "pow":
        base, exponent = form.parts
        if name in free_variables(exponent) or not _is_analytic(base, name, conditions):
            return False
        there = substitute(base, {name: ZERO})
        if exponent.head == "num" and exponent.value.denominator == 1:
            conditions += [] if exponent.value >= 0 else [Form("ne", (there, ZERO))]
        else:
            conditions.append(Form("lt" if name in free_variables(base) else "le", (ZERO, there)))
        return True
    if form.head == "log":
        conditions.append(Form("lt", (ZERO, substitute(form.args[0], {name: ZERO}))))
    elif form.head not in _ENTIRE:
        return False
    return all(_is_analytic(part, name, conditions) for part in form.parts)
