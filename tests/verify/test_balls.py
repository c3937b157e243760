"""Ball evaluation: enclosures of known values, and where functions are undefined or conventions differ."""

from fractions import Fraction

import pytest
from flint import acb, arb

from derive.meaning.form import Form
from derive.meaning.sympy_text import parse_sympy
from derive.verify.balls import Undefined, Unknown, ball, holds, precision, value


def at(text: str, x: str = "0", *, real: bool = True) -> acb:
    return value(parse_sympy(text), {"x": value(parse_sympy(x), {}, real=False)}, real=real)


KNOWN = [
    ("sin(pi/6)", "0.5"),
    ("gamma(1/2)**2", "3.14159265358979323846"),
    ("zeta(2)", "1.6449340668482264365"),
    ("erf(1)", "0.84270079294971486934"),
    ("besselj(0, 1)", "0.76519768655796655145"),
    ("polylog(2, 1/2)", "0.58224052646501250590"),
    ("elliptic_k(1/2)", "1.8540746773013719184"),
    ("LambertW(1)", "0.56714329040978387300"),
    ("fibonacci(-6)", "-8"),
    ("chebyshevt(5, 2)", "362"),
    ("legendre(2, 3)", "13"),
    ("binomial(1/2, 3)", "0.0625"),
    ("RisingFactorial(3, 4)", "360"),
    ("Sum(k**2, (k, 1, 10))", "385"),
    ("Product(k, (k, 1, 5))", "120"),
    ("Integral(x**2, (x, 0, 3))", "9"),
    ("Integral(Abs(x-1), (x, 0, 3))", "2.5"),
    ("Derivative(x**3, x)", "0"),
    ("Max(2, -5, 1)", "2"),
    ("floor(-7/2)", "-4"),
    ("Piecewise((1, 2 < 1), (7, True))", "7"),
    ("harmonic(4)", "2.0833333333333333333"),
    ("Ei(1)", "1.8951178163559367555"),
    ("digamma(1)+EulerGamma", "0"),
]


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_enclosures_contain_known_values(text: str, expected: str) -> None:
    with precision(80):
        found = at(text)
        assert found.imag.contains(0)
        assert abs(found.real - arb(expected)) < arb("1e-6")
        assert found.real.rad() < arb("1e-6")


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("log(x)", "0"), ("log(x)", "-1"), ("sqrt(x)", "-1"), ("1/x", "0"), ("asin(x)", "2"), ("acosh(x)", "0"),
        ("atanh(x)", "1"), ("gamma(x)", "-3"), ("cot(x)", "0"), ("x**(-1/2)", "0"), ("zeta(x)", "1"),
        ("LambertW(x)", "-1"), ("atan2(x, x)", "0"), ("factorial(x)", "-1"), ("Derivative(log(x), x)", "-1"),
    ],
)  # fmt: skip
def test_undefined_over_the_real_numbers(text: str, x: str) -> None:
    with pytest.raises(Undefined):
        at(text, x)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("x**(1/3)", "-8"), ("Heaviside(x)", "0"), ("acot(x)", "-1"), ("binomial(x, -1)", "-2"), ("bernoulli(x)", "1"),
        ("sign(sin(x))", "pi"), ("Sum(k, (k, 1, oo))", "0"), ("Sum(k, (k, 5, 1))", "0"), ("f(x)", "1"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_unknown(text: str, x: str) -> None:
    with pytest.raises(Unknown):
        at(text, x)


def test_principal_branches() -> None:
    assert abs(at("log(x)", "-1", real=False).imag - arb.pi()) < arb("1e-10")
    assert abs(at("sqrt(x)", "-4", real=False).imag - 2) < arb("1e-10")
    assert abs(at("x**(1/3)", "-8", real=False).real - 1) < arb("1e-10")
    with pytest.raises(Unknown):
        at("asin(x)", "2", real=False)


def test_statements_hold_or_fail_or_cannot_be_told() -> None:
    point = {"x": ball(Fraction(1, 3))}
    assert holds(parse_sympy("x < 1"), point)
    assert not holds(parse_sympy("x >= 1"), point)
    with pytest.raises(Unknown):
        holds(Form("eq", (parse_sympy("3*x"), parse_sympy("1"))), {"x": acb(arb(1) / 3)})
