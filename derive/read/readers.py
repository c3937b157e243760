"""The table of document readers, and reading a file by the ending of its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
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
    """A file that cannot be read as a document; the message says why, `line` and `column` where."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAID_ENCODING = re.compile(rb"\\usepackage\s*\[(latin1|latin9|ansinew|cp1252|applemac|koi8-r|cp1251)\]\s*\{inputenc\}")
_CODECS = {b"latin9": "iso-8859-15", b"ansinew": "cp1252", b"applemac": "mac-roman"}


def decode(data: bytes) -> str:
    """The text of a file's bytes, with Unix line ends: UTF-8, or what a byte order mark or the LaTeX source says.

    Raises DocumentError for what is no text.
    """
    if len(data) > LARGEST_FILE:
        raise DocumentError(f"more than {LARGEST_FILE:,} bytes; larger files are not read")
    codec = next((codec for mark, codec in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    if codec != "utf-16" and (at := data.find(b"\0")) >= 0:
        raise DocumentError("binary data, not text", *_position(data, at))
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        said = _SAID_ENCODING.search(data[:20_000])
        if said is None:
            byte = data[error.start]
            raise DocumentError(
                f"not UTF-8 text: the byte {byte:#04x} cannot be decoded", *_position(data, error.start)
            ) from None
        text = data.decode(_CODECS.get(said[1], said[1].decode()), errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _position(data: bytes, offset: int) -> tuple[int, int]:
    """The line and column of a byte, in characters as far as these can be told."""
    before = data[:offset].replace(b"\r\n", b"\n")
    line_start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[line_start:].decode("utf-8", "replace")) + 1


def read_document(path: str, text: str) -> Document:
    """The document of that name and text; a name with an unknown ending is read as Markdown.

    Raises DocumentError.
    """
    reader = READERS.get(PurePath(path).suffix.lower(), read_markdown)
    try:
        document = reader(path, text)
    except NotebookError as error:
        raise DocumentError(str(error), error.line, error.column) from None
    return document if document.written else replace(document, written=text)
