"""The pytest plugin: opt-in, one test a step, failures shown at their place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from derive.plugins.pytest_plugin import ENDINGS
from derive.read.readers import READERS

PAGE = "# Page\n\n$$ (a + b)^2 = a^2 + 2ab + b^2 $$\n\nand\n\n$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"
OPEN = "$$ x^2 + 1 = 2 x^3 $$\n\n<!-- derive: skip -->\n$1 + 1 = 3$\n"


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rs", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def plugin_options() -> tuple[str, ...]:
    """The plugin loads by its entry point where the package is installed with it, else by name."""
    from importlib.metadata import entry_points

    installed = any(point.value == "derive.plugins.pytest_plugin" for point in entry_points(group="pytest11"))
    return () if installed else ("-p", "derive.plugins.pytest_plugin")


def test_every_document_is_collected_but_plain_text() -> None:
    assert {*READERS} - {".txt"} == ENDINGS


def test_documents_are_left_alone_unless_asked(project: Path) -> None:
    (project / "page.md").write_text(PAGE, encoding="utf-8")
    assert "no tests ran" in run(project, *plugin_options()).stdout


def test_each_step_is_a_test_that_fails_at_its_place(project: Path) -> None:
    (project / "page.md").write_text(PAGE, encoding="utf-8")
    done = run(project, *plugin_options(), "--derive")
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "page.md:7:" in done.stdout
    assert "DRV101" in done.stdout
    assert "it is true with: a^2 - 2ab + b^2" in done.stdout
    assert "Traceback" not in done.stdout


def test_open_steps_are_skipped_and_fail_when_strict(project: Path) -> None:
    (project / "page.md").write_text(OPEN, encoding="utf-8")
    done = run(project, *plugin_options(), "--derive")
    assert "2 skipped" in done.stdout and "undecided: " in done.stdout
    assert "1 failed, 1 skipped" in run(project, *plugin_options(), "--derive", "--derive-strict").stdout


def test_settings_and_parts_of_documents_count_and_what_is_unreadable_is_an_error(project: Path) -> None:
    (project / "derive.toml").write_text('exclude = ["old"]\nbaseline = "known.json"\n', encoding="utf-8")
    files = {
        "main.tex": "\\documentclass{article}\\newcommand{\\twice}[1]{2 #1}\\begin{document}\n\\input{part}\n",
        "part.tex": "$\\twice{x} = x + x$ and $\\twice{+ 1} = 4$\n",
        "old/page.md": PAGE,
        "wrong.md": "$1 + 1 = 3$\n",
        "binary.md": "\0",
    }
    for name, text in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    derive = [
        sys.executable,
        "-c",
        "from derive.cli import main; main(['check', 'wrong.md', '--write-baseline', 'known.json'])",
    ]
    subprocess.run(derive, cwd=project, check=True)
    done = run(project, *plugin_options(), "--derive", "--continue-on-collection-errors")
    assert "1 failed, 1 passed, 1 skipped, 1 error" in done.stdout, done.stdout
    assert "part.tex:1:" in done.stdout and "binary.md:1:1: DRV501" in done.stdout
