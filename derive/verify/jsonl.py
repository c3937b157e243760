"""Claims and verdicts as lines of JSON: one object a line, `{"id", "kind", "lhs", "rhs", "assumptions", "syntax"}`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, get_args

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.model.verdict import Counterexample, Verdict
from derive.verify.assumptions import context_of

__all__ = ["ClaimLine", "read_claim", "verdict_line"]

KINDS = frozenset(get_args(ClaimKind))
CONTEXTS = 512
"""Contexts that are kept."""

_written = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A line that was read: its id and its claim, or None and a message that names line and column."""

    id: Any
    claim: Claim | None
    message: str = ""


class _Unread(Exception):
    """The line cannot be read; `piece` is the text in the line that is at fault, `offset` a place in it."""

    def __init__(self, message: str, piece: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.piece = piece
        self.offset = offset


def read_claim(line: str, number: int = 1) -> ClaimLine:
    """The claim in one line of JSON; never raises."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        column = getattr(error, "colno", 1)
        return ClaimLine(None, None, f"line {number}, column {column}: not JSON: {getattr(error, 'msg', error)}")
    if not isinstance(record, dict):
        return ClaimLine(None, None, f"line {number}, column 1: a JSON object is expected")
    try:
        return ClaimLine(record.get("id"), _claim(record))
    except _Unread as error:
        found = line.find(json.dumps(error.piece)) if error.piece else -1
        column = 1 if found < 0 else found + 2 + error.offset
        return ClaimLine(record.get("id"), None, f"line {number}, column {column}: {error}")


def _claim(record: Mapping[str, Any]) -> Claim:
    kind = record.get("kind", "identity")
    if kind not in KINDS:
        raise _Unread(f"the kind {kind!r} is not known", str(kind))
    syntax = record.get("syntax", "sympy")
    if syntax not in ("sympy", "latex"):
        raise _Unread(f"the syntax {syntax!r} is not known", str(syntax))
    variables, constraints = _assumptions(record.get("assumptions") or {})
    try:
        context = _context(tuple(variables.items()), tuple(constraints))
    except MeaningError as error:
        raise _Unread(f"in the assumptions: {error.message}") from None
    left, right = (_side(record, name, syntax, kind, context) for name in ("lhs", "rhs"))
    return Claim(kind, left, right, context)


@lru_cache(maxsize=CONTEXTS)
def _context(variables: tuple[tuple[str, str], ...], constraints: tuple[str, ...]) -> Context:
    """The context that these words and constraints make; few are used by most claims of a batch."""
    context = context_of(dict(variables), ())
    if not constraints:
        return context
    return context_of(dict(variables), constraints, partial(_from_latex, context=context))


def _assumptions(found: Any) -> tuple[dict[str, str], list[str]]:
    if not isinstance(found, dict):
        raise _Unread("the assumptions are no object")
    variables, constraints = found.get("vars") or {}, found.get("constraints") or []
    if not isinstance(variables, dict) or not all(isinstance(word, str) for word in variables.values()):
        raise _Unread("vars is no object of words")
    if not isinstance(constraints, list) or not all(isinstance(text, str) for text in constraints):
        raise _Unread("constraints is no list of texts")
    return variables, constraints


def _side(record: Mapping[str, Any], name: str, syntax: str, kind: str, context: Context) -> Form:
    text = record.get(name)
    if not isinstance(text, str) or not text.strip():
        raise _Unread(f"{name} is missing")
    try:
        if syntax == "latex":
            return _from_latex(text, context, is_set=kind == "range" and name == "rhs")
        return parse_sympy(text, {variable.name for variable in context.variables})
    except MeaningError as error:
        raise _Unread(f"{name}: {error.message}", text, error.span.start if error.span else 0) from None


def _from_latex(text: str, context: Context, is_set: bool = False) -> Form:
    from derive.meaning.interpret import form_of
    from derive.meaning.lexicon import Lexicon
    from derive.notation.errors import ReadError
    from derive.notation.reader import read

    names = frozenset(variable.name for variable in context.variables)
    complex_names = any(variable.sort == "complex" for variable in context.variables)
    lexicon = Lexicon(variables=names, i_is_imaginary=True if complex_names else None)
    try:
        node = read(f"x \\in {text}" if is_set else text)
    except ReadError as error:
        raise _Unread(f"not read: {error}", text, error.start) from None
    form = form_of(node, lexicon)
    return form.parts[1] if is_set else form


# --- verdicts ----------------------------------------------------------------------------------------------


def verdict_line(line: ClaimLine, verdict: Verdict, milliseconds: float) -> str:
    """The verdict as one line of JSON, without its line end."""
    record: dict[str, Any] = {
        "id": line.id,
        "status": verdict.status,
        "by": verdict.by,
        "trust": verdict.trust,
        "conditions": [sympy_text(condition) for condition in verdict.conditions],
        "counterexample": _counterexample(verdict.counterexample),
        "ms": round(milliseconds, 3),
    }
    if verdict.holds_if is not None:
        record["holds_if"] = sympy_text(verdict.holds_if)
    if verdict.note:
        record["message"] = verdict.note
    if verdict.certificate is not None:
        record["certificate"] = verdict.certificate
    return _written(record)


def _counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    if found is None:
        return None
    point = {name: sympy_text(value) for name, value in found.point}
    return {"point": point, "lhs": found.left, "rhs": found.right, "note": found.note}
