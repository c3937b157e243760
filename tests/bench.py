"""How long the commands take, as multiples of `import sympy` in the same run: `make bench` prints them.

Run as `python -m tests.bench`.  Ratios, because seconds say more about a machine than about a program.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
LOGIT = r"\log\left(\frac{p}{1-p}\right) = x"


def seconds(*command: str) -> float:
    """The shortest of a few runs of a command that must succeed."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Print each ratio beside the one it must stay under; the exit status says whether all do."""
    derive = str(Path(sys.executable).with_name("derive"))
    base = seconds(sys.executable, "-c", "import sympy")
    print(f"import sympy{base:>28.2f} s")
    missed = 0
    with tempfile.TemporaryDirectory() as out:
        rows = (
            ("derive --help", 0.3, (derive, "--help")),
            ("derive solve …", 3.0, (derive, "solve", LOGIT, "--for", "p", "--given", "0 < p < 1", "--to", "json")),
            ("derive diff …", 3.0, (derive, "diff", "(1+e^{-x})^{-1}", "--wrt", "x", "--to", "json")),
            ("derive build sigmoid", 4.0, (derive, "build", "sigmoid", "--out", out)),
        )
        for name, limit, command in rows:
            ratio = seconds(*command) / base
            missed += ratio > limit
            print(
                f"{name:<24}{ratio:>12.2f} × import sympy, to stay under {limit}{'' if ratio <= limit else '  MISSED'}"
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
