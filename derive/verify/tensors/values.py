"""From a form to its value: a number in terms of atoms, or a sum of words."""

from __future__ import annotations

from derive.meaning.form import HALF, ONE, TWO, Form, rebuild, subforms
from derive.verify.tensors.algebra import Algebra, Atom, Value
from derive.verify.tensors.gradients import gradient
from derive.verify.tensors.shapes import SCALAR, Shape, Unclear, shape_of
from derive.verify.tensors.words import Combination, Letter, identity

__all__ = ["value_of"]

_OPEN = frozenset({"index", "sum", "prod", "delta", "int", "limit", "diff", "subs", "cases", "call", "opaque"})
"""Heads of numbers that are taken as they are; a binder inside would hide what is bound."""


def value_of(form: Form, algebra: Algebra) -> Value:
    """The value of a form whose shapes have been checked and whose identity matrices have their size.

    Raises Unclear.
    """
    head, args = form.head, form.args
    if head == "array":
        return _array(form, algebra)
    if head == "identity":
        return ONE if args[0] == ONE else identity(args[0])
    if head == "add":
        return algebra.total([value_of(a, algebra) for a in args])
    if head == "mul":
        return algebra.product([value_of(a, algebra) for a in args])
    if head == "pow":
        return _power(form, algebra)
    if head == "transpose":
        return algebra.transpose(value_of(args[0], algebra))
    if head == "trace":
        return algebra.trace(value_of(args[0], algebra))
    if head == "det":
        return algebra.det(value_of(args[0], algebra))
    if head == "norm":
        return algebra.norm(value_of(args[0], algebra))
    if head == "gradient":
        return _gradient(form, algebra)
    if head in _OPEN:
        return algebra.atom(Atom("other", form))
    if shape_of(form) != SCALAR:
        raise Unclear(f"{head} of a vector or matrix")
    return rebuild(head, (value_of(a, algebra) if isinstance(a, Form) else a for a in args))


def _array(form: Form, algebra: Algebra) -> Value:
    shape = Shape(form.args[1], form.args[2])
    if shape == SCALAR:
        return algebra.atom(Atom("other", form))
    return Combination(shape, {(algebra.letter(Letter(form, shape)),): ONE})


def _power(form: Form, algebra: Algebra) -> Value:
    base, exponent = form.args
    if base.head == "norm":
        return algebra.norm_power(value_of(base.args[0], algebra), exponent)
    raised = value_of(exponent, algebra)
    assert isinstance(raised, Form)
    if exponent == TWO and base.head == "pow" and base.args[1] == HALF and _is_sum_of_squares(base.args[0]):
        return value_of(base.args[0], algebra)
    return algebra.power(value_of(base, algebra), raised)


def _is_sum_of_squares(form: Form) -> bool:
    """tr(A^T A), of which Frobenius's norm is the root: the root's square is the trace itself."""
    factors = form.args[0].parts if form.head == "trace" and form.args[0].head == "mul" else ()
    match factors:
        case (turned, plain):
            return bool(turned == Form("transpose", (plain,)))
    return False


def _gradient(form: Form, algebra: Algebra) -> Value:
    body, by = form.args
    if by.head != "array":
        raise Unclear("a derivative by an entry")
    if by in algebra.properties.symmetric or by in algebra.properties.isometric:
        raise Unclear("a derivative by a matrix whose entries depend on each other")
    if any(part.head == "gradient" for part in subforms(body)):
        raise Unclear("a gradient of a gradient")
    value = value_of(body, algebra)
    assert isinstance(value, Form)
    return gradient(value, by, algebra)
