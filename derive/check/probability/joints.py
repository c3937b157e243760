"""Laws of probabilities and densities: conditionals as quotients of joints, complements, unions, runs of variables."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from derive.check.probability.heads import indicator, items, joint, probability, span
from derive.check.probability.polynomials import Polynomial, atom, constant, plus, scaled
from derive.check.probability.powers import whole_power
from derive.meaning.form import ONE, Form, add, indexed, mul, num, var

if TYPE_CHECKING:
    from derive.check.probability.normal import Normal

__all__ = ["indicator_law", "joint_law", "probability_law", "runs_joined"]

MOST_UNITED = 4
_SURE = var("Omega")


def probability_law(normal: Normal, form: Form) -> Polynomial:
    """`p(a | b) = p(a, b) / p(b)`."""
    family, of, given, by = form.args
    above = normal(joint(family, (*items(of), *items(given)), items(by)))
    below = normal(joint(family, items(given), items(by)))
    return normal.product(above, _inverse(normal, below))


def _inverse(normal: Normal, polynomial: Polynomial) -> Polynomial:
    return whole_power(normal, polynomial, -1)


def joint_law(normal: Normal, form: Form) -> Polynomial:
    """`P(A^c, B) = P(B) - P(A, B)`; a union by inclusion and exclusion; the sure event is left out."""
    family, of, by = form.args
    parts = [part for part in items(of) if part != _SURE]
    for part in parts:
        others = [each for each in parts if each is not part]
        if part.head == "not":
            whole = normal(joint(family, others, items(by)))
            return plus(whole, scaled(normal(joint(family, (*others, part.args[0]), items(by))), -1))
        if part.head == "or" and len(part.parts) <= MOST_UNITED:
            return plus(
                *(
                    scaled(normal(joint(family, (*others, *_events(chosen)), items(by))), (-1) ** (size + 1))
                    for size in range(1, len(part.parts) + 1)
                    for chosen in combinations(part.parts, size)
                )
            )
        if part.head == "and":
            return normal(joint(family, (*others, *part.parts), items(by)))
    parts = runs_joined([_normal_element(normal, part) for part in parts])
    if not parts:
        return constant(1)
    parameters = tuple(_normal_element(normal, part) for part in items(by))
    split = _independent(normal, family, frozenset(parts), parameters)
    return split if split is not None else atom(joint(family, parts, parameters))


def _events(chosen: Iterable[Form]) -> Iterable[Form]:
    for each in chosen:
        yield from each.parts if each.head == "and" else (each,)


def _normal_element(normal: Normal, part: Form) -> Form:
    if part.head in ("var", "index"):
        return part if part.head == "var" else indexed(part.args[0], *(normal.form(i) for i in part.args[1:]))
    if part.head in ("eq", "lt", "le", "in", "ne", "tuple"):
        return Form(part.head, tuple(_normal_element(normal, each) for each in part.parts))
    if part.head == "span":
        base, first, last = part.args
        return span(base, normal.form(first), normal.form(last))
    return normal.form(part) if part.head not in ("all", "opaque") else part


def _independent(normal: Normal, family: str, parts: frozenset[Form], by: tuple[Form, ...]) -> Polynomial | None:
    """The joint probability of what is independent given the rest, as a product; None where that says nothing."""
    claim = normal.independent
    if claim is None or not claim.given <= parts:
        return None
    apart = parts & claim.of
    if len(apart) == 1 and (run := next(iter(apart))).head == "span" and parts - apart == claim.given:
        return _independent_run(normal, family, run, tuple(claim.given), by)
    if len(apart) < 2 or parts - apart != claim.given:
        return None
    found = constant(1)
    below = atom(joint(family, claim.given, by), -1) if claim.given else constant(1)
    for part in sorted(apart, key=repr):
        found = normal.product(found, atom(joint(family, {part, *claim.given}, by)))
    for _ in range(len(apart) - 1):
        found = normal.product(found, below)
    return found


def _independent_run(
    normal: Normal, family: str, run: Form, given: tuple[Form, ...], by: tuple[Form, ...]
) -> Polynomial:
    """The joint probability of a run of independent variables as a product over the run."""
    base, first, last = run.args
    letter = normal.letter(var("i"))
    each = probability(family, (Form("index", (base, letter)),), given, by)
    return normal(mul(joint(family, given, by), Form("prod", (each, letter, first, last))))


# --- runs of variables -------------------------------------------------------------------------------------


def runs_joined(parts: list[Form]) -> list[Form]:
    """`x_1, …, x_{k-1}` and `x_k` as `x_1, …, x_k`; a run of one is what it is, a run of none is nothing."""
    runs = [part for part in parts if part.head == "span"]
    rest = [part for part in parts if part.head != "span"]
    for place, run in enumerate(runs):
        base, first, last = run.args
        grown = True
        while grown:
            grown = False
            for other in [*rest, *runs[place + 1 :]]:
                begins, ends = _ends(base, other)
                if begins is not None and ends is not None and begins == _next(last):
                    last, grown = ends, True
                elif begins is not None and ends is not None and _next(ends) == first:
                    first, grown = begins, True
                if grown:
                    rest = [each for each in rest if each != other]
                    runs = [each for each in runs if each != other]
                    break
        if place < len(runs):
            runs[place] = span(base, first, last)
    return rest + [each for run in runs for each in _plain(run)]


def _ends(base: Form, part: Form) -> tuple[Form | None, Form | None]:
    """Where a variable or run of the same letter begins and ends."""
    if part.head == "span" and part.args[0] == base:
        return part.args[1], part.args[2]
    if part.head == "index" and part.args[0] == base and len(part.args) == 2:
        return part.args[1], part.args[1]
    if part.head == "var" and base.head == "var" and part.name.startswith(f"{base.name}_"):
        number = part.name[len(base.name) + 1 :]
        return (num(int(number)), num(int(number))) if number.isdigit() else (None, None)
    return None, None


def _next(place: Form) -> Form:
    """The place after, for `k`, `k + 1` and numbers."""
    if place.head == "add" and place.args[-1].head == "num":
        return add(*place.args[:-1], num(place.args[-1].value + 1))
    return add(place, ONE)


def _plain(run: Form) -> list[Form]:
    base, first, last = run.args
    if first == last:
        return [indexed(base, first)]
    return [] if _next(last) == first else [run]


def indicator_law(normal: Normal, form: Form) -> Polynomial:
    event = form.args[0]
    if event.head == "not":
        return plus(constant(1), scaled(normal(indicator(event.args[0])), -1))
    return atom(indicator(_normal_element(normal, event)))
