"""Isolation: when the unknown is inside one term of one side, what stands around it is undone from the outside in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as Rational
from math import log

from derive.engine.match import factors_of, in_standard_form
from derive.engine.moves import Move, relation, sides, to
from derive.engine.rewrite import apply_rule
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import free_of, key, monomial, terms
from derive.engine.writing import (
    ONE,
    ZERO,
    Term,
    bare,
    equation,
    is_zero,
    negative,
    number_of,
    numeral,
    over,
    raised,
    root,
    times,
    total,
)
from derive.notation.tree import Call, Fraction, Group, Node, Power, Product, Relation, Root, Sum, Symbol
from derive.rules import rule_named

__all__ = ["isolate"]

INVERSES = tuple(
    rule_named(f"equations.{name}")
    for name in (
        "exponentiate", "exponentiate_ln", "exponentiate_base", "take_logarithm", "take_logarithm_exp",
        "take_logarithm_base", "arcsinh", "arctanh", "sinh_of_arsinh", "tanh_of_artanh", "cosh_of_arcosh",
        "sine_of_arcsine", "cosine_of_arccosine", "tangent_of_arctangent",
    )
)  # fmt: skip
LARGEST_EXPONENT = 200
PI = Symbol("\\pi")
STRUCTURE = Facts()
"""What a step owes is decided from structure alone: what the given statements grant is for the verifier to say."""


def isolate(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """One layer taken off the side that holds the unknown, or None where that is not the way."""
    pair = sides(statement)
    if pair is None:
        return None
    left, right = (bare(side) for side in pair)
    if free_of(left, unknown):
        return Move((equation(right, left),), "equations.swap_sides")
    if isinstance(left, Call) and isinstance(left.head, Power):
        left = Power(Call(left.head.base, left.argument), left.head.exponent)
    if not free_of(right, unknown):
        return None
    left = in_standard_form(left)
    for layer in LAYERS:
        move = layer(left, right, unknown, facts)
        if move is not None:
            return move
    return None


# --- sums and products -------------------------------------------------------------------------------------


def _sum(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`x + 3 = y` to `x = y - 3`, where one term holds the unknown."""
    if not isinstance(left, Sum) or len(left.terms) == 1:
        return None
    parts = terms(left)
    with_unknown = [(s, t) for s, t in parts if not free_of(t, unknown)]
    if len(with_unknown) > 1 or len(with_unknown) == len(parts):
        return None
    others = [(-s, t) for s, t in parts if free_of(t, unknown)]
    moved = tidy(total(_positive_first([(1, right), *others])), order=False).node
    return to(total(with_unknown), moved, "equations.move_terms")


def _positive_first(parts: list[Term]) -> list[Term]:
    """Terms in order, except that a line does not begin with a minus sign where it need not."""
    flat = [(sign * s, t) for sign, node in parts for s, t in terms(node) if not is_zero(t)]
    return sorted(flat, key=lambda part: part[0] < 0) if flat and flat[0][0] < 0 else flat


def _sign(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`-x = 3` to `x = -3`."""
    if isinstance(left, Sum) and len(left.terms) == 1 and left.terms[0].sign == "-":
        return to(left.terms[0].term, tidy(_opposite(right), order=False).node, "equations.negate")
    return None


def _opposite(node: Node) -> Node:
    return total((-s, t) for s, t in terms(node))


def _product(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`a x = b` to `x = b / a`; a product that is zero falls apart."""
    if not isinstance(left, Product) or "/" in left.operators:
        return None
    factors = list(factors_of(left))
    outside = [f for f in factors if free_of(f, unknown)]
    inside = [f for f in factors if not free_of(f, unknown)]
    if is_zero(right) and len(inside) > 1:
        found = tuple(dict.fromkeys(equation(_base_of(f), ZERO) for f in inside))
        return Move(found, "equations.zero_product")
    if not outside:
        return None
    divisor = times(*outside)
    return to(times(*inside), _divided(right, divisor), "equations.divide", _nonzero(divisor))


def _divided(right: Node, divisor: Node) -> Node:
    """The quotient; angles term by term (`\\frac{\\pi}{6} + \\pi n`), other sums as one fraction."""
    parts = terms(right)
    if len(parts) > 1 and not any(free_of(t, PI) for _, t in parts[1:]):
        return total((s, tidy(over(t, divisor), order=False).node) for s, t in parts)
    shared = {key(base) for _, t in parts for base, _ in monomial(t).powers}
    if len(parts) > 1 and number_of(divisor) is None and not any(key(b) in shared for b, _ in monomial(divisor).powers):
        return over(right, divisor)
    return tidy(over(right, divisor)).node


def _base_of(factor: Node) -> Node:
    """`x` of `x^2`: a power with a positive whole exponent is zero where its base is."""
    body = bare(factor)
    if isinstance(body, Power):
        value = number_of(body.exponent)
        if value is not None and value > 0 and value.denominator == 1:
            return bare(body.base)
    return body


def _nonzero(node: Node) -> tuple[Node, ...]:
    """The factors of a divisor that may be zero, as conditions."""
    bases = [base for base, _ in monomial(node).powers]
    return tuple(relation(bare(base), "\\ne", ZERO) for base in bases if not STRUCTURE.is_nonzero(base))


def _fraction(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`\\frac{p}{1 - p} = c` to `p = c (1 - p)`; where only the denominator holds the unknown both are turned over."""
    if not isinstance(left, Fraction):
        return None
    upper, lower = left.numerator, left.denominator
    suspect = not free_of(lower, unknown) and not free_of(upper, unknown)
    owes = _nonzero(lower)
    if is_zero(right):
        if free_of(upper, unknown):
            return Move((), "equations.no_solution") if number_of(upper) else None
        return Move((equation(upper, ZERO),), "equations.clear_fraction", owes, suspect=suspect)
    if free_of(lower, unknown):
        front, rest = _numeric_part(right)
        value = times(front, lower, rest) if number_of(lower) is not None else times(right, lower)
        return to(upper, tidy(value, order=False).node if number_of(lower) else value, "equations.clear_fraction", owes)
    cleared = times(*(f for f in factors_of(bare(right))), lower)
    return Move((equation(upper, cleared),), "equations.clear_fraction", owes, suspect=suspect)


def _numeric_part(node: Node) -> tuple[Node, Node]:
    value = number_of(node)
    return (node, ONE) if value is not None else (ONE, node)


# --- powers and roots --------------------------------------------------------------------------------------


def _power(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`u^n = v` for a number n: an odd root, two even roots, or the power turned over."""
    if not isinstance(left, Power) or not free_of(left.exponent, unknown):
        return None
    value = number_of(left.exponent)
    base = bare(left.base)
    if value is None:
        owes = () if STRUCTURE.is_positive(right) else (relation(right, ">", ZERO),)
        if not STRUCTURE.is_positive(base):
            owes = (*owes, relation(base, ">", ZERO))
        return to(base, raised(right, over(ONE, left.exponent)), "equations.take_root", owes)
    if value == 0:
        return to(ONE, right, "algebra.power_zero", _nonzero(base))
    if value < 0:
        return to(ONE, times(right, raised(base, numeral(-value))), "equations.clear_fraction", _nonzero(base))
    if value.denominator != 1:
        return _fractional_power(base, right, value, facts)
    n = int(value)
    if n % 2:
        return to(base, _root_of(right, n), "equations.take_root")
    if facts.is_positive(_opposite(right)):
        return Move((), "equations.no_solution")
    if is_zero(right):
        return to(base, ZERO, "equations.take_square_root")
    owes = () if STRUCTURE.is_nonnegative(right) else (relation(right, "\\ge", ZERO),)
    taken = _root_of(right, n)
    if facts.is_nonnegative(base):
        return to(base, taken, "equations.take_positive_root", owes)
    return Move((equation(base, taken), equation(base, _opposite(taken))), "equations.take_square_root", owes)


def _root_of(node: Node, n: int) -> Node:
    """The n-th root, worked out where it is a whole number."""
    value = number_of(node)
    if value is not None:
        exact = _exact_root(abs(value), n)
        if exact is not None:
            return numeral(exact) if value >= 0 else negative(numeral(exact))
        if value < 0:
            return negative(_root_of(numeral(-value), n))
    body = bare(node)
    return tidy(root(body, n), order=False).node


def _exact_root(value: Rational, n: int) -> Rational | None:
    parts = []
    for part in (value.numerator, value.denominator):
        guess = round(part ** (1 / n)) if part < 10**15 else 0
        if guess**n != part:
            return None
        parts.append(guess)
    return Rational(parts[0], parts[1])


def _fractional_power(base: Node, right: Node, value: Rational, facts: Facts) -> Move:
    """`x^{3/2} = v` for v not below zero."""
    owes = () if STRUCTURE.is_nonnegative(right) else (relation(right, "\\ge", ZERO),)
    if not STRUCTURE.is_nonnegative(base):
        owes = (*owes, relation(base, "\\ge", ZERO))  # what a negative base means is a matter of convention
    result = tidy(raised(right, numeral(1 / value))).node
    return Move((equation(base, result),), "equations.take_root", owes, "iff", value.numerator % 2 == 0)


def _radical(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`\\sqrt{u} = v` to `u = v^2`, where v is not below zero."""
    if not isinstance(left, Root):
        return None
    n = 2 if left.index is None else number_of(left.index)
    if n is None or n.denominator != 1 or n < 2:
        return None
    number = number_of(right)
    value = tidy(raised(right, numeral(n))).node
    if n % 2:
        return to(left.radicand, value, "equations.raise_to_power")
    if number is not None and number < 0:
        return Move((), "equations.no_solution")
    owes = () if STRUCTURE.is_nonnegative(right) else (relation(right, "\\ge", ZERO),)
    return to(left.radicand, value, "equations.square", owes)


# --- functions ---------------------------------------------------------------------------------------------


def _function(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """The inverse function applied to both sides, by the first row that fits."""
    number = number_of(right)
    for rule in INVERSES:
        applied = apply_rule(rule, equation(left, right))
        if applied is None:
            continue
        pair = sides(applied.node)
        if pair is None or free_of(pair[0], unknown) or not free_of(pair[1], unknown):
            continue
        never = is_zero(right) or facts.is_positive(_opposite(right))
        if never and rule.name.startswith("equations.take_logarithm"):
            return Move((), "equations.no_solution")
        value = tidy(pair[1]).node if number is not None else pair[1]
        return to(pair[0], value, rule.name, applied.owes)
    return None


def _same_base(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    """`2^x = 8` to `x = 3`."""
    if not isinstance(left, Power) or free_of(left.exponent, unknown):
        return None
    base, value = number_of(left.base), number_of(right)
    if base is None or value is None or base <= 1 or value <= 0:
        return None
    n = round(log(value) / log(base))
    if abs(n) > LARGEST_EXPONENT or base**n != value:
        return None
    return to(left.exponent, numeral(n), "equations.compare_exponents")


def _absolute_value(left: Node, right: Node, unknown: Node, facts: Facts) -> Move | None:
    applied = apply_rule(rule_named("equations.absolute_value"), equation(left, right))
    if applied is None:
        return None
    number = number_of(right)
    if number is not None and number < 0:
        return Move((), "equations.no_solution")
    inner = left.body if isinstance(left, Group) else left
    if is_zero(right):
        return to(inner, ZERO, "equations.absolute_value")
    both = (equation(inner, right), equation(inner, _opposite(right)))
    return Move(both, "equations.absolute_value", applied.owes)


Layer = Callable[[Node, Node, Node, Facts], Move | None]
LAYERS: tuple[Layer, ...] = (_sum, _sign, _product, _fraction, _power, _radical, _absolute_value, _same_base, _function)
