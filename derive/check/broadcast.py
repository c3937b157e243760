"""Broadcasting: a row added to a matrix is added to each of its rows, as programs have it."""

from __future__ import annotations

from derive.meaning.form import Form, rebuild, subforms
from derive.verify.matrices import Matrix, ShapeError, worked_out

__all__ = ["BROADCAST", "repeated"]

BROADCAST = Form("said", ("a row that is added to a matrix is added to each of its rows",))


def repeated(form: Form) -> Form | None:
    """The form with rows that are added to matrices repeated; None where there are none.

    This is a convention, by which the sum means something else than what it says; who uses it has to say so.
    """
    if not any(part.head == "matrix" for part in subforms(form)):
        return None
    new = _repeated(form)
    return None if new == form else new


def _repeated(form: Form) -> Form:
    if form.head in ("matrix", "row") or not any(isinstance(arg, Form) for arg in form.args):
        return form
    parts = tuple(_repeated(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head != "add":
        return rebuild(form.head, parts)
    try:
        grids = [worked_out(part) for part in parts]
    except ShapeError:
        return form
    tall = max((len(grid) for grid in grids if not isinstance(grid, Form)), default=1)
    return rebuild(
        "add", (_stacked(grid, tall) if _is_row(grid) else part for part, grid in zip(parts, grids, strict=True))
    )


def _is_row(grid: Matrix | Form) -> bool:
    return not isinstance(grid, Form) and len(grid) == 1


def _stacked(grid: Matrix | Form, tall: int) -> Form:
    """The one row of a grid, as often as a matrix has rows."""
    assert not isinstance(grid, Form)
    return Form("matrix", (Form("row", grid[0]),) * tall)
