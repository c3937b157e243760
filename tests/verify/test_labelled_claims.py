"""Claims of many kinds with their labels: what is true is proved, what is false is never proved."""

import json
import re

import pytest

from derive.model.verdict import Verdict
from derive.verify.jsonl import read_claim
from derive.verify.ladder import verify


def verdict(kind: str, left: str, right: str, variables: str, constraints: str) -> Verdict:
    line = {"kind": kind, "lhs": left, "rhs": right, "assumptions": {
        "vars": dict(re.findall(r"(\w+):([\[(][^\])]*[\])]|\w+)", variables)),
        "constraints": [c for c in constraints.split(";") if c],
    }}  # fmt: skip
    claim = read_claim(json.dumps(line)).claim
    assert claim is not None
    return verify(claim, cas=False)


TRUE = [
    ("le", "2**n", "factorial(n)", "n:natural", "n>=4"),
    ("le", "3**n", "factorial(n)", "n:natural", "n>=7"),
    ("le", "n**3", "2**n", "n:natural", "n>=10"),
    ("lt", "n", "2**n", "n:natural", ""),
    ("le", "2*n+1", "2**n", "n:natural", "n>=3"),
    ("le", "n*(n+1)/2", "n**2", "n:positive_integer", ""),
    ("le", "factorial(n)**2", "factorial(2*n)", "n:natural", ""),
    ("matrix", "Matrix([[a,1],[0,a]])**n", "Matrix([[a**n,n*a**(n-1)],[0,a**n]])", "a:positive n:natural", ""),
    (
        "matrix",
        "Matrix([[cos(t),-sin(t)],[sin(t),cos(t)]])**n",
        "Matrix([[cos(n*t),-sin(n*t)],[sin(n*t),cos(n*t)]])",
        "t:real n:natural",
        "",
    ),
    ("equiv", "Eq(x**2+y**2+z**2,0)", "And(Eq(x,0),Eq(y,0),Eq(z,0))", "x:real y:real z:real", ""),
    ("equiv", "Eq((x-1)**2+Abs(y),0)", "And(Eq(x,1),Eq(y,0))", "x:real y:real", ""),
    ("implies", "Eq(x**4+y**2,16)", "x<=2", "x:real y:real", ""),
    ("implies", "Eq(x*y,1)", "x>0", "x:real y:positive", ""),
    ("identity", "I**(n**2)", "(1+I)/2+(1-I)/2*(-1)**n", "n:integer", ""),
    ("identity", "(-1)**(n*(n-1)/2)", "sqrt(2)*cos(n*pi/2-pi/4)", "n:integer", ""),
    ("identity", "cos(pi*n**2)", "(-1)**n", "n:integer", ""),
    ("identity", "floor(n/2)+ceiling(n/2)", "n", "n:integer", ""),
    ("identity", "floor((n+1)/2)", "ceiling(n/2)", "n:integer", ""),
    ("identity", "floor(n**2/4)", "floor(n/2)*ceiling(n/2)", "n:integer", ""),
    ("identity", "erf(I*x)", "I*erfi(x)", "x:complex", ""),
    ("identity", "Si(I*x)", "I*Shi(x)", "x:complex", ""),
    ("identity", "log(exp(x+I*y))", "x+I*y", "x:real y:(-pi,pi]", ""),
    ("identity", "log(exp(2*z))", "2*z", "z:complex", "im(z)>-pi/2;im(z)<=pi/2"),
    ("le", "Abs(sin(x)-sin(y))", "Abs(x-y)", "x:real y:real", ""),
    ("le", "Abs(tanh(x)-tanh(y))", "Abs(x-y)", "x:real y:real", ""),
    ("le", "Abs(cos(2*x)-cos(2*y))", "2*Abs(x-y)", "x:real y:real", ""),
    ("le", "1+a*x", "(1+x)**a", "x:(-1,oo) a:[1,oo)", ""),
    ("le", "Abs(sin(x+I*y))", "cosh(y)", "x:real y:real", ""),
    ("derivative", "Derivative(acsch(x),x)", "-1/(x*sqrt(1+x**2))", "x:positive", ""),
    ("derivative", "Derivative(asech(x),x)", "-1/(x*sqrt(1-x**2))", "x:(0,1)", ""),
    ("derivative", "Derivative(hermite(n,x),x)", "2*n*hermite(n-1,x)", "n:positive_integer x:real", ""),
    (
        "derivative",
        "Derivative(laguerre(n,x),x)",
        "n*(laguerre(n,x)-laguerre(n-1,x))/x",
        "n:positive_integer x:positive",
        "",
    ),
    ("identity", "polylog(3,1)", "zeta(3)", "", ""),
]

FALSE = [
    ("le", "2**n", "factorial(n)", "n:natural", "n>=3"),
    ("le", "1+n*x", "(1+x)**n", "n:natural x:[-3,oo)", ""),
    ("matrix", "Matrix([[a,1],[0,a]])**n", "Matrix([[a**n,n*a**n],[0,a**n]])", "a:positive n:natural", ""),
    ("matrix", "Matrix([[1,1],[0,1]])**n", "Matrix([[1,n+1],[0,1]])", "n:natural", ""),
    ("equiv", "Eq(x**2-y**2,0)", "And(Eq(x,0),Eq(y,0))", "x:real y:real", ""),
    ("implies", "Eq(x**2+y**2,1)", "x<1", "x:real y:real", ""),
    ("implies", "Eq(x*y,1)", "x>0", "x:real y:real", ""),
    ("identity", "(-1)**(n*(n+1)/2)", "(-1)**n", "n:integer", ""),
    ("identity", "floor(n**2/4)", "n**2/4", "n:integer", ""),
    ("identity", "erf(I*x)", "-I*erfi(x)", "x:complex", ""),
    ("identity", "log(exp(z))", "z", "z:complex", "im(z)>=-pi;im(z)<=pi"),
    ("identity", "log(exp(x+I*y))", "x+I*y", "x:real y:(0,4)", ""),
    ("le", "Abs(sin(x)-sin(y))", "Abs(x-y)/2", "x:real y:real", ""),
    ("le", "(1+x)**a", "1+a*x", "x:(-1,oo) a:[1,2]", ""),
    ("le", "Abs(sin(x+I*y))", "sinh(y)", "x:real y:real", ""),
    ("le", "LambertW(x)", "x/2", "x:nonneg", ""),
    ("le", "Abs(airyai(x))", "airyai(0)", "x:real", ""),
    ("derivative", "Derivative(acsch(x),x)", "-1/(x*sqrt(1+x**2))", "x:negative", ""),
    ("derivative", "Derivative(hermite(n,x),x)", "n*hermite(n-1,x)", "n:positive_integer x:real", ""),
]


@pytest.mark.parametrize(("kind", "left", "right", "variables", "constraints"), TRUE)
def test_true_claims_are_proved(kind: str, left: str, right: str, variables: str, constraints: str) -> None:
    found = verdict(kind, left, right, variables, constraints)
    assert (found.status, found.conditions) == ("proved", ())


@pytest.mark.parametrize(("kind", "left", "right", "variables", "constraints"), FALSE)
def test_false_claims_are_never_proved(kind: str, left: str, right: str, variables: str, constraints: str) -> None:
    assert verdict(kind, left, right, variables, constraints).status in ("refuted", "undecided")
