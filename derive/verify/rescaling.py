"""Variables measured in other units: z = n w, so that gamma functions of z/n become gamma functions of w."""

from __future__ import annotations

from math import lcm

from derive.meaning.form import Form, free_variables, num, subforms
from derive.verify.problem import Comparison

__all__ = ["OF_GAMMA", "scales_of"]

OF_GAMMA = frozenset(
    {"gamma", "rgamma", "factorial", "rf", "ff", "RisingFactorial", "FallingFactorial", "beta", "binomial", "digamma"}
)
LARGEST = 6


def scales_of(comparison: Comparison) -> dict[str, int]:
    """n for each variable z that occurs over n in an argument of the gamma family.

    z runs through all real or complex numbers, and so does w = z/n.
    """
    context, scales = comparison.context, {}
    parts = [part for side in (comparison.left, comparison.right) for part in subforms(side) if part.head in OF_GAMMA]
    for name in sorted(comparison.names):
        known = context.variable(name)
        bound = known.lower is not None or known.upper is not None or known.sort == "integer"
        if bound or any(name in free_variables(c) for c in context.constraints):
            continue
        shared = lcm(*(_denominator(part, name) for part in parts))
        if 1 < shared <= LARGEST:
            scales[name] = shared
    return scales


def _denominator(part: Form, name: str) -> int:
    """The denominators of the numbers by which the variable is multiplied in the arguments."""
    found = 1
    for argument in part.parts:
        for term in argument.args if argument.head == "add" else (argument,):
            if term.head == "mul" and name in free_variables(term):
                found = lcm(found, *(f.value.denominator for f in _flat(term) if f.head == "num"))
    return found


def _flat(term: Form) -> list[Form]:
    """The factors of a product, with those of the products in it, and 1/n for n**-1."""
    flat: list[Form] = []
    for factor in term.args:
        if factor.head == "pow" and factor.args[0].head == "num" and factor.args[1] == num(-1):
            flat.append(num(1 / factor.args[0].value))
        elif factor.head in ("mul", "add"):
            flat += [f for inner in factor.args for f in (_flat(inner) if inner.head == "mul" else [inner])]
        else:
            flat.append(factor)
    return flat
