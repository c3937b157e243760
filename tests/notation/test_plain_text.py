"""Plain text in, as typed on a command line, and Unicode text out."""

from __future__ import annotations

import pytest

from derive.notation.plain import read_any, read_plain
from derive.notation.printer import latex
from derive.notation.reader import ReadError, read
from derive.notation.tree import Fraction, Relation, Span
from derive.notation.unicode import text
from derive.notation.vocabulary import DEFAULT

SIGMOID = DEFAULT.declaring("\\sigma")


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("log(p/(1-p)) = x", r"\log\left(\frac{p}{1 - p}\right) = x"),
        ("exp(-x)", r"\exp(-x)"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("x**2 + 2x", "x^2 + 2x"),
        ("x^10", "x^{10}"),
        ("e^-x", "e^{-x}"),
        ("e^(-x)", "e^{-x}"),
        ("2^x^2", "2^{x^2}"),
        ("x_i^2", "x_i^2"),
        ("x1", "x_1"),
        ("x_12", "x_{12}"),
        ("Abs(x - 1)", r"\left|x - 1\right|"),
        ("pi*r^2", r"\pi r^2"),
        ("3*4", r"3 \cdot 4"),
        ("a*b/c*d", r"\frac{a b}{c} d"),
        ("a/(b/c)", r"\frac{a}{\frac{b}{c}}"),
        ("(1/2)x", r"\frac{1}{2} x"),
        ("0 < p <= 1", r"0 < p \le 1"),
        ("x != 0", r"x \ne 0"),
        ("x = 1 or x = -1", r"x = 1 \lor x = -1"),
        ("x = -1 => x^2 = 1", r"x = -1 \Rightarrow x^2 = 1"),
        ("d/dx (x^2)", r"\frac{d}{dx}(x^2)"),
        ("dy/dx = y", r"\frac{dy}{dx} = y"),
        ("sigma(x)", r"\sigma(x)"),
        ("atan(x)", r"\arctan(x)"),
        ("x²", "x^2"),
        ("x in [0, 1)", r"x \in [0, 1)"),
    ],
)
def test_plain_text_is_read(plain: str, written: str) -> None:
    assert latex(read_plain(plain)) == written


def test_either_notation_is_told_by_what_is_in_it() -> None:
    assert read_any(r"\frac{1}{x}") == read(r"\frac{1}{x}")
    assert read_any("1/x") == read(r"\frac{1}{x}")
    assert latex(read_any("x^10")) == "x^{10}"
    assert latex(read_any("x^{10}")) == "x^{10}"


def test_places_are_those_of_the_plain_text() -> None:
    tree = read_plain("x = 1/(1 - p)")
    assert isinstance(tree, Relation)
    fraction = tree.links[0].term
    assert isinstance(fraction, Fraction)
    assert fraction.span == Span(4, 13)


@pytest.mark.parametrize(
    ("plain", "start"),
    [("1/2x", 2), ("xy + 1", 0), ("x^", 1), ("(x", 0), ("", 0), ("2 3", 2), ("x + foo", 4)],
)
def test_what_plain_text_leaves_open_is_refused(plain: str, start: int) -> None:
    with pytest.raises(ReadError) as caught:
        read_plain(plain)
    assert caught.value.start == start


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\log\left(\frac{p}{1 - p}\right) = x", "log(p/(1 − p)) = x"),
        (r"\sigma(x) = \frac{1}{1 + e^{-x}}", "σ(x) = 1/(1 + e⁻ˣ)"),
        (r"p = \frac{e^x}{1 + e^x}", "p = eˣ/(1 + eˣ)"),
        (r"\frac{a + b}{c d} e", "((a + b)/(c d)) e"),
        (r"\frac{a}{b^2}", "a/b²"),
        (r"\frac{\sin x}{x}", "(sin x)/x"),
        (r"\frac{dy}{dx} = -(1 + e^{-x})^{-2} \cdot (-e^{-x})", "dy/dx = −(1 + e⁻ˣ)⁻² · (−e⁻ˣ)"),
        (r"\frac{d}{dx}(x^2)", "d/dx (x²)"),
        (r"\int_0^1 x + 1 \, dx", "∫₀¹ (x + 1) dx"),
        (r"\sum_{i=1}^n i^2", "∑ᵢ₌₁ⁿ i²"),
        (r"\lim_{x \to 0} x", "lim[x → 0] x"),
        (r"\sqrt{b^2 - 4ac}", "√(b² − 4ac)"),
        (r"x^{\sin(x)}", "x^(sin(x))"),
        (r"x_{\text{max}}", "xₘₐₓ"),
        (r"\mathbb{E}[X \mid Y] \le 1", "𝔼[X | Y] ≤ 1"),
        (r"a = b \Rightarrow b = a", "a = b ⇒ b = a"),
        (r"a = b \text{ if } c > 0", "a = b if c > 0"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[1, 2; 3, 4]"),
        (r"\begin{cases} x & x > 0 \\ -x & \text{otherwise} \end{cases}", "{x if x > 0; −x otherwise}"),
    ],
)
def test_unicode_text(written: str, shown: str) -> None:
    assert text(read(written, SIGMOID)) == shown


@pytest.mark.parametrize("name", ["erf", "sech", "arsinh", "sign"])
def test_functions_without_a_command_of_latex_are_named_operators(name: str) -> None:
    assert latex(read_plain(f"{name}(x)")) == rf"\operatorname{{{name}}}(x)"
