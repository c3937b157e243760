"""Equations with one solution: a strictly monotone residual and a value at which it is 0."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import Form, free_variables, mul, num, sub, substitute
from derive.model.context import Context
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.regular import entails, smooth, unmet
from derive.verify.signs import Signs

__all__ = ["convex_in", "only_root"]


def only_root(equation: Form, goal: Form, signs: Signs) -> bool:
    """Whether `goal`, `variable = value`, is the only solution that `equation` can have.

    The residual is smooth and its derivative by the variable has one sign on the whole domain, which is an interval
    in that variable; so it has one root at most.  The value lies in the interval, and the residual vanishes there.
    """
    if goal.head != "eq":
        return False
    for variable, value in (goal.args, goal.args[::-1]):
        if variable.head != "var" or variable.name in free_variables(value):
            continue
        residual = sub(*equation.args)
        others = Signs(_without_equations(signs.context), signs.deadline)
        if not convex_in(others, variable.name) or not _inside(others, variable.name, value):
            continue
        try:
            slope = derivative(residual, variable.name)
        except NotDifferentiable:
            continue
        if not (others.positive(slope) or others.negative(slope)) or not smooth(residual, others):
            continue
        at = substitute(residual, {variable.name: value})
        if not unmet(at, others) and others.vanishes(at):
            return True
    return False


def convex_in(signs: Signs, name: str) -> bool:
    """Whether, the other variables fixed, the values that the context allows for this one form an interval."""
    for constraint in signs.context.constraints:
        if name not in free_variables(constraint):
            continue
        if constraint.head not in ("lt", "le"):
            return False
        try:
            bend = derivative(derivative(sub(*constraint.args), name), name)
        except NotDifferentiable:
            return False
        if not signs.vanishes(bend):
            return False
    return True


def _inside(signs: Signs, name: str, value: Form) -> bool:
    variable = signs.context.variable(name)
    if variable.sort != "real":
        return False
    for bound, sign in ((variable.lower, 1), (variable.upper, -1)):
        if bound is None:
            continue
        gap = mul(num(sign), sub(value, bound.value))
        if not (signs.positive(gap) if bound.strict else signs.nonnegative(gap)):
            return False
    return all(
        signs.positive(gap) if c.head == "lt" else signs.nonnegative(gap)
        for c in signs.context.constraints
        if name in free_variables(c)
        for gap in (substitute(sub(c.args[1], c.args[0]), {name: value}),)
    )


def _without_equations(context: Context) -> Context:
    """The context without its equations and without inequations that the rest of it implies."""
    kept = tuple(c for c in context.constraints if c.head != "eq")
    plain = replace(context, constraints=tuple(c for c in kept if c.head != "ne"))
    needed = tuple(c for c in kept if c.head != "ne" or not entails(Signs(plain), c))
    return replace(context, constraints=needed)
