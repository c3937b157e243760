"""The axioms of the proof kernel, read from `laws.txt`: part of what is believed, like `kernel.py`."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any, Final

from derive.verify.kernel_terms import names, put

__all__ = ["DERIVATIVES", "DOMAINS", "LAWS", "TABLES", "letters", "parsed"]


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
