"""Entries, sums over indices, and derivatives by entries or by a whole vector or matrix."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.check.indices.contractions import DELTA, NoIndices, Term, derivative
from derive.check.indices.values import MARKS, NORMS, SIZES, Value, letter_of, plain, whole_name
from derive.meaning.names import name_of
from derive.notation.printer import latex
from derive.notation.tree import (
    BigOperator,
    Call,
    Derivative,
    Ellipsis,
    Group,
    Listing,
    Node,
    Number,
    Product,
    Relation,
    Subscript,
    Sum,
    Symbol,
    Word,
    children,
    transform,
)

if TYPE_CHECKING:
    from derive.check.indices.reading import Indices

__all__ = ["gradient", "read_big", "read_call", "read_entry", "read_run", "read_slope"]

_RUNS = "ι"
r"""A letter that stands in no formula: this one is written `\iota` there."""

_ENTRYWISE = frozenset({"\\log", "\\ln", "\\exp", "\\tanh", "\\sin", "\\cos"})


def places_of(node: Node) -> tuple[str, ...]:
    """The letters and numbers of an index.  Raises NoIndices."""
    if isinstance(node, Symbol) and len(node.name) == 1 and node.name.isalpha():
        return (node.name,)
    if isinstance(node, Number) and node.text.isdigit():
        return (node.text,)
    if isinstance(node, Group) and node.left == "":
        return places_of(node.body)
    if isinstance(node, Listing) or (isinstance(node, Product) and not any(node.operators)):
        return tuple(
            place for part in (node.items if isinstance(node, Listing) else node.factors) for place in places_of(part)
        )
    raise NoIndices


def read_entry(indices: Indices, node: Node) -> Value | None:
    """`v_i`, `a_{ij}`, `(A v)_i`."""
    if not isinstance(node, Subscript):
        return None
    if isinstance(node.base, Group) and node.base.left in NORMS:
        raise NoIndices
    letters = places_of(node.index)
    if isinstance(node.base, Group):
        value = indices.value(node.base.body)
        if value.kind == "number" or SIZES[value.kind] != len(letters):
            raise NoIndices
        at = tuple(map(indices.index, letters))
        return Value("number", lambda _: value.at(at))
    name = name_of(node.base)
    if name is None or name != plain(name) or len(letters) > 2:
        raise NoIndices  # a letter in bold with an index is one of several vectors
    own = name if len(letters) == 1 else name[:1].upper() + name[1:]
    indices.entries.add(own)
    term = indices.factor(own, letters)
    return Value("number", lambda _: (term,))


def read_big(indices: Indices, node: Node) -> Value | None:
    if not isinstance(node, BigOperator):
        return None
    if node.command.split("\\limits")[0] != "\\sum" or node.body is None or node.lower is None:
        raise NoIndices
    lower, bounds = node.lower, ""
    if isinstance(lower, Relation) and len(lower.links) == 1 and lower.links[0].sign == "=" and node.upper is not None:
        bounds = f"{latex(lower.links[0].term)} to {latex(node.upper)}"
        lower = lower.first if lower.first is not None else lower
    elif node.upper is not None:
        raise NoIndices
    return _summed(indices, node.body, places_of(lower), bounds)


def _summed(indices: Indices, body: Node, letters: tuple[str, ...], bounds: str) -> Value:
    if not letters:
        return indices.value(body)
    indices.everywhere = indices.everywhere or not bounds
    with indices.over(letters[0], bounds) as own:
        value = _summed(indices, body, letters[1:], bounds)
        if value.kind != "number":
            raise NoIndices
        terms = value.at(())
    return Value("number", lambda _: tuple(Term(t.scale, t.factors, t.summed | {own}) for t in terms))


def read_run(indices: Indices, node: Node) -> Value | None:
    """`a_1 x_1 + … + a_n x_n`: the sum from the first to the last; what comes before the dots has to fit."""
    if not isinstance(node, Sum) or len(node.terms) < 3 or not isinstance(node.terms[-2].term, Ellipsis):
        return None
    last = node.terms[-1]
    shown = [each for each in node.terms if each is not node.terms[-2]]
    if any(each.sign not in ("", "+") for each in shown):
        raise NoIndices
    ends = {part for part in _letters_below(last.term) if part.name not in indices.running}
    if len(ends) != 1:
        raise NoIndices
    (end,) = ends
    for place, each in enumerate(node.terms[:-2], 1):
        if _at(last.term, end, Number(str(place))) != each.term:
            raise NoIndices
    return _summed(indices, _at(last.term, end, Symbol(_RUNS)), (_RUNS,), f"1 to {latex(end)}")


def _letters_below(node: Node) -> set[Symbol]:
    """The letters that stand alone as an index."""
    found = {node.index} if isinstance(node, Subscript) and isinstance(node.index, Symbol) else set()
    return found.union(*(_letters_below(child) for child in children(node)))


def _at(node: Node, old: Node, new: Node) -> Node:
    """The same with another index in place of one."""
    if isinstance(node, Subscript) and node.index == old:
        return replace(node, index=new)
    return transform(node, lambda child: _at(child, old, new))


def read_slope(indices: Indices, node: Node) -> Value | None:
    if not isinstance(node, Derivative):
        return None
    if len(node.variables) != 1 or node.order is not None or node.variables[0].order is not None or node.body is None:
        raise NoIndices
    return gradient(indices, indices.value(node.body), node.variables[0].variable)


def gradient(indices: Indices, inside: Value, by: Node) -> Value:
    """The derivative of a number by an entry, or by all entries at once, in the shape of what these are of."""
    if inside.kind != "number":
        raise NoIndices
    whole = letter_of(indices, by)
    if whole is None:
        entry = indices.value(by)
        ((name, place),) = entry.at(())[0].factors
        return Value("number", lambda _: _derived(indices, inside.at(()), name, place))
    if whole.kind == "number":
        raise NoIndices
    name = whole_name(name_of(by) or "", whole.kind)
    return Value(whole.kind, lambda at: _derived(indices, inside.at(()), name, at))


def _derived(indices: Indices, terms: tuple[Term, ...], name: str, at: tuple[str, ...]) -> tuple[Term, ...]:
    """The derivative, all other letters being constants, which they are not where the page says what they are."""
    others = {factor for term in terms for factor, _ in term.factors} - {name, DELTA}
    for other in others:
        letter = other.split()[-1].removeprefix("1/")
        if letter == name or any(indices.is_defined(letter + mark) for mark in ("", *MARKS)):
            raise NoIndices
    if others:
        indices.supposed[f"nothing else depends on {name}"] = None
    return derivative(terms, name, at)


def read_call(indices: Indices, node: Node) -> Value | None:
    """The trace of a matrix; a function of each entry."""
    if not isinstance(node, Call) or not isinstance(node.head, Word):
        return None
    value = indices.value(node.argument)
    if node.head.text in ("tr", "Tr", "trace") and value.kind == "matrix":
        own = indices.fresh()
        indices.everywhere = True
        terms = value.at((own, own))
        return Value("number", lambda _: tuple(Term(t.scale, t.factors, t.summed | {own}) for t in terms))
    command = node.head.command
    if command not in _ENTRYWISE:
        raise NoIndices

    def at(place: tuple[str, ...]) -> tuple[Term, ...]:
        terms = value.at(place)
        if len(terms) != 1 or len(terms[0].factors) != 1 or terms[0].scale != 1 or terms[0].summed:
            raise NoIndices
        ((name, places),) = terms[0].factors
        return (Term(Fraction(1), ((f"{command} {name}", places),)),)

    if value.kind != "number":
        indices.supposed["a function of a vector is taken of each entry"] = None
    return Value(value.kind, at)
