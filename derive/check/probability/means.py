"""Laws of expectations: linear, the tower law, what is known is taken out, the expectation of an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.probability.heads import BIG, items, mean
from derive.check.probability.polynomials import (
    Monomial,
    Polynomial,
    atom,
    constant,
    form_of_monomial,
    plus,
    scaled,
)
from derive.meaning.form import Form, free_variables, mul, num, power, replace_at

if TYPE_CHECKING:
    from derive.check.probability.normal import Normal

__all__ = ["mean_law"]


def mean_law(normal: Normal, form: Form) -> Polynomial:
    """`E[a f + b g | z] = a E[f | z] + b E[g | z]`, with in the body what the condition says of its letters."""
    tag, body, given = form.args
    known = items(given)
    for part in known:
        if part.head == "eq" and part.args[0].head in ("var", "index"):
            body = replace_at(body, part.args[0], part.args[1])
    total: Polynomial = {}
    for factors, scale in normal(body).items():
        total = plus(total, scaled(_of_product(normal, tag, factors, known), scale))
    return total


def _of_product(normal: Normal, tag: str, factors: Monomial, known: tuple[Form, ...]) -> Polynomial:
    fixed: list[tuple[Form, int]] = []
    running: list[tuple[Form, int]] = []
    for form, exponent in factors:
        (running if _varies(normal, form, known) else fixed).append((form, exponent))
    outside: Polynomial = normal.joined(fixed)
    return normal.product(outside, _of_random(normal, tag, tuple(running), known))


def _of_random(normal: Normal, tag: str, factors: Monomial, known: tuple[Form, ...]) -> Polynomial:
    if not factors:
        return constant(1)
    towered = _tower(normal, tag, factors, known)
    if towered is not None:
        return towered
    if len(factors) == 1 and factors[0][1] == 1:
        form = factors[0][0]
        if form.head == "sum":
            body, *rest = form.args
            return normal(Form("sum", (mean(tag, body, known), *rest)))
        if form.head == "indicator" and not tag:
            return normal(
                Form("probability", ("P", Form("tuple", (form.args[0],)), Form("tuple", known), Form("tuple", ())))
            )
    split = _independent(normal, tag, factors, known)
    return split if split is not None else atom(mean(tag, form_of_monomial(factors), known))


def _tower(normal: Normal, tag: str, factors: Monomial, known: tuple[Form, ...]) -> Polynomial | None:
    """`E[g(y) E[x | y]] = E[g(y) x]`; None where this is no such product."""
    inner = [form for form, exponent in factors if form.head == "mean" and form.args[0] == tag and exponent == 1]
    if len(inner) != 1 or any(form.head == "mean" for form, _ in factors if form is not inner[0]):
        return None
    body, given = inner[0].args[1], items(inner[0].args[2])
    rest = [(form, exponent) for form, exponent in factors if form is not inner[0]]
    if not set(known) <= set(given) or any(_varies(normal, form, given) for form, _ in rest):
        return None
    return normal(mean(tag, mul(body, *(power(form, num(exponent)) for form, exponent in rest)), known))


def _varies(normal: Normal, form: Form, known: tuple[Form, ...]) -> bool:
    """Whether something is random once the rest is known: an expectation is, by what it is conditioned on."""
    settled = {part.name for part in known if part.head == "var"}
    whole = {part for part in known if part.head != "var"}
    return _depends(normal, form, settled, whole)


def _depends(normal: Normal, form: Form, settled: set[str], whole: set[Form]) -> bool:
    if form in whole:
        return False
    if form.head == "mean":
        return any(_depends(normal, part, settled, whole) for part in items(form.args[2]))
    if form.head in ("joint", "probability"):
        return False
    if form.head == "var":
        return form.name in normal.random and form.name not in settled
    if form.head == "index":
        return form.args[0].head == "var" and form.args[0].name in normal.random and form.args[0].name not in settled
    if form.head in BIG:
        return _depends(normal, form.args[0], settled, whole)
    if form.head == "call" and form.name[0].isupper():
        return True
    return any(_depends(normal, part, settled, whole) for part in form.parts)


def _independent(normal: Normal, tag: str, factors: Monomial, known: tuple[Form, ...]) -> Polynomial | None:
    """The expectation of a product of independent things as a product; None where nothing is independent."""
    claim = normal.independent
    if claim is None or claim.given != frozenset(known):
        return None
    groups: dict[Form, list[tuple[Form, int]]] = {}
    for form, exponent in factors:
        owners = [each for each in claim.of if _mentions(form, each)]
        random = {name for name in free_variables(form) if name in normal.random}
        if len(owners) != 1 or len(random) != 1:
            return None
        groups.setdefault(owners[0], []).append((form, exponent))
    if len(groups) < 2:
        return None
    found = constant(1)
    for group in groups.values():
        found = normal.product(found, normal(mean(tag, form_of_monomial(tuple(group)), known)))
    return found


def _mentions(form: Form, part: Form) -> bool:
    return form == part or any(_mentions(each, part) for each in form.parts)
