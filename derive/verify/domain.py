"""The points of a context: exact membership by balls, and simple, random and awkward points to try a claim at.

A point gives each variable an exact closed form; being in the domain is decided by ball arithmetic, so a point
that is returned surely satisfies every range and constraint.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from flint import acb

from derive.meaning.form import IMAGINARY, PI, Form, add, free_variables, mul, num, subforms, substitute
from derive.model.context import Bound, Context, Sort, Variable
from derive.verify.balls import Undefined, Unknown, ball, holds, value

__all__ = ["Domain", "Point", "balls_at", "some_points"]

Point = Mapping[str, Form]

SIMPLE = tuple(Fraction(*q) for q in [(1,), (2,), (-1,), (0,), (1, 2), (-2,), (3,), (-1, 2), (-3,), (1, 3), (4,), (5,)])
TRIES = 40
FEW = 4
FAR = tuple(Fraction(n) for n in (10, -10, 137, -137, 100, -100, 1234, 1000, 10**6))
NEAR = (Fraction(1, 1000), Fraction(1, 10**6))


def balls_at(point: Point) -> dict[str, acb]:
    """The point's values as balls at the present precision."""
    return {
        name: ball(exact.value) if exact.head == "num" else value(exact, {}, real=False)
        for name, exact in point.items()
    }


class Domain:
    """The points of a context over the variables that matter to a claim."""

    def __init__(self, context: Context, names: Iterable[str], *, real: bool = True) -> None:
        constrained: set[str] = set().union(*(free_variables(c) for c in context.constraints))
        self.real = real
        self.context = context
        self.variables = tuple(context.variable(name) for name in sorted(set(names) | constrained))
        self.equations = tuple(c for c in context.constraints if c.head == "eq")
        self._ends = {v.name: (_number(v.lower), _number(v.upper)) for v in self.variables}

    # --- membership ---

    def contains(self, point: Point) -> bool:
        """Whether the point is surely in the domain."""
        if not self.context.constraints and all(exact.head == "num" for exact in point.values()):
            return all(_inside(v, point[v.name].value) for v in self.variables)
        try:
            balls = balls_at(point)
            return all(_in_range(v, balls[v.name]) for v in self.variables) and all(
                _exactly_zero(c, point) or holds(c, balls, real=self.real and not _complex(self.variables))
                for c in self.context.constraints
            )
        except (Undefined, Unknown):
            return False

    # --- points ---

    def simplest_point(self) -> Iterator[Point]:
        """A point of small integers and halves, the variables kept apart; none if that is not in the domain."""
        pools = self._pools()
        point = self._completed({name: pool[i % len(pool)] for i, (name, pool) in enumerate(pools.items())})
        if point is not None:
            yield point

    def simple_points(self, rng: random.Random, count: int) -> Iterator[Point]:
        """Points of small integers and halves, the simplest first."""
        if count:
            yield from self.simplest_point()
        pools = self._pools()
        for turn in range(1, count):
            point = self._completed({name: rng.choice(pool[: 3 + turn]) for name, pool in pools.items()})
            if point is not None:
                yield point

    def _pools(self) -> dict[str, tuple[Form, ...]]:
        return {v.name: _simple_values(v.sort, v.lower, v.upper) for v in self.variables}

    def random_points(
        self, rng: random.Random, count: int, spread: Fraction = Fraction(3), tries: int = TRIES
    ) -> Iterator[Point]:
        """Rational points in general position: no claim is true there by accident."""
        for _ in range(count):
            for _ in range(tries):
                chosen = {v.name: self._random_value(v, rng, spread) for v in self.variables}
                point = self._completed(chosen)
                if point is not None:
                    yield point
                    break
            else:
                return

    def hard_points(self, rng: random.Random, count: int, constants: Iterable[Fraction] = ()) -> Iterator[Point]:
        """Ends of ranges, numbers of the claim and their neighbours, far and near points, equal variables."""
        extra = sorted({c + d for c in constants for d in (0, 1, -1)} | {-c for c in constants} | set(SIMPLE[:8]))
        for _ in range(count):
            spread = rng.choice((Fraction(1), Fraction(3), Fraction(12), Fraction(60)))
            chosen = {v.name: self._hard_value(v, rng, extra, spread) for v in self.variables}
            if len(chosen) > 1 and rng.random() < 0.3:
                first, second = rng.sample(sorted(chosen), 2)
                chosen[first] = chosen[second] if rng.random() < 0.6 else mul(num(-1), chosen[second])
            point = self._completed(chosen)
            if point is not None:
                yield point

    def edge_values(self, name: str) -> tuple[Form, ...]:
        """Ends of the variable's range that belong to it, and multiples of pi/4 inside it."""
        variable = self.context.variable(name)
        ends = tuple(b.value for b in (variable.lower, variable.upper) if b is not None and not b.strict)
        if variable.sort != "real":
            return ends
        return ends + tuple(mul(num(k, 4), PI) for k in (0, 2, 4, 1, 3, -2, -1, 6))

    # --- values of one variable ---

    def _random_value(self, variable: Variable, rng: random.Random, spread: Fraction) -> Form:
        if variable.sort == "complex":
            return add(num(_around(rng, spread, 97)), mul(num(_around(rng, spread, 89)), IMAGINARY))
        low, high = self._ends[variable.name]
        if variable.sort == "integer":
            first = ceil(low) if low is not None else -6 if high is None else floor(high) - 9
            last = floor(high) if high is not None else first + 9 if low is not None else 8
            return num(rng.randint(first, max(first, last)))
        if low is not None and high is not None:
            k = rng.randint(1, 996)
            a, b, c, d = low.numerator, low.denominator, high.numerator, high.denominator
            return num(Fraction(a * d * (997 - k) + c * b * k, 997 * b * d).limit_denominator(10**5))
        if low is not None:
            return num(_beyond(low, abs(_around(rng, spread, 97))))
        if high is not None:
            return num(_beyond(high, -abs(_around(rng, spread, 97))))
        return num(_around(rng, spread, 97))

    def _hard_value(self, variable: Variable, rng: random.Random, extra: list[Fraction], spread: Fraction) -> Form:
        kind = rng.random()
        if kind < 0.45:
            q = rng.choice(extra) + rng.choice((0, 0, 0, *NEAR, -NEAR[0]))
        elif kind < 0.6:
            q = rng.choice(FAR)
        elif kind < 0.7:
            return rng.choice(self.edge_values(variable.name) or (num(0),))
        else:
            return self._random_value(variable, rng, spread)
        if variable.sort == "integer":
            q = Fraction(round(q))
        if variable.sort == "complex" and rng.random() < 0.5:
            return add(num(q), mul(num(rng.choice(SIMPLE)), IMAGINARY))
        return num(q) if _inside(variable, q) else self._random_value(variable, rng, spread)

    def _completed(self, chosen: Mapping[str, Form]) -> Point | None:
        """The point with one variable of each equation solved for, if it is in the domain."""
        point = dict(chosen)
        for equation in self.equations:
            for name in sorted(free_variables(equation)):
                root = _linear_root(equation, name, point)
                if root is not None:
                    point[name] = root
                    break
        return point if self.contains(point) else None


@lru_cache(maxsize=256)
def some_points(context: Context, *, real: bool) -> tuple[Point, ...]:
    """A few points in general position, or fewer where they are hard to find."""
    names = [variable.name for variable in context.variables]
    return tuple(Domain(context, names, real=real).random_points(random.Random(0), FEW, tries=FEW))


def _exactly_zero(constraint: Form, point: Point) -> bool:
    """Whether an equation between rational expressions holds by exact arithmetic."""
    if constraint.head != "eq":
        return False
    left, right = constraint.args
    gap = substitute(add(left, mul(num(-1), right)), point)
    return gap.head == "num" and gap.value == 0


def _complex(variables: Iterable[Variable]) -> bool:
    return any(v.sort == "complex" for v in variables)


def _in_range(variable: Variable, z: acb) -> bool:
    """Whether a value is surely in the variable's range."""
    if variable.sort == "complex":
        return True
    if not z.imag.is_zero() or (variable.sort == "integer" and not (z.real.is_exact() and z.real.is_integer())):
        return False
    for bound, sign in ((variable.lower, 1), (variable.upper, -1)):
        if bound is None:
            continue
        gap = (z.real - value(bound.value, {}).real) * sign
        if not (gap > 0 or (not bound.strict and gap.is_zero())):
            return False
    return True


def _inside(variable: Variable, q: Fraction) -> bool:
    """The same for a rational number; exactly where the ends are rational."""
    if variable.sort == "complex":
        return True
    if variable.sort == "integer" and q.denominator != 1:
        return False
    for bound, side in ((variable.lower, 1), (variable.upper, -1)):
        if bound is None:
            continue
        if bound.value.head != "num":
            return _in_range(variable, ball(q))
        end = bound.value.value
        gap = side * (q.numerator * end.denominator - end.numerator * q.denominator)
        if gap < 0 or (bound.strict and not gap):
            return False
    return True


@lru_cache(maxsize=256)
def _simple_values(sort: Sort, lower: Bound | None, upper: Bound | None) -> tuple[Form, ...]:
    """Small integers and halves in a range, the simplest first; never empty."""
    variable = Variable("", sort, lower, upper)
    values = [q for q in SIMPLE if _inside(variable, q)]
    low, high = _number(lower), _number(upper)
    if len(values) < 4:
        if low is not None and high is not None:
            values += [(low + (high - low) * Fraction(k, 6)).limit_denominator(60) for k in (3, 2, 4, 1, 5)]
        elif low is not None:
            values += [Fraction(floor(low) + k) for k in (1, 2, 3, 5)]
        elif high is not None:
            values += [Fraction(ceil(high) - k) for k in (1, 2, 3, 5)]
    return tuple(num(q) for q in dict.fromkeys(values) if _inside(variable, q)) or (num(1),)


def _number(bound: Bound | None) -> Fraction | None:
    """A rational number near an end of a range."""
    if bound is None:
        return None
    if bound.value.head == "num":
        return bound.value.value
    try:
        return Fraction(float(value(bound.value, {}).real.mid())).limit_denominator(10**9)
    except (Undefined, Unknown, OverflowError, ValueError):
        return None


def _beyond(end: Fraction, step: Fraction) -> Fraction:
    return end.limit_denominator(10**4) + step if end else step


def _around(rng: random.Random, spread: Fraction, denominator: int) -> Fraction:
    n, m = spread.numerator, 1000 * spread.denominator
    return Fraction(rng.randint(-1000, 1000) * n * denominator + m, m * denominator)


def _linear_root(equation: Form, name: str, point: Point) -> Form | None:
    """The rational value of the variable that satisfies the equation, where it occurs linearly."""
    left, right = equation.args
    others = {other: exact for other, exact in point.items() if other != name}
    gap = substitute(add(left, mul(num(-1), right)), others)
    at = [substitute(gap, {name: num(k)}) for k in (0, 1, 2)]
    if any(form.head != "num" for form in at):
        return None
    g0, g1, g2 = (form.value for form in at)
    if g2 - 2 * g1 + g0 != 0 or g1 == g0:
        return None
    return num(-g0 / (g1 - g0))


def numbers_in(*forms: Form) -> set[Fraction]:
    """The rational numbers of moderate size that occur in the forms."""
    return {part.value for form in forms for part in subforms(form) if part.head == "num" and abs(part.value) < 10**7}
