"""Positivity of a polynomial whose variables have known ranges: exact methods, each a proof, tried in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import permutations

from flint import arb, fmpq

from derive.verify.knowledge import End, Knowledge
from derive.verify.quotients import GENERATORS, RING, SIZE, Polynomial, constant, factored, terms
from derive.verify.ranges import NONNEGATIVE, POSITIVE, Range, as_arb, enclosure, exactly
from derive.verify.sturm import roots_in

__all__ = ["by_powers", "holds", "used", "with_squares"]

DEEPEST = 6
MOST_TERMS = 120
ORIGIN = fmpq(0)


def holds(polynomial: Polynomial, known: Knowledge, *, strict: bool, depth: int = 0) -> bool:
    """Whether the polynomial is proved > 0 (`strict`) or >= 0 wherever its variables are in their ranges."""
    if polynomial.is_zero():
        return not strict
    if polynomial.is_constant():
        return bool(polynomial.leading_coefficient() > 0)
    effort = known.effort
    if depth > DEEPEST or len(polynomial) > MOST_TERMS or effort.left <= 0:
        return False
    # Hypotheses and ranges are told apart as objects, which live as long as the entry does.
    key = (str(polynomial), strict, id(known.ranges), *map(id, known.hypotheses))
    if key in effort.found:
        answer, depth_before, _ = effort.found[key]
        if answer or depth >= depth_before:
            return answer
    effort.left -= 1
    known.deadline.check()
    methods = RELATIONAL if _fails_somewhere(polynomial, known) else METHODS
    answer = any(method(polynomial, known, strict, depth) for method in methods)
    effort.found[key] = answer, depth, known
    return answer


def _fails_somewhere(polynomial: Polynomial, known: Knowledge) -> bool:
    """Whether it is negative for some values in the ranges, so that the ranges alone cannot prove it."""
    indices = used(polynomial)
    for choice in range(3):
        values = [ORIGIN] * SIZE
        for place, index in enumerate(indices):
            ball = known.constants.get(index)
            if ball is None:
                inner = _inner_values(known.range(index))
                values[index] = inner[(choice * (place + 1) + place) % len(inner)]
            else:
                values[index] = _near(ball)
        if polynomial(*values) < 0:
            return True
    return False


@lru_cache(maxsize=4096)
def _inner_values(range_: Range) -> tuple[fmpq, ...]:
    return tuple(fmpq(q.numerator, q.denominator) for q in _inner(range_))


def _near(ball: arb) -> fmpq:
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    return fmpq(mantissa << exponent) if exponent >= 0 else fmpq(mantissa, 1 << -exponent)


def used(polynomial: Polynomial) -> list[int]:
    degrees = polynomial.degrees()
    return [i for i in range(SIZE) if degrees[i] > 0]


def _by_terms(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """Every term is >= 0, and for strictness one of them is > 0."""
    some = False
    for monomial, coefficient in _coefficients(polynomial, known):
        sign = _monomial_sign(monomial, known)
        if sign == "?" or (not coefficient.nonnegative and not coefficient.nonpositive):
            return False
        if coefficient.point == 0:
            continue
        if sign in ("-", "0-"):
            coefficient, sign = -coefficient, sign.replace("-", "+")
        if not coefficient.nonnegative:
            return False
        some = some or (sign == "+" and coefficient.positive)
    return some or not strict


def _coefficients(polynomial: Polynomial, known: Knowledge) -> list[tuple[tuple[int, ...], Range]]:
    """The polynomial as one in its true variables; coefficients, polynomials in constants, enclosed by balls."""
    if not known.constants:
        return [(monomial, exactly(c)) for monomial, c in terms(polynomial)]
    grouped: dict[tuple[int, ...], arb] = {}
    exact: dict[tuple[int, ...], Fraction | None] = {}
    for monomial, c in terms(polynomial):
        ball = as_arb(c)
        rest = list(monomial)
        for index, value in known.constants.items():
            if rest[index]:
                ball *= value ** rest[index]
                rest[index] = 0
        key = tuple(rest)
        exact[key] = c if key == monomial and key not in grouped else None
        grouped[key] = grouped.get(key, arb(0)) + ball
    return [
        (key, exactly(fraction) if fraction is not None else enclosure(grouped[key])) for key, fraction in exact.items()
    ]


def _monomial_sign(monomial: tuple[int, ...], known: Knowledge) -> str:
    strict, negative = True, False
    for index, degree in enumerate(monomial):
        if not degree:
            continue
        range_ = known.range(index)
        if degree % 2 == 0:
            strict = strict and (range_.nonzero or index in known.nonzero)
        elif range_.nonnegative:
            strict = strict and (range_.positive or index in known.nonzero)
        elif range_.nonpositive:
            strict, negative = strict and (range_.negative or index in known.nonzero), not negative
        else:
            return "?"
    return ("" if strict else "0") + ("-" if negative else "+")


def _by_range(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """Interval arithmetic over the terms."""
    total = exactly(Fraction(0))
    for monomial, coefficient in _coefficients(polynomial, known):
        term = coefficient
        for index, degree in enumerate(monomial):
            if degree:
                term = term * known.range(index).to_the(degree)
        total = total + term
    return total.positive if strict else total.nonnegative


def _by_factors(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """The sign of a product from the signs of its factors."""
    content, factors = factored(polynomial)
    if len(factors) == 1 and factors[0][1] == 1:
        return False
    positive = bool(content > 0)
    for factor, power in factors:
        even = power % 2 == 0
        if even and (not strict or _is_nonzero_variable(factor, known)):
            continue
        if holds(factor, known, strict=strict, depth=depth + 1):
            continue
        if holds(-factor, known, strict=strict, depth=depth + 1):
            positive = positive if even else not positive
            continue
        return False
    return positive


def _is_nonzero_variable(factor: Polynomial, known: Knowledge) -> bool:
    return len(factor) == 1 and all(i in known.nonzero for i in used(factor))


def _by_hypothesis(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """p = q h, or p = c h + rest, for a hypothesis h and a constant c > 0 that cancels a term."""
    for index, (hypothesis, positive) in enumerate(known.hypotheses):
        others = replace(known, hypotheses=known.hypotheses[:index] + known.hypotheses[index + 1 :])
        if hypothesis.is_constant():
            continue
        factor, rest = divmod(polynomial, hypothesis)
        if rest.is_zero() and (positive or not strict) and holds(factor, others, strict=strict, depth=depth + 1):
            return True
        mine, theirs = polynomial.to_dict(), hypothesis.to_dict()
        for ratio in sorted(
            {mine[m] / theirs[m] for m in mine.keys() & theirs.keys() if any(m) and mine[m] / theirs[m] > 0}
        )[:3]:
            if holds(polynomial - ratio * hypothesis, others, strict=strict and not positive, depth=depth + 1):
                return True
    return False


def _by_shifting(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """A variable between L and H is written (L + H t)/(1 + t) or L + t or H - t with t >= 0, and terms are compared."""
    ends = [(i, *_exact_ends(i, known)) for i in used(polynomial) if i not in known.constants]
    ends = [
        (i, low, high) for i, low, high in ends if (low is not None and not low.value.is_zero()) or high is not None
    ]
    if not ends:
        return False
    shifted, ranges = polynomial, known
    for index, low, high in ends:
        at_infinity = False
        t = GENERATORS[index]
        if low is not None and high is not None:
            degree = int(shifted.degrees()[index])
            shifted = _homogeneous(shifted, index, low.value + high.value * t, 1 + t, degree)
            at_infinity = not high.open
        elif low is not None:
            shifted = _composed(shifted, index, low.value + t)
        elif high is not None:
            shifted = _composed(shifted, index, high.value - t)
        first = low if low is not None else high
        assert first is not None
        if at_infinity and strict:
            closing = _composed(polynomial, index, high.value) if high is not None else polynomial
            if not holds(closing, known, strict=True, depth=depth + 1):
                return False
        ranges = ranges.with_range(index, POSITIVE if first.open else NONNEGATIVE)
        if len(shifted) > MOST_TERMS:
            return False
    return _by_terms(shifted, ranges, strict, depth)


def _exact_ends(index: int, known: Knowledge) -> tuple[End | None, End | None]:
    if index in known.ends:
        return known.ends[index]
    range_ = known.range(index)
    low = None if range_.low is None else End(constant(range_.low), range_.low_open)
    high = None if range_.high is None else End(constant(range_.high), range_.high_open)
    return low, high


def _composed(polynomial: Polynomial, index: int, value: Polynomial) -> Polynomial:
    return polynomial.compose(*(value if i == index else g for i, g in enumerate(GENERATORS)), ctx=RING)


def _homogeneous(polynomial: Polynomial, index: int, top: Polynomial, bottom: Polynomial, degree: int) -> Polynomial:
    """bottom**degree times the polynomial at top/bottom."""
    total = constant(0)
    for power, rest in by_powers(polynomial, index).items():
        total += rest * top**power * bottom ** (degree - power)
    return total


def by_powers(polynomial: Polynomial, index: int) -> dict[int, Polynomial]:
    """The coefficients, polynomials in the other variables, of the powers of one variable."""
    parts: dict[int, dict[tuple[int, ...], object]] = {}
    for monomial, coefficient in polynomial.to_dict().items():
        rest = (*monomial[:index], 0, *monomial[index + 1 :])
        parts.setdefault(int(monomial[index]), {})[rest] = coefficient
    return {power: RING.from_dict(terms) for power, terms in parts.items()}


def _by_roots(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """One variable: no root of odd multiplicity (none at all, for strictness) in the range, and one value > 0."""
    indices = used(polynomial)
    if len(indices) != 1 or indices[0] in known.constants:
        return False
    (index,) = indices
    degree = int(polynomial.degrees()[index])
    if degree > 60:
        return False
    coefficients = [Fraction(0)] * (degree + 1)
    for monomial, c in terms(polynomial):
        coefficients[monomial[index]] = c
    range_ = known.range(index)
    if index in known.nonzero and strict and not coefficients[0]:
        shift = next(i for i, c in enumerate(coefficients) if c)
        if shift % 2 == 0:
            coefficients = coefficients[shift:]
    if roots_in(coefficients, range_, odd_only=not strict):
        return False
    return next((value > 0 for at in _inner(range_) if (value := _value(coefficients, at))), False)


def _inner(range_: Range) -> list[Fraction]:
    """Some numbers inside the range; a range of one point gives that point."""
    shares = [Fraction(k, 7) for k in (3, 2, 4, 5, 1)]
    if range_.low is not None and range_.high is not None:
        return [range_.low + (range_.high - range_.low) * share for share in shares]
    if range_.low is not None:
        return [range_.low + share for share in shares]
    return [(range_.high or Fraction(0)) - share for share in shares]


def _value(coefficients: list[Fraction], at: Fraction) -> Fraction:
    value = Fraction(0)
    for c in reversed(coefficients):
        value = value * at + c
    return value


def _by_conjugate(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """A s + B with s >= 0 and s^2 = n/d: |A s| > |B| where A^2 n > B^2 d, and the larger part has the sign +."""
    for index, square in known.squares.items():
        if polynomial.degrees()[index] != 1 or not known.range(index).nonnegative or index in known.constants:
            continue
        parts = by_powers(polynomial, index)
        a: Polynomial = parts[1]
        b: Polynomial = parts.get(0, constant(0))
        gap = with_squares(a * a * square.numerator - b * b * square.denominator, known)
        if not holds(square.denominator, known, strict=False, depth=depth + 1):
            continue
        for larger, sign in ((a, 1), (b, -1)):
            if holds(larger, known, strict=False, depth=depth + 1) and holds(
                sign * gap, known, strict=strict, depth=depth + 1
            ):
                return True
    return False


def _by_discriminant(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """A t^2 + B t + C (t a power of one variable): A >= 0, C >= 0 and 4AC >= B^2 make it >= 0.

    Where A > 0 it is at least (4AC - B^2)/4A; where A = 0, B = 0 too and it is C.  For > 0: C > 0, and
    4AC - B^2 = A q with q > 0.
    """
    for index in used(polynomial):
        if index in known.constants:
            continue
        parts = by_powers(polynomial, index)
        top: int = max(parts)
        if top % 2 or not parts.keys() <= {0, top // 2, top}:
            continue
        a: Polynomial = parts[top]
        b: Polynomial = parts.get(top // 2, constant(0))
        c: Polynomial = parts.get(0, constant(0))
        gap = 4 * a * c - b * b
        if strict:
            q, rest = divmod(gap, a)
            good = rest.is_zero() and holds(q, known, strict=True, depth=depth + 1)
        else:
            good = holds(gap, known, strict=False, depth=depth + 1)
        if good and holds(a, known, strict=False, depth=depth + 1) and holds(c, known, strict=strict, depth=depth + 1):
            return True
    return False


def _by_homogeneity(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """Homogeneous in two real variables x, y of even degree: y^d p(x/y, 1), and p(x, 0) for y = 0."""
    indices = used(polynomial)
    if strict or len(indices) != 2 or known.constants:
        return False
    degrees = {sum(monomial) for monomial, _ in terms(polynomial)}
    if len(degrees) != 1 or degrees.pop() % 2:
        return False
    y = indices[1]
    free = Knowledge(ranges={}, deadline=known.deadline, effort=known.effort)
    return holds(_composed(polynomial, y, constant(1)), free, strict=False, depth=depth + 1) and holds(
        _composed(polynomial, y, constant(0)), free, strict=False, depth=depth + 1
    )


def _by_ordering(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """Nonnegative variables in each possible order, each the next smaller one plus a difference (Yang's SDS)."""
    indices = [i for i in used(polynomial) if i not in known.constants]
    if not 2 <= len(indices) <= 4 or depth > 2 or not all(known.range(i).nonnegative for i in indices):
        return False
    loose = replace(
        known, ranges={**known.ranges, **dict.fromkeys(indices, NONNEGATIVE)}, nonzero=frozenset(), hypotheses=()
    )
    for order in permutations(indices):
        total, values = constant(0), {}
        for index in order:
            total += GENERATORS[index]
            values[index] = total
        ordered = polynomial.compose(*(values.get(i, g) for i, g in enumerate(GENERATORS)), ctx=RING)
        if len(ordered) > 4 * MOST_TERMS or not _by_terms(ordered, loose, strict, depth):
            return False
    return True


def _by_squares(polynomial: Polynomial, known: Knowledge, strict: bool, depth: int) -> bool:
    """The squares of roots and absolute values are put in, and the rest is shown to be positive."""
    reduced = with_squares(polynomial, known)
    return reduced != polynomial and holds(reduced, known, strict=strict, depth=depth + 1)


def with_squares(polynomial: Polynomial, known: Knowledge) -> Polynomial:
    """The polynomial with s**2 replaced by its value for every root s whose square is a polynomial."""
    for index, square in known.squares.items():
        if polynomial.degrees()[index] < 2 or not square.denominator.is_constant():
            continue
        value = square.numerator / square.denominator.leading_coefficient()
        total = constant(0)
        for power, rest in by_powers(polynomial, index).items():
            total += rest * value ** (power // 2) * GENERATORS[index] ** (power % 2)
        polynomial = total
    return polynomial


Method = Callable[[Polynomial, Knowledge, bool, int], bool]
RELATIONAL: tuple[Method, ...] = (_by_factors, _by_hypothesis, _by_squares, _by_conjugate)
METHODS: tuple[Method, ...] = (
    _by_terms, _by_range, _by_factors, _by_hypothesis, _by_shifting, _by_roots, _by_squares, _by_conjugate,
    _by_discriminant, _by_homogeneity, _by_ordering,
)  # fmt: skip
