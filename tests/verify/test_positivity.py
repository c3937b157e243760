"""Exact positivity of polynomials and exact root counting, against values at rational points."""

import random
from fractions import Fraction

from flint import fmpq

from derive.verify.atoms import GENERATORS, SIZE, constant
from derive.verify.knowledge import Knowledge
from derive.verify.positivity import holds
from derive.verify.ranges import NONNEGATIVE, POSITIVE, Range
from derive.verify.sturm import roots_in

X, Y = GENERATORS[0], GENERATORS[1]


def _at(polynomial: object, x: Fraction, y: Fraction) -> fmpq:
    values = [fmpq(x.numerator, x.denominator), fmpq(y.numerator, y.denominator), *[fmpq(0)] * (SIZE - 2)]
    return polynomial(*values)  # type: ignore[operator]


def test_what_is_proved_is_true_at_every_point_tried() -> None:
    rng = random.Random(11)
    ranges = [
        Range(),
        NONNEGATIVE,
        POSITIVE,
        Range(Fraction(-1), False, Fraction(2), True),
        Range(None, True, Fraction(1), False),
    ]
    proved = 0
    for _ in range(400):
        polynomial = constant(rng.randint(-1, 4))
        for _ in range(4):
            polynomial += rng.randint(-3, 4) * X ** rng.randint(0, 4) * Y ** rng.randint(0, 2)
        first, second = rng.choice(ranges), rng.choice(ranges)
        strict = rng.random() < 0.5
        if not holds(polynomial, Knowledge({0: first, 1: second}), strict=strict):
            continue
        proved += 1
        for _ in range(40):
            x, y = (Fraction(rng.randint(-12, 12), rng.choice((1, 2, 3, 4))) for _ in range(2))
            if first.contains(x) and second.contains(y):
                value = _at(polynomial, x, y)
                assert value > 0 or (value == 0 and not strict)
    assert proved > 30


def test_strictness_at_closed_ends() -> None:
    closed, half_open = Range(Fraction(0), False, Fraction(1), False), Range(Fraction(0), False, Fraction(1), True)
    assert not holds(1 - X, Knowledge({0: closed}), strict=True)
    assert holds(1 - X, Knowledge({0: closed}), strict=False)
    assert holds(1 - X, Knowledge({0: half_open}), strict=True)
    assert not holds(X, Knowledge({0: half_open}), strict=True)
    assert holds(X, Knowledge({0: closed}, nonzero=frozenset({0})), strict=True)


def test_hypotheses_are_used_and_needed() -> None:
    assert holds(X - Y, Knowledge({}, hypotheses=((X - Y, True),)), strict=True)
    assert not holds(X - Y, Knowledge({}, hypotheses=((X - Y, False),)), strict=True)
    assert not holds(Y - X, Knowledge({}, hypotheses=((X - Y, False),)), strict=False)


def test_roots_are_counted_exactly() -> None:
    wilkinson = [Fraction(1)]
    for root in range(1, 9):
        shifted = [Fraction(0), *wilkinson]
        wilkinson = [a - root * b for a, b in zip(shifted, [*wilkinson, Fraction(0)], strict=True)]
    assert roots_in(wilkinson, Range()) == 8
    assert roots_in(wilkinson, Range(Fraction(2), False, Fraction(5), False)) == 4
    assert roots_in(wilkinson, Range(Fraction(2), True, Fraction(5), True)) == 2
    square = [Fraction(1), Fraction(-2), Fraction(1)]
    assert roots_in(square, Range()) == 1
    assert roots_in(square, Range(), odd_only=True) == 0
    close = [Fraction(1) - Fraction(1, 10**40), Fraction(-2), Fraction(1)]
    assert roots_in(close, Range()) == 2
