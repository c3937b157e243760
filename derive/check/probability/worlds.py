"""Finite worlds: a few variables with two values each and exact joint probabilities, in which claims are worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from flint import arb, ctx, fmpq

from derive.check.probability.heads import ALL, items, variable_of
from derive.meaning.form import Form, subforms

__all__ = ["Nowhere", "Value", "World", "differ", "variables_of"]

BITS = 128
MOST_VARIABLES = 4
MOST_TERMS = 6
Value: TypeAlias = Any
"""An exact fraction, or a ball."""
Outcome = Mapping[str, Fraction]
"""The value of each variable."""


class Nowhere(Exception):
    """A form has no value in a world, or speaks of what worlds do not have."""


@dataclass(slots=True)
class World:
    """Values of variables, and a joint distribution of these for each family of densities.

    With `apart`, all variables are independent.  Everything is made from a seed by exact arithmetic, so that what is
    found in a world can be checked by hand.
    """

    variables: tuple[str, ...]
    seed: int = 1
    apart: bool = False
    numbers: dict[object, Fraction] = field(default_factory=dict)
    laws: dict[object, dict[tuple[int, ...], Fraction]] = field(default_factory=dict)

    def value(self, form: Form, given: Outcome | None = None) -> Value:
        """The value of a form, where the letters in `given` have values.  Raises Nowhere."""
        return _Work(self, dict(given or {})).value(form)

    def number(self, key: object) -> Fraction:
        """A positive number for a name, or for a function at some place: another one for each."""
        if key not in self.numbers:
            place = len(self.numbers) + self.seed
            self.numbers[key] = Fraction(2 * place + 3, place + 1 + self.seed % 3)
        return self.numbers[key]

    def values(self, variable: str) -> tuple[Fraction, Fraction]:
        """The two values that a variable takes."""
        place = self.variables.index(variable)
        return Fraction(place + 1, 3), Fraction(2 * place + 5, 2)

    def law(self, key: object) -> dict[tuple[int, ...], Fraction]:
        """The probability of each combination of values, for a family of densities."""
        if key not in self.laws:
            start = len(self.laws) + self.seed
            places = list(product((0, 1), repeat=len(self.variables)))
            if self.apart:
                ones = [Fraction(start + 2 * place + 1, start + 2 * place + 4) for place in range(len(self.variables))]
                pairs = [list(zip(ones, bits, strict=True)) for bits in places]
                weights = [prod((one if bit else 1 - one for one, bit in pair), start=Fraction(1)) for pair in pairs]
            else:
                counts = range(len(places))
                weights = [Fraction((start * 7 + place * place * 5 + place * 3) % 11 + 1) for place in counts]
            total = sum(weights, Fraction(0))
            self.laws[key] = {bits: weight / total for bits, weight in zip(places, weights, strict=True)}
        return self.laws[key]


def variables_of(*forms: Form, random: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The variables whose joint distribution forms speak of.  Raises Nowhere where they are too many.

    In expectations, these are the letters that are `random`, or else the capital ones.
    """
    found: dict[str, None] = {}
    for form in forms:
        for part in subforms(form):
            if part.head == "probability":
                elements = dict.fromkeys((*items(part.args[1]), *items(part.args[2])))
                named = [(name, each) for each in elements if each.head == "var" for name in _subjects(each)]
                if len({name for name, _ in named}) < len(named):
                    raise Nowhere  # two values of one variable, as before and after a step
                for element in elements:
                    found |= dict.fromkeys(_subjects(element))
            elif part.head == "mean":
                found |= dict.fromkeys(name for each in items(part.args[2]) for name in _subjects(each))
                found |= dict.fromkeys(
                    each.name.lower() for each in subforms(part.args[1]) if _is_variable(each, random)
                )
    if not found or len(found) > MOST_VARIABLES:
        raise Nowhere
    return tuple(found)


def _is_variable(form: Form, random: frozenset[str]) -> bool:
    return form.head == "var" and (form.name in random if random else form.name[0].isupper())


def _subjects(element: Form) -> Iterator[str]:
    """The variables that an event is about."""
    if element.head == "var":
        yield variable_of(element).lower()
    elif element.head in ("not", "and", "or"):
        for part in element.parts:
            yield from _subjects(part)
    elif element.head in ("eq", "in", "le", "lt") and element.args[0].head == "var":
        yield element.args[0].name.lower()
    else:
        raise Nowhere


@dataclass(slots=True)
class _Work:
    """The values of letters here, and the forms worked out under them."""

    world: World
    letters: dict[str, Fraction]

    def value(self, form: Form) -> Value:
        head = form.head
        if head == "num":
            return form.value
        if head == "var":
            return self._letter(form)
        if head == "add":
            return _total([self.value(part) for part in form.parts])
        if head == "mul":
            return _times([self.value(part) for part in form.parts])
        if head == "pow":
            return _power(self.value(form.args[0]), self.value(form.args[1]))
        if head in ("log", "exp"):
            return _function(head, self.value(form.args[0]))
        if head == "probability":
            return self._probability(form)
        if head == "mean":
            return self._mean(form)
        if head == "sum":
            return self._sum(form)
        if head == "call":
            key = (form.name, *(self._exact(part) for part in form.parts))
            return self.world.number(key)
        if head == "index":
            return self.world.number((form.args[0].name, *(self._exact(part) for part in form.parts[1:])))
        raise Nowhere

    def _exact(self, form: Form) -> Fraction:
        value = self.value(form)
        if not isinstance(value, Fraction):
            raise Nowhere
        return value

    def _letter(self, form: Form) -> Fraction:
        if form.name in self.letters:
            return self.letters[form.name]
        variable = variable_of(form).lower()
        if variable in self.letters:
            return self.letters[variable]
        if variable in self.world.variables:
            return self.world.values(variable)[1]
        return self.world.number(form.name)

    def _outcomes(self, key: object) -> Iterator[tuple[dict[str, Fraction], Fraction]]:
        for bits, weight in self.world.law(key).items():
            values = {name: self.world.values(name)[bit] for name, bit in zip(self.world.variables, bits, strict=True)}
            yield values, weight

    def _probability(self, form: Form) -> Fraction:
        family, of, given, by = form.args
        key = ("P" if family in ("P", "p", "f", "Pr", "P_bb") else family, *(self._exact(part) for part in items(by)))
        above = below = Fraction(0)
        for values, weight in self._outcomes(key):
            if all(self._happens(each, values) for each in items(given)):
                below += weight
                if all(self._happens(each, values) for each in items(of)):
                    above += weight
        if not below:
            raise Nowhere
        return above / below

    def _happens(self, element: Form, values: Outcome) -> bool:
        """Whether an event happens, or a variable has the value that its letter has here."""
        if element.head == "var":
            return _known(values, variable_of(element).lower()) == self._letter(element)
        if element.head == "not":
            return not self._happens(element.args[0], values)
        if element.head == "and":
            return all(self._happens(part, values) for part in element.parts)
        if element.head == "or":
            return any(self._happens(part, values) for part in element.parts)
        if element.head not in ("eq", "le", "lt") or element.args[0].head != "var":
            raise Nowhere
        mine, other = _known(values, element.args[0].name.lower()), self._exact(element.args[1])
        return mine == other if element.head == "eq" else mine <= other if element.head == "le" else mine < other

    def _mean(self, form: Form) -> Value:
        tag, body, given = form.args
        if tag:
            raise Nowhere
        above: list[Value] = []
        below = Fraction(0)
        for values, weight in self._outcomes(("P",)):
            if all(self._happens(each, values) for each in items(given)):
                below += weight
                above.append(_times([weight, _Work(self.world, {**self.letters, **values}).value(body)]))
        if not below:
            raise Nowhere
        return _times([_total(above), 1 / below])

    def _sum(self, form: Form) -> Value:
        body, letter, lower, upper = form.args
        if lower == ALL and upper == ALL:
            variable = variable_of(letter).lower()
            run = self.world.values(variable) if variable in self.world.variables else (Fraction(1), Fraction(2))
        else:
            first, last = self._exact(lower), self._exact(upper)
            if first.denominator != 1 or last.denominator != 1 or last - first > MOST_TERMS:
                raise Nowhere
            run = tuple(Fraction(each) for each in range(int(first), int(last) + 1))  # type: ignore[assignment]
        return _total([_Work(self.world, {**self.letters, letter.name: each}).value(body) for each in run])


def _known(values: Outcome, variable: str) -> Fraction:
    if variable not in values:
        raise Nowhere
    return values[variable]


# --- arithmetic --------------------------------------------------------------------------------------------


def _total(values: list[Value]) -> Value:
    if all(isinstance(value, Fraction) for value in values):
        return sum((value for value in values if isinstance(value, Fraction)), Fraction(0))
    found = arb(0)
    for value in values:
        found = found + _ball(value)
    return found


def _times(values: list[Value]) -> Value:
    if all(isinstance(value, Fraction) for value in values):
        return prod((value for value in values if isinstance(value, Fraction)), start=Fraction(1))
    found = arb(1)
    for value in values:
        found = found * _ball(value)
    return found


def _ball(value: Value) -> arb:
    return arb(fmpq(value.numerator, value.denominator)) if isinstance(value, Fraction) else value


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) <= MOST_TERMS:
        if isinstance(base, Fraction):
            if not base and exponent < 0:
                raise Nowhere
            return base ** int(exponent)
        return base ** int(exponent)
    ball = _ball(base)
    if not ball > 0:
        raise Nowhere
    return (_ball(exponent) * ball.log()).exp()


def _function(head: str, value: Value) -> Value:
    ball = _ball(value)
    if head == "exp":
        return ball.exp()
    if not ball > 0:
        raise Nowhere
    return ball.log()


def differ(left: Form, right: Form, world: World) -> tuple[str, str] | None:
    """Both values as text where they surely differ in a world; None where they do not.  Raises Nowhere."""
    before = ctx.prec
    ctx.prec = BITS
    try:
        first, second = world.value(left), world.value(right)
        if isinstance(first, Fraction) and isinstance(second, Fraction):
            return None if first == second else (str(first), str(second))
        rest = _ball(first) - _ball(second)
        return None if rest.contains(0) else (_ball(first).str(6, radius=False), _ball(second).str(6, radius=False))
    finally:
        ctx.prec = before
