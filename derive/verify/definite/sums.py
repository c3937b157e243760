"""Values of sums: finite ones with few terms, binomial ones, and infinite ones whose terms have a rational ratio."""

from __future__ import annotations

from derive.meaning.form import ONE, ZERO, Form, add, fn, free_variables, mul, num, power, sub, substitute
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.binomials import classical_binomials
from derive.verify.definite.geometric import exponent_slope, falling, geometric, polynomial
from derive.verify.definite.hypergeometric import series_value
from derive.verify.definite.series import other_series
from derive.verify.definite.thinned import thinned_value
from derive.verify.definite.value import Value
from derive.verify.signs import Signs

__all__ = ["sum_value"]

INFINITY = Form("const", ("oo",))
MOST_TERMS = 40


def sum_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """A closed form that is proved equal to the sum, or None."""
    body, bound, lower, upper = part.args
    deadline.check()
    if lower.head == "num" and upper.head == "num":
        count = upper.value - lower.value + 1
        if count.denominator != 1 or not 0 <= count <= MOST_TERMS:
            return None
        return Value(add(ZERO, *(substitute(body, {bound.name: num(lower.value + i)}) for i in range(int(count)))))
    if lower.head != "num" or lower.value.denominator != 1:
        return None
    inside = context.with_variable(Variable(bound.name, "integer", Bound(lower, False), None))
    if upper == INFINITY:
        return series_value(body, bound.name, lower.value, inside, deadline) or other_series(
            body, bound.name, lower.value, inside, deadline
        )
    for method in (binomial_value, vandermonde_value, thinned_value, classical_binomials):
        found = method(part, inside, deadline)
        if found is not None:
            return found
    return None


def binomial_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """The sum over k from 0 to n of binomial(n, k) P(k) c r**k, P a polynomial.

    By the binomial theorem, differentiated j times: the sum of binomial(n, k) k(k-1)...(k-j+1) r**k is
    n(n-1)...(n-j+1) r**j (1 + r)**(n - j), for every integer n >= 0 with 1 + r not 0 (or n >= j).
    """
    body, bound, lower, upper = part.args
    signs = Signs(context, deadline)
    factors = list(body.args) if body.head == "mul" else [body]
    chosen = Form("binomial", (upper, bound))
    if lower != ZERO or chosen not in factors or not signs.integer(upper) or not signs.range(upper).nonnegative:
        return None
    factors.remove(chosen)
    other = ONE
    for factor in list(factors):
        falling_power = exponent_slope(factor, bound.name)
        if falling_power is None or falling_power[1] >= 0:
            continue
        base, step, start = falling_power
        if not signs.vanishes(add(start, mul(num(step), upper))):
            continue
        factors.remove(factor)
        other = mul(other, power(base, num(-step)))
    scale, ratio, rest = geometric(factors, bound.name)
    coefficients = polynomial(mul(ONE, *rest), bound.name, signs)
    if coefficients is None or not all(signs.nonzero(r) for r in _bases(factors, bound.name)):
        return None
    base = add(other, ratio)
    total = []
    for j, coefficient in enumerate(falling(coefficients)):
        above = sub(upper, num(j))
        if signs.vanishes(base):
            if not signs.positive(above):
                return None
            continue
        if j and not signs.nonzero(base):
            return None
        lead = mul(ONE, *(sub(upper, num(i)) for i in range(j)))
        total.append(mul(coefficient, lead, power(ratio, num(j)), power(base, above)))
    return Value(mul(scale, add(ZERO, *total)), by="binomial theorem")


def vandermonde_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """The sum over k from 0 to r of binomial(m, k) binomial(n, r - k) is binomial(m + n, r), for integers >= 0.

    By comparing coefficients in (1 + x)**m (1 + x)**n; binomial(n, k)**2 is the case m = n = r.
    """
    body, bound, lower, upper = part.args
    signs = Signs(context, deadline)
    factors = list(body.args) if body.head == "mul" else [body]
    scale = mul(ONE, *(f for f in factors if bound.name not in free_variables(f)))
    chosen = [f for f in factors if bound.name in free_variables(f)]
    if len(chosen) == 1 and chosen[0].head == "pow" and chosen[0].args[1] == num(2):
        chosen = [chosen[0].args[0]] * 2
    if lower != ZERO or len(chosen) != 2 or any(f.head != "binomial" or len(f.args) != 2 for f in chosen):
        return None
    if chosen[0].args[1] != bound:
        chosen.reverse()
    (m, k), (n, rest) = chosen[0].args, chosen[1].args
    mirrored = signs.vanishes(sub(add(rest, bound), upper)) or (rest == bound and signs.vanishes(sub(n, upper)))
    naturals = all(
        bound.name not in free_variables(f) and signs.integer(f) and signs.range(f).nonnegative for f in (m, n, upper)
    )
    if k != bound or not mirrored or not naturals:
        return None
    return Value(mul(scale, fn("binomial", add(m, n), upper)), by="Vandermonde's identity")


def _bases(factors: list[Form], name: str) -> list[Form]:
    """Bases of powers whose exponent falls, which must not be 0."""
    slopes = [exponent_slope(f, name) for f in factors if name in free_variables(f)]
    return [s[0] for s in slopes if s is not None and s[1] < 0]
