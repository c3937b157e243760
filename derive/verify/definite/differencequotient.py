"""Limits of difference quotients by their definition: R(h)/h^n at 0 is a derivative of R where R vanishes there."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    power,
    rebuild,
    substitute,
)
from derive.verify.definite.value import Value
from derive.verify.differentiate import NotDifferentiable, derivative

__all__ = ["difference_quotient", "limit_at"]

HIGHEST = 3
_ENTIRE = frozenset(
    {"var", "num", "add", "mul", "sin", "cos", "exp", "sinh", "cosh", "tanh", "atan", "asinh", "erf", "erfc", "Si"}
)
"""Functions that are analytic all along the real line."""
_CONSTANTS = frozenset({"pi", "E"})


def limit_at(body: Form, name: str, point: Form, vanishes: Callable[[Form], bool]) -> Value | None:
    """The limit where the variable goes to a point, or to infinity by h = 1/x: of both sides there, so of each.

    A power u**v with the variable in v tends to exp(c) where v log(u) tends to c.
    """
    away = Form("var", (name,))
    if point.head == "const" and point.name in ("oo", "-oo"):
        moved = _turned_over(substitute(body, {name: power(away, MINUS_ONE)}))
    else:
        moved = substitute(body, {name: add(point, away)})
    if moved.head == "pow" and name in free_variables(moved.args[1]):
        exponent = difference_quotient(mul(moved.args[1], fn("log", moved.args[0])), name, vanishes)
        return None if exponent is None else Value(fn("exp", exponent.form), exponent.conditions)
    return difference_quotient(moved, name, vanishes)


def _turned_over(form: Form) -> Form:
    """The form with (1/h)**k written h**-k."""
    if not form.parts:
        return form
    args = [_turned_over(a) if isinstance(a, Form) else a for a in form.args]
    if form.head == "pow" and args[0].head == "pow" and args[0].args[1] == MINUS_ONE and args[1].head == "num":
        whole = args[1].value.denominator == 1
        return power(args[0].args[0], num(-args[1].value)) if whole else rebuild(form.head, args)
    return rebuild(form.head, args)


def difference_quotient(body: Form, name: str, vanishes: Callable[[Form], bool]) -> Value | None:
    """The limit at 0 of R(h)/h^n, where R and its first n - 1 derivatives vanish at 0; None where it is no such.

    Or of R/S, where R, S and as many of their derivatives vanish at 0, by l'Hôpital's rule.

    R is made of functions that are analytic at 0 under the conditions of the value: then R(h) = R^(n)(0) h^n / n!
    plus higher powers of h, and the limit is R^(n)(0) / n!.  Where n is 0, R is continuous.
    """
    factors = [part for factor in (body.parts if body.head == "mul" else (body,)) for part in _apart(factor)]
    poles = [factor for factor in factors if _pole(factor, name)]
    order = sum(_pole(factor, name) for factor in poles)
    rest = mul(ONE, *(factor for factor in factors if not _pole(factor, name)))
    conditions: list[Form] = []
    at_zero = {name: ZERO}
    if not order:
        quotient = _quotient(factors, name, vanishes)
        if quotient is not None:
            return quotient
    if order > HIGHEST or not _is_analytic(rest, name, conditions):
        return None
    for _ in range(order):
        if not vanishes(substitute(rest, at_zero)):
            return None
        try:
            rest = derivative(rest, name)
        except NotDifferentiable:
            return None
    value = mul(num(1, factorial(order)), substitute(rest, at_zero))
    return Value(value, tuple(dict.fromkeys(conditions)))


def _quotient(factors: list[Form], name: str, vanishes: Callable[[Form], bool]) -> Value | None:
    """The limit at 0 of R/S with one divisor S that vanishes there, in the order of its zero."""
    at_zero = {name: ZERO}
    below = [
        f for f in factors
        if f.head == "pow" and f.args[1] == MINUS_ONE and name in free_variables(f.args[0])
        and _is_analytic(f.args[0], name, []) and vanishes(substitute(f.args[0], at_zero))
    ]  # fmt: skip
    if len(below) != 1:
        return None
    bottom, top = below[0].args[0], mul(ONE, *(f for f in factors if f is not below[0]))
    conditions: list[Form] = []
    if not (_is_analytic(bottom, name, conditions) and _is_analytic(top, name, conditions)):
        return None
    for _ in range(HIGHEST):
        if not vanishes(substitute(top, at_zero)):
            return None
        try:
            top, bottom = derivative(top, name), derivative(bottom, name)
        except NotDifferentiable:
            return None
        slope = substitute(bottom, at_zero)
        if not vanishes(slope):
            value = mul(substitute(top, at_zero), power(slope, MINUS_ONE))
            return Value(value, tuple(dict.fromkeys((*conditions, Form("ne", (slope, ZERO))))))
    return None


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
        if name in free_variables(exponent):
            conditions.append(Form("lt", (ZERO, substitute(base, {name: ZERO}))))
            return all(_is_analytic(part, name, conditions) for part in (base, exponent))
        if not _is_analytic(base, name, conditions):
            return False
        there = substitute(base, {name: ZERO})
        if exponent.head == "num" and exponent.value.denominator == 1:
            conditions += [] if exponent.value >= 0 else [Form("ne", (there, ZERO))]
        else:
            conditions.append(Form("lt" if name in free_variables(base) else "le", (ZERO, there)))
        return True
    if form.head in ("tan", "sec"):
        conditions.append(Form("ne", (fn("cos", substitute(form.args[0], {name: ZERO})), ZERO)))
    elif form.head == "log":
        conditions.append(Form("lt", (ZERO, substitute(form.args[0], {name: ZERO}))))
    elif form.head not in _ENTIRE:
        return False
    return all(_is_analytic(part, name, conditions) for part in form.parts)
