"""Whether the conditions under which an antiderivative is one hold anywhere: a point inside both domains."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain

from derive.meaning.form import Form, free_variables
from derive.model.claim import Claim
from derive.verify.balls import REAL, Evaluation, Undefined, Unknown, precision
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.domain import Domain, Point, balls_at

__all__ = ["inhabited"]

BITS, SIMPLE_POINTS, RANDOM_POINTS = 64, 12, 40


def inhabited(claim: Claim) -> bool:
    """Whether the integrand, the antiderivative and its derivative surely have values at some point of the context."""
    integrand, variable = claim.left.args[:2]
    try:
        slope = derivative(claim.right, variable.name)
    except NotDifferentiable:
        return False
    return any(_defined(point, integrand, claim.right, slope) for point in _points(claim))


def _points(claim: Claim) -> Iterator[Point]:
    domain = Domain(claim.context, free_variables(claim.left) | free_variables(claim.right))
    rng = random.Random(0)
    return chain(domain.simple_points(rng, SIMPLE_POINTS), domain.random_points(rng, RANDOM_POINTS))


def _defined(point: Point, *forms: Form) -> bool:
    with precision(BITS):
        try:
            there = Evaluation(balls_at(point), REAL)
            return all(there.value(form).is_finite() for form in forms)
        except (Undefined, Unknown):
            return False
