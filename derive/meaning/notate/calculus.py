"""Derivatives, integrals, sums, products, limits and evaluation at a point, as one writes them."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.form import INFINITIES, ONE, Form, free_variables
from derive.meaning.notate.brackets import base_of, bracketed
from derive.notation import tree
from derive.notation.tree import (
    BigOperator,
    Call,
    Derivative,
    Differential,
    Evaluated,
    Fraction,
    Integral,
    Link,
    Node,
    Power,
    Relation,
    Sum,
    Symbol,
)

__all__ = ["big_operator", "derivative", "evaluated", "integral", "limit"]

Write = Callable[[Form], Node]

_COMMANDS = {"sum": "\\sum", "prod": "\\prod"}
_ATOMIC = (Symbol, tree.Subscript, tree.Accented, tree.Styled, tree.Word)


def derivative(form: Form, write: Write) -> Node:
    body, variable, order = form.args
    sign = "d" if free_variables(body) <= {variable.name} or body.head == "var" else "\\partial"
    exponent = None if order == ONE else write(order)
    differential = Differential(write(variable), sign, exponent)
    written = write(body)
    if isinstance(written, _ATOMIC):
        return Derivative(written, (differential,), sign, exponent, "quotient")
    if not isinstance(written, Call | Fraction | Power | tree.Group | tree.Root | Derivative):
        written = bracketed(written)
    return Derivative(written, (differential,), sign, exponent)


def integral(form: Form, write: Write) -> Node:
    body, variable, *limits = form.args
    lower, upper = (write(limits[0]), write(limits[1])) if limits else (None, None)
    written = write(body)
    if isinstance(written, Sum):
        written = bracketed(written)
    return Integral(written, Differential(write(variable)), lower, upper)


def big_operator(form: Form, write: Write) -> Node:
    body, variable, lower, upper = form.args
    start = Relation(write(variable), (Link("=", write(lower)),))
    return BigOperator(_COMMANDS[form.head], start, write(upper), _summand(body, write))


def _summand(body: Form, write: Write) -> Node:
    written = write(body)
    return bracketed(written) if isinstance(written, Sum) else written


def limit(form: Form, write: Write) -> Node:
    body, variable, point, side = form.args
    target = write(point)
    if point not in INFINITIES and side.name in ("+", "-"):
        target = Power(base_of(target), Symbol(side.name))
    return BigOperator("\\lim", Relation(write(variable), (Link("\\to", target),)), None, _summand(body, write))


def evaluated(form: Form, write: Write) -> Node:
    body, variable, value = form.args
    place = Relation(write(variable), (Link("=", write(value)),))
    return Evaluated(bracketed(write(body)) if body.head == "add" else write(body), place)
