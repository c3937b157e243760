"""Values of sums: finite ones with few terms, binomial ones, and infinite ones whose terms have a rational ratio."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from derive.meaning.form import ONE, ZERO, Form, add, fn, free_variables, mul, num, power, quotient, sub, substitute
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.hypergeometric import series_value
from derive.verify.definite.value import Value
from derive.verify.positivity import by_powers, used
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
        return series_value(body, bound.name, lower.value, inside, deadline)
    return binomial_value(part, inside, deadline) or vandermonde_value(part, inside, deadline)


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
    scale, ratio, rest = _geometric(factors, bound.name)
    polynomial = _polynomial(mul(*rest), bound.name, signs) if rest else [ONE]
    if polynomial is None or not all(signs.nonzero(r) for r in _bases(factors, bound.name)):
        return None
    base = add(ONE, ratio)
    total = []
    for j, coefficient in enumerate(_falling(polynomial)):
        above = sub(upper, num(j))
        if signs.vanishes(base):
            if not signs.positive(above):
                return None
            continue
        if j and not signs.nonzero(base):
            return None
        falling = mul(*(sub(upper, num(i)) for i in range(j)))
        total.append(mul(coefficient, falling, power(ratio, num(j)), power(base, above)))
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


def _geometric(factors: list[Form], name: str) -> tuple[Form, Form, list[Form]]:
    """(c, r, rest): the factors are c r**k times the rest."""
    scale, ratio, rest = ONE, ONE, []
    for factor in factors:
        if name not in free_variables(factor):
            scale = mul(scale, factor)
            continue
        slope = _exponent_slope(factor, name)
        if slope is None:
            rest.append(factor)
            continue
        base, step, start = slope
        ratio = mul(ratio, power(base, num(step)))
        scale = mul(scale, power(base, start))
    return scale, ratio, rest


def _exponent_slope(factor: Form, name: str) -> tuple[Form, Fraction, Form] | None:
    """(b, s, e) for a factor b**(s k + e) with b free of k."""
    if factor.head != "pow" or name in free_variables(factor.args[0]) or name not in free_variables(factor.args[1]):
        return None
    base, exponent = factor.args
    start = substitute(exponent, {name: ZERO})
    step = Signs(Context()).view(sub(substitute(exponent, {name: ONE}), start), sub(exponent, start))
    if step is None:
        return None
    difference, line = step.quotients
    if (
        difference.numerator.is_zero()
        or not difference.numerator.is_constant()
        or not difference.denominator.is_constant()
    ):
        return None
    number = Fraction(
        int(difference.numerator.leading_coefficient().p), int(difference.numerator.leading_coefficient().q)
    )
    index = next((i for i, f in enumerate(step.atoms.forms) if f == Form("var", (name,))), None)
    if (
        index is None
        or number.denominator != 1
        or set(used(line.numerator)) != {index}
        or line.numerator.degrees()[index] != 1
    ):
        return None
    return base, number, start


def _bases(factors: list[Form], name: str) -> list[Form]:
    """Bases of powers whose exponent falls, which must not be 0."""
    slopes = [_exponent_slope(f, name) for f in factors if name in free_variables(f)]
    return [s[0] for s in slopes if s is not None and s[1] < 0]


def _polynomial(form: Form, name: str, signs: Signs) -> list[Form] | None:
    """Coefficients, the constant one first, of a polynomial in the variable."""
    view = signs.view(form)
    if view is None or name in free_variables(view.atoms.polynomial_form(view.quotients[0].denominator)):
        return None
    forms = view.atoms.forms
    index = next((i for i, f in enumerate(forms) if f == Form("var", (name,))), None)
    numerator = view.quotients[0].numerator
    if index is None or any(name in free_variables(forms[i]) for i in used(numerator) if i != index):
        return None
    powers = by_powers(numerator, index)
    below = view.atoms.polynomial_form(view.quotients[0].denominator)
    return [
        quotient(view.atoms.polynomial_form(powers[k]), below) if k in powers else ZERO for k in range(max(powers) + 1)
    ]


def _falling(polynomial: list[Form]) -> list[Form]:
    """The coefficients by falling factorials: k**d is the sum over j of S(d, j) k(k-1)...(k-j+1)."""
    size = len(polynomial)
    return [add(ZERO, *(mul(num(_stirling(d, j)), polynomial[d]) for d in range(j, size))) for j in range(size)]


def _stirling(d: int, j: int) -> Fraction:
    """Stirling's numbers of the second kind."""
    factorial = 1
    for i in range(1, j + 1):
        factorial *= i
    return Fraction(sum((-1) ** (j - i) * comb(j, i) * i**d for i in range(j + 1)), factorial)
