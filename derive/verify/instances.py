"""Concrete functions in place of undefined ones: a claim about every function fails where it fails for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derive.meaning.expand import expand_calls
from derive.meaning.form import HALF, ONE, TWO, Form, add, fn, heads, mul, num, power, subforms, var
from derive.meaning.sympy_text import sympy_text
from derive.model.context import Context, Property
from derive.verify.problem import Comparison

__all__ = ["has_unknown_functions", "instances"]

Body = Callable[[Form], Form]

_T = var("t")

# Bodies in one argument t, with the declared properties that each of them has (all are smooth).
BODIES: tuple[tuple[Body, frozenset[Property]], ...] = (
    (lambda t: add(power(t, TWO), mul(num(3), t), num(5)), frozenset({"positive", "nonnegative"})),
    (lambda t: fn("exp", mul(HALF, t)), frozenset({"positive", "nonnegative", "increasing"})),
    (lambda t: add(TWO, fn("sin", t)), frozenset({"positive", "nonnegative"})),
    (lambda t: add(power(t, num(3)), t), frozenset({"increasing", "odd"})),
    (lambda t: fn("exp", mul(num(-1), t)), frozenset({"positive", "nonnegative", "decreasing"})),
    (lambda t: add(power(t, TWO), ONE), frozenset({"positive", "nonnegative", "even"})),
    (lambda t: fn("sin", t), frozenset({"odd"})),
    (lambda t: mul(num(-1), add(t, power(t, num(3)))), frozenset({"decreasing", "odd"})),
    (lambda t: add(fn("cos", t), num(3)), frozenset({"positive", "nonnegative", "even"})),
)
SMOOTH: frozenset[Property] = frozenset({"differentiable", "smooth"})
TURNS = 3


def has_unknown_functions(*forms: Form) -> bool:
    return any("call" in heads(form) for form in forms)


def instances(comparison: Comparison) -> Iterator[tuple[str, Comparison]]:
    """The comparison with concrete functions that have the declared properties, and which these are, in words."""
    arities = {
        part.name: len(part.args) - 1
        for side in (comparison.left, comparison.right)
        for part in subforms(side)
        if part.head == "call"
    }
    for turn in range(TURNS):
        chosen: dict[str, tuple[tuple[str, ...], Form]] = {}
        for place, (name, arity) in enumerate(sorted(arities.items())):
            body = _body(comparison.context, name, turn + place)
            if body is None or arity == 0:
                return
            parameters = tuple(f"{name}_{i}" for i in range(arity))
            chosen[name] = (parameters, body(_mixed(tuple(var(p) for p in parameters))))
        left, right = (expand_calls(side, chosen) for side in (comparison.left, comparison.right))
        words = ", ".join(f"{name}({', '.join(ps)}) = {sympy_text(form)}" for name, (ps, form) in chosen.items())
        yield words, replace(comparison, left=left, right=right)


def _body(context: Context, name: str, turn: int) -> Body | None:
    function = context.function(name)
    wanted = (function.properties if function else frozenset()) - SMOOTH
    fitting = [body for body, properties in BODIES if wanted <= properties]
    return fitting[turn % len(fitting)] if fitting else None


def _mixed(arguments: tuple[Form, ...]) -> Form:
    """Several arguments as one: a + 2 b + a b."""
    first = arguments[0]
    for weight, other in enumerate(arguments[1:], start=2):
        first = add(first, mul(num(weight), other), mul(first, other))
    return first
