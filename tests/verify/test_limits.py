"""One-sided limits from expansions: right values, and no value where there is none."""

import pytest

from derive.meaning.form import Form, num, sub
from derive.meaning.sympy_text import parse_sympy
from derive.model.context import Context
from derive.verify.limitsof import limit_of, limit_sign
from derive.verify.signs import Signs

INFINITY = None


@pytest.mark.parametrize(
    ("body", "point", "side", "value"),
    [
        ("(1 - cos(x))/x**2", "0", -1, "1/2"),
        ("x*log(x)", "0", -1, "0"),
        ("(exp(x) - 1)/x", "0", 1, "1"),
        ("(1 + 1/x)**x", INFINITY, 1, "E"),
        ("1/(1 + exp(-x))", INFINITY, 1, "1"),
        ("1/(1 + exp(-x))", INFINITY, -1, "0"),
        ("log(1 + exp(x)) - x", INFINITY, 1, "0"),
        ("sin(x)/x", INFINITY, 1, "0"),
        ("(tan(x) - sin(x))/x**3", "0", -1, "1/2"),
        ("sqrt(x**2 + x) - x", INFINITY, 1, "1/2"),
        ("x/sqrt(x**2 + 1)", INFINITY, -1, "-1"),
        ("x**x", "0", -1, "1"),
        ("x**10*exp(-x)", INFINITY, 1, "0"),
        ("atan(x)", INFINITY, -1, "-pi/2"),
        ("x*(pi/2 - atan(x))", INFINITY, 1, "1"),
        ("(2**x - 1)/x", "0", 1, "log(2)"),
        ("(x**2 - 1)/(x - 1)", "1", -1, "2"),
        ("exp(-1/x)/x**3", "0", -1, "0"),
        ("gamma(x)*x", "0", -1, "1"),
        ("(asin(x) - x)/x**3", "0", -1, "1/6"),
        ("(log(x + 1) - log(x))*x", INFINITY, 1, "1"),
        ("x*sin(1/x)", "0", -1, "0"),
        ("log(x)**3/x", INFINITY, 1, "0"),
    ],
)
def test_finite_limits(body: str, point: str | None, side: int, value: str) -> None:
    found = limit_of(parse_sympy(body), "x", parse_sympy(point) if point else None, side)
    assert found is not None
    assert Signs(Context()).vanishes(sub(found, parse_sympy(value)))


def test_infinite_limits_have_a_sign() -> None:
    assert limit_of(parse_sympy("exp(x)/x**10"), "x", None, 1) == Form("const", ("oo",))
    assert limit_of(parse_sympy("log(x)"), "x", num(0), -1) == Form("const", ("-oo",))
    assert limit_of(parse_sympy("1/x"), "x", num(0), 1) == Form("const", ("-oo",))
    assert limit_sign(parse_sympy("-x + log(x)"), "x", None, 1) == -1


@pytest.mark.parametrize(
    ("body", "side"),
    [("sin(1/x)", -1), ("log(x)", 1), ("sqrt(x)", 1), ("cos(1/x)/x", -1), ("a/x", -1), ("floor(1/x)", -1)],
)
def test_no_limit_is_made_up(body: str, side: int) -> None:
    assert limit_of(parse_sympy(body), "x", num(0), side) is None
