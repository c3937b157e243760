"""Relations, chains, sets, case distinctions and matrices, as one writes them."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form, const
from derive.notation.tree import Cases, Group, Implication, Link, Listing, Matrix, Node, Relation, Word

__all__ = [
    "cases", "conjunction", "disjunction", "enumerated", "implication", "interval", "listing", "matrix", "negation",
    "relation", "said",
]  # fmt: skip

Write = Callable[[Form], Node]

_SIGNS = {"eq": "=", "ne": "\\ne", "lt": "<", "le": "\\le", "in": "\\in"}
_TURNED = {"lt": ">", "le": "\\ge"}
_ARROWS = {"implies": "\\Rightarrow", "iff": "\\Leftrightarrow"}
_CONSTANT = ("num", "const")


def relation(form: Form, write: Write) -> Node:
    """`a > 0` rather than `0 < a`."""
    left, right = form.args
    if form.head in _TURNED and left.head in _CONSTANT and right.head not in _CONSTANT:
        return Relation(write(right), (Link(_TURNED[form.head], write(left)),))
    return Relation(write(left), (Link(_SIGNS[form.head], write(right)),))


def said(form: Form, write: Write) -> Node:
    return Word("\\text", form.args[0])


def negation(form: Form, write: Write) -> Node:
    inner = form.args[0]
    if inner.head != "in":
        raise MeaningError("this negation cannot be written as a formula")
    return Relation(write(inner.args[0]), (Link("\\notin", write(inner.args[1])),))


def conjunction(form: Form, write: Write) -> Node:
    """A chain where each statement begins with the end of the one before, else a list."""
    parts = form.args
    chained = all(part.head in _SIGNS and part.head != "in" for part in parts)
    if chained and all(a.args[1] == b.args[0] for a, b in itertools.pairwise(parts)):
        links = tuple(Link(_SIGNS[part.head], write(part.args[1])) for part in parts)
        return Relation(write(parts[0].args[0]), links)
    if any(part.head in ("and", "or") for part in parts):
        raise MeaningError("this nesting of statements cannot be written as a formula")
    return _listed(parts, ",", write)


def disjunction(form: Form, write: Write) -> Node:
    if any(part.head in ("and", "or") for part in form.args):
        raise MeaningError("this nesting of statements cannot be written as a formula")
    return _listed(form.args, "\\text{ or }", write)


def _listed(parts: tuple[Form, ...], separator: str, write: Write) -> Node:
    return Listing(tuple(write(part) for part in parts), (separator,) * (len(parts) - 1))


def implication(form: Form, write: Write) -> Node:
    left, right = form.args
    return Implication(write(left), (Link(_ARROWS[form.head], write(right)),))


def listing(form: Form, write: Write) -> Node:
    return Group(_listed(form.args, ",", write))


def enumerated(form: Form, write: Write) -> Node:
    items = _listed(form.args, ",", write) if len(form.args) > 1 else write(form.args[0])
    return Group(items, "\\{", "\\}")


def interval(form: Form, write: Write) -> Node:
    lower, upper, left, right = form.args
    opening = "(" if left == const("True") else "["
    closing = ")" if right == const("True") else "]"
    return Group(Listing((write(lower), write(upper)), (",",)), opening, closing)


def cases(form: Form, write: Write) -> Node:
    pairs = zip(form.args[::2], form.args[1::2], strict=True)
    return Cases(tuple((write(value), _condition(condition, write)) for value, condition in pairs))


def _condition(condition: Form, write: Write) -> Node:
    return Word("\\text", "otherwise") if condition == const("True") else write(condition)


def matrix(form: Form, write: Write) -> Node:
    return Matrix(tuple(tuple(write(entry) for entry in row.args) for row in form.args), "pmatrix")
