"""The terms of a page: each member of a chain read, with its meaning or the reason why it has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import Lexicon
from derive.meaning.names import name_of
from derive.notation.errors import ReadError
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Call, Group, Listing, Node, Number, Product, Sum, Symbol, transform
from derive.notation.vocabulary import DEFAULT, Vocabulary
from derive.read.split import Piece, Statement

__all__ = ["Head", "Term", "defined_heads", "head_of", "is_literal", "meaning", "read_term", "with_bracket_products"]

_DEFINED_CALL = re.compile(
    r"\s*(?P<head>(?:\\(?:mathcal|mathrm|mathbf|operatorname|text)\s*\{[A-Za-z ]+\}|\\[A-Za-z]+|[A-Za-z])"
    r"(?:_(?:\{[^{}]{1,12}\}|\w|\\[A-Za-z]+))?)"
    r"\s*(?:\\left)?\((?P<arguments>[^()]{1,60}?)(?:\\right)?\)\s*\Z"
)
_APPLIED = re.compile(
    r"(?<![A-Za-z\\^_{}])(?P<head>(?:\\(?:bar|overline)\s*\{?\s*[A-Za-z]\s*\}?|\\[A-Za-z]+|[A-Za-z])(?:_(?:\{[^{}]{1,12}\}|\w))?)"
    r"\s*(?:\\left)?\(\s*(?P<letter>\\?[A-Za-z]+)\s*(?:\\right)?\)"
)
_DOTS = ("\\dot", "\\ddot")
_PARAMETER = re.compile(
    r"\s*(?:(?:\\mathbf\s*\{\w+\}|\\[A-Za-z]+|[A-Za-z])(?:_(?:\{\w+\}|\w))?|(?:e\s*\^\s*\{\s*)?[ij]\s*\\[A-Za-z]+\s*\}?)\s*\Z"
)
_NOT_HEADS = frozenset({
    "\\sin", "\\cos", "\\tan", "\\cot", "\\sec", "\\csc", "\\log", "\\lg", "\\ln", "\\exp", "\\lim", "\\max",
    "\\min", "\\sqrt", "\\frac", "\\left", "\\right", "\\int", "\\sum", "\\prod", "\\det", "\\sup", "\\inf",
    "\\arg", "\\partial", "\\nabla", "\\Delta", "\\cdot", "\\times", "\\pm", "\\mp", "\\quad", "\\text",
    "\\mathbb", "\\gcd", "\\sinh", "\\cosh", "\\tanh", "\\arcsin", "\\arccos", "\\arctan", "\\Pr", "\\Re",
    "\\Im", "\\dim", "\\ker", "\\hat", "\\bar", "\\vec", "\\dot", "\\ddot", "\\tilde", "\\Rightarrow", "\\in",
    "\\infty", "\\pi", "d", "e", "i",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A piece with its tree and its form; `problem` says why one of them is missing, at [start, end) in the formula."""

    piece: Piece
    node: Node | None = None
    form: Form | None = None
    problem: str = ""
    start: int = 0
    end: int = 0
    expected: str = ""

    @property
    def is_unread(self) -> bool:
        return self.node is None


@dataclass(frozen=True, slots=True)
class Head:
    """What a left side could define: a name, or a function of distinct names."""

    name: str
    parameters: tuple[str, ...] | None


def defined_heads(statements: Iterable[Statement]) -> Vocabulary:
    """The vocabulary of a page: heads that stand, applied to plain letters, alone on one side of a relation."""
    heads: set[str] = set()
    statements = tuple(statements)
    for statement in statements:
        for member in statement.members if statement.is_chain else ():
            found = _DEFINED_CALL.match(member.piece.text)
            if found is None or found["head"].strip() in _NOT_HEADS:
                continue
            arguments = re.split(r"[,;]", found["arguments"])
            if all(_PARAMETER.match(argument) for argument in arguments):
                heads.add(found["head"])
    heads |= _applied_to_letters(statements)
    dotted = (f"{dots}{{{head}}}" for head in heads if not head.startswith(("\\dot", "\\ddot")) for dots in _DOTS)
    return DEFAULT.declaring(*filter(None, map(_printed, {*heads, *dotted})))


def _applied_to_letters(statements: Iterable[Statement]) -> set[str]:
    """Heads that stand before one letter in brackets, which nobody writes to multiply: before t, or more than once."""
    counts: Counter[tuple[str, str]] = Counter()
    for statement in statements:
        for member in statement.members:
            counts.update((found["head"].strip(), found["letter"]) for found in _APPLIED.finditer(member.piece.text))
    return {head for (head, letter), count in counts.items() if head not in _NOT_HEADS and (letter == "t" or count > 1)}


def _printed(head: str) -> str:
    """The head as the printer writes it."""
    try:
        return latex(read(head))
    except (ReadError, RecursionError):
        return ""


def read_term(piece: Piece, vocabulary: Vocabulary) -> Term:
    """The piece with its tree, or with the reader's complaint."""
    try:
        return Term(piece, read(piece.text, vocabulary))
    except ReadError as error:
        return _failed(piece, None, error.message, error.start, error.end, error.expected)
    except RecursionError:
        return _failed(piece, None, "the formula is nested too deeply", 0, len(piece.text), "")


def with_bracket_products(term: Term) -> Term:
    """The term with `f[g, h]` as a product, on a page where `[g, h]` is a Poisson bracket or a commutator."""
    return term if term.node is None else replace(term, node=_multiplied(term.node))


def _multiplied(node: Node) -> Node:
    node = transform(node, _multiplied)
    if isinstance(node, Call) and isinstance(node.argument, Group) and node.argument.left == "[":
        body = node.argument.body
        if isinstance(body, Listing) and len(body.items) == 2:
            return Product((node.head, node.argument), ("",), span=node.span)
    return node


def meaning(term: Term, lexicon: Lexicon) -> Term:
    """The term with its form, or with the reason why the page does not decide what it means."""
    if term.node is None:
        return term
    try:
        return Term(term.piece, term.node, form_of(term.node, lexicon))
    except MeaningError as error:
        span = error.span
        place = (span.start, span.end) if span else (0, len(term.piece.text))
        return _failed(term.piece, term.node, error.message, *place, "")
    except (RecursionError, ArithmeticError, ValueError, TypeError) as error:
        return _failed(term.piece, term.node, str(error) or type(error).__name__, 0, len(term.piece.text), "")


def _failed(piece: Piece, node: Node | None, message: str, start: int, end: int, expected: str) -> Term:
    offsets = piece.offsets
    if not offsets:
        return Term(piece, node, None, message, piece.start, piece.end, expected)
    first = offsets[min(max(start, 0), len(offsets) - 1)]
    last = offsets[min(max(end - 1, 0), len(offsets) - 1)] + 1
    return Term(piece, node, None, message, first, max(last, first + 1), expected)


def head_of(node: Node | None) -> Head | None:
    """The name, or the function and its parameters, that an equation with this left side could define."""
    if node is None:
        return None
    if isinstance(node, Call):
        name = name_of(node.head)
        inside = node.argument.body if isinstance(node.argument, Group) else node.argument
        items = inside.items if isinstance(inside, Listing) else (inside,)
        parameters = tuple(name_of(item) or "" for item in items)
        if name and all(parameters) and len(set(parameters)) == len(parameters):
            return Head(name, parameters)
        return None
    name = name_of(node)
    if name is None or (isinstance(node, Symbol) and node.name in ("\\pi", "\\infty")):
        return None
    return Head(name, None)


def is_literal(node: Node | None) -> bool:
    """Whether a number is written, maybe with a sign, and nothing is to be worked out."""
    if isinstance(node, Sum) and len(node.terms) == 1:
        node = node.terms[0].term
    return isinstance(node, Number)
