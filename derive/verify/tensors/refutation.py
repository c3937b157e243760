"""Refutation of identities between vectors and matrices by an instance with exact rational entries."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from derive.meaning.form import Form, num, subforms
from derive.meaning.sympy_text import sympy_text
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.verdict import Counterexample
from derive.verify.balls import value
from derive.verify.ballsense import Undefined, Unknown
from derive.verify.deadline import Deadline
from derive.verify.definite.lower import compare
from derive.verify.matrices import Matrix, ShapeError
from derive.verify.tensors.definitions import index_ranges
from derive.verify.tensors.instances import Instance, instances
from derive.verify.tensors.shapes import ShapeMismatch, Unclear, shape_of, sized
from derive.verify.tensors.worked import worked_out

__all__ = ["Trials", "trials"]

NOTHING = Context()
Rows = tuple[tuple[Form, ...], ...]


@dataclass(frozen=True, slots=True)
class Trials:
    """What instances showed: one at which the sides differ, and whether they were seen defined and not different."""

    counterexample: Counterexample | None = None
    agreed: bool = False


def trials(claim: Claim, deadline: Deadline, seed: int) -> Trials:
    """Both sides at a few instances that satisfy the context.

    A refutation is true because the instance satisfies all that is given, both sides are worked out there by the
    definitions of their operations in exact arithmetic, every entry is defined, and two entries are unequal
    rationals or closed forms whose balls are apart.  Nothing is proved here.
    """
    wanted = shape_of(claim.left) or shape_of(claim.right)
    left, right = (sized(side, wanted) for side in (claim.left, claim.right))
    agreed = False
    for instance in instances(claim.context, left, right, random.Random(seed)):
        deadline.check()
        try:
            if not all(_satisfied(constraint, instance) for constraint in claim.context.constraints):
                continue
            one, other = worked_out(left, instance), worked_out(right, instance)
        except (Unclear, ShapeMismatch, ShapeError, KeyError):
            continue
        sides = _side_by_side(one, other)
        if sides is None or not all(_defined(entry) for side in sides for row in side for entry in row):
            continue
        if _differ(*sides, deadline, seed):
            return Trials(_counterexample(instance, one, other), agreed)
        agreed = True
    return Trials(None, agreed)


def _side_by_side(one: Matrix | Form, other: Matrix | Form) -> tuple[Rows, Rows] | None:
    """Rows of one shape; a number 0 beside a matrix is the zero matrix."""
    if isinstance(one, Form) and isinstance(other, Form):
        return ((one,),), ((other,),)
    if isinstance(one, Form):
        return (_zeros(other), other) if one == num(0) and not isinstance(other, Form) else None
    if isinstance(other, Form):
        return (one, _zeros(one)) if other == num(0) else None
    return (one, other) if (len(one), len(one[0])) == (len(other), len(other[0])) else None


def _zeros(like: Rows) -> Rows:
    return tuple(tuple(num(0) for _ in row) for row in like)


def _satisfied(constraint: Form, instance: Instance) -> bool:
    """Whether the constraint surely holds at the instance; one on `x_i` is one on every entry."""
    if constraint.head not in ("eq", "ne", "lt", "le"):
        return False
    ranges = index_ranges(constraint)
    bound = {part.args[1].name for part in subforms(constraint) if part.head in ("sum", "prod")}
    letters = sorted(set(ranges) - bound)
    choices = product(*(range(1, instance.size(ranges[letter]) + 1) for letter in letters))
    return all(
        _holds(constraint, replace(instance, numbers={**instance.numbers, **_exact(letters, places)}))
        for places in choices
    )


def _exact(letters: list[str], places: tuple[int, ...]) -> dict[str, Fraction]:
    return {letter: Fraction(place) for letter, place in zip(letters, places, strict=True)}


def _holds(constraint: Form, instance: Instance) -> bool:
    wanted = shape_of(constraint.args[0]) or shape_of(constraint.args[1])
    one, other = (worked_out(sized(side, wanted), instance) for side in constraint.parts)
    sides = _side_by_side(one, other)
    if sides is None:
        return False
    pairs = [pair for rows in zip(*sides, strict=True) for pair in zip(*rows, strict=True)]
    if any(entry.head != "num" for pair in pairs for entry in pair):
        return False
    if constraint.head == "eq":
        return all(a.value == b.value for a, b in pairs)
    if constraint.head == "ne":
        return any(a.value != b.value for a, b in pairs)
    (a, b), *more = pairs
    return not more and (a.value < b.value or (constraint.head == "le" and a.value == b.value))


def _defined(entry: Form) -> bool:
    if entry.head == "num":
        return True
    try:
        return bool(value(entry, {}, real=True).is_finite())
    except (Undefined, Unknown):
        return False


def _differ(one: Rows, other: Rows, deadline: Deadline, seed: int) -> bool:
    for row, others in zip(one, other, strict=True):
        for a, b in zip(row, others, strict=True):
            if a.head == "num" and b.head == "num":
                if a.value != b.value:
                    return True
            elif compare(Claim("identity", a, b, NOTHING), deadline, seed).status == "refuted":
                return True
    return False


def _counterexample(instance: Instance, one: Matrix | Form, other: Matrix | Form) -> Counterexample:
    numbers = tuple((name, num(number)) for name, number in sorted(instance.numbers.items()))
    arrays = tuple((name, _matrix(grid)) for name, grid in sorted(instance.entries.items()))
    return Counterexample(numbers + arrays, _text(one), _text(other))


def _matrix(grid: Rows) -> Form:
    return Form("matrix", tuple(Form("row", row) for row in grid))


def _text(side: Matrix | Form) -> str:
    return sympy_text(side if isinstance(side, Form) else _matrix(side))
