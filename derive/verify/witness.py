"""Points at which an inequality or a monotonicity claim fails, found by sampling and descent, decided by balls."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from derive.meaning.form import Form, free_variables, mul, num, sub, substitute
from derive.model.context import Context
from derive.model.verdict import Counterexample
from derive.verify.balls import (
    COMPLEX,
    REAL,
    Evaluation,
    Undefined,
    Unknown,
    mentions_imaginary,
    precision,
    value,
)
from derive.verify.deadline import NEVER, Deadline, OutOfTime
from derive.verify.domain import Domain, Point, balls_at, numbers_in
from derive.verify.signs import Signs

__all__ = ["descended_witness", "order_witness", "slope_witness", "undefined_point"]

FIRST_POINTS = 6
HARD_POINTS = 40
STARTS = 3
STEPS = 70
SMALLEST_STEP = Fraction(1, 10**4)
ROUNDINGS = (1, 2, 3, 4, 7, 12)


@dataclass(frozen=True, slots=True)
class _Comparison:
    left: Form
    right: Form
    strict: bool
    real: bool

    def at(self, point: Point) -> Evaluation:
        """Both sides have parts in common, which are evaluated once."""
        return Evaluation(balls_at(point), REAL if self.real else COMPLEX)

    def gap(self, point: Point, bits: int = 64) -> float | None:
        """right - left at the point, as a number near it."""
        with precision(bits):
            try:
                there = self.at(point)
                ball = there.value(self.right) - there.value(self.left)
            except (Undefined, Unknown):
                return None
            return float(ball.real.mid()) if ball.imag.contains(0) and ball.is_finite() else None

    def fails_at(self, point: Point) -> Counterexample | None:
        """The point as a counterexample, if both sides are defined there and the inequality is surely false."""
        for bits in (64, 256):
            with precision(bits):
                try:
                    there = self.at(point)
                    left, right = there.value(self.left), there.value(self.right)
                except Undefined:
                    return None
                except Unknown:
                    continue
                if not (left.imag.is_zero() and right.imag.is_zero()):
                    return None
                ball = right.real - left.real
                if ball < 0 or (self.strict and ball.is_zero()):
                    return _counterexample(point, left.real.str(12, radius=False), right.real.str(12, radius=False))
                if ball > 0:
                    return None
        if self.strict and self.real and Signs(Context()).vanishes(substitute(sub(self.right, self.left), dict(point))):
            return _counterexample(point, left.real.str(12, radius=False), right.real.str(12, radius=False))
        return None


def order_witness(
    left: Form, right: Form, context: Context, strict: bool, rng: random.Random, deadline: Deadline = NEVER
) -> Counterexample | None:
    """A point of the context where left > right (left >= right when `strict`), among many of several kinds, or None."""
    compared, domain = _comparison(left, right, context, strict)
    if not domain.variables:
        return compared.fails_at({})
    try:
        for point in _points(domain, left, right, strict, rng):
            deadline.check()
            found = compared.fails_at(point)
            if found is not None:
                return found
    except OutOfTime:
        pass
    return None


def descended_witness(
    left: Form, right: Form, context: Context, strict: bool, rng: random.Random, deadline: Deadline = NEVER
) -> Counterexample | None:
    """The same by going downhill from a few points."""
    compared, domain = _comparison(left, right, context, strict)
    try:
        return _descended(compared, domain, rng, deadline)
    except OutOfTime:
        return None


def _comparison(left: Form, right: Form, context: Context, strict: bool) -> tuple[_Comparison, Domain]:
    names = free_variables(left) | free_variables(right)
    real = not mentions_imaginary(left, right) and all(context.variable(n).sort != "complex" for n in names)
    return _Comparison(left, right, strict, real), Domain(context, names, real=real)


def _points(domain: Domain, left: Form, right: Form, strict: bool, rng: random.Random) -> Iterator[Point]:
    yield from domain.simple_points(rng, FIRST_POINTS)
    yield from domain.hard_points(rng, HARD_POINTS, numbers_in(left, right))
    for variable in domain.variables:
        for point in domain.simple_points(rng, 2):
            for edge in domain.edge_values(variable.name) if len(domain.variables) == 1 or strict else ():
                moved = {**point, variable.name: edge}
                if domain.contains(moved):
                    yield moved


def _descended(compared: _Comparison, domain: Domain, rng: random.Random, deadline: Deadline) -> Counterexample | None:
    """From a few points downhill on right - left by exact rational steps; where it is negative a ball decides."""
    if any(v.sort != "real" for v in domain.variables):
        return None
    starts = [*domain.simple_points(rng, 1), *domain.random_points(rng, STARTS - 1)]
    for start in starts:
        point, step = dict(start), Fraction(1)
        best = compared.gap(point)
        for _ in range(STEPS):
            deadline.check()
            if best is None or step < SMALLEST_STEP:
                break
            better = None
            for name, exact in point.items():
                if exact.head != "num":
                    continue
                for move in (step, -step):
                    moved = {**point, name: num((exact.value + move).limit_denominator(10**5))}
                    gap = compared.gap(moved) if domain.contains(moved) else None
                    if gap is not None and gap < best - 1e-15:
                        best, better = gap, moved
            if better is None:
                step /= 2
                continue
            point = better
            if best < 0:
                found = compared.fails_at(point)
                if found is not None:
                    return found
        for k in ROUNDINGS if best is not None and best < 1e-3 else ():
            rounded = {n: num(f.value.limit_denominator(k)) if f.head == "num" else f for n, f in point.items()}
            found = compared.fails_at(rounded) if domain.contains(rounded) else None
            if found is not None:
                return found
    return None


def slope_witness(
    form: Form, name: str, context: Context, sign: int, rng: random.Random, deadline: Deadline = NEVER
) -> Counterexample | None:
    """Two values of the variable, the rest equal, at which the form is ordered the wrong way round, or None.

    `sign` 1 asks for a < b with form(a) > form(b), -1 for form(a) < form(b).
    """
    domain = Domain(context, free_variables(form) | {name})
    points = [
        *domain.simple_points(rng, 12),
        *domain.hard_points(rng, 24, numbers_in(form)),
        *domain.random_points(rng, 8),
    ]
    by_rest: dict[tuple[tuple[str, Form], ...], list[Form]] = {}
    values = sorted({p[name].value for p in points if p[name].head == "num"})
    for point in points[:4]:
        rest = tuple(sorted((n, f) for n, f in point.items() if n != name))
        by_rest[rest] = [num(x) for x in values]
    for rest, along in by_rest.items():
        inside = [x for x in along if domain.contains({**dict(rest), name: x})]
        for a, b in pairwise(inside):
            deadline.check()
            low, high = (mul(num(sign), substitute(form, {name: x})) for x in (a, b))
            found = _Comparison(low, high, False, True).fails_at(dict(rest))
            if found is not None:
                at = tuple(sorted({**dict(rest), name: a}.items()))
                note = f"the value at {name} = {a} is {found.left}, at {name} = {b} it is {found.right}"
                if sign < 0:
                    note = f"the values at {name} = {a} and {name} = {b} are in increasing order"
                return Counterexample(at, found.left, found.right, note)
    return None


def undefined_point(form: Form, context: Context, rng: random.Random) -> Counterexample | None:
    """A point of the context at which the form surely has no value, or None."""
    domain = Domain(context, free_variables(form))
    near = [
        {**point, name: edge}
        for point in domain.simple_points(rng, 4)
        for name in point
        for edge in domain.edge_values(name)
    ]
    for point in [*domain.simple_points(rng, 8), *near, *domain.hard_points(rng, HARD_POINTS, numbers_in(form))]:
        if not domain.contains(point):
            continue
        try:
            value(form, balls_at(point))
        except Undefined as reason:
            return Counterexample(tuple(sorted(point.items())), "undefined", note=str(reason))
        except Unknown:
            continue
    return None


def _counterexample(point: Point, left: str, right: str) -> Counterexample:
    return Counterexample(tuple(sorted(point.items())), left, right)
