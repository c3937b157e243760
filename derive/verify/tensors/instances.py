"""Instances: small dimensions and exact rational entries, at which both sides are worked out and compared."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.meaning.form import Form, free_variables, num, subforms
from derive.model.context import Context, Variable
from derive.verify.tensors.definitions import index_ranges
from derive.verify.tensors.properties import Properties, properties_of

__all__ = ["Instance", "instances"]

SIZES = ((2, 3, 2, 3), (3, 2, 3, 2), (2, 2, 2, 2))
TURNS = 2
LARGEST_SIZE = 4

Entries = tuple[tuple[Form, ...], ...]
LEGS = (Fraction(3, 5), Fraction(4, 5))


@dataclass(frozen=True, slots=True)
class Instance:
    """Numbers for dimensions, indices and other letters, and entries for the arrays."""

    numbers: Mapping[str, Fraction]
    entries: Mapping[str, Entries]

    def size(self, dimension: Form) -> int:
        return int(dimension.value if dimension.head == "num" else self.numbers[dimension.name])


def instances(context: Context, left: Form, right: Form, rng: random.Random) -> Iterator[Instance]:
    """Instances in which dimensions, ranges of letters and the properties of matrices are as the context says.

    Other constraints are for the caller to check.  Raises Unclear.
    """
    forms = (left, right, *context.constraints)
    arrays = {part for form in forms for part in subforms(form) if part.head == "array"}
    properties = properties_of(context.constraints)
    indices = index_ranges(left, right)
    sizes = sorted(
        frozenset().union(
            *(free_variables(a) for a in arrays),
            *(free_variables(size) for size in indices.values()),
            *(free_variables(p) for form in forms for p in subforms(form) if p.head == "identity"),
        )
    )
    others = sorted(frozenset().union(*map(free_variables, forms)) - set(sizes) - set(indices))
    for values in SIZES:
        chosen = {name: Fraction(values[place % len(values)]) for place, name in enumerate(sizes)}
        if not all(_within(context.variable(name), value) for name, value in chosen.items()):
            continue
        for turn in range(TURNS):
            numbers = dict(chosen)
            for place, (name, size) in enumerate(sorted(indices.items())):
                top = int(size.value if size.head == "num" else numbers.get(getattr(size, "name", ""), 1))
                numbers[name] = Fraction(1 + (place * turn) % max(top, 1))
            drawn = {name: _number(context.variable(name), rng) for name in others}
            if any(value is None for value in drawn.values()):
                return
            numbers |= {name: value for name, value in drawn.items() if value is not None}
            instance = Instance(numbers, {})
            entries = {
                a.name: _entries(a, instance, properties, rng, turned=turn > 0) for a in sorted(arrays, key=repr)
            }
            if all(grid is not None for grid in entries.values()):
                yield Instance(numbers, {name: grid for name, grid in entries.items() if grid is not None})


def _within(variable: Variable, value: Fraction) -> bool:
    for bound, sign in ((variable.lower, 1), (variable.upper, -1)):
        if bound is None:
            continue
        if bound.value.head != "num":
            return False
        gap = sign * (value - bound.value.value)
        if gap < 0 or (gap == 0 and bound.strict):
            return False
    return True


def _number(variable: Variable, rng: random.Random) -> Fraction | None:
    """A rational number in the variable's range, None where none is found."""
    for _ in range(60):
        whole = variable.sort == "integer"
        value = Fraction(rng.randint(-4, 5)) if whole else Fraction(rng.randint(-40, 50), rng.choice((3, 7, 11)))
        if _within(variable, value):
            return value
        if _within(variable, value / 64):
            return value / 64 if not whole else None
    return None


def _entries(
    array: Form, instance: Instance, properties: Properties, rng: random.Random, *, turned: bool
) -> Entries | None:
    rows, columns = (instance.size(size) for size in array.args[1:])
    if max(rows, columns) > LARGEST_SIZE:
        return None
    if array in properties.isometric:
        return _isometric(rows, columns, reflected=turned or array in properties.symmetric)
    grid = [[Fraction(rng.randint(-5, 6), rng.choice((1, 1, 2))) for _ in range(columns)] for _ in range(rows)]
    if array in properties.symmetric:
        grid = [[grid[i][j] + grid[j][i] for j in range(columns)] for i in range(rows)]
    return tuple(tuple(map(num, row)) for row in grid)


def _isometric(rows: int, columns: int, *, reflected: bool) -> Entries | None:
    """Orthonormal columns: a rotation (or a reflection) of the first two axes, the other axes as they are."""
    if rows < columns or rows < 2:
        return None
    c, s = LEGS
    turn = [[c, s], [s, -c]] if reflected else [[c, -s], [s, c]]
    whole = [[turn[i][j] if max(i, j) < 2 else Fraction(int(i == j)) for j in range(columns)] for i in range(rows)]
    return tuple(tuple(map(num, row)) for row in whole)
