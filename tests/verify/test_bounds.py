"""Classical bounds: every row holds at many points by balls, and inequalities follow from rows only where they hold."""

import json
from fractions import Fraction

import pytest

from derive.meaning.form import Form, add, const, fn, mul, num
from derive.model.context import Context
from derive.verify.balls import value
from derive.verify.bounds import BOUNDS, Bound
from derive.verify.jsonl import read_claim
from derive.verify.ladder import verify
from derive.verify.signs import Signs

NATURALS = tuple((num(n), num(k)) for n in range(1, 7) for k in range(1, 7))
REALS = tuple((num(Fraction(n, 7)),) for n in (1, 4, 9, 30))
PLANE = tuple((add(num(Fraction(a, 3)), mul(num(Fraction(b, 5)), const("I"))),) for a in (2, 4, 7) for b in (-9, 1, 6))
POINTS: dict[str, tuple[tuple[Form, ...], ...]] = {
    "binomial": NATURALS,
    "factorial": tuple((n,) for n, _ in NATURALS),
    "digamma": REALS,
    "chebyshevt": tuple((num(n), z) for n in range(6) for (z,) in PLANE + REALS),
    "chebyshevu": tuple((num(n), z) for n in range(6) for (z,) in PLANE + REALS),
    "polygamma": tuple((num(1), x) for (x,) in REALS),
    "zeta": REALS,
    "harmonic": tuple((num(n),) for n in range(1, 9)),
    "fibonacci": tuple((num(n),) for n in range(12)),
    "besseli": tuple((num(0), x) for (x,) in REALS),
}


@pytest.mark.parametrize("row", BOUNDS, ids=lambda row: f"{row.head} {row.side}")
def test_rows_hold(row: Bound) -> None:
    points = POINTS.get(row.head, PLANE)
    if row.where.__name__ == "_in_unit":
        points = tuple((num(n), num(Fraction(k, 6))) for n in range(-5, 6) for k in range(-5, 6))
    points = tuple(arguments for arguments in points if row.where(Signs(Context()), *arguments))
    assert points
    for arguments in points:
        function = fn(row.head, *arguments)
        gap = add(row.value(*arguments), mul(num(-1), fn("Abs", function) if row.size else function))
        found = value(gap, {}, real=False)
        assert not (found.real < 0 if row.side > 0 else found.real > 0), (row, arguments)


def status(kind: str, lhs: str, rhs: str, *constraints: str, **variables: str) -> str:
    line = {"id": 0, "kind": kind, "lhs": lhs, "rhs": rhs}
    claim = read_claim(json.dumps({**line, "assumptions": {"vars": variables, "constraints": constraints}})).claim
    assert claim is not None
    return verify(claim, cas=False).status


@pytest.mark.parametrize(
    ("kind", "lhs", "rhs", "variables"),
    [
        ("le", "Abs(cos(z))", "cosh(Abs(z))", {"z": "complex"}),
        ("lt", "2*digamma(x)", "2*log(x)", {"x": "positive"}),
        ("lt", "log(x) - 2/x", "digamma(x)", {"x": "positive"}),
        ("le", "3*binomial(n, k)", "3*n**k/factorial(k)", {"n": "positive_integer", "k": "natural"}),
        ("le", "Abs(chebyshevu(n, x))", "Abs(n + 1) + x**2", {"n": "integer", "x": "[-1, 1]"}),
    ],
)
def test_what_follows_from_a_bound(kind: str, lhs: str, rhs: str, variables: dict[str, str]) -> None:
    assert status(kind, lhs, rhs, **variables) == "proved"


@pytest.mark.parametrize(
    ("kind", "lhs", "rhs", "variables"),
    [
        ("le", "Abs(cos(z))", "sinh(Abs(z))", {"z": "complex"}),
        ("lt", "log(x)", "digamma(x)", {"x": "positive"}),
        ("lt", "-digamma(x)", "-log(x)", {"x": "positive"}),
        ("lt", "binomial(n, k)", "n**k/factorial(k)", {"n": "positive_integer", "k": "natural"}),
        ("le", "Abs(chebyshevu(n, x))", "Abs(n)", {"n": "integer", "x": "[-1, 1]"}),
        ("lt", "Abs(sin(z))", "sinh(Abs(z))", {"z": "complex"}),
    ],
)
def test_what_does_not_follow(kind: str, lhs: str, rhs: str, variables: dict[str, str]) -> None:
    assert status(kind, lhs, rhs, **variables) in ("refuted", "undecided")
