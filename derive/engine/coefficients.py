"""A sum as a polynomial in a term: its coefficients, degree and way back to notation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as Rational

from derive.engine.expand import expand
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, free_of, like_terms, monomial, pieces, same, terms, written
from derive.engine.writing import ZERO, bare, is_zero, number_of, numeral, raised, times, total
from derive.notation.tree import Node, Root, Sum, Symbol

__all__ = ["Polynomial", "expanded", "polynomial", "term"]

LARGEST_DEGREE = 12


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Coefficients by degree, lowest first; each is a term free of the variable."""

    variable: Node
    coefficients: tuple[Node, ...]

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1

    @property
    def numbers(self) -> tuple[Rational, ...] | None:
        """The coefficients as rational numbers, None when a letter is among them."""
        values = tuple(number_of(c) for c in self.coefficients)
        return tuple(v for v in values if v is not None) if None not in values else None

    def notation(self) -> Node:
        """The polynomial written from the highest power down."""
        parts = []
        for degree in range(self.degree, -1, -1):
            coefficient = self.coefficients[degree]
            if not is_zero(coefficient):
                parts.append((1, term(coefficient, self.variable, degree)))
        return total(parts)


def term(coefficient: Node, variable: Node, degree: int) -> Node:
    """`a x^n`; a coefficient that is a sum stands in brackets behind a single letter: `x(a + b)`."""
    power = raised(variable, numeral(degree))
    if not isinstance(variable, Symbol):
        power = tidy(power).node
    body = bare(coefficient)
    if isinstance(body, Sum) and len(body.terms) > 1 and degree:
        return times(power, coefficient) if isinstance(variable, Symbol) else times(coefficient, power)
    return times(coefficient, power) if degree else body


def expanded(node: Node, about: Node) -> Node:
    """The sum with every bracket that holds `about` multiplied out, like terms left as they are."""
    return expand(node, about).node


def polynomial(node: Node, variable: Node) -> Polynomial | None:
    """The node as a polynomial in `variable` (a letter or a term), None where it is none."""
    found: dict[int, list[tuple[int, Node]]] = {}
    for sign, part in terms(expanded(node, variable)):
        piece = monomial(part)
        degree = 0
        rest: list[tuple[Node, Node]] = []
        for base, exponent in piece.powers:
            power = _degree(base, exponent, variable)
            if power is not None:
                degree += power
            elif _holds(base, variable) or _holds(exponent, variable):
                return None
            else:
                rest.append((base, exponent))
        if degree > LARGEST_DEGREE:
            return None
        coefficient = written(Monomial(piece.coefficient, tuple(rest)), sort=False)
        found.setdefault(degree, []).append((sign, coefficient))
    coefficients = [_counted(found.get(d, [])) for d in range(max(found, default=0) + 1)]
    while len(coefficients) > 1 and is_zero(coefficients[-1]):
        coefficients.pop()
    return Polynomial(variable, tuple(coefficients))


def _degree(base: Node, exponent: Node, variable: Node) -> int | None:
    """n where base^exponent is the n-th power of the variable (`e^{2x}` of `e^x`), None where it is no such power."""
    if isinstance(variable, Root) and variable.index is None and same(base, variable.radicand):
        value = number_of(exponent)
        return int(2 * value) if value is not None and value > 0 and (2 * value).denominator == 1 else None
    inside = monomial(variable).powers
    if len(inside) != 1 or not same(base, inside[0][0]):
        return None
    ours, theirs = like_terms(exponent), like_terms(inside[0][1])
    if not ours or len(ours) != len(theirs):
        return None
    ratio = ours[0][0] / theirs[0][0] if theirs[0][0] else None
    if ratio is None or ratio <= 0 or ratio.denominator != 1:
        return None
    return int(ratio) if same(exponent, tidy(times(numeral(ratio), inside[0][1])).node) else None


def _holds(node: Node, part: Node) -> bool:
    """Whether a term occurs in a node; for a compound term its letters count, so that `x` in `e^x` is found."""
    letters = [piece for piece in pieces(part) if isinstance(piece, Symbol)]
    if isinstance(part, Symbol):
        return not free_of(node, part)
    return any(same(piece, part) for piece in pieces(node) if type(piece) is type(part)) or not letters


def _counted(parts: list[tuple[int, Node]]) -> Node:
    """The terms of one coefficient with like terms counted and numbers first among equals."""
    line = total(parts)
    counted = like_terms(line)
    if len(counted) == len(terms(line)):
        return line
    return tidy(line, order=False).node if counted else ZERO
