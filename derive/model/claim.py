"""A claim: two sides and how they are said to be related, in a context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from derive.meaning.form import Form
from derive.model.context import Context

ClaimKind = Literal[
    "identity", "derivative", "integral", "defint", "limit", "sum", "matrix", "tensor",
    "equiv", "implies", "le", "lt", "ne", "range", "increasing", "decreasing", "smooth", "defined",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """`left` and `right` in the relation that `kind` names.

    | kind | left, right |
    |---|---|
    | `identity`, `derivative`, `defint`, `limit`, `sum`, `matrix`, `tensor` | two terms said to be equal |
    | `integral` | an `int` form and an antiderivative of its body (equal up to a constant) |
    | `equiv`, `implies` | two statements |
    | `le`, `lt`, `ne` | two terms |
    | `range` | a term and the `interval` it stays in |
    | `increasing`, `decreasing` | a term and the variable it is monotone in |
    | `smooth`, `defined` | a term and the variable (or `tuple` of variables) over whose domain |
    """

    kind: ClaimKind
    left: Form
    right: Form
    context: Context
