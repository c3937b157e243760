"""Where the items of a batch come from: an iterable, or lines of a stream that arrive while others are worked on."""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple, Protocol

__all__ = ["Items", "Line", "Lines", "Source", "State"]

LONGEST_LINE = 1 << 20
CHUNK = 1 << 16


class State(Enum):
    """What a source says when it has no item to give."""

    WAIT = "nothing yet"
    END = "nothing any more"


class Source(Protocol):
    """`take` gives the next item or a State; `descriptor` becomes readable after WAIT."""

    @property
    def descriptor(self) -> int | None: ...

    def take(self) -> Any: ...


class Items:
    """Any iterable; it is asked for an item when a worker is free, and never says WAIT."""

    descriptor: int | None = None

    def __init__(self, items: Iterable[Any]) -> None:
        self._items: Iterator[Any] = iter(items)

    def take(self) -> Any:
        return next(self._items, State.END)


class Line(NamedTuple):
    """A line and its number from 1; `text` is None when the line is longer than anybody writes."""

    number: int
    text: str | None


class Lines:
    """The lines of an open file, pipe or terminal, without waiting for those that are not there yet."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor: int | None = descriptor
        self._fd = descriptor
        self._number = 0
        self._partial = b""
        self._too_long = False
        self._ended = False
        self._ready: deque[Line] = deque()
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def take(self) -> Line | State:
        while not self._ready:
            if self._ended:
                return State.END
            if not self._poll.poll(0):
                return State.WAIT
            self._read()
        return self._ready.popleft()

    def _read(self) -> None:
        chunk = os.read(self._fd, CHUNK)
        self._ended = not chunk
        *whole, self._partial = (self._partial + chunk).split(b"\n")
        for line in whole:
            self._add(line)
        if self._ended:
            self._add(self._partial)
        elif len(self._partial) > LONGEST_LINE:
            self._partial, self._too_long = b"", True

    def _add(self, line: bytes) -> None:
        self._number += 1
        if self._too_long:
            self._ready.append(Line(self._number, None))
        elif line.strip():
            self._ready.append(Line(self._number, line.decode("utf-8", errors="replace").strip()))
        self._too_long = False
