"""Sums, products, fractions, powers, roots, brackets: whatever is written between numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from derive.meaning import form as forms
from derive.meaning.form import IMAGINARY, MINUS_ONE, ONE, PI, E, Form, fn, neg, num, quotient, var
from derive.meaning.interpret import jacobians, tensors, vectors
from derive.meaning.interpret.arrays import braced_cases
from derive.meaning.interpret.functions import KNOWN
from derive.meaning.interpret.letters import letters_in, named
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import LABELS, name_of
from derive.notation.tree import (
    Accented,
    Binomial,
    Call,
    Differential,
    Ellipsis,
    Factorial,
    Fraction,
    Group,
    Listing,
    Matrix,
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
    Underbrace,
    Word,
)

__all__ = ["binomial", "factorial", "fraction", "group", "power", "product", "root", "total", "underbrace"]

_TIMES = frozenset({"", "\\cdot", "\\times", "*", "\\ "})
_TRANSPOSED = frozenset({"\\top", "\\intercal"})


def total(node: Sum, reading: Reading) -> Form:
    return forms.add(*(_term(term, reading) for term in node.terms))


def _term(term: Signed, reading: Reading) -> Form:
    if isinstance(term.term, Ellipsis):
        raise problem("what the dots stand for is not written", term.term)
    if term.sign not in ("", "+", "-"):
        raise problem(f"{term.sign} stands for two formulas at once", term)
    value = reading.form(term.term)
    if term.sign != "-":
        return value
    return forms.const("-oo") if value == forms.const("oo") else neg(value)


def product(node: Product, reading: Reading) -> Form:
    _refuse_ambiguous(node, reading)
    if not reading.lexicon.primes_are_quantities and any(isinstance(factor, Differential) for factor in node.factors):
        raise problem("a differential without its integral", node)
    _refuse_applications(node, reading)
    node = _without_remarks(node)
    if len(node.factors) == 1:
        return reading.form(node.factors[0])
    gradient = tensors.product(node, reading) or jacobians.gradient(node, reading) or vectors.elementwise(node, reading)
    if gradient is None and reading.lexicon.products_keep_order:
        gradient = vectors.product(node, reading)
    if gradient is not None:
        return gradient
    ordered = reading.lexicon.products_keep_order
    if (
        not ordered
        and sum(_is_shaped(factor, reading) for factor in node.factors) > 1
        and not _has_declared_shapes(node, reading)
    ):
        raise problem("products of vectors and matrices are not calculated with", node)
    result = reading.form(node.factors[0])
    for operator, factor in zip(node.operators, node.factors[1:], strict=True):
        if isinstance(factor, Ellipsis):
            raise problem("what the dots stand for is not written", factor)
        value = reading.form(factor)
        inner = tensors.inner_product(result, value) if operator == "\\cdot" else None
        if inner is not None:
            result = inner
        elif operator in ("/", "\\div"):
            result = quotient(result, value)
        elif operator in _TIMES:
            result = forms.mul(result, value)
        else:
            raise problem(f"the product {operator} is not understood", node)
    return result


def _without_remarks(node: Product) -> Product:
    """The product without what is only a remark beside it."""
    kept = [place for place, factor in enumerate(node.factors) if not vectors.is_remark(factor)]
    if len(kept) == len(node.factors) or not kept or kept[0] != 0:
        return node
    return replace(
        node,
        factors=tuple(node.factors[place] for place in kept),
        operators=tuple(node.operators[place - 1] for place in kept[1:]),
    )


def _refuse_ambiguous(node: Product, reading: Reading) -> None:
    """Products that readers of the page read in two ways."""
    slash = False
    for operator, (left, right) in zip(node.operators, pairwise(node.factors), strict=True):
        if operator == "" and slash:
            raise problem("whether the factor after the slash is in the denominator is not to be seen", node)
        slash = operator == "/" or (slash and operator == "")
        if operator == "" and isinstance(left, Number) and _may_be_mixed(right):
            raise problem("a mixed number or a product: the page does not say which", node)
        named_left = name_of(left) is not None and not _is_unit(left, reading)
        if operator == "" and isinstance(right, Number) and named_left:
            raise problem("a letter with a number behind it is a name or a product: the page does not say which", node)
        if operator == "*" and any(isinstance(side, Call) and _is_unknown_function(side) for side in (left, right)):
            raise problem("* between functions may be a convolution", node)


def _is_unit(node: Node, reading: Reading) -> bool:
    """Whether a letter is known to be the imaginary unit, as in `e^{-j 2 \\pi f t}`."""
    lexicon = reading.lexicon
    if node == Symbol("i"):
        return bool(lexicon.i_is_imaginary)
    return node == Symbol("j") and lexicon.definition("j") == IMAGINARY


_USUALLY_APPLIED = frozenset({"Gamma", "zeta", "Phi", "psi", "Psi", "P", "E", "delta", "sigma"})
_NEEDS_NO_BRACKET = (Number, Listing, Symbol, Subscript, Power, Styled, Accented, Call, Word)
"""What nobody puts in brackets to multiply with it: `Y(e^x)` applies Y."""


def _refuse_applications(node: Product, reading: Reading) -> None:
    """`x(t)`, `u(0)`, `\\Gamma(n + 1)`: read as products, more likely functions that the page did not declare."""
    lexicon = reading.lexicon
    for operator, (left, right) in zip(node.operators, pairwise(node.factors), strict=True):
        name = name_of(left)
        while isinstance(right, Power | Factorial):
            right = right.base if isinstance(right, Power) else right.body
        if operator or name is None or not isinstance(right, Group) or right.left not in ("(", "["):
            continue
        if name in lexicon.variables or name in reading.bound or lexicon.array(name) is not None:
            continue
        if lexicon.has_brackets and right.left == "[" and isinstance(right.body, Listing):
            continue
        if isinstance(right.body, _NEEDS_NO_BRACKET) or _is_frequency(right.body) or name in _USUALLY_APPLIED:
            raise problem(f"{name} before a bracket may be a function: the page does not say so", node)


def _is_frequency(node: Node) -> bool:
    """`j \\omega`, the argument of spectra and transfer functions."""
    return isinstance(node, Product) and node.factors[0] in (Symbol("i"), Symbol("j")) and len(node.factors) == 2


_SHAPED_MARKS = frozenset({"bold", "vec"})


def _is_shaped(node: Node, reading: Reading) -> bool:
    """Whether the factor is a vector or matrix by its font, its arrow, or what the page says of it."""
    name = name_of(_without_marks(node))
    lexicon = reading.lexicon
    return name is not None and (
        not _SHAPED_MARKS.isdisjoint(name.split("_")[1:]) or name in lexicon.matrices or name in lexicon.vectors
    )


def _has_declared_shapes(node: Product, reading: Reading) -> bool:
    """Whether every vector and matrix among the factors is declared with its shape."""
    return all(tensors.declared(_without_marks(f), reading) for f in node.factors if _is_shaped(f, reading))


def _without_marks(node: Node) -> Node:
    while isinstance(node, Power | Subscript):
        node = node.base
    return node


def _may_be_mixed(node: Node) -> bool:
    if isinstance(node, Number):
        return True
    return isinstance(node, Fraction) and isinstance(node.numerator, Number) and isinstance(node.denominator, Number)


def _is_unknown_function(node: Call) -> bool:
    return not isinstance(node.head, Word) or (node.head.text or node.head.command.lstrip("\\")) not in KNOWN


def fraction(node: Fraction, reading: Reading) -> Form:
    return quotient(reading.form(node.numerator), reading.form(node.denominator))


def binomial(node: Binomial, reading: Reading) -> Form:
    return fn("binomial", reading.form(node.upper), reading.form(node.lower))


def root(node: Root, reading: Reading) -> Form:
    radicand = reading.form(node.radicand)
    if node.index is None:
        return forms.sqrt(radicand)
    return forms.power(radicand, forms.power(reading.form(node.index), MINUS_ONE))


def factorial(node: Factorial, reading: Reading) -> Form:
    if node.count > 2:
        raise problem("more than two factorial signs", node)
    return fn("factorial" if node.count == 1 else "factorial2", reading.form(node.body))


def power(node: Power, reading: Reading) -> Form:
    exponent = node.exponent
    declared = tensors.transposed(node, reading)
    if declared is not None:
        return declared
    if reading.lexicon.products_keep_order and (column := vectors.column(node, reading)) is not None:
        return column
    if _is_transpose(exponent):
        return _transposed(node, reading)
    if isinstance(exponent, Symbol) and exponent.name == "T" and _may_be_matrix(node.base, reading):
        return _transposed(node, reading)
    if exponent == Number("2") and reading.lexicon.products_keep_order and vectors.is_vector(node.base, reading):
        squared = reading.form(node.base)
        return forms.opaque("dot", squared, squared)
    if isinstance(exponent, Symbol) and exponent.name == "\\circ":
        return forms.mul(reading.form(node.base), PI, num(1, 180))
    if isinstance(exponent, Symbol) and name_of(node) is not None:
        return var(str(name_of(node)))
    label = exponent.base if _is_double_label(exponent) else exponent
    if isinstance(label, Group) and label.left in _LABELLING and not _is_calculated(node.base, label):
        return _labelled(node, label, reading)
    if isinstance(exponent, Listing):
        raise problem("a list is no exponent", node)
    base = reading.form(node.base)
    raised = reading.form(exponent)
    return fn("exp", raised) if base == E else forms.power(base, raised)


_LABELLING = frozenset({"(", "[", "\\{", "\\langle"})


def _is_calculated(base: Node, exponent: Group) -> bool:
    """Whether a bracket above a number, `e` or another bracket holds a product, sum or fraction: an exponent."""
    plain = isinstance(base, Number | Group | Fraction) or base == Symbol("e")
    body = exponent.body
    while isinstance(body, Group) and not body.left:
        body = body.body
    return plain and exponent.left in ("(", "[") and isinstance(body, Sum | Product | Fraction | Power)


def _is_double_label(exponent: Node) -> TypeGuard[Power]:
    """Whether this is `[3]^{(1)}`: a label with a label of its own, as of layers and examples."""
    return isinstance(exponent, Power) and isinstance(exponent.base, Group) and isinstance(exponent.exponent, Group)


def _labelled(node: Power, label: Group, reading: Reading) -> Form:
    """`x^{(i)}`, `W^{[2]}`, `a^{[3]^{(1)}}`: the bracket says that this is the i-th x and no power."""
    base, name = name_of(node.base), name_of(node)
    quantity = base is not None and reading.form(node.base).head == "var"
    if name is None or not quantity:
        raise problem("a bracketed exponent is a label, and the page does not say of what", node)
    if letters_in(node.exponent) & reading.bound:
        if label is not node.exponent:
            raise problem("a bracketed exponent is a label, and the page does not say of what", node)
        return forms.indexed(var(f"{base}_{LABELS[label.left]}"), reading.form(label.body))
    return named(name, node, reading)


def _is_transpose(exponent: Node) -> bool:
    if isinstance(exponent, Symbol):
        return exponent.name in _TRANSPOSED
    if isinstance(exponent, Styled | Word):
        return name_of(exponent) in ("T", "T_sf") and exponent.command in ("\\mathsf", "\\mathrm", "\\text")
    return False


def _may_be_matrix(base: Node, reading: Reading) -> bool:
    """Whether `base^T` is a transpose; where the page decides nothing, only a number's power is one."""
    name, lexicon = name_of(base), reading.lexicon
    if name in lexicon.matrices or name in lexicon.vectors or isinstance(base, Matrix):
        return True
    if lexicon.t_transposes and not isinstance(base, Number):
        return True
    if "T" in lexicon.variables or "T" in reading.bound or (name and name in lexicon.variables):
        return False
    inner = base.body if isinstance(base, Group) else base
    if isinstance(inner, Number) or name in ("e", "pi") or any(isinstance(part, Number) for part in _terms(inner)):
        return False
    raise problem("T may be a transpose or an exponent: the page does not say which", base)


def _terms(node: Node) -> tuple[Node, ...]:
    return tuple(term.term for term in node.terms) if isinstance(node, Sum) else ()


def _transposed(node: Power, reading: Reading) -> Form:
    name = name_of(node.base)
    lexicon = reading.lexicon
    said = name in lexicon.matrices or name in lexicon.vectors or lexicon.products_keep_order
    if isinstance(node.base, Symbol | Styled) and not said:
        raise problem(f"{name} is transposed, and the page does not say that it is a matrix or vector", node)
    return fn("transpose", reading.form(node.base))


_BRACKETS = {
    ("(", ")"),
    ("[", "]"),
    ("\\{", "\\}"),
    ("\\lbrack", "\\rbrack"),
    ("\\lbrace", "\\rbrace"),
    ("{", "}"),
    ("", ""),
}
_PAIRS = frozenset({("[", "]"), ("\\{", "\\}")})
_BAR = ({"|", "\\vert", "\\lvert"}, {"|", "\\vert", "\\rvert"})
_DOUBLE_BAR = ({"\\|", "\\Vert", "\\lVert"}, {"\\|", "\\Vert", "\\rVert"})

_CASES = (("\\{", "."), ("\\lbrace", "."))


def group(node: Group, reading: Reading) -> Form:
    ends = (node.left, node.right)
    if ends in _CASES and (distinction := braced_cases(node, reading)) is not None:
        return distinction
    if isinstance(node.body, Matrix) and node.body.environment == "array":
        return reading.form(replace(node, body=replace(node.body, environment="matrix")))
    if isinstance(node.body, Listing):
        items = node.body.items
        if reading.lexicon.has_brackets and ends in _PAIRS and len(items) == 2 and node.body.separators == (",",):
            return forms.opaque("bracket", *map(reading.form, items))
        raise problem("a list in brackets is no quantity", node)
    if ends in _BRACKETS:
        return reading.form(node.body)
    if ends == ("\\lfloor", "\\rfloor"):
        return fn("floor", reading.form(node.body))
    if ends == ("\\lceil", "\\rceil"):
        return fn("ceiling", reading.form(node.body))
    if node.left in _BAR[0] and node.right in _BAR[1]:
        return _between_bars(node, reading)
    if node.left in _DOUBLE_BAR[0] and node.right in _DOUBLE_BAR[1]:
        body = reading.form(node.body)
        if reading.lexicon.products_keep_order and vectors.is_vector(node.body, reading):
            return forms.sqrt(forms.opaque("dot", body, body))
        return fn("norm", body)
    raise problem(f"the brackets {node.left} {node.right} have no meaning that the page says", node)


def _between_bars(node: Group, reading: Reading) -> Form:
    body = reading.form(node.body)
    named_matrix = body.head == "var" and body.name in reading.lexicon.matrices
    if reading.lexicon.products_keep_order and vectors.is_vector(node.body, reading):
        return forms.sqrt(forms.opaque("dot", body, body))
    if body.head == "matrix" or named_matrix or (body.head == "array" and body.args[2] != ONE):
        return fn("det", body)
    return fn("Abs", body)


def underbrace(node: Underbrace, reading: Reading) -> Form:
    """A brace with a label is a remark: what counts is the body."""
    if node.command not in ("\\underbrace", "\\overbrace"):
        raise problem(f"{node.command} has no meaning that the page says", node)
    return reading.form(node.body)
