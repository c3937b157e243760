"""Judging an equation of vectors and matrices by their entries at any index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.indices.contractions import NoIndices, Term, doubled, normal_form
from derive.check.indices.reading import Indices
from derive.check.judge import Outcome
from derive.check.terms import Term as Side
from derive.meaning.names import name_of
from derive.notation.printer import latex
from derive.notation.tree import BigOperator, Derivative, Group, Node, Power, Subscript, Symbol, walk

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judged_indices"]

_SUMS = "each sum runs over all entries"
_TWICE = "an index that stands twice is summed over"


def judged_indices(page: Page, left: Side, right: Side) -> Outcome | None:
    """Proved under a condition, where both sides have equal entries at every index; None where they are not known to.

    Products of vectors and matrices are, by what they are defined to be, finite sums of products of entries, which may
    be multiplied out and taken in any order; the derivative of one entry by another is 1 or 0.  That `v_i` is an entry
    of `v` and over what the sums run is what a reader supposes, so it is said.
    """
    if left.node is None or right.node is None or not (_speaks(left.node) or _speaks(right.node)):
        return None
    indices = Indices(page.judge.kinds, page.knowledge.is_defined, _columns(left.node, right.node))
    try:
        sides = indices.value(left.node), indices.value(right.node)
        if sides[0].kind != sides[1].kind:
            return None
        at = ("", "row", "column")[: {"number": 0, "matrix": 2}.get(sides[0].kind, 1)]
        first, second = sides[0].at(at), sides[1].at(at)
        twice = _twice(indices, page, first, second)
    except (NoIndices, RecursionError):
        return None
    if twice is None:
        return None
    conditions = _conditions(indices, twice=twice)
    if not conditions:
        return Outcome("proved", by="indices", trust="exact")
    return Outcome(
        "conditional", "DRV201", f"holds only if {' and '.join(conditions)}", "indices", "exact", tuple(conditions)
    )


def _speaks(node: Node) -> bool:
    """Whether a side has a sum over an index, an entry of an expression, or a derivative by an entry."""
    for part in walk(node):
        if isinstance(part, BigOperator) and part.lower is not None:
            return True
        if isinstance(part, Subscript) and isinstance(part.base, Group) and part.base.left in ("(", "["):
            return True
        if isinstance(part, Derivative) or (isinstance(part, Subscript) and part.base == Symbol("\\nabla")):
            return True
    return False


def _columns(*sides: Node) -> frozenset[str]:
    """Small letters of which there is an entry, `x_i`, in an equation that also multiplies by the transpose of one."""
    parts = [part for side in sides for part in walk(side)]
    turned = {
        name_of(part.base) for part in parts if isinstance(part, Power) and latex(part.exponent) in ("T", "\\top")
    }
    below = {name_of(part.base) for part in parts if isinstance(part, Subscript)}
    names = {name for name in below if name is not None and name[:1].islower()}
    return frozenset(names) if names & turned else frozenset()


def _twice(indices: Indices, page: Page, first: tuple[Term, ...], second: tuple[Term, ...]) -> bool | None:
    """Whether doubled indices had to be summed over so that the sides are equal; None where they are not equal."""
    symmetric = page.judge.kinds.symmetric
    if normal_form(first, symmetric) == normal_form(second, symmetric):
        return False
    free = [index for term in (*first, *second) for index in _once(term)]
    sides = doubled(first, free), doubled(second, free)
    return True if normal_form(sides[0], symmetric) == normal_form(sides[1], symmetric) else None


def _once(term: Term) -> list[str]:
    """The indices that stand in a term once."""
    every = [index for _, indices in term.factors for index in indices]
    return [index for index in every if every.count(index) == 1]


def _conditions(indices: Indices, *, twice: bool) -> list[str]:
    """What was supposed of letters and sums."""
    both = sorted(indices.whole & indices.entries)
    found = [f"an index at {' or '.join(both)} names an entry of it"] if both else []
    if indices.everywhere:
        found.append(_SUMS)
    return [*found, *([_TWICE] if twice else []), *indices.supposed]
