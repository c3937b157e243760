"""Elementary functions on balls: exponential, trigonometric, hyperbolic, their inverses, absolute value, rounding."""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb

from derive.verify.ballsense import (
    Ball,
    Function,
    Sense,
    Undefined,
    Unknown,
    may_be_real,
    nonzero,
    off_cut,
    real_part,
    within,
)

__all__ = ["ELEMENTARY", "exp_of", "log_of"]

# --- exponential and logarithm ---------------------------------------------------------------------------


def exp_of(sense: Sense, z: Ball) -> Ball:
    return z.exp()


def log_of(sense: Sense, z: Ball) -> Ball:
    if sense.real and not sense.extended:
        x = real_part(z)
        within(sense, x, x > 0, x <= 0)
        return acb(x.log())
    if z.contains(0):
        raise Undefined("log 0") if z.is_zero() else Unknown("log near 0")
    if sense.analytic:
        off_cut(z, may_be_real(z) and not z.real > 0)
    return z.log()


def _log(sense: Sense, z: Ball, base: Ball | None = None) -> Ball:
    if base is None:
        return log_of(sense, z)
    below = log_of(sense, base)
    return log_of(sense, z) / nonzero(below)


# --- trigonometric and hyperbolic ------------------------------------------------------------------------


def _plain(method: Callable[[Ball], Ball]) -> Function:
    """An entire function."""
    return lambda sense, z: method(z)


def _over(numerator: Callable[[Ball], Ball], denominator: Callable[[Ball], Ball]) -> Function:
    return lambda sense, z: numerator(z) / nonzero(denominator(z))


def _one(z: Ball) -> Ball:
    return acb(1)


def _unit_inverse(method: str, closed: bool) -> Function:
    """asin, acos (on [-1, 1]) and atanh (on (-1, 1)); cuts outside."""

    def inverse(sense: Sense, z: Ball) -> Ball:
        if sense.real and not sense.extended:
            x = real_part(z)
            size = abs(x)
            within(sense, x, size <= 1 if closed else size < 1, size > 1 if closed else size >= 1)
            return acb(getattr(x, method)())
        off_cut(z, may_be_real(z) and not (abs(z.real) <= 1 if closed and not sense.analytic else abs(z.real) < 1))
        return getattr(z, method)()

    return inverse


def _imaginary_cut(method: str) -> Function:
    """atan and asinh: defined on all reals, cut on the imaginary axis outside (-i, i)."""

    def inverse(sense: Sense, z: Ball) -> Ball:
        if not (sense.real and not sense.extended):
            off_cut(z, bool(z.real.contains(0)) and not abs(z.imag) < 1)
        return getattr(z, method)()

    return inverse


def _acosh(sense: Sense, z: Ball) -> Ball:
    if sense.real and not sense.extended:
        x = real_part(z)
        within(sense, x, x >= 1, x < 1)
        return acb(x.acosh())
    off_cut(z, may_be_real(z) and not (z.real > 1 if sense.analytic else z.real >= 1))
    return z.acosh()


def _of_reciprocal(inverse: Function) -> Function:
    return lambda sense, z: inverse(sense, 1 / nonzero(z))


def _acot(sense: Sense, z: Ball) -> Ball:
    """Both conventions (odd, or with range (0, pi)) agree only to the right of the imaginary axis."""
    if not z.real > 0:
        raise Unknown("conventions for acot differ")
    return _ATAN(sense, 1 / z)


def _atan2(sense: Sense, y: Ball, x: Ball) -> Ball:
    b, a = real_part(y), real_part(x)
    if a.is_zero() and b.is_zero():
        raise Undefined("atan2(0, 0)")
    if not (a > 0 or b > 0 or b < 0 or (a < 0 and b.is_zero())):
        raise Unknown("atan2 near its cut")
    return acb(arb.atan2(b, a))


def _sinc(sense: Sense, z: Ball) -> Ball:
    return z.sinc()


_ATAN, _ASINH = _imaginary_cut("atan"), _imaginary_cut("asinh")
_ASIN, _ACOS, _ATANH = _unit_inverse("asin", True), _unit_inverse("acos", True), _unit_inverse("atanh", False)


# --- absolute value, parts, rounding ---------------------------------------------------------------------


def _abs(sense: Sense, z: Ball) -> Ball:
    if sense.extended:
        if not sense.real:
            raise Unknown("Abs is not analytic")
        return z.real_abs(sense.analytic)
    return acb(abs(z.real)) if z.imag.is_zero() else acb(abs(z))


def _sign(sense: Sense, z: Ball) -> Ball:
    if sense.extended:
        if not sense.real:
            raise Unknown("sign is not analytic")
        return z.real_sgn(sense.analytic)
    if not z.imag.is_zero():
        return z / nonzero(acb(abs(z)))
    x = z.real
    if x > 0 or x < 0 or x.is_zero():
        return acb(1 if x > 0 else -1 if x < 0 else 0)
    raise Unknown("sign near 0")


def _pointwise(function: Callable[..., Ball]) -> Function:
    """A function that is nowhere analytic: only at points."""

    def at_points(sense: Sense, *arguments: Ball) -> Ball:
        if sense.extended:
            raise Unknown("not analytic")
        return function(*arguments)

    return at_points


def _arg(z: Ball) -> Ball:
    if z.contains(0):
        raise Undefined("arg 0") if z.is_zero() else Unknown("arg near 0")
    if z.imag.is_zero():
        return acb(0) if z.real > 0 else acb(arb.pi())
    if may_be_real(z) and not z.real > 0:
        raise Unknown("arg near its cut")
    return acb(z.arg())


def _floor(z: Ball) -> Ball:
    below = real_part(z).floor()
    if not below.is_exact():
        raise Unknown("floor near an integer")
    return acb(below)


def _ceiling(z: Ball) -> Ball:
    return -_floor(-z)


def _mod(a: Ball, b: Ball) -> Ball:
    return a - b * _floor(a / nonzero(b))


def _heaviside(z: Ball, at_zero: Ball | None = None) -> Ball:
    x = real_part(z)
    if x > 0 or x < 0:
        return acb(1 if x > 0 else 0)
    raise Unknown("conventions for Heaviside(0) differ")


def _extreme(largest: bool) -> Function:
    def extreme(sense: Sense, *arguments: Ball) -> Ball:
        if sense.extended and not sense.real:
            raise Unknown("Max is not analytic")
        found = arguments[0]
        for z in arguments[1:]:
            if sense.extended:
                found = (acb.real_max if largest else acb.real_min)(found, z, sense.analytic)
            else:
                a, b = real_part(found), real_part(z)
                found = acb(a.max(b) if largest else a.min(b))
        return found

    return extreme


def _kronecker(a: Ball, b: Ball) -> Ball:
    if (a - b).is_zero():
        return acb(1)
    if (a - b).contains(0):
        raise Unknown("KroneckerDelta of near values")
    return acb(0)


ELEMENTARY: dict[str, Function] = {
    "exp": exp_of, "exp_polar": exp_of, "log": _log, "ln": _log,
    "sin": _plain(acb.sin), "cos": _plain(acb.cos), "sinh": _plain(acb.sinh), "cosh": _plain(acb.cosh),
    "tan": _over(acb.sin, acb.cos), "cot": _over(acb.cos, acb.sin),
    "sec": _over(_one, acb.cos), "csc": _over(_one, acb.sin),
    "tanh": _over(acb.sinh, acb.cosh), "coth": _over(acb.cosh, acb.sinh),
    "sech": _over(_one, acb.cosh), "csch": _over(_one, acb.sinh), "sinc": _sinc,
    "asin": _ASIN, "acos": _ACOS, "atanh": _ATANH, "atan": _ATAN, "asinh": _ASINH, "acosh": _acosh, "acot": _acot,
    "asec": _of_reciprocal(_ACOS), "acsc": _of_reciprocal(_ASIN), "asech": _of_reciprocal(_acosh),
    "acsch": _of_reciprocal(_ASINH), "acoth": _of_reciprocal(_ATANH), "atan2": _atan2,
    "Abs": _abs, "sign": _sign, "arg": _pointwise(_arg), "floor": _pointwise(_floor),
    "ceiling": _pointwise(_ceiling), "frac": _pointwise(lambda z: z - _floor(z)), "Mod": _pointwise(_mod),
    "re": _pointwise(lambda z: acb(z.real)), "im": _pointwise(lambda z: acb(z.imag)),
    "conjugate": _pointwise(lambda z: z.conjugate()), "Heaviside": _pointwise(_heaviside),
    "KroneckerDelta": _pointwise(_kronecker), "Max": _extreme(True), "Min": _extreme(False),
}  # fmt: skip
