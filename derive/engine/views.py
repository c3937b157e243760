"""Reading structure off notation: the terms of a sum, the powers in a product, and a key equal for equal structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction as Rational
from functools import lru_cache

from derive.engine.writing import (
    ONE,
    E,
    Term,
    bare,
    is_one,
    is_zero,
    negative,
    number_of,
    numeral,
    over,
    raised,
    times,
    total,
)
from derive.notation.tree import (
    Call,
    Fraction,
    Group,
    Node,
    Number,
    Power,
    Product,
    Root,
    Subscript,
    Sum,
    Symbol,
    Word,
    children,
)

__all__ = [
    "Monomial", "free_of", "key", "like_terms", "merged", "minus", "monomial", "pieces", "plus", "same", "terms",
    "written",
]  # fmt: skip

LARGEST_FOLDED_EXPONENT = 64
LARGEST_FOLDED_DIGITS = 40


def free_of(node: Node, part: Node) -> bool:
    """Whether `part` (a symbol, or any term) occurs nowhere in `node`."""
    return not any(piece == part for piece in pieces(node))


def pieces(node: Node) -> Iterator[Node]:
    """The node and every term in it; `R_1` is a name of its own and does not hold R, but `x_n` holds n."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend((top.index,) if isinstance(top, Subscript) else children(top))


def terms(node: Node) -> tuple[Term, ...]:
    """The signed terms of a sum, brackets inside it opened; any other node is one term."""
    body = bare(node)
    if not isinstance(body, Sum) or any(part.sign not in ("", "+", "-") for part in body.terms):
        return ((1, body),)
    found: list[Term] = []
    for part in body.terms:
        sign = -1 if part.sign == "-" else 1
        inner = bare(part.term)
        if isinstance(inner, Sum) and all(p.sign in ("", "+", "-") for p in inner.terms):
            found.extend((sign * s, t) for s, t in terms(inner))
        else:
            found.append((sign, part.term))
    return tuple(found)


# --- products as coefficients and powers -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Monomial:
    """A product as a rational coefficient and powers (base, exponent) in the order in which they are written."""

    coefficient: Rational
    powers: tuple[tuple[Node, Node], ...] = ()

    def __mul__(self, other: Monomial) -> Monomial:
        return Monomial(self.coefficient * other.coefficient, self.powers + other.powers)

    def to_the(self, n: int) -> Monomial:
        """The n-th power, factor by factor; the coefficient must not be zero when n is negative."""
        return Monomial(self.coefficient**n, tuple((base, _scaled(exponent, n)) for base, exponent in self.powers))


def _scaled(exponent: Node, n: int) -> Node:
    value = number_of(exponent)
    if value is not None:
        return numeral(value * n)
    return plus((n // abs(n), part) for part in [exponent] * abs(n)) if abs(n) < 8 else times(numeral(n), exponent)


def monomial(node: Node) -> Monomial:
    """What a node is as a product; a sum of several terms is one base."""
    body = bare(node)
    match body:
        case Number(text):
            value = number_of(body)
            return Monomial(Rational(1), ((body, ONE),)) if value is None or not text else Monomial(value)
        case Sum((part,)) if part.sign in ("", "+", "-"):
            return Monomial(Rational(-1 if part.sign == "-" else 1)) * monomial(part.term)
        case Product(factors, operators):
            result = monomial(factors[0])
            for operator, factor in zip(operators, factors[1:], strict=True):
                following = monomial(factor)
                if operator == "/" and following.coefficient:
                    following = following.to_the(-1)
                result = result * following
            return result
        case Fraction(upper, lower):
            below = monomial(lower)
            return monomial(upper) * below.to_the(-1) if below.coefficient else Monomial(Rational(1), ((body, ONE),))
        case Power(base, exponent):
            return _power(bare(base), bare(exponent))
        case Call(Power(Word() as head, exponent), argument):
            value = number_of(exponent)
            if value is not None and value > 0:
                return Monomial(Rational(1), ((Call(head, argument), bare(exponent)),))
    return Monomial(Rational(1), ((body, ONE),))


def _power(base: Node, exponent: Node) -> Monomial:
    value = number_of(exponent)
    if value is not None and value.denominator == 1 and abs(value) <= LARGEST_FOLDED_EXPONENT:
        n = int(value)
        inner = monomial(base)
        composite = inner.coefficient != 1 or len(inner.powers) != 1 or inner.powers[0] != (base, ONE)
        digits = len(str(inner.coefficient)) * abs(n)
        if n and composite and digits <= LARGEST_FOLDED_DIGITS and (inner.coefficient or n > 0):
            return inner.to_the(n)
        if isinstance(base, Root) and base.index is None and n % 2 == 0 and n:
            return monomial(base.radicand).to_the(n // 2)
    if isinstance(base, Number) and value is not None and abs(value) <= LARGEST_FOLDED_EXPONENT:
        exact = _exact_power(number_of(base), value)
        if exact is not None:
            return Monomial(exact)
    return Monomial(Rational(1), ((base, exponent),))


def _exact_power(base: Rational | None, exponent: Rational) -> Rational | None:
    """A whole number to a fractional power where that is rational: `4^{3/2} = 8`."""
    if base is None or base <= 0 or base.denominator != 1 or base > 10**9 or exponent.denominator > 12:
        return None
    guess = round(float(base) ** (1 / exponent.denominator))
    return Rational(guess) ** exponent.numerator if guess**exponent.denominator == base else None


def merged(product: Monomial) -> Monomial:
    """Powers of the same base made one; what cancels goes."""
    bases: dict[str, tuple[Node, Node]] = {}
    for base, exponent in product.powers:
        name = _base_key(base)
        if name in bases:
            exponent = plus([(1, bases[name][1]), (1, exponent)])
            base = bases[name][0]
        bases[name] = (base, exponent)
    result = Monomial(product.coefficient)
    for base, exponent in bases.values():
        if is_zero(exponent):
            continue
        value = number_of(exponent)
        folds = isinstance(base, Number) or (isinstance(base, Root) and value is not None and value != 1)
        result = result * (_power(base, exponent) if folds else Monomial(Rational(1), ((base, exponent),)))
    return result


def written(product: Monomial, *, sort: bool = True) -> Node:
    """The product as it is written: one fraction where something is below the line, numbers first."""
    above: list[Node] = []
    below: list[Node] = []
    for base, exponent in product.powers:
        value = number_of(exponent)
        if value is not None and value < 0:
            below.append(raised(base, numeral(-value)))
        else:
            above.append(raised(base, exponent))
    if sort:
        above.sort(key=_place_in_product)
        below.sort(key=_place_in_product)
    size = abs(product.coefficient)
    upper = times(numeral(size.numerator), *above)
    lower = times(numeral(size.denominator), *below)
    result = over(upper, lower)
    return result if product.coefficient >= 0 else negative(result)


def _place_in_product(factor: Node) -> int:
    """Letters first, then exponentials, brackets, roots and functions."""
    base = bare(factor.base) if isinstance(factor, Power) else bare(factor)
    if isinstance(base, Number):
        return 0
    if isinstance(factor, Power) and (base == E or not number_of(factor.exponent)):
        return 2 if not isinstance(base, Symbol) or base == E else 1
    order: tuple[tuple[type[Node] | tuple[type[Node], ...], int], ...] = ((Sum, 3), (Root, 4), (Call, 5))
    return next((place for kind, place in order if isinstance(base, kind)), 1)


# --- like terms --------------------------------------------------------------------------------------------


def like_terms(node: Node) -> list[tuple[Rational, Monomial]]:
    """The terms of a sum with equal ones counted together, in the order of their first occurrence."""
    found: dict[str, tuple[Rational, Monomial]] = {}
    for sign, term in terms(node):
        product = merged(monomial(term))
        name = _powers_key(product)
        count, shown = found.get(name, (Rational(0), Monomial(Rational(1), product.powers)))
        found[name] = (count + sign * product.coefficient, shown)
    return [(count, product) for count, product in found.values() if count]


def plus(parts: Iterable[Term]) -> Node:
    """The sum with its numbers added and its like terms counted; used inside exponents."""
    counted = like_terms(total(parts))
    return total((1, written(Monomial(count, product.powers), sort=False)) for count, product in counted)


def minus(left: Node, right: Node) -> Node:
    """`left - right` with like terms counted."""
    return plus([(1, left), (-1, right)])


# --- equality modulo order ---------------------------------------------------------------------------------


def same(left: Node, right: Node) -> bool:
    """Whether two nodes agree up to order, brackets, signs and like terms."""
    return left == right or key(left) == key(right)


@lru_cache(maxsize=20_000)
def key(node: Node) -> str:
    """A text equal for nodes that differ only by order, brackets, signs, numbers worked out and like terms."""
    body = bare(node)
    counted = like_terms(body)
    if len(counted) == 1 and counted[0][0] == 1:
        powers = counted[0][1].powers
        if len(powers) == 1 and is_one(powers[0][1]) and powers[0][0] == body:
            return _atom_key(body)
    return "+".join(sorted(f"{count}*{_powers_key(product)}" for count, product in counted)) or "0"


def _powers_key(product: Monomial) -> str:
    return "[" + ",".join(sorted(f"{_base_key(base)}^{{{_exponent_key(e)}}}" for base, e in product.powers)) + "]"


def _base_key(base: Node) -> str:
    body = bare(base)
    if isinstance(body, Sum) and len(terms(body)) > 1:
        return f"({key(body)})"
    return _atom_key(body)


def _exponent_key(exponent: Node) -> str:
    value = number_of(exponent)
    return key(exponent) if value is None else str(value)


def _atom_key(node: Node) -> str:
    if isinstance(node, Symbol):
        return node.name
    parts = [type(node).__name__]
    for field in fields(node):
        if field.name in ("span", "size"):
            continue
        parts.append(_field_key(getattr(node, field.name)))
    return f"<{' '.join(parts)}>"


def _field_key(value: object) -> str:
    if isinstance(value, Group) and bare(value) is not value:
        return key(value)
    if isinstance(value, Sum | Product | Fraction | Power | Call | Number):
        return key(value)
    if isinstance(value, Node):
        return _atom_key(value)
    if isinstance(value, tuple):
        return f"[{','.join(_field_key(item) for item in value)}]"
    return repr(value)
