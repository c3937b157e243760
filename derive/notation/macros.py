"""Macros of an author: definitions read from a preamble, and their expansion on tokens, bounded in depth and size."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from derive.notation.errors import ReadError
from derive.notation.tokens import Token, raw_tokens, spelled

__all__ = ["DEEPEST_CALL", "MOST_TOKENS", "NONE", "Macro", "Macros", "expanded", "read_definitions"]

DEEPEST_CALL = 30
MOST_TOKENS = 20_000
LONGEST_DEFINITION = 4_000

_DEFINITION = re.compile(
    r"\\(?:(?P<command>(?:re|provide)?newcommand|renewcommand|providecommand|DeclareRobustCommand)\*?"
    r"|(?P<operator>DeclareMathOperator(?P<star>\*?))|(?P<tex>[gex]?def)(?=\s*\\))"
)
_NAME = re.compile(r"\s*(?:\{\s*(\\(?:[A-Za-z]+|.))\s*\}|(\\(?:[A-Za-z]+|.)))")
_OPTION = re.compile(r"\s*\[([^\[\]\n]*)\]")
_PARAMETER_TEXT = re.compile(r"((?:#\d)*)\s*(?=\{)")


@dataclass(frozen=True, slots=True)
class Macro:
    """What a command stands for: its body, in which `#1` is the first of `parameters` arguments.

    `default` is the value of an optional first argument, None where the first argument is not optional.
    """

    body: str
    parameters: int = 0
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Macros:
    """The macros in force, by their commands."""

    table: Mapping[str, Macro] = field(default_factory=dict)

    def define(self, command: str, body: str, parameters: int = 0, default: str | None = None) -> Macros:
        """These macros and one more; an earlier one of that command is replaced."""
        return Macros({**self.table, command: Macro(body, parameters, default)})

    def joined(self, other: Macros) -> Macros:
        """These macros and the other's, which win."""
        return Macros({**self.table, **other.table})


NONE = Macros()

# --- definitions -------------------------------------------------------------------------------------------


def read_definitions(text: str) -> Macros:
    """The macros defined in a text by `\\newcommand` and its kin, `\\def` and `\\DeclareMathOperator`; what is cut
    short or very long is passed over."""
    table: dict[str, Macro] = {}
    for opening in _DEFINITION.finditer(text):
        name = _NAME.match(text, opening.end())
        if name is None:
            continue
        found = _macro(text, opening, name.end())
        if found is not None:
            table[name[1] or name[2]] = found
    return Macros(table)


def _macro(text: str, opening: re.Match[str], position: int) -> Macro | None:
    parameters, default = 0, None
    if opening["tex"]:
        pattern = _PARAMETER_TEXT.match(text, position)
        if pattern is None:
            return None
        parameters, position = pattern[1].count("#"), pattern.end()
    elif opening["command"] and (count := _OPTION.match(text, position)):
        parameters, position = int(count[1]) if count[1].strip().isdigit() else 0, count.end()
        if optional := _OPTION.match(text, position):
            default, position = optional[1], optional.end()
    body = _braced(text, position)
    if body is None or parameters > 9:
        return None
    return Macro(f"\\operatorname{opening['star']}{{{body}}}" if opening["operator"] else body, parameters, default)


def _braced(text: str, position: int) -> str | None:
    start = text.find("{", position)
    if start < 0 or text[position:start].strip():
        return None
    depth = 0
    for at in range(start, min(len(text), start + LONGEST_DEFINITION)):
        if text[at] in "{}" and text[at - 1] != "\\":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return text[start + 1 : at]
    return None


# --- expansion ---------------------------------------------------------------------------------------------


def expanded(tokens: list[Token], macros: Macros) -> list[Token]:
    """The tokens with every macro expanded; what a body gives has the place of the call.

    Raises ReadError where an argument is missing, or where expansion is deeper or longer than anybody writes, as with
    a macro that calls itself.
    """
    if not any(token.text in macros.table for token in tokens):
        return tokens
    bodies: dict[str, list[Token]] = {}
    pending: deque[tuple[Token, int]] = deque((token, 0) for token in tokens)
    result: list[Token] = []
    steps = 0
    while pending:
        token, depth = pending.popleft()
        macro = macros.table.get(token.text) if token.kind == "command" else None
        if macro is None:
            result.append(token)
            continue
        token, arguments = _called(token, macro, pending)
        if token.text not in bodies:
            bodies[token.text] = raw_tokens(macro.body)
        body = _filled(bodies[token.text], arguments, token)
        steps += len(body) + 1
        if depth >= DEEPEST_CALL or steps > MOST_TOKENS:
            raise ReadError(f"the macro {token.text} expands without end", token.start, token.end, "a finite macro")
        pending.extendleft((piece, depth + 1) for piece in reversed(body))
    return result


def _called(call: Token, macro: Macro, pending: deque[tuple[Token, int]]) -> tuple[Token, list[list[Token]]]:
    """The call as one token with the place of all of it, and its arguments."""
    arguments: list[list[Token]] = []
    end = call.end
    if macro.default is not None and macro.parameters:
        optional = bool(pending) and pending[0][0].text == "["
        given, end = _group(call, pending, "[", "]") if optional else (raw_tokens(macro.default), end)
        arguments.append(given if optional else [replace(piece, start=call.start, end=call.end) for piece in given])
    while len(arguments) < macro.parameters:
        if not pending:
            raise ReadError(f"{call.text} lacks an argument", call.start, call.end, "{")
        if pending[0][0].text == "{":
            given, end = _group(call, pending, "{", "}")
        else:
            given = [pending.popleft()[0]]
            end = given[0].end
        arguments.append(given)
    return replace(call, end=max(end, call.end)), arguments


def _group(call: Token, pending: deque[tuple[Token, int]], opening: str, closing: str) -> tuple[list[Token], int]:
    """The tokens of the group that is due, without its delimiters, and where it ends."""
    depth = 0
    inside: list[Token] = []
    while pending:
        token, _ = pending.popleft()
        if token.text == opening:
            depth += 1
        elif token.text == closing:
            depth -= 1
            if depth == 0:
                return inside[1:], token.end
        inside.append(token)
    raise ReadError(f"an argument of {call.text} is not closed", call.start, call.end, closing)


def _filled(body: list[Token], arguments: list[list[Token]], call: Token) -> list[Token]:
    """The body with its arguments in place."""
    filled: list[Token] = []
    skip = False
    for place, token in enumerate(body):
        if skip:
            skip = False
            continue
        following = body[place + 1] if place + 1 < len(body) else None
        if token.text == "#" and following is not None and following.kind == "number":
            filled += _argument(arguments, int(following.text[0]), call)
            if following.text[1:]:
                filled.append(replace(following, text=following.text[1:], start=call.start, end=call.end))
            skip = True
        else:
            value = re.sub(r"#(\d)", lambda number: spelled(_argument(arguments, int(number[1]), call)), token.value)
            filled.append(replace(token, value=value, start=call.start, end=call.end))
    return filled


def _argument(arguments: list[list[Token]], number: int, call: Token) -> list[Token]:
    if not 1 <= number <= len(arguments):
        raise ReadError(f"{call.text} has no argument #{number}", call.start, call.end, "")
    return arguments[number - 1]
