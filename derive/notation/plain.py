"""The plain-text reader: `log(p/(1-p)) = x`, `exp(-x)`, `2x**2 <= 1`, as people type on a command line.

Plain text is turned into the tokens of the LaTeX reader, with their places; quotients become fractions.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.notation.cursor import Reader
from derive.notation.errors import ReadError
from derive.notation.reader import GRAMMAR, read
from derive.notation.symbols import BIG_SIGNS, EXTREMA, FUNCTIONS, GREEK, OF_LATEX, UNICODE_SIGNS
from derive.notation.tokens import LONGEST_TEXT, Token
from derive.notation.tree import Fraction, Group, Node, Number, Product, Symbol, transform, walk
from derive.notation.tree import Power as Raised
from derive.notation.vocabulary import DEFAULT, Vocabulary

__all__ = ["read_any", "read_plain"]

_PIECE = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<derivative>d/d(?P<variable>[A-Za-z])(?![A-Za-z]))"
    r"|(?P<quotient>d(?P<of>[A-Za-z])/d(?P<by>[A-Za-z])(?![A-Za-z]))"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<name>[A-Za-z]+\d*)"
    r"|(?P<sign><=>|<->|\*\*|<=|>=|!=|==|=>|->|:=|.)",
    re.DOTALL,
)
SIGNS = {
    "**": "^", "<=>": "\\iff", "<->": "\\iff", "<=": "\\le", ">=": "\\ge", "!=": "\\ne", "==": "=",
    "=>": "\\Rightarrow", "->": "\\to", "{": "\\{", "}": "\\}",
}  # fmt: skip
_MOST_SCRIPTS = 20
_LONGEST_SHOWN = 30
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
NAMES = (
    {command[1:]: command for command in (*GREEK, *BIG_SIGNS, *EXTREMA)}
    | {name: command if name in OF_LATEX else f"\\operatorname{{{name}}}" for command, name in FUNCTIONS.items()}
    | {"inf": "\\infty", "oo": "\\infty", "infinity": "\\infty", "asin": "\\arcsin", "acos": "\\arccos"}
    | {"atan": "\\arctan", "lamda": "\\lambda", "asinh": "\\operatorname{arsinh}", "acosh": "\\operatorname{arcosh}"}
    | {"atanh": "\\operatorname{artanh}", "in": "\\in", "and": "\\land", "or": "\\lor"}
)
WRAPPERS = {
    "sqrt": ("\\sqrt", "{", "}", ""),
    "abs": ("\\left", "|", "\\right", "|"),
    "Abs": ("\\left", "|", "\\right", "|"),
}


def read_any(text: str, vocabulary: Vocabulary = DEFAULT) -> Node:
    """The tree of a formula in LaTeX or in plain text: LaTeX where it has a command or a brace.

    Raises ReadError as `read` and `read_plain` do.
    """
    return read(text, vocabulary) if "\\" in text or "{" in text else read_plain(text, vocabulary)


def read_plain(text: str, vocabulary: Vocabulary = DEFAULT) -> Node:
    """The tree of a formula in plain text, each node with its place in `text`.

    Raises ReadError where the text is not understood: an unknown word of several letters might be a name or a product,
    and `1/2x` might be either quotient.
    """
    if len(text) > LONGEST_TEXT:
        raise ReadError(f"the formula is longer than {LONGEST_TEXT} characters", LONGEST_TEXT, len(text), "less")
    reader = Reader(_braced_scripts(_tokens(text)), len(text), vocabulary, GRAMMAR)
    if reader.token is reader.stop:
        raise ReadError("the formula is empty", 0, len(text), "an expression")
    node = reader.expression()
    if reader.token is not reader.stop:
        raise reader.unexpected(reader.token, "the end of the formula")
    return _with_fractions(node)


# --- tokens ------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    wrapped: list[tuple[int, tuple[str, str, str, str]]] = []
    depth = 0
    for found in _PIECE.finditer(text):
        start, end, kind, piece = found.start(), found.end(), found.lastgroup, found.group()
        if found["derivative"]:
            tokens += _spread(["\\frac", "{", "d", "}", "{", "d", found["variable"], "}"], start, end)
        elif found["quotient"]:
            tokens += _spread(["\\frac", "{", "d", found["of"], "}", "{", "d", found["by"], "}"], start, end)
        elif kind == "number":
            tokens.append(Token("number", piece, start, end))
        elif kind == "name":
            if piece in WRAPPERS and text[end : end + 1] == "(":
                wrapped.append((depth, WRAPPERS[piece]))
                tokens.append(Token("command", WRAPPERS[piece][0], start, end))
            else:
                tokens += _name(piece, start, end)
        elif kind == "sign":
            if piece == "(" and wrapped and wrapped[-1][0] == depth and tokens[-1].text == wrapped[-1][1][0]:
                tokens.append(Token("sign", wrapped[-1][1][1], start, end))
                depth += 1
                continue
            depth += {"(": 1, ")": -1}.get(piece, 0)
            if piece == ")" and wrapped and wrapped[-1][0] == depth:
                _, (_, _, close, delimiter) = wrapped.pop()
                tokens += _spread([part for part in (close, delimiter) if part], start, end)
            elif piece in SUPERSCRIPTS:
                tokens += [Token("sign", "^", start, start), Token("number", SUPERSCRIPTS[piece], start, end)]
            else:
                tokens.append(_sign(SIGNS.get(piece) or UNICODE_SIGNS.get(piece, piece), start, end))
    return tokens


def _sign(text: str, start: int, end: int) -> Token:
    return Token("command" if len(text) > 1 and text[0] == "\\" else "sign", text, start, end)


def _spread(pieces: list[str], start: int, end: int) -> list[Token]:
    """Several tokens in one place."""
    return [Token("letter", p, start, end) if p.isalpha() and len(p) == 1 else _sign(p, start, end) for p in pieces]


def _name(piece: str, start: int, end: int) -> list[Token]:
    known = NAMES.get(piece)
    if known is not None and known.startswith("\\operatorname"):
        return [Token("text", "\\operatorname", start, end, known[len("\\operatorname{") : -1])]
    if known is not None:
        return [Token("command", known, start, end)]
    if len(piece) == 1:
        return [Token("letter", piece, start, end)]
    letters = piece.rstrip("0123456789")
    if len(piece) > len(letters) and (len(letters) == 1 or letters in NAMES):
        split = start + len(letters)
        index = [_sign("_", split, split), Token("number", piece[len(letters) :], split, end)]
        return [*_name(letters, start, split), *index]
    shown = piece if len(piece) < _LONGEST_SHOWN else f"{piece[:_LONGEST_SHOWN]}…"
    raise ReadError(
        f"{shown} may be a name or a product of letters", start, end, f"{'*'.join(letters)} or \\mathrm{{{piece}}}"
    )


def _braced_scripts(tokens: list[Token], depth: int = 0) -> list[Token]:
    """The tokens with braces around every exponent and index; round brackets that only hold an exponent go."""
    result: list[Token] = []
    place = 0
    while place < len(tokens):
        sign = tokens[place]
        result.append(sign)
        place += 1
        if sign.text in ("^", "_"):
            if depth > _MOST_SCRIPTS:
                raise ReadError("exponents are nested too deeply", sign.start, sign.end, "a flatter formula")
            end = _script_end(tokens, place, sign)
            inner = _braced_scripts(tokens[place:end], depth + 1)
            if inner[0].text == "(" and _matching(inner, 0) == len(inner) - 1:
                inner = inner[1:-1]
            first, last = tokens[place].start, tokens[end - 1].end
            result += [Token("sign", "{", first, first), *inner, Token("sign", "}", last, last)]
            place = end
    return result


def _script_end(tokens: list[Token], place: int, sign: Token) -> int:
    """The index after the exponent at `place`: a sign, an operand with its arguments, and powers of it."""
    while True:
        while place < len(tokens) and tokens[place].text in ("+", "-"):
            place += 1
        if place >= len(tokens):
            raise ReadError(f"nothing follows {sign.text}", sign.start, sign.end, "an exponent")
        opening = place + (tokens[place].text == "\\sqrt" or tokens[place].text in FUNCTIONS)
        if opening < len(tokens) and tokens[opening].text in ("(", "{", "\\left"):
            place = _matching(tokens, opening)
        place += 1
        if sign.text == "_" or place >= len(tokens) or tokens[place].text != "^":
            return place
        place += 1


def _matching(tokens: list[Token], place: int) -> int:
    opened, depth = tokens[place], 0
    for index in range(place, len(tokens)):
        text = tokens[index].text
        depth += {"(": 1, "{": 1, "\\left": 1, ")": -1, "}": -1, "\\right": -1}.get(text, 0)
        if depth == 0:
            return index + (text == "\\right")
    raise ReadError(f"{opened.text} is not closed", opened.start, opened.end, ")")


# --- quotients ---------------------------------------------------------------------------------------------


def _with_fractions(node: Node) -> Node:
    """The tree with quotients as fractions and products without signs where that reads the same."""
    node = transform(node, _with_fractions)
    if isinstance(node, Group) and node.size == "" and any(isinstance(part, Fraction) for part in walk(node.body)):
        return replace(node, size="left")
    if not isinstance(node, Product):
        return node
    node = replace(node, factors=tuple(_without_brackets(factor) for factor in node.factors))
    factors: list[Node] = [node.factors[0]]
    operators: list[str] = []
    for place, (sign, factor) in enumerate(zip(node.operators, node.factors[1:], strict=True)):
        if sign not in ("/", "*"):
            operators.append(sign)
            factors.append(factor)
        elif sign == "*":
            operators.append("\\cdot" if _needs_sign(factors[-1], factor) else "")
            factors.append(factor)
        else:
            if node.operators[place + 1 : place + 2] == ("",) and factor.span is not None:
                message = "a factor without a sign after a divisor: it may be divided by, or not"
                raise ReadError(message, factor.span.start, factor.span.end, "brackets or *")
            upper = factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(operators))
            factors, operators = [Fraction(_bare(upper), _bare(factor), span=node.span)], []
    if not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _without_brackets(factor: Node) -> Node:
    """A fraction in round brackets holds together without them."""
    return _bare(factor) if isinstance(factor, Group) and isinstance(factor.body, Fraction) else factor


def _needs_sign(left: Node, right: Node) -> bool:
    first = right.base if isinstance(right, Raised) else right
    fractions = isinstance(left, Number | Fraction) and isinstance(right, Fraction)
    return isinstance(first, Number) or (isinstance(first, Group) and isinstance(left, Symbol)) or fractions


def _bare(node: Node) -> Node:
    """A part of a fraction needs no round brackets."""
    return node.body if isinstance(node, Group) and (node.left, node.right) == ("(", ")") else node
