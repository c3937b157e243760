"""The tokeniser: LaTeX text to tokens which keep their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from derive.notation.errors import ReadError
from derive.notation.symbols import UNICODE_SIGNS
from derive.notation.words import is_name

__all__ = ["LONGEST_TEXT", "Kind", "Token", "argument_end", "brace_pairs", "raw_tokens", "spelled"]

Kind = Literal["letter", "number", "command", "sign", "text", "begin", "end", "stop"]

LONGEST_TEXT = 20_000
"""The longest formula that is read, in characters."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `text` says what it is, `value` holds what it carries.

    The value of a `text` token (`\\text{if }`) is its content, of `begin` and `end` the environment, and of a sign that
    is written with more than one token (`\\overset{!}{=}`) its whole spelling.  `spaced` tells of an explicit space
    before the token.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: str = ""
    spaced: bool = False

    @property
    def written(self) -> str:
        """The sign as the author spelled it."""
        return self.value or self.text


_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n\f\v\u00a0\u2009]+|%[^\n]*(?:\n|$))"
    r"|(?P<command>\\(?:[A-Za-z]+|.))"
    r"|(?P<dots>\.[ ]?\.[ ]?\.)"
    r"|(?P<number>\d+(?:(?:\{,\}|\\,)\d{3}(?!\d))*(?:\.\d+|\.(?=[)-]|\s*[/*+^]))?|\.\d+)"
    r"|(?P<letter>[A-Za-z]+)"
    r"|(?P<sign>:=|=:|<=>|<=|>=|=>|->|.)",
    re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)(\*?)\}")
_LENGTH = re.compile(r"\*?\s*\[\s*-?[\d.]*\s*(?:pt|em|ex|mm|cm|in|mu|\\baselineskip|\\jot)\s*\]")

TEXTS = frozenset({
    "\\text", "\\textrm", "\\textit", "\\textbf", "\\textsf", "\\texttt", "\\textnormal", "\\textup", "\\mbox",
    "\\hbox", "\\operatorname", "\\operatornamewithlimits", "\\intertext", "\\shortintertext", "\\textsc",
})  # fmt: skip
"""Commands whose argument is prose or a name and is not read as mathematics."""


def raw_tokens(text: str, offset: int = 0) -> list[Token]:
    """The tokens of `text` with their places (moved by `offset`), without white space and comments.

    Raises ReadError where the text is too long or the argument of a text command is missing or not closed.
    """
    if len(text) > LONGEST_TEXT:
        message = f"the formula is longer than {LONGEST_TEXT} characters"
        raise ReadError(message, offset + LONGEST_TEXT, offset + len(text), "a shorter formula")
    tokens: list[Token] = []
    position, length = 0, len(text)
    while position < length:
        found = _TOKEN.match(text, position)
        assert found is not None
        start, position = position, found.end()
        kind, piece = found.lastgroup, found.group()
        if kind == "number" and piece[0] == "." and tokens and tokens[-1].text in ("\\left", "\\right"):
            kind, piece, position = "sign", ".", start + 1
        if kind == "space":
            continue
        if kind == "command":
            if piece in TEXTS:
                token, position = _text_token(text, piece, start, position)
            elif piece in ("\\begin", "\\end"):
                token, position = _environment_token(text, piece, start, position)
            elif piece == "\\\\":
                gap = _LENGTH.match(text, position)
                position = gap.end() if gap else position
                token = Token("sign", piece, start, position)
            else:
                token = Token("command", piece, start, position)
        elif kind == "number":
            token = Token("number", piece.replace("{,}", "").replace("\\,", ""), start, position)
        elif kind == "letter":
            if len(piece) > 1 and is_name(piece):
                token = Token("text", "", start, position, piece)
            else:
                letters = (Token("letter", letter, start + i, start + i + 1) for i, letter in enumerate(piece))
                tokens += [_moved(token, offset) for token in letters]
                continue
        else:
            sign = "\\dots" if kind == "dots" else UNICODE_SIGNS.get(piece, piece)
            token = Token("command" if len(sign) > 1 and sign[0] == "\\" else "sign", sign, start, position)
        tokens.append(_moved(token, offset))
    return tokens


def _moved(token: Token, offset: int) -> Token:
    return replace(token, start=token.start + offset, end=token.end + offset) if offset else token


def _text_token(text: str, command: str, start: int, position: int) -> tuple[Token, int]:
    if text.startswith("*", position):
        command, position = command + "*", position + 1
    opening = position
    while opening < len(text) and text[opening].isspace():
        opening += 1
    if not text.startswith("{", opening):
        raise ReadError(f"{command} has no argument", start, position, "{")
    depth = 0
    for place in range(opening, len(text)):
        character = text[place]
        if character in "{}" and text[place - 1] != "\\":
            depth += 1 if character == "{" else -1
            if depth == 0:
                return Token("text", command, start, place + 1, text[opening + 1 : place]), place + 1
    raise ReadError(f"the brace after {command} is not closed", opening, opening + 1, "}")


def _environment_token(text: str, command: str, start: int, position: int) -> tuple[Token, int]:
    name = _ENVIRONMENT.match(text, position)
    if name is None:
        raise ReadError(f"{command} without the name of an environment", start, position, "{")
    kind: Kind = "begin" if command == "\\begin" else "end"
    return Token(kind, command, start, name.end(), name.group(1) + name.group(2)), name.end()


# --- groups of tokens --------------------------------------------------------------------------------------


def brace_pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """For each opening brace the index of the one that closes it; a brace that is not closed is not there."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "{":
            opened.append(index)
        elif token.text == "}" and opened:
            pairs[opened.pop()] = index
    return pairs


def argument_end(tokens: Sequence[Token], index: int, pairs: Mapping[int, int]) -> int:
    """The index after the argument that begins at `index`: one token or a braced group; ReadError without one."""
    if index >= len(tokens):
        last = tokens[-1]
        raise ReadError(f"{last.text} has no argument", last.start, last.end, "{")
    if tokens[index].text != "{":
        return index + 1
    if index not in pairs:
        raise ReadError("this brace is not closed", tokens[index].start, tokens[index].end, "}")
    return pairs[index] + 1


def spelled(tokens: Sequence[Token]) -> str:
    """The tokens as LaTeX text, with spaces only where TeX needs them."""
    written = ""
    for token in tokens:
        piece = (
            f"{token.text}{{{token.value}}}" if token.kind in ("text", "begin", "end") and token.text else token.written
        )
        command = written[written.rfind("\\") + 1 :] if "\\" in written else ""
        if command.isalpha() and piece[:1].isalpha():
            written += " "
        written += piece
    return written
