"""Forms as quotients of polynomials over shared atoms, together with all that a context says of these atoms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flint import arb

from derive.meaning.form import Form, free_variables, sub
from derive.model.context import Bound, Context
from derive.verify.atoms import Atoms, NotAlgebraic, Quotient
from derive.verify.knowledge import End, Knowledge
from derive.verify.positivity import holds
from derive.verify.ranges import Range, as_arb

if TYPE_CHECKING:
    from derive.verify.signs import Signs

__all__ = ["View", "facts_of", "view_of"]


class View(NamedTuple):
    """Forms as quotients of polynomials over the same atoms, and what is known of the atoms."""

    quotients: tuple[Quotient, ...]
    known: Knowledge
    atoms: Atoms


def view_of(signs: Signs, *forms: Form) -> View | None:
    """The forms as quotients of polynomials over shared atoms, with all that is known of these atoms.

    None when they are not all real or have no such quotients.
    """
    if not all(signs.real(form) for form in forms):
        return None
    atoms = Atoms(signs.positive, signs.nonnegative)
    names = frozenset().union(*(free_variables(form) for form in forms))
    facts = [f for f in signs.facts if free_variables(f[0]) | free_variables(f[1]) and _related(f, names)]
    bounds = [(name, b) for name in sorted(names) for b in _bounds(signs, name)]
    extra = [sub(right, left) for left, right, _ in facts]
    try:
        quotients = atoms.convert([*forms, *extra, *(bound.value for _, (_, bound) in bounds)])
    except NotAlgebraic:
        facts, bounds = [], []
        try:
            quotients = atoms.convert(forms)
        except NotAlgebraic:
            return None
    count = len(forms)
    index_of = {form.name: i for i, form in enumerate(atoms.forms) if form.head == "var"}
    ends: dict[int, tuple[End | None, End | None]] = {}
    for (name, (side, bound)), value in zip(bounds, quotients[count + len(facts) :], strict=True):
        if name in index_of and value.denominator == 1:
            index = index_of[name]
            low, high = ends.get(index, (None, None))
            end = End(value.numerator, bound.strict)
            ends[index] = (end, high) if side < 0 else (low, end)
    ranges = {i: signs.range(form) for i, form in enumerate(atoms.forms)}
    constants = {i: _ball(ranges[i]) for i, form in enumerate(atoms.forms) if not free_variables(form)}
    known = Knowledge(
        ranges=ranges,
        constants={i: ball for i, ball in constants.items() if ball is not None},
        ends={i: pair for i, pair in ends.items() if _needed(pair, ranges[i])},
        nonzero=frozenset(i for i, form in enumerate(atoms.forms) if not ranges[i].nonzero and signs.nonzero(form)),
        deadline=signs.deadline,
    )
    hypotheses = []
    for (_, _, strict), value in zip(facts, quotients[count : count + len(facts)], strict=True):
        for sign in (1, -1):
            if holds(sign * value.denominator, known, strict=False):
                hypotheses.append((sign * value.numerator, strict))
                break
    squares = {
        i: value for i, degree, value in atoms.relations() if degree == 2 and atoms.forms[i].head in ("pow", "Abs")
    }
    known = replace(known, hypotheses=tuple(hypotheses), squares=squares)
    return View(tuple(quotients[:count]), known, atoms)


def _bounds(signs: Signs, name: str) -> list[tuple[int, Bound]]:
    variable = signs.context.variable(name)
    ends = [(side, bound) for side, bound in ((-1, variable.lower), (1, variable.upper)) if bound is not None]
    return ends if any(bound.value.head != "num" for _, bound in ends) else []


def facts_of(context: Context) -> list[tuple[Form, Form, bool]]:
    """The constraints as (left, right, strict) for left < right or left <= right."""
    found = []
    for constraint in context.constraints:
        if constraint.head in ("lt", "le"):
            found.append((constraint.args[0], constraint.args[1], constraint.head == "lt"))
        elif constraint.head == "eq":
            found.append((constraint.args[0], constraint.args[1], False))
            found.append((constraint.args[1], constraint.args[0], False))
    return found


def _related(fact: tuple[Form, Form, bool], names: frozenset[str]) -> bool:
    return bool((free_variables(fact[0]) | free_variables(fact[1])) & names)


def _needed(pair: tuple[End | None, End | None], range_: Range) -> bool:
    """Exact ends replace the rational ones only where they give at least as many."""
    low, high = pair
    return (low is not None or range_.low is None) and (high is not None or range_.high is None)


def _ball(range_: Range) -> arb | None:
    if range_.low is None or range_.high is None:
        return None
    return as_arb(range_.low).union(as_arb(range_.high))
