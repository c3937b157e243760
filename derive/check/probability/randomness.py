"""Which letters of a claim are random variables, by where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from derive.check.probability.heads import items
from derive.meaning.form import Form, subforms

__all__ = ["random_names"]

_CONSTANTS = frozenset({
    "a", "b", "c", "d", "k", "m", "n", "N", "K", "M", "p", "alpha", "beta", "gamma", "delta", "lamda", "mu", "sigma",
    "theta", "tau", "rho", "pi", "phi", "Sigma",
})  # fmt: skip


def random_names(left: Form, right: Form) -> frozenset[str]:
    """The names of random variables.

    What stands outside all expectations is a number, for else an equation between numbers could not be meant (given
    something, it may be random too); what
    stands inside is random, but for the letters customary for constants where another letter stands beside them.
    """
    inside: set[str] = set()
    outside: set[str] = set()
    given: set[str] = set()
    for side in (left, right):
        _gather(side, inside, outside, given)
    if given:
        varying = _indexed(left, right)
        outside -= {name for name in outside - _CONSTANTS if name[0].isupper() or name in varying}
    free = (inside | given) - (outside - given)
    random = {name for name in free if name not in _CONSTANTS} | (given & free)
    for body in (*_bodies(left), *_bodies(right)):
        names = set(_names(body))
        if not names & random and not names <= outside & _CONSTANTS:
            random |= names
    return frozenset(random)


def _indexed(left: Form, right: Form) -> set[str]:
    """The letters that have an index, as observations and errors have."""
    return {
        part.args[0].name
        for side in (left, right)
        for part in subforms(side)
        if part.head == "index" and part.args[0].head == "var"
    }


def _bodies(form: Form) -> Iterator[Form]:
    """What stands in expectations: in each there is something random, or only constants that stand outside too."""
    return (part.args[1] for part in subforms(form) if part.head == "mean")


def _gather(form: Form, inside: set[str], outside: set[str], given: set[str]) -> None:
    if form.head == "mean":
        inside |= set(_names(form.args[1]))
        for part in items(form.args[2]):
            given |= set(_names(part))
        return
    if form.head == "var":
        outside.add(form.name)
    elif form.head == "index" and form.args[0].head == "var":
        outside.add(form.args[0].name)
    elif form.head in ("probability", "joint"):
        return
    else:
        for part in form.parts:
            _gather(part, inside, outside, given)


def _names(form: Form) -> Iterator[str]:
    """The names in a form; of an indexed one that of the letter, not of the index."""
    if form.head == "var":
        yield form.name
    elif form.head == "index" and form.args[0].head == "var":
        yield form.args[0].name
    else:
        for part in form.parts:
            yield from _names(part)
