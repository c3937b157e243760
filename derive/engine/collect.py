"""Collection: fractions cleared, brackets multiplied out, and the terms with the unknown brought together."""

from __future__ import annotations

from derive.engine.coefficients import polynomial, term
from derive.engine.expand import expand
from derive.engine.fractions import common_denominator, denominators, multiplied
from derive.engine.moves import Move, relation, sides, to
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import free_of, monomial, terms
from derive.engine.writing import ZERO, Term, bare, equation, is_zero, number_of, total
from derive.notation.tree import Node, Relation, Sum, Symbol

__all__ = ["clear_fractions", "collect_linear", "multiply_out"]


def clear_fractions(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """Both sides multiplied by all denominators that hold the unknown (and by numbers below the line)."""
    pair = sides(statement)
    if pair is None:
        return None
    parts = [list(terms(side)) for side in pair]
    below = [denominators(t) for side in parts for _, t in side]
    held = [ds for (_, t), ds in zip(parts[0] + parts[1], below, strict=True) if not free_of(t, unknown) and ds]
    in_unknown = any(not free_of(d, unknown) for ds in below for d, _ in ds)
    if not held or (not in_unknown and not _has_sum_over(parts[0] + parts[1], unknown)):
        return None
    common = common_denominator(below)
    cleared = [total((s, multiplied(t, common)) for s, t in side) for side in parts]
    owes = tuple(relation(bare(d), "\\ne", ZERO) for d, _ in common if not Facts().is_nonzero(d))
    left, right = cleared
    return Move((equation(left, right),), "equations.clear_fractions", owes, suspect=in_unknown)


def _has_sum_over(parts: list[Term], unknown: Node) -> bool:
    """Whether a sum with the unknown stands over a denominator, or several fractions hold it."""
    fractions = [t for _, t in parts if not free_of(t, unknown) and denominators(t)]
    sums = [base for t in fractions for base, _ in monomial(t).powers if isinstance(base, Sum)]
    return len(fractions) > 1 or any(not free_of(base, unknown) for base in sums)


def multiply_out(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """Brackets that hold the unknown multiplied out on both sides."""
    pair = sides(statement)
    if pair is None or not isinstance(unknown, Symbol):
        return None
    left, right = (expand(side, unknown) for side in pair)
    if not left.laws and not right.laws:
        return None
    return to(left.node, right.node, "equations.expand")


def collect_linear(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`p = e^x - e^x p` to `p(1 + e^x) = e^x`: everything with the unknown on one side, taken out."""
    pair = sides(statement)
    if pair is None:
        return None
    left, right = (polynomial(side, unknown) for side in pair)
    if left is None or right is None or max(left.degree, right.degree) != 1:
        return None
    slopes = [(1, left.coefficients[1])] if left.degree else []
    slopes += [(-1, right.coefficients[1])] if right.degree else []
    slope = tidy(total(slopes), order=False).node
    moved = [(1, right.coefficients[0]), (-1, left.coefficients[0])]
    rest = tidy(total(_positive_first(moved)), order=False).node
    if is_zero(slope):
        return to(ZERO, rest, "equations.like_terms")
    if _is_below(slope) or (_is_below(rest) and len(terms(slope)) > 1):
        slope, rest = (total(_positive_first([(-1, side)])) for side in (slope, rest))
    return to(term(slope, unknown, 1), rest, "equations.collect")


def _positive_first(parts: list[tuple[int, Node]]) -> list[tuple[int, Node]]:
    """Terms in order, except that a line does not begin with a minus sign where it need not."""
    flat = [(sign * s, t) for sign, node in parts for s, t in terms(node)]
    flat = [(s, t) for s, t in flat if not is_zero(t)]
    if flat and flat[0][0] < 0 and any(s > 0 for s, _ in flat):
        flat.sort(key=lambda part: part[0] < 0)
    return _numbers_first(flat)


def _numbers_first(flat: list[tuple[int, Node]]) -> list[tuple[int, Node]]:
    numbers = [(s, t) for s, t in flat if number_of(t) is not None]
    others = [(s, t) for s, t in flat if number_of(t) is None]
    exponents = [e for _, t in others for _, e in monomial(t).powers]
    exponential = any(number_of(e) is None for e in exponents)
    return numbers + others if exponential and numbers and numbers[0][0] > 0 else others + numbers


def _is_below(node: Node) -> bool:
    """Whether every term has a minus sign."""
    return not is_zero(node) and all(sign < 0 for sign, _ in terms(node))
