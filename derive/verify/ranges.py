"""Ranges: intervals with rational ends, each open or closed, with arithmetic that encloses every value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq

__all__ = ["EVERYTHING", "NONNEGATIVE", "POSITIVE", "UNIT", "Range", "as_arb", "enclosure", "exactly"]

PRECISION = 128
LONGEST_DENOMINATOR = 400
EXTREME = 1 << 2000

End = tuple[Fraction | None, bool]


@dataclass(slots=True, unsafe_hash=True)  # never changed; frozen ones take five times as long to make
class Range:
    """All real numbers between `low` and `high`; None is unbounded, `*_open` says that the end is left out."""

    low: Fraction | None = None
    low_open: bool = True
    high: Fraction | None = None
    high_open: bool = True

    @property
    def positive(self) -> bool:
        return self.low is not None and self.low.numerator >= (0 if self.low_open else 1)

    @property
    def nonnegative(self) -> bool:
        return self.low is not None and self.low.numerator >= 0

    @property
    def negative(self) -> bool:
        return self.high is not None and self.high.numerator <= (0 if self.high_open else -1)

    @property
    def nonpositive(self) -> bool:
        return self.high is not None and self.high.numerator <= 0

    @property
    def nonzero(self) -> bool:
        return self.positive or self.negative

    @property
    def point(self) -> Fraction | None:
        """The only number in the range, if there is only one."""
        return self.low if self.low is not None and self.low == self.high else None

    def contains(self, number: Fraction) -> bool:
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return above and below

    def within(self, other: Range) -> bool:
        """Whether every number here is in `other` too."""
        low = other.low is None or (self.low is not None and (self.low, self.low_open) >= (other.low, other.low_open))
        high = other.high is None or (
            self.high is not None and (-self.high, self.high_open) >= (-other.high, other.high_open)
        )
        return low and high

    def intersect(self, other: Range) -> Range:
        """What is in both; where nothing is, there is no value to enclose, and one of the ends is as good as any."""
        low, low_open = _tighter(self.low, self.low_open, other.low, other.low_open, 1)
        high, high_open = _tighter(self.high, self.high_open, other.high, other.high_open, -1)
        if low is not None and high is not None and low > high:
            return exactly(low)
        return Range(low, low_open, high, high_open)

    def __neg__(self) -> Range:
        return Range(_minus(self.high), self.high_open, _minus(self.low), self.low_open)

    def __add__(self, other: Range) -> Range:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return _rounded(Range(low, self.low_open or other.low_open, high, self.high_open or other.high_open))

    def __mul__(self, other: Range) -> Range:
        """Signs first: ends of one sign multiply, an unbounded end times zero is a zero that is reached or not."""
        if self.point == 0 or other.point == 0:
            return exactly(Fraction(0))
        if self.nonnegative and other.nonnegative:
            low = _times((self.low, self.low_open), (other.low, other.low_open))
            high = _times((self.high, self.high_open), (other.high, other.high_open))
            return _rounded(Range(*low, *high))
        if self.nonpositive:
            return -((-self) * other)
        if self.nonnegative or other.nonpositive:
            return other * self
        if other.nonnegative:
            low = _times((self.low, self.low_open), (other.high, other.high_open))
            high = _times((self.high, self.high_open), (other.high, other.high_open))
            return _rounded(Range(*low, *high))
        ends = (self.low, self.high, other.low, other.high)
        if None in ends:
            return EVERYTHING
        products = [a * b for a in ends[:2] for b in ends[2:] if a is not None and b is not None]
        return _rounded(Range(min(products), False, max(products), False))

    def reciprocal(self) -> Range:
        """1/x for every x here but 0."""
        if not self.nonnegative:
            return -((-self).reciprocal()) if self.nonpositive else EVERYTHING
        if self.high == 0:
            return EVERYTHING
        low: End = (Fraction(0), True) if self.high is None else (1 / self.high, self.high_open)
        high: End = (None, True) if not self.low else (1 / self.low, self.low_open)
        return _rounded(Range(*low, *high))

    def to_the(self, exponent: int) -> Range:
        """x**exponent for an integer exponent."""
        if exponent < 0:
            return self.to_the(-exponent).reciprocal()
        if exponent == 0:
            return exactly(Fraction(1))
        if exponent > 64:
            return NONNEGATIVE if exponent % 2 == 0 else EVERYTHING
        if exponent % 2 or self.nonnegative:
            low = None if self.low is None else self.low**exponent
            high = None if self.high is None else self.high**exponent
            return _rounded(Range(low, self.low_open, high, self.high_open))
        if self.nonpositive:
            return (-self).to_the(exponent)
        if self.low is None or self.high is None:
            return NONNEGATIVE
        far, open_ = (self.high, self.high_open) if self.high > -self.low else (-self.low, self.low_open)
        return _rounded(Range(Fraction(0), False, far**exponent, open_ and self.high != -self.low))

    def magnitude(self) -> Range:
        """|x|."""
        if self.nonnegative:
            return self
        if self.nonpositive:
            return -self
        if self.low is None or self.high is None:
            return NONNEGATIVE
        return Range(Fraction(0), False, max(self.high, -self.low), False)

    def image(self, function: Callable[[arb], arb], low: End = (None, True), high: End = (None, True)) -> Range:
        """The image under an increasing function; `low`, `high` are its limits where this range has no end.

        An end that is not exactly known is enclosed by a ball and rounded outwards, and is then never reached.
        """
        bottom = low if self.low is None else _value(function, self.low, self.low_open, -1)
        top = high if self.high is None else _value(function, self.high, self.high_open, 1)
        return Range(*bottom, *top)


def exactly(number: Fraction) -> Range:
    return Range(number, False, number, False)


def enclosure(ball: arb) -> Range:
    """The numbers of a finite ball."""
    if not ball.is_finite():
        return EVERYTHING
    return Range(_fraction(ball.lower(), -1), False, _fraction(ball.upper(), 1), False)


def as_arb(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))


EVERYTHING = Range()
NONNEGATIVE = Range(Fraction(0), False)
POSITIVE = Range(Fraction(0), True)
UNIT = Range(Fraction(-1), False, Fraction(1), False)


def _minus(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _tighter(a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, side: int) -> End:
    if a is None or b is None:
        return (b, b_open) if a is None else (a, a_open)
    if a == b:
        return a, a_open or b_open
    return (a, a_open) if (a - b) * side > 0 else (b, b_open)


def _times(a: End, b: End) -> End:
    """The product of two ends that bound from the same side; a closed zero end makes a reached zero."""
    for end, other in ((a, b), (b, a)):
        if end[0] == 0:
            return Fraction(0), end[1] and (other[1] or other[0] != 0)
    if a[0] is None or b[0] is None:
        return None, True
    return a[0] * b[0], a[1] or b[1]


def _value(function: Callable[[arb], arb], end: Fraction, open_: bool, side: int) -> End:
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        ball = function(as_arb(end))
        if not ball.is_finite():
            return None, True
        return _fraction(ball.lower() if side < 0 else ball.upper(), side), open_ and ball.is_exact()
    finally:
        ctx.prec = before


def _fraction(number: arb, side: int) -> Fraction | None:
    """An exact number of arb as a fraction; one of extreme size is rounded to the side of -1 (down) or 1 (up)."""
    if abs(number) > EXTREME:
        reached = number > 0
        return None if reached == (side > 0) else Fraction(EXTREME if reached else -EXTREME)
    if abs(number) * EXTREME < 1:
        return Fraction(0) if number == 0 or (number > 0) == (side < 0) else Fraction(side, EXTREME)
    mantissa, exponent = (int(part) for part in number.man_exp())
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


def _rounded(range_: Range) -> Range:
    """The range with long fractions rounded outwards."""
    low, low_open, high, high_open = range_.low, range_.low_open, range_.high, range_.high_open
    long_low = low is not None and low.denominator.bit_length() > LONGEST_DENOMINATOR
    long_high = high is not None and high.denominator.bit_length() > LONGEST_DENOMINATOR
    if not long_low and not long_high:
        return range_
    if low is not None and long_low:
        low, low_open = Fraction((low * 2**PRECISION).__floor__(), 2**PRECISION), False
    if high is not None and long_high:
        high, high_open = Fraction((high * 2**PRECISION).__ceil__(), 2**PRECISION), False
    return Range(low, low_open, high, high_open)
