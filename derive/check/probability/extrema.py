"""Where something is largest: the same place for what is larger by a number, by a factor, or under a logarithm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.check.probability.heads import is_positive
from derive.check.probability.obligations import conditions, needs
from derive.check.probability.polynomials import Polynomial, as_form, form_of_monomial, plus, scaled
from derive.check.probability.powers import NOT_NEGATIVE, logarithm, whole_power
from derive.meaning.form import ZERO, Form, free_variables
from derive.notation.tree import BigOperator, Node

if TYPE_CHECKING:
    from derive.check.probability.normal import Normal
    from derive.check.probability.reading import Reading

__all__ = ["Extremum", "extremum", "same_place"]

_PLACE = re.compile(r"(?:\\(?:operatorname\*?|mathrm|text|mbox|mathop))?\{?\\?arg(?:\s|\\,|\\ |~|\\;)*\\?(max|min)")


@dataclass(frozen=True, slots=True)
class Extremum:
    """`\\arg\\max_x f(x)`: its sign, what is written below, and the body."""

    sign: int
    below: Node
    body: Node


def extremum(node: Node) -> Extremum | None:
    """The place of a maximum or minimum; None for anything else."""
    if isinstance(node, BigOperator) and node.lower is not None and node.body is not None:
        found = _PLACE.match(node.command.strip())
        if found is not None and node.upper is None:
            return Extremum(1 if "max" in found.groups() else -1, node.lower, node.body)
    return None


def same_place(
    normal: Normal, first: Extremum, second: Extremum, left: Form, right: Form, reading: Reading
) -> list[Form] | None:
    """The conditions under which two places are the same; None where that is not shown.

    The place of a maximum does not change when a number is added that is the same everywhere, when a positive factor
    is put before what is largest, or when its logarithm is taken where it is positive.
    """
    if first.below != second.below:
        return None
    names = _names(first.below, reading)
    if not names:
        return None
    sides = scaled(normal(left), first.sign), scaled(normal(right), second.sign)
    needed = conditions(needs(normal, left), needs(normal, right), normal.needed)
    for a, b, more in _levels(normal, *sides):
        rest = plus(a, scaled(b, -1))
        if not free_variables(as_form(rest)) & names:
            return [*needed, *more]
        factor = _factor(normal, a, b, names)
        if factor is not None:
            return [*needed, *more, *factor]
    return None


def _names(below: Node, reading: Reading) -> frozenset[str]:
    from derive.notation.tree import Relation

    node = below.first if isinstance(below, Relation) and below.first is not None else below
    return free_variables(reading.form(node))


def _levels(normal: Normal, left: Polynomial, right: Polynomial) -> list[tuple[Polynomial, Polynomial, list[Form]]]:
    """Both sides as they are, and with the logarithm of one, of the other, or of both, where that is positive."""
    found: list[tuple[Polynomial, Polynomial, list[Form]]] = [(left, right, [])]
    logs = [_logarithm(normal, side) for side in (left, right)]
    if logs[0] is not None:
        found.append((logs[0][0], right, logs[0][1]))
    if logs[1] is not None:
        found.append((left, logs[1][0], logs[1][1]))
    if logs[0] is not None and logs[1] is not None:
        found.append((logs[0][0], logs[1][0], [*logs[0][1], *logs[1][1]]))
    return found


def _logarithm(normal: Normal, side: Polynomial) -> tuple[Polynomial, list[Form]] | None:
    """The logarithm of a product of densities and other factors that are not negative."""
    if len(side) != 1:
        return None
    ((factors, scale),) = side.items()
    if scale <= 0 or any(form.head not in NOT_NEGATIVE | {"prod"} for form, _ in factors):
        return None
    return logarithm(normal, side), [Form("lt", (ZERO, form)) for form, _ in factors if form.head == "joint"]


def _factor(normal: Normal, left: Polynomial, right: Polynomial, names: frozenset[str]) -> list[Form] | None:
    """The conditions under which one side is a positive number times the other; None where it is no such."""
    if not left or not right:
        return None
    (first, scale), (second, other) = min(left.items(), key=repr), min(right.items(), key=repr)
    quotient = normal.product(whole_power(normal, {second: other}, -1), {first: scale})
    for candidate in [quotient, *_quotients(normal, left, right)]:
        if len(candidate) != 1:
            continue
        ((factors, number),) = candidate.items()
        form = form_of_monomial(factors)
        if number <= 0 or free_variables(form) & names:
            continue
        if not plus(left, scaled(normal.product(candidate, right), -1)):
            return [Form("lt", (ZERO, each)) for each, _ in factors if not is_positive(each)]
    return None


def _quotients(normal: Normal, left: Polynomial, right: Polynomial) -> list[Polynomial]:
    """The quotients of each term of one side and the first of the other."""
    if len(left) > 6:
        return []
    second = min(right.items(), key=repr)
    below = whole_power(normal, {second[0]: second[1]}, -1)
    return [normal.product(below, {factors: scale}) for factors, scale in left.items()]
