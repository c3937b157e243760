"""The interval in which one variable runs: constraints on it folded into its range, and ways to cut it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.meaning.form import Form, free_variables, sub
from derive.model.context import Bound, Context, Variable
from derive.verify.endpoints import constant_sign

__all__ = ["between", "folded", "pieces"]


def folded(context: Context) -> Context:
    """The context with constraints `x < c`, `c <= x`, c closed, taken into the range of x."""
    kept = []
    for constraint in context.constraints:
        new = _tightened(context, constraint) if constraint.head in ("lt", "le") else None
        if new is None:
            kept.append(constraint)
        else:
            context = context.with_variable(new)
    return replace(context, constraints=tuple(kept))


def _tightened(context: Context, constraint: Form) -> Variable | None:
    left, right = constraint.args
    for variable, value, side in ((left, right, 1), (right, left, -1)):
        if variable.head != "var" or free_variables(value):
            continue
        known = context.variable(variable.name)
        if known.sort == "complex":
            return None
        old = known.upper if side > 0 else known.lower
        new = Bound(value, constraint.head == "lt")
        if old is not None:
            order = constant_sign(sub(value, old.value))
            if order is None:
                return None
            if order * side > 0:
                new = old
            elif order == 0:
                new = Bound(value, new.strict or old.strict)
        return replace(known, upper=new) if side > 0 else replace(known, lower=new)
    return None


def between(context: Context, name: str, lower: Bound | None, upper: Bound | None) -> Context:
    """The context in which the variable, taken to be real, runs between those bounds."""
    return context.with_variable(Variable(name, "real", lower, upper))


def pieces(context: Context, name: str) -> Iterator[Context]:
    """The context cut at the points that a constraint `x != c` leaves out of the variable's range."""
    cuts = [
        value
        for c in context.constraints
        if c.head == "ne"
        for variable, value in (c.args, c.args[::-1])
        if variable == Form("var", (name,)) and not free_variables(value)
    ]
    known = context.variable(name)
    if len(cuts) != 1:
        yield context
        return
    (cut,) = cuts
    for low, high in ((known.lower, Bound(cut, True)), (Bound(cut, True), known.upper)):
        if low is not None and high is not None and constant_sign(sub(high.value, low.value)) != 1:
            continue
        yield between(context, name, low, high)
