"""Authors' prose: paragraphs, `- ` lists, inline mathematics, `**strong**`, `*emphasis*` and `` `code` ``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from derive.render.view import Formula, Paragraph, Run, Runs

_PIECE = re.compile(
    r"\\\((?P<math>.+?)\\\)|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*\s][^*]*)\*|`(?P<code>[^`]+)`", re.DOTALL
)
_BLANK_LINES = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^\s*- ", re.MULTILINE)


def runs(text: str, formula: Callable[[str], Formula]) -> Runs:
    """The stretches of one paragraph; `formula` turns inline LaTeX into its two spellings."""
    return tuple(_runs(" ".join(text.split()), formula))


def _runs(text: str, formula: Callable[[str], Formula]) -> Iterator[Run]:
    at = 0
    for piece in _PIECE.finditer(text):
        if piece.start() > at:
            yield Run("text", text[at : piece.start()])
        kind, content = next((k, v) for k, v in piece.groupdict().items() if v is not None)
        yield Run(kind, content.strip(), formula(content.strip()) if kind == "math" else None)
        at = piece.end()
    if at < len(text):
        yield Run("text", text[at:])


def paragraphs(text: str, formula: Callable[[str], Formula]) -> tuple[Paragraph, ...]:
    """The paragraphs and lists of a text, separated by blank lines; a list may follow its sentence directly."""
    found: list[Paragraph] = []
    for block in _BLANK_LINES.split(text.strip()):
        head, *items = _BULLET.split(block)
        if head.strip():
            found.append(Paragraph("paragraph", (runs(head, formula),)))
        if items:
            found.append(Paragraph("list", tuple(runs(item, formula) for item in items)))
    return tuple(found)
