"""Range arithmetic encloses every value, and keeps open ends open."""

import random
from fractions import Fraction

from flint import arb

from derive.verify.ranges import EVERYTHING, Range, exactly


def _some_range(rng: random.Random) -> Range:
    a, b = sorted(Fraction(rng.randint(-8, 8), rng.choice((1, 2))) for _ in range(2))
    if a == b:
        return exactly(a)
    low, high = rng.choice((a, a, None)), rng.choice((b, b, None))
    return Range(low, low is None or rng.random() < 0.5, high, high is None or rng.random() < 0.5)


def _points(range_: Range, rng: random.Random) -> list[Fraction]:
    near = [Fraction(rng.randint(-200, 200), rng.choice((1, 2, 7, 40))) for _ in range(10)]
    ends = [
        end + d for end in (range_.low, range_.high) if end is not None for d in (0, Fraction(1, 99), Fraction(-1, 99))
    ]
    return [x for x in (*near, *ends) if range_.contains(x)]


def test_results_contain_the_results_of_members() -> None:
    rng = random.Random(5)
    for _ in range(1500):
        a, b = _some_range(rng), _some_range(rng)
        for x in _points(a, rng):
            assert (-a).contains(-x)
            assert a.magnitude().contains(abs(x))
            assert x == 0 or a.reciprocal().contains(1 / x)
            assert all(a.to_the(k).contains(x**k) for k in (0, 2, 3))
            for y in _points(b, rng)[:5]:
                assert (a + b).contains(x + y)
                assert (a * b).contains(x * y)


def test_open_ends_stay_open() -> None:
    unit = Range(Fraction(0), True, Fraction(1), True)
    assert (unit * unit) == unit
    assert not (unit + unit).contains(Fraction(2))
    assert (-unit).negative
    assert unit.reciprocal() == Range(Fraction(1), True, None, True)


def test_images_round_outwards() -> None:
    image = exactly(Fraction(1)).image(arb.exp)
    assert image.low is not None and image.high is not None
    assert image.low < Fraction(27182818284590452353602874713526624977572, 10**40) < image.high
    assert EVERYTHING.image(arb.exp, low=(Fraction(0), True)).positive
    assert exactly(Fraction(10**7)).image(arb.exp).positive
