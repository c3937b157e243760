"""Rung 0: two sides with one and the same form are equal at every point, defined or not."""

from __future__ import annotations

from typing import Any

from derive.meaning.form import Form, rebuild

__all__ = ["in_order", "same"]


def same(left: Form, right: Form) -> bool:
    """Whether the forms are one form up to the order of terms and factors; nothing is cancelled or evaluated."""
    if left == right:
        return True
    return left.head == right.head and len(left.args) == len(right.args) and in_order(left) == in_order(right)


def in_order(form: Form) -> Form:
    """The form with the terms of every sum and the factors of every product sorted."""
    if not any(isinstance(part, Form) for part in form.args):
        return form
    parts = [in_order(part) if isinstance(part, Form) else part for part in form.args]
    if form.head in ("add", "mul"):
        parts.sort(key=_key)
    return rebuild(form.head, parts)


def _key(part: Any) -> tuple[bool, str]:
    return part.head == "num", repr(part)
