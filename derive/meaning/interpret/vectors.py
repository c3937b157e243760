"""Vectors of a page that multiplies them by `\\cdot` and `\\times`, and products entry by entry of matrices."""

from __future__ import annotations

from itertools import pairwise

from derive.meaning.form import MINUS_ONE, ONE, Form, mul, opaque, power
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.lexicon import Lexicon
from derive.meaning.names import name_of
from derive.notation.tree import (
    Accented,
    BigOperator,
    Derivative,
    Fraction,
    Group,
    Integral,
    Listing,
    Matrix,
    Node,
    Power,
    Primed,
    Product,
    Subscript,
    Sum,
    Symbol,
    Underbrace,
    Word,
)

__all__ = ["column", "elementwise", "is_remark", "is_vector", "product"]

_ELEMENTWISE = frozenset({"\\odot", "\\circ"})
_LISTS = frozenset({("[", "]"), ("(", ")")})
_PLAIN = frozenset({"", "\\cdot", "\\times", "\\ ", "*"})


def is_vector(node: Node, reading: Reading) -> bool:
    """Whether the node is a vector of space: an arrow or a bold letter, and what is made of such by linear steps."""
    match node:
        case Group(body=body, left="(" | "[" | "" | "\\{") | Underbrace(body=body) | BigOperator(body=Node() as body):
            return is_vector(body, reading)
        case Derivative(body=Node() as body) | Integral(body=body):
            return is_vector(body, reading)
        case Sum(terms=terms):
            return any(is_vector(term.term, reading) for term in terms)
        case Fraction(numerator=numerator):
            return is_vector(numerator, reading)
        case Product():
            return _is_vector_product(node, reading)
        case Primed(base=base) | Subscript(base=base):
            return is_vector(base, reading)
        case Power(base=base) if name_of(node) is not None:
            return is_vector(base, reading)
        case Accented(command="\\dot" | "\\ddot" | "\\bar" | "\\tilde" | "\\hat", body=body):
            return is_vector(body, reading)
    return _is_vector_name(name_of(node), reading.lexicon)


def _is_vector_name(name: str | None, lexicon: Lexicon) -> bool:
    """An arrow makes a vector; a bold letter does, except a capital where the page has no cross products."""
    if name is None:
        return False
    letter, *marks = name.split("_")
    return "vec" in marks or ("bold" in marks and (lexicon.has_cross_products or not letter[:1].isupper()))


def _is_vector_product(node: Product, reading: Reading) -> bool:
    shaped = [is_vector(factor, reading) for factor in node.factors]
    crossed = any(a and b and o == "\\times" for o, (a, b) in zip(node.operators, pairwise(shaped), strict=True))
    return sum(shaped) == 1 or (crossed and sum(shaped) == 2)


def product(node: Product, reading: Reading) -> Form | None:
    """A product with dot or cross products of vectors: `m \\vec r \\times \\vec v`; None for any other.

    Cross products bind tighter than dots, and three vectors in a row, which need brackets, are no product.
    """
    shaped = [is_vector(factor, reading) for factor in node.factors]
    if sum(shaped) < 2 or {"\\cdot", "\\times"}.isdisjoint(node.operators):
        return None
    signs = ("", *node.operators)
    parts: list[list[tuple[str, Node, bool]]] = [[]]
    for place, (sign, factor, vector) in enumerate(zip(signs, node.factors, shaped, strict=True)):
        if sign == "\\cdot" and any(v for _, _, v in parts[-1]) and any(shaped[place:]):
            parts.append([])
        parts[-1].append((sign, factor, vector))
    scales: list[Form] = []
    directions: list[Form] = []
    for part in parts:
        scale, direction = _crossed(part, node, reading)
        scales.append(scale)
        if direction is not None:
            directions.append(direction)
    if len(directions) > 2:
        raise problem("three vectors in a row are no product", node)
    if len(directions) == 2:
        return mul(*scales, opaque("dot", *directions))
    return mul(*scales, *directions)


def _crossed(part: list[tuple[str, Node, bool]], node: Product, reading: Reading) -> tuple[Form, Form | None]:
    """The numbers among factors, and the vector or the cross product of two vectors among them."""
    scale, found = ONE, list[Form]()
    crossing = False
    for sign, factor, vector in part:
        value = reading.form(factor)
        if sign not in _PLAIN and (sign not in ("/", "\\div") or vector):
            raise problem(f"the product {sign} is not understood", node)
        crossing = crossing or (sign == "\\times" and bool(found))
        if not vector:
            scale = mul(scale, power(value, MINUS_ONE) if sign in ("/", "\\div") else value)
            continue
        if found and not crossing:
            raise problem("products of vectors and matrices are not calculated with", node)
        found.append(value)
        if len(found) > 2:
            raise problem("three vectors in a row are no product", node)
    return scale, None if not found else found[0] if len(found) == 1 else opaque("cross", *found)


def column(node: Power, reading: Reading) -> Form | None:
    """`[2, -1]^\\top`: the column of what is listed; None of anything else."""
    body = node.base
    if not isinstance(body, Group) or not isinstance(body.body, Listing) or (body.left, body.right) not in _LISTS:
        return None
    if not isinstance(node.exponent, Symbol) or node.exponent.name not in ("T", "\\top", "\\intercal"):
        return None
    if any(separator.strip() != "," for separator in body.body.separators):
        return None
    return Form("matrix", tuple(Form("row", (reading.form(item),)) for item in body.body.items))


def elementwise(node: Product, reading: Reading) -> Form | None:
    """`A \\odot B`, and `A \\circ B` of what are plainly matrices: the product of each entry with its like."""
    marked = [sign in _ELEMENTWISE for sign in node.operators]
    if not any(marked):
        return None
    chunks: list[list[Node]] = [[node.factors[0]]]
    for sign, factor in zip(node.operators, node.factors[1:], strict=True):
        if sign in _ELEMENTWISE:
            chunks.append([factor])
        elif sign in ("", "\\cdot"):
            chunks[-1].append(factor)
        else:
            raise problem(f"the product {sign} is not understood", node)
    if any(sum(_is_array(factor, reading) for factor in chunk) != 1 for chunk in chunks):
        raise problem("what this product entry by entry reaches over is not to be seen", node)
    parts = [mul(*map(reading.form, chunk)) for chunk in chunks]
    result = parts[0]
    for part in parts[1:]:
        result = opaque("hadamard", result, part)
    return result


def _is_array(node: Node, reading: Reading) -> bool:
    """Whether the node is plainly a vector or a matrix: written out, by its name, or a derivative by or of one."""
    match node:
        case Matrix():
            return True
        case Group(body=body) | Underbrace(body=body):
            return _is_array(body, reading)
        case Derivative(body=Node() as body, variables=variables):
            return _is_array(body, reading) or any(_is_array(each.variable, reading) for each in variables)
        case Sum(terms=terms):
            return any(_is_array(term.term, reading) for term in terms)
        case Power(base=base, exponent=Symbol(name="T" | "\\top")):
            return _is_array(base, reading)
    if isinstance(node, Product):
        return any(_is_array(factor, reading) for factor in node.factors)
    argument = getattr(node, "argument", None)
    if isinstance(argument, Group):
        return _is_array(argument.body, reading)
    return reading.lexicon.is_shaped(name_of(node))


def is_remark(node: Node) -> bool:
    """Whether this is prose set beside a formula in the shape of a matrix."""
    if not isinstance(node, Matrix):
        return False
    entries = [entry for row in node.rows for entry in row]
    return bool(entries) and all(isinstance(entry, Word) and " " in entry.text.strip() for entry in entries)
