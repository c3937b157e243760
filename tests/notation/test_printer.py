"""The canonical text: what is written comes back, and brackets are added where a program's tree needs them."""

from __future__ import annotations

import pytest

from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import (
    BigOperator,
    Call,
    Derivative,
    Differential,
    Fraction,
    Node,
    Number,
    Power,
    Product,
    Signed,
    Sum,
    Symbol,
    Word,
)
from derive.notation.vocabulary import DEFAULT

CANONICAL = [
    r"\sigma(x) = \frac{1}{1 + e^{-x}}",
    r"\log\left(\frac{p}{1 - p}\right) = x",
    r"p = e^x (1 - p)",
    r"p = e^x - e^x p",
    r"p(1 + e^x) = e^x",
    r"y = \sigma(x) = \frac{1}{1 + e^{-x}}",
    r"\frac{dy}{dx} = -1 \cdot (1 + e^{-x})^{-2} \cdot \frac{d}{dx}(1 + e^{-x})",
    r"\frac{dy}{dx} = \sigma(x) \cdot (1 - \sigma(x))",
    r"\sigma'(x) = \sigma(x)(1 - \sigma(x))",
    r"\frac{p}{1 - p} = e^x \Rightarrow p = e^x (1 - p) \Rightarrow p = \frac{e^x}{1 + e^x}",
    r"\sigma(x) = \frac{1}{1 + e^{-x}}, \quad 1 - \sigma(x) = \frac{e^{-x}}{1 + e^{-x}}",
    r"\int x e^x \, dx = x e^x - \int e^x \, dx",
    r"\int_0^\infty x e^{-\lambda x} \, dx",
    r"\iint f \, dx \, dy",
    r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\sin^2 x + \cos^2 x = 1",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
    r"\sum_{i=1}^n x_{ij} y_j",
    r"\left.\frac{x^3}{3}\right|_0^1",
    r"\frac{\partial^2 f}{\partial x \partial y}",
    r"f: A \to B".replace("f:", "f :"),
    r"\mathbf{x}^\top A \mathbf{x}",
    r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}",
    r"\{x \in A \mid x > 0\}",
    r"\begin{cases} x & x > 0 \\ -x & \text{otherwise} \end{cases}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix}",
    r"\text{if } x > 0, \quad y = 1",
    r"\forall x \in A \text{ and } y > 0",
    r"\frac{dy}{dx}\Big|_{x=a}(x - a)",
    r"\log p(x) + \log p_\theta(x \mid z)",
]


@pytest.mark.parametrize("written", CANONICAL)
def test_canonical_text_comes_back(written: str) -> None:
    assert latex(read(written, DEFAULT.declaring("\\sigma"))) == written


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (r"\frac12x", r"\frac{1}{2} x"),
        (r"a\cdot b", r"a \cdot b"),
        (r"x^{2}", "x^2"),
        (r"\sum_{n}a_{n}", r"\sum_n a_n"),
        (r"{a\over b}", r"\frac{a}{b}"),
        (r"\int f(x)\mathrm d x", r"\int f(x) \, \mathrm{d}x"),
        (r"{\bf x}", r"\mathbf{x}"),
        ("2 x y", "2xy"),
    ],
)
def test_other_spellings_become_canonical(written: str, canonical: str) -> None:
    assert latex(read(written)) == canonical


a, b, x, y = (Symbol(letter) for letter in "abxy")
one, two = Number("1"), Number("2")
a_plus_b = Sum((Signed("", a), Signed("+", b)))
minus_a = Sum((Signed("-", a),))
sine = Call(Word("\\sin"), x)
total = BigOperator("\\sum", a, None, x)


@pytest.mark.parametrize(
    ("tree", "printed"),
    [
        (Product((a_plus_b, x), ("",)), "(a + b) x"),
        (Product((x, a_plus_b), ("",)), "x(a + b)"),
        (Product((x, minus_a), ("\\cdot",)), r"x \cdot (-a)"),
        (Sum((Signed("", x), Signed("-", a_plus_b))), "x - (a + b)"),
        (Power(a_plus_b, two), "(a + b)^2"),
        (Power(Power(a, b), two), "(a^b)^2"),
        (Power(Fraction(a, b), two), r"\left(\frac{a}{b}\right)^2"),
        (Product((sine, y), ("",)), r"\sin(x) y"),
        (Product((sine, sine), ("",)), r"\sin x \sin x"),
        (Product((total, y), ("",)), r"\left(\sum_a x\right) y"),
        (Product((y, total), ("",)), r"y \sum_a x"),
        (Product((two, one), ("",)), r"2 \cdot 1"),
        (Product((two, Fraction(one, two)), ("",)), r"2 \cdot \frac{1}{2}"),
        (Product((x, Product((a, b), ("",))), ("/",)), "x/(a b)"),
        (Product((x, Product((a, b), ("",))), ("",)), "x a b"),
        (Call(Word("\\sin"), a_plus_b), r"\sin(a + b)"),
        (Call(Symbol("f"), x), "f(x)"),
        (Derivative(a_plus_b, (Differential(x),)), r"\frac{d}{dx}(a + b)"),
        (BigOperator("\\sum", a, None, a_plus_b), r"\sum_a (a + b)"),
        (Product((Symbol("d"), x), ("",)), "{d} x"),
    ],
)
def test_brackets_are_printed_where_they_are_needed(tree: Node, printed: str) -> None:
    assert latex(tree) == printed
