"""From a statement (`0 < f(x) < 1`, `a = b`, `A \\iff B`) to the claims it makes in a context."""

from __future__ import annotations

from collections.abc import Iterator

from derive.meaning.form import Form, const, subforms
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context

__all__ = ["claims_of", "equality_kind"]

_STATEMENTS: dict[str, ClaimKind] = {"lt": "lt", "le": "le", "ne": "ne", "iff": "equiv", "implies": "implies"}
_ORDERS = ("lt", "le")


def claims_of(statement: Form, context: Context) -> tuple[Claim, ...]:
    """The claims, in the order they are stated; `a < t < b` with one middle term is one claim on its range.

    Raises ValueError for a form that states nothing.
    """
    return tuple(_claims(_conjuncts(statement), context))


def equality_kind(left: Form, right: Form) -> ClaimKind:
    """Which kind of claim `left = right` is, by what has to be done to decide it."""
    heads = {(part.head, len(part.args)) for side in (left, right) for part in subforms(side)}
    names = {head for head, _ in heads}
    if names & {"array", "identity"}:
        return "tensor"
    if ("int", 2) in heads:
        return "integral"
    kinds: tuple[tuple[str, ClaimKind], ...] = (
        ("limit", "limit"), ("int", "defint"), ("sum", "sum"), ("prod", "sum"), ("matrix", "matrix"),
        ("diff", "derivative"),
    )  # fmt: skip
    return next((kind for head, kind in kinds if head in names), "identity")


def _conjuncts(statement: Form) -> list[Form]:
    return [part for item in statement.parts for part in _conjuncts(item)] if statement.head == "and" else [statement]


def _claims(statements: list[Form], context: Context) -> Iterator[Claim]:
    at = 0
    while at < len(statements):
        first, second = statements[at], statements[at + 1] if at + 1 < len(statements) else None
        if second is not None and _joins(first, second):
            ends = const(str(first.head == "lt")), const(str(second.head == "lt"))
            yield Claim("range", first.args[1], Form("interval", (first.args[0], second.args[1], *ends)), context)
            at += 2
        else:
            yield _claim(first, context)
            at += 1


def _joins(first: Form, second: Form) -> bool:
    return first.head in _ORDERS and second.head in _ORDERS and first.args[1] == second.args[0]


def _claim(statement: Form, context: Context) -> Claim:
    if statement.head == "eq":
        left, right = statement.parts
        return Claim(equality_kind(left, right), left, right, context)
    if statement.head == "in" and statement.args[1].head == "interval":
        return Claim("range", statement.args[0], statement.args[1], context)
    if statement.head in _STATEMENTS:
        return Claim(_STATEMENTS[statement.head], statement.args[0], statement.args[1], context)
    raise ValueError(f"this states nothing that can be verified: {statement}")
