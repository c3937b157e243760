"""Dots as derivatives by time: which letters of a page change with time, and forms with these as functions of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.meaning.form import Form, call, free_variables, num, rebuild, subforms, substitute, var
from derive.meaning.names import name_of
from derive.notation.errors import ReadError
from derive.notation.reader import read
from derive.notation.tree import Accented, Call, Derivative, Group, Node, Product, Subscript, walk
from derive.notation.vocabulary import Vocabulary
from derive.read.split import Statement

if TYPE_CHECKING:
    from derive.check.knowledge import Knowledge

__all__ = ["Times", "times_of", "undotted"]

TIME = "t"
_ORDERS = {"dot": 1, "ddot": 2, "dddot": 3}
_DOTS = re.compile(r"\\d{1,3}ot(?![A-Za-z])")
DEEPEST = 6


def undotted(name: str) -> tuple[str, int]:
    """The name without its dots (`x_dot`, `theta_dot_1`), and how many there were."""
    head, *marks = name.split("_")
    order = sum(_ORDERS.get(mark, 0) for mark in marks)
    kept = [mark for mark in marks if mark not in _ORDERS]
    return "_".join((head, *kept)), order


@dataclass(frozen=True, slots=True)
class Times:
    """`varying` are the names that bear a dot, or are differentiated by t or applied to it, anywhere on the page.

    It is empty on a page without dots, on which nothing is read anew.
    """

    varying: frozenset[str] = frozenset()

    def timed(self, form: Form, knowledge: Knowledge, constants: set[str]) -> Form:
        """The form with every varying letter as a function of t, and each letter with dots as its derivative.

        Where a definition that does not speak of t is differentiated, its other letters are taken to be `constants`.
        """
        return self._timed(form, knowledge, constants, 0)

    def _timed(self, form: Form, knowledge: Knowledge, constants: set[str], depth: int) -> Form:
        if not self.varying or depth > DEEPEST:
            return form
        if TIME in {part.args[1].name for part in subforms(form) if part.head in ("int", "sum", "limit")}:
            return form
        values: dict[str, Form] = {}
        for name in free_variables(form):
            base, order = undotted(name)
            if base not in self.varying:
                continue
            value = self._value(base, knowledge, constants, depth)
            values[name] = Form("diff", (value, var(TIME), num(order))) if order else value
            if order and value.head != "call" and TIME not in free_variables(knowledge.abbreviations[base].form):
                constants |= {each for each in free_variables(value) - {TIME} if not _is_unit(each)}
        return _with_dotted_calls(substitute(form, values) if values else form)

    def _value(self, name: str, knowledge: Knowledge, constants: set[str], depth: int) -> Form:
        """What the page says that a varying name is, else an unknown function of t."""
        known = knowledge.abbreviations.get(name)
        if known is not None and known.parameters in (None, (TIME,)) and knowledge.is_defined_here(name):
            inner = knowledge.expanded_here(known.form, self.varying)
            if name not in free_variables(inner) and not any(
                p.head == "call" and p.name == name for p in subforms(inner)
            ):
                return self._timed(inner, knowledge, constants, depth + 1)
        return call(name, var(TIME))


def _is_unit(name: str) -> bool:
    """Whether this is a unit vector that the page never dots: one of fixed axes."""
    marks = set(name.split("_")[1:])
    return "hat" in marks and bool(marks & {"bold", "vec"})


def _with_dotted_calls(form: Form) -> Form:
    """`\\dot{x}(t)`, applied as a function of its own, as the derivative of x(t)."""
    if not any(isinstance(arg, Form) for arg in form.args):
        return form
    args = tuple(_with_dotted_calls(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head == "call" and args[1:] == (var(TIME),):
        base, order = undotted(form.name)
        if order:
            return Form("diff", (call(base, var(TIME)), var(TIME), num(order)))
    return form if args == form.args else rebuild(form.head, args)


def times_of(chains: Iterable[tuple[Statement, ...]], vocabulary: Vocabulary) -> Times:
    """What a page says of the change of its letters with time; nothing where it writes no dots."""
    texts = [member.piece.text for chain in chains for statement in chain for member in statement.members]
    if not any(map(_DOTS.search, texts)):
        return Times()
    found: set[str] = set()
    for text in dict.fromkeys(texts):
        if TIME in text or "ot" in text:
            with suppress(ReadError, RecursionError):
                found.update(_varying(read(text, vocabulary)))
    return Times(frozenset(found) - {TIME})


def _varying(node: Node) -> Iterator[str]:
    for part in walk(node):
        if isinstance(part, Accented | Subscript):
            base, order = undotted(name_of(part) or "")
            if order:
                yield base
        elif isinstance(part, Derivative) and part.sign == "d" and part.body is not None:
            name = name_of(part.body)
            if name and [name_of(each.variable) for each in part.variables] == [TIME]:
                yield name
        elif isinstance(part, Call | Product):
            head, inside = (part.head, part.argument) if isinstance(part, Call) else (part.factors[0], part.factors[-1])
            pair = isinstance(part, Call) or (len(part.factors) == 2 and part.operators == ("",))
            name = name_of(head)
            if pair and name and isinstance(inside, Group) and inside.left == "(" and name_of(inside.body) == TIME:
                yield undotted(name)[0]
