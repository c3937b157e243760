"""From statements that are given (`0 < p < 1`, `n \\in \\mathbb{N}`, `y = \\sigma(x)`) to the context they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derive.meaning.form import ZERO, Form, free_variables
from derive.model.context import Bound, Context, Function, Sort, Variable

SETS: dict[str, tuple[Sort, Bound | None]] = {
    "Reals": ("real", None),
    "Integers": ("integer", None),
    "Naturals": ("integer", Bound(ZERO, False)),
    "Naturals0": ("integer", Bound(ZERO, False)),
    "Rationals": ("real", None),
    "Complexes": ("complex", None),
}


def context_from(statements: Iterable[Form], context: Context | None = None) -> Context:
    """The context in which the statements hold, added to `context`.

    A bound of one variable by a constant becomes its range, membership in a number set its sort, an equation with
    a name or a call `f(x, ...)` of variables on the left a definition; everything else stays a constraint.
    """
    known = context or Context()
    for statement in statements:
        known = _with_statement(known, statement)
    return known


def _with_statement(context: Context, statement: Form) -> Context:
    if statement.head == "and":
        return context_from(statement.parts, context)
    if statement.head == "in":
        return _with_membership(context, statement)
    if statement.head in ("lt", "le"):
        return _with_inequality(context, statement)
    if statement.head == "eq":
        return _with_equation(context, statement)
    return context.assuming(statement)


def _with_membership(context: Context, statement: Form) -> Context:
    element, domain = statement.parts
    if element.head == "tuple":
        return context_from((Form("in", (item, domain)) for item in element.parts), context)
    if element.head != "var":
        return context.assuming(statement)
    if domain.head == "arrays":
        return context.with_array(Form("array", (element.name, *domain.parts)))
    known = context.variable(element.name)
    if domain.head == "var" and domain.name in SETS:
        sort, least = SETS[domain.name]
        return context.with_variable(replace(known, sort=sort, lower=known.lower or least))
    if domain.head == "interval":
        low, high, open_left, open_right = domain.parts
        with_low = _bounded_below(context, element, low, open_left.name == "True")
        return _bounded_above(with_low, element, high, open_right.name == "True")
    return context.assuming(statement)


def _with_inequality(context: Context, statement: Form) -> Context:
    left, right = statement.parts
    strict = statement.head == "lt"
    if left.head == "var" and not free_variables(right):
        return _bounded_above(context, left, right, strict)
    if right.head == "var" and not free_variables(left):
        return _bounded_below(context, right, left, strict)
    return context.assuming(statement)


def _bounded_below(context: Context, variable: Form, value: Form, strict: bool) -> Context:
    if _is_infinite(value):
        return context
    known = context.variable(variable.name)
    if known.lower is not None and known.lower != Bound(value, strict):
        return _tightened(context, known, Bound(value, strict), below=True)
    return context.with_variable(replace(known, lower=Bound(value, strict)))


def _bounded_above(context: Context, variable: Form, value: Form, strict: bool) -> Context:
    if _is_infinite(value):
        return context
    known = context.variable(variable.name)
    if known.upper is not None and known.upper != Bound(value, strict):
        return _tightened(context, known, Bound(value, strict), below=False)
    return context.with_variable(replace(known, upper=Bound(value, strict)))


def _tightened(context: Context, known: Variable, bound: Bound, below: bool) -> Context:
    """Both bounds kept: the stronger as the range where both are numbers, else the new one as a constraint."""
    old = known.lower if below else known.upper
    if old is None or old.value.head != "num" or bound.value.head != "num":
        sides = (bound.value, Form("var", (known.name,)))
        return context.assuming(Form("lt" if bound.strict else "le", sides if below else sides[::-1]))
    stronger = bound.value.value > old.value.value if below else bound.value.value < old.value.value
    if stronger or (bound.value.value == old.value.value and bound.strict):
        return context.with_variable(replace(known, lower=bound) if below else replace(known, upper=bound))
    return context


def _is_infinite(value: Form) -> bool:
    return any(part.head == "const" and part.name in ("oo", "-oo") for part in (value, *value.parts))


def _with_equation(context: Context, statement: Form) -> Context:
    left, right = statement.parts
    if left.head == "var" and left.name not in free_variables(right) and context.definition(left.name) is None:
        return replace(context, definitions=(*context.definitions, (left.name, right)))
    parameters = tuple(a.name for a in left.parts if a.head == "var")
    if left.head == "call" and parameters and len(parameters) == len(left.parts) and not context.function(left.name):
        declared = Function(left.name, parameters, right)
        return replace(context, functions=(*context.functions, declared))
    return context.assuming(statement)
