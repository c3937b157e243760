"""Sines and cosines by angle addition, with exact values at rational multiples of pi; inverse functions."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import lcm

from flint import fmpq, fmpz_poly

from derive.meaning.form import PI, fn, mul, num
from derive.verify.normal.exponentials import exponential, has_imaginary, imaginary, logarithm, pi, single, split
from derive.verify.normal.field import (
    CONSTANT_ONE,
    GENERATORS,
    ONE,
    RING,
    ZERO,
    Element,
    Field,
    Polynomial,
    TooLarge,
    exact,
)
from derive.verify.normal.roots import root

__all__ = ["arc_cosine", "arc_sine", "arc_tangent", "circular", "cosine_and_sine", "hyperbolic", "parity"]

Pair = tuple[Element, Element]

LARGEST_MULTIPLE = 48
LARGEST_DENOMINATOR = 60


def cosine_and_sine(field: Field, u: Element) -> Pair:
    """(cos u, sin u) from the angle's monomials by cos(a + b) and sin(a + b), which hold everywhere."""
    result = (ONE, ZERO)
    for c, m in split(field, u):
        if has_imaginary(field, m):
            growth = exponential(field, field.scaled(c, field.mul(m, field.neg(imaginary(field)))))
            decay = field.inverse(growth)
            half = Fraction(1, 2)
            part = (
                field.scaled(half, field.add(growth, decay)),
                field.mul(imaginary(field), field.scaled(half, field.sub(growth, decay))),
            )
        else:
            part = circular(field, c, m)
        result = _sum(field, result, part)
    return result


def hyperbolic(field: Field, u: Element) -> Pair:
    """(cosh u, sinh u) from exp(u) and its reciprocal, which is never 0."""
    growth = exponential(field, u)
    decay = field.inverse(growth)
    half = Fraction(1, 2)
    return field.scaled(half, field.add(growth, decay)), field.scaled(half, field.sub(growth, decay))


def _sum(field: Field, a: Pair, b: Pair) -> Pair:
    if a == (ONE, ZERO):
        return b
    return (
        field.sub(field.mul(a[0], b[0]), field.mul(a[1], b[1])),
        field.add(field.mul(a[1], b[0]), field.mul(a[0], b[1])),
    )


def multiple(field: Field, k: int, pair: Pair) -> Pair:
    """(cos k t, sin k t) from (cos t, sin t), by de Moivre."""
    if abs(k) > LARGEST_MULTIPLE:
        raise TooLarge("multiple of an angle")
    if k == 1:
        return pair
    if k < 0:
        cosine, sine = multiple(field, -k, pair)
        return cosine, field.neg(sine)
    result = (ONE, ZERO)
    for _ in range(k):
        result = _sum(field, result, pair)
    return result


def circular(field: Field, c: Fraction, m: Element) -> Pair:
    """(cos c m, sin c m) for a monomial m."""
    flipped = c.numerator < 0
    c = -c if flipped else c
    if len(m.num) == 1 and m.num.leading_coefficient() < 0:
        m, flipped = field.neg(m), not flipped
    cosine, sine = _of_inverse(field, c, m) or _of_pi(field, c, m) or _of_monomial(field, c, m)
    return cosine, field.neg(sine) if flipped else sine


def _of_monomial(field: Field, c: Fraction, m: Element) -> Pair:
    key = ("angle", field.key(m))
    part = field.refined(key, c.denominator)
    cosine, sine = field.index.get((*key, "cos")), field.index.get((*key, "sin"))
    if cosine is None or sine is None:
        angle = mul(num(1, part), field.form_of(m))
        real = field.is_real(m)
        cosine = field.generator((*key, "cos"), "cos", fn("cos", angle), real=real, argument=m, part=part)
        sine = field.generator((*key, "sin"), "sin", fn("sin", angle), real=real, argument=m, part=part)
        field.relate(sine, 2, Element(1 - GENERATORS[cosine] ** 2, CONSTANT_ONE))
    k = c.numerator * part // c.denominator
    if k > LARGEST_MULTIPLE:
        raise TooLarge("multiple of an angle")
    if k < 1:
        return multiple(field, k, (field.element(cosine), field.element(sine)))
    first, second = _de_moivre(k, cosine)
    return Element(first, CONSTANT_ONE), Element(GENERATORS[sine] * second, CONSTANT_ONE)


@lru_cache(maxsize=1024)
def _de_moivre(k: int, cosine: int) -> tuple[Polynomial, Polynomial]:
    """T_k and U_(k-1) at cos t, for k >= 1: cos k t = T_k, sin k t = sin t U_(k-1) (DLMF 18.5.1, 18.5.2)."""
    if k == 1:
        return GENERATORS[cosine], CONSTANT_ONE
    first, second = _de_moivre(k - 1, cosine)
    return GENERATORS[cosine] * first - (1 - GENERATORS[cosine] ** 2) * second, GENERATORS[cosine] * second + first


def _of_inverse(field: Field, c: Fraction, m: Element) -> Pair | None:
    """Of asin v: (sqrt(1 - v**2), v); of atan v: (1, v)/sqrt(1 + v**2), by their definitions."""
    index = single(field, m)
    if index is None or field.generators[index].kind not in ("asin", "atan"):
        return None
    known = field.generators[index]
    v = known.argument
    assert v is not None
    square = field.mul(v, v)
    if known.kind == "asin":
        pair = (root(field, field.sub(ONE, square), 2), v)
    else:
        cosine = field.inverse(root(field, field.add(ONE, square), 2))
        pair = (cosine, field.mul(v, cosine))
    if c.denominator == 1:
        return multiple(field, int(c), pair)
    if c.denominator == 2:
        return multiple(field, c.numerator, _half(field, m, pair[0], known.real, known.kind))
    return None


def _half(field: Field, m: Element, cosine: Element, real: bool, kind: str) -> Pair:
    """cos(t/2) = sqrt((1 + cos t)/2) for t in [-pi/2, pi/2]; sin(t/2) = sin t/(2 cos(t/2)) is kept by its square."""
    half = Fraction(1, 2)
    angle = mul(num(half), field.form_of(m))
    key = ("half angle", field.key(m))
    c = field.generator((*key, "cos"), "cos", fn("cos", angle), real=real)
    s = field.generator((*key, "sin"), "sin", fn("sin", angle), real=real)
    field.relate(c, 2, field.scaled(half, field.add(ONE, cosine)))
    field.relate(s, 2, field.scaled(half, field.sub(ONE, cosine)))
    return field.element(c), field.element(s)


def _of_pi(field: Field, c: Fraction, m: Element) -> Pair | None:
    """At c pi n for integer-valued n, and at rational multiples of pi."""
    index = field.index.get("pi")
    if index is None or not m.den.is_one() or m.num.degrees()[index] != 1:
        return None
    rest = divmod(m.num, GENERATORS[index])[0]
    if rest.is_constant():
        return _at_rational(field, c)
    if not all(field.generators[i].integer for i in field.used(rest)):
        return None
    if field.refined(("angle", field.key(m)), c.denominator) != 1:
        return None
    sign = parity(field, Element(rest, CONSTANT_ONE))
    return (ONE if int(c) % 2 == 0 else sign), ZERO


def parity(field: Field, n: Element) -> Element:
    """(-1)**n = cos(pi n) for integer-valued n: its square is 1."""
    angle = field.mul(pi(field), n)
    if field.refined(("angle", field.key(angle)), 1) != 1:
        return _of_monomial(field, Fraction(1), angle)[0]
    form = fn("cos", mul(PI, field.form_of(n)))
    index = field.generator(("parity", field.key(n)), "parity", form, real=True)
    field.relate(index, 2, ONE)
    return field.element(index)


def _at_rational(field: Field, c: Fraction) -> Pair:
    """cos and sin of c pi: by square roots for denominators 1, 2, 3, 4, 6, 12, else in Q(cos(pi/n)), n even."""
    c = c % 2
    flipped = c > 1
    if flipped:
        c = 2 - c
    if 12 % c.denominator == 0:
        cosine, sine = multiple(field, c.numerator, _basic(field, c.denominator))
    else:
        whole = field.refined("pi parts", lcm(2, c.denominator))
        if whole > LARGEST_DENOMINATOR:
            raise TooLarge("denominator of pi")
        generator = _cosine_of_part(field, whole)
        k = int(c * whole)
        cosine = _chebyshev(field, k, generator)
        sine = _chebyshev(field, k - whole // 2, generator)
    return cosine, field.neg(sine) if flipped else sine


def _basic(field: Field, n: int) -> Pair:
    """(cos, sin) of pi/n for n in 1, 2, 3, 4, 6, 12."""

    def r(k: int) -> Element:
        return root(field, exact(k), 2)

    half, quarter = Fraction(1, 2), Fraction(1, 4)
    if n == 1:
        return exact(-1), ZERO
    if n == 2:
        return ZERO, ONE
    if n == 3:
        return exact(half), field.scaled(half, r(3))
    if n == 4:
        return field.scaled(half, r(2)), field.scaled(half, r(2))
    if n == 6:
        return field.scaled(half, r(3)), exact(half)
    return field.scaled(quarter, field.add(r(6), r(2))), field.scaled(quarter, field.sub(r(6), r(2)))


def _cosine_of_part(field: Field, n: int) -> Element:
    """cos(pi/n), with the minimal polynomial of 2 cos(2 pi/(2n)) (Watkins and Zeitlin) as its relation."""
    index = field.generator(("cos pi/", n), "cospi", fn("cos", mul(num(1, n), PI)), real=True)
    if index not in field.relations:
        minimal = fmpz_poly.cos_minpoly(2 * n)
        degree = minimal.degree()
        value = RING.constant(0)
        for j in range(degree):
            value = value - RING.constant(fmpq(int(minimal[j])) * fmpq(2) ** (j - degree)) * GENERATORS[index] ** j
        field.relate(index, degree, Element(value, CONSTANT_ONE))
    return field.element(index)


def _chebyshev(field: Field, k: int, cosine: Element) -> Element:
    """cos(k t) as a polynomial in cos t."""
    previous, present = ONE, cosine
    if k == 0:
        return previous
    for _ in range(abs(k) - 1):
        previous, present = present, field.sub(field.scaled(2, field.mul(cosine, present)), previous)
    return present


# --- inverse functions ---

ARC_SINES = {
    Fraction(0): Fraction(0), Fraction(1): Fraction(1, 2), Fraction(-1): Fraction(-1, 2),
    Fraction(1, 2): Fraction(1, 6), Fraction(-1, 2): Fraction(-1, 6),
}  # fmt: skip


def _odd(field: Field, v: Element) -> tuple[Element, bool]:
    """(±v, whether the sign was changed) with one choice for v and -v."""
    flipped = not v.num.is_zero() and bool(v.num.leading_coefficient() < 0)
    return (field.neg(v), True) if flipped else (v, False)


def arc_sine(field: Field, v: Element) -> Element:
    known = ARC_SINES.get(field.number(v))  # type: ignore[arg-type]
    if known is not None:
        return field.scaled(known, pi(field))
    v, flipped = _odd(field, v)
    real = field.is_real(v) and field.sign_of(field.sub(ONE, field.mul(v, v)), strict=False) > 0
    index = field.generator(("asin", field.key(v)), "asin", fn("asin", field.form_of(v)), real=real, argument=v)
    return field.neg(field.element(index)) if flipped else field.element(index)


def arc_cosine(field: Field, v: Element) -> Element:
    """acos v = pi/2 - asin v, everywhere."""
    return field.sub(field.scaled(Fraction(1, 2), pi(field)), arc_sine(field, v))


def arc_tangent(field: Field, v: Element) -> Element:
    q = field.number(v)
    if q in (0, 1, -1):
        return field.scaled(Fraction(q) / 4, pi(field))
    v, flipped = _odd(field, v)
    index = field.generator(
        ("atan", field.key(v)), "atan", fn("atan", field.form_of(v)), real=field.is_real(v), argument=v
    )
    return field.neg(field.element(index)) if flipped else field.element(index)


def inverse_hyperbolic(field: Field, name: str, u: Element) -> Element:
    """asinh, acosh, atanh by their definitions with log and square roots."""
    if name == "asinh":
        return logarithm(field, field.add(u, root(field, field.add(field.mul(u, u), ONE), 2)))
    if name == "acosh":
        return logarithm(
            field, field.add(u, field.mul(root(field, field.sub(u, ONE), 2), root(field, field.add(u, ONE), 2)))
        )
    gap = field.sub(logarithm(field, field.add(ONE, u)), logarithm(field, field.sub(ONE, u)))
    return field.scaled(Fraction(1, 2), gap)
