"""Equalities with signs, absolute values, Max and Min, proved case by case of the sign of what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derive.meaning.form import (
    ONE,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    quotient,
    replace_at,
    sub,
    subforms,
    substitute,
    var,
)
from derive.model.context import Bound, Context, Variable
from derive.verify.distinctions import chosen, undecided_difference
from derive.verify.positivity import by_powers
from derive.verify.problem import Comparison
from derive.verify.signs import Signs

__all__ = ["STEPPING", "by_cases"]

STEPPING = frozenset({"sign", "Abs", "Heaviside", "Max", "Min", "cases"})
_KINKS = STEPPING - {"cases"}
MOST_SPLITS = 3


def by_cases(comparison: Comparison, holds: Callable[[Comparison], bool], splits: int = 0) -> bool:
    """Whether `holds` shows the equality where u > 0, where u < 0 and where u = 0, for the real u of a kink.

    In each case the kinks of u are written without it; at u = 0 a variable is solved for where that is possible.
    """
    comparison = _with_choices(comparison)
    kink = next(_kinks(comparison), None)
    u = undecided_difference(comparison.left) or undecided_difference(comparison.right)
    if kink is not None:
        u = _inside(kink)
    if u is None:
        return _with_directions(comparison, holds)
    if splits and holds(comparison):
        return True
    if splits >= MOST_SPLITS or not (comparison.real or comparison.signs().real(u)):
        return False
    cases = _cases(comparison, u)
    return cases is not None and all(by_cases(case, holds, splits + 1) for case in cases)


def _with_choices(comparison: Comparison) -> Comparison:
    """The comparison with case distinctions that its context decides cut down."""
    if not any(part.head == "cases" for side in (comparison.left, comparison.right) for part in subforms(side)):
        return comparison
    signs = comparison.signs()
    sides = chosen(comparison.left, signs), chosen(comparison.right, signs)
    if sides == (comparison.left, comparison.right):
        return comparison
    return replace(comparison, left=sides[0], right=sides[1], oracles={})


def _with_directions(comparison: Comparison, holds: Callable[[Comparison], bool]) -> bool:
    """sign(u) = u/r with r = |u| > 0 for a complex u that is not 0; where it is 0, the difference has to be a multiple
    of u.  Any positive number will do for r."""
    parts = [p for side in (comparison.left, comparison.right) for p in subforms(side) if p.head == "sign"]
    if not parts or comparison.real:
        return holds(comparison)
    u, name = parts[0].args[0], "size"
    while name in comparison.names:
        name += "_"
    size, gap = var(name), sub(comparison.left, comparison.right)
    context = comparison.context.with_variable(Variable(name, "real", Bound(ZERO, True), None))
    written = {parts[0]: quotient(u, size), fn("Abs", u): size}
    left, right = comparison.left, comparison.right
    for part, form in written.items():
        left, right, gap = replace_at(left, part, form), replace_at(right, part, form), replace_at(gap, part, ZERO)
    return _is_multiple(gap, u) and holds(replace(comparison, left=left, right=right, context=context, oracles={}))


def _is_multiple(form: Form, u: Form) -> bool:
    """Whether a polynomial is a multiple of another."""
    if not all(part.head in ("num", "var", "add", "mul", "pow") for f in (form, u) for part in subforms(f)):
        return False
    view = Signs(Context()).view(form, u)
    if view is None or not all(q.denominator.is_constant() for q in view.quotients):
        return False
    return bool(divmod(view.quotients[0].numerator, view.quotients[1].numerator)[1].is_zero())


def _kinks(comparison: Comparison) -> Iterator[Form]:
    """Innermost kinks with real arguments of two at most."""
    found = []
    for side in (comparison.left, comparison.right):
        for part in subforms(side):
            if part.head in _KINKS and free_variables(part) and len(part.args) <= 2 and part not in found:
                found.append(part)
    signs = comparison.signs()
    for part in sorted(found, key=lambda kink: _inside(kink).head != "var"):
        inner_kink = any(inner.head in _KINKS and free_variables(inner) for a in part.parts for inner in subforms(a))
        if not inner_kink and (comparison.real or signs.real(_inside(part))):
            yield part


def _inside(kink: Form) -> Form:
    inner: Form = sub(*kink.args) if kink.head in ("Max", "Min") else kink.args[0]
    return inner


def _cases(comparison: Comparison, u: Form) -> list[Comparison] | None:
    above, below = (comparison.context.assuming(Form("lt", pair)) for pair in ((ZERO, u), (u, ZERO)))
    if u.head == "var":
        variable = comparison.context.variable(u.name)
        if variable.sort == "complex":
            return None
        above, below = comparison.context, comparison.context
        if not (variable.lower is not None and _number(variable.lower.value, 0)):
            above = above.with_variable(replace(variable, lower=Bound(ZERO, True)))
        if not (variable.upper is not None and _number(variable.upper.value, 0, above=False)):
            below = below.with_variable(replace(variable, upper=Bound(ZERO, True)))
    found = []
    for context, side in ((above, 1), (below, -1)):
        left, right = (_without(part, u, side) for part in (comparison.left, comparison.right))
        found.append(replace(comparison, left=left, right=right, context=context, oracles={}))
    at_zero = _at_zero(comparison, u)
    return None if at_zero is None else [*found, at_zero]


def _number(bound: Form, value: int, *, above: bool = True) -> bool:
    """Whether a numeric bound is already as tight as the value."""
    return bound.head == "num" and (bound.value >= value if above else bound.value <= value)


def _at_zero(comparison: Comparison, u: Form) -> Comparison | None:
    """The equality where u = 0, with a variable of u solved for."""
    left, right = (_without(part, u, 0) for part in (comparison.left, comparison.right))
    for name in sorted(free_variables(u)):
        view = comparison.signs().view(u)
        index = (
            None
            if view is None
            else next((i for i, f in enumerate(view.atoms.forms) if f == Form("var", (name,))), None)
        )
        if view is None or index is None:
            continue
        parts = by_powers(view.quotients[0].numerator, index)
        others = [f for i, f in enumerate(view.atoms.forms) if i != index and name in free_variables(f)]
        if max(parts, default=0) != 1 or others or not parts[1].is_constant():
            continue
        slope = view.atoms.polynomial_form(parts[1])
        rest = view.atoms.polynomial_form(parts[0]) if 0 in parts else ZERO
        value = mul(num(-1 / slope.value), rest)
        if comparison.context.variable(name).sort == "integer" and value.head != "num":
            continue
        there = {name: value}
        return replace(comparison, left=substitute(left, there), right=substitute(right, there), oracles={})
    return None


def _without(form: Form, u: Form, side: int) -> Form:
    """The form with sign(u), |u|, Heaviside(u), Max and Min of a pair with difference u written out for that sign."""
    plain = Signs(Context())
    for part in dict.fromkeys(p for p in subforms(form) if p.head in _KINKS and len(p.args) <= 2):
        inner = _inside(part)
        direction = 1 if plain.vanishes(sub(inner, u)) else -1 if plain.vanishes(add(inner, u)) else 0
        if not direction:
            continue
        sign = side * direction
        if part.head == "Heaviside" and (sign == 0 or len(part.args) > 1):
            continue
        form = replace_at(form, part, _written(part, sign))
    return form


def _written(part: Form, sign: int) -> Form:
    if part.head == "sign":
        return num(sign)
    if part.head == "Abs":
        return mul(num(sign), part.args[0]) if sign else ZERO
    if part.head == "Heaviside":
        return ONE if sign > 0 else ZERO
    larger: Form = part.args[0 if (sign >= 0) == (part.head == "Max") else 1]
    return larger
