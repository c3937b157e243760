"""Integrals with their bounds and differentials."""

from __future__ import annotations

from derive.notation.cursor import Power, Reader
from derive.notation.differentials import read_differential, starts_differential
from derive.notation.letters import script
from derive.notation.printing import Level, Print, Printer
from derive.notation.symbols import INTEGRALS, PRODUCT_SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import Differential, Integral, Node, Product

_MOST_NESTED = 20


def read_integral(reader: Reader, token: Token) -> Node:
    reader.next()
    lower, upper = bounds(reader)
    differential: Node | None = None
    if starts_differential(reader, reader.index) or not _differential_ahead(reader):
        ends, reader.ends_at_differential = reader.ends_at_differential, False
        body = reader.expression(Power.SUM)
        reader.ends_at_differential = ends
    else:
        ends, reader.ends_at_differential = reader.ends_at_differential, True
        body = reader.expression(Power.RELATION)
        reader.ends_at_differential = ends
        body, differential = _differentials(reader, body)
    found = differential if isinstance(differential, Differential) else None
    return Integral(body, found, lower, upper, token.text, span=reader.span(token.start))


def bounds(reader: Reader) -> tuple[Node | None, Node | None]:
    """The scripts of a big sign, in either order."""
    lower = upper = None
    while reader.token.text in ("_", "^"):
        if reader.next().text == "_":
            lower = script(reader)
        else:
            upper = script(reader)
    return lower, upper


def _differential_ahead(reader: Reader) -> bool:
    """Whether the differential of the integral stands at its own level and not in a fraction or bracket."""
    depth, due = 0, 1
    for place in range(reader.index, len(reader.tokens)):
        text = reader.tokens[place].text
        if text in ("{", "(", "[", "\\{") or text == "\\begin":
            depth += 1
        elif text in ("}", ")", "]", "\\}") or text == "\\end":
            depth -= 1
            if depth < 0:
                return False
        elif depth == 0 and text in ("=", "&", "\\\\", "\\Rightarrow"):
            return False
        elif depth == 0 and text in INTEGRALS:
            due += 1
            if due > _MOST_NESTED:
                return False
        elif depth == 0 and reader.tokens[place - 1].text in PRODUCT_SIGNS and starts_differential(reader, place):
            return False
        elif depth == 0 and text != "\\partial" and starts_differential(reader, place):
            due -= 1
            if due == 0:
                return True
    return False


def _differentials(reader: Reader, body: Node) -> tuple[Node, Node | None]:
    """The differentials at the position: the last one is the integral's, those before it are factors of the body."""
    found: list[Node] = []
    nested = reader.ends_at_differential
    while starts_differential(reader, reader.index):
        found.append(read_differential(reader))
        if nested or len(found) > 3:
            break
    if len(found) > 1:
        factors, operators = (body.factors, body.operators) if isinstance(body, Product) else ((body,), ())
        body = Product((*factors, *found[:-1]), (*operators, *("",) * (len(found) - 1)), span=body.span)
    return body, found[-1] if found else None


def print_integral(node: Integral, printer: Printer) -> str:
    head = node.command + printer.bounds(node.lower, node.upper)
    if node.differential is None:
        return f"{head} {printer.at(node.body, Level.PRODUCT)}"
    return f"{head} {printer.at(node.body, Level.SUM)} \\, {printer.text(node.differential)}"


OPERANDS = dict.fromkeys(INTEGRALS, read_integral)
PRINTERS: dict[type[Node], Print] = {Integral: print_integral}
