"""Layers: derivatives by what goes into `z = W x` or `h = f(z)`, from the derivative by what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derive.check.judge import Outcome, name_shown
from derive.check.terms import Term
from derive.meaning.form import HALF, ONE, Form, add, fn, free_variables, mul, num, opaque, rebuild, subforms, var
from derive.meaning.interpret.jacobians import BY, DERIVATIVE, JACOBIAN

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judged_layers"]

_LISTED = "vec "
_CHAINED = "prod"


class Unclear(Exception):
    """A layer of a kind that has no row here."""


@dataclass(slots=True)
class _Work:
    """One equation being worked on: the page's definitions, and what has been supposed."""

    page: Page
    words: dict[str, None]

    def definition(self, name: str) -> Form | None:
        known = self.page.knowledge.abbreviations.get(name)
        return None if known is None or known.parameters is not None else known.form

    def is_shaped(self, form: Form) -> bool:
        return self.page.judge.kinds.is_shaped(form) or (form.head == "call" and any(map(self.is_shaped, form.parts)))


def judged_layers(page: Page, left: Term, right: Term) -> Outcome | None:
    """The outcome of `dJ/dW = (dJ/dz) x^T + …`, where the page says what z is; None of anything else.

    Let J depend on X through Y only, Y being defined by X.  With G for the derivative by Y in the shape of Y, the
    derivative by X is the linear map of G that the definition gives: for `Y = A X` it is `A^T G`, for `Y = X B` it is
    `G B^T`, for `Y = f(X)` entry by entry `G \\odot f'(X)`, for a sum the sum.  Each is the chain rule written out by
    entries.  Where derivatives are laid out as rows, both sides are transposed.
    """
    if left.form is None or right.form is None:
        return None
    for rows in (False, True):
        work = _Work(page, {})
        try:
            sides = [_chained(side, work) for side in (left.form, right.form)]
            sides[0] = _by_definitions(sides[0], sides[1], work)
        except Unclear:
            continue
        if not work.words or (sides[0] == left.form and sides[1] == right.form):
            continue
        if rows and (sides[0] == left.form or sides[1] != right.form):
            continue
        first, second = _as_letters(sides[0], rows), _as_letters(sides[1], rows=False)
        first = fn("transpose", first) if rows else first
        kinds = page.judge.kinds
        page.judge.kinds = replace(kinds, capitals=True)
        verdict = page.judge.verdict("identity", _sorted(first), _sorted(second), page.knowledge.context())
        page.judge.kinds = kinds
        if verdict.status == "proved":
            words = (*work.words, *(["derivatives are laid out as rows"] if rows else []))
            message = f"holds only if {' and '.join(words)}"
            return Outcome("conditional", "DRV201", message, "chain rule", "exact", words)
    return None


def _derivative(form: Form) -> tuple[str, str] | None:
    """What is differentiated, and by what."""
    if form.head == "diff" and form.args[0].head == "var" and form.args[2] == ONE:
        return form.args[0].name, form.args[1].name
    if form.head != "opaque" or form.args[0] not in (JACOBIAN, DERIVATIVE):
        return None
    above, _, below = form.args[1].name.partition(BY)
    return above.removeprefix(_LISTED), below.removeprefix(_LISTED)


def _jacobian(above: str, below: str) -> Form:
    return opaque(JACOBIAN, var(above + BY + below))


def _by_definitions(left: Form, right: Form, work: _Work) -> Form:
    """A derivative on the left by way of what the right side has derivatives by; else the left side as it is."""
    whole = _derivative(left)
    if whole is None:
        return left
    above, below = whole
    if work.definition(above) is not None and below in free_variables(work.definition(above) or ONE):
        return _pulled(work.definition(above) or ONE, ONE, below, work) or left
    through = [
        pair[1] for part in subforms(right) if (pair := _derivative(part)) is not None and pair[0] == above != pair[1]
    ]
    found = [_through(above, name, below, work) for name in dict.fromkeys(through) if name != below]
    known = [form for form in found if form is not None]
    if not known:
        return left
    return add(*known, *_beside(above, below, frozenset(through), work))


def _beside(above: str, below: str, through: frozenset[str], work: _Work) -> Iterator[Form]:
    """What else of a sum depends on `below` by the page's definitions: a penalty beside the loss."""
    if not _reaches(above, below, through, work):
        return
    outer = work.definition(above)
    for part in outer.parts if outer is not None and outer.head == "add" else ():
        if part.head == "var" and _reaches(part.name, below, through, work):
            inner = work.definition(part.name)
            if inner is None or below not in free_variables(inner) or _reaches_inside(inner, below, through, work):
                raise Unclear
            found = _pulled(inner, ONE, below, work)
            if found is not None:
                yield found
        elif part.head != "var" and below in free_variables(part):
            raise Unclear
    if outer is None or outer.head != "add":
        raise Unclear


def _reaches(name: str, below: str, avoided: frozenset[str], work: _Work) -> bool:
    """Whether a name depends on another by definitions that do not go through the avoided ones."""
    waiting, seen = [name], set[str]()
    while waiting:
        current = waiting.pop()
        if current in seen or (current in avoided and current != name):
            continue
        seen.add(current)
        known = work.definition(current)
        if known is not None:
            if below in free_variables(known):
                return True
            waiting += free_variables(known)
    return False


def _reaches_inside(form: Form, below: str, avoided: frozenset[str], work: _Work) -> bool:
    """Whether a form depends on a name through others besides."""
    return any(_reaches(name, below, avoided, work) for name in free_variables(form) - {below})


def _chained(form: Form, work: _Work) -> Form:
    """The form with each product of two derivatives by way of a layer, written `prod(dJ/dY, dY/dX)`, worked out."""
    if form.head == "call" and form.name == _CHAINED and len(form.args) == 3:
        first, second = (_derivative(part) for part in form.parts)
        if first is not None and second is not None and first[1] == second[0]:
            found = _through(first[0], first[1], second[1], work)
            if found is not None:
                work.words.setdefault("prod is the product that the chain rule asks for")
                return found
        raise Unclear
    if not any(isinstance(arg, Form) for arg in form.args) or form.head == "opaque":
        return form
    return rebuild(form.head, (_chained(arg, work) if isinstance(arg, Form) else arg for arg in form.args))


def _through(above: str, middle: str, below: str, work: _Work) -> Form | None:
    """The derivative of the first by the last by way of the one in the middle; None where that is not known."""
    layer, outer = work.definition(middle), work.definition(above)
    start = _jacobian(above, middle)
    if outer is not None and outer.head == "add" and var(middle) in outer.parts:
        rest = [part for part in outer.parts if part != var(middle)]
        if not any(middle in free_variables(part) for part in rest):
            start = ONE
    if layer is None:
        return None
    if below not in free_variables(layer):
        return None
    if not work.is_shaped(var(middle)):
        inner = _pulled(layer, ONE, below, work)
        return None if inner is None else mul(start, inner)
    found = _pulled(layer, start, below, work)
    if found is not None:
        plain = [name_shown(name) for name in (above, below, middle)]
        words = f"but for what the page defines, {plain[0]} depends on {plain[1]} through {plain[2]} only"
        work.words.setdefault(words)
    return found


def _pulled(layer: Form, cotangent: Form, below: str, work: _Work) -> Form | None:
    """The derivative by `below` of a number whose derivative by the layer is `cotangent`; None where it is 0."""
    if below not in free_variables(layer):
        return None
    layer = _without_root(layer)
    if layer == var(below):
        return cotangent
    found = [form for form in _pieces(layer, cotangent, below, work) if form is not None]
    return add(*found) if found else None


def _without_root(form: Form) -> Form:
    """The square of the root of a sum of squares as that sum, and of a vector's length as its product with itself."""
    if form.head != "pow":
        return form
    base, exponent = form.parts
    return base.parts[0] if exponent == num(2) and base.head == "pow" and base.args[1] == HALF else form


def _pieces(layer: Form, cotangent: Form, below: str, work: _Work) -> Iterator[Form | None]:
    match layer.head:
        case "add":
            for part in layer.parts:
                yield _pulled(part, cotangent, below, work)
        case "mul":
            for place, part in enumerate(layer.parts):
                if below in free_variables(part):
                    yield _factor(layer.parts, place, cotangent, below, work)
        case "transpose":
            yield _pulled(layer.args[0], fn("transpose", cotangent), below, work)
        case "opaque" if layer.args[0] == "hadamard":
            one, other = layer.parts
            yield _pulled(one, opaque("hadamard", cotangent, other), below, work)
            yield _pulled(other, opaque("hadamard", cotangent, one), below, work)
        case "trace" if _square(layer.args[0]) == var(below):
            yield mul(num(2), cotangent, var(below))
        case "trace" if _square(layer.args[0]) is not None and below not in free_variables(layer):
            yield None
        case "opaque" if layer.args[0] == "dot" and layer.parts[0] == layer.parts[1]:
            yield _pulled(layer.parts[0], mul(num(2), cotangent, layer.parts[0]), below, work)
        case "call" if len(layer.args) == 2:
            yield _elementwise(layer, cotangent, below, work)
        case _ if layer.head in ("tanh", "sigmoid", "exp", "log", "sin", "cos") and len(layer.args) == 1:
            yield _elementwise(layer, cotangent, below, work)
        case "call":
            work.words.setdefault(f"{name_shown(below)} stands in {layer.name} only")
            yield _jacobian(_name_of(layer, work), below)
        case _:
            raise Unclear


def _square(form: Form) -> Form | None:
    """A of `A^T A`, whose trace is the sum of the squares of its entries."""
    if form.head == "mul" and len(form.args) == 2 and form.args[0] == fn("transpose", form.args[1]):
        return form.parts[1]
    return None


def _name_of(layer: Form, work: _Work) -> str:
    """The name that the page gives to a value of a function of several things."""
    for name, known in work.page.knowledge.abbreviations.items():
        if known.form == layer and known.parameters is None:
            return name
    raise Unclear


def _factor(parts: tuple[Form, ...], place: int, cotangent: Form, below: str, work: _Work) -> Form | None:
    """`A X B`: by X it is `A^T G B^T`; numbers stay numbers."""
    before = [fn("transpose", p) for p in reversed(parts[:place]) if work.is_shaped(p)]
    after = [fn("transpose", p) for p in reversed(parts[place + 1 :]) if work.is_shaped(p)]
    numbers = [p for i, p in enumerate(parts) if i != place and not work.is_shaped(p)]
    return _pulled(parts[place], mul(*numbers, *before, cotangent, *after), below, work)


def _elementwise(layer: Form, cotangent: Form, below: str, work: _Work) -> Form | None:
    """`f(X)` entry by entry: `G \\odot f'(X)`."""
    inside = layer.parts[0]
    if inside.head != "var" or not work.is_shaped(inside):
        raise Unclear
    if layer.head == "call":
        work.words.setdefault(f"{layer.name} acts on each entry")
    slope = Form("diff", (layer, inside, ONE))
    return _pulled(inside, opaque("hadamard", cotangent, slope), below, work)


# --- comparing ---------------------------------------------------------------------------------------------


def _as_letters(form: Form, rows: bool) -> Form:
    """Derivatives as letters of matrices; with `rows`, as the transposes of such."""
    if form.head in ("opaque", "diff") and _derivative(form) is not None:
        above, below = _derivative(form) or ("", "")
        letter = var(f"D{above.replace('_', '')}{below.replace('_', '')}_bold")
        return fn("transpose", letter) if rows else letter
    if form.head == "diff" and form.args[0].head in ("call", "tanh"):
        inside = form.args[1]
        return var(f"d{form.args[0].args[0]}{inside.name.replace('_', '')}_bold") if inside.head == "var" else form
    if not any(isinstance(arg, Form) for arg in form.args):
        return form
    return rebuild(form.head, (_as_letters(arg, rows) if isinstance(arg, Form) else arg for arg in form.args))


def _sorted(form: Form) -> Form:
    """The form with products entry by entry, which commute, in one order."""
    if not any(isinstance(arg, Form) for arg in form.args):
        return form
    parts = tuple(_sorted(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head == "opaque" and form.args[0] == "hadamard":
        return opaque("hadamard", *sorted(parts[1:], key=repr))
    return rebuild(form.head, parts)
