"""Differential equations in letters: `dy/dx = k y` as an equation between y, x and a letter for each derivative."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    ZERO,
    Form,
    add,
    free_variables,
    mul,
    num,
    rebuild,
    sub,
    subforms,
    substitute,
    var,
)

__all__ = ["Law", "bare_derivatives", "in_letters", "laws_of", "raised", "solved_for", "total_derivative"]

_MARK = "__"
_HIGHEST = 6
_OPERATIONS = frozenset({"diff", "call", "sum", "prod", "limit", "subs", "opaque", "index", "matrix"})


@dataclass(frozen=True, slots=True)
class Law:
    """An equation for the unknown functions of one variable, in letters: `y__1` stands for the first derivative of y.

    `orders` are the highest derivatives that occur, by the name of the function.
    """

    equation: Form
    by: str
    orders: Mapping[str, int]

    @property
    def difference(self) -> Form:
        return sub(*self.equation.parts)


def bare_derivatives(form: Form) -> frozenset[tuple[str, str]]:
    """The functions whose derivative by their one variable occurs, each with that variable."""
    found = (part for part in subforms(form) if part.head == "diff" and _is_function(part.args[0], part.args[1].name))
    return frozenset((part.args[0].name, part.args[1].name) for part in found)


def laws_of(equations: Iterable[Form]) -> list[Law]:
    """The differential equations among these, in their order."""
    found: list[Law] = []
    for equation in equations:
        known = bare_derivatives(equation)
        variables = {by for _, by in known}
        if equation.head != "eq" or len(variables) != 1:
            continue
        (by,) = variables
        lettered = in_letters(equation, by)
        if lettered is not None and not any(part.head == "int" for part in subforms(lettered)):
            orders = {name: _order(name, lettered) for name, _ in known}
            found.append(Law(lettered, by, orders))
    return found


def raised(name: str, order: int) -> str:
    """The letter for a derivative of a function."""
    return f"{name}{_MARK}{order}" if order else name


def in_letters(form: Form, by: str) -> Form | None:
    """The form with the functions of a variable and their derivatives as letters; None where more is in it.

    Antiderivatives stay what they are.
    """
    lettered = _lettered(form, by)
    if any(part.head in _OPERATIONS or (part.head == "int" and len(part.args) != 2) for part in subforms(lettered)):
        return None
    return lettered


def _lettered(form: Form, by: str) -> Form:
    if (
        form.head == "diff"
        and _is_function(form.args[0], by)
        and form.args[1] == var(by)
        and form.args[2].head == "num"
    ):
        return var(raised(form.args[0].name, int(form.args[2].value)))
    if _is_value(form, by):
        return var(form.name)
    if form.head == "int":
        return Form("int", (_lettered(form.args[0], by), *form.args[1:]))
    return rebuild(form.head, (_lettered(a, by) if isinstance(a, Form) else a for a in form.args))


def _is_value(form: Form, by: str) -> bool:
    return form.head == "call" and len(form.args) == 2 and form.args[1] == var(by)


def _is_function(form: Form, by: str) -> bool:
    """Whether this is y(x), or y in a derivative of y by x."""
    return _is_value(form, by) or (form.head == "var" and form.name != by)


def _order(name: str, form: Form) -> int:
    names = free_variables(form)
    return max((n for n in range(1, _HIGHEST) if raised(name, n) in names), default=0)


def total_derivative(form: Form, by: str, functions: Iterable[str]) -> Form | None:
    """The derivative by the variable along functions of it, by the chain rule; that of an antiderivative is its
    integrand times what its own variable changes by.  None where an antiderivative stands inside another expression.
    """
    if not any(part.head == "int" for part in subforms(form)):
        return _along(form, by, functions)
    if form.head == "add":
        parts = [total_derivative(part, by, functions) for part in form.parts]
        return None if any(part is None for part in parts) else add(ZERO, *(part for part in parts if part is not None))
    if form.head == "mul":
        inner = [part for part in form.parts if any(each.head == "int" for each in subforms(part))]
        rest = [part for part in form.parts if part not in inner]
        varying = {by, *functions}
        if len(inner) != 1 or any(varying & {name.split(_MARK)[0] for name in free_variables(part)} for part in rest):
            return None
        body = total_derivative(inner[0], by, functions)
        return None if body is None else mul(*rest, body)
    if form.head == "int":
        integrand, variable = form.parts
        if any(part.head == "int" for part in subforms(integrand)):
            return None
        if variable.name == by:
            return integrand
        if variable.name in functions:
            return mul(integrand, var(raised(variable.name, 1)))
    return None


def _along(form: Form, by: str, functions: Iterable[str]) -> Form:
    names = free_variables(form)
    terms = [Form("diff", (form, var(by), ONE))] if by in names else []
    for name in functions:
        for order in range(_HIGHEST):
            letter = raised(name, order)
            if letter in names:
                terms.append(mul(Form("diff", (form, var(letter), ONE)), var(raised(name, order + 1))))
    return add(ZERO, *terms)


def solved_for(law: Law, letter: str) -> tuple[Form, Form]:
    """`a` and `b` of `a y' + b = 0`, taken at 0 and 1; whether the law is of that form is the caller's to ask."""
    at_zero = substitute(law.difference, {letter: num(0)})
    at_one = substitute(law.difference, {letter: ONE})
    return add(at_one, mul(MINUS_ONE, at_zero)), at_zero
