"""The range of a known function from the ranges of its arguments: one row a function."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb, ctx

from derive.verify.ranges import EVERYTHING, NONNEGATIVE, PRECISION, UNIT, Range, as_arb, enclosure

__all__ = ["CONSTANT_BALLS", "IMAGES", "constant_range", "root"]

FEW = Fraction(22, 7)
ABOVE_HALF_PI = Fraction(157079632679489661924, 10**20)
AT_LEAST_ONE = Range(Fraction(1), False)


def _at_precision(make: Callable[[], arb]) -> arb:
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        return make()
    finally:
        ctx.prec = before


CONSTANT_BALLS: dict[str, Callable[[], arb]] = {
    "pi": arb.pi,
    "E": arb.const_e,
    "EulerGamma": arb.const_euler,
    "Catalan": arb.const_catalan,
    "GoldenRatio": lambda: (1 + arb(5).sqrt()) / 2,
}


def constant_range(name: str) -> Range:
    """The range of a named real constant; unbounded for oo and I."""
    make = CONSTANT_BALLS.get(name)
    return enclosure(_at_precision(make)) if make else EVERYTHING


def _exp(r: Range) -> Range:
    return r.image(arb.exp, low=(Fraction(0), True)).intersect(Range(Fraction(0), True))


def _log(r: Range) -> Range:
    inside = r if r.positive else Range(None, True, r.high, r.high_open)
    if inside.low == 0:
        inside = Range(None, True, inside.high, inside.high_open)
    return EVERYTHING if r.nonpositive else inside.image(arb.log)


def root(r: Range, exponent: Fraction) -> Range:
    """x**exponent for x >= 0, exponent > 0 and not an integer; exact where the end has an exact root."""
    inside = r.intersect(NONNEGATIVE) if r.high is None or r.high >= 0 else NONNEGATIVE

    def raised(x: arb) -> arb:
        if x == 0:
            return arb(0)
        if exponent.denominator == 2:
            return x.sqrt() ** exponent.numerator
        return (x.log() * as_arb(exponent)).exp() if x != 1 else arb(1)

    return inside.image(raised).intersect(NONNEGATIVE)


def _ball(r: Range) -> arb | None:
    """A ball around a range of moderate width."""
    if r.low is None or r.high is None or r.high - r.low > FEW:
        return None
    low, high = r.low, r.high
    return _at_precision(lambda: as_arb(low).union(as_arb(high)))


def _wave(function: Callable[[arb], arb]) -> Callable[[Range], Range]:
    def image(r: Range) -> Range:
        ball = _ball(r)
        if ball is None:
            return UNIT
        return UNIT.intersect(enclosure(_at_precision(lambda: function(ball))))

    return image


def _tan(r: Range) -> Range:
    ball = _ball(r)
    return EVERYTHING if ball is None else enclosure(_at_precision(ball.tan))


def _clipped(r: Range, inside: Range) -> Range:
    """The part of the range on which a function is defined; all of `inside` if they do not meet."""
    both = r.intersect(inside)
    if both.low is not None and both.high is not None and both.low > both.high:
        return inside
    return both


def _asin(r: Range) -> Range:
    return _clipped(r, UNIT).image(arb.asin)


def _cosh(r: Range) -> Range:
    return r.magnitude().image(arb.cosh).intersect(AT_LEAST_ONE)


def _acos(r: Range) -> Range:
    return (-(_clipped(r, UNIT).image(lambda x: -x.acos()))).intersect(NONNEGATIVE)


def _floor(r: Range) -> Range:
    low = None if r.low is None else Fraction(r.low.__floor__())
    high = None if r.high is None else Fraction(r.high.__ceil__() - 1 if r.high_open else r.high.__floor__())
    return Range(low, low is None, high, high is None)


def _sign(r: Range) -> Range:
    low = 1 if r.positive else 0 if r.nonnegative else -1
    high = -1 if r.negative else 0 if r.nonpositive else 1
    return Range(Fraction(low), False, Fraction(high), False)


def _odd_bounded(function: Callable[[arb], arb], bound: Fraction) -> Callable[[Range], Range]:
    return lambda r: r.image(function, low=(-bound, True), high=(bound, True))


IMAGES: dict[str, Callable[[Range], Range]] = {
    "exp": _exp,
    "log": _log,
    "sin": _wave(arb.sin),
    "cos": _wave(arb.cos),
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "atan": _odd_bounded(arb.atan, ABOVE_HALF_PI),
    "sinh": lambda r: r.image(arb.sinh),
    "cosh": _cosh,
    "tanh": _odd_bounded(arb.tanh, Fraction(1)),
    "sech": lambda r: _cosh(r).reciprocal(),
    "asinh": lambda r: r.image(arb.asinh),
    "acosh": lambda r: _clipped(r, AT_LEAST_ONE).image(arb.acosh).intersect(NONNEGATIVE),
    "atanh": lambda r: (
        EVERYTHING if not r.within(UNIT) or r.contains(Fraction(1)) or r.contains(Fraction(-1)) else _atanh(r)
    ),
    "erf": _odd_bounded(arb.erf, Fraction(1)),
    "erfc": lambda r: Range(Fraction(1), False, Fraction(1), False) + -_odd_bounded(arb.erf, Fraction(1))(r),
    "Abs": Range.magnitude,
    "sign": _sign,
    "Heaviside": lambda r: Range(Fraction(0), False, Fraction(1), False),
    "floor": _floor,
    "ceiling": lambda r: -_floor(-r),
    "gamma": lambda r: Range(Fraction(885, 1000), True) if r.positive else EVERYTHING,
    "factorial": lambda r: (
        Range(Fraction(885, 1000), True) if (r + Range(Fraction(1), False, Fraction(1), False)).positive else EVERYTHING
    ),
    "LambertW": lambda r: NONNEGATIVE if r.nonnegative else Range(Fraction(-1), False),
    "zeta": lambda r: Range(Fraction(1), True) if r.low is not None and r.low >= 1 else EVERYTHING,
    "fibonacci": lambda r: NONNEGATIVE if r.nonnegative else EVERYTHING,
    "arg": lambda r: Range(-FEW, True, FEW, True),
}


def _atanh(r: Range) -> Range:
    low = (None, True) if r.low in (None, Fraction(-1)) else (r.low, r.low_open)
    high = (None, True) if r.high in (None, Fraction(1)) else (r.high, r.high_open)
    return Range(*low, *high).image(arb.atanh)
