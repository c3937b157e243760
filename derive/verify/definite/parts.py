"""Antiderivatives by parts of a polynomial times exp(a x) times cos(w x + c) or sin(w x + c), a and w any constants."""

from __future__ import annotations

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, add, fn, free_variables, mul, num, power, quotient, var
from derive.verify.definite.factors import factors
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.positivity import by_powers, used
from derive.verify.signs import Signs

__all__ = ["by_parts"]

HIGHEST = 6


def by_parts(body: Form, name: str, signs: Signs) -> Form | None:
    """P f = sum of (-1)**k P^(k) times the (k + 1)-th antiderivative of f; the answer still has to be verified.

    Those of f = exp(a x) (p cos(w x + c) + q sin(w x + c)) have this form again, by division by a**2 + w**2.
    """
    polynomial, rate, angle, head = ONE, ZERO, None, ""
    for factor in factors(body):
        if factor.head in ("cos", "sin") and name in free_variables(factor) and angle is None:
            angle, head = factor.args[0], factor.head
        elif factor.head == "exp" and name in free_variables(factor):
            rate = add(rate, factor.args[0])
        else:
            polynomial = mul(polynomial, factor)
    try:
        growth, speed = (ZERO if f is None else _simple(derivative(f, name), signs) for f in (rate, angle))
    except NotDifferentiable:
        return None
    degree = _degree(polynomial, name, signs)
    if degree is None or name in free_variables(growth) | free_variables(speed) or ZERO == growth == speed:
        return None
    cosine, sine = (ONE, ZERO) if head != "sin" else (ZERO, ONE)
    below = add(power(growth, num(2)), power(speed, num(2)))
    total: list[Form] = []
    for k in range(degree + 1):
        cosine, sine = (
            _simple(quotient(add(mul(growth, cosine), mul(MINUS_ONE, speed, sine)), below), signs),
            _simple(quotient(add(mul(speed, cosine), mul(growth, sine)), below), signs),
        )
        if angle is None:
            wave = cosine
        else:
            wave = add(mul(cosine, fn("cos", angle)), mul(sine, fn("sin", angle)))
        total.append(mul(num((-1) ** k), polynomial, wave))
        polynomial = derivative(polynomial, name)
    return mul(fn("exp", rate), add(*total)) if rate != ZERO else add(*total)


def _degree(form: Form, name: str, signs: Signs) -> int | None:
    """The degree of a polynomial in the variable with coefficients free of it."""
    if name not in free_variables(form):
        return 0
    view = signs.view(form)
    if view is None:
        return None
    numerator, forms = view.quotients[0].numerator, view.atoms.forms
    place = next((i for i in used(numerator) if forms[i] == var(name)), None)
    if place is None or name in free_variables(view.atoms.polynomial_form(view.quotients[0].denominator)):
        return None
    if any(name in free_variables(forms[i]) for i in used(numerator) if i != place):
        return None
    degree = max(by_powers(numerator, place))
    return degree if degree <= HIGHEST else None


def _simple(form: Form, signs: Signs) -> Form:
    view = signs.view(form)
    return form if view is None else view.atoms.form_of(view.quotients[0])
