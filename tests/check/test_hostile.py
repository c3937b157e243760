"""Hostile documents and folders end with a result or one message with its place, whatever they hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from derive.check.files import find_files
from derive.check.formats import FORMATS
from derive.check.run import check_sources, check_text
from derive.check.settings import Settings
from derive.check.sources import Source, sources_of
from derive.cli import main
from derive.read.readers import LARGEST_FILE

DOUBLING = "".join(rf"\def\m{chr(98 + n)}{{\m{chr(97 + n)}\m{chr(97 + n)}}}" for n in range(20))
DOUBLING_ARGUMENTS = (
    "".join(rf"\newcommand{{\n{chr(98 + n)}}}[1]{{\n{chr(97 + n)}{{#1#1}}}}" for n in range(25))
    + r"\newcommand{\na}[1]{#1}"
)

PAGES = {
    "nested braces": "$$ x = " + "{" * 100_000 + "1" + "}" * 100_000 + " $$",
    "nested brackets": "$$ x = " + "(" * 5_000 + "1" + ")" * 5_000 + " $$",
    "nested sized brackets": "$$ x = " + r"\left(" * 900 + "1" + r"\right)" * 900 + " $$",
    "nested fractions": "$$ x = " + r"\frac{1}{1+" * 1_000 + "1" + "}" * 1_000 + " $$",
    "nested roots": "$$ x = " + r"\sqrt{" * 2_000 + "1" + "}" * 2_000 + " $$",
    "nested indices": "$$ x" + "_{a" * 3_000 + "}" * 3_000 + " = 1 $$",
    "nested exponents": "$$ x" + "^{2" * 3_000 + "}" * 3_000 + " = 1 $$",
    "signs": "$$ x = " + "-" * 15_000 + "x $$",
    "functions": "$$ " + r"\sin " * 3_000 + "x = 0 $$",
    "derivatives": "$$ " + r"\frac{d}{dx}" * 1_000 + "x = 0 $$",
    "bars": "$$ " + "|" * 9_999 + "x = 1 $$",
    "a matrix": r"$$\begin{pmatrix}" + r"\\".join(["&".join(["x"] * 60)] * 60) + r"\end{pmatrix} = 0$$",
    "gigantic exponents": r"$$ 9^{9^{9^9}} = 1 $$ $$ x^{9^{9^{9^9}}} = x $$ $$ (a + b)^{1000000} = a^{1000000} $$",
    "a gigantic factorial": r"$$ 10^9! = 5 $$ $$ \binom{10^9}{10^8} = 7 $$ $$ \sum_{k=1}^{10^{12}} k = 3 $$",
    "a long number": "$$ " + "9" * 19_000 + " = 1 $$",
    "a long sum": "$$ " + " + ".join(f"x_{{{n}}}" for n in range(2_000)) + " = 1 $$",
    "a long chain": "$$ " + " = ".join(["x"] * 500) + " $$",
    "definitions in a circle": "Let $a = b + 1$, let $b = c + 1$ and let $c = a + 1$. Then $$ a^2 = b^2 $$",
    "control characters": "$$ x \x01 = \x7f y $$",
    "unclosed environments": r"\begin{align}" * 3_000 + r"x = 1 \[ \begin{cases} $a = b",
    "a long line": "word " * 200_000 + "$1 + 1 = 2$",
    "quotations": "> " * 20_000 + "$1 + 1 = 2$",
    "front matter without end": "---\n" * 20_000 + "$1 + 1 = 2$",
    "links": "[" * 20_000 + "](" * 20_000,
}
MACROS = {
    r"\newcommand{\a}{\a\a} \[ \a = x \]": r"\a",
    r"\newcommand{\a}[1]{\a{#1#1}} \[ \a{x} = 1 \]": r"\a",
    r"\def\a{\b}\def\b{\a} \[ 1 = \b \]": r"\b",
    DOUBLING + r"\def\ma{xx} \[ \mu = 1 \]": r"\m",
    DOUBLING_ARGUMENTS + r" \[ \nz{x} = 1 \]": r"\nz",
}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_end(name: str) -> None:
    checked = check_text("page.md", PAGES[name], budget=0.2)
    assert all(step.status != "refuted" or step.counterexample is not None for step in checked.steps)


@pytest.mark.parametrize("name", ["nested braces", "nested brackets", "nested fractions", "nested indices"])
def test_what_is_too_deep_is_unread_with_a_message_at_its_place(name: str) -> None:
    (step,) = check_text("page.md", PAGES[name]).steps
    assert (step.status, step.code, step.place.line) == ("unread", "DRV401", 1)
    assert step.message.startswith("not understood: ") and len(step.message) < 120


@pytest.mark.parametrize("text", MACROS, ids=range(len(MACROS)))
def test_macros_without_end_are_unread_and_named(text: str) -> None:
    (step,) = check_text("page.tex", text).steps
    assert step.status == "unread"
    assert step.message.startswith(f"the macro {MACROS[text]}") and "calls itself" in step.message


# --- bytes -------------------------------------------------------------------------------------------------

UNREADABLE = {
    "binary": (b"line\n$1 + 1 = 2$ \x00\x01\xff", "2:13: DRV501 binary data"),
    "latin-1": ("Größe $1 + 1 = 2$".encode("latin-1"), "1:3: DRV501 not UTF-8 text: the byte 0xf6"),
    "large": (b"$1 + 1 = 2$\n" * (50_000_000 // 12), "1:1: DRV501 more than 20,000,000 bytes"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_text_is_one_message_with_its_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, says = UNREADABLE[name]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_bytes(data)
    (tmp_path / "good.md").write_text("$1 + 1 = 2$", encoding="utf-8")
    assert main(["check", "page.md", "good.md", "--jobs", "1", "--no-cache"]) == 2
    said = capsys.readouterr()
    assert f"page.md:{says}" in said.out
    assert "1 proved" in said.out and said.err == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [("[" * 100_000, "nested too deeply"), ('{"cells": [\n {]', "2:3: DRV501 not a notebook: no JSON")],
)
def test_what_is_no_notebook(
    text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.ipynb").write_text(text, encoding="utf-8")
    assert main(["check", "book.ipynb", "--no-cache"]) == 2
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bom.md", b"\xef\xbb\xbf$1 + 1 = 2$"),
        ("utf16.md", "Größe $1 + 1 = 2$".encode("utf-16")),
        ("windows.md", b"a\r\n\r\n$$\r\n1 + 1 = 2\r\n$$\r\n"),
        ("old.md", b"a\r\r$$\r1 + 1 = 2\r$$\r"),
        ("latin.tex", "\\usepackage[latin1]{inputenc}\nGröße $1 + 1 = 2$".encode("latin-1")),
    ],
)
def test_texts_of_other_kinds_are_read(name: str, data: bytes) -> None:
    (file,) = check_sources((Source(name, data),), Settings(cache="", jobs=1)).files
    assert [step.status for step in file.steps] == ["proved"]
    if name in ("windows.md", "old.md"):
        assert (file.steps[0].place.line, file.steps[0].place.column) == (4, 9)


def test_an_empty_file_has_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    assert main(["check", str(tmp_path / "empty.md"), "--no-cache"]) == 2
    assert main(["check", str(tmp_path / "empty.md"), "--no-cache", "--allow-empty"]) == 0


# --- folders -----------------------------------------------------------------------------------------------


def test_loops_pipes_and_dead_links_are_passed_over(tmp_path: Path) -> None:
    inner = tmp_path / "notes" / "inner"
    inner.mkdir(parents=True)
    (inner / "page.md").write_text("$1 + 1 = 2$", encoding="utf-8")
    (inner / "up").symlink_to("..")
    (inner / "again.md").symlink_to("page.md")
    (inner / "dead.md").symlink_to("nowhere")
    os.mkfifo(inner / "pipe.md")
    (inner / "folder.md").mkdir()
    assert list(find_files([str(tmp_path)])) == [inner / "page.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("$1 + 1 = 2$", encoding="utf-8")
    path.chmod(0)
    (file,) = check_sources((Source(str(path)),), Settings(cache="", jobs=1)).files
    assert file.unreadable and "ermission" in file.notices[0].message


def test_names_that_are_no_unicode_are_reported_in_every_format(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff \xf0.md")
    try:
        path.write_text("$1 + 1 = 3$", encoding="utf-8")
    except OSError:
        pytest.skip("the file system has only Unicode names")
    run = check_sources(sources_of(find_files([str(tmp_path)])), Settings(cache=str(tmp_path / "cache"), jobs=1))
    assert run.exit_code() == 1
    for name, report in FORMATS.items():
        assert "DRV101" in report(run), name
    assert "%FF%20%F0.md" in json.dumps(json.loads(FORMATS["sarif"](run)))


def test_the_largest_file_is_a_limit_on_bytes() -> None:
    page = b"$1 + 1 = 2$" + b" " * (LARGEST_FILE - 11)
    assert not check_sources((Source("page.md", page),), Settings(cache="", jobs=1)).files[0].unreadable
