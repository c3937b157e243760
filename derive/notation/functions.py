"""Functions: named ones with and without brackets, declared ones, and what follows an operand without a sign."""

from __future__ import annotations

from derive.notation.arithmetic import JUXTAPOSED, begins_factor
from derive.notation.cursor import Infix, Power, Reader
from derive.notation.derivatives import read_derived
from derive.notation.differentials import starts_differential
from derive.notation.juxtaposition import is_name_like, takes_brackets
from derive.notation.letters import read_primes, read_subscript, read_superscript
from derive.notation.symbols import (
    ACCENTS,
    BARS,
    BIG_SIGNS,
    CLOSING,
    EXTREMA,
    FONTS,
    FUNCTION_FONTS,
    FUNCTIONS,
    GREEK,
    INTEGRALS,
    LETTERS,
    OPENING,
    SIZES,
    UPRIGHT_CONSTANTS,
)
from derive.notation.tokens import Token
from derive.notation.tree import (
    Accented,
    Call,
    Derivative,
    Group,
    Node,
    Number,
    Primed,
    Product,
    Styled,
    Subscript,
    Symbol,
    Word,
)
from derive.notation.tree import Power as Raised
from derive.notation.words import is_prose

BRACKETS = frozenset({"(", "[", "\\left", *OPENING}) - {"\\langle"}
ENDS_ARGUMENT = frozenset({
    "\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "\\binom", "\\begin", *FUNCTIONS, *BIG_SIGNS, *EXTREMA, *INTEGRALS,
    *ACCENTS, *FONTS, "\\langle", "\\underbrace",
})  # fmt: skip
"""Where an argument without brackets ends: `\\cos\\theta \\dot{\\phi}`, `\\sin x \\cos y`."""


_LONGEST_LIST = 300
_DOUBLE_BARS = frozenset({"\\|", "\\Vert"})


def read_function(reader: Reader, token: Token) -> Node:
    """`\\log x`, `\\sin^2 x`, `\\log_2(n)`: a named function with the scripts on it and its argument."""
    reader.next()
    head: Node = Word(token.text, span=reader.span(token.start))
    return applied(reader, scripted(reader, head))


def scripted(reader: Reader, head: Node) -> Node:
    """The head with the scripts and primes that follow it."""
    scripts = {"_": read_subscript, "^": read_superscript, "'": read_primes}
    while reader.token.text in scripts:
        head = scripts[reader.token.text](reader, head)
    return head


def applied(reader: Reader, head: Node) -> Node:
    """The head applied to the argument that follows, or the head alone where none follows."""
    if reader.token.text == "{" and reader.ahead().text == "}":
        reader.index += 2
        return head
    token = reader.token
    sized = token.text in SIZES and reader.ahead().text not in CLOSING | BARS
    bars = token.text in BARS and reader.grammar.contextual[token.text](reader, token, head) is JUXTAPOSED
    if token.text in BRACKETS or token.text == "{" or sized or bars:
        argument = reader.operand()
    elif token.text == "-" and reader.starts_operand(reader.ahead()):
        argument = reader.expression(Power.PRODUCT)
    elif begins_factor(reader, token, Number("")):
        argument = _run(reader, takes_brackets(head))
    else:
        return head
    return Call(head, argument, span=reader.since(head))


def _run(reader: Reader, brackets: bool) -> Node:
    """An argument without brackets: `\\sin 2x`, `\\log x^2`, up to a sign, a function, a fraction or a bracket.

    With `brackets` a letter's simple bracket still belongs to it: `\\log p(x)`.
    """
    start = reader.token.start
    factors = [reader.expression(Power.PRODUCT)]
    while not _argument_ends(reader, factors[-1], brackets) and begins_factor(reader, reader.token, factors[-1]):
        factors.append(reader.expression(Power.PRODUCT))
    if len(factors) == 1:
        return factors[0]
    return Product(tuple(factors), ("",) * (len(factors) - 1), span=reader.span(start))


def _argument_ends(reader: Reader, last: Node, brackets: bool) -> bool:
    token = reader.token
    if token.text != "\\Delta" and (token.text == "\\delta" or starts_differential(reader, reader.index)):
        return True
    if token.text == "\\sqrt":
        return not isinstance(last, Number)
    if token.spaced or token.text in ENDS_ARGUMENT or token.text in BARS or token.kind == "text":
        return True
    if token.text in BRACKETS or token.text in SIZES:
        return not (brackets and is_name_like(last) and _simple_bracket(reader))
    return False


def _simple_bracket(reader: Reader, opening: str = "(") -> bool:
    """Whether the bracket at the position holds letters and numbers without any sign: `\\log p(x_i)`."""
    tokens, depth = reader.tokens, 0
    place = reader.index + (reader.token.text == "\\left")
    if tokens[place].text != opening:
        return False
    while (token := tokens[place]) is not reader.stop:
        text = token.text
        if text in ("(", "{", "["):
            depth += 1
        elif text in (")", "}", "]"):
            depth -= 1
            if depth == 0:
                return tokens[place - 1].text not in ("(", "[", "\\left")
        elif depth == 1 and tokens[place - 1].text not in ("_", "^") and not _is_plain(token):
            return False
        place += 1
    return False


def _is_plain(token: Token) -> bool:
    text = token.text
    plain = text in LETTERS or text in FONTS or text in ACCENTS or text in ("_", "^", "'", "\\right")
    return plain or token.kind in ("letter", "number")


# --- what stands beside an operand -------------------------------------------------------------------------


def beside(reader: Reader, token: Token, left: Node) -> Infix | None:
    """What follows an operand without a sign: an argument where the operand is a function, a factor where not."""
    if not reader.starts_operand(token):
        return None
    if token.kind == "text" and token.text and is_prose(token.value):
        return None
    if reader.ends_at_differential and starts_differential(reader, reader.index):
        return None
    if isinstance(left, Derivative) and left.body is None:
        return DERIVED
    if _opens_argument(reader, token) and _is_head(reader, left, token):
        return APPLICATION
    return JUXTAPOSED


def _opens_argument(reader: Reader, token: Token) -> bool:
    """Whether a bracket that can hold an argument opens here: `(`, `[`, `\\left(`, `\\big(`, `{\\left(`."""
    if token.text in ("(", "[", "\\{"):
        return True
    following = reader.ahead().text
    if token.text == "\\left" or token.text in SIZES:
        return following in ("(", "[", "\\{")
    return token.text == "{" and following in ("\\left", "(")


def _is_head(reader: Reader, left: Node, token: Token) -> bool:
    """Whether a bracket after `left` holds its argument."""
    if isinstance(left, Word):
        return len(left.text) != 1 and not (left.command and is_prose(left.text))
    if isinstance(left, Derivative):
        return left.form == "quotient" and _simple_bracket(reader)
    if isinstance(left, Primed):
        return token.text != "\\{"
    if isinstance(left, Number):
        return left.text == "1" and token.text == "\\{"
    if isinstance(left, Group):
        return isinstance(left.body, Product) and "\\circ" in left.body.operators
    if isinstance(left, Product | Call):
        return False
    if isinstance(left, Subscript | Raised):
        return declared(reader, left) or _is_head(reader, left.base, token)
    if isinstance(left, Styled) and left.command in FUNCTION_FONTS:
        return True
    if isinstance(left, Styled) and left.command == "\\mathrm" and isinstance(left.body, Symbol):
        return left.body.name not in UPRIGHT_CONSTANTS
    if not isinstance(left, Symbol):
        return declared(reader, left) or (isinstance(left, Styled | Accented) and _holds_several(reader, reader.index))
    return (
        (declared(reader, left) and not _is_gravity(reader, left))
        or _holds_several(reader, reader.index)
        or (token.text in ("(", "\\left") and left.name in _evident_heads(reader))
        or (left.name in ("O", "o") and token.text in ("(", "\\left"))
        or (left.name == "E" and "[" in (token.text, reader.ahead().text))
        or (token.text == "[" and _is_index(reader, token, left))
    )


def _is_gravity(reader: Reader, left: Symbol) -> bool:
    """Whether a g after a mass or density is the acceleration of free fall: `mg(h - x)`, `\\rho g(h - x)`."""
    place = reader.index - 2
    return left.name == "g" and place >= 0 and reader.tokens[place].text in ("m", "M", "\\rho")


def _is_index(reader: Reader, token: Token, left: Symbol) -> bool:
    """Whether a square bracket is an index or argument, `x[k - 1]`, `\\delta[k]`, as one close to a letter is."""
    close = left.span is not None and token.start == left.span.end
    return close and not token.spaced and (len(left.name) == 1 or _simple_bracket(reader, "["))


def declared(reader: Reader, node: Node) -> bool:
    """Whether the vocabulary has this head, with or without its scripts."""
    functions = reader.vocabulary.functions
    if isinstance(node, Symbol):
        return node.name in functions
    return reader.grammar.printed(node) in functions


def _evident_heads(reader: Reader) -> frozenset[str]:
    """The letters that somewhere in the formula stand before a list or condition in brackets: `p(x \\mid y) p(y)`."""
    if reader.heads is None:
        tokens = reader.tokens
        heads = (place for place, token in enumerate(tokens) if token.kind == "letter" or token.text in GREEK)
        reader.heads = frozenset(
            tokens[place].text for place in heads if tokens[place + 1].text == "(" and _holds_several(reader, place + 1)
        )
    return reader.heads


def _holds_several(reader: Reader, place: int) -> bool:
    """Whether the bracket at `place` holds a list, a condition or a set, which is never a factor."""
    tokens = reader.tokens
    place += tokens[place].text == "\\left"
    if tokens[place].text not in ("(", "["):
        return False
    depth = bars = 0
    for at in range(place, min(place + _LONGEST_LIST, len(tokens))):
        text = tokens[at].text
        if text == "{" or text in OPENING:
            depth += 1
        elif text == "}" or text in CLOSING:
            depth -= 1
            if depth <= 0:
                return bars % 2 == 1
        if depth == 1:
            if text in (",", ";", "\\mid", "\\middle", "\\parallel"):
                return True
            if bars == 0 and _parts_operands(tokens, at):
                return True
            bars += text == "|" or text in _DOUBLE_BARS
        elif text == "\\{" and tokens[at - 1].text == "(":
            return True
    return False


def _parts_operands(tokens: list[Token], place: int) -> bool:
    """Whether a double bar stands alone between two operands, as in `D(p \\| q)`, and opens no norm."""
    bar = tokens[place]
    doubled = bar.text == "|" and tokens[place + 1].text == "|" and tokens[place + 1].start == bar.end
    if not (doubled or bar.text in _DOUBLE_BARS) or tokens[place - 1].text in ("(", "[", "+", "-", "="):
        return False
    depth = 0
    for token in tokens[place + 1 + doubled : place + _LONGEST_LIST]:
        if depth == 0 and token.text == bar.text:
            return False
        depth += (token.text == "{" or token.text in OPENING) - (token.text == "}" or token.text in CLOSING)
        if depth < 0:
            return True
    return False


def read_application(reader: Reader, left: Node) -> Node:
    return Call(left, reader.operand(), span=reader.since(left))


def read_operand_of(reader: Reader, left: Node) -> Node:
    """`{d \\over dx} f`: the operator takes what follows."""
    assert isinstance(left, Derivative)
    return read_derived(reader, left)


DERIVED = Infix(Power.POSTFIX, read_operand_of)
APPLICATION = Infix(Power.POSTFIX, read_application)

OPERANDS = dict.fromkeys(FUNCTIONS, read_function)
