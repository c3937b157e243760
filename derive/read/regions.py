"""Finding formulas between delimiters in a text, in one pass whatever the text holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from derive.read.document import Formula

__all__ = [
    "DIRECTIVE",
    "DISPLAY_ENVIRONMENTS",
    "Delimiter",
    "blank",
    "enclosed",
    "find_formulas",
    "html_comments",
    "restored",
    "without",
]

DISPLAY_ENVIRONMENTS = (
    "equation", "align", "aligned", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath", "math",
    "dmath", "IEEEeqnarray", "split", "gathered", "subequations", "numcases", "subnumcases",
)  # fmt: skip

_ENVIRONMENT = r"\\begin\{(?P<environment>(?:" + "|".join(DISPLAY_ENVIRONMENTS) + r")\*?)\}"


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A pair of delimiters; `one_paragraph` says that no blank line may stand between them."""

    opening: str
    closing: str
    display: bool
    one_paragraph: bool = False


BACKSLASHES = (Delimiter("\\[", "\\]", True), Delimiter("\\(", "\\)", False, one_paragraph=True))
DOLLARS = (Delimiter("$$", "$$", True), Delimiter("$", "$", False, one_paragraph=True))
GITHUB = Delimiter("$`", "`$", False, one_paragraph=True)

DIRECTIVE = re.compile(r"\s*derive:\s*(.*?)\s*\Z", re.DOTALL)
"""What a comment to the checker says."""

_HTML_COMMENT = re.compile(r"<!--")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_PRICE = re.compile(r"\d[\d.,]*(?:[ \n]+[A-Za-z]|[.,]?$|\s)")
_SENTENCE = re.compile(r"(?<!\\)(?:\b[A-Za-z]{2,}[ ,.\n]+){4,}")
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_LETTERS_ONLY = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,.\n]*){3,}")


def blank(text: str) -> str:
    """Spaces in place of everything but line ends, so that offsets stay."""
    return re.sub(r"[^\n]", " ", text)


class Range(Protocol):
    """Something that stands from `start` to `end`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def without(text: str, ranges: Iterable[Range]) -> str:
    """The text with ranges (in order, apart from each other) blanked out."""
    pieces: list[str] = []
    position = 0
    for each in ranges:
        pieces += text[position : each.start], blank(text[each.start : each.end])
        position = each.end
    return "".join([*pieces, text[position:]])


def restored(text: str, formulas: Iterable[Formula]) -> str:
    """The text with the formulas (in order) put back at their places."""
    pieces: list[str] = []
    position = 0
    for formula in formulas:
        pieces += text[position : formula.start], formula.text
        position = formula.end
    return "".join([*pieces, text[position:]])


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What stands between an opening and its closing, both included; `inner` is the text between them."""

    start: int
    end: int
    inner: str
    inner_start: int
    opening: re.Match[str]


def enclosed(text: str, opening: re.Pattern[str], closing: Callable[[re.Match[str]], str]) -> Iterator[Enclosed]:
    """Each opening with the next closing that belongs to it, in one pass; what is never closed is passed over."""
    absent: set[str] = set()
    position = 0
    while found := opening.search(text, position):
        wanted = closing(found)
        end = -1 if wanted in absent else text.find(wanted, found.end())
        if end < 0:
            absent.add(wanted)
            position = found.end()
            continue
        position = end + len(wanted)
        yield Enclosed(found.start(), position, text[found.end() : end], found.end(), found)


def html_comments(text: str) -> tuple[Enclosed, ...]:
    return tuple(enclosed(text, _HTML_COMMENT, lambda _: "-->"))


class _Ahead:
    """The next place of a string or pattern at or after a position, remembered so that a scan stays linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}

    def find(self, wanted: str, position: int) -> int:
        known = self._found.get(wanted, -1)
        if known < position:
            known = self._search(wanted, position)
            self._found[wanted] = known
        return known

    def _search(self, wanted: str, position: int) -> int:
        """The place, len(text) + 1 when there is none; a dollar behind a backslash is none."""
        if wanted == "":
            match = _BLANK_LINE.search(self._text, position)
            return match.start() if match else len(self._text) + 1
        at = self._text.find(wanted, position)
        while at > 0 and wanted.startswith("$") and self._text[at - 1] == "\\" and self._text[at - 2 : at] != "\\\\":
            at = self._text.find(wanted, at + 1)
        return at if at >= 0 else len(self._text) + 1


def find_formulas(text: str, delimiters: tuple[Delimiter, ...], *, doubled: bool = False) -> Iterator[Formula]:
    """The formulas of a text in order: between the delimiters, and in display environments.

    `doubled` accepts the escaped forms `\\\\\\\\[` and `\\\\\\\\(` that some Markdown dialects need.
    """
    by_opening = {d.opening: d for d in delimiters}
    if doubled:
        by_opening |= {
            "\\" + d.opening: Delimiter("\\" + d.opening, "\\" + d.closing, d.display, d.one_paragraph)
            for d in delimiters
            if d.opening.startswith("\\")
        }
    openings = sorted(by_opening, key=len, reverse=True)
    opener = re.compile("|".join([_ENVIRONMENT, *map(re.escape, openings), r"\\\\|\\\$|\\[a-zA-Z]+"]))
    ahead = _Ahead(text)
    position = 0
    while match := opener.search(text, position):
        environment = match.group("environment")
        if environment:
            closing = f"\\end{{{environment}}}"
            end = ahead.find(closing, match.end())
            if end <= len(text):
                position = end + len(closing)
                yield Formula(text[match.start() : position], match.start(), position, True, environment)
            else:
                position = match.end()
            continue
        delimiter = by_opening.get(match.group())
        if delimiter is None:
            position = match.end()
            continue
        end = ahead.find(delimiter.closing, match.end())
        limit = min(len(text), ahead.find("", match.end())) if delimiter.one_paragraph else len(text)
        inside = text[match.end() : end] if end <= limit else ""
        if end > limit or _is_prose(inside, delimiter, text, end):
            position = match.end()
            continue
        position = end + len(delimiter.closing)
        if inside.strip():
            yield Formula(inside, match.end(), end, delimiter.display)


def _is_prose(inside: str, delimiter: Delimiter, text: str, end: int) -> bool:
    """Whether the text between two dollar delimiters is money or prose rather than mathematics."""
    if delimiter.opening == "$$":
        return bool(_BLANK_LINE.search(inside) and _SENTENCE.search(_IN_BRACES.sub("", inside)))
    if delimiter.opening != "$":
        return False
    if text[end + 1 : end + 2].isdigit():
        return True
    if "\\" in inside or "=" in inside:
        return False
    return bool(_PRICE.match(inside) and inside[-1:].isspace()) or bool(_LETTERS_ONLY.search(inside))
