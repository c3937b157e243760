"""Claims that are true by construction, and what is made of them: mutants and claims with an assumption weakened."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    rebuild,
    sqrt,
    sub,
    var,
)  # fmt: skip
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable

Scheme = Callable[["Maker"], Claim]


@dataclass(frozen=True)
class Maker:
    """Draws the pieces that fill a scheme: terms over x, y, terms that are positive, small integers."""

    rng: random.Random
    context: Context

    def term(self, depth: int = 2) -> Form:
        """A real term defined everywhere."""
        rng, x, y = self.rng, var("x"), var("y")
        if depth == 0:
            return rng.choice((x, y, num(rng.randint(-3, 3) or 2), mul(num(rng.randint(2, 4)), x)))
        a, b = self.term(depth - 1), self.term(depth - 1)
        return rng.choice((a, add(a, b), mul(a, b), fn("sin", a), fn("cos", a), power(a, TWO), self.damped(a)))

    def damped(self, a: Form) -> Form:
        return self.rng.choice((fn("exp", neg(power(a, TWO))), fn("tanh", a), fn("atan", a)))

    def positive(self) -> Form:
        """A term that is positive everywhere."""
        a = self.term(1)
        return self.rng.choice((add(power(a, TWO), ONE), fn("exp", a), fn("cosh", a), add(TWO, fn("sin", a))))

    def small(self) -> int:
        return self.rng.randint(2, 4)

    def claim(self, kind: str, left: Form, right: Form, context: Context | None = None) -> Claim:
        return Claim(kind, left, right, context or self.context)  # type: ignore[arg-type]


def _binomial(m: Maker) -> Claim:
    a, b = m.term(), m.term()
    return m.claim("identity", power(add(a, b), TWO), add(power(a, TWO), mul(TWO, a, b), power(b, TWO)))


def _difference_of_squares(m: Maker) -> Claim:
    a, b = m.term(), m.term()
    return m.claim("identity", mul(sub(a, b), add(a, b)), sub(power(a, TWO), power(b, TWO)))


def _common_denominator(m: Maker) -> Claim:
    a, b, p, q = m.term(), m.term(), m.positive(), m.positive()
    return m.claim("identity", add(quotient(a, p), quotient(b, q)), quotient(add(mul(a, q), mul(b, p)), mul(p, q)))


def _exponential(m: Maker) -> Claim:
    a, b = m.term(1), m.term(1)
    return m.claim("identity", fn("exp", sub(a, b)), quotient(fn("exp", a), fn("exp", b)))


def _logarithm(m: Maker) -> Claim:
    p, q, n = m.positive(), m.positive(), num(m.small())
    whole = fn("log", quotient(power(p, n), q))
    return m.claim("identity", whole, sub(mul(n, fn("log", p)), fn("log", q)))


def _logarithm_of_variables(m: Maker) -> Claim:
    x, y = var("x"), var("y")
    context = replace(m.context, variables=(_positive("x"), _positive("y")))
    return m.claim("identity", fn("log", mul(x, y)), add(fn("log", x), fn("log", y)), context)


def _angle_sum(m: Maker) -> Claim:
    a, b = m.term(1), m.term(1)
    right = sub(mul(fn("cos", a), fn("cos", b)), mul(fn("sin", a), fn("sin", b)))
    return m.claim("identity", fn("cos", add(a, b)), right)


def _double_angle(m: Maker) -> Claim:
    a = m.term(1)
    return m.claim("identity", fn("sin", mul(TWO, a)), mul(TWO, fn("sin", a), fn("cos", a)))


def _shift(m: Maker) -> Claim:
    a = m.term(1)
    return m.claim("identity", fn("sin", add(a, mul(HALF, PI))), fn("cos", a))


def _hyperbolic(m: Maker) -> Claim:
    a = m.term(1)
    return m.claim("identity", sub(ONE, power(fn("tanh", a), TWO)), power(fn("cosh", a), num(-2)))


def _root_of_square(m: Maker) -> Claim:
    a = m.term(1)
    return m.claim("identity", sqrt(power(a, TWO)), fn("Abs", a))


def _root_of_variable(m: Maker) -> Claim:
    x = var("x")
    context = replace(m.context, variables=(_nonnegative("x"),))
    return m.claim("identity", sqrt(power(x, TWO)), x, context)


def _root_of_product(m: Maker) -> Claim:
    x, y = var("x"), var("y")
    context = replace(m.context, variables=(_positive("x"), _positive("y")))
    return m.claim("identity", sqrt(quotient(x, y)), quotient(sqrt(x), sqrt(y)), context)


def _power_of_power(m: Maker) -> Claim:
    x, a, b = var("x"), var("a"), var("b")
    context = replace(m.context, variables=(_positive("x"), Variable("a"), Variable("b")))
    return m.claim("identity", power(power(x, a), b), power(x, mul(a, b)), context)


def _inverse_tangent(m: Maker) -> Claim:
    x = var("x")
    half = mul(HALF, PI)
    context = replace(m.context, variables=(Variable("x", "real", Bound(neg(half), True), Bound(half, True)),))
    return m.claim("identity", fn("atan", fn("tan", x)), x, context)


def _reciprocal_tangents(m: Maker) -> Claim:
    x = var("x")
    left = add(fn("atan", x), fn("atan", power(x, MINUS_ONE)))
    return m.claim("identity", left, mul(HALF, PI), replace(m.context, variables=(_positive("x"),)))


def _derivative(m: Maker) -> Claim:
    body, slope = _with_slope(m, 3)
    return m.claim("derivative", Form("diff", (body, var("x"), ONE)), slope)


def _square_inequality(m: Maker) -> Claim:
    a, b = m.term(1), m.term(1)
    return m.claim("le", mul(TWO, a, b), add(power(a, TWO), power(b, TWO)))


def _exponential_inequality(m: Maker) -> Claim:
    a = m.term(1)
    return m.claim("le", add(ONE, a), fn("exp", a))


def _reciprocal_inequality(m: Maker) -> Claim:
    p = m.positive()
    return m.claim("le", TWO, add(p, quotient(ONE, p)))


def _with_slope(m: Maker, depth: int) -> tuple[Form, Form]:
    """A term and its derivative by x, built together by the textbook rules."""
    rng, x = m.rng, var("x")
    if depth == 0:
        n = num(m.small())
        return rng.choice(((x, ONE), (mul(n, x), n), (power(x, TWO), mul(TWO, x)), (var("y"), ZERO)))
    u, du = _with_slope(m, depth - 1)
    v, dv = _with_slope(m, depth - 1)
    return rng.choice(
        (
            (add(u, v), add(du, dv)),
            (mul(u, v), add(mul(du, v), mul(u, dv))),
            (fn("exp", u), mul(fn("exp", u), du)),
            (fn("sin", u), mul(fn("cos", u), du)),
            (fn("atan", u), quotient(du, add(ONE, power(u, TWO)))),
            (fn("log", add(ONE, power(u, TWO))), quotient(mul(TWO, u, du), add(ONE, power(u, TWO)))),
            (sqrt(add(ONE, power(u, TWO))), quotient(mul(u, du), sqrt(add(ONE, power(u, TWO))))),
        )
    )


def _positive(name: str) -> Variable:
    return Variable(name, "real", Bound(ZERO, True))


def _nonnegative(name: str) -> Variable:
    return Variable(name, "real", Bound(ZERO, False))


SCHEMES: tuple[Scheme, ...] = (
    _binomial, _difference_of_squares, _common_denominator, _exponential, _logarithm, _logarithm_of_variables,
    _angle_sum, _double_angle, _shift, _hyperbolic, _root_of_square, _root_of_variable, _root_of_product,
    _power_of_power, _inverse_tangent, _reciprocal_tangents, _derivative, _square_inequality,
    _exponential_inequality, _reciprocal_inequality,
)  # fmt: skip


def true_claims(seed: int) -> Iterator[Claim]:
    """Without end: claims that hold wherever both sides are defined."""
    rng = random.Random(seed)
    maker = Maker(rng, Context((Variable("x"), Variable("y"))))
    while True:
        claim = rng.choice(SCHEMES)(maker)
        if _size(claim.left) + _size(claim.right) <= 120:
            yield claim


def mutant(claim: Claim, rng: random.Random) -> Claim:
    """The claim with one number, sign, exponent or function changed on its right side."""
    places = [form for form in _places(claim.right) if form.head in ("num", "var", "sin", "cos", "exp", "add", "mul")]
    chosen = rng.choice(places or [claim.right])
    return replace(claim, right=_replace_once(claim.right, chosen, _changed(chosen, rng)))


def _changed(form: Form, rng: random.Random) -> Form:
    if form.head == "num":
        return num(form.value + rng.choice((-2, -1, 1, 2)))
    if form.head in ("sin", "cos"):
        return fn("cos" if form.head == "sin" else "sin", *form.args)
    if form.head in ("add", "mul"):
        kept = list(form.args)
        kept.pop(rng.randrange(len(kept)))
        return rebuild(form.head, kept)
    return rng.choice((neg(form), mul(TWO, form), add(form, ONE)))


def weakened(claim: Claim, rng: random.Random) -> Claim | None:
    """The claim with the range of one variable dropped or its sort widened, or None when there is nothing to weaken."""
    ranged = [v for v in claim.context.variables if v.lower or v.upper]
    if not ranged:
        return None
    chosen = rng.choice(ranged)
    wider = rng.choice((Variable(chosen.name), Variable(chosen.name, "complex"), _nonnegative(chosen.name)))
    return replace(claim, context=claim.context.with_variable(wider))


def names_of(claim: Claim) -> frozenset[str]:
    return free_variables(claim.left) | free_variables(claim.right)


def _size(form: Form) -> int:
    return 1 + sum(_size(a) for a in form.args if isinstance(a, Form))


def _places(form: Form) -> list[Form]:
    found = [form]
    for argument in form.args:
        if isinstance(argument, Form):
            found.extend(_places(argument))
    return found


def _replace_once(form: Form, old: Form, new: Form) -> Form:
    """The form with the first occurrence of `old` replaced."""
    if form is old or form == old:
        return new
    arguments = list(form.args)
    for position, argument in enumerate(arguments):
        if isinstance(argument, Form):
            changed = _replace_once(argument, old, new)
            if changed is not argument:
                arguments[position] = changed
                return rebuild(form.head, arguments)
    return form
