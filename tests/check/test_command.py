"""`derive check` and `derive code` on the command line: formats, standard input, exit status, messages."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from derive.cli import main

WRONG = "$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folder_and_exit_status(in_a_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_a_folder / "page.md").write_text(WRONG, encoding="utf-8")
    assert main(["check", ".", "--to", "json", "--jobs", "1"]) == 1
    assert json.loads(capsys.readouterr().out)["summary"]["refuted"] == 1
    assert main(["check", ".", "--ignore", "DRV101", "--jobs", "1"]) == 0
    assert main(["check", ".", "--exclude", "*.md"]) == 2
    assert main(["check", ".", "--exclude", "*.md", "--allow-empty"]) == 0
    assert main(["check", "nowhere"]) == 2
    assert "no such file" in capsys.readouterr().err


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Input:
        buffer = io.BytesIO(rb"\[ 1 + 1 = 3 \]")

    monkeypatch.setattr("sys.stdin", Input())
    assert main(["check", "-", "--stdin-format", ".tex"]) == 1
    assert "stdin.tex:1:" in capsys.readouterr().out


def test_baseline_round_trip(in_a_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_a_folder / "page.md").write_text(WRONG, encoding="utf-8")
    assert main(["check", "page.md", "--write-baseline", "known.json", "--jobs", "1"]) == 0
    assert main(["check", "page.md", "--baseline", "known.json", "--jobs", "1"]) == 0
    assert main(["check", "page.md", "--baseline", "page.md"]) == 2


def test_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "drv101"]) == 0
    assert capsys.readouterr().out.startswith("# DRV101 wrong-equality")
    assert main(["code"]) == 0
    assert main(["code", "DRV999"]) == 2
