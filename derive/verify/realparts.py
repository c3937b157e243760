"""Terms over complex variables that have real values, written over the real and imaginary parts of the variables."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import (
    HALF,
    ONE,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
    var,
)
from derive.model.context import Context, Variable

__all__ = ["NotReal", "over_real_parts", "parts_of"]

Parts = tuple[Form, Form]
LARGEST_POWER = 6
REAL_FUNCTIONS = frozenset({"sin", "cos", "sinh", "cosh", "exp", "atan", "tanh", "asinh", "erf", "Max", "Min", "Abs"})


class NotReal(Exception):
    """The term has no such form here."""


def over_real_parts(term: Form, context: Context) -> tuple[Form, Context]:
    """The term and the context with z written as z_re + i z_im for every complex variable z.

    The new term has the same value at every point where the old one is defined; constraints that mention complex
    variables are left out, which allows more points.  Raises NotReal.
    """
    names = [v.name for v in context.variables if v.sort == "complex"]
    real, imaginary = parts_of(term, frozenset(names))
    if imaginary != ZERO:
        raise NotReal
    others = tuple(v for v in context.variables if v.sort != "complex")
    new = tuple(Variable(f"{name}_{part}") for name in names for part in ("re", "im"))
    kept = tuple(c for c in context.constraints if not free_variables(c) & set(names))
    return real, replace(context, variables=(*others, *new), constraints=kept)


def parts_of(form: Form, names: frozenset[str]) -> Parts:
    head, args = form.head, form.args
    if not free_variables(form) & names and (head in ("num", "var", "pow") or head in REAL_FUNCTIONS):
        return _plain(form, names)
    if head == "const":
        if form.name in ("oo", "-oo", "zoo"):
            raise NotReal
        return (ZERO, ONE) if form.name == "I" else (form, ZERO)
    if head == "var":
        return var(f"{form.name}_re"), var(f"{form.name}_im")
    if head == "add":
        parts = [parts_of(a, names) for a in args]
        return add(*(p[0] for p in parts)), add(*(p[1] for p in parts))
    if head == "mul":
        product = (ONE, ZERO)
        for factor in args:
            product = _times(product, parts_of(factor, names))
        return product
    if head == "pow":
        return _power(parts_of(args[0], names), args[1])
    if head in ("re", "im", "conjugate", "Abs"):
        a, b = parts_of(args[0], names)
        if head == "Abs":
            return (fn("Abs", a) if b == ZERO else power(add(power(a, TWO), power(b, TWO)), HALF)), ZERO
        return {"re": (a, ZERO), "im": (b, ZERO), "conjugate": (a, _minus(b))}[head]
    if head in ("exp", "sin", "cos") and len(args) == 1:
        return _wave(head, *parts_of(args[0], names))
    if head in REAL_FUNCTIONS:
        return fn(head, *(_real(a, names) for a in args)), ZERO
    raise NotReal


def _plain(form: Form, names: frozenset[str]) -> Parts:
    """A term without complex variables, if it is surely real."""
    if form.head in ("num", "var"):
        return form, ZERO
    if form.head == "pow":
        return _power(parts_of(form.args[0], names), form.args[1])
    return fn(form.head, *(_real(a, names) for a in form.args)), ZERO


def _real(form: Form, names: frozenset[str]) -> Form:
    a, b = parts_of(form, names)
    if b != ZERO:
        raise NotReal
    return a


def _minus(form: Form) -> Form:
    return ZERO if form == ZERO else neg(form)


def _product(a: Form, b: Form) -> Form:
    return ZERO if ZERO in (a, b) else mul(a, b)


def _times(a: Parts, b: Parts) -> Parts:
    real = sub(_product(a[0], b[0]), _product(a[1], b[1])) if ZERO not in (a[1], b[1]) else _product(a[0], b[0])
    return real, add(_product(a[0], b[1]), _product(a[1], b[0]))


def _power(base: Parts, exponent: Form) -> Parts:
    if exponent.head != "num" or exponent.value.denominator != 1 or abs(exponent.value) > LARGEST_POWER:
        raise NotReal
    n = int(exponent.value)
    if base[1] == ZERO:
        return power(base[0], num(n)), ZERO
    result: Parts = (ONE, ZERO)
    for _ in range(abs(n)):
        result = _times(result, base)
    if n >= 0:
        return result
    size = add(power(result[0], TWO), power(result[1], TWO))
    return quotient(result[0], size), neg(quotient(result[1], size))


def _wave(head: str, a: Form, b: Form) -> Parts:
    """exp, sin and cos of a + b i."""
    if b == ZERO:
        return fn(head, a), ZERO
    if head == "exp":
        return mul(fn("exp", a), fn("cos", b)), mul(fn("exp", a), fn("sin", b))
    if head == "sin":
        return mul(fn("sin", a), fn("cosh", b)), mul(fn("cos", a), fn("sinh", b))
    return mul(fn("cos", a), fn("cosh", b)), neg(mul(fn("sin", a), fn("sinh", b)))
