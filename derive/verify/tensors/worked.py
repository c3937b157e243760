"""An expression worked out at an instance: a matrix of numbers, by the definitions of sum, product and derivative."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import HALF, ONE, TWO, ZERO, Form, add, num, power, rebuild, substitute, var
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.matrices import UNARY, Matrix, identity, multiplied, raised, summed
from derive.verify.tensors.instances import Instance
from derive.verify.tensors.shapes import Shape, Unclear, grouping

__all__ = ["worked_out"]

LARGEST_SUM = 8


def worked_out(form: Form, instance: Instance) -> Matrix | Form:
    """The value as a matrix of closed forms, or as one closed form.  Raises Unclear, ShapeError."""
    head, args = form.head, form.args
    if head == "array":
        return _flat(instance.entries[form.name])
    if head == "identity":
        return _flat(identity(instance.size(args[0])))
    if head == "var":
        return num(instance.numbers[form.name]) if form.name in instance.numbers else form
    if head == "add":
        return summed([worked_out(a, instance) for a in args])
    if head == "mul":
        return _product([worked_out(a, instance) for a in args])
    if head == "pow":
        base, exponent = (worked_out(a, instance) for a in args)
        if not isinstance(exponent, Form):
            raise Unclear("a matrix as exponent")
        return raised(base, base, exponent) if isinstance(base, Form) else raised(base, ONE, exponent)
    if head == "norm":
        inner = worked_out(args[0], instance)
        rows = ((inner,),) if isinstance(inner, Form) else inner
        return power(add(*(power(entry, TWO) for row in rows for entry in row)), HALF)
    if head in UNARY:
        inner = worked_out(args[0], instance)
        if isinstance(inner, Form):
            return inner
        return _flat(UNARY[head](inner))
    if head == "index":
        return _entry(form, instance)
    if head == "delta":
        one, other = (worked_out(a, instance) for a in args)
        return ONE if one == other else ZERO
    if head in ("sum", "prod"):
        return _iterated(form, instance)
    if head == "gradient":
        return _gradient(form, instance)
    if head in ("int", "limit", "diff", "subs", "cases", "call", "opaque"):
        raise Unclear(f"{head} is not worked out")
    parts = [worked_out(a, instance) if isinstance(a, Form) else a for a in args]
    if any(isinstance(part, tuple) for part in parts):
        raise Unclear(f"{head} of a matrix")
    return rebuild(head, parts)


def _flat(value: Matrix | Form) -> Matrix | Form:
    """A matrix of one entry is that number."""
    return value if isinstance(value, Form) or len(value) * len(value[0]) > 1 else value[0][0]


def _product(values: list[Matrix | Form]) -> Matrix | Form:
    """Bracketed as the shapes ask: `A (x^T y)` is written without brackets."""
    grids = [value for value in values if not isinstance(value, Form)]
    scale = [value for value in values if isinstance(value, Form)]
    if not grids:
        return multiplied(list(values))
    brackets = grouping([Shape(num(len(grid)), num(len(grid[0]))) for grid in grids])[1]
    return multiplied([*scale, _grouped(grids, brackets)])


def _grouped(grids: list[Matrix], brackets: object) -> Matrix | Form:
    if isinstance(brackets, int):
        return grids[brackets]
    assert isinstance(brackets, tuple)
    return _flat(multiplied([_grouped(grids, part) for part in brackets]))


def _entry(form: Form, instance: Instance) -> Form:
    array, *indices = form.args
    grid = instance.entries[array.name]
    places = []
    for index in indices:
        place = worked_out(index, instance)
        if not isinstance(place, Form) or place.head != "num" or place.value.denominator != 1:
            raise Unclear("an index that is no number")
        places.append(int(place.value) - 1)
    row, column = places if len(places) == 2 else (places[0], 0)
    if not (0 <= row < len(grid) and 0 <= column < len(grid[0])):
        raise Unclear("an index out of range")
    return grid[row][column]


def _iterated(form: Form, instance: Instance) -> Matrix | Form:
    body, bound, *ends = form.args
    low, high = (worked_out(end, instance) for end in ends)
    if not all(isinstance(e, Form) and e.head == "num" and e.value.denominator == 1 for e in (low, high)):
        raise Unclear("a sum whose bounds are no numbers")
    first, last = int(low.value), int(high.value)  # type: ignore[union-attr]
    if last - first >= LARGEST_SUM:
        raise Unclear("a long sum")
    parts = [
        worked_out(body, replace(instance, numbers={**instance.numbers, bound.name: num(k).value}))
        for k in range(first, last + 1)
    ]
    if form.head == "prod":
        return multiplied([ONE, *parts])
    return summed([ZERO, *parts]) if all(isinstance(p, Form) for p in parts) else summed(parts)


def _gradient(form: Form, instance: Instance) -> Matrix | Form:
    """Each entry made a letter, the number differentiated by it, and the entry put back."""
    body, by = form.args
    array = by.args[0] if by.head == "index" else by
    grid = instance.entries[array.name]
    letters = tuple(tuple(var(f"{array.name}__{i}_{j}_") for j in range(len(grid[0]))) for i in range(len(grid)))
    values = {
        letter.name: entry
        for row, entries in zip(letters, grid, strict=True)
        for letter, entry in zip(row, entries, strict=True)
    }
    open_ = replace(instance, entries={**instance.entries, array.name: letters})
    number = worked_out(body, open_)
    if not isinstance(number, Form):
        raise Unclear("a gradient of a matrix")
    try:
        if by.head == "index":
            return substitute(derivative(number, _entry(by, open_).name), values)
        slopes = tuple(tuple(substitute(derivative(number, x.name), values) for x in row) for row in letters)
    except NotDifferentiable as error:
        raise Unclear(str(error)) from None
    return _flat(slopes)
