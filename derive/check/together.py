"""What follows from the equations in force together, by elimination: for every link, whichever place it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.motion import Motion, NoMotion
from derive.meaning.form import ONE, ZERO, Form, free_variables, heads, subforms
from derive.meaning.interpret.motion import dots_of
from derive.verify.matrices import ShapeError, worked_out

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["followed", "hold"]

MOST_HELD = 10
"""Equations of a section that are kept, the latest."""
MOST_PREMISES = 4
LARGEST = 250
"""Nodes of an equation that takes part."""
_PLAIN = frozenset({
    "num", "var", "const", "add", "mul", "pow", "sin", "cos", "tan", "exp", "log", "call", "eq", "Abs", "diff", "sinh",
    "cosh", "tanh", "cot", "sec", "csc",
})  # fmt: skip


def hold(page: Page, left: Form, right: Form) -> None:
    """The page says that these are equal: other equations may follow from it, as long as the section lasts."""
    equation = _plain(page, left, right)
    if equation is not None and equation.args[0] != equation.args[1]:
        here = page.knowledge.section
        held = [each for each in page.motion.equations if page.knowledge.covers(each[0]) and each[1] != equation]
        if _is_value(equation):  # another case of the page, in which the letter has another value
            held = [each for each in held if not (_is_value(each[1]) and each[1].args[0] == equation.args[0])]
        page.motion.equations = [*held, (here, equation)][-MOST_HELD:]


def _is_value(equation: Form) -> bool:
    return equation.args[0].head == "var" and not free_variables(equation.args[1])


def followed(page: Page, left: Form, right: Form, motion: Motion) -> Outcome | None:
    """A proof of the equation from those in force; None where there is none.

    The premises are equations that the section has given before, and their derivatives by time where the equation has
    letters with more dots: along a motion for which an equation holds always, its derivative by time holds too.  Where
    they cannot all hold, nothing is said to follow.
    """
    goal = _plain(page, left, right)
    if goal is None:
        return None
    held = [equation for section, equation in page.motion.equations if page.knowledge.covers(section)]
    premises = _related(goal, held)
    if not premises:
        return None
    context = page.knowledge.context()
    names = free_variables(goal)
    for chosen in _choices(goal, premises, motion):
        if not names <= frozenset().union(*map(free_variables, chosen)):
            continue
        premise = chosen[0] if len(chosen) == 1 else Form("and", tuple(chosen))
        verdict = page.judge.at_once("implies", premise, goal, context)
        if verdict.status not in ("proved", "conditional"):
            continue
        if page.judge.is_proved("implies", premise, Form("eq", (ONE, ZERO)), context):
            return None
        return page.judge.outcome(replace(verdict, by="elimination"), "DRV102")
    return None


def _choices(goal: Form, premises: list[Form], motion: Motion) -> Iterator[list[Form]]:
    """Premises to try: the nearest alone, with its derivative, all together.

    They have to speak of all that the goal speaks of: what is eliminated is in them and not in it.
    """
    yield premises[:1]
    dots = max((dots_of(name)[1] for name in free_variables(goal)), default=0)
    grown: list[Form] = []
    if dots:
        for premise in premises[:2]:
            below = max((dots_of(name)[1] for name in free_variables(premise)), default=0)
            if below < dots and (moved := _moved(premise, motion)) is not None:
                grown.append(moved)
                yield [premise, moved]
    if len(premises) > 1:
        yield [*premises[:MOST_PREMISES], *grown]


def _moved(equation: Form, motion: Motion) -> Form | None:
    try:
        sides = tuple(motion.value(motion.moved(side)) for side in equation.parts)
    except (NoMotion, RecursionError):
        return None
    return None if motion.constants else Form("eq", sides)


def _related(goal: Form, held: Iterable[Form]) -> list[Form]:
    """The equations that speak of what the goal speaks of, or of what these bring in, the latest first."""
    waiting = list(reversed(list(held)))
    names = set(free_variables(goal))
    found: list[Form] = []
    grows = True
    while grows:
        grows = False
        for equation in waiting:
            if equation not in found and equation != goal and free_variables(equation) & names:
                found.append(equation)
                grows = True
        names |= {name for equation in found for name in free_variables(equation)}
    return found


def _plain(page: Page, left: Form, right: Form) -> Form | None:
    """The equation, if it is one of numbers; determinants of numbers are worked out."""
    sides: list[Form] = []
    for side in (left, right):
        if heads(side) & {"matrix", "det"}:
            try:
                worked = worked_out(side)
            except ShapeError:
                return None
            if not isinstance(worked, Form):
                return None
            side = worked
        if not heads(side) <= _PLAIN or page.judge.kinds.is_shaped(side) or sum(1 for _ in subforms(side)) > LARGEST:
            return None
        sides.append(side)
    return Form("eq", tuple(sides))
