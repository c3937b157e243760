"""The tokeniser: LaTeX text to tokens which keep their places; what only lays out the page is dropped here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from derive.notation.errors import ReadError
from derive.notation.symbols import ARROWS, RELATIONS, UNICODE_SIGNS

__all__ = ["LONGEST_TEXT", "Kind", "Token", "closing_brace", "spelled", "tokenise"]

Kind = Literal["letter", "number", "command", "sign", "text", "begin", "end", "stop"]

LONGEST_TEXT = 50_000
"""The longest formula that is read, in characters."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `text` says what it is, `value` holds what it carries.

    The value of a `text` token (`\\text{if }`) is its content, of `begin` and `end` the environment, and of a relation
    sign that is written with more than one token (`\\overset{!}{=}`) its whole spelling.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: str = ""

    @property
    def written(self) -> str:
        """The sign as the author spelled it."""
        return self.value or self.text


_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n\f\v\u00a0\u2009]+|%[^\n]*(?:\n|$))"
    r"|(?P<command>\\(?:[A-Za-z]+|.))"
    r"|(?P<number>\d+(?:(?:\{,\}|\\,)\d{3}(?!\d))*(?:\.\d+)?|\.\d+)"
    r"|(?P<letter>[A-Za-z])"
    r"|(?P<sign>:=|=:|.)",
    re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)(\*?)\}")
_LENGTH = re.compile(r"\s*\[\s*-?[\d.]*\s*(?:pt|em|ex|mm|cm|in|mu|\\baselineskip|\\jot)?\s*\]")

TEXTS = frozenset({
    "\\text", "\\textrm", "\\textit", "\\textbf", "\\textsf", "\\texttt", "\\textnormal", "\\textup", "\\mbox", "\\hbox",
    "\\operatorname", "\\operatorname*", "\\intertext", "\\shortintertext", "\\DeclareMathOperator", "\\textsc",
    "\\operatornamewithlimits", "\\mathrm*",
}) - {"\\DeclareMathOperator", "\\mathrm*"}  # fmt: skip
"""Commands whose argument is prose or a name and is not read as mathematics."""

DROPPED = frozenset({
    "\\,", "\\;", "\\:", "\\!", "\\ ", "\\>", "\\/", "\\thinspace", "\\medspace", "\\thickspace", "\\negthinspace",
    "\\enspace", "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\limits", "\\nolimits",
    "\\nonumber", "\\notag", "\\strut", "\\mathstrut", "\\hfill", "\\allowbreak", "\\null", "\\relax", "\\noindent",
    "\\hline", "\\centering", "\\small", "\\large", "\\Large", "\\normalsize", "\\footnotesize", "\\tiny", "\\break",
    "\\displaylimits", "\\allowdisplaybreaks", "\\negmedspace", "\\nobreak", "\\boldmath", "\\unboldmath", "\\hfil",
    "\\protect", "\\par", "\\bigskip", "\\medskip", "\\smallskip", "\\scriptsize", "\\qedhere", "\\\n",
})  # fmt: skip
DROPPED_WITH_ARGUMENT = frozenset({
    "\\label", "\\tag", "\\hspace", "\\vspace", "\\color", "\\phantom", "\\hphantom", "\\vphantom", "\\footnote",
    "\\cite", "\\mspace", "\\index", "\\hskip", "\\kern", "\\mkern", "\\eqref", "\\href", "\\class", "\\cssId",
    "\\footnotemark", "\\footnotetext", "\\rule", "\\arraystretch",
}) - {"\\hskip", "\\kern", "\\mkern", "\\href", "\\rule", "\\arraystretch"}  # fmt: skip
STACKS = frozenset({"\\stackrel", "\\overset", "\\underset"})
LABELLED_ARROWS = {
    "\\xrightarrow": "\\to", "\\xleftarrow": "\\leftarrow", "\\xRightarrow": "\\Rightarrow", "\\xmapsto": "\\mapsto",
    "\\xLeftrightarrow": "\\iff", "\\xlongequal": "=",
}  # fmt: skip
NEGATIONS = {"=": "\\ne", "\\in": "\\notin", "\\subset": "\\nsubseteq", "\\equiv": "\\ne", "\\mid": "\\nmid"}


def tokenise(text: str, offset: int = 0) -> list[Token]:
    """The tokens of `text` with their places (moved by `offset`), without white space and layout.

    Raises ReadError where the text is too long, a brace is not closed or a layout command lacks its argument.
    """
    if len(text) > LONGEST_TEXT:
        message = f"the formula is longer than {LONGEST_TEXT} characters"
        raise ReadError(message, offset + LONGEST_TEXT, offset + len(text), "a shorter formula")
    raw = _raw_tokens(text, offset)
    return _without_layout(raw)


def _raw_tokens(text: str, offset: int) -> list[Token]:
    tokens: list[Token] = []
    position, length = 0, len(text)
    while position < length:
        found = _TOKEN.match(text, position)
        assert found is not None
        start, position = position, found.end()
        kind, piece = found.lastgroup, found.group()
        if kind == "space":
            continue
        if kind == "command":
            if piece in TEXTS or (piece == "\\operatorname" and text[position : position + 1] == "*"):
                token, position = _text_token(text, piece, start, position)
            elif piece in ("\\begin", "\\end"):
                token, position = _environment_token(text, piece, start, position)
            elif piece == "\\\\":
                length_after = _LENGTH.match(text, position)
                position = length_after.end() if length_after else position
                token = Token("sign", piece, start, position)
            else:
                token = Token("command", piece, start, position)
        elif kind == "number":
            token = Token("number", piece.replace("{,}", "").replace("\\,", ""), start, position)
        elif kind == "letter":
            token = Token("letter", piece, start, position)
        else:
            sign = UNICODE_SIGNS.get(piece, piece)
            token = Token("command" if len(sign) > 1 and sign[0] == "\\" else "sign", sign, start, position)
        if offset:
            token = replace(token, start=token.start + offset, end=token.end + offset)
        tokens.append(token)
    return tokens


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


def closing_brace(tokens: list[Token], opening: int) -> int:
    """The index of the brace that closes the one at `opening`; ReadError where there is none."""
    depth = 0
    for index in range(opening, len(tokens)):
        piece = tokens[index].text
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
            if depth == 0:
                return index
    raise ReadError("this brace is not closed", tokens[opening].start, tokens[opening].end, "}")


def _argument_end(tokens: list[Token], index: int) -> int:
    """The index after the argument that begins at `index`: one token or a braced group."""
    if index >= len(tokens):
        last = tokens[-1]
        raise ReadError(f"{last.text} has no argument", last.start, last.end, "{")
    return closing_brace(tokens, index) + 1 if tokens[index].text == "{" else index + 1


def spelled(tokens: list[Token]) -> str:
    """The tokens as LaTeX text, with spaces only where TeX needs them."""
    pieces: list[str] = []
    for token in tokens:
        piece = f"{token.text}{{{token.value}}}" if token.kind in ("text", "begin", "end") else token.written
        if pieces and pieces[-1][-1:].isalpha() and piece[:1].isalpha() and "\\" in pieces[-1]:
            pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces)


def _without_layout(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    index, count = 0, len(tokens)
    while index < count:
        token = tokens[index]
        piece = token.text
        if token.kind == "command":
            if piece in DROPPED:
                index += 1
                continue
            if piece in DROPPED_WITH_ARGUMENT:
                if index + 1 < count and tokens[index + 1].text == "*":
                    index += 1
                index = _argument_end(tokens, index + 1)
                continue
            if piece in STACKS or piece in LABELLED_ARROWS or piece == "\\not":
                relation, after = _composed_relation(tokens, index)
                if relation is not None:
                    kept.append(relation)
                    index = after
                    continue
        elif piece == "~":
            index += 1
            continue
        elif piece == "{" and index + 2 < count and tokens[index + 2].text == "}":
            inner = tokens[index + 1]
            if inner.text in RELATIONS or inner.text in ("+", "-", ",", "\\cdot"):
                kept.append(inner)
                index += 3
                continue
        elif piece == "{" and index + 1 < count and tokens[index + 1].text == "}" and not _wants_argument(kept):
            index += 2
            continue
        kept.append(token)
        index += 1
    return kept


def _wants_argument(before: list[Token]) -> bool:
    return bool(before) and (before[-1].text in ("^", "_", "}") or before[-1].kind == "command")


def _composed_relation(tokens: list[Token], index: int) -> tuple[Token | None, int]:
    """A relation sign written with several tokens: `\\stackrel{!}{=}`, `\\xrightarrow{a}`, `\\not=`."""
    token = tokens[index]
    if token.text == "\\not":
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        meaning = NEGATIONS.get(after.text) if after else None
        if after is None or meaning is None:
            return None, index
        return Token("sign", meaning, token.start, after.end, "\\not" + after.text), index + 2
    first_end = _argument_end(tokens, index + 1)
    if token.text in LABELLED_ARROWS:
        sign = LABELLED_ARROWS[token.text]
        whole = tokens[index:first_end]
        return Token("sign", sign, token.start, whole[-1].end, spelled(whole)), first_end
    second_end = _argument_end(tokens, first_end)
    second = [t for t in tokens[first_end:second_end] if t.text not in ("{", "}")]
    if len(second) != 1 or (second[0].text not in RELATIONS and second[0].text not in ARROWS):
        return None, index
    whole = tokens[index:second_end]
    return Token("sign", second[0].text, token.start, whole[-1].end, spelled(whole)), second_end
