"""Inequalities of sequences and special functions: by classical bounds and by neighbouring Fibonacci numbers."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim, ClaimKind
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify


def _status(kind: ClaimKind, left: str, right: str, variables: str, constraint: str) -> str:
    context = context_of(dict(item.split(":") for item in variables.split()), (constraint,) if constraint else ())
    return verify(Claim(kind, parse_sympy(left), parse_sympy(right), context), budget=20, cas=False).status


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "constraint"),
    [
        ("lt", "fibonacci(n+1)**2", "fibonacci(2*n+1)", "n:positive_integer", "n>=2"),
        ("lt", "fibonacci(n)", "fibonacci(n+1)", "n:natural", "n>=2"),
        ("lt", "fibonacci(n)**2", "fibonacci(2*n)", "n:natural", "n>=2"),
        ("le", "fibonacci(n)**2", "fibonacci(n)*fibonacci(n+1)", "n:positive_integer", ""),
        ("le", "fibonacci(n+1)", "2*fibonacci(n)", "n:natural", "n>=2"),
        ("lt", "0", "fibonacci(n)", "n:positive_integer", ""),
        ("lt", "sqrt(2*pi)*n**(n+1/2)*exp(-n)", "factorial(n)", "n:natural", ""),
        ("le", "factorial(n)", "n**n", "n:positive_integer", ""),
        ("le", "factorial(n)", "E*sqrt(n)*(n/E)**n", "n:positive_integer", ""),
        ("lt", "factorial(n)", "sqrt(2*pi)*n**(n+1/2)*exp(-n)*exp(1/(12*n))", "n:positive_integer", ""),
        ("le", "2**(n-1)", "factorial(n)", "n:positive_integer", ""),
        ("le", "2**n", "binomial(2*n,n)", "n:natural", ""),
        ("le", "binomial(2*n,n)", "4**n", "n:natural", ""),
        ("le", "4**n/(2*n+1)", "binomial(2*n,n)", "n:natural", ""),
        ("lt", "1/x", "polygamma(1,x)", "x:(0,oo)", ""),
        ("lt", "polygamma(1,x)", "1/x+1/x**2", "x:(0,oo)", ""),
        ("lt", "1", "zeta(s)", "s:(1,oo)", ""),
        ("le", "zeta(s)", "s/(s-1)", "s:(1,oo)", ""),
        ("lt", "zeta(x)", "1+1/(x-1)", "x:(1,oo)", ""),
        ("lt", "log(n+1)", "harmonic(n)", "n:positive_integer", ""),
        ("le", "harmonic(n)", "1+log(n)", "n:positive_integer", ""),
        ("lt", "EulerGamma", "harmonic(n)-log(n)", "n:positive_integer", ""),
        ("le", "fibonacci(n)", "GoldenRatio**(n-1)", "n:natural", ""),
        ("le", "GoldenRatio**(n-2)", "fibonacci(n)", "n:positive_integer", ""),
        ("le", "fibonacci(n)", "2**n", "n:natural", ""),
        ("le", "chebyshevt(n,x)**2", "1", "n:integer x:[-1,1]", ""),
        ("le", "1", "chebyshevt(n,x)", "n:natural x:[1,oo)", ""),
        ("le", "x**n", "chebyshevt(n,x)", "n:natural x:[1,oo)", ""),
        ("le", "n+1", "chebyshevu(n,x)", "n:natural x:[1,oo)", ""),
        ("le", "1", "besseli(0,x)", "x:real", ""),
        ("lt", "0", "besselk(0,x)", "x:(0,oo)", ""),
    ],
)
def test_proved(kind: ClaimKind, left: str, right: str, variables: str, constraint: str) -> None:
    assert _status(kind, left, right, variables, constraint) in ("proved", "conditional")


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "constraint"),
    [
        ("lt", "fibonacci(n)", "fibonacci(n+1)", "n:natural", ""),
        ("le", "n", "fibonacci(n)", "n:natural", ""),
        ("le", "n", "fibonacci(n)", "n:natural", "n>=2"),
        ("lt", "fibonacci(n+1)**2", "fibonacci(2*n+1)", "n:natural", ""),
        ("lt", "fibonacci(n+2)", "2*fibonacci(n)", "n:natural", ""),
        ("le", "fibonacci(n)**2", "fibonacci(2*n)", "n:integer", ""),
        ("lt", "zeta(s)", "1/(s-1)", "s:(1,oo)", ""),
        ("le", "harmonic(n)", "log(n+1)", "n:positive_integer", ""),
        ("le", "fibonacci(n)", "GoldenRatio**(n-2)", "n:positive_integer", ""),
        ("le", "x**n", "chebyshevt(n,x)", "n:natural x:[0,oo)", ""),
        ("lt", "polygamma(1,x)", "1/x+1/(2*x**2)", "x:(0,oo)", ""),
        ("le", "1", "besseli(1,x)", "x:real", ""),
        ("lt", "2**(n-1)", "factorial(n)", "n:natural", ""),
    ],
)
def test_refuted(kind: ClaimKind, left: str, right: str, variables: str, constraint: str) -> None:
    assert _status(kind, left, right, variables, constraint) == "refuted"
