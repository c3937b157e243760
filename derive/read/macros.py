"""Finding macro definitions in LaTeX text: `\\newcommand`, `\\def`, `\\let`, `\\DeclareMathOperator` and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Definition", "find_definitions"]

LONGEST_DEFINITION = 4000

_OPENING = re.compile(
    r"\\(?:(?P<command>(?:re|provide)?newcommand|providecommand|renewcommand|DeclareRobustCommand|DeclareMathOperator"
    r"|DeclarePairedDelimiter)\*?|(?P<tex>[gex]?def)(?=\s*\\)|(?P<let>let)(?=\s*\\))"
)
_NAME = re.compile(r"\s*(?:\{\s*(\\[A-Za-z@]+\*?|\\.|[A-Za-z]+)\s*\}|(\\[A-Za-z@]+|\\[^\sA-Za-z]))")
_OPTIONS = re.compile(r"\s*\[([^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*)\]")
_PARAMETERS = re.compile(r"[^{}\\\n]*")
_LET = re.compile(r"\s*(\\[A-Za-z@]+|\\.)\s*=?\s*(\\[A-Za-z@]+|\\.|[^\s\\])")


@dataclass(frozen=True, slots=True)
class Definition:
    """A macro definition as it is written, from `start` to `end`: `name`, `parameters` in all, and its body.

    `default` is the value of an optional first argument.
    """

    name: str
    parameters: int
    default: str | None
    body: str
    text: str
    start: int
    end: int


def find_definitions(text: str) -> Iterator[Definition]:
    """The definitions in a text in order; one that is cut short or very long is passed over."""
    position = 0
    while opening := _OPENING.search(text, position):
        found = _let(text, opening) if opening["let"] else _definition(text, opening)
        if found is None:
            position = opening.end()
            continue
        yield found
        position = found.end


def _let(text: str, opening: re.Match[str]) -> Definition | None:
    match = _LET.match(text, opening.end())
    if match is None:
        return None
    start, end = opening.start(), match.end()
    return Definition(match[1], 0, None, match[2], text[start:end], start, end)


def _definition(text: str, opening: re.Match[str]) -> Definition | None:
    name = _NAME.match(text, opening.end())
    if name is None:
        return None
    position = name.end()
    parameters, default = 0, None
    if opening["tex"]:
        pattern = _PARAMETERS.match(text, position)
        assert pattern is not None
        parameters = pattern.group().count("#")
        position = pattern.end()
    elif count := _OPTIONS.match(text, position):
        parameters = int(count[1]) if count[1].strip().isdigit() else 0
        position = count.end()
        if optional := _OPTIONS.match(text, position):
            default = optional[1]
            position = optional.end()
    end = closing_brace(text, position)
    if end is None:
        return None
    called = (name[1] or name[2]).strip()
    called = called if called.startswith("\\") else f"\\{called}"  # MathJax takes a name without its backslash
    body = text[text.index("{", position) + 1 : end - 1]
    if opening["command"] == "DeclareMathOperator":
        body = f"\\operatorname{{{body}}}"
    elif opening["command"] == "DeclarePairedDelimiter":
        second = closing_brace(text, end)
        if second is None:
            return None
        body = f"\\left{body} #1 \\right{text[text.index('{', end) + 1 : second - 1]}"
        parameters, end = 1, second
    start = opening.start()
    return Definition(called, parameters, default, body, text[start:end], start, end)


def closing_brace(text: str, position: int) -> int | None:
    """The offset after the group that begins at `position` (after space), None if there is none near."""
    while position < len(text) and text[position].isspace():
        position += 1
    if position >= len(text) or text[position] != "{":
        return None
    depth = 0
    for at in range(position, min(len(text), position + LONGEST_DEFINITION)):
        character = text[at]
        if character == "\\" or (at and text[at - 1] == "\\" and text[at - 2 : at] != "\\\\"):
            continue
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return at + 1
    return None
