"""Matrices with entries: worked out, compared entry by entry, shapes respected."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.verify.assumptions import context_of
from derive.verify.deadline import Deadline
from derive.verify.matrices import ShapeError, matrices, worked_out

GENERAL = "Matrix([[a, b], [c, d]])"


def _status(left: str, right: str, *constraints: str) -> str:
    claim = Claim("matrix", parse_sympy(left), parse_sympy(right), context_of({}, constraints))
    return matrices(claim, Deadline.after(20)).status


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (f"{GENERAL}*Matrix([[d, -b], [-c, a]])", "(a*d - b*c)*Matrix([[1, 0], [0, 1]])"),
        (f"({GENERAL}*Matrix([[x], [y]])).T", "Matrix([[a*x + b*y, c*x + d*y]])"),
        (f"{GENERAL}.det()", "a*d - b*c"),
        ("Matrix([[1, 1], [0, 1]])**3", "Matrix([[1, 3], [0, 1]])"),
    ],
)
def test_proved(left: str, right: str) -> None:
    assert _status(left, right) == "proved"


def test_an_inverse_needs_its_determinant() -> None:
    inverse = "Matrix([[d, -b], [-c, a]])/(a*d - b*c)"
    assert _status(f"{GENERAL}**(-1)", inverse, "a*d - b*c != 0") == "proved"


def test_order_of_factors_and_entries_matter() -> None:
    one, other = "Matrix([[1, 1], [0, 1]])", "Matrix([[1, 0], [1, 1]])"
    assert _status(f"{one}*{other}", f"{other}*{one}") == "refuted"
    assert _status(f"{GENERAL}.T", GENERAL) == "refuted"


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(ShapeError):
        worked_out(parse_sympy("Matrix([[1, 2]])*Matrix([[1, 2]])"))
    assert _status("Matrix([[1, 2]])", "Matrix([[1], [2]])") == "undecided"
