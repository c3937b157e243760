"""Brackets: groups of every size, bars and what they may mean, intervals, conditional bars, evaluation bars."""

from __future__ import annotations

from dataclasses import replace

from derive.notation.arithmetic import JUXTAPOSED
from derive.notation.cursor import Infix, Power, Reader
from derive.notation.errors import ReadError
from derive.notation.letters import script
from derive.notation.printing import Level, Print, Printer, spaced
from derive.notation.symbols import BARS, CLOSING, OPENING, SIZES
from derive.notation.tokens import Token
from derive.notation.tree import Conditional, Evaluated, Group, Listing, Node

_ROUND = {"(": (")", "]"), "[": ("]", ")", "["), "]": ("[", "]")}
_LARGE_CLOSERS = frozenset(CLOSING | BARS | {"(", "[", ".", "/", "<", ">", ")", "]"})


def read_bracket(reader: Reader, token: Token) -> Node:
    """`( )`, `[ ]`, half-open intervals `[0, 1)`, `\\{ \\}`, `\\langle \\rangle`, ..."""
    reader.next()
    closers = _ROUND.get(token.text) or (OPENING[token.text],)
    body = _body(reader, "set" if token.text in ("\\{", "\\lbrace") else token.text)
    _skip_size(reader)
    closer = reader.token
    if closer.text not in closers:
        reader.expect(closers[0], token)
    reader.next()
    if _is_evaluation(reader, token.text, closer.text):
        return _evaluated(reader, body, token.text, closer.text, "", token.start)
    return Group(body, token.text, closer.text, span=reader.span(token.start))


def _body(reader: Reader, context: str) -> Node:
    token = reader.token
    if token.text in CLOSING or token.text == "\\right" or (token.text in SIZES and reader.ahead().text in CLOSING):
        return Listing((), (), span=reader.span(token.start))
    return reader.enclosed(context)


def _skip_size(reader: Reader) -> None:
    if reader.token.text in SIZES:
        reader.next()


def read_sized(reader: Reader, token: Token) -> Node:
    """`\\left( \\right)`, `\\left. \\right|_{x = a}`."""
    reader.next()
    opening = _delimiter(reader)
    body = _body(reader, "set" if opening in ("\\{", "\\lbrace") else "(")
    if reader.token.text != "\\right":
        reader.expect("\\right", token)
    reader.next()
    closing = _delimiter(reader)
    if _is_evaluation(reader, opening, closing):
        return _evaluated(reader, body, opening, closing, "left", token.start)
    return Group(body, opening, closing, "left", span=reader.span(token.start))


def _is_evaluation(reader: Reader, opening: str, closing: str) -> bool:
    """`\\left. body \\right|_a` always, `\\left[ body \\right]_a^b` where both bounds are there."""
    if opening == ".":
        return reader.token.text in ("_", "^") and closing != "\\}"
    if opening != "[" or closing != "]" or reader.token.text not in ("_", "^"):
        return False
    place = reader.index
    other = {"_": "^", "^": "_"}[reader.next().text]
    script(reader)
    bounded = reader.token.text == other
    reader.index = place
    return bounded


def _delimiter(reader: Reader) -> str:
    token = reader.next()
    if token.text == "|" and reader.token.text == "|" and reader.token.start == token.end:
        reader.next()
        return "||"
    if token.text not in _LARGE_CLOSERS and token.text not in OPENING:
        raise ReadError(f"{token.text} is no delimiter", token.start, token.end, "a delimiter")
    return token.text


def _evaluated(reader: Reader, body: Node, opening: str, closing: str, size: str, start: int) -> Node:
    lower = upper = None
    while reader.token.text in ("_", "^"):
        sign = reader.next()
        if sign.text == "_":
            lower = script(reader)
        else:
            upper = script(reader)
    return Evaluated(body, lower, upper, opening, closing, size, span=reader.span(start))


def read_big(reader: Reader, token: Token) -> Node:
    """`\\big( \\big)`, `\\bigl[ \\bigr]`, `\\Big| \\Big|`."""
    reader.next()
    opening = reader.token
    if opening.text in BARS:
        group = read_bars(reader, opening)
    elif opening.text in ("(", "[") or opening.text in OPENING:
        group = read_bracket(reader, opening)
    else:
        raise reader.unexpected(opening, "an opening bracket")
    assert isinstance(group, Group | Evaluated)
    return replace(group, size=token.text, span=reader.span(token.start))


# --- bars --------------------------------------------------------------------------------------------------


def read_bars(reader: Reader, token: Token) -> Node:
    """`|x|`, `\\|x\\|`, `||x||`."""
    reader.next()
    bar = token.text
    if bar == "|" and _double(reader, token):
        reader.next()
        bar = "||"
    ends, reader.ends_at_differential = reader.ends_at_differential, False
    reader.enclosing.append(bar)
    body = reader.expression()
    reader.enclosing.pop()
    reader.ends_at_differential = ends
    _skip_size(reader)
    closing = reader.token
    if closing.text != ("|" if bar == "||" else bar):
        reader.expect(bar, token)
    reader.next()
    if bar == "||":
        if reader.token.text != "|":
            reader.expect("|", token)
        reader.next()
    return Group(body, bar, bar, span=reader.span(token.start))


def _double(reader: Reader, token: Token) -> bool:
    """Whether the two bars at the position open a norm `||x||` and not an absolute value in another."""
    if reader.token.text != "|" or reader.token.start != token.end:
        return False
    place = _next_bar(reader, reader.index + 1, "|")
    if place is None:
        return False
    following = reader.tokens[place + 1]
    return following.text == "|" and following.start == reader.tokens[place].end


def _next_bar(reader: Reader, place: int, bar: str) -> int | None:
    """The index of the next such bar at the level of `place`, None where the enclosing bracket ends before."""
    depth = 0
    tokens = reader.tokens
    while (token := tokens[place]) is not reader.stop:
        text = token.text
        if text in ("\\left", "\\right") and tokens[place + 1].text in BARS:
            depth += 1 if text == "\\left" else -1
            place += 1
        elif text == "{" or text in OPENING:
            depth += 1
        elif text == "}" or text in CLOSING:
            depth -= 1
        elif text == bar and depth == 0:
            return place
        elif depth == 0 and text in ("&", "\\\\"):
            return None
        if depth < 0:
            return None
        place += 1
    return None


def bar_after(reader: Reader, token: Token, left: Node) -> Infix | None:
    """What a bar after an operand is: the end of an absolute value, an evaluation, another one's start, a condition."""
    open_bar = reader.enclosing[-1]
    following = reader.ahead()
    doubled = following.text == "|" and following.start == token.end
    if open_bar == token.text or (open_bar == "||" and doubled):
        return None
    if token.text == following.text == "\\|" and open_bar != "\\|":
        return CONDITION
    if following.text == "_" and token.text in ("|", "\\vert", "\\rvert"):
        return _evaluation(reader, reader.index + 1)
    ahead = reader.index + (2 if token.text == "|" and doubled else 1)
    if open_bar not in BARS and _next_bar(reader, ahead, token.text) is None:
        return CONDITION
    if open_bar in BARS and _next_bar(reader, ahead, token.text) is None:
        return None
    return JUXTAPOSED


def size_after(reader: Reader, token: Token, left: Node) -> Infix | None:
    """What a sizing command after an operand is: a bracket's start, a bracket's end, or a bar."""
    following = reader.ahead()
    if (following.text in BARS or following.text in ("\\mid", "\\rvert")) and reader.ahead(2).text == "_":
        return _evaluation(reader, reader.index + 2)
    if following.text in CLOSING or following.text in (")", "]"):
        return None
    if following.text in BARS or following.text == "\\mid":
        if token.text.endswith("m") or _closes_nothing(reader, following):
            return CONDITION
        return None if reader.enclosing[-1] == following.text else JUXTAPOSED
    return reader.grammar.adjacent(reader, token, left)


def _closes_nothing(reader: Reader, bar: Token) -> bool:
    return reader.enclosing[-1] != bar.text and _next_bar(reader, reader.index + 2, bar.text) is None


def closing_bar_after(reader: Reader, token: Token, left: Node) -> Infix | None:
    """`f \\rvert_{x = a}` where no `\\lvert` is open."""
    evaluates = reader.ahead().text == "_" and reader.enclosing[-1] != "\\lvert"
    return _evaluation(reader, reader.index + 1) if evaluates else None


def _evaluation(reader: Reader, place: int) -> Infix:
    """A bar with one bound is about the product before it, one with two bounds about the whole sum."""
    before = reader.index
    reader.index = place + 1
    script(reader)
    two = reader.token.text == "^"
    reader.index = before
    return DIFFERENCE if two else EVALUATION


def read_condition(reader: Reader, left: Node) -> Node:
    token = reader.next()
    bar = token.text
    if token.text in SIZES or token.text == "\\middle":
        bar += reader.next().text
    elif reader.token.text == "|" and reader.token.start == token.end:
        reader.next()
        bar = "||"
    elif bar == reader.token.text == "\\|":
        bar += reader.next().text
    right = reader.expression(Power.CONDITION - 1)
    return Conditional(left, right, bar, span=reader.since(left))


def read_modulus(reader: Reader, left: Node) -> Node:
    """`a \\equiv b \\pmod{n}`."""
    token = reader.next()
    return Conditional(left, reader.argument(), token.text, span=reader.since(left))


def read_evaluation(reader: Reader, left: Node) -> Node:
    """`f(x)|_{x = a}`, `\\Big|_0^1`."""
    token = reader.next()
    size = ""
    if token.text in SIZES:
        size, token = token.text, reader.next()
    start = left.span.start if left.span else 0
    return _evaluated(reader, left, "", token.text, size, start)


def colon_after(reader: Reader, token: Token, left: Node) -> Infix | None:
    """A colon is a condition in a set and a relation elsewhere."""
    return CONDITION if reader.enclosing[-1] == "set" else reader.grammar.infix["\\colon"]


CONDITION = Infix(Power.CONDITION, read_condition)
EVALUATION = Infix(Power.EVALUATION, read_evaluation)
DIFFERENCE = Infix(Power.DIFFERENCE, read_evaluation)

OPERANDS = (
    dict.fromkeys(("(", "[", *OPENING), read_bracket)
    | dict.fromkeys(BARS, read_bars)
    | dict.fromkeys(SIZES, read_big)
    | {"\\left": read_sized}
)
INFIX = {"\\mid": CONDITION, "\\middle": CONDITION, "\\pmod": Infix(Power.CONDITION, read_modulus)}
CONTEXTUAL = (
    dict.fromkeys(BARS, bar_after) | dict.fromkeys(SIZES, size_after) | {":": colon_after, "\\rvert": closing_bar_after}
)


# --- printing ----------------------------------------------------------------------------------------------


def print_group(node: Group, printer: Printer) -> str:
    body = printer.text(node.body)
    if not node.left and not node.right:
        return f"{{{body}}}"
    if node.size == "left":
        return spaced(spaced(f"\\left{node.left}", body), f"\\right{node.right}")
    if node.size:
        closing = node.size[:-1] + "r" if node.size.endswith("l") else node.size
        return f"{spaced(node.size + node.left, body)}{closing}{node.right}"
    close = f" {node.right}" if len(node.right) > 3 and body else node.right
    return f"{spaced(node.left, body)}{close}"


def print_conditional(node: Conditional, printer: Printer) -> str:
    if node.bar == "\\pmod":
        return f"{printer.at(node.left, Level.ITEMS)} \\pmod{{{printer.text(node.right)}}}"
    return f"{printer.at(node.left, Level.ITEMS)} {node.bar} {printer.at(node.right, Level.CONDITION)}"


def print_evaluated(node: Evaluated, printer: Printer) -> str:
    bounds = printer.bounds(node.lower, node.upper)
    if node.left:
        return print_group(Group(node.body, node.left, node.right, node.size), printer) + bounds
    body = printer.at(node.body, Level.PRODUCT if node.upper is None else Level.SUM)
    return f"{body}{spaced(node.size, node.right)}{bounds}"


PRINTERS: dict[type[Node], Print] = {
    Group: print_group,
    Conditional: print_conditional,
    Evaluated: print_evaluated,
}
