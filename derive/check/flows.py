"""What follows from a differential equation: rewritten, integrated, and solved up to constants of integration.

Why it is true: on an interval, two expressions in x and y(x) differ by a constant exactly where their derivatives along
y agree.  So `L = R + C` with an arbitrary constant C (or with antiderivatives) says no more than `dL/dx = dR/dx`, and
`A + B C = 0` where B is not 0 no more than that A/B does not change.  A family `y = g(x, C)` is put into the equation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.line import Line
from derive.check.slopes import Law, bare_derivatives, in_letters, laws_of, raised, solved_for, total_derivative
from derive.meaning.form import ONE, ZERO, Form, free_variables, mul, num, power, sub, subforms, substitute, var
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["flow_step", "is_differential_equation", "unknown_functions"]

_ARBITRARY = re.compile(r"(?:[A-Za-z]|const|constant)(?:_[1-9]|_tilde|_prime)?'?\Z")
_START = re.compile(r"(?P<name>\w+?)_(?:0|init|initial)\Z")
_HOLDS = ("proved", "conditional")
MOST_LAWS = 3


def unknown_functions(left: Form, right: Form) -> frozenset[tuple[str, str]]:
    """The functions of whose derivatives an equation speaks, each with its variable."""
    return bare_derivatives(left) | bare_derivatives(right)


def is_differential_equation(page: Page, left: Form, right: Form) -> bool:
    """Whether this is an equation for an unknown function, of whose derivative no equation in force speaks."""
    own = unknown_functions(left, right)
    parts = [part for side in (left, right) for part in subforms(side) if part.head == "diff"]
    if not own or any(part.args[0].head not in ("call", "var") for part in parts):
        return False
    known = page.knowledge
    if any(name in known.abbreviations and known.covers(known.abbreviations[name].section) for name, _ in own):
        return False
    return not any(own & bare_derivatives(held) for held in known.equations)


def flow_step(page: Page, line: Line, left: Form, right: Form) -> Outcome | None:
    """A proof that an equation follows from the differential equations in force, or solves the last of them.

    None where neither is shown; refuted only by `_solution`.
    """
    laws = _laws(page, left, right)[:MOST_LAWS]
    for law in laws:
        first, second = in_letters(left, law.by), in_letters(right, law.by)
        if first is None or second is None:
            continue
        for method in (_rewritten, _integrated, _solution):
            found = method(page, line, law, laws, first, second)
            if found is not None:
                return found
    return None


def _laws(page: Page, left: Form, right: Form) -> list[Law]:
    """The laws in force that speak of what the equation speaks of, the last first."""
    known = page.knowledge
    names = {name.split("__")[0] for side in (left, right) for name in free_variables(side)}
    names |= {part.name for side in (left, right) for part in subforms(side) if part.head == "call"}
    equation = Form("eq", (left, right))
    held = [
        form if any(name in known.abbreviations for name, _ in bare_derivatives(form)) else known.expanded(form)
        for form in map(known.with_functions, known.equations)
        if form != equation
    ]
    return [law for law in reversed(laws_of(held)) if names & law.orders.keys()]


def _rewritten(page: Page, line: Line, law: Law, laws: list[Law], left: Form, right: Form) -> Outcome | None:
    """An equation with the same derivatives, from this law or from all, or from a law and its derivative."""
    names = free_variables(left) | free_variables(right)
    if any("int" in (part.head for part in subforms(side)) for side in (left, right)):
        return None
    orders = {name: n for name in law.orders for n in range(1, 6) if raised(name, n) in names}
    if not orders:
        return None
    ((name, order), *_) = sorted(orders.items(), key=lambda each: -each[1])
    found = _put_in(page, law, name, left, right) if order == law.orders[name] else None
    if found is not None:
        return found
    given = [each.equation for each in laws]
    if order == law.orders[name] + 1:
        functions = {function for each in laws for function in each.orders}
        derived = total_derivative(law.difference, law.by, functions)
        given += [] if derived is None else [Form("eq", (derived, ZERO))]
    premise = given[0] if len(given) == 1 else Form("and", tuple(given))
    goal = Form("eq", (left, right))
    if premise == goal or not page.judge.is_proved("implies", premise, goal, page.knowledge.context()):
        return None
    return page.judge.outcome(page.judge.verdict("implies", premise, goal, page.knowledge.context()), "DRV102")


def _put_in(page: Page, law: Law, name: str, left: Form, right: Form) -> Outcome | None:
    """The highest derivative taken from the law, in which it is linear, and put into the equation."""
    value = _highest(page, law, name)
    if value is None:
        return None
    letter = raised(name, law.orders[name])
    verdict = _asked(page, substitute(left, {letter: value}), substitute(right, {letter: value}))
    return page.judge.outcome(verdict, "DRV102") if verdict.status in _HOLDS else None


def _highest(page: Page, law: Law, name: str) -> Form | None:
    """The highest derivative of a function by the law."""
    letter = raised(name, law.orders[name])
    factor, rest = solved_for(law, letter)
    linear = Form("add", (rest, mul(factor, var(letter))))
    if letter in free_variables(factor) or _asked(page, law.difference, linear).status not in _HOLDS:
        return None
    return mul(num(-1), rest, power(factor, num(-1)))


def _integrated(page: Page, line: Line, law: Law, laws: list[Law], left: Form, right: Form) -> Outcome | None:
    """Both sides integrated: `\\ln y = k t + C`, `\\int dy/y = \\int k dt`, `y = B e^{k t}`."""
    if len(law.orders) != 1 or set(law.orders.values()) != {1}:
        return None
    (name,) = law.orders
    names = free_variables(left) | free_variables(right)
    if raised(name, 1) in names and not _has_integral(left, right):
        return None
    constants = sorted(_arbitrary(page, law, names - {name, law.by}))
    value = _highest(page, law, name)
    if value is None or name not in names:
        return None
    if _asked(page, value, ZERO).status in _HOLDS:  # an equilibrium: other letters are its values
        constants = [constant for constant in constants if constant[0] in "cC"]
    difference = sub(left, right)
    if _has_integral(left, right) or constants:
        plain = _is_additive(page, difference, constants)
        if _has_integral(left, right) or plain:
            derived = (total_derivative(left, law.by, (name,)), total_derivative(right, law.by, (name,)))
            if derived[0] is not None and derived[1] is not None:
                slope = {raised(name, 1): value}
                verdict = _asked(page, substitute(derived[0], slope), substitute(derived[1], slope))
                if verdict.status in _HOLDS:
                    return _told(page, verdict, "follows from the differential equation")
        if _has_integral(left, right):
            return None
    for constant in constants:
        free = substitute(difference, {constant: ZERO})
        factor = sub(substitute(difference, {constant: ONE}), free)
        linear = Form("add", (free, mul(factor, var(constant))))
        if factor == ZERO or constant in free_variables(factor):
            continue
        if _asked(page, difference, linear).status not in _HOLDS:
            continue
        derived_quotient = total_derivative(mul(free, power(factor, num(-1))), law.by, (name,))
        if derived_quotient is None:
            continue
        verdict = _asked(page, substitute(derived_quotient, {raised(name, 1): value}), ZERO)
        if verdict.status in _HOLDS:
            return _told(page, verdict, "follows from the differential equation")
    return None


def _has_integral(*sides: Form) -> bool:
    return any(part.head == "int" for side in sides for part in subforms(side))


def _is_additive(page: Page, difference: Form, constants: list[str]) -> bool:
    """Whether one of the constants stands alone as a term, so that it can take any value."""
    terms = difference.parts if difference.head == "add" else (difference,)
    for term in terms:
        names = free_variables(term)
        if names and names <= set(constants) and len(names) == 1:
            (name,) = names
            others = [other for other in terms if other is not term]
            if not any(name in free_variables(other) for other in others):
                return term == var(name) or term == mul(num(-1), var(name))
    return False


def _arbitrary(page: Page, law: Law, names: frozenset[str]) -> frozenset[str]:
    """Letters of which nothing is said, so that they can be constants of integration."""
    known = page.knowledge
    taken = free_variables(law.equation) | known.abbreviations.keys() | known.values.keys()
    for held in known.equations:
        taken |= free_variables(held) if bare_derivatives(held) else frozenset()
    return frozenset(name for name in names - taken if _ARBITRARY.match(name))


def _solution(page: Page, line: Line, law: Law, laws: list[Law], left: Form, right: Form) -> Outcome | None:
    """`y = g(x, C)` put into the law; with the value `y_0` for C where that is what y is at 0 or `x_0`.

    Refuted where words derive it, the law is the last that the page gives, and it fails there.
    """
    if left.head != "var" or left.name not in law.orders or len(law.orders) != 1 or _has_integral(right):
        return None
    name, by = left.name, law.by
    names = free_variables(right)
    if name in names or any(letter.startswith(f"{name}__") for letter in names):
        return None
    constants = _arbitrary(page, law, names - {by})
    if not constants and not _starts_right(page, law, name, right):
        return None
    values: dict[str, Form] = {name: right}
    for order in range(1, law.orders[name] + 1):
        values[raised(name, order)] = Form("diff", (right, var(by), num(order)))
    sides = [substitute(side, values) for side in law.equation.parts]
    verdict = _asked(page, *sides)
    if verdict.status in _HOLDS:
        return _told(page, verdict, "a solution of the differential equation")
    if (
        verdict.status == "refuted"
        and line.cue == "derives"
        and law is laws[0]
        and _is_general(page, law, right, constants)
    ):
        outcome = page.judge.outcome(verdict, "DRV102")
        return replace(outcome, message=f"no solution of the differential equation: {outcome.message}")
    return None


def _is_general(page: Page, law: Law, right: Form, constants: frozenset[str]) -> bool:
    """Whether this can only be meant as the general solution: constants as factors or terms, no more than the order.

    A letter in an exponent may be one that the law is yet to determine, and what vanishes with its constants the
    solution of the equation without its source.
    """
    ((name, order),) = law.orders.items()
    known = free_variables(law.equation) | {law.by} | constants
    if not 0 < len(constants) <= order or not free_variables(right) <= known:
        return False
    for constant in constants:
        free = substitute(right, {constant: ZERO})
        factor = sub(substitute(right, {constant: ONE}), free)
        if _asked(page, right, Form("add", (free, mul(factor, var(constant))))).status not in _HOLDS:
            return False
    without = substitute(right, dict.fromkeys(constants, ZERO))
    still = substitute(law.difference, dict.fromkeys((name, *(raised(name, n) for n in range(1, order + 1))), ZERO))
    return _asked(page, still, ZERO).status in _HOLDS or _asked(page, without, ZERO).status not in _HOLDS


def _starts_right(page: Page, law: Law, name: str, right: Form) -> bool:
    """Whether a letter `y_0` is the value at 0, or at a letter `x_0` that occurs too."""
    for letter in free_variables(right):
        found = _START.match(letter)
        if found is None or found["name"] != name:
            continue
        start = f"{law.by}_0"
        at = var(start) if start in free_variables(right) else ZERO
        if _asked(page, substitute(right, {law.by: at}), var(letter)).status in _HOLDS:
            return True
    return False


def _asked(page: Page, left: Form, right: Form) -> Verdict:
    return page.judge.verdict(equality_kind(left, right), left, right, page.knowledge.context())


def _told(page: Page, verdict: Verdict, message: str) -> Outcome:
    outcome = page.judge.outcome(verdict, "DRV102")
    return outcome if outcome.status == "conditional" else replace(outcome, message=message)
