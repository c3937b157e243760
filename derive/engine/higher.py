"""Polynomial equations above degree one: roots of a pure power, factors, the square completed, the formula."""

from __future__ import annotations

from fractions import Fraction as Rational
from math import gcd, isqrt, lcm

from derive.engine.coefficients import Polynomial, polynomial
from derive.engine.expand import expand
from derive.engine.moves import Move, relation, sides, to
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, free_of, like_terms, monomial, terms, written
from derive.engine.writing import (
    TWO,
    ZERO,
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
from derive.notation.tree import Node, Relation, Symbol

__all__ = ["factored", "solve_polynomial"]

LARGEST_DIVISOR = 200_000


def solve_polynomial(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """The next line of a polynomial equation of degree two or more in the unknown."""
    pair = sides(statement)
    if pair is None:
        return None
    left, right = pair
    whole = polynomial(total([(1, left), (-1, right)]), unknown)
    if whole is None or free_of(total([(1, left), (-1, right)]), unknown):
        return None
    if whole.degree < 2:
        return _lower_degree(left, right, whole, unknown)
    if _leads_with_minus(whole):
        whole = Polynomial(unknown, tuple(tidy(_opposite(c)).node for c in whole.coefficients))
        if is_zero(right):
            return to(whole.notation(), ZERO, "equations.negate")
    if _is_pure(whole):
        line = to(term_of(whole), tidy(_opposite(whole.coefficients[0])).node, "equations.collect")
        if line.equations != (statement,):
            return line
        return None
    if not is_zero(right) or expand(left, None).laws:
        return to(whole.notation(), ZERO, "equations.all_to_one_side")
    divided = _without_common_number(whole)
    if divided is not None:
        return divided
    return _factored_line(whole, unknown) or _square(whole, unknown) or _formula(whole, unknown, facts)


def term_of(whole: Polynomial) -> Node:
    """The leading term alone."""
    zeros = (ZERO,) * whole.degree
    return Polynomial(whole.variable, (*zeros, whole.coefficients[-1])).notation()


def _is_pure(whole: Polynomial) -> bool:
    """`a x^n + c` with nothing between."""
    return all(is_zero(c) for c in whole.coefficients[1:-1])


def _leads_with_minus(whole: Polynomial) -> bool:
    """Whether the leading coefficient is a term with a minus sign."""
    parts = terms(whole.coefficients[-1])
    return len(parts) == 1 and monomial(whole.coefficients[-1]).coefficient < 0


def _opposite(node: Node) -> Node:
    return total([(-1, node)])


def _lower_degree(left: Node, right: Node, whole: Polynomial, unknown: Node) -> Move | None:
    """Powers that cancel: `x^2 + x = x^2 + 3` is linear."""
    if whole.degree == 0 and is_zero(whole.coefficients[0]):
        return to(ZERO, ZERO, "equations.all_to_one_side")
    line = to(whole.notation(), ZERO, "equations.all_to_one_side")
    return None if line.equations == (equation(left, right),) else line


def _without_common_number(whole: Polynomial) -> Move | None:
    """`2x^2 - 4x = 6` divided by 2; fractions cleared; the leading sign positive."""
    numbers = whole.numbers
    if numbers is None:
        return None
    whole_by = lcm(*(n.denominator for n in numbers))
    scale = Rational(whole_by, gcd(*(int(n * whole_by) for n in numbers)) or 1)
    if numbers[-1] < 0:
        scale = -scale
    if scale == 1:
        return None
    changed = Polynomial(whole.variable, tuple(numeral(n * scale) for n in numbers))
    if scale == -1:
        return to(changed.notation(), ZERO, "equations.negate")
    rule = "equations.divide" if abs(scale) < 1 else "equations.multiply"
    return to(changed.notation(), ZERO, rule)


# --- factoring ---------------------------------------------------------------------------------------------


def _factored_line(whole: Polynomial, unknown: Node) -> Move | None:
    """The polynomial as a product, zero where a factor is."""
    if is_zero(whole.coefficients[0]):
        lowest = next(d for d, c in enumerate(whole.coefficients) if not is_zero(c))
        rest = Polynomial(whole.variable, whole.coefficients[lowest:])
        return to(times(raised(unknown, numeral(lowest)), rest.notation()), ZERO, "equations.factor")
    numbers = whole.numbers
    if numbers is None:
        return None
    factors = factored([int(n) for n in numbers])
    if len(factors) < 2:
        return None
    shown = [Polynomial(unknown, tuple(numeral(c) for c in f)).notation() for f in factors]
    distinct: list[tuple[Node, int]] = []
    for factor in shown:
        if distinct and distinct[-1][0] == factor:
            distinct[-1] = (factor, distinct[-1][1] + 1)
        else:
            distinct.append((factor, 1))
    powers = [raised(factor, numeral(n)) for factor, n in distinct]
    return to(times(*powers), ZERO, "equations.factor")


def factored(coefficients: list[int]) -> list[tuple[int, ...]]:
    """Linear factors over the rationals by trial of the divisors, and what is left; lowest coefficient first.

    A constant factor is left with the first factor, so that the product is the polynomial.
    """
    found: list[tuple[int, ...]] = []
    rest = coefficients
    while len(rest) > 2:
        linear = _rational_root(rest)
        if linear is None:
            break
        p, q = linear
        found.append((-p, q))
        rest = _divided(rest, p, q)
    if len(rest) > 1:
        found.append(tuple(rest))
    elif found and rest[0] != 1:
        found[0] = tuple(c * rest[0] for c in found[0])
    found.sort(key=lambda f: (len(f), [-c for c in f] if len(f) == 2 and f[0] >= 0 else [abs(c) for c in f]))
    return found


def _rational_root(coefficients: list[int]) -> tuple[int, int] | None:
    """A root p/q in lowest terms, the smallest first; None where there is none (or it is too large to try)."""
    first, last = coefficients[0], coefficients[-1]
    if first == 0:
        return 0, 1
    if abs(first) > LARGEST_DIVISOR or abs(last) > LARGEST_DIVISOR:
        return None
    for q in _divisors(last):
        for p in _divisors(first):
            for candidate in (p, -p):
                if gcd(candidate, q) == 1 and _value(coefficients, candidate, q) == 0:
                    return candidate, q
    return None


def _divisors(n: int) -> list[int]:
    n = abs(n)
    small = [d for d in range(1, isqrt(n) + 1) if n % d == 0]
    return sorted({*small, *(n // d for d in small)})


def _value(coefficients: list[int], p: int, q: int) -> Rational:
    result = Rational(0)
    for c in reversed(coefficients):
        result = result * Rational(p, q) + c
    return result


def _divided(coefficients: list[int], p: int, q: int) -> list[int]:
    """The polynomial divided by `q x - p`, exactly."""
    quotient: list[Rational] = []
    carry = Rational(0)
    for c in reversed(coefficients):
        carry = carry * Rational(p, q) + c
        quotient.append(carry)
    return [int(c / q) for c in reversed(quotient[:-1])]


# --- the square completed, the quadratic formula -----------------------------------------------------------


def _square(whole: Polynomial, unknown: Node) -> Move | None:
    """`x^2 + 2 b x + c = 0` as `(x + b)^2 = b^2 - c`, where b and c are whole numbers and there are real roots."""
    numbers = whole.numbers
    if numbers is None or whole.degree != 2 or numbers[2] != 1 or not isinstance(unknown, Symbol):
        return None
    half, right = numbers[1] / 2, (numbers[1] / 2) ** 2 - numbers[0]
    if half.denominator != 1 or not half or right <= 0 or right.denominator != 1:
        return None
    return to(raised(total([(1, unknown), (1, numeral(half))]), TWO), numeral(right), "equations.complete_square")


def _formula(whole: Polynomial, unknown: Node, facts: Facts) -> Move | None:
    """Both roots of `a x^2 + b x + c = 0`, with what the coefficients owe where they are letters."""
    if whole.degree != 2:
        return None
    c, b, a = whole.coefficients
    inside = tidy(expand(total([(1, raised(b, TWO)), (-1, times(numeral(4), a, c))])).node).node
    value = number_of(inside)
    if value is not None and value < 0:
        return Move((), "equations.no_real_root")
    owes = () if Facts().is_nonzero(a) else (relation(a, "\\ne", ZERO),)
    if value is None and not Facts().is_nonnegative(inside):
        owes = (*owes, relation(inside, "\\ge", ZERO))
    below = tidy(times(TWO, a)).node
    front = negative(b)
    square_root = tidy(root(inside)).node
    if value == 0:
        return to(unknown, tidy(over(front, below)).node, "equations.quadratic_formula", owes)
    answers = [total([(1, front), (sign, square_root)]) for sign in (1, -1)]
    return Move(
        tuple(equation(unknown, _reduced(answer, below)) for answer in answers), "equations.quadratic_formula", owes
    )


def _reduced(upper: Node, below: Node) -> Node:
    """`\\frac{2 + 2\\sqrt{3}}{2}` with the common number cancelled."""
    counted = like_terms(upper)
    bottom = number_of(below)
    if bottom is None or any(count.denominator != 1 for count, _ in counted):
        return over(upper, below) if bottom != 1 else upper
    common = gcd(int(abs(bottom)), *(int(abs(count)) for count, _ in counted))
    common = -common if bottom < 0 else common
    top = total((1, written(Monomial(count / common, m.powers))) for count, m in counted)
    return over(top, numeral(bottom / common)) if bottom / common != 1 else top
