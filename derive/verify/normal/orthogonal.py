"""Legendre, Hermite and Laguerre polynomials: recurrence by the degree, parity, values at 0, 1 and -1 (DLMF 18)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.meaning.form import fn
from derive.verify.normal.exponentials import pi, power_of
from derive.verify.normal.field import ONE, ZERO, Element, Field, exact
from derive.verify.normal.gammas import reciprocal_gamma, without_integer
from derive.verify.normal.roots import root

__all__ = ["orthogonal"]

LARGEST_DEGREE = 24


@dataclass(frozen=True, slots=True)
class Family:
    """(a n + b) f_{n+1} = ((c n + d) x + (e n + g)) f_n - h n f_{n-1}, f_0 = 1; `even`: f_n(-x) = (-1)**n f_n(x)."""

    a: int
    b: int
    c: int
    d: int
    e: int
    g: int
    h: int
    even: bool


FAMILIES = {
    "legendre": Family(1, 1, 2, 1, 0, 0, 1, True),
    "hermite": Family(0, 1, 0, 2, 0, 0, 2, True),
    "laguerre": Family(1, 1, 0, -1, 2, 1, 1, False),
}


def orthogonal(field: Field, name: str, n: Element, x: Element) -> Element:
    """The polynomial of a known degree, or of a symbolic one from the two lowest degrees that are met."""
    family = FAMILIES[name]
    degree = field.number(n)
    if degree is not None:
        if degree.denominator != 1 or not 0 <= degree <= LARGEST_DEGREE:
            return _generator(field, name, n, x)
        before, present = ZERO, ONE
        for k in range(int(degree)):
            before, present = present, _following(field, family, exact(k), x, before, present)
        return present
    if not field.is_integer(n) or field.sign_of(n, strict=False) <= 0:
        return _generator(field, name, n, x)
    known = _at_number(field, name, n, field.number(x))
    if known is not None:
        return known
    if family.even and x.num.leading_coefficient() < 0:
        return field.mul(power_of(field, exact(-1), n), orthogonal(field, name, n, field.neg(x)))
    w, k = without_integer(field, n)
    lowest = field.shifted(("degree", name, field.key(w), field.key(x)), k, highest=False)
    if k - lowest > LARGEST_DEGREE:
        return _generator(field, name, n, x)
    if k <= lowest + 1:
        return _generator(field, name, n, x)
    before, present = (_generator(field, name, field.add(w, exact(lowest + j)), x) for j in (0, 1))
    for j in range(lowest + 1, k):
        before, present = present, _following(field, family, field.add(w, exact(j)), x, before, present)
    return present


def _generator(field: Field, name: str, n: Element, x: Element) -> Element:
    form = fn(name, field.form_of(n), field.form_of(x))
    key = (name, field.key(n), field.key(x))
    return field.element(field.generator(key, name, form, real=field.is_real(n) and field.is_real(x)))


def _following(field: Field, f: Family, n: Element, x: Element, before: Element, present: Element) -> Element:
    """f_{n+1} from f_{n-1} and f_n; a n + b is positive for every degree n >= 0."""

    def line(slope: int, start: int) -> Element:
        return field.add(field.scaled(slope, n), exact(start))

    factor = field.add(field.mul(line(f.c, f.d), x), line(f.e, f.g))
    top = field.sub(field.mul(factor, present), field.mul(field.scaled(f.h, n), before))
    return field.divide(top, line(f.a, f.b))


def _at_number(field: Field, name: str, n: Element, x: Fraction | None) -> Element | None:
    """DLMF table 18.6.1; P_n(0) = sqrt(pi)/(G(n/2 + 1) G((1 - n)/2)), H_n(0) = 2**n sqrt(pi)/G((1 - n)/2)."""
    if name == "legendre" and x in (1, -1):
        return ONE if x == 1 else power_of(field, exact(-1), n)
    if x != 0:
        return None
    if name == "laguerre":
        return ONE
    half = field.scaled(Fraction(1, 2), n)
    value = field.mul(root(field, pi(field), 2), reciprocal_gamma(field, field.sub(exact(Fraction(1, 2)), half)))
    if name == "hermite":
        return field.mul(value, power_of(field, exact(2), n))
    return field.mul(value, reciprocal_gamma(field, field.add(half, ONE)))
