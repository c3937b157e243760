"""Conditions of the algebra of probability in words and signs."""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.judge import shown
from derive.check.probability.heads import items
from derive.check.probability.normal import Independence
from derive.meaning.form import Form, call, rebuild

__all__ = ["spelled", "spelled_independence", "spelled_sample"]


def spelled(condition: Form) -> str:
    """`p(x, y) > 0`."""
    if condition.head == "opaque" and condition.args[0] == "exchange":
        return f"the derivative by {_written(condition.args[1])} can be taken inside"
    if condition.head == "opaque" and condition.args[0] == "cases":
        event = condition.args[1]
        if event.head == "eq":
            return f"{_written(event.args[0])} has one of these values"
        return f"exactly one of the {_written(event)} is the case"
    if condition.head == "lt":
        return f"{_written(condition.args[1])} > 0"
    return f"{_written(condition.args[0])} ≠ 0"


def spelled_independence(claim: Independence) -> str:
    """`X and Y are independent given Z`."""
    *first, last = sorted(map(_written, claim.of))
    named = f"{', '.join(first)} and {last}" if first else last
    given = f" given {', '.join(sorted(map(_written, claim.given)))}" if claim.given else ""
    return f"{named} are independent{given}"


def spelled_sample(whole: Form, given: Iterable[Form]) -> str:
    """`the members of D are independent given Z`."""
    known = ", ".join(sorted(map(_written, given)))
    return f"the members of {_written(whole)} are independent{f' given {known}' if known else ''}"


def _written(form: Form) -> str:
    if form.head == "joint":
        family, of, by = form.args
        parameters = f"; {_list(items(by))}" if items(by) else ""
        return f"{family.rstrip('_')}({_list(items(of))}{parameters})"
    if form.head == "span":
        base, first, last = form.args
        return f"{shown(base)}_{_below(first)}, …, {shown(base)}_{_below(last)}"
    if form.head in ("eq", "lt", "le", "in"):
        sign = {"eq": "=", "lt": "<", "le": "≤", "in": "∈"}[form.head]
        return f"{_written(form.args[0])} {sign} {_written(form.args[1])}"
    return shown(_callable(form))


def _below(index: Form) -> str:
    return shown(index) if index.head in ("var", "num") else f"{{{shown(index)}}}"


def _callable(form: Form) -> Form:
    """The form with joint probabilities as functions, which can be written."""
    if form.head == "joint":
        return call(form.args[0].rstrip("_"), *items(form.args[1]))
    if form.head == "call":
        return call(form.name.split()[0], *map(_callable, form.parts))
    return rebuild(form.head, tuple(_callable(part) if isinstance(part, Form) else part for part in form.args))


def _list(forms: Iterable[Form]) -> str:
    return ", ".join(map(_written, forms))
