"""A broad table of derivatives: every line of every derivation has the value of the true slope at sample points."""

from __future__ import annotations

import math

import pytest
import sympy

from derive.engine.differentiate import differentiate
from derive.engine.errors import EngineError
from derive.meaning.interpret import form_of
from derive.meaning.tosympy import to_sympy
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Node

POINTS = (0.31, 0.77, 1.4)

TERMS = r"""
7 | x | 3x | x^2 | 5x^3 - 2x + 1 | x^{-2} | \frac{1}{x^3} | \sqrt{x} | x^{1/2} | x^{-3/2} | \sqrt[3]{x} | \frac{x}{3}
\frac{3}{x} | a x^2 + b x + c | (x^2 + 1)^5 | (2x - 1)^{-3} | (1 + e^{-x})^{-1} | \frac{1}{1 + e^{-x}} | x^4/4
e^x | e^{-x} | e^{3x + 1} | e^{-x^2} | e^{-x^2/2} | 2^x | 3^{2x} | x e^x | x^2 e^{-x} | e^{\sin x} | \exp(2x)
\log x | \ln x | \log(3x) | \log(1 + e^{2x}) | \log_2 x | \ln(x^2 + 1) | x \log x - x
\frac{\log x}{x} | \log(\log(x + 3))
\sin x | \cos x | \tan x | \cot x | \sec x | \csc x | \sin(2x) | \cos(x^2) | \sin^2 x | \cos^3(2x) | \sin x \cos x
x^2 \sin(3x) | \frac{\sin x}{x} | \frac{1 - \cos x}{\sin x} | \tan(x^2) | \sin(\cos x) | \frac{\cos x}{1 + \sin x}
\arcsin(x/2) | \arccos(x/2) | \arctan x | \arctan(2x) | x \arctan x | \sinh x | \cosh(2x) | \tanh x | \coth x
\frac{e^x - e^{-x}}{e^x + e^{-x}} | \frac{x}{1 + x^2} | \frac{x^2 - 1}{x^2 + 1} | \frac{a x + b}{c x + d}
\sqrt{4 - x^2}
\sqrt{1 + \sqrt{x}} | x \sqrt{x + 1} | \frac{x}{\sqrt{x^2 + 1}} | x^x | (\sin x)^x | x^{\log x} | |x| | |\sin x|
(x + 1)(x - 2) | (x + 1)^2 (x - 2)^3 | x e^x \sin x | \frac{x e^x}{x + 1} | -\cos(-x) | \frac{x^2}{2} - \frac{1}{x}
\frac{1}{\sqrt{2\pi}} e^{-x^2/2} | k e^{-k x} | A \sin(\omega x + \phi) | (x - \mu)^2
x \cdot 2^{-x} | \frac{2}{3} x^{3/2}
\log\left(\frac{x}{x + 1}\right) | e^{e^x} | \sqrt{\log(x + 2)} | (e^x + 1)^2 | \frac{1}{\log(x + 2)} | x^2 \cdot x^3
""".replace("\n", " | ")
TABLE = [term.strip() for term in TERMS.replace("| |x| |", "| ABS |").replace("| |\\sin x|", "| ABS-SIN").split(" | ")]
TABLE = [{"ABS": "|x|", "ABS-SIN": r"|\sin x|"}.get(term, term) for term in TABLE if term]


def over_the_reals(node: Node) -> sympy.Expr:
    expression = to_sympy(form_of(node))
    return expression.subs({s: sympy.Symbol(s.name, real=True) for s in expression.free_symbols})


def value(expression: sympy.Expr, at: float) -> float:
    numbers = {s: at if s.name == "x" else 0.3 + 0.1 * len(s.name) for s in expression.free_symbols}
    return float(expression.subs(numbers).doit().evalf())


@pytest.mark.parametrize("term", TABLE)
def test_every_line_has_the_slope(term: str) -> None:
    derivation = differentiate(read(term), read("x"))
    slope = over_the_reals(read(term)).diff(sympy.Symbol("x", real=True))
    for step in derivation.steps:
        line = over_the_reals(step.after).doit()
        for point in POINTS:
            found, expected = value(line, point), value(slope, point)
            assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9), latex(step.after)
    assert r"\frac{d}" not in latex(derivation.result)


@pytest.mark.parametrize("term", TABLE)
def test_lines_read_back_as_they_are(term: str) -> None:
    derivation = differentiate(read(term), read("x"))
    for step in derivation.steps:
        assert read(latex(step.after)) == step.after, latex(step.after)


@pytest.mark.parametrize("term", [r"\lfloor x \rfloor", "x!", r"\lceil 2x \rceil", r"\sum_{k=1}^{n} k x"])
def test_not_differentiable_by_rules(term: str) -> None:
    with pytest.raises(EngineError, match=r"differentiable|no rule"):
        differentiate(read(term), read("x"))


def test_absolute_value_owes_that_it_is_not_at_the_corner() -> None:
    derivation = differentiate(read("|x - 3|"), read("x"))
    assert [latex(c) for step in derivation.steps for c in step.conditions] == [r"x - 3 \ne 0"]


def test_undefined_functions() -> None:
    derivation = differentiate(read("f(x) g(x^2)"), read("x"))
    assert latex(derivation.result) == "g(x^2) f'(x) + 2x f(x) g'(x^2)"


def test_second_derivative() -> None:
    derivation = differentiate(read("x^3 - 5x"), read("x"), order=2)
    assert latex(derivation.start) == r"\frac{d}{dx} \left(\frac{d}{dx}(x^3 - 5x)\right)"
    assert latex(derivation.result) == "6x"


def test_partial_derivative_keeps_its_sign() -> None:
    derivation = differentiate(read("x^2 y^3"), read("y"), sign="\\partial")
    assert latex(derivation.start).startswith(r"\frac{\partial}{\partial y}")
    assert latex(derivation.result) == "3x^2 y^2"
