"""The solutions of sin u = c, cos u = c or tan u = c in a bounded range, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    quotient,
    sub,
    substitute,
)
from derive.model.context import Variable
from derive.verify.balls import Undefined, Unknown, value
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.endpoints import constant_sign
from derive.verify.intervals import folded
from derive.verify.signs import Signs

__all__ = ["MIRRORS", "PERIODS", "solutions_within", "waves"]

PERIODS: dict[str, Form] = {"sin": mul(TWO, PI), "cos": mul(TWO, PI), "tan": PI, "cot": PI}
MIRRORS: dict[str, Form] = {"sin": PI, "cos": ZERO}
"""f(a) = f(MIRROR - a): the second angle of a turn with the value of the first."""

INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan"}
MOST = 24


def waves(equation: Form) -> Iterator[tuple[Form, Form]]:
    """`f(u)` and `c` of an equation with a function that repeats itself, either way round."""
    if equation.head == "eq":
        for wave, other in (equation.args, equation.args[::-1]):
            if wave.head in PERIODS:
                yield wave, other


def solutions_within(equation: Form, signs: Signs) -> tuple[str, tuple[Form, ...]] | None:
    """The variable x and all its values for `f(a x + b) = c`, c a number, where x has numbers as bounds.

    sin u = c exactly where u - asin c or u - (pi - asin c) is a multiple of 2 pi, and so on; None where the equation
    is not of that kind or a comparison of numbers is not decided.  A value may be one that another constraint excludes.
    """
    for wave, level in waves(equation):
        (angle,) = wave.args
        names = free_variables(angle)
        if len(names) != 1 or free_variables(level) or wave.head not in INVERSES:
            continue
        (name,) = names
        line = _line(angle, name)
        variable = folded(signs.context).variable(name)
        if line is None or variable.sort not in ("real", "integer"):
            continue
        found = _values(wave.head, level, line, variable)
        if found is not None:
            return name, found
    return None


def _line(angle: Form, name: str) -> tuple[Form, Form] | None:
    """a and b of `a x + b`."""
    try:
        slope = derivative(angle, name)
    except NotDifferentiable:
        return None
    if free_variables(slope) or constant_sign(slope) in (0, None):
        return None
    return slope, substitute(angle, {name: ZERO})


def _values(head: str, level: Form, line: tuple[Form, Form], variable: Variable) -> tuple[Form, ...] | None:
    if variable.lower is None or variable.upper is None:
        return None
    if head in MIRRORS:
        above, below = constant_sign(sub(level, ONE)), constant_sign(sub(level, MINUS_ONE))
        if above is None or below is None:
            return None
        if above > 0 or below < 0:
            return ()
    first = fn(INVERSES[head], level)
    starts = dict.fromkeys((first, sub(MIRRORS[head], first)) if head in MIRRORS else (first,))
    slope, offset = line
    found: list[Form] = []
    for start in starts:
        turns_within = _turns(start, PERIODS[head], line, variable)
        if turns_within is None:
            return None
        for turns in turns_within:
            at = quotient(sub(add(start, mul(num(turns), PERIODS[head])), offset), slope)
            after, before = constant_sign(sub(at, variable.lower.value)), constant_sign(sub(variable.upper.value, at))
            if after is None or before is None or len(found) > MOST:
                return None
            if after >= (1 if variable.lower.strict else 0) and before >= (1 if variable.upper.strict else 0):
                found.append(at)
    return tuple(found)


def _turns(start: Form, period: Form, line: tuple[Form, Form], variable: Variable) -> range | None:
    """The numbers of turns that may lead into the variable's range; too many rather than too few."""
    assert variable.lower is not None and variable.upper is not None
    slope, offset = line
    ends = (add(mul(slope, bound.value), offset) for bound in (variable.lower, variable.upper))
    try:
        counts = [value(quotient(sub(end, start), period), {}).real for end in ends]
    except (Undefined, Unknown):
        return None
    least, most = (min(float(c.lower()) for c in counts), max(float(c.upper()) for c in counts))
    return range(floor(least) - 1, ceil(most) + 2) if most - least < MOST else None
