"""Vectors and matrices of declared shape, identity matrices, Kronecker's delta, gradients."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.form import Form
from derive.meaning.names import node_of
from derive.meaning.notate.brackets import bracketed
from derive.notation.tree import Derivative, Differential, Listing, Node, Subscript, Symbol

__all__ = ["array", "delta", "gradient", "identity"]

Write = Callable[[Form], Node]


def array(form: Form, write: Write) -> Node:
    return node_of(form.name)


def identity(form: Form, write: Write) -> Node:
    return Subscript(Symbol("I"), write(form.args[0])) if form.args else Symbol("I")


def delta(form: Form, write: Write) -> Node:
    return Subscript(Symbol("\\delta"), Listing(tuple(write(index) for index in form.parts), (",",)))


def gradient(form: Form, write: Write) -> Node:
    body, by = form.parts
    return Derivative(bracketed(write(body)), (Differential(write(by), "\\partial"),), "\\partial")
