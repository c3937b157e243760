"""Terms of a sum taken apart: powers r**k, and polynomials in the index by their falling factorials."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from derive.meaning.form import ONE, ZERO, Form, add, free_variables, mul, num, power, quotient, sub, substitute
from derive.model.context import Context
from derive.verify.positivity import by_powers, used
from derive.verify.signs import Signs

__all__ = ["exponent_slope", "falling", "geometric", "polynomial"]


def geometric(factors: list[Form], name: str) -> tuple[Form, Form, list[Form]]:
    """(c, r, rest): the factors are c r**k times the rest."""
    scale, ratio, rest = ONE, ONE, []
    for factor in factors:
        if name not in free_variables(factor):
            scale = mul(scale, factor)
            continue
        slope = exponent_slope(factor, name)
        if slope is None:
            rest.append(factor)
            continue
        base, step, start = slope
        ratio = mul(ratio, power(base, num(step)))
        scale = mul(scale, power(base, start))
    return scale, ratio, rest


def exponent_slope(factor: Form, name: str) -> tuple[Form, Fraction, Form] | None:
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


def polynomial(form: Form, name: str, signs: Signs) -> list[Form] | None:
    """Coefficients, the constant one first, of a polynomial in the variable."""
    if name not in free_variables(form):
        return [form]
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


def falling(coefficients: list[Form]) -> list[Form]:
    """The coefficients by falling factorials: k**d is the sum over j of S(d, j) k(k-1)...(k-j+1)."""
    size = len(coefficients)
    return [add(ZERO, *(mul(num(_stirling(d, j)), coefficients[d]) for d in range(j, size))) for j in range(size)]


def _stirling(d: int, j: int) -> Fraction:
    """Stirling's numbers of the second kind."""
    factorial = 1
    for i in range(1, j + 1):
        factorial *= i
    return Fraction(sum((-1) ** (j - i) * comb(j, i) * i**d for i in range(j + 1)), factorial)
