"""Judging an equality of vectors and matrices: by entries, by components, or by words that keep their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from derive.check.brackets import (
    BRACKET,
    NoBracket,
    has_brackets,
    without_commutators,
    without_poisson_brackets,
)
from derive.check.broadcast import BROADCAST, repeated
from derive.check.components import NoComponents, by_components, has_vectors
from derive.check.flatsums import TooMany, with_flat_sums
from derive.check.kinds import Kinds
from derive.check.linear import with_linear_sums, with_sums_named
from derive.check.ordered import TooLong, in_order
from derive.check.totals import NoDifferential, has_totals, without_totals
from derive.meaning.form import ZERO, Form, free_variables, heads, opaque, rebuild, subforms, var
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict
from derive.verify.matrices import ShapeError, worked_out

__all__ = ["follows_from", "judged_shapes"]

FEW = 4
_THROUGH = frozenset({"add", "mul", "matrix", "row", "transpose"})
Ask = Callable[[Claim], Verdict]


def judged_shapes(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """The first proof that one of the methods finds; None where none does."""
    if has_totals(left) or has_totals(right):
        return _by_totals(left, right, context, ask)
    if kinds.brackets and (has_brackets(left) or has_brackets(right)):
        return _by_brackets(left, right, context, kinds, ask)
    for method in (_by_entries, _by_components, _by_words):
        verdict = method(left, right, context, kinds, ask)
        if verdict is not None and verdict.status in ("proved", "conditional"):
            return verdict
    return None


def _by_totals(left: Form, right: Form, context: Context, ask: Ask) -> Verdict | None:
    """Total differentials in terms of those of letters; letters without one have to be constant."""
    try:
        first, second, constant = without_totals(left, right)
    except NoDifferential:
        return None
    sides = _apart(first, second)
    verdict = ask(Claim(equality_kind(*sides), *sides, context))
    if verdict.status not in ("proved", "conditional"):
        return None
    conditions = (*verdict.conditions, *(Form("eq", (opaque("d", var(name)), ZERO)) for name in constant))
    return Verdict("conditional" if conditions else "proved", "differentials", "exact", conditions=conditions)


def _by_brackets(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """Poisson brackets worked out among numbers that commute, commutators among letters that do not."""
    if kinds.brackets == "commutator":
        letters = frozenset(name for side in (left, right) for name in _in_brackets(side))
        ordered = replace(kinds, names=kinds.names | letters, brackets="")
        return judged_shapes(without_commutators(left), without_commutators(right), context, ordered, ask)
    try:
        sides = without_poisson_brackets(left, right, kinds.states, kinds.bracket_sign)
    except NoBracket:
        return None
    verdict = ask(Claim(equality_kind(*sides), *sides, context))
    return replace(verdict, by="brackets") if verdict.status in ("proved", "conditional") else None


def _in_brackets(form: Form) -> Iterator[str]:
    for part in subforms(form):
        if part.head == "opaque" and part.args[0] == BRACKET:
            yield from free_variables(part)


def _by_entries(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """Matrices written out, and numbers before them; a capital letter among the entries is a number."""
    if not any(part.head == "matrix" for side in (left, right) for part in subforms(side)):
        return None
    if not (_is_written_out(left, kinds) and _is_written_out(right, kinds)):
        return None
    rows = (repeated(left) or left, repeated(right) or right)
    if rows != (left, right):
        found = _by_entries(*rows, context, kinds, ask)
        if found is not None:
            return replace(found, status="conditional", conditions=(*found.conditions, BROADCAST))
    letters: dict[Form, Form] = {}
    for first, second in ((_with_letters(left, letters), _with_letters(right, letters)), (left, right)):
        pairs = _entries(first, second)
        if pairs is None:
            return None
        verdict = _all("matrices", (ask(Claim(equality_kind(*pair), *pair, context)) for pair in pairs))
        if verdict is not None or not letters or len(letters) > FEW:
            return verdict
    return None


def _entries(left: Form, right: Form) -> list[tuple[Form, Form]] | None:
    """The entries of both sides, worked out, that are to be equal; None where the shapes differ or do not fit."""
    try:
        grids = [worked_out(side) for side in (left, right)]
    except ShapeError:
        return None
    first, second = (((grid,),) if isinstance(grid, Form) else grid for grid in grids)
    if (len(first), len(first[0])) != (len(second), len(second[0])):
        return None
    if isinstance(grids[0], Form) != isinstance(grids[1], Form):
        return None
    entries = ((a, b) for row, other in zip(first, second, strict=True) for a, b in zip(row, other, strict=True))
    return list(dict.fromkeys((a, b) for a, b in entries if a != b)) or [(ZERO, ZERO)]


def _with_letters(form: Form, letters: dict[Form, Form]) -> Form:
    """The form with derivatives of unknown functions as letters: what holds for any numbers holds for these."""
    if form.head == "opaque" and form.args[0] == "hadamard":
        return opaque("hadamard", *(_with_letters(part, letters) for part in form.parts))
    if form.head == "opaque" or (form.head == "diff" and form.args[0].head == "call"):
        return letters.setdefault(form, var(f"number__{len(letters)}"))
    if form.head in _THROUGH:
        return rebuild(form.head, tuple(_with_letters(part, letters) for part in form.parts))
    return form


def _is_written_out(form: Form, kinds: Kinds) -> bool:
    """Whether all vectors and matrices in a form are written out."""
    if form.head == "row":
        return not any(map(kinds.is_shaped_name, free_variables(form)))
    if form.head == "var":
        return not (kinds.is_shaped_name(form.name) or kinds.may_be_shaped(form.name))
    if form.head == "call" and kinds.is_shaped_name(form.name):
        return False
    if form.head == "opaque" and form.args[0] != "hadamard":
        return not kinds.is_shaped(form)
    return all(_is_written_out(part, kinds) for part in form.parts)


def _by_components(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """Vectors of space under dot and cross products."""
    if not (has_vectors(left, kinds) or has_vectors(right, kinds)):
        return None
    try:
        pairs = by_components(left, right, kinds)
    except NoComponents:
        return None
    plain = [_apart(*pair) for pair in pairs]
    found = _all("components", (ask(Claim(equality_kind(*pair), *pair, context)) for pair in plain))
    if found is not None or not any("sum" in heads(side) for pair in pairs for side in pair):
        return found
    try:
        flat = [with_flat_sums(*pair) for pair in pairs]
    except TooMany:
        return None
    return _all("components", (ask(Claim(equality_kind(*pair), *pair, context)) for pair in flat))


def _apart(left: Form, right: Form) -> tuple[Form, Form]:
    """Both sides with their sums taken apart, equal ones as equal letters."""
    names: dict[Form, Form] = {}
    return with_sums_named(with_linear_sums(left), names), with_sums_named(with_linear_sums(right), names)


def _all(by: str, verdicts: Iterable[Verdict]) -> Verdict | None:
    """One verdict for equations that all have to hold; None where one of them is not proved."""
    found: list[Verdict] = []
    for verdict in verdicts:
        if verdict.status not in ("proved", "conditional"):
            return None
        found.append(verdict)
    conditions = tuple(dict.fromkeys(condition for verdict in found for condition in verdict.conditions))
    return Verdict("conditional" if conditions else "proved", by, "exact", conditions=conditions)


def _by_words(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """Letters of unknown shape, multiplied out; what was cancelled against its inverse must have one."""
    if not (kinds.is_shaped(left) or kinds.is_shaped(right)):
        return None
    for cancels in (False, True):
        try:
            sides = (in_order(left, kinds, cancels=cancels), in_order(right, kinds, cancels=cancels))
        except TooLong:
            return None
        letters = dict.fromkeys((*sides[0][1], *sides[1][1]))
        if cancels and not letters:
            return None
        first, second = _apart(sides[0][0], sides[1][0])
        verdict = ask(Claim(equality_kind(first, second), first, second, context))
        if verdict.status == "proved" and not cancels:
            return replace(verdict, by="words")
        if verdict.status == "proved":
            conditions = tuple(Form("ne", (Form("det", (letter,)), ZERO)) for letter in letters)
            return Verdict("conditional", "words", verdict.trust, conditions=conditions)
    return None


def follows_from(
    given: Iterable[Form], left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask
) -> Verdict | None:
    """A proof that uses equations between words, each read from left to right; None where there is none."""
    known = [equation for equation in given if any(map(kinds.is_shaped, equation.parts))]
    if not known or has_totals(left) or has_totals(right):
        return None
    try:
        first, second = (in_order(side, kinds, given=known)[0] for side in (left, right))
    except (TooLong, RecursionError):
        return None
    sides = _apart(first, second)
    verdict = ask(Claim(equality_kind(*sides), *sides, context))
    return replace(verdict, by="words") if verdict.status == "proved" else None
