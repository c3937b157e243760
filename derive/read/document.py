"""A document as data: its text, the formulas, headings and comments in it, and where each stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from derive.read.macros import Definition

__all__ = ["Comment", "Document", "Formula", "Heading", "LineOrigin", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A range in a file: lines and columns count from 1, the end column is one past the last character.

    `cell` is the number of a notebook's cell (from 1) and `cell_line` the line inside it; 0 elsewhere.
    `path` is the file where that is another one than the document, one that it draws in.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    cell: int = 0
    cell_line: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A piece of LaTeX between delimiters: `text` is the document's text from `start` to `end`."""

    text: str
    start: int
    end: int
    display: bool
    environment: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section begins at `start`; `level` 1 is the highest."""

    title: str
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to the checker, `<!-- derive: … -->` or `% derive: …`: what follows the colon."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """Where a line of a document's text comes from when the file is no plain text.

    `widths` are the numbers of file characters behind each character (an escape `\\\\n` of JSON has two); empty where
    each has one.  `path` is a file that the document draws in, empty for the document itself.
    """

    line: int
    column: int
    cell: int
    cell_line: int
    widths: tuple[int, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: `text` has the characters of the file at their places, what is not prose blanked out.

    `origins` is empty where `text` is the file's text line by line, else one origin for each line.
    `definitions` are the macro definitions found in it, in order; `written` is the text with nothing blanked out.
    `beside` are the paths and texts of LaTeX files that may belong to the same larger document.
    """

    path: str
    text: str
    formulas: tuple[Formula, ...]
    headings: tuple[Heading, ...] = ()
    comments: tuple[Comment, ...] = ()
    definitions: tuple[Definition, ...] = ()
    origins: tuple[LineOrigin, ...] = ()
    written: str = ""
    beside: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            position = 0
            self._starts.append(0)
            while (position := self.text.find("\n", position) + 1) > 0:
                self._starts.append(position)
        return self._starts

    def _locate(self, offset: int) -> tuple[int, int, LineOrigin | None]:
        starts = self._line_starts()
        row = bisect_right(starts, offset) - 1
        column = offset - starts[row]
        if not self.origins:
            return row + 1, column + 1, None
        origin = self.origins[min(row, len(self.origins) - 1)]
        passed = sum(origin.widths[:column]) if origin.widths else column
        return origin.line, origin.column + passed, origin

    def place(self, start: int, end: int) -> Place:
        """The place in the file of the text from `start` to `end`."""
        line, column, origin = self._locate(start)
        end_line, end_column, _ = self._locate(max(start, end))
        if origin is None:
            return Place(line, column, end_line, end_column)
        return Place(line, column, end_line, end_column, origin.cell, origin.cell_line, origin.path)

    def source_line(self, offset: int) -> tuple[str, int]:
        """The line as it is written around an offset, and the offset's column in it (from 0)."""
        starts = self._line_starts()
        row = bisect_right(starts, offset) - 1
        end = self.text.find("\n", starts[row])
        written = self.written or self.text
        return written[starts[row] : end if end >= 0 else len(written)], offset - starts[row]
