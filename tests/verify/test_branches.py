"""Principal branches of complex variables: equal on all cells between the cuts, or refuted."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify


def _verdict(left: str, right: str, variables: str, constraint: str = "") -> Verdict:
    context = context_of(dict(item.split(":") for item in variables.split()), (constraint,) if constraint else ())
    return verify(Claim("identity", parse_sympy(left), parse_sympy(right), context), budget=20, cas=False)


@pytest.mark.parametrize(
    ("left", "right", "variables", "constraint"),
    [
        ("sqrt(z**2)", "z", "z:complex", "re(z)>0"),
        ("sqrt(1/z)", "1/sqrt(z)", "z:complex", "re(z)>0"),
        ("sqrt(z-1)*sqrt(z+1)", "sqrt(z**2-1)", "z:complex", "re(z)>0"),
        ("sqrt(1-z)*sqrt(1+z)", "sqrt(1-z**2)", "z:complex", ""),
        ("sqrt(z/(z-c))", "sqrt(-z)/sqrt(c-z)", "z:complex c:[0,oo)", "z-c!=0"),
        ("sqrt(I*z)*sqrt(-I*z)", "sqrt(z**2)", "z:complex", ""),
        ("log(z**2)", "2*log(z)", "z:complex", "re(z)>0"),
        ("log(-z)", "log(z)-I*pi", "z:complex", "im(z)>0"),
        ("log(I*z)", "log(z)+I*pi/2", "z:complex", "re(z)>0"),
        ("log(1/z)", "-log(z)", "z:complex", "re(z)>0"),
        ("sqrt(-z)", "-I*sqrt(z)", "z:complex", "im(z)>0"),
        ("sqrt(-z)", "I*sqrt(z)", "z:complex", "im(z)<0"),
        ("log((1+z)/(1-z))", "log(1+z)-log(1-z)", "z:complex", "im(z)>0"),
        ("log(4*z)", "log(z)+2*log(2)", "z:complex", ""),
        ("sqrt(z)*sqrt(z+1)", "sqrt(z**2+z)", "z:complex", "re(z)>0"),
        ("z**(3/2)", "z*sqrt(z)", "z:complex", ""),
        ("sqrt(z*(1-z))", "sqrt(z)*sqrt(1-z)", "z:complex", ""),
    ],
)
def test_proved(left: str, right: str, variables: str, constraint: str) -> None:
    assert _verdict(left, right, variables, constraint).status == "proved"


@pytest.mark.parametrize(
    ("left", "right", "variables", "constraint"),
    [
        ("conjugate(sqrt(z))", "sqrt(conjugate(z))", "z:complex", "re(z)>0"),
        ("log(conjugate(z))", "conjugate(log(z))", "z:complex", "re(z)>0"),
        ("atan(z)", "(log(1+I*z)-log(1-I*z))/(2*I)", "z:complex", ""),
        ("atan(I*z)", "I*atanh(z)", "z:complex", ""),
        ("asin(I*z)", "I*asinh(z)", "z:complex", ""),
        ("log(z)+log(1/z)", "0", "z:complex", "im(z)>0"),
        ("atan(z)+atan(1/z)", "pi/2", "z:complex", "re(z)>0"),
    ],
)
def test_holds_off_the_cuts(left: str, right: str, variables: str, constraint: str) -> None:
    assert _verdict(left, right, variables, constraint).status in ("proved", "conditional")


@pytest.mark.parametrize(
    ("left", "right", "variables", "constraint"),
    [
        ("sqrt(z**2)", "z", "z:complex", ""),
        ("sqrt(z-1)*sqrt(z+1)", "sqrt(z**2-1)", "z:complex", ""),
        ("log(z**2)", "2*log(z)", "z:complex", ""),
        ("log(-z)", "log(z)+I*pi", "z:complex", "im(z)>0"),
        ("sqrt(-z)", "I*sqrt(z)", "z:complex", ""),
        ("atan(z)+atan(1/z)", "pi/2", "z:complex", ""),
        ("log(1/z)", "-log(z)", "z:complex", ""),
        ("sqrt(1/z)", "1/sqrt(z)", "z:complex", ""),
        ("log(conjugate(z))", "conjugate(log(z))", "z:complex", ""),
        ("(z**3)**(1/3)", "z", "z:complex", ""),
        ("sqrt(z)*sqrt(z+1)", "sqrt(z**2+z)", "z:complex", ""),
        ("atan(I*z)", "-I*atanh(z)", "z:complex", ""),
        ("sqrt(z**4)", "z**2", "z:complex", ""),
        ("log(z**3)", "3*log(z)", "z:complex", "re(z) > 0"),
        ("sqrt(z/(z-c))", "sqrt(z)/sqrt(z-c)", "z:complex c:real", ""),
        ("sqrt(1-z)*sqrt(1+z)", "-sqrt(1-z**2)", "z:complex", ""),
    ],
)
def test_not_proved(left: str, right: str, variables: str, constraint: str) -> None:
    assert _verdict(left, right, variables, constraint).status in ("refuted", "undecided")


def test_a_cut_on_which_books_differ_is_left_out() -> None:
    verdict = _verdict("atan(I*z)", "I*atanh(z)", "z:complex")
    assert verdict.status == "conditional" and verdict.conditions
