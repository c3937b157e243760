"""Rung 4: equalities that need an argument beyond algebra: ranges of inverse functions, derivatives, squares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derive.meaning.form import (
    HALF,
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
    neg,
    num,
    power,
    quotient,
    sub,
    substitute,
)
from derive.verify.balls import Undefined, Unknown, value
from derive.verify.branches import MULTIVALUED, holds_on_cells
from derive.verify.conditions import holds_by_signs
from derive.verify.constants import vanishing_constant
from derive.verify.continuity import continuous
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.equality import Proof, by_normal_form, settled
from derive.verify.normal import Unsupported, equal, normal_form
from derive.verify.obligations import Opaque, obligations
from derive.verify.piecewise import STEPPING, by_cases
from derive.verify.problem import Comparison, heads_of
from derive.verify.residues import by_residues
from derive.verify.signs import Signs

__all__ = ["by_analysis"]

DEEPEST = 3


def by_analysis(comparison: Comparison, depth: int = 0) -> Proof | None:
    """The first of the arguments below that proves the equality."""
    for argument in ARGUMENTS:
        comparison.deadline.check()
        proof = argument(comparison, depth)
        if proof is not None:
            return proof
    return None


def _is_zero(comparison: Comparison, form: Form, signs: Signs | None = None) -> bool:
    """Whether a form is 0 in the principal normal form, without conditions introduced."""
    try:
        found = equal(form, ZERO, signs or comparison.signs(), real=False, deadline=comparison.deadline)
    except (Unsupported, Undefined):
        return False
    return found.holds and not found.introduced


def _is_real(comparison: Comparison, form: Form) -> bool:
    return comparison.real or comparison.signs().real(form)


# --- constants ---


def _constant(comparison: Comparison, depth: int) -> Proof | None:
    """Without variables: root separation, or exp(D) = 1."""
    if comparison.names:
        return None
    difference = sub(comparison.left, comparison.right)
    by = vanishing_constant(difference, comparison.signs(), deadline=comparison.deadline)
    return settled(comparison, by) if by else None


# --- inverse functions ---

HALF_PI = mul(HALF, PI)

# g(u) = v where f(v) = u and v lies in the range of g: (f, lower end, upper end, ends included).
INVERSES: dict[str, tuple[Callable[[Form], Form], Form | None, Form | None, bool]] = {
    "asin": (lambda v: fn("sin", v), neg(HALF_PI), HALF_PI, True),
    "acos": (lambda v: fn("cos", v), ZERO, PI, True),
    "atan": (lambda v: quotient(fn("sin", v), fn("cos", v)), neg(HALF_PI), HALF_PI, False),
    "asinh": (lambda v: fn("sinh", v), None, None, True),
    "acosh": (lambda v: fn("cosh", v), ZERO, None, True),
    "log": (lambda v: fn("exp", v), None, None, True),
    "LambertW": (lambda v: mul(v, fn("exp", v)), MINUS_ONE, None, True),
}


def _inverse(comparison: Comparison, depth: int) -> Proof | None:
    """g(u) = v for real v in g's range with f(v) = u, because f is one to one there."""
    for side, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        for head, inner, rest in _inverse_terms(side, other):
            forward, low, high, closed = INVERSES[head]
            signs = comparison.signs(*_defined(comparison), principal=not comparison.real)
            if not _is_real(comparison, rest) or not _between(signs, rest, low, high, closed):
                continue
            if _is_zero(comparison, sub(forward(rest), inner)) or _is_zero_within(comparison, forward(rest), inner):
                return settled(comparison, "inverse function in its range")
    return None


def _inverse_terms(side: Form, other: Form) -> Iterator[tuple[str, Form, Form]]:
    """(g, u, v) with the claim side = other equivalent to g(u) = v: g(u) alone, c g(u), or a sum with it."""
    terms = side.args if side.head == "add" else (side,)
    for i, term in enumerate(terms):
        rest = sub(other, add(*terms[:i], *terms[i + 1 :]))
        factor, inner = ONE, term
        if term.head == "mul" and len(term.args) == 2 and term.args[0].head == "num" and term.args[0].value != 0:
            factor, inner = term.args
        if inner.head in INVERSES and len(inner.args) == 1:
            yield inner.head, inner.args[0], mul(num(1 / factor.value), rest)


def _between(signs: Signs, form: Form, low: Form | None, high: Form | None, closed: bool) -> bool:
    holds = signs.at_most if closed else signs.less
    return (low is None or holds(low, form)) and (high is None or holds(form, high))


def _defined(comparison: Comparison) -> list[Form]:
    """What both sides' definedness needs over the real numbers, as hypotheses; none in the complex reading."""
    if not comparison.real:
        return []
    signs = comparison.signs(principal=False)
    try:
        found = [o for side in (comparison.left, comparison.right) for o in obligations(side, signs, real=True)]
    except Opaque:
        return []
    return [o.statement for o in found if o.exact and not holds_by_signs(o.statement, signs)]


def _is_zero_within(comparison: Comparison, left: Form, right: Form) -> bool:
    """Equality over the real numbers where the claim's two sides are defined."""
    if not comparison.real:
        return False
    signs = comparison.signs(*_defined(comparison), principal=False)
    try:
        found = equal(left, right, signs, real=True, deadline=comparison.deadline)
    except (Unsupported, Undefined):
        return False
    return found.holds and not found.introduced


# --- exp(D) = 1 ---


def _exponential(comparison: Comparison, depth: int) -> Proof | None:
    """exp(D) = 1 for a real difference D, so D = 0."""
    if not heads_of(comparison.left, comparison.right) & {"log", "asinh", "acosh", "atanh"}:
        return None
    difference = sub(comparison.left, comparison.right)
    if not comparison.real:
        if not _is_real(comparison, difference):
            return None
        one = _is_zero(comparison, sub(fn("exp", difference), ONE))
    else:
        one = _is_zero_within(comparison, fn("exp", difference), ONE)
    return settled(comparison, "exp(D) = 1 for real D") if one else None


# --- equal squares ---


def _squares(comparison: Comparison, depth: int) -> Proof | None:
    """a**2 = b**2 with real a, b >= 0."""
    left, right = comparison.left, comparison.right
    if not heads_of(left, right) & {"pow", "Abs"}:
        return None
    signs = comparison.signs(*_defined(comparison), principal=not comparison.real)
    if not all(_is_real(comparison, side) and _nonnegative(comparison, signs, side) for side in (left, right)):
        return None
    squared = comparison.of(power(left, TWO), power(right, TWO))
    equal_squares = _is_zero(comparison, sub(squared.left, squared.right)) or _is_zero_within(
        comparison, squared.left, squared.right
    )
    if not equal_squares and depth < DEEPEST:
        expanded = _expanded_squares(comparison, left, right)
        equal_squares = expanded is not None and _squares(expanded, depth + 1) is not None
    return settled(comparison, "equal squares of non-negative numbers") if equal_squares else None


def _nonnegative(comparison: Comparison, signs: Signs, form: Form) -> bool:
    if signs.nonnegative(form):
        return True
    if form.head == "add":
        return all(_nonnegative(comparison, signs, term) for term in form.args)
    if form.head == "pow" and form.args[1] == HALF:
        return comparison.real or signs.nonnegative(form.args[0])
    return form.head == "Abs"


def _expanded_squares(comparison: Comparison, left: Form, right: Form) -> Comparison | None:
    """sqrt(p) + sqrt(q) = c becomes 2 sqrt(p q) = c**2 - p - q, again between real numbers."""
    for side, other in ((left, right), (right, left)):
        if side.head != "add" or len(side.args) != 2:
            continue
        first, second = side.args
        cross = mul(TWO, power(mul(power(first, TWO), power(second, TWO)), HALF))
        rest = sub(power(other, TWO), add(power(first, TWO), power(second, TWO)))
        try:
            field, found = normal_form(rest, comparison.signs(), real=False, deadline=comparison.deadline)
        except (Unsupported, Undefined):
            continue
        return comparison.of(cross, field.form_of(found))
    return None


# --- derivative zero ---


def _flat(comparison: Comparison, depth: int) -> Proof | None:
    """D' = 0 in one variable, D continuous on its interval, and D = 0 at one exact point of it.

    D is defined on the whole interval and built from functions that are continuous there and differentiable
    inside, so it is constant along the interval for every value of the other variables.
    """
    if not comparison.real or depth >= DEEPEST or not comparison.names:
        return None
    difference = sub(comparison.left, comparison.right)
    context = comparison.context
    if not continuous(difference, context, real=True):
        return None
    signs = comparison.signs(principal=False)
    try:
        owed = [o.statement for o in obligations(difference, signs, real=True)]
    except Opaque:
        return None
    if not all(holds_by_signs(statement, signs) for statement in owed):
        return None
    for name in sorted(comparison.names):
        variable = context.variable(name)
        if variable.sort != "real" or any(name in free_variables(c) for c in context.constraints):
            continue
        try:
            slope = derivative(difference, name)
        except NotDifferentiable:
            continue
        if not (_is_zero(comparison, slope) or _is_zero_within(comparison.of(slope, ZERO), slope, ZERO)):
            continue
        for point in _exact_points(comparison, name):
            comparison.deadline.check()
            there = comparison.of(
                substitute(comparison.left, {name: point}), substitute(comparison.right, {name: point})
            )
            proof = by_normal_form(there, some_point=False) or by_analysis(there, depth + 1)
            if proof is not None and not proof.conditions:
                return settled(comparison, f"derivative by {name} is 0")
    return None


def _exact_points(comparison: Comparison, name: str) -> Iterator[Form]:
    """Simple values of the variable in its range; its closed ends too, since D is continuous there."""
    variable = comparison.context.variable(name)
    ends = tuple(b.value for b in (variable.lower, variable.upper) if b is not None and not b.strict)
    for point in (ZERO, ONE, HALF, MINUS_ONE, TWO, *ends):
        if point in ends or _inside(comparison, name, point):
            yield point


def _inside(comparison: Comparison, name: str, point: Form) -> bool:
    variable = comparison.context.variable(name)
    try:
        x = value(point, {}).real
        above = variable.lower is None or x > value(variable.lower.value, {}).real
        below = variable.upper is None or x < value(variable.upper.value, {}).real
    except (Undefined, Unknown):
        return False
    return bool(above and below)


# --- cases ---


def _pieces(comparison: Comparison, depth: int) -> Proof | None:
    """Signs, absolute values, Max and Min written out, case by case of the sign of what stands in them."""
    if depth or not heads_of(comparison.left, comparison.right) & STEPPING:
        return None

    def holds(case: Comparison) -> bool:
        proof = by_normal_form(case, some_point=False)
        return proof is not None and not proof.conditions

    return settled(comparison, "case by case") if by_cases(comparison, holds) else None


def _residues(comparison: Comparison, depth: int) -> Proof | None:
    """An integer variable written as m k + r, class by class (see `residues`)."""
    if depth:
        return None

    def holds(case: Comparison) -> bool:
        proof = by_normal_form(case, some_point=False)
        return proof is not None and not proof.conditions

    return settled(comparison, "residue classes") if by_residues(comparison, holds) else None


def _cells(comparison: Comparison, depth: int) -> Proof | None:
    """Principal branches on the cells between their cuts (see `branches`)."""
    if depth or comparison.real or not heads_of(comparison.left, comparison.right) & MULTIVALUED:
        return None
    excluded = holds_on_cells(comparison)
    proof = None if excluded is None else settled(comparison, "principal branches between the cuts")
    if proof is None or not excluded:
        return proof
    return replace(proof, conditions=(*proof.conditions, *(c for c in excluded if c not in proof.conditions)))


ARGUMENTS = (_constant, _inverse, _exponential, _squares, _flat, _pieces, _residues, _cells)
