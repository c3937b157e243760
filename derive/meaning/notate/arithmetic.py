"""Numbers, names, sums, products, fractions and powers, as one writes them."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from derive.meaning.errors import MeaningError
from derive.meaning.form import HALF, Form
from derive.meaning.form import num as number_form
from derive.meaning.interpret.letters import CONSTANT_WORDS, NUMBER_SETS
from derive.meaning.names import node_of
from derive.meaning.notate.brackets import base_of, bracketed, factor_of, needs_dot
from derive.meaning.notate.functions import POWER_ON_NAME, with_power
from derive.meaning.order import is_negative, is_reciprocal, opposite, written_terms
from derive.notation.tree import (
    Fraction,
    Listing,
    Node,
    Number,
    Power,
    Product,
    Root,
    Signed,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Word,
)

__all__ = ["constant", "exponential", "index", "number", "power", "product", "total", "variable"]

Write = Callable[[Form], Node]

_CONSTANTS: dict[str, Node] = {
    "pi": Symbol("\\pi"),
    "E": Symbol("e"),
    "I": Styled("\\mathrm", Symbol("i")),
    "oo": Symbol("\\infty"),
    "-oo": Sum((Signed("-", Symbol("\\infty")),)),
}
_SETS = {name: letter for letter, name in NUMBER_SETS.items()}


def number(form: Form, write: Write) -> Node:
    value = form.value
    size = abs(value)
    node: Node = Number(str(size.numerator))
    if size.denominator != 1:
        node = Fraction(node, Number(str(size.denominator)))
    return Sum((Signed("-", node),)) if value < 0 else node


def variable(form: Form, write: Write) -> Node:
    if form.name in _SETS:
        return Styled("\\mathbb", Symbol(_SETS[form.name]))
    if form.name in ("e", "pi"):
        return Styled("\\mathit", node_of(form.name))
    return node_of(form.name)


def constant(form: Form, write: Write) -> Node:
    node = _CONSTANTS.get(form.name)
    if form.name in CONSTANT_WORDS:
        return Word("\\mathrm", form.name)
    if node is None:
        raise MeaningError(f"{form.name} has no sign of its own")
    return node


def total(form: Form, write: Write) -> Node:
    terms: list[Signed] = []
    for place, term in enumerate(written_terms(form)):
        if is_negative(term):
            terms.append(Signed("-", _term(opposite(term), write)))
        else:
            terms.append(Signed("+" if place else "", _term(term, write)))
    return Sum(tuple(terms))


def _term(form: Form, write: Write) -> Node:
    node = write(form)
    return bracketed(node) if isinstance(node, Sum) else node


def product(form: Form, write: Write) -> Node:
    if is_negative(form):
        return Sum((Signed("-", _term(opposite(form), write)),))
    factors: list[Node] = []
    above: list[Form] = []
    pending = list(form.args)
    while pending:
        factor = pending.pop(0)
        if not is_reciprocal(factor):
            above.append(factor)
            continue
        factors += _fraction(above, factor.args[0], write)
        above = []
    number = form.args[0]
    if (
        above
        and not factors
        and number.head == "num"
        and number.value.denominator != 1
        and len(above) == len(form.args)
    ):
        value = number.value
        numerator = ([number_form(value.numerator)] if value.numerator != 1 else []) + above[1:]
        return _multiplied(_fraction(numerator, number_form(value.denominator), write))
    factors += [write(part) for part in above]
    return _multiplied(factors)


def _fraction(above: list[Form], below: Form, write: Write) -> list[Node]:
    """One fraction; a broken number before other factors stays before it."""
    leading: list[Node] = []
    if len(above) > 1 and above[0].head == "num" and above[0].value.denominator != 1:
        leading, above = [write(above[0])], above[1:]
    numerator = _multiplied([write(part) for part in above]) if above else Number("1")
    return [*leading, Fraction(numerator, write(below))]


def _multiplied(nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    flat: list[Node] = []
    for place, node in enumerate(nodes):
        flat.append(factor_of(node, last=place == len(nodes) - 1, first=place == 0))
    operators = tuple("\\cdot" if needs_dot(a, b) else "" for a, b in itertools.pairwise(flat))
    return Product(tuple(flat), operators)


def power(form: Form, write: Write) -> Node:
    base, exponent = form.args
    if is_reciprocal(form):
        return Fraction(Number("1"), write(base))
    if exponent == HALF:
        return Root(write(base))
    if exponent.head == "num" and exponent.value.numerator == 1 and exponent.value.denominator > 2:
        return Root(write(base), Number(str(exponent.value.denominator)))
    if base.head in POWER_ON_NAME and exponent.head == "num" and exponent.value.denominator == 1 and exponent.value > 1:
        return with_power(write(base), write(exponent))
    return Power(base_of(write(base)), write(exponent))


def exponential(form: Form, write: Write) -> Node:
    return Power(Symbol("e"), write(form.args[0]))


def index(form: Form, write: Write) -> Node:
    base, *indices = form.args
    items = tuple(write(item) for item in indices)
    below = items[0] if len(items) == 1 else Listing(items, (",",) * (len(items) - 1))
    return Subscript(base_of(write(base)), below)
