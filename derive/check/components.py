"""Vectors of space by their components: dot and cross products, lengths and derivatives worked out to numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derive.check.kinds import Kinds
from derive.meaning.form import HALF, MINUS_ONE, ZERO, Form, add, free_variables, mul, power, subforms, var

__all__ = ["NoComponents", "by_components", "has_vectors"]

Vector = tuple[Form, ...]
SPACE = 3
_OF_BODY = frozenset({"diff", "sum", "int", "subs", "limit"})


class NoComponents(Exception):
    """Something is no vector of space and no number made of such."""


def has_vectors(form: Form, kinds: Kinds) -> bool:
    """Whether vectors of space are multiplied in the form."""
    names = free_variables(form) | {part.name for part in subforms(form) if part.head == "call"}
    return any(map(kinds.is_vector, names)) and any(
        part.head == "opaque" and part.args[0] in ("dot", "cross") for part in subforms(form)
    )


def by_components(
    left: Form, right: Form, kinds: Kinds, basis: Mapping[str, Vector] | None = None
) -> list[tuple[Form, Form]]:
    """The equations between numbers that `left = right` amounts to in three dimensions.  Raises NoComponents.

    Where there is no cross product, vectors may have more components; then the dimension is that of the vectors that
    occur, in which no identity holds but those that hold in every dimension.  With a `basis` of space, components are
    those in this basis.
    """
    parts = [part for side in (left, right) for part in subforms(side)]
    crossed = any(part.head == "opaque" and part.args[0] == "cross" for part in parts)
    names = {part.name for part in parts if part.head in ("var", "call") and kinds.is_vector(part.name)}
    size = SPACE if crossed or basis else max(SPACE, len(names))
    if size > 2 * SPACE:
        raise NoComponents
    work = _Work(kinds, size, basis or {}).value
    sides = (work(left), work(right))
    pairs = tuple((ZERO,) * size if side == ZERO else side for side in sides)
    if isinstance(sides[0], Form) and isinstance(sides[1], Form):
        return [(sides[0], sides[1])]
    if isinstance(pairs[0], Form) or isinstance(pairs[1], Form):
        raise NoComponents
    return list(zip(*pairs, strict=True))


class _Work:
    """Forms worked out to a number or to the components of a vector."""

    def __init__(self, kinds: Kinds, size: int, basis: Mapping[str, Vector]) -> None:
        self.kinds, self.size, self.basis = kinds, size, basis

    def value(self, form: Form) -> Form | Vector:
        head, args = form.head, form.args
        if head == "var":
            return self._named(form.name, lambda name: var(name))
        if head == "call":
            arguments = self._numbers(form.parts)
            return self._named(form.name, lambda name: Form("call", (name, *arguments)))
        if head == "index" and args[0].head == "var":
            indices = self._numbers(form.parts[1:])
            return self._named(args[0].name, lambda name: Form("index", (var(name), *indices)))
        if head == "add":
            return self._sum([self.value(part) for part in form.parts])
        if head == "mul":
            return self._product([self.value(part) for part in form.parts])
        if head == "opaque" and args[0] in ("dot", "cross"):
            return self._vectors(args[0], self._vector(args[1]), self._vector(args[2]))
        if head in _OF_BODY:
            body, rest = self.value(args[0]), self._numbers(form.parts[1:])
            return body_of(body, lambda part: Form(head, (part, *rest)))
        if head in ("norm", "Abs") and isinstance(inside := self.value(args[0]), tuple):
            return power(add(*(mul(part, part) for part in inside)), HALF)
        if head in ("matrix", "row", "opaque", "transpose", "det", "trace", "inverse"):
            raise NoComponents
        return Form(head, tuple(self._number(arg) if isinstance(arg, Form) else arg for arg in args))

    def _named(self, name: str, make: Callable[[str], Form]) -> Form | Vector:
        if name in self.basis:
            return self.basis[name]
        if self.kinds.is_vector(name):
            return tuple(make(f"{name}_at{place}") for place in range(1, self.size + 1))
        if self.kinds.is_shaped_name(name) or self.kinds.may_be_shaped(name):
            raise NoComponents
        return make(name)

    def _number(self, form: Form) -> Form:
        value = self.value(form)
        if isinstance(value, tuple):
            raise NoComponents
        return value

    def _numbers(self, forms: tuple[Form, ...]) -> tuple[Form, ...]:
        return tuple(map(self._number, forms))

    def _vector(self, form: Form) -> Vector:
        value = self.value(form)
        if isinstance(value, Form):
            raise NoComponents
        return value

    def _sum(self, values: list[Form | Vector]) -> Form | Vector:
        vectors = [value for value in values if isinstance(value, tuple)]
        if not vectors:
            return add(*(value for value in values if isinstance(value, Form)))
        if any(isinstance(value, Form) and value != ZERO for value in values):
            raise NoComponents
        return tuple(add(*parts) for parts in zip(*vectors, strict=True))

    def _product(self, values: list[Form | Vector]) -> Form | Vector:
        vectors = [value for value in values if isinstance(value, tuple)]
        scale = mul(*(value for value in values if isinstance(value, Form)))
        if len(vectors) > 1:
            raise NoComponents
        return tuple(mul(scale, part) for part in vectors[0]) if vectors else scale

    def _vectors(self, kind: str, a: Vector, b: Vector) -> Form | Vector:
        if kind == "dot":
            return add(*map(mul, a, b))
        turns = ((1, 2), (2, 0), (0, 1))
        return tuple(add(mul(a[i], b[j]), mul(MINUS_ONE, a[j], b[i])) for i, j in turns)


def body_of(body: Form | Vector, make: Callable[[Form], Form]) -> Form | Vector:
    """What is done to a number, done to it or to each component."""
    return make(body) if isinstance(body, Form) else tuple(map(make, body))
