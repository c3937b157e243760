"""Big operators: sums, products, limits, maxima, with their bounds and what they range over."""

from __future__ import annotations

from derive.notation.arithmetic import begins_factor
from derive.notation.cursor import Power, Reader
from derive.notation.differentials import read_differential, starts_differential
from derive.notation.functions import applied, scripted
from derive.notation.integrals import bounds
from derive.notation.juxtaposition import is_named_function
from derive.notation.letters import read_font, read_stacked
from derive.notation.printing import Level, Print, Printer
from derive.notation.symbols import BIG_SIGNS, EXTREMA, SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import BigOperator, Node, Number, Underbrace, Word
from derive.notation.words import OPERATOR_NAMES


def read_big_operator(reader: Reader, token: Token) -> Node:
    reader.next()
    return operator(reader, token.written, token.start)


def operator(reader: Reader, command: str, start: int) -> Node:
    """The bounds of the operator and the term it ranges over, up to the next sign of a sum."""
    lower, upper = bounds(reader)
    body: Node | None = None
    signed = reader.token.text in SIGNS and reader.starts_operand(reader.ahead()) and not reader.token.spaced
    if signed or begins_factor(reader, reader.token, Number("")):
        body = reader.expression(Power.SUM)
    return BigOperator(command, lower, upper, body, span=reader.span(start))


def read_extremum(reader: Reader, token: Token) -> Node:
    """`\\max_x f(x)` and `\\arg\\max f` are operators, `\\max(a, b)` is a function."""
    reader.next()
    if reader.token.text == "_" or token.value:
        return operator(reader, token.written, token.start)
    head: Node = Word(token.text, span=reader.span(token.start))
    return applied(reader, scripted(reader, head))


def read_underset(reader: Reader, token: Token) -> Node:
    """`\\underset{x}{\\operatorname{argmax}} f(x)` is an operator over x."""
    node = read_stacked(reader, token)
    assert isinstance(node, Underbrace)
    command = _operator_command(node.body)
    if command is None:
        return node
    body = reader.expression(Power.SUM) if begins_factor(reader, reader.token, Number("")) else None
    return BigOperator(command, node.label, None, body, span=reader.span(token.start))


def _operator_command(node: Node) -> str | None:
    """The command of an operator that stands alone, None where the node is none."""
    if isinstance(node, BigOperator) and (node.lower, node.upper, node.body) == (None, None, None):
        return node.command
    if isinstance(node, Word) and (node.command in EXTREMA or node.text in OPERATOR_NAMES):
        return f"{node.command}{{{node.text}}}" if node.text else node.command
    return None


def read_word(reader: Reader, token: Token) -> Node:
    """`\\operatorname*{argmax}_x`, `\\operatorname{tr} A`, `\\text{softmax}(z)`."""
    reader.next()
    return _used(reader, Word(token.text, token.value, span=reader.span(token.start)), token.start)


def read_upright(reader: Reader, token: Token) -> Node:
    """`\\mathrm{d}x`, `\\mathrm{argmax}_x`, `\\mathrm{KL}`."""
    if starts_differential(reader, reader.index):
        return read_differential(reader)
    node = read_font(reader, token)
    return _used(reader, node, token.start) if isinstance(node, Word) else node


def _used(reader: Reader, word: Word, start: int) -> Node:
    """The word as an operator over its subscript, a function applied to what follows, or a name."""
    if word.text in OPERATOR_NAMES and reader.token.text == "_":
        return operator(reader, f"{word.command}{{{word.text}}}" if word.command else word.text, start)
    return applied(reader, scripted(reader, word)) if is_named_function(word) else word


OPERANDS = (
    dict.fromkeys(BIG_SIGNS, read_big_operator)
    | dict.fromkeys(EXTREMA, read_extremum)
    | dict.fromkeys(("\\mathrm", "\\mathsf", "\\mathbf", "\\mathit"), read_upright)
    | {"\\underset": read_underset}
)


def print_big_operator(node: BigOperator, printer: Printer) -> str:
    head = node.command + printer.bounds(node.lower, node.upper)
    return head if node.body is None else f"{head} {printer.at(node.body, Level.PRODUCT)}"


PRINTERS: dict[type[Node], Print] = {BigOperator: print_big_operator}
