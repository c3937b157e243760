"""Limits, sums and definite integrals: values that are proved, divergence and false values that are not."""

import pytest

from derive.meaning.form import sub
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.definite import definite
from derive.verify.definite.antiderivative import antiderivative
from derive.verify.definite.integrals import integral_value
from derive.verify.differentiate import derivative
from derive.verify.signs import Signs


def _verdict(kind: ClaimKind, left: str, right: str, variables: str = "", *constraints: str) -> Verdict:
    pairs = dict(item.split(":") for item in variables.split())
    claim = Claim(kind, parse_sympy(left), parse_sympy(right), context_of(pairs, constraints))
    try:
        return definite(claim, Deadline.after(20))
    except OutOfTime:
        return Verdict("undecided")


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables"),
    [
        ("limit", "Limit((1 - cos(x))/x**2, x, 0)", "1/2", ""),
        ("limit", "Limit(1/(1 + exp(-x)), x, oo)", "1", ""),
        ("limit", "Limit(1/(1 + exp(-x)), x, -oo)", "0", ""),
        ("sum", "Sum(k, (k, 1, n))", "n*(n + 1)/2", "n:natural"),
        ("sum", "Sum(k**3, (k, 1, n))", "(n*(n + 1)/2)**2", "n:natural"),
        ("sum", "Sum(k*factorial(k), (k, 1, n))", "factorial(n + 1) - 1", "n:natural"),
        ("sum", "Sum(binomial(n, k)*x**k, (k, 0, n))", "(1 + x)**n", "n:natural x:positive"),
        ("sum", "Sum(k*binomial(n, k), (k, 0, n))", "n*2**(n - 1)", "n:natural"),
        ("sum", "Sum((-1)**k*binomial(n, k), (k, 0, n))", "0", "n:positive_integer"),
        ("sum", "Sum(binomial(n, k)**2, (k, 0, n))", "binomial(2*n, n)", "n:natural"),
        ("sum", "Sum(1/(k*(k + 1)), (k, 1, oo))", "1", ""),
        ("sum", "Sum(k*p*(1 - p)**(k - 1), (k, 1, oo))", "1/p", "p:(0,1)"),
        ("sum", "Sum((-1)**k*x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo))", "sin(x)", "x:real"),
        ("sum", "Sum(r**k, (k, 0, oo))", "1/(1 - r)", "r:(-1,1)"),
        ("sum", "Sum(x**k/factorial(k), (k, 0, oo))", "exp(x)", "x:real"),
        ("sum", "Sum((-1)**k/(2*k + 1), (k, 0, oo))", "pi/4", ""),
        ("sum", "Sum((-1)**(k + 1)/k, (k, 1, oo))", "log(2)", ""),
        ("sum", "Sum(1/k**2, (k, 1, oo))", "pi**2/6", ""),
        ("defint", "Integral(exp(-x), (x, 0, oo))", "1", ""),
        ("defint", "Integral(1/t, (t, 1, x))", "log(x)", "x:positive"),
        ("defint", "Integral(cos(a*x), (x, 0, pi))", "sin(a*pi)/a", "a:positive"),
        ("defint", "Integral(exp(-x)*sin(x), (x, 0, oo))", "1/2", ""),
        ("defint", "Integral(x**n*exp(-x), (x, 0, oo))", "factorial(n)", "n:natural"),
        ("defint", "Integral(exp(-x**2), (x, -oo, oo))", "sqrt(pi)", ""),
        ("defint", "Integral(sin(x)/x, (x, 0, oo))", "pi/2", ""),
        ("defint", "Integral(sqrt(1 - x**2), (x, -1, 1))", "pi/2", ""),
        ("defint", "Integral(1/(1 + x**2), (x, -oo, oo))", "pi", ""),
        ("defint", "Integral(log(x), (x, 0, 1))", "-1", ""),
        ("defint", "Integral(1/sqrt(x), (x, 0, 1))", "2", ""),
        ("defint", "Integral(exp(-x)/(1 + exp(-x))**2, (x, -oo, oo))", "1", ""),
    ],
)
def test_proved(kind: ClaimKind, left: str, right: str, variables: str) -> None:
    assert _verdict(kind, left, right, variables).status == "proved"


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables"),
    [
        ("limit", "Limit((1 - cos(x))/x**2, x, 0)", "1/3", ""),
        ("sum", "Sum(r**k, (k, 0, oo))", "1/(1 + r)", "r:(-1,1)"),
        ("sum", "Sum(1/(k**2*2**k), (k, 1, oo))", "1/2", ""),
        ("defint", "Integral(exp(-x), (x, 0, oo))", "3/2", ""),
        ("defint", "Integral(1/x**2, (x, -1, 1))", "-2", ""),
        ("defint", "Integral(log(1 + x)/x, (x, 0, 1))", "pi**3/12", ""),
    ],
)
def test_refuted(kind: ClaimKind, left: str, right: str, variables: str) -> None:
    assert _verdict(kind, left, right, variables).status == "refuted"


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables"),
    [
        ("defint", "Integral(1/x, (x, -1, 1))", "0", ""),
        ("defint", "Integral(1/x, (x, 0, 1))", "0", ""),
        ("defint", "Integral(1/x**2, (x, -1, 1))", "2", ""),
        ("defint", "Integral(1/(1 + x**2), (x, 0, oo))", "pi", ""),
        ("defint", "Integral(1/t, (t, 1, x))", "log(x)", "x:real"),
        ("sum", "Sum(1/k, (k, 1, oo))", "0", ""),
        ("sum", "Sum(r**k, (k, 0, oo))", "1/(1 - r)", "r:[-1,1)"),
        ("sum", "Sum(x**k/k, (k, 1, oo))", "-log(1 - x)", "x:(-2,1)"),
        ("sum", "Sum(1/(2*k + 1), (k, 0, oo))", "pi/4", ""),
        ("sum", "Sum((-1)**k*binomial(n, k), (k, 0, n))", "0", "n:natural"),
        ("sum", "Sum(k, (k, 1, n))", "n*(n + 1)/2 + 10**(-30)", "n:natural"),
        ("limit", "Limit(sin(1/x), x, 0)", "0", ""),
        ("limit", "Limit(Abs(x)/x, x, 0, '+-')", "1", ""),
    ],
)
def test_never_proved(kind: ClaimKind, left: str, right: str, variables: str) -> None:
    assert _verdict(kind, left, right, variables).status in ("refuted", "undecided", "conditional")


def test_a_series_that_need_not_converge_is_conditional() -> None:
    verdict = _verdict("sum", "Sum(r**k, (k, 0, oo))", "1/(1 - r)", "r:real", "r != 1")
    assert verdict.status == "conditional"
    assert "lt(Abs(r), 1)" in [str(c) for c in verdict.conditions]


def test_euler_s_integral_needs_a_positive_rate() -> None:
    assert _verdict("defint", "Integral(exp(-a*x), (x, 0, oo))", "1/a", "a:positive").status == "proved"
    verdict = _verdict("defint", "Integral(exp(-a*x), (x, 0, oo))", "1/a", "a:real", "a != 0")
    assert verdict.status == "conditional"


@pytest.mark.parametrize(
    "body",
    ["x**2*log(x)", "sin(x)**2", "1/(1 + exp(x))", "atan(x)", "1/(x*log(x))", "sqrt(2*x + 1)", "x*exp(-x**2)", "2**x"],
)
def test_antiderivatives_differentiate_back(body: str) -> None:
    integrand, signs = parse_sympy(body), Signs(context_of({"x": "(2,3)"}, ()))
    found = antiderivative(integrand, "x", signs)
    assert found is not None
    assert signs.vanishes(sub(derivative(found, "x"), integrand))


def test_no_value_for_a_divergent_integral() -> None:
    for text in ("Integral(1/x, (x, 0, 1))", "Integral(1/x, (x, -1, 1))", "Integral(exp(x), (x, 0, oo))"):
        assert integral_value(parse_sympy(text), Context()) is None
