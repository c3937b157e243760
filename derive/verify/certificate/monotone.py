"""Finding why f(a) < f(b) for a < b: terms of the same form, compared from the inside out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.verify.certificate.script import Fact, Term
from derive.verify.certificate.words import NEGATIVE, POSITIVE, fact_for
from derive.verify.kernel_terms import ratio, value

if TYPE_CHECKING:
    from derive.verify.certificate.signs import Signs

__all__ = ["by_form"]

RISING = ("exp", "log", "sinh", "tanh", "atan")


def by_form(signs: Signs, low: Term, high: Term) -> bool:
    """Make known that low < high, if both have one form and their parts compare alike."""
    return low != high and compared(signs, low, high) == ("<", low, high)


def compared(signs: Signs, first: Term, second: Term) -> Fact | None:
    """What is known afterwards of two terms of one form: that they are the same, or which is the smaller one."""
    if first == second:
        return ("=", first, second)
    for fact in (("<", first, second), ("<", second, first)):
        if signs.context.holds(fact):
            return fact
    if not (isinstance(first, tuple) and isinstance(second, tuple)) or first[0] != second[0]:
        return None
    if len(first) != len(second) or not signs.define(first, second):
        return None
    way = WAYS.get("rising" if first[0] in RISING else first[0])
    return way(signs, first, second) if way is not None else None


def _of_functions(signs: Signs, first: Term, second: Term) -> Fact | None:
    inner = compared(signs, first[1], second[1])
    if inner is None or signs.law(f"{first[0]} increasing", inner[1], inner[2]) is None:
        return None
    return ("<", (first[0], inner[1]), (first[0], inner[2]))


def _of_sums(signs: Signs, first: Term, second: Term) -> Fact | None:
    parts = [compared(signs, one, other) for one, other in zip(first[1:], second[1:], strict=True)]
    rising = [fact is not None and fact[1] == one for fact, one in zip(parts, first[1:], strict=True) if _less(fact)]
    if None in parts or not rising or len(set(rising)) > 1:
        return None
    goal = ("<", first, second) if rising[0] else ("<", second, first)
    products = [(1, (signs.script.index(fact),), ()) for fact in parts if fact is not None and _less(fact)]
    return goal if signs.script.show(goal, 1, products) is not None else None


def _of_products(signs: Signs, first: Term, second: Term) -> Fact | None:
    """A single factor differs, and the others have a sign."""
    changing = [i for i in range(1, len(first)) if first[i] != second[i]]
    inner = compared(signs, first[changing[0]], second[changing[0]]) if len(changing) == 1 else None
    if inner is None:
        return None
    number, indices, turned = Fraction(1), [signs.script.index(inner)], inner[1] != first[changing[0]]
    for part in first[1 : changing[0]] + first[changing[0] + 1 :]:
        sign, literal = signs.sign(part), value(part)
        if sign not in (POSITIVE, NEGATIVE):
            return None
        turned ^= sign == NEGATIVE
        number *= 1 if literal is None else abs(Fraction(literal))
        if literal is None:
            indices.append(signs.script.index(fact_for(sign, part)))
    goal = ("<", second, first) if turned else ("<", first, second)
    return goal if signs.script.show(goal, 1, [(ratio(number), tuple(indices), ())]) is not None else None


def _of_powers(signs: Signs, first: Term, second: Term) -> Fact | None:
    """Roots rise, and inverses of positive terms fall."""
    if first[2] != second[2]:
        return None
    inner = compared(signs, first[1], second[1])
    if inner is None or not _less(inner):
        return None
    small, large = inner[1:]
    if isinstance(first[2], tuple) and first[2][:2] == ("/", 1):
        law = signs.law("root increasing", small, large, first[2][2])
        return ("<", ("^", small, first[2]), ("^", large, first[2])) if law is not None else None
    weight = ("*", small, large)
    if first[2] != -1 or signs.sign(small) != POSITIVE or signs.sign(weight) != POSITIVE:
        return None
    goal = ("<", ("^", large, -1), ("^", small, -1))
    return goal if signs.script.show(goal, weight, [(1, (signs.script.index(inner),), ())]) is not None else None


def _less(fact: Fact | None) -> bool:
    return fact is not None and fact[0] == "<"


WAYS: dict[str, Callable[[Signs, Term, Term], Fact | None]] = {
    "rising": _of_functions, "+": _of_sums, "*": _of_products, "^": _of_powers,
}  # fmt: skip
