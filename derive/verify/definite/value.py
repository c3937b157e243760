"""A value found for a limit, sum or integral, and the statements under which it is proved to be the value."""

from __future__ import annotations

from dataclasses import dataclass

from derive.meaning.form import Form

__all__ = ["Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """`form` equals the limit, sum or integral wherever the `conditions` hold."""

    form: Form
    conditions: tuple[Form, ...] = ()
    by: str = ""
