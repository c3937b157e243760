"""Matrices by their entries: names for entries, derivatives by matrices laid out, the chain rule between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING

from derive.check.definitions import DEFINED
from derive.check.judge import Outcome
from derive.check.layers import judged_layers
from derive.check.terms import Term
from derive.meaning.errors import MeaningError
from derive.meaning.form import ONE, Form, free_variables, replace_at, subforms, substitute, var
from derive.meaning.interpret import form_of
from derive.meaning.interpret.jacobians import BY, DERIVATIVE, JACOBIAN
from derive.meaning.names import node_of
from derive.notation.tree import Derivative, Differential
from derive.verify.matrices import ShapeError, transpose, worked_out

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judged_entries"]

Grid = tuple[tuple[Form, ...], ...]
LARGEST = 6
MOST_LAYOUTS = 40
_LISTED = "vec "


def judged_entries(page: Page, left: Term, right: Term) -> Outcome | None:
    """The outcome of an equation between matrices that entries decide; None where they do not."""
    if left.form is None or right.form is None:
        return None
    return (
        _named_entries(page, left.form, right.form)
        or _chain_rule(left.form, right.form)
        or _laid_out(page, left.form, right.form)
        or judged_layers(page, left, right)
    )


# --- names for entries -------------------------------------------------------------------------------------


def _named_entries(page: Page, left: Form, right: Form) -> Outcome | None:
    """A matrix of new names, equated with what works out to a matrix of its shape: each entry is defined."""
    names = _names(left)
    if names is None or any(map(page.knowledge.is_defined_here, names)):
        return None
    try:
        values = worked_out(page.knowledge.expanded(right))
    except ShapeError:
        return None
    if isinstance(values, Form) or (len(values), len(values[0])) != (len(left.args), len(left.args[0].args)):
        return None
    entries = [entry for row in values for entry in row]
    if any(free_variables(entry) & names.keys() for entry in entries):
        return None
    for name, entry in zip(names, entries, strict=True):
        if free_variables(entry):
            page.knowledge.define(name, entry)
        else:
            page.knowledge.set_value(name, entry, lasting=True)
    lexicon = page.knowledge.lexicon
    page.knowledge.lexicon = replace(lexicon, worked_out=lexicon.worked_out.union(names))
    return DEFINED


def _names(form: Form) -> dict[str, None] | None:
    """The entries of a matrix written out, if they are distinct names."""
    if form.head != "matrix":
        return None
    entries = [entry for row in form.args for entry in row.args]
    names = dict.fromkeys(entry.name for entry in entries if entry.head == "var")
    return names if len(names) == len(entries) else None


# --- the chain rule ----------------------------------------------------------------------------------------


def _chain_rule(left: Form, right: Form) -> Outcome | None:
    """`dL/dX = dZ/dX dL/dZ`, or the other way round: true where L depends on X through Z only."""
    whole = _derivative(left)
    if whole is None or right.head != "mul" or len(right.args) != 2:
        return None
    parts = [_derivative(part) for part in right.args]
    if parts[0] is None or parts[1] is None:
        return None
    for (above, between), (same, below) in ((parts[0], parts[1]), (parts[1], parts[0])):
        if between == same and (above, below) == whole and len({above, between, below}) == 3:
            condition = f"{_plain(above)} depends on {_plain(below)} through {_plain(between)} only"
            return Outcome("conditional", "DRV201", f"holds only if {condition}", "chain rule", "exact", (condition,))
    return None


def _derivative(form: Form) -> tuple[str, str] | None:
    """What is differentiated, and by what."""
    if form.head != "opaque" or form.args[0] not in (JACOBIAN, DERIVATIVE):
        return None
    above, _, below = form.args[1].name.partition(BY)
    return above, below


def _plain(name: str) -> str:
    return name.removeprefix(_LISTED).split("_")[0]


# --- layouts -----------------------------------------------------------------------------------------------


def _laid_out(page: Page, left: Form, right: Form) -> Outcome | None:
    """Each derivative by a matrix laid out in one of the usual ways, if one of them makes both sides equal."""
    found = dict.fromkeys(
        part for side in (left, right) for part in subforms(side) if part.head == "opaque" and part.args[0] == JACOBIAN
    )
    if not found:
        return None
    layouts = [tuple(_layouts(page, part)) for part in found]
    known = {name: a.form for name, a in page.knowledge.abbreviations.items() if a.form.head == "matrix"}
    context = page.knowledge.context()
    for choice in islice(product(*layouts), MOST_LAYOUTS):
        sides = [left, right]
        for part, grid in zip(found, choice, strict=True):
            sides = [replace_at(side, part, grid) for side in sides]
        for first, second in (
            tuple(substitute(side, known) for side in sides),
            tuple(page.knowledge.expanded(side) for side in sides),
        ):
            verdict = page.judge.verdict("matrix", first, second, context)
            if verdict.status in ("proved", "conditional"):
                return page.judge.outcome(replace(verdict, by="layout"), "DRV101")
    return None


def _layouts(page: Page, jacobian: Form) -> Iterator[Form]:
    """A derivative as a matrix: in the shape of what is by, or one entry a row, each of both also transposed."""
    names = _derivative(jacobian)
    if names is None:
        return
    above, below = (_entries(page, name) for name in names)
    if below is None or above is None or len(below) * len(below[0]) > LARGEST or len(above) * len(above[0]) > LARGEST:
        return
    try:
        if len(above) == len(above[0]) == 1:
            grid = tuple(tuple(_read(page, above[0][0], entry) for entry in row) for row in below)
        else:
            tops = [entry for row in above for entry in row]
            grid = tuple(tuple(_read(page, top, entry) for top in tops) for row in below for entry in row)
    except MeaningError:
        return
    flat = tuple(entry for row in grid for entry in row)
    shapes: list[Grid] = [grid, transpose(grid)]
    if len(above) == len(above[0]) == 1:
        shapes += [tuple((entry,) for entry in flat), (flat,)]
    for shape in dict.fromkeys(shapes):
        yield Form("matrix", tuple(Form("row", row) for row in shape))


def _entries(page: Page, name: str) -> tuple[tuple[str, ...], ...] | None:
    """The names of a matrix's entries, or the one name of a number; None where they are not known."""
    name = name.removeprefix(_LISTED)
    known = page.knowledge.abbreviations.get(name)
    if known is not None and _names(known.form) is not None:
        return tuple(tuple(entry.name for entry in row.args) for row in known.form.args)
    return None if page.knowledge.lexicon.is_shaped(name) or not name.isidentifier() else ((name,),)


def _read(page: Page, above: str, below: str) -> Form:
    """What the page means by the derivative of one entry by another.  Raises MeaningError."""
    lexicon = page.knowledge.lexicon
    definition = lexicon.definition(above) if above in lexicon.worked_out else None
    if definition is not None:
        return Form("diff", (definition, var(below), ONE))
    variable = Differential(node_of(below), "\\partial", None)
    return form_of(Derivative(node_of(above), (variable,), "\\partial", None, "quotient"), lexicon)
