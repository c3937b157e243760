"""Exact combinations with coefficients >= 0: a polynomial as a sum of multiples of given ones (simplex method)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from derive.verify.deadline import NEVER, Deadline

__all__ = ["combination"]

Vector = Mapping[Any, Any]
MOST_PIVOTS = 120


def combination(
    target: Vector, columns: Sequence[Vector], preferred: Sequence[bool] = (), deadline: Deadline = NEVER
) -> list[Fraction] | None:
    """Coefficients >= 0 with target = sum of coefficient * column, or None.

    Where `preferred` marks columns, a solution in which one of those has a positive coefficient is looked for.
    Bland's rule on a dense tableau of exact rationals: phase one finds a solution, phase two increases the sum
    of the preferred coefficients once.
    """
    keys = sorted(set(target).union(*columns), key=repr)
    tableau = [[Fraction(column.get(key, 0)) for column in columns] + [Fraction(target.get(key, 0))] for key in keys]
    for row in tableau:
        if row[-1] < 0:
            row[:] = [-entry for entry in row]
    count = len(columns)
    basis: list[int] = [count + i for i in range(len(tableau))]  # artificial columns, kept implicit
    cost = [sum((row[j] for row in tableau), Fraction(0)) for j in range(count + 1)]
    if not _optimise(tableau, basis, cost, count, deadline) or cost[-1] != 0:
        return None
    if any(preferred) and not _uses(tableau, basis, preferred):
        gain = [Fraction(int(bool(p))) for p in preferred] + [Fraction(0)]
        for row, b in zip(tableau, basis, strict=True):
            if b < count and gain[b]:
                factor = gain[b]
                gain = [g - factor * entry for g, entry in zip(gain, row, strict=True)]
        _optimise(tableau, basis, gain, count, deadline, phase_two=True, stop=preferred)
    solution = [Fraction(0)] * count
    for row, b in zip(tableau, basis, strict=True):
        if b < count:
            solution[b] = row[-1]
    return solution


def _uses(tableau: list[list[Fraction]], basis: list[int], preferred: Sequence[bool]) -> bool:
    return any(b < len(preferred) and preferred[b] and row[-1] > 0 for row, b in zip(tableau, basis, strict=True))


def _optimise(
    tableau: list[list[Fraction]],
    basis: list[int],
    cost: list[Fraction],
    count: int,
    deadline: Deadline,
    *,
    phase_two: bool = False,
    stop: Sequence[bool] = (),
) -> bool:
    for _ in range(MOST_PIVOTS):
        deadline.check()
        if not phase_two and cost[-1] == 0:
            return True
        entering = next((j for j in range(count) if cost[j] > 0), None)
        if entering is None or (phase_two and _uses(tableau, basis, stop)):
            return True
        best: tuple[Fraction, int, int] | None = None
        for i, row in enumerate(tableau):
            if row[entering] > 0 or (basis[i] >= count and phase_two and row[entering] != 0):
                key = (row[-1] / row[entering] if row[entering] > 0 else Fraction(0), basis[i], i)
                best = key if best is None or key < best else best
        if best is None:
            return phase_two
        _pivot(tableau, cost, best[2], entering)
        basis[best[2]] = entering
    return False


def _pivot(tableau: list[list[Fraction]], cost: list[Fraction], i: int, j: int) -> None:
    pivot = tableau[i][j]
    row = tableau[i] = [entry / pivot for entry in tableau[i]]
    for k, other in enumerate(tableau):
        if k != i and other[j]:
            factor = other[j]
            tableau[k] = [a - factor * b if b else a for a, b in zip(other, row, strict=True)]
    if cost[j]:
        factor = cost[j]
        cost[:] = [a - factor * b if b else a for a, b in zip(cost, row, strict=True)]
