"""Arithmetic: sums with their signs, products with theirs, fractions, powers, roots, factorials."""

from __future__ import annotations

from derive.notation.cursor import Infix, Power, Reader
from derive.notation.errors import ReadError
from derive.notation.printing import Level, Print, Printer, bracketed, level, spaced
from derive.notation.symbols import PRODUCT_SIGNS, SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import (
    Binomial,
    Factorial,
    Fraction,
    Group,
    Node,
    Number,
    Primed,
    Product,
    Root,
    Signed,
    Subscript,
    Sum,
    Symbol,
)

FRACTIONS = ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac")
BINOMIALS = ("\\binom", "\\dbinom", "\\tbinom")


def read_number(reader: Reader, token: Token) -> Node:
    reader.next()
    return Number(token.text, span=reader.span(token.start))


# --- sums --------------------------------------------------------------------------------------------------


def read_leading_sign(reader: Reader, token: Token) -> Node:
    return _terms(reader, [], token.start)


def read_sum(reader: Reader, left: Node) -> Node:
    start = left.span.start if left.span else 0
    return _terms(reader, [Signed("", left, span=left.span)], start)


def _terms(reader: Reader, terms: list[Signed], start: int) -> Node:
    while reader.token.text in SIGNS:
        sign = reader.next()
        term = reader.expression(Power.SUM)
        terms.append(Signed(sign.text, term, span=reader.span(sign.start)))
    return Sum(tuple(terms), span=reader.span(start))


# --- products ----------------------------------------------------------------------------------------------


def read_product(reader: Reader, left: Node) -> Node:
    factors, operators = [left], []
    while True:
        token = reader.token
        if token.text in PRODUCT_SIGNS:
            reader.next()
            operators.append(token.text)
        elif begins_factor(reader, token, factors[-1]):
            operators.append("")
        else:
            break
        factor = reader.expression(Power.PRODUCT)
        if operators[-1] == "":
            _refuse_mixed_number(factors[-1], factor, token)
        factors.append(factor)
    return Product(tuple(factors), tuple(operators), span=reader.since(left))


def begins_factor(reader: Reader, token: Token, left: Node) -> bool:
    """Whether a factor that is not joined by a sign begins here."""
    follower = reader.grammar.contextual.get(token.text)
    found = follower(reader, token, left) if follower else reader.grammar.adjacent(reader, token, left)
    return found is JUXTAPOSED


def _refuse_mixed_number(left: Node, right: Node, token: Token) -> None:
    if not isinstance(left, Number):
        return
    if isinstance(right, Number):
        raise ReadError("two numbers stand side by side", token.start, token.end, "an operator")
    if isinstance(right, Fraction) and isinstance(right.numerator, Number) and isinstance(right.denominator, Number):
        message = "a number before a fraction of numbers may be a mixed number or a product"
        raise ReadError(message, token.start, token.end, "\\cdot or +")


JUXTAPOSED = Infix(Power.PRODUCT, read_product)
TIMES = Infix(Power.PRODUCT, read_product)

# --- fractions, roots, factorials --------------------------------------------------------------------------


def read_fraction(reader: Reader, token: Token) -> Node:
    reader.next()
    numerator = reader.argument()
    denominator = reader.argument()
    return Fraction(numerator, denominator, token.text, span=reader.span(token.start))


def read_binomial(reader: Reader, token: Token) -> Node:
    reader.next()
    upper = reader.argument()
    return Binomial(upper, reader.argument(), token.text, span=reader.span(token.start))


def read_choose(reader: Reader, left: Node) -> Node:
    """`{n \\choose k}`: all before the command over all after it."""
    reader.next()
    return Binomial(left, reader.expression(Power.OVER), span=reader.since(left))


def read_root(reader: Reader, token: Token) -> Node:
    reader.next()
    index = None
    if reader.token.text == "[":
        opened = reader.next()
        index = reader.enclosed("[")
        reader.expect("]", opened)
    return Root(reader.argument(), index, span=reader.span(token.start))


def read_factorial(reader: Reader, left: Node) -> Node:
    count = 0
    while reader.token.text == "!":
        reader.next()
        count += 1
    return Factorial(left, count, span=reader.since(left))


def read_braces(reader: Reader, token: Token) -> Node:
    """Braces group without showing: dropped around what holds together anyway, kept as an invisible group else."""
    if reader.ahead().text == "}":
        reader.index += 2
        return Symbol("", span=reader.span(token.start))
    body = reader.braced()
    scripted = reader.token.text in ("^", "_", "'")
    holds = level(body) == Level.SOLID or (isinstance(body, Subscript | Primed) and reader.token.text != "_")
    if isinstance(body, Fraction) or (holds if scripted else level(body) >= Level.FACTOR):
        return body
    return Group(body, "", "", span=reader.span(token.start))


OPERANDS = (
    dict.fromkeys(FRACTIONS, read_fraction)
    | dict.fromkeys(BINOMIALS, read_binomial)
    | {"\\sqrt": read_root, "{": read_braces}
)
KINDS = {"number": read_number}
LEADING = dict.fromkeys(SIGNS, read_leading_sign)
INFIX = (
    dict.fromkeys(SIGNS, Infix(Power.SUM, read_sum))
    | dict.fromkeys(PRODUCT_SIGNS, TIMES)
    | {"\\choose": Infix(Power.OVER, read_choose)}
    | {"!": Infix(Power.POSTFIX, read_factorial)}
)


# --- printing ----------------------------------------------------------------------------------------------


def print_sum(node: Sum, printer: Printer) -> str:
    text = ""
    for place, term in enumerate(node.terms):
        piece = printer.at(term.term, Level.PRODUCT)
        if place:
            text += f" {term.sign or '+'} {piece}"
        else:
            text = spaced(term.sign, piece)
    return text


def print_fraction(node: Fraction, printer: Printer) -> str:
    return f"{node.command}{{{printer.text(node.numerator)}}}{{{printer.text(node.denominator)}}}"


def print_binomial(node: Binomial, printer: Printer) -> str:
    return f"{node.command}{{{printer.text(node.upper)}}}{{{printer.text(node.lower)}}}"


def print_root(node: Root, printer: Printer) -> str:
    index = f"[{printer.text(node.index)}]" if node.index is not None else ""
    return f"\\sqrt{index}{{{printer.text(node.radicand)}}}"


def print_factorial(node: Factorial, printer: Printer) -> str:
    body = printer.base(node.body)
    return (bracketed(body) if isinstance(node.body, Factorial) else body) + "!" * node.count


PRINTERS: dict[type[Node], Print] = {
    Number: lambda node, printer: node.text,
    Sum: print_sum,
    Signed: lambda node, printer: print_sum(Sum((node,)), printer),
    Fraction: print_fraction,
    Binomial: print_binomial,
    Root: print_root,
    Factorial: print_factorial,
}
