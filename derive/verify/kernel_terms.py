"""Terms of the proof kernel as plain data, and its axioms about them, read from `laws.txt`.

Part of what is believed, like `kernel.py`, which says what terms are; standard library only.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

Term = Any  # an integer, a string, or a tuple that begins with its head
Number = int | Fraction

FIRST: Final = {"int": 3, "sum": 3, "diff": 3, "call": 2, "D": 3}  # where the evaluated arguments of a term begin


class Reject(Exception):
    """The certificate does not prove its statement; the message says what is missing."""


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Reject(reason)


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


def _tables() -> dict[str, dict[str, tuple[str, str]]]:
    """The sections of the file: name -> what holds, under which conditions (domains: over the reals, complex)."""
    sections: dict[str, dict[str, tuple[str, str]]] = {}
    for line in Path(__file__).with_name("laws.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            name, _, row = line.partition(":")
            first, _, second = row.partition("|" if "|" in row else " if ")
            table[name] = (first.strip(), second.strip())
    return sections


TABLES: Final = _tables()
DOMAINS, DERIVATIVES = TABLES["domains"], TABLES["derivatives"]
LAWS: Final = {field: TABLES["any"] | TABLES[field] for field in ("real", "complex")}

SIGNS: Final[Any] = {
    ast.Add: "+", ast.Mult: "*", ast.Pow: "^", ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
}  # fmt: skip


@cache
def parsed(text: str) -> tuple[Any, ...]:
    """The terms or facts in a row, between semicolons, as the kernel's data."""
    return tuple(put(_parsed(ast.parse(part.strip(), mode="eval").body), {}) for part in text.split(";") if part)


def _parsed(node: Any) -> Any:
    inner = [_parsed(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    match node:
        case ast.Constant(value=number):
            return number
        case ast.Name(id=name):
            return (name,) if name in ("pi", "I") else name
        case ast.UnaryOp(op=ast.USub()):
            return ("*", -1, *inner)
        case ast.BinOp(op=ast.Sub()):
            return ("+", inner[0], ("*", -1, inner[1]))
        case ast.BinOp(op=ast.Div()):
            return ("*", inner[0], ("^", inner[1], -1))
        case ast.BinOp(op=sign) | ast.Compare(ops=[sign]):
            return (SIGNS[type(sign)], *inner)
        case ast.Call():
            return ("^", inner[1], ("/", 1, 2)) if inner[0] == "sqrt" else tuple(inner)
    raise ValueError(ast.dump(node))


@cache
def letters(name: str, field: str) -> tuple[str, ...]:
    """The letters of a law in alphabetical order, in which a line gives their terms."""
    return tuple(sorted({letter for text in LAWS[field][name] for letter in names(("", *parsed(text)))}))
