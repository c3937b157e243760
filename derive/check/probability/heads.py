"""The forms that the algebra of probability is about: their heads, how they are made and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.meaning.form import Form, opaque

__all__ = ["ALL", "BIG", "OF", "indicator", "is_positive", "items", "joint", "listed", "mean", "probability", "span"]

ALL = opaque("all")
"""The bound of a sum or integral over everything."""

OF = "__of__"
"""What parts a letter that runs, in its own name, from the name of the variable whose values it takes."""

BIG = frozenset({"sum", "int", "prod"})


def listed(forms: Iterable[Form]) -> Form:
    return Form("tuple", tuple(forms))


def items(form: Form) -> tuple[Form, ...]:
    return form.parts


def probability(family: str, of: Iterable[Form], given: Iterable[Form] = (), by: Iterable[Form] = ()) -> Form:
    """`p(of | given; by)`, as it is written: a probability, or a density at a point."""
    return Form("probability", (family, listed(of), listed(given), listed(by)))


def joint(family: str, of: Iterable[Form], by: Iterable[Form] = ()) -> Form:
    """The joint probability or density of some things, in order; `by` are parameters."""
    return Form("joint", (family, listed(sorted(dict.fromkeys(of), key=repr)), listed(by)))


def mean(tag: str, body: Form, given: Iterable[Form] = ()) -> Form:
    """The expectation of the body given some things; `tag` is what is written below the E."""
    return Form("mean", (tag, body, listed(sorted(dict.fromkeys(given), key=repr))))


def indicator(event: Form) -> Form:
    return Form("indicator", (event,))


def variable_of(letter: Form) -> str:
    """The variable of which a letter is a value: x of `x`, `x'` and of letters that run in place of these.

    `p(x)` and `p(y)` are different densities, so a letter that runs may be renamed but stays a value of its variable.
    """
    return re.sub(r"_prime\d*$", "", letter.name.rpartition(OF)[2])


def is_positive(form: Form) -> bool:
    """Whether a form is positive wherever it has a value, by how it is made of exponentials and positive numbers."""
    if form.head == "num":
        return bool(form.value > 0)
    if form.head == "const":
        return form.name in ("pi", "E")
    if form.head in ("add", "mul"):
        return all(map(is_positive, form.parts))
    if form.head in ("pow", "sum", "int", "prod"):
        return is_positive(form.args[0])
    return form.head == "exp"


def span(base: Form, first: Form, last: Form) -> Form:
    """All of `x_1, …, x_n`."""
    return Form("span", (base, first, last))
