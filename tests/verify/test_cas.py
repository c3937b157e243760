"""SymPy as a second opinion: it attests, it sees samples differ, it keeps quiet, and it can be killed."""

import json

import pytest

from derive.model.claim import Claim
from derive.verify import cas
from derive.verify.jsonl import read_claim


def asked(kind: str, lhs: str, rhs: str, **variables: str) -> Claim:
    line = {"id": 0, "kind": kind, "lhs": lhs, "rhs": rhs, "assumptions": {"vars": variables}}
    found = read_claim(json.dumps(line)).claim
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("claim", "opinion"),
    [
        (asked("identity", "sin(x)**2", "1 - cos(x)**2", x="real"), "attests"),
        (asked("identity", "sqrt(x**2)", "x", x="real"), "denies"),
        (asked("identity", "sqrt(x**2)", "x", x="positive"), "attests"),
        (asked("integral", "Integral(x*exp(x), x)", "(x - 1)*exp(x)", x="real"), "attests"),
        (asked("integral", "Integral(x, x)", "x**2", x="real"), "denies"),
        (asked("sum", "Sum(k, (k, 1, n))", "n*(n + 1)/2", n="natural"), "attests"),
        (asked("defint", "Integral(exp(-x**2), (x, -oo, oo))", "sqrt(pi)"), "attests"),
        (asked("limit", "Limit(sin(x)/x, x, 0)", "1"), "attests"),
        (asked("equiv", "Eq(2*x + 3, 7)", "Eq(x, 2)", x="real"), "attests"),
        (asked("equiv", "Eq(x**2, x)", "Eq(x, 1)", x="real"), ""),
        (asked("le", "0", "x**2", x="real"), "attests"),
        (asked("le", "x", "x**2", x="real"), "denies"),
        (asked("range", "x**2", "Interval(0, oo)", x="real"), "attests"),
        (asked("smooth", "x**2", "x", x="real"), ""),
    ],
)
def test_opinions(claim: Claim, opinion: str) -> None:
    assert cas.opinion(claim, 20.0) == opinion


def test_a_question_without_end_is_no_answer_and_the_next_is_answered() -> None:
    endless = asked("identity", "Integral(exp(sin(x**3))*log(x)**x, (x, 1, y))", "y", y="positive")
    assert cas.opinion(endless, 0.3) == ""
    assert cas.opinion(asked("identity", "x + x", "2*x", x="real"), 20.0) == "attests"
