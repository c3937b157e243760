"""Terms of the proof kernel as plain data: part of what is believed, like `kernel.py`, which says what terms are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

Term = Any  # an integer, a string, or a tuple that begins with its head
Number = int | Fraction

LARGEST_DEPTH, LARGEST_SIZE, LARGEST_BITS = 100, 60_000, 20_000
FIRST: Final = {"int": 3, "sum": 3, "diff": 3, "call": 2, "D": 3}  # where the evaluated arguments of a term begin


class Reject(Exception):
    """The certificate does not prove its statement; the message says what is missing."""


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Reject(reason)


def freeze(data: Any, depth: int = 0, left: list[int] | None = None) -> Any:
    """The data with tuples for lists: strings and integers, not too deep, many or large."""
    left = left or [LARGEST_SIZE]
    left[0] -= 1
    need(left[0] > 0 and depth < LARGEST_DEPTH, "certificate too large")
    if isinstance(data, (list, tuple)):
        return tuple([freeze(part, depth + 1, left) for part in data])
    need(type(data) is str or (type(data) is int and data.bit_length() < LARGEST_BITS), "neither text nor integer")
    return data


def ratio(number: Number) -> Term:
    """The literal of a number."""
    return number.numerator if number.denominator == 1 else ("/", number.numerator, number.denominator)


def value(term: Term) -> Number | None:
    """The number of a literal; None for other terms."""
    if isinstance(term, int):
        return term
    return Fraction(term[1], term[2]) if isinstance(term, tuple) and term[0] == "/" else None


def parts(term: Term) -> tuple[Term, ...]:
    """The direct subterms that are evaluated where the term is."""
    return term[FIRST.get(term[0], 1) :] if isinstance(term, tuple) and term[0] != "/" else ()


def names(item: Any) -> Iterator[str]:
    """The strings in a term or fact that are no heads: variables, free or bound, and functions."""
    if isinstance(item, str):
        yield item
    for part in item[1:] if isinstance(item, tuple) else ():
        yield from names(part)


def put(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with values for variables, and literals folded; rejected if a binder is in the way."""
    if isinstance(term, str) or value(term) is not None:
        return values.get(term, term) if isinstance(term, str) else term
    kept, new = term[: FIRST.get(term[0], 1)], tuple(put(part, values) for part in parts(term))
    if kept[0] in ("int", "sum", "diff"):
        need(kept[2] not in names(("", *((" ", *item) for item in values.items()))), "a binder is in the way")
        kept = (kept[0], put(kept[1], values), kept[2])
    p, q = map(value, new) if kept[0] in ("*", "^") and len(new) == 2 else (None, None)
    if kept[0] == "*" and p is not None and (p == 1 or q is not None):
        return new[1] if q is None else ratio(p * q)
    return ratio(Fraction(1, p)) if kept[0] == "^" and p and q == -1 else (*kept, *new)
