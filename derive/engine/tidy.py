"""Named algebra steps that leave a line tidy: signs, numbers, like terms, powers of one base, fractions."""

from __future__ import annotations

from collections.abc import Iterable

from derive.engine.laws import Rewritten, factors_written, laws_of_product, owed_by_product, ranked, same_shape
from derive.engine.values import SPECIAL_VALUES, exponent_of_e, exponential_of_logarithms, owed_by_logarithms, tidy_root
from derive.engine.views import Monomial, key, like_terms, merged, monomial, terms, written
from derive.engine.writing import (
    E,
    bare,
    is_zero,
    number_of,
    total,
)
from derive.notation.tree import (
    Call,
    Derivative,
    Fraction,
    Group,
    Node,
    Number,
    Power,
    Product,
    Root,
    Signed,
    Sum,
    Word,
    transform,
)

__all__ = ["tidy"]


def tidy(node: Node, *, order: bool = True) -> Rewritten:
    """The node with its products multiplied out into one fraction each and its like terms counted.

    Brackets around sums stay: `2(x + 1)` is tidy.  With `order` false, factors keep their places.
    """
    return _tidy(node, order, as_factor=False)


def _tidy(node: Node, order: bool, as_factor: bool) -> Rewritten:
    """`tidy`; a factor of a larger product is only tidied inside, the product as a whole does the rest."""
    laws: list[str] = []
    owes: list[Node] = []
    in_product = isinstance(node, Product | Fraction) or (isinstance(node, Sum) and len(node.terms) == 1)

    def below(child: Node) -> Node:
        inner = _tidy(child, order, in_product or (as_factor and isinstance(node, Signed)))
        laws.extend(inner.laws)
        owes.extend(inner.owes)
        return inner.node

    if isinstance(node, Group) and bare(node) is not node:
        inner = _tidy(node.body, order, as_factor)
        group = Group(inner.node, node.left, node.right, node.size) if inner.laws else node
        return Rewritten(group, inner.laws, inner.owes)
    node = transform(node, below)
    match node:
        case Sum(parts) if len(parts) > 1 and all(p.sign in ("", "+", "-") for p in parts):
            result = _tidy_sum(node, order)
        case Power(base, exponent) if base == E and (opened := exponential_of_logarithms(exponent)) is not None:
            result = Rewritten(opened, ("algebra.exponential_of_logarithm",), owed_by_logarithms(exponent))
        case Product() | Fraction() | Power() | Sum() if not as_factor:
            result = _tidy_product(node, order)
        case Call(Word("\\log" | "\\ln"), argument) if (power := exponent_of_e(argument)) is not None:
            result = Rewritten(power, ("algebra.logarithm_of_exponential",))
        case Call(Word(command), argument) if (command, key(argument)) in SPECIAL_VALUES:
            result = Rewritten(SPECIAL_VALUES[command, key(argument)], ("functions.special_value",))
        case Root(radicand, index):
            result = tidy_root(radicand, index, node)
        case _:
            result = Rewritten(node)
    return Rewritten(result.node, ranked((*laws, *result.laws)), tuple(dict.fromkeys((*owes, *result.owes))))


# --- sums --------------------------------------------------------------------------------------------------


def _tidy_sum(node: Sum, order: bool) -> Rewritten:
    parts = terms(node)
    counted = like_terms(node)
    if len(counted) < len([term for _, term in parts if not is_zero(term)]):
        numbers = sum(number_of(term) is not None for _, term in parts)
        law = "algebra.arithmetic" if len(parts) - len(counted) == numbers - 1 > 0 else "algebra.like_terms"
        after = total((1, written(Monomial(count, m.powers), sort=order)) for count, m in counted)
        return Rewritten(after, (law,), _owed_by_terms(term for _, term in parts))
    laws: list[str] = []
    owes: list[Node] = []
    tidied = []
    for sign, term in parts:
        if is_zero(term):
            laws.append("algebra.zero")
            continue
        inner = _tidy_product(term, order)
        laws.extend(inner.laws)
        owes.extend(inner.owes)
        tidied.append((sign, inner.node))
    after = total(tidied)
    if after == node:
        return Rewritten(node)
    return Rewritten(after, tuple(laws) or ("algebra.sign_to_front",), tuple(owes))


def _owed_by_terms(parts: Iterable[Node]) -> tuple[Node, ...]:
    """What the products among the terms owe for the factors that cancel in them."""
    owed = [c for part in parts for c in owed_by_product(part, monomial(part), merged(monomial(part)))]
    return tuple(dict.fromkeys(owed))


# --- products ----------------------------------------------------------------------------------------------


def _tidy_product(node: Node, order: bool) -> Rewritten:
    if any(isinstance(factor, Derivative) for factor in factors_written(node)):
        return Rewritten(node)
    raw = monomial(node)
    product = merged(raw)
    if not product.coefficient:
        return Rewritten(Number("0"), () if is_zero(node) else ("algebra.zero",))
    after = written(product, sort=order)
    if after == bare(node) or (not order and same_shape(after, node)):
        return Rewritten(node)
    laws = tuple(laws_of_product(node, raw, product)) or ("algebra.order",)
    return Rewritten(after, laws, owed_by_product(node, raw, product))
