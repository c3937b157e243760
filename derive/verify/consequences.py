"""Equations that follow from an equation, and equations from which one follows: functions undone on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    E,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    power,
    quotient,
    sub,
)
from derive.verify.positivity import by_powers, used
from derive.verify.signs import Signs

__all__ = ["consequences", "easier_goals", "root_degree"]

MOST_CONSEQUENCES = 8
INVERSE_OF = {"asinh": "sinh", "atanh": "tanh", "acosh": "cosh", "atan": "tan", "asin": "sin", "acos": "cos"}
"""x = asin(y) implies sin(x) = y; for the first two the converse holds as well, for acosh where x >= 0."""
INJECTIVE = frozenset({"exp", "log", "sinh", "tanh", "asinh", "atan", "asin", "acos", "atanh", "erf", "acosh", "erfc"})


def consequences(given: Form, signs: Signs) -> Iterator[Form]:
    """Equations that follow from the given one where it is defined, as they are found; the given one is first."""
    found = [given]
    yield given
    for equation in found:
        if len(found) > MOST_CONSEQUENCES:
            return
        for new in chain(_stripped(equation, signs), _isolated(equation, signs), _vanishing(equation, signs)):
            if new not in found:
                found.append(new)
                yield new


def _stripped(equation: Form, signs: Signs) -> Iterator[Form]:
    """Both sides under the same injective function, or one of them under an inverse."""
    left, right = equation.args
    if left.head == right.head and left.head in INJECTIVE:
        yield Form("eq", (left.args[0], right.args[0]))
    for side, other in ((left, right), (right, left)):
        if side.head in INVERSE_OF:
            yield Form("eq", (side.args[0], fn(INVERSE_OF[side.head], other)))
    if left.head == right.head == "pow" and left.args[1] == right.args[1] and left.args[1].head == "num":
        exponent = left.args[1].value
        odd = exponent.numerator % 2 == 1 and exponent.denominator == 1
        if odd or (signs.nonnegative(left.args[0]) and signs.nonnegative(right.args[0])):
            yield Form("eq", (left.args[0], right.args[0]))
    for new in (_logs_joined(equation, signs), _logs_taken(equation, signs)):
        if new is not None:
            yield new


def _isolated(equation: Form, signs: Signs) -> Iterator[Form]:
    """An atom that occurs linearly, set free: log u = w gives u = exp(w), sqrt u = w gives u = w**2."""
    view = signs.view(sub(*equation.args))
    if view is None:
        return
    numerator, forms = view.quotients[0].numerator, view.atoms.forms
    for index in used(numerator):
        atom = forms[index]
        if atom.head not in ("log", "pow", "exp", "Abs") or not free_variables(atom):
            continue
        degree = root_degree(atom)
        if atom.head == "pow" and degree is None:
            continue
        parts = by_powers(numerator, index)
        if max(parts) != 1:
            continue
        slope = view.atoms.polynomial_form(parts[1])
        if not signs.nonzero(slope):
            continue
        value = mul(MINUS_ONE, quotient(view.atoms.polynomial_form(parts[0]) if 0 in parts else ZERO, slope))
        inner = atom.args[0]
        if atom.head == "log":
            yield Form("eq", (inner, fn("exp", value)))
        elif atom.head == "exp" and free_variables(inner):
            yield Form("eq", (inner, fn("log", value)))
        elif degree is not None:
            yield Form("eq", (inner, power(value, num(degree))))
        elif atom.head == "Abs":
            yield Form("eq", (power(inner, TWO), power(value, TWO)))


def _vanishing(equation: Form, signs: Signs) -> Iterator[Form]:
    """Each term of a sum that is 0 though none of its terms is negative."""
    gap = sub(*equation.args)
    if gap.head == "add" and all(signs.nonnegative(term) for term in gap.args):
        yield from (Form("eq", (term, ZERO)) for term in gap.args)


def _logs_joined(equation: Form, signs: Signs) -> Form | None:
    """c1 log(u1) + c2 log(u2) + ... + r = 0 with integers c as u1**c1 u2**c2 ... exp(r) = 1."""
    view = signs.view(sub(*equation.args))
    if view is None or not view.quotients[0].denominator.is_constant():
        return None
    polynomial, forms = view.quotients[0].numerator, view.atoms.forms
    logs = [i for i in used(polynomial) if forms[i].head == "log"]
    product, rest = [], polynomial
    for index in logs:
        parts = by_powers(rest, index)
        scale = parts.get(1)
        if max(parts) != 1 or scale is None or not scale.is_constant() or scale.leading_coefficient().q != 1:
            return None
        product.append(power(forms[index].args[0], view.atoms.polynomial_form(scale)))
        rest = parts.get(0, rest - rest)
    if len(product) < 2:
        return None
    if not rest.is_zero():
        product.append(power(E, view.atoms.polynomial_form(rest)))
    return Form("eq", (mul(*product), ONE))


def _logs_taken(equation: Form, signs: Signs) -> Form | None:
    """2**x = 3 y as x log(2) = log(3) + log(y), where both sides are positive and an exponent varies."""
    if not any(_varying_power(part) for side in equation.args for part in _factors_of(side)):
        return None
    left, right = (_logarithm(side, signs) for side in equation.args)
    return None if left is None or right is None else Form("eq", (left, right))


def _varying_power(form: Form) -> bool:
    return form.head in ("exp", "pow") and bool(free_variables(form.args[-1]))


def _logarithm(form: Form, signs: Signs) -> Form | None:
    """The logarithm of a product of positive factors, factor by factor; None where one may not be positive."""
    logs = []
    for factor in _factors_of(form):
        base, exponent = factor.args if factor.head == "pow" else (factor, ONE)
        if factor.head == "exp":
            logs.append(factor.args[0])
        elif signs.positive(base):
            logs.append(mul(exponent, fn("log", base)))
        else:
            return None
    return add(*logs)


def _factors_of(form: Form) -> tuple[Form, ...]:
    """The factors of a product; anything else is its own."""
    return form.args if form.head == "mul" else (form,)


def easier_goals(goal: Form, signs: Signs) -> Iterator[Form]:
    """Equations each of which implies the goal where the goal is defined."""
    yield goal
    for left, right in (goal.args, goal.args[::-1]):
        if left.head == "log":
            yield Form("eq", (left.args[0], fn("exp", right)))
        if left.head == "exp" and signs.positive(right):
            yield Form("eq", (left.args[0], fn("log", right)))
        degree = root_degree(left)
        if degree is not None and signs.nonnegative(right):
            yield Form("eq", (left.args[0], power(right, num(degree))))
        if left.head in ("asinh", "atanh") or (left.head == "acosh" and signs.nonnegative(right)):
            yield Form("eq", (left.args[0], fn(INVERSE_OF[left.head], right)))
        if left.head == "Abs" and signs.nonnegative(right):
            yield Form("eq", (power(left.args[0], TWO), power(right, TWO)))
    left, right = goal.args
    if left.head == right.head and len(left.args) == 1 and left.head not in ("var", "num", "const"):
        yield Form("eq", (left.args[0], right.args[0]))
    for easier in (_logs_joined(goal, signs), _logs_taken(goal, signs)):
        if easier is not None:
            yield easier


def root_degree(form: Form) -> int | None:
    """n of a root u**(1/n)."""
    if form.head != "pow" or form.args[1].head != "num":
        return None
    exponent = form.args[1].value
    return int(exponent.denominator) if exponent.numerator == 1 and exponent.denominator > 1 else None
