"""The verifier, SymPy's `simplify` and `.equals()`, and SymEngine where it is installed, on the same labelled claims.

Each system has a process of its own and gets the claims as text; reading them counts.  A claim is true or false by
its label in `claims.jsonl`: true ones are textbook formulas, of false ones both sides differ at a point.
"""

from __future__ import annotations

import importlib.util
import json
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["CLAIMS", "labelled", "table"]

CLAIMS = Path(__file__).with_name("claims.jsonl")
SECONDS = 2.0
"""For one claim; what takes longer is left open."""

SORTS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "negative": {"negative": True},
    "positive_integer": {"integer": True, "positive": True},
    "complex": {},
}
Answer = bool | None
Judge = Callable[[Mapping[str, Any]], Answer]


def labelled() -> list[dict[str, Any]]:
    """The claims with their labels."""
    return [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]


# --- the systems: each gives the function that says True (holds), False (fails) or None of a claim ---


def derive() -> Judge:
    from derive.verify.jsonl import read_claim
    from derive.verify.ladder import verify

    def judge(claim: Mapping[str, Any]) -> Answer:
        read = read_claim(json.dumps({name: value for name, value in claim.items() if name != "label"})).claim
        assert read is not None, claim
        return {"proved": True, "conditional": True, "refuted": False}.get(verify(read).status)

    return judge


def _sides(claim: Mapping[str, Any]) -> tuple[Any, Any]:
    import sympy

    symbols = {
        name: sympy.Symbol(name, **SORTS.get(word, {"real": True}))
        for name, word in claim["assumptions"]["vars"].items()
    }
    return sympy.sympify(claim["lhs"], locals=symbols), sympy.sympify(claim["rhs"], locals=symbols)


def simplify() -> Judge:
    import sympy

    def judge(claim: Mapping[str, Any]) -> Answer:
        left, right = _sides(claim)
        difference = sympy.simplify((left - right).doit())
        if difference == 0:
            return True
        return False if difference.is_number and difference.is_zero is False else None

    return judge


def equals() -> Judge:
    def judge(claim: Mapping[str, Any]) -> Answer:
        left, right = _sides(claim)
        found: Answer = left.doit().equals(right.doit())
        return found

    return judge


def symengine() -> Judge:
    import symengine as engine

    def judge(claim: Mapping[str, Any]) -> Answer:
        difference = engine.expand(engine.sympify(claim["lhs"]) - engine.sympify(claim["rhs"]))
        return True if difference == 0 else None

    return judge


SYSTEMS: tuple[tuple[str, Callable[[], Judge], str], ...] = (
    ("derive", derive, "derive"),
    ("sympy simplify", simplify, "sympy"),
    ("sympy .equals()", equals, "sympy"),
    ("symengine expand", symengine, "symengine"),
)
"""Name, the system, and the package that it needs."""


def answers(name: str) -> list[tuple[Answer, float]]:
    """What the system says of each claim and how long it took; called in a process of its own."""
    judge = next(system for other, system, _ in SYSTEMS if other == name)()
    signal.signal(signal.SIGALRM, _stop)
    found = []
    for claim in labelled():
        answer = None
        start = time.perf_counter()
        with suppress(Exception):
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            try:
                answer = judge(claim)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        found.append((answer, time.perf_counter() - start))
    return found


def _stop(*_: object) -> None:
    raise TimeoutError


def table() -> bool:
    """Print coverage, wrong answers and times as multiples of ours; whether we were never wrong."""
    labels = [claim["label"] == "true" for claim in labelled()]
    true, false = labels.count(True), labels.count(False)
    print(f"\n{true} true and {false} false claims; times as multiples of those in the first row")
    print(f"{'':<18}{'proved':>8}{'refuted':>9}{'wrong':>7}{'median':>9}{'mean':>8}")
    base: tuple[float, float] | None = None
    wrong_ours = 0
    for name, _, package in SYSTEMS:
        if importlib.util.find_spec(package) is None:
            print(f"{name:<18}  not installed")
            continue
        script = f"import json; from tests.bench.systems import answers; print(json.dumps(answers({name!r})))"
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.splitlines()[-1])
        said = list(zip(labels, (answer for answer, _ in found), strict=True))
        proved, refuted = said.count((True, True)) / true, said.count((False, False)) / false
        wrong = said.count((True, False)) + said.count((False, True))
        wrong_ours = wrong if base is None else wrong_ours
        times = [seconds for _, seconds in found]
        took = statistics.median(times), statistics.mean(times)
        base = base or took
        ratios = f"{took[0] / base[0]:>9.1f}{took[1] / base[1]:>8.1f}"
        print(f"{name:<18}{proved:>8.1%}{refuted:>9.1%}{wrong:>7}{ratios}")
    return wrong_ours == 0
