"""What structure and the given bounds tell of a term's sign: `1 + e^x` is positive, `1 - p` is where p < 1.

Each answer is a safe one: True means always (on the domain of the term), False means not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction as Rational

from derive.engine.numeric import value_at
from derive.engine.views import Monomial, like_terms, monomial, same
from derive.engine.writing import E, is_zero, number_of, total
from derive.notation.tree import Call, Group, Node, Number, Relation, Root, Sum, Symbol, Word, walk

__all__ = ["Facts", "granted"]

LESS = {"<": True, "\\lt": True, "\\le": False, "\\leq": False, "\\leqslant": False}
GREATER = {">": True, "\\gt": True, "\\ge": False, "\\geq": False, "\\geqslant": False}
UNEQUAL = frozenset({"\\ne", "\\neq"})


CONSTANTS = (E, Symbol("\\pi"))
CLEAR = 1e-9
"""A constant counts as positive only where floating point leaves no doubt of it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms known to be positive (`strict`) or not negative, and terms known not to be zero."""

    positive: tuple[Node, ...] = ()
    nonnegative: tuple[Node, ...] = ()
    nonzero: tuple[Node, ...] = ()

    @classmethod
    def given(cls, statements: Iterable[Node]) -> Facts:
        """The facts that inequalities state; other statements are passed over."""
        strict: list[Node] = []
        weak: list[Node] = []
        unequal: list[Node] = []
        for left, sign, right in _links(statements):
            if sign in LESS or sign in GREATER:
                term = total([(1, right), (-1, left)]) if sign in LESS else total([(1, left), (-1, right)])
                (strict if LESS.get(sign, GREATER.get(sign)) else weak).append(term)
            elif sign in UNEQUAL:
                unequal.append(total([(1, left), (-1, right)]))
        return cls(tuple(strict), tuple(weak), tuple(unequal))

    def is_positive(self, node: Node) -> bool:
        """Whether the term is above zero wherever it is defined."""
        if self._listed(node, self.positive):
            return True
        if not any(isinstance(part, Symbol) and part not in CONSTANTS for part in walk(node)):
            value = value_at(node)
            return value is not None and value > CLEAR
        parts = like_terms(node)
        if len(parts) > 1:
            signed = [self._sign(Monomial(count, m.powers)) for count, m in parts]
            if all(s >= 1 for s in signed) and any(s == 2 for s in signed):
                return True
            return self._between_bounds(node)
        if not parts:
            return False
        return self._sign(Monomial(parts[0][0], parts[0][1].powers)) == 2

    def is_nonnegative(self, node: Node) -> bool:
        if self.is_positive(node) or self._listed(node, self.nonnegative):
            return True
        return all(self._sign(Monomial(count, m.powers)) >= 1 for count, m in like_terms(node))

    def is_nonzero(self, node: Node) -> bool:
        """Whether the term is nowhere zero."""
        value = number_of(node)
        if value is not None:
            return value != 0
        opposite = total([(-1, node)])
        if self._listed(node, self.nonzero) or self._listed(opposite, self.nonzero):
            return True
        if self.is_positive(node) or self.is_positive(opposite):
            return True
        product = monomial(node)
        factors = [base for base, _ in product.powers]
        return (
            bool(product.coefficient)
            and (len(factors) > 1 or not same(factors[0], node) if factors else True)
            and all(self.is_nonzero(factor) for factor in factors)
        )

    def _listed(self, node: Node, known: tuple[Node, ...]) -> bool:
        return any(same(node, fact) for fact in known)

    def _between_bounds(self, node: Node) -> bool:
        """`q + 3 > 0` from `q - 1 > 0`: a known positive term and a number not below zero."""
        for facts, strict in ((self.positive, True), (self.nonnegative, False)):
            for fact in facts:
                rest = number_of(_difference(node, fact))
                if rest is not None and (rest > 0 or (rest == 0 and strict)):
                    return True
        return False

    def _sign(self, product: Monomial) -> int:
        """2 for a positive product, 1 for one that is not negative, 0 where nothing is known."""
        weakest = 2 if product.coefficient > 0 else 0
        for base, exponent in product.powers:
            weakest = min(weakest, self._sign_of_power(base, exponent))
        return weakest

    def _sign_of_power(self, base: Node, exponent: Node) -> int:
        value = number_of(exponent)
        if self._positive_base(base):
            return 2
        if value is not None and value.denominator == 1 and value % 2 == 0:
            return 2 if self._listed(base, self.nonzero) or value < 0 else 1
        if isinstance(base, Root) and base.index is None:
            return 1
        if isinstance(base, Group) and base.left == "|":
            return 1
        return 1 if self._listed(base, self.nonnegative) else 0

    def _positive_base(self, base: Node) -> bool:
        if base == E or base == Symbol("\\pi") or self._listed(base, self.positive):
            return True
        if isinstance(base, Number):
            return not is_zero(base)
        if isinstance(base, Call) and isinstance(base.head, Word):
            return base.head.command in ("\\exp", "\\cosh")
        if isinstance(base, Root) and base.index is None:
            return self.is_positive(base.radicand)
        return isinstance(base, Sum) and len(base.terms) > 1 and self.is_positive(base)


def _difference(left: Node, right: Node) -> Node:
    counted = like_terms(total([(1, left), (-1, right)]))
    if not counted:
        return Number("0")
    numbers = [count for count, m in counted if not m.powers]
    if len(counted) == 1 and numbers:
        value: Rational = numbers[0]
        return total([(1 if value > 0 else -1, Number(str(abs(value))))]) if value.denominator == 1 else left
    return left


def _links(statements: Iterable[Node]) -> Iterable[tuple[Node, str, Node]]:
    for statement in statements:
        if isinstance(statement, Relation) and statement.first is not None:
            left = statement.first
            for link in statement.links:
                yield left, link.sign, link.term
                left = link.term


def granted(condition: Node, facts: Facts) -> bool:
    """Whether a condition (`u \\ne 0`, `u > 0`, `u^2 < 1`) follows from structure and facts alone."""
    pairs = list(_links([condition]))
    return bool(pairs) and all(_link_granted(left, sign, right, facts) for left, sign, right in pairs)


def _link_granted(left: Node, sign: str, right: Node, facts: Facts) -> bool:
    if sign in UNEQUAL:
        return facts.is_nonzero(total([(1, left), (-1, right)]))
    if sign in LESS:
        left, right = right, left
    elif sign not in GREATER:
        return False
    term = total([(1, left), (-1, right)])
    strict = LESS.get(sign, GREATER.get(sign, True))
    return facts.is_positive(term) if strict else facts.is_nonnegative(term)
