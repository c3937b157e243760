"""Trigonometric equations: all angles with a given sine, cosine or tangent, with a whole number n for the turns."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as Rational

from derive.engine.coefficients import polynomial
from derive.engine.moves import Move, relation, sides, to
from derive.engine.numeric import value_at
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import free_of, key, monomial, terms
from derive.engine.writing import (
    ONE,
    ZERO,
    apply,
    bare,
    bracketed,
    equation,
    is_zero,
    number_of,
    numeral,
    over,
    root,
    times,
    total,
)
from derive.notation.tree import Call, Node, Relation, Styled, Symbol, Word, transform

__all__ = ["angles", "sine_and_cosine"]

MOST_TURNS = 12
MOST_ANGLES = 10
CLEAR = 1e-9
PI = Symbol("\\pi")
INTEGERS = Styled("\\mathbb", Symbol("Z"))


def _half_root(n: int) -> Node:
    return over(root(numeral(n)), numeral(2))


KNOWN_VALUES: tuple[tuple[Node, Rational, Rational], ...] = (
    # value, angle with that sine, angle with that cosine (in half turns)
    (ZERO, Rational(0), Rational(1, 2)),
    (ONE, Rational(1, 2), Rational(0)),
    (numeral(Rational(1, 2)), Rational(1, 6), Rational(1, 3)),
    (_half_root(2), Rational(1, 4), Rational(1, 4)),
    (_half_root(3), Rational(1, 3), Rational(1, 6)),
)
KNOWN_TANGENTS: tuple[tuple[Node, Rational], ...] = (
    (ZERO, Rational(0)),
    (ONE, Rational(1, 4)),
    (root(numeral(3)), Rational(1, 3)),
    (over(root(numeral(3)), numeral(3)), Rational(1, 6)),
)


def angles(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`\\sin u = c` to all its u, likewise for cosine and tangent."""
    pair = sides(statement)
    if pair is None:
        return None
    left, value = (bare(side) for side in pair)
    if not isinstance(left, Call) or not isinstance(left.head, Word) or not free_of(value, unknown):
        return None
    family = FAMILIES.get(left.head.command)
    if family is None or free_of(left.argument, unknown):
        return None
    inner = bare(left.argument)
    move = family(inner, value, _whole_number(statement))
    return _within(move, inner, unknown, facts)


def _within(move: Move, inner: Node, unknown: Node, facts: Facts) -> Move:
    """The angles one by one, where the given bounds leave only finitely many; else the families as they are."""
    line = polynomial(inner, unknown)
    bounds = _bounds(unknown, facts)
    numbers = [value_at(c) for c in line.coefficients] if line is not None and line.degree == 1 else []
    if bounds is None or len(numbers) != 2 or None in numbers or not move.equations:
        return move
    start, slope = (float(n) for n in numbers if n is not None)
    found: list[tuple[float, Node]] = []
    for equation_of_family in move.equations:
        pair = sides(equation_of_family)
        letters = [c.first for c in move.owes if isinstance(c, Relation) and isinstance(c.first, Symbol)]
        if pair is None or len(letters) != 1 or any(value_at(b) is None for b in bounds):
            return move
        for n in range(-MOST_TURNS, MOST_TURNS + 1):
            angle = tidy(_with_letter(pair[1], letters[0], numeral(n))).node
            at = value_at(angle)
            if at is None:
                return move
            if all(_is_inside(term, unknown, (at - start) / slope, strict) for term, strict in _limits(facts)):
                found.append((at, angle))
    ordered = dict.fromkeys(equation(inner, angle) for _, angle in sorted(found, key=lambda pair: pair[0]))
    if len(ordered) > MOST_ANGLES:
        return move
    return Move(tuple(ordered), f"{move.rule}_within", (), move.relation)


def _limits(facts: Facts) -> list[tuple[Node, bool]]:
    """The given terms that are above zero (True) or not below it (False)."""
    return [(term, True) for term in facts.positive] + [(term, False) for term in facts.nonnegative]


def _bounds(unknown: Node, facts: Facts) -> tuple[Node, ...] | None:
    """The terms by which the unknown is bounded, None unless there is one on each side."""
    found: dict[bool, Node] = {}
    for term, _ in _limits(facts):
        line = polynomial(term, unknown)
        if line is None or line.degree != 1:
            continue
        slope = value_at(line.coefficients[1])
        if slope is not None and slope != 0:
            found[slope > 0] = line.coefficients[0]
    return tuple(found.values()) if len(found) == 2 else None


def _is_inside(term: Node, unknown: Node, at: float, strict: bool) -> bool:
    name = unknown.name if isinstance(unknown, Symbol) else ""
    value = value_at(term, {name: at})
    return value is None or (value > CLEAR if strict else value > -CLEAR)


def _with_letter(node: Node, letter: Node, value: Node) -> Node:
    """The node with a number for a letter."""

    def change(part: Node) -> Node:
        return bracketed(value) if part == letter else transform(part, change)

    return change(node)


def _whole_number(statement: Node) -> Symbol:
    """A letter for the whole number of turns that the equation does not use."""
    return next((Symbol(c) for c in "nkmj" if free_of(statement, Symbol(c))), Symbol("\\ell"))


def _angle(half_turns: Rational) -> Node:
    return tidy(times(numeral(half_turns), PI)).node


def _turns(n: Symbol, half_turns: int) -> Node:
    return times(numeral(half_turns), PI, n)


def _known(value: Node, column: int) -> Rational | None:
    return next((row[column] for row in KNOWN_VALUES if key(row[0]) == key(value)), None)  # type: ignore[return-value]


def _split_sign(value: Node) -> tuple[int, Node]:
    """(sign, size) of a number that may be written with a minus."""
    size = total((-s, t) for s, t in terms(value))
    return (-1, size) if monomial(value).coefficient < 0 and len(terms(value)) == 1 else (1, value)


def _within_one(value: Node) -> tuple[Node, ...] | None:
    """What `|c| <= 1` owes; None where it is false."""
    number = number_of(value)
    if number is not None:
        return () if abs(number) <= 1 else None
    if _known(_split_sign(value)[1], 1) is not None:
        return ()
    return (relation(numeral(-1), "\\le", value), relation(value, "\\le", ONE))


def _sine(inner: Node, value: Node, n: Symbol) -> Move:
    owes = _within_one(value)
    if owes is None:
        return Move((), "equations.no_solution")
    whole = (*owes, relation(n, "\\in", INTEGERS))
    if is_zero(value):
        return to(inner, _turns(n, 1), "equations.sine", whole)
    sign, size = _split_sign(value)
    known = _known(size, 1)
    if known is not None:
        first = _angle(sign * known)
        second = first if known == Rational(1, 2) else _angle(1 - sign * known)
    else:
        angle = apply("\\arcsin", value)
        first, second = angle, total([(1, PI), (-1, angle)])
    both = dict.fromkeys(equation(inner, total([(1, a), (1, _turns(n, 2))])) for a in (first, second))
    return Move(tuple(both), "equations.sine", whole)


def _cosine(inner: Node, value: Node, n: Symbol) -> Move:
    owes = _within_one(value)
    if owes is None:
        return Move((), "equations.no_solution")
    whole = (*owes, relation(n, "\\in", INTEGERS))
    sign, size = _split_sign(value)
    known = _known(size, 2)
    if is_zero(value):
        return to(inner, total([(1, _angle(Rational(1, 2))), (1, _turns(n, 1))]), "equations.cosine", whole)
    if known == 0:
        start = ZERO if sign > 0 else PI
        return to(inner, total([(1, start), (1, _turns(n, 2))]), "equations.cosine", whole)
    angle = _angle(known if sign > 0 else 1 - known) if known is not None else apply("\\arccos", value)
    both = tuple(equation(inner, total([(s, angle), (1, _turns(n, 2))])) for s in (1, -1))
    return Move(both, "equations.cosine", whole)


def _tangent(inner: Node, value: Node, n: Symbol) -> Move:
    sign, size = _split_sign(value)
    known = next((angle for number, angle in KNOWN_TANGENTS if key(number) == key(size)), None)
    angle = _angle(sign * known) if known is not None else apply("\\arctan", value)
    line = total([(1, angle), (1, _turns(n, 1))])
    return to(inner, line, "equations.tangent", (relation(n, "\\in", INTEGERS),))


FAMILIES: dict[str, Callable[[Node, Node, Symbol], Move]] = {"\\sin": _sine, "\\cos": _cosine, "\\tan": _tangent}


def sine_and_cosine(statement: Relation, unknown: Node, facts: Facts) -> Move | None:
    """`a \\sin u = b \\cos u` to `\\tan u = \\frac{b}{a}`."""
    pair = sides(statement)
    if pair is None:
        return None
    parts = [(s, t) for s, t in terms(pair[0])] + [(-s, t) for s, t in terms(pair[1])]
    found: dict[str, tuple[Node, Node]] = {}
    for sign, term in parts:
        product = monomial(term)
        inside = [base for base, e in product.powers if not free_of(base, unknown)]
        call = inside[0] if len(inside) == 1 else None
        if is_zero(term):
            continue
        if not isinstance(call, Call) or not isinstance(call.head, Word) or call.head.command in found:
            return None
        found[call.head.command] = (bare(call.argument), _without(sign, term, call))
    if set(found) != {"\\sin", "\\cos"} or key(found["\\sin"][0]) != key(found["\\cos"][0]):
        return None
    slope = tidy(over(total([(-1, found["\\cos"][1])]), found["\\sin"][1])).node
    if not Facts().is_nonzero(found["\\sin"][1]):
        return None
    return to(apply("\\tan", found["\\sin"][0]), slope, "equations.divide_by_cosine")


def _without(sign: int, term: Node, call: Node) -> Node:
    """The coefficient of a call in a term."""
    return tidy(over(total([(sign, term)]), call)).node
