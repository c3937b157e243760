"""Integrals of sums and constant multiples term by term, and of Gauss's function about another centre."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    power,
    rebuild,
    substitute,
    var,
)
from derive.meaning.form import quotient as over
from derive.model.context import Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.changes import joined
from derive.verify.definite.factors import factors, monomial_of, split
from derive.verify.definite.value import Value
from derive.verify.positivity import by_powers, used
from derive.verify.signs import Signs

__all__ = ["about_its_centre", "of_a_power", "of_odd", "term_by_term"]

Find = Callable[[Form], Value | None]

MOST_TERMS = 12
LARGEST_POWER = 6
LINE = (Form("const", ("-oo",)), Form("const", ("oo",)))


def term_by_term(body: Form, name: str, lower: Form, upper: Form, context: Context, find: Find) -> Value | None:
    """The sum of the terms' integrals, each with the factors before it that are free of the variable.

    Where all the terms' integrals converge, so does that of the sum, to the sum of their values.
    """
    terms = _terms(_apart(body, name))
    if terms is None:
        return None
    signs = Signs(context)
    parted = [split(_collected(joined(term), name, signs), name) for term in terms]
    if len(terms) == 1 and parted[0][0] == ONE and mul(*parted[0][1]) == body:
        return None
    total, conditions = ZERO, []
    for still, moving in parted:
        if not moving:
            moving = [ONE]
        inner = mul(ONE, *moving)
        found = find(Form("int", (inner, var(name), lower, upper)))
        if found is None:
            return None
        total = add(total, mul(still, found.form))
        conditions += list(found.conditions)
    return Value(total, tuple(dict.fromkeys(conditions)), "term by term")


def _terms(form: Form) -> list[Form] | None:
    """The terms of the product multiplied out; None for too many."""
    if form.head == "add":
        parts = [_terms(part) for part in form.args]
        if any(part is None for part in parts):
            return None
        found = [term for part in parts for term in part or ()]
    elif form.head == "mul":
        choices = [_terms(part) for part in form.args]
        if any(choice is None for choice in choices):
            return None
        found = []
        for chosen in product(*(choice or () for choice in choices)):
            found.append(mul(*chosen))
            if len(found) > MOST_TERMS:
                return None
    elif form.head == "pow" and form.args[0].head == "add" and form.args[1].head == "num":
        exponent = form.args[1].value
        if exponent.denominator != 1 or not 2 <= exponent <= LARGEST_POWER:
            return [form]
        return _terms(mul(*([form.args[0]] * int(exponent))))
    else:
        return [form]
    return found if len(found) <= MOST_TERMS else None


def _collected(body: Form, name: str, signs: Signs) -> Form:
    """The product with the exponent of its exponential ordered by powers of the variable."""
    done = []
    for factor in factors(body):
        view = signs.view(factor.args[0]) if factor.head == "exp" and factor.args[0].head == "add" else None
        if view is None:
            done.append(factor)
            continue
        quotient, forms = view.quotients[0], view.atoms.forms
        place = next((i for i in used(quotient.numerator) if forms[i] == var(name)), None)
        below = view.atoms.polynomial_form(quotient.denominator)
        if place is None or name in free_variables(below):
            done.append(factor)
            continue
        parts = by_powers(quotient.numerator, place)
        powers = [
            mul(over(view.atoms.polynomial_form(part), below), power(var(name), num(k))) for k, part in parts.items()
        ]
        done.append(fn("exp", add(*powers)))
    return mul(ONE, *done)


def _apart(form: Form, name: str) -> Form:
    """The form with hyperbolic sines and cosines written by exponentials, and 1/(u v) as 1/u times 1/v."""
    if name not in free_variables(form) or not form.parts:
        return form
    if form.head == "pow" and form.args[0].head == "mul" and form.args[1] == MINUS_ONE:
        return mul(*(power(_apart(f, name), MINUS_ONE) for f in form.args[0].args))
    if form.head in ("sinh", "cosh"):
        up, down = fn("exp", form.args[0]), fn("exp", mul(MINUS_ONE, form.args[0]))
        return mul(HALF, add(up, down if form.head == "cosh" else mul(MINUS_ONE, down)))
    return rebuild(form.head, (_apart(p, name) if isinstance(p, Form) else p for p in form.args))


def of_a_power(body: Form, name: str, lower: Form, upper: Form, context: Context) -> Value | None:
    """c x**r from a to oo for r < -1, from 0 to b for r > -1, where a and b are positive."""
    found = monomial_of(body, name)
    if found is None or name in free_variables(lower) | free_variables(upper):
        return None
    scale, exponent = found
    next_ = add(exponent, ONE)
    signs = Signs(context)
    if upper == LINE[1] and signs.positive(lower):
        condition, side, end = Form("lt", (next_, ZERO)), MINUS_ONE, lower
    elif lower == ZERO and upper != LINE[1] and signs.positive(upper):
        condition, side, end = Form("lt", (ZERO, next_)), ONE, upper
    else:
        return None
    if not signs.real(exponent):
        return None
    owed = () if signs.less(*condition.args) else (condition,)
    if owed and not free_variables(next_):
        return None  # it diverges
    return Value(mul(scale, side, over(power(end, next_), next_)), owed, "a power")


def of_odd(body: Form, name: str, lower: Form, upper: Form, context: Context, find: Find) -> Value | None:
    """0 over the whole line for an odd function whose integral over half of it converges."""
    if (lower, upper) != LINE:
        return None
    signs = Signs(context.with_variable(Variable(name)))
    if not signs.vanishes(add(body, substitute(body, {name: mul(MINUS_ONE, var(name))}))):
        return None
    half = find(Form("int", (body, var(name), ZERO, upper)))
    return None if half is None else Value(ZERO, half.conditions, "an odd function")


def about_its_centre(
    body: Form, name: str, lower: Form, upper: Form, context: Context, find: Find, deadline: Deadline = NEVER
) -> Value | None:
    """Over the whole line, exp(a x**2 + b x + c) with b != 0: x is counted from the centre -b/(2 a).

    An integral over the whole line does not change where x + s is put for x, s real and free of x.
    """
    if (lower, upper) != LINE:
        return None
    whole = factors(joined(body))
    gauss = [f for f in whole if f.head == "exp" and name in free_variables(f)]
    if len(gauss) != 1:
        return None
    signs = Signs(context, deadline)
    view = signs.view(gauss[0].args[0])
    if view is None:
        return None
    quotient, forms = view.quotients[0], view.atoms.forms
    place = next((i for i in used(quotient.numerator) if forms[i] == var(name)), None)
    below = view.atoms.polynomial_form(quotient.denominator)
    if place is None or name in free_variables(below):
        return None
    parts = by_powers(quotient.numerator, place)
    if max(parts) != 2 or 1 not in parts:
        return None
    square, slope = (view.atoms.polynomial_form(parts[k]) for k in (2, 1))
    start = view.atoms.polynomial_form(parts[0]) if 0 in parts else ZERO
    if any(name in free_variables(part) for part in (square, slope, start)) or not signs.nonzero(square):
        return None
    centre = _simple(mul(num(-1, 2), over(slope, square)), signs)
    if not signs.real(centre):
        return None
    height = _simple(over(add(start, mul(num(-1, 4), over(power(slope, num(2)), square))), below), signs)
    others = [_simple(substitute(f, {name: add(var(name), centre)}), signs) for f in whole if f is not gauss[0]]
    middle = fn("exp", mul(_simple(over(square, below), signs), power(var(name), num(2))))
    found = find(Form("int", (mul(ONE, *others, middle), var(name), lower, upper)))
    return None if found is None else Value(mul(fn("exp", height), found.form), found.conditions, "about its centre")


def _simple(form: Form, signs: Signs) -> Form:
    """The form as one quotient of polynomials over its atoms, where it is one."""
    view = signs.view(form)
    return form if view is None else view.atoms.form_of(view.quotients[0])
