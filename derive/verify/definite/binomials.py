"""Finite binomial sums that are Legendre polynomials, integrals of the binomial theorem, or harmonic numbers."""

from __future__ import annotations

from derive.meaning.form import MINUS_ONE, ONE, TWO, ZERO, Form, add, fn, free_variables, mul, num, power, quotient, sub
from derive.model.context import Context
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.factors import factors
from derive.verify.definite.geometric import exponent_slope, geometric
from derive.verify.definite.value import Value
from derive.verify.signs import Signs

__all__ = ["classical_binomials"]


def classical_binomials(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """The sum over k up to a natural n of binomial(n, k) and one of the factors below."""
    body, k, lower, n = part.args
    signs = Signs(context, deadline)
    chosen = Form("binomial", (n, k))
    split = list(factors(body))
    if not signs.integer(n) or not signs.range(n).nonnegative or k.name in free_variables(n):
        return None
    if lower == ZERO and power(chosen, TWO) in split:
        split.remove(power(chosen, TWO))
        return _squares(split, k, n, signs)
    if chosen not in split:
        return None
    split.remove(chosen)
    scale, ratio, rest = geometric(split, k.name)
    if len(rest) != 1:
        return None
    found = None
    if lower == ZERO and rest[0].head == "binomial":
        found = _legendre(rest[0], ratio, k, n, signs)
    elif lower == ZERO and rest[0] == power(add(k, ONE), MINUS_ONE):
        found = _integrated(ratio, n, signs)
    elif lower == ONE and rest[0] == power(k, MINUS_ONE) and ratio == MINUS_ONE:
        found = Value(mul(MINUS_ONE, fn("harmonic", n)), by="Euler's sum")
    return None if found is None else Value(mul(scale, found.form), found.conditions, found.by)


def _legendre(other: Form, ratio: Form, k: Form, n: Form, signs: Signs) -> Value | None:
    """binomial(n, k) binomial(n + k, k) w**k: P_n(1 + 2 w) (DLMF 18.5.7)."""
    top, bottom = other.args
    if bottom not in (k, n) or not signs.vanishes(sub(top, add(n, k))):
        return None
    return Value(fn("legendre", n, add(ONE, mul(TWO, ratio))), by="Legendre polynomial")


def _squares(split: list[Form], k: Form, n: Form, signs: Signs) -> Value | None:
    """binomial(n, k)**2 a**(n - k) b**k: (a - b)**n P_n((a + b)/(a - b)) for a != b (DLMF 18.5.8)."""
    a, b, scale = ONE, ONE, ONE
    for factor in split:
        if k.name not in free_variables(factor):
            scale = mul(scale, factor)
            continue
        found = exponent_slope(factor, k.name)
        if found is None or abs(found[1]) != 1:
            return None
        base, step, start = found
        if step > 0:
            b, scale = mul(b, base), mul(scale, power(base, start))
        elif signs.vanishes(sub(start, n)):
            a = mul(a, base)
        else:
            return None
    view = signs.view(sub(a, b))
    if view is None or not signs.nonzero(sub(a, b)):
        return None
    difference = view.atoms.form_of(view.quotients[0])
    value = mul(scale, power(difference, n), fn("legendre", n, quotient(add(a, b), difference)))
    return Value(value, by="Legendre polynomial")


def _integrated(ratio: Form, n: Form, signs: Signs) -> Value | None:
    """binomial(n, k) r**k/(k + 1): ((1 + r)**(n + 1) - 1)/((n + 1) r) for r != 0."""
    if not signs.nonzero(ratio):
        return None
    following = add(n, ONE)
    base = add(ONE, ratio)
    top = MINUS_ONE if signs.vanishes(base) else sub(power(base, following), num(1))
    return Value(quotient(top, mul(following, ratio)), by="the binomial theorem integrated")
