"""A claim in SymPy's objects: symbols with the assumptions of its context, and both sides at points of its domain."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain
from typing import Any

import sympy

from derive.meaning.form import free_variables, subforms
from derive.meaning.tosympy import to_sympy
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import mentions_imaginary
from derive.verify.domain import Domain

__all__ = ["RELATIVE_ERROR", "SympyClaim", "differ"]

RELATIVE_ERROR = 1e-9
DIGITS = 25


class SympyClaim:
    """A claim in SymPy's objects: symbols with the assumptions of its context, and points of its domain."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        names = free_variables(claim.left) | free_variables(claim.right)
        self.names = sorted(names - {"Reals", "Integers", "Naturals", "Naturals0", "Rationals", "Complexes"})
        nonzero = _nonzero(claim.context)
        self.assumptions = {n: _assumptions(claim.context.variable(n), n in nonzero) for n in self.names}
        self.left = to_sympy(claim.left, self.assumptions)
        self.right = to_sympy(claim.right, self.assumptions)

    def symbol(self, name: str) -> Any:
        return sympy.Symbol(name, **self.assumptions.get(name, {}))

    @property
    def opaque(self) -> bool:
        """Whether the claim speaks of functions that have no values."""
        return any(
            part.head in ("call", "index") for side in (self.claim.left, self.claim.right) for part in subforms(side)
        )

    @property
    def costly(self) -> bool:
        """Whether a single value takes long."""
        return any(side.has(sympy.Integral, sympy.Sum, sympy.Product, sympy.Limit) for side in (self.left, self.right))

    def points(self) -> Iterator[dict[Any, Any]]:
        rng = random.Random(1)
        real = not mentions_imaginary(self.claim.left, self.claim.right)
        domain = Domain(self.claim.context, self.names, real=real)
        few = 2 if self.costly else 4
        sources = domain.random_points(rng, few), domain.simple_points(rng, few), domain.hard_points(rng, few)
        for point in chain.from_iterable(sources) if self.names else ({},):
            yield {self.symbol(name): to_sympy(value) for name, value in point.items()}

    def samples(self) -> Iterator[tuple[Any, Any]]:
        """Both sides as numbers, wherever both have a value (a real one, over real variables)."""
        is_complex = any(v.sort == "complex" for v in map(self.claim.context.variable, self.names))
        imaginary = is_complex or mentions_imaginary(self.claim.left, self.claim.right)
        for point in self.points():
            left, right = (_number(side, point) for side in (self.left, self.right))
            if left is None or right is None:
                continue
            if imaginary or (left.is_real and right.is_real):
                yield left, right


def _assumptions(variable: Variable, nonzero: bool) -> dict[str, bool]:
    if variable.sort == "complex":
        return {"zero": False} if nonzero else {}
    found: dict[str, bool] = {variable.sort: True}
    low, high = _sign(variable.lower), _sign(variable.upper)
    if low is not None and low >= 0:
        found["positive" if low > 0 or (variable.lower and variable.lower.strict) else "nonnegative"] = True
    elif high is not None and high <= 0:
        found["negative" if high < 0 or (variable.upper and variable.upper.strict) else "nonpositive"] = True
    elif nonzero:
        found["zero"] = False
    return found


def _sign(bound: Bound | None) -> int | None:
    if bound is None:
        return None
    value = to_sympy(bound.value)
    return 1 if value.is_positive else -1 if value.is_negative else 0 if value.is_zero else None


def _nonzero(context: Context) -> set[str]:
    zero = sympy.Integer(0)
    return {
        part.name
        for constraint in context.constraints
        if constraint.head == "ne" and any(to_sympy(side) == zero for side in constraint.parts)
        for part in constraint.parts
        if part.head == "var"
    }


def _number(side: Any, point: dict[Any, Any]) -> Any:
    """The side at the point as a number, None where it has none or SymPy does not find it."""
    value = side.subs(point)
    value = sympy.N(
        value.doit() if value.has(sympy.Sum, sympy.Product, sympy.Derivative, sympy.Subs) else value, DIGITS
    )
    if not value.is_number or value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo) or not value.is_finite:
        return None
    real, imaginary = value.as_real_imag()
    if not (real.is_Float or real.is_Integer or real.is_Rational):
        return None
    if abs(imaginary) <= RELATIVE_ERROR * max(1, abs(real)) * 1e-6:
        return real
    return value


def differ(left: Any, right: Any) -> bool:
    """Whether two numbers differ by more than rounding explains."""
    return bool(abs(left - right) > RELATIVE_ERROR * max(1, abs(left), abs(right)))
