"""Laws that hold for any question: lines read back as they are, keep their value, and come to an end."""

from __future__ import annotations

import math
import random

import pytest

from derive.engine.differentiate import differentiate
from derive.engine.errors import EngineError
from derive.engine.numeric import value_at
from derive.engine.simplify import simplify
from derive.engine.solve import solve
from derive.notation.printer import latex
from derive.notation.reader import read

VALUES = ({"x": 0.73, "a": 1.31, "y": 0.57, "n": 1.0}, {"x": 1.9, "a": 0.41, "y": 2.3, "n": 0.0})
ATOMS = ("x", "x", "x", "2", "3", "a", "y", "-1", "\\pi")
SHAPES = (
    "{} + {}", "{} + {}", "({}) - ({})", "({})({})", "({})({})", r"\frac{{{}}}{{{}}}", "({})^2", "({})^{{-1}}",
    "e^{{{}}}", r"\log({})", r"\sin({})", r"\cos({})", r"\sqrt{{{}}}", r"\frac{{1}}{{{}}}", "-({})",
)  # fmt: skip


def random_term(rng: random.Random, depth: int) -> str:
    if depth == 0:
        return rng.choice(ATOMS)
    shape = rng.choice(SHAPES)
    holes = shape.replace("{{", "").replace("}}", "").count("{}")
    return shape.format(*(random_term(rng, rng.randrange(depth)) for _ in range(holes))).replace("+ -", "- ")


TERMS = [random_term(random.Random(seed), 4) for seed in range(120)]


@pytest.mark.parametrize("term", TERMS)
def test_shorter_forms_keep_the_value(term: str) -> None:
    derivation = simplify(read(term))
    for step in derivation.steps:
        assert read(latex(step.after)) == step.after
        for values in VALUES:
            before, after = value_at(step.before, values), value_at(step.after, values)
            assert before is None or (after is not None and math.isclose(before, after, rel_tol=1e-6, abs_tol=1e-6))


@pytest.mark.parametrize("term", TERMS)
def test_derivatives_have_the_slope(term: str) -> None:
    derivation = differentiate(read(term), read("x"))
    assert all(read(latex(step.after)) == step.after for step in derivation.steps)
    for values in VALUES:
        low, high = (value_at(read(term), {**values, "x": values["x"] + h}) for h in (-1e-5, 1e-5))
        if low is not None and high is not None:
            slope = value_at(derivation.result, values)
            assert slope is not None and math.isclose(slope, (high - low) / 2e-5, rel_tol=1e-3, abs_tol=1e-3)


@pytest.mark.parametrize("term", TERMS)
def test_solutions_solve_where_nothing_is_owed(term: str) -> None:
    for right in ("0", "1", "y"):
        equation = read(f"{term} = {right}")
        try:
            solution = solve(equation, read("x"))
        except EngineError:
            continue
        for values in VALUES:
            for answer in solution.solutions if not solution.conditions else ():
                at = value_at(answer, values)
                if at is not None:
                    left = value_at(read(term), {**values, "x": at})
                    goal = value_at(read(right), values)
                    assert left is not None and math.isclose(left, goal, rel_tol=1e-6, abs_tol=1e-6), latex(answer)
