"""A forked process that answers questions in turn, each within limits of time and memory it cannot escape."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import Any, ClassVar

__all__ = ["CAN_FORK", "Lost", "Servant", "message"]

CAN_FORK = hasattr(os, "fork")
MEMORY = 2 << 30
DEEPEST_RECURSION = 4000
GRACE = 1.0
CHUNK = 1 << 16
YOUNG = 10_000
"""Objects made since the last look for garbage; looked for between answers, and within one only when it makes MOST."""

MOST = 300_000
LENGTH = struct.Struct("!Q")


class Lost(Exception):
    """The process died over the question: out of time, out of memory, or out of stack."""


class Servant:
    """A process with `answer` in it.  `seconds` is the longest it may take for one question, in wall-clock time.

    The limit is the kernel's alarm in the child, which kills it even inside library code that never returns.
    """

    waited: ClassVar[float] = 0.0
    """Seconds for which this process has waited in `answer`."""

    def __init__(self, answer: Callable[[Any], Any], seconds: float, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.answered = 0
        self._patience = seconds
        self.owner = os.getpid()
        question_end, self._asking = os.pipe()
        self._answering, answer_end = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _serve(answer, question_end, answer_end, memory)
        os.close(question_end)
        os.close(answer_end)
        self._received = bytearray()

    def fileno(self) -> int:
        """The descriptor that becomes readable when the answer is there, or the process is gone."""
        return self._answering

    def ask(self, question: Any, seconds: float | None = None) -> None:
        """Hand over a question, with a time limit of its own.  If the process is gone, `answer` raises Lost."""
        self._patience = self.seconds if seconds is None else seconds
        self.send(message(question, self._patience))

    def send(self, asked: bytes) -> None:
        """The same for a question that is a message already; it may be sent while others are not answered yet.

        Waits where the pipe has no room for it, so those sent ahead have to be short.
        """
        rest = memoryview(asked)
        with suppress(BrokenPipeError):
            while rest:
                rest = rest[os.write(self._asking, rest) :]

    def answer(self) -> Any:
        """The answer to the one question asked.  Raises Lost when there will be none."""
        waiting = select.poll()
        waiting.register(self._answering, select.POLLIN)
        start = time.monotonic()
        try:
            while True:
                if not waiting.poll((self._patience + GRACE) * 1000):
                    raise Lost
                found = self.answers()
                if found:
                    return found[0]
        finally:
            Servant.waited += time.monotonic() - start

    def answers(self) -> list[Any]:
        """The answers that have arrived, once the descriptor is readable.  Raises Lost when there will be no more."""
        piece = os.read(self._answering, CHUNK)
        if not piece:
            raise Lost
        self._received += piece
        found = []
        while len(self._received) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
            if len(self._received) < end:
                break
            found.append(pickle.loads(self._received[LENGTH.size : end]))
            del self._received[:end]
        self.answered += len(found)
        return found

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        for descriptor in (self._asking, self._answering):
            with suppress(OSError):
                os.close(descriptor)
        if self.owner == os.getpid():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)


def message(question: Any, seconds: float) -> bytes:
    """A question with its time limit, as it is sent."""
    return pickle.dumps((question, seconds), pickle.HIGHEST_PROTOCOL)


def _serve(answer: Callable[[Any], Any], questions: int, answers: int, memory: int) -> None:
    """The child's life: it never returns."""
    try:
        _keep_open(questions, answers)
        _limit(memory)
        gc.freeze()  # what was loaded before stays: no collection looks at it again
        gc.set_threshold(MOST)
        with os.fdopen(questions, "rb") as asked, os.fdopen(answers, "wb") as answered:
            while True:
                question, seconds = pickle.load(asked)
                signal.setitimer(signal.ITIMER_REAL, seconds)
                result = answer(question)
                signal.setitimer(signal.ITIMER_REAL, 0)
                said = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                answered.write(LENGTH.pack(len(said)) + said)
                answered.flush()
                if gc.get_count()[0] > YOUNG:
                    gc.collect()
    except (EOFError, OSError):
        os._exit(0)
    finally:
        os._exit(1)


def _keep_open(*descriptors: int) -> None:
    """Close every other descriptor but standard error, so that pipes to other processes end when those end."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    kept = [2, *sorted(descriptors), os.sysconf("SC_OPEN_MAX")]
    for last, following in pairwise(kept):
        os.closerange(last + 1, following)


def _limit(memory: int) -> None:
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST_RECURSION))
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
