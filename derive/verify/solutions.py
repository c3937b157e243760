"""Points that satisfy one statement and not another: exact solutions, or a solution enclosed by a change of sign."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from derive.meaning.form import HALF, Form, add, free_variables, mul, num, power, quotient, sub, substitute
from derive.meaning.sympy_text import sympy_text
from derive.model.context import Bound, Context, Variable
from derive.model.verdict import Counterexample
from derive.verify.balls import Undefined, Unknown, ball, holds, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.domain import Domain, Point, balls_at, numbers_in
from derive.verify.elimination import system_points
from derive.verify.positivity import by_powers, used
from derive.verify.problem import is_real
from derive.verify.quotients import factored
from derive.verify.regular import continuous
from derive.verify.signs import Signs
from derive.verify.unique import convex_in

__all__ = ["separating_point", "surely_false", "surely_true"]

POINTS = 24
GRID = tuple(Fraction(k * abs(k), 16) + Fraction(1, 1009) for k in range(-16, 17))
BISECTIONS = 60


def surely_true(statement: Form, point: Point, *, real: bool = True, deadline: Deadline = NEVER) -> bool:
    """Whether the statement is defined and true at the point, by balls or by exact arithmetic."""
    if statement.head == "and":
        return all(surely_true(part, point, real=real, deadline=deadline) for part in statement.args)
    if statement.head == "or":
        return any(surely_true(part, point, real=real, deadline=deadline) for part in statement.args)
    try:
        balls = balls_at(point)
        if statement.head != "eq":
            return holds(statement, balls, real=real, deadline=deadline)
        left, right = (value(side, balls, real=real, deadline=deadline) for side in statement.args)
    except (Undefined, Unknown):
        return False
    gap = left - right
    return bool(gap.is_zero()) or (
        gap.contains(0) and Signs(Context()).vanishes(substitute(sub(*statement.args), point))
    )


def surely_false(statement: Form, point: Point, *, real: bool = True, deadline: Deadline = NEVER) -> str:
    """Why the statement surely fails at the point: "false", "undefined", or "" when that is not sure."""
    if statement.head in ("and", "or"):
        reasons = [surely_false(part, point, real=real, deadline=deadline) for part in statement.args]
        if statement.head == "and":
            return next(filter(None, reasons), "")
        return reasons[0] if all(reasons) else ""
    try:
        balls = balls_at(point)
        return "" if holds(statement, balls, real=real, deadline=deadline) else "false"
    except Undefined:
        return "undefined"
    except Unknown:
        return ""


def separating_point(
    given: Form, goal: Form, context: Context, rng: random.Random, deadline: Deadline = NEVER
) -> Counterexample | None:
    """A point of the context at which `given` is defined and true and `goal` is false or undefined."""
    names = free_variables(given) | free_variables(goal)
    real = is_real(context, given, goal)
    domain = Domain(context, names, real=real)
    undefined = None
    for point in _candidates(given, goal, domain, rng, deadline):
        deadline.check()
        if not surely_true(given, point, real=real, deadline=deadline):
            continue
        reason = surely_false(goal, point, real=real, deadline=deadline)
        if reason == "false":
            return _counterexample(goal, point, "")
        if reason and undefined is None:
            undefined = _counterexample(goal, point, "undefined there")
    if undefined is not None or not real:
        return undefined
    return _enclosed(given, goal, domain, rng, deadline)


def _counterexample(goal: Form, point: Point, note: str) -> Counterexample:
    sides = ["", ""]
    if goal.head in ("eq", "ne", "lt", "le"):
        for i, side in enumerate(goal.args):
            try:
                sides[i] = value(side, balls_at(point)).str(10, radius=False)
            except Undefined:
                sides[i] = "undefined"
            except Unknown:
                sides[i] = "?"
    return Counterexample(tuple(sorted(point.items())), sides[0], sides[1], note)


def _candidates(given: Form, goal: Form, domain: Domain, rng: random.Random, deadline: Deadline) -> Iterator[Point]:
    """Points solved for one variable after another first, then simple and awkward ones."""
    names = [v.name for v in domain.variables]
    equations = [part for part in _parts(given) if part.head == "eq"]
    if not names:
        yield {}
        return
    plain = [*domain.simple_points(rng, 6), *domain.hard_points(rng, POINTS, numbers_in(given, goal))]
    for point in plain[:3]:
        yield point
    joined = [part for part in given.args if part.head == "eq"] if given.head == "and" else []
    for point in plain[: POINTS // 2]:
        if len(joined) > 1:
            deadline.check()
            yield from (solved for solved in system_points(joined, point, _roots) if domain.contains(solved))
        for equation in equations:
            for name in sorted(free_variables(equation)):
                deadline.check()
                for root in _roots(equation, name, point):
                    solved = {**point, name: root}
                    if domain.contains(solved):
                        yield solved
    yield from plain


def _parts(statement: Form) -> Iterator[Form]:
    if statement.head in ("and", "or"):
        for part in statement.args:
            yield from _parts(part)
    else:
        yield statement


def _roots(equation: Form, name: str, point: Point) -> Iterator[Form]:
    """Real values of the variable that may solve the equation, the others as in the point: roots of simple factors."""
    others = {other: exact for other, exact in point.items() if other != name}
    residual = substitute(sub(*equation.args), others)
    view = Signs(Context()).view(residual)
    if view is None or view.quotients[0].numerator.is_zero():
        return
    _, factors = factored(view.quotients[0].numerator)
    for factor, _ in factors:
        for index in used(factor):
            atom = view.atoms.forms[index]
            parts = {k: view.atoms.polynomial_form(p) for k, p in by_powers(factor, index).items()}
            if any(free_variables(p) for p in parts.values()):
                continue
            for root in _polynomial_roots(parts):
                if atom.head == "var":
                    yield root
                elif atom.head == "exp" and atom.args[0] == Form("var", (name,)):
                    yield Form("log", (root,))
                elif atom.head == "log" and atom.args[0] == Form("var", (name,)):
                    yield Form("exp", (root,))
                elif atom.head == "pow" and atom.args == (Form("var", (name,)), HALF):
                    yield power(root, num(2))


def _polynomial_roots(parts: dict[int, Form]) -> Iterator[Form]:
    degree = max(parts)
    a, b, c = (parts.get(k, num(0)) for k in (2, 1, 0))
    if degree == 1:
        yield mul(num(-1), quotient(c, b))
    elif degree == 2:
        discriminant = sub(power(b, num(2)), mul(num(4), a, c))
        for sign in (1, -1):
            yield quotient(add(mul(num(-1), b), mul(num(sign), power(discriminant, HALF))), mul(num(2), a))
    elif parts.keys() == {0, degree}:
        radicand = mul(num(-1), quotient(c, parts[degree]))
        yield power(radicand, num(1, degree))
        if degree % 2 == 0:
            yield mul(num(-1), power(radicand, num(1, degree)))
        elif Signs(Context()).negative(radicand):
            yield mul(num(-1), power(mul(num(-1), radicand), num(1, degree)))


def _enclosed(given: Form, goal: Form, domain: Domain, rng: random.Random, deadline: Deadline) -> Counterexample | None:
    """A solution between two points where the residual of one equation changes sign, and where the goal fails.

    On the segment, which lies in the domain, the residual is continuous, so it has a root there; and the goal is
    false at every point of a ball around the segment.
    """
    if given.head != "eq":
        return None
    signs = Signs(domain.context)
    residual = sub(*given.args)
    for point in [{}] if not domain.variables else list(domain.simple_points(rng, 4)):
        for name in sorted(free_variables(given)):
            if domain.context.variable(name).sort != "real" or not convex_in(signs, name):
                continue
            others = {other: exact for other, exact in point.items() if other != name}
            found = _bisected(substitute(residual, others), substitute(goal, others), name, others, domain, deadline)
            if found is not None:
                return found
    return None


def _bisected(
    residual: Form, goal: Form, name: str, others: dict[str, Form], domain: Domain, deadline: Deadline
) -> Counterexample | None:
    signs_at = [(x, _sign_at(residual, name, x, deadline)) for x in GRID if domain.contains({**others, name: num(x)})]
    for (a, before), (b, after) in pairwise(signs_at):
        if before * after >= 0:
            continue
        deadline.check()
        segment = Context((Variable(name, "real", Bound(num(a), False), Bound(num(b), False)),))
        if not continuous(residual, Signs(segment, deadline)):
            continue
        for _ in range(BISECTIONS):
            middle = (a + b) / 2
            sign = _sign_at(residual, name, middle, deadline)
            if sign == 0:
                break
            a, b = (middle, b) if sign == before else (a, middle)
            around = {name: ball(a).union(ball(b))}
            try:
                fails = not holds(goal, around, deadline=deadline)
            except Undefined:
                fails = True
            except Unknown:
                fails = False
            if fails:
                note = f"at a solution between {float(a):.12g} and {float(b):.12g}"
                return Counterexample(tuple(sorted({**others, name: num(middle)}.items())), note=note)
    return None


def _sign_at(residual: Form, name: str, x: Fraction, deadline: Deadline) -> int:
    try:
        y = value(residual, {name: ball(x)}, deadline=deadline).real
    except (Undefined, Unknown):
        return 0
    return 1 if y > 0 else -1 if y < 0 else 0


def describe(point: Point) -> str:
    """The point as text: `x = 0, y = 1/2`."""
    return ", ".join(f"{name} = {sympy_text(exact)}" for name, exact in sorted(point.items()))
