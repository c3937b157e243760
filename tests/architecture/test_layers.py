"""The shape of the code: layers, sizes of files, names, and what a start of the command line imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "derive").rglob("*.py"))
LONGEST_FILE = 400
LONGER = {"derive/verify/kernel.py": 500}  # what must be believed is to be read in one go
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
START = "import sys; from derive.cli import main; main(['--help']); print('LOADED', *sorted(sys.modules))"


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_data_flows_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_is_long() -> None:
    limits = {path: LONGER.get(str(path.relative_to(ROOT)), LONGEST_FILE) for path in SOURCES}
    assert names([p for p, most in limits.items() if len(p.read_text(encoding="utf-8").splitlines()) > most]) == []


def test_every_file_says_in_a_docstring_what_it_is() -> None:
    silent = [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert names(silent) == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    assert names([path for path in SOURCES if {part.removesuffix(".py") for part in path.parts} & EMPTY_NAMES]) == []


@pytest.mark.parametrize("heavy", ["sympy", "jinja2", "flint", "math_core", "derive.notation", "derive.engine"])
def test_help_loads_nothing_heavy(heavy: str) -> None:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    loaded = done.stdout.split("LOADED", 1)[1].split()
    assert not [name for name in loaded if name == heavy or name.startswith(f"{heavy}.")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sympy_is_not_imported_at_the_top_of_a_module(path: Path) -> None:
    if "sympy" in path.name:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [
        alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names
    ] + [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]  # fmt: skip
    assert not [name for name in imported if name.split(".")[0] == "sympy"]
