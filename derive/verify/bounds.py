"""Classical bounds of single functions, and inequalities proved by putting a bound in a function's place.

Each row gives values between which a function lies at every point where the row's conditions hold; A&S is Abramowitz
and Stegun, DLMF the Digital Library of Mathematical Functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    const,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
)
from derive.model.context import Context
from derive.verify.deadline import Deadline
from derive.verify.ranges import Range
from derive.verify.signs import Signs

__all__ = ["BOUNDS", "SLOPES", "Bound", "by_bounds"]

UNIT = Range(Fraction(-1), False, Fraction(1), False)
I = const("I")  # noqa: E741
Build = Callable[..., Form]
Condition = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound of f(...), or of |f(...)| where `size`: from above (`side` 1) or from below (-1).

    `where` and `value` take the function's arguments, `where` the sign oracle before them.
    """

    head: str
    side: int
    where: Condition
    value: Build
    strict: bool = False
    size: bool = False


def _always(signs: Signs, *arguments: Form) -> bool:
    return True


def _positive(signs: Signs, x: Form) -> bool:
    return signs.positive(x)


def _naturals(signs: Signs, *arguments: Form) -> bool:
    return all(signs.integer(a) and signs.range(a).nonnegative for a in arguments)


def _degree(signs: Signs, n: Form, z: Form) -> bool:
    return signs.integer(n)


def _natural_degree(signs: Signs, n: Form, z: Form) -> bool:
    return _naturals(signs, n)


def _in_unit(signs: Signs, n: Form, x: Form) -> bool:
    return signs.integer(n) and signs.real(x) and signs.range(x).within(UNIT)


def _size(z: Form) -> Form:
    return fn("Abs", z)


def _turned(head: str) -> Build:
    """|p(i |z|)|: the coefficients of T_n and U_n alternate in sign, so no |p(z)| with that |z| is larger."""
    return lambda n, z: _size(fn(head, n, mul(I, _size(z))))


def _growth(n: Form, z: Form) -> Form:
    """u**n for u = |z| + sqrt(|z|**2 + 1): |T_n(i r)| = (u**n +- u**-n)/2, |U_n(i r)| likewise by u + 1/u."""
    return power(add(_size(z), power(add(power(_size(z), TWO), ONE), HALF)), n)


def _stirling(shift: int) -> Build:
    """sqrt(2 pi) n**(n + 1/2) exp(-n) exp(1/(12 n + shift))  (Robbins 1955)."""

    def value(n: Form) -> Form:
        correction = fn("exp", power(add(mul(num(12), n), num(shift)), MINUS_ONE))
        return mul(power(mul(TWO, PI), HALF), power(n, add(n, HALF)), fn("exp", neg(n)), correction)

    return value


def _imaginary_height(signs: Signs, z: Form, least: Fraction) -> bool:
    found = _plane(z)
    low = None if found is None else signs.range(found[0]).low
    return found is not None and signs.real(found[0]) and signs.real(found[1]) and low is not None and low >= least


def _plane(z: Form) -> tuple[Form, Form] | None:
    """(x, y) for z written as x + y i."""
    terms = z.args if z.head == "add" else (z,)
    real = [t for t in terms if t != I and not (t.head == "mul" and I in t.args)]
    imaginary = [
        mul(ONE, *(f for f in (t.args if t.head == "mul" else (t,)) if f != I)) for t in terms if t not in real
    ]
    return (add(ZERO, *real), add(ZERO, *imaginary)) if imaginary else None


def _real_part(z: Form) -> Form:
    parts = _plane(z)
    return fn("re", z) if parts is None or free_variables(z) else parts[0]


def _cosh_bound(z: Form) -> Form:
    x, y = _plane(z) or (z, ZERO)
    return quotient(fn("gamma", x), power(fn("cosh", mul(PI, y)), HALF))


def _gamma_right(signs: Signs, z: Form) -> bool:
    return _imaginary_height(signs, z, Fraction(1, 2))


def _whole_from(least: int) -> Condition:
    """Integers n >= least as the first argument."""
    return lambda signs, n, *rest: signs.integer(n) and (low := signs.range(n).low) is not None and low >= least


def _central(signs: Signs, n: Form, k: Form) -> bool:
    return _naturals(signs, k) and signs.vanishes(sub(n, mul(TWO, k)))


def _below_the_top(signs: Signs, n: Form, k: Form) -> bool:
    return _naturals(signs, n, k) and signs.positive(k) and signs.at_most(k, n)


def _right_of_one(least: int) -> Condition:
    """Degrees n >= least at x >= 1."""
    return lambda signs, n, x: _whole_from(least)(signs, n) and signs.real(x) and signs.at_most(ONE, x)


def _beyond_the_pole(signs: Signs, s: Form, *a: Form) -> bool:
    return not a and signs.real(s) and signs.less(ONE, s)


def _trigamma(signs: Signs, m: Form, x: Form) -> bool:
    return m == ONE and signs.positive(x)


def _not_negative(signs: Signs, x: Form) -> bool:
    return signs.real(x) and signs.nonnegative(x)


def _in_the_plane(signs: Signs, z: Form) -> bool:
    parts = _plane(z)
    return parts is not None and all(signs.real(part) for part in parts)


def _exponential_less_one(signs: Signs, *terms: Form) -> bool:
    return len(terms) == 2 and terms[0].head == "exp" and terms[1] == MINUS_ONE


def _convex_power(signs: Signs, base: Form, exponent: Form) -> bool:
    if exponent.head == "num" or not (signs.real(base) and signs.real(exponent)):
        return False
    if signs.nonnegative(base) and (
        signs.at_most(ONE, exponent) or (signs.integer(exponent) and signs.nonnegative(exponent))
    ):
        return True
    return signs.positive(base) and signs.nonpositive(exponent)


def _concave_power(signs: Signs, base: Form, exponent: Form) -> bool:
    if exponent.head == "num" or not (signs.real(base) and signs.real(exponent)):
        return False
    return signs.positive(base) and signs.nonnegative(exponent) and signs.at_most(exponent, ONE)


SLOPES: dict[str, Form] = {
    "sin": ONE, "cos": ONE, "atan": ONE, "tanh": ONE, "asinh": ONE, "Abs": ONE,
    "erf": mul(TWO, power(PI, mul(MINUS_ONE, HALF))),
}  # fmt: skip
"""The largest size of a function's derivative on the real line."""


def _slow(signs: Signs, *terms: Form) -> bool:
    """f(u) - f(v) for real u and v."""
    if len(terms) != 2:
        return False
    u, v = (_without_sign(t) for t in terms)
    opposite = (terms[0] == u) != (terms[1] == v)
    return opposite and u.head == v.head and u.head in SLOPES and signs.real(u.args[0]) and signs.real(v.args[0])


def _without_sign(term: Form) -> Form:
    return term.args[1] if term.head == "mul" and len(term.args) == 2 and term.args[0] == MINUS_ONE else term


def _slope(term: Form) -> Form:
    return SLOPES[_without_sign(term).head]


def _step(u: Form, v: Form) -> Form:
    """The difference of the arguments, terms that occur in both left out."""
    first, second = (_without_sign(t).args[0] for t in (u, v))
    ours, theirs = (list(x.args) if x.head == "add" else [x] for x in (first, second))
    for term in list(ours):
        if term in theirs:
            ours.remove(term)
            theirs.remove(term)
    return sub(add(ZERO, *ours), add(ZERO, *theirs))


def _less_corrections(x: Form) -> Form:
    """log(x) - 1/(2 x) - 1/(12 x**2)."""
    return sub(sub(fn("log", x), quotient(HALF, x)), mul(num(1, 12), power(x, num(-2))))


GOLDEN = const("GoldenRatio")

BOUNDS: tuple[Bound, ...] = (
    # A&S 4.3.80-83, 4.5: by the power series.
    Bound("sin", 1, _always, lambda z: fn("sinh", _size(z)), size=True),
    Bound("cos", 1, _always, lambda z: fn("cosh", _size(z)), size=True),
    Bound("sinh", 1, _always, lambda z: fn("sinh", _size(z)), size=True),
    Bound("cosh", 1, _always, lambda z: fn("cosh", _size(z)), size=True),
    Bound("exp", 1, _always, lambda z: fn("exp", _size(z)), size=True),
    Bound("erf", 1, _always, lambda z: fn("erfi", _size(z)), size=True),
    Bound("add", 1, _exponential_less_one, lambda u, _: sub(fn("exp", _size(u.args[0])), ONE), size=True),
    # |cos(x + i y)|**2 = cos(x)**2 + sinh(y)**2, and the same for the sine.
    Bound("cos", 1, _in_the_plane, lambda z: fn("cosh", (_plane(z) or (z, z))[1]), size=True),
    Bound("sin", 1, _in_the_plane, lambda z: fn("cosh", (_plane(z) or (z, z))[1]), size=True),
    # The mean value theorem: |f(u) - f(v)| <= L |u - v| where |f'| <= L between them.
    Bound("add", 1, _slow, lambda u, v: mul(_slope(u), _size(_step(u, v))), size=True),
    # Bernoulli's inequality: (1 + t)**a is convex in t for a >= 1 and a <= 0, concave for a between.
    Bound("pow", -1, _convex_power, lambda b, a: add(ONE, mul(a, sub(b, ONE)))),
    Bound("pow", 1, _concave_power, lambda b, a: add(ONE, mul(a, sub(b, ONE)))),
    # x log(x) is least at 1/e.
    Bound("pow", -1, lambda signs, b, a: b == a and signs.positive(b),
          lambda b, a: fn("exp", neg(fn("exp", MINUS_ONE)))),
    # W(x) exp(W(x)) = x with W >= 0; (1 + x) log(1 + x) >= x.
    Bound("LambertW", 1, _not_negative, lambda x: x),
    Bound("LambertW", 1, _not_negative, lambda x: fn("log", add(ONE, x))),
    # DLMF 9.9: Ai falls from 0 on, and is positive.
    Bound("airyai", 1, _not_negative, lambda x: fn("airyai", ZERO), size=True),
    # By the series, term by term.
    Bound("zeta", 1, lambda signs, s, *a: not a and signs.less(ONE, _real_part(s)), lambda s: fn("zeta", _real_part(s)),
          size=True),
    # A&S 22.14, and the power series.
    Bound("chebyshevu", 1, _in_unit, lambda n, x: _size(add(n, ONE)), size=True),
    Bound("chebyshevt", 1, _degree, _turned("chebyshevt"), size=True),
    Bound("chebyshevu", 1, _degree, _turned("chebyshevu"), size=True),
    Bound("chebyshevt", 1, _natural_degree, _growth, size=True),
    Bound("chebyshevu", 1, _natural_degree, _growth, size=True),
    # n (n-1)...(n-k+1) <= n**k, and k! >= (k/e)**k.
    Bound("binomial", 1, _naturals, lambda n, k: quotient(power(n, k), fn("factorial", k))),
    Bound("binomial", 1, _naturals, lambda n, k: quotient(power(mul(n, const("E")), k), power(k, k))),
    Bound("binomial", 1, _naturals, lambda n, k: power(TWO, n)),
    # Robbins; at n = 0 the lower one is 0, and the upper one is not defined.
    Bound("factorial", -1, _naturals, _stirling(1), strict=True),
    Bound("factorial", 1, lambda signs, n: _naturals(signs, n) and signs.positive(n), _stirling(0), strict=True),
    Bound("factorial", -1, _naturals, lambda n: power(quotient(n, const("E")), n)),
    Bound("factorial", 1, _naturals, lambda n: power(n, n)),
    # DLMF 5.11: the terms left out have one sign.
    Bound("digamma", 1, _positive, lambda x: sub(fn("log", x), quotient(HALF, x)), strict=True),
    Bound("digamma", -1, _positive, lambda x: sub(fn("log", x), power(x, MINUS_ONE)), strict=True),
    Bound("digamma", -1, _positive, lambda x: _less_corrections(x), strict=True),
    Bound("digamma", 1, _positive, lambda x: add(_less_corrections(x), mul(num(1, 120), power(x, num(-4)))),
          strict=True),
    # The sum of (x + k)**-2 against the integral, by the trapezium rule and from above.
    Bound("polygamma", -1, _trigamma, lambda m, x: add(power(x, MINUS_ONE), mul(HALF, power(x, num(-2)))), strict=True),
    Bound("polygamma", 1, _trigamma, lambda m, x: add(power(x, MINUS_ONE), power(x, num(-2))), strict=True),
    # Sums of k**-s and 1/k against integrals; H_n - log n falls to Euler's constant.
    Bound("zeta", 1, _beyond_the_pole, lambda s: quotient(s, sub(s, ONE)), strict=True),
    Bound("zeta", -1, _beyond_the_pole, lambda s: power(sub(s, ONE), MINUS_ONE), strict=True),
    Bound("harmonic", 1, _whole_from(1), lambda n: add(ONE, fn("log", n))),
    Bound("harmonic", -1, _whole_from(1), lambda n: fn("log", add(n, ONE)), strict=True),
    Bound("harmonic", -1, _whole_from(0), lambda n: fn("log", add(n, ONE))),
    Bound("harmonic", -1, _whole_from(1), lambda n: add(fn("log", n), const("EulerGamma")), strict=True),
    # By induction, since p**(n+1) = p**n + p**(n-1).
    Bound("fibonacci", 1, _whole_from(0), lambda n: power(GOLDEN, sub(n, ONE))),
    Bound("fibonacci", -1, _whole_from(1), lambda n: power(GOLDEN, sub(n, TWO))),
    Bound("fibonacci", 1, _whole_from(0), lambda n: power(TWO, n), strict=True),
    Bound("factorial", -1, _naturals, lambda n: power(TWO, sub(n, ONE))),
    Bound("factorial", 1, _whole_from(1),
          lambda n: mul(const("E"), power(n, HALF), power(quotient(n, const("E")), n))),
    Bound("binomial", -1, _central, lambda n, k: quotient(power(num(4), k), add(n, ONE))),
    Bound("binomial", -1, _central, lambda n, k: power(TWO, k)),
    Bound("binomial", 1, _central, lambda n, k: power(num(4), k)),
    Bound("binomial", -1, _below_the_top, lambda n, k: power(quotient(n, k), k)),
    # Polynomials in x - 1 with coefficients >= 0; T_n(x) = cosh(n t), x**n = cosh(t)**n.
    Bound("chebyshevt", -1, _right_of_one(0), lambda n, x: power(x, n)),
    Bound("chebyshevt", -1, lambda signs, n, x: signs.integer(n) and signs.real(x) and signs.at_most(ONE, x),
          lambda n, x: ONE),
    Bound("chebyshevu", -1, _right_of_one(0), lambda n, x: add(n, ONE)),
    Bound("besseli", -1, lambda signs, v, x: v == ZERO and signs.real(x), lambda v, x: ONE),
    # DLMF 5.6.6-7.
    Bound("gamma", -1, _gamma_right, _cosh_bound, size=True),
    Bound("gamma", 1, lambda signs, z: _in_the_plane(signs, z) and signs.positive((_plane(z) or (z, z))[0]),
          lambda z: fn("gamma", (_plane(z) or (z, ZERO))[0]), size=True),
)  # fmt: skip


def by_bounds(
    gap: Form, context: Context, strict: bool, holds: Callable[[Form, bool], bool], deadline: Deadline
) -> bool:
    """Whether gap >= 0 (> 0) follows where a function in it is replaced by a bound that only makes the gap smaller.

    `holds` decides what is left, strictly or not.
    """
    signs = Signs(context, deadline)
    terms = gap.args if gap.head == "add" else (gap,)
    for i, term in enumerate(terms):
        others = [t for j, t in enumerate(terms) if j != i]
        for bound, value, rest in _bounded(term, signs):
            deadline.check()
            smaller = add(ZERO, *others, mul(rest, value))
            surely = bound.strict and signs.nonzero(rest)
            if holds(smaller, strict and not surely):
                return True
    return False


def _bounded(term: Form, signs: Signs) -> Iterator[tuple[Bound, Form, Form]]:
    """The rows for a factor of the term whose bound makes the term smaller: with the value and the other factors."""
    factors = term.args if term.head == "mul" else (term,)
    for i, factor in enumerate(factors):
        size = factor.head == "Abs"
        function = factor.args[0] if size else factor
        for bound in (b for b in BOUNDS if isinstance(function, Form) and (b.head, b.size) == (function.head, size)):
            rest = mul(ONE, *(f for j, f in enumerate(factors) if j != i))
            harmless = signs.nonpositive(rest) if bound.side > 0 else signs.nonnegative(rest)
            if harmless and bound.where(signs, *function.args):
                yield bound, bound.value(*function.args), rest
