"""Fibonacci numbers of one index written by two neighbours, so that inequalities between them are polynomial ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.meaning.form import Form, add, free_variables, mul, num, replace_at, sub, subforms, var
from derive.model.context import Bound, Context, Variable
from derive.verify.signs import Signs

__all__ = ["by_neighbours"]

LARGEST_SHIFT = 12


def by_neighbours(gap: Form, context: Context) -> tuple[Form, Context] | None:
    """The gap over F(n-1) and F(n), for the integer n >= 1 in its indices n + b and 2 n + b; None if there is none.

    F(n + b) = F(b) F(n + 1) + F(b - 1) F(n), F(2 n + b) = F(n) F(n + b + 1) + F(n - 1) F(n + b).
    """
    parts = list(dict.fromkeys(p for p in subforms(gap) if p.head == "fibonacci"))
    names = {name for part in parts for name in free_variables(part)}
    if not parts or len(names) != 1:
        return None
    (name,) = names
    signs = Signs(context)
    first = signs.range(var(name)).low
    if context.variable(name).sort != "integer" or first is None or first < 1 or first > 100:
        return None
    before, present = _fresh("before", gap), _fresh("present", gap)
    for part in parts:
        written = _written(part.args[0], name, var(before), var(present), signs)
        if written is None:
            return None
        gap = replace_at(gap, part, written)
    n = int(-(-first // 1))
    low = [Bound(num(_fibonacci(k)), False) for k in (n - 1, n)]
    variables = (*context.variables, Variable(before, "real", low[0]), Variable(present, "real", low[1]))
    facts = (Form("le", (var(before), var(present))),) if n >= 2 else ()
    return gap, replace(context, variables=variables).assuming(*facts)


def _fresh(name: str, form: Form) -> str:
    while name in free_variables(form):
        name += "_"
    return name


def _written(index: Form, name: str, before: Form, present: Form, signs: Signs) -> Form | None:
    for slope in (1, 2):
        shift = signs.view(sub(index, mul(num(slope), var(name))))
        if shift is None or not shift.quotients[0].numerator.is_constant():
            continue
        b = shift.atoms.form_of(shift.quotients[0])
        if b.head != "num" or b.value.denominator != 1 or abs(b.value) > LARGEST_SHIFT:
            continue
        at = [_shifted(int(b.value) + j, before, present) for j in (0, 1)]
        return at[0] if slope == 1 else add(mul(present, at[1]), mul(before, at[0]))
    return None


def _shifted(b: int, before: Form, present: Form) -> Form:
    """F(n + b)."""
    following = add(before, present)
    return add(mul(num(_fibonacci(b)), following), mul(num(_fibonacci(b - 1)), present))


def _fibonacci(k: int) -> Fraction:
    a, b = Fraction(0), Fraction(1)
    for _ in range(abs(k)):
        a, b = b, a + b
    return -a if k < 0 and k % 2 == 0 else a
