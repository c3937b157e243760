"""Templates: every format renders every kind of block, and a broken template is said with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from derive.render.escape import HTML, LATEX, MATH_STYLES, PLAIN, markdown
from derive.render.formats import FORMATS, markup
from derive.render.templates import TemplateUseError, fill, folder
from derive.render.view import (
    ClaimsView,
    ClaimView,
    DerivationView,
    Formula,
    PageView,
    Paragraph,
    ProseView,
    Run,
    SectionView,
    StatementView,
    StepView,
    TableView,
    VerdictView,
)


def formula(latex: str, text: str = "") -> Formula:
    return Formula(latex, text or latex)


def words(text: str) -> tuple[Run, ...]:
    return (Run("text", text),)


PROVED = VerdictView("proved", "✓", "normal form", "exact", (), "", "", "agrees")
IF = VerdictView("conditional", "✓", "normal form", "exact", (formula(r"a \ne 0", "a ≠ 0"),), "", "", "agrees")
STEPS = DerivationView(
    kind="derivation",
    title="",
    given=(formula("0 < p < 1"),),
    start=formula("a p = b"),
    steps=(
        StepView(
            1,
            "iff",
            formula(r"p = \frac{b}{a}", "p = b/a"),
            formula(r"\Leftrightarrow p = \frac{b}{a}", "⇔ p = b/a"),
            "equation.divide",
            (*words("divide both sides by "), Run("math", "a", formula("a"))),
            (formula(r"a \ne 0", "a ≠ 0"),),
            IF,
        ),
    ),
    result=formula(r"p = \frac{b}{a}", "p = b/a"),
    solutions=(),
)
PAGE = PageView(
    name="example",
    title="Dividing & conquering",
    sections=(
        SectionView(
            1,
            "Everything a page can hold",
            (
                ProseView(
                    "prose",
                    (Paragraph("paragraph", (words("50 % of <it>"),)), Paragraph("list", (words("one"), words("two")))),
                ),
                StatementView("statement", "definition", formula("f(x) = x"), None),
                StatementView("statement", "result", formula("a p / a = p"), IF),
                STEPS,
                ClaimsView("claims", (ClaimView(words("positive"), formula("0 < x"), PROVED),)),
                TableView(
                    "table", (words("what"), words("which")), ((words("norm"), (Run("math", "|x|", formula("|x|")),)),)
                ),
            ),
        ),
    ),
    tally=(("proved", 1), ("conditional", 1)),
    agreed=2,
    summary="2 claims checked.",
)


@pytest.mark.parametrize("name", [row.name for row in FORMATS if row.page])
def test_every_format_shows_formulas_reasons_verdicts_and_escapes_text(name: str) -> None:
    row = next(row for row in FORMATS if row.name == name)
    assert row.page is not None
    text = fill(row.page, markup(name), {"page": PAGE})
    for expected in ("conditional if", "ivide both sides by", "2 claims checked."):
        assert expected in text
    html = "50 % of &lt;it&gt;"
    escaped = {"md": r"50 % of \<it>", "html": html, "body": html, "txt": "50 % of <it>"}
    assert escaped.get(name, r"50 \% of \textless{}it\textgreater{}") in text
    assert "<<" not in text and ">>" not in text


@pytest.mark.parametrize("name", ["md", "txt"])
def test_blocks_are_laid_out_with_blank_lines_between_them(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"example.{name}", fill(f"page.{name}.j2", markup(name), {"page": PAGE}))


@pytest.mark.parametrize("style", MATH_STYLES)
def test_each_math_style_opens_and_closes_its_delimiters(style: str) -> None:
    chosen = markdown(MATH_STYLES[style])
    assert chosen.inline(formula("x")).replace(" ", "") == "".join(
        part.strip() for part in (MATH_STYLES[style].inline[0], "x", MATH_STYLES[style].inline[1])
    )
    assert "x" in chosen.display(formula("x"))


def test_bars_do_not_break_a_markdown_table() -> None:
    assert "|" not in markup("md").cell((Run("math", "|x|", formula("|x|")),))


def test_latex_text_has_no_sign_that_pdflatex_reads_as_a_command() -> None:
    assert LATEX.text(r"a_b & 5% {x} \y $z # ^ ~") == (
        r"a\_b \& 5\% \{x\} \textbackslash{}y \$z \# \textasciicircum{} \textasciitilde{}"
    )


def test_mathml_carries_its_latex_and_unknown_commands_are_shown_as_code() -> None:
    assert "<mfrac>" in HTML.inline(formula(r"\frac{1}{2}"))
    assert "application/x-tex" in HTML.inline(formula(r"\frac{1}{2}"))
    assert HTML.inline(formula(r"\nosuchcommand")) == r'<code class="latex">\nosuchcommand</code>'


def test_an_undefined_name_in_a_template_is_said_with_file_and_line(tmp_path: Path) -> None:
    own = tmp_path / "own.md.j2"
    own.write_text("first line\n<< page.title >>\n<< page.nothing >>\n")
    with pytest.raises(TemplateUseError) as problem:
        fill("page.md.j2", markup("md"), {"page": PAGE}, own)
    assert problem.value.line == 3
    assert problem.value.file.endswith("own.md.j2")
    assert "nothing" in problem.value.message


def test_a_syntax_error_in_a_template_is_said_with_file_and_line(tmp_path: Path) -> None:
    own = tmp_path / "own.md.j2"
    own.write_text("fine\n<% for x in %>\n")
    with pytest.raises(TemplateUseError) as problem:
        fill("page.md.j2", markup("md"), {"page": PAGE}, own)
    assert (problem.value.line, problem.value.file) == (2, str(own))


def test_a_template_of_ones_own_can_import_the_built_in_parts(tmp_path: Path) -> None:
    own = tmp_path / "own.md.j2"
    own.write_text('<% import "parts.md.j2" as parts %><< parts.derivation(page.sections[0].blocks[3]) >>')
    assert r"\frac{b}{a}" in fill("page.md.j2", markup("md"), {"page": PAGE}, own)


def test_the_templates_are_found() -> None:
    assert (folder() / "page.html.j2").is_file()
    assert PLAIN.display(formula("latex", "text")) == "text"
