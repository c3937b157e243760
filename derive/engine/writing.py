"""Building notation the way a teacher writes it: brackets where needed, no `1 x`, no double signs, no stray dots."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction as Rational
from itertools import pairwise

from derive.notation.tree import (
    Accented,
    BigOperator,
    Call,
    Derivative,
    Differential,
    Evaluated,
    Factorial,
    Fraction,
    Group,
    Integral,
    Link,
    Matrix,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Root,
    Signed,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Word,
    walk,
)

__all__ = [
    "E", "ONE", "TWO", "ZERO", "Term", "apply", "bare", "bracketed", "derivative", "equation", "is_one",
    "is_zero", "juxtaposed", "negative", "number_of", "numeral", "over", "raised", "root",
    "runs_together", "times", "total", "value_of",
]  # fmt: skip

Term = tuple[int, Node]
"""One term of a sum: its sign, +1 or -1, and what follows the sign."""

ZERO, ONE, TWO, E = Number("0"), Number("1"), Number("2"), Symbol("e")
POWERED_HEADS = frozenset(
    {"\\sin", "\\cos", "\\tan", "\\cot", "\\sec", "\\csc", "\\sinh", "\\cosh", "\\tanh", "\\coth", "\\sech", "\\csch"}
)
USUALLY_APPLIED = frozenset({*"fghFGHPE", "\\Gamma", "\\zeta", "\\Phi", "\\psi", "\\Psi"})
"""Letters that with a bracket after them look like a function applied: a dot says that they are factors."""
_ROUND = {("(", ")"), ("[", "]")}
_TALL = (Fraction, BigOperator, Integral, Matrix, Derivative)


# --- numbers -----------------------------------------------------------------------------------------------


def value_of(text: str) -> Rational | None:
    """The exact value of a literal, None for one that is no plain decimal."""
    try:
        return Rational(text)
    except ValueError:
        return None


def number_of(node: Node) -> Rational | None:
    """The rational number a node writes out (`3`, `-2`, `\\frac{1}{2}`), None for anything else."""
    match node:
        case Number(text):
            return value_of(text)
        case Group(body) if is_round(node):
            return number_of(body)
        case Sum((Signed("-", term),)):
            inner = number_of(term)
            return None if inner is None else -inner
        case Fraction(upper, lower) | Product((upper, lower), ("/",)):
            top, bottom = number_of(upper), number_of(lower)
            return None if top is None or not bottom else top / bottom
    return None


def numeral(value: Rational | int) -> Node:
    """The number written out, a fraction where it is none of the integers."""
    value = Rational(value)
    size = abs(value)
    body: Node = Number(str(size.numerator))
    if size.denominator != 1:
        body = Fraction(body, Number(str(size.denominator)))
    return body if value >= 0 else Sum((Signed("-", body),))


def is_zero(node: Node) -> bool:
    return number_of(node) == 0


def is_one(node: Node) -> bool:
    return number_of(node) == 1


# --- brackets ----------------------------------------------------------------------------------------------


def is_round(node: Node) -> bool:
    """Whether a node is a plain pair of brackets that only holds its body together."""
    return isinstance(node, Group) and (node.left, node.right) in _ROUND


def bare(node: Node) -> Node:
    """The node without brackets around it."""
    while isinstance(node, Group) and is_round(node):
        node = node.body
    return node


def bracketed(node: Node) -> Group:
    """The node in round brackets that grow with it."""
    body = bare(node)
    tall = any(isinstance(part, _TALL) for part in walk(body))
    return Group(body, size="left" if tall else "")


def _as_factor(node: Node) -> Node:
    body = bare(node)
    if isinstance(body, Sum | Relation):
        return bracketed(body)
    return body if not isinstance(body, Product) else node


# --- sums --------------------------------------------------------------------------------------------------


def total(terms: Iterable[Term]) -> Node:
    """The sum of signed terms in order; zeros vanish, sums inside join in, double signs become one."""
    flat: list[Term] = []
    for sign, node in terms:
        body = bare(node)
        if isinstance(body, Sum) and _plain_signs(body):
            flat.extend((sign if part.sign != "-" else -sign, part.term) for part in body.terms)
        elif not is_zero(body):
            flat.append((sign, node if isinstance(body, Sum) else body))
    if not flat:
        return ZERO
    if len(flat) == 1 and flat[0][0] > 0:
        return bare(flat[0][1])
    first = flat[0][0]
    signed = [Signed("" if first > 0 else "-", flat[0][1])]
    signed += [Signed("+" if sign > 0 else "-", node) for sign, node in flat[1:]]
    return Sum(tuple(signed))


def _plain_signs(node: Sum) -> bool:
    return all(part.sign in ("", "+", "-") for part in node.terms)


def negative(node: Node) -> Node:
    """`-node`: the sign before a product, brackets around a sum of several terms."""
    body = bare(node)
    if isinstance(body, Sum) and _plain_signs(body):
        if len(body.terms) == 1:
            return body.terms[0].term if body.terms[0].sign == "-" else Sum((Signed("-", body.terms[0].term),))
        return Sum((Signed("-", bracketed(body)),))
    return ZERO if is_zero(body) else Sum((Signed("-", body),))


# --- products ----------------------------------------------------------------------------------------------


def times(*factors: Node, dots: bool = False) -> Node:
    """The product in order, ones dropped and the signs of its factors drawn to the front.

    With `dots` every two factors are joined by `\\cdot`, otherwise only where juxtaposing would misread.
    """
    sign = 1
    flat: list[Node] = []
    for factor in factors:
        body = bare(factor)
        if isinstance(body, Sum) and len(body.terms) == 1 and body.terms[0].sign in ("-", "", "+"):
            sign = -sign if body.terms[0].sign == "-" else sign
            body = bare(body.terms[0].term)
        if is_zero(body):
            return ZERO
        if isinstance(body, Product) and "/" not in body.operators:
            flat.extend(body.factors)
        elif not is_one(body):
            flat.append(body)
    result = juxtaposed([_as_factor(f) for f in flat], dots=dots)
    return result if sign > 0 else negative(result)


def juxtaposed(factors: list[Node], *, dots: bool = False) -> Node:
    """Factors side by side exactly as given, with a dot where two of them would run together."""
    if not factors:
        return ONE
    if len(factors) == 1:
        return bare(factors[0])
    operators = tuple("\\cdot" if dots or runs_together(a, b) else "" for a, b in pairwise(factors))
    return Product(tuple(factors), operators)


def runs_together(left: Node, right: Node) -> bool:
    """Whether `left right` needs a dot: digits after anything, an operator, a letter a bracket could belong to."""
    if _starts_with_digit(right) or isinstance(right, Derivative | Integral | BigOperator):
        return True
    if isinstance(left, Symbol) and left.name in USUALLY_APPLIED and _starts_with_bracket(right):
        return True
    if isinstance(left, Call) and not isinstance(left.argument, Group):
        return not isinstance(right, Call) or isinstance(right.head, Primed | Symbol)
    if isinstance(left, Fraction) and isinstance(right, Fraction | Group):
        return True
    return isinstance(left, Derivative | Integral | BigOperator | Evaluated | Differential)


def _starts_with_bracket(node: Node) -> bool:
    while isinstance(node, Power | Factorial):
        node = node.base if isinstance(node, Power) else node.body
    return isinstance(node, Group)


def _starts_with_digit(node: Node) -> bool:
    while True:
        match node:
            case Number():
                return True
            case Power(base, _) | Factorial(base):
                node = base
            case Product(factors):
                node = factors[0]
            case _:
                return False


def over(numerator: Node, denominator: Node) -> Node:
    """The fraction, its sign before it; `numerator` alone over one."""
    upper, lower = bare(numerator), bare(denominator)
    if is_one(lower):
        return upper
    sign = 1
    if isinstance(upper, Sum) and len(upper.terms) == 1 and upper.terms[0].sign == "-":
        sign, upper = -sign, bare(upper.terms[0].term)
    if isinstance(lower, Sum) and len(lower.terms) == 1 and lower.terms[0].sign == "-":
        sign, lower = -sign, bare(lower.terms[0].term)
    fraction = upper if is_one(lower) else Fraction(upper, lower)
    return fraction if sign > 0 else negative(fraction)


# --- powers, roots, functions ------------------------------------------------------------------------------


def raised(base: Node, exponent: Node) -> Node:
    """`base^exponent`, with brackets where the base needs them; `\\sin^2 x` for powers of the named functions."""
    body, power = bare(base), bare(exponent)
    if is_one(power):
        return body
    if is_zero(power):
        return ONE
    value = number_of(power)
    power = _inline(value) if value is not None and value.denominator != 1 else _on_one_line(power)
    if isinstance(body, Call) and isinstance(body.head, Word) and body.head.command in POWERED_HEADS:
        if value is not None and value.denominator == 1 and value > 1:
            return Call(Power(body.head, power), body.argument)
        return Power(bracketed(body), power)
    simple = isinstance(body, Number | Symbol | Subscript | Styled | Accented | Primed | Word)
    simple = simple or (isinstance(body, Call) and isinstance(body.argument, Group) and not isinstance(body.head, Word))
    simple = simple or (isinstance(body, Group))
    return Power(body if simple else bracketed(body), power)


def _inline(value: Rational) -> Node:
    """A fraction as it stands in an exponent: `1/2`."""
    size = Product((Number(str(abs(value.numerator))), Number(str(value.denominator))), ("/",))
    return size if value > 0 else Sum((Signed("-", size),))


def _on_one_line(exponent: Node) -> Node:
    """A simple fraction in an exponent as `x^2/2`."""
    if isinstance(exponent, Sum) and len(exponent.terms) == 1:
        return Sum((Signed(exponent.terms[0].sign, _on_one_line(exponent.terms[0].term)),))
    if not isinstance(exponent, Fraction) or not isinstance(exponent.denominator, Number | Symbol):
        return exponent
    upper = bare(exponent.numerator)
    if isinstance(upper, Sum | Fraction) or any(isinstance(part, Fraction) for part in walk(upper)):
        return exponent
    factors = upper.factors if isinstance(upper, Product) else (upper,)
    joins = upper.operators if isinstance(upper, Product) else ()
    return Product((*factors, exponent.denominator), (*joins, "/"))


def root(radicand: Node, index: int = 2) -> Node:
    """`\\sqrt{radicand}`, or with an index above two `\\sqrt[index]{radicand}`."""
    return Root(bare(radicand), None if index == 2 else Number(str(index)))


def apply(command: str, argument: Node) -> Node:
    """A named function applied: `\\sin x`, `\\sin(2x)`, `\\log\\left(\\frac{a}{b}\\right)`."""
    body = bare(argument)
    plain = isinstance(body, Symbol | Number | Subscript)
    return Call(Word(command), body if plain else bracketed(body))


# --- calculus and statements -------------------------------------------------------------------------------


def derivative(body: Node, variable: Node, sign: str = "d") -> Node:
    """`\\frac{d}{dx} body`, with brackets around a sum, a product or a fraction."""
    inner = bare(body)
    if isinstance(inner, Sum | Product | Fraction | Derivative):
        inner = bracketed(inner)
    return Derivative(inner, (Differential(variable, sign),), sign)


def equation(left: Node, right: Node) -> Relation:
    """`left = right`."""
    return Relation(bare(left), (Link("=", bare(right)),))
