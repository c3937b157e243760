"""LaTeX documents of several files on disk: each step at its place in its own file, with the definitions of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.check.result import Run
from derive.check.run import check_sources, check_text
from derive.check.settings import Settings
from derive.check.sources import Source

FILES = {
    "main.tex": "\\documentclass{article}\n\\usepackage{own}\n\\newcommand{\\twice}[1]{2 #1}\n\\begin{document}\n"
    "Let $k = m + 1$.\n\\input{parts/one}\n\\include{parts/two}\n\\[ \\twice{x} = x + x \\]\n\\input{gone}\n"
    "\\end{document}\n",
    "own.sty": "\\DeclareMathOperator{\\sgm}{sgm}\n\\def\\half#1{\\frac{#1}{2}}\n",
    "parts/one.tex": "By this\n  \\[ k^2 = m^2 + 2m + 1 \\]\nand\n\\begin{align}\n"
    " \\half{a} + \\half{b} &= \\half{a + b} \\\\\n   &= \\twice{a + b}\n\\end{align}\n",
    "parts/two.tex": "% derive: skip-file\n\\[ 1 + 1 = 3 \\]\n",
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str, jobs: int = 1, cache: str = "") -> Run:
    return check_sources(tuple(map(Source, paths)), Settings(cache=cache, jobs=jobs))


def found(run: Run) -> list[tuple[str, int, int, str]]:
    return [(file.path, s.place.line, s.place.column, s.status) for file in run.files for s in file.steps]


EXPECTED = [
    ("main.tex", 5, 10, "assumed"),
    ("main.tex", 8, 16, "proved"),
    ("parts/one.tex", 2, 12, "proved"),
    ("parts/one.tex", 5, 25, "proved"),
    ("parts/one.tex", 6, 7, "refuted"),
]


def test_the_main_file_alone_leads_to_its_parts(book: Path) -> None:
    run = check("main.tex")
    assert found(run) == EXPECTED
    assert [file.path for file in run.files] == ["main.tex", "parts/one.tex", "parts/two.tex"]
    (notice,) = run.files[0].notices
    assert (notice.code, notice.line, notice.column) == ("DRV502", 9, 1)


def test_a_part_is_checked_once_where_it_is_drawn_in(book: Path) -> None:
    assert found(check("parts/one.tex", "main.tex", "parts/two.tex", jobs=2)) == EXPECTED[2:] + EXPECTED[:2]


def test_a_changed_part_is_checked_again(book: Path) -> None:
    assert check("main.tex", cache="kept") == check("main.tex", cache="kept")
    part = book / "parts" / "one.tex"
    part.write_text(FILES["parts/one.tex"].replace("\\twice{a + b}", "\\half{b + a}"), encoding="utf-8")
    assert check("main.tex", cache="kept").summary["refuted"] == 0


def test_files_that_draw_in_each_other_are_checked(book: Path) -> None:
    (book / "a.tex").write_text("$1 + 1 = 2$ \\input{b}", encoding="utf-8")
    (book / "b.tex").write_text("$1 + 1 = 3$ \\input{a}", encoding="utf-8")
    assert [status for *_, status in found(check("a.tex", "b.tex"))] == ["proved", "refuted"]


def test_a_part_alone_knows_the_macros_of_the_main_file_that_it_names(book: Path) -> None:
    text = "% !TEX root = ../main.tex\n\\[ \\half{a} + \\half{a} = \\twice{a} \\]"
    (step,) = check_text("parts/three.tex", text, on_disk=True).steps
    assert step.status == "refuted"
    (unread,) = check_text("parts/three.tex", text).steps
    assert unread.status in ("unread", "undecided")
