"""The distribution: a wheel and a source archive hold all that is needed, and the metadata says what is needed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path.name for path in (ROOT / "templates").iterdir())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD = """
import hatchling.build, sys
print(hatchling.build.build_wheel(sys.argv[1]))
print(hatchling.build.build_sdist(sys.argv[1]))
"""
needs_hatchling = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="the build backend is not installed here"
)


def test_the_core_needs_little() -> None:
    names = {requirement.split(">")[0] for requirement in PROJECT["project"]["dependencies"]}
    assert names == {"sympy", "jinja2", "python-flint", "math-core"}
    assert PROJECT["project"]["name"] == "derive-steps"
    assert PROJECT["project"]["scripts"] == {"derive": "derive.cli:main"}


def test_templates_are_copied_into_the_package() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"templates": "derive/templates"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


@needs_hatchling
def test_the_wheel_has_templates_and_pages_and_runs_from_anywhere(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path)
    assert {f"derive/templates/{name}" for name in TEMPLATES} <= names
    assert "derive/catalogue/pages/sigmoid.toml" in names
    assert not [name for name in names if name.startswith("tests/")]
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import derive.render.templates as t; print(t.folder())"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == tmp_path / "derive" / "templates"


@needs_hatchling
def test_the_source_archive_can_be_built_from(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.split("/", 1)[1] for name in opened.getnames() if "/" in name}
    assert {"pyproject.toml", "README.md", "LICENSE", "derive/__init__.py"} <= names
    assert {f"templates/{name}" for name in TEMPLATES} <= names
