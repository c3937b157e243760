"""Whether an equation may follow from others: a quick sieve in floating point before anything is asked to be proved."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from derive.meaning.form import Form, free_variables

__all__ = ["may_follow"]

STARTS = ((0.37, 0.61), (1.13, 0.29 + 0.07j))
"""First values of letters, and how far they lie from one another."""

STEPS = 40
STEPS_TOGETHER = 12
CLOSE = 1e-9
APART = 1e-6
NUDGE = 1e-6

_FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "exp": cmath.exp, "log": cmath.log, "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "sinh": cmath.sinh,
    "cosh": cmath.cosh, "tanh": cmath.tanh, "atan": cmath.atan, "asin": cmath.asin, "acos": cmath.acos,
    "asinh": cmath.asinh, "acosh": cmath.acosh, "atanh": cmath.atanh, "re": lambda z: complex(z.real),
    "im": lambda z: complex(z.imag), "conjugate": lambda z: z.conjugate(), "Abs": lambda z: complex(abs(z)),
}  # fmt: skip
_CONSTANTS = {"pi": complex(cmath.pi), "E": complex(cmath.e), "I": 1j}


class _NoValue(Exception):
    """The form has no value that is known here."""


def may_follow(premises: Sequence[Form], goal: Form) -> bool:
    """Whether the goal holds, as far as can be seen, at a point at which all premises do.

    Each premise is solved for a letter that no premise before it has, or all of them together, by Newton's method.
    Where that fails nothing is seen, and the answer is no; where something has no value here, it is yes.
    """
    return any(_survives(premises, goal, start, step) for start, step in STARTS)


def _survives(premises: Sequence[Form], goal: Form, start: float, step: complex) -> bool:
    names = sorted(free_variables(goal).union(*map(free_variables, premises)))
    point = {name: complex(start + step * (place * place + 1) ** 0.5) for place, name in zip(count(1), names)}
    try:
        if not (_solved_in_turn(premises, point) or _solved_together(premises, point)):
            return False
        left, right = (_value(side, point) for side in goal.parts)
    except _NoValue:
        return True
    except (ArithmeticError, ValueError):
        return False
    return abs(left - right) <= APART * (1 + abs(left) + abs(right))


def _solved_in_turn(premises: Sequence[Form], point: dict[str, complex]) -> bool:
    fixed: frozenset[str] = frozenset()
    for premise in premises:
        letters = sorted(free_variables(premise) - fixed)
        if not (any(_solve(premise, name, point) for name in letters) or _holds(premise, point)):
            return False
        fixed |= free_variables(premise)
    return True


def _solve(premise: Form, name: str, point: dict[str, complex]) -> bool:
    """Whether the letter can be changed so that the premise holds."""
    kept = point[name]
    for _ in range(STEPS):
        here, scale = _residual(premise, point)
        if abs(here) <= CLOSE * scale:
            return True
        point[name] += NUDGE
        slope = (_residual(premise, point)[0] - here) / NUDGE
        point[name] -= NUDGE
        if slope == 0:
            break
        point[name] -= here / slope
    point[name] = kept
    return False


def _holds(premise: Form, point: Mapping[str, complex]) -> bool:
    residual, scale = _residual(premise, point)
    return abs(residual) <= CLOSE * scale


def _solved_together(premises: Sequence[Form], point: dict[str, complex]) -> bool:
    """Whether all letters can be changed a little so that all premises hold: the shortest of Newton's steps."""
    names = sorted(frozenset[str]().union(*map(free_variables, premises)))
    for _ in range(STEPS_TOGETHER):
        here = [_residual(premise, point)[0] for premise in premises]
        if all(_holds(premise, point) for premise in premises):
            return True
        slopes: list[list[complex]] = [[] for _ in premises]
        for name in names:
            point[name] += NUDGE
            for row, premise, before in zip(slopes, premises, here, strict=True):
                row.append((_residual(premise, point)[0] - before) / NUDGE if name in free_variables(premise) else 0j)
            point[name] -= NUDGE
        square = [[sum((a * b.conjugate() for a, b in zip(r, q, strict=True)), 0j) for q in slopes] for r in slopes]
        weights = _linear(square, here)
        if weights is None:
            return False
        for place, name in enumerate(names):
            point[name] -= sum((w * row[place].conjugate() for w, row in zip(weights, slopes, strict=True)), 0j)
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


def _residual(premise: Form, point: Mapping[str, complex]) -> tuple[complex, float]:
    left, right = (_value(side, point) for side in premise.parts)
    return left - right, 1 + abs(left) + abs(right)


def _value(form: Form, point: Mapping[str, complex]) -> complex:
    head = form.head
    if head == "num":
        return complex(float(form.value))
    if head == "var":
        return point[form.name]
    if head == "const" and form.name in _CONSTANTS:
        return _CONSTANTS[form.name]
    if head == "add":
        return sum((_value(part, point) for part in form.parts), 0j)
    if head == "mul":
        product = 1 + 0j
        for part in form.parts:
            product *= _value(part, point)
        return product
    if head == "pow":
        base, exponent = form.parts
        return _value(base, point) ** _value(exponent, point)
    if head in _FUNCTIONS and len(form.args) == 1:
        return _FUNCTIONS[head](_value(form.args[0], point))
    raise _NoValue
