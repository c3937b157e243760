"""Special functions on balls: gamma, zeta, Lambert W, error and elliptic integrals, Bessel, sequences, polynomials."""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb, fmpq, fmpz

from derive.verify.ballelementary import log_of
from derive.verify.ballsense import (
    Ball,
    Function,
    Sense,
    Undefined,
    Unknown,
    exact_integer,
    is_integer,
    may_be_real,
    moderate,
    nonzero,
    off_cut,
    real_part,
)

__all__ = ["SPECIAL"]

LARGEST_MODULUS = 10**5

# --- the gamma family ------------------------------------------------------------------------------------


def _off_poles(z: Ball) -> Ball:
    """Not at 0, -1, -2, ..."""
    if z.imag.contains(0) and not z.real > 0:
        if is_integer(z):
            raise Undefined("pole at a non-positive integer")
        if z.contains_integer():
            raise Unknown("near a pole")
    return z


def _gamma(sense: Sense, z: Ball) -> Ball:
    moderate(z)
    return _off_poles(z).gamma()


def _factorial(sense: Sense, z: Ball) -> Ball:
    return _gamma(sense, z + 1)


def _loggamma(sense: Sense, z: Ball) -> Ball:
    moderate(z)
    _off_poles(z)
    if may_be_real(z) and not z.real > 0:
        raise Unknown("conventions for loggamma differ")
    return z.lgamma()


def _polygamma(sense: Sense, m: Ball, z: Ball) -> Ball:
    order = exact_integer(m)
    if order < 0:
        raise Unknown("polygamma of negative order")
    moderate(z)
    _off_poles(z)
    return z.digamma() if order == 0 else z.polygamma(m)


def _digamma(sense: Sense, z: Ball) -> Ball:
    return _polygamma(sense, acb(0), z)


def _harmonic(sense: Sense, n: Ball) -> Ball:
    return _digamma(sense, n + 1) + acb(arb.const_euler())


def _beta(sense: Sense, a: Ball, b: Ball) -> Ball:
    return _gamma(sense, a) * _gamma(sense, b) * (a + b).rgamma()


def _rising(sense: Sense, z: Ball, k: Ball) -> Ball:
    count = exact_integer(k)
    if count < 0:
        return 1 / nonzero((z + count).rising(-count))
    return z.rising(count)


def _falling(sense: Sense, z: Ball, k: Ball) -> Ball:
    return _rising(sense, z - k + 1, k)


def _binomial(sense: Sense, n: Ball, k: Ball) -> Ball:
    if is_integer(k):
        count = exact_integer(k)
        if count < 0:
            if is_integer(n) and n.real >= 0:
                return acb(0)
            raise Unknown("conventions for binomial(n, -k) differ")
        return (n - count + 1).rising(count) / acb(fmpz.fac_ui(count))
    if k.imag.contains(0) and not k.real.is_exact():
        raise Unknown("lower index may be an integer")
    moderate(n, k)
    return _off_poles(n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _incomplete_gamma(upper: bool) -> Function:
    def incomplete(sense: Sense, s: Ball, x: Ball) -> Ball:
        moderate(s, x)
        if not (x.imag.is_zero() and x.real > 0):
            raise Unknown("incomplete gamma off the positive axis")
        return x.gamma_upper(s) if upper else _off_poles(s).gamma() - x.gamma_upper(s)

    return incomplete


# --- zeta, polylogarithm, Lambert W ----------------------------------------------------------------------


def _zeta(sense: Sense, s: Ball, a: Ball | None = None) -> Ball:
    moderate(s)
    if s == 1:
        raise Undefined("pole of zeta")
    if s.contains(1):
        raise Unknown("near the pole of zeta")
    if a is None:
        return s.zeta()
    if not (a.imag.is_zero() and a.real > 0):
        raise Unknown("Hurwitz zeta off the positive axis")
    moderate(a)
    return s.zeta(a)


def _eta(sense: Sense, s: Ball) -> Ball:
    moderate(s)
    return s.dirichlet_eta()


def _polylog(sense: Sense, s: Ball, z: Ball) -> Ball:
    moderate(s, z)
    if z == 1 and s.imag.is_zero() and s.real > 1:
        return s.zeta()
    off_cut(z, may_be_real(z) and not z.real < 1)
    return z.polylog(s)


def _lambert(sense: Sense, z: Ball, branch: Ball | None = None) -> Ball:
    k = 0 if branch is None else exact_integer(branch, 1)
    edge = -(arb(-1).exp())
    if k == 0:
        if sense.real and not sense.extended and real_part(z) < edge:
            raise Undefined("LambertW below -1/e")
        off_cut(z, may_be_real(z) and not z.real > edge)
        return z.lambertw()
    x = real_part(z)
    if k != -1 or not (x > edge and x < 0):
        raise Unknown("this branch of LambertW here")
    return z.lambertw(-1)


# --- integrals with names --------------------------------------------------------------------------------


def _positive_axis(method: Callable[[Ball], Ball]) -> Function:
    """Ci, Chi: logarithmic at 0, cut along the negative axis."""

    def logarithmic(sense: Sense, z: Ball) -> Ball:
        moderate(z)
        nonzero(z)
        off_cut(z, may_be_real(z) and not z.real > 0)
        return method(z)

    return logarithmic


def _ei(sense: Sense, z: Ball) -> Ball:
    moderate(z)
    nonzero(z)
    off_cut(z, not z.imag.is_zero() and may_be_real(z) and not z.real > 0)
    return z.ei()


def _li(sense: Sense, z: Ball) -> Ball:
    if z.is_zero():
        return acb(0)
    return _ei(sense, log_of(sense, z))


def _erf(method: Callable[[Ball], Ball]) -> Function:
    def bounded(sense: Sense, z: Ball) -> Ball:
        moderate(z)
        return method(z)

    return bounded


def _elliptic(method: str) -> Function:
    def complete(sense: Sense, m: Ball) -> Ball:
        moderate(m)
        if m == 1 and method == "elliptic_k":
            raise Undefined("K(1)")
        off_cut(m, may_be_real(m) and not m.real < 1 and m != 1)
        return getattr(m, method)()

    return complete


def _elliptic_e(sense: Sense, *arguments: Ball) -> Ball:
    if len(arguments) == 1:
        return _elliptic("elliptic_e")(sense, arguments[0])
    return _incomplete_elliptic("elliptic_e_inc")(sense, *arguments)


def _incomplete_elliptic(method: str) -> Function:
    def incomplete(sense: Sense, phi: Ball, m: Ball) -> Ball:
        angle, modulus = real_part(phi), real_part(m)
        if not (abs(angle) < arb.pi() / 2 and modulus < 1 and modulus > -LARGEST_MODULUS):
            raise Unknown("incomplete elliptic integral here")
        return getattr(acb, method)(phi, m)

    return incomplete


# --- Bessel and Airy -------------------------------------------------------------------------------------


def _bessel(method: str, entire_at_integers: bool) -> Function:
    def bessel(sense: Sense, nu: Ball, z: Ball) -> Ball:
        moderate(nu, z)
        if not (entire_at_integers and is_integer(nu)):
            if z.is_zero() and not entire_at_integers:
                raise Undefined("Bessel function at 0")
            if z.is_zero() and nu.imag.is_zero() and nu.real > 0:
                return acb(0)
            off_cut(z, may_be_real(z) and not z.real > 0)
        return getattr(z, method)(nu)

    return bessel


def _airy(index: int) -> Function:
    def airy(sense: Sense, z: Ball) -> Ball:
        moderate(z)
        return z.airy()[index]

    return airy


# --- sequences and orthogonal polynomials ----------------------------------------------------------------


def _fibonacci(sense: Sense, n: Ball) -> Ball:
    k = exact_integer(n)
    value = fmpz.fib_ui(abs(k))
    return acb(value if k >= 0 or k % 2 else -value)


def _lucas(sense: Sense, n: Ball) -> Ball:
    return 2 * _fibonacci(sense, n + 1) - _fibonacci(sense, n)


def _bernoulli(sense: Sense, n: Ball) -> Ball:
    k = exact_integer(n)
    if k < 0 or k == 1:
        raise Unknown("conventions for bernoulli(1) differ")
    return acb(arb(fmpq.bernoulli(k)))


def _catalan(sense: Sense, n: Ball) -> Ball:
    k = exact_integer(n)
    if k < 0:
        raise Unknown("catalan of a negative number")
    return acb(fmpz.bin_uiui(2 * k, k)) / (k + 1)


def _chebyshev_t(sense: Sense, n: Ball, x: Ball) -> Ball:
    return x.chebyshev_t(abs(exact_integer(n)))


def _chebyshev_u(sense: Sense, n: Ball, x: Ball) -> Ball:
    k = exact_integer(n)
    if k == -1:
        return acb(0)
    return x.chebyshev_u(k) if k >= 0 else -x.chebyshev_u(-k - 2)


def _polynomial(method: str, orders: int = 1) -> Function:
    """legendre(n, x), hermite(n, x), laguerre(n, x), gegenbauer(n, a, x), jacobi(n, a, b, x), n = 0, 1, ..."""

    def polynomial(sense: Sense, n: Ball, *rest: Ball) -> Ball:
        k = exact_integer(n, 500)
        if k < 0:
            raise Unknown("orthogonal polynomial of negative degree")
        *parameters, x = rest
        return getattr(x, method)(acb(k), *parameters)

    return polynomial


SPECIAL: dict[str, Function] = {
    "rgamma": lambda sense, z: z.rgamma(),
    "gamma": _gamma, "factorial": _factorial, "loggamma": _loggamma, "polygamma": _polygamma, "digamma": _digamma,
    "harmonic": _harmonic, "beta": _beta, "binomial": _binomial, "rf": _rising, "RisingFactorial": _rising,
    "ff": _falling, "FallingFactorial": _falling, "uppergamma": _incomplete_gamma(True),
    "lowergamma": _incomplete_gamma(False),
    "zeta": _zeta, "dirichlet_eta": _eta, "polylog": _polylog, "LambertW": _lambert,
    "erf": _erf(acb.erf), "erfc": _erf(acb.erfc), "erfi": _erf(acb.erfi),
    "Si": _erf(acb.si), "Shi": _erf(acb.shi), "Ci": _positive_axis(acb.ci), "Chi": _positive_axis(acb.chi),
    "Ei": _ei, "li": _li, "fresnels": _erf(acb.fresnel_s), "fresnelc": _erf(acb.fresnel_c),
    "elliptic_k": _elliptic("elliptic_k"), "elliptic_e": _elliptic_e,
    "elliptic_f": _incomplete_elliptic("elliptic_f"),
    "besselj": _bessel("bessel_j", True), "besseli": _bessel("bessel_i", True),
    "bessely": _bessel("bessel_y", False), "besselk": _bessel("bessel_k", False),
    "airyai": _airy(0), "airyaiprime": _airy(1), "airybi": _airy(2), "airybiprime": _airy(3),
    "fibonacci": _fibonacci, "lucas": _lucas, "bernoulli": _bernoulli, "catalan": _catalan,
    "chebyshevt": _chebyshev_t, "chebyshevu": _chebyshev_u, "legendre": _polynomial("legendre_p"),
    "hermite": _polynomial("hermite_h"), "laguerre": _polynomial("laguerre_l"),
    "gegenbauer": _polynomial("gegenbauer_c"), "jacobi": _polynomial("jacobi_p"),
}  # fmt: skip
