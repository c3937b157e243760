"""Entries that the context defines (`s_i = \\ldots` for every i) put in place, and letters that are indices found."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import ONE, Form, rebuild, subforms, substitute
from derive.model.claim import Claim
from derive.verify.tensors.shapes import Unclear

__all__ = ["index_ranges", "unfolded"]

MOST_ROUNDS = 6
LARGEST = 4000


def unfolded(claim: Claim) -> Claim:
    """The claim with the entries that are defined replaced by what they are.  Raises Unclear."""
    rules: dict[Form, tuple[tuple[str, ...], Form]] = {}
    kept: list[Form] = []
    for constraint in claim.context.constraints:
        rule = _definition(constraint)
        if rule is None or rule[0] in rules:
            kept.append(constraint)
        else:
            rules[rule[0]] = rule[1:]
    if not rules:
        return claim
    context = replace(
        claim.context,
        constraints=tuple(_replaced(c, rules) for c in kept),
        arrays=tuple(a for a in claim.context.arrays if a not in rules),
    )
    left, right = (_replaced(side, rules) for side in (claim.left, claim.right))
    if any(part in rules for side in (left, right, *context.constraints) for part in subforms(side)):
        raise Unclear("a vector with defined entries as a whole")
    return replace(claim, left=left, right=right, context=context)


def _definition(constraint: Form) -> tuple[Form, tuple[str, ...], Form] | None:
    """The array, the index letters and the body of `s_i = body`; the body does not speak of the array."""
    if constraint.head != "eq" or constraint.args[0].head != "index":
        return None
    (array, *indices), body = constraint.args[0].args, constraint.args[1]
    names = tuple(index.args[0] for index in indices if index.head == "var")
    if array.head != "array" or len(set(names)) != len(indices) or any(part == array for part in subforms(body)):
        return None
    return array, names, body


def _replaced(form: Form, rules: dict[Form, tuple[tuple[str, ...], Form]]) -> Form:
    for _ in range(MOST_ROUNDS):
        found = _once(form, rules)
        if found == form:
            return form
        form = found
        if sum(1 for _ in subforms(form)) > LARGEST:
            break
    raise Unclear("the definitions go round in a circle, or grow without end")


def _once(form: Form, rules: dict[Form, tuple[tuple[str, ...], Form]]) -> Form:
    if form.head == "index" and form.args[0] in rules:
        names, body = rules[form.args[0]]
        return substitute(body, dict(zip(names, form.args[1:], strict=True)))
    if form.head == "array" or not form.parts:
        return form
    return rebuild(form.head, (_once(a, rules) if isinstance(a, Form) else a for a in form.args))


def index_ranges(*forms: Form) -> dict[str, Form]:
    """For each letter that is an index of declared arrays up to where it runs, from 1.

    Raises Unclear for a letter that is an index of different dimensions.
    """
    found: dict[str, Form] = {}
    for form in forms:
        for part in subforms(form):
            if part.head == "index" and part.args[0].head == "array":
                for size, index in zip(part.args[0].args[1:], part.args[1:], strict=False):
                    if index.head == "var" and found.setdefault(index.name, size) != size:
                        raise Unclear(f"{index.name} is an index of different dimensions")
            elif part.head == "sum" and part.args[2] == ONE and part.args[1].head == "var":
                found.setdefault(part.args[1].name, part.args[3])
    deltas = [part for form in forms for part in subforms(form) if part.head == "delta"]
    for one, other in (pair for d in deltas for pair in (d.args, d.args[::-1])):
        if one.head == "var" and other.head == "var" and other.name in found:
            found.setdefault(one.name, found[other.name])
    return found
