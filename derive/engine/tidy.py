"""Named algebra steps that leave a line tidy: signs, numbers, like terms, powers of one base, fractions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction as Rational
from math import gcd, lcm, prod

from derive.engine.signs import Facts
from derive.engine.views import Monomial, free_of, key, like_terms, merged, monomial, terms, written
from derive.engine.writing import (
    ONE,
    ZERO,
    E,
    bare,
    is_one,
    is_zero,
    negative,
    number_of,
    numeral,
    raised,
    root,
    times,
    total,
)
from derive.notation.tree import (
    Call,
    Derivative,
    Fraction,
    Group,
    Link,
    Node,
    Number,
    Power,
    Product,
    Relation,
    Root,
    Signed,
    Sum,
    Symbol,
    Word,
    transform,
)

__all__ = ["Rewritten", "expand", "is_negative_sum", "tidy"]

SIGNIFICANCE = (
    "algebra.expand", "algebra.negative_power", "algebra.fraction_of_fractions", "algebra.cancel",
    "algebra.add_exponents", "algebra.power_of_power", "algebra.power_of_product", "algebra.root_squared",
    "algebra.exponential_of_logarithm", "algebra.logarithm_of_exponential", "algebra.multiply_fractions",
    "algebra.like_terms", "algebra.square_factor", "functions.special_value", "algebra.zero", "algebra.arithmetic",
    "algebra.signs_cancel", "algebra.sign_to_front", "algebra.one", "algebra.order",
)  # fmt: skip
MOST_TERMS = 40
SPECIAL_VALUES: dict[tuple[str, str], Node] = {
    (command, key(argument)): value
    for value, commands, argument in (
        (ZERO, ("\\log", "\\ln", "\\arccos"), ONE),
        (ONE, ("\\log", "\\ln"), E),
        (ONE, ("\\exp", "\\cos", "\\cosh", "\\sec"), ZERO),
        (ZERO, ("\\sin", "\\tan", "\\sinh", "\\tanh", "\\arcsin", "\\arctan"), ZERO),
        (ZERO, ("\\sin", "\\tan"), Symbol("\\pi")),
        (negative(ONE), ("\\cos",), Symbol("\\pi")),
    )
    for command in commands
}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A node after rewriting, the names of the laws that were used, the weightiest first, and what they owe."""

    node: Node
    laws: tuple[str, ...] = ()
    owes: tuple[Node, ...] = ()

    def then(self, node: Node, *laws: str) -> Rewritten:
        """This rewriting followed by another."""
        return Rewritten(node, ranked((*self.laws, *laws)), self.owes)


def ranked(laws: tuple[str, ...]) -> tuple[str, ...]:
    """Each law once, in the order of `SIGNIFICANCE`; laws not listed there come first."""
    order = {law: place for place, law in enumerate(SIGNIFICANCE)}
    return tuple(sorted(dict.fromkeys(laws), key=lambda law: order.get(law, -1)))


def tidy(node: Node, *, order: bool = True) -> Rewritten:
    """The node with its products multiplied out into one fraction each and its like terms counted.

    Brackets around sums stay: `2(x + 1)` is tidy.  With `order` false, factors keep their places.
    """
    return _tidy(node, order, as_factor=False)


def _tidy(node: Node, order: bool, as_factor: bool) -> Rewritten:
    """`tidy`; a factor of a larger product is only tidied inside, the product as a whole does the rest."""
    laws: list[str] = []
    owes: list[Node] = []
    in_product = isinstance(node, Product | Fraction) or (isinstance(node, Sum) and len(node.terms) == 1)

    def below(child: Node) -> Node:
        inner = _tidy(child, order, in_product or (as_factor and isinstance(node, Signed)))
        laws.extend(inner.laws)
        owes.extend(inner.owes)
        return inner.node

    if isinstance(node, Group) and bare(node) is not node:
        inner = _tidy(node.body, order, as_factor)
        group = Group(inner.node, node.left, node.right, node.size) if inner.laws else node
        return Rewritten(group, inner.laws, inner.owes)
    node = transform(node, below)
    match node:
        case Sum(parts) if len(parts) > 1 and all(p.sign in ("", "+", "-") for p in parts):
            result = _tidy_sum(node, order)
        case Power(base, exponent) if base == E and (opened := _exponential_of_logarithms(exponent)) is not None:
            result = Rewritten(opened, ("algebra.exponential_of_logarithm",), _owed_by_logarithms(exponent))
        case Product() | Fraction() | Power() | Sum() if not as_factor:
            result = _tidy_product(node, order)
        case Call(Word("\\log" | "\\ln"), argument) if (power := _exponent_of_e(argument)) is not None:
            result = Rewritten(power, ("algebra.logarithm_of_exponential",))
        case Call(Word(command), argument) if (command, key(argument)) in SPECIAL_VALUES:
            result = Rewritten(SPECIAL_VALUES[command, key(argument)], ("functions.special_value",))
        case Root(radicand, index):
            result = _tidy_root(radicand, index, node)
        case _:
            result = Rewritten(node)
    return Rewritten(result.node, ranked((*laws, *result.laws)), tuple(dict.fromkeys((*owes, *result.owes))))


# --- sums --------------------------------------------------------------------------------------------------


def _tidy_sum(node: Sum, order: bool) -> Rewritten:
    parts = terms(node)
    counted = like_terms(node)
    if len(counted) < len([term for _, term in parts if not is_zero(term)]):
        numbers = sum(number_of(term) is not None for _, term in parts)
        law = "algebra.arithmetic" if len(parts) - len(counted) == numbers - 1 > 0 else "algebra.like_terms"
        after = total((1, written(Monomial(count, m.powers), sort=order)) for count, m in counted)
        return Rewritten(after, (law,), _owed_by_terms(term for _, term in parts))
    laws: list[str] = []
    owes: list[Node] = []
    tidied = []
    for sign, term in parts:
        if is_zero(term):
            laws.append("algebra.zero")
            continue
        inner = _tidy_product(term, order)
        laws.extend(inner.laws)
        owes.extend(inner.owes)
        tidied.append((sign, inner.node))
    after = total(tidied)
    if after == node:
        return Rewritten(node)
    return Rewritten(after, tuple(laws) or ("algebra.sign_to_front",), tuple(owes))


def _owed_by_terms(parts: Iterable[Node]) -> tuple[Node, ...]:
    """What the products among the terms owe for the factors that cancel in them."""
    owed = [c for part in parts for c in _owed_by_product(monomial(part), merged(monomial(part)))]
    return tuple(dict.fromkeys(owed))


# --- products ----------------------------------------------------------------------------------------------


def _tidy_product(node: Node, order: bool) -> Rewritten:
    if any(isinstance(factor, Derivative) for factor in _factors(node)):
        return Rewritten(node)
    raw = monomial(node)
    product = merged(raw)
    if not product.coefficient:
        return Rewritten(Number("0"), () if is_zero(node) else ("algebra.zero",))
    after = written(product, sort=order)
    if after == bare(node) or (not order and same_shape(after, node)):
        return Rewritten(node)
    laws = tuple(_laws_of_product(node, raw, product)) or ("algebra.order",)
    return Rewritten(after, laws, _owed_by_product(raw, product))


def _owed_by_product(raw: Monomial, product: Monomial) -> tuple[Node, ...]:
    """`u \\ne 0` for what is cancelled from below the line, `u \\ge 0` for a square root that is squared."""
    structure = Facts()
    left = {key(base) for base, exponent in product.powers if _below_zero(exponent)}
    owed: list[Node] = []
    for base, exponent in raw.powers:
        if _below_zero(exponent) and key(base) not in left and not structure.is_nonzero(base):
            owed.append(Relation(base, (Link("\\ne", ZERO),)))
    roots = [base for base, _ in raw.powers if isinstance(base, Root) and base.index is None]
    kept = {key(base) for base, _ in product.powers}
    for base in roots:
        if key(base) not in kept and not structure.is_nonnegative(base.radicand):
            owed.append(Relation(base.radicand, (Link("\\ge", ZERO),)))
    return tuple(dict.fromkeys(owed))


def same_shape(left: Node, right: Node) -> bool:
    """Whether two products have the same factors in the same order, however they are joined."""
    return [bare(f) for f in _factors(left)] == [bare(f) for f in _factors(right)]


def _factors(node: Node) -> Iterator[Node]:
    """The factors as written, with the minus signs and fractions between them opened."""
    body = bare(node)
    match body:
        case Product(factors):
            for factor in factors:
                yield from _factors(factor)
        case Sum((part,)):
            yield from _factors(part.term)
        case _:
            yield body


def _laws_of_product(node: Node, raw: Monomial, product: Monomial) -> Iterator[str]:
    """Which laws lead from a product as written to its tidy form."""
    factors = list(_factors(node))
    fractions = [f for f in factors if isinstance(f, Fraction)]
    negative_powers = [f for f in _deep_factors(node) if isinstance(f, Power) and _below_zero(f.exponent)]
    if negative_powers:
        yield "algebra.negative_power"
    if any(isinstance(bare(part), Fraction) for f in fractions for part in (f.numerator, f.denominator)):
        yield "algebra.fraction_of_fractions"
    if len(product.powers) < len(raw.powers):
        yield from _laws_of_merging(raw)
    composite = [f for f in _deep_factors(node) if isinstance(f, Power) and number_of(f.exponent) is not None]
    for power in composite:
        base = bare(power.base)
        if isinstance(base, Power):
            yield "algebra.power_of_power"
        elif isinstance(base, Root):
            yield "algebra.root_squared"
        elif isinstance(base, Product | Fraction | Sum) and len(terms(base)) == 1:
            yield "algebra.power_of_product"
    if len(factors) > 1 and fractions:
        yield "algebra.multiply_fractions"
    if len([f for f in _deep_factors(node) if number_of(f) is not None and not is_one(f)]) > 1:
        yield "algebra.arithmetic"
    signs = _minus_signs(node)
    if signs > 1:
        yield "algebra.signs_cancel"
    elif signs == 1 and not is_negative_sum(node):
        yield "algebra.sign_to_front"
    if len(factors) > 1 and any(is_one(f) for f in factors):
        yield "algebra.one"


def _laws_of_merging(raw: Monomial) -> Iterator[str]:
    seen: dict[str, Node] = {}
    for base, exponent in raw.powers:
        name = key(base)
        if name in seen:
            yield "algebra.cancel" if _below_zero(exponent) != _below_zero(seen[name]) else "algebra.add_exponents"
        seen[name] = exponent


def _below_zero(exponent: Node) -> bool:
    value = number_of(exponent)
    return value is not None and value < 0


def _deep_factors(node: Node) -> Iterator[Node]:
    for factor in _factors(node):
        if isinstance(factor, Fraction):
            yield from _deep_factors(factor.numerator)
            yield from _deep_factors(factor.denominator)
        else:
            yield factor


def _minus_signs(node: Node) -> int:
    body = bare(node)
    match body:
        case Sum((part,)):
            return (part.sign == "-") + _minus_signs(part.term)
        case Product(factors):
            return sum(_minus_signs(f) for f in factors)
        case Fraction(upper, lower):
            return _minus_signs(upper) + _minus_signs(lower)
    return 0


def is_negative_sum(node: Node) -> bool:
    """Whether a node is written with one minus sign in front of all of it."""
    body = bare(node)
    return isinstance(body, Sum) and len(body.terms) == 1 and body.terms[0].sign == "-"


# --- exponentials and logarithms ---------------------------------------------------------------------------


def _exponential_of_logarithms(exponent: Node) -> Node | None:
    """`e^{n \\log a + b}` as `a^n e^b`, None where no whole multiple of a logarithm is in the exponent."""
    found: list[Node] = []
    rest: list[tuple[int, Node]] = []
    for sign, term in terms(exponent):
        product = monomial(term)
        logs = [b for b, e in product.powers if isinstance(b, Call) and b.head in (Word("\\log"), Word("\\ln"))]
        if len(product.powers) == 1 and logs and is_one(product.powers[0][1]) and product.coefficient.denominator == 1:
            found.append(raised(bare(logs[0].argument), numeral(sign * product.coefficient)))
        else:
            rest.append((sign, term))
    if not found:
        return None
    return written(merged(monomial(times(*found, raised(E, total(rest))))), sort=False)


def _owed_by_logarithms(exponent: Node) -> tuple[Node, ...]:
    """`a > 0` for each logarithm that goes away."""
    arguments = [
        bare(base.argument)
        for _, term in terms(exponent)
        for base, _ in monomial(term).powers
        if isinstance(base, Call) and base.head in (Word("\\log"), Word("\\ln"))
    ]
    return tuple(Relation(a, (Link(">", ZERO),)) for a in arguments if not Facts().is_positive(a))


def _exponent_of_e(argument: Node) -> Node | None:
    body = bare(argument)
    return bare(body.exponent) if isinstance(body, Power) and body.base == E else None


# --- roots -------------------------------------------------------------------------------------------------


def _tidy_root(radicand: Node, index: Node | None, node: Root) -> Rewritten:
    """Whole squares out of a square root: `\\sqrt{12} = 2\\sqrt{3}`, `\\sqrt{4y^2 + 4} = 2\\sqrt{y^2 + 1}`."""
    counted = like_terms(radicand)
    if index is not None or not counted or len(counted) != len(terms(radicand)):
        return Rewritten(node)
    if any(count.numerator > 10**8 or count.denominator > 10**4 for count, _ in counted):
        return Rewritten(node)
    below = lcm(*(count.denominator for count, _ in counted))
    if below > 1 and len(counted[0][1].powers) + len(counted) > 1:
        return Rewritten(node)
    outer, _ = _largest_square(gcd(*(int(count * below * below) for count, _ in counted)))
    if outer == 1 and below == 1:
        return _root_of_exponential(counted, node) or Rewritten(node)
    scale = Rational(below * below, outer * outer)
    inside = total((1, written(Monomial(count * scale, m.powers), sort=False)) for count, m in counted)
    if len(counted) == 1 and counted[0][0] < 0:
        return Rewritten(node)
    front = Monomial(Rational(outer, below), () if is_one(inside) else ((root(inside), ONE),))
    return Rewritten(written(front), ("algebra.square_factor",))


def _root_of_exponential(counted: list[tuple[Rational, Monomial]], node: Root) -> Rewritten | None:
    """`\\sqrt{e^4} = e^2`."""
    if len(counted) != 1 or counted[0][0] != 1 or len(counted[0][1].powers) != 1:
        return None
    base, exponent = counted[0][1].powers[0]
    value = number_of(exponent)
    if base != E or value is None or value % 2:
        return None
    return Rewritten(raised(E, numeral(value / 2)), ("algebra.square_factor",))


def _largest_square(n: int) -> tuple[int, int]:
    """(a, b) with n = a^2 b and b free of squares of small numbers."""
    outer, inner, divisor = 1, n, 2
    while divisor * divisor <= inner and divisor < 2000:
        while inner and inner % (divisor * divisor) == 0:
            inner //= divisor * divisor
            outer *= divisor
        divisor += 1
    exact = round(inner**0.5)
    return (outer * exact, 1) if inner and exact * exact == inner else (outer, inner)


# --- multiplying out ---------------------------------------------------------------------------------------


def expand(node: Node, about: Node | None = None) -> Rewritten:
    """Products of sums multiplied out term by term, only those in which `about` occurs where it is given.

    Small whole powers of sums are multiplied out too.  Terms keep the order in which they arise.
    """
    result: list[tuple[int, Node]] = []
    changed = False
    for sign, term in terms(node):
        products = _expanded_term(term, about)
        changed = changed or len(products) > 1
        result.extend((sign * s, t) for s, t in products)
        if len(result) > MOST_TERMS:
            return Rewritten(node)
    if not changed:
        return Rewritten(node)
    return Rewritten(total(result), ("algebra.expand",))


def _expanded_term(term: Node, about: Node | None) -> list[tuple[int, Node]]:
    products: list[tuple[int, tuple[Node, ...]]] = [(1, ())]
    for factor in _factors(term):
        alternatives = _alternatives(factor, about)
        products = [(s * t, (*done, new)) for s, done in products for t, new in alternatives]
        if len(products) > MOST_TERMS:
            return [(1, term)]
    if len(products) == 1:
        return [(1, term)]
    sign = _sign_in_front(term)
    expanded = []
    for s, factors in products:
        product = merged(monomial(times(*factors)))
        size = Monomial(abs(product.coefficient), product.powers)
        expanded.append((sign * s * (-1 if product.coefficient < 0 else 1), written(size, sort=False)))
    return expanded


def _sign_in_front(term: Node) -> int:
    """The sign that `_factors` leaves out: those before and between the factors."""
    body = bare(term)
    if isinstance(body, Product):
        return prod(_sign_in_front(factor) for factor in body.factors)
    if isinstance(body, Sum) and len(body.terms) == 1:
        return (-1 if body.terms[0].sign == "-" else 1) * _sign_in_front(body.terms[0].term)
    return 1


def _alternatives(factor: Node, about: Node | None) -> list[tuple[int, Node]]:
    if about is not None and free_of(factor, about):
        return [(1, factor)]
    if isinstance(factor, Power):
        value = number_of(factor.exponent)
        base = terms(factor.base)
        if value is not None and value.denominator == 1 and 2 <= value <= 4 and len(base) > 1:
            powered = total(_expanded_term(times(*([factor.base] * int(value))), None))
            return list(terms(powered))
        return [(1, factor)]
    if isinstance(factor, Sum):
        return list(terms(factor))
    return [(1, factor)]
