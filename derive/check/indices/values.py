"""Numbers, vectors and matrices by what stands at each of their entries: letters, sums, products, powers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from derive.check.indices.contractions import DELTA, NoIndices, Term, times
from derive.meaning.names import name_of
from derive.notation.printer import latex
from derive.notation.tree import Fraction as Quotient
from derive.notation.tree import Group, Listing, Node, Number, Power, Product, Subscript, Sum, Symbol, Underbrace

if TYPE_CHECKING:
    from derive.check.indices.reading import Indices

__all__ = [
    "MARKS", "NORMS", "SIZES", "Value", "letter_of", "plain", "read_group", "read_number", "read_power",
    "read_product", "read_quotient", "read_sum", "whole_name",
]  # fmt: skip

_KINDS = Literal["number", "column", "row", "matrix"]
_TRANSPOSED: dict[_KINDS, _KINDS] = {"number": "number", "column": "row", "row": "column", "matrix": "matrix"}
_PRODUCTS: dict[tuple[_KINDS, _KINDS], _KINDS] = {
    ("row", "column"): "number", ("matrix", "column"): "column", ("row", "matrix"): "row",
    ("matrix", "matrix"): "matrix", ("column", "row"): "matrix",
}  # fmt: skip
SIZES = {"number": 0, "column": 1, "row": 1, "matrix": 2}
MARKS = ("_bold", "_vec")
NORMS = frozenset({"\\|", "||", "\\Vert", "\\lVert"})


@dataclass(frozen=True, slots=True)
class Value:
    """A number, vector or matrix by what stands at each of its entries."""

    kind: _KINDS
    at: Callable[[tuple[str, ...]], tuple[Term, ...]]


def plain(name: str) -> str:
    for mark in MARKS:
        name = name.replace(mark, "")
    return name


def _kind(indices: Indices, name: str) -> _KINDS:
    kinds = indices.kinds
    if kinds.is_column(name) or name in indices.columns:
        return "column"
    if kinds.is_shaped_name(name) or kinds.may_be_shaped(name):
        if not name[:1].isupper():
            raise NoIndices
        return "matrix"
    return "number"


def whole_name(name: str, kind: _KINDS) -> str:
    """The name that a vector or matrix has in common with its entries: those of A may be written `a_{ij}`."""
    return plain(name) if kind != "matrix" else plain(name)[:1].upper() + plain(name)[1:]


def letter_of(indices: Indices, node: Node) -> Value | None:
    name = None if isinstance(node, Subscript | Number) else name_of(node)
    if name is None:
        return None
    kind = _kind(indices, name)
    if kind == "matrix" and name in indices.kinds.identities:
        return Value("matrix", lambda at: (Term(Fraction(1), ((DELTA, at),)),))
    if kind != "number":
        indices.whole.add(whole_name(name, kind))
    return Value(kind, lambda at: (Term(Fraction(1), ((whole_name(name, kind), at),)),))


def read_number(indices: Indices, node: Node) -> Value | None:
    if not isinstance(node, Number):
        return None
    try:
        scale = Fraction(node.text)
    except ValueError:
        raise NoIndices from None
    return Value("number", lambda at: (Term(scale),))


def read_group(indices: Indices, node: Node) -> Value | None:
    if isinstance(node, Underbrace):
        return indices.value(node.body)
    plain = isinstance(node, Group) and node.left in ("(", "[", "\\{", "") and not isinstance(node.body, Listing)
    return indices.value(node.body) if isinstance(node, Group) and plain else None


def read_sum(indices: Indices, node: Node) -> Value | None:
    if not isinstance(node, Sum):
        return None
    parts = [(term.sign, indices.value(term.term)) for term in node.terms]
    kind = parts[0][1].kind
    if any(sign not in ("", "+", "-") or part.kind != kind for sign, part in parts):
        raise NoIndices

    def at(place: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(
            Term(-term.scale if sign == "-" else term.scale, term.factors, term.summed)
            for sign, part in parts
            for term in part.at(place)
        )

    return Value(kind, at)


# --- products ----------------------------------------------------------------------------------------------


def read_product(indices: Indices, node: Node) -> Value | None:
    from derive.check.indices.entries import gradient

    if not isinstance(node, Product):
        return None
    signs = ("", *node.operators)
    found: Value | None = None
    for place, (sign, factor) in enumerate(zip(signs, node.factors, strict=True)):
        if isinstance(factor, Subscript) and factor.base == Symbol("\\nabla"):
            rest, operators = node.factors[place + 1 :], node.operators[place + 1 :]
            if not rest:
                raise NoIndices
            inside = indices.value(rest[0] if len(rest) == 1 else Product(rest, operators))
            value = gradient(indices, inside, factor.index)
            return value if found is None else _times(indices, found, value, sign)
        value = indices.value(factor)
        found = value if found is None else _times(indices, found, value, sign)
    return found


def _times(indices: Indices, left: Value, right: Value, sign: str) -> Value:
    if sign in ("\\odot", "\\circ") and left.kind == right.kind:
        return Value(left.kind, lambda at: times(left.at(at), right.at(at)))
    if sign not in ("", "\\cdot", "\\ ", "*"):
        raise NoIndices
    if left.kind == "number":
        return Value(right.kind, lambda at: times(left.at(()), right.at(at)))
    if right.kind == "number":
        return Value(left.kind, lambda at: times(left.at(at), right.at(())))
    if left.kind == right.kind == "column" and sign == "\\cdot":
        left = Value("row", left.at)
    kind = _PRODUCTS.get((left.kind, right.kind))
    if kind is None:
        raise NoIndices
    if (left.kind, right.kind) == ("column", "row"):
        return Value(kind, lambda at: times(left.at(at[:1]), right.at(at[1:])))
    before = SIZES[left.kind] - 1

    def at(place: tuple[str, ...]) -> tuple[Term, ...]:
        own = indices.fresh()
        indices.everywhere = True
        found = times(left.at((*place[:before], own)), right.at((own, *place[before:])))
        return tuple(Term(term.scale, term.factors, term.summed | {own}) for term in found)

    return Value(kind, at)


def _transposed(value: Value) -> Value:
    return Value(_TRANSPOSED[value.kind], lambda at: value.at(tuple(reversed(at))))


def read_power(indices: Indices, node: Node) -> Value | None:
    if not isinstance(node, Power):
        return None
    if isinstance(node.exponent, Symbol) and node.exponent.name in ("T", "\\top"):
        return _transposed(indices.value(node.base))
    if node.exponent != Number("2"):
        raise NoIndices
    inside = _norm(indices, node.base)
    value = inside if inside is not None else indices.value(node.base)
    if inside is None and value.kind != "number":
        raise NoIndices

    def at(_: tuple[str, ...]) -> tuple[Term, ...]:
        place = tuple(indices.fresh() for _ in range(SIZES[value.kind]))
        indices.everywhere = indices.everywhere or bool(place)
        entry = value.at(place)
        squared = times(entry, _again(indices, entry))
        return tuple(Term(term.scale, term.factors, term.summed.union(place)) for term in squared)

    return Value("number", at)


def _again(indices: Indices, terms: tuple[Term, ...]) -> Iterator[Term]:
    """The terms with other names for what they sum over."""
    for term in terms:
        own = {index: indices.fresh() for index in term.summed}
        factors = tuple((name, tuple(own.get(index, index) for index in places)) for name, places in term.factors)
        yield Term(term.scale, factors, frozenset(own.values()))


def _norm(indices: Indices, node: Node) -> Value | None:
    """What a norm is taken of, if it is the root of the sum of the squares of all entries."""
    mark = latex(node.index) if isinstance(node, Subscript) else ""
    inside = node.base if isinstance(node, Subscript) else node
    if not isinstance(inside, Group) or inside.left not in NORMS or mark not in ("", "2", "F"):
        return None
    value = indices.value(inside.body)
    if value.kind == "number":
        raise NoIndices
    if value.kind == "matrix" and mark != "F":
        indices.supposed["the norm of a matrix is the root of the sum of its squared entries"] = None
    return value


def read_quotient(indices: Indices, node: Node) -> Value | None:
    if not isinstance(node, Quotient):
        return None
    above, below = indices.value(node.numerator), indices.value(node.denominator)
    terms = below.at(()) if below.kind == "number" else ()
    if len(terms) != 1 or terms[0].summed or any(places for _, places in terms[0].factors) or not terms[0].scale:
        raise NoIndices
    inverse = Term(1 / terms[0].scale, tuple((f"1/{name}", ()) for name, _ in terms[0].factors))
    return Value(above.kind, lambda at: times(above.at(at), (inverse,)))
