"""The terminal: whether it shows colour, and a word on standard error when something takes its time."""

from __future__ import annotations

import os
import sys
import threading
import time
from types import TracebackType
from typing import TextIO

PATIENCE = 1.0
SELDOM = 10.0
"""Seconds between two lines in a log, where nothing can be written over."""
_WIDTH = 24


def has_colour(stream: TextIO) -> bool:
    """Colour only on a terminal, and not where NO_COLOR is set or the terminal is dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bar(done: int, total: int, width: int = _WIDTH) -> str:
    """How much is done, as a bar."""
    filled = width * done // total if total else width
    return "█" * filled + "░" * (width - filled)


class Progress:
    """Says on standard error what is being done, once it has taken longer than a second; silent before.

    Use as a context manager; `progress.now("…")` names what is being done at the moment, `progress.at(3, 12)` draws
    a bar.  In a log, where lines stay, there is one at most every ten seconds.
    """

    def __init__(self, what: str, stream: TextIO | None = None, patience: float = PATIENCE) -> None:
        self._what = what
        self._counted = ""
        self._stream = stream or sys.stderr
        self._late = threading.Timer(patience, self._show)
        self._late.daemon = True
        self._shown = 0.0

    def now(self, what: str) -> None:
        self._what = what
        self._again()

    def at(self, done: int, total: int) -> None:
        self._counted = f" {bar(done, total)} {done}/{total}"
        self._again()

    def _again(self) -> None:
        if self._shown and (self._stream.isatty() or time.monotonic() - self._shown > SELDOM):
            self._show()

    def _show(self) -> None:
        self._shown = time.monotonic()
        line = f"{self._what}{self._counted} …"
        if self._stream.isatty():
            self._stream.write(f"\r\x1b[K{line}")
        else:
            self._stream.write(f"{line}\n")
        self._stream.flush()

    def __enter__(self) -> Progress:
        self._late.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._late.cancel()
        if self._shown and self._stream.isatty():
            self._stream.write("\r\x1b[K")
            self._stream.flush()
