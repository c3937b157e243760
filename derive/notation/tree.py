"""The notation tree: what is written on the page, node by node, and nothing of what it means.

Nodes are frozen and compare by what is written; the place in the source (`span`) does not take part
in comparison.  `1/a`, `a^{-1}` and `\\frac{1}{a}` are three different trees, as are `-1 \\cdot a` and `-a`.
Commands and symbol names are kept as LaTeX text (`"x"`, `"\\\\alpha"`, `"\\\\frac"`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

__all__ = [
    "Accented", "BigOperator", "Binomial", "Call", "Cases", "Conditional", "Derivative", "Differential",
    "Ellipsis", "Evaluated", "Factorial", "Fraction", "Group", "Implication", "Integral", "Link", "Listing",
    "Matrix", "Node", "Number", "Power", "Primed", "Product", "Relation", "Root", "Rows", "Signed", "Span",
    "Styled", "Subscript", "Sum", "Symbol", "Underbrace", "Word", "children", "transform", "walk",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets [start, end) in the source a tree was read from."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of written mathematics; `span` is its place in the source, None when it was made by a program."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


# --- names and numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal as written, without signs that part thousands: `3`, `0.50`, `1000`."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """One letter or one command that stands for a letter or constant: `x`, `\\alpha`, `\\infty`, `\\nabla`."""

    name: str


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A name or prose of several letters under a font command: `\\operatorname{Var}`, `\\text{if }`, `\\mathrm{KL}`.

    A named function of LaTeX (`\\log`, `\\sin`, `\\max`) is the word with that command and no text.
    """

    command: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Styled(Node):
    """A piece in another font: `\\mathbf{x}`, `\\boldsymbol{\\theta}`, `\\mathcal{L}`, `\\boxed{...}`."""

    command: str
    body: Node


@dataclass(frozen=True, slots=True)
class Accented(Node):
    """An accent over a piece: `\\hat{x}`, `\\bar{x}`, `\\overline{x y}`, `\\dot{q}`."""

    command: str
    body: Node


@dataclass(frozen=True, slots=True)
class Subscript(Node):
    """`base_{index}`; whether it is an index or part of the name is a matter of meaning."""

    base: Node
    index: Node


@dataclass(frozen=True, slots=True)
class Primed(Node):
    """`f'`, `f''`: `count` primes."""

    base: Node
    count: int = 1


@dataclass(frozen=True, slots=True)
class Ellipsis(Node):
    """`\\dots`, `\\cdots`, `\\vdots`, ..."""

    command: str = "\\dots"


# --- arithmetic --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signed(Node):
    """One term of a sum with the sign before it: `""` (first term only), `+`, `-`, `\\pm` or `\\mp`."""

    sign: str
    term: Node


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Terms with their signs, in order.  `-a` is the sum of one term with sign `-`."""

    terms: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors in order and the sign between each two: `""` (juxtaposed), `\\cdot`, `\\times`, `/`, `*`, `\\odot`, ...

    Read from left to right; `a / b c` keeps its operators `("/", "")` as written.
    """

    factors: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """`\\frac{numerator}{denominator}` (or `\\dfrac`, `\\tfrac`)."""

    numerator: Node
    denominator: Node
    command: str = "\\frac"


@dataclass(frozen=True, slots=True)
class Binomial(Node):
    """`\\binom{upper}{lower}`."""

    upper: Node
    lower: Node
    command: str = "\\binom"


@dataclass(frozen=True, slots=True)
class Power(Node):
    """`base^{exponent}`; also transposes (`A^\\top`), inverses and labels `x^{(i)}`: meaning decides."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    """`\\sqrt{radicand}` or `\\sqrt[index]{radicand}`."""

    radicand: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Factorial(Node):
    """`body!`, or `body!!` with `count` 2."""

    body: Node
    count: int = 1


@dataclass(frozen=True, slots=True)
class Group(Node):
    """A piece between delimiters: `( )`, `[ ]`, `\\{ \\}`, `| |`, `\\| \\|`, `\\lfloor \\rfloor`, ...

    `size` is `""`, `"left"` for `\\left( \\right)`, or the sizing command of the opening delimiter (`\\big`, `\\Bigl`).
    `left` and `right` are the delimiters as LaTeX text; `.` is the empty one.
    """

    body: Node
    left: str = "("
    right: str = ")"
    size: str = ""


# --- functions ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function applied to an argument: `\\log x`, `\\log(x)`, `f(x, y)`, `\\sin^2 x`, `f'(x)`, `\\log_2 n`.

    The head carries powers, primes and subscripts written on it.  The argument is a `Group` where it is
    bracketed (its body a `Listing` for several arguments) and any other node where it is not.
    """

    head: Node
    argument: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`left | right` inside an argument: `P(A \\mid B)`; `bar` is the sign as written."""

    left: Node
    right: Node
    bar: str = "\\mid"


# --- calculus and big operators ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """`dx`, `\\partial x`, `\\mathrm{d}x`, `d^2 x`: `sign` is the d as written."""

    variable: Node
    sign: str = "d"
    order: Node | None = None


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """`\\frac{d}{dx} body` (`form` "operator"), or `\\frac{dy}{dx}` (`form` "quotient": body in the numerator).

    `variables` holds one differential for each factor of the denominator; `order` is the exponent on the upper d.
    `body` is None only in operator form, for the operator alone.
    """

    body: Node | None
    variables: tuple[Differential, ...]
    sign: str = "d"
    order: Node | None = None
    form: str = "operator"
    command: str = "\\frac"


@dataclass(frozen=True, slots=True)
class Integral(Node):
    """`\\int_{lower}^{upper} body \\, dx`; `differential` is None where the dx stands inside the body."""

    body: Node
    differential: Differential | None
    lower: Node | None = None
    upper: Node | None = None
    command: str = "\\int"


@dataclass(frozen=True, slots=True)
class BigOperator(Node):
    """`\\sum_{i=1}^{n} body`, `\\prod`, `\\lim_{x \\to 0} body`, `\\max_{x} body`, ...

    `lower` is a `Relation` (`i = 1`, `x \\to 0`) or any other node; `body` is None for the operator alone.
    """

    command: str
    lower: Node | None
    upper: Node | None
    body: Node | None


@dataclass(frozen=True, slots=True)
class Evaluated(Node):
    """`body \\Big|_{lower}^{upper}` or `\\left[ body \\right]_{a}^{b}`; `left` and `right` are the delimiters."""

    body: Node
    lower: Node | None
    upper: Node | None = None
    left: str = "."
    right: str = "|"
    size: str = "left"


@dataclass(frozen=True, slots=True)
class Underbrace(Node):
    """`\\underbrace{body}_{label}`, `\\overset{label}{body}` and their kin."""

    command: str
    body: Node
    label: Node | None = None


# --- arrays ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """`\\begin{bmatrix} ... \\end{bmatrix}`; `environment` is its name."""

    rows: tuple[tuple[Node, ...], ...]
    environment: str = "bmatrix"


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """`\\begin{cases} value & condition \\\\ ... \\end{cases}`; a condition may be absent."""

    rows: tuple[tuple[Node, Node | None], ...]
    environment: str = "cases"


@dataclass(frozen=True, slots=True)
class Rows(Node):
    """Lines of an `aligned`, `align`, `gather`, ...: cells as written; an empty cell is None."""

    rows: tuple[tuple[Node | None, ...], ...]
    environment: str = "aligned"


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """Items with the separators between them: `x, y`, `A, \\quad B`, `f ; \\theta`; a trailing one may follow."""

    items: tuple[Node, ...]
    separators: tuple[str, ...]


# --- statements --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link(Node):
    """One step of a chain: the relation sign as written (`=`, `\\le`, `:=`, `\\Rightarrow`) and what follows it."""

    sign: str
    term: Node


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """`a = b`, `a = b = c`, `0 < p < 1`, `x \\in A`; `first` is None where a line begins with its sign."""

    first: Node | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Implication(Node):
    """`A \\Rightarrow B \\iff C`: statements joined by arrows; `first` is None where a line begins with one."""

    first: Node | None
    links: tuple[Link, ...]


N = TypeVar("N", bound=Node)
_FIELDS: dict[type[Node], tuple[str, ...]] = {}


def _field_names(kind: type[Node]) -> tuple[str, ...]:
    names = _FIELDS.get(kind)
    if names is None:
        names = _FIELDS[kind] = tuple(f.name for f in fields(kind) if f.name != "span")
    return names


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in the order in which they are written in the dataclass."""
    for name in _field_names(type(node)):
        yield from _nodes_in(getattr(node, name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(tuple(children(top))))


def transform(node: N, change: Callable[[Node], Node]) -> N:
    """The same tree with `change` applied to each direct child; unchanged children keep the node as it is."""
    updates: dict[str, object] = {}
    for name in _field_names(type(node)):
        old = getattr(node, name)
        new = _changed(old, change)
        if new is not old:
            updates[name] = new
    return replace(node, **updates) if updates else node  # type: ignore[arg-type]


def _changed(value: object, change: Callable[[Node], Node]) -> object:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        items = tuple(_changed(item, change) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value
