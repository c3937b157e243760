"""What the printers of all families share: how tightly a node holds together, brackets where needed, scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from derive.notation.symbols import CONNECTIVES
from derive.notation.tree import (
    BigOperator,
    Call,
    Conditional,
    Derivative,
    Differential,
    Ellipsis,
    Evaluated,
    Factorial,
    Fraction,
    Group,
    Implication,
    Integral,
    Link,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Signed,
    Subscript,
    Sum,
    Symbol,
    Underbrace,
)
from derive.notation.words import is_name

__all__ = ["Level", "Print", "Printer", "bracketed", "leftmost", "level", "spaced"]


class Level(IntEnum):
    """How tightly a node holds together as it is printed, loosest first."""

    LIST = 0
    ARROW = 1
    CONDITION = 2
    ITEMS = 3
    RELATION = 4
    SUM = 5
    PRODUCT = 6
    FACTOR = 7
    SCRIPTED = 8
    SOLID = 9


LEVELS: dict[type[Node], Level] = {
    Implication: Level.ARROW, Conditional: Level.CONDITION, Relation: Level.RELATION, Link: Level.RELATION,
    Sum: Level.SUM, Signed: Level.SUM, Product: Level.PRODUCT, BigOperator: Level.FACTOR, Integral: Level.FACTOR,
    Derivative: Level.FACTOR, Differential: Level.FACTOR, Fraction: Level.FACTOR, Power: Level.SCRIPTED,
    Subscript: Level.SCRIPTED, Primed: Level.SCRIPTED, Factorial: Level.SCRIPTED, Underbrace: Level.SCRIPTED,
}  # fmt: skip
"""What is neither here nor decided by `level` is solid."""

_TALL = ("\\frac", "\\dfrac", "\\sum", "\\prod", "\\int", "\\begin", "\\binom", "\\cfrac")

Print = Callable[[Any, "Printer"], str]


def level(node: Node) -> Level:
    """How tightly the node holds together."""
    if isinstance(node, Call):
        return Level.SCRIPTED if isinstance(node.argument, Group) and node.argument.left else Level.FACTOR
    if isinstance(node, Listing):
        pieces = [piece for s in node.separators for piece in (s.split() or [""])]
        strong = any(piece not in (",", ";", *CONNECTIVES) for piece in pieces)
        return Level.LIST if strong else Level.ITEMS
    if isinstance(node, Evaluated):
        if node.left:
            return Level.FACTOR
        return Level.PRODUCT if node.upper is None else Level.SUM
    return LEVELS.get(type(node), Level.SOLID)


def bracketed(text: str) -> str:
    """The text in round brackets, as high as what they hold."""
    return f"\\left({text}\\right)" if any(command in text for command in _TALL) else f"({text})"


def spaced(left: str, right: str) -> str:
    """Two pieces one after the other, with a space only where they would otherwise be read as one command or number."""
    command = left[left.rfind("\\") + 1 :] if "\\" in left else ""
    joined = (command.isalpha() and right[:1].isalpha()) or (left.endswith(".") and right[:1].isdigit())
    return f"{left} {right}" if joined else left + right


def leftmost(node: Node) -> Node:
    """The node with which the printed text begins, below scripts, heads and first factors."""
    while True:
        if isinstance(node, Power | Subscript | Primed):
            node = node.base
        elif isinstance(node, Factorial):
            node = node.body
        elif isinstance(node, Call):
            node = node.head
        elif isinstance(node, Product):
            node = node.factors[0]
        elif isinstance(node, Evaluated) and not node.left:
            node = node.body
        else:
            return node


class Printer:
    """The printers by kind of node, and what they call for the nodes below."""

    def __init__(self, printers: Mapping[type[Node], Print]) -> None:
        self.printers = printers

    def text(self, node: Node) -> str:
        """The node as LaTeX."""
        return self.printers[type(node)](node, self)

    def at(self, node: Node, needed: Level) -> str:
        """The node where only what holds together as tightly as `needed` may stand without brackets."""
        text = self.text(node)
        return text if level(node) >= needed else bracketed(text)

    def base(self, node: Node) -> str:
        """The node as the base of a script."""
        if isinstance(node, Differential) and node.order is None:
            return self.text(node)
        return bracketed(self.text(node)) if isinstance(node, Power | Fraction) else self.at(node, Level.SCRIPTED)

    def script(self, node: Node) -> str:
        """The node as the argument of `_` or `^`: braces around more than one token, no spaces in `i=1` and `ij`."""
        if isinstance(node, Relation):
            return f"{{{self._tight_relation(node)}}}"
        if isinstance(node, Product) and not any(node.operators):
            letters = [factor.name for factor in node.factors if isinstance(factor, Symbol)]
            if len(letters) == len(node.factors) and all(len(n) == 1 and n.isalpha() for n in letters):
                run = "".join(letters)
                return f"{{{' '.join(letters) if is_name(run) or 'd' in run else run}}}"
        text = self.text(node)
        single = isinstance(node, Symbol | Ellipsis) or (isinstance(node, Number) and len(text) == 1)
        return text if single and text not in ("\\prime", "\\{", "\\}", "{}") else f"{{{text}}}"

    def bounds(self, lower: Node | None, upper: Node | None) -> str:
        """The scripts of a big sign."""
        below = f"_{self.script(lower)}" if lower is not None else ""
        return below + (f"^{self.script(upper)}" if upper is not None else "")

    def _tight_relation(self, node: Relation) -> str:
        pieces = [] if node.first is None else [self.at(node.first, Level.SUM)]
        for link in node.links:
            sign = link.sign if link.sign in ("=", "<", ">") else f" {link.sign} "
            pieces.append(sign + self.at(link.term, Level.SUM))
        return "".join(pieces).strip()
