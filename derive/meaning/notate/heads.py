"""The table of writers: which function writes which head of a form."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.functions import ARITY
from derive.meaning.notate import arithmetic, calculus, functions, statements, tensors
from derive.notation.tree import Node

__all__ = ["WRITERS", "write"]

Write = Callable[[Form], Node]

WRITERS: dict[str, Callable[[Form, Write], Node]] = {
    "num": arithmetic.number,
    "var": arithmetic.variable,
    "const": arithmetic.constant,
    "add": arithmetic.total,
    "mul": arithmetic.product,
    "pow": arithmetic.power,
    "exp": arithmetic.exponential,
    "index": arithmetic.index,
    "array": tensors.array,
    "identity": tensors.identity,
    "delta": tensors.delta,
    "gradient": tensors.gradient,
    "call": functions.call,
    "opaque": functions.opaque,
    "Abs": functions.between("|", "|"),
    "floor": functions.between("\\lfloor", "\\rfloor"),
    "ceiling": functions.between("\\lceil", "\\rceil"),
    "norm": functions.between("\\|", "\\|"),
    "factorial": functions.factorial,
    "factorial2": functions.factorial,
    "binomial": functions.binomial,
    "transpose": functions.transpose,
    "det": functions.determinant,
    "diff": calculus.derivative,
    "int": calculus.integral,
    "sum": calculus.big_operator,
    "prod": calculus.big_operator,
    "limit": calculus.limit,
    "subs": calculus.evaluated,
    "cases": statements.cases,
    "matrix": statements.matrix,
    "tuple": statements.listing,
    "set": statements.enumerated,
    "interval": statements.interval,
    "eq": statements.relation,
    "ne": statements.relation,
    "lt": statements.relation,
    "le": statements.relation,
    "in": statements.relation,
    "not": statements.negation,
    "and": statements.conjunction,
    "or": statements.disjunction,
    "said": statements.said,
    "implies": statements.implication,
    "iff": statements.implication,
}


def write(form: Form) -> Node:
    """The notation of any form."""
    writer = WRITERS.get(form.head)
    if writer is not None:
        return writer(form, write)
    if form.head in ARITY:
        return functions.known(form, write)
    raise MeaningError(f"{form.head} cannot be written as a formula")
