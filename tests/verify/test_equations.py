"""Equivalences and implications: each direction proved, lost and gained solutions by value, definedness counted."""

from itertools import pairwise

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.deadline import Deadline
from derive.verify.equations import equations

SIGMOID = (
    "Eq(log(p/(1 - p)), x)",
    "Eq(p/(1 - p), exp(x))",
    "Eq(p, exp(x)*(1 - p))",
    "Eq(p, exp(x) - p*exp(x))",
    "Eq(p*(1 + exp(x)), exp(x))",
    "Eq(p, exp(x)/(1 + exp(x)))",
    "Eq(p, 1/(1 + exp(-x)))",
)


def _verdict(kind: ClaimKind, left: str, right: str, variables: str = "", *constraints: str) -> Verdict:
    pairs = dict(item.split(":") for item in variables.split())
    claim = Claim(kind, parse_sympy(left), parse_sympy(right), context_of(pairs, constraints))
    return equations(claim, Deadline.after(20))


@pytest.mark.parametrize("variables", ["p:(0,1) x:real", "p:real x:real"])
def test_solving_the_logit_for_the_probability(variables: str) -> None:
    for left, right in pairwise(SIGMOID):
        assert _verdict("equiv", left, right, variables).status == "proved"
    assert _verdict("equiv", SIGMOID[0], SIGMOID[-1], variables).status == "proved"


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "constraints"),
    [
        ("implies", "Eq(sqrt(x), x - 2)", "Eq(x, (x - 2)**2)", "", ()),
        ("equiv", "Eq(x**2, 4)", "Eq(x, 2)", "x:positive", ()),
        ("equiv", "Eq(x**2, 4)", "Or(Eq(x, 2), Eq(x, -2))", "", ()),
        ("equiv", "Eq(x**2, 4)", "Eq(Abs(x), 2)", "", ()),
        ("equiv", "Eq(x**3, y**3)", "Eq(x, y)", "", ()),
        ("equiv", "Eq(a*x, b)", "Eq(x, b/a)", "", ("a != 0",)),
        ("equiv", "Eq(log(x) + log(x - 3), log(4))", "Eq(x, 4)", "", ()),
        ("equiv", "Eq(tan(x), 1)", "Eq(x, pi/4)", "x:(-pi/2,pi/2)", ()),
        ("equiv", "Eq(y, x**2)", "Eq(x, sqrt(y))", "x:nonneg", ()),
        ("equiv", "Eq(2**x, 8)", "Eq(x, 3)", "", ()),
        ("equiv", "And(Eq(x + y, 3), Eq(x - y, 1))", "And(Eq(x, 2), Eq(y, 1))", "", ()),
        ("equiv", "-2*x > 6", "x < -3", "", ()),
        ("equiv", "x**2 < 4", "And(-2 < x, x < 2)", "", ()),
        ("equiv", "Eq(x*y, 0)", "Or(Eq(x, 0), Eq(y, 0))", "", ()),
        ("equiv", "Eq(x + log(x), 1)", "Eq(x, 1)", "", ()),
        ("equiv", "Eq(x**2 - 2*x - 1, 0)", "Or(Eq(x, 1 + sqrt(2)), Eq(x, 1 - sqrt(2)))", "", ()),
        ("equiv", "Eq(exp(2*x) - 3*exp(x) + 2, 0)", "Or(Eq(x, 0), Eq(x, log(2)))", "", ()),
        ("equiv", "Eq(2**x, 3**(x + 1))", "Eq(x*log(2), (x + 1)*log(3))", "", ()),
        ("equiv", "Eq((1 + r)**n, A/P)", "Eq(n*log(1 + r), log(A/P))", "A:positive P:positive r:positive", ()),
        ("equiv", "Eq(y, a*x**(-k))", "Eq(log(y), log(a) - k*log(x))", "a:positive x:positive y:positive", ()),
        ("equiv", "Eq(log(x*(x - 2))/log(2), 3)", "Eq(x*(x - 2), 8)", "", ()),
        ("equiv", "Eq(tanh(x), y)", "Eq(x, atanh(y))", "", ()),
        ("equiv", "Eq(sinh(x), y)", "Eq(x, asinh(y))", "", ()),
        ("equiv", "Eq(cosh(x), y)", "Eq(x, acosh(y))", "x:nonneg", ()),
        ("implies", "Eq(x, asin(y))", "Eq(sin(x), y)", "", ()),
        ("equiv", "Eq(x**(2/3), 4)", "Eq(x, 8)", "x:nonneg", ()),
        ("equiv", "Eq(x**(1/3), 2)", "Eq(x, 8)", "x:nonneg", ()),
        ("equiv", "And(Or(Eq(x, -4), Eq(x, 1)), Eq(log(x) + log(x + 3), log(4)))", "Eq(x, 1)", "", ()),
        ("implies", "Eq(x, -2)", "Eq(x**2, 5)", "x:(0,1)", ()),
        ("implies", "Eq(x, y)", "Eq(sin(x), sin(y))", "", ()),
        ("implies", "And(x > 0, y > 0)", "x*y > 0", "", ()),
    ],
)
def test_proved(kind: ClaimKind, left: str, right: str, variables: str, constraints: tuple[str, ...]) -> None:
    assert _verdict(kind, left, right, variables, *constraints).status == "proved"


@pytest.mark.parametrize(
    ("kind", "left", "right", "told"),
    [
        ("equiv", "Eq(x**2, x)", "Eq(x, 1)", "the solution x = 0 is lost"),
        (
            "implies",
            "Eq(x, (x - 2)**2)",
            "Eq(sqrt(x), x - 2)",
            "x = 1 satisfies the first statement and not the second",
        ),
        ("equiv", "Eq(sqrt(x), x - 2)", "Eq(x, (x - 2)**2)", "the solution x = 1 is gained"),
        ("equiv", "Eq(x**2, y**2)", "Eq(x, y)", "is lost"),
        ("equiv", "Eq(x/(x - 1), 1/(x - 1))", "Eq(x, 1)", "the solution x = 1 is gained (undefined there)"),
        ("equiv", "Eq(sqrt(x + 1), x - 1)", "Or(Eq(x, 3), Eq(x, 0))", "the solution x = 0 is gained"),
        ("implies", "Eq(cos(x), cos(y))", "Eq(x, y)", "satisfies the first"),
        ("equiv", "Eq(floor(x), floor(y))", "Eq(x, y)", "is lost"),
        ("equiv", "Eq(x*exp(x), 1)", "Eq(x, 1/2)", "is lost"),
        ("equiv", "-2*x > 6", "x > -3", "is lost"),
    ],
)
def test_refuted_with_the_solution(kind: ClaimKind, left: str, right: str, told: str) -> None:
    verdict = _verdict(kind, left, right)
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None
    assert told in verdict.counterexample.note


def test_a_denominator_that_may_be_zero_is_a_condition() -> None:
    verdict = _verdict("equiv", "Eq(a*x, b)", "Eq(x, b/a)")
    assert verdict.status == "conditional"
    assert [str(c) for c in verdict.conditions] == ["ne(a, 0)"]


@pytest.mark.parametrize(
    ("left", "right", "variables", "constraints"),
    [
        ("Eq(x**2, 4)", "Eq(x, 2)", "x:real", ()),
        ("Eq(a*x, a*y)", "Eq(x, y)", "a:nonneg", ()),
        ("Eq(log(x**2), 0)", "Eq(x, 1)", "", ("x != 0",)),
        ("Eq(y, x**2)", "Eq(x, sqrt(y))", "y:nonneg", ()),
        ("Eq(sin(x), sin(y))", "Eq(x, y)", "x:[0,pi] y:[0,pi]", ()),
        ("Eq(x**2, y**2)", "Eq(x, y)", "x:nonneg y:real", ()),
        ("Eq(exp(x), y)", "Eq(x, log(y + 10**(-30)))", "y:positive", ()),
        ("x**2 > 4", "x > 2", "", ()),
        ("Eq(cosh(x), y)", "Eq(x, acosh(y))", "", ()),
        ("Eq(sin(x), y)", "Eq(x, asin(y))", "", ()),
        ("Eq(x**y, 2)", "Eq(y*log(x), log(2))", "x:real", ()),
        ("Eq((-2)**n, y)", "Eq(n*log(2), log(y))", "n:integer", ()),
        ("Eq(2**x, 3**(x + 1))", "Eq(x*log(2), x*log(3) + log(3) + 10**(-30))", "", ()),
        ("x*y > 0", "x > 0", "", ()),
    ],
)
def test_never_proved_with_less(left: str, right: str, variables: str, constraints: tuple[str, ...]) -> None:
    assert _verdict("equiv", left, right, variables, *constraints).status in ("refuted", "undecided")


def test_complex_variables() -> None:
    assert _verdict("equiv", "Eq(2*z + 3, 7)", "Eq(z, 2)", "z:complex").status == "proved"
    assert _verdict("equiv", "Eq(z**2, 1)", "Eq(z, 1)", "z:complex").status == "refuted"
    assert _verdict("implies", "Eq(z, -1)", "Eq(sqrt(z)**2, -1)", "z:complex").status != "refuted"
    assert _verdict("implies", "Eq(z**2 + 1, 0)", "Eq(z, 5)", "z:complex").status != "proved"
