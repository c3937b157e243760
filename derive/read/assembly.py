"""A LaTeX document put together from the files that it draws in, each line of which knows the file it is from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from posixpath import join, normpath

from derive.read.document import LineOrigin
from derive.read.macros import Definition, find_definitions
from derive.read.tex import without_hidden

__all__ = ["Assembly", "Missing", "assembled", "named_root"]

MOST_FILES = 500
LARGEST_TEXT = 20_000_000

_INPUT = re.compile(
    r"\\(?:(?:input|include|subfile|subfileinclude)\s*\{([^{}\n]+)\}|input[ \t]+([\w./-]+)"
    r"|(?:sub)?(?:import|includefrom|inputfrom)\*?\s*\{([^{}\n]*)\}\s*\{([^{}\n]+)\})"
)
_PACKAGES = re.compile(r"\\(usepackage|RequirePackage|documentclass|LoadClass)\s*(?:\[[^\]]*\])?\s*\{([^{}\n]+)\}")
_END = re.compile(r"\\end\{document\}|\\endinput(?![A-Za-z])")
_ROOT = re.compile(r"^[ \t]*%[ \t]*!\s*TEX\s+root\s*=\s*(\S[^\n]*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_SUBFILE = re.compile(r"\\documentclass\s*\[([^\]\n]+)\]\s*\{subfiles\}")

Load = Callable[[str], str | None]
"""The text of the file at a path; None where there is none that can be read."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that is drawn in at an offset of `path` and is not there."""

    name: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Assembly:
    """The whole text and where its lines are from; `parts` are the files in it besides the first, in order.

    `definitions` are those of packages and classes that lie beside the document.
    """

    text: str
    origins: tuple[LineOrigin, ...] = ()
    parts: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    definitions: tuple[Definition, ...] = ()


def assembled(path: str, text: str, load: Load) -> Assembly:
    """The LaTeX document at `path` with every file that it draws in, each once, at its place."""
    folder = PurePath(path).parent.as_posix()
    lines: list[str] = []
    origins: list[LineOrigin] = []
    missing: list[Missing] = []
    seen = {normpath(path)}
    size = len(text)
    stack = [_pieces(path, text)]
    while stack:
        piece = next(stack[-1], None)
        if piece is None:
            stack.pop()
            continue
        if piece.name is None:
            rows = piece.text.split("\n")
            lines += rows
            origins += [
                LineOrigin(piece.line + n, piece.column if n == 0 else 1, 0, 0, (), piece.path if stack[1:] else "")
                for n in range(len(rows))
            ]
            continue
        found = _found(piece.name, (folder, PurePath(piece.path).parent.as_posix()), (".tex", ""), load)
        if found is None:
            missing.append(Missing(piece.name, piece.path if stack[1:] else "", piece.line, piece.column))
        elif found[0] not in seen and len(seen) < MOST_FILES and size + len(found[1]) <= LARGEST_TEXT:
            seen.add(found[0])
            size += len(found[1])
            stack.append(_pieces(*found))
    definitions = tuple(_packaged(folder, without_hidden(text), load))
    if len(seen) == 1:
        return Assembly(text, missing=tuple(missing), definitions=definitions)
    parts = tuple(dict.fromkeys(origin.path for origin in origins if origin.path))
    return Assembly("\n".join(lines), tuple(origins), parts, tuple(missing), definitions)


def named_root(path: str, text: str) -> str | None:
    """The main document that a part names: `% !TEX root = main.tex`, `\\documentclass[main.tex]{subfiles}`."""
    found = _ROOT.search(text[:5000]) or _SUBFILE.search(text[:5000])
    if found is None:
        return None
    root = normpath(join(PurePath(path).parent.as_posix(), found[1].strip()))
    return root if PurePath(root).suffix else f"{root}.tex"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text from a line and column of a file on; or, with `name`, the file drawn in there."""

    path: str
    line: int
    column: int
    text: str = ""
    name: str | None = None


def _pieces(path: str, text: str) -> Iterator[_Piece]:
    """The text of a file up to its end, and the files it draws in, in order."""
    visible = without_hidden(text)
    end = _END.search(visible)
    stop = end.start() if end else len(text)
    position, line, line_start = 0, 1, 0
    for found in _INPUT.finditer(visible, 0, stop):
        before = text[position : found.start()]
        yield from _stretch(path, before, line, position - line_start, after=position > 0)
        line += before.count("\n")
        line_start = max(line_start, text.rfind("\n", 0, found.start()) + 1)
        folder, name = found[3], found[1] or found[2] or found[4]
        name = join(folder, name.strip()) if folder else name.strip()
        yield _Piece(path, line, found.start() - line_start + 1, name=name)
        position = found.end()
        line += found.group().count("\n")
        line_start = max(line_start, text.rfind("\n", 0, position) + 1)
    yield from _stretch(path, text[position:stop], line, position - line_start, after=position > 0)


def _stretch(path: str, text: str, line: int, indent: int, *, after: bool) -> Iterator[_Piece]:
    """The text between inputs, without the blank rests of the lines on which these stand: they end no paragraph."""
    rows = text.split("\n")
    if len(rows) > 1 and not rows[-1].strip():
        rows.pop()
    if after and len(rows) > 1 and not rows[0].strip():
        rows.pop(0)
        line, indent = line + 1, 0
    if any(row.strip() for row in rows):
        yield _Piece(path, line, indent + 1, "\n".join(rows))


def _found(name: str, folders: tuple[str, ...], suffixes: tuple[str, ...], load: Load) -> tuple[str, str] | None:
    """The path and text of a file that is named with or without its suffix."""
    for folder in dict.fromkeys(folders):
        for suffix in suffixes:
            path = normpath(join(folder, f"{name}{suffix}"))
            text = load(path)
            if text is not None:
                return path, text
    return None


def _packaged(folder: str, visible: str, load: Load) -> Iterator[Definition]:
    """The definitions in packages and classes of the document's own folder, and in those that these require."""
    waiting = [visible]
    seen: set[str] = set()
    while waiting:
        for command, names in _PACKAGES.findall(waiting.pop(0)):
            suffix = ".cls" if command in ("documentclass", "LoadClass") else ".sty"
            for name in names.split(","):
                found = _found(name.strip(), (folder,), (suffix,), load)
                if found is not None and found[0] not in seen and len(seen) < MOST_FILES:
                    seen.add(found[0])
                    inner = without_hidden(found[1])
                    yield from find_definitions(inner)
                    waiting.append(inner)
