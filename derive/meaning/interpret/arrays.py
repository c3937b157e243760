"""Matrices, case distinctions and lists."""

from __future__ import annotations

import re

from derive.meaning.form import ONE, Form, const, fn
from derive.meaning.interpret.reading import Reading, problem
from derive.notation.tree import (
    Cases,
    Ellipsis,
    Group,
    Listing,
    Matrix,
    Node,
    Number,
    Product,
    Relation,
    Rows,
    Styled,
    Subscript,
    Symbol,
    Word,
)

__all__ = ["braced_cases", "cases", "listing", "matrix", "sized"]

LARGEST = 12
"""Rows or columns of a matrix of ones."""

STATEMENTS = frozenset({"eq", "ne", "lt", "le", "and", "or", "not", "in", "implies", "iff"})
_ALWAYS = frozenset({"otherwise", "else", "sonst"})
_PREPOSITIONS = frozenset({"if", "for", "when", "where", "falls"})
_MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix"})


def matrix(node: Matrix, reading: Reading) -> Form:
    if any(isinstance(entry, Ellipsis) for row in node.rows for entry in row):
        raise problem("what the dots stand for is not written", node)
    rows = tuple(Form("row", tuple(reading.form(entry) for entry in row)) for row in node.rows)
    if len({len(row.args) for row in rows}) != 1:
        raise problem("the rows of the matrix differ in length", node)
    whole = Form("matrix", rows)
    environment = node.environment.removesuffix("*")
    if environment in _MATRICES:
        return whole
    if environment == "vmatrix":
        return fn("det", whole)
    raise problem(f"{node.environment} is not understood", node)


def sized(node: Subscript, reading: Reading) -> Form | None:
    """A matrix with its shape below it, or a matrix of ones, `\\mathbf{1}_{2 \\times 1}`; None of anything else."""
    index = node.index
    if isinstance(index, Product) and index.operators == ("\\times",):
        written = index.factors
    elif isinstance(index, Listing):
        written = index.items
    else:
        return None
    shape = tuple(int(each.text) for each in written if isinstance(each, Number) and each.text.isdigit())
    if len(written) != 2 or len(shape) != 2 or not 0 < min(shape) <= max(shape) <= LARGEST:
        return None
    base = node.base
    while isinstance(base, Group) and not base.left:
        base = base.body
    if isinstance(base, Matrix):
        form = matrix(base, reading)
        if form.head == "matrix" and (len(form.args), len(form.args[0].args)) != shape:
            raise problem("the matrix has another shape than is written below it", node)
        return form
    if isinstance(base, Styled) and base.body == Number("1"):
        return Form("matrix", (Form("row", (ONE,) * shape[1]),) * shape[0])
    return None


def cases(node: Cases, reading: Reading) -> Form:
    parts: list[Form] = []
    for place, (value, condition) in enumerate(node.rows):
        last = place == len(node.rows) - 1
        parts += (reading.form(value), _condition(condition, node, last, reading))
    return Form("cases", tuple(parts))


def braced_cases(node: Group, reading: Reading) -> Form | None:
    """`\\left\\{ \\begin{array}{cc} value & condition \\end{array} \\right.`; None of anything else."""
    if not isinstance(node.body, Matrix | Rows):
        return None
    rows: list[tuple[Node, Node | None]] = []
    for row in node.body.rows:
        cells = [cell for cell in row if cell is not None and cell != Symbol("") and not _is_preposition(cell)]
        if not 1 <= len(cells) <= 2:
            return None
        rows.append((cells[0], cells[1] if len(cells) > 1 else None))
    if all(condition is None for _, condition in rows):
        return None
    return cases(Cases(tuple(rows), span=node.span), reading)


def _condition(condition: Node | None, node: Cases, last: bool, reading: Reading) -> Form:
    if condition is None:
        if last:
            return const("True")
        raise problem("a case without a condition", node)
    statement = _after_preposition(condition)
    if isinstance(statement, Word) and statement.text.strip(" .,") in _ALWAYS:
        return const("True")
    form = reading.form(statement)
    if form.head not in STATEMENTS:
        raise problem("the condition of a case is no statement", condition)
    return form


def _after_preposition(node: Node) -> Node:
    """`if x > 0` without its first word, wherever the reader put it."""
    if isinstance(node, Listing) and _is_preposition(node.items[0]):
        return node.items[1] if len(node.items) == 2 else Listing(node.items[1:], node.separators[1:], span=node.span)
    if isinstance(node, Product) and _is_preposition(node.factors[0]):
        rest = node.factors[1:]
        return rest[0] if len(rest) == 1 else Product(rest, node.operators[1:], span=node.span)
    if isinstance(node, Relation) and isinstance(node.first, Product) and _is_preposition(node.first.factors[0]):
        return Relation(_after_preposition(node.first), node.links, span=node.span)
    return node


def _is_preposition(node: Node) -> bool:
    return isinstance(node, Word) and node.text.strip(" ,~") in _PREPOSITIONS


_BOTH = frozenset({"and", "land", "wedge"})
_EITHER = frozenset({"or", "lor", "vee"})
_SPACES = re.compile(r"\\(?:text|mathrm|quad|qquad|[ ,;:!])|[{}\\,;~&\s]")


def listing(node: Listing, reading: Reading) -> Form:
    """Statements side by side hold together, with `or` between them one of them; other items are a tuple."""
    if any(isinstance(item, Ellipsis) for item in node.items):
        raise problem("what the dots stand for is not written", node)
    items = tuple(reading.form(item) for item in node.items)
    statements = [item.head in STATEMENTS for item in items]
    words = {_SPACES.sub("", separator) for separator in node.separators} - {""}
    if any(statements) != all(statements):
        raise problem("a list of statements and of something else", node)
    if not words - _BOTH:
        return items[0] if len(items) == 1 else Form("and" if all(statements) else "tuple", items)
    if all(statements) and not words - _EITHER and not any("," in separator for separator in node.separators):
        return Form("or", items)
    raise problem(f"how {' and '.join(sorted(words))} joins these is not understood", node)
