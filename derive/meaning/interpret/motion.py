"""Derivatives by time on a page of mechanics: dots as marks of names, total derivatives as operators of their own."""

from __future__ import annotations

from derive.meaning.form import Form, num, opaque, var
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import name_of
from derive.notation.tree import Derivative

__all__ = ["MOTION", "PARTIAL", "TIME", "dots_of", "dotted", "moving_derivative"]

MOTION = "motion"
"""The operator that stands for a total derivative by time, of something and so many times."""
PARTIAL = "partial"
"""The operator that stands for a partial derivative of something by a letter or an entry."""
TIME = "t"
_MARKS = {"dot": 1, "ddot": 2, "dddot": 3, "ddddot": 4}


def dots_of(name: str) -> tuple[str, int]:
    """A name without the dots on it, and how many there were: `\\dot{x}_1` is the derivative of `x_1`."""
    letter, *marks = name.split("_")
    return "_".join((letter, *(mark for mark in marks if mark not in _MARKS))), sum(_MARKS.get(m, 0) for m in marks)


def dotted(name: str, dots: int) -> str:
    """The name with so many dots on it, behind its index."""
    return name if not dots else f"{name}_{'d' * dots}ot"


def moving_derivative(node: Derivative, reading: Reading) -> Form:
    """A total derivative by t as `motion`, a partial one as a derivative by a letter that is independent of all others.

    Raises MeaningError for a total derivative by anything else.
    """
    names = [name_of(each.variable) for each in node.variables]
    if node.body is None or not names or None in names:
        raise problem("a derivative is taken by a variable", node)
    orders = [num(1) if each.order is None else reading.form(each.order) for each in node.variables]
    upper = num(1) if node.order is None else reading.form(node.order)
    if any(order.head != "num" for order in (*orders, upper)) or sum(order.value for order in orders) != upper.value:
        raise problem("the orders above and below in the derivative differ", node)
    body = reading.form(node.body)
    if node.sign != "\\partial":
        if names != [TIME]:
            raise problem("a total derivative by something else than time", node)
        return opaque(MOTION, body, upper)
    if len(names) == 1 and node.order is None:
        by = reading.form(node.variables[0].variable)
        if by.head in ("var", "index"):
            return opaque(PARTIAL, body, by)
    for name, order in zip(reversed(names), reversed(orders), strict=True):
        body = Form("diff", (body, var(str(name)), order))
    return body
