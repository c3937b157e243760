"""Poisson brackets and commutators: worked out by their laws to brackets of letters, some of which are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, add, free_variables, mul, neg, num, subforms, var

__all__ = ["BRACKET", "NoBracket", "has_brackets", "without_commutators", "without_poisson_brackets"]

BRACKET = "bracket"
DEEPEST = 3
"""Letters in a bracket of letters."""
_UNKNOWN = frozenset({"call", "opaque", "index", "matrix", "diff"})
_CONSTANTS = frozenset({"m", "M", "k", "g", "c", "omega", "mu", "hbar"})
"""Letters of masses, frequencies, constants of springs and of nature, unless they stand in a bracket themselves."""
_COORDINATES = frozenset({"x", "y", "z", "q", "r", "theta", "phi"})


class NoBracket(Exception):
    """The bracket is of something that has no known derivatives, or is nested too deeply."""


def has_brackets(form: Form) -> bool:
    return any(part.head == "opaque" and part.args[0] == BRACKET for part in subforms(form))


def without_commutators(form: Form) -> Form:
    """Each `[A, B]` as `AB - BA`, to be multiplied in order."""
    args = tuple(without_commutators(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head == "opaque" and args[0] == BRACKET:
        _, first, second = args
        return add(mul(first, second), neg(mul(second, first)))
    if form.head in ("add", "mul"):
        return (add if form.head == "add" else mul)(*args)
    return Form(form.head, args)


def without_poisson_brackets(left: Form, right: Form, states: frozenset[str], sign: int) -> tuple[Form, Form]:
    """Both sides with each bracket worked out, by its linearity in derivatives of its arguments.

    The `states` and all letters but those of masses and their kin may depend on the state of the system.  Where `sign`
    is not 0, `[q, p] = sign` for each coordinate and its own momentum, and 0 for all other pairs of coordinates and
    momenta.  Raises NoBracket.
    """
    work = _Poisson(states, sign)
    return work.value(left), work.value(right)


@dataclass(slots=True)
class _Poisson:
    """Brackets of letters met so far, each a letter of its own; `parts` has the letters inside."""

    states: frozenset[str]
    sign: int
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, form: Form) -> Form:
        """The form with its brackets worked out, innermost first."""
        if form.head == "opaque" and form.args[0] == BRACKET:
            return self._bracket(*(self.value(part) for part in form.parts))
        if not has_brackets(form):
            return form
        if form.head == "diff":
            raise NoBracket
        args = tuple(self.value(arg) if isinstance(arg, Form) else arg for arg in form.args)
        if form.head in ("add", "mul"):
            return (add if form.head == "add" else mul)(*args)
        return Form(form.head, args)

    def _bracket(self, first: Form, second: Form) -> Form:
        if any(
            part.head in ("call", "opaque", "index", "matrix", "diff") for f in (first, second) for part in subforms(f)
        ):
            raise NoBracket
        pairs = product(self._changing(first), self._changing(second))
        terms = [
            mul(_derivative(first, one), _derivative(second, other), base)
            for one, other in pairs
            if (base := self._of_letters(one, other)) != ZERO
        ]
        return add(ZERO, *terms)

    def _changing(self, form: Form) -> list[str]:
        """The letters of a form that may depend on the state."""
        names = free_variables(form)
        return sorted(name for name in names if name in self.states or name.split("_")[0] not in _CONSTANTS)

    def _of_letters(self, one: str, other: str) -> Form:
        """The bracket of two letters, each of which may stand for a bracket of letters."""
        if one == other:
            return ZERO
        if self.sign and one not in self.parts and other not in self.parts:
            known = _canonical(one, other)
            if known is not None:
                return num(self.sign * known)
        if one in self.parts and other not in self.parts:
            return neg(self._of_letters(other, one))
        inside = self.parts.get(other)
        if inside is None:
            first, second = sorted((one, other))
            return mul(ONE if (first, second) == (one, other) else MINUS_ONE, self._letter((first, second)))
        if one in self.parts or len(inside) + 1 > DEEPEST:
            raise NoBracket
        low, high = inside
        if one > high:  # Jacobi: [c, [a, b]] = [b, [a, c]] - [a, [b, c]] where a < b < c
            return add(self._letter((high, low, one)), neg(self._letter((low, high, one))))
        return self._letter((one, low, high))

    def _letter(self, inside: tuple[str, ...]) -> Form:
        name = "bracket__" + "__".join(inside)
        self.parts[name] = inside
        return var(name)


def _derivative(form: Form, name: str) -> Form:
    """The derivative; of a letter at once, because most arguments are one."""
    if form.head == "var":
        return ONE if form.name == name else ZERO
    return Form("diff", (form, var(name), ONE))


def _canonical(one: str, other: str) -> int | None:
    """1 for a coordinate and its momentum, -1 the other way round, 0 for other such pairs; None for other letters."""
    one_kind, other_kind = _kind(one), _kind(other)
    if one_kind is None or other_kind is None:
        return None
    (first, of_first), (second, of_second) = one_kind, other_kind
    if first == second or of_first != of_second:
        return 0
    return 1 if first == "coordinate" else -1


def _kind(name: str) -> tuple[str, str] | None:
    """Whether a name is a coordinate or the momentum of one, and which: `x` and `p_x`, `q` and `p`, `q_1` and `p_1`."""
    letter, _, index = name.partition("_")
    if letter == "p":
        return "momentum", index if index in _COORDINATES else f"q_{index}" if index else "q"
    if letter in _COORDINATES and (not index or letter == "q"):
        return "coordinate", name
    return None
