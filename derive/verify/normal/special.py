"""Named functions with recurrences or closed forms: Bessel, Chebyshev, Legendre, Fibonacci, Lambert W, erf."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import fn
from derive.verify.normal.exponentials import imaginary, is_imaginary_unit, logarithm, pi, power_of
from derive.verify.normal.field import ONE, ZERO, Element, Field, TooLarge, Unsupported, exact
from derive.verify.normal.gammas import catalan, gamma, without_integer
from derive.verify.normal.roots import root
from derive.verify.normal.trigonometry import cosine_and_sine, parity

__all__ = ["bessel", "chebyshev", "fibonacci", "kernel", "elliptic", "lambert", "odd_kernel", "orthogonal", "polylog"]

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
    ]
)


def kernel(field: Field, name: str, *arguments: Element) -> Element:
    """A function about which only this is used: equal arguments give equal values."""
    real = name in REAL_ON_REALS and all(field.is_real(a) for a in arguments)
    form = fn(name, *(field.form_of(a) for a in arguments))
    return field.element(field.generator((name, *(field.key(a) for a in arguments)), name, form, real=real))


def odd_kernel(field: Field, name: str, v: Element) -> Element:
    """A function with f(-x) = -f(x), everywhere."""
    if v.num.is_zero():
        return ZERO
    if v.num.leading_coefficient() < 0:
        return field.neg(kernel(field, name, field.neg(v)))
    return kernel(field, name, v)


def lambert(field: Field, u: Element) -> Element:
    """W(u), with exp(W) = u/W where W != 0."""
    if u.num.is_zero():
        return ZERO
    nonnegative = field.is_real(u) and field.sign_of(u, strict=False) > 0
    form = fn("LambertW", field.form_of(u))
    index = field.generator(
        ("lambert", field.key(u)), "lambert", form, real=nonnegative, nonnegative=nonnegative, argument=u
    )
    return field.element(index)


# C_{v+1}(z) = a (2v/z) C_v(z) + b C_{v-1}(z) with (a, b) by kind.
BESSEL_RECURRENCE = {"besselj": (1, -1), "bessely": (1, -1), "besseli": (-1, 1), "besselk": (1, 1)}


def bessel(field: Field, name: str, order: Element, z: Element) -> Element:
    """By the recurrence from orders w and w + 1, 0 <= w < 1; J at half-integers by sine and cosine for z > 0."""
    if name == "besselj" and field.number(order) in (Fraction(1, 2), Fraction(-1, 2)) and field.sign_of(z) > 0:
        cosine, sine = cosine_and_sine(field, z)
        scale = root(field, field.divide(exact(2), field.mul(pi(field), z)), 2)
        return field.mul(scale, sine if field.number(order) == Fraction(1, 2) else cosine)
    if name == "besselj" and field.is_integer(order) and not z.num.is_zero() and _is_imaginary(field, z):
        turned = field.mul(z, field.neg(imaginary(field)))
        return field.mul(power_of(field, imaginary(field), order), bessel(field, "besseli", order, turned))
    w, k = without_integer(field, order)
    if k in (0, 1):
        return kernel(field, name, order, z)
    if abs(k) > LARGEST_DEGREE:
        raise TooLarge("order of a Bessel function")
    if not field.nonzero(z.num):
        field.divided_by(field.form_of(z))
    a, b = BESSEL_RECURRENCE[name]
    low, high = kernel(field, name, w, z), kernel(field, name, field.add(w, ONE), z)
    double = field.divide(exact(2 * a), z)
    if k > 1:
        for j in range(1, k):
            slope = field.mul(double, field.add(w, exact(j)))
            low, high = high, field.add(field.mul(slope, high), field.scaled(b, low))
        return high
    for j in range(0, k, -1):
        slope = field.mul(double, field.add(w, exact(j)))
        low, high = field.scaled(Fraction(1, b), field.sub(high, field.mul(slope, low))), low
    return low


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


def orthogonal(field: Field, name: str, n: Element, x: Element) -> Element:
    """Legendre, Hermite and Laguerre polynomials of known degree by their three-term recurrences."""
    degree = field.number(n)
    if degree is None or degree.denominator != 1 or not 0 <= degree <= LARGEST_DEGREE:
        return kernel(field, name, n, x)
    before = ONE
    present = {"legendre": x, "hermite": field.scaled(2, x), "laguerre": field.sub(ONE, x)}[name]
    if degree == 0:
        return before
    for k in range(1, int(degree)):
        if name == "legendre":
            top = field.sub(field.scaled(2 * k + 1, field.mul(x, present)), field.scaled(k, before))
            following = field.scaled(Fraction(1, k + 1), top)
        elif name == "hermite":
            following = field.sub(field.scaled(2, field.mul(x, present)), field.scaled(2 * k, before))
        else:
            top = field.sub(field.mul(field.sub(exact(2 * k + 1), x), present), field.scaled(k, before))
            following = field.scaled(Fraction(1, k + 1), top)
        before, present = present, following
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


def polylog(field: Field, s: Element, z: Element) -> Element:
    """Li_1 = -log(1 - z), and the known values of Li_2 at 0, 1, -1, 1/2, i, -i."""
    order, at = field.number(s), field.number(z)
    if order == 1:
        return field.neg(logarithm(field, field.sub(ONE, z)))
    if at == 0:
        return ZERO
    square = field.power(pi(field), 2)
    if order == 2 and at in DILOGARITHMS:
        a, b = DILOGARITHMS[at]
        return field.add(field.scaled(a, square), field.scaled(b, field.power(logarithm(field, exact(2)), 2)))
    if order == 2 and is_imaginary_unit(field, z):
        return field.add(field.scaled(Fraction(-1, 48), square), field.mul(z, catalan(field)))
    return kernel(field, "polylog", s, z)


# Li_2(q) = a pi**2 + b log(2)**2.
DILOGARITHMS: dict[Fraction | None, tuple[Fraction, Fraction]] = {
    Fraction(1): (Fraction(1, 6), Fraction(0)),
    Fraction(-1): (Fraction(-1, 12), Fraction(0)),
    Fraction(1, 2): (Fraction(1, 12), Fraction(-1, 2)),
}


def elliptic(field: Field, name: str, *arguments: Element) -> Element:
    """K(m) and E(m) at m = 0, 1/2, -1 and E(1) (the lemniscatic values; DLMF 19.6 and 19.36)."""
    m = field.number(arguments[-1]) if len(arguments) == 1 else None
    if m == 0:
        return field.scaled(Fraction(1, 2), pi(field))
    if m == 1 and name == "elliptic_e":
        return ONE
    quarter = field.power(gamma(field, exact(Fraction(1, 4))), 2)
    root_pi = root(field, pi(field), 2)
    if m == Fraction(1, 2):
        k = field.scaled(Fraction(1, 4), field.divide(quarter, root_pi))
        if name == "elliptic_k":
            return k
        return field.add(field.scaled(Fraction(1, 2), k), field.divide(field.power(root_pi, 3), quarter))
    if m == -1 and name == "elliptic_k":
        return field.scaled(Fraction(1, 4), field.divide(quarter, root(field, field.scaled(2, pi(field)), 2)))
    return kernel(field, name, *arguments)
