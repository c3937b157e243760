"""Points of a context: membership is sure, and every kind of point lies in the domain."""

import random

from derive.meaning.form import PI, Form, num, var
from derive.verify.assumptions import context_of
from derive.verify.balls import holds
from derive.verify.domain import Domain, balls_at

SORTS = {"x": "(0,pi)", "n": "natural", "z": "complex", "p": "real", "q": "real", "a": "positive", "b": "negative"}
CONSTRAINTS = ["p != q", "Abs(z) < 2", "x < a"]


def test_points_of_every_kind_satisfy_ranges_and_constraints() -> None:
    context = context_of(SORTS, CONSTRAINTS)
    domain = Domain(context, SORTS)
    rng = random.Random(3)
    seen = 0
    for points in (domain.simple_points(rng, 8), domain.random_points(rng, 8), domain.hard_points(rng, 30)):
        for point in points:
            seen += 1
            balls = balls_at(point)
            assert balls["x"].real > 0 and balls["a"].real > 0 and balls["b"].real < 0
            assert balls["n"].real >= 0 and balls["n"].real.is_integer()
            assert all(holds(c, balls, real=False) for c in context.constraints)
    assert seen > 10


def test_equations_between_variables_are_solved_for_one_of_them() -> None:
    context = context_of({"p": "positive", "q": "positive"}, []).assuming(
        Form("eq", (Form("add", (var("p"), var("q"))), num(1)))
    )
    points = list(Domain(context, ["p", "q"]).random_points(random.Random(1), 5))
    assert len(points) == 5
    assert all(point["p"].value + point["q"].value == 1 for point in points)


def test_membership_at_irrational_ends() -> None:
    domain = Domain(context_of({"x": "(0,pi)"}, []), ["x"])
    assert domain.contains({"x": num(3)})
    assert not domain.contains({"x": PI})
    assert not domain.contains({"x": num(4)})
    assert not domain.contains({"x": num(0)})
