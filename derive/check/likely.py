"""Whether an equation may follow from others: a quick sieve in floating point before anything is asked to be proved."""

from __future__ import annotations

import cmath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from derive.check.floats import Value, value_of
from derive.meaning.form import Form, free_variables

__all__ = ["enough"]

STARTS = ((0.37, 0.61), (1.13, 0.29 + 0.07j))
"""First values of letters, and how far they lie from one another."""

STEPS = 40
STEPS_TOGETHER = 12
CLOSE = 1e-9
APART = 1e-6
NUDGE = 1e-6

_FAILURES = (ArithmeticError, ValueError, RecursionError)


def enough(premises: Sequence[Form], goal: Form, counts: Sequence[int]) -> Iterator[int]:
    """How many of the premises, of the numbers in question, seem to be enough for the goal.

    Enough are those for which the goal holds, as far as can be seen, at a point at which all of them do.  Each premise
    is solved for a letter that no premise before it has, or all of them together, by Newton's method.  A premise that
    has no value here, say one about matrices, is left out; of such a goal nothing can be seen, so it may follow.
    """
    equations = [_equation(premise) for premise in premises]
    wanted = _equation(goal)
    if wanted is None:
        yield from counts
        return
    names = sorted(free_variables(goal).union(*map(free_variables, premises)))
    points = [_Point.of(names, start, step) for start, step in STARTS]
    for count in counts:
        given = [equation for equation in equations[:count] if equation is not None]
        if any(point.meets(given) and point.sees(wanted) for point in points):
            yield count


@dataclass(frozen=True, slots=True)
class _Equation:
    """Two sides as functions of a point, and the letters in them."""

    left: Value
    right: Value
    names: tuple[str, ...]

    def residual(self, at: dict[str, complex]) -> tuple[complex, float]:
        left, right = self.left(at), self.right(at)
        return left - right, 1 + abs(left) + abs(right)

    def holds(self, at: dict[str, complex]) -> bool:
        residual, scale = self.residual(at)
        return abs(residual) <= CLOSE * scale


@lru_cache(maxsize=512)
def _equation(form: Form) -> _Equation | None:
    left, right = map(value_of, form.parts)
    return None if left is None or right is None else _Equation(left, right, tuple(sorted(free_variables(form))))


@dataclass(slots=True)
class _Point:
    """Values of letters, changed until one equation after the other holds."""

    at: dict[str, complex]
    met: int = 0
    fixed: set[str] = field(default_factory=set)
    in_turn: bool = True

    @classmethod
    def of(cls, names: Sequence[str], start: float, step: complex) -> _Point:
        return cls({name: complex(start + step * (place * place + 1) ** 0.5) for place, name in enumerate(names, 1)})

    def meets(self, given: Sequence[_Equation]) -> bool:
        """Whether the letters could be given values at which the equations hold; more of them each time."""
        try:
            while self.in_turn and self.met < len(given):
                self.in_turn = self._next(given[self.met])
            return self.in_turn or _solved_together(given, self.at)
        except _FAILURES:
            return False

    def _next(self, equation: _Equation) -> bool:
        letters = [name for name in equation.names if name not in self.fixed]
        if not (any(_solved(equation, name, self.at) for name in letters) or equation.holds(self.at)):
            return False
        self.fixed.update(equation.names)
        self.met += 1
        return True

    def sees(self, goal: _Equation) -> bool:
        try:
            residual, scale = goal.residual(self.at)
        except _FAILURES:
            return False
        return abs(residual) <= APART * scale


def _solved(equation: _Equation, name: str, at: dict[str, complex]) -> bool:
    """Whether the letter can be changed so that the equation holds."""
    kept = at[name]
    for _ in range(STEPS):
        here, scale = equation.residual(at)
        if abs(here) <= CLOSE * scale:
            return True
        at[name] += NUDGE
        slope = (equation.residual(at)[0] - here) / NUDGE
        at[name] -= NUDGE
        if slope == 0 or cmath.isnan(slope):
            break
        at[name] -= here / slope
    at[name] = kept
    return False


def _solved_together(given: Sequence[_Equation], at: dict[str, complex]) -> bool:
    """Whether all letters can be changed a little so that all equations hold: the shortest of Newton's steps."""
    names = sorted({name for equation in given for name in equation.names})
    for _ in range(STEPS_TOGETHER):
        if all(equation.holds(at) for equation in given):
            return True
        here = [equation.residual(at)[0] for equation in given]
        slopes: list[list[complex]] = [[] for _ in given]
        for name in names:
            at[name] += NUDGE
            for row, equation, before in zip(slopes, given, here, strict=True):
                row.append((equation.residual(at)[0] - before) / NUDGE if name in equation.names else 0j)
            at[name] -= NUDGE
        square = [[sum((a * b.conjugate() for a, b in zip(r, q, strict=True)), 0j) for q in slopes] for r in slopes]
        weights = _linear(square, here)
        if weights is None:
            return False
        for place, name in enumerate(names):
            at[name] -= sum((w * row[place].conjugate() for w, row in zip(weights, slopes, strict=True)), 0j)
    return False


def _linear(matrix: list[list[complex]], right: list[complex]) -> list[complex] | None:
    """The solution of a small linear system, by elimination; None where there is none to be seen."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for place in range(len(rows)):
        pivot = max(range(place, len(rows)), key=lambda i: abs(rows[i][place]))
        if abs(rows[pivot][place]) < CLOSE:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        for other in range(len(rows)):
            factor = rows[other][place] / rows[place][place] if other != place else 0
            if factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return [row[-1] / row[place] for place, row in enumerate(rows)]
