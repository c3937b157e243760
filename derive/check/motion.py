"""Motion: quantities with dots as letters of their own, and what is differentiated by time worked out by their laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derive.meaning.form import (
    ONE,
    ZERO,
    Form,
    add,
    free_variables,
    heads,
    mul,
    power,
    rebuild,
    sub,
    subforms,
    var,
)
from derive.meaning.interpret.motion import MOTION, TIME, dots_of, dotted

__all__ = ["Motion", "NoMotion"]

LARGEST = 1500
"""Nodes of what is worked out."""
DEEPEST = 12
_LINEAR = frozenset({"add", "matrix", "row", "transpose"})
_PRODUCTS = frozenset({"dot", "cross"})
_MARKS = frozenset({"bold", "vec"})
_UNKNOWN = frozenset(
    {"opaque", "int", "limit", "subs", "prod", "cases", "matrix", "row", "norm", "det", "trace", "set"}
)


class NoMotion(Exception):
    """Something has no derivative by time that is known."""


@dataclass(slots=True)
class Motion:
    """Forms in which a letter, the letter with a dot, with two dots are independent.

    `definitions` are put in, so that a dot over a defined quantity is the derivative of what it stands for; what
    occurs with a dot is `moving`.  `constants` collects the letters that were taken not to depend on
    another letter, of which the page does not say that they do not.

    What holds for these letters holds for every motion: along one, each is a function of time, and the derivative of
    an expression is by the chain rule what is worked out here.
    """

    definitions: Mapping[str, Form]
    bodies: Mapping[str, tuple[tuple[str, ...], Form]]
    moving: frozenset[str]
    constants: set[tuple[str, str]] = field(default_factory=set)
    known: dict[Form, Form] = field(default_factory=dict)
    open_names: set[str] = field(default_factory=set)
    depth: int = 0

    def value(self, form: Form) -> Form:
        """The form with definitions put in and derivatives by time worked out.  Raises NoMotion."""
        if form not in self.known:
            self.depth += 1
            if self.depth > 4 * DEEPEST:
                raise NoMotion
            found = self._value(form)
            self.depth -= 1
            if sum(1 for _ in subforms(found)) > LARGEST:
                raise NoMotion
            if self.open_names:
                return found
            self.known[form] = found
        return self.known[form]

    def _value(self, form: Form) -> Form:
        head, args = form.head, form.args
        if head == "var":
            return self._named(form)
        if head == "opaque" and args[0] == MOTION:
            return self._moved(self.value(args[1]), int(args[2].value))
        if head == "call":
            return self._call(form)
        if head == "diff":
            return self._derivative(form)
        if head == "subs" and args[2].head in ("call", "diff"):
            point = self.value(args[2])
            if point.head != "var":
                raise NoMotion
            return self.value(_renamed(args[0], args[1].name, point))
        if not any(isinstance(arg, Form) for arg in args):
            return form
        return rebuild(head, (self.value(arg) if isinstance(arg, Form) else arg for arg in args))

    def _named(self, form: Form) -> Form:
        base, dots = dots_of(form.name)
        letter = var(dotted(base, dots))
        if form.name in self.open_names or base in self.open_names:
            return letter
        if dots and base in self.definitions:
            return self._moved(self._defined(base), dots)
        return self._defined(form.name) if form.name in self.definitions else letter

    def _defined(self, name: str) -> Form:
        """What a name stands for; a definition that leads back to its name is left out."""
        self.open_names.add(name)
        try:
            return self.value(self.definitions[name])
        finally:
            self.open_names.discard(name)

    def _call(self, form: Form) -> Form:
        name, *arguments = form.args
        if arguments == [var(TIME)] and name not in self.bodies:
            return self.value(var(name))
        if name in self.bodies and name not in self.open_names:
            parameters, body = self.bodies[name]
            if len(parameters) == len(arguments):
                renamed = _Put(dict(zip(parameters, arguments, strict=True)))
                self.open_names.add(name)
                try:
                    return self.value(renamed(body))
                finally:
                    self.open_names.discard(name)
        return Form("call", (name, *map(self.value, arguments)))

    def _derivative(self, form: Form) -> Form:
        """A partial derivative, all other letters being held; by time where a function of time is differentiated."""
        body, by, order = form.args
        if order.head != "num":
            raise NoMotion
        if by.name == TIME and any(part.head == "call" and part.args[1:] == (by,) for part in subforms(body)):
            return self._moved(self.value(body), int(order.value))
        by = var(dotted(*dots_of(by.name)))
        if by.name in self.definitions or dots_of(by.name)[0] in self.definitions or not _MARKS.isdisjoint(_marks(by)):
            raise NoMotion
        inside = self.value(body)
        if inside.head == "var" and inside != by:
            raise NoMotion
        if heads(inside) & {"opaque", "matrix", "index"}:
            raise NoMotion
        if by.name not in free_variables(inside):
            bases = ((name, *dots_of(name)) for name in free_variables(inside))
            self.constants |= {
                (name, by.name) for name, base, dots in bases if not dots and base not in self.moving | {TIME}
            }
        return Form("diff", (inside, by, order))

    def _moved(self, form: Form, times: int) -> Form:
        for _ in range(times):
            form = self.value(self.moved(form))
        return form

    def moved(self, form: Form) -> Form:
        """The derivative by time: linear, by the product rule, else by the chain rule."""
        head, args = form.head, form.args
        if head in ("num", "const"):
            return ZERO
        if head == "var":
            return self._letter(form.name)
        if head in _LINEAR:
            return rebuild(head, map(self.moved, form.parts))
        if head == "mul":
            parts = form.parts
            return add(ZERO, *(mul(*parts[:i], self.moved(part), *parts[i + 1 :]) for i, part in enumerate(parts)))
        if head == "opaque" and args[0] in _PRODUCTS:
            first = Form(head, (args[0], self.moved(args[1]), args[2]))
            return add(first, Form(head, (args[0], args[1], self.moved(args[2]))))
        if head == "pow" and args[1].head == "num":
            return mul(args[1], power(args[0], sub(args[1], ONE)), self.moved(args[0]))
        if head == "sum" and TIME not in free_variables(args[2]) | free_variables(args[3]):
            return Form(head, (self.moved(args[0]), *args[1:]))
        if head == "index" and args[0].head == "var":
            return Form(head, (self._letter(args[0].name), *args[1:]))
        if heads(form) & (_UNKNOWN | {"index", "sum"}):
            raise NoMotion
        return self._chained(form)

    def _chained(self, form: Form) -> Form:
        names = sorted(free_variables(form))
        if any(not _MARKS.isdisjoint(name.split("_")[1:]) for name in names):
            raise NoMotion
        slopes = ((Form("diff", (form, var(name), ONE)), self._letter(name)) for name in names)
        return add(ZERO, *(mul(slope, change) for slope, change in slopes if change != ZERO))

    def _letter(self, name: str) -> Form:
        base, dots = dots_of(name)
        if name == TIME:
            return ONE
        if dots or base in self.moving:
            return var(dotted(base, dots + 1))
        self.constants.add((name, TIME))
        return ZERO


def _marks(form: Form) -> list[str]:
    return str(form.name).split("_")[1:]


def _renamed(form: Form, name: str, value: Form) -> Form:
    return _Put({name: value})(form)


@dataclass(frozen=True, slots=True)
class _Put:
    """Letters put for letters, under derivatives too."""

    values: Mapping[str, Form]

    def __call__(self, form: Form) -> Form:
        if form.head == "var":
            return self.values.get(form.name, form)
        if form.head == "diff" and form.args[1].name in self.values and self.values[form.args[1].name].head != "var":
            raise NoMotion
        return rebuild(form.head, (self(arg) if isinstance(arg, Form) else arg for arg in form.args))
