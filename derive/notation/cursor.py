"""The reader's cursor: an operator-precedence reader over tokens, driven by the grammar's tables of what may begin
an operand and what may follow one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from derive.notation.errors import ReadError
from derive.notation.symbols import BARS, CLOSING, PRODUCT_SIGNS, RELATIONS, SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import Group, Node, Signed, Span, Sum, Symbol
from derive.notation.vocabulary import Vocabulary

__all__ = ["DEEPEST", "Grammar", "Infix", "Power", "Reader", "visible"]

DEEPEST = 100
"""How many operators and brackets may be open at once."""


LONE_SIGNS = frozenset({*PRODUCT_SIGNS, *RELATIONS, *SIGNS})


def visible(node: Node) -> Node:
    """The body of an invisible group, which says nothing where it holds all there is; any other node as it is."""
    return node.body if isinstance(node, Group) and node.left == node.right == "" else node


class Power(IntEnum):
    """Binding powers, loosest first: an operator is read only where its power is above the one asked for."""

    ANY = 0
    OVER = 5
    STATEMENT = 10
    ARROW = 20
    CONDITION = 25
    COMMA = 30
    RELATION = 40
    DIFFERENCE = 45
    SUM = 50
    EVALUATION = 55
    PRODUCT = 60
    POSTFIX = 90


@dataclass(frozen=True, slots=True)
class Infix:
    """What may follow an operand: its power, and how to read on given what stands on its left."""

    power: Power
    read: Callable[[Reader, Node], Node]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tables of the reader.

    `operands` and `kinds` say how to read an operand, by the text or the kind of its first token; `leading` what may
    stand first in a statement without being an operand (a sign, a relation); `following` what may follow an operand
    (given the token and the reader; None where the token does not belong to the expression); `printed` spells a head
    as the vocabulary has it.
    """

    operands: Mapping[str, Callable[[Reader, Token], Node]]
    kinds: Mapping[str, Callable[[Reader, Token], Node]]
    leading: Mapping[str, Callable[[Reader, Token], Node]]
    infix: Mapping[str, Infix]
    contextual: Mapping[str, Callable[[Reader, Token, Node], Infix | None]]
    adjacent: Callable[[Reader, Token, Node], Infix | None]
    printed: Callable[[Node], str]


class Reader:
    """Tokens with a position, the vocabulary, and what is open around the position.

    `differentials` and `heads` are facts of the whole formula, found when they are first asked for: whether a `d`
    may be a differential's, and which letters are functions by what their brackets hold.
    """

    def __init__(self, tokens: list[Token], length: int, vocabulary: Vocabulary, grammar: Grammar) -> None:
        self.tokens = tokens
        self.stop = Token("stop", "", length, length)
        self.tokens.append(self.stop)
        self.index = 0
        self.vocabulary = vocabulary
        self.grammar = grammar
        self.depth = 0
        self.enclosing: list[str] = [""]
        self.ends_at_differential = False
        self.differentials: bool | None = None
        self.heads: frozenset[str] | None = None

    # --- the position ------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def ahead(self, count: int = 1) -> Token:
        place = self.index + count
        return self.tokens[place] if place < len(self.tokens) else self.stop

    def next(self) -> Token:
        """The current token, moving past it."""
        token = self.tokens[self.index]
        if token is not self.stop:
            self.index += 1
        return token

    def expect(self, text: str, opened: Token | None = None) -> Token:
        """Move past `text`; ReadError at what was opened and is not closed, or at what stands there instead."""
        token = self.token
        if token.text == text:
            return self.next()
        if opened is not None and token is self.stop:
            raise ReadError(f"{opened.text} is not closed", opened.start, opened.end, text)
        raise self.unexpected(token, text)

    def unexpected(self, token: Token, expected: str) -> ReadError:
        if token is self.stop:
            return ReadError("the formula ends too early", max(0, token.start - 1), token.end, expected)
        if token.kind == "command" and not self.knows(token):
            return ReadError(f"unknown command {token.text}", token.start, token.end, expected)
        return ReadError(f"unexpected {token.written}", token.start, token.end, expected)

    def knows(self, token: Token) -> bool:
        grammar, text = self.grammar, token.text
        tables = (grammar.operands, grammar.leading, grammar.infix, grammar.contextual)
        return any(text in table for table in tables) or text in CLOSING or text in ("\\right", "\\middle")

    def span(self, start: int) -> Span:
        """From `start` to the end of the token before the position."""
        return Span(start, self.tokens[self.index - 1].end if self.index else start)

    def since(self, node: Node) -> Span:
        """From the start of `node` to the position."""
        return self.span(node.span.start if node.span else 0)

    # --- expressions -------------------------------------------------------------------------------------

    def expression(self, power: int = Power.ANY) -> Node:
        """Read an operand and all that binds to it tighter than `power`."""
        self._deepen()
        left = self._first(self.tokens[self.index], power)
        grammar, followers = self.grammar, 0
        while True:
            token = self.tokens[self.index]
            follower = grammar.infix.get(token.text)
            if follower is None:
                contextual = grammar.contextual.get(token.text)
                follower = contextual(self, token, left) if contextual else grammar.adjacent(self, token, left)
            if follower is None or follower.power <= power:
                break
            left = follower.read(self, left)
            followers += 1
            if followers > DEEPEST:
                raise self._too_deep()
        self.depth -= 1
        return left

    def _deepen(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._too_deep()

    def _too_deep(self) -> ReadError:
        token = self.tokens[self.index]
        return ReadError("the formula is nested too deeply", token.start, token.end, "a flatter formula")

    def _first(self, token: Token, power: int) -> Node:
        if token.text in LONE_SIGNS and self._stands_alone():
            self.next()
            return Symbol(token.text, span=self.span(token.start))
        leading = self.grammar.leading.get(token.text)
        if leading is None:
            return self.operand()
        if token.text in ("+", "-", "\\pm", "\\mp") and power >= Power.SUM:
            return self._signed(token, power)
        return leading(self, token)

    def _stands_alone(self) -> bool:
        """Whether the sign at the position is all there is between its neighbours, as in `f(\\cdot)`."""
        following = self.ahead()
        return following is self.stop or following.text in CLOSING or following.text in (")", "]", "}", ",", "\\right")

    def _signed(self, token: Token, power: int) -> Node:
        """A sign where a factor or a further term is due, as in `a \\cdot -b`: an invisible group holds it."""
        self.next()
        term = self.expression(power)
        span = self.span(token.start)
        return Group(Sum((Signed(token.text, term, span=span),), span=span), "", "", span=span)

    def operand(self) -> Node:
        """One operand without what may follow it."""
        token = self.tokens[self.index]
        grammar = self.grammar
        read = grammar.operands.get(token.text) if token.kind != "text" else None
        read = read or grammar.kinds.get(token.kind)
        if read is None:
            raise self.unexpected(token, "an expression")
        return read(self, token)

    def starts_operand(self, token: Token) -> bool:
        """Whether an operand may begin with this token (bars, which open or close, are decided elsewhere)."""
        text = token.text
        known = text in self.grammar.operands or token.kind in self.grammar.kinds
        return known and text not in BARS and text not in ("^", "_")

    def enclosed(self, context: str, power: int = Power.ANY) -> Node:
        """An expression inside delimiters of the kind `context`."""
        ends, self.ends_at_differential = self.ends_at_differential, False
        self.enclosing.append(context)
        node = self.expression(power)
        self.enclosing.pop()
        self.ends_at_differential = ends
        return node

    def braced(self) -> Node:
        """The expression in the braces at the position."""
        opened = self.expect("{")
        node = self.enclosed("{")
        self.expect("}", opened)
        return visible(node)

    def argument(self) -> Node:
        """An argument as TeX takes it: a braced group, or the next digit, letter or command with its arguments."""
        token = self.token
        if token.text == "{":
            return self.braced()
        if token.kind == "number" and len(token.text) > 1 and token.end - token.start == len(token.text):
            first = Token("number", token.text[0], token.start, token.start + 1)
            rest = Token("number", token.text[1:], token.start + 1, token.end)
            self.tokens[self.index : self.index + 1] = [first, rest]
        if token.kind == "letter":
            self.next()
            return Symbol(token.text, span=self.span(token.start))
        self._deepen()
        node = self.operand()
        self.depth -= 1
        return node
