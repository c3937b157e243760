"""Roots, absolute values, complex parts: products taken apart only where the signs allow it."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from derive.meaning.form import Form, fn, num, power
from derive.verify.normal.exponentials import exponential, imaginary, is_imaginary_unit, pi, primes, single
from derive.verify.normal.field import (
    CONSTANT_ONE,
    ONE,
    ZERO,
    Element,
    Field,
    Polynomial,
    Refined,
    Unsupported,
    exact,
    factored,
)

__all__ = ["absolute", "conjugate", "real_and_imaginary", "root"]


def root(field: Field, v: Element, q: int) -> Element:
    """v**(1/q), principal: (p w)**(1/q) = p**(1/q) w**(1/q) for p >= 0; sqrt(f**2 w) = |f| sqrt(w) for real f."""
    if q == 1 or v.num.is_zero():
        return v
    above, top = factored(v.num)
    below, bottom = factored(v.den)
    content = above / below
    sign, content = (1, content) if content > 0 else (-1, -content)
    result, rest = ONE, ONE
    for f, e in top + [(f, -e) for f, e in bottom]:
        if field.nonnegative(-f):
            f, sign = -f, sign * (-1 if e % 2 else 1)
        if field.nonnegative(f):
            result = field.mul(result, _of_nonnegative(field, f, Fraction(e, q)))
            continue
        if q == 2 and abs(e) > 1 and field.is_real(Element(f, CONSTANT_ONE)):
            k = e // 2 if e > 0 else -(-e // 2)
            result = field.mul(result, field.power(_absolute_factor(field, f), k))
            e -= 2 * k
        if e:
            rest = field.mul(rest, field.power(Element(f, CONSTANT_ONE), e))
    result = field.mul(result, _of_number(field, content, q))
    if field.number(rest) == 1:
        return result if sign > 0 else field.mul(result, _of_minus_one(field, q))
    return field.mul(result, _of_rest(field, field.neg(rest) if sign < 0 else rest, q))


def _of_number(field: Field, content: Fraction, q: int) -> Element:
    """content**(1/q) for a positive rational number, one generator for each prime."""
    result = ONE
    if content == 1:
        return result
    for p, e in primes(content):
        if e % q == 0:
            result = field.mul(result, field.power(exact(p), e // q))
            continue
        shared = gcd(e, q)
        key = ("root", p)
        part = field.refined(key, q // shared)
        index = field.generator(key, "root", power(num(p), num(1, part)), real=True, positive=True)
        field.relate(index, part, exact(p))
        result = field.mul(result, field.power(field.element(index), e // shared * (part // (q // shared))))
    return result


def _of_minus_one(field: Field, q: int) -> Element:
    """(-1)**(1/q), principal; over the real numbers odd roots of negative numbers are left alone."""
    if q == 2:
        return imaginary(field)
    if field.real:
        raise Unsupported("conventions for odd roots differ")
    return exponential(field, field.scaled(Fraction(1, q), field.mul(imaginary(field), pi(field))))


def _of_rest(field: Field, rest: Element, q: int) -> Element:
    known = field.sign_of(rest, strict=False)
    result = ONE
    if known < 0 and q == 2 and not field.real:
        rest, known = field.neg(rest), 1
        result = imaginary(field)
    nonnegative = known > 0 or (field.real and q % 2 == 0)
    key = ("root", field.key(rest))
    part = field.refined(key, q)
    if field.parts.pop(("root of", field.key(rest)), None):
        raise Refined  # sqrt(x**2 - 1) was written as sqrt(x - 1) sqrt(x + 1) before it was met
    if part % 2:
        nonnegative = known > 0

    def form() -> Form:
        return power(field.form_of(rest), num(1, part))

    index = field.generator(key, "root", form, real=known > 0, nonnegative=nonnegative, argument=rest)
    field.relate(index, part, rest)
    return field.mul(result, field.power(field.element(index), part // q))


def _of_nonnegative(field: Field, f: Polynomial, exponent: Fraction) -> Element:
    """f**exponent for a polynomial f >= 0; of an exponential the exponential of a part of its exponent."""
    if exponent.denominator == 1:
        return field.power(Element(f, CONSTANT_ONE), int(exponent))
    v = Element(f, CONSTANT_ONE)
    index = single(field, v)
    key = ("root", field.key(v))
    if index is not None:
        generator = field.generators[index]
        if generator.kind == "exp" and generator.argument is not None:
            return exponential(field, field.scaled(exponent / generator.part, generator.argument))
        if generator.kind == "root" and index in field.relations:
            own = next(k for k, i in field.index.items() if i == index)
            field.refined(own, field.parts[own] * exponent.denominator)
    part = field.refined(key, exponent.denominator)

    def form() -> Form:
        return power(field.polynomial_form(f), num(1, part))

    index = field.generator(key, "root", form, real=True, positive=field.positive(f), nonnegative=True, argument=v)
    field.relate(index, part, v)
    return field.power(field.element(index), int(exponent * part))


def _absolute_factor(field: Field, f: Polynomial) -> Element:
    """|f| = s f with s**2 = 1, for real f; s is the sign of f, or 1 where f is 0."""
    if field.nonnegative(f):
        return Element(f, CONSTANT_ONE)
    if field.nonnegative(-f):
        return Element(-f, CONSTANT_ONE)
    if f.leading_coefficient() < 0:
        f = -f
    v = Element(f, CONSTANT_ONE)
    index = field.generator(("sign", str(f)), "sign", fn("sign", field.polynomial_form(f)), real=True, argument=v)
    field.relate(index, 2, ONE)
    return field.mul(field.element(index), v)


def absolute(field: Field, v: Element) -> Element:
    """|v|: of real v factor by factor, else the root of the sum of the squares of its parts."""
    if not field.is_real(v):
        re, im = real_and_imaginary(field, v)
        return root(field, field.add(field.mul(re, re), field.mul(im, im)), 2)
    result = ONE
    for p, side in ((v.num, 1), (v.den, -1)):
        if p.is_zero():
            return ZERO
        content, factors = factored(p)
        result = field.mul(result, field.power(exact(abs(content)), side))
        for f, e in factors:
            base = _absolute_factor(field, f) if e % 2 else Element(f, CONSTANT_ONE)
            result = field.mul(result, field.power(base, side * e))
    return result


def sign(field: Field, v: Element) -> Element:
    """sign v = |v|/v where v is not 0, else a generator with s**3 = s."""
    known = field.sign_of(v)
    if known:
        return exact(known)
    if not field.is_real(v):
        raise Unsupported("sign of a complex number")
    if field.nonzero(v.num):
        return field.divide(absolute(field, v), v)
    flipped = v.num.leading_coefficient() < 0
    if flipped:
        v = field.neg(v)
    index = field.generator(("sgn", field.key(v)), "sgn", fn("sign", field.form_of(v)), real=True)
    field.relate(index, 3, field.element(index))
    return field.neg(field.element(index)) if flipped else field.element(index)


def conjugate(field: Field, v: Element) -> Element:
    """The complex conjugate, where every generator but i is real."""
    if field.is_real(v):
        return v
    i = field.index.get("I")
    if i is None or any(j != i and not field.generators[j].real for p in v for j in field.used(p)):
        raise Unsupported("conjugate")
    return field.normal(field.conjugated(v.num, i), field.conjugated(v.den, i))


def real_and_imaginary(field: Field, v: Element) -> tuple[Element, Element]:
    w = conjugate(field, v)
    if w == v and field.is_real(v):
        return v, ZERO
    half = Fraction(1, 2)
    return field.scaled(half, field.add(v, w)), field.mul(field.scaled(-half, imaginary(field)), field.sub(v, w))


def argument(field: Field, v: Element) -> Element:
    """arg v: on the axes, and by the arc tangent of a quotient of the parts where one of them has a sign."""
    from derive.verify.normal.trigonometry import arc_tangent

    if is_imaginary_unit(field, v):
        return field.scaled(Fraction(1 if v.num.leading_coefficient() > 0 else -1, 2), pi(field))
    known = field.sign_of(v)
    if known:
        return ZERO if known > 0 else pi(field)
    if field.is_real(v):
        raise Unsupported("arg")
    re, im = real_and_imaginary(field, v)
    side = 0 if im.num.is_zero() else field.sign_of(im)
    if not re.num.is_zero() and field.sign_of(re) > 0:
        return arc_tangent(field, field.divide(im, re))
    if not side:
        raise Unsupported("arg")
    quarter = field.scaled(Fraction(side, 2), pi(field))
    return quarter if re.num.is_zero() else field.sub(quarter, arc_tangent(field, field.divide(re, im)))
