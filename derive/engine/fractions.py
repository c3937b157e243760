"""Sums of fractions brought to one fraction: common denominator, added, tidied; each as a line of its own."""

from __future__ import annotations

from math import lcm

from derive.engine.expand import expand
from derive.engine.laws import Rewritten
from derive.engine.lines import Lines
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, key, merged, monomial, same, terms, written
from derive.engine.writing import bare, number_of, numeral, over, raised, times, total
from derive.notation.tree import Fraction, Node, Sum

__all__ = ["Denominator", "common_denominator", "denominators", "multiplied", "together"]

Denominator = tuple[Node, int]
"""A factor below the line and its power."""


def denominators(part: Node) -> list[Denominator]:
    """The factors below the line of a term, numbers as one of them."""
    product = monomial(part)
    found: list[Denominator] = []
    for base, exponent in product.powers:
        value = number_of(exponent)
        if value is not None and value < 0 and value.denominator == 1:
            found.append((base, int(-value)))
    if product.coefficient.denominator != 1:
        found.append((numeral(product.coefficient.denominator), 1))
    return found


def common_denominator(below: list[list[Denominator]]) -> list[Denominator]:
    """The least common denominator of several terms as factors and powers."""
    largest: dict[str, Denominator] = {}
    number = 1
    for one in below:
        for base, power in one:
            value = number_of(base)
            if value is not None:
                number = lcm(number, int(value))
            else:
                name = key(base)
                largest[name] = (base, max(power, largest.get(name, (base, 0))[1]))
    front = [(numeral(number), 1)] if number != 1 else []
    return front + list(largest.values())


def multiplied(part: Node, common: list[Denominator]) -> Node:
    """A term times the common denominator, its own denominator cancelled."""
    product = monomial(part)
    number = product.coefficient
    powers = list(product.powers)
    for base, power in common:
        value = number_of(base)
        if value is not None:
            number *= value
        else:
            powers.append((base, numeral(power)))
    return written(merged(Monomial(number, tuple(powers))), sort=False)


def together(lines: Lines) -> bool:
    """The current line, a sum with fractions in it, as one fraction; False where it is no such sum."""
    body = bare(lines.current)
    if not isinstance(body, Sum) or len(body.terms) < 2:
        return False
    parts = terms(body)
    common = common_denominator([denominators(t) for _, t in parts])
    if not common:
        return False
    below = times(*(raised(base, numeral(power)) for base, power in common))
    uppers = [(s, multiplied(t, common)) for s, t in parts]
    if not all(_stands_over(t, below) for _, t in parts):
        shown = [(s, Fraction(bare(upper), below)) for s, upper in uppers]
        lines.add(total((s, t) for s, t in shown), ("algebra.common_denominator",))
    upper = total(uppers)
    lines.add(over(upper, below), ("algebra.add_fractions",))
    result = tidy(lines.current)
    if result.laws:
        lines.add(result.node, result.laws, result.owes)
    opened = _numerator_expanded(lines.current)
    if opened.laws:
        lines.add(opened.node, opened.laws, opened.owes)
    return True


def _stands_over(part: Node, below: Node) -> bool:
    body = bare(part)
    return isinstance(body, Fraction) and body.denominator == below


def _numerator_expanded(node: Node) -> Rewritten:
    body = bare(node)
    opened = expand(body.numerator) if isinstance(body, Fraction) else Rewritten(node)
    if not isinstance(body, Fraction) or not opened.laws:
        return Rewritten(node)
    result = tidy(over(opened.node, body.denominator))
    return Rewritten(node) if same(result.node, node) else result.then(result.node, *opened.laws)
