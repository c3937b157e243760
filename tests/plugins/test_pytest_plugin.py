"""The pytest plugin: opt-in, one test a step, failures shown at their place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PAGE = "# Page\n\n$$ (a + b)^2 = a^2 + 2ab + b^2 $$\n\nand\n\n$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def plugin_options() -> tuple[str, ...]:
    """The plugin loads by its entry point where the package is installed with it, else by name."""
    from importlib.metadata import entry_points

    installed = any(point.value == "derive.plugins.pytest_plugin" for point in entry_points(group="pytest11"))
    return () if installed else ("-p", "derive.plugins.pytest_plugin")


def test_documents_are_left_alone_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    assert "no tests ran" in run(tmp_path, *plugin_options()).stdout


def test_each_step_is_a_test(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    done = run(tmp_path, *plugin_options(), "--derive")
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "page.md:7:" in done.stdout
    assert "DRV101" in done.stdout
    assert "it is true with: a^2 - 2ab + b^2" in done.stdout
