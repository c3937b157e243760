"""Conditions are printed only where they are needed: points that they leave out are tried by themselves."""

import pytest

from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify


def _verdict(kind: ClaimKind, left: str, right: str, variables: str) -> Verdict:
    pairs = dict(item.split(":") for item in variables.split())
    return verify(Claim(kind, parse_sympy(left), parse_sympy(right), context_of(pairs, ())), cas=False)


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables"),
    [
        ("lt", "sqrt(2*pi)*n**(n+1/2)*exp(-n)*exp(1/(12*n+1))", "factorial(n)", "n:natural"),
        ("le", "binomial(n,k)", "(n*E)**k/k**k", "n:natural k:natural"),
        ("identity", "digamma(conjugate(z))", "conjugate(digamma(z))", "z:complex"),
        ("le", "gamma(x)/sqrt(cosh(pi*y))", "Abs(gamma(x+y*I))", "x:[1/2,oo) y:real"),
    ],
)
def test_no_condition_is_needed(kind: ClaimKind, left: str, right: str, variables: str) -> None:
    assert _verdict(kind, left, right, variables).status == "proved"


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "condition"),
    [
        ("identity", "(x**2-1)/(x-1)", "x+1", "x:real", "Ne(x, 1)"),
        ("identity", "x**2*x**y", "x**(y+2)", "x:complex y:complex", "Ne(x, 0)"),
        ("identity", "gamma(x+1)/gamma(x)", "x", "x:real", "Ne(rgamma(x + 1), 0)"),
        ("lt", "0", "(x**2+x)/x", "x:nonneg", "Ne(x, 0)"),
    ],
)
def test_what_is_needed_stays(kind: ClaimKind, left: str, right: str, variables: str, condition: str) -> None:
    found = _verdict(kind, left, right, variables)
    assert (found.status, [sympy_text(c) for c in found.conditions]) == ("conditional", [condition])
