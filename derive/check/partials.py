"""Partial derivatives of quantities of which the page only says that they depend on something: letters of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import comb

from derive.meaning.form import ZERO, Form, add, free_variables, indexed, mul, num, rebuild, subforms, var
from derive.meaning.interpret.motion import PARTIAL, TIME, dots_of, dotted

__all__ = ["BY", "chained", "letter_of", "named", "partial_letter", "partials_in"]

BY = "__by__"
_VELOCITY = "v"
"""Behind the name of a coordinate in the name of a derivative by its velocity."""
SHIFT = "_shift"


def named(form: Form) -> tuple[str, tuple[Form, ...]] | None:
    """The name and the indices of a letter or an entry; None for anything else."""
    if form.head == "var":
        return form.name, ()
    return (form.args[0].name, form.args[1:]) if form.head == "index" and form.args[0].head == "var" else None


def letter_of(name: str, indices: Iterable[Form]) -> Form:
    indices = tuple(indices)
    return indexed(var(name), *indices) if indices else var(name)


def partials_in(forms: Iterable[Form]) -> frozenset[tuple[str, str]]:
    """What is differentiated as it stands, and by which coordinate or velocity, without their dots."""
    found: set[tuple[str, str]] = set()
    for part in (part for form in forms for part in subforms(form)):
        if part.head == "opaque" and part.args[0] == PARTIAL:
            above, below = named(part.args[1]), named(part.args[2])
            if above is not None and below is not None:
                found.add((dots_of(above[0])[0], dots_of(below[0])[0]))
    return frozenset(found)


def partial_letter(above: Form, below: Form) -> Form | None:
    """The derivative of one letter by another of which it is a function, as a letter; None where there is no such.

    Of a quantity X that depends on q and t only, the n-th derivative by time depends on the k-th one of q as the
    (n - k)-th derivative by time of dX/dq does, C(n, k) times: for n = k = 1 this is dX'/dq' = dX/dq.
    """
    (upper, first), (lower, second) = named(above) or ("", ()), named(below) or ("", ())
    (base, dots), (by, times) = dots_of(upper), dots_of(lower)
    if not base or not by or BY in base:
        return None
    if dots:
        if dots < times:
            return ZERO
        return mul(num(comb(dots, times)), letter_of(dotted(base + BY + by, dots - times), (*first, *second)))
    return letter_of(base + BY + by + _VELOCITY * times, (*first, *second))


def chained(left: Form, right: Form) -> tuple[Form, Form, tuple[Form, ...]] | None:
    """Both sides with what moves replaced by the chain rule, and what each such quantity is said to depend on.

    A quantity that is differentiated by the entries of q, under a sum over them, is taken to be a function of these
    entries (and their velocities, where it is differentiated by them too) and of t.
    """
    rules: Ranges = {}
    for upper, lower, index, first, last in _summed((left, right)):
        rules.setdefault(upper, {})[lower] = (index, first, last)
    if not rules:
        return None
    sides = tuple(_replaced(side, rules) for side in (left, right))
    if sides == (left, right):
        return None
    said = tuple(
        Form("eq", (var(upper), Form("call", (upper, *map(_coordinate, sorted(by)), var(TIME)))))
        for upper, by in rules.items()
    )
    return sides[0], sides[1], said


Ranges = dict[str, dict[str, tuple[Form, Form, Form]]]


def _coordinate(name: str) -> Form:
    return var(name.removesuffix(_VELOCITY) + "_dot") if name.endswith(_VELOCITY) else var(name)


def _summed(sides: Iterable[Form]) -> Iterator[tuple[str, str, Form, Form, Form]]:
    """What is differentiated by an entry whose index a sum binds: both names, and the sum's index and bounds."""
    for total in (part for side in sides for part in subforms(side) if part.head == "sum"):
        body, index, first, last = total.args
        for part in subforms(body):
            known = named(part)
            if known is not None and BY in known[0] and known[1][-1:] == (index,):
                upper, _, lower = dots_of(known[0])[0].partition(BY)
                yield upper, lower, index, first, last


def _replaced(form: Form, rules: Ranges) -> Form:
    known = named(form)
    if known is None:
        if not any(isinstance(arg, Form) for arg in form.args):
            return form
        if form.head in ("sum", "diff", "subs", "int", "limit"):
            return Form(form.head, (_replaced(form.args[0], rules), *form.args[1:]))
        return rebuild(form.head, (_replaced(arg, rules) if isinstance(arg, Form) else arg for arg in form.args))
    name, indices = known
    base, dots = dots_of(name)
    if dots == 1 and base in rules:
        terms = [_sum_of(base, by, indices, place, 1 + by.count(_VELOCITY)) for by, place in rules[base].items()]
        return add(*terms, letter_of(base + BY + TIME, indices))
    plain = name.removesuffix(SHIFT)
    if plain != name and not dots and plain in rules:
        return add(ZERO, *(_sum_of(plain, by, indices, place, 0) for by, place in rules[plain].items()))
    return form


def _sum_of(base: str, by: str, indices: tuple[Form, ...], place: tuple[Form, Form, Form], dots: int) -> Form:
    """The sum over the entries of a coordinate of the derivative by one times what it changes by."""
    index, first, last = place
    if any(index.name in free_variables(each) for each in indices):
        index = var("entry__")
    coordinate = by.rstrip(_VELOCITY) if by.endswith(_VELOCITY) else by
    change = dotted(coordinate, dots) if dots else dotted(coordinate, by.count(_VELOCITY)) + SHIFT
    slope = letter_of(base + BY + by, (*indices, index))
    return Form("sum", (mul(slope, letter_of(change, (index,))), index, first, last))
