"""Statements: relations and chains, arrows between statements, lists and the prose between their items."""

from __future__ import annotations

from derive.notation.bigoperators import read_word
from derive.notation.cursor import Infix, Power, Reader
from derive.notation.differentials import read_differential, starts_differential
from derive.notation.printing import Level, Print, Printer, level
from derive.notation.symbols import ARROWS, CONNECTIVES, QUANTIFIERS, RELATIONS
from derive.notation.tokens import Token
from derive.notation.tree import Implication, Link, Listing, Node, Relation, Word
from derive.notation.words import is_prose

_QUADS = ("\\quad", "\\qquad")
_SEPARATORS = frozenset({",", ";", *_QUADS, *CONNECTIVES, *QUANTIFIERS})
_BINDING = frozenset({",", ";", *CONNECTIVES})
"""Separators that bind more tightly than an arrow: `A and B => C` is `(A and B) => C`."""
_ENDS = frozenset({")", "]", "}", "\\}", "&", "\\\\", "\\right", "\\rangle", "\\rbrace"})

TYPED = {"<=": "\\le", ">=": "\\ge"}
"""Signs as they are typed where there is no LaTeX."""

# --- relations and arrows ----------------------------------------------------------------------------------


def _links(reader: Reader, signs: dict[str, str], power: Power) -> tuple[Link, ...]:
    links: list[Link] = []
    while reader.token.text in signs:
        sign = reader.next()
        term = reader.expression(power)
        links.append(Link(TYPED.get(sign.text, sign.written), term, span=reader.span(sign.start)))
    return tuple(links)


def read_relation(reader: Reader, left: Node) -> Node:
    return Relation(left, _links(reader, RELATIONS, Power.RELATION), span=reader.since(left))


def read_leading_relation(reader: Reader, token: Token) -> Node:
    links = _links(reader, RELATIONS, Power.RELATION)
    return Relation(None, links, span=reader.span(token.start))


def read_implication(reader: Reader, left: Node) -> Node:
    return Implication(left, _links(reader, ARROWS, Power.ARROW), span=reader.since(left))


def read_leading_arrow(reader: Reader, token: Token) -> Node:
    links = _links(reader, ARROWS, Power.ARROW)
    return Implication(None, links, span=reader.span(token.start))


# --- lists -------------------------------------------------------------------------------------------------


def _is_separator(token: Token) -> bool:
    if token.kind == "text":
        return token.text != "" and is_prose(token.value)
    return token.text in _SEPARATORS


def _separator(reader: Reader) -> tuple[str, int, bool]:
    """The run of separators at the position as written, its length, and whether it parts whole statements."""
    pieces: list[str] = []
    strong = False
    while _is_separator(token := reader.ahead(len(pieces))):
        strong = strong or token.text not in _BINDING
        pieces.append(f"{token.text}{{{token.value}}}" if token.kind == "text" else token.text)
    return " ".join(pieces), len(pieces), strong


def separator_after(reader: Reader, token: Token, left: Node) -> Infix | None:
    if not _is_separator(token):
        return None
    return STATEMENTS if _separator(reader)[2] else ITEMS


def read_items(reader: Reader, left: Node) -> Node:
    return _listing(reader, left, strong=False)


def read_statements(reader: Reader, left: Node) -> Node:
    return _listing(reader, left, strong=True)


def _listing(reader: Reader, left: Node, strong: bool) -> Node:
    items: list[Node] = []
    separators: list[str] = []
    _extend(items, separators, left, strong)
    while _is_separator(reader.token):
        written, length, parts = _separator(reader)
        if parts != strong:
            break
        reader.index += length
        separators.append(written)
        if _at_end(reader):
            break
        _extend(items, separators, reader.expression(Power.STATEMENT if strong else Power.COMMA), strong)
    return Listing(tuple(items), tuple(separators), span=reader.since(left))


def _extend(items: list[Node], separators: list[str], item: Node, strong: bool) -> None:
    """Add an item; the items of a list between commas join a list of statements."""
    if strong and isinstance(item, Listing) and len(item.items) > len(item.separators):
        items.extend(item.items)
        separators.extend(item.separators)
    else:
        items.append(item)


def _at_end(reader: Reader) -> bool:
    token = reader.token
    return token is reader.stop or token.kind == "end" or token.text in _ENDS


def read_text(reader: Reader, token: Token) -> Node:
    """A `\\text{...}` or `\\operatorname{...}`: prose, the d of a differential, an operator, or a name."""
    if is_prose(token.value) and token.text:
        return read_prose(reader, token)
    if starts_differential(reader, reader.index):
        return read_differential(reader)
    return read_word(reader, token)


def read_prose(reader: Reader, token: Token) -> Node:
    """`\\text{if } x > 0`, `\\forall x`: prose before a statement is the first item of a list."""
    reader.next()
    word = Word(token.text, token.value, span=reader.span(token.start))
    if _at_end(reader) or reader.grammar.adjacent(reader, reader.token, word) is None:
        return word
    items: list[Node] = [word]
    separators = [""]
    _extend(items, separators, reader.expression(Power.STATEMENT), strong=True)
    return Listing(tuple(items), tuple(separators), span=reader.span(token.start))


ITEMS = Infix(Power.COMMA, read_items)
STATEMENTS = Infix(Power.STATEMENT, read_statements)

LEADING = dict.fromkeys(RELATIONS, read_leading_relation) | dict.fromkeys(ARROWS, read_leading_arrow)
OPERANDS = dict.fromkeys(QUANTIFIERS, read_prose)
KINDS = {"text": read_text}
INFIX = dict.fromkeys(RELATIONS, Infix(Power.RELATION, read_relation)) | dict.fromkeys(
    ARROWS, Infix(Power.ARROW, read_implication)
)
CONTEXTUAL = dict.fromkeys(_SEPARATORS, separator_after)


# --- printing ----------------------------------------------------------------------------------------------


def print_relation(node: Relation, printer: Printer) -> str:
    return _chain(node.first, node.links, Level.SUM, printer)


def print_implication(node: Implication, printer: Printer) -> str:
    return _chain(node.first, node.links, Level.CONDITION, printer)


def _chain(first: Node | None, links: tuple[Link, ...], needed: Level, printer: Printer) -> str:
    pieces = [] if first is None else [printer.at(first, needed)]
    pieces.extend(f"{link.sign} {printer.at(link.term, needed)}" for link in links)
    return " ".join(pieces)


def print_listing(node: Listing, printer: Printer) -> str:
    needed = Level.ARROW if level(node) == Level.LIST else Level.RELATION
    text = ""
    for place, item in enumerate(node.items):
        text += printer.at(item, needed)
        if place < len(node.separators):
            separator = node.separators[place]
            close = separator[:1] in (",", ";", "")
            text += ("" if close else " ") + separator + ("" if place == len(node.items) - 1 else " ")
    return text


PRINTERS: dict[type[Node], Print] = {
    Relation: print_relation,
    Implication: print_implication,
    Link: lambda node, printer: f"{node.sign} {printer.text(node.term)}",
    Listing: print_listing,
}
