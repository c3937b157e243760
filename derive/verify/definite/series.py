"""Infinite series with rational terms times powers r**k, 1/k! or Fibonacci numbers, and series of zeta values."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from flint import fmpq, fmpq_mat

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
    subforms,
    substitute,
    var,
)  # fmt: skip
from derive.model.context import Context
from derive.verify.atoms import factored
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.factors import factors
from derive.verify.definite.geometric import falling, geometric, polynomial
from derive.verify.definite.mellin import owed
from derive.verify.definite.value import Value
from derive.verify.positivity import by_powers
from derive.verify.signs import Signs

__all__ = ["other_series"]

GOLDEN = const("GoldenRatio")
GAMMA = const("EulerGamma")
LARGEST_START = 40
LARGEST_DEGREE = 12


def other_series(body: Form, name: str, first: Fraction, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """The sum of the terms from k = first on, where it is of one of these families."""
    if first.denominator != 1 or abs(first) > LARGEST_START:
        return None
    signs = Signs(context, deadline, principal=True)
    if any(part.head in ("fibonacci", "lucas") for part in subforms(body)):
        return _binet(body, name, first, context, deadline)
    scale, ratio, rest = geometric(list(factors(body)), name)
    for method in (_of_rational, _of_exponential, _of_power, _of_binomial, _of_zeta):
        deadline.check()
        found = method(rest, ratio, name, int(first), signs)
        if found is not None:
            return Value(mul(scale, found.form), found.conditions, found.by)
    if body.head == "add":
        return _termwise(body.args, name, first, context, deadline)
    if len(rest) == 1 and rest[0].head == "add":
        others = [f for f in factors(body) if f is not rest[0]]
        return _termwise(tuple(mul(*others, term) for term in rest[0].args), name, first, context, deadline)
    return None


def _termwise(
    terms: tuple[Form, ...], name: str, first: Fraction, context: Context, deadline: Deadline
) -> Value | None:
    """Each term by itself, where all the series converge."""
    total = ZERO
    conditions: tuple[Form, ...] = ()
    for term in terms:
        found = other_series(term, name, first, context, deadline)
        if found is None:
            return None
        total, conditions = add(total, found.form), (*conditions, *found.conditions)
    return Value(total, conditions, "term by term")


def _binet(body: Form, name: str, first: Fraction, context: Context, deadline: Deadline) -> Value | None:
    """A single F_u or L_u as (p**u -+ q**u) with p the golden ratio, q = 1 - p; then both series."""
    chosen = [f for f in factors(body) if f.head in ("fibonacci", "lucas")]
    if len(chosen) != 1 or any(
        p.head in ("fibonacci", "lucas") for f in factors(body) if f is not chosen[0] for p in subforms(f)
    ):
        return None
    index = chosen[0].args[0]
    others = mul(ONE, *(f for f in factors(body) if f is not chosen[0]))
    other = sub(ONE, GOLDEN)
    side = ONE if chosen[0].head == "lucas" else power(num(5), num(-1, 2))
    last = side if chosen[0].head == "lucas" else neg(side)
    terms = (mul(side, others, power(GOLDEN, index)), mul(last, others, power(other, index)))
    return _termwise(terms, name, first, context, deadline)


# --- rational terms ---


def _of_rational(rest: list[Form], ratio: Form, name: str, first: int, signs: Signs) -> Value | None:
    """R(k) r**k: polygamma functions for r = 1 and r = -1, polylogarithms for |r| < 1 and poles at integers."""
    parts = _partial_fractions(mul(ONE, *rest), name, signs)
    if parts is None:
        return None
    coefficients, poles = parts
    if any(a.denominator == 1 and -a >= first for a, _, _ in poles):
        return None
    if ratio == ONE:
        simple = sum((c for _, j, c in poles if j == 1), Fraction(0))
        if coefficients or simple != 0:
            return None
        return Value(add(ZERO, *(mul(num(c), _plain(a + first, j)) for a, j, c in poles)), by="polygamma functions")
    if ratio == MINUS_ONE:
        if coefficients:
            return None
        sign = num((-1) ** first)
        total = add(ZERO, *(mul(num(c), _alternating(a + first, j)) for a, j, c in poles))
        return Value(mul(sign, total), by="polygamma functions")
    if any(a.denominator != 1 or abs(a) > LARGEST_START for a, _, _ in poles):
        return None
    conditions = _inside_circle(ratio, signs)
    if conditions is None or ((first != 0 or any(a for a, _, _ in poles)) and not _usable(ratio, first, poles, signs)):
        return None
    total = add(
        ZERO,
        *(mul(c, _power_sum(d, ratio, first)) for d, c in enumerate(coefficients)),
        *(mul(num(c), _logarithm_sum(int(a), j, ratio, first)) for a, j, c in poles),
    )
    return Value(total, conditions, "polylogarithms")


def _usable(ratio: Form, first: int, poles: list[tuple[Fraction, int, Fraction]], signs: Signs) -> bool:
    """No negative powers of a ratio that may be 0."""
    return (first >= 0 and all(a <= 0 for a, _, _ in poles)) or signs.nonzero(ratio)


def _inside_circle(ratio: Form, signs: Signs) -> tuple[Form, ...] | None:
    """|r| < 1, decided for numbers."""
    size = Form("lt", (fn("Abs", ratio), ONE))
    if free_variables(ratio):
        return (size,)
    return () if signs.less(ratio, ONE) and signs.less(MINUS_ONE, ratio) else None


def _power_sum(degree: int, r: Form, first: int) -> Form:
    """The sum of k**d r**k from k = first on."""
    whole = quotient(ONE, sub(ONE, r)) if degree == 0 else fn("polylog", num(-degree), r)
    between = range(first) if first >= 0 else range(first, 0)
    side = -1 if first >= 0 else 1
    return add(whole, *(mul(num(side * k**degree), power(r, num(k))) for k in between if k or degree == 0))


def _logarithm_sum(a: int, j: int, r: Form, first: int) -> Form:
    """The sum of r**k/(k + a)**j from k = first on: r**-a (Li_j(r) - the first terms), for first + a >= 1."""
    whole = neg(fn("log", sub(ONE, r))) if j == 1 else fn("polylog", num(j), r)
    lead = add(whole, *(mul(num(Fraction(-1, m**j)), power(r, num(m))) for m in range(1, first + a)))
    return mul(power(r, num(-a)), lead) if a else lead


def _polygamma(m: int, a: Fraction) -> Form:
    return fn("digamma", num(a)) if m == 0 else fn("polygamma", num(m), num(a))


def _plain(a: Fraction, j: int) -> Form:
    """The sum of (k + a)**-j, for j = 1 without the part that cancels."""
    if j == 1:
        return neg(_polygamma(0, a))
    return mul(num(Fraction((-1) ** j, factorial(j - 1))), _polygamma(j - 1, a))


def _alternating(a: Fraction, j: int) -> Form:
    """The sum of (-1)**k (k + a)**-j from k = 0 on."""
    return mul(num(Fraction(1, 2**j)), sub(_plain(a / 2, j), _plain((a + 1) / 2, j)))


Poles = list[tuple[Fraction, int, Fraction]]


def _partial_fractions(form: Form, name: str, signs: Signs) -> tuple[list[Form], Poles] | None:
    """Coefficients of the polynomial part and (a, j, c) for the terms c/(k + a)**j, all a rational."""
    plain = polynomial(form, name, signs)
    if plain is not None and len(plain) <= LARGEST_DEGREE:
        return plain, []
    view = Signs(Context()).view(form)
    if view is None or view.atoms.forms != [var(name)]:
        return None
    found = view.quotients[0]
    content, linear = factored(found.denominator)
    roots: list[tuple[Fraction, int]] = []
    for factor, times in linear:
        parts = by_powers(factor, 0)
        if max(parts) != 1:
            return None
        slope, start = (_fraction(parts[k].leading_coefficient()) if k in parts else Fraction(0) for k in (1, 0))
        content *= fmpq(slope.numerator, slope.denominator) ** int(times)
        roots.append((start / slope, int(times)))
    below = [Fraction(1)]
    for a, times in roots:
        for _ in range(times):
            below = _times(below, [a, Fraction(1)])
    tops = by_powers(found.numerator, 0)
    above = [
        _fraction(tops[k].leading_coefficient() / content) if k in tops else Fraction(0) for k in range(max(tops) + 1)
    ]
    whole, above = _divided(above, below)
    if len(whole) > LARGEST_DEGREE or len(below) > LARGEST_DEGREE:
        return None
    columns, names = [], []
    for a, times in roots:
        part = below
        for j in range(1, times + 1):
            part = _divided(part, [a, Fraction(1)])[0]
            columns.append(part)
            names.append((a, j))
    size = len(below) - 1
    matrix = fmpq_mat(size, size, [_at(column, row) for row in range(size) for column in columns])
    right = fmpq_mat(size, 1, [_at(above, row) for row in range(size)])
    solved = matrix.solve(right)
    poles = [(a, j, _fraction(solved[i, 0])) for i, (a, j) in enumerate(names)]
    return [num(c) for c in whole], [pole for pole in poles if pole[2]]


def _fraction(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))


def _at(polynomial_: list[Fraction], degree: int) -> fmpq:
    c = polynomial_[degree] if degree < len(polynomial_) else Fraction(0)
    return fmpq(c.numerator, c.denominator)


def _times(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    product = [Fraction(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return product


def _divided(above: list[Fraction], below: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Quotient and remainder, the divisor monic."""
    rest, quotient_ = list(above), [Fraction(0)] * max(len(above) - len(below) + 1, 0)
    for i in reversed(range(len(quotient_))):
        quotient_[i] = rest[i + len(below) - 1]
        for j, b in enumerate(below):
            rest[i + j] -= quotient_[i] * b
    return quotient_, rest[: len(below) - 1]


# --- P(k) x**k/k!, k**-s, binomial(a, k) ---


def _of_exponential(rest: list[Form], ratio: Form, name: str, first: int, signs: Signs) -> Value | None:
    """P(k) x**k/k!: the sum of k(k-1)...(k-j+1) x**k/k! is x**j exp(x); terms before the first are taken off."""
    k = var(name)
    below = power(fn("factorial", k), MINUS_ONE)
    others = [f for f in rest if f != below]
    coefficients = polynomial(mul(ONE, *others), name, signs) if len(others) == len(rest) - 1 else None
    if coefficients is None or first < 0 or len(coefficients) > LARGEST_DEGREE:
        return None
    total = mul(
        fn("exp", ratio), add(ZERO, *(mul(c, power(ratio, num(j))) for j, c in enumerate(falling(coefficients))))
    )
    before = [
        mul(num(Fraction(-(i**d), factorial(i))), c, power(ratio, num(i)))
        for i in range(first) for d, c in enumerate(coefficients)
    ]  # fmt: skip
    return Value(add(total, *before), by="exponential series")


def _of_power(rest: list[Form], ratio: Form, name: str, first: int, signs: Signs) -> Value | None:
    """r**k (k + a)**-s with a symbolic s: zeta(s, a) for s > 1, eta(s) for s > 0, Li_s(r) for |r| < 1."""
    if len(rest) != 1 or rest[0].head != "pow" or name in free_variables(rest[0].args[1]):
        return None
    base, exponent = rest[0].args
    a, s = substitute(base, {name: num(first)}), neg(exponent)
    if not signs.vanishes(sub(sub(base, var(name)), sub(a, num(first)))) or not signs.positive(a):
        return None
    real_part = s if signs.real(s) else fn("re", s)
    if ratio == ONE:
        conditions = owed(signs, (ONE, real_part))
        return None if conditions is None else Value(fn("zeta", s, a), conditions, "Hurwitz's zeta function")
    if a != ONE:
        return None
    if ratio == MINUS_ONE:
        conditions = owed(signs, (ZERO, real_part))
        eta = mul(num((-1) ** first), fn("dirichlet_eta", s))
        return None if conditions is None else Value(eta, conditions, "Dirichlet's eta function")
    conditions = _inside_circle(ratio, signs)
    if conditions is None or first != 1:
        return None
    return Value(fn("polylog", s, ratio), conditions, "polylogarithm")


def _of_binomial(rest: list[Form], ratio: Form, name: str, first: int, signs: Signs) -> Value | None:
    """binomial(a, k) x**k: (1 + x)**a for |x| < 1."""
    if len(rest) != 1 or rest[0].head != "binomial" or rest[0].args[1] != var(name) or first != 0:
        return None
    a = rest[0].args[0]
    conditions = None if name in free_variables(a) else _inside_circle(ratio, signs)
    return None if conditions is None else Value(power(add(ONE, ratio), a), conditions, "binomial series")


# --- series of zeta values ---


def _of_zeta(rest: list[Form], ratio: Form, name: str, first: int, signs: Signs) -> Value | None:
    """zeta(u) and zeta(u) - 1 for u = k, k + 1, 2 k, with x**k, and over k (DLMF 25.8.4 to 25.8.9; 5.7.3, 5.7.4)."""
    k = var(name)
    over = [f for f in rest if f == power(k, MINUS_ONE)]
    others = [f for f in rest if f != power(k, MINUS_ONE)]
    if len(others) != 1 or len(over) > 1:
        return None
    less_one = others[0].head == "add" and MINUS_ONE in others[0].args and len(others[0].args) == 2
    inner = next((t for t in others[0].args if t != MINUS_ONE), others[0]) if less_one else others[0]
    if inner.head != "zeta" or len(inner.args) != 1:
        return None
    index, reach = inner.args[0], num(2 if less_one else 1)
    if signs.vanishes(sub(index, mul(TWO, k))):
        return None if over or first != 1 else _even_zetas(ratio, less_one, signs)
    shift = next((c for c in (ZERO, ONE) if signs.vanishes(sub(sub(index, k), c))), None)
    if shift is None or first + int(shift.value) != 2 or (over and shift != ZERO):
        return None
    conditions = owed(signs, (fn("Abs", ratio), reach)) if free_variables(ratio) else ()
    if conditions is None or (
        not free_variables(ratio) and not (signs.less(ratio, reach) and signs.less(neg(reach), ratio))
    ):
        return None
    x = ratio
    if over:
        if less_one:
            found = add(fn("loggamma", sub(TWO, x)), mul(sub(ONE, GAMMA), x))
        else:
            found = sub(fn("loggamma", sub(ONE, x)), mul(GAMMA, x))
        return Value(found, conditions, "a series of zeta values")
    if less_one:
        once = sub(sub(ONE, GAMMA), fn("digamma", sub(TWO, x)))
    else:
        once = neg(add(fn("digamma", sub(ONE, x)), GAMMA))
    return Value(mul(x, once) if shift == ZERO else once, conditions, "a series of zeta values")


def _even_zetas(ratio: Form, less_one: bool, signs: Signs) -> Value | None:
    """The sum of zeta(2 k) x**(2 k) from 1 on is (1 - pi x cot(pi x))/2, that of x**(2 k) is x**2/(1 - x**2)."""
    if ratio == ONE and less_one:
        return Value(num(3, 4), by="a series of zeta values")
    if ratio.head != "num" or not 0 < ratio.value < (4 if less_one else 1):
        return None
    x = power(ratio, HALF)
    found = mul(HALF, sub(ONE, quotient(mul(PI, x, fn("cos", mul(PI, x))), fn("sin", mul(PI, x)))))
    return Value(sub(found, quotient(ratio, sub(ONE, ratio))) if less_one else found, by="a series of zeta values")
