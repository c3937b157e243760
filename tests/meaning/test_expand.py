"""Definitions and functions with a body, replaced by what they stand for."""

import pytest

from derive.meaning.errors import MeaningError
from derive.meaning.expand import expand_definitions
from derive.meaning.sympy_text import parse_sympy, sympy_text


def expanded(text: str, **definitions: str) -> str:
    functions = {"sigma": (("x",), parse_sympy("1/(1 + exp(-x))"))}
    named = {name: parse_sympy(body) for name, body in definitions.items()}
    return sympy_text(expand_definitions(parse_sympy(text), named, functions))


def test_names_and_functions() -> None:
    assert expanded("y**2", y="sigma(2*t)") == "(1/(1 + exp(-2*t)))**2"
    assert expanded("Derivative(y, x)", y="sigma(x)") == "Derivative(1/(1 + exp(-x)), x)"


def test_a_name_that_is_differentiated_by_is_replaced_last() -> None:
    assert expanded("Derivative(y, u)", y="sin(u)", u="2*x") == "Subs(Derivative(sin(u_), u_), u_, 2*x)"


def test_bound_names_are_not_captured() -> None:
    assert expanded("Sum(k*y, (k, 1, n))", y="k + 1") == "Sum(k_*(k + 1), (k_, 1, n))"


def test_circles_are_refused() -> None:
    with pytest.raises(MeaningError):
        expanded("a", a="b + 1", b="a + 1")
