"""Exact values of functions at rational numbers and at rational multiples of pi."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from derive.meaning.form import HALF, PI, ZERO, Form, mul, num, power

__all__ = ["exact_cosine", "exact_value"]

ZERO_AT_ZERO = frozenset({"asin", "atan", "asinh", "atanh", "erf", "Si", "LambertW"})
ANGLES: dict[tuple[str, Fraction], Fraction] = {
    ("atan", Fraction(1)): Fraction(1, 4),
    ("asin", Fraction(1)): Fraction(1, 2),
    ("asin", Fraction(1, 2)): Fraction(1, 6),
    ("acos", Fraction(0)): Fraction(1, 2),
    ("acos", Fraction(1)): Fraction(0),
    ("acos", Fraction(-1)): Fraction(1),
    ("acos", Fraction(1, 2)): Fraction(1, 3),
    ("acos", Fraction(-1, 2)): Fraction(2, 3),
}
LARGEST_FACTORIAL = 60


def exact_value(head: str, at: Fraction) -> Form | None:
    """The function's value at a rational number, where it is simple."""
    if at == 0 and head in ZERO_AT_ZERO:
        return ZERO
    if at < 0 and head in ("asin", "atan") and (head, -at) in ANGLES:
        return mul(num(-ANGLES[head, -at]), PI)
    if (head, at) in ANGLES:
        return mul(num(ANGLES[head, at]), PI)
    if head == "erfc" and at == 0:
        return num(1)
    if head in ("gamma", "factorial") and at.denominator == 1:
        n = int(at) - 1 if head == "gamma" else int(at)
        return num(factorial(n)) if 0 <= n <= LARGEST_FACTORIAL else None
    if head == "gamma" and at.denominator == 2 and abs(at) < LARGEST_FACTORIAL:
        return _gamma_at_half(at)
    return None


def _gamma_at_half(at: Fraction) -> Form:
    """gamma(1/2) = sqrt(pi) and gamma(x + 1) = x gamma(x)."""
    factor = Fraction(1)
    while at > Fraction(1, 2):
        at -= 1
        factor *= at
    while at < Fraction(1, 2):
        factor /= at
        at += 1
    return mul(num(factor), power(PI, HALF))


def exact_cosine(halves: Fraction) -> Form | None:
    """cos(q pi) for q a multiple of 1/6 or 1/4."""
    q = abs(halves) % 2
    q = 2 - q if q > 1 else q
    sign = -1 if q > Fraction(1, 2) else 1
    squares = {Fraction(0): 4, Fraction(1, 6): 3, Fraction(1, 4): 2, Fraction(1, 3): 1, Fraction(1, 2): 0}
    square = squares.get(1 - q if sign < 0 else q)
    if square is None:
        return None
    return mul(num(sign, 2), power(num(square), HALF)) if square else ZERO
