"""Markdown in its dialects (CommonMark, GitHub, MyST, kramdown, Jupyter): formulas, headings, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.read.document import Comment, Document, Formula, Heading
from derive.read.hypertext import IGNORED, closing_tag, with_small_tags
from derive.read.macros import find_definitions
from derive.read.regions import (
    BACKSLASHES,
    DIRECTIVE,
    DOLLARS,
    GITHUB,
    blank,
    enclosed,
    find_formulas,
    html_comments,
    restored,
    without,
)

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>[^`\n]*)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_BACKTICKS = re.compile(r"`+")
_GITHUB_MATH = re.compile(r"\$`[^`\n]+`\$")
_OPTION = re.compile(r"[ \t]*:[\w-]+:.*$|[ \t]*\Z|[ \t]*$")
_LINK_TARGET = re.compile(r"(\]\()([^()\n]*)(\))")
_ROLE = "{math}"
_CODE_DIRECTIVES = frozenset({
    "code", "code-cell", "code-block", "sourcecode", "literalinclude", "mermaid", "raw", "eval-rst", "parsed-literal",
    "highlight", "graphviz", "toctree", "bibliography", "csv-table", "doctest", "testcode", "prompt", "plot", "python",
    "r", "julia", "jupyter-execute", "include", "altair-plot", "vega-lite", "tikz", "dot",
})  # fmt: skip
"""Directives whose body is no Markdown; that of `{note}`, `{prf:theorem}` or `{figure}` is."""
_MATH_FENCES = {"math", "{math}", "{eval-rst}math", "latex-math"}


def read_markdown(path: str, text: str) -> Document:
    """The formulas of a Markdown text; code, front matter and HTML comments hold none."""
    front = _FRONT_MATTER.match(text)
    if front:
        text = blank(front.group()) + text[front.end() :]
    hidden = html_comments(text)
    comments = tuple(
        Comment(said[1], found.start, found.end) for found in hidden if (said := DIRECTIVE.match(found.inner))
    )
    text = without(text, hidden)
    text = with_small_tags(text) if "</" in text else text
    text = without(text, enclosed(text, IGNORED, closing_tag))
    text, headings, fenced = _blocks(text)
    spans = list(_code_spans(text))
    roles = [formula for span in spans if (formula := _role(text, span))]
    text = without(text, spans)
    text = _LINK_TARGET.sub(
        lambda found: found[1] + blank(found[2]) + found[3] if "\\" not in found[2] else found[0], text
    )
    definitions = tuple(find_definitions(text))
    text = without(text, definitions)
    between = find_formulas(without(text, fenced), (GITHUB, *BACKSLASHES, *DOLLARS), doubled=True)
    formulas = tuple(sorted([*fenced, *roles, *between], key=lambda formula: formula.start))
    return Document(path, restored(text, roles), formulas, headings, comments, definitions)


def _blocks(text: str) -> tuple[str, tuple[Heading, ...], list[Formula]]:
    """The text with code blocks and quotation marks blanked, its headings, and the formulas of math fences."""
    lines = text.split("\n")
    headings: list[Heading] = []
    fenced: list[Formula] = []
    start = 0
    fence, quoted = "", False
    math_start = -1
    in_list = False
    directives: list[str] = []
    for number, line in enumerate(lines):
        quote = _QUOTE.match(line)
        if quote and (quoted or not fence):
            line = lines[number] = blank(quote.group()) + line[quote.end() :]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark["mark"].startswith(fence) and not mark["info"].strip():
                if math_start >= 0:
                    fenced.append(_formula(lines, number, math_start, start))
                lines[number] = blank(line)
                fence, math_start = "", -1
            elif math_start < 0:
                lines[number] = blank(line)
            elif math_start == start and _OPTION.match(line):
                lines[number] = blank(line)
                math_start = start + len(line) + 1
        elif mark:
            info = mark["info"].strip().split(" ")[0]
            lines[number] = blank(line)
            if not info and directives and mark["mark"].startswith(directives[-1]):
                directives.pop()
            elif _holds_markdown(info):
                directives.append(mark["mark"])
            elif info in _MATH_FENCES or not mark["mark"].startswith(":"):
                fence, quoted = mark["mark"], quote is not None
                math_start = start + len(line) + 1 if info in _MATH_FENCES else -1
        elif heading := _ATX.match(line):
            headings.append(Heading(heading[2], len(heading[1]), start))
            in_list = False
        elif number and lines[number - 1].strip() and (under := _SETEXT.match(line)) and "|" not in lines[number - 1]:
            above = lines[number - 1]
            if not _LIST_ITEM.match(above) and "$" not in above and "\\" not in above:
                headings.append(Heading(above.strip(), 1 if under[1][0] == "=" else 2, start - len(above) - 1))
        elif line[:1].strip():
            in_list = bool(_LIST_ITEM.match(line))
        elif _LIST_ITEM.match(line):
            in_list = True
        elif line.startswith(("    ", "\t")) and not in_list and number and not lines[number - 1].strip():
            lines[number] = _indented(line)
        start += len(line) + 1
    return "\n".join(lines), tuple(headings), fenced


def _holds_markdown(info: str) -> bool:
    """Whether a fence with this word after it is a directive whose body is Markdown."""
    return info.startswith("{") and info not in _MATH_FENCES and info.strip("{}").lower() not in _CODE_DIRECTIVES


@dataclass(frozen=True, slots=True)
class _Span:
    """A code span with its backticks, of which there are `ticks` on either side."""

    start: int
    end: int
    ticks: int


def _code_spans(text: str) -> Iterator[_Span]:
    """The code spans of each line; GitHub's dollar and backtick are mathematics."""
    start = 0
    for line in text.split("\n"):
        if "`" in line:
            yield from (replace(span, start=span.start + start, end=span.end + start) for span in _spans(line))
        start += len(line) + 1


def _spans(line: str) -> Iterator[_Span]:
    mathematics = {at for found in _GITHUB_MATH.finditer(line) for at in (found.start() + 1, found.end() - 2)}
    runs = [run for run in _BACKTICKS.finditer(line) if run.start() not in mathematics]
    later: dict[int, list[re.Match[str]]] = {}
    for run in reversed(runs):
        later.setdefault(len(run.group()), []).append(run)
    position = 0
    for run in runs:
        same = later[len(run.group())]
        while same and same[-1].start() <= max(run.start(), position - 1):
            same.pop()
        if run.start() >= position and same:
            position = same[-1].end()
            yield _Span(run.start(), position, len(run.group()))


def _role(text: str, span: _Span) -> Formula | None:
    """The formula of a code span that is the body of MyST's role for mathematics."""
    if not text.endswith(_ROLE, 0, span.start):
        return None
    start, end = span.start + span.ticks, span.end - span.ticks
    return Formula(text[start:end], start, end, False)


def _indented(line: str) -> str:
    """An indented code block blanked, unless it is visibly mathematics."""
    return line if "\\" in line or "$$" in line else blank(line)


def _formula(lines: list[str], end_line: int, start: int, end: int) -> Formula:
    """The formula from offset `start` to the line end before offset `end`, where line `end_line` begins."""
    pieces: list[str] = []
    position = end
    for line in reversed(lines[:end_line]):
        position -= len(line) + 1
        if position < start:
            break
        pieces.append(line)
    text = "\n".join(reversed(pieces))
    return Formula(text, start, start + len(text), True)
