"""What the readers raise, and how to show it: the piece that could not be read, underlined."""

from __future__ import annotations

__all__ = ["ReadError", "underline"]


class ReadError(ValueError):
    """Text that is not understood: a sentence, the place [start, end) in the text, and what was expected there."""

    def __init__(self, message: str, start: int, end: int, expected: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.expected = expected


def underline(text: str, start: int, end: int, width: int = 100) -> str:
    """Two lines: the line of `text` that holds the place, and carets under the place; long lines are cut around it."""
    start = max(0, min(start, len(text)))
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    if line_end - line_start > width:
        line_start = max(line_start, start - width // 2)
        line_end = min(line_end, line_start + width)
    stop = max(start + 1, min(end, line_end))
    shown = text[line_start:line_end].replace("\t", " ")
    return f"{shown}\n{' ' * (start - line_start)}{'^' * (stop - start)}"
