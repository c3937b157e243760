"""Vectors and matrices of declared shape: their names, entries, transposes, norms, gradients and spaces."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import HALF, MINUS_ONE, ONE, Form, fn, mul, num, power, subforms, var
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import is_letter, name_of
from derive.notation.tree import (
    BigOperator,
    Derivative,
    Group,
    Listing,
    Node,
    Number,
    Power,
    Product,
    Styled,
    Subscript,
    Sum,
    Symbol,
)

__all__ = [
    "declared", "entry", "gradient", "inner_product", "is_tensorial", "norm", "product", "running_over", "space",
    "transposed",
]  # fmt: skip

_IDENTITIES = frozenset({"I", "I_bold"})
_TRANSPOSED = frozenset({"\\top", "\\intercal"})
_DOUBLE_BARS = frozenset({"\\|", "\\Vert", "\\lVert", "\\rVert"})


def is_tensorial(form: Form) -> bool:
    """Whether a declared vector or matrix, or an identity matrix, occurs in the form."""
    return any(part.head in ("array", "identity") for part in subforms(form))


def declared(node: Node, reading: Reading) -> Form | None:
    """The declared vector or matrix of that name; where there are some, a bare `I` is an identity matrix."""
    lexicon = reading.lexicon
    name = name_of(node)
    if not lexicon.arrays or name is None or name in reading.bound:
        return None
    array = lexicon.array(name)
    if array is None and name in _IDENTITIES and name not in lexicon.variables and lexicon.definition(name) is None:
        return Form("identity", ())
    return array


# --- entries -----------------------------------------------------------------------------------------------


def entry(node: Subscript, reading: Reading) -> Form | None:
    """`x_i`, `A_{ij}`, `I_n`, `\\delta_{ij}`, `\\|x\\|_2`; None where the page speaks of no declared array."""
    lexicon = reading.lexicon
    if not lexicon.arrays or lexicon.array(name_of(node)) is not None:
        return None
    if isinstance(node.base, Group):
        return _norm_with_index(node, node.base, reading)
    base = declared(node.base, reading)
    name = name_of(node.base)
    is_delta = base is None and name == "delta" and lexicon.definition("delta") is None
    if base is None and not is_delta:
        return None
    indices = _indices(node.index, reading)
    if is_delta:
        return Form("delta", indices) if len(indices) == 2 else None
    assert base is not None
    if base.head == "identity":
        if len(indices) == 2:
            return Form("delta", indices)
        return Form("identity", indices) if len(indices) == 1 else None
    wanted = 1 if base.args[2] == ONE else 2
    if len(indices) != wanted:
        raise problem(f"{base.name} has {wanted} {'index' if wanted == 1 else 'indices'}", node)
    return Form("index", (base, *indices))


def _indices(node: Node, reading: Reading) -> tuple[Form, ...]:
    if isinstance(node, Listing):
        return tuple(_index(item, reading) for item in node.items)
    if isinstance(node, Product) and not any(node.operators) and all(map(is_letter, node.factors)):
        return tuple(_index(item, reading) for item in node.factors)
    return (_index(node, reading),)


def _index(node: Node, reading: Reading) -> Form:
    """A letter is an index here, also `i` and `e`."""
    name = name_of(node)
    return var(name) if name is not None and is_letter(node) else reading.form(node)


# --- spaces ------------------------------------------------------------------------------------------------


def space(node: Node, reading: Reading) -> Form | None:
    """`\\mathbb{R}^n`, `\\mathbb{R}^{n \\times p}` as `arrays` of that shape; None for any other set."""
    if not (isinstance(node, Power) and isinstance(node.base, Styled) and node.base.command == "\\mathbb"):
        return None
    if node.base.body != Symbol("R"):
        return None
    exponent = node.exponent
    if isinstance(exponent, Product) and exponent.operators == ("\\times",):
        dimensions = tuple(_dimension(factor, reading) for factor in exponent.factors)
    elif isinstance(exponent, Symbol | Number | Sum | Product | Subscript) and _names_or_numbers(exponent):
        dimensions = (_dimension(exponent, reading), ONE)
    else:
        return None
    return Form("arrays", dimensions)


def _names_or_numbers(node: Node) -> bool:
    return not isinstance(node, Symbol) or name_of(node) is not None


def _dimension(node: Node, reading: Reading) -> Form:
    form = reading.form(node)
    counts = form.head != "num" or (form.value.denominator == 1 and form.value > 0)
    if form.head not in ("num", "var") or not counts:
        raise problem("a dimension is a letter or a natural number", node)
    return form


# --- products and powers -----------------------------------------------------------------------------------


def product(node: Product, reading: Reading) -> Form | None:
    """A gradient of all that follows it, `\\nabla_w (\\ldots)`; None for any other product."""
    first, rest = node.factors[0], node.factors[1:]
    if isinstance(first, Derivative) and first.form == "operator" and first.body is not None:
        return _of_all_that_follows(node, first, reading)
    if not (isinstance(first, Subscript) and first.base == Symbol("\\nabla")):
        return None
    by = declared(first.index, reading)
    if by is None or node.operators[0] not in ("", "\\cdot") or any(o in ("/", "\\div") for o in node.operators):
        return None
    body = rest[0] if len(rest) == 1 else Product(rest, node.operators[1:], span=node.span)
    return Form("gradient", (reading.form(body), by))


def _of_all_that_follows(node: Product, first: Derivative, reading: Reading) -> Form | None:
    """`\\frac{\\partial}{\\partial w} v^\\top v`: that of a row would mean nothing; it is that of the product."""
    alone = gradient(first, reading)
    if alone is None or alone.args[0].head != "transpose" or set(node.operators) - {"", "\\cdot"}:
        return None
    assert first.body is not None
    body = Product((first.body, *node.factors[1:]), node.operators, span=node.span)
    return gradient(replace(first, body=body), reading)


def inner_product(left: Form, right: Form) -> Form | None:
    """`x \\cdot y` of two column vectors; None of anything else."""
    columns = all(side.head == "array" and side.args[2] == ONE for side in (left, right))
    return mul(fn("transpose", left), right) if columns else None


def transposed(node: Power, reading: Reading) -> Form | None:
    """`A^\\top`, `A^T`, `A^{-\\top}`, `(A B)^T` of what is made of declared arrays; None of anything else."""
    lexicon = reading.lexicon
    if not lexicon.arrays:
        return None
    exponent, inverted = node.exponent, False
    if isinstance(exponent, Sum) and len(exponent.terms) == 1 and exponent.terms[0].sign == "-":
        exponent, inverted = exponent.terms[0].term, True
    if not _is_transpose(exponent, reading):
        return None
    base = reading.form(node.base)
    if not is_tensorial(base):
        return None
    return fn("transpose", power(base, MINUS_ONE) if inverted else base)


def _is_transpose(exponent: Node, reading: Reading) -> bool:
    if isinstance(exponent, Symbol) and exponent.name in _TRANSPOSED:
        return True
    free = "T" not in reading.lexicon.variables and "T" not in reading.bound and reading.lexicon.array("T") is None
    return free and (name_of(exponent) in ("T", "T_sf")) and not isinstance(exponent, Group)


# --- norms -------------------------------------------------------------------------------------------------


def norm(body: Form) -> Form:
    """`\\|v\\|`: that of a vector is Euclid's; which norm of a matrix is meant is for the verifier to doubt."""
    return fn("norm", body)


def _norm_with_index(node: Subscript, group: Group, reading: Reading) -> Form | None:
    """`\\|v\\|_2` of a vector and Frobenius's `\\|A\\|_F`."""
    if group.left not in _DOUBLE_BARS or group.right not in _DOUBLE_BARS:
        return None
    body = reading.form(group.body)
    if not is_tensorial(body):
        return None
    if node.index == Number("2"):
        return fn("norm", body)
    if name_of(node.index) == "F":
        return power(fn("trace", mul(fn("transpose", body), body)), HALF)
    raise problem("this norm is not understood", node)


# --- gradients and sums ------------------------------------------------------------------------------------


def gradient(node: Derivative, reading: Reading) -> Form | None:
    """A derivative by a declared array or one of its entries; None for one by a variable."""
    if not reading.lexicon.arrays or node.body is None or len(node.variables) != 1:
        return None
    variable = node.variables[0]
    by = declared(variable.variable, reading)
    if by is None and isinstance(variable.variable, Subscript):
        by = entry(variable.variable, reading)
    if by is None or by.head not in ("array", "index"):
        return None
    if any(order is not None and order != Number("1") for order in (node.order, variable.order)):
        raise problem("a second derivative by a vector is a matrix of derivatives, which is not understood", node)
    return Form("gradient", (reading.form(node.body), by))


def running_over(node: BigOperator, reading: Reading) -> tuple[str, Form, Form] | None:
    """The index and bounds of `\\sum_i x_i`: all entries of the declared arrays that it is an index of."""
    name = None if node.lower is None else name_of(node.lower)
    if not reading.lexicon.arrays or node.upper is not None or name is None or node.body is None:
        return None
    body = reading.binding(name).form(node.body)
    sizes = {
        part.args[0].args[place]
        for part in subforms(body)
        if part.head == "index" and part.args[0].head == "array"
        for place, index in enumerate(part.args[1:], start=1)
        if index == var(name)
    }
    return (name, num(1), next(iter(sizes))) if len(sizes) == 1 else None
