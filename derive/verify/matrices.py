"""Matrix expressions with entries: carried out to one matrix of forms, and compared entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, add, free_variables, mul, num, power, substitute
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.lower import compare
from derive.verify.problem import heads_of
from derive.verify.regular import unmet
from derive.verify.signs import Signs

__all__ = ["UNARY", "Matrix", "ShapeError", "identity", "matrices", "multiplied", "raised", "summed", "worked_out"]

Matrix = tuple[tuple[Form, ...], ...]
BY = "matrices"
OF_MATRICES = frozenset({"matrix", "det", "trace"})
LARGEST = 6
LARGEST_POWER = 12
TRIED = 3


class ShapeError(Exception):
    """The shapes do not fit, or the expression is not one of matrices with entries."""


def matrices(claim: Claim, deadline: Deadline = NEVER, seed: int = 0) -> Verdict:
    """The verdict on an equality of matrix expressions (or of numbers made from them).

    Two matrices are equal when they have one shape and equal entries; each entry is decided by the lower rungs.
    """
    if claim.kind != "matrix" and not heads_of(claim.left, claim.right) & OF_MATRICES:
        return Verdict("undecided", BY)
    try:
        left, right = worked_out(claim.left), worked_out(claim.right)
    except ShapeError:
        return _power_by_induction(claim, deadline, seed)
    if isinstance(left, Form) or isinstance(right, Form):
        if not (isinstance(left, Form) and isinstance(right, Form)):
            return Verdict("undecided", BY, note="a matrix is compared with a number")
        left, right = ((left,),), ((right,),)
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        return Verdict("undecided", BY, note="the matrices have different shapes")
    conditions: list[Form] = []
    open_ = False
    for i, (row, other) in enumerate(zip(left, right, strict=True)):
        for j, (a, b) in enumerate(zip(row, other, strict=True)):
            verdict = compare(Claim("identity", a, b, claim.context), deadline, seed)
            if verdict.status == "refuted":
                return Verdict(
                    "refuted",
                    BY,
                    "exact",
                    counterexample=verdict.counterexample,
                    note=f"entry {i + 1}, {j + 1} differs",
                )
            open_ = open_ or verdict.status not in ("proved", "conditional")
            conditions += [c for c in verdict.conditions if c not in conditions]
    if open_:
        return Verdict("undecided", BY)
    return Verdict("conditional" if conditions else "proved", BY, "exact", conditions=tuple(conditions))


def _power_by_induction(claim: Claim, deadline: Deadline, seed: int) -> Verdict:
    """A**n = B(n) for integers n >= a >= 0: A**a = B(a), and B(n) A = B(n + 1), defined wherever n >= a.

    Refuted at one of the first values of n.
    """
    for power_, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if (
            power_.head != "pow"
            or power_.args[1].head != "var"
            or power_.args[1].name in free_variables(power_.args[0])
        ):
            continue
        base, index = power_.args
        known = claim.context.variable(index.name)
        first = known.lower
        if known.sort != "integer" or known.upper is not None or first is None or first.value.head != "num":
            continue
        start = first.value.value
        if (
            start < 0
            or start > LARGEST_POWER
            or any(index.name in free_variables(c) for c in claim.context.constraints)
        ):
            continue
        start = Fraction(int(start) + 1 if first.strict or start.denominator > 1 else int(start))
        begins = Claim("matrix", power(base, num(start)), substitute(other, {index.name: num(start)}), claim.context)
        following = substitute(other, {index.name: add(index, ONE)})
        goes_on = Claim("matrix", mul(other, base), following, claim.context)
        if all(_surely(step, deadline, seed) for step in (begins, goes_on)):
            return Verdict("proved", BY, "exact")
        for n in range(int(start), int(start) + TRIED):
            at = substitute(other, {index.name: num(n)})
            found = matrices(Claim("matrix", power(base, num(n)), at, claim.context), deadline, seed)
            if found.status == "refuted" and found.counterexample is not None:
                point = ((index.name, num(n)), *(p for p in found.counterexample.point if p[0] != index.name))
                return replace(found, counterexample=replace(found.counterexample, point=tuple(sorted(point))))
    return Verdict("undecided", BY)


def _surely(claim: Claim, deadline: Deadline, seed: int) -> bool:
    """Equal entry by entry, and all entries defined, since a matrix with an undefined entry is none."""
    if matrices(claim, deadline, seed).status != "proved":
        return False
    signs = Signs(claim.context, deadline)
    grids = [worked_out(side) for side in (claim.left, claim.right)]
    return all(not unmet(e, signs) for g in grids if not isinstance(g, Form) for row in g for e in row)


def worked_out(form: Form) -> Matrix | Form:
    """The expression as one matrix, or as a form if it is a number.  Raises ShapeError."""
    head, args = form.head, form.args
    if head == "matrix":
        rows = tuple(tuple(row.args) for row in args)
        if not rows or len({len(row) for row in rows}) != 1 or max(len(rows), len(rows[0])) > LARGEST:
            raise ShapeError("rows of different length, or too many")
        return rows
    if head == "add":
        return summed([worked_out(a) for a in args])
    if head == "mul":
        return multiplied([worked_out(a) for a in args])
    if head == "opaque" and args[0] == "hadamard":
        return entrywise(*(worked_out(a) for a in args[1:]))
    if head == "pow":
        return raised(worked_out(args[0]), args[0], args[1])
    if head in UNARY and len(args) == 1:
        inner = worked_out(args[0])
        if isinstance(inner, Form):
            raise ShapeError(f"{head} of a number")
        return UNARY[head](inner)
    return form


def summed(parts: list[Matrix | Form]) -> Matrix | Form:
    """The sum of matrices, or of numbers.  Raises ShapeError."""
    grids = [p for p in parts if not isinstance(p, Form)]
    numbers = [p for p in parts if isinstance(p, Form)]
    if not grids:
        return add(*numbers)
    if numbers or len({(len(g), len(g[0])) for g in grids}) != 1:
        raise ShapeError("sum of different shapes")
    total: Matrix = tuple(
        tuple(add(*(grid[i][j] for grid in grids)) for j in range(len(grids[0][0]))) for i in range(len(grids[0]))
    )
    return total


def multiplied(parts: list[Matrix | Form]) -> Matrix | Form:
    """The product in that order; numbers commute.  Raises ShapeError."""
    scale = mul(ONE, *(p for p in parts if isinstance(p, Form)))
    grids = [p for p in parts if not isinstance(p, Form)]
    if not grids:
        return scale
    result = grids[0]
    for grid in grids[1:]:
        result = _times(result, grid)
    return tuple(tuple(mul(scale, entry) for entry in row) for row in result)


def entrywise(a: Matrix | Form, b: Matrix | Form) -> Matrix:
    """The product of each entry with its like.  Raises ShapeError."""
    if isinstance(a, Form) or isinstance(b, Form) or (len(a), len(a[0])) != (len(b), len(b[0])):
        raise ShapeError("a product entry by entry of different shapes")
    return tuple(tuple(map(mul, row, other)) for row, other in zip(a, b, strict=True))


def _times(a: Matrix, b: Matrix) -> Matrix:
    if len(a[0]) != len(b):
        raise ShapeError("product of shapes that do not fit")
    columns = list(zip(*b, strict=True))
    return tuple(tuple(add(ZERO, *map(mul, row, column)) for column in columns) for row in a)


def raised(base: Matrix | Form, form: Form, exponent: Form) -> Matrix | Form:
    """The power of a square matrix, or of the number that `form` is.  Raises ShapeError."""
    if isinstance(base, Form):
        return power(form, exponent)
    if exponent.head != "num" or exponent.value.denominator != 1 or len(base) != len(base[0]):
        raise ShapeError("power of a matrix")
    n = int(exponent.value)
    if abs(n) > LARGEST_POWER:
        raise ShapeError("large power")
    factor = inverse(base) if n < 0 else base
    result = identity(len(base))
    for _ in range(abs(n)):
        result = _times(result, factor)
    return result


def identity(size: int) -> Matrix:
    return tuple(tuple(ONE if i == j else ZERO for j in range(size)) for i in range(size))


def transpose(a: Matrix) -> Matrix:
    return tuple(zip(*a, strict=True))


def trace(a: Matrix) -> Form:
    _square(a)
    return add(*(a[i][i] for i in range(len(a))))


def determinant(a: Matrix) -> Form:
    """By Laplace's expansion along the first row."""
    _square(a)
    if len(a) == 1:
        return a[0][0]
    return add(*(mul(num((-1) ** j), a[0][j], determinant(_minor(a, 0, j))) for j in range(len(a))))


def inverse(a: Matrix) -> Matrix:
    """The adjugate over the determinant; defined where that is not 0."""
    below = power(determinant(a), MINUS_ONE)
    if len(a) == 1:
        return ((below,),)
    size = range(len(a))
    return tuple(tuple(mul(num((-1) ** (i + j)), determinant(_minor(a, j, i)), below) for j in size) for i in size)


def _minor(a: Matrix, i: int, j: int) -> Matrix:
    return tuple(row[:j] + row[j + 1 :] for k, row in enumerate(a) if k != i)


def _square(a: Matrix) -> None:
    if len(a) != len(a[0]):
        raise ShapeError("not a square matrix")


UNARY: dict[str, Callable[[Matrix], Matrix | Form]] = {
    "transpose": transpose,
    "det": determinant,
    "trace": trace,
    "inverse": inverse,
}
