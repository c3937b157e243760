"""A random sample of 100 expressions from public notes, each graded by hand, read again.

`graded.jsonl` has a line for each: the place it is from, the LaTeX after macros, the letters that its page declares as
functions, how it is printed back (`reads`), what it means (`means`, null where the meaning is refused, then `because`),
and the grade.  `right`: tree and meaning are the author's.  `refused`: the page does not decide, or the meaning is none
that is calculated with, and that is said.  `wrong`: something else than the author's meaning, without a word.
The sample was drawn with `random.Random(20).sample` from the distinct expressions of more than four characters, in
order of files and places, single symbols and numbers left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from derive.meaning.errors import MeaningError
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import DEFAULT as LEXICON
from derive.meaning.lexicon import Lexicon
from derive.meaning.sympy_text import sympy_text
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Call, Product
from derive.notation.vocabulary import DEFAULT
from derive.read.readers import read_document

GRADED = [
    json.loads(line) for line in Path(__file__).with_name("graded.jsonl").read_text(encoding="utf-8").splitlines()
]
MOST_WRONG = 5


def meaning(text: str, *functions: str, lexicon: Lexicon = LEXICON) -> str | None:
    """What the expression means, as SymPy text; None where the meaning is refused."""
    try:
        return sympy_text(form_of(read(text, DEFAULT.declaring(*functions)), lexicon))
    except MeaningError:
        return None


@pytest.mark.parametrize("row", GRADED, ids=lambda row: f"{row['file'].rsplit('/')[-1]}:{row['line']}:{row['column']}")
def test_graded_expressions_are_read_as_they_were_graded(row: dict[str, Any]) -> None:
    functions = row.get("functions", ())
    assert latex(read(row["latex"], DEFAULT.declaring(*functions))) == row["reads"]
    assert meaning(row["latex"], *functions) == row["means"]
    assert (row["means"] is None) == (row["grade"] == "refused")


def test_few_expressions_are_silently_wrong() -> None:
    assert len(GRADED) == 100
    grades = [row["grade"] for row in GRADED]
    assert set(grades) <= {"right", "refused", "wrong"}
    assert grades.count("wrong") <= MOST_WRONG


# --- faults that grading found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        r"Y(e^{j \Omega})",
        r"X(j \omega) \cdot Y(j \omega)",
        r"D \mathbf{\phi}(\mathbf{x})",
        r"\delta(t - \mu T)",
        r"\text{rect}(t) * \cos(t)",
        r"(u^{(i)})^T A u^{(i)}",
        r"\theta^T x",
        r"(x - \mu)^T (x - \mu)",
        r"\dot{\vec v} \cdot \vec v",
        r"B_k(k=1,2)",
    ],
)
def test_what_the_page_does_not_decide_has_no_meaning(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize(
    ("text", "means"),
    [
        (r"(1 + r)^T", "(r + 1)**T"),
        (r"a(b + c)", "a*(b + c)"),
        (r"s_{\infty 2}", "s_infty2"),
        (r"\textbf{v}", "v_bold"),
        (r"class", "class"),
        (r"2 \, cost", "2*cost"),
    ],
)
def test_what_looks_alike_has_its_meaning(text: str, means: str) -> None:
    assert meaning(text) == means


@pytest.mark.parametrize(
    "text", [r"D_{KL}(p || q)", r"D_{KL}(\tilde{p}(x) || p(x \mid w))", r"D_{\textrm{KL}}(p \ \| \ q)", r"H(p \Vert q)"]
)
def test_a_bracket_with_a_double_bar_between_is_an_argument(text: str) -> None:
    assert isinstance(read(text), Call)


@pytest.mark.parametrize("text", [r"a(\|x\| + \|y\|)", r"c(2||x|| - 1)", r"a(\|x\|^2 - 2)", r"k(|x| + |y|)"])
def test_a_bracket_with_norms_is_a_factor(text: str) -> None:
    assert isinstance(read(text), Product)


def test_the_columns_of_a_starred_matrix_are_no_entry() -> None:
    assert latex(read(r"\begin{pmatrix*}[l] a & b \end{pmatrix*}")) == r"\begin{pmatrix*} a & b \end{pmatrix*}"


@pytest.mark.parametrize(
    "text",
    [
        "$$\\newcommand{iid}{x}$$\n\nThen $$a = b$$ holds.",
        "$$\n\\DeclareMathOperator{\\diag}{diag}\n$$\n\nThen $$a = b$$ holds.",
        "A stray $$ sign.\n\nAfter that we all know that $$a = b$$ holds.",
    ],
)
def test_an_empty_or_stray_display_does_not_shift_the_ones_after_it(text: str) -> None:
    assert [formula.text for formula in read_document("page.md", text).formulas] == ["a = b"]
