"""Reading what is written about probability: a notation tree as a form of the algebra, without a law applied."""

from __future__ import annotations

import fractions as exact
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derive.check.kinds import Kinds
from derive.check.probability import events, operators, products, ranges
from derive.check.probability.errors import Opaque
from derive.check.probability.page import Said
from derive.check.probability.slopes import slope
from derive.meaning.form import Form, add, call, indexed, neg, num, power, quotient, var
from derive.meaning.names import name_of, primed_name
from derive.notation.printer import latex
from derive.notation.tree import (
    Accented,
    Call,
    Conditional,
    Derivative,
    Ellipsis,
    Fraction,
    Group,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Root,
    Signed,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Underbrace,
    Word,
    transform,
    walk,
)

if TYPE_CHECKING:
    pass

__all__ = ["FUNCTIONS", "Reading", "index_of", "named", "unknown_function"]

_BRACKETS = frozenset({"(", "[", "\\{", "", "\\lbrace"})
FUNCTIONS = {"\\log": "log", "\\ln": "log", "\\exp": "exp", "log": "log", "ln": "log", "exp": "exp"}
_PIECES = (
    Accented, Call, Conditional, Fraction, Group, Listing, Number, Power, Primed, Product, Root, Signed, Styled,
    Subscript, Sum, Symbol, Word,
)  # fmt: skip
"""What an unknown quantity may be written with: nothing that acts on what stands behind it, and no dots."""

_SIGNS = frozenset({"*", "\\ast", "\\star", "\\top", "T", "\\prime", "\\dagger", "+", "-", "\\infty", "\\circ"})
_LABELLED = frozenset({"(", "["})


@dataclass(slots=True)
class Reading:
    """Reads the sides of one claim; `sums` says that a sum over everything is one, and no integral,
    `letter` what the values are of densities that are named without any.

    `speaks` is set where something of probability was read.
    """

    said: Said
    kinds: Kinds
    sums: bool = True
    letter: Form = field(default_factory=lambda: var("x"))
    speaks: bool = False

    def form(self, node: Node) -> Form:
        """The form of a tree.  Raises Opaque."""
        for reads in READERS:
            found = reads(self, node)
            if found is not None:
                return found
        return self.template(node)

    def template(self, node: Node) -> Form:
        """A piece in which nothing is known as an unknown function of the names that stand in it.  Raises Opaque."""
        if any(isinstance(part, Call | Product) and self.is_probabilistic(part) for part in walk(node)):
            raise Opaque
        names: dict[Form, int] = {}
        text = latex(self._blanked(node, names))
        return call(f"piece {text}", *names)

    def _blanked(self, node: Node, names: dict[Form, int]) -> Node:
        """The piece with its names numbered."""
        form = named(node)
        if form is not None:
            return Word("\\mathrm", f"name{names.setdefault(form, len(names))}")
        if not isinstance(node, _PIECES) or (isinstance(node, Symbol) and node.name not in _SIGNS):
            raise Opaque
        return transform(node, lambda child: self._blanked(child, names))

    def is_probabilistic(self, node: Node) -> bool:
        """Whether a call, or a product that is one, is a probability or an expectation."""
        if isinstance(node, Call) and isinstance(node.argument, Group):
            return events.density_head(self.said, node.head, node.argument) is not None or operators.names_operator(
                self.said, node.head, node.argument
            )
        if isinstance(node, Product):
            pairs = zip(node.factors, node.factors[1:], strict=False)
            return any(isinstance(b, Group) and self.is_probabilistic(Call(a, b)) for a, b in pairs)
        return False

    def is_shaped(self, node: Node) -> bool:
        """Whether a factor is a vector or a matrix, so that its place in a product matters.

        What a function gives is one only where it is transposed: side by side such could not be multiplied else.
        """
        if isinstance(node, Call):
            return False
        name = name_of(node)
        if name is not None and self.kinds.is_shaped_name(name):
            return True
        if isinstance(node, Power) and isinstance(node.exponent, Symbol) and node.exponent.name in ("T", "\\top"):
            return True
        return any(map(self.is_shaped, products.parts_of(self, node)))


def named(node: Node) -> Form | None:
    """A name, with its indices as what they stand for: `x_i`, `x^{(i)}`, `x_{i-1}`."""
    if isinstance(node, Subscript):
        base = named(node.base)
        index = index_of(node.index)
        if base is not None and index is not None and base.head == "var":
            return indexed(base, *index)
    if isinstance(node, Power) and isinstance(node.exponent, Group) and node.exponent.left in _LABELLED:
        base, inside = named(node.base), index_of(node.exponent.body)
        if base is not None and base.head == "var" and inside is not None:
            return indexed(var(f"{base.name}_sup"), *inside)
        return None
    if isinstance(node, Group) and node.left == "":
        return named(node.body)
    if isinstance(node, Underbrace) and node.command in ("\\underbrace", "\\overbrace"):
        return None
    name = name_of(node) or primed_name(node)
    return None if name is None else var(name)


def index_of(node: Node) -> tuple[Form, ...] | None:
    """The indices below a letter, if they are letters, numbers and sums of such."""
    if isinstance(node, Listing):
        found = [index_of(item) for item in node.items]
        return None if any(part is None for part in found) else tuple(p for part in found if part for p in part)
    if isinstance(node, Number) and node.text.isdigit():
        return (num(int(node.text)),)
    if isinstance(node, Symbol) and len(node.name) == 1 and node.name.isalpha():
        return (var(node.name),)
    if isinstance(node, Sum):
        parts = [(term.sign, index_of(term.term)) for term in node.terms]
        if all(part is not None and len(part) == 1 and sign in ("", "+", "-") for sign, part in parts):
            return (add(*(neg(part[0]) if sign == "-" else part[0] for sign, part in parts if part)),)
    if isinstance(node, Product) and not any(node.operators) and len(node.factors) == 2:
        pair = [index_of(factor) for factor in node.factors]
        if all(part is not None and len(part) == 1 for part in pair):
            return tuple(part[0] for part in pair if part)
    return None


Reads = Callable[[Reading, Node], Form | None]


def _name(reading: Reading, node: Node) -> Form | None:
    return named(node)


def _number(reading: Reading, node: Node) -> Form | None:
    if not isinstance(node, Number):
        return None
    try:
        return num(exact.Fraction(node.text))
    except ValueError:
        return None


def _sum(reading: Reading, node: Node) -> Form | None:
    if not isinstance(node, Sum):
        return None
    terms: list[Form] = []
    for term in node.terms:
        if term.sign not in ("", "+", "-"):
            raise Opaque
        form = reading.form(term.term)
        terms.append(neg(form) if term.sign == "-" else form)
    return add(*terms)


def _group(reading: Reading, node: Node) -> Form | None:
    if isinstance(node, Underbrace) and node.command in ("\\underbrace", "\\overbrace"):
        return reading.form(node.body)
    if isinstance(node, Styled) and node.command == "\\boxed":
        return reading.form(node.body)
    if not isinstance(node, Group) or node.left not in _BRACKETS or isinstance(node.body, Listing | Relation):
        return None
    return reading.form(node.body)


def _fraction(reading: Reading, node: Node) -> Form | None:
    return (
        quotient(reading.form(node.numerator), reading.form(node.denominator)) if isinstance(node, Fraction) else None
    )


def _power(reading: Reading, node: Node) -> Form | None:
    if isinstance(node, Root):
        return None if node.index is not None else power(reading.form(node.radicand), num(1, 2))
    if not isinstance(node, Power) or reading.is_shaped(node.base):
        return None
    if isinstance(node.exponent, Symbol) and node.exponent.name in ("T", "\\top", "*", "c", "\\prime"):
        return None
    if isinstance(node.base, Symbol) and node.base.name == "e":
        return Form("exp", (reading.form(node.exponent),))
    if isinstance(node.base, Call) and not isinstance(node.base.argument, Group):
        return None
    return power(reading.form(node.base), reading.form(node.exponent))


def _function(reading: Reading, node: Node) -> Form | None:
    """A logarithm or an exponential, or an unknown function of its arguments."""
    if not isinstance(node, Call):
        return None
    if isinstance(node.head, Word):
        known = FUNCTIONS.get(node.head.text or node.head.command)
        if known is not None:
            return Form(known, (reading.form(node.argument),))
        return None
    return unknown_function(reading, node.head, node.argument) if isinstance(node.argument, Group) else None


def unknown_function(reading: Reading, head: Node, argument: Group) -> Form | None:
    """`f(x, y; z)`, `f(x | y)`: an unknown function; its indices are arguments too."""
    name = named(head)
    if name is None or argument.left not in ("(", "[") or name.head not in ("var", "index"):
        return None
    body = argument.body
    parts = [body.left, body.right] if isinstance(body, Conditional) else [body]
    marks = "|" if isinstance(body, Conditional) else ""
    found: list[Form] = []
    for part in parts:
        entries = part.items if isinstance(part, Listing) else (part,)
        marks += str(len(entries))
        if any(isinstance(entry, Ellipsis) for entry in entries):
            found += events.elements(reading, part, found)
            continue
        for entry in entries:
            found += events.run_or(reading, entry)
    base, indices = (name.args[0], name.args[1:]) if name.head == "index" else (name, ())
    return call(f"{base.name} {marks}", *indices, *found)


def _derivative(reading: Reading, node: Node) -> Form | None:
    if not isinstance(node, Derivative) or len(node.variables) != 1 or node.order is not None or node.body is None:
        return None
    by = named(node.variables[0].variable)
    if by is None or node.variables[0].order is not None:
        return None
    return slope(reading.form(node.body), by, "partial")


def _nothing_else(reading: Reading, node: Node) -> Form | None:
    if isinstance(node, Relation | Conditional | Listing):
        raise Opaque
    return None


READERS: tuple[Reads, ...] = (
    events.read_density,
    operators.read_operator,
    ranges.read_sum,
    ranges.read_integral,
    _name,
    _number,
    _sum,
    _group,
    _fraction,
    _power,
    _function,
    _derivative,
    products.read_product,
    _nothing_else,
)
"""What is tried in order; what none of them reads is an unknown quantity."""
