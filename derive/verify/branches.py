"""Equalities between principal branches, shown on cells of the domain that no branch cut crosses.

The real and imaginary parts of the variables are coordinates.  Where the argument of a logarithm or a root has an
imaginary part without zeros, or is real and of one sign, the function is continuous.  The cells on which that is so
for all of them are bounded by hyperplanes, so they are convex.  On a cell two continuous sides with exp(c L) = exp(c R)
differ by a constant multiple of 2 pi i/c, and two sides without zeros with L**n = R**n by a constant root of unity;
one point decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.meaning.form import (
    IMAGINARY,
    ONE,
    TWO,
    ZERO,
    Form,
    fn,
    heads,
    mul,
    num,
    power,
    sub,
    subforms,
    substitute,
    var,
)  # fmt: skip
from derive.model.context import Context
from derive.verify.atoms import factored
from derive.verify.balls import Undefined, Unknown, precision, value
from derive.verify.domain import balls_at
from derive.verify.intervals import folded
from derive.verify.mirror import without_conjugates
from derive.verify.normal import Unsupported, equal, normal_form
from derive.verify.positivity import by_powers
from derive.verify.problem import Comparison, in_parts
from derive.verify.realparts import NotReal, parts_of
from derive.verify.signs import Signs

__all__ = ["MULTIVALUED", "holds_on_cells"]

MULTIVALUED = frozenset({"log", "pow", "atan", "atanh", "asin", "acos", "asinh", "acosh", "arg"})
ON_IMAGINARY_AXIS = frozenset({"atan", "asinh"})
CONTINUOUS = frozenset(
    {
        "num",
        "var",
        "const",
        "add",
        "mul",
        "exp",
        "sin",
        "cos",
        "sinh",
        "cosh",
        "erf",
        "erfi",
        "re",
        "im",
        "conjugate",
        "Abs",
    }
)
MOST_SPLITS = 7
MULTIPLIERS = (ONE, IMAGINARY, mul(TWO, IMAGINARY), TWO)
POWERS = (2, 3, 4, 6)


@dataclass(frozen=True, slots=True)
class Cell:
    """A convex set of coordinates with both sides there; `fixed` are the coordinates that have one value."""

    comparison: Comparison
    fixed: tuple[tuple[str, Form], ...] = ()

    @property
    def signs(self) -> Signs:
        return self.comparison.signs(principal=False)


def holds_on_cells(comparison: Comparison) -> list[Form] | None:
    """Conditions (mostly none) under which the sides are equal wherever both are defined; None where that is open.

    A condition leaves out a cell on a branch cut of an inverse function, where books differ.
    """
    split = in_parts(comparison) or comparison
    if not heads(split.left) | heads(split.right) <= CONTINUOUS | MULTIVALUED:
        return None
    kept = tuple(c for c in split.context.constraints if _is_linear(c))
    cell = Cell(replace(split, context=replace(split.context, constraints=kept), oracles={}))
    return _shown(cell, 0)


def _is_linear(constraint: Form) -> bool:
    """A half-space, which keeps cells convex."""
    if constraint.head not in ("lt", "le"):
        return False
    view = Signs(Context()).view(sub(*constraint.args))
    return (
        view is not None
        and all(f.head == "var" for f in view.atoms.forms)
        and view.quotients[0].denominator.is_constant()
        and view.quotients[0].numerator.total_degree() <= 1
    )


def _shown(cell: Cell, splits: int) -> list[Form] | None:
    cell.comparison.deadline.check()
    if _directly(cell):
        return []
    on_cut, off_cuts = False, True
    for side in (cell.comparison.left, cell.comparison.right):
        for part in subforms(side):
            argument = _argument(part)
            if argument is None:
                continue
            state = _state(part, argument, cell)
            if isinstance(state, Form):
                return _split(cell, state, splits)
            if state == "open":
                return None
            on_cut = on_cut or state == "on cut"
            off_cuts = off_cuts and state == "off"
    if on_cut:
        return [Form("ne", pair) for pair in ((_coordinate(name, cell), at) for name, at in cell.fixed[-1:])] or None
    if off_cuts:
        left, right = (
            without_conjugates(side, cell.comparison.context, off_cuts=True) or side
            for side in (cell.comparison.left, cell.comparison.right)
        )
        cell = replace(cell, comparison=cell.comparison.of(left, right))
        if _equal(cell, left, right):
            return []
    return [] if _constant_difference(cell) else None


def _argument(part: Form) -> Form | None:
    """What a function with a branch cut is applied to."""
    if part.head == "pow":
        exponent = part.args[1]
        whole = exponent.head == "num" and exponent.value.denominator == 1
        base: Form = part.args[0]
        return None if whole or (base.head == "num" and base.value > 0) or base == Form("const", ("E",)) else base
    if part.head in MULTIVALUED:
        inner: Form = part.args[0]
        return inner
    return None


def _state(part: Form, argument: Form, cell: Cell) -> str | Form:
    """ "fine" where the function is continuous on the cell, "on cut", "open", or a form whose sign has to be known."""
    try:
        real, imaginary = parts_of(argument, frozenset())
    except NotReal:
        return "open"
    across, along = (real, imaginary) if part.head in ON_IMAGINARY_AXIS else (imaginary, real)
    signs = cell.signs
    if signs.positive(across) or signs.negative(across):
        return "off"
    if not signs.vanishes(across):
        return across
    if part.head in ("log", "pow", "arg"):
        if signs.positive(along):
            return "off"
        return "fine" if signs.negative(along) or signs.vanishes(along) else along
    if part.head == "acosh":
        return "fine" if signs.at_most(ONE, along) else "on cut"
    inside = signs.less(along, ONE) and signs.less(num(-1), along)
    if inside:
        return "fine"
    outside = signs.at_most(ONE, along) or signs.at_most(along, num(-1))
    return "on cut" if outside else sub(power(along, TWO), ONE)


def _split(cell: Cell, form: Form, splits: int) -> list[Form] | None:
    """The cell cut where a linear factor of the form is 0."""
    found = None if splits >= MOST_SPLITS else _wall(form, cell)
    if found is None:
        return None
    name, at = found
    comparison, variable = cell.comparison, var(name)
    there = {name: at}
    on_wall = replace(
        comparison, left=substitute(comparison.left, there), right=substitute(comparison.right, there), oracles={}
    )
    pieces = [Cell(on_wall, (*cell.fixed, (name, at)))]
    for pair, opposite in (((variable, at), (at, variable)), ((at, variable), (variable, at))):
        if not cell.signs.at_most(*opposite):
            context = folded(comparison.context.assuming(Form("lt", pair)))
            pieces.append(Cell(replace(comparison, context=context, oracles={}), cell.fixed))
    conditions: list[Form] = []
    for piece in pieces:
        shown = _shown(piece, splits + 1)
        if shown is None:
            return None
        conditions += [c for c in shown if c not in conditions]
    return conditions


def _wall(form: Form, cell: Cell) -> tuple[str, Form] | None:
    """A coordinate and its value where a factor of the form that is linear in the coordinates is 0."""
    view = Signs(Context()).view(form)
    if view is None:
        return None
    forms = view.atoms.forms
    above, below = view.quotients[0]
    for factor, _ in (*factored(above)[1], *factored(below)[1]):
        places = [i for i, degree in enumerate(factor.degrees()) if degree > 0]
        if factor.total_degree() != 1 or any(forms[i].head != "var" for i in places):
            continue
        real = [i for i in places if cell.comparison.context.variable(forms[i].name).sort == "real"]
        if not real or cell.signs.nonzero(view.atoms.polynomial_form(factor)):
            continue
        parts = by_powers(factor, real[-1])
        slope = view.atoms.polynomial_form(parts[1])
        rest = view.atoms.polynomial_form(parts[0]) if 0 in parts else ZERO
        return forms[real[-1]].name, mul(num(-1 / slope.value), rest)
    return None


def _coordinate(name: str, cell: Cell) -> Form:
    """im(z) for the coordinate z_im, and its like."""
    for ending in ("re", "im"):
        if name.endswith(f"_{ending}"):
            return fn(ending, Form("var", (name.removesuffix(f"_{ending}"),)))
    return Form("var", (name,))


# --- on one cell ---


def _directly(cell: Cell) -> bool:
    """Equal in normal form, with what is known on the cell; or there is no value to compare."""
    left, right = cell.comparison.left, cell.comparison.right
    return _equal(cell, left, right) or any(_nowhere_defined(side, cell) for side in (left, right))


def _equal(cell: Cell, left: Form, right: Form) -> bool:
    try:
        found = equal(left, right, cell.comparison.signs(), real=False, deadline=cell.comparison.deadline)
    except (Unsupported, Undefined):
        return False
    return found.holds and not found.introduced


def _nowhere_defined(form: Form, cell: Cell) -> bool:
    try:
        normal_form(form, cell.comparison.signs(), real=False, deadline=cell.comparison.deadline)
    except Undefined:
        return True
    except Unsupported:
        pass
    return False


def _constant_difference(cell: Cell) -> bool:
    left, right = cell.comparison.left, cell.comparison.right
    if not all(_continuous(side, cell) for side in (left, right)):
        return False
    gap = _gap_at_a_point(cell)
    if gap is None:
        return False
    close_to_zero, close_to_one = gap
    if close_to_zero and any(_equal(cell, fn("exp", mul(c, left)), fn("exp", mul(c, right))) for c in MULTIPLIERS):
        return True
    return (
        close_to_one
        and any(_nonzero(side, cell) for side in (left, right))
        and any(_equal(cell, power(left, num(n)), power(right, num(n))) for n in POWERS)
    )


def _gap_at_a_point(cell: Cell) -> tuple[bool, bool] | None:
    """Whether |L - R| < 1 and whether |L - R| < |R|/2, at a point of the cell."""
    comparison = cell.comparison
    points = [{}] if not comparison.names else list(comparison.domain.random_points(comparison.rng, 4))
    for point in points:
        try:
            with precision(128):
                left, right = (value(s, balls_at(point), real=False) for s in (comparison.left, comparison.right))
        except (Undefined, Unknown):
            continue
        gap = abs(left - right)
        return bool(gap < 1), bool(2 * gap < abs(right))
    return None


def _continuous(form: Form, cell: Cell) -> bool:
    """Defined and continuous all over the cell; the arguments of functions with cuts have been looked at."""
    if form.head == "pow":
        base, exponent = form.args
        positive = exponent.head == "num" and exponent.value > 0
        return _continuous(base, cell) and _continuous(exponent, cell) and (positive or _nonzero(base, cell))
    if form.head in ("log", "arg") and not _nonzero(form.args[0], cell):
        return False
    if form.head == "const" and form.name in ("oo", "-oo", "zoo"):
        return False
    return all(_continuous(part, cell) for part in form.parts)


def _nonzero(form: Form, cell: Cell) -> bool:
    """Whether the form has no zero on the cell."""
    if form.head == "mul":
        return all(_nonzero(part, cell) for part in form.args)
    if form.head == "pow":
        return _nonzero(form.args[0], cell)
    if form.head == "exp":
        return True
    try:
        return any(cell.signs.nonzero(part) for part in parts_of(form, frozenset()))
    except NotReal:
        return False
