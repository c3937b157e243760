"""Vectors and matrices without a known shape: products of them kept in their order, so that equal forms are equal."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.form import Form, add, call, mul

__all__ = ["in_order"]

_LINEAR = frozenset({"row", "sum", "diff", "subs", "int", "tuple"})

_OF_MATRICES = frozenset({"det", "trace", "inverse", "transpose", "rank", "null", "ker", "dim", "span"})
"""What is applied to matrices, so that whatever stands inside is one."""


def in_order(form: Form, is_shaped: Callable[[Form], bool]) -> Form:
    """The form with each product of vectors and matrices, and each function of one, as an unknown quantity of its own.

    What is then equal for numbers is equal for vectors and matrices too: sums of unknown quantities with numbers as
    coefficients are all that is left, and for these the laws are the same.
    """
    if not is_shaped(form) or form.head in ("var", "array"):
        return form
    if form.head == "add":
        return add(*(in_order(part, is_shaped) for part in form.parts))
    if form.head == "mul":
        shaped = [in_order(part, is_shaped) for part in form.parts if is_shaped(part)]
        plain = [part for part in form.parts if not is_shaped(part)]
        return mul(*plain, shaped[0] if len(shaped) == 1 else _product(shaped))
    if form.head in _OF_MATRICES or not _OF_MATRICES.isdisjoint(form.args[:1]):
        return Form(form.head, tuple(in_order(a, lambda _: True) if isinstance(a, Form) else a for a in form.args))
    if form.head in _LINEAR or form.head in ("call", "opaque"):
        return Form(form.head, tuple(in_order(a, is_shaped) if isinstance(a, Form) else a for a in form.args))
    return call(f"{form.head}_of", *(in_order(part, is_shaped) for part in form.parts))


def _product(factors: list[Form]) -> Form:
    """The product in its order, its numbers in front."""
    numbers = [factor.args[0] for factor in factors if factor.head == "mul" and factor.args[0].head == "num"]
    bare = [mul(*f.args[1:]) if f.head == "mul" and f.args[0].head == "num" else f for f in factors]
    return mul(*numbers, call("product_of", *bare))
