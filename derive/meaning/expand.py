"""Expands definitions: abbreviations and declared functions with a body replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form, free_variables, rebuild, subforms, substitute

__all__ = ["Bodies", "expand_calls", "expand_definitions"]

Bodies = Mapping[str, tuple[tuple[str, ...], Form]]
"""By the function's name: its parameters and its body."""

MOST_ROUNDS = 40
LARGEST = 20_000


def expand_definitions(
    form: Form, definitions: Mapping[str, Form], functions: Bodies | None = None, *, largest: int = LARGEST
) -> Form:
    """The form with every defined name and every call of a function with a body replaced, until none is left.

    Raises MeaningError where definitions go round in a circle or the result is too large.
    """
    bodies = functions or {}
    for _ in range(MOST_ROUNDS):
        names = free_variables(form) & definitions.keys()
        wanted = {name: definitions[name] for name in names - _differentiated(form) or names}
        expanded = expand_calls(substitute(form, wanted), bodies)
        if expanded == form:
            return form
        form = expanded
        if sum(1 for _ in subforms(form)) > largest:
            break
    raise MeaningError("the definitions go round in a circle, or grow without end")


def _differentiated(form: Form) -> frozenset[str]:
    """Names that derivatives are taken by: in `dy/du` first y becomes what it is in terms of u, then u."""
    return frozenset(part.args[1].name for part in subforms(form) if part.head == "diff")


def expand_calls(form: Form, bodies: Bodies) -> Form:
    """Calls of functions with a body replaced by it once, inside out."""
    if not any(isinstance(a, Form) for a in form.args):
        return form
    args = tuple(expand_calls(a, bodies) if isinstance(a, Form) else a for a in form.args)
    if form.head == "call" and form.name in bodies:
        parameters, body = bodies[form.name]
        if len(parameters) == len(args) - 1:
            return substitute(body, dict(zip(parameters, args[1:], strict=True)))
    return form if args == form.args else rebuild(form.head, args)
