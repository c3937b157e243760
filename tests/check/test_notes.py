"""Notes of our own with the expected verdicts beside the lines."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from derive.check.page import check_document
from derive.check.result import CheckedStep
from derive.read.readers import read_document
from derive.verify.ladder import verify

NOTES = sorted((Path(__file__).parent / "notes").glob("*.md"))
EXPECTED = re.compile(r"(?:<!--|%) expect: (.*?)(?:-->|$)")
QUIET = ("proved", "conditional", "assumed", "undecided")


def expectations(text: str) -> dict[int, list[str]]:
    """By line: the statuses in order, or `not STATUS` for each that must not occur."""
    found: dict[int, list[str]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = EXPECTED.search(line)
        if match:
            found[number] = re.findall(r"not \w+|\w+", match[1])
    return found


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_notes_get_the_verdicts_beside_their_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    checker = partial(verify, cas=False)
    checked = check_document(read_document(path.name, text), checker)
    by_line: dict[int, list[CheckedStep]] = {}
    for step in checked.steps:
        by_line.setdefault(step.place.end_line, []).append(step)
    wrong: list[str] = []
    expected = expectations(text)
    for line in sorted(expected.keys() | by_line.keys()):
        statuses = [step.status for step in by_line.get(line, [])]
        wanted = expected.get(line)
        if wanted is None:
            good = all(status in QUIET for status in statuses)
        elif wanted[0].startswith("not "):
            good = bool(statuses) and not {f"not {status}" for status in statuses} & set(wanted)
        else:
            good = statuses == wanted
        if not good:
            wrong.append(
                f"{path.name}:{line}: expected {wanted}, got {statuses}: {text.splitlines()[line - 1].strip()}"
            )
    assert not wrong, "\n".join(wrong)


def test_every_refuted_step_has_a_counterexample_and_a_code() -> None:
    for path in NOTES:
        checked = check_document(read_document(path.name, path.read_text(encoding="utf-8")), partial(verify, cas=False))
        for step in checked.steps:
            if step.status == "refuted":
                assert step.code.startswith("DRV1"), step
                assert step.counterexample is not None, step
