"""A forked process that answers one question at a time, within limits of time and memory it cannot escape."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import Any, BinaryIO

__all__ = ["CAN_FORK", "Lost", "Servant"]

CAN_FORK = hasattr(os, "fork")
MEMORY = 2 << 30
DEEPEST_RECURSION = 4000
GRACE = 1.0


class Lost(Exception):
    """The process died over the question: out of time, out of memory, or out of stack."""


class Servant:
    """A process with `answer` in it.  `seconds` is the longest it may take for one question, in wall-clock time.

    The limit is the kernel's alarm in the child, which kills it even inside library code that never returns.
    """

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
        self._questions: BinaryIO = os.fdopen(self._asking, "wb")
        self._answers: BinaryIO = os.fdopen(self._answering, "rb")

    def fileno(self) -> int:
        """The descriptor that becomes readable when the answer is there, or the process is gone."""
        return self._answering

    def ask(self, question: Any, seconds: float | None = None) -> None:
        """Hand over a question, with a time limit of its own.  If the process is gone, `answer` raises Lost."""
        self._patience = self.seconds if seconds is None else seconds
        with suppress(BrokenPipeError):
            pickle.dump((question, self._patience), self._questions, pickle.HIGHEST_PROTOCOL)
            self._questions.flush()

    def answer(self) -> Any:
        """The answer to the question asked last.  Raises Lost when there will be none."""
        waiting = select.poll()
        waiting.register(self._answering, select.POLLIN)
        if not waiting.poll((self._patience + GRACE) * 1000):
            raise Lost
        try:
            answer = pickle.load(self._answers)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise Lost from None
        self.answered += 1
        return answer

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        for stream in (self._questions, self._answers):
            with suppress(OSError):
                stream.close()
        if self.owner == os.getpid():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)


def _serve(answer: Callable[[Any], Any], questions: int, answers: int, memory: int) -> None:
    """The child's life: it never returns."""
    try:
        _keep_open(questions, answers)
        _limit(memory)
        with os.fdopen(questions, "rb") as asked, os.fdopen(answers, "wb") as answered:
            while True:
                question, seconds = pickle.load(asked)
                signal.setitimer(signal.ITIMER_REAL, seconds)
                result = answer(question)
                signal.setitimer(signal.ITIMER_REAL, 0)
                pickle.dump(result, answered, pickle.HIGHEST_PROTOCOL)
                answered.flush()
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
