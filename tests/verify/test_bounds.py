"""Classical bounds: every row holds at many points by balls, and inequalities follow from rows only where they hold."""

import json
from fractions import Fraction

import pytest

from derive.meaning.form import Form, add, const, fn, mul, num
from derive.model.context import Context
from derive.verify.balls import value
from derive.verify.bounds import BOUNDS, SLOPES, Bound
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
    "harmonic": tuple((num(n),) for n in range(1, 9)),
    "fibonacci": tuple((num(n),) for n in range(12)),
    "besseli": tuple((num(0), x) for (x,) in REALS),
    "zeta": REALS + PLANE,
    "LambertW": REALS,
    "airyai": REALS,
    "pow": tuple((x, y) for (x,) in REALS for y in (x, *map(const, ("pi", "E", "Catalan", "EulerGamma")))),
    "add": (
        *((fn("exp", z), num(-1)) for (z,) in PLANE),
        *((fn(f, x), mul(num(-1), fn(f, y))) for f in SLOPES for (x,) in REALS for (y,) in REALS),
    ),
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
        ("le", "Abs(cos(2*x) - cos(2*y))", "2*Abs(x - y)", {"x": "real", "y": "real"}),
        ("le", "Abs(erf(x + y) - erf(x))", "2*Abs(y)/sqrt(pi)", {"x": "real", "y": "real"}),
        ("le", "1 + a*x", "(1 + x)**a", {"x": "(-1, oo)", "a": "[1, oo)"}),
        ("le", "(1 + x)**a", "1 + a*x", {"x": "(-1, oo)", "a": "[0, 1]"}),
        ("le", "1 + n*x", "(1 + x)**n", {"x": "[-1, oo)", "n": "natural"}),
        ("le", "Abs(sin(x + I*y))", "cosh(y)", {"x": "real", "y": "real"}),
        ("le", "Abs(exp(z) - 1)", "exp(Abs(z)) - 1", {"z": "complex"}),
        ("le", "LambertW(x)", "log(1 + x)", {"x": "nonneg"}),
        ("le", "exp(-1/E)", "x**x", {"x": "positive"}),
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
        ("le", "Abs(cos(2*x) - cos(2*y))", "Abs(x - y)", {"x": "real", "y": "real"}),
        ("le", "Abs(cos(z) - cos(w))", "Abs(z - w)", {"z": "complex", "w": "complex"}),
        ("le", "(1 + x)**a", "1 + a*x", {"x": "(-1, oo)", "a": "[1, 2]"}),
        ("le", "1 + n*x", "(1 + x)**n", {"x": "[-9, oo)", "n": "natural"}),
        ("le", "Abs(sin(z))", "cosh(im(z)/2)", {"z": "complex"}),
        ("le", "LambertW(x)", "x/2", {"x": "nonneg"}),
    ],
)
def test_what_does_not_follow(kind: str, lhs: str, rhs: str, variables: dict[str, str]) -> None:
    assert status(kind, lhs, rhs, **variables) in ("refuted", "undecided")
