"""Forms that are built like polynomials, and which of them take integer values at integers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod

from derive.meaning.form import Form, free_variables, num, subforms, substitute, var

__all__ = ["integer_valued", "polynomial_like"]

MOST_GRID_POINTS = 64


def integer_valued(form: Form, integer: Callable[[Form], bool]) -> bool:
    """A rational polynomial in integer variables, like n (n + 1)/2, that is an integer wherever they are.

    It is one of degree at most d_i in the i-th variable, and an integer on a grid of d_i + 1 successive values of
    each, so its coefficients over the binomials of the variables are integers.
    """
    if not polynomial_like(form):
        return False
    names = sorted(free_variables(form))
    if not names or not all(integer(var(name)) for name in names):
        return False
    degrees = [degree_bound(form, name) for name in names]
    if prod(degree + 1 for degree in degrees) > MOST_GRID_POINTS:
        return False
    for at in product(*(range(degree + 1) for degree in degrees)):
        found = substitute(form, dict(zip(names, map(num, at), strict=True)))
        if found.head != "num" or found.value.denominator != 1:
            return False
    return True


def degree_bound(form: Form, name: str) -> int:
    """At least the degree in the variable of a form that is built like a polynomial; large for negative powers."""
    head = form.head
    if head == "var":
        return int(form.name == name)
    if head == "add":
        return max(degree_bound(part, name) for part in form.args)
    if head == "mul":
        return sum(degree_bound(part, name) for part in form.args)
    if head == "pow":
        n = int(form.args[1].value)
        return n * degree_bound(form.args[0], name) if n >= 0 else MOST_GRID_POINTS * int(bool(free_variables(form)))
    return 0


def polynomial_like(form: Form) -> bool:
    """Whether the form is built from numbers and variables by sums, products and integer powers."""
    return all(
        part.head in ("num", "var", "add", "mul")
        or (part.head == "pow" and part.args[1].head == "num" and part.args[1].value.denominator == 1)
        for part in subforms(form)
    )
