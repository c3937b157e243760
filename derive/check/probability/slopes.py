"""Laws of derivatives and gradients: products, logarithms, exponentials, and sums that may be exchanged with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.probability.heads import ALL
from derive.check.probability.polynomials import Monomial, Polynomial, atom, constant, plus, scaled
from derive.meaning.form import MINUS_ONE, Form, add, free_variables, mul, opaque, power

if TYPE_CHECKING:
    from derive.check.probability.normal import Normal

__all__ = ["slope", "slope_law"]


def slope(body: Form, by: Form, kind: str) -> Form:
    """The derivative (`kind` "partial") or the gradient ("nabla") of a number."""
    return Form("slope", (kind, body, by))


def slope_law(normal: Normal, form: Form) -> Polynomial:
    """The derivative of a sum of products, term by term and factor by factor."""
    kind, body, by = form.args
    return _of(normal, normal(body), by, kind)


def _of(normal: Normal, polynomial: Polynomial, by: Form, kind: str) -> Polynomial:
    return plus(*(scaled(_of_product(normal, factors, by, kind), scale) for factors, scale in polynomial.items()))


def _of_product(normal: Normal, factors: Monomial, by: Form, kind: str) -> Polynomial:
    total: Polynomial = {}
    for form, exponent in factors:
        grown = _of_factor(normal, form, by, kind)
        if grown:
            others = normal.joined((f, e - 1 if f is form else e) for f, e in factors)
            total = plus(total, scaled(normal.product(others, grown), exponent))
    return total


def _of_factor(normal: Normal, form: Form, by: Form, kind: str) -> Polynomial:
    """The derivative of one factor; of what has no law it is an unknown quantity."""
    if not _depends(normal, form, by):
        return {}
    if form == by and kind == "partial":
        return constant(1)
    if form.head == "log":
        return normal.product(_of(normal, normal(form.args[0]), by, kind), normal(power(form.args[0], MINUS_ONE)))
    if form.head == "exp":
        return normal.product(_of(normal, normal(form.args[0]), by, kind), atom(form))
    if form.head == "add":
        return _of(normal, normal(form), by, kind)
    if form.head == "pow" and not free_variables(by) & free_variables(form.args[1]):
        base, exponent = form.args
        outer = normal(mul(exponent, power(base, add(exponent, MINUS_ONE))))
        return normal.product(outer, _of(normal, normal(base), by, kind))
    if form.head in ("sum", "int") and not free_variables(by) & (
        free_variables(form.args[2]) | free_variables(form.args[3])
    ):
        body, letter, lower, upper = form.args
        if form.head == "int" or (lower, upper) == (ALL, ALL):
            normal.needed.append(opaque("exchange", by))
        return normal(Form(form.head, (slope(body, by, kind), letter, lower, upper)))
    if form.head == "prod" and not free_variables(by) & (free_variables(form.args[2]) | free_variables(form.args[3])):
        body, *rest = form.args
        each = mul(slope(body, by, kind), power(body, MINUS_ONE))
        return normal.product(atom(form), normal(Form("sum", (each, *rest))))
    return atom(slope(form, by, kind))


def _depends(normal: Normal, form: Form, by: Form) -> bool:
    """Whether something may depend on a letter: a function on its arguments, a name on anything unless it runs."""
    letter = by.args[0] if by.head == "index" else by
    if free_variables(letter) & free_variables(form):
        return True
    if form.head in ("joint", "call", "indicator"):
        return False
    if form.head == "mean":
        return True
    if form.head == "var":
        return form.name not in normal.settled and not form.name.startswith(("bound", "fresh"))
    if form.head == "index":
        return _depends(normal, form.args[0], by)
    if form.head == "slope":
        return _depends(normal, form.args[1], by)
    return any(_depends(normal, part, by) for part in form.parts)
