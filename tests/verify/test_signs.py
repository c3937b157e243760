"""The sign oracle: what it must see, and what a weaker context must not grant."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.verify.assumptions import context_of
from derive.verify.signs import Signs


def _signs(variables: str, *constraints: str) -> Signs:
    pairs = dict(item.split(":") for item in variables.split()) if variables else {}
    return Signs(context_of(pairs, constraints))


@pytest.mark.parametrize(
    ("term", "variables", "constraints"),
    [
        ("1 + exp(x)", "x:real", ()),
        ("x**2 - 2*x + 2", "x:real", ()),
        ("x**2 + x*y + y**2 + 1", "x:real y:real", ()),
        ("1 - p", "p:(0,1)", ()),
        ("p/(1 - p)", "p:(0,1)", ()),
        ("1 - 1/(1 + exp(-x))", "x:real", ()),
        ("log(1 + exp(x))", "x:real", ()),
        ("-log(p)", "p:(0,1)", ()),
        ("sin(x)", "x:(0,pi)", ()),
        ("cosh(x) - 1/2", "x:real", ()),
        ("a - b", "a:real b:real", ("a > b",)),
        ("x**2", "x:real", ("x != 0",)),
        ("sqrt(x**2 + 1) - x", "x:real", ()),
        ("n + 1/2", "n:natural", ()),
        ("2**n", "n:natural", ()),
        ("gamma(x)", "x:positive", ()),
        ("x**x", "x:positive", ()),
        ("2 - sin(x)*cos(y)", "x:real y:real", ()),
        ("a/(a + b)", "a:positive b:nonneg", ()),
    ],
)
def test_positive(term: str, variables: str, constraints: tuple[str, ...]) -> None:
    signs = _signs(variables, *constraints)
    assert signs.positive(parse_sympy(term))
    assert not signs.nonpositive(parse_sympy(term))


@pytest.mark.parametrize(
    ("term", "variables", "constraints"),
    [
        ("x**2", "x:real", ()),
        ("x", "x:nonneg", ()),
        ("x**2 - 2*x + 1", "x:real", ()),
        ("1 - p", "p:[0,1]", ()),
        ("sin(x)", "x:[0,pi]", ()),
        ("sin(x)", "x:(0,4)", ()),
        ("cosh(x) - 1", "x:real", ()),
        ("a - b", "a:real b:real", ("a >= b",)),
        ("a + b", "a:nonneg b:nonneg", ()),
        ("1 - cos(x)", "x:real", ()),
        ("Abs(x)", "x:real", ()),
        ("sqrt(x)", "x:nonneg", ()),
        ("log(x)", "x:positive", ()),
        ("x**3 + y**3 + z**3 - 3*x*y*z", "x:real y:real z:real", ()),
        ("x**2*y", "x:real y:positive", ()),
        ("1/x", "x:real", ("x != 0",)),
        ("n", "n:natural", ()),
        ("x*y - 1", "x:positive y:positive", ("x > 1",)),
    ],
)
def test_not_positive_under_what_is_known(term: str, variables: str, constraints: tuple[str, ...]) -> None:
    assert not _signs(variables, *constraints).positive(parse_sympy(term))


def test_nonzero_needs_its_reason() -> None:
    form = parse_sympy("a*d - b*c")
    assert _signs("a:real b:real c:real d:real", "a*d - b*c != 0").nonzero(form)
    assert not _signs("a:real b:real c:real d:real", "a*d - b*c >= 0").nonzero(form)
    assert _signs("x:complex", "x != 0").nonzero(parse_sympy("x**2"))
    assert not _signs("x:complex").nonzero(parse_sympy("x**2 + 1"))


def test_factors_said_not_to_be_zero() -> None:
    signs = _signs("x:real y:real", "x != y")
    assert signs.nonzero(parse_sympy("x**2*1 - 2*x*y + y**2"))
    assert not signs.nonzero(parse_sympy("x**2 - y**2"))


def test_answers_where_a_complex_variable_makes_the_branches_principal() -> None:
    signs = _signs("x:real z:complex")
    assert signs.real(parse_sympy("exp(x)"))
    assert not signs.real(parse_sympy("log(x)"))
    assert not signs.real(parse_sympy("sqrt(x)"))
    assert not signs.real(parse_sympy("z**2"))
    assert signs.nonnegative(parse_sympy("Abs(z)"))
    assert not signs.positive(parse_sympy("Abs(z)"))


def test_arithmetic_and_geometric_mean_only_for_nonnegative_numbers() -> None:
    gap = parse_sympy("a**3 + b**3 + c**3 - 3*a*b*c")
    assert _signs("a:nonneg b:nonneg c:nonneg").nonnegative(gap)
    assert not _signs("a:nonneg b:nonneg c:real").nonnegative(gap)


def test_sums_and_integrals_of_positive_things_unless_their_limits_may_be_reversed() -> None:
    assert _signs("n:natural").nonnegative(parse_sympy("Sum(1/k, (k, 1, n))"))
    assert not _signs("n:integer").nonnegative(parse_sympy("Sum(1/k, (k, 1, n))"))
    assert _signs("x:nonneg").nonnegative(parse_sympy("Integral(exp(t), (t, 0, x))"))
    assert not _signs("x:real").nonnegative(parse_sympy("Integral(exp(t), (t, 0, x))"))


def test_real_relations_are_not_used_for_complex_forms() -> None:
    signs = _signs("z:complex", "2*z**2 + 1 != 0")
    assert signs.nonzero(parse_sympy("4*z**2 + 2"))
    assert not signs.nonzero(parse_sympy("Abs(z)**2 + z**2 + 1"))
