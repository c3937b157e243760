"""Lists of exercises: what the sentence above a list asks of the equations in it."""

from __future__ import annotations

import re

from derive.read.document import Document

__all__ = ["asking_list"]

_ITEM = re.compile(
    r"[ \t>]*(?:[-*+]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\\item\b(?:\[[^\]\n]*\])?|#\.)(?:\s|$|(?<=\w))"
)
_CONTINUED = re.compile(r"[ \t]{2,}\S|[ \t>]*$|\s*\\(?:begin|end)\{(?:enumerate|itemize|parts?|multicols)\}")
_ASKS = re.compile(
    r"\b(?:solve|find|determine|obtain|make|express|rearrange|write)\b(?![^.]*\b(?:show|prove|verify|check)\b)",
    re.IGNORECASE,
)
_TAKES = re.compile(r"\b(?:following|these|each|below|equations?|systems?|problems?|solutions?|terms of|for)\b", re.I)
FARTHEST = 4000
MOST_LINES = 60


def asking_list(document: Document, offset: int) -> tuple[str, int] | None:
    """The sentence that asks to solve what stands in the list around an offset, and where the list's item begins.

    None outside of lists, and where the sentence above asks for nothing of the kind.
    """
    text = document.text
    begin = max(0, offset - FARTHEST)
    lines = text[begin:offset].split("\n")
    starts = [begin]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    item: int | None = None
    for number in range(len(lines) - 1, max(-1, len(lines) - MOST_LINES), -1):
        line = lines[number]
        if _ITEM.match(line):
            item = starts[number] if item is None else item
        elif item is None and number < len(lines) - 1 and not line.strip(" \t>"):
            return None
        elif not _CONTINUED.match(line):
            if item is None:
                if number == len(lines) - 1 or line.strip():
                    continue
                return None
            return _asked(lines, number, item)
    return None


def _asked(lines: list[str], last: int, item: int) -> tuple[str, int] | None:
    """The last sentence of the paragraph that ends with a line, if it asks."""
    first = last
    while first > 0 and lines[first - 1].strip(" \t>") and not _ITEM.match(lines[first - 1]):
        first -= 1
    paragraph = " ".join(line.strip() for line in lines[first : last + 1])
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z$\\(])", paragraph)[-1]
    return (sentence, item) if _ASKS.search(sentence) and _TAKES.search(sentence) else None
