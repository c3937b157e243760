"""Equations that a page gives about densities, functions and expectations, and how they are put in later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from derive.check.probability.heads import items, variable_of
from derive.meaning.form import Form, add, neg, replace_at, subforms, substitute

__all__ = ["Law", "law_of", "put_in"]

_GIVEN = frozenset({"probability", "call", "mean", "var", "index"})


@dataclass(frozen=True, slots=True)
class Law:
    """`left` is `right`, as the section says; for a function, whatever its arguments are."""

    left: Form
    right: Form
    section: tuple[int, ...] = ()

    def holds_in(self, section: tuple[int, ...]) -> bool:
        """Whether this still holds: what a function is lasts, what a distribution is ends with its section."""
        return self.left.head == "call" or self.section == section[: len(self.section)]


def law_of(left: Form, right: Form, section: tuple[int, ...]) -> Law | None:
    """The law that an equation gives; a variance says what the expectation of a square is.  None for anything else."""
    if left.head == "add" and left.args[0].head == "mean":
        rest = [neg(part) for part in left.args[1:]]
        left, right = left.args[0], add(right, *rest)
    if left.head not in _GIVEN or left in subforms(right):
        return None
    says = right.head != "num" or left.head in ("mean", "probability")
    return Law(left, right, section) if says else None


def put_in(form: Form, laws: Iterable[Law]) -> Form:
    """The form with the left sides of laws replaced, each at the arguments at which it stands."""
    for law in laws:
        for part in dict.fromkeys(subforms(form)):
            values = _match(law.left, part)
            if values is not None:
                form = replace_at(form, part, substitute(law.right, values))
    return form


def _match(left: Form, part: Form) -> Mapping[str, Form] | None:
    """What the letters of a left side are where it stands in another form; None where it does not."""
    if left == part:
        return {}
    if left.head == "call" and left.name.startswith("piece"):
        return None  # no function, but something written that is not understood
    if left.head != part.head or left.head not in ("call", "probability") or len(left.args) != len(part.args):
        return None
    if left.args[0] != part.args[0] or _shape(left) != _shape(part):
        return None
    pairs = list(zip(_arguments(left), _arguments(part), strict=True))
    if any(mine.head != "var" for mine, _ in pairs):
        return None
    if left.head == "probability" and not all(_is_same_variable(mine, other) for mine, other in pairs):
        return None
    values = {mine.name: other for mine, other in pairs}
    return values if len(values) == len(pairs) else None


def _shape(form: Form) -> tuple[int, ...]:
    """How many arguments stand before and behind the bar, and how many parameters."""
    return tuple(len(part.parts) for part in form.parts) if form.head == "probability" else (len(form.parts),)


def _arguments(form: Form) -> tuple[Form, ...]:
    if form.head == "call":
        return form.parts
    return tuple(each for part in form.parts for each in items(part))


def _is_same_variable(mine: Form, other: Form) -> bool:
    """Whether two values are of one variable: `x` and `x_i`, `x` and `x'`; parameters are what they are."""
    letter = other.args[0] if other.head == "index" else other
    return mine == other or (letter.head == "var" and variable_of(mine) == variable_of(letter))
