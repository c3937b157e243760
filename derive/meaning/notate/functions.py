"""Functions applied, and the few that have a sign of their own."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.form import Form
from derive.meaning.functions import ARITY
from derive.meaning.names import node_of
from derive.meaning.notate.brackets import base_of, bracketed
from derive.notation import tree
from derive.notation.tree import Call, Conditional, Factorial, Group, Listing, Matrix, Node, Power, Symbol, Word, walk

__all__ = [
    "POWER_ON_NAME", "between", "binomial", "call", "determinant", "factorial", "known", "opaque", "transpose",
    "with_power",
]  # fmt: skip

Write = Callable[[Form], Node]

POWER_ON_NAME = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "log"})
"""Functions whose power is written on the name: `\\sin^2(x)`."""

_COMMANDS = POWER_ON_NAME | {"exp", "arg", "gcd"}
_WRITTEN: dict[str, Node] = {
    "asin": Word("\\arcsin"), "acos": Word("\\arccos"), "atan": Word("\\arctan"), "gamma": Symbol("\\Gamma"),
    "Max": Word("\\max"), "Min": Word("\\min"),
    "sign": Word("\\operatorname", "sgn"), "re": Word("\\operatorname", "Re"), "im": Word("\\operatorname", "Im"),
    "asinh": Word("\\operatorname", "arsinh"), "acosh": Word("\\operatorname", "arcosh"),
    "atanh": Word("\\operatorname", "artanh"), "acot": Word("\\operatorname", "arccot"),
    "trace": Word("\\operatorname", "tr"),
}  # fmt: skip


def _applied(head: Node, arguments: tuple[Form, ...], write: Write) -> Call:
    nodes = tuple(write(argument) for argument in arguments)
    inside = nodes[0] if len(nodes) == 1 else Listing(nodes, (",",) * (len(nodes) - 1))
    return Call(head, bracketed(inside))


def known(form: Form, write: Write) -> Node:
    if form.head in _COMMANDS:
        return _applied(Word(f"\\{form.head}"), form.args, write)
    return _applied(_WRITTEN.get(form.head) or Word("\\operatorname", form.head), form.args, write)


def call(form: Form, write: Write) -> Node:
    name, *arguments = form.args
    letter = name[:-1] if name.endswith("_") and name[:-1] in ARITY else name
    return _applied(node_of(letter), tuple(arguments), write)


def opaque(form: Form, write: Write) -> Node:
    """`P(A \\mid B)`, `\\mathbb{E}(X)`; a bare function is its letter."""
    if form.name == "given":
        return Conditional(write(form.args[1]), write(form.args[2]))
    return call(form, write) if form.parts else node_of(form.name)


def with_power(node: Node, exponent: Node) -> Node:
    """`\\sin^2(x)` from `\\sin(x)`."""
    assert isinstance(node, Call)
    return Call(Power(node.head, exponent), node.argument)


def between(left: str, right: str) -> Callable[[Form, Write], Node]:
    """A writer for functions that are written as brackets."""

    def writer(form: Form, write: Write) -> Node:
        body = write(form.args[0])
        if left == "|" and any(isinstance(part, Group) and part.left == "|" for part in walk(body)):
            return Group(body, "\\lvert", "\\rvert", bracketed(body).size)
        return Group(body, left, right, bracketed(body).size)

    return writer


def factorial(form: Form, write: Write) -> Node:
    return Factorial(base_of(write(form.args[0])), 1 if form.head == "factorial" else 2)


def binomial(form: Form, write: Write) -> Node:
    return tree.Binomial(write(form.args[0]), write(form.args[1]))


def transpose(form: Form, write: Write) -> Node:
    return Power(base_of(write(form.args[0])), Symbol("\\top"))


def determinant(form: Form, write: Write) -> Node:
    body = write(form.args[0])
    if isinstance(body, Matrix):
        return Matrix(body.rows, "vmatrix")
    return Call(Word("\\det"), bracketed(body))
