"""Integrands taken apart: factors with and without the variable, exponents, monomials."""

from __future__ import annotations

from derive.meaning.form import ONE, ZERO, Form, add, free_variables, mul, power, var
from derive.verify.rewriting import sorted_form

__all__ = ["exponent_of", "factors", "monomial_of", "split"]


def factors(body: Form) -> tuple[Form, ...]:
    """The factors of a product, with (u**a)**n for an integer n as u**(a n)."""
    return tuple(_flat(f) for f in (body.args if body.head == "mul" else (body,)))


def _flat(factor: Form) -> Form:
    if factor.head != "pow" or factor.args[0].head != "pow":
        return factor
    (base, inner), outer = factor.args[0].args, factor.args[1]
    if outer.head != "num" or outer.value.denominator != 1:
        return factor
    return power(base, mul(outer, inner))


def split(body: Form, name: str) -> tuple[Form, list[Form]]:
    """The factors without the variable, and those with it."""
    still = [f for f in factors(body) if name not in free_variables(f)]
    return mul(ONE, *still), [f for f in factors(body) if name in free_variables(f)]


def exponent_of(factor: Form, base: Form) -> Form | None:
    """e for a factor base**e with e free of the base's variables."""
    if sorted_form(factor) == sorted_form(base):
        return ONE
    if factor.head == "pow" and sorted_form(factor.args[0]) == sorted_form(base):
        exponent: Form = factor.args[1]
        return exponent if not free_variables(exponent) & free_variables(base) else None
    return None


def monomial_of(form: Form, name: str) -> tuple[Form, Form] | None:
    """(q, r) for a form q x**r, the exponents of x added up."""
    q, moving = split(form, name)
    r = ZERO
    for factor in moving:
        exponent = exponent_of(factor, var(name))
        if exponent is None:
            return None
        r = add(r, exponent)
    return None if r == ZERO else (q, r)
