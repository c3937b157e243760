"""Reading products: which names are applied to the bracket behind them, and which factors keep their order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derive.check.probability import events, operators
from derive.check.probability.errors import Opaque
from derive.check.probability.slopes import slope
from derive.meaning.form import Form, const, mul, num, power
from derive.meaning.names import name_of
from derive.notation.tree import (
    Accented,
    Call,
    Conditional,
    Fraction,
    Group,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Styled,
    Subscript,
    Symbol,
    Word,
    children,
)

if TYPE_CHECKING:
    from derive.check.probability.reading import Reading

__all__ = ["parts_of", "read_product"]

_SIGNS = frozenset({"", "\\cdot", "\\times", "*", "\\ ", "/"})
_ARGUMENTS = (
    Accented, Call, Conditional, Listing, Number, Power, Primed, Relation, Styled, Subscript, Symbol, Word,
)  # fmt: skip
"""What nobody puts in brackets to multiply with it: a name before these is applied to them."""

_APPLIED = frozenset({"Gamma", "zeta", "Phi", "psi", "Psi", "P", "E", "delta", "sigma"})
Factor = tuple[Node, str]
"""A factor and the sign before it."""


def read_product(reading: Reading, node: Node) -> Form | None:
    """Factors one by one; a name before a bracket with names in it is a function of these."""
    if not isinstance(node, Product):
        return None
    if any(sign not in _SIGNS for sign in node.operators):
        return None
    if any(sign == "" and before == "/" for before, sign in pairwise(node.operators)):
        raise Opaque
    factors = _folded(reading, list(zip(node.factors, ("", *node.operators), strict=True)))
    if any(sign == "*" for _, sign in factors) and any(_is_unknown(factor) for factor, _ in factors):
        raise Opaque
    return _read(reading, factors)


def _read(reading: Reading, factors: list[Factor]) -> Form:
    found: list[Form] = []
    for place, (factor, sign) in enumerate(factors):
        by = nabla(factor)
        if by is not None or operators.is_bare(reading, factor):
            rest = factors[place + 1 :]
            if not rest or sign == "/":
                raise Opaque
            reading.speaks = True
            if by is not None:
                return mul(*found, slope(_read(reading, rest), by, "nabla"))
            return mul(*found, operators.applied(reading, factor, _product(rest)))
        if reading.is_shaped(factor) and len(factors) > place + 1:
            return mul(*found, _of_vectors(reading, factors[place:]))
        circle = factor == Symbol("\\pi") and place > 0 and isinstance(factors[place - 1][0], Number)
        form = const("pi") if circle else reading.form(factor)
        found.append(power(form, num(-1)) if sign == "/" else form)
    return mul(*found)


def _product(factors: list[Factor]) -> Node:
    if len(factors) == 1:
        return factors[0][0]
    return Product(tuple(factor for factor, _ in factors), tuple(sign for _, sign in factors[1:]))


def _of_vectors(reading: Reading, factors: list[Factor]) -> Form:
    """A product that begins with a vector or matrix: in its order, an unknown quantity; numbers may stand behind."""
    kept = [factor for factor, _ in factors if not _is_number(reading, factor)]
    numbers = [factor for factor, _ in factors if _is_number(reading, factor)]
    if not kept or any(sign not in ("", "\\cdot", "\\ ") for _, sign in factors[1:]):
        raise Opaque
    whole = kept[0] if len(kept) == 1 else Product(tuple(kept), ("",) * (len(kept) - 1))
    form = reading.form(whole) if len(kept) == 1 else reading.template(whole)
    return mul(*map(reading.form, numbers), form)


def _is_number(reading: Reading, node: Node) -> bool:
    """Whether a factor is a number for sure: a probability, an expectation of one, a logarithm."""
    if not isinstance(node, Call):
        return isinstance(node, Number | Fraction)
    if isinstance(node.head, Word) and (node.head.text or node.head.command) in ("\\log", "\\ln", "log", "ln"):
        return True
    if not isinstance(node.argument, Group):
        return False
    if operators.names_operator(reading.said, node.head, node.argument):
        return not reading.is_shaped(node.argument)
    return events.density_head(reading.said, node.head, node.argument) is not None


def _is_unknown(node: Node) -> bool:
    """Whether this is an unknown function, between which a star may be a convolution."""
    if not isinstance(node, Call) or not isinstance(node.argument, Group):
        return False
    return isinstance(node.head, Symbol) and node.argument.left == "("


def nabla(node: Node) -> Form | None:
    """The letter of a gradient `\\nabla_\\theta`."""
    from derive.check.probability.reading import named

    if isinstance(node, Subscript) and isinstance(node.base, Symbol) and node.base.name == "\\nabla":
        return named(node.index)
    return None


def parts_of(reading: Reading, node: Node) -> list[Node]:
    """The factors of a product, with names applied to the brackets behind them; of anything else what is below it."""
    if isinstance(node, Product):
        return [factor for factor, _ in _folded(reading, list(zip(node.factors, ("", *node.operators), strict=True)))]
    return list(children(node))


# --- applications ------------------------------------------------------------------------------------------


def _folded(reading: Reading, factors: list[Factor]) -> list[Factor]:
    """The factors with each name and the bracket that it is applied to as one."""
    found: list[Factor] = []
    for factor, sign in factors:
        applied = _applied(reading, found[-1][0], factor) if found and sign == "" else None
        if applied is not None:
            found[-1] = (applied, found[-1][1])
        else:
            found.append((factor, sign))
    return found


def _applied(reading: Reading, head: Node, behind: Node) -> Node | None:
    """What a name and what stands behind it are together; None where they are factors."""
    if isinstance(behind, Power) and isinstance(behind.base, Group):
        whole = _applied(reading, head, behind.base)
        return None if whole is None else Power(whole, behind.exponent)
    if isinstance(behind, Subscript) and isinstance(behind.base, Group) and not isinstance(head, Subscript):
        return _applied(reading, Subscript(head, behind.index), behind.base)
    if not isinstance(behind, Group):
        return None
    if events.density_head(reading.said, head, behind) or operators.names_operator(reading.said, head, behind):
        return Call(head, behind)
    name = name_of(head)
    plain = name is not None and behind.left == "(" and not isinstance(head, Number | Word)
    return Call(head, behind) if plain and (isinstance(behind.body, _ARGUMENTS) or name in _APPLIED) else None
