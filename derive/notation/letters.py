"""Letters and names: symbols, fonts, accents, words, and the scripts and primes written on them."""

from __future__ import annotations

from derive.notation.cursor import Infix, Power, Reader
from derive.notation.errors import ReadError
from derive.notation.printing import Print, Printer
from derive.notation.symbols import ACCENTS, ELLIPSES, FONTS, LETTERS, OUTLINES, SUPERSCRIPT_SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import (
    Accented,
    Ellipsis,
    Group,
    Node,
    Primed,
    Span,
    Styled,
    Subscript,
    Symbol,
    Underbrace,
    Word,
)
from derive.notation.tree import Power as Raised


def read_symbol(reader: Reader, token: Token) -> Node:
    reader.next()
    return Symbol(token.text, span=reader.span(token.start))


def read_ellipsis(reader: Reader, token: Token) -> Node:
    reader.next()
    return Ellipsis(token.text, span=reader.span(token.start))


def read_font(reader: Reader, token: Token) -> Node:
    """`\\mathbf{x}`; several letters in one font are one name."""
    reader.next()
    name = _name_in_braces(reader)
    if name is not None:
        return Word(token.text, name, span=reader.span(token.start))
    return Styled(token.text, reader.argument(), span=reader.span(token.start))


def _name_in_braces(reader: Reader) -> str | None:
    if reader.token.text != "{":
        return None
    place = reader.index + 1
    pieces: list[str] = []
    previous = reader.token
    while (token := reader.tokens[place]).text != "}":
        run = token.kind == "text" and not token.text
        if not (run or token.kind in ("letter", "number") or token.text in ("-", ".", "&", "\\&", "\\_")):
            return None
        if pieces and token.start > previous.end:
            pieces.append(" ")
        pieces.append(token.value if run else token.text)
        previous, place = token, place + 1
    name = "".join(pieces)
    if len(name) < 2 or not name[0].isalpha():
        return None
    reader.index = place + 1
    return name


def read_outline(reader: Reader, token: Token) -> Node:
    reader.next()
    return Styled(token.text, reader.argument(), span=reader.span(token.start))


def read_accent(reader: Reader, token: Token) -> Node:
    reader.next()
    return Accented(token.text, reader.argument(), span=reader.span(token.start))


def read_coloured(reader: Reader, token: Token) -> Node:
    """`\\textcolor{red}{x}`: the colour says nothing."""
    reader.next()
    reader.argument()
    return reader.argument()


def read_underbrace(reader: Reader, token: Token) -> Node:
    """`\\underbrace{body}_{label}` and `\\overbrace{body}^{label}`."""
    reader.next()
    body = reader.argument()
    label = None
    if reader.token.text == ("_" if token.text.startswith("\\under") else "^"):
        reader.next()
        label = script(reader)
    return Underbrace(token.text, body, label, span=reader.span(token.start))


def read_stacked(reader: Reader, token: Token) -> Node:
    """`\\overset{label}{body}`."""
    reader.next()
    label = script(reader)
    return Underbrace(token.text, reader.argument(), label, span=reader.span(token.start))


# --- scripts -----------------------------------------------------------------------------------------------


def script(reader: Reader) -> Node:
    """The argument of `_` or `^`, in which signs may stand alone: `x^*`, `0^+`, `R_{+}`."""
    token = reader.token
    braced = token.text == "{"
    first = reader.ahead() if braced else token
    if first.text in SUPERSCRIPT_SIGNS and (not braced or reader.ahead(2).text == "}"):
        reader.index += 3 if braced else 1
        return Symbol(first.text, span=reader.span(first.start))
    if braced and first.text == "}":
        raise ReadError("this script is empty", token.start, first.end, "an expression")
    return reader.argument()


def read_bare_script(reader: Reader, token: Token) -> Node:
    """A script on nothing: `{}_n C_k`, `^{-1}`."""
    return Symbol("", span=Span(token.start, token.start))


def read_subscript(reader: Reader, left: Node) -> Node:
    token = reader.next()
    index = script(reader)
    if isinstance(left, Raised) and left.span and not isinstance(left.base, Subscript):
        base = Subscript(left.base, index, span=left.base.span)
        return Raised(base, left.exponent, span=reader.since(left))
    if isinstance(left, Subscript):
        raise ReadError("a second subscript on the same base", token.start, token.end, "braces")
    return Subscript(left, index, span=reader.since(left))


def read_superscript(reader: Reader, left: Node) -> Node:
    token = reader.next()
    first = reader.token
    exponent = _primes_in_braces(reader)
    if isinstance(exponent, int):
        return Primed(left, exponent, span=reader.since(left))
    if isinstance(left, Raised):
        raise ReadError("a second exponent on the same base", token.start, first.end, "braces")
    return Raised(left, script(reader), span=reader.since(left))


def _primes_in_braces(reader: Reader) -> int | None:
    """The number of primes when the exponent is `\\prime` or `{\\prime\\prime}`; the position moves past them."""
    place = reader.index
    braced = reader.tokens[place].text == "{"
    place += braced
    count = 0
    while reader.tokens[place].text in ("\\prime", "'") and (braced or count == 0):
        count, place = count + 1, place + 1
    if count == 0 or (braced and reader.tokens[place].text != "}"):
        return None
    reader.index = place + braced
    return count


def read_primes(reader: Reader, left: Node) -> Node:
    count = 0
    while reader.token.text == "'":
        reader.next()
        count += 1
    if isinstance(left, Raised):
        base = Primed(left.base, count, span=left.base.span)
        return Raised(base, left.exponent, span=reader.since(left))
    return Primed(left, count, span=reader.since(left))


def head_of(node: Node) -> Node:
    """What is left of a name without its scripts and primes."""
    while True:
        if isinstance(node, Subscript | Raised | Primed):
            node = node.base
        elif isinstance(node, Group) and node.left == "":
            node = node.body
        else:
            return node


OPERANDS = (
    dict.fromkeys(LETTERS, read_symbol)
    | dict.fromkeys(ELLIPSES, read_ellipsis)
    | dict.fromkeys(FONTS, read_font)
    | dict.fromkeys(OUTLINES, read_outline)
    | dict.fromkeys(ACCENTS, read_accent)
    | dict.fromkeys(("\\underbrace", "\\overbrace", "\\underbracket", "\\overbracket"), read_underbrace)
    | dict.fromkeys(("\\overset", "\\underset", "\\stackrel"), read_stacked)
    | dict.fromkeys(("\\textcolor", "\\colorbox"), read_coloured)
    | {"?": read_symbol, "^": read_bare_script, "_": read_bare_script}
)
KINDS = {"letter": read_symbol}
INFIX = {
    "_": Infix(Power.POSTFIX, read_subscript),
    "^": Infix(Power.POSTFIX, read_superscript),
    "'": Infix(Power.POSTFIX, read_primes),
}


# --- printing ----------------------------------------------------------------------------------------------


def print_word(node: Word, printer: Printer) -> str:
    return f"{node.command}{{{node.text}}}" if node.text and node.command else node.command or node.text


def print_styled(node: Styled | Accented, printer: Printer) -> str:
    return f"{node.command}{{{printer.text(node.body)}}}"


def print_underbrace(node: Underbrace, printer: Printer) -> str:
    body = printer.text(node.body)
    if node.command in ("\\overset", "\\underset", "\\stackrel"):
        return f"{node.command}{{{printer.text(node.label) if node.label is not None else ''}}}{{{body}}}"
    sign = "_" if node.command.startswith("\\under") else "^"
    return f"{node.command}{{{body}}}" + (f"{sign}{printer.script(node.label)}" if node.label is not None else "")


PRINTERS: dict[type[Node], Print] = {
    Symbol: lambda node, printer: node.name or "{}",
    Word: print_word,
    Ellipsis: lambda node, printer: node.command,
    Styled: print_styled,
    Accented: print_styled,
    Subscript: lambda node, printer: f"{printer.base(node.base)}_{printer.script(node.index)}",
    Raised: lambda node, printer: f"{printer.base(node.base)}^{printer.script(node.exponent)}",
    Primed: lambda node, printer: printer.base(node.base) + "'" * node.count,
    Underbrace: print_underbrace,
}
