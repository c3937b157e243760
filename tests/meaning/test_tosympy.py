"""Forms as SymPy objects: equal to what SymPy reads itself, and back."""

import pytest
import sympy

from derive.meaning.errors import MeaningError
from derive.meaning.form import fn, mul, power, var
from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.meaning.tosympy import from_sympy, to_sympy

TEXTS = [
    "sin(x)**2 + cos(x)**2", "p/(1 - p)", "exp(-x)/(1 + exp(-x))**2", "sqrt(x)*y**(1/3)", "log(x, 2)", "Rational(1, 3)",
    "Integral(x**2, (x, 0, 1))", "Integral(f(x), x)", "Derivative(f(x), (x, 2))", "Derivative(x**2*y, x, y)",
    "Sum(1/k**2, (k, 1, oo))", "Product(k, (k, 1, n))", "Limit(sin(x)/x, x, 0)", "Limit(1/x, x, 0, '-')",
    "Piecewise((x, x > 0), (0, True))", "Max(x, y, 0)", "Abs(x - 1)", "binomial(n, k)*factorial(k)", "atan2(y, x)",
    "zeta(s, a)", "polygamma(2, x)", "besselj(0, x)", "RisingFactorial(x, n)", "Heaviside(x)", "EulerGamma + Catalan",
    "Eq(x**2, 4)", "x < y", "Ne(x, 0)", "And(x > 0, x < 1)", "Implies(x > 0, y > 0)", "Interval.open(0, 1)",
    "Matrix([[a, b], [c, d]])*Matrix([[x], [y]])", "Matrix([[a, b], [c, d]]).det()", "Subs(f(x), x, y**2)",
    "conjugate(z)*re(z) + I*im(z)", "LambertW(x)", "uppergamma(s, x)", "legendre(n, x)", "Contains(x, Interval(0, 1))",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_object_as_sympy_reads(text: str) -> None:
    assert to_sympy(parse_sympy(text)) == sympy.sympify(text)


@pytest.mark.parametrize("text", [text for text in TEXTS if "Matrix" not in text])
def test_back_from_sympy(text: str) -> None:
    expression = sympy.sympify(text)
    assert to_sympy(from_sympy(expression)) == expression


@pytest.mark.parametrize("text", TEXTS)
def test_our_text_is_sympys_text(text: str) -> None:
    assert sympy.sympify(sympy_text(parse_sympy(text))) == sympy.sympify(text)


def test_assumptions_reach_the_symbols() -> None:
    positive = {"x": {"positive": True}}
    assert to_sympy(power(power(var("x"), parse_sympy("2")), parse_sympy("1/2")), positive) == sympy.Symbol(
        "x", positive=True
    )


def test_symbols_with_the_names_of_constants() -> None:
    energy = sympy.Symbol("E")
    assert from_sympy(energy * 2) == mul(parse_sympy("2"), var("E"))
    with pytest.raises(MeaningError):
        from_sympy(energy + sympy.E)


def test_what_sympy_does_not_take_is_a_meaning_error() -> None:
    with pytest.raises(MeaningError):
        to_sympy(fn("nonsense", var("x")))
    with pytest.raises(MeaningError):
        from_sympy(sympy.Lambda(sympy.Symbol("x"), sympy.Symbol("x")))
