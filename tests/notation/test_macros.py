"""Author macros: definitions found in a preamble, and formulas read with them."""

from __future__ import annotations

import pytest

from derive.notation.macros import Macros, read_definitions
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Fraction, Span, Sum

PREAMBLE = r"""
\newcommand{\E}{\mathbb{E}}
\newcommand*\norm[1]{\left\lVert #1 \right\rVert}
\newcommand{\ip}[2][x]{\langle #1, #2 \rangle}
\def\pd#1#2{\frac{\partial #1}{\partial #2}}
\DeclareMathOperator*{\best}{arg\,max}
\DeclareMathOperator{\Ber}{Ber}
\renewcommand{\vec}{\mathbf}
\newcommand{\name}[1]{\operatorname{#1}}
"""


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r"\E[X]", r"\mathbb{E}[X]"),
        (r"\norm{x}_2", r"\left\lVert x\right\rVert_2"),
        (r"\norm x", r"\left\lVert x\right\rVert"),
        (r"\ip{y}", r"\langle x, y \rangle"),
        (r"\ip[z]{y}", r"\langle z, y \rangle"),
        (r"\pd{f}{x}", r"\frac{\partial f}{\partial x}"),
        (r"\best_x f(x)", r"\operatorname*{arg\,max}_x f(x)"),
        (r"\Ber(p)", r"\operatorname{Ber}(p)"),
        (r"\vec{x}", r"\mathbf{x}"),
        (r"\name{KL}(p)", r"\operatorname{KL}(p)"),
        (r"\norm{\pd{f}{x}}", r"\left\lVert\frac{\partial f}{\partial x}\right\rVert"),
    ],
)
def test_macros_are_expanded(text: str, meaning: str) -> None:
    assert latex(read(text, macros=read_definitions(PREAMBLE))) == meaning


def test_what_a_macro_gives_has_the_place_of_its_call_and_arguments_their_own() -> None:
    macros = Macros().define("\\half", "\\frac{#1}{2}", parameters=1)
    tree = read(r"a + \half{x}", macros=macros)
    assert isinstance(tree, Sum)
    fraction = tree.terms[1].term
    assert isinstance(fraction, Fraction)
    assert fraction.span == Span(4, 12)
    assert fraction.numerator.span == Span(10, 11)


def test_definitions_that_are_cut_short_are_passed_over() -> None:
    assert read_definitions(r"\newcommand{\a}{b \newcommand{\c}").table == {}
    assert set(read_definitions(r"\def\a{b} \newcommand{\c}[x]{d} \newcommand").table) == {"\\a", "\\c"}
