"""Decimals: whether a number is the rounded value of what it stands for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.check.broadcast import BROADCAST, repeated
from derive.check.evidence import rounding
from derive.check.identities import opaque
from derive.check.judge import Outcome
from derive.check.terms import Term, is_literal
from derive.meaning.form import Form, const, free_variables, heads, num
from derive.model.context import Context
from derive.notation.printer import latex
from derive.notation.tree import Group, Node, Underbrace
from derive.notation.tree import Matrix as MatrixNode
from derive.verify.matrices import Matrix, ShapeError, worked_out

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["compares_numbers", "has_decimals", "judged_rounding", "unrounded"]

APPROXIMATION = Outcome("undecided", "DRV301", "an approximation, which is not checked")
CLEARLY_WRONG = 10
"""Units in the last place from which on a rounded value counts as wrong: authors cut off and round twice."""


def has_decimals(left: Term, right: Term) -> bool:
    """Whether decimals stand in a link, so that `=` may mean equality after rounding."""
    return rounding(left.piece.text) is not None or rounding(right.piece.text) is not None


def compares_numbers(page: Page, left: Term, right: Term) -> bool:
    """Whether both sides are numbers by what the page defines; a name alone that only has a value gets another."""
    sides = [term.form for term in (left, right) if term.form is not None]
    known = [page.knowledge.expanded(side, with_values=True) for side in sides]
    new = len(sides) == 2 and sides[0].head == "var" and not page.knowledge.is_defined(sides[0].name)
    return len(sides) == 2 and not new and not any(free_variables(side) for side in known)


def unrounded(outcome: Outcome) -> Outcome:
    """What a difference between sides with decimals amounts to: nothing, for they may be rounded."""
    return APPROXIMATION if outcome.status == "refuted" or outcome.code == "DRV303" else outcome


def judged_rounding(page: Page, left: Term, right: Term, *, exact: bool) -> Outcome:
    """`\\sqrt{2} \\approx 1.414`; with `exact`, an equals sign between decimals, which may be true as it stands."""
    if left.form is None or right.form is None:
        return opaque(left, right)
    knowledge = page.knowledge
    first, second = (knowledge.expanded(side, with_values=True) for side in (left.form, right.form))
    context = knowledge.context()
    if exact:
        verdict = page.judge.verdict("identity", first, second, context)
        if verdict.status in ("proved", "conditional"):
            return page.judge.outcome(verdict, "DRV101")
    if "matrix" in heads(first) | heads(second):
        return _entries_rounded(page, (first, second), (left, right), context)
    units = [unit for unit in (rounding(left.piece.text), rounding(right.piece.text)) if unit is not None]
    if free_variables(first) or free_variables(second):
        return APPROXIMATION
    result = rounding(right.piece.text) if exact and is_literal(right.node) else None
    unit = result or (max(units) if units else Fraction(1))
    near = page.judge.verdict("range", _difference(first, second), _within(unit), context)
    if near.status in ("proved", "conditional"):
        return page.judge.outcome(near, "DRV104")
    only_result = rounding(left.piece.text) is None and right.form.head == "num" and units and not exact
    far = page.judge.verdict("range", _difference(first, second), _within(unit * CLEARLY_WRONG), context)
    if only_result and far.status == "refuted":
        outcome = page.judge.outcome(far, "DRV104")
        return Outcome("refuted", "DRV104", "not the rounded value", outcome.by, outcome.trust, failure=outcome.failure)
    return APPROXIMATION


def _entries_rounded(page: Page, sides: tuple[Form, Form], terms: tuple[Term, Term], context: Context) -> Outcome:
    """Matrices of numbers that agree, entry by entry, within the last place that is written there."""
    try:
        grids = [worked_out(side) for side in sides]
    except ShapeError:
        rows = tuple(repeated(side) or side for side in sides)
        if rows == sides:
            return APPROXIMATION
        outcome = _entries_rounded(page, (rows[0], rows[1]), terms, context)
        if outcome.holds:
            said = BROADCAST.args[0]
            return Outcome("conditional", "DRV201", f"holds only if {said}", "rounding", "exact", (said,))
        return outcome
    first, second = grids
    if isinstance(first, Form) or isinstance(second, Form) or _shape(first) != _shape(second):
        return APPROXIMATION
    written = _units(terms[1].node, _shape(second)) or _units(terms[0].node, _shape(first))
    if written is None or free_variables(sides[0]) or free_variables(sides[1]):
        return APPROXIMATION
    for row, other, units in zip(first, second, written, strict=True):
        for a, b, unit in zip(row, other, units, strict=True):
            near = page.judge.verdict("range", _difference(a, b), _within(unit), context)
            if near.status != "proved":
                return APPROXIMATION
    return Outcome("proved", by="rounding", trust="exact")


def _shape(grid: Matrix) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _units(node: Node | None, shape: tuple[int, int]) -> list[list[Fraction]] | None:
    """The unit in the last place of each entry of a matrix of literal numbers; where none is written, the finest."""
    while isinstance(node, Group | Underbrace):
        node = node.body
    if not isinstance(node, MatrixNode) or (len(node.rows), len(node.rows[0])) != shape:
        return None
    if not all(is_literal(entry) for row in node.rows for entry in row):
        return None
    places = [[rounding(latex(entry)) for entry in row] for row in node.rows]
    known = [unit for row in places for unit in row if unit is not None]
    if not known:
        return None
    return [[min(known) if unit is None else unit for unit in row] for row in places]


def _difference(left: Form, right: Form) -> Form:
    return (
        Form("add", (left, Form("mul", (num(-1), right))))
        if right.head != "num"
        else Form("add", (left, num(-right.value)))
    )


def _within(unit: Fraction) -> Form:
    return Form("interval", (num(-unit), num(unit), const("False"), const("False")))
