"""Attraction: occurrences of the unknown in several roots, logarithms, powers or absolute values drawn into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.engine.expand import expand
from derive.engine.moves import Move, relation, sides, to
from derive.engine.polish import with_common_factor_out
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, free_of, monomial, terms, written
from derive.engine.writing import (
    TWO,
    ZERO,
    E,
    Term,
    apply,
    bare,
    bracketed,
    equation,
    is_one,
    is_zero,
    number_of,
    numeral,
    over,
    raised,
    times,
    total,
)
from derive.notation.tree import Call, Group, Node, Power, Product, Relation, Root, Subscript, Sum, Word

__all__ = ["absolute_values", "common_factor", "exponents", "logarithms", "radicals", "same_base"]

LARGEST_BASE, LARGEST_SHIFT = 10**6, 20
LOGARITHMS = ("\\log", "\\ln")


# --- roots -------------------------------------------------------------------------------------------------


def radicals(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """A square root with the unknown brought alone to one side, then both sides squared."""
    pair = sides(statement)
    if pair is None:
        return None
    left, right = pair
    every = [(s, t) for s, t in terms(left)] + [(-s, t) for s, t in terms(right)]
    rooted = [(s, t) for s, t in every if _has_root(t, unknown)]
    if not rooted:
        return None
    if len(terms(left)) == 1 and _has_root(left, unknown) and _is_plain_root(left, unknown):
        squared = [tidy(raised(side, TWO), order=False).node for side in (left, right)]
        opened = [expand(side, unknown).node if isinstance(bare(side), Power) else side for side in squared]
        line = equation(tidy(opened[0], order=False).node, tidy(opened[1], order=False).node)
        owes = () if Facts().is_nonnegative(right) else (relation(bare(right), "\\ge", ZERO),)
        return Move((line,), "equations.square_both_sides", owes, "iff", suspect=True)
    first = max(rooted, key=lambda part: _size(part[1]))
    if not _is_plain_root(first[1], unknown):
        return None
    sign = first[0]
    rest = [(-sign * s, t) for s, t in every if (s, t) != first]
    rest.sort(key=lambda part: part[0] < 0)
    return to(first[1], tidy(total(rest), order=False).node, "equations.isolate_root")


def _has_root(node: Node, unknown: Node) -> bool:
    return any(
        isinstance(base, Root) and base.index is None and not free_of(base, unknown)
        for base, _ in monomial(node).powers
    )


def _is_plain_root(node: Node, unknown: Node) -> bool:
    """A multiple of one square root, the unknown nowhere else in it."""
    inside = [(base, e) for base, e in monomial(node).powers if not free_of(base, unknown)]
    return len(inside) == 1 and isinstance(inside[0][0], Root) and is_one(inside[0][1])


def _size(node: Node) -> int:
    return sum(len(terms(base.radicand)) for base, _ in monomial(node).powers if isinstance(base, Root))


# --- logarithms --------------------------------------------------------------------------------------------


def logarithms(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`\\log a + \\log b = c` to `\\log(a b) = c`; equal logarithms have equal arguments."""
    pair = sides(statement)
    if pair is None:
        return None
    left, right = (bare(side) for side in pair)
    alone = [_argument(side) for side in (left, right)]
    if alone[0] is not None and alone[1] is not None and _head(left) == _head(right):
        owes = tuple(_positive(a) for a in alone if a is not None and not Facts().is_positive(a))
        return Move((equation(alone[0], alone[1]),), "equations.drop_logarithms", owes, suspect=True)
    every = [(s, t) for s, t in terms(left)] + [(-s, t) for s, t in terms(right)]
    found = [(s, log) for s, t in every if (log := _coefficient_and_argument(t)) is not None]
    logs = [(s * n, argument) for s, (n, argument) in found if not free_of(argument, unknown)]
    others = [(s, t) for s, t in every if not (_coefficient_and_argument(t) and not free_of(t, unknown))]
    if len(logs) < 2 or any(not free_of(t, unknown) for _, t in others):
        return None
    heads = {head for s, t in every if not free_of(t, unknown) and (head := _head(t)) is not None}
    if len(heads) != 1:
        return None
    above = _in_order(raised(a, numeral(n)) for n, a in logs if n > 0)
    below = _in_order(raised(a, numeral(-n)) for n, a in logs if n < 0)
    owes = tuple(_positive(a) for _, a in logs if not Facts().is_positive(a))
    rest = tidy(total((-s, t) for s, t in others), order=False).node
    combined = Call(heads.pop(), bracketed(over(above, below)))
    return Move((equation(combined, rest),), "equations.combine_logarithms", owes, suspect=True)


def _in_order(factors: Iterable[Node]) -> Node:
    """The factors multiplied, single letters before brackets."""
    return written(monomial(times(*factors)))


def _argument(node: Node) -> Node | None:
    """u of `\\log u`, `\\ln u`, `\\log_b u`."""
    body = bare(node)
    if isinstance(body, Call):
        name = body.head.base if isinstance(body.head, Subscript) else body.head
        if isinstance(name, Word) and name.command in LOGARITHMS:
            return bare(body.argument)
    return None


def _head(term: Node) -> Node | None:
    """The logarithm in a term, without its argument."""
    calls = [base for base, _ in monomial(term).powers if isinstance(base, Call)]
    return calls[0].head if len(calls) == 1 else None


def _coefficient_and_argument(node: Node) -> tuple[int, Node] | None:
    """n and u of `n \\log u` with a whole number n."""
    product = monomial(node)
    if len(product.powers) != 1 or not is_one(product.powers[0][1]) or product.coefficient.denominator != 1:
        return None
    inner = _argument(product.powers[0][0])
    return None if inner is None else (int(product.coefficient), inner)


def _positive(node: Node) -> Node:
    return relation(bare(node), ">", ZERO)


# --- exponents ---------------------------------------------------------------------------------------------


def exponents(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`2^{x+1} = 3^x`: the same base on both sides, or logarithms of both."""
    pair = sides(statement)
    if pair is None or any(len(terms(side)) > 1 for side in pair):
        return None
    parts = [monomial(side) for side in pair]
    if not all(_is_exponential(p, unknown) for p in parts) or any(free_of(side, unknown) for side in pair):
        return None
    left, right = parts
    bases = [{*(_name(b) for b, e in p.powers)} for p in parts]
    if bases[0] == bases[1] and len(bases[0]) == 1 and left.coefficient == right.coefficient == 1:
        return to(left.powers[0][1], right.powers[0][1], "equations.compare_exponents")
    return to(_logarithm(left), _logarithm(right), "equations.take_logarithms")


def same_base(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`4^x - 2^{x+1} = 8` to `2^{2x} - 2 \\cdot 2^x = 8`, where a sum holds powers of one number."""
    pair = sides(statement)
    if pair is None or all(len(terms(side)) == 1 for side in pair):
        return None
    roots = {
        _least_root(base)[0]
        for side in pair
        for _, term in terms(side)
        for base, exponent in monomial(term).powers
        if not free_of(exponent, unknown) and free_of(base, unknown)
    }
    if len(roots) != 1 or None in roots:
        return None
    changed = [total((s, _split_powers(monomial(t), unknown)) for s, t in terms(side)) for side in pair]
    line = equation(*changed)
    return Move((line,), "equations.same_base") if line != statement else None


def _least_root(base: Node) -> tuple[Node | None, int]:
    """(2, 3) for 8; None for what is no moderate whole number."""
    value = number_of(base)
    if value is None or value.denominator != 1 or not 1 < value <= LARGEST_BASE:
        return None, 1
    size = int(value)
    for n in range(size.bit_length(), 0, -1):
        root = round(size ** (1 / n))
        if root**n == size:
            return numeral(root), n
    return None, 1


def _split_powers(product: Monomial, unknown: Node) -> Node:
    """`8^{x+1}` as `8 \\cdot 2^{3x}`."""
    coefficient, powers = product.coefficient, []
    for base, exponent in product.powers:
        root, times_over = _least_root(base)
        if root is None or free_of(exponent, unknown):
            powers.append((base, exponent))
            continue
        fixed = [(s, t) for s, t in terms(exponent) if free_of(t, unknown)]
        moving = [(s, t) for s, t in terms(exponent) if not free_of(t, unknown)]
        shift = number_of(total(fixed)) if fixed else None
        size = number_of(base)
        if size is not None and shift is not None and shift.denominator == 1 and abs(shift) <= LARGEST_SHIFT:
            coefficient *= size ** int(shift)
        elif fixed:
            powers.append((base, total(fixed)))
        powers.append((root, tidy(times(numeral(times_over), total(moving)), order=False).node))
    return written(Monomial(coefficient, tuple(powers)), sort=False)


def _name(base: Node) -> str:
    return repr(bare(base))


def _is_exponential(product: Monomial, unknown: Node) -> bool:
    """A positive number times powers of positive numbers, the unknown only in exponents."""
    structure = Facts()
    return product.coefficient > 0 and all(
        free_of(base, unknown) and structure.is_positive(base) for base, _ in product.powers
    )


def _logarithm(product: Monomial) -> Node:
    """The logarithm of a product of powers as a sum."""
    parts: list[Term] = []
    if product.coefficient != 1:
        parts.append((1, apply("\\log", numeral(product.coefficient))))
    for base, exponent in product.powers:
        parts.append((1, exponent if base == E else times(exponent, apply("\\log", base))))
    return total((s, t if not isinstance(bare(t), Sum) else bare(t)) for s, t in parts)


# --- absolute values and common factors --------------------------------------------------------------------


def absolute_values(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`|u| = v` with the unknown on both sides: both signs, to be checked where v is not known to be positive."""
    pair = sides(statement)
    if pair is None:
        return None
    left, right = (bare(side) for side in pair)
    if _is_absolute(right) and not _is_absolute(left):
        return Move((equation(right, left),), "equations.swap_sides")
    if not isinstance(left, Group) or not _is_absolute(left):
        return None
    value = right.body if isinstance(right, Group) and _is_absolute(right) else right
    opposite = total((-s, t) for s, t in terms(value))
    known = value is not right or Facts().is_nonnegative(value)
    owes = () if known else (relation(value, "\\ge", ZERO),)
    both = (equation(left.body, value), equation(left.body, opposite))
    return Move(both, "equations.absolute_value", owes, suspect=not known)


def _is_absolute(node: Node) -> bool:
    return isinstance(node, Group) and node.left == "|" and node.right == "|"


def common_factor(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`x e^x - 2 e^x = 0` to `e^x (x - 2) = 0`."""
    pair = sides(statement)
    if pair is None:
        return None
    line = tidy(total([(1, pair[0]), (-1, pair[1])])).node
    factored = with_common_factor_out(line)
    if factored is None or not isinstance(bare(factored), Product):
        return None
    shared = [f for f in _factors(factored) if not isinstance(bare(f), Sum)]
    if not any(not free_of(f, unknown) for f in shared):
        return None
    if not is_zero(pair[1]):
        return to(line, ZERO, "equations.all_to_one_side")
    return to(factored, ZERO, "equations.take_out_common")


def _factors(node: Node) -> Iterator[Node]:
    body = bare(node)
    if isinstance(body, Product):
        yield from body.factors
    else:
        yield body
