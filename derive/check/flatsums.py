"""Sums multiplied out: every term is one sum over all its indices, which have the same names wherever they stood."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

from derive.check.linear import ENTRIES, products_of
from derive.meaning.form import INFINITIES, ONE, ZERO, Form, add, free_variables, heads, mul, substitute, var

__all__ = ["TooMany", "with_flat_sums"]

MOST_TERMS = 80
MOST_INDICES = 4
LARGEST_POWER = 3
_INDEX = "index__"

Bound = tuple[str, Form, Form]
Term = tuple[tuple[Bound, ...], tuple[Form, ...]]
"""The indices with their bounds, and the factors under the sum over all of them."""


class TooMany(Exception):
    """There are too many terms or indices."""


def with_flat_sums(left: Form, right: Form) -> tuple[Form, Form]:
    """Both sides as sums of terms, each a product and a sum over all indices in it, equal ones as equal letters.

    Finite sums of numbers may be multiplied out, taken in any order, and their indices renamed.  Raises TooMany.
    """
    letters: dict[Form, Form] = {}
    fresh = iter(range(10_000))
    sides = (
        add(ZERO, *(_named(bounds, factors, letters) for bounds, factors in _terms(side, fresh)))
        if "sum" in heads(side)
        else side
        for side in (left, right)
    )
    first, second = sides
    return first, second


def _terms(form: Form, fresh: Iterator[int], *, inside: bool = False) -> list[Term]:
    """The terms of a form; a form without sums is one factor, unless it stands inside a sum."""
    if "sum" not in heads(form):
        return [((), tuple(factors)) for factors in products_of(form)] if inside else [((), (form,))]
    if form.head == "add":
        found = [term for part in form.parts for term in _terms(part, fresh, inside=inside)]
        if len(found) > MOST_TERMS:
            raise TooMany
        return found
    if form.head == "mul":
        return _multiplied([_terms(part, fresh, inside=inside) for part in form.parts])
    if form.head == "pow" and form.args[1].head == "num" and form.args[1].value in range(2, LARGEST_POWER + 1):
        times = range(int(form.args[1].value))
        return _multiplied([_terms(form.args[0], fresh, inside=inside) for _ in times])
    if form.head != "sum":
        return [((), (form,))]
    body, index, first, last = form.args
    if "sum" in heads(first) | heads(last) or not {first, last}.isdisjoint(INFINITIES):
        raise TooMany
    own = f"{_INDEX}{next(fresh)}"
    inner = _terms(substitute(body, {index.name: var(own)}), fresh, inside=True)
    if any(own in free_variables(end) for bounds, _ in inner for bound in bounds for end in bound[1:]):
        raise TooMany
    return [((*bounds, (own, first, last)), factors) for bounds, factors in inner]


def _multiplied(parts: list[list[Term]]) -> list[Term]:
    count = 1
    for part in parts:
        count *= len(part)
    if count > MOST_TERMS:
        raise TooMany
    return [
        (tuple(bound for bounds, _ in chosen for bound in bounds), tuple(f for _, factors in chosen for f in factors))
        for chosen in product(*parts)
    ]


def _named(bounds: tuple[Bound, ...], factors: tuple[Form, ...], letters: dict[Form, Form]) -> Form:
    """The term with what does not run in front, and the rest under sums over indices named in order."""
    fixed: list[Form] = []
    running: list[Form] = []
    names = {name for name, _, _ in bounds}
    for factor in factors:
        base, times = _base(factor)
        (running if free_variables(base) & names else fixed).extend([base] * times)
    if not bounds:
        return mul(ONE, *fixed)
    if len(bounds) > MOST_INDICES:
        raise TooMany
    total = min((_under(order, running) for order in permutations(bounds)), key=repr)
    plain = all(heads(factor) <= ENTRIES for factor in running)
    return mul(*fixed, letters.setdefault(total, var(f"sum__{len(letters)}")) if plain else total)


def _base(factor: Form) -> tuple[Form, int]:
    """A whole power as that many factors."""
    whole = factor.head == "pow" and factor.args[1].head == "num" and factor.args[1].value in range(2, 5)
    return (factor.args[0], int(factor.args[1].value)) if whole else (factor, 1)


def _under(order: tuple[Bound, ...], factors: list[Form]) -> Form:
    renamed = {name: var(f"{_INDEX}of{place}") for place, (name, _, _) in enumerate(order)}
    body = mul(ONE, *sorted((substitute(factor, renamed) for factor in factors), key=repr))
    for name, first, last in reversed(order):
        body = Form("sum", (body, renamed[name], first, last))
    return body
