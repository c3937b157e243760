"""Many claims through one `derive verify`: claims a second, memory, order, hostile claims among them."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.commands import DERIVE
from tests.bench.systems import labelled

__all__ = ["HOSTILE", "lines", "table"]

HOSTILE: tuple[tuple[str, str], ...] = (
    ("(a+b+c+d+x+y)**400", "1+a"),
    ("sin(" * 60 + "x" + ")" * 60, "x+1"),
    ("exp(exp(exp(exp(x))))**1000", "gamma(10**30)"),
    ("Sum(sin(k**k), (k, 1, 10**9))", "x"),
    ("fibonacci(10**12)", "7**(10**15)"),
    ("Integral(exp(sin(x**3))*log(x)**x, (x, 1, y))", "y"),
)
"""Sides of claims that would take a naive verifier's time, stack or memory without end."""

EVERY = 500
"""One claim in so many is hostile."""


def lines(count: int) -> list[str]:
    """The labelled claims over and over, with hostile ones between them, numbered from 0."""
    claims = [{name: value for name, value in claim.items() if name != "label"} for claim in labelled()]
    found = []
    for number in range(count):
        claim: dict[str, Any] = claims[number % len(claims)]
        if number % EVERY == EVERY - 1:
            left, right = HOSTILE[number // EVERY % len(HOSTILE)]
            variables = dict.fromkeys("abcdxy", "real")
            claim = {"kind": "identity", "lhs": left, "rhs": right, "assumptions": {"vars": variables}}
        found.append(json.dumps({**claim, "id": number}))
    return found


def table(count: int) -> bool:
    """Print claims a second, time and memory over the run; whether every verdict came, in order."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.jsonl"
        file.write_text("\n".join(lines(count)) + "\n", encoding="utf-8")
        start = time.perf_counter()
        ordered, memory, marks = True, [], [0.0]
        with subprocess.Popen([DERIVE, "verify", str(file), "--no-cas"], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            seen = 0
            for line in process.stdout:
                ordered = ordered and json.loads(line)["id"] == seen
                seen += 1
                if seen % max(1, count // 5) == 0:
                    marks.append(time.perf_counter() - start)
                    memory.append(_memory(process.pid))
    total = time.perf_counter() - start
    fifths = [later - earlier for earlier, later in itertools.pairwise(marks)]
    print(f"\n{seen} of {count} verdicts{'' if ordered else ', NOT in order'}: {seen / total:.0f} a second")
    if fifths:
        print("time for each fifth, as multiples of the first: " + " ".join(f"{t / fifths[0]:.2f}" for t in fifths))
    if any(memory):
        print("memory of all processes, as multiples of the first: " + " ".join(f"{m / memory[0]:.2f}" for m in memory))
    return ordered and seen == count


def _memory(pid: int) -> int:
    """Resident kilobytes of a process and its children, where the system tells; else 0."""
    found = 0
    with suppress(OSError, ValueError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for process in (str(pid), *children):
            with suppress(OSError):
                pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
                found += pages * os.sysconf("SC_PAGE_SIZE") // 1024
    return found
