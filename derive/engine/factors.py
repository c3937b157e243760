"""Fractions reduced: common numbers, letters and polynomial factors of numerator and denominator cancelled."""

from __future__ import annotations

from fractions import Fraction as Rational
from math import gcd

from derive.engine.coefficients import Polynomial, polynomial
from derive.engine.higher import factored
from derive.engine.lines import Lines
from derive.engine.moves import relation
from derive.engine.signs import Facts
from derive.engine.views import Monomial, like_terms, merged, monomial, same, terms, written
from derive.engine.writing import ZERO, bare, number_of, numeral, over, times, total
from derive.notation.tree import Fraction, Node, Symbol, walk

__all__ = ["cancel_common_power", "cancel_polynomial_factor"]


def cancel_common_power(lines: Lines) -> bool:
    """`\\frac{2x + 4}{6}` as `\\frac{x + 2}{3}`: what all terms above share with what is below."""
    body = bare(lines.current)
    if not isinstance(body, Fraction) or len(terms(body.numerator)) < 2:
        return False
    above = [Monomial(count, m.powers) for count, m in like_terms(body.numerator)]
    below = [Monomial(count, m.powers) for count, m in like_terms(body.denominator)]
    if not above or not below or any(p.coefficient.denominator != 1 for p in (*above, *below)):
        return False
    number = gcd(*(int(abs(p.coefficient)) for p in (*above, *below)))
    shared = _shared_powers([*above, *below])
    if number == 1 and not shared:
        return False
    factor = Monomial(Rational(number), tuple(shared)).to_the(-1)
    upper, lower = (total((1, written(merged(p * factor))) for p in side) for side in (above, below))
    owes = tuple(relation(base, "\\ne", ZERO) for base, _ in shared if not Facts().is_nonzero(base))
    lines.add(over(upper, lower), ("algebra.cancel",), owes)
    return True


def _shared_powers(products: list[Monomial]) -> list[tuple[Node, Node]]:
    """Bases with a positive whole exponent in all the products, with the smallest of them."""
    shared = []
    for base, _ in products[0].powers:
        found = [number_of(e) for p in products for b, e in p.powers if same(b, base)]
        values = [v for v in found if v is not None and v >= 1]
        if len(values) == len(products):
            shared.append((base, numeral(min(values))))
    return shared


def cancel_polynomial_factor(lines: Lines) -> bool:
    """`\\frac{x^2 - 1}{x - 1}` through its factors as `x + 1`."""
    body = bare(lines.current)
    if not isinstance(body, Fraction):
        return False
    letters = [s for s in dict.fromkeys(walk(body)) if isinstance(s, Symbol)]
    if len(letters) != 1:
        return False
    sides = [_factors(side, letters[0]) for side in (body.numerator, body.denominator)]
    upper, lower = sides
    if not upper or not lower:
        return False
    common = [f for f in upper if f in lower and len(f) > 1]
    if not common:
        return False
    lines.add(over(_multiplied(upper, letters[0]), _multiplied(lower, letters[0])), ("algebra.factor_out",))
    for factor in common:
        if factor in upper and factor in lower:
            upper.remove(factor)
            lower.remove(factor)
    owed = dict.fromkeys(_shown(f, letters[0]) for f in common)
    owes = tuple(relation(f, "\\ne", ZERO) for f in owed if not Facts().is_nonzero(f))
    lines.add(over(_multiplied(upper, letters[0]), _multiplied(lower, letters[0])), ("algebra.cancel",), owes)
    return True


def _factors(node: Node, letter: Symbol) -> list[tuple[int, ...]] | None:
    """The factors of a polynomial with whole coefficients, None for any other term; a number is one factor."""
    found = polynomial(node, letter)
    numbers = found.numbers if found is not None else None
    if numbers is None or any(n.denominator != 1 for n in numbers) or not any(numbers):
        return None
    whole = [int(n) for n in numbers]
    return [(whole[0],)] if len(whole) == 1 else factored(whole)


def _shown(factor: tuple[int, ...], letter: Symbol) -> Node:
    return Polynomial(letter, tuple(numeral(c) for c in factor)).notation()


def _multiplied(factors: list[tuple[int, ...]], letter: Symbol) -> Node:
    product = merged(monomial(times(*(_shown(f, letter) for f in factors))))
    return written(product)
