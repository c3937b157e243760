"""The words for assumptions in a line of claims (`"real"`, `"(0,oo)"`, `"natural"`) and the contexts they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from derive.meaning.errors import MeaningError
from derive.meaning.form import INFINITIES, ONE, ZERO, Form, free_variables
from derive.meaning.sympy_text import parse_sympy
from derive.model.context import Bound, Context, Variable
from derive.model.given import context_from

__all__ = ["WORDS", "context_of"]

WORDS: dict[str, Variable] = {
    "real": Variable(""),
    "complex": Variable("", "complex"),
    "integer": Variable("", "integer"),
    "positive": Variable("", lower=Bound(ZERO, True)),
    "negative": Variable("", upper=Bound(ZERO, True)),
    "nonneg": Variable("", lower=Bound(ZERO, False)),
    "nonnegative": Variable("", lower=Bound(ZERO, False)),
    "nonpositive": Variable("", upper=Bound(ZERO, False)),
    "natural": Variable("", "integer", Bound(ZERO, False)),
    "positive_integer": Variable("", "integer", Bound(ONE, False)),
    "negative_integer": Variable("", "integer", None, Bound(ZERO, True)),
}
"""The variable that each word declares, without its name."""

_INTERVAL = re.compile(r"\s*([\[(])(.+),(.+)([\])])\s*\Z", re.DOTALL)
_STATEMENTS = frozenset({"eq", "ne", "lt", "le", "in", "and", "or", "not"})


def context_of(
    variables: Mapping[str, str], constraints: Sequence[str], read: Callable[[str], Form] | None = None
) -> Context:
    """The context of a claim; `read` reads constraints that are no SymPy text (as `x \\ne 0`).

    Raises MeaningError at a word, an interval or a constraint that is not understood.
    """
    declared = tuple(_variable(name, word) for name, word in variables.items())
    statements = [_statement(text, variables, read) for text in constraints]
    return context_from(statements, Context(declared))


def _variable(name: str, word: str) -> Variable:
    known = WORDS.get(word)
    if known is not None:
        return Variable(name, known.sort, known.lower, known.upper)
    interval = _INTERVAL.match(word)
    if interval is None:
        raise MeaningError(f"the assumption {word!r} on {name} is not known")
    opening, lower, upper, closing = interval.groups()
    return Variable(name, "real", _end(lower, opening == "("), _end(upper, closing == ")"))


def _end(text: str, strict: bool) -> Bound | None:
    value = parse_sympy(text)
    if value in INFINITIES:
        return None
    if free_variables(value):
        raise MeaningError(f"the end {text.strip()!r} of an interval is no constant")
    return Bound(value, strict)


def _statement(text: str, names: Mapping[str, str], read: Callable[[str], Form] | None) -> Form:
    form = read(text) if read is not None and "\\" in text else parse_sympy(text, names)
    if form.head not in _STATEMENTS:
        raise MeaningError(f"the constraint {text!r} is no statement")
    return form
