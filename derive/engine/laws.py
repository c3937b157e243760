"""Which named laws a rewriting used, read off a product before and after, and what they owe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.engine.signs import Facts
from derive.engine.views import Monomial, key, monomial, terms
from derive.engine.writing import (
    ZERO,
    bare,
    is_one,
    is_zero,
    number_of,
)
from derive.notation.tree import (
    Fraction,
    Link,
    Node,
    Power,
    Product,
    Relation,
    Root,
    Sum,
)

__all__ = [
    "Rewritten", "factors_written", "is_negative_sum", "laws_of_product", "owed_by_product", "ranked", "same_shape",
]  # fmt: skip

SIGNIFICANCE = (
    "algebra.expand", "algebra.negative_power", "algebra.fraction_of_fractions", "algebra.cancel",
    "algebra.add_exponents", "algebra.power_zero", "algebra.power_of_power", "algebra.power_of_product",
    "algebra.root_squared",
    "algebra.exponential_of_logarithm", "algebra.logarithm_of_exponential", "algebra.multiply_fractions",
    "algebra.like_terms", "algebra.square_factor", "functions.special_value", "algebra.zero", "algebra.arithmetic",
    "algebra.signs_cancel", "algebra.sign_to_front", "algebra.one", "algebra.order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A node after rewriting, the names of the laws that were used, the weightiest first, and what they owe."""

    node: Node
    laws: tuple[str, ...] = ()
    owes: tuple[Node, ...] = ()

    def then(self, node: Node, *laws: str) -> Rewritten:
        """This rewriting followed by another."""
        return Rewritten(node, ranked((*self.laws, *laws)), self.owes)


def ranked(laws: tuple[str, ...]) -> tuple[str, ...]:
    """Each law once, in the order of `SIGNIFICANCE`; laws not listed there come first."""
    order = {law: place for place, law in enumerate(SIGNIFICANCE)}
    return tuple(sorted(dict.fromkeys(laws), key=lambda law: order.get(law, -1)))


# --- products ----------------------------------------------------------------------------------------------


def laws_of_product(node: Node, raw: Monomial, product: Monomial) -> Iterator[str]:
    """Which laws lead from a product as written to its tidy form."""
    factors = list(factors_written(node))
    fractions = [f for f in factors if isinstance(f, Fraction)]
    negative_powers = [f for f in _deep_factors(node) if isinstance(f, Power) and _below_zero(f.exponent)]
    if negative_powers:
        yield "algebra.negative_power"
    if any(isinstance(bare(part), Fraction) for f in fractions for part in (f.numerator, f.denominator)):
        yield "algebra.fraction_of_fractions"
    if len(product.powers) < len(raw.powers):
        yield from _laws_of_merging(raw)
    composite = [f for f in _deep_factors(node) if isinstance(f, Power) and number_of(f.exponent) is not None]
    for power in composite:
        base = bare(power.base)
        if isinstance(base, Power):
            yield "algebra.power_of_power"
        elif isinstance(base, Root):
            yield "algebra.root_squared"
        elif isinstance(base, Product | Fraction | Sum) and len(terms(base)) == 1:
            yield "algebra.power_of_product"
    if len(factors) > 1 and fractions:
        yield "algebra.multiply_fractions"
    if len([f for f in _deep_factors(node) if number_of(f) is not None and not is_one(f)]) > 1:
        yield "algebra.arithmetic"
    signs = _minus_signs(node)
    if signs > 1:
        yield "algebra.signs_cancel"
    elif signs == 1 and not is_negative_sum(node):
        yield "algebra.sign_to_front"
    if any(is_zero(exponent) for _, exponent in raw.powers):
        yield "algebra.power_zero"
    if len(factors) > 1 and any(is_one(f) for f in factors):
        yield "algebra.one"


def _laws_of_merging(raw: Monomial) -> Iterator[str]:
    seen: dict[str, Node] = {}
    for base, exponent in raw.powers:
        name = key(base)
        if name in seen:
            yield "algebra.cancel" if _below_zero(exponent) != _below_zero(seen[name]) else "algebra.add_exponents"
        seen[name] = exponent


def _below_zero(exponent: Node) -> bool:
    value = number_of(exponent)
    return value is not None and value < 0


def _deep_factors(node: Node) -> Iterator[Node]:
    for factor in factors_written(node):
        if isinstance(factor, Fraction):
            yield from _deep_factors(factor.numerator)
            yield from _deep_factors(factor.denominator)
        else:
            yield factor


def _minus_signs(node: Node) -> int:
    body = bare(node)
    match body:
        case Sum((part,)):
            return (part.sign == "-") + _minus_signs(part.term)
        case Product(factors):
            return sum(_minus_signs(f) for f in factors)
        case Fraction(upper, lower):
            return _minus_signs(upper) + _minus_signs(lower)
    return 0


def owed_by_product(node: Node, raw: Monomial, product: Monomial) -> tuple[Node, ...]:
    """`u \\ne 0` for what is cancelled from below the line, `u \\ge 0` for a square root that is squared."""
    structure = Facts()
    left = {key(base) for base, exponent in product.powers if _below_zero(exponent)}
    owed: list[Node] = []
    for lower in _lines_below_lines(node, below=False):
        owed += [Relation(b, (Link("\\ne", ZERO),)) for b, _ in monomial(lower).powers if not structure.is_nonzero(b)]
    for base, exponent in raw.powers:
        if _below_zero(exponent) and key(base) not in left and not structure.is_nonzero(base):
            owed.append(Relation(base, (Link("\\ne", ZERO),)))
    roots = [base for base, _ in raw.powers if isinstance(base, Root) and base.index is None]
    kept = {key(base) for base, _ in product.powers}
    for base in roots:
        if key(base) not in kept and not structure.is_nonnegative(base.radicand):
            owed.append(Relation(base.radicand, (Link("\\ge", ZERO),)))
    return tuple(dict.fromkeys(owed))


def _lines_below_lines(node: Node, below: bool) -> Iterator[Node]:
    """Denominators that come above the line in the end, as x does in `\\frac{1}{\\frac{1}{x}}`."""
    body = bare(node)
    match body:
        case Sum((part,)):
            yield from _lines_below_lines(part.term, below)
        case Product(factors):
            for factor in factors:
                yield from _lines_below_lines(factor, below)
        case Fraction(upper, lower):
            if below:
                yield lower
            yield from _lines_below_lines(upper, below)
            yield from _lines_below_lines(lower, not below)
        case Power(base, exponent) if number_of(exponent) is not None:
            if below and _below_zero(exponent):
                yield base
            yield from _lines_below_lines(base, below != _below_zero(exponent))


def same_shape(left: Node, right: Node) -> bool:
    """Whether two products have the same factors in the same order, however they are joined."""
    return [bare(f) for f in factors_written(left)] == [bare(f) for f in factors_written(right)]


def factors_written(node: Node) -> Iterator[Node]:
    """The factors as written, with the minus signs and fractions between them opened."""
    body = bare(node)
    match body:
        case Product(factors):
            for factor in factors:
                yield from factors_written(factor)
        case Sum((part,)):
            yield from factors_written(part.term)
        case _:
            yield body


def is_negative_sum(node: Node) -> bool:
    """Whether a node is written with one minus sign in front of all of it."""
    body = bare(node)
    return isinstance(body, Sum) and len(body.terms) == 1 and body.terms[0].sign == "-"
