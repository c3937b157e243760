"""Equality of two sequences that satisfy linear recurrences with constant coefficients, from their first terms.

A sequence that is a combination of m terms n**j w**n, counted with j = 0, 1, ... for each w, satisfies a recurrence
of order m whose first coefficient is 1.  Sums and products of such sequences are of that kind again, with m added
and multiplied; so are a sum up to n and the sum of binomial(n, k) a(k).  The difference of both sides vanishes for all
n >= a if it does for n = a, ..., a + m - 1; if no w is 0 the recurrence also runs downwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.meaning.form import MINUS_ONE, ZERO, Form, add, free_variables, mul, num, sub, substitute
from derive.model.claim import Claim
from derive.model.context import Context, Variable
from derive.verify.balls import Undefined, Unknown, value
from derive.verify.deadline import Deadline
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.signs import Signs

__all__ = ["Sequence", "by_recurrence", "sequence_of"]

LARGEST_ORDER = 12
LARGEST_SLOPE = 6
Holds = Callable[[Form, Form, Context], bool]


@dataclass(frozen=True, slots=True)
class Sequence:
    """At most `order` terms n**j w**n; `both_ways` where no w is 0, so that negative n are meant as well."""

    order: int
    both_ways: bool = True


def by_recurrence(claim: Claim, holds: Holds, deadline: Deadline) -> bool:
    """Whether both sides are such sequences in an integer variable, and agree for as many n as that takes.

    `holds` proves the equality of two terms in a context, without conditions.
    """
    names = free_variables(claim.left) | free_variables(claim.right)
    for name in sorted(n for n in names if claim.context.variable(n).sort == "integer"):
        signs = Signs(claim.context, deadline)
        found = sequence_of(sub(claim.left, claim.right), name, signs)
        if found is None or found.order > LARGEST_ORDER or _constrained(claim.context, name):
            continue
        known = claim.context.variable(name)
        least = signs.range(Form("var", (name,))).low
        if (least is None and not found.both_ways) or known.upper is not None:
            continue
        start = 0 if least is None else int(least)
        rest = Context(
            tuple(v for v in claim.context.variables if v.name != name),
            claim.context.constraints,
            claim.context.functions,
            claim.context.definitions,
        )
        if all(_agree(claim, name, start + i, rest, holds, deadline) for i in range(found.order)):
            return True
    return False


def _agree(claim: Claim, name: str, at: int, context: Context, holds: Holds, deadline: Deadline) -> bool:
    deadline.check()
    left, right = (_unrolled(substitute(side, {name: num(at)})) for side in (claim.left, claim.right))
    return left == right or holds(left, right, context)


def _constrained(context: Context, name: str) -> bool:
    return any(name in free_variables(c) for c in context.constraints)


def _unrolled(form: Form) -> Form:
    """Sums between numbers term by term."""
    if form.head == "sum" and form.args[2].head == form.args[3].head == "num":
        body, bound, low, high = form.args
        count = int(high.value - low.value) + 1
        return add(ZERO, *(_unrolled(substitute(body, {bound.name: num(low.value + i)})) for i in range(count)))
    if form.head in ("add", "mul"):
        join = add if form.head == "add" else mul
        return join(*(_unrolled(part) for part in form.args))
    return form


def sequence_of(form: Form, name: str, signs: Signs) -> Sequence | None:
    """What is known of the form as a sequence in the integer variable; None where it is not of the kind."""
    if name not in free_variables(form):
        return Sequence(1)
    if form == Form("var", (name,)):
        return Sequence(2)
    if form.head in ("add", "mul"):
        return _joined(form, name, signs)
    if form.head == "sum" and len(form.args) == 4:
        return _of_sum(form, name, signs)
    if form.head == "pow":
        return _of_power(form, name, signs)
    row = SEQUENCES.get(form.head)
    if row is None:
        return None
    place, order = row
    still = [part for i, part in enumerate(form.args) if i != place]
    slope = _slope(form.args[place], name, signs)
    if slope is None or any(name in free_variables(part) for part in still):
        return None
    if form.head in WHOLE and not (signs.integer(form.args[place]) and slope.head == "num"):
        return None
    return Sequence(order)


# Heads, the place of the index, and the order: with x -> exp(a n + b) and the like, roots that are never 0.
SEQUENCES: dict[str, tuple[int, int]] = {
    "exp": (0, 1),
    "sin": (0, 2),
    "cos": (0, 2),
    "sinh": (0, 2),
    "cosh": (0, 2),
    "fibonacci": (0, 2),
    "lucas": (0, 2),
    "chebyshevt": (0, 2),
    "chebyshevu": (0, 2),
}
WHOLE = frozenset({"fibonacci", "lucas", "chebyshevt", "chebyshevu"})
"""Those whose index has to be an integer: a sequence at a n + b takes the a-th powers of its roots."""


def _joined(form: Form, name: str, signs: Signs) -> Sequence | None:
    parts = [sequence_of(part, name, signs) for part in form.args]
    order = 0 if form.head == "add" else 1
    both = True
    for part in parts:
        if part is None:
            return None
        order = order + part.order if form.head == "add" else order * part.order
        both = both and part.both_ways
    return Sequence(order, both)


def _of_power(form: Form, name: str, signs: Signs) -> Sequence | None:
    """c**(a n + b) for integer a; (...)**m for a small number m, a product."""
    base, exponent = form.args
    if exponent.head == "num" and exponent.value.denominator == 1 and 1 <= exponent.value <= LARGEST_SLOPE:
        inner = sequence_of(base, name, signs)
        return None if inner is None else Sequence(inner.order ** int(exponent.value), inner.both_ways)
    if name in free_variables(base):
        return None
    slope = _slope(exponent, name, signs)
    whole = slope is not None and slope.head == "num" and slope.value.denominator == 1
    return Sequence(1) if whole and _nonzero(base, signs) else None


def _slope(index: Form, name: str, signs: Signs) -> Form | None:
    """a for a form a n + b with a and b free of n."""
    try:
        slope = derivative(index, name)
    except NotDifferentiable:
        return None
    if name in free_variables(slope):
        view = signs.view(slope)
        if view is None:
            return None
        slope = view.atoms.form_of(view.quotients[0])
    if name in free_variables(slope) or (slope.head == "num" and abs(slope.value) > LARGEST_SLOPE):
        return None
    return slope


def _nonzero(base: Form, signs: Signs) -> bool:
    if free_variables(base) or signs.nonzero(base):
        return signs.nonzero(base)
    try:
        return not value(base, {}, real=False).contains(0)
    except (Undefined, Unknown):
        return False


def _of_sum(form: Form, name: str, signs: Signs) -> Sequence | None:
    """The sum to n + c of a(k), a sum to n of binomial(n, k) a(k); from n = 0 on."""
    body, bound, low, high = form.args
    known = signs.range(Form("var", (name,))).low
    inside = signs.elsewhere(signs.context.with_variable(Variable(bound.name, "integer")))
    if known is None or low.head != "num":
        return None
    factors = list(body.args) if body.head == "mul" else [body]
    chosen = Form("binomial", (Form("var", (name,)), bound))
    if chosen in factors and (low, high) == (ZERO, Form("var", (name,))) and known >= 0:
        factors.remove(chosen)
        inner = sequence_of(mul(*factors), bound.name, inside) if factors else Sequence(1)
        free = name not in free_variables(mul(*factors)) if factors else True
        return Sequence(inner.order, False) if inner is not None and free else None
    shift = sub(high, Form("var", (name,)))
    first = sub(low, num(1))
    if name in free_variables(body) or _slope(high, name, signs) != num(1):
        return None
    reaches = signs.at_most(add(first, mul(MINUS_ONE, shift)), Form("var", (name,)))
    inner = sequence_of(body, bound.name, inside)
    return Sequence(inner.order + 1, False) if inner is not None and reaches else None
