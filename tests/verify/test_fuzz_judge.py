"""The judge of the fuzz gate: near misses are told from equals, and what cannot be judged is not counted."""

import random

import pytest

from derive.meaning.form import Form, num
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.context import Context, Variable
from tests.fuzz.judge import differ, judge

REALS = Context((Variable("x"),))


def claim(left: str, right: str, kind: str = "identity") -> Claim:
    return Claim(kind, parse_sympy(left, {"x"}), parse_sympy(right, {"x"}), REALS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "left, right",
    [
        ("sqrt(x**2 + 1/10**32)", "sqrt(x**2)"),
        ("cos(x)**2 + sin(x)**2", "1 + 1/10**40"),
        ("exp(pi*sqrt(163))", "262537412640768744"),
        ("(1 - tanh(x)**2)*cosh(x)**2", "1 + 1/10**30"),
    ],
)
def test_a_near_miss_is_false(left: str, right: str) -> None:
    assert judge(claim(left, right), frozenset("x"), random.Random(1)) == "false"


@pytest.mark.parametrize(
    "left, right",
    [
        ("1 - tanh(x)**2", "cosh(x)**(-2)"),
        ("Derivative(exp(exp(exp(x**2))), x)", "2*x*exp(x**2)*exp(exp(x**2))*exp(exp(exp(x**2)))"),
        ("sin(x + pi)", "-sin(x)"),
    ],
)
def test_equals_agree(left: str, right: str) -> None:
    assert judge(claim(left, right), frozenset("x"), random.Random(1)) == "agrees"


def test_what_rounding_decides_is_not_counted() -> None:
    assert differ(claim("1 - tanh(x)**2", "0"), {"x": num(2000)}) is None
    assert differ(claim("0", "1 - tanh(x)**2", "lt"), {"x": num(2000)}) is None
    assert differ(claim("1 - erf(x)", "0"), {"x": num(50)}) is None


def test_an_exact_point_is_worked_out_to_all_digits() -> None:
    there: dict[str, Form] = {"x": parse_sympy("pi/3")}
    assert differ(claim("2*cos(x)", "1"), there) is False
    assert differ(claim("2*cos(x)", "1 + 1/10**50"), there) is True
