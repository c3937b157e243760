"""A baseline: findings that are known and accepted, so that only new ones count."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from derive.check.result import CheckedFile, CheckedStep, Run

__all__ = ["BaselineError", "fingerprint", "read_baseline", "with_baseline", "written_baseline"]


class BaselineError(ValueError):
    """A baseline file that cannot be read."""


def fingerprint(path: str, step: CheckedStep) -> str:
    """What stays the same when lines above a finding come and go."""
    text = "\x1f".join((Path(path).as_posix(), step.code, step.relation, _plain(step.before), _plain(step.after)))
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:24]


def _plain(text: str) -> str:
    return " ".join(text.split())


def written_baseline(run: Run) -> str:
    """The baseline that accepts every finding of this run."""
    known = Counter(fingerprint(file.path, step) for file in run.files for step in file.steps if step.code)
    return json.dumps({"format": "derive-baseline/1", "known": dict(sorted(known.items()))}, indent=1) + "\n"


def read_baseline(path: Path) -> Counter[str]:
    """How often each finding is accepted.  Raises BaselineError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != "derive-baseline/1":
            raise ValueError("another format")
        return Counter({str(key): int(count) for key, count in data["known"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"{path}: no baseline of derive: {error}") from None


def with_baseline(run: Run, known: Counter[str]) -> Run:
    """The run with accepted findings skipped."""
    left = Counter(known)

    def accepted(path: str, step: CheckedStep) -> CheckedStep:
        key = fingerprint(path, step)
        if not step.code or left[key] <= 0:
            return step
        left[key] -= 1
        return replace(step, status="skipped", code="", message="known from the baseline")

    files: list[CheckedFile] = []
    for file in run.files:
        files.append(replace(file, steps=tuple(accepted(file.path, step) for step in file.steps)))
    return replace(run, files=tuple(files))
