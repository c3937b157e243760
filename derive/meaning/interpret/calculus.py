"""Derivatives, integrals, sums, products, limits and evaluation at a point."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import INFINITIES, Form, call, const, free_variables, neg, num, sub, substitute, var
from derive.meaning.functions import undefined_name
from derive.meaning.interpret import jacobians, tensors
from derive.meaning.interpret.dependence import dependent
from derive.meaning.interpret.differentials import without_differential
from derive.meaning.interpret.motion import moving_derivative
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import is_primed, name_of, primed_name
from derive.notation.tree import (
    BigOperator,
    Derivative,
    Evaluated,
    Integral,
    Link,
    Listing,
    Node,
    Power,
    Relation,
    Sum,
    Symbol,
)

__all__ = ["big_operator", "derivative", "evaluated", "integral"]

_EVALUATORS = {"\\sum": "sum", "\\prod": "prod"}
_ARROWS = frozenset({"\\to", "\\rightarrow", "\\longrightarrow"})


# --- derivatives -------------------------------------------------------------------------------------------


def derivative(node: Derivative, reading: Reading) -> Form:
    if node.body is None:
        raise problem("a derivative of nothing", node)
    if reading.lexicon.moves:
        return moving_derivative(node, reading)
    gradient = tensors.gradient(node, reading)
    if gradient is not None:
        return gradient
    whole = jacobians.jacobian(node, reading) or jacobians.unknown_derivative(node, reading)
    if whole is not None:
        return whole
    names = [_variable(d.variable, reading) for d in node.variables]
    orders = [num(1) if d.order is None else reading.form(d.order) for d in node.variables]
    _check_order(node, orders, reading)
    values = {name.name: dependent(name.name, reading.lexicon, reading.bound) for name in names}
    inner = {name: value for name, value in values.items() if value is not None}
    result = _differentiated(node, names[-1].name, reading.binding(*inner))
    _refuse_primes(result, {name.name for name in names}, node)
    for name, order in zip(reversed(names), reversed(orders), strict=True):
        result = Form("diff", (result, name, order))
    return substitute(result, inner)


def _refuse_primes(body: Form, by: set[str], node: Node) -> None:
    """Raises MeaningError where a primed letter, which may be a derivative, would count as a constant."""
    if any(is_primed(name) for name in free_variables(body) - by) and not any(map(is_primed, by)):
        raise problem("a primed letter may be a derivative: the page does not say so", node)


def _check_order(node: Derivative, orders: list[Form], reading: Reading) -> None:
    upper = num(1) if node.order is None else reading.form(node.order)
    if any(order.head != "num" for order in (*orders, upper)):
        if len(orders) == 1 and orders[0] == upper:
            return
    elif sum(order.value for order in orders) == upper.value and all(o.value.denominator == 1 for o in orders):
        return
    raise problem("the orders above and below in the derivative differ", node)


def _variable(node: Node, reading: Reading) -> Form:
    name = name_of(node)
    if name is None:
        raise problem("a derivative is taken by a variable", node)
    return var(name)


def _differentiated(node: Derivative, by: str, reading: Reading) -> Form:
    """The body; a bare letter must be known to depend on the variable, else it would count as a constant."""
    body = node.body
    assert body is not None
    name, lexicon = name_of(body), reading.lexicon
    if name is None or name == by:
        return _depending(reading.form(body), node, by, reading)
    known = dependent(name, lexicon, reading.bound)
    if known is not None:
        return known
    parameters = lexicon.parameters(name)
    if parameters is not None and name not in lexicon.variables:
        if parameters and by not in parameters:
            raise problem(f"{name} is a function, but not of {by}", node)
        return call(undefined_name(name), *map(var, parameters or (by,)))
    form = reading.form(body)
    declared = node.form == "operator" and (name in lexicon.variables or lexicon.others_are_constants)
    if form.head != "var" or declared or name in reading.bound or lexicon.depends(name, by):
        return form
    if name in lexicon.worked_out:
        return form
    raise problem(f"how {name} depends on {by} is not said", node)


def _depending(form: Form, node: Derivative, by: str, reading: Reading) -> Form:
    """The form, if it speaks of the variable: `d/dt (m v)` is 0 only where v is known not to depend on t."""
    names, lexicon = free_variables(form), reading.lexicon
    open_names = names - lexicon.variables - reading.bound
    settled = by in names or not open_names or lexicon.others_are_constants
    if settled or any(lexicon.depends(name, by) for name in names):
        return form
    raise problem(f"how this depends on {by} is not said", node)


# --- integrals ---------------------------------------------------------------------------------------------


def integral(node: Integral, reading: Reading) -> Form:
    if node.command != "\\int":
        raise problem(f"{node.command} is not understood", node)
    body, differential = node.body, node.differential
    if differential is None:
        body, differential = without_differential(body)
    if differential.order is not None or differential.sign == "\\partial":
        raise problem("the differential of this integral is not understood", differential)
    name = name_of(differential.variable) or primed_name(differential.variable)
    if name is None:
        raise problem("an integral runs over a variable", differential)
    if (node.lower is None) != (node.upper is None):
        raise problem("one bound of the integral is missing", node)
    if node.lower is None or node.upper is None:
        integrand = reading.form(body)
        _refuse_primes(integrand, {name}, node)
        return Form("int", (integrand, var(name)))
    lower, upper = reading.form(node.lower), reading.form(node.upper)
    integrand = reading.binding(name).form(body)
    _refuse_primes(integrand, {name}, node)
    return Form("int", (integrand, var(name), lower, upper))


# --- sums, products and limits -----------------------------------------------------------------------------


def big_operator(node: BigOperator, reading: Reading) -> Form:
    if node.body is None:
        raise problem(f"{node.command} of nothing", node)
    if node.command == "\\lim":
        return _limit(node, node.body, reading)
    if node.command not in _EVALUATORS:
        raise problem(f"{node.command} is not understood", node)
    match node.lower:
        case Listing(items=(*first, Relation(first=Node() as last, links=(Link(sign="="),)) as shared)) if first:
            return _nested(node, (*first, last), shared, reading)
    whole = tensors.running_over(node, reading)
    if whole is not None:
        name, lower, upper = whole
        return Form(_EVALUATORS[node.command], (reading.binding(name).form(node.body), var(name), lower, upper))
    name, lower = _running(node, reading)
    if node.upper is None:
        raise problem("up to where the sum or product runs is not written", node)
    upper = reading.form(node.upper)
    return Form(_EVALUATORS[node.command], (reading.binding(name).form(node.body), var(name), lower, upper))


def _nested(node: BigOperator, indices: tuple[Node, ...], shared: Relation, reading: Reading) -> Form:
    """`\\sum_{i, j = 1}^n`: one sum inside another, with the same bounds."""
    inner = node
    for index in reversed(indices):
        inner = replace(inner, lower=replace(shared, first=index), body=inner if inner is not node else node.body)
    return big_operator(inner, reading)


def _running(node: BigOperator, reading: Reading) -> tuple[str, Form]:
    match node.lower:
        case Relation(first=Node() as index, links=(Link(sign="=", term=start),)):
            name = name_of(index)
            if name is not None:
                return name, reading.form(start)
    raise problem("what the sum or product runs over is not understood", node)


def _limit(node: BigOperator, body: Node, reading: Reading) -> Form:
    match node.lower:
        case Relation(first=Node() as variable, links=(Link(sign=sign, term=target),)) if sign in _ARROWS:
            name = name_of(variable)
            if name is not None:
                point, side = _approached(target, reading)
                form = reading.binding(name).form(body)
                names = free_variables(form)
                if reading.lexicon.primes_are_quantities and names and name not in names:
                    raise problem(f"how this depends on {name} is not said", node)
                return Form("limit", (form, var(name), point, const(side)))
    raise problem("what the limit goes to is not understood", node)


def _approached(target: Node, reading: Reading) -> tuple[Form, str]:
    """The point and the side from which it is approached: `0^+`, `0`, `-\\infty`."""
    if isinstance(target, Power):
        side = _side(target.exponent)
        if side is not None:
            return reading.form(target.base), side
    if isinstance(target, Sum) and len(target.terms) == 1 and target.terms[0].sign == "-":
        point, side = _approached(target.terms[0].term, reading)
        return (INFINITIES[1], "+") if point == INFINITIES[0] else (neg(point), side)
    point = reading.form(target)
    if point in INFINITIES:
        return point, "-" if point == INFINITIES[0] else "+"
    return point, "+-"


def _side(exponent: Node) -> str | None:
    return exponent.name if isinstance(exponent, Symbol) and exponent.name in ("+", "-") else None


# --- evaluation at a point ---------------------------------------------------------------------------------


def evaluated(node: Evaluated, reading: Reading) -> Form:
    body = reading.form(node.body)
    if node.lower is None:
        raise problem("where this is evaluated is not written", node)
    name, lower = _place(node, node.lower, body, reading)
    at_lower = _at(body, name, lower)
    if node.upper is None:
        return at_lower
    upper_name, upper = _place(node, node.upper, body, reading)
    if upper_name != name:
        raise problem("the two ends name different variables", node)
    return sub(_at(body, name, upper), at_lower)


def _at(body: Form, name: str, value: Form) -> Form:
    """The body at a value, at an infinite one its limit there."""
    if value in INFINITIES:
        return Form("limit", (body, var(name), value, const("-" if value == INFINITIES[0] else "+")))
    return Form("subs", (body, var(name), value))


def _place(node: Evaluated, end: Node, body: Form, reading: Reading) -> tuple[str, Form]:
    match end:
        case Relation(first=Node() as variable, links=(Link(sign="=", term=value),)):
            name = name_of(variable)
            if name is not None:
                return name, reading.form(value)
    names = free_variables(body)
    if isinstance(end, Relation) or len(names) != 1:
        raise problem("which variable takes the value is not written", node)
    return next(iter(names)), reading.form(end)
