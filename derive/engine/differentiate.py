"""Differentiation, one named rule at a time from the outside in, then tidying by named algebra steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derive.engine.coefficients import polynomial
from derive.engine.errors import EngineError
from derive.engine.lines import Lines
from derive.engine.match import with_signs_out
from derive.engine.polish import polished
from derive.engine.rewrite import Applied, apply_rule, first_place
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import free_of, terms
from derive.engine.writing import ONE, ZERO, bare, derivative, is_zero, number_of, over, total
from derive.model.derivation import Derivation
from derive.model.rule import Rule
from derive.notation.printer import latex
from derive.notation.tree import (
    Call,
    Derivative,
    Fraction,
    Group,
    Node,
    Number,
    Power,
    Product,
    Root,
    Sum,
    Symbol,
    Word,
    transform,
    walk,
)
from derive.rules import rule_named
from derive.rules.derivatives import DERIVATIVES

__all__ = ["differentiate"]

MOST_LINES = 60
MOST_RULES = 400
MOST_ORDER = 6


def differentiate(
    term: Node,
    variable: Node,
    *,
    order: int = 1,
    sign: str = "d",
    given: tuple[Node, ...] = (),
    title: str = "",
) -> Derivation:
    """The derivation of the derivative of `term` by `variable`, its start being `\\frac{d}{dx} term`.

    `order` is how often to differentiate, `sign` the d as it is to be written (`\\partial` for several variables).
    Letters other than the variable are constants.  Raises EngineError where no rule applies (a floor, a factorial).
    """
    if not 1 <= order <= MOST_ORDER:
        raise EngineError(f"the order of a derivative must be from 1 to {MOST_ORDER}, not {order}")
    facts = Facts.given(given)
    start = derivative(term, variable, sign)
    for _ in range(order - 1):
        start = derivative(start, variable, sign)
    lines = Lines(start)
    for _ in range(MOST_LINES):
        pending = list(_innermost(lines.current))
        if not pending:
            polished(lines)
            return lines.derivation(title or f"Derivative of {latex(term)}", given)
        nested = _is_nested(lines.current)
        _advance(lines, pending, facts)
        if nested and not _is_nested(lines.current):
            _finish_inner(lines)
    raise EngineError(f"the derivative of {latex(term)} takes more than {MOST_LINES} lines")


def _innermost(node: Node) -> Iterable[Derivative]:
    """The derivatives to work on: outermost first, but a derivative of a derivative only after the inner one."""
    for found in first_place(node, Derivative):
        assert isinstance(found, Derivative)
        inner = list(_innermost(found.body)) if found.body is not None else []
        yield from inner or [found]


def _is_nested(node: Node) -> bool:
    """Whether a derivative of a derivative is still to be taken."""
    return any(d not in first_place(node, Derivative) for d in _innermost(node))


def _finish_inner(lines: Lines) -> None:
    """The inner line of a second derivative made tidy before it is differentiated again."""
    outer = lines.current
    if isinstance(outer, Derivative) and outer.body is not None:
        result = tidy(bare(outer.body))
        lines.add(derivative(result.node, outer.variables[0].variable, outer.sign), result.laws)


# --- one line to the next ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """What a derivative becomes on the next line, the rules that were used, and what they owe."""

    node: Node
    rules: tuple[Rule, ...]
    owes: tuple[Node, ...] = ()


def _advance(lines: Lines, pending: list[Derivative], facts: Facts) -> None:
    """One more line: easy derivatives written down, one rule applied to each of the others."""
    first = not lines.steps or bare(lines.current) in pending
    values = {id(d): _one_rule(d, facts) if first or not _is_routine(d) else _worked_out(d, facts) for d in pending}
    hard = [values[id(d)] for d in pending if not _is_routine(d)]
    used = [rule for value in (*hard, *values.values()) for rule in value.rules]
    owes = [condition for value in values.values() for condition in value.owes]
    lines.add(_with_values(lines.current, values), [rule.name for rule in used], owes)


def _one_rule(node: Derivative, facts: Facts) -> Value:
    """The derivative after the first rule that fits; a sum rule goes through all the terms."""
    applied = _first_applied(node, facts)
    result = applied.node
    if applied.rule.name == "derivative.sum":
        for _ in range(MOST_LINES):
            left = [d for d in first_place(result, Derivative) if isinstance(d, Derivative) and d.body is not None]
            again = [d for d in left if isinstance(bare(d.body or ONE), Sum) and len(terms(d.body or ONE)) > 1]
            if not again:
                break
            result = _with_values(result, {id(again[0]): Value(_first_applied(again[0], facts).node, ())})
        return _without_constants(result, applied)
    if applied.rule.name in ("derivative.constant_factor", "derivative.constant_divisor", "derivative.negative"):
        inner = [d for d in first_place(result, Derivative) if isinstance(d, Derivative)]
        after = _one_rule(inner[0], facts)
        return Value(
            _with_values(result, {id(inner[0]): after}), (*after.rules, applied.rule), (*applied.owes, *after.owes)
        )
    return Value(_without_d_of_variable(result), (applied.rule,), applied.owes)


def _without_constants(node: Node, applied: Applied) -> Value:
    """A sum of derivatives without those of constants in letters, whose derivative 0 nobody writes down."""
    letters = [
        d
        for d in first_place(node, Derivative)
        if isinstance(d, Derivative) and d.body is not None and _is_constant_in_letters(d.body, d.variables[0].variable)
    ]
    rules = (applied.rule, rule_named("derivative.constant")) if letters else (applied.rule,)
    return Value(_with_values(node, {id(d): Value(ZERO, ()) for d in letters}), rules, applied.owes)


def _is_constant_in_letters(node: Node, variable: Node) -> bool:
    return free_of(node, variable) and any(isinstance(part, Symbol) for part in walk(node))


def _first_applied(node: Derivative, facts: Facts) -> Applied:
    for rule in DERIVATIVES:
        applied = apply_rule(rule, node, facts)
        if applied is not None:
            return applied
    raise EngineError(_why_not(node))


def _why_not(node: Derivative) -> str:
    body = bare(node.body or ONE)
    what = latex(body)
    if (isinstance(body, Group) and "floor" in body.left) or (isinstance(body, Group) and "ceil" in body.left):
        return f"{what} is a step function: it is not differentiable where it jumps"
    if isinstance(body, Call) and isinstance(body.head, Word):
        return f"no rule gives the derivative of {what}"
    return f"{what} is not differentiable by the rules of this table"


def _without_d_of_variable(node: Node) -> Node:
    """`\\cos x \\cdot \\frac{d}{dx} x` is written `\\cos x`."""
    values = {
        id(d): Value(ONE, ())
        for d in first_place(node, Derivative)
        if isinstance(d, Derivative) and d.body is not None and bare(d.body) == d.variables[0].variable
    }
    alone = isinstance(bare(node), Derivative)
    return _with_values(node, values) if values and not alone and isinstance(bare(node), Product) else node


def _worked_out(node: Derivative, facts: Facts) -> Value:
    """A routine derivative all the way, tidied."""
    line: Node = node
    rules: list[Rule] = []
    owes: list[Node] = []
    for _ in range(MOST_RULES):
        pending = list(_innermost(line))
        if not pending:
            result = tidy(line)
            return Value(result.node, tuple(dict.fromkeys(rules)), (*owes, *result.owes))
        value = _one_rule(pending[0], facts)
        rules.extend(value.rules)
        owes.extend(value.owes)
        line = _with_values(line, {id(pending[0]): value})
    raise EngineError(f"the derivative of {latex(node)} takes more than {MOST_RULES} rules")


# --- what a teacher writes down at once --------------------------------------------------------------------


def _is_routine(node: Derivative) -> bool:
    """Whether the derivative is written down at once: polynomials, and functions of a linear term, term by term."""
    variable = node.variables[0].variable
    body = node.body
    return body is not None and all(_is_routine_term(term, variable) for _, term in terms(body))


def _is_routine_term(term: Node, variable: Node) -> bool:
    """A constant, or a constant times one simple function."""
    body = bare(term)
    if isinstance(body, Product) and "/" not in body.operators:
        parts = [f for f in body.factors if not free_of(f, variable)]
        return len(parts) <= 1 and all(_is_routine_term(f, variable) for f in parts)
    if isinstance(body, Fraction) and free_of(body.denominator, variable):
        return _is_routine_term(body.numerator, variable)
    match body:
        case Power(base, exponent):
            if free_of(exponent, variable):
                return bare(base) == variable
            return free_of(base, variable) and _is_linear(exponent, variable)
        case Call(Word(), argument):
            return _is_linear(argument, variable)
        case Call(Symbol(), argument):
            return bare(argument) == variable
        case Root(radicand, _):
            return bare(radicand) == variable
    return body == variable or free_of(body, variable)


def _is_linear(node: Node, variable: Node) -> bool:
    """`a x + b` with a and b free of x."""
    found = polynomial(node, variable)
    return found is not None and found.degree <= 1


# --- putting values in -------------------------------------------------------------------------------------


def _with_values(node: Node, values: dict[int, Value]) -> Node:
    """The line with each derivative replaced by its value; what has none of them stays as it is written."""
    if id(node) in values:
        return values[id(node)].node
    inner = transform(node, lambda child: _with_values(child, values))
    if inner is node:
        return node
    match inner:
        case Product(factors, operators):
            if any(is_zero(factor) for factor in factors):
                return Number("0")
            return with_signs_out(list(factors), operators)
        case Sum(parts):
            return total((-1 if part.sign == "-" else 1, part.term) for part in parts)
        case Fraction(upper, lower):
            return over(upper, lower)
        case Derivative(body) if body is not None:
            return derivative(body, inner.variables[0].variable, inner.sign)
        case Group(body) if number_of(body) is None and not isinstance(body, Sum):
            return bare(inner)
    return inner
