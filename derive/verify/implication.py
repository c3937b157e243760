"""Whether one statement implies another at every point of a context: proofs over exact forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from derive.meaning.form import (
    MINUS_ONE,
    ZERO,
    Form,
    fn,
    free_variables,
    mul,
    num,
    power,
    quotient,
    sub,
    substitute,
    var,
)
from derive.model.context import Context
from derive.verify.consequences import consequences, easier_goals, root_degree
from derive.verify.deadline import NEVER, Deadline
from derive.verify.elimination import follows_from_system
from derive.verify.intervals import folded
from derive.verify.positivity import by_powers, used
from derive.verify.quotients import Polynomial, factored
from derive.verify.regular import entails, unmet
from derive.verify.requirements import necessary
from derive.verify.signs import Signs
from derive.verify.unique import only_root
from derive.verify.view import View
from derive.verify.waves import solutions_within

__all__ = ["implied"]

DEEPEST = 4
OPPOSITE = {"lt": "le", "le": "lt"}


def implied(given: Form, goal: Form, context: Context, deadline: Deadline = NEVER, depth: int = 0) -> bool:
    """Whether, wherever `given` is defined and true in the context, `goal` is proved to be defined and true.

    Raises OutOfTime.  The equation that is given is solved, factored or stripped of injective functions, each
    step keeping all its solutions; the goal is shown on every branch that is left.
    """
    deadline.check()
    if given == goal or (goal.head == "eq" and given == Form("eq", goal.args[::-1])):
        return True
    if depth > DEEPEST:
        return False
    if depth == 0 and follows_from_system(given, goal, context, deadline):
        return True
    if goal.head == "and":
        return all(implied(given, part, context, deadline, depth) for part in goal.args)
    if given.head == "or":
        return all(implied(part, goal, context, deadline, depth + 1) for part in given.args)
    if given.head == "and":
        return any(
            implied(part, goal, _assuming(context, (p for p in given.args if p != part)), deadline, depth + 1)
            for part in given.args
        )
    if goal.head == "or" and any(implied(given, part, context, deadline, depth + 1) for part in goal.args):
        return True
    signs = Signs(_assuming(context, (given,)), deadline)
    if _granted(goal, signs):
        return True
    if _by_contradiction(given, goal, context, signs):
        return True
    if given.head != "eq":
        return False
    return any(
        _on_all_branches(branches, goal, signs, deadline, depth) for branches in _branchings(given, signs)
    ) or any(only_root(equation, goal, signs) for equation in consequences(given, signs))


def _assuming(context: Context, statements: Iterable[Form]) -> Context:
    """The context with the statements and what they need to be defined."""
    integer = Signs(context).integer
    return context.assuming(*(fact for s in statements for fact in (s, *necessary(s, integer))))


def _granted(goal: Form, signs: Signs) -> bool:
    """The goal follows from the context with no regard to what is given as an equation to solve."""
    return not unmet(goal, signs) and (entails(signs, goal) or (goal.head == "eq" and signs.vanishes(sub(*goal.args))))


def _by_contradiction(given: Form, goal: Form, context: Context, signs: Signs) -> bool:
    """An inequality that is defined where what is given holds, and whose opposite excludes what is given."""
    if goal.head not in OPPOSITE or given.head not in (*OPPOSITE, "eq") or unmet(goal, signs):
        return False
    opposite = Form(OPPOSITE[goal.head], goal.args[::-1])
    against = Signs(folded(context.assuming(opposite, *necessary(given, signs.integer))), signs.deadline)
    if given.head == "eq":
        return entails(against, Form("ne", given.args))
    return entails(against, Form(OPPOSITE[given.head], given.args[::-1]))


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the solutions of an equation: a factor that is 0 there, and what variables then equal."""

    factor: Form
    values: tuple[tuple[str, Form], ...]


def _branchings(given: Form, signs: Signs) -> Iterator[tuple[Branch, ...]]:
    """Sets of branches; in each set every solution of the given equation lies on one of the branches."""
    for equation in consequences(given, signs):
        branches = _branches(equation, signs)
        if branches is not None:
            yield branches
    within = solutions_within(given, signs)
    if within is not None:
        name, values = within
        yield tuple(Branch(sub(var(name), value), ((name, value),)) for value in values)


def _branches(equation: Form, signs: Signs) -> tuple[Branch, ...] | None:
    """The factors of the equation's numerator that may be 0."""
    view = signs.view(sub(*equation.args))
    if view is None:
        return None
    numerator = view.quotients[0].numerator
    if numerator.is_zero():
        return None
    _, factors = factored(numerator)
    found = []
    for factor, _ in factors:
        form = view.atoms.polynomial_form(factor)
        if not signs.nonzero(form):
            found.append(Branch(form, tuple(_solved(factor, view, signs))))
    return tuple(found)


def _solved(factor: Polynomial, view: View, signs: Signs) -> Iterator[tuple[str, Form]]:
    """Variables for which `factor = 0` is solved: an atom x, exp(x), log(x) or root of x of one variable that occurs
    linearly, with a coefficient that is never 0, and nowhere else."""
    forms = view.atoms.forms
    for index in used(factor):
        inverse = _inverse(forms[index])
        if inverse is None:
            continue
        name, undo = inverse
        parts = by_powers(factor, index)
        if max(parts) != 1 or any(name in free_variables(forms[i]) for i in used(factor) if i != index):
            continue
        slope = view.atoms.polynomial_form(parts[1])
        if signs.nonzero(slope):
            rest = view.atoms.polynomial_form(parts[0]) if 0 in parts else ZERO
            yield name, undo(mul(MINUS_ONE, quotient(rest, slope)))


def _inverse(atom: Form) -> tuple[str, Callable[[Form], Form]] | None:
    """The variable x of an atom x, exp(x), log(x), x**(1/n), and what gives x from the atom's value."""
    if atom.head == "var":
        return atom.name, lambda value: value
    inner = atom.args[0]
    if not isinstance(inner, Form) or inner.head != "var":
        return None
    if atom.head == "exp":
        return inner.name, lambda value: fn("log", value)
    if atom.head == "log":
        return inner.name, lambda value: fn("exp", value)
    degree = root_degree(atom)
    if degree is not None:
        return inner.name, lambda value: power(value, num(degree))
    return None


def _on_all_branches(branches: tuple[Branch, ...], goal: Form, signs: Signs, deadline: Deadline, depth: int) -> bool:
    return all(_on_branch(branch, goal, signs, deadline, depth) for branch in branches)


def _on_branch(branch: Branch, goal: Form, signs: Signs, deadline: Deadline, depth: int) -> bool:
    """The goal holds and is defined where the factor is 0, or there is no such point."""
    deadline.check()
    for name, value in branch.values:
        if unmet(value, signs):
            continue
        solved = substitute(goal, {name: value})
        inside = _narrowed(signs, name, value)
        if inside is None:
            return True
        if _holds_identically(solved, inside):
            return True
        if any(
            c.head == "eq" and implied(c, solved, inside.context, deadline, depth + 1)
            for c in inside.context.constraints
        ):
            return True
    if goal.head == "or":
        return _one_of(branch, goal, signs) or any(
            _on_branch(branch, part, signs, deadline, depth) for part in goal.args
        )
    if goal.head != "eq" or unmet(goal, signs):
        return False
    return any(_divides(branch.factor, sub(*easier.args), signs) for easier in easier_goals(goal, signs))


def _one_of(branch: Branch, goal: Form, signs: Signs) -> bool:
    """One of several equations holds: the product of their residuals is a multiple of the factor that is 0."""
    if any(part.head != "eq" or unmet(part, signs) for part in goal.args):
        return False
    return _divides(branch.factor, mul(*(sub(*part.args) for part in goal.args)), signs)


def _narrowed(signs: Signs, name: str, value: Form) -> Signs | None:
    """The oracle with the value put for the variable; None if the value cannot be in the variable's range."""
    variable = signs.context.variable(name)
    facts = [substitute(c, {name: value}) for c in signs.context.constraints]
    for bound, left, right in ((variable.lower, 0, 1), (variable.upper, 1, 0)):
        if bound is not None:
            sides = (bound.value, value)
            facts.append(Form("lt" if bound.strict else "le", (sides[left], sides[right])))
    for fact in facts:
        if fact.head in ("lt", "le"):
            opposite = Form("le" if fact.head == "lt" else "lt", fact.args[::-1])
            if entails(signs, opposite) and not unmet(opposite, signs):
                return None
    kept = tuple(f for f in facts if f.head != "eq" or not signs.vanishes(sub(*f.args)))
    others = tuple(v for v in signs.context.variables if v.name != name)
    return Signs(Context(others, kept, signs.context.functions, signs.context.definitions), signs.deadline)


def _holds_identically(statement: Form, signs: Signs) -> bool:
    """The statement is defined and true at every point."""
    if statement.head == "and":
        return all(_holds_identically(part, signs) for part in statement.args)
    if statement.head == "or":
        return any(_holds_identically(part, signs) for part in statement.args)
    if unmet(statement, signs):
        return False
    if statement.head != "eq":
        return entails(signs, statement)
    return any(signs.vanishes(sub(*easier.args)) for easier in easier_goals(statement, signs))


def _divides(factor: Form, residual: Form, signs: Signs) -> bool:
    """Whether the residual is a multiple of the factor, so that it is 0 where the factor is."""
    view = signs.view(factor, residual)
    if view is None or view.quotients[0].numerator.is_zero():
        return False
    return bool(divmod(view.quotients[1].numerator, view.quotients[0].numerator)[1].is_zero())
