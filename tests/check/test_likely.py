"""The sieve before proofs from equations: what follows passes, what does not is stopped, and no proof hangs on it."""

import pytest

from derive.check.floats import value_of
from derive.check.likely import enough
from derive.meaning.form import Form
from derive.meaning.sympy_text import parse_sympy


def eq(left: str, right: str) -> Form:
    return Form("eq", (parse_sympy(left), parse_sympy(right)))


def fewest(premises: list[Form], goal: Form) -> int | None:
    return next(enough(premises, goal, range(len(premises) + 1)), None)


FOLLOWS = [
    ([], eq("(x + y)**2", "x**2 + 2*x*y + y**2"), 0),
    ([eq("F", "m*a"), eq("a", "v**2/r")], eq("F*r", "m*v**2"), 2),
    ([eq("x", "2*t"), eq("y", "3*t"), eq("z", "1")], eq("3*x", "2*y"), 2),
    ([eq("x**2 + y**2", "1"), eq("x", "y")], eq("2*x**2", "1"), 2),
    ([eq("x + y + z", "1"), eq("x - y", "2*z"), eq("x + 2*y", "z")], eq("x + y + z", "1"), 1),
    ([eq("v", "Integral(u*t, (t, 0, x))")], eq("2*v", "u*x**2"), 1),
    ([eq("p", "f"), eq("q", "p")], eq("gamma(q)", "gamma(f)"), 2),
    ([eq("p", "cot(u)")], eq("p*sin(u)", "cos(u)"), 1),
]


@pytest.mark.parametrize(("premises", "goal", "count"), FOLLOWS)
def test_what_follows_passes_with_the_fewest_premises(premises: list[Form], goal: Form, count: int) -> None:
    assert fewest(premises, goal) == count


DOES_NOT = [
    ([], eq("(x + y)**2", "x**2 + y**2")),
    ([eq("F", "m*a"), eq("a", "v**2/r")], eq("F*r", "2*m*v**2")),
    ([eq("v", "Integral(u*t, (t, 0, x))")], eq("v", "u*x**2")),
    ([eq("p", "cot(u)")], eq("H", "q")),
    ([eq("0", "1")], eq("x", "y")),
    ([eq("p", "gamma(x)")], eq("p", "zeta(x)")),
]


@pytest.mark.parametrize(("premises", "goal"), DOES_NOT)
def test_what_does_not_follow_is_stopped(premises: list[Form], goal: Form) -> None:
    assert fewest(premises, goal) is None


def test_of_matrices_nothing_is_seen() -> None:
    matrix = Form("matrix", (1, 1, Form("var", ("x",))))
    assert value_of(matrix) is None
    assert fewest([], Form("eq", (matrix, Form("var", ("A",))))) == 0


def test_a_form_nested_without_end_has_no_value() -> None:
    form = Form("var", ("x",))
    for _ in range(20_000):
        form = Form("sin", (form,))
    assert value_of(form) is None
