"""Likely slips: one sign, coefficient, exponent, factor or term changed, and which change makes a line true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from derive.check.terms import Term, meaning
from derive.meaning.form import Form
from derive.meaning.names import is_letter
from derive.notation.printer import latex
from derive.notation.tree import (
    Call,
    Fraction,
    Group,
    Node,
    Number,
    Power,
    Product,
    Signed,
    Sum,
    Symbol,
    Word,
    children,
    transform,
    walk,
)
from derive.read.split import Piece

if TYPE_CHECKING:
    from derive.check.identities import Compared
    from derive.check.page import Page

__all__ = ["correction", "mutated"]

MOST_TRIED = 400
MOST_PLACES = 16
MOST_SYMBOLS = 6
MOST_FACTORS = 8
MOST_DEPTH = 6


def correction(left: Node | None, right: Node | None, page: Page, pair: Compared) -> str:
    """The right side (or else the left one) with one slip undone so that the link is proved; empty if none is found."""
    if left is None or right is None:
        return ""
    factors = _factors(left, right)
    for node, fixed in ((right, pair.raw[0]), (left, pair.raw[1])):
        for candidate, shown in mutated(node, factors):
            form = meaning(Term(Piece(shown, 0, 0), candidate), page.knowledge.lexicon).form
            if form is None or form == fixed:
                continue
            if _proved(pair, fixed, form):
                return shown
    return ""


def _proved(pair: Compared, fixed: Form, form: Form) -> bool:
    return pair.supposed(fixed, form)


def mutated(node: Node, factors: tuple[Node, ...] = ()) -> Iterator[tuple[Node, str]]:
    """The trees that differ from this one by one likely slip, and each as LaTeX; `factors` may have been dropped."""
    seen = {latex(node)}
    symbols = tuple(factor for factor in factors if is_letter(factor))
    slips = chain(_variants(node, 0), _swapped(node, symbols), _completed(node, factors))
    for tried, candidate in enumerate(slips):
        if tried >= MOST_TRIED:
            return
        text = latex(candidate)
        if text not in seen:
            seen.add(text)
            yield candidate, text


def _completed(node: Node, factors: tuple[Node, ...]) -> Iterator[Node]:
    """The whole, a term of a sum, an exponent or an argument with a factor that was dropped; or one too much undone."""
    for place in _places(node, 0):
        for factor in factors[:MOST_FACTORS]:
            yield _replaced(node, place, Product((factor, _bracketed(place)), ("",)))
    for factor in factors[:MOST_FACTORS]:
        yield Fraction(node, factor)


def _places(node: Node, depth: int) -> Iterator[Node]:
    """Where a factor can have been lost, the outermost first."""
    if depth == 0 and not isinstance(node, Sum):
        yield node
    if isinstance(node, Sum):
        yield from (term.term for term in node.terms)
    elif isinstance(node, Fraction):
        yield from (part for part in (node.numerator, node.denominator) if not isinstance(part, Sum))
    elif isinstance(node, Power) and not isinstance(node.exponent, Sum):
        yield node.exponent
    elif isinstance(node, Call) and not isinstance(node.argument, Group):
        yield node.argument
    if depth < MOST_DEPTH:
        for child in children(node):
            yield from _places(child, depth + 1)


_TWINS = {"\\sin": "\\cos", "\\cos": "\\sin", "\\sinh": "\\cosh", "\\cosh": "\\sinh"}


def _factors(left: Node, right: Node) -> tuple[Node, ...]:
    """What may have been dropped: letters and applied functions of both sides, the shortest first."""
    found = {part for side in (left, right) for part in walk(side) if is_letter(part) or isinstance(part, Call)}
    calls = [part for part in found if isinstance(part, Call)]
    heads = {one.head for one in calls}
    heads |= {replace(h, command=_TWINS[h.command]) for h in heads if isinstance(h, Word) and h.command in _TWINS}
    found |= {Call(head, one.argument) for head in heads for one in calls}
    return tuple(sorted(found, key=lambda part: (len(latex(part)), latex(part))))


def _swapped(node: Node, symbols: tuple[Node, ...]) -> Iterator[Node]:
    """One occurrence of a symbol replaced by another."""
    for here in [each for each in walk(node) if each in symbols][:MOST_PLACES]:
        for symbol in symbols[:MOST_SYMBOLS]:
            if symbol != here:
                yield _replaced(node, here, symbol)


def _replaced(node: Node, here: Node, new: Node) -> Node:
    return new if node is here else transform(node, lambda child: _replaced(child, here, new))


def _variants(node: Node, depth: int) -> Iterator[Node]:
    """Changes at this node first, then at each node below."""
    yield from _here(node)
    if depth > 12:
        return
    for child in children(node):
        for changed in _variants(child, depth + 1):
            yield transform(node, lambda each, child=child, changed=changed: changed if each is child else each)  # type: ignore[misc]


def _here(node: Node) -> Iterator[Node]:
    if isinstance(node, Sum):
        yield from _sum(node)
    elif isinstance(node, Product):
        yield from _product(node)
    elif isinstance(node, Power):
        yield from _power(node)
    elif isinstance(node, Fraction):
        yield Fraction(node.denominator, node.numerator, node.command)
        yield node.numerator
        yield replace(node, denominator=_squared(node.denominator))
    elif isinstance(node, Number) and node.text.isdigit():
        value = int(node.text)
        yield from (Number(str(near)) for near in (value + 1, value - 1, 2 * value) if near >= 0)
        if value % 2 == 0 and value:
            yield Number(str(value // 2))
    elif isinstance(node, Symbol | Call):
        yield _negative(node)
        yield Power(node, Number("2")) if isinstance(node, Symbol) else Product((Number("2"), node), ("",))
        if isinstance(node, Symbol):
            yield Product((Number("2"), node), ("",))
            yield Group(node, "|", "|", "left")


def _sum(node: Sum) -> Iterator[Node]:
    terms = node.terms
    flipped = {"": "-", "+": "-", "-": "+"}
    for place, term in enumerate(terms):
        sign = flipped.get(term.sign)
        if sign is not None:
            changed = Signed("" if not place and sign == "+" else sign, term.term)
            yield Sum((*terms[:place], changed, *terms[place + 1 :]))
    if len(terms) > 1:
        for place in range(len(terms)):
            rest = terms[:place] + terms[place + 1 :]
            if not place and rest[0].sign == "+":
                rest = (Signed("", rest[0].term), *rest[1:])
            yield rest[0].term if len(rest) == 1 and rest[0].sign == "" else Sum(rest)
    if len(terms) == 2 and terms[0].sign == "" and terms[1].sign == "-":
        yield Fraction(terms[0].term, terms[1].term)
    if len(terms) == 2 and terms[1].sign == "+":
        yield Product((_bracketed(terms[0].term), _bracketed(terms[1].term)), ("\\cdot",))


def _product(node: Product) -> Iterator[Node]:
    factors, operators = node.factors, node.operators
    for place in range(len(factors)):
        rest = factors[:place] + factors[place + 1 :]
        gone = max(place - 1, 0)
        signs = operators[:gone] + operators[gone + 1 :]
        yield rest[0] if len(rest) == 1 else Product(rest, signs)
    yield Product((Number("2"), *factors), ("\\cdot" if isinstance(factors[0], Number) else "", *operators))
    yield _negative(node)


def _power(node: Power) -> Iterator[Node]:
    yield node.base
    exponent = node.exponent
    if isinstance(exponent, Number) and exponent.text.isdigit():
        value = int(exponent.text)
        yield Power(node.base, Number(str(value + 1)))
        if value > 1:
            yield Power(node.base, Number(str(value - 1)))
    yield Power(node.base, _negative(exponent))
    yield Product((Number("2"), node), ("",))


def _negative(node: Node) -> Node:
    if isinstance(node, Sum):
        if len(node.terms) == 1 and node.terms[0].sign == "-":
            return node.terms[0].term
        return Sum((Signed("-", Group(node)),))
    return Sum((Signed("-", node),))


def _squared(node: Node) -> Node:
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.text.isdigit():
        return Power(node.base, Number(str(int(node.exponent.text) + 1)))
    return Power(_bracketed(node), Number("2"))


def _bracketed(node: Node) -> Node:
    return Group(node) if isinstance(node, Sum | Product | Fraction) else node
