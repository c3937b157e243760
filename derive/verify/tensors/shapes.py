"""Shapes of expressions in vectors and matrices: checked before anything else is asked of them."""

from __future__ import annotations

from typing import NamedTuple

from derive.meaning.form import ONE, Form, mul

__all__ = ["SCALAR", "Shape", "ShapeMismatch", "Unclear", "grouping", "shape_of", "sized"]

LONGEST_PRODUCT = 14


class ShapeMismatch(Exception):
    """The shapes do not fit together: the expression means nothing."""


class Unclear(Exception):
    """The expression may well mean something, but this method does not understand it."""


class Shape(NamedTuple):
    """Rows and columns; equal dimensions are equal forms, and two different letters may differ."""

    rows: Form
    columns: Form

    @property
    def square(self) -> bool:
        return self.rows == self.columns

    @property
    def turned(self) -> Shape:
        return Shape(self.columns, self.rows)

    def __str__(self) -> str:
        return f"{self.rows} x {self.columns}"


SCALAR = Shape(ONE, ONE)


def shape_of(form: Form) -> Shape | None:
    """The shape of the form; None for an identity matrix whose size only what is around it says.

    Raises ShapeMismatch, and Unclear for what is not understood.
    """
    head, args = form.head, form.args
    if head == "array":
        return Shape(args[1], args[2])
    if head == "identity":
        return Shape(args[0], args[0]) if args else None
    if head == "add":
        return _of_sum([shape_of(a) for a in args])
    if head == "mul":
        return _of_product([shape_of(a) for a in args])
    if head == "pow":
        return _of_power(shape_of(args[0]), args[1])
    if head == "transpose":
        inner = shape_of(args[0])
        return inner.turned if inner is not None else None
    if head in ("trace", "det"):
        _check_square(shape_of(args[0]), head)
        return SCALAR
    if head == "norm":
        inner = shape_of(args[0])
        if inner is None or ONE not in inner:
            raise Unclear("which norm of a matrix is meant is not said")
        return SCALAR
    if head == "gradient":
        if shape_of(args[0]) != SCALAR:
            raise ShapeMismatch("a gradient is that of a number")
        return shape_of(args[1])
    if head == "index":
        return SCALAR
    for part in form.parts:
        if shape_of(part) != SCALAR:
            raise ShapeMismatch(f"{head} of a vector or matrix")
    return SCALAR


def _of_sum(shapes: list[Shape | None]) -> Shape | None:
    known = {shape for shape in shapes if shape is not None}
    if len(known) > 1:
        raise ShapeMismatch("a sum of shapes " + " and ".join(sorted(map(str, known))))
    found = next(iter(known), None)
    if found is not None and None in shapes and not found.square:
        raise ShapeMismatch(f"the sum of an identity matrix and a matrix of shape {found}")
    return found


def _of_product(shapes: list[Shape | None]) -> Shape | None:
    matrices = [shape for shape in shapes if shape != SCALAR]
    if None in matrices and len(matrices) == 1:
        return None
    known = [shape for shape in matrices if shape is not None]
    if not known:
        return SCALAR if not matrices else None
    return grouping(known)[0]


def _of_power(base: Shape | None, exponent: Form) -> Shape | None:
    if shape_of(exponent) != SCALAR:
        raise ShapeMismatch("a matrix as exponent")
    if base == SCALAR or base is None:
        return base
    _check_square(base, "power")
    if exponent.head != "num" or exponent.value.denominator != 1:
        raise Unclear("a power of a matrix whose exponent is no whole number")
    return base


def _check_square(shape: Shape | None, what: str) -> None:
    if shape is None:
        raise Unclear("the size of the identity matrix is not said")
    if not shape.square:
        raise ShapeMismatch(f"{what} of a matrix of shape {shape}, which is not square")


Grouping = int | tuple["Grouping", "Grouping"]


def grouping(shapes: list[Shape]) -> tuple[Shape, Grouping]:
    """Shape and bracketing of a product of which no brackets are written, as nested pairs of places.

    Two neighbours fit when the inner dimensions agree or one is a number (`x^T y` times a matrix).  All bracketings
    that fit have the same value: matrix products are associative, and numbers commute with everything.
    """
    count = len(shapes)
    if count > LONGEST_PRODUCT:
        raise Unclear("a long product")
    table: dict[tuple[int, int], tuple[Shape, Grouping]] = {(i, i): (s, i) for i, s in enumerate(shapes)}
    for length in range(2, count + 1):
        for start in range(count - length + 1):
            end = start + length - 1
            for cut in range(start, end):
                left, right = table.get((start, cut)), table.get((cut + 1, end))
                joined = left and right and _joined(left[0], right[0])
                if left and right and joined:
                    table[start, end] = joined, (left[1], right[1])
                    break
    whole = table.get((0, count - 1))
    if whole is None:
        raise ShapeMismatch("a product of shapes " + ", ".join(map(str, shapes)))
    return whole


def _joined(left: Shape, right: Shape) -> Shape | None:
    if SCALAR in (left, right):
        return right if left == SCALAR else left
    return Shape(left.rows, right.columns) if left.columns == right.rows else None


def sized(form: Form, wanted: Shape | None) -> Form:
    """The form with the size of every identity matrix that only what is around it says.  Raises as `shape_of`."""
    if form.head == "identity" and not form.args:
        if wanted is None:
            raise Unclear("the size of the identity matrix is not said")
        if not wanted.square:
            raise ShapeMismatch(f"an identity matrix of shape {wanted}")
        return Form("identity", (wanted.rows,))
    if form.head == "add":
        own = shape_of(form) or wanted
        return Form("add", tuple(sized(a, own) for a in form.args))
    if form.head == "mul":
        return _sized_product(form, wanted)
    if form.head in ("pow", "transpose"):
        turned = wanted.turned if wanted is not None and form.head == "transpose" else wanted
        return Form(form.head, (sized(form.args[0], shape_of(form.args[0]) or turned), *form.args[1:]))
    if form.head in ("index", "array", "identity", "var", "num", "const"):
        return form
    return Form(form.head, tuple(sized(a, shape_of(a)) if isinstance(a, Form) else a for a in form.args))


def _sized_product(form: Form, wanted: Shape | None) -> Form:
    """Identity matrices of unknown size are left out of products with other matrices."""
    shapes = [shape_of(a) for a in form.args]
    if any(shape not in (SCALAR, None) for shape in shapes):
        bare = [a for a, shape in zip(form.args, shapes, strict=True) if shape is None]
        if any(a != Form("identity", ()) for a in bare):
            raise Unclear("the size of the identity matrix is not said")
        kept = tuple(sized(a, s) for a, s in zip(form.args, shapes, strict=True) if s is not None)
        return kept[0] if len(kept) == 1 else Form("mul", kept)
    return mul(*(sized(a, s or wanted) for a, s in zip(form.args, shapes, strict=True)))
