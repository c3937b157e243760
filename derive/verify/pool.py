"""Items through worker processes: answers in the order of the items, a lost worker replaced, memory flat."""

from __future__ import annotations

import select
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from derive.verify.sources import Source, State
from derive.verify.worker import GRACE, Lost, Servant, message

__all__ = ["answers"]

WINDOW = 2048
"""Items that may be underway or answered before an earlier answer is out."""

AHEAD = 4
"""Items that a worker may have before it, so that it need not wait for the next one."""

SHORT = 8 << 10
"""Bytes of an item that may be sent ahead: AHEAD of them fit into a pipe that nobody reads."""

RENEWED_AFTER = 5000
"""Answers after which a worker is replaced, so that nothing it remembers grows without end."""


@dataclass(slots=True)
class _Slot:
    item: Any
    asked: bytes
    started: float = 0.0
    done: bool = False
    answer: Any = None


@dataclass(slots=True)
class _Desk:
    """A worker with the items before it; it works at the first."""

    servant: Servant
    slots: deque[_Slot] = field(default_factory=deque)
    taken: int = 0

    def takes(self, slot: _Slot) -> bool:
        if self.taken >= RENEWED_AFTER:
            return False
        return not self.slots or (len(self.slots) < AHEAD and all(len(s.asked) < SHORT for s in (slot, *self.slots)))

    def give(self, slot: _Slot) -> None:
        if not self.slots:
            slot.started = time.perf_counter()
        self.taken += 1
        self.slots.append(slot)
        self.servant.send(slot.asked)


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
        self.desks: dict[int, _Desk] = {}
        self.waiting: deque[_Slot] = deque()
        self.window: deque[_Slot] = deque()

    def run(self, source: Source) -> Iterator[Any]:
        state: State | None = None
        while True:
            state = self.feed(source, state)
            while self.window and self.window[0].done:
                yield self.window.popleft().answer
            if state is State.END and not self.window:
                return
            self.wait(source.descriptor if state is State.WAIT else None)

    def feed(self, source: Source, state: State | None) -> State | None:
        """Items to the workers that take them; the source's state when it was what stopped the feeding."""
        while True:
            if not self.waiting:
                item = State.END if state is State.END else source.take() if len(self.window) < WINDOW else None
                if item is None or isinstance(item, State):
                    return item
                self.waiting.append(_Slot(item, message(item, self.seconds)))
                self.window.append(self.waiting[0])
            desk = self.desk_for(self.waiting[0])
            if desk is None:
                return state if state is State.END else None
            desk.give(self.waiting.popleft())

    def desk_for(self, slot: _Slot) -> _Desk | None:
        """The worker with the fewest items, or a new one, if it takes the slot."""
        desk = min(self.desks.values(), key=lambda d: len(d.slots), default=None)
        if desk is None or (desk.slots and len(self.desks) < self.workers):
            servant = Servant(self.answer, self.seconds)
            desk = self.desks[servant.fileno()] = _Desk(servant)
        return desk if desk.takes(slot) else None

    def wait(self, descriptor: int | None) -> None:
        """Until an answer or an item is there; answers are collected."""
        if self.window and self.window[0].done:
            return
        busy = [number for number, desk in self.desks.items() if desk.slots]
        poll = select.poll()
        for number in (*busy, *(() if descriptor is None else (descriptor,))):
            poll.register(number, select.POLLIN)
        ready = poll.poll((self.seconds + GRACE) * 1000 if busy else None)
        for number, _ in ready:
            if number in self.desks:
                self.collect(number)
        if not ready:
            for number in busy:
                self.close(number)

    def collect(self, number: int) -> None:
        desk = self.desks[number]
        try:
            found = desk.servant.answers()
        except Lost:
            self.close(number)
            return
        for answer in found:
            slot = desk.slots.popleft()
            slot.answer, slot.done, slot.item, slot.asked = answer, True, None, b""
        if found and desk.slots:
            desk.slots[0].started = time.perf_counter()
        if not desk.slots and desk.taken >= RENEWED_AFTER:
            self.close(number)

    def close(self, number: int) -> None:
        """End a worker; the item it was at is lost, those after it wait for another worker."""
        desk = self.desks.pop(number)
        desk.servant.stop()
        if desk.slots:
            slot = desk.slots.popleft()
            slot.answer, slot.done = self.lost(slot.item, time.perf_counter() - slot.started), True
            self.waiting.extendleft(reversed(desk.slots))

    def stop(self) -> None:
        for desk in self.desks.values():
            desk.servant.stop()
