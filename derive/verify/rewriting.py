"""Functions written by others that the atoms know, and one order for the terms of sums and products."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.form import HALF, MINUS_ONE, TWO, Form, add, fn, mul, power, quotient, rebuild, sub

__all__ = ["REWRITTEN", "sorted_form"]


def sorted_form(form: Form) -> Form:
    """The form with the terms of its sums and products in one order, so that equal atoms are seen as equal."""
    if not any(isinstance(part, Form) for part in form.args):
        return form
    args = tuple(sorted_form(part) if isinstance(part, Form) else part for part in form.args)
    if form.head in ("add", "mul"):
        args = tuple(sorted(args, key=repr))
    return rebuild(form.head, args)


def _exp(argument: Form) -> Form:
    return fn("exp", argument)


def _minus(argument: Form) -> Form:
    return mul(MINUS_ONE, argument)


REWRITTEN: dict[str, Callable[..., Form]] = {
    "tan": lambda u: quotient(fn("sin", u), fn("cos", u)),
    "cot": lambda u: quotient(fn("cos", u), fn("sin", u)),
    "sec": lambda u: power(fn("cos", u), MINUS_ONE),
    "csc": lambda u: power(fn("sin", u), MINUS_ONE),
    "sinh": lambda u: mul(HALF, sub(_exp(u), _exp(_minus(u)))),
    "cosh": lambda u: mul(HALF, add(_exp(u), _exp(_minus(u)))),
    "tanh": lambda u: quotient(sub(_exp(u), _exp(_minus(u))), add(_exp(u), _exp(_minus(u)))),
    "coth": lambda u: quotient(add(_exp(u), _exp(_minus(u))), sub(_exp(u), _exp(_minus(u)))),
    "sech": lambda u: quotient(TWO, add(_exp(u), _exp(_minus(u)))),
    "csch": lambda u: quotient(TWO, sub(_exp(u), _exp(_minus(u)))),
}
