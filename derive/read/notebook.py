"""Jupyter notebooks: the Markdown cells as one text, each line of which knows its cell and its place in the JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from derive.read.document import Document, LineOrigin
from derive.read.macros import Definition, find_definitions
from derive.read.markdown import read_markdown

__all__ = ["NotebookError", "read_notebook"]

_SOURCE = re.compile(r'"source"\s*:\s*\[?\s*')
_STRING = re.compile(r'\s*,?\s*"((?:[^"\\]|\\.)*)"')
_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[0-9a-fA-F]{4}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)


class NotebookError(ValueError):
    """The file is no notebook that can be read; the message says why, `line` and `column` where."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read_notebook(path: str, text: str) -> Document:
    """The formulas of a notebook's Markdown cells, and the macro definitions of its raw cells.

    Raises NotebookError.
    """
    try:
        cells = [(str(cell["cell_type"]), _strings(cell["source"])) for cell in json.loads(text)["cells"]]
    except json.JSONDecodeError as error:
        raise NotebookError(f"not a notebook: no JSON: {error.msg}", error.lineno, error.colno) from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else f"{type(error).__name__}: {error}"
        raise NotebookError(f"not a notebook: {reason}") from None
    literals = _Literals(text)
    pieces: list[str] = []
    origins: list[LineOrigin] = []
    raw: list[Definition] = []
    for number, (kind, strings) in enumerate(cells, 1):
        places = literals.places(strings)
        source = "".join(strings)
        if kind == "raw":
            raw += find_definitions(source)
        elif kind == "markdown":
            lines = list(_line_origins(source, places, number, literals))
            pieces.append(source)
            origins += [*lines, lines[-1]]
    text = "\n\n".join(pieces)
    document = read_markdown(path, text)
    return replace(document, origins=tuple(origins), definitions=(*raw, *document.definitions), written=text)


def _strings(source: object) -> list[str]:
    given = source if isinstance(source, list) else [source]
    strings = [string for string in given if isinstance(string, str)]
    if len(strings) != len(given):
        raise TypeError("a cell's source is no text")
    return strings


def _line_origins(source: str, places: list[int], cell: int, literals: _Literals) -> Iterator[LineOrigin]:
    """One origin for each line of a cell; `places` are the file offsets of its characters and of its end."""
    start = 0
    for number, row in enumerate(source.split("\n"), 1):
        offsets = places[start : start + len(row) + 1]
        widths = tuple(after - before for before, after in pairwise(offsets))
        line, column = literals.position(offsets[0])
        yield LineOrigin(line, column, cell, number, widths)
        start += len(row) + 1


class _Literals:
    """The string literals behind the `"source"` keys of a notebook's JSON, met in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line, self._line_start, self._counted = 1, 0, 0

    def places(self, strings: list[str]) -> list[int]:
        """The file offset of each character of the next source made of these strings, and of its end."""
        for key in _SOURCE.finditer(self._text, self._position):
            offsets = self._offsets(strings, key.end())
            if offsets is not None:
                self._position = offsets[-1]
                return offsets
        length = sum(map(len, strings))
        return [self._position] * (length + 1)

    def _offsets(self, strings: list[str], position: int) -> list[int] | None:
        offsets: list[int] = []
        for string in strings:
            literal = _STRING.match(self._text, position)
            if literal is None or json.loads(f'"{literal[1]}"', strict=False) != string:
                return None
            at = literal.start(1)
            for character in _CHARACTER.finditer(literal[1]):
                offsets.append(at + character.start())
            position = literal.end()
        return [*offsets, position - 1]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; offsets are asked for in growing order."""
        offset = max(offset, self._counted)
        self._line += self._text.count("\n", self._counted, offset)
        newline = self._text.rfind("\n", self._counted, offset)
        if newline >= 0:
            self._line_start = newline + 1
        self._counted = offset
        return self._line, offset - self._line_start + 1
