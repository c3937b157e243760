"""Sequences with linear recurrences: equalities from first terms, near misses, and where the method must not apply."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.verify.assumptions import context_of
from derive.verify.deadline import NEVER
from derive.verify.definite import definite
from derive.verify.definite.recurrence import Sequence, sequence_of
from derive.verify.ladder import verify
from derive.verify.signs import Signs


def _claim(left: str, right: str, variables: str, *constraints: str) -> Claim:
    pairs = dict(item.split(":") for item in variables.split())
    return Claim("identity", parse_sympy(left), parse_sympy(right), context_of(pairs, constraints))


@pytest.mark.parametrize(
    ("left", "right", "variables"),
    [
        ("Sum(fibonacci(k), (k, 0, n))", "fibonacci(n + 2) - 1", "n:natural"),
        ("Sum(fibonacci(k)**2, (k, 0, n))", "fibonacci(n)*fibonacci(n + 1)", "n:natural"),
        ("Sum(k*fibonacci(k), (k, 0, n))", "n*fibonacci(n + 2) - fibonacci(n + 3) + 2", "n:natural"),
        ("Sum(lucas(k), (k, 0, n))", "lucas(n + 2) - 1", "n:natural"),
        ("Sum(binomial(n, k)*fibonacci(k), (k, 0, n))", "fibonacci(2*n)", "n:natural"),
        ("Sum(binomial(n, k)*2**k*fibonacci(k), (k, 0, n))", "fibonacci(3*n)", "n:natural"),
        ("Sum((-1)**(k + 1)*binomial(n, k)*fibonacci(k), (k, 0, n))", "fibonacci(n)", "n:natural"),
        ("Sum(k**2*2**k, (k, 0, n))", "(n**2 - 2*n + 3)*2**(n + 1) - 6", "n:natural"),
        ("fibonacci(n)**4 - fibonacci(n-2)*fibonacci(n-1)*fibonacci(n+1)*fibonacci(n+2)", "1", "n:integer"),
        ("2*Sum(cos(k*x), (k, 0, n))*sin(x/2)", "sin((n + 1/2)*x) + sin(x/2)", "n:natural x:real"),
    ],
)
def test_equal_sequences_are_proved(left: str, right: str, variables: str) -> None:
    assert verify(_claim(left, right, variables), budget=20, cas=False).status == "proved"


@pytest.mark.parametrize(
    ("left", "right", "variables"),
    [
        ("Sum(fibonacci(k), (k, 0, n))", "fibonacci(n + 2)", "n:natural"),
        ("Sum(fibonacci(k), (k, 0, n))", "fibonacci(n + 3) - 1", "n:natural"),
        ("Sum(fibonacci(2*k), (k, 0, n))", "fibonacci(2*n + 1) - 2", "n:natural"),
        ("Sum(binomial(n, k)*fibonacci(k), (k, 0, n))", "fibonacci(2*n + 1)", "n:natural"),
        # equal for n = 0, ..., 4 only
        ("fibonacci(n) + n*(n - 1)*(n - 2)*(n - 3)*(n - 4)", "fibonacci(n)", "n:natural"),
        # equal for n >= 1 only
        ("Sum(2**k, (k, 1, n))", "2**(n + 1) - 2 + 0**n", "n:natural"),
    ],
)
def test_near_misses_are_not_proved(left: str, right: str, variables: str) -> None:
    claim = _claim(left, right, variables)
    assert definite(claim, NEVER).status in ("undecided", "refuted")
    assert verify(claim, budget=20, cas=False).status in ("undecided", "refuted")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n", Sequence(2)),
        ("fibonacci(2*n + 1) + 3", Sequence(3)),
        ("n*cos(n*x)", Sequence(4)),
        ("5**(2*n + 1)", Sequence(1)),
        ("Sum(k, (k, 0, n))", Sequence(3, both_ways=False)),
        ("b**n", None),  # b may be 0
        ("n**b", None),
        ("fibonacci(n/2)", None),
        ("fibonacci(n**2)", None),
        ("1/n", None),
        ("factorial(n)", None),
        ("Sum(n*k, (k, 0, n))", None),
        ("Sum(k, (k, 0, 2*n))", None),
    ],
)
def test_which_forms_are_such_sequences(text: str, expected: Sequence | None) -> None:
    context = context_of({"n": "natural", "x": "real", "b": "real"}, ())
    assert sequence_of(parse_sympy(text), "n", Signs(context)) == expected


def test_a_constraint_on_the_index_stops_the_method() -> None:
    claim = _claim("fibonacci(n)*0**n", "0", "n:natural", "n > 3")
    assert definite(claim, NEVER).status != "refuted"
