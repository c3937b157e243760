"""Integrals from a larger number to a smaller one, and integrals within integrals."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify
from derive.verify.orientation import increasing, surely_increasing


def verdict(left: str, right: str, variables: str = "") -> Verdict:
    pairs = dict(item.split(":") for item in variables.split())
    claim = Claim("defint", parse_sympy(left), parse_sympy(right), context_of(pairs, ()))
    return verify(claim, budget=20)


TRUE = [
    ("Integral(x, (x, 2, 1))", "-3/2", ""),
    ("Integral(log(x), (x, 1, 0))", "1", ""),
    ("Integral(sin(x), (x, pi, 0))", "-2", ""),
    ("Integral(Abs(x - 1/2), (x, 1, 0))", "-1/4", ""),
    ("Integral(exp(-x), (x, oo, 0))", "-1", ""),
    ("Integral(-exp(-x**2), (x, oo, -oo))", "sqrt(pi)", ""),
    ("Integral(1/x, (x, -1, -2))", "log(2)", ""),
    ("Integral(Integral(x*y, (y, 0, x)), (x, 0, 1))", "1/8", ""),
    ("Integral(Integral(x*y, (y, 1, x)), (x, 0, 1))", "-1/8", ""),
    ("Integral(Integral(Integral(y**2 + z**2, (z, 0, a)), (y, 0, a)), (x, 0, a))", "2*a**5/3", "a:positive"),
    ("Integral(Integral(exp(-x*y), (y, 0, oo)), (x, 1, E))", "1", ""),
    ("Integral(Integral((x - y)/(x + y)**3, (x, 0, 1)), (y, 0, 1))", "-1/2", ""),
    ("Integral(Integral((x - y)/(x + y)**3, (y, 0, 1)), (x, 0, 1))", "1/2", ""),
]


@pytest.mark.parametrize(("left", "right", "variables"), TRUE)
def test_true_ones_are_proved(left: str, right: str, variables: str) -> None:
    assert verdict(left, right, variables).status == "proved"


FALSE = [
    ("Integral(1/(x - 1/2)**2, (x, 1, 0))", "4", ""),
    ("Integral(1/x, (x, 1, -1))", "0", ""),
    ("Integral(tan(x), (x, pi, 0))", "0", ""),
    ("Integral(1/x**2, (x, 1, -1))", "2", ""),
    ("Integral(1/(x - a)**2, (x, 2, 1))", "1/(2 - a) - 1/(1 - a)", "a:(1,2)"),
    ("Integral(1/cos(x)**2, (x, pi, 0))", "0", ""),
    ("Integral(1/(x**2 + x - 1), (x, oo, -oo))", "0", ""),
    ("Integral(Integral(1/(x + y)**2, (y, 0, 1)), (x, 0, 1))", "1", ""),
    ("Integral(Integral(1/(x*y - 1), (y, 0, 2)), (x, 1, 3))", "0", ""),
    ("Integral(Integral((x - y)/(x + y)**3, (x, 0, 1)), (y, 0, 1))", "1/2", ""),
    ("Integral(Integral(exp(-x*y), (y, 0, oo)), (x, -E, -1))", "-1", ""),
]


@pytest.mark.parametrize(("left", "right", "variables"), FALSE)
def test_false_ones_are_not(left: str, right: str, variables: str) -> None:
    assert verdict(left, right, variables).status in ("refuted", "undecided")


def test_limits_with_letters_stay_as_they_are() -> None:
    form = parse_sympy("Integral(x, (x, a, 0))")
    assert increasing(form) == form


@pytest.mark.parametrize(
    ("lower", "upper", "sure"),
    [
        ("0", "1", True),
        ("1", "0", False),
        ("1", "1", False),
        ("-oo", "0", True),
        ("0", "oo", True),
        ("oo", "0", False),
        ("oo", "-oo", False),
        ("3", "pi", True),
        ("exp(pi*sqrt(163))", "262537412640768744", True),
        ("sqrt(2)*sqrt(3)", "sqrt(6)", False),
        ("a", "1", False),
    ],
)
def test_which_limits_increase_for_sure(lower: str, upper: str, sure: bool) -> None:
    assert surely_increasing(parse_sympy(lower), parse_sympy(upper)) is sure
