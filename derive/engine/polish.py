"""The last lines of a calculation: tidy products and sums, multiplied-out numerators, common factors taken out."""

from __future__ import annotations

from fractions import Fraction as Rational
from math import gcd

from derive.engine.expand import expand
from derive.engine.lines import Lines
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, like_terms, merged, monomial, same, terms, written
from derive.engine.writing import bare, number_of, numeral, over, times, total
from derive.notation.tree import Call, Fraction, Node, Root, Sum, Symbol

__all__ = ["polished", "with_common_factor_out"]


def polished(lines: Lines) -> None:
    """The lines that bring the current one to its tidy form, each by a named law."""
    result = tidy(lines.current)
    if result.laws:
        lines.add(result.node, result.laws, result.owes)
    expanded = _with_numerator_expanded(lines.current)
    if expanded is not None:
        lines.add(expanded, ("algebra.expand", "algebra.like_terms"))
    factored = with_common_factor_out(lines.current)
    if factored is not None:
        lines.add(factored, ("algebra.factor_out",))
        again = tidy(lines.current)
        if again.laws and "algebra.expand" not in again.laws:
            lines.add(again.node, again.laws, again.owes)


def _with_numerator_expanded(node: Node) -> Node | None:
    """The fraction with its numerator multiplied out, where that leaves fewer terms; else None."""
    body = bare(node)
    if isinstance(body, Fraction):
        upper = _shorter(body.numerator)
        return None if upper is None else tidy(over(upper, body.denominator)).node
    if isinstance(body, Sum) and len(body.terms) > 1:
        return _shorter(body)
    return None


def _shorter(node: Node) -> Node | None:
    """The sum multiplied out if that makes it no longer than it was, counted in factors; else None."""
    if len(terms(node)) < 2:
        return None
    expanded = _by_degree(tidy(expand(node).node).node)
    return expanded if expanded != node and _length(expanded) < _length(node) else None


def _by_degree(node: Node) -> Node:
    """The terms of a polynomial from the highest degree down."""
    return total(sorted(terms(node), key=lambda part: -_degree(part[1])))


def _degree(term: Node) -> Rational:
    exponents = (number_of(e) for base, e in monomial(term).powers if isinstance(base, Symbol))
    return sum((e for e in exponents if e is not None), Rational(0))


def _length(node: Node) -> int:
    """How many factors a sum has, those in brackets included."""
    count = 0
    for _, term in terms(node):
        product = monomial(term)
        count += 1 if abs(product.coefficient) != 1 or not product.powers else 0
        for base, _ in product.powers:
            count += _length(base) if isinstance(base, Sum) else 1
    return count


def with_common_factor_out(node: Node) -> Node | None:
    """`2x e^x + x^2 e^x` as `x e^x (2 + x)`: only where the terms share more than numbers and letters."""
    body = bare(node)
    if isinstance(body, Fraction):
        upper = with_common_factor_out(body.numerator)
        return None if upper is None else over(upper, body.denominator)
    if not isinstance(body, Sum) or len(body.terms) < 2:
        return None
    products = [Monomial(count, m.powers) for count, m in like_terms(body)]
    common = _common_powers(products)
    if len(products) < 2 or not any(_worth_taking_out(base, exponent) for base, exponent in common):
        return None
    number = _common_number([p.coefficient for p in products])
    factor = Monomial(number, tuple(common))
    rest = [merged(p * factor.to_the(-1)) for p in products]
    inner = total((1, written(r)) for r in rest)
    return times(written(factor), inner)


def _worth_taking_out(base: Node, exponent: Node) -> bool:
    return isinstance(base, Sum | Call | Root) or number_of(exponent) is None


def _common_number(numbers: list[Rational]) -> Rational:
    if any(n.denominator != 1 for n in numbers):
        return Rational(1)
    return Rational(gcd(*(abs(n.numerator) for n in numbers)))


def _common_powers(products: list[Monomial]) -> list[tuple[Node, Node]]:
    """The powers that all the products share, each with the smallest of its whole exponents."""
    common = []
    for base, exponent in products[0].powers:
        exponents = []
        for product in products:
            found = [e for b, e in product.powers if same(b, base)]
            exponents.extend(found[:1])
        if len(exponents) < len(products):
            continue
        values = [number_of(e) for e in exponents]
        if all(same(e, exponent) for e in exponents):
            common.append((base, exponent))
        elif all(v is not None and v > 0 for v in values):
            common.append((base, numeral(min(v for v in values if v is not None))))
    return common
