"""Definitions, updates and values: equations that the page makes true by saying them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.line import Line
from derive.check.terms import Head, Term, head_of, is_literal
from derive.check.times import undotted
from derive.meaning.form import MINUS_ONE, Form, free_variables, heads, subforms
from derive.meaning.names import is_letter, name_of
from derive.notation.tree import Ellipsis, Group, Listing, Matrix, Node, Product, Underbrace, children

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = [
    "DEFINED",
    "RANGE",
    "definition",
    "is_case",
    "is_definable",
    "is_named",
    "looked_at",
    "lists_values",
    "reverse_definition",
]

_CONSTANTS = frozenset({"e", "pi", "i"})
_CASE = re.compile(
    r"\b(?:if|when(?:ever)?|at|for|unless|provided(?:\s+that)?|cases?(?:\s+(?:of|where|when|that))?|suppos\w+(?:\s+that)?"
    r"|assum\w+(?:\s+that)?|consider\w*|characteri[sz]ed\s+by|corresponds?\s+to|happens?)\W+(?:[\w-]+\W+){0,2}\Z",
    re.IGNORECASE,
)
DEFINED = Outcome("assumed", message="a definition")
UPDATE = Outcome("assumed", message="an update of the left side, no equation")
LAW = Outcome("undecided", "DRV304", "a law of a function about which nothing else is known")
GIVEN_LAW = Outcome("assumed", message="a law of a function, which the page gives")
RANGE = Outcome("assumed", message="what an index or a letter runs over")
SUPPOSED = Outcome("assumed", message="the case of which the sentence speaks")
CASE = Outcome("assumed", message="a case that the page looks at")
VALUE = Outcome("assumed", message="a value that the page gives")


def lists_values(left: Node | None, right: Node | None) -> bool:
    """`i = 1, 2, 3`, `k = 1, \\ldots, n`: a letter, maybe at the end of a list, and the values that it takes."""
    last = left.items[-1] if isinstance(left, Listing) else left
    if last is None or right is None or not is_letter(last):
        return False
    if isinstance(right, Listing):
        return True
    return isinstance(right, Product) and any(isinstance(factor, Ellipsis) for factor in right.factors)


def is_definable(head: Head | None) -> bool:
    return head is not None and not (head.parameters is None and head.name in _CONSTANTS)


def is_named(form: Form) -> bool:
    """Whether an equation for this says what a quantity is: a letter, a power of one, or an unknown function."""
    return form.head in ("var", "call") or (form.head == "pow" and form.args[0].head == "var")


def definition(page: Page, line: Line, left: Term, right: Term, *, explicit: bool = False) -> Outcome:
    """The left side is defined (or updated, or given a value) by the right one."""
    head = head_of(left.node)
    if head is None or not is_definable(head):
        return DEFINED if explicit else Outcome("assumed", message="an equation that the page gives")
    form = right.form
    law = LAW if line.cue in ("derives", "recalls") or line.statement.arrow else GIVEN_LAW
    if right.node is not None and head.name in _names(right.node):
        return UPDATE if head.parameters is None else law
    if form is None:
        return DEFINED
    if _speaks_of(form, head.name):
        return UPDATE if head.parameters is None else law
    if head.parameters is None and not free_variables(form):
        grid = form.head == "matrix" and is_literal_grid(right.node)
        if line.cue == "derives" and not explicit and not grid:
            page.knowledge.set_value(head.name, form, lasting="matrix" in heads(form))
            message = f"nothing that is understood says what {line.source(left.piece)} is"
            return Outcome("undecided", "DRV302", message)
        lasting = line.cue in ("defines", "assumes") or explicit or grid or "matrix" in heads(form)
        page.knowledge.set_value(head.name, form, lasting=lasting)
        return VALUE
    if head.parameters is None and line.is_supposed and head.name in page.knowledge.mentioned:
        page.knowledge.set_value(head.name, form, lasting=False)
        return SUPPOSED
    if head.parameters is not None and not explicit and not _is_general(head.parameters, form):
        return Outcome("assumed", message="a value of a function that the page gives")
    page.knowledge.define(head.name, form, head.parameters)
    return DEFINED


def is_literal_grid(node: Node | None) -> bool:
    """Whether a matrix of numbers is written: a name that is not known and equals one is given by it."""
    while isinstance(node, Group | Underbrace):
        node = node.body
    return isinstance(node, Matrix) and all(is_literal(entry) for row in node.rows for entry in row)


def is_case(page: Page, line: Line, left: Term, right: Term) -> bool:
    """`if x_A = x_B`, `at r = -r_0` in running text, of quantities that were there before: what holds in a case."""
    if line.formula.display or line.statement.arrow or not _CASE.search(line.sentence):
        return False
    names = [_bare_name(term.form) for term in (left, right)]
    return all(name and not undotted(name)[1] and name in page.knowledge.ever for name in names)


def looked_at(page: Page, left: Term, right: Term) -> Outcome:
    """A case: until the sentence ends the left side is the right one."""
    assert left.form is not None and right.form is not None
    if left.form.head == "var":
        page.knowledge.set_value(left.form.name, right.form, lasting=False)
    return CASE


def _bare_name(form: Form | None) -> str | None:
    """The letter or unknown function that a form is, up to its sign."""
    if form is not None and form.head == "mul" and len(form.args) == 2 and form.args[0] == MINUS_ONE:
        form = form.args[1]
    return form.name if form is not None and form.head in ("var", "call") else None


def _names(node: Node) -> set[str]:
    """The names written in a node; that of `A_f` is not A."""
    name = name_of(node)
    if name is not None:
        return {name}
    return {found for child in children(node) for found in _names(child)}


def _is_general(parameters: tuple[str, ...], form: Form) -> bool:
    """Whether `f(x) = …` says what f is, and not only what it is at some point (`f(x_0) = 0`, `P(\\Omega) = 1`)."""
    numbered = any(name[-1:].isdigit() for name in parameters)
    return not numbered and bool(free_variables(form) & set(parameters))


def reverse_definition(page: Page, left: Term, right: Term, head: Head) -> Outcome:
    """`\\frac{1}{1 + e^{-x}} = \\sigma(x)`: the right side gets its name here."""
    form = left.form
    assert form is not None
    if head.parameters is not None and not _speaks_of(form, head.name) and _is_general(head.parameters, form):
        page.knowledge.define(head.name, form, head.parameters)
    return DEFINED


def _speaks_of(form: Form, name: str) -> bool:
    return name in free_variables(form) or any(part.head == "call" and part.name == name for part in subforms(form))
