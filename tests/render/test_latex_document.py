"""The LaTeX page: its structure is sound, and where pdflatex is installed it compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import derive


@pytest.fixture(scope="module")
def source() -> str:
    return derive.page("sigmoid").document("tex")


def test_environments_braces_and_delimiters_are_balanced(source: str) -> None:
    opened: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}", source):
        if kind == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []
    bare = re.sub(r"\\[{}\\]", "", source)
    assert bare.count("{") == bare.count("}")
    assert source.count(r"\[") == source.count(r"\]")
    assert source.count(r"\(") == source.count(r"\)")


def test_the_document_is_plain_ascii_and_has_no_blank_line_in_a_formula(source: str) -> None:
    assert source.isascii()
    assert not re.search(r"\\\[[^\]]*\n\s*\n", source)


def test_the_fragment_is_the_body_of_the_document(source: str) -> None:
    fragment = derive.page("sigmoid").document("fragment")
    assert r"\begin{document}" not in fragment and r"\documentclass" not in fragment
    assert fragment.split("\n", 1)[1].strip() in source


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed here")
def test_it_compiles(source: str, tmp_path: Path) -> None:
    (tmp_path / "page.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout
    assert (tmp_path / "page.pdf").stat().st_size > 10_000
