"""How long the commands take, as multiples of `import sympy` in the same run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["DERIVE", "seconds", "table"]

RUNS = 3
LOGIT = r"\log\left(\frac{p}{1-p}\right) = x"
DERIVE = str(Path(sys.executable).with_name("derive"))
ONE_CLAIM = '{"id": 1, "lhs": "(x+1)**2", "rhs": "x**2+2*x+1", "assumptions": {"vars": {"x": "real"}}}\n'


def seconds(*command: str) -> float:
    """The shortest of a few runs of a command that must succeed."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def table() -> bool:
    """Print each ratio beside the one it must stay under; whether all do."""
    base = seconds(sys.executable, "-c", "import sympy")
    print(f"import sympy{base:>28.2f} s")
    kept = True
    with tempfile.TemporaryDirectory() as out:
        claim = Path(out) / "claim.jsonl"
        claim.write_text(ONE_CLAIM, encoding="utf-8")
        rows = (
            ("derive --help", 0.3, (DERIVE, "--help")),
            ("derive verify, 1 claim", 0.4, (DERIVE, "verify", str(claim))),
            ("derive solve …", 3.0, (DERIVE, "solve", LOGIT, "--for", "p", "--given", "0 < p < 1", "--to", "json")),
            ("derive diff …", 3.0, (DERIVE, "diff", "(1+e^{-x})^{-1}", "--wrt", "x", "--to", "json")),
            ("derive build sigmoid", 4.0, (DERIVE, "build", "sigmoid", "--out", out)),
        )
        for name, limit, command in rows:
            ratio = seconds(*command) / base
            kept = kept and ratio <= limit
            missed = "" if ratio <= limit else "  MISSED"
            print(f"{name:<24}{ratio:>12.2f} × import sympy, to stay under {limit}{missed}")
    return kept
