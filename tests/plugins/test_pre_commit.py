"""The hook for pre-commit: the command it names runs on files, and passes over those without mathematics."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from derive.cli import main

HOOKS = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


def entry() -> list[str]:
    found = re.search(r"^  entry: (.+)$", HOOKS, re.MULTILINE)
    assert found
    program, *words = shlex.split(found[1])
    assert program == "derive"
    return words


def test_the_hook_checks_the_files_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("right.md", "$1 + 1 = 2$"), ("wrong.md", "$1 + 1 = 3$"), ("none.md", "no formula")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main([*entry(), "none.md"]) == 0
    assert main([*entry(), "right.md", "none.md"]) == 0
    assert main([*entry(), "right.md", "wrong.md"]) == 1


def test_the_hook_says_what_pre_commit_needs() -> None:
    keys = set(re.findall(r"^[- ] (\w+):", HOOKS, re.MULTILINE))
    assert {"id", "name", "entry", "language", "types_or", "require_serial"} <= keys
