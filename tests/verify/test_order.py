"""Inequalities, ranges and monotonicity: true ones proved, false ones refuted, weakened ones never proved."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.calculus import shape_signs
from derive.verify.deadline import Deadline
from derive.verify.order import order


def _verdict(kind: ClaimKind, left: str, right: str, variables: str, *constraints: str) -> Verdict:
    pairs = dict(item.split(":") for item in variables.split())
    claim = Claim(kind, parse_sympy(left), parse_sympy(right), context_of(pairs, constraints))
    return order(claim, Deadline.after(20))


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "constraints"),
    [
        ("le", "1 + x", "exp(x)", "x:real", ()),
        ("lt", "log(x)", "x", "x:positive", ()),
        ("le", "log(x)", "x - 1", "x:positive", ()),
        ("lt", "x - x**3/6", "sin(x)", "x:positive", ()),
        ("lt", "cos(x)", "1 - x**2/2 + x**4/24", "x:real", ("x != 0",)),
        ("le", "atan(x)", "x", "x:nonneg", ()),
        ("le", "2*x/pi", "sin(x)", "x:[0,pi/2]", ()),
        ("le", "sqrt(x + y)", "sqrt(x) + sqrt(y)", "x:nonneg y:nonneg", ()),
        ("le", "2", "x + 1/x", "x:positive", ()),
        ("le", "sqrt(x*y)", "(x + y)/2", "x:nonneg y:nonneg", ()),
        ("le", "Abs(x + y)", "Abs(x) + Abs(y)", "x:real y:real", ()),
        ("lt", "n", "2**n", "n:natural", ()),
        ("le", "x*(1 - x)", "1/4", "x:real", ()),
        ("le", "Max(x, y)", "Abs(x) + Abs(y)", "x:real y:real", ()),
        ("lt", "digamma(x)", "digamma(x + y)", "x:positive y:positive", ()),
        ("le", "Abs(re(z))", "Abs(z)", "z:complex", ()),
        ("le", "Abs(Abs(a) - Abs(b))", "Abs(a - b)", "a:complex b:complex", ()),
        ("le", "atan(x)", "pi/2*x/sqrt(1 + x**2)", "x:nonneg", ()),
        ("le", "4*x**2*y", "x**4 + 4*y**2", "x:real y:real", ()),
        ("range", "1/(1 + exp(-x))", "Interval.open(0, 1)", "x:real", ()),
        ("range", "sin(x) + cos(x)", "Interval(-2, 2)", "x:real", ()),
        ("range", "x/(1 + x**2)", "Interval(-1/2, 1/2)", "x:real", ()),
        ("increasing", "log(1 + exp(x))", "x", "x:real", ()),
        ("increasing", "x**3", "x", "x:real", ()),
        ("increasing", "x**2", "x", "x:nonneg", ()),
        ("increasing", "x - sin(x)", "x", "x:real", ()),
        ("decreasing", "1/x", "x", "x:positive", ()),
        ("decreasing", "exp(-x)", "x", "x:real", ()),
        ("ne", "1 + exp(x)", "0", "x:real", ()),
        ("ne", "x**2 - y**2", "0", "x:real y:real", ("x > y", "y > 0")),
        ("smooth", "1/(1 + exp(-x))", "x", "x:real", ()),
        ("smooth", "log(1 + x**2)", "x", "x:real", ()),
        ("smooth", "sqrt(x)", "x", "x:positive", ()),
        ("defined", "log(1 - p) + 1/p", "p", "p:(0,1)", ()),
    ],
)
def test_proved(kind: ClaimKind, left: str, right: str, variables: str, constraints: tuple[str, ...]) -> None:
    assert _verdict(kind, left, right, variables, *constraints).status == "proved"


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables"),
    [
        ("le", "x", "x**2", "x:real"),
        ("lt", "1 + x", "exp(x)", "x:real"),
        ("lt", "0", "x**2", "x:real"),
        ("le", "n**2", "2**n", "n:natural"),
        ("lt", "0", "(x - 22/7)**2", "x:real"),
        ("le", "3*a*b*c", "a**3 + b**3 + c**3", "a:real b:real c:real"),
        ("range", "sin(x) + cos(x)", "Interval(-1, 1)", "x:real"),
        ("range", "x**2", "Interval.open(0, oo)", "x:real"),
        ("increasing", "x**2", "x", "x:real"),
        ("increasing", "x - 2*sin(x)", "x", "x:real"),
        ("decreasing", "log(x)/x", "x", "x:positive"),
        ("ne", "x**2", "0", "x:real"),
        ("defined", "1/x", "x", "x:real"),
        ("defined", "log(x)", "x", "x:nonneg"),
    ],
)
def test_refuted(kind: ClaimKind, left: str, right: str, variables: str) -> None:
    verdict = _verdict(kind, left, right, variables)
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables"),
    [
        ("lt", "log(x)", "x - 1", "x:positive"),
        ("lt", "x - x**3/6", "sin(x)", "x:nonneg"),
        ("lt", "cos(x)", "1 - x**2/2 + x**4/24", "x:real"),
        ("lt", "Abs(x + y)", "Abs(x) + Abs(y)", "x:real y:real"),
        ("lt", "2*x/pi", "sin(x)", "x:[0,pi/2]"),
        ("lt", "x*(1 - x)", "1/4", "x:real"),
        ("le", "x**2 + y**2", "2*x*y", "x:real y:real"),
        ("le", "-1/10**9", "x**3", "x:real"),
        ("lt", "2", "exp(x) + exp(-x)", "x:real"),
        ("increasing", "-1/x", "x", "x:real"),
        ("lt", "Abs(re(z))", "Abs(z)", "z:complex"),
        ("le", "Abs(z)", "re(z)", "z:complex"),
        ("le", "Abs(a) + Abs(b)", "Abs(a + b)", "a:complex b:complex"),
        ("smooth", "sqrt(x)", "x", "x:nonneg"),
        ("smooth", "Abs(x)", "x", "x:real"),
        ("smooth", "x**(1/3)", "x", "x:real"),
        ("smooth", "floor(x)", "x", "x:real"),
    ],
)
def test_never_proved_with_less(kind: ClaimKind, left: str, right: str, variables: str) -> None:
    assert _verdict(kind, left, right, variables).status in ("refuted", "undecided")


def test_what_is_not_known_to_be_defined_is_a_condition() -> None:
    verdict = _verdict("le", "log(x)", "x - 1", "x:real")
    assert verdict.status == "conditional"
    assert [str(c) for c in verdict.conditions] == ["lt(0, x)"]


def test_how_a_sign_runs_follows_from_the_slope() -> None:
    assert shape_signs("+", 0, None) == "+"
    assert shape_signs("+", -1, 1) == "-+"
    assert shape_signs("+-", 0, 0) == "+"
    assert shape_signs("+-", -1, -1) is None
    assert shape_signs("-+", 0, 0) == "-"
    assert shape_signs("-+", 1, 1) is None
    assert shape_signs("-", None, 0) == "+"
