"""Big operators: sums, products, limits, maxima, with their bounds and what they range over."""

from __future__ import annotations

from derive.notation.arithmetic import begins_factor
from derive.notation.calculus import bounds
from derive.notation.cursor import Power, Reader
from derive.notation.functions import apply, scripted
from derive.notation.symbols import BIG_SIGNS, EXTREMA
from derive.notation.tokens import Token
from derive.notation.tree import BigOperator, Node, Number, Word


def read_big_operator(reader: Reader, token: Token) -> Node:
    reader.next()
    return operator(reader, token.text, token.start)


def operator(reader: Reader, command: str, start: int) -> Node:
    """The bounds of the operator and the term it ranges over, up to the next sign of a sum."""
    lower, upper = bounds(reader)
    body: Node | None = None
    if (reader.token.text in ("-", "+", "\\pm", "\\mp") and reader.starts_operand(reader.ahead())) or begins_factor(
        reader, reader.token, Number("")
    ):
        body = reader.expression(Power.SUM)
    return BigOperator(command, lower, upper, body, span=reader.span(start))


def read_extremum(reader: Reader, token: Token) -> Node:
    """`\\max_x f(x)` is an operator over x, `\\max(a, b)` a function."""
    reader.next()
    if reader.token.text == "_":
        return operator(reader, token.text, token.start)
    head: Node = Word(token.text, span=reader.span(token.start))
    return apply(reader, scripted(reader, head))


OPERANDS = dict.fromkeys(BIG_SIGNS, read_big_operator) | dict.fromkeys(EXTREMA, read_extremum)
