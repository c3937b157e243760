"""The zeta functions, Bernoulli numbers and polylogarithms at symbolic arguments, by their functional equations."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import ONE as FORM_ONE
from derive.meaning.form import fn, num, sub
from derive.verify.normal.exponentials import is_imaginary_unit, logarithm, pi, power_of
from derive.verify.normal.field import ONE, ZERO, Element, Field, Unsupported, exact
from derive.verify.normal.gammas import (
    LARGEST_SHIFT,
    bernoulli_number,
    catalan,
    hurwitz_at,
    reciprocal_gamma,
    without_integer,
)
from derive.verify.normal.gammas import polygamma as polygamma_of_order
from derive.verify.normal.gammas import zeta as zeta_at
from derive.verify.normal.special import golden_ratio, kernel
from derive.verify.normal.trigonometry import cosine_and_sine

__all__ = ["bernoulli", "eta", "polygamma", "polylog", "zeta"]

LARGEST_INDEX = 80


def zeta(field: Field, s: Element, a: Element | None = None) -> Element:
    """zeta(s), or Hurwitz's zeta(s, a) by the shifts of a; zeta(s, 1) = zeta(s) (DLMF 25.11.2)."""
    order = field.number(s)
    where = Fraction(1) if a is None else field.number(a)
    if order is not None and order.denominator == 1:
        if where == 1:
            return zeta_at(field, int(order))
        if where is not None and order > 1:
            return hurwitz_at(field, int(order), where)
        if a is not None and order in (0, -1):
            return _at_low_order(field, int(order), a)
    if where == 1:
        return _riemann(field, s)
    assert a is not None
    if where == Fraction(1, 2):
        return field.mul(field.sub(power_of(field, exact(2), s), ONE), _riemann(field, s))
    return _shifted(field, s, a)


def _at_low_order(field: Field, s: int, a: Element) -> Element:
    """zeta(0, a) = 1/2 - a, zeta(-1, a) = -(a**2 - a + 1/6)/2 (DLMF 25.11.13, 25.11.14)."""
    if s == 0:
        return field.sub(exact(Fraction(1, 2)), a)
    second = field.add(field.sub(field.mul(a, a), a), exact(Fraction(1, 6)))
    return field.scaled(Fraction(-1, 2), second)


def _riemann(field: Field, s: Element) -> Element:
    """Where s = c - t: zeta(s) = 2 (2 pi)**(s-1) sin(pi s/2) Gamma(1-s) zeta(1-s) (DLMF 25.4.1)."""
    if s.num.leading_coefficient() > 0 or not s.den.is_one():
        return kernel(field, "zeta", s)
    mirrored = field.sub(ONE, s)
    if field.sign_of(field.sub(mirrored, ONE)) <= 0:
        field.divided_by(field.form_of(s))
        field.divided_by(fn("rgamma", field.form_of(mirrored)))
    _, sine = cosine_and_sine(field, field.scaled(Fraction(1, 2), field.mul(pi(field), s)))
    if sine.num.is_zero():
        return ZERO
    growth = field.scaled(2, power_of(field, field.scaled(2, pi(field)), field.neg(mirrored)))
    top = field.mul(field.mul(growth, sine), kernel(field, "zeta", mirrored))
    return field.divide(top, reciprocal_gamma(field, mirrored))


def _shifted(field: Field, s: Element, a: Element) -> Element:
    """zeta(s, w + k) from the lowest shift met: zeta(s, a + 1) = zeta(s, a) - a**-s (DLMF 25.11.3)."""
    w, k = without_integer(field, a)
    lowest = field.shifted(("hurwitz", field.key(s), field.key(w)), k, highest=False)
    low = field.add(w, exact(lowest))
    if k - lowest > LARGEST_SHIFT or (k > lowest and field.sign_of(low) <= 0 and not field.is_integer(s)):
        raise Unsupported("Hurwitz zeta here")
    result = kernel(field, "zeta", s, low)
    for j in range(lowest, k):
        at = field.add(w, exact(j))
        if not field.nonzero(at.num):
            field.divided_by(field.form_of(at))
        result = field.sub(result, power_of(field, at, field.neg(s)))
    return result


def eta(field: Field, s: Element) -> Element:
    """eta(s) = (1 - 2**(1-s)) zeta(s), and log 2 at 1 (DLMF 25.2.3)."""
    if field.number(s) == 1:
        return logarithm(field, exact(2))
    if not field.nonzero(field.sub(s, ONE).num):
        field.divided_by(sub(field.form_of(s), FORM_ONE))
    half = power_of(field, exact(2), field.sub(ONE, s))
    return field.mul(field.sub(ONE, half), zeta(field, s))


def bernoulli(field: Field, n: Element, *at: Element) -> Element:
    """B_n = -n zeta(1 - n) for integers n >= 2 (DLMF 25.6.3); B_0 = 1; B_1 is left alone, since books differ."""
    if at:
        return kernel(field, "bernoulli", n, *at)
    degree = field.number(n)
    if degree is not None:
        if degree.denominator != 1 or not 0 <= degree <= LARGEST_INDEX or degree == 1:
            raise Unsupported("Bernoulli number")
        return exact(bernoulli_number(int(degree)))
    if not field.is_integer(n) or field.sign_of(field.sub(n, ONE)) <= 0:
        return kernel(field, "bernoulli", n)
    return field.neg(field.mul(n, _riemann(field, field.sub(ONE, n))))


def polygamma(field: Field, m: Element, z: Element) -> Element:
    """psi_m(z), for symbolic positive m by (-1)**(m+1) m! zeta(m + 1, z) (DLMF 25.11.12)."""
    order = field.number(m)
    if order is not None and order.denominator == 1:
        return polygamma_of_order(field, int(order), z)
    if not field.is_integer(m) or field.sign_of(m) <= 0:
        return kernel(field, "polygamma", m, z)
    following = field.add(m, ONE)
    scale = field.divide(power_of(field, exact(-1), following), reciprocal_gamma(field, following))
    return field.mul(scale, zeta(field, following, z))


def polylog(field: Field, s: Element, z: Element) -> Element:
    """Li_s(z) for integers s <= 1, at z = 1 and -1 by zeta, and the known values of Li_2 and Li_3 (DLMF 25.12)."""
    order, at = field.number(s), field.number(z)
    if at == 0:
        return ZERO
    if order == 1:
        return field.neg(logarithm(field, field.sub(ONE, z)))
    if order is not None and order.denominator == 1 and -12 <= order <= 0:
        return _rational(field, -int(order), z)
    if at == 1 and (field.sign_of(field.sub(s, ONE)) > 0):
        return zeta(field, s)
    if at == -1:
        return field.neg(eta(field, s))
    if order == 2:
        known = _dilogarithm(field, z, at)
        if known is not None:
            return known
    if order == 3 and at == Fraction(1, 2):
        return _trilogarithm_at_half(field)
    return kernel(field, "polylog", s, z)


def _rational(field: Field, times: int, z: Element) -> Element:
    """(z d/dz)**times of z/(1 - z), as a polynomial in u = 1/(1 - z): z d/dz u**k = k (u**(k+1) - u**k)."""
    coefficients = [Fraction(-1), Fraction(1)]
    for _ in range(times):
        following = [Fraction(0)] * (len(coefficients) + 1)
        for k, c in enumerate(coefficients):
            following[k] -= k * c
            following[k + 1] += k * c
        coefficients = following
    u = field.inverse(field.sub(ONE, z))
    total = ZERO
    for c in reversed(coefficients):
        total = field.add(field.mul(total, u), exact(c))
    return total


# Li_2(q) = a pi**2 + b log(2)**2.
DILOGARITHMS: dict[Fraction, tuple[Fraction, Fraction]] = {
    Fraction(1): (Fraction(1, 6), Fraction(0)),
    Fraction(1, 2): (Fraction(1, 12), Fraction(-1, 2)),
}
# Li_2(x) = a pi**2 + b log(phi)**2 at x = u + v phi, phi the golden ratio (Lewin, 1.4).
GOLDEN_DILOGARITHMS: dict[tuple[int, int], tuple[Fraction, Fraction]] = {
    (-1, 1): (Fraction(1, 10), Fraction(-1)),
    (2, -1): (Fraction(1, 15), Fraction(-1)),
    (1, -1): (Fraction(-1, 15), Fraction(1, 2)),
    (0, -1): (Fraction(-1, 10), Fraction(-1)),
}


def _dilogarithm(field: Field, z: Element, at: Fraction | None) -> Element | None:
    square = field.power(pi(field), 2)
    if at is not None:
        if at not in DILOGARITHMS:
            return None
        a, b = DILOGARITHMS[at]
        return field.add(field.scaled(a, square), field.scaled(b, field.power(logarithm(field, exact(2)), 2)))
    if is_imaginary_unit(field, z):
        return field.add(field.scaled(Fraction(-1, 48), square), field.mul(z, catalan(field)))
    if any(field.generators[i].form.args[:1] != (num(5),) for p in z for i in field.used(p)):
        return None
    golden = golden_ratio(field)
    for (u, v), (a, b) in GOLDEN_DILOGARITHMS.items():
        if field.sub(z, field.add(exact(u), field.scaled(v, golden))).num.is_zero():
            log = logarithm(field, golden)
            return field.add(field.scaled(a, square), field.scaled(b, field.mul(log, log)))
    return None


def _trilogarithm_at_half(field: Field) -> Element:
    """Li_3(1/2) = 7/8 zeta(3) - pi**2/12 log 2 + log(2)**3/6 (Landen)."""
    log = logarithm(field, exact(2))
    square = field.power(pi(field), 2)
    total = field.scaled(Fraction(7, 8), zeta_at(field, 3))
    total = field.sub(total, field.scaled(Fraction(1, 12), field.mul(square, log)))
    return field.add(total, field.scaled(Fraction(1, 6), field.power(log, 3)))
