"""Laws of reader and printer: canonical text comes back byte-identical, and brackets are printed where needed."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import (
    Accented,
    BigOperator,
    Binomial,
    Call,
    Cases,
    Conditional,
    Derivative,
    Differential,
    Evaluated,
    Factorial,
    Fraction,
    Group,
    Implication,
    Integral,
    Link,
    Listing,
    Matrix,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Root,
    Rows,
    Signed,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Word,
)
from derive.notation.unicode import text

LAW = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

letters = st.sampled_from(["a", "b", "x", "y", "p", "n", "\\alpha", "\\theta", "\\pi", "\\infty"]).map(Symbol)
numbers = st.sampled_from(["0", "1", "2", "10", "3.5"]).map(Number)
variables = st.sampled_from(["x", "y", "t", "\\theta"]).map(Symbol)
names = st.sampled_from(["\\log", "\\sin", "\\exp"]).map(Word)


def signed(terms: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    first = st.builds(Signed, st.sampled_from(["", "-"]), terms)
    others = st.lists(st.builds(Signed, st.sampled_from(["+", "-", "\\pm"]), terms), min_size=1, max_size=2)
    negated = terms.map(lambda term: Sum((Signed("-", term),)))
    return st.one_of(st.builds(lambda head, tail: Sum((head, *tail)), first, others), negated)


def products(factors: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    signs = st.sampled_from(["\\cdot", "\\times", "/", ""])

    def product(parts: list[Node], operators: list[str]) -> Node:
        kept = [
            sign if sign or not isinstance(right, Group | Call) else "\\cdot"
            for sign, right in zip(operators, parts[1:], strict=False)
        ]
        return Product(tuple(parts), tuple(kept))

    return st.builds(product, st.lists(factors, min_size=2, max_size=3), st.lists(signs, min_size=2, max_size=2))


def groups(bodies: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    delimiters = st.sampled_from([("(", ")"), ("[", "]"), ("|", "|"), ("\\{", "\\}"), ("\\lfloor", "\\rfloor")])
    sizes = st.sampled_from(["", "left", "\\big"])
    return st.builds(lambda body, pair, size: Group(body, *pair, size), bodies, delimiters, sizes)


def calculus(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    differentials = st.builds(Differential, variables)
    bounds = st.one_of(st.none(), numbers, letters)
    return st.one_of(
        st.builds(lambda body, by: Derivative(body, (by,)), inner, differentials),
        st.builds(lambda body, by: Derivative(body, (by,), form="quotient"), letters, differentials),
        st.builds(lambda body, by, low, high: Integral(body, by, low, high), inner, differentials, bounds, bounds),
        st.builds(lambda n, low, high, body: BigOperator("\\sum", Relation(n, (Link("=", low),)), high, body),
                  letters, numbers, letters, inner),
        st.builds(lambda x, to, body: BigOperator("\\lim", Relation(x, (Link("\\to", to),)), None, body),
                  variables, letters, inner),
        st.builds(lambda body, low, high: Evaluated(body, low, high), inner, letters, numbers),
    )  # fmt: skip


def extend(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        signed(inner),
        products(inner),
        groups(inner),
        calculus(inner),
        st.builds(Fraction, inner, inner, st.sampled_from(["\\frac", "\\dfrac"])),
        st.builds(Power, inner, inner),
        st.builds(Subscript, letters, st.one_of(letters, numbers)),
        st.builds(Primed, letters, st.integers(1, 2)),
        st.builds(Root, inner, st.one_of(st.none(), numbers)),
        st.builds(Factorial, inner),
        st.builds(Binomial, inner, inner),
        st.builds(Styled, st.sampled_from(["\\mathbf", "\\mathcal"]), letters),
        st.builds(Accented, st.sampled_from(["\\hat", "\\overline"]), letters),
        st.builds(Call, names, inner),
        st.builds(lambda a, b, c, d: Matrix(((a, b), (c, d))), inner, inner, inner, inner),
    )


expressions = st.recursive(st.one_of(letters, numbers), extend, max_leaves=8)


def links(terms: st.SearchStrategy[Node], *signs: str) -> st.SearchStrategy[tuple[Link, ...]]:
    return st.lists(st.builds(Link, st.sampled_from(signs), terms), min_size=1, max_size=2).map(tuple)


relations = st.builds(Relation, expressions, links(expressions, "=", "<", "\\le", "\\ne", ":=", "\\in"))
implications = st.builds(Implication, relations, links(relations, "\\Rightarrow", "\\iff"))
separators = st.sampled_from([",", ", \\quad", "\\quad", "\\text{ and }"])
listings = st.builds(lambda a, b, sign: Listing((a, b), (sign,)), relations, relations, separators)
conditions = st.builds(lambda a, b: Call(Word("\\operatorname", "Var"), Group(Conditional(a, b))), letters, relations)
cases = st.builds(lambda a, b, when: Cases(((a, when), (b, None))), expressions, expressions, relations)
rows = st.builds(
    lambda a, b, c: Rows(((a, Relation(None, (Link("=", b),))), (None, Relation(None, (Link("=", c),))))),
    expressions, expressions, expressions,
)  # fmt: skip
statements = st.one_of(expressions, relations, implications, listings, conditions, cases, rows)


@LAW
@given(statements)
def test_canonical_text_comes_back(tree: Node) -> None:
    written = latex(tree)
    assert latex(read(written)) == written


@LAW
@given(statements)
def test_what_was_read_from_canonical_text_is_read_again(tree: Node) -> None:
    canonical = read(latex(tree))
    assert read(latex(canonical)) == canonical


@LAW
@given(expressions)
def test_printing_keeps_the_structure(tree: Node) -> None:
    assert without_brackets(read(latex(tree))) == without_brackets(tree)


@LAW
@given(statements)
def test_every_node_has_its_place(tree: Node) -> None:
    written = latex(tree)
    root = read(written)
    assert root.span is not None and root.span.end <= len(written)
    pending = [root]
    while pending:
        node = pending.pop()
        assert node.span is not None
        below = [child for name in fields(node) for child in _nodes(getattr(node, name.name))]
        for child in below:
            assert child.span is not None and child.span.start >= 0 and child.span.end <= len(written)
        pending += below


@LAW
@given(statements)
def test_there_is_a_unicode_text(tree: Node) -> None:
    assert "\\" not in text(tree)


def _nodes(value: object) -> list[Node]:
    if isinstance(value, Node):
        return [value]
    return [node for item in value for node in _nodes(item)] if isinstance(value, tuple) else []


def without_brackets(node: object) -> object:
    """The structure of a tree: round brackets gone, products in products joined, numbers' products alike."""
    if isinstance(node, tuple):
        return tuple(without_brackets(item) for item in node)
    if not isinstance(node, Node):
        return node
    if isinstance(node, Group) and (node.left, node.right) in (("(", ")"), ("", "")):
        return without_brackets(node.body)
    if isinstance(node, Product):
        return ("Product", *_joined(node))
    parts = [without_brackets(getattr(node, name.name)) for name in fields(node) if name.name != "span"]
    return (type(node).__name__, *parts)


def _joined(node: Product) -> list[object]:
    joined: list[object] = []
    for place, factor in enumerate(node.factors):
        sign = node.operators[place - 1] if place else ""
        inner = factor
        while isinstance(inner, Group) and (inner.left, inner.right) in (("(", ")"), ("", "")):
            inner = inner.body
        if isinstance(inner, Product) and sign != "/":
            below = _joined(inner)
            below[0] = (_alike(sign), *below[0][1:]) if isinstance(below[0], tuple) else below[0]
            joined += below
        else:
            joined.append((_alike(sign), without_brackets(inner)))
    return joined


def _alike(sign: str) -> str:
    return "" if sign == "\\cdot" else sign
