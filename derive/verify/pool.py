"""Items through worker processes: answers in the order of the items, a lost worker replaced, memory flat."""

from __future__ import annotations

import select
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from derive.verify.sources import Source, State
from derive.verify.worker import Lost, Servant

__all__ = ["answers"]

WINDOW = 512
"""Items that may be underway or answered before an earlier answer is out."""

RENEWED_AFTER = 1000
"""Answers after which a worker is replaced, so that nothing it remembers grows without end."""


@dataclass(slots=True)
class _Slot:
    item: Any
    started: float
    done: bool = False
    answer: Any = None


def answers(
    source: Source,
    answer: Callable[[Any], Any],
    lost: Callable[[Any, float], Any],
    *,
    workers: int,
    seconds: float,
) -> Iterator[Any]:
    """`answer(item)` for each item, in order; `lost(item, seconds)` for an item over which a worker died."""
    pool = _Pool(answer, lost, workers, seconds)
    try:
        yield from pool.run(source)
    finally:
        pool.stop()


class _Pool:
    def __init__(
        self, answer: Callable[[Any], Any], lost: Callable[[Any, float], Any], workers: int, seconds: float
    ) -> None:
        self.answer = answer
        self.lost = lost
        self.workers = workers
        self.seconds = seconds
        self.idle: list[Servant] = []
        self.busy: dict[int, tuple[Servant, _Slot]] = {}
        self.window: deque[_Slot] = deque()

    def run(self, source: Source) -> Iterator[Any]:
        state: State | None = None
        while True:
            if state is not State.END:
                state = self.feed(source)
            while self.window and self.window[0].done:
                yield self.window.popleft().answer
            if state is State.END and not self.window:
                return
            self.wait(source.descriptor if state is State.WAIT else None)

    def feed(self, source: Source) -> State | None:
        """Questions to free workers; the source's state when it was what stopped the feeding."""
        while len(self.busy) < self.workers and len(self.window) < WINDOW:
            item = source.take()
            if isinstance(item, State):
                return item
            slot = _Slot(item, time.perf_counter())
            self.window.append(slot)
            servant = self.idle.pop() if self.idle else Servant(self.answer, self.seconds)
            self.busy[servant.fileno()] = servant, slot
            servant.ask(item)
        return None

    def wait(self, descriptor: int | None) -> None:
        """Until an answer or an item is there; answers are collected."""
        if self.window and self.window[0].done:
            return
        poll = select.poll()
        for number in (*self.busy, *(() if descriptor is None else (descriptor,))):
            poll.register(number, select.POLLIN)
        patience = self.seconds * 1000 + 1000 if self.busy else None
        ready = poll.poll(patience)
        found = [number for number, _ in ready if number in self.busy]
        for number in found or (list(self.busy) if not ready else ()):
            self.collect(*self.busy.pop(number))

    def collect(self, servant: Servant, slot: _Slot) -> None:
        try:
            slot.answer = servant.answer()
        except Lost:
            servant.stop()
            slot.answer = self.lost(slot.item, time.perf_counter() - slot.started)
        else:
            if servant.answered >= RENEWED_AFTER:
                servant.stop()
            else:
                self.idle.append(servant)
        slot.done = True

    def stop(self) -> None:
        for servant in (*self.idle, *(servant for servant, _ in self.busy.values())):
            servant.stop()
