"""What functions on balls share: the sense in which they are meant, and what is raised where they have no value.

Every function on balls takes the `Sense` in which it is meant and its arguments as `acb` balls.  In the real sense
all arguments are real; outside its real domain a function is undefined.  In the complex sense functions have
their principal branches; where books differ about the value on a cut (inverse trigonometric functions, `K(m)`,
`polylog`) the answer is Unknown, never one of the conventions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from flint import arb

__all__ = [
    "COMPARISONS", "Ball", "Function", "Sense", "Undefined", "Unknown", "exact_integer", "is_integer", "may_be_real",
    "moderate", "nonzero", "off_cut", "real_part", "within",
]  # fmt: skip

LARGEST_ORDER = 2000
LARGEST_ARGUMENT = 10**5


class Undefined(Exception):
    """The form is surely undefined at the point."""


class Unknown(Exception):
    """It cannot be told whether the form is defined at the point, or it is not supported."""


@dataclass(frozen=True, slots=True)
class Sense:
    """How functions are meant.

    `real`: on their real domain.  `extended`: a real integrand continued off the real line, as rigorous
    quadrature asks for; then `analytic` demands that the ball meets no cut and no corner.
    """

    real: bool = True
    extended: bool = False
    analytic: bool = False


Ball: TypeAlias = Any
Function: TypeAlias = Callable[..., Ball]


def real_part(z: Ball) -> arb:
    """The real number that the ball is; Unknown if it may be non-real."""
    if not z.imag.is_zero():
        raise Unknown("not real")
    return z.real


def exact_integer(z: Ball, largest: int = LARGEST_ORDER) -> int:
    """The one integer the ball can be, bounded in size; Unknown otherwise."""
    if z.imag.is_zero() and z.real.is_exact() and z.real.is_integer():
        n = int(z.real.unique_fmpz())
        if abs(n) <= largest:
            return n
    raise Unknown("no small integer")


def is_integer(z: Ball) -> bool:
    return bool(z.imag.is_zero() and z.real.is_exact() and z.real.is_integer())


def moderate(*balls: Ball) -> None:
    """Special functions take forever at huge arguments."""
    for z in balls:
        if not abs(z) < LARGEST_ARGUMENT:
            raise Unknown("argument too large")


def within(sense: Sense, x: arb, inside: bool, outside: bool) -> None:
    """Undefined if surely outside, Unknown if not surely inside."""
    if outside:
        raise Undefined("outside the real domain")
    if not inside:
        raise Unknown("at the edge of the domain")


def off_cut(z: Ball, cut: bool) -> None:
    if cut:
        raise Unknown("may meet a branch cut")


def may_be_real(z: Ball) -> bool:
    return bool(z.imag.contains(0))


def nonzero(z: Ball) -> Ball:
    if z.is_zero():
        raise Undefined("division by 0")
    if z.contains(0):
        raise Unknown("division by a ball around 0")
    return z


def _equal(difference: Ball) -> bool:
    if difference.is_zero():
        return True
    if difference.contains(0):
        raise Unknown("too near to be told apart")
    return False


def _below(difference: Ball) -> bool:
    x = real_part(difference)
    if x < 0 or x >= 0:
        return bool(x < 0)
    raise Unknown("too near to be ordered")


def _at_most(difference: Ball) -> bool:
    x = real_part(difference)
    if x <= 0 or x > 0:
        return bool(x <= 0)
    raise Unknown("too near to be ordered")


COMPARISONS: dict[str, Callable[[Ball], bool]] = {
    "eq": _equal, "ne": lambda d: not _equal(d), "lt": _below, "le": _at_most,
}  # fmt: skip
"""What is sure of a difference; Unknown where its ball is too wide to tell."""
