"""Named functions with recurrences or closed forms: Bessel, Chebyshev, Fibonacci, Lambert W, elliptic, erf."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import fn
from derive.verify.normal.exponentials import exponential, has_imaginary, imaginary, logarithm, pi, power_of
from derive.verify.normal.field import ONE, ZERO, Element, Field, TooLarge, Unsupported, exact, fraction
from derive.verify.normal.gammas import gamma, without_integer
from derive.verify.normal.roots import root
from derive.verify.normal.trigonometry import cosine_and_sine, hyperbolic, parity

__all__ = [
    "airy", "bessel", "chebyshev", "elliptic", "fibonacci", "golden_ratio", "kernel", "lambert", "odd_kernel", "sinc",
]  # fmt: skip

LARGEST_DEGREE = 24
REAL_ON_REALS = frozenset(
    [
        "erf",
        "erfc",
        "erfi",
        "Si",
        "Shi",
        "floor",
        "ceiling",
        "airyai",
        "airybi",
        "airyaiprime",
        "airybiprime",
        "fresnels",
        "fresnelc",
        "zeta",
        "bernoulli",
        "catalan",
    ]
)


def kernel(field: Field, name: str, *arguments: Element) -> Element:
    """A function about which only this is used: equal arguments give equal values."""
    real = name in REAL_ON_REALS and len(arguments) == 1 and field.is_real(arguments[0])
    form = fn(name, *(field.form_of(a) for a in arguments))
    return field.element(field.generator((name, *(field.key(a) for a in arguments)), name, form, real=real))


def odd_kernel(field: Field, name: str, v: Element) -> Element:
    """A function with f(-x) = -f(x), everywhere."""
    if v.num.is_zero():
        return ZERO
    turned = TURNED.get(name)
    if turned is not None and v.den.is_one() and has_imaginary(field, v) and _all_imaginary(field, v):
        i = imaginary(field)
        return field.mul(i, odd_kernel(field, turned, field.neg(field.mul(i, v))))
    if v.num.leading_coefficient() < 0:
        return field.neg(kernel(field, name, field.neg(v)))
    return kernel(field, name, v)


TURNED = {"erf": "erfi", "erfi": "erf", "Si": "Shi", "Shi": "Si"}
"""f(i z) = i g(z), everywhere (DLMF 7.5, 6.2)."""


def _all_imaginary(field: Field, v: Element) -> bool:
    """Whether every term has the factor i."""
    place = field.index["I"]
    return all(exponents[place] for exponents in v.num.monoms())


def sinc(field: Field, z: Element) -> Element:
    """sin(z)/z, and 1 at 0."""
    if z.num.is_zero():
        return ONE
    if not field.nonzero(z.num):
        field.divided_by(field.form_of(z))
    return field.divide(cosine_and_sine(field, z)[1], z)


def lambert(field: Field, u: Element) -> Element:
    """W(u), with exp(W) = u/W where W != 0; W(v exp(v)) = v for numbers v >= -1, W(-pi/2) = i pi/2."""
    if u.num.is_zero():
        return ZERO
    known = _lambert_at(field, u)
    if known is not None:
        return known
    nonnegative = field.is_real(u) and field.sign_of(u, strict=False) > 0
    form = fn("LambertW", field.form_of(u))
    index = field.generator(
        ("lambert", field.key(u)),
        "lambert",
        form,
        real=nonnegative,
        nonnegative=nonnegative,
        positive=nonnegative and field.sign_of(u) > 0,
        argument=u,
    )
    return field.element(index)


def _lambert_at(field: Field, u: Element) -> Element | None:
    """v where u = v exp(v) with a rational v >= -1; the values at -pi/2 and -log(2)/2."""
    if (not u.den.is_constant() and not u.num.is_constant()) or len(u.num) != 1 or len(u.den) != 1:
        return None
    scale = fraction(u.num.leading_coefficient() / u.den.leading_coefficient())
    rest = field.scaled(1 / scale, u)
    if field.sub(rest, pi(field)).num.is_zero() and scale == Fraction(-1, 2) and not field.real:
        return field.scaled(Fraction(1, 2), field.mul(imaginary(field), pi(field)))
    if scale == Fraction(-1, 2) and field.sub(rest, logarithm(field, exact(2))).num.is_zero():
        return field.neg(rest)
    if scale >= -1 and field.sub(rest, exponential(field, exact(scale))).num.is_zero():
        return exact(scale)
    return None


# C_{v+1}(z) = a (2v/z) C_v(z) + b C_{v-1}(z) with (a, b) by kind.
BESSEL_RECURRENCE = {"besselj": (1, -1), "bessely": (1, -1), "besseli": (-1, 1), "besselk": (1, 1)}
# C_{-v} = s C_v for integers v, s by kind: (-1)**v or 1 (DLMF 10.4.1, 10.27.1; K_{-v} = K_v for every v).
ALTERNATING_IN_ORDER = {"besselj": True, "bessely": True, "besseli": False, "besselk": False}


def bessel(field: Field, name: str, order: Element, z: Element) -> Element:
    """By parity, and by the recurrence from orders w and w + 1; at half-integers elementary for z > 0."""
    integral = field.is_integer(order)
    if z.num.is_zero():
        return _bessel_at_zero(field, name, order)
    if name == "besselj" and integral and _is_imaginary(field, z):
        turned = field.mul(z, field.neg(imaginary(field)))
        return field.mul(power_of(field, imaginary(field), order), bessel(field, "besseli", order, turned))
    if name in ("besselj", "besseli") and integral and z.num.leading_coefficient() < 0:
        return field.mul(_minus_one_to(field, order), bessel(field, name, order, field.neg(z)))
    w, k = without_integer(field, order)
    if w.num.leading_coefficient() < 0 and (integral or name == "besselk"):
        mirrored = bessel(field, name, field.neg(order), z)
        return field.mul(_minus_one_to(field, order), mirrored) if ALTERNATING_IN_ORDER[name] else mirrored
    number = field.number(order)
    if abs(k) > LARGEST_DEGREE:
        raise TooLarge("order of a Bessel function")
    if number is not None and number.denominator == 2 and field.sign_of(z) > 0:
        w, k = exact(Fraction(-1, 2)), int(number + Fraction(1, 2))
        low, high = (_bessel_at_half(field, name, side, z) for side in (-1, 1))
    elif k in (0, 1) and (number is None or number >= 0):
        return kernel(field, name, order, z)
    else:
        low, high = kernel(field, name, w, z), kernel(field, name, field.add(w, ONE), z)
    if not field.nonzero(z.num):
        field.divided_by(field.form_of(z))
    a, b = BESSEL_RECURRENCE[name]
    double = field.divide(exact(2 * a), z)
    for j in range(1, k):
        slope = field.mul(double, field.add(w, exact(j)))
        low, high = high, field.add(field.mul(slope, high), field.scaled(b, low))
    for j in range(0, k, -1):
        slope = field.mul(double, field.add(w, exact(j)))
        low, high = field.scaled(Fraction(1, b), field.sub(high, field.mul(slope, low))), low
    return high if k > 0 else low


def _bessel_at_zero(field: Field, name: str, order: Element) -> Element:
    """J_0(0) = I_0(0) = 1, and 0 for integer orders other than 0."""
    if name in ("besselj", "besseli") and field.is_integer(order):
        if order.num.is_zero():
            return ONE
        if field.nonzero(order.num):
            return ZERO
    raise Unsupported("Bessel function at 0")


def _bessel_at_half(field: Field, name: str, side: int, z: Element) -> Element:
    """The functions of order side/2 for z > 0 (DLMF 10.16.1, 10.39.1, 10.39.2)."""
    scale = root(field, field.divide(exact(2), field.mul(pi(field), z)), 2)
    if name in ("besselj", "bessely"):
        cosine, sine = cosine_and_sine(field, z)
        if name == "besselj":
            return field.mul(scale, sine if side > 0 else cosine)
        return field.mul(scale, field.neg(cosine) if side > 0 else sine)
    if name == "besselk":
        return field.scaled(Fraction(1, 2), field.mul(field.mul(scale, pi(field)), exponential(field, field.neg(z))))
    hyperbolic_cosine, hyperbolic_sine = hyperbolic(field, z)
    return field.mul(scale, hyperbolic_sine if side > 0 else hyperbolic_cosine)


# At 0: 3**a / Gamma(b) with a sign (DLMF 9.2.3 to 9.2.6).
AIRY_AT_ZERO: dict[str, tuple[int, Fraction, Fraction]] = {
    "airyai": (1, Fraction(-2, 3), Fraction(2, 3)),
    "airyaiprime": (-1, Fraction(-1, 3), Fraction(1, 3)),
    "airybi": (1, Fraction(-1, 6), Fraction(2, 3)),
    "airybiprime": (1, Fraction(1, 6), Fraction(1, 3)),
}


def airy(field: Field, name: str, z: Element) -> Element:
    if not z.num.is_zero():
        return kernel(field, name, z)
    sign, a, b = AIRY_AT_ZERO[name]
    power = field.power(root(field, exact(3), a.denominator), a.numerator)
    return field.scaled(sign, field.divide(power, gamma(field, exact(b))))


def _is_imaginary(field: Field, z: Element) -> bool:
    """Whether i divides every term, as in J_n(i w) = i**n I_n(w) for integer n."""
    index = field.index.get("I")
    return index is not None and z.den.is_one() and all(m[index] == 1 for m in z.num.to_dict())


def chebyshev(field: Field, n: Element, x: Element, *, second: bool) -> Element:
    """T_n = (u**n + u**-n)/2 and U_n = (u**(n+1) - u**-(n+1))/(u - 1/u) with u = x + sqrt(x-1) sqrt(x+1)."""
    degree = field.number(n)
    if degree is not None:
        return (
            _chebyshev_at(field, int(degree), x, second=second) if degree.denominator == 1 else kernel(field, "?", n, x)
        )
    if not field.is_integer(n):
        raise Unsupported("Chebyshev function")
    q = field.number(x)
    if q in (1, -1):
        if second:
            value = field.add(n, ONE)
            return value if q == 1 else field.mul(parity(field, n), value)
        return ONE if q == 1 else parity(field, n)
    if field.real:
        raise Unsupported("Chebyshev polynomials by complex powers")
    if not x.num.is_zero() and x.num.leading_coefficient() < 0:
        return field.mul(_minus_one_to(field, n), chebyshev(field, n, field.neg(x), second=second))
    conjugate = _square_root(field, x)
    u = field.add(x, conjugate)
    field.declare_nonzero(u.num)  # u (x - sqrt(x - 1) sqrt(x + 1)) = 1
    if not second:
        power = power_of(field, u, n)
        return field.scaled(Fraction(1, 2), field.add(power, field.inverse(power)))
    if q is None:
        field.divided_by(field.form_of(field.sub(field.mul(x, x), ONE)))
    power = power_of(field, u, field.add(n, ONE))
    return field.divide(field.sub(power, field.inverse(power)), field.scaled(2, conjugate))


def _square_root(field: Field, x: Element) -> Element:
    """One square root of x**2 - 1; which one does not matter, since u and 1/u come in symmetrically."""
    whole = field.sub(field.mul(x, x), ONE)
    if ("root", field.key(whole)) in field.parts:
        return root(field, whole, 2)
    field.parts["root of", field.key(whole)] = 1
    return field.mul(root(field, field.sub(x, ONE), 2), root(field, field.add(x, ONE), 2))


def _chebyshev_at(field: Field, n: int, x: Element, *, second: bool) -> Element:
    if second:
        if n == -1:
            return ZERO
        if n < -1:
            return field.neg(_chebyshev_at(field, -n - 2, x, second=True))
    n = abs(n)
    if n > LARGEST_DEGREE:
        raise TooLarge("degree")
    before, present = ONE, field.scaled(2, x) if second else x
    if n == 0:
        return before
    for _ in range(n - 1):
        before, present = present, field.sub(field.scaled(2, field.mul(x, present)), before)
    return present


def golden_ratio(field: Field) -> Element:
    return field.scaled(Fraction(1, 2), field.add(ONE, root(field, exact(5), 2)))


def fibonacci(field: Field, n: Element, *, lucas: bool = False) -> Element:
    """Binet: F_n = (p**n - (-1)**n p**-n)/sqrt(5), L_n = p**n + (-1)**n p**-n, for every integer n."""
    degree = field.number(n)
    if degree is not None:
        return _fibonacci_at(int(degree), lucas=lucas)
    if not field.is_integer(n):
        raise Unsupported("Fibonacci function off the integers")
    power = power_of(field, golden_ratio(field), n)
    other = field.divide(_minus_one_to(field, n), power)
    if lucas:
        return field.add(power, other)
    return field.divide(field.sub(power, other), root(field, exact(5), 2))


def _minus_one_to(field: Field, n: Element) -> Element:
    return power_of(field, exact(-1), n)


def _fibonacci_at(n: int, *, lucas: bool) -> Element:
    if abs(n) > 300:
        raise TooLarge("index of Fibonacci")
    a, b = (2, 1) if lucas else (0, 1)
    for _ in range(abs(n)):
        a, b = b, a + b
    negate = n < 0 and (n % 2 == 1) == lucas
    return exact(-a if negate else a)


def elliptic(field: Field, name: str, *arguments: Element) -> Element:
    """K(m) and E(m) at m = 0, 1/2, -1, 2, E(1), K at (1 +- sqrt(3) i)/2 (DLMF 19.6; Borwein, Pi and the AGM, 1.6).

    On the cut m > 1 the values are the limits from below, K(2) = (1 - i) K(1/2)/sqrt(2).
    """
    v = arguments[-1]
    m = field.number(v) if len(arguments) == 1 else None
    if m == 0:
        return field.scaled(Fraction(1, 2), pi(field))
    if m == 1 and name == "elliptic_e":
        return ONE
    if m in (Fraction(1, 2), -1, 2):
        return _lemniscatic(field, name, int(2 * m))
    if name == "elliptic_k" and len(arguments) == 1 and _is_sixth_root(field, v):
        return _equianharmonic(field, v)
    return kernel(field, name, *arguments)


def _lemniscatic(field: Field, name: str, double: int) -> Element:
    """With g = Gamma(1/4)**2: K(1/2) = g/(4 sqrt(pi)), 2 E(1/2) - K(1/2) = 2 pi**(3/2)/g; m = -1, 2 by moduli."""
    quarter = field.power(gamma(field, exact(Fraction(1, 4))), 2)
    root_pi, root_two = root(field, pi(field), 2), root(field, exact(2), 2)
    k = field.scaled(Fraction(1, 4), field.divide(quarter, root_pi))
    rest = field.divide(field.power(root_pi, 3), quarter)
    e = field.add(field.scaled(Fraction(1, 2), k), rest)
    if double == 1:
        return k if name == "elliptic_k" else e
    if double == -2:
        return field.divide(k, root_two) if name == "elliptic_k" else field.mul(root_two, e)
    i = imaginary(field)
    if name == "elliptic_k":
        return field.divide(field.mul(field.sub(ONE, i), k), root_two)
    return field.mul(field.mul(field.add(ONE, i), root_two), rest)


def _is_sixth_root(field: Field, v: Element) -> bool:
    """Whether v = (1 +- sqrt(3) i)/2, the roots of v**2 - v + 1."""
    index = field.index.get("I")
    if index is None or index not in field.used(v.num) or len(field.used(v.num)) != 2:
        return False
    return bool(field.add(field.sub(field.mul(v, v), v), ONE).num.is_zero())


def _equianharmonic(field: Field, v: Element) -> Element:
    """K = exp(-+ i pi/12) 3**(1/4) Gamma(1/3)**3/(2**(7/3) pi) at (1 -+ sqrt(3) i)/2."""
    i = imaginary(field)
    upper = field.sub(field.scaled(2, v), ONE)
    side = 1 if field.divide(upper, i).num.leading_coefficient() > 0 else -1
    turn = exponential(field, field.scaled(Fraction(side, 12), field.mul(i, pi(field))))
    third = field.power(gamma(field, exact(Fraction(1, 3))), 3)
    below = field.mul(field.mul(exact(4), root(field, exact(2), 3)), pi(field))
    return field.divide(field.mul(field.mul(turn, root(field, exact(3), 4)), third), below)
