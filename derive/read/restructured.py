"""reStructuredText: the `math` directive and role, headings by underlines, comments to the checker."""

from __future__ import annotations

import re

from derive.read.document import Comment, Document, Formula, Heading
from derive.read.macros import find_definitions
from derive.read.regions import BACKSLASHES, DOLLARS, blank, find_formulas, restored, without

__all__ = ["read_restructured"]

_ROLE = re.compile(r":math:`((?:[^`\\]|\\.)+)`", re.DOTALL)
_DIRECTIVE = re.compile(
    r"^([ \t]*)\.\. (math|code|code-block|sourcecode|literalinclude|highlight|raw|parsed-literal)::[ \t]*(.*)$"
)
_COMMENT = re.compile(r"^[ \t]*\.\. derive:[ \t]*(.*?)[ \t]*$")
_EXPLICIT = re.compile(r"^([ \t]*)\.\.(?:[ \t]+(?![\[_|]|[\w:.+-]+::)|[ \t]*$)")
"""What begins with two dots and is no directive, footnote, target or substitution: a comment."""
_UNDERLINE = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}[ \t]*$")
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_LITERAL = re.compile(r"``[^\n]{1,300}?``(?!`)")


def read_restructured(path: str, text: str) -> Document:
    """The formulas of a reStructuredText source; literal blocks and code hold none."""
    lines = text.split("\n")
    formulas: list[Formula] = []
    headings: list[Heading] = []
    comments: list[Comment] = []
    marks: list[str] = []
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    number = 0
    while number < len(lines):
        line = lines[number]
        if note := _COMMENT.match(line):
            comments.append(Comment(note[1], starts[number], starts[number] + len(line)))
            lines[number] = blank(line)
        elif directive := _DIRECTIVE.match(line):
            last = _end_of_block(lines, number + 1, len(directive[1]))
            if directive[2] == "math":
                formulas += _blocks_of_mathematics(lines, starts, number, last, directive)
            for at in range(number, last):
                lines[at] = blank(lines[at])
            number = last
            continue
        elif remark := _EXPLICIT.match(line):
            last = _end_of_block(lines, number + 1, len(remark[1]))
            for at in range(number, last):
                lines[at] = blank(lines[at])
            number = last
            continue
        elif line.rstrip().endswith("::") and not line.lstrip().startswith(".."):
            last = _end_of_block(lines, number + 1, len(line) - len(line.lstrip()))
            for at in range(number + 1, last):
                lines[at] = blank(lines[at])
            number = last
            continue
        elif (mark := _UNDERLINE.match(line)) and (title := _title(lines, number)):
            if mark[1] not in marks:
                marks.append(mark[1])
            headings.append(Heading(title, marks.index(mark[1]) + 1, starts[number - 1]))
        number += 1
    prose = _LITERAL.sub(lambda found: blank(found.group()), "\n".join(lines))
    definitions = tuple(find_definitions(prose))
    prose = without(prose, definitions)
    roles = [Formula(found[1], found.start(1), found.end(1), False) for found in _ROLE.finditer(prose)]
    between = find_formulas(without(prose, roles), (*BACKSLASHES, *DOLLARS))
    everything = tuple(sorted([*formulas, *roles, *between], key=lambda formula: formula.start))
    return Document(path, restored(prose, formulas), everything, tuple(headings), tuple(comments), definitions)


def _title(lines: list[str], underline: int) -> str:
    """The text above a line of marks, empty where that is no title."""
    above = lines[underline - 1].strip() if underline else ""
    return "" if _UNDERLINE.match(above) else above


def _end_of_block(lines: list[str], first: int, indent: int) -> int:
    """The number of the line after an indented block."""
    at = first
    while at < len(lines):
        line = lines[at]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        at += 1
    return at


def _blocks_of_mathematics(
    lines: list[str], starts: list[int], number: int, last: int, directive: re.Match[str]
) -> list[Formula]:
    """The formulas of one directive: its argument, and its body, where blank lines part displays."""
    found: list[Formula] = []
    if directive[3].strip():
        begin = starts[number] + directive.start(3)
        found.append(Formula(directive[3], begin, begin + len(directive[3]), True))
    first: int | None = None
    body_begun = bool(directive[3].strip())
    for at in range(number + 1, last + 1):
        line = lines[at] if at < last else ""
        option = not body_begun and _OPTION.match(line)
        if line.strip() and not option:
            body_begun = True
            first = at if first is None else first
        elif first is not None:
            text = "\n".join(lines[first:at])
            found.append(Formula(text, starts[first], starts[first] + len(text), True))
            first = None
    return found
