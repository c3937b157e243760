"""What formulas mean: read from LaTeX, compared as SymPy text; and what the page does not decide is refused."""

import pytest

from derive.meaning.errors import MeaningError
from derive.meaning.form import call, num, var
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import DEFAULT, Lexicon
from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.notation.reader import read
from derive.notation.vocabulary import DEFAULT as PLAIN
from derive.notation.vocabulary import Vocabulary

SIGMOID = PLAIN.declaring("\\sigma")
PAGE = DEFAULT.declaring("sigma", "x").defining("y", call("sigma", var("x")))


def meant(latex: str, lexicon: Lexicon = PAGE, vocabulary: Vocabulary = SIGMOID) -> str:
    return sympy_text(form_of(read(latex, vocabulary), lexicon))


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\log\left(\frac{p}{1 - p}\right) = x", "Eq(log(p/(1 - p)), x)"),
        (r"p = \frac{1}{1 + e^{-x}} = \sigma(x)", "And(Eq(p, 1/(1 + exp(-x))), Eq(1/(1 + exp(-x)), sigma(x)))"),
        (r"\frac{dy}{dx} = - (1 + e^{-x})^{-2} \cdot (-e^{-x})", "Eq(Derivative(y, x), (1 + exp(-x))**(-2)*exp(-x))"),
        (r"\sigma'(x) = \sigma(x)(1 - \sigma(x))", "Eq(Derivative(sigma(x), x), sigma(x)*(1 - sigma(x)))"),
        (r"\sigma'(2x)", "Subs(Derivative(sigma(t), t), t, 2*x)"),
        (r"f''(x)", "Derivative(f(x), (x, 2))"),
        (r"\frac{df}{dx}(x^2)", "Subs(Derivative(f(t), t), t, x**2)"),
        (r"\frac{\partial^2}{\partial x \partial y} (x y)", "Derivative(Derivative(x*y, y), x)"),
        (r"\sin^2 x + \cos^2 x", "sin(x)**2 + cos(x)**2"),
        (r"\sin^{-1} x", "asin(x)"),
        (r"\log_2 n", "log(n)/log(2)"),
        (r"\sqrt[3]{x}", "x**(1/3)"),
        (r"|x| + \lfloor x \rfloor", "Abs(x) + floor(x)"),
        (r"n! = \binom{n}{2}", "Eq(factorial(n), binomial(n, 2))"),
        (r"\int_0^\infty e^{-x^2} dx", "Integral(exp(-x**2), (x, 0, oo))"),
        (r"\int \frac{dx}{x}", "Integral(1/x, x)"),
        (r"\int \frac{2 \, dx}{x}", "Integral(2/x, x)"),
        (r"\sum_{k=1}^n k^2", "Sum(k**2, (k, 1, n))"),
        (r"\sum_{i=1}^n x_i", "Sum(Indexed('x', i), (i, 1, n))"),
        (r"\sum_{i=1}^n x^{(i)}", "Sum(Indexed('x_sup', i), (i, 1, n))"),
        (r"\prod_{k=1}^n k", "Product(k, (k, 1, n))"),
        (r"\lim_{x \to 0^+} x \log x", "Limit(x*log(x), x, 0, '+')"),
        (r"\lim_{x \to -\infty} e^x", "Limit(exp(x), x, -oo)"),
        (r"\lim_{x \to 1} x", "Limit(x, x, 1, '+-')"),
        (r"\left[ x^2 \right]_0^1", "Subs(x**2, x, 1) - Subs(x**2, x, 0)"),
        (r"0 < p < 1", "And(p > 0, p < 1)"),
        (r"x \ge 1", "x >= 1"),
        (r"x \in [0, 1)", "Contains(x, Interval.Ropen(0, 1))"),
        (r"n \in \mathbb{N}", "Contains(n, Naturals)"),
        (r"x > 0 \lor y < 0", "Or(x > 0, y < 0)"),
        (r"x^2 = 4 \Rightarrow x = 2", "Implies(Eq(x**2, 4), Eq(x, 2))"),
        (r"x = 2 \iff 2 x = 4", "Equivalent(Eq(x, 2), Eq(2*x, 4))"),
        (r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", "Piecewise((x, x > 0), (0, True))"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "Matrix([[a, b], [c, d]])"),
        (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", "det(Matrix([[a, b], [c, d]]))"),
        (r"\hat{\theta}_{ij} + \lambda x_1", "theta_hat_ij + lamda*x_1"),
        (r"x_{n+1}", "Indexed('x', n + 1)"),
        (r"x^* + \bar{x}", "x_star + x_bar"),
        (r"90^\circ", "pi/2"),
        (r"a / b \cdot c", "a/b*c"),
        (r"\Gamma(n + 1)", "gamma(n + 1)"),
        (r"\frac{d}{dx} 3", "Derivative(3, x)"),
        (r"\underbrace{x + 1}_{>0}", "x + 1"),
        (r"0.50", "1/2"),
    ],
)
def test_meanings(latex: str, text: str) -> None:
    assert meant(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        r"b^2/2a",
        r"e^{i\pi}",
        r"a \pm b",
        r"x \approx 2",
        r"A^\top B",
        r"A^T",
        r"\mathbf{A}\mathbf{B}",
        r"f^{-1}(x)",
        r"\log^{-1}(x)",
        r"u(t)",
        r"u(t)^2",
        r"\frac{dz}{dx}",
        r"\frac{d}{dt}(m v)",
        r"\frac{d^2 y}{dx}",
        r"z'",
        r"1 + 2 + \dots + n",
        r"\sum_{i} x_i",
        r"\sum_{i=1}^n \hat{x_i}",
        r"\int_{x} f(x) \, dx",
        r"\lim_{x} x",
        r"e^{(n)}",
        r"\nabla f",
        r"= 2",
        r"\oint x \, dx",
        r"\log",
        r"f(x) * g(x)",
    ],
)
def test_what_the_page_does_not_decide_is_refused_with_its_place(latex: str) -> None:
    with pytest.raises(MeaningError) as caught:
        meant(latex)
    assert caught.value.span is not None
    assert caught.value.message


def test_a_statement_that_differentiates_a_letter_says_that_it_depends() -> None:
    assert meant(r"\frac{dz}{dx} = z + c") == "Eq(Derivative(z(x), x), z(x) + c)"
    assert meant(r"\frac{d}{dx}(x z) = z + x \frac{dz}{dx}").startswith("Eq(Derivative(x*z(x), x), ")
    assert meant(r"\frac{\partial u}{\partial t} = k u") == "Eq(Derivative(u(t), t), k*u(t))"
    with pytest.raises(MeaningError):
        meant(r"\frac{dz}{dx} = 1 / \frac{dx}{dz}")


def test_a_chain_rule_makes_a_letter_depend_through_another() -> None:
    chain = meant(r"\frac{dz}{dx} = \frac{dz}{du} \frac{du}{dx}")
    assert chain.startswith("Eq(Derivative(z(u(x)), x), ")
    assert "Subs(Derivative(z(u_), u_), u_, u(x))" in chain
    assert meant(r"\frac{d}{dt} (m \dot{x}) = m \ddot{x}").endswith(", m*Derivative(x(t), (t, 2)))")
    assert "Derivative(k*x_dot**2, x_dot)" in meant(r"\frac{\partial}{\partial \dot{x}} (k \dot{x}^2) = 2 k \dot{x}")


def test_the_lexicon_decides() -> None:
    assert meant(r"e^{i x}", Lexicon(i_is_imaginary=True)) == "exp(I*x)"
    assert meant(r"i + 1", Lexicon(variables=frozenset({"i"}))) == "i + 1"
    assert meant(r"e + 1", Lexicon(e_is_constant=False)) == "e + 1"
    assert meant(r"\frac{dz}{dx} = z", DEFAULT.depending("z", "x")) == "Eq(Derivative(z(x), x), z(x))"
    assert meant(r"z'", DEFAULT.depending("z", "x")) == "Derivative(z(x), x)"
    assert meant(r"\frac{d}{dt}(m v)", Lexicon(others_are_constants=True)) == "Derivative(m*v, t)"
    assert meant(r"A^\top", Lexicon(matrices=frozenset({"A"}))) == "transpose(A)"
    assert meant(r"A^T", Lexicon(variables=frozenset({"T"}))) == "A**T"
    assert meant(r"\sigma + 1") == "1 + sigma(x)"


def test_what_is_not_declared_is_no_imaginary_unit_under_a_sum() -> None:
    assert meant(r"\sum_{i=1}^n i") == "Sum(i, (i, 1, n))"


def test_operators_are_opaque() -> None:
    for latex in (r"\mathbb{E}[X + Y]", r"\operatorname{Var}(X)", r"f(x \mid y)"):
        assert form_of(read(latex, SIGMOID), PAGE).head == "opaque"


def test_places_of_problems() -> None:
    with pytest.raises(MeaningError) as caught:
        meant(r"x + \frac{1}{a \pm b}")
    assert caught.value.span is not None
    assert caught.value.span.start >= len(r"x + \frac{1}{a ")


def test_names_in_definitions_reach_through() -> None:
    lexicon = DEFAULT.defining("u", parse_sympy("2*x")).defining("z", parse_sympy("u**2"))
    assert lexicon.depends("z", "x")
    assert not lexicon.depends("z", "t")
    assert lexicon.definition("u") == parse_sympy("2*x")
    assert num(2) in form_of(read("2 u"), lexicon).args


def test_depth_is_bounded() -> None:
    with pytest.raises((MeaningError, ValueError)):
        meant("\\sqrt{" * 90 + "x" + "}" * 90)
