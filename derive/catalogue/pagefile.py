"""Page files: TOML in which an author names questions and writes prose, read into entries with their places."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["KINDS", "Entry", "Kind", "PageFileError", "PageSource", "read_page_file", "read_page_text"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block: the type of its own value, what it says, the other keys with their types, and those it needs."""

    value: type
    says: str
    options: tuple[tuple[str, type], ...] = ()
    needs: tuple[str, ...] = ()


_TERM = (("in", str), ("says", str))
KINDS: dict[str, Kind] = {
    "section": Kind(str, "begins a section with this title"),
    "prose": Kind(str, "paragraphs and lists, mathematics between \\( and \\)"),
    "define": Kind(str, "a definition, in force from here on", (("name", str),)),
    "solve": Kind(str, "an equation to solve", (("for", str), ("given", list), ("name", str)), ("for",)),
    "diff": Kind(
        str,
        "a term to differentiate",
        (("wrt", str), ("given", list), ("first", list), ("left", str), ("name", str)),
        ("wrt",),
    ),
    "express": Kind(
        str, "an earlier result to express in a defined function", (("in", str), ("left", str), ("name", str)), ("in",)
    ),
    "recall": Kind(list, "terms in defined functions, whose values in full are recalled"),
    "result": Kind(str, "an earlier result, stated again", (("left", str), ("in", str), ("name", str))),
    "claim": Kind(str, "a statement, to be verified", (("says", str), ("given", list), ("name", str)), ("says",)),
    "smooth": Kind(str, "a term said to be smooth on the whole range of its variable", _TERM, ("in", "says")),
    "increasing": Kind(str, "a term said to be strictly increasing", _TERM, ("in", "says")),
    "decreasing": Kind(str, "a term said to be strictly decreasing", _TERM, ("in", "says")),
    "table": Kind(list, "rows of cells; @name is a result, a statement is verified", (("columns", list),)),
}


class PageFileError(ValueError):
    """A page file that cannot be used: one sentence, the file as the caller named it, and the line."""

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.path, self.line = message, path, line

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[block]]`: its kind, the value of its own key, its other keys, and the line of each key."""

    kind: str
    value: Any
    options: dict[str, Any]
    lines: dict[str, int]

    @property
    def line(self) -> int | None:
        return self.lines.get(self.kind)

    def text(self, option: str, default: str = "") -> str:
        return str(self.options.get(option, default))

    def texts(self, option: str) -> tuple[str, ...]:
        return tuple(self.options.get(option, ()))


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page as its author wrote it: questions and prose, nothing answered."""

    name: str
    title: str
    path: str
    entries: tuple[Entry, ...]


def read_page_file(path: Path) -> PageSource:
    """The page in that file. Raises PageFileError for what is no page, OSError where the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PageFileError("a page file is UTF-8 text", str(path)) from None
    return read_page_text(text, name=path.stem, path=str(path))


def read_page_text(text: str, name: str, path: str) -> PageSource:
    """The page that a TOML text describes; `path` is how errors name it. Raises PageFileError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise PageFileError(f"this is not TOML: {message}", path, int(line[1]) if line else None) from None
    unknown = set(data) - {"title", "block"}
    if unknown:
        raise PageFileError(f"a page has a title and blocks, no {sorted(unknown)[0]!r}", path)
    title, blocks = data.get("title"), data.get("block")
    if not isinstance(title, str) or not title.strip():
        raise PageFileError('a page begins with its title: title = "…"', path)
    if not isinstance(blocks, list) or not blocks or not all(isinstance(block, dict) for block in blocks):
        raise PageFileError("a page has at least one [[block]]", path)
    places = _places(text, len(blocks))
    return PageSource(name, title, path, tuple(_entry(b, at, path) for b, at in zip(blocks, places, strict=True)))


def _places(text: str, count: int) -> list[dict[str, int]]:
    """For each block the line of each of its keys; nothing where the lines cannot be told apart."""
    places: list[dict[str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*\[\[\s*block\s*\]\]", line):
            places.append({"": number})
        elif places and (key := re.match(r"\s*([\w-]+)\s*=", line)):
            places[-1].setdefault(key[1], number)
    return places if len(places) == count else [{} for _ in range(count)]


def _entry(block: dict[str, Any], lines: dict[str, int], path: str) -> Entry:
    kinds = [key for key in block if key in KINDS]
    if len(kinds) != 1:
        asked = "exactly one of " + ", ".join(KINDS)
        found = " and ".join(kinds) if kinds else "none of them"
        raise PageFileError(f"a block has {asked}; this one has {found}", path, lines.get(""))
    kind = kinds[0]
    for needed in KINDS[kind].needs:
        if needed not in block:
            raise PageFileError(f"a {kind} block needs {needed!r}", path, lines.get(kind))
    allowed = {kind: KINDS[kind].value, **dict(KINDS[kind].options)}
    for key, value in block.items():
        line = lines.get(key, lines.get(""))
        if key not in allowed:
            raise PageFileError(f"a {kind} block has no {key!r}; it may have {', '.join(allowed)}", path, line)
        if not isinstance(value, allowed[key]):
            wanted = "a list" if allowed[key] is list else "a text"
            raise PageFileError(f"{key!r} is {wanted}", path, line)
        if isinstance(value, list):
            _check_list(kind, key, value, path, line)
    return Entry(kind, block[kind], {k: v for k, v in block.items() if k != kind}, lines)


def _check_list(kind: str, key: str, value: list[Any], path: str, line: int | None) -> None:
    rows = value if kind == key == "table" else [value]
    if not all(isinstance(row, list) and row and all(isinstance(cell, str) for cell in row) for row in rows):
        wanted = "a list of rows, each a list of texts" if kind == key == "table" else "a list of texts"
        raise PageFileError(f"{key!r} is {wanted}", path, line)
