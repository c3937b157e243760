"""Derivatives on a page that are one quantity each: by vectors and matrices, or of what depends in an unknown way."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import Form, mul, opaque, var
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import name_of
from derive.notation.printer import latex
from derive.notation.tree import Call, Derivative, Fraction, Group, Node, Number, Product, Subscript, Symbol

__all__ = ["BY", "DERIVATIVE", "GRADIENT", "JACOBIAN", "gradient", "jacobian", "unknown_derivative"]

JACOBIAN = "jacobian"
DERIVATIVE = "derivative"
GRADIENT = "gradient"
BY = "__by__"
"""Between the names of what is differentiated and of what by, in the letter that stands for a derivative."""
_NABLA = Symbol("\\nabla")


def jacobian(node: Derivative, reading: Reading) -> Form | None:
    """A derivative by a vector or matrix, or by `\\text{vec}(A)`; None of any other.

    As long as its entries are not asked for, it is one quantity, whatever the layout.
    """
    lexicon, body = reading.lexicon, node.body
    if not _is_simple(node, reading) or body is None:
        return None
    variable = node.variables[0].variable
    if not lexicon.is_shaped(name_of(variable)) and not _is_listed(variable):
        return None
    by = name_of(variable)
    if name_of(body) is None and by is not None and not isinstance(body, Call):
        return opaque(GRADIENT, reading.form(body), var(by))
    return opaque(JACOBIAN, var(_key(body) + BY + _key(variable)))


def gradient(node: Product, reading: Reading) -> Form | None:
    """`\\nabla f(x)`, `\\nabla_w (\\ldots)` of all that follows, as a column; None of anything else."""
    first = node.factors[0]
    if isinstance(first, Number | Fraction) and len(node.factors) > 2 and node.operators[0] == "":
        inner = gradient(replace(node, factors=node.factors[1:], operators=node.operators[1:]), reading)
        return None if inner is None else mul(reading.form(first), inner)
    by = first.index if isinstance(first, Subscript) and first.base == _NABLA else None
    if not reading.lexicon.products_keep_order or (by is None and first != _NABLA):
        return None
    rest, signs = node.factors[1:], node.operators[1:]
    body = rest[0] if len(rest) == 1 else Product(rest, signs, span=node.span)
    name = _argument(body, reading) if by is None else name_of(by)
    if node.operators[0] not in ("", "\\cdot") or set(signs) - {"", "\\cdot"} or name is None:
        raise problem("what this gradient is of, or by which letter, is not to be seen", node)
    if not reading.lexicon.is_shaped(name):
        raise problem(f"a gradient by {name}, of which the page does not say that it is a vector", node)
    return opaque(GRADIENT, reading.form(body), var(name))


def _argument(node: Node, reading: Reading) -> str | None:
    """The one letter that a function is applied to, or declared with."""
    if isinstance(node, Call):
        inside = node.argument.body if isinstance(node.argument, Group) else node.argument
        return name_of(inside)
    parameters = reading.lexicon.parameters(name_of(node) or "")
    return parameters[0] if parameters is not None and len(parameters) == 1 else None


def _is_simple(node: Derivative, reading: Reading) -> bool:
    """Whether this is a first derivative by one thing, on a page whose products may be of matrices."""
    single = len(node.variables) == 1 and node.order is None and node.variables[0].order is None
    return single and reading.lexicon.products_keep_order


def _is_listed(node: Node) -> bool:
    """Whether this is `\\text{vec}(A)`, the entries of a matrix one after another."""
    return isinstance(node, Call) and name_of(node.head) == "vec"


def _key(node: Node) -> str:
    """What a derivative's numerator or denominator is called; entries in a row are called like their matrix."""
    if isinstance(node, Call) and _is_listed(node):
        inner = node.argument.body if isinstance(node.argument, Group) else node.argument
        return "vec " + (name_of(inner) or latex(inner))
    return name_of(node) or latex(node)


def unknown_derivative(node: Derivative, reading: Reading) -> Form | None:
    """`\\frac{\\partial L}{\\partial z}` where how L depends on z is not said: one number; None of any other."""
    lexicon = reading.lexicon
    name = None if node.body is None else name_of(node.body)
    by = name_of(node.variables[0].variable) if node.variables else None
    if name is None or by is None or name == by or not _is_simple(node, reading) or node.form != "quotient":
        return None
    known = lexicon.dependence(name) or lexicon.definition(name) or lexicon.dependence(by)
    if known or lexicon.parameters(name) is not None or {name, by} & (lexicon.variables | reading.bound):
        return None
    if lexicon.depends(name, by) or lexicon.is_shaped(name) or name in lexicon.worked_out:
        return None
    return opaque(DERIVATIVE, var(name + BY + by))
