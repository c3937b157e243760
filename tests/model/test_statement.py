"""Statements become the claims they make."""

from __future__ import annotations

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.context import Context
from derive.model.statement import claims_of

NOTHING = Context()


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("Eq(a + b, b + a)", ["identity"]),
        ("Eq(Derivative(x**2, x), 2*x)", ["derivative"]),
        ("Eq(Limit(1/x, x, oo), 0)", ["limit"]),
        ("And(0 < exp(-x**2), exp(-x**2) <= 1)", ["range"]),
        ("And(a < b, c < d)", ["lt", "lt"]),
        ("Ne(a, b)", ["ne"]),
    ],
)
def test_each_statement_has_its_kind(statement: str, kinds: list[str]) -> None:
    assert [claim.kind for claim in claims_of(parse_sympy(statement), NOTHING)] == kinds


def test_a_range_keeps_which_ends_are_open() -> None:
    (claim,) = claims_of(parse_sympy("And(0 < y, y <= 1)"), NOTHING)
    assert claim.left == parse_sympy("y")
    assert [end.name for end in claim.right.args[2:]] == ["True", "False"]


def test_a_term_states_nothing() -> None:
    with pytest.raises(ValueError, match="states nothing"):
        claims_of(parse_sympy("x + 1"), NOTHING)
