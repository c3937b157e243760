"""Antiderivatives need their parameters where they are defined; products of matrices keep their order."""

import pytest

from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify
from derive.verify.same import same


def _verdict(kind: ClaimKind, left: str, right: str, **sorts: str) -> Verdict:
    names = set(sorts)
    return verify(Claim(kind, parse_sympy(left, names), parse_sympy(right, names), context_of(sorts, ())), cas=False)


@pytest.mark.parametrize(
    ("left", "right", "sorts", "conditions"),
    [
        ("Integral(x**n, x)", "x**(n + 1)/(n + 1)", {"x": "positive", "n": "real"}, ["Ne(n, -1)"]),
        ("Integral(cos(a*x), x)", "sin(a*x)/a", {"x": "real", "a": "real"}, ["Ne(a, 0)"]),
        ("Integral(exp(k*x), x)", "exp(k*x)/k", {"x": "complex", "k": "complex"}, ["Ne(k, 0)"]),
    ],
)
def test_a_parameter_at_which_there_is_no_antiderivative_is_left_out(
    left: str, right: str, sorts: dict[str, str], conditions: list[str]
) -> None:
    verdict = _verdict("integral", left, right, **sorts)
    assert verdict.status == "conditional"
    assert [sympy_text(c) for c in verdict.conditions] == conditions


@pytest.mark.parametrize(
    ("left", "right", "sorts"),
    [
        ("Integral(x**n, x)", "x**(n + 1)/(n + 1)", {"x": "positive", "n": "positive"}),
        ("Integral(x/a, x)", "x**2/(2*a)", {"x": "real", "a": "real"}),
        ("Integral(1/(x - a), x)", "log(x - a)", {"x": "real", "a": "real"}),
        ("Integral(1/x, x)", "log(x)", {"x": "real"}),
    ],
)
def test_what_the_integrand_needs_or_the_variable_alone_is_no_condition(
    left: str, right: str, sorts: dict[str, str]
) -> None:
    assert _verdict("integral", left, right, **sorts).status == "proved"


ONE, OTHER = "Matrix([[1, 2], [3, 4]])", "Matrix([[0, 1], [1, 0]])"


@pytest.mark.parametrize("kind", ["matrix", "identity"])
def test_matrices_that_do_not_commute_are_refuted(kind: ClaimKind) -> None:
    assert _verdict(kind, f"{ONE}*{OTHER}", f"{OTHER}*{ONE}").status == "refuted"
    assert _verdict(kind, f"{ONE}*{OTHER}*{OTHER}", f"{OTHER}*{ONE}*{OTHER}").status == "refuted"


def test_sums_of_matrices_and_products_of_numbers_are_the_same_in_any_order() -> None:
    assert same(parse_sympy(f"{ONE} + {OTHER}"), parse_sympy(f"{OTHER} + {ONE}"))
    assert same(parse_sympy("x*sin(y)"), parse_sympy("sin(y)*x"))
    assert not same(parse_sympy(f"{ONE}*{OTHER}"), parse_sympy(f"{OTHER}*{ONE}"))
