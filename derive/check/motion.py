"""Motion: quantities with dots as letters of their own, and what is differentiated by time worked out by their laws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from derive.check.partials import BY, letter_of, named, partial_letter
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
from derive.meaning.interpret.motion import MOTION, PARTIAL, TIME, dots_of, dotted

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

    A quantity that is differentiated by another as it stands (`partials`) is an unknown function of it, and its
    derivative a letter.  `functions` collects those that were taken to depend on coordinates and time only.

    What holds for these letters holds for every motion: along one, each is a function of time, and the derivative of
    an expression is by the chain rule what is worked out here.
    """

    definitions: Mapping[str, Form]
    bodies: Mapping[str, tuple[tuple[str, ...], Form]]
    moving: frozenset[str]
    constants: set[tuple[str, str]] = field(default_factory=set)
    partials: frozenset[tuple[str, str]] = frozenset()
    functions: set[tuple[str, str]] = field(default_factory=set)
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
        if head == "opaque" and args[0] == PARTIAL:
            return self._partial(args[1], args[2])
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

    def _partial(self, body: Form, by: Form) -> Form:
        """A partial derivative: of a letter as a letter, of numbers as such, else by linearity and the product rule."""
        inside = self.value(body)
        below = named(by)
        if below is None or dots_of(below[0])[0] in self.definitions:
            raise NoMotion
        by = letter_of(dotted(*dots_of(below[0])), below[1])
        if named(inside) is not None:
            return self._slope(inside, by)
        if by.head == "var" and not heads(inside) & {"opaque", "matrix", "index", "sum"}:
            return self._derivative(Form("diff", (body, by, ONE)))
        return self._derived(inside, lambda letter: self._slope(letter, by))

    def _slope(self, letter: Form, by: Form) -> Form:
        """How a letter changes with another: a coordinate by itself only, what is differentiated in an unknown way."""
        (upper, first), (lower, second) = named(letter) or ("", ()), named(by) or ("", ())
        (base, dots), (under, times) = dots_of(upper), dots_of(lower)
        if letter == by:
            return ONE
        if not base or not under or BY in base:
            raise NoMotion
        if base == under:
            if dots == times and first != second:
                raise NoMotion
            return ZERO
        if not _MARKS.isdisjoint(base.split("_")[1:]) and not _MARKS.isdisjoint(under.split("_")[1:]):
            raise NoMotion
        if (base, under) in self.partials:
            found = partial_letter(letter, by)
            if found is None:
                raise NoMotion
            if dots:
                self.functions.add((base, under))
            return found
        if not _MARKS.isdisjoint(base.split("_")[1:]):
            raise NoMotion
        if not dots and base not in self.moving and base != TIME:
            self.constants.add((base, under))
        return ZERO

    def _moved(self, form: Form, times: int) -> Form:
        for _ in range(times):
            form = self.value(self.moved(form))
        return form

    def moved(self, form: Form) -> Form:
        """The derivative by time."""
        return self._derived(form, self._changed)

    def _derived(self, form: Form, changed: Callable[[Form], Form]) -> Form:
        """A derivative, given that of letters: linear, by the product rule, else by the chain rule."""
        head, args = form.head, form.args
        if head in ("num", "const"):
            return ZERO
        if named(form) is not None:
            return changed(form)
        if head in _LINEAR:
            return rebuild(head, (self._derived(part, changed) for part in form.parts))
        if head == "mul":
            parts = form.parts
            grown = (mul(*parts[:i], self._derived(part, changed), *parts[i + 1 :]) for i, part in enumerate(parts))
            return add(ZERO, *grown)
        if head == "opaque" and args[0] in _PRODUCTS:
            slopes = (self._derived(args[1], changed), self._derived(args[2], changed))
            return add(_product(args[0], slopes[0], args[2]), _product(args[0], args[1], slopes[1]))
        if head == "pow" and args[1].head == "num":
            return mul(args[1], power(args[0], sub(args[1], ONE)), self._derived(args[0], changed))
        if head == "sum" and TIME not in free_variables(args[2]) | free_variables(args[3]):
            inner = self._derived(args[0], changed)
            return ZERO if inner == ZERO else Form(head, (inner, *args[1:]))
        if heads(form) & (_UNKNOWN | {"index", "sum"}):
            raise NoMotion
        return self._chained(form, changed)

    def _chained(self, form: Form, changed: Callable[[Form], Form]) -> Form:
        names = sorted(free_variables(form))
        if any(not _MARKS.isdisjoint(name.split("_")[1:]) for name in names):
            raise NoMotion
        slopes = ((Form("diff", (form, var(name), ONE)), changed(var(name))) for name in names)
        return add(ZERO, *(mul(slope, change) for slope, change in slopes if change != ZERO))

    def _changed(self, letter: Form) -> Form:
        """The derivative of a letter by time: the letter with one more dot, if it moves."""
        name, indices = named(letter) or ("", ())
        base, dots = dots_of(name)
        if name == TIME:
            return ONE
        if dots or base in self.moving or BY in base:
            return letter_of(dotted(base, dots + 1), indices)
        self.constants.add((name, TIME))
        return ZERO


def _product(kind: str, left: Form, right: Form) -> Form:
    return ZERO if ZERO in (left, right) else Form("opaque", (kind, left, right))


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
