"""The table of document readers, and reading a file by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from derive.read.document import Document
from derive.read.hypertext import read_hypertext
from derive.read.markdown import read_markdown
from derive.read.notebook import NotebookError, read_notebook
from derive.read.restructured import read_restructured
from derive.read.tex import read_tex

__all__ = ["LARGEST_FILE", "READERS", "DocumentError", "decode", "read_document"]

LARGEST_FILE = 20_000_000

READERS: dict[str, Callable[[str, str], Document]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".qmd": read_markdown,
    ".rmd": read_markdown,
    ".myst": read_markdown,
    ".txt": read_markdown,
    ".tex": read_tex,
    ".ltx": read_tex,
    ".ipynb": read_notebook,
    ".rst": read_restructured,
    ".html": read_hypertext,
    ".htm": read_hypertext,
}


class DocumentError(ValueError):
    """A file that cannot be read as a document; the message says why."""


def decode(data: bytes) -> str:
    """The text of a file's bytes, with Unix line ends.  Raises DocumentError for what is no text."""
    if len(data) > LARGEST_FILE:
        raise DocumentError(f"{len(data):,} bytes are more than the {LARGEST_FILE:,} that are read")
    if b"\0" in data:
        raise DocumentError("binary data, not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"not UTF-8 text: byte {error.start} cannot be decoded") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_document(path: str, text: str) -> Document:
    """The document of that name and text; a name with an unknown ending is read as Markdown.

    Raises DocumentError.
    """
    reader = READERS.get(PurePath(path).suffix.lower(), read_markdown)
    try:
        return reader(path, text)
    except NotebookError as error:
        raise DocumentError(str(error)) from None
