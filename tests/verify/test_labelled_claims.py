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
    ("limit", "Limit((1+a/n)**n,n,oo)", "exp(a)", "a:real", ""),
    ("limit", "Limit((1+a/n)**(b*n),n,oo)", "exp(a*b)", "a:real b:real", ""),
    ("limit", "Limit((a**x-1)/x,x,0)", "log(a)", "a:positive", ""),
    ("limit", "Limit((a**x-b**x)/x,x,0)", "log(a/b)", "a:positive b:positive", ""),
    ("limit", "Limit(sin(a*x)/sin(b*x),x,0)", "a/b", "a:real b:real", "b!=0"),
    ("limit", "Limit((x**a-1)/a,a,0)", "log(x)", "x:positive", ""),
    ("limit", "Limit((1-cos(a*x))/x**2,x,0)", "a**2/2", "a:real", ""),
    ("limit", "Limit((x**n-a**n)/(x-a),x,a)", "n*a**(n-1)", "a:positive n:real", ""),
    ("limit", "Limit((sqrt(x)-sqrt(a))/(x-a),x,a)", "1/(2*sqrt(a))", "a:positive", ""),
    ("limit", "Limit((exp(a*x)-exp(b*x))/x,x,0)", "a-b", "a:real b:real", ""),
    ("limit", "Limit((1+a*x)**(1/x),x,0)", "exp(a)", "a:real", ""),
    ("limit", "Limit((cos(a*x))**(1/x**2),x,0)", "exp(-a**2/2)", "a:real", ""),
    ("limit", "Limit(n*(a**(1/n)-1),n,oo)", "log(a)", "a:positive", ""),
    ("limit", "Limit((sin(x+h)-sin(x))/h,h,0)", "cos(x)", "x:real", ""),
    ("limit", "Limit(atan(a*x)/x,x,0)", "a", "a:real", ""),
    ("limit", "Limit(log(1+a*x)/x,x,0)", "a", "a:real", ""),
    ("limit", "Limit(x**2/sin(a*x)**2,x,0)", "1/a**2", "a:positive", ""),
    ("limit", "Limit((x-a)/(x**2-a**2),x,a)", "1/(2*a)", "a:positive", ""),
    ("defint", "Integral(exp(-(x-mu)**2/(2*sigma**2)),(x,-oo,oo))", "sigma*sqrt(2*pi)", "mu:real sigma:positive", ""),
    (
        "defint",
        "Integral(x*exp(-(x-mu)**2/(2*sigma**2)),(x,-oo,oo))",
        "mu*sigma*sqrt(2*pi)",
        "mu:real sigma:positive",
        "",
    ),
    (
        "defint",
        "Integral(x**2*exp(-(x-mu)**2/(2*sigma**2)),(x,-oo,oo))",
        "(mu**2+sigma**2)*sigma*sqrt(2*pi)",
        "mu:real sigma:positive",
        "",
    ),
    (
        "defint",
        "Integral((x-mu)**2*exp(-(x-mu)**2/(2*sigma**2)),(x,-oo,oo))",
        "sigma**3*sqrt(2*pi)",
        "mu:real sigma:positive",
        "",
    ),
    ("defint", "Integral(exp(t*x)*exp(-x**2/2)/sqrt(2*pi),(x,-oo,oo))", "exp(t**2/2)", "t:real", ""),
    ("defint", "Integral(exp(-a*x**2+b*x),(x,-oo,oo))", "sqrt(pi/a)*exp(b**2/(4*a))", "a:positive b:real", ""),
    ("defint", "Integral(exp(-x**2+x),(x,-oo,oo))", "sqrt(pi)*exp(1/4)", "", ""),
    ("defint", "Integral(x**2*lambda_*exp(-lambda_*x),(x,0,oo))", "2/lambda_**2", "lambda_:positive", ""),
    ("defint", "Integral(exp(-s*t)*sinh(w*t),(t,0,oo))", "w/(s**2-w**2)", "s:positive w:positive", "s>w"),
    ("defint", "Integral(exp(-s*t)*cosh(w*t),(t,0,oo))", "s/(s**2-w**2)", "s:positive w:positive", "s>w"),
    ("defint", "Integral((2*x+3)*exp(-x),(x,0,oo))", "5", "", ""),
    ("defint", "Integral((1+x)**2*exp(-x**2),(x,-oo,oo))", "3*sqrt(pi)/2", "", ""),
    ("defint", "Integral(x**(a-1)*exp(-b*x),(x,0,oo))", "gamma(a)/b**a", "a:positive b:positive", ""),
    ("defint", "Integral(x**(a-1)*(1-x)**(b-1),(x,0,1))", "beta(a,b)", "a:positive b:positive", ""),
    ("defint", "Integral(1/(pi*(1+x**2)),(x,-oo,oo))", "1", "", ""),
    ("defint", "Integral(Abs(x)*exp(-x**2/2)/sqrt(2*pi),(x,-oo,oo))", "sqrt(2/pi)", "", ""),
    ("defint", "Integral(exp(-Abs(x)),(x,-oo,oo))", "2", "", ""),
    ("defint", "Integral(x**2*exp(-Abs(x))/2,(x,-oo,oo))", "2", "", ""),
    ("defint", "Integral(log(x)*x**n,(x,0,1))", "-1/(n+1)**2", "n:natural", ""),
    ("defint", "Integral(x*log(x),(x,1,E))", "(E**2+1)/4", "", ""),
    ("defint", "Integral(sin(m*x)*sin(n*x),(x,0,pi))", "0", "m:positive_integer n:positive_integer", "m!=n"),
    ("defint", "Integral(sin(n*x)**2,(x,0,pi))", "pi/2", "n:positive_integer", ""),
    ("defint", "Integral(x*sin(n*x),(x,-pi,pi))", "2*pi*(-1)**(n+1)/n", "n:positive_integer", ""),
    ("defint", "Integral(x**2*cos(n*x),(x,-pi,pi))", "4*pi*(-1)**n/n**2", "n:positive_integer", ""),
    ("defint", "Integral(exp(-x),(x,a,oo))", "exp(-a)", "a:real", ""),
    ("defint", "Integral(1/x**p,(x,1,oo))", "1/(p-1)", "p:(1,oo)", ""),
    ("defint", "Integral(1/x**2,(x,a,b))", "1/a-1/b", "a:positive b:positive", ""),
    ("defint", "Integral(cos(w*t),(t,-T,T))", "2*sin(w*T)/w", "w:positive T:positive", ""),
    ("defint", "Integral(1/(x**2+a**2),(x,-oo,oo))", "pi/a", "a:positive", ""),
    ("defint", "Integral(1/sqrt(1-x**2),(x,-1,1))", "pi", "", ""),
    ("defint", "Integral((x-1)/(x**2-1),(x,0,1))", "log(2)", "", ""),
    ("defint", "Integral(x**2*exp(a*x),(x,0,1))", "exp(a)*(1/a-2/a**2+2/a**3)-2/a**3", "a:positive", ""),
    ("defint", "Integral(x*cos(n*x),(x,0,pi))", "((-1)**n-1)/n**2", "n:positive_integer", ""),
    ("limit", "Limit(tan(a*x)/x,x,0)", "a", "a:real", ""),
    ("identity", "floor(n/3)+floor((n+1)/3)+floor((n+2)/3)", "n", "n:integer", ""),
    ("identity", "floor(n/2)", "n/2-1/4+(-1)**n/4", "n:integer", ""),
    ("identity", "log(exp(I*t))", "I*t", "t:(-pi,pi)", ""),
    ("identity", "(z**2-4)/(z-2)", "z+2", "z:complex", "Abs(z)<2"),
    ("identity", "x/LambertW(x)", "exp(LambertW(x))", "x:positive", ""),
    ("implies", "Eq(x**2-y,0)", "y>=0", "x:real y:real", ""),
    ("defint", "Integral(x/(1+x**4),(x,-oo,oo))", "0", "", ""),
    ("defint", "Integral(x**p,(x,0,b))", "b**(p+1)/(p+1)", "p:nonneg b:positive", ""),
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
    ("limit", "Limit((1+a/n)**n,n,oo)", "exp(-a)", "a:real", ""),
    ("limit", "Limit(sin(a*x)/sin(b*x),x,0)", "b/a", "a:positive b:positive", ""),
    ("limit", "Limit((sin(x+h)-sin(x-h))/h,h,0)", "cos(x)", "x:real", ""),
    ("defint", "Integral(exp(-a*x**2+b*x),(x,-oo,oo))", "sqrt(pi/a)*exp(-b**2/(4*a))", "a:positive b:positive", ""),
    ("defint", "Integral(x*exp(-(x-mu)**2),(x,-oo,oo))", "0", "mu:positive", ""),
    ("defint", "Integral(1/x,(x,0,1))", "1", "", ""),
    ("defint", "Integral(1/x**2,(x,-1,1))", "-2", "", ""),
    ("defint", "Integral(1/x,(x,-1,1))", "0", "", ""),
    ("defint", "Integral(1/(x-2)**2,(x,0,oo))", "1/2", "", ""),
    ("defint", "Integral(x/(x**2-1),(x,-oo,oo))", "0", "", ""),
    ("sum", "Sum(1/k,(k,1,oo))", "0", "", ""),
    ("defint", "Integral(x*exp(-x**2),(x,-oo,oo))", "1", "", ""),
    ("limit", "Limit(tan(a*x)/x,x,0)", "a/2", "a:positive", ""),
    ("identity", "floor(n/3)+floor((n+1)/3)+floor((n+2)/3)", "n+floor(n/7)", "n:integer", ""),
    ("implies", "Eq(x**2-y,0)", "y>0", "x:real y:real", ""),
    ("implies", "Eq(x**2+y**2,0)", "Eq(x,0)", "x:complex y:complex", ""),
    ("le", "Abs(sin(z)-sin(w))", "Abs(z-w)", "z:complex w:complex", ""),
]


@pytest.mark.parametrize(("kind", "left", "right", "variables", "constraints"), TRUE)
def test_true_claims_are_proved(kind: str, left: str, right: str, variables: str, constraints: str) -> None:
    found = verdict(kind, left, right, variables, constraints)
    assert (found.status, found.conditions) == ("proved", ())


@pytest.mark.parametrize(("kind", "left", "right", "variables", "constraints"), FALSE)
def test_false_claims_are_never_proved(kind: str, left: str, right: str, variables: str, constraints: str) -> None:
    assert verdict(kind, left, right, variables, constraints).status in ("refuted", "undecided")
