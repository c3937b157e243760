"""What is checked: files and texts, read with the files that belong to them; which files are parts of others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from posixpath import normpath

from derive.check.result import Notice
from derive.read.assembly import Assembly, assembled, named_root
from derive.read.document import Document
from derive.read.macros import Definition, find_definitions
from derive.read.readers import LARGEST_FILE, DocumentError, decode, read_document
from derive.read.tex import without_hidden

__all__ = ["Content", "Source", "content_of", "document_of", "roots", "sources_of"]

MOST_BESIDE = 60
"""Files beside a part that are looked into."""
_TEX = (".tex", ".ltx")
_LATEX = frozenset({".tex", ".ltx", ".sty", ".cls"})


@dataclass(frozen=True, slots=True)
class Source:
    """A document to check: the name under which it is reported, and its bytes (None: to be read from `path`)."""

    path: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a source; `on_disk` says that files beside it belong to it, `parts` which it draws in.

    `digest` changes with whatever the result depends on in these files.
    """

    path: str
    data: bytes
    on_disk: bool
    parts: tuple[str, ...]
    digest: str


def sources_of(paths: Iterable[Path]) -> tuple[Source, ...]:
    return tuple(Source(path.as_posix()) for path in paths)


def content_of(source: Source) -> Content:
    """The source with what belongs to it.  Raises OSError."""
    data = _read(source.path) if source.data is None else source.data
    digest = hashlib.sha256(data)
    assembly = None
    if source.data is None and source.path.lower().endswith(_TEX):
        try:
            text = decode(data)
        except DocumentError:
            text = ""
        assembly = assembled(source.path, text, load)
        digest.update(repr(_beside(source.path, text)).encode(errors="replace"))
        digest.update(repr((assembly, _root_definitions(source.path, text))).encode(errors="replace"))
    parts = assembly.parts if assembly else ()
    return Content(source.path, data, source.data is None, parts, digest.hexdigest())


def _read(path: str) -> bytes:
    """The bytes of a file, at most one more than the largest that is read."""
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def load(path: str) -> str | None:
    """The text of a file that a document draws in; None where there is none that can be read."""
    try:
        return decode(_read(path)) if Path(path).is_file() else None
    except (DocumentError, OSError, ValueError):
        return None


def roots(contents: Sequence[Content]) -> set[str]:
    """The paths that are checked by themselves: all but those that another one draws in."""
    parts_of: Mapping[str, tuple[str, ...]] = {normpath(content.path): content.parts for content in contents}
    drawn_in = {part for path, parts in parts_of.items() for part in parts if part != path}
    found = {path for path in parts_of if path not in drawn_in}
    covered = found.union(*(parts_of[path] for path in found))
    for path in parts_of:
        if path not in covered:
            found.add(path)
            covered.update((path, *parts_of[path]))
    return found


def document_of(path: str, data: bytes, *, on_disk: bool) -> tuple[Document, tuple[Notice, ...]]:
    """The document, and what is to be said of files that it should draw in.  Raises DocumentError."""
    text = decode(data)
    if not on_disk or not path.lower().endswith(_TEX):
        return read_document(path, text), ()
    assembly = assembled(path, text, load)
    document = read_document(path, assembly.text)
    known = (*_root_definitions(path, text), *assembly.definitions, *document.definitions)
    document = replace(document, origins=assembly.origins, definitions=known, beside=_beside(path, text))
    return document, _missing(assembly)


def _beside(path: str, text: str) -> tuple[tuple[str, str], ...]:
    """The LaTeX files in the folder of a part whose main document is not known; none for a whole document."""
    if "\\documentclass" in text or named_root(path, text) is not None:
        return ()
    here = Path(path)
    try:
        found = sorted(each for each in here.parent.iterdir() if each.suffix.lower() in _LATEX and each != here)
    except OSError:
        return ()
    texts = ((each.as_posix(), _cached(each.as_posix(), each.stat().st_mtime_ns)) for each in found[:MOST_BESIDE])
    return tuple((name, each) for name, each in texts if each is not None)


@lru_cache(maxsize=2 * MOST_BESIDE)
def _cached(path: str, changed: int) -> str | None:
    """The text of a file as it was when it was last changed."""
    return load(path)


def _missing(assembly: Assembly) -> tuple[Notice, ...]:
    return tuple(
        Notice("DRV502", f"{missing.name} is not there; nothing in it was checked", missing.line, missing.column,
               missing.path)
        for missing in assembly.missing
    )  # fmt: skip


def _root_definitions(path: str, text: str) -> tuple[Definition, ...]:
    """The macros of the main document, where a part names it."""
    root = named_root(path, text)
    whole = load(root) if root is not None else None
    if root is None or whole is None:
        return ()
    assembly = assembled(root, whole, load)
    preamble = without_hidden(assembly.text).partition("\\begin{document}")[0]
    return (*assembly.definitions, *find_definitions(preamble))
