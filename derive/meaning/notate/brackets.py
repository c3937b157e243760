"""Where brackets and multiplication signs are needed so that a written formula is read as it is meant."""

from __future__ import annotations

from derive.notation import tree
from derive.notation.tree import Call, Fraction, Group, Node, Number, Power, Product, Sum, Symbol, walk

__all__ = ["base_of", "bracketed", "factor_of", "needs_dot"]

_TALL = (
    tree.Fraction,
    tree.BigOperator,
    tree.Integral,
    tree.Derivative,
    tree.Matrix,
    tree.Cases,
    tree.Binomial,
    tree.Evaluated,
)
_OPEN_ENDED = (tree.BigOperator, tree.Integral, tree.Derivative, tree.Evaluated)
_CLOSED = (tree.Symbol, tree.Number, tree.Word, tree.Styled, tree.Accented, tree.Subscript, tree.Group, tree.Matrix)
_APPLYING = frozenset("fghFGHPE") | {"\\Gamma", "\\zeta", "\\Phi", "\\psi", "\\Psi"}


def bracketed(node: Node) -> Group:
    """The node in parentheses, as tall as what is in them."""
    tall = any(isinstance(part, _TALL) for part in walk(node))
    return Group(node, size="left" if tall else "")


def base_of(node: Node) -> Node:
    """The node as the base of a power or subscript, or before a factorial sign: `(x + 1)`, `f(x)`."""
    applied = isinstance(node, Call) and isinstance(node.argument, Group)
    return node if applied or isinstance(node, _CLOSED) else bracketed(node)


def factor_of(node: Node, *, first: bool, last: bool) -> Node:
    """The node as one factor of a product."""
    if isinstance(node, Sum | tree.Relation | tree.Implication | tree.Listing | Product):
        return bracketed(node)
    if isinstance(node, _OPEN_ENDED) and not last:
        return bracketed(node)
    return node


def needs_dot(left: Node, right: Node) -> bool:
    """Whether juxtaposition would read as one number, a mixed number, or a function applied."""
    if _begins_with_digit(right) or (isinstance(left, Number) and _is_broken(right)):
        return True
    if isinstance(right, Group) and right.left == "(":
        letter = left.base if isinstance(left, Power) else left
        single = isinstance(right.body, Symbol | Number | tree.Listing | tree.Evaluated)
        return single or isinstance(letter, tree.Word) or (isinstance(letter, Symbol) and letter.name in _APPLYING)
    return isinstance(left, Call) and not isinstance(left.argument, Group)


def _begins_with_digit(node: Node) -> bool:
    while True:
        match node:
            case Number() | Fraction(numerator=Number(), denominator=Number()):
                return True
            case Power(base=base) | tree.Subscript(base=base):
                node = base
            case tree.Factorial(body=body):
                node = body
            case _:
                return False


def _is_broken(node: Node) -> bool:
    return isinstance(node, Fraction) and isinstance(node.denominator, Number)
