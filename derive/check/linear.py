"""Finite sums taken apart: factors that do not run in front, a sum of sums in place of a sum of terms."""

from __future__ import annotations

from collections.abc import Iterator

from derive.meaning.form import (
    INFINITIES,
    Form,
    add,
    free_variables,
    heads,
    mul,
    num,
    power,
    rebuild,
    substitute,
    var,
)

__all__ = ["ENTRIES", "products_of", "with_linear_sums", "with_sums_named"]

MOST_TERMS = 60
ENTRIES = frozenset({"index", "var", "num", "mul", "call"})


def with_linear_sums(form: Form) -> Form:
    """The form with each finite sum of terms as numbers times sums of products; what is too long stays."""
    if not any(isinstance(arg, Form) for arg in form.args):
        return form
    parts = tuple(with_linear_sums(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head == "add":
        return add(*parts)
    if form.head == "mul":
        return mul(*parts)
    whole = Form(form.head, parts)
    if form.head != "sum" or INFINITIES[0] in parts or INFINITIES[1] in parts:
        return whole
    body, index, lower, upper = parts
    terms = list(products_of(body))
    if len(terms) > MOST_TERMS:
        return whole
    found: list[Form] = []
    for factors in terms:
        fixed = [factor for factor in factors if index.name not in free_variables(factor)]
        running = sorted((factor for factor in factors if index.name in free_variables(factor)), key=repr)
        found.append(mul(*fixed, Form("sum", (mul(num(1), *running), index, lower, upper))))
    return add(*found)


def with_sums_named(form: Form, names: dict[Form, Form]) -> Form:
    """The form with each sum of products of entries as a letter; such a sum is a number whatever the entries are.

    `names` is added to, so that equal sums get equal letters.
    """
    if form.head == "sum" and heads(form.args[0]) <= ENTRIES:
        body, index, lower, upper = form.args
        renamed = Form("sum", (substitute(body, {index.name: var("index__")}), var("index__"), lower, upper))
        return names.setdefault(renamed, var(f"sum__{len(names)}"))
    if form.head in ("add", "mul") or (form.head == "pow" and form.args[1].head == "num"):
        return rebuild(form.head, tuple(with_sums_named(part, names) for part in form.parts))
    return form


def products_of(form: Form) -> Iterator[list[Form]]:
    """The products that a form is the sum of, each as its factors."""
    if form.head == "add":
        for part in form.parts:
            yield from products_of(part)
    elif form.head == "mul":
        yield from _multiplied(list(form.parts))
    elif form.head == "pow" and form.args[0].head == "add" and form.args[1] == num(2):
        yield from _multiplied([form.args[0], form.args[0]])
    elif form.head == "pow" and form.args[1].head == "num" and form.args[1].value.denominator == 1:
        n = int(form.args[1].value)
        yield [form.args[0]] * n if 0 < n < 5 else [power(*form.parts)]
    else:
        yield [form]


def _multiplied(factors: list[Form]) -> Iterator[list[Form]]:
    if not factors:
        yield []
        return
    rest = list(_multiplied(factors[1:]))
    for first in products_of(factors[0]):
        for others in rest:
            yield [*first, *others]
