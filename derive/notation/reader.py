"""The LaTeX reader: from text to the notation tree, all of it or a ReadError with its place."""

from __future__ import annotations

from derive.notation import (
    arithmetic,
    arrays,
    bigoperators,
    brackets,
    derivatives,
    differentials,
    functions,
    integrals,
    letters,
    statements,
)
from derive.notation.cursor import Grammar, Infix, Reader
from derive.notation.errors import ReadError, underline
from derive.notation.layout import LAYOUT, without_layout
from derive.notation.macros import NONE, Macros, expanded
from derive.notation.printer import latex
from derive.notation.symbols import CLOSING, SIZES
from derive.notation.tokens import TEXTS, Token, raw_tokens
from derive.notation.tree import Node
from derive.notation.vocabulary import DEFAULT, Vocabulary

__all__ = ["GRAMMAR", "KNOWN_COMMANDS", "ReadError", "read", "underline"]


def _adjacent(reader: Reader, token: Token, left: Node) -> Infix | None:
    """What a token in no table may be after an operand: prose between statements, an argument, a factor."""
    return statements.separator_after(reader, token, left) or functions.beside(reader, token, left)


GRAMMAR = Grammar(
    operands=letters.OPERANDS
    | arithmetic.OPERANDS
    | brackets.OPERANDS
    | functions.OPERANDS
    | differentials.OPERANDS
    | derivatives.OPERANDS
    | integrals.OPERANDS
    | bigoperators.OPERANDS
    | arrays.OPERANDS
    | statements.OPERANDS,
    kinds=letters.KINDS | arithmetic.KINDS | arrays.KINDS | statements.KINDS,
    leading=statements.LEADING | arithmetic.LEADING,
    infix={
        sign: infix
        for table in (statements.INFIX, arithmetic.INFIX, letters.INFIX, brackets.INFIX, derivatives.INFIX)
        for sign, infix in table.items()
        if sign != ":"
    },
    contextual=statements.CONTEXTUAL | brackets.CONTEXTUAL,
    adjacent=_adjacent,
    printed=latex,
)  # fmt: skip

KNOWN_COMMANDS: frozenset[str] = frozenset(
    sign
    for table in (GRAMMAR.operands, GRAMMAR.leading, GRAMMAR.infix, GRAMMAR.contextual, CLOSING, SIZES, LAYOUT, TEXTS)
    for sign in table
    if sign.startswith("\\")
) | {"\\right", "\\middle", "\\begin", "\\end"}
"""Every command that is read without a definition."""


def _has_rows(tokens: list[Token]) -> bool:
    """Whether rows are parted outside any environment and group."""
    depth = 0
    for token in tokens:
        if token.kind == "begin" or token.text == "{":
            depth += 1
        elif token.kind == "end" or token.text == "}":
            depth -= 1
        elif depth == 0 and token.text in ("&", "\\\\"):
            return True
    return False


def read(text: str, vocabulary: Vocabulary = DEFAULT, macros: Macros = NONE) -> Node:
    """The tree of a LaTeX formula, each node with its place in `text` (what a macro gives has the place of its call).

    Raises ReadError where the text is not understood to its end; nothing is guessed and nothing skipped.
    """
    tokens = without_layout(expanded(raw_tokens(text), macros))
    reader = Reader(tokens, len(text), vocabulary, GRAMMAR)
    if reader.token is reader.stop:
        raise ReadError("the formula is empty", 0, len(text), "an expression")
    node = arrays.read_bare_rows(reader) if _has_rows(reader.tokens) else reader.expression()
    if reader.token is not reader.stop:
        raise reader.unexpected(reader.token, "the end of the formula")
    return node
