"""LaTeX documents of several files: what is drawn in, and that each line keeps its file and place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.read.assembly import assembled, named_root
from derive.read.readers import read_document

MAIN = r"""\documentclass{article}
\usepackage{amsmath, macros}
\begin{document}
\input{chapters/one}
  Between \input{chapters/two.tex} and $c = d$.
% \input{commented}
\verb|\input{verbatim}|
\input chapters/three
\import{chapters/}{four}
\include{absent}
\end{document}
\input{after}
"""
FILES = {
    "book/main.tex": MAIN,
    "book/chapters/one.tex": "First $a = \\half{b}$.\n\\input{one_a}\nand $x = y$\n",
    "book/chapters/one_a.tex": "$p = q$",
    "book/chapters/two.tex": "\\documentclass[../main]{subfiles}\n\\begin{document}\n$e = f$\n\\end{document}\n$g = h$",
    "book/chapters/three.tex": "$i = j$\n\\input{../main}",
    "book/chapters/four.tex": "$k = l$ \\endinput $m = n$",
    "book/macros.sty": "\\RequirePackage{more}\n\\newcommand{\\half}[1]{\\frac{#1}{2}} % \\newcommand{\\no}{}",
    "book/more.sty": "\\def\\R{\\mathbb{R}}",
    "book/after.tex": "$o = p$",
}


def test_files_are_drawn_in_at_their_places() -> None:
    assembly = assembled("book/main.tex", MAIN, FILES.get)
    document = replace(read_document("book/main.tex", assembly.text), origins=assembly.origins)
    found = {}
    for formula in document.formulas:
        place = document.place(formula.start, formula.end)
        source = FILES.get(place.path, MAIN).split("\n")[place.line - 1]
        assert source[place.column - 1 :].startswith(formula.text)
        found[formula.text] = place.path.rpartition("/")[2]
    assert found == {
        r"a = \half{b}": "one.tex", "p = q": "one_a.tex", "x = y": "one.tex", "e = f": "two.tex", "c = d": "",
        "i = j": "three.tex", "k = l": "four.tex",
    }  # fmt: skip
    assert assembly.parts == tuple(f"book/chapters/{name}.tex" for name in ("one", "one_a", "two", "three", "four"))
    assert [(missing.name, missing.line, missing.column) for missing in assembly.missing] == [("absent", 10, 1)]
    assert [definition.name for definition in assembly.definitions] == ["\\half", "\\R"]


def test_no_blank_line_is_added_around_an_input() -> None:
    files = {"inner.tex": "b\n\nc\n"}
    assert assembled("main.tex", "a\n  \\input{inner}  \nd\n", files.get).text == "a\nb\n\nc\nd"


def test_a_document_of_one_file_is_left_as_it_is() -> None:
    text = "\\begin{document}\n$a = b$\n\\end{document}\n"
    assembly = assembled("main.tex", text, FILES.get)
    assert (assembly.text, assembly.origins, assembly.parts) == (text, (), ())


def test_files_in_a_circle_and_files_without_number_end() -> None:
    files = {f"f{n}.tex": f"$x = {n}$\n\\input{{f{n + 1}}}\n\\input{{f{n // 2}}}" for n in range(2000)}
    assembly = assembled("f0.tex", files["f0.tex"], files.get)
    assert len(assembly.parts) == 499


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("% !TEX root = ../main.tex\ntext", "book/main.tex"),
        ("%!TeX root=../main\n", "book/main.tex"),
        ("\\documentclass[../main]{subfiles}", "book/main.tex"),
        ("\\documentclass[a4paper]{article}", None),
    ],
)
def test_a_part_names_its_main_document(text: str, root: str | None) -> None:
    assert named_root("book/chapters/one.tex", text) == root
