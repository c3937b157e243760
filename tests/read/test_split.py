"""Splitting formulas into statements: chains, rows, columns, arrows, commas, words."""

from __future__ import annotations

import pytest

from derive.read.macros import find_definitions
from derive.read.split import Statement, split


def shown(statement: Statement) -> str:
    parts = [statement.arrow] if statement.arrow else []
    for member in statement.members:
        parts += [part for part in (member.sign, " ".join(member.piece.text.split())) if part]
    return " ".join(parts)


def statements(text: str, macros: str = "") -> list[str]:
    return [shown(s) for s in split(text, {d.name: d for d in find_definitions(macros)}) if s.is_chain]


CASES = {
    r"a = b = c": ["a = b = c"],
    r"A = B \Rightarrow C = D \iff E = F": ["A = B", r"\Rightarrow C = D", r"\iff E = F"],
    r"a = b \quad \Rightarrow \quad c = d": ["a = b", r"\Rightarrow c = d"],
    r"x = 1, \quad y = 2.": ["x = 1", "y = 2"],
    r"x = 1,\ y = 2 \text{ and } z = 3": ["x = 1", "y = 2", "z = 3"],
    r"a, b > 0": ["a, b > 0"],
    r"i = 1, \dots, n": [r"i = 1, \dots, n"],
    r"0 < p < 1": ["0 < p < 1"],
    r"f(x, y) = x + y": ["f(x, y) = x + y"],
    r"\begin{align} a &= b \\ &= c \\ d &= e \end{align}": ["a = b = c", "d = e"],
    r"\begin{align} a &= b \\ &\quad + c \\ &= d \end{align}": ["a = b + c = d"],
    r"\begin{align} a &= b & c &= d \\ &= e & &= f \end{align}": ["a = b = e", "c = d = f"],
    r"\begin{eqnarray} a & = & b \\ & = & c \end{eqnarray}": ["a = b = c"],
    r"\begin{equation} \label{one} a = b \tag{1} \end{equation}": ["a = b"],
    r"\boxed{a = b}": ["a = b"],
    r"\boxed{a} = b": ["{a} = b"],
    r"a \stackrel{(1)}{=} b": ["a = b"],
    r"a \overset{\text{def}}{=} b": ["a := b"],
    r"= c + d": ["= c + d"],
    r"|x| = \begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}": [
        r"|x| = \begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}"
    ],
    r"\left. f \right|_{a = 0} = \sum_{i=1}^n g": [r"\left. f \right|_{a = 0} = \sum_{i=1}^n g"],
    r"f(x) = x^2 \quad \text{for } x > 0": ["f(x) = x^2", "x > 0"],
    r"\text{loss} = \text{mean}(x)": [r"\text{loss} = \text{mean}(x)"],
    r"x^2 + 1": [],
    "a &= b \\\\[2pt] % a remark = nothing\n c &= d": ["a = b", "c = d"],
}


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_statements(text: str) -> None:
    assert statements(text) == CASES[text]


def test_macros_that_hold_structure() -> None:
    macros = r"\newcommand{\so}{\quad\Rightarrow\quad}\newcommand{\eq}[2]{#1 = #2}\def\half#1{\frac{#1}{2}}"
    assert statements(r"a = \half{b} \so \eq{c}{d}", macros) == [r"a = \frac{b}{2}", r"\Rightarrow c = d"]


def test_places_point_into_the_formula_through_macros() -> None:
    definitions = {d.name: d for d in find_definitions(r"\newcommand{\so}{\Rightarrow}")}
    text = r"a = b \so cc = d"
    (first, second) = split(text, definitions)
    assert text[first.members[1].piece.start : first.members[1].piece.end] == "b"
    assert text[second.members[0].piece.start : second.members[0].piece.end] == "cc"


@pytest.mark.parametrize(
    "macros",
    [r"\newcommand{\a}{\a}", r"\newcommand{\a}{\a\a}", r"\def\a{\b\b}\def\b{\a\a}", r"\newcommand{\a}[9]{#1#1\a{#1}}"],
)
def test_macros_that_call_themselves_end(macros: str) -> None:
    assert len(split(r"\a = x", {d.name: d for d in find_definitions(macros)})) <= 2


@pytest.mark.parametrize(
    "text", ["{" * 100_000, "}" * 1000 + "=" * 1000, "\\left(" * 10_000, "a=" * 20_000, "\\frac" * 9000]
)
def test_hostile_text_is_split_without_failing(text: str) -> None:
    split(text, {})
