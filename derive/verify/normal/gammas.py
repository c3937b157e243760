"""The gamma family over 1/Gamma, which has no poles: factorials, binomials, polygamma, zeta at integers."""

from __future__ import annotations

from fractions import Fraction
from math import factorial, gcd, prod

from flint import fmpq

from derive.meaning.form import const, fn, num
from derive.verify.balls import Undefined
from derive.verify.normal.exponentials import exponential, logarithm, pi, power_of
from derive.verify.normal.field import ONE, ZERO, Element, Field, TooLarge, Unsupported, exact, fraction
from derive.verify.normal.roots import root
from derive.verify.normal.trigonometry import cosine_and_sine

__all__ = [
    "bernoulli_number",
    "beta",
    "binomial",
    "catalan_number",
    "double_factorial",
    "falling",
    "gamma",
    "polygamma",
    "reciprocal_gamma",
    "rising",
    "zeta",
]

LARGEST_SHIFT = 40
LARGEST_FACTORIAL = 80


def constant_term(v: Element) -> Fraction:
    """The rational term of a polynomial element."""
    if v.num.is_zero() or any(v.num.monomial(len(v.num) - 1)):  # the constant is the last in the order of the ring
        return Fraction(0)
    return fraction(v.num.coefficient(len(v.num) - 1)) / fraction(v.den.leading_coefficient())


def without_integer(field: Field, v: Element) -> tuple[Element, int]:
    """v = w + k with an integer k and the rational term of w in [0, 1)."""
    if not v.den.is_constant():
        return v, 0
    k = constant_term(v).__floor__()
    return field.sub(v, exact(k)), k


def gamma(field: Field, v: Element) -> Element:
    """Gamma(v) = 1/(1/Gamma(v)): 1/Gamma is not 0 where Gamma is defined."""
    inverse = reciprocal_gamma(field, v)
    if inverse.num.is_zero():
        raise Undefined("pole of gamma")
    return field.inverse(inverse)


def reciprocal_gamma(field: Field, v: Element) -> Element:
    """1/Gamma(w + k) = (w + k)...(w + K - 1)/Gamma(w + K), everywhere; the largest shift K met is the generator."""
    q = field.number(v)
    if q is not None:
        return _at_number(field, q)
    integral = field.is_integer(v)
    if integral and field.sign_of(field.neg(v), strict=False) > 0:
        return ZERO
    w, k = without_integer(field, v)
    if w.num.leading_coefficient() < 0 and not integral:
        return _reflected(field, v)
    shared = content(field, w)
    if shared > 1:
        return _multiplied(field, v, shared)
    key = ("gamma", field.key(w))
    kept = field.shifted(key, k, highest=True)
    if kept - k > LARGEST_SHIFT:
        raise TooLarge("shift of gamma")
    top = field.add(w, exact(kept))
    result = field.element(_generator(field, (*key, kept), top))
    for j in range(k, kept):
        result = field.mul(result, field.add(w, exact(j)))
    return result


def _generator(field: Field, key: object, argument: Element) -> int:
    positive = field.is_real(argument) and field.sign_of(argument) > 0
    return field.generator(
        key,
        "rgamma",
        fn("rgamma", field.form_of(argument)),
        real=field.is_real(argument),
        positive=positive,
        argument=argument,
    )


def _at_number(field: Field, q: Fraction) -> Element:
    """At integers, half-integers and other rational numbers in terms of 1/Gamma at q in (0, 1/2]."""
    if abs(q) > LARGEST_FACTORIAL:
        raise TooLarge("factorial")
    if q.denominator == 1:
        return ZERO if q <= 0 else exact(Fraction(1, factorial(int(q) - 1)))
    k = q.__floor__()
    w = q - k
    if w == Fraction(1, 2):
        result = field.inverse(root(field, pi(field), 2))
    elif w > Fraction(1, 2):
        _, sine = cosine_and_sine(field, field.scaled(w, pi(field)))
        mirrored = _generator(field, ("gamma number", 1 - w), exact(1 - w))
        result = field.divide(sine, field.mul(pi(field), field.element(mirrored)))
    else:
        result = field.element(_generator(field, ("gamma number", w), exact(w)))
    for j in range(abs(k)):
        result = field.divide(result, exact(w + j)) if k > 0 else field.mul(result, exact(w - j - 1))
    return result


def _reflected(field: Field, v: Element) -> Element:
    """1/Gamma(v) = sin(pi v)/pi Gamma(1 - v), where 1 - v is no pole."""
    mirrored = field.sub(ONE, v)
    _, sine = cosine_and_sine(field, field.mul(pi(field), v))
    other = reciprocal_gamma(field, mirrored)
    if field.sign_of(mirrored) <= 0:
        field.divided_by(fn("rgamma", field.form_of(mirrored)))
    return field.divide(sine, field.mul(pi(field), other))


def content(field: Field, w: Element) -> int:
    """The integer that divides every coefficient but the constant one; 1 if there is none in 2..4."""
    if not w.den.is_one():
        return 1
    shared = 0
    for monomial, c in w.num.to_dict().items():
        if any(monomial):
            if c.q != 1:
                return 1
            shared = gcd(shared, int(c.p))
    return shared if 1 < shared <= 4 else 1


def _multiplied(field: Field, v: Element, n: int) -> Element:
    """Gauss: 1/Gamma(n z) = (2 pi)**((n-1)/2) n**(1/2 - n z) prod 1/Gamma(z + j/n), everywhere."""
    z = field.scaled(Fraction(1, n), v)
    result = field.power(root(field, field.scaled(2, pi(field)), 2), n - 1)
    growth = field.mul(field.sub(exact(Fraction(1, 2)), v), logarithm(field, exact(n)))
    result = field.mul(result, exponential(field, growth))
    for j in range(n):
        result = field.mul(result, reciprocal_gamma(field, field.add(z, exact(Fraction(j, n)))))
    return result


def _is_natural(field: Field, v: Element) -> bool:
    return field.is_integer(v) and field.sign_of(v, strict=False) > 0


def binomial(field: Field, n: Element, k: Element) -> Element:
    """Gamma(n+1)/(Gamma(k+1) Gamma(n-k+1)); for k = 0, 1, 2, ... a polynomial in n."""
    q = field.number(k)
    if q is not None and q.denominator == 1 and 0 <= q <= 30:
        result = ONE
        for i in range(int(q)):
            result = field.mul(result, field.scaled(Fraction(1, i + 1), field.sub(n, exact(i))))
        return result
    above = field.add(n, ONE)
    if field.sign_of(above) <= 0:
        if field.is_integer(n) or not _is_natural(field, k):
            raise Unsupported("binomial where its upper index may be a negative integer")
        field.divided_by(fn("rgamma", field.form_of(above)))
    lower = field.mul(
        reciprocal_gamma(field, field.add(k, ONE)), reciprocal_gamma(field, field.add(field.sub(n, k), ONE))
    )
    return field.divide(lower, reciprocal_gamma(field, above))


def rising(field: Field, z: Element, k: Element) -> Element:
    """z (z+1) ... (z+k-1) = Gamma(z+k)/Gamma(z)."""
    q = field.number(k)
    if q is not None and q.denominator == 1 and 0 <= q <= 30:
        result = ONE
        for i in range(int(q)):
            result = field.mul(result, field.add(z, exact(i)))
        return result
    top = field.add(z, k)
    if field.sign_of(top) <= 0:
        if field.is_integer(z) or not _is_natural(field, k):
            raise Unsupported("rising factorial at a pole")
        field.divided_by(fn("rgamma", field.form_of(top)))
    return field.divide(reciprocal_gamma(field, z), reciprocal_gamma(field, top))


def falling(field: Field, z: Element, k: Element) -> Element:
    """z (z-1) ... (z-k+1)."""
    return rising(field, field.add(field.sub(z, k), ONE), k)


def catalan_number(field: Field, n: Element) -> Element:
    """binomial(2 n, n)/(n + 1) for integers n >= 0."""
    if not (_is_natural(field, n) or (field.number(n) or Fraction(-1)) >= 0):
        raise Unsupported("Catalan number")
    return field.divide(binomial(field, field.scaled(2, n), n), field.add(n, ONE))


def double_factorial(field: Field, n: Element) -> Element:
    """(2 m)!! = 2**m m!, (2 m - 1)!! = 2**m Gamma(m + 1/2)/sqrt(pi) for integers m >= 0 (DLMF 5.4)."""
    known = field.number(n)
    if known is not None and known.denominator == 1 and -1 <= known <= LARGEST_FACTORIAL:
        return exact(prod(range(int(known), 0, -2)))
    half = field.scaled(Fraction(1, 2), n)
    odd = field.scaled(Fraction(1, 2), field.add(n, ONE))
    if _is_natural(field, half):
        growth = gamma(field, field.add(half, ONE))
    elif _is_natural(field, odd):
        half = odd
        growth = field.divide(gamma(field, field.add(odd, exact(Fraction(1, 2)))), root(field, pi(field), 2))
    else:
        raise Unsupported("double factorial")
    return field.mul(power_of(field, exact(2), half), growth)


def beta(field: Field, a: Element, b: Element) -> Element:
    return field.mul(field.mul(gamma(field, a), gamma(field, b)), reciprocal_gamma(field, field.add(a, b)))


# --- polygamma and zeta ---


def euler_gamma(field: Field) -> Element:
    return field.element(field.generator("EulerGamma", "const", const("EulerGamma"), real=True, positive=True))


def catalan(field: Field) -> Element:
    return field.element(field.generator("Catalan", "const", const("Catalan"), real=True, positive=True))


def polygamma(field: Field, m: int, v: Element) -> Element:
    """psi_m(w + k) from the lowest shift met: psi_m(z + 1) = psi_m(z) + (-1)**m m!/z**(m+1)."""
    if not 0 <= m <= 20:
        raise Unsupported("order of polygamma")
    q = field.number(v)
    if q is not None:
        return _polygamma_at(field, m, q)
    w, k = without_integer(field, v)
    if w.num.leading_coefficient() < 0 and not field.is_integer(v):
        return _polygamma_reflected(field, m, v)
    shared = content(field, w)
    if shared > 1:
        return _polygamma_multiplied(field, m, v, shared)
    key = ("polygamma", m, field.key(w))
    kept = field.shifted(key, k, highest=False)
    if k - kept > LARGEST_SHIFT:
        raise TooLarge("shift of polygamma")
    low = field.add(w, exact(kept))
    form = fn("polygamma", num(m), field.form_of(low))
    result = field.element(field.generator((*key, kept), "polygamma", form, real=field.is_real(low)))
    scale = (-1) ** m * factorial(m)
    for j in range(kept, k):
        result = field.add(result, field.scaled(scale, field.power(field.add(w, exact(j)), -m - 1)))
    return result


def _polygamma_reflected(field: Field, m: int, v: Element) -> Element:
    """(-1)**m psi_m(1 - z) = psi_m(z) + pi d**m/dz**m cot(pi z) for z = 1 - v (DLMF 5.15.6); no integer z."""
    z = field.sub(ONE, v)
    cosine, sine = cosine_and_sine(field, field.mul(pi(field), z))
    if not field.nonzero(sine.num):
        field.divided_by(fn("sin", field.form_of(field.mul(pi(field), z))))
    turning = field.mul(_cotangent_slopes(field, m, field.divide(cosine, sine)), field.power(pi(field), m + 1))
    return field.scaled((-1) ** m, field.add(polygamma(field, m, z), turning))


def _polygamma_multiplied(field: Field, m: int, v: Element, n: int) -> Element:
    """psi_m(n z) = n**(-m-1) sum psi_m(z + j/n), and log n more for m = 0 (DLMF 5.15.7, 5.5.9)."""
    z = field.scaled(Fraction(1, n), v)
    total = ZERO
    for j in range(n):
        total = field.add(total, polygamma(field, m, field.add(z, exact(Fraction(j, n)))))
    total = field.scaled(Fraction(1, n ** (m + 1)), total)
    return field.add(total, logarithm(field, exact(n))) if m == 0 else total


def _polygamma_at(field: Field, m: int, q: Fraction) -> Element:
    if q.denominator == 1 and q <= 0:
        raise Undefined("pole of polygamma")
    if abs(q) > LARGEST_FACTORIAL:
        raise TooLarge("argument of polygamma")
    k = -((-q).__floor__()) - 1
    w = q - k
    result = (
        _digamma_value(field, w) if m == 0 else field.scaled((-1) ** (m + 1) * factorial(m), hurwitz(field, m + 1, w))
    )
    scale = (-1) ** m * factorial(m)
    for j in range(abs(k)):
        at, side = (w + j, 1) if k > 0 else (w - j - 1, -1)
        result = field.add(result, exact(Fraction(side * scale) / at ** (m + 1)))
    return result


# psi(p/q) + EulerGamma = a pi/sqrt(3) + b pi + c log 2 + d log 3 (Gauss).
DIGAMMA_VALUES: dict[Fraction, tuple[Fraction | int, Fraction | int, Fraction | int, Fraction | int]] = {
    Fraction(1): (0, 0, 0, 0),
    Fraction(1, 2): (0, 0, -2, 0),
    Fraction(1, 3): (Fraction(-1, 2), 0, 0, Fraction(-3, 2)),
    Fraction(2, 3): (Fraction(1, 2), 0, 0, Fraction(-3, 2)),
    Fraction(1, 4): (0, Fraction(-1, 2), -3, 0),
    Fraction(3, 4): (0, Fraction(1, 2), -3, 0),
    Fraction(1, 6): (Fraction(-3, 2), 0, -2, Fraction(-3, 2)),
    Fraction(5, 6): (Fraction(3, 2), 0, -2, Fraction(-3, 2)),
}


def _digamma_value(field: Field, w: Fraction) -> Element:
    known = DIGAMMA_VALUES.get(w)
    if known is None:
        form = fn("polygamma", num(0), num(w))
        return field.element(field.generator(("polygamma", 0, w), "polygamma", form, real=True))
    a, b, c, d = known
    result = field.neg(euler_gamma(field))
    if a:
        result = field.add(result, field.scaled(a, field.divide(pi(field), root(field, exact(3), 2))))
    if b:
        result = field.add(result, field.scaled(b, pi(field)))
    for coefficient, p in ((c, 2), (d, 3)):
        if coefficient:
            result = field.add(result, field.scaled(coefficient, logarithm(field, exact(p))))
    return result


def zeta(field: Field, s: int) -> Element:
    """zeta(2k) = (-1)**(k+1) B_2k (2 pi)**2k/(2 (2k)!); at odd numbers a generator; at 0, -1, ... by Bernoulli."""
    if s == 1:
        raise Undefined("pole of zeta")
    if abs(s) > LARGEST_FACTORIAL:
        raise TooLarge("argument of zeta")
    if s <= 0:
        return exact(Fraction(-1, 2)) if s == 0 else exact(-bernoulli_number(1 - s) / (1 - s))
    if s % 2:
        return field.element(field.generator(("zeta", s), "zeta", fn("zeta", num(s)), real=True, positive=True))
    scale = abs(bernoulli_number(s)) * 2 ** (s - 1) / factorial(s)
    return field.scaled(scale, field.power(pi(field), s))


def bernoulli_number(n: int) -> Fraction:
    return fraction(fmpq.bernoulli(n))


def hurwitz(field: Field, s: int, q: Fraction) -> Element:
    """zeta(s, q) for 0 < q <= 1: by the multiplication theorem and reflection where these give it."""
    if q == 1:
        return zeta(field, s)
    if q == Fraction(1, 2):
        return field.scaled(2**s - 1, zeta(field, s))
    n = q.denominator
    if s == 2 and n == 4:
        side = 8 if q.numerator == 1 else -8
        return field.add(field.power(pi(field), 2), field.scaled(side, catalan(field)))
    if s % 2 and n in (3, 4, 6):
        total = {3: 3**s - 1, 4: 4**s - 2**s, 6: 6**s - 3**s - 2**s + 1}[n]
        return field.scaled(Fraction(1, 2), field.add(field.scaled(total, zeta(field, s)), _odd_part(field, s, q)))
    form = fn("zeta", num(s), num(q))
    return field.element(field.generator(("zeta", s, q), "zeta", form, real=True, positive=True))


def _odd_part(field: Field, s: int, q: Fraction) -> Element:
    """zeta(s, q) - zeta(s, 1 - q) = pi/(s-1)! times the (s-1)-th derivative of cot(pi z) at q, for odd s."""
    cosine, sine = cosine_and_sine(field, field.scaled(q, pi(field)))
    value = _cotangent_slopes(field, s - 1, field.divide(cosine, sine))
    return field.mul(value, field.scaled(Fraction(1, factorial(s - 1)), field.power(pi(field), s)))


def _cotangent_slopes(field: Field, times: int, cotangent: Element) -> Element:
    """The derivative of cot of that order as a polynomial in cot."""
    coefficients = [Fraction(0), Fraction(1)]
    for _ in range(times):
        slope = [i * c for i, c in enumerate(coefficients)][1:]
        coefficients = [Fraction(0)] * (len(slope) + 2)
        for i, c in enumerate(slope):
            coefficients[i] -= c
            coefficients[i + 2] -= c
    value = ZERO
    for c in reversed(coefficients):
        value = field.add(field.mul(value, cotangent), exact(c))
    return value


def hurwitz_at(field: Field, s: int, q: Fraction) -> Element:
    """zeta(s, q) for positive rational q: zeta(s, q + 1) = zeta(s, q) - q**-s."""
    if not 0 < q <= LARGEST_SHIFT:
        raise Unsupported("Hurwitz zeta here")
    k = -((-q).__floor__()) - 1
    w = q - k
    result = hurwitz(field, s, w)
    for j in range(k):
        result = field.sub(result, exact((w + j) ** -s))
    return result
