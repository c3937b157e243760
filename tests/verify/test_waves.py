"""Trigonometric equations: all solutions in a range one by one, and families of them apart by whole turns."""

from __future__ import annotations

import pytest

from derive.engine.solve import solve
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.context import Context, Variable
from derive.notation.reader import read
from derive.verify.assumptions import context_of
from derive.verify.families import all_solutions
from derive.verify.ladder import verify
from derive.verify.report import report

WHOLE = Context((Variable("n", "integer"),))


@pytest.mark.parametrize(
    ("equation", "listed", "variable", "status"),
    [
        ("Eq(sin(x), 1/2)", "Or(Eq(x, pi/6), Eq(x, 5*pi/6))", "[0,2*pi]", "proved"),
        ("Eq(sin(x), 1/2)", "Eq(x, pi/6)", "[0,2*pi]", "refuted"),
        ("Eq(sin(x), 1/2)", "Eq(x, pi/6)", "[0,pi/2]", "proved"),
        ("Eq(cos(2*x), 1/3)", "Or(Eq(x, acos(1/3)/2), Eq(x, pi - acos(1/3)/2))", "[0,pi]", "proved"),
        ("Eq(sin(x), 0)", "Or(Eq(x, 0), Eq(x, pi))", "[0,2*pi)", "proved"),
        ("Eq(tan(x), 1)", "Eq(x, pi/4)", "(0,pi)", "proved"),
        ("Eq(tan(x), 1)", "Eq(x, pi/4)", "real", "refuted"),
        ("Eq(cos(x), -1)", "Eq(x, pi)", "(0,3)", "proved"),
    ],
)
def test_solutions_in_a_range(equation: str, listed: str, variable: str, status: str) -> None:
    context = context_of({"x": variable}, ())
    claim = Claim("equiv", parse_sympy(equation), parse_sympy(listed), context)
    assert verify(claim, cas=False).status == status


def test_a_solution_at_the_end_of_the_range_counts() -> None:
    context = context_of({"x": "[0,2*pi]"}, ())
    claim = Claim("equiv", parse_sympy("Eq(sin(x), 0)"), parse_sympy("Or(Eq(x, 0), Eq(x, pi))"), context)
    assert verify(claim, cas=False).status != "proved"


@pytest.mark.parametrize(
    ("equation", "families", "complete"),
    [
        ("Eq(sin(x), 1/2)", "Or(Eq(x, pi/6 + 2*pi*n), Eq(x, 5*pi/6 + 2*pi*n))", True),
        ("Eq(sin(x), 1/2)", "Eq(x, pi/6 + 2*pi*n)", False),
        ("Eq(sin(x), 1/2)", "Or(Eq(x, pi/6 + 2*pi*n), Eq(x, 5*pi/6 + 4*pi*n))", False),
        ("Eq(sin(x), 1/2)", "Or(Eq(x, pi/6 + 2*pi*n), Eq(x, 2*pi/3 + 2*pi*n))", False),
        ("Eq(sin(x), 1)", "Eq(x, pi/2 + 2*pi*n)", True),
        ("Eq(cos(x), 0)", "Eq(x, pi/2 + pi*n)", True),
        ("Eq(cos(x), 0)", "Eq(x, pi/2 + 2*pi*n)", False),
        ("Eq(cos(x), c)", "Or(Eq(x, acos(c) + 2*pi*n), Eq(x, -acos(c) + 2*pi*n))", True),
        ("Eq(tan(3*x), 1)", "Eq(3*x, pi/4 + pi*n)", True),
        ("Eq(tan(x), 1)", "Eq(x, pi/4 + 2*pi*n)", False),
        ("Or(Eq(cos(x), 0), Eq(sin(x), 0))", "Or(Eq(x, pi/2 + pi*n), Eq(x, pi*n))", True),
        ("Or(Eq(cos(x), 0), Eq(sin(x), 0))", "Eq(x, pi/2 + pi*n)", False),
        ("Eq(sin(x), n)", "Eq(x, pi*n)", False),
    ],
)
def test_families(equation: str, families: str, complete: bool) -> None:
    assert all_solutions(parse_sympy(equation), parse_sympy(families), "n", WHOLE) is complete


@pytest.mark.parametrize(
    "equation", [r"\sin(2x) = \frac{1}{2}", r"\tan x = \sqrt{3}", r"2\cos^2 x - \cos x - 1 = 0", r"\sin x = c"]
)
def test_what_the_engine_solves_is_proved(equation: str) -> None:
    found = report(solve(read(equation), read("x")).derivation)
    assert [v.status for v in found.verdicts] == ["proved"] * len(found.verdicts)
