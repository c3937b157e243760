"""Values known by heart, exponentials of logarithms, and whole squares under square roots."""

from __future__ import annotations

from fractions import Fraction as Rational
from math import gcd, lcm

from derive.engine.laws import Rewritten
from derive.engine.signs import Facts
from derive.engine.views import Monomial, key, like_terms, merged, monomial, terms, written
from derive.engine.writing import (
    ONE,
    ZERO,
    E,
    bare,
    is_one,
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
    Link,
    Node,
    Power,
    Relation,
    Root,
    Symbol,
    Word,
)

__all__ = ["SPECIAL_VALUES", "exponent_of_e", "exponential_of_logarithms", "owed_by_logarithms", "tidy_root"]

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


# --- exponentials and logarithms ---------------------------------------------------------------------------


def exponential_of_logarithms(exponent: Node) -> Node | None:
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


def owed_by_logarithms(exponent: Node) -> tuple[Node, ...]:
    """`a > 0` for each logarithm that goes away."""
    arguments = [
        bare(base.argument)
        for _, term in terms(exponent)
        for base, _ in monomial(term).powers
        if isinstance(base, Call) and base.head in (Word("\\log"), Word("\\ln"))
    ]
    return tuple(Relation(a, (Link(">", ZERO),)) for a in arguments if not Facts().is_positive(a))


def exponent_of_e(argument: Node) -> Node | None:
    body = bare(argument)
    return bare(body.exponent) if isinstance(body, Power) and body.base == E else None


# --- roots -------------------------------------------------------------------------------------------------


def tidy_root(radicand: Node, index: Node | None, node: Root) -> Rewritten:
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
