"""Refuting an equation between probabilities: a finite world in which it is false, and a slip that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, islice

from derive.check.judge import Outcome, name_shown
from derive.check.probability.errors import Opaque
from derive.check.probability.polynomials import TooLarge
from derive.check.probability.randomness import random_names
from derive.check.probability.reading import Reading
from derive.check.probability.worlds import Nowhere, World, differ, variables_of
from derive.check.result import Failure
from derive.check.slips import mutated
from derive.meaning.form import Form, free_variables, subforms
from derive.meaning.names import is_letter
from derive.notation.printer import latex
from derive.notation.tree import Call, Conditional, Node, transform, walk

__all__ = ["refuted", "slips"]

SEEDS = (1, 2, 5)
MOST_SLIPS = 300
MOST_PAIRS = 15
_SPEAKS_OF_MORE = frozenset({"slope", "index", "int", "prod", "indicator", "opaque"})
_BREAKS = (Opaque, TooLarge, RecursionError, Nowhere)
Proves = Callable[[Form, Form], bool]


def refuted(
    reading: Reading, nodes: tuple[Node, Node], left: Form, right: Form, proves: Proves, *, says_joint: bool
) -> Outcome | None:
    """The refutation of `left = right`, where `nodes` are the two sides as written; None where there is none.

    It is one only if the sides differ in worlds with exact probabilities, and, unless it `says_joint` what independence
    would make superfluous, differ where all variables are independent too, so that no independence is meant; if both
    speak of the same things; and if one likely slip undone makes it a law.  An equation that restricts a distribution
    (`p(x | y) = p(x)`) is none of these.
    """
    if not _numbers(right) <= _numbers(left) | _variables(left, right) or any(map(_says_more, (left, right))):
        return None
    try:
        kinds = (False,) if says_joint else (False, True)
        worlds = [
            World(variables_of(left, right, random=random_names(left, right)), seed, apart)
            for seed in SEEDS
            for apart in kinds
        ]
        if any(differ(left, right, world) is None for world in worlds):
            return None
    except Nowhere:
        return None
    fixed = _correction(reading, nodes, left, right, worlds[:2], proves)
    if not fixed:
        return None
    world = World(worlds[0].variables, SEEDS[0])
    values = differ(left, right, world)
    assert values is not None
    point = tuple(_described(world, left, right))
    message = f"the two sides differ: {values[0]} and {values[1]}"
    failure = Failure(point, *values)
    return Outcome("refuted", "DRV101", message, "probability", "exact", failure=failure, correction=fixed)


def _numbers(form: Form) -> frozenset[str]:
    """The letters outside probabilities and expectations."""
    if form.head in ("probability", "mean"):
        return frozenset()
    if form.head == "sum":
        return _numbers(form.args[0]) - {form.args[1].name}
    if form.head == "var":
        return frozenset({form.name})
    return frozenset[str]().union(*map(_numbers, form.parts))


def _variables(*forms: Form) -> frozenset[str]:
    """The letters inside probabilities and expectations."""
    found = (part for form in forms for part in subforms(form) if part.head in ("probability", "mean"))
    return frozenset[str]().union(*map(free_variables, found))


def _says_more(form: Form) -> bool:
    """Whether a form speaks of what worlds do not have, or of pieces that are not understood."""
    return any(
        part.head in _SPEAKS_OF_MORE - {"opaque"} or (part.head == "call" and part.name.startswith("piece"))
        for part in subforms(form)
    )


def _correction(
    reading: Reading, nodes: tuple[Node, Node], left: Form, right: Form, worlds: list[World], proves: Proves
) -> str:
    """The right side with one slip undone, so that the equation is proved and is no repetition; else empty."""
    seen, same = {right}, latex(nodes[0])
    for candidate, text in islice(slips(nodes[1]), MOST_SLIPS):
        if text == same:
            continue
        try:
            form = replace(reading).form(candidate)
            if form in seen or not _numbers(form) <= _numbers(left) | _variables(left, right):
                continue
            seen.add(form)
            if any(differ(left, form, world) is not None for world in worlds):
                continue
            if proves(left, form):
                return text
        except _BREAKS:
            continue
    return ""


def slips(node: Node) -> Iterator[tuple[Node, str]]:
    """Probabilities exchanged or turned round, and the slips of any formula."""
    for part in walk(node):
        if isinstance(part, Conditional):
            turned = _with(node, part, replace(part, left=part.right, right=part.left))
            yield turned, latex(turned)
    calls = list(dict.fromkeys(part for part in walk(node) if isinstance(part, Call)))
    letters = list(dict.fromkeys(part for part in walk(node) if is_letter(part)))
    pairs = [pair for pair in combinations(calls, 2) if not _inside(*pair)]
    for first, second in pairs[:MOST_PAIRS]:
        exchanged = _exchanged(node, first, second)
        yield exchanged, latex(exchanged)
    yield from mutated(node, (*letters, *calls))


def _with(node: Node, here: Node, new: Node) -> Node:
    return new if node is here else transform(node, lambda child: _with(child, here, new))


def _inside(first: Node, second: Node) -> bool:
    return any(part == second for part in walk(first)) or any(part == first for part in walk(second))


def _exchanged(node: Node, first: Node, second: Node) -> Node:
    if node == first:
        return second
    if node == second:
        return first
    return transform(node, lambda child: _exchanged(child, first, second))


def _described(world: World, left: Form, right: Form) -> Iterator[tuple[str, str]]:
    """The probabilities of a world, and what else in it the two sides speak of."""
    families = dict.fromkeys(
        "P" if part.head == "mean" or part.args[0] in ("P", "p", "f", "Pr", "P_bb") else part.args[0]
        for side in (left, right)
        for part in subforms(side)
        if part.head in ("probability", "mean")
    )
    capitals = {name for side in (left, right) for name in free_variables(side) if name[0].isupper()}
    means = any(part.head == "mean" for side in (left, right) for part in subforms(side))
    valued = {name.lower() for name in capitals} if means else set()
    for key, law in world.laws.items():
        family = key[0] if isinstance(key, tuple) else ""
        if family not in families:
            continue
        for bits, weight in law.items():
            parts = [
                _event(name, world, bit, plain=name.upper() in capitals and name not in valued)
                for name, bit in zip(world.variables, bits, strict=True)
            ]
            yield f"{str(family).rstrip('_')}({', '.join(parts)})", str(weight)
    for name, number in world.numbers.items():
        if isinstance(name, str):
            yield name_shown(name), str(number)


def _event(name: str, world: World, bit: int, *, plain: bool) -> str:
    if plain:
        return name.upper() if bit else f"not {name.upper()}"
    return f"{name} = {world.values(name)[bit]}"
