"""What the context says of declared matrices: symmetric, with orthonormal columns, invertible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derive.meaning.form import Form, subforms

__all__ = ["Properties", "properties_of"]


@dataclass(frozen=True, slots=True)
class Properties:
    """The `array` forms that have each property; `isometric` are those with Q^T Q = I, `rest` what else is given."""

    symmetric: frozenset[Form] = frozenset()
    isometric: frozenset[Form] = frozenset()
    rest: tuple[Form, ...] = ()

    def orthogonal(self, array: Form) -> bool:
        """Q^T Q = I and square, so that Q^T is the inverse."""
        return array in self.isometric and array.args[1] == array.args[2]


def properties_of(constraints: Iterable[Form]) -> Properties:
    """The properties among the constraints: `A^T = A`, `Q^T Q = I`; for square Q also `Q Q^T = I`, `Q^{-1} = Q^T`."""
    symmetric: set[Form] = set()
    isometric: set[Form] = set()
    rest: list[Form] = []
    for constraint in constraints:
        sides = constraint.args if constraint.head == "eq" else ()
        for left, right in (sides, sides[::-1]) if sides else ():
            if left.head == "transpose" and left.args[0] == right and right.head == "array":
                symmetric.add(right)
                break
            array = _isometric(left, right)
            if array is not None:
                isometric.add(array)
                break
        else:
            rest.append(constraint)
    return Properties(frozenset(symmetric), frozenset(isometric), tuple(rest))


def _isometric(left: Form, right: Form) -> Form | None:
    arrays = {part for part in subforms(left) if part.head == "array"}
    if len(arrays) != 1:
        return None
    array = next(iter(arrays))
    turned, square = Form("transpose", (array,)), array.args[1] == array.args[2]
    if right.head == "identity":
        if left == Form("mul", (turned, array)):
            return array
        return array if square and left == Form("mul", (array, turned)) else None
    inverse = Form("pow", (array, Form("num", (-1,))))
    return array if square and {left, right} == {inverse, turned} else None
