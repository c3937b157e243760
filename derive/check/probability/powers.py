"""Laws of powers, exponentials and logarithms."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.check.probability.heads import is_positive
from derive.check.probability.polynomials import (
    EMPTY,
    Polynomial,
    as_form,
    atom,
    constant,
    monomial,
    plus,
    scaled,
    single,
)
from derive.meaning.form import ZERO, Form, add, mul, num, substitute, var

if TYPE_CHECKING:
    from derive.check.probability.normal import Normal

__all__ = ["exponential_law", "joined", "logarithm_law", "power_law", "whole_power"]

MOST = 6
NOT_NEGATIVE = frozenset({"joint", "exp", "indicator"})
"""Heads of what is never negative, so that a product of such is positive only where each of them is."""


def joined(normal: Normal, factors: Iterable[tuple[Form, int]]) -> Polynomial:
    """The product of factors: `e^a e^b = e^{a+b}`, `a^x a^y = a^{x+y}`, and an indicator is its own square."""
    plain: list[tuple[Form, int]] = []
    exponents: list[Form] = []
    raised: dict[Form, list[Form]] = {}
    for form, exponent in factors:
        if form.head == "exp":
            exponents.append(mul(num(exponent), form.args[0]))
        elif form.head == "pow":
            raised.setdefault(form.args[0], []).append(mul(num(exponent), form.args[1]))
        else:
            plain.append((form, exponent))
    rest = monomial(plain)
    rest = tuple((f, 1) if f.head == "indicator" and e > 0 else (f, e) for f, e in rest)
    if not exponents and not raised:
        return {rest: Fraction(1)}
    if raised:
        found: list[tuple[Form, int]] = []
        for form, exponent in rest:
            if form in raised:
                raised[form].append(num(exponent))
            else:
                found.append((form, exponent))
        rest = tuple(found)
    result: Polynomial = {rest: Fraction(1)}
    if exponents:
        result = _times(result, exponential(normal, normal(add(ZERO, *exponents))))
    for base, parts in raised.items():
        result = _times(result, _raised(base, normal(add(ZERO, *parts))))
    return result


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    return plus(*(scaled({monomial((*a, *b)): Fraction(1)}, x * y) for a, x in left.items() for b, y in right.items()))


def _raised(base: Form, exponent: Polynomial) -> Polynomial:
    """An atom, or a number, to a power."""
    if not exponent:
        return constant(1)
    whole = single(exponent)
    if whole is not None and whole[0] == EMPTY and whole[1].denominator == 1 and base.head not in ("add", "num"):
        return atom(base, int(whole[1]))
    return atom(Form("pow", (base, as_form(exponent))))


def power_law(normal: Normal, form: Form) -> Polynomial:
    base, exponent = normal(form.args[0]), normal(form.args[1])
    value = exponent.get(EMPTY, Fraction(0)) if set(exponent) <= {EMPTY} else None
    if value is not None and value.denominator == 1:
        return whole_power(normal, base, int(value))
    return _any(normal, base, exponent)


def whole_power(normal: Normal, base: Polynomial, exponent: int) -> Polynomial:
    one = single(base)
    if one is not None and (exponent < 0 or len(one[0]) == 1):
        factors, scale = one
        inverted = normal.joined((f, e * exponent) for f, e in factors)
        return scaled(inverted, scale**exponent)
    if exponent < 0:
        lead = base[min(base, key=repr)] if base else Fraction(1)
        return scaled(atom(as_form(scaled(base, 1 / lead)), exponent), lead**exponent)
    if exponent > MOST:
        return atom(as_form(base), exponent) if base else {}
    found = constant(1)
    for _ in range(exponent):
        found = normal.product(found, base)
    return found


def _any(normal: Normal, base: Polynomial, exponent: Polynomial) -> Polynomial:
    """A power with letters above: of each factor, where all of them are not negative."""
    one = single(base)
    if one is None:
        return _raised(as_form(base), exponent)
    factors, scale = one
    if scale < 0 or not (len(factors) < 2 or all(f.head in NOT_NEGATIVE for f, _ in factors)):
        return _raised(as_form(base), exponent)
    found = constant(1) if scale == 1 else _raised(num(scale), exponent)
    for form, times in factors:
        if form.head == "exp":
            found = normal.product(found, exponential(normal, normal(mul(num(times), form.args[0], as_form(exponent)))))
        else:
            found = normal.product(found, _raised(form, scaled(exponent, times)))
    return found


def exponential_law(normal: Normal, form: Form) -> Polynomial:
    return exponential(normal, normal(form.args[0]))


def exponential(normal: Normal, exponent: Polynomial) -> Polynomial:
    """`e^{a + n log b} = e^a b^n`."""
    rest: Polynomial = {}
    found = constant(1)
    for factors, scale in exponent.items():
        if len(factors) == 1 and factors[0][0].head == "log" and factors[0][1] == 1 and scale.denominator == 1:
            inside = factors[0][0].args[0]
            found = _times(found, whole_power(normal, normal(inside), int(scale)))
        else:
            rest[factors] = scale
    return _times(found, atom(Form("exp", (as_form(rest),)))) if rest else found


def logarithm_law(normal: Normal, form: Form) -> Polynomial:
    return logarithm(normal, normal(form.args[0]))


def logarithm(normal: Normal, inside: Polynomial) -> Polynomial:
    """`log(a b) = log a + log b`, `log a^n = n log a`, `log e^a = a`, the log of a product over an index is a sum.

    Where some factor may be negative, all of them have to be positive.
    """
    one = single(inside)
    if one is None:
        return atom(Form("log", (as_form(inside),)))
    factors, scale = one
    if scale < 0 or (len(factors) < 2 and scale == 1 and factors and not _opens(factors[0])):
        return atom(Form("log", (as_form(inside),))) if factors or scale != 1 else {}
    uncertain = [f for f, e in factors if f.head not in NOT_NEGATIVE and not is_positive(f)]
    if len(uncertain) > 1 or (uncertain and any(e % 2 == 0 for f, e in factors if f in uncertain)):
        normal.needed += [_positive(f) for f in uncertain]
    found = constant(0) if scale == 1 else _of_number(scale)
    for each, exponent in factors:
        found = plus(found, scaled(_of_factor(normal, each), exponent))
    return found


def _opens(factor: tuple[Form, int]) -> bool:
    return factor[1] != 1 or factor[0].head in ("exp", "pow", "prod")


def _positive(form: Form) -> Form:
    """What makes a power, or each factor of a product over an index, positive."""
    while form.head in ("pow", "prod"):
        form = substitute(form.args[0], {form.args[1].name: var("i")}) if form.head == "prod" else form.args[0]
    return Form("lt", (ZERO, form))


def _of_number(scale: Fraction) -> Polynomial:
    """The logarithm of a positive rational number, by its numerator and denominator."""
    upper = atom(Form("log", (num(scale.numerator),))) if scale.numerator != 1 else {}
    lower = atom(Form("log", (num(scale.denominator),))) if scale.denominator != 1 else {}
    return plus(upper, scaled(lower, -1))


def _of_factor(normal: Normal, form: Form) -> Polynomial:
    if form.head == "exp":
        return normal(form.args[0])
    if form.head == "pow":
        return normal(mul(form.args[1], Form("log", (form.args[0],))))
    if form.head == "prod":
        body, *rest = form.args
        return normal(Form("sum", (Form("log", (body,)), *rest)))
    return atom(Form("log", (form,)))
