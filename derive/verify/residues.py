"""Equalities over the integers by residue classes: n = 2k and n = 2k + 1, or the classes modulo 3 and 4."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from derive.meaning.form import Form, add, free_variables, heads, mul, num, subforms, substitute, var
from derive.model.context import Bound, Variable
from derive.verify.problem import Comparison

__all__ = ["by_residues"]

Judge = Callable[[Comparison], bool]

MODULI = (2, 3, 4)
PERIODIC = frozenset({"pow", "cos", "sin", "exp", "floor", "ceiling", "Mod"})


def by_residues(comparison: Comparison, holds: Judge) -> bool:
    """Whether the equality holds for n = m k + r with each r below m, for an integer variable n and an m of MODULI.

    Every integer is in one of these classes, with an integer k, so the equality holds for every n; the bounds of n
    become bounds of k, rounded outwards.
    """
    for name in sorted(comparison.names):
        known = comparison.context.variable(name)
        if known.sort != "integer" or not any(_alternates(side, name) for side in (comparison.left, comparison.right)):
            continue
        for modulus in MODULI:
            if all(holds(_in_class(comparison, known, modulus, residue)) for residue in range(modulus)):
                return True
    return False


def _alternates(form: Form, name: str) -> bool:
    """Whether the variable stands in an exponent, an angle or a rounded number."""
    if heads(form).isdisjoint(PERIODIC):
        return False
    return any(name in free_variables(part.args[-1]) for part in subforms(form) if part.head in PERIODIC and part.args)


def _in_class(comparison: Comparison, known: Variable, modulus: int, residue: int) -> Comparison:
    fresh = f"{known.name}_k"
    while fresh in comparison.names:
        fresh += "_"
    at = {known.name: add(mul(num(modulus), var(fresh)), num(residue))}
    low, high = (_end(bound, modulus, residue) for bound in (known.lower, known.upper))
    counter = Variable(
        fresh,
        "integer",
        None if low is None else Bound(num(ceil(low)), False),
        None if high is None else Bound(num(floor(high)), False),
    )
    others = tuple(v for v in comparison.context.variables if v.name != known.name)
    constraints = tuple(substitute(c, at) for c in comparison.context.constraints)
    context = replace(comparison.context, variables=(*others, counter), constraints=constraints)
    left, right = (substitute(side, at) for side in (comparison.left, comparison.right))
    return replace(comparison, left=left, right=right, context=context, oracles={})


def _end(bound: Bound | None, modulus: int, residue: int) -> Fraction | None:
    """The bound of k; none where that of n is no number, which only adds points."""
    if bound is None or bound.value.head != "num":
        return None
    return (bound.value.value - residue) / modulus
