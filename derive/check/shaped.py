"""Judging an equality of vectors and matrices: by entries, by components, or by words that keep their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from derive.check.components import NoComponents, by_components, has_vectors
from derive.check.kinds import Kinds
from derive.check.linear import with_linear_sums, with_sums_named
from derive.check.ordered import TooLong, in_order
from derive.meaning.form import ZERO, Form, free_variables, subforms
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict

__all__ = ["judged_shapes"]

Ask = Callable[[Claim], Verdict]


def judged_shapes(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """The first proof that one of the methods finds; None where none does."""
    for method in (_by_entries, _by_components, _by_words):
        verdict = method(left, right, context, kinds, ask)
        if verdict is not None and verdict.status in ("proved", "conditional"):
            return verdict
    return None


def _by_entries(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """Matrices written out, and numbers before them; a capital letter among the entries is a number."""
    if not any(part.head == "matrix" for side in (left, right) for part in subforms(side)):
        return None
    if not (_is_written_out(left, kinds) and _is_written_out(right, kinds)):
        return None
    return ask(Claim("matrix", left, right, context))


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
    return _all(ask(Claim(equality_kind(*pair), *pair, context)) for pair in plain)


def _apart(left: Form, right: Form) -> tuple[Form, Form]:
    """Both sides with their sums taken apart, equal ones as equal letters."""
    names: dict[Form, Form] = {}
    return with_sums_named(with_linear_sums(left), names), with_sums_named(with_linear_sums(right), names)


def _all(verdicts: Iterable[Verdict]) -> Verdict | None:
    """One verdict for equations that all have to hold; None where one of them is not proved."""
    found: list[Verdict] = []
    for verdict in verdicts:
        if verdict.status not in ("proved", "conditional"):
            return None
        found.append(verdict)
    conditions = tuple(dict.fromkeys(condition for verdict in found for condition in verdict.conditions))
    return Verdict("conditional" if conditions else "proved", "components", "exact", conditions=conditions)


def _by_words(left: Form, right: Form, context: Context, kinds: Kinds, ask: Ask) -> Verdict | None:
    """Letters of unknown shape, multiplied out; what was cancelled against its inverse must have one."""
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
