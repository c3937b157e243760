"""Formulas written for meanings, as one writes them."""

import pytest

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form, var
from derive.meaning.notate import notation_of
from derive.meaning.sympy_text import parse_sympy
from derive.notation.printer import latex


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("p/(1 - p)", r"\frac{p}{1 - p}"),
        ("exp(-x)", "e^{-x}"),
        ("1/(1 + exp(-x))", r"\frac{1}{1 + e^{-x}}"),
        ("(1 + exp(-x))**(-2)", "(1 + e^{-x})^{-2}"),
        ("-x/2", r"-\frac{x}{2}"),
        ("x**2 - 5*x + 6", "x^2 - 5x + 6"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("x**(1/3)", r"\sqrt[3]{x}"),
        ("sin(x)**2", r"\sin^2(x)"),
        ("2*2**x", r"2 \cdot 2^x"),
        ("x*(y + 1)", "x(y + 1)"),
        ("f(x)**2", "f(x)^2"),
        ("Abs(x)", "|x|"),
        ("p > 0", "p > 0"),
        ("And(p > 0, p < 1)", "0 < p < 1"),
        ("Eq(x, 1)", "x = 1"),
        ("Ne(x, 0)", r"x \ne 0"),
        ("Or(x > 0, x < -1)", r"x > 0 \text{ or } x < -1"),
        ("Derivative(f(x), x)", r"\frac{d}{dx} f(x)"),
        ("Integral(x**2, (x, 0, 1))", r"\int_0^1 x^2 \, dx"),
        ("Sum(k**2, (k, 1, n))", r"\sum_{k=1}^n k^2"),
        ("Limit(1/x, x, oo)", r"\lim_{x \to \infty} \frac{1}{x}"),
        ("lamda*x_1", r"\lambda x_1"),
        ("Contains(x, Interval.Ropen(0, oo))", r"x \in [0, \infty)"),
        ("I*pi", r"\mathrm{i} \pi"),
    ],
)
def test_written_as_one_writes(text: str, written: str) -> None:
    assert latex(notation_of(parse_sympy(text))) == written


def test_two_sided_bounds_are_one_chain() -> None:
    assert latex(notation_of(parse_sympy("And(0 < p, p < 1)"))) == "0 < p < 1"


def test_what_cannot_be_written_is_an_error() -> None:
    with pytest.raises(MeaningError):
        notation_of(Form("nonsense", (var("x"),)))
