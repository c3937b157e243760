"""Whether families of angles, apart by whole turns, are all the solutions of a trigonometric equation.

sin u = sin a exactly where u - a or u + a - pi is a multiple of 2 pi; cos u = cos a where u - a or u + a is one of
2 pi; tan u = tan a, where both are defined, where u - a is one of pi (DLMF 4.21.1-4.21.8).
"""

from __future__ import annotations

from derive.meaning.form import ZERO, Form, add, free_variables, mul, num, quotient, sub, substitute
from derive.model.claim import Claim
from derive.model.context import Context
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.ladder import verify
from derive.verify.regular import unmet
from derive.verify.signs import Signs
from derive.verify.waves import MIRRORS, PERIODS, waves

__all__ = ["all_solutions"]

MOST_IN_A_TURN = 12
MOST_TURNS = 4


def all_solutions(equation: Form, families: Form, letter: str, context: Context, deadline: Deadline = NEVER) -> bool:
    """Whether `f(u) = c` exactly where `u = a + k n`, for an integer n (the letter), in one of the families.

    Raises OutOfTime.
    """
    if letter in free_variables(equation):
        return False
    listed = families.args if families.head == "or" else (families,)
    used: set[Form] = set()
    for part in equation.args if equation.head == "or" else (equation,):
        own = _own_families(part, listed, letter, context, deadline)
        if not own:
            return False
        used.update(own)
    return len(used) == len(listed)


def _own_families(
    equation: Form, families: tuple[Form, ...], letter: str, context: Context, deadline: Deadline
) -> list[Form]:
    """The families that solve the equation, where they are all its solutions; else none."""
    signs = Signs(context.assuming(equation), deadline)
    for wave, value in waves(equation):
        angles = {family: family.args[1] for family in families if family.args[:1] == wave.args}
        own = [f for f, angle in angles.items() if _solves(Form(wave.head, (angle,)), value, context, deadline)]
        if own and _cover(wave.head, [angles[f] for f in own], letter, signs):
            return own
    return []


def _solves(wave: Form, value: Form, context: Context, deadline: Deadline) -> bool:
    """f(a + k n) = c wherever the angle is defined."""
    claim = Claim("identity", wave, value, context)
    return verify(claim, budget=deadline.remaining, cas=False).holds


def _cover(head: str, angles: list[Form], letter: str, signs: Signs) -> bool:
    """Among the angles of one turn is one that has the value, defined wherever there is a solution, and its mirror."""
    members = [m for angle in angles for m in _in_a_turn(angle, letter, PERIODS[head], signs) if not unmet(m, signs)]
    if head not in MIRRORS:
        return bool(members)
    return any(_mirrored(first, second, head, signs) for first in members for second in members)


def _in_a_turn(angle: Form, letter: str, period: Form, signs: Signs) -> list[Form]:
    """`a, a + k, ...` of `a + k n` up to a period, where k is the period or a part of it; else none."""
    try:
        step = derivative(angle, letter)
    except NotDifferentiable:
        return []
    first = substitute(angle, {letter: ZERO})
    for parts in range(1, MOST_IN_A_TURN + 1):
        part = quotient(period, num(parts))
        if any(signs.vanishes(sub(step, mul(num(sign), part))) for sign in (1, -1)):
            return [add(first, mul(num(i), part)) for i in range(parts)]
    return []


def _mirrored(first: Form, second: Form, head: str, signs: Signs) -> bool:
    gap = sub(add(first, second), MIRRORS[head])
    return any(signs.vanishes(sub(gap, mul(num(turns), PERIODS[head]))) for turns in range(-MOST_TURNS, MOST_TURNS + 1))
