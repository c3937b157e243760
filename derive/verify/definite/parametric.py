"""Classical integrals with parameters over (0, 1), (0, pi/2), (0, pi), (0, 2 pi) and (0, oo)."""

from __future__ import annotations

from collections.abc import Callable

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
)  # fmt: skip
from derive.verify.definite.factors import exponent_of, split
from derive.verify.definite.mellin import owed
from derive.verify.definite.question import Question
from derive.verify.definite.value import Value

__all__ = ["PARAMETRIC"]

INFINITY = Form("const", ("oo",))
GAMMA = const("EulerGamma")
HALF_PI = mul(HALF, PI)


def _elliptic(question: Question) -> Value | None:
    """(1 - m sin(x)**2)**(-1/2) and **(1/2) over (0, pi/2): K(m) and E(m) for m < 1 (DLMF 19.2.8)."""
    square = power(fn("sin", question.x), TWO)
    scale, moving = split(question.body, question.name)
    if len(moving) != 1 or moving[0].head != "pow":
        return None
    base, exponent = moving[0].args
    m = question.free(quotient(sub(ONE, base), square))
    head = {num(-1, 2): "elliptic_k", HALF: "elliptic_e"}.get(exponent)
    if m is None or head is None or not question.signs.real(m):
        return None
    conditions = owed(question.signs, (m, ONE))
    return None if conditions is None else Value(mul(scale, fn(head, m)), conditions, "a complete elliptic integral")


def _wallis(question: Question) -> Value | None:
    """sin(x)**a cos(x)**b over (0, pi/2): G((a+1)/2) G((b+1)/2) / (2 G((a+b)/2 + 1)), a, b > -1 (DLMF 5.12.2)."""
    scale, moving = split(question.body, question.name)
    a, b = ZERO, ZERO
    for factor in moving:
        first = exponent_of(factor, fn("sin", question.x))
        second = exponent_of(factor, fn("cos", question.x))
        if first is not None:
            a = add(a, first)
        elif second is not None:
            b = add(b, second)
        else:
            return None
    signs = question.signs
    conditions = owed(signs, (MINUS_ONE, a), (MINUS_ONE, b)) if signs.real(a) and signs.real(b) else None
    if conditions is None:
        return None
    top = [fn("gamma", mul(HALF, add(e, ONE))) for e in (a, b)]
    below = fn("gamma", add(mul(HALF, add(a, b)), ONE))
    return Value(mul(scale, HALF, quotient(mul(*top), below)), conditions, "Wallis's integral")


def _bessel(question: Question) -> Value | None:
    """cos(n t - a sin t) over (0, pi): pi J_n(a); exp(a cos t) cos(n t): pi I_n(a) (DLMF 10.9.2, 10.32.3)."""
    scale, moving = split(question.body, question.name)
    t = question.x
    if len(moving) == 1 and moving[0].head == "cos":
        for side in (1, -1):
            found = _line_and_wave(question, mul(num(side), moving[0].args[0]), "sin")
            if found is not None and question.signs.integer(found[0]):
                return Value(mul(scale, PI, fn("besselj", found[0], neg(found[1]))), by="Bessel's integral")
        return None
    growth = [f for f in moving if f.head == "exp"]
    waves = [f for f in moving if f.head == "cos"]
    if len(growth) != 1 or len(waves) != len(moving) - 1 or len(waves) > 1:
        return None
    a = question.free(quotient(growth[0].args[0], fn("cos", t)))
    n = question.free(quotient(waves[0].args[0], t)) if waves else ZERO
    if a is None or n is None or not question.signs.integer(n):
        return None
    return Value(mul(scale, PI, fn("besseli", n, a)), by="Bessel's integral")


def _line_and_wave(question: Question, form: Form, wave: str) -> tuple[Form, Form] | None:
    """(n, a) with the form n t + a wave(t)."""
    terms = form.args if form.head == "add" else (form,)
    n, a = ZERO, ZERO
    for term in terms:
        slope = question.free(quotient(term, question.x))
        height = question.free(quotient(term, fn(wave, question.x)))
        if slope is not None:
            n = add(n, slope)
        elif height is not None:
            a = add(a, height)
        else:
            return None
    return n, a


def _digamma(question: Question) -> Value | None:
    """(1 - x**p)/(1 - x) over (0, 1): digamma(p + 1) + EulerGamma for p > -1 (DLMF 5.9.16)."""
    x, body = question.x, question.body
    powers = [
        f.args[1]
        for f in subforms(body)
        if f.head == "pow" and f.args[0] == x and question.name not in free_variables(f.args[1])
    ]
    for p in dict.fromkeys(powers):
        kernel = quotient(sub(ONE, power(x, p)), sub(ONE, x))
        scale = question.free(quotient(body, kernel))
        if scale is None or not question.signs.real(p):
            continue
        conditions = owed(question.signs, (MINUS_ONE, p))
        if conditions is not None:
            return Value(mul(scale, add(fn("digamma", add(p, ONE)), GAMMA)), conditions, "Gauss's integral")
    return None


def _circle(question: Question) -> Value | None:
    """1/(a + b cos x) over (0, 2 pi) or twice (0, pi): 2 pi/sqrt(a**2 - b**2) for a > |b| (GR 3.613.1)."""
    turn = fn("cos", question.x) if any(p.head == "cos" for p in subforms(question.body)) else fn("sin", question.x)
    if turn.head == "sin" and question.signs.vanishes(sub(question.upper, PI)):
        return None
    scale, moving = split(question.body, question.name)
    if len(moving) != 1 or moving[0].head != "pow" or moving[0].args[1] != MINUS_ONE:
        return None
    terms = moving[0].args[0].args if moving[0].args[0].head == "add" else ()
    a, b = ZERO, ZERO
    for term in terms:
        height = question.free(quotient(term, turn))
        if question.name not in free_variables(term):
            a = add(a, term)
        elif height is not None:
            b = add(b, height)
        else:
            return None
    if b == ZERO or not (question.signs.real(a) and question.signs.real(b)):
        return None
    conditions = owed(question.signs, (b, a), (neg(b), a))
    if conditions is None:
        return None
    once = quotient(question.upper, power(sub(power(a, TWO), power(b, TWO)), HALF))
    return Value(mul(scale, once), conditions, "a rational function on the circle")


def _damped_wave(question: Question) -> Value | None:
    """exp(-a x) cos(b x), exp(-a x) sin(b x) and exp(-a x**2) cos(b x) over (0, oo), a > 0 (GR 3.893, 3.896.4)."""
    scale, moving = split(question.body, question.name)
    decays, waves = [f for f in moving if f.head == "exp"], [f for f in moving if f.head in ("sin", "cos")]
    if len(decays) != 1 or len(waves) != 1 or len(moving) != 2:
        return None
    wave, x = waves[0], question.x
    b = question.free(quotient(wave.args[0], x))
    if b is None or not question.signs.real(b):
        return None
    for degree in (1, 2):
        a = question.free(quotient(neg(decays[0].args[0]), power(x, num(degree))))
        if a is None or not question.signs.real(a) or (degree == 2 and wave.head == "sin"):
            continue
        conditions = owed(question.signs, (ZERO, a))
        if conditions is None:
            return None
        if degree == 2:
            size = power(quotient(PI, a), HALF)
            found = mul(HALF, size, fn("exp", neg(quotient(power(b, TWO), mul(num(4), a)))))
        else:
            found = quotient(a if wave.head == "cos" else b, add(power(a, TWO), power(b, TWO)))
        return Value(mul(scale, found), conditions, "a damped wave")
    return None


def _fourier(question: Question) -> Value | None:
    """cos(a x)/(x**2 + b**2) over (0, oo): pi exp(-a b)/(2 b) for a >= 0, b > 0 (GR 3.723.2), and x sin (a > 0)."""
    scale, moving = split(question.body, question.name)
    waves = [f for f in moving if f.head in ("sin", "cos")]
    if len(waves) != 1:
        return None
    wave, x = waves[0], question.x
    a = question.free(quotient(wave.args[0], x))
    rest = mul(ONE, *(f for f in moving if f is not wave))
    below = quotient(ONE if wave.head == "cos" else x, rest)
    square = question.free(sub(below, power(x, TWO)))
    if a is None or square is None or not question.signs.real(a) or not question.signs.positive(square):
        return None
    signs, b = question.signs, power(square, HALF)
    if not (signs.positive(a) or (wave.head == "cos" and signs.nonnegative(a))):
        return None
    found = mul(HALF, PI, fn("exp", neg(mul(a, b))))
    return Value(mul(scale, found if wave.head == "sin" else quotient(found, b)), by="a Fourier transform")


def _frullani(question: Question) -> Value | None:
    """(exp(-a x) - exp(-b x))/x over (0, oo): log(b/a) for a, b > 0 (Frullani)."""
    exponents = [p.args[0] for p in subforms(question.body) if p.head == "exp"]
    slopes = [question.free(neg(quotient(e, question.x))) for e in dict.fromkeys(exponents)]
    known = [slope for slope in slopes if slope is not None]
    if len(known) != 2 or len(slopes) != 2:
        return None
    a, b = known
    signs, x = question.signs, question.x
    if not (signs.positive(a) and signs.positive(b)):
        return None
    kernel = quotient(sub(fn("exp", neg(mul(a, x))), fn("exp", neg(mul(b, x)))), x)
    scale = question.free(quotient(question.body, kernel))
    return None if scale is None else Value(mul(scale, fn("log", quotient(b, a))), by="Frullani's integral")


def _squared_sine(question: Question) -> Value | None:
    """sin(a x)**2/x**2 over (0, oo): pi a/2 for a > 0 (GR 3.821.9)."""
    sines = [p for p in subforms(question.body) if p.head == "sin"]
    if not sines:
        return None
    a = question.free(quotient(sines[0].args[0], question.x))
    if a is None or not question.signs.positive(a):
        return None
    kernel = power(quotient(fn("sin", mul(a, question.x)), question.x), TWO)
    scale = question.free(quotient(question.body, kernel))
    return None if scale is None else Value(mul(scale, HALF, PI, a), by="a Fourier transform")


def _binet(question: Question) -> Value | None:
    """t/((t**2 + z**2)(exp(2 pi t) - 1)) over (0, oo): (log z - 1/(2 z) - digamma z)/2, Re z > 0 (DLMF 5.9.15)."""
    t = question.x
    inverse = mul(question.body, sub(fn("exp", mul(TWO, PI, t)), ONE))
    for factor in subforms(question.body):
        if factor.head != "add":
            continue
        for square in factor.args:
            if square.head != "pow" or square.args[1] != TWO or square.args[0] == t:
                continue
            z = square.args[0]
            scale = question.free(mul(inverse, quotient(add(power(t, TWO), power(z, TWO)), t)))
            if question.name in free_variables(z) or scale is None:
                continue
            real_part = z if question.signs.real(z) else fn("re", z)
            conditions = owed(question.signs, (ZERO, real_part))
            if conditions is None:
                continue
            found = sub(sub(fn("log", z), quotient(HALF, z)), fn("digamma", z))
            return Value(mul(scale, HALF, found), conditions, "Binet's integral")
    return None


def _macdonald(question: Question) -> Value | None:
    """exp(-a cosh t) cosh(v t) over (0, oo): K_v(a) for a > 0 (DLMF 10.32.9)."""
    scale, moving = split(question.body, question.name)
    decays, others = [f for f in moving if f.head == "exp"], [f for f in moving if f.head != "exp"]
    if len(decays) != 1 or len(others) > 1 or any(f.head != "cosh" for f in others):
        return None
    a = question.free(quotient(neg(decays[0].args[0]), fn("cosh", question.x)))
    order = question.free(quotient(others[0].args[0], question.x)) if others else ZERO
    if a is None or order is None or not question.signs.real(a):
        return None
    conditions = owed(question.signs, (ZERO, a))
    return (
        None if conditions is None else Value(mul(scale, fn("besselk", order, a)), conditions, "Schlaefli's integral")
    )


Row = Callable[[Question], Value | None]
PARAMETRIC: tuple[tuple[Form, Row], ...] = (
    (ONE, _digamma),
    (HALF_PI, _wallis),
    (HALF_PI, _elliptic),
    (PI, _bessel),
    (PI, _circle),
    (mul(TWO, PI), _circle),
    (INFINITY, _damped_wave),
    (INFINITY, _fourier),
    (INFINITY, _frullani),
    (INFINITY, _squared_sine),
    (INFINITY, _binet),
    (INFINITY, _macdonald),
)
