"""Rung 0: two sides with one and the same form are equal at every point, defined or not."""

from __future__ import annotations

from typing import Any

from derive.meaning.form import Form, heads, rebuild

__all__ = ["in_order", "same"]

ORDERED = frozenset({"matrix", "array", "arrays", "identity", "transpose", "gradient", "opaque"})
"""Heads of what may be no number: products in which one occurs keep the order of their factors."""


def same(left: Form, right: Form) -> bool:
    """Whether the forms are one form up to the order of terms and factors; nothing is cancelled or evaluated.

    Sums commute whatever their terms are; products do where every factor is a number, so no other is sorted.
    """
    if left == right:
        return True
    return left.head == right.head and len(left.args) == len(right.args) and in_order(left) == in_order(right)


def in_order(form: Form) -> Form:
    """The form with the terms of every sum and the factors of every product of numbers sorted."""
    if not any(isinstance(part, Form) for part in form.args):
        return form
    parts = [in_order(part) if isinstance(part, Form) else part for part in form.args]
    if form.head == "add" or (form.head == "mul" and not heads(form) & ORDERED):
        parts.sort(key=_key)
    return rebuild(form.head, parts)


def _key(part: Any) -> tuple[bool, str]:
    return part.head == "num", repr(part)
