"""Differentials: `dx`, `\\partial x`, `\\mathrm{d}x`, differences `\\Delta x`, and when a d is one."""

from __future__ import annotations

from derive.notation.cursor import Reader
from derive.notation.letters import read_primes, read_subscript, read_symbol, script
from derive.notation.printing import Print, Printer, spaced
from derive.notation.symbols import ACCENTS, FONTS, GREEK, INTEGRALS
from derive.notation.tokens import Token
from derive.notation.tree import Derivative, Differential, Node
from derive.notation.tree import Power as Raised

PLAIN_SIGNS = frozenset({"d", "\\partial", "\\dd"})
_DIFFERENCES = ("\\Delta", "\\delta")
_UPRIGHT = ("\\mathrm", "\\mathsf", "\\mathbf", "\\mathit")
VARIABLE_COMMANDS = frozenset({*GREEK, *FONTS, *ACCENTS, "\\ell"})


def sign_length(reader: Reader, place: int) -> int:
    """How many tokens at `place` are a d of a differential: `d`, `\\partial`, `\\mathrm{d}`; 0 where none is."""
    tokens = reader.tokens
    token = tokens[place]
    if token.text in PLAIN_SIGNS or (token.kind == "text" and token.value == "d" and token.text):
        return 1
    if token.text in _UPRIGHT and place + 1 < len(tokens):
        if tokens[place + 1].text == "d":
            return 2
        spelled = "".join(t.text for t in tokens[place + 1 : place + 4])
        return 4 if spelled == "{d}" else 0
    return 0


def starts_differential(reader: Reader, place: int) -> bool:
    """Whether `dx` (or `d^2 x`, `\\mathrm{d}x`) stands at `place`, in a formula in which d can be a differential's."""
    length = sign_length(reader, place)
    if not length:
        return False
    tokens = reader.tokens
    variable = place + length
    if tokens[variable].text == "^" and tokens[variable + 1].kind == "number":
        variable += 2
    following = tokens[variable]
    if tokens[place].text not in ("d", "\\partial") and following.text in ("(", "\\left"):
        return True
    if following.text == "{" and tokens[place].text != "d":
        following = tokens[variable + 1]
    if not (following.kind == "letter" or following.text in VARIABLE_COMMANDS):
        return False
    return tokens[place].text != "d" or has_differentials(reader)


def has_differentials(reader: Reader) -> bool:
    """Whether a `d` before a letter is a differential here: there is an integral, or no d is written otherwise."""
    if reader.differentials is None:
        tokens = reader.tokens
        reader.differentials = any(t.text in INTEGRALS for t in tokens) or _every_d_leads(tokens)
    return reader.differentials


def _every_d_leads(tokens: list[Token]) -> bool:
    """Whether no d stands for a quantity: none ends a product or is followed by a sign, and there are no a, b, c."""
    if {"a", "b", "c"} <= {token.text for token in tokens}:
        return False
    for place, token in enumerate(tokens):
        if token.text != "d" or token.kind != "letter":
            continue
        following = tokens[place + 1]
        joined = following.start == token.end
        leads = (following.kind == "letter" and joined) or following.text in VARIABLE_COMMANDS
        before = tokens[place - 1] if place else None
        alone = before is not None and before.text == "{" and following.text in ("}", "^")
        glued = before is not None and before.kind == "letter" and before.end == token.start
        if glued or not (leads or alone):
            return False
    return True


def read_letter(reader: Reader, token: Token) -> Node:
    """A `d` or `\\partial`: of a differential or a symbol like any other."""
    if starts_differential(reader, reader.index):
        return read_differential(reader)
    return read_symbol(reader, token)


def read_difference(reader: Reader, token: Token) -> Node:
    """`\\Delta x` and `\\delta x` are one quantity; a delta before anything else is a letter."""
    following = reader.ahead()
    if following.text == "{" and reader.ahead(3).text == "}":
        following = reader.ahead(2)
    if not (following.kind == "letter" or following.text in VARIABLE_COMMANDS):
        return read_symbol(reader, token)
    reader.next()
    return Differential(read_variable(reader), token.text, span=reader.span(token.start))


def read_differential(reader: Reader) -> Node:
    start = reader.token.start
    sign = read_sign(reader)
    order = read_order(reader)
    return Differential(read_variable(reader), sign, order, span=reader.span(start))


def read_sign(reader: Reader) -> str:
    length = sign_length(reader, reader.index)
    first = reader.tokens[reader.index]
    reader.index += length
    if first.kind == "text":
        return f"{first.text}{{{first.value}}}"
    return first.text if length == 1 else f"{first.text}{{d}}"


def read_order(reader: Reader) -> Node | None:
    if reader.token.text != "^":
        return None
    reader.next()
    return script(reader)


def read_variable(reader: Reader) -> Node:
    """A variable with its subscript and primes, without an exponent."""
    variable = reader.operand()
    while reader.token.text in ("_", "'"):
        variable = (read_subscript if reader.token.text == "_" else read_primes)(reader, variable)
    return variable


def print_differential(node: Differential, printer: Printer) -> str:
    variable = print_variable(node.variable, printer)
    return (
        f"{node.sign}{print_order(node, printer)} {variable}" if node.order is not None else spaced(node.sign, variable)
    )


def print_order(node: Differential | Derivative, printer: Printer) -> str:
    """The exponent on the d."""
    return f"^{printer.script(node.order)}" if node.order is not None else ""


def print_variable(variable: Node, printer: Printer) -> str:
    """The variable of a differential, in braces where an exponent on it would be taken for an order."""
    text = printer.text(variable)
    return f"{{{text}}}" if isinstance(variable, Raised) else printer.base(variable)


OPERANDS = dict.fromkeys(PLAIN_SIGNS, read_letter) | dict.fromkeys(_DIFFERENCES, read_difference)
PRINTERS: dict[type[Node], Print] = {Differential: print_differential}
