"""The second opinion: what SymPy says of claims stands beside the verdicts and changes nothing in them."""

from __future__ import annotations

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.verify.second import opinions

PROVED, REFUTED, UNDECIDED = Verdict("proved"), Verdict("refuted"), Verdict("undecided")


def claim(kind: ClaimKind, left: str, right: str) -> Claim:
    return Claim(kind, parse_sympy(left), parse_sympy(right), Context())


@pytest.mark.parametrize(
    ("asked", "verdict", "opinion"),
    [
        (claim("identity", "sin(x)**2 + cos(x)**2", "1"), PROVED, "agrees"),
        (claim("identity", "x + 1", "x"), REFUTED, "agrees"),
        (claim("identity", "x + 1", "x"), PROVED, "differs"),
        (claim("identity", "x + x", "2*x"), UNDECIDED, "unknown"),
        (claim("derivative", "Derivative(exp(-x), x)", "-exp(-x)"), PROVED, "agrees"),
        (claim("range", "1/(1 + exp(-x))", "Interval.open(0, 1)"), PROVED, "agrees"),
        (claim("equiv", "Eq(p/(1 - p), exp(x))", "Eq(p, exp(x)*(1 - p))"), PROVED, "agrees"),
        (claim("equiv", "Eq(p/(1 - p), exp(x))", "Eq(p, exp(x)*(1 + p))"), PROVED, "unknown"),
        (claim("identity", "f(x)", "g(x)"), PROVED, "unknown"),
    ],
)
def test_an_opinion_is_given_beside_the_verdict(asked: Claim, verdict: Verdict, opinion: str) -> None:
    assert list(opinions([(asked, verdict)])) == [opinion]


def test_a_question_that_takes_too_long_is_unknown_and_the_next_is_answered() -> None:
    slow = claim("identity", "Integral(exp(sin(x)*cos(x**3)), (x, 0, 1))", "Sum(sin(n**n), (n, 1, 60))")
    quick = claim("identity", "x + x", "2*x")
    assert list(opinions([(slow, PROVED), (quick, PROVED)], seconds=1.0))[1] == "agrees"
