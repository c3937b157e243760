"""Finite sums and products by induction on the upper limit."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import ONE, Form, add, free_variables, mul, num, quotient, sub, substitute, var
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.lower import compare
from derive.verify.signs import Signs

__all__ = ["by_induction", "upper_limit"]

MOST_FIRST_TERMS = 12


def by_induction(part: Form, target: Form, context: Context, deadline: Deadline = NEVER, seed: int = 0) -> bool:
    """Whether the sum (product) is proved equal to the target for every value of the variable of its upper limit.

    The upper limit is n + c with an integer variable n >= m.  At n = m both are compared term by term; from n to
    n + 1 the target must grow by the term at the new upper limit.  Both comparisons are proofs of lower rungs.
    """
    body, bound, lower, upper = part.args
    found = upper_limit(upper, context)
    if found is None or lower.head != "num" or lower.value.denominator != 1:
        return False
    name, shift, first = found
    if name in free_variables(body):
        return False
    terms = int(first + shift - lower.value) + 1
    if not 0 <= terms <= MOST_FIRST_TERMS:
        return False
    join, start = (add, num(0)) if part.head == "sum" else (mul, ONE)
    explicit = join(start, *(substitute(body, {bound.name: num(lower.value + i)}) for i in range(terms)))
    if not _equal(explicit, substitute(target, {name: num(first)}), context, deadline, seed):
        return False
    following = substitute(target, {name: add(var(name), ONE)})
    new_term = substitute(body, {bound.name: add(upper, ONE)})
    grown = sub(following, target) if part.head == "sum" else quotient(following, target)
    from_first = context.with_variable(
        Variable(name, "integer", Bound(num(first), False), context.variable(name).upper)
    )
    return _equal(grown, new_term, from_first, deadline, seed) and (
        part.head == "sum" or Signs(from_first, deadline).nonzero(target)
    )


def upper_limit(upper: Form, context: Context) -> tuple[str, Fraction, Fraction] | None:
    """(n, c, m) for an upper limit n + c with an integer variable n >= m and no upper bound on n."""
    terms = upper.args if upper.head == "add" else (upper,)
    names = [t for t in terms if t.head == "var"]
    shift = sum((t.value for t in terms if t.head == "num"), Fraction(0))
    if len(names) != 1 or len(terms) != 1 + any(t.head == "num" for t in terms) or shift.denominator != 1:
        return None
    known = context.variable(names[0].name)
    first = Signs(context).range(names[0]).low
    if known.sort != "integer" or first is None or known.upper is not None:
        return None
    return names[0].name, shift, first


def _equal(left: Form, right: Form, context: Context, deadline: Deadline, seed: int) -> bool:
    return left == right or compare(Claim("identity", left, right, context), deadline, seed).status == "proved"
