"""From a claim to the statement that the kernel proves: terms, assumptions and the goal as plain data."""

from __future__ import annotations

from typing import Any

from derive.meaning.form import Form, free_variables, subforms, substitute
from derive.model.claim import Claim
from derive.model.context import Bound, Context
from derive.verify.kernel_laws import DOMAINS
from derive.verify.kernel_terms import put, ratio

__all__ = ["Statement", "Untranslatable", "fact_of", "statement_of", "term_of"]

Term = Any
Fact = tuple[Any, ...]
Statement = dict[str, Any]

RELATIONS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<="}
INFINITE = frozenset({"oo", "-oo", "zoo"})
MOST_DEFINITIONS = 20


class Untranslatable(Exception):
    """The kernel has no words for this form."""


def _half(*terms: Term) -> Term:
    return ("*", ("/", 1, 2), ("+", *terms))


_CONSTANTS: dict[str, Term] = {
    "pi": ("pi",),
    "E": ("exp", 1),
    "I": ("I",),
    "GoldenRatio": _half(1, ("^", 5, ("/", 1, 2))),
}


def _inverse(term: Term) -> Term:
    return ("^", term, -1)


def _expanded(head: str, a: Term) -> Term | None:
    """Functions that the kernel does not know, by functions with the very same domain."""
    match head:
        case "sec":
            return _inverse(("cos", a))
        case "csc":
            return _inverse(("sin", a))
        case "cot":
            return ("*", ("cos", a), _inverse(("sin", a)))
        case "sech":
            return _inverse(("cosh", a))
        case "csch":
            return _inverse(("sinh", a))
        case "coth":
            return ("*", ("cosh", a), _inverse(("sinh", a)))
        case "erfc":
            return ("+", 1, ("*", -1, ("erf", a)))
    return None


def term_of(form: Form, context: Context) -> Term:
    """The form as a kernel term; raises `Untranslatable`."""

    def go(part: Form) -> Term:
        return term_of(part, context)

    head = form.head
    if head == "num":
        return ratio(form.value)
    if head == "var":
        return form.name
    if head == "const":
        if form.name not in _CONSTANTS:
            raise Untranslatable(form.name)
        return _CONSTANTS[form.name]
    if head in ("add", "mul"):
        return ("+" if head == "add" else "*", *map(go, form.args))
    if head == "pow":
        base, exponent = form.args
        if base.head == "const" and base.name == "E":
            return ("exp", go(exponent))
        return ("^", go(base), go(exponent))
    if head == "call":
        return ("call", form.name, *map(go, form.parts))
    if head in ("Max", "Min") and len(form.args) >= 2:
        term = go(form.args[0])
        for part in form.args[1:]:
            term = (head, term, go(part))
        return term
    if head == "diff":
        return _derivative(form, context)
    if head == "subs":
        return _evaluated(form, context)
    if head in ("int", "sum") and len(form.args) == 4:
        body, variable, low, high = form.args
        return (head, go(body), variable.name, go(low), go(high))
    if len(form.args) == 1:
        argument = go(form.args[0])
        if head in DOMAINS:
            return (head, argument)
        expanded = _expanded(head, argument)
        if expanded is not None:
            return expanded
    raise Untranslatable(head)


def _derivative(form: Form, context: Context) -> Term:
    body, variable, order = form.args
    if order.head != "num" or order.value.denominator != 1 or not 1 <= order.value <= 12:
        raise Untranslatable("order of a derivative")
    times = int(order.value)
    if body.head == "call" and body.args[1:] == (variable,):
        return ("D", body.name, times, variable.name)
    term = term_of(body, context)
    for _ in range(times):
        term = ("diff", term, variable.name)
    return term


def _evaluated(form: Form, context: Context) -> Term:
    body, variable, point = form.args
    if body.head == "diff" and body.args[0].head == "call" and body.args[0].args[1:] == (variable,):
        return ("D", body.args[0].name, int(body.args[2].value), term_of(point, context))
    if any(part.head in ("diff", "int", "sum", "limit", "prod", "subs") for part in subforms(body)):
        raise Untranslatable("a derivative at a point")
    if variable.name not in free_variables(body):
        raise Untranslatable("a value that is not used")
    return put(term_of(body, context), {variable.name: term_of(point, context)})


def fact_of(form: Form, context: Context) -> Fact:
    """A statement form as a kernel fact; raises `Untranslatable`."""
    if form.head in RELATIONS:
        left, right = form.args
        return (RELATIONS[form.head], term_of(left, context), term_of(right, context))
    if form.head in ("and", "or"):
        return (form.head, *(fact_of(part, context) for part in form.parts))
    if form.head == "in" and form.args[1].head == "interval":
        element, interval = form.args
        return _between(term_of(element, context), interval, context)
    raise Untranslatable(form.head)


def _between(term: Term, interval: Form, context: Context) -> Fact:
    low, high, open_left, open_right = interval.args
    facts = []
    if not (low.head == "const" and low.name in INFINITE):
        facts.append(("<" if open_left.name == "True" else "<=", term_of(low, context), term))
    if not (high.head == "const" and high.name in INFINITE):
        facts.append(("<" if open_right.name == "True" else "<=", term, term_of(high, context)))
    return ("and", *facts) if facts else ("defined", term)


def _bound(bound: Bound | None, name: str, context: Context, *, lower: bool) -> list[Fact]:
    if bound is None or (bound.value.head == "const" and bound.value.name in INFINITE):
        return []
    value = term_of(bound.value, context)
    return [("<" if bound.strict else "<=", *((value, name) if lower else (name, value)))]


def assumptions(context: Context, names: frozenset[str]) -> list[Fact]:
    """What the context grants about these variables; what has no translation is not assumed."""
    facts: list[Fact] = []
    related = set(names)
    for constraint in context.constraints:
        related |= free_variables(constraint)
    for name in sorted(related):
        variable = context.variable(name)
        if variable.sort == "integer":
            facts.append(("integer", name))
        facts += _bound(variable.lower, name, context, lower=True) + _bound(variable.upper, name, context, lower=False)
    for constraint in context.constraints:
        try:
            facts.append(fact_of(constraint, context))
        except Untranslatable:
            continue
    for function in context.functions:
        if "smooth" in function.properties:
            facts.append(("smooth", function.name))
        elif "differentiable" in function.properties:
            facts.append(("differentiable", function.name))
    return facts


def _unfolded(form: Form, context: Context) -> Form:
    """Definitions of the context put in."""
    for _ in range(MOST_DEFINITIONS):
        values = {name: body for name, body in context.definitions if name in free_variables(form)}
        new = _applied(substitute(form, values), context)
        if new == form:
            return form
        form = new
    raise Untranslatable("definitions without end")


def _applied(form: Form, context: Context) -> Form:
    args = tuple(_applied(a, context) if isinstance(a, Form) else a for a in form.args)
    function = context.function(form.name) if form.head == "call" else None
    if function is not None and function.body is not None and len(function.parameters) == len(args) - 1:
        return substitute(function.body, dict(zip(function.parameters, args[1:], strict=True)))
    return Form(form.head, args) if args != form.args else form


def _is_complex(claim: Claim, names: frozenset[str], forms: tuple[Form, ...]) -> bool:
    return any(claim.context.variable(name).sort == "complex" for name in names) or any(
        part.head == "const" and part.name in ("I", "zoo") for form in forms for part in subforms(form)
    )


def statement_of(claim: Claim, conditions: tuple[Form, ...] = ()) -> Statement:
    """The claim as `field`, `given`, `where` and `goal` of a certificate; raises `Untranslatable`."""
    context = claim.context
    left, right = _unfolded(claim.left, context), _unfolded(claim.right, context)
    names = free_variables(left) | free_variables(right)
    given = assumptions(context, names)
    goal, more = _goal(claim.kind, left, right, given, context)
    return {
        "field": "complex" if _is_complex(claim, names, (left, right)) else "real",
        "given": given + more,
        "where": [fact_of(condition, context) for condition in conditions],
        "goal": goal,
    }


def _goal(kind: str, left: Form, right: Form, given: list[Fact], context: Context) -> tuple[Fact, list[Fact]]:
    """The goal, and the assumptions that it brings."""
    if kind in ("identity", "derivative", "defint", "sum"):
        return ("same", term_of(left, context), term_of(right, context)), []
    if kind == "integral" and left.head == "int" and len(left.args) == 2:
        body, variable = left.args
        return ("=", ("diff", term_of(right, context), variable.name), term_of(body, context)), []
    if kind in ("equiv", "implies"):
        return ("iff" if kind == "equiv" else kind, fact_of(left, context), fact_of(right, context)), []
    if kind in ("le", "lt", "ne"):
        return (RELATIONS[kind], term_of(left, context), term_of(right, context)), []
    if kind == "range" and right.head == "interval":
        return _between(term_of(left, context), right, context), []
    if kind in ("increasing", "decreasing") and right.head == "var":
        name, other = right.name, right.name + "_later"
        term = term_of(left, context)
        later = put(term, {name: other})
        copies = [put(fact, {name: other}) for fact in given if name in _names(fact)]
        return ("<", *((term, later) if kind == "increasing" else (later, term))), [*copies, ("<", name, other)]
    if kind == "defined":
        return ("defined", term_of(left, context)), []
    raise Untranslatable(kind)


def _names(item: Any) -> set[str]:
    return {item} if isinstance(item, str) else set().union(*map(_names, item)) if isinstance(item, tuple) else set()
