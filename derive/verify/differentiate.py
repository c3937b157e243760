"""The derivative of a form: one line per function, valid wherever the function is differentiable."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    const,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    rebuild,
    sub,
    substitute,
    var,
)  # fmt: skip

__all__ = ["NotDifferentiable", "carried_out", "derivative", "without_derivatives"]

LARGEST_ORDER = 12


class NotDifferentiable(Exception):
    """No rule gives the derivative of this form."""


def _square(u: Form) -> Form:
    return power(u, TWO)


def _reciprocal(u: Form) -> Form:
    return power(u, MINUS_ONE)


def _root(u: Form) -> Form:
    """1/sqrt(u)."""
    return power(u, num(-1, 2))


def _gauss(u: Form, sign: int) -> Form:
    return mul(num(2), fn("exp", mul(num(sign), _square(u))), _root(PI))


# f'(u) where f is a function of one argument.
DERIVATIVES: dict[str, Callable[[Form], Form]] = {
    "exp": lambda u: fn("exp", u),
    "log": _reciprocal,
    "sin": lambda u: fn("cos", u),
    "cos": lambda u: neg(fn("sin", u)),
    "tan": lambda u: power(fn("cos", u), num(-2)),
    "cot": lambda u: neg(power(fn("sin", u), num(-2))),
    "sec": lambda u: quotient(fn("sin", u), _square(fn("cos", u))),
    "csc": lambda u: neg(quotient(fn("cos", u), _square(fn("sin", u)))),
    "sinh": lambda u: fn("cosh", u),
    "cosh": lambda u: fn("sinh", u),
    "tanh": lambda u: power(fn("cosh", u), num(-2)),
    "coth": lambda u: neg(power(fn("sinh", u), num(-2))),
    "sech": lambda u: neg(quotient(fn("sinh", u), _square(fn("cosh", u)))),
    "csch": lambda u: neg(quotient(fn("cosh", u), _square(fn("sinh", u)))),
    "asin": lambda u: _root(sub(ONE, _square(u))),
    "acos": lambda u: neg(_root(sub(ONE, _square(u)))),
    "atan": lambda u: _reciprocal(add(ONE, _square(u))),
    "acot": lambda u: neg(_reciprocal(add(ONE, _square(u)))),
    "asec": lambda u: mul(power(u, num(-2)), _root(sub(ONE, power(u, num(-2))))),
    "acsc": lambda u: neg(mul(power(u, num(-2)), _root(sub(ONE, power(u, num(-2)))))),
    "asinh": lambda u: _root(add(ONE, _square(u))),
    "acosh": lambda u: mul(_root(sub(u, ONE)), _root(add(u, ONE))),
    "atanh": lambda u: _reciprocal(sub(ONE, _square(u))),
    "acsch": lambda u: neg(mul(power(u, num(-2)), _root(add(ONE, power(u, num(-2)))))),
    "asech": lambda u: neg(
        mul(power(u, num(-2)), _root(sub(power(u, MINUS_ONE), ONE)), _root(add(power(u, MINUS_ONE), ONE)))
    ),
    "acoth": lambda u: _reciprocal(sub(ONE, _square(u))),
    "erf": lambda u: _gauss(u, -1),
    "erfc": lambda u: neg(_gauss(u, -1)),
    "erfi": lambda u: _gauss(u, 1),
    "gamma": lambda u: mul(fn("gamma", u), fn("digamma", u)),
    "factorial": lambda u: mul(fn("gamma", add(u, ONE)), fn("digamma", add(u, ONE))),
    "loggamma": lambda u: fn("digamma", u),
    "digamma": lambda u: fn("polygamma", ONE, u),
    "Si": lambda u: quotient(fn("sin", u), u),
    "Ci": lambda u: quotient(fn("cos", u), u),
    "Shi": lambda u: quotient(fn("sinh", u), u),
    "Chi": lambda u: quotient(fn("cosh", u), u),
    "Ei": lambda u: quotient(fn("exp", u), u),
    "li": lambda u: _reciprocal(fn("log", u)),
    "fresnels": lambda u: fn("sin", mul(HALF, PI, _square(u))),
    "fresnelc": lambda u: fn("cos", mul(HALF, PI, _square(u))),
    "LambertW": lambda u: quotient(fn("LambertW", u), mul(u, add(ONE, fn("LambertW", u)))),
    "airyai": lambda u: fn("airyaiprime", u),
    "airybi": lambda u: fn("airybiprime", u),
    "airyaiprime": lambda u: mul(u, fn("airyai", u)),
    "airybiprime": lambda u: mul(u, fn("airybi", u)),
    "Abs": lambda u: quotient(u, fn("Abs", u)),
    "elliptic_k": lambda m: quotient(
        sub(fn("elliptic_e", m), mul(sub(ONE, m), fn("elliptic_k", m))), mul(TWO, m, sub(ONE, m))
    ),
    "elliptic_e": lambda m: quotient(sub(fn("elliptic_e", m), fn("elliptic_k", m)), mul(TWO, m)),
}

# Derivative by the last argument of a function whose other arguments do not depend on the variable.
IN_LAST_ARGUMENT: dict[str, Callable[..., Form]] = {
    "polygamma": lambda m, z: fn("polygamma", add(m, ONE), z),
    "besselj": lambda n, z: mul(HALF, sub(fn("besselj", sub(n, ONE), z), fn("besselj", add(n, ONE), z))),
    "bessely": lambda n, z: mul(HALF, sub(fn("bessely", sub(n, ONE), z), fn("bessely", add(n, ONE), z))),
    "besseli": lambda n, z: mul(HALF, add(fn("besseli", sub(n, ONE), z), fn("besseli", add(n, ONE), z))),
    "besselk": lambda n, z: mul(num(-1, 2), add(fn("besselk", sub(n, ONE), z), fn("besselk", add(n, ONE), z))),
    "polylog": lambda s, z: quotient(neg(fn("log", sub(ONE, z))) if s == TWO else fn("polylog", sub(s, ONE), z), z),
    "chebyshevt": lambda n, x: mul(n, fn("chebyshevu", sub(n, ONE), x)),
    "chebyshevu": lambda n, x: quotient(
        sub(mul(add(n, ONE), fn("chebyshevt", add(n, ONE), x)), mul(x, fn("chebyshevu", n, x))),
        sub(_square(x), ONE),
    ),
    "legendre": lambda n, x: quotient(
        mul(add(n, ONE), sub(fn("legendre", add(n, ONE), x), mul(x, fn("legendre", n, x)))), sub(_square(x), ONE)
    ),
    "hermite": lambda n, x: sub(mul(TWO, x, fn("hermite", n, x)), fn("hermite", add(n, ONE), x)),
    "laguerre": lambda n, x: quotient(
        sub(mul(add(n, ONE), fn("laguerre", add(n, ONE), x)), mul(sub(add(n, ONE), x), fn("laguerre", n, x))), x
    ),
    "zeta": lambda *arguments: _hurwitz(*arguments),
    "uppergamma": lambda s, z: neg(mul(power(z, sub(s, ONE)), fn("exp", neg(z)))),
    "lowergamma": lambda s, z: mul(power(z, sub(s, ONE)), fn("exp", neg(z))),
}  # fmt: skip


def _hurwitz(s: Form, *a: Form) -> Form:
    """zeta(s, a) by a; zeta(s) by s has no name of its own."""
    if not a:
        raise NotDifferentiable("zeta")
    return neg(mul(s, fn("zeta", add(s, ONE), *a)))


def derivative(form: Form, name: str) -> Form:
    """The derivative by the variable, where the form is differentiable; NotDifferentiable without a rule."""
    if name not in free_variables(form):
        return ZERO
    head = form.head
    if head == "var":
        return ONE
    if head == "add":
        return add(*(derivative(term, name) for term in form.args))
    if head == "mul":
        return _product_rule(form.args, name)
    if head == "pow":
        return _power_rule(form, name)
    if head == "call":
        return _unknown_function(form, name)
    if head == "log" and len(form.args) == 2:
        return derivative(quotient(fn("log", form.args[0]), fn("log", form.args[1])), name)
    if head in DERIVATIVES and len(form.args) == 1:
        inner = form.args[0]
        return mul(DERIVATIVES[head](inner), derivative(inner, name))
    if head in IN_LAST_ARGUMENT:
        *parameters, inner = form.args
        if any(name in free_variables(p) for p in parameters):
            raise NotDifferentiable(f"{head} by its parameter")
        return mul(IN_LAST_ARGUMENT[head](*parameters, inner), derivative(inner, name))
    rule = _OTHER.get(head)
    if rule is None:
        raise NotDifferentiable(head)
    return rule(form, name)


def _product_rule(factors: tuple[Form, ...], name: str) -> Form:
    terms = []
    for i, factor in enumerate(factors):
        if name in free_variables(factor):
            terms.append(mul(*factors[:i], derivative(factor, name), *factors[i + 1 :]))
    return add(*terms)


def _power_rule(form: Form, name: str) -> Form:
    base, exponent = form.args
    if name not in free_variables(exponent):
        return mul(exponent, power(base, sub(exponent, ONE)), derivative(base, name))
    growth = mul(derivative(exponent, name), fn("log", base))
    if name in free_variables(base):
        growth = add(growth, mul(exponent, derivative(base, name), _reciprocal(base)))
    return mul(form, growth)


def _unknown_function(form: Form, name: str) -> Form:
    """The chain rule for an undefined function; its partial derivatives are `subs` of `diff` forms."""
    function, *arguments = form.args
    terms = []
    for i, argument in enumerate(arguments):
        if name in free_variables(argument):
            terms.append(mul(partial_derivative(function, tuple(arguments), i), derivative(argument, name)))
    return add(*terms)


def partial_derivative(function: str, arguments: tuple[Form, ...], place: int) -> Form:
    """The derivative of an undefined function by one of its places, at the arguments."""
    at = arguments[place]
    others = [a for i, a in enumerate(arguments) if i != place]
    if at.head == "var" and all(at.name not in free_variables(a) for a in others):
        return Form("diff", (Form("call", (function, *arguments)), at, ONE))
    slot = "t"
    while any(slot in free_variables(a) for a in arguments):
        slot += "_"
    opened = Form("call", (function, *arguments[:place], var(slot), *arguments[place + 1 :]))
    return Form("subs", (Form("diff", (opened, var(slot), ONE)), var(slot), at))


def _extreme(form: Form, name: str) -> Form:
    if len(form.args) != 2:
        raise NotDifferentiable("Max of many")
    a, b = form.args
    spread = fn("Abs", sub(a, b))
    return derivative(mul(HALF, add(a, b, spread if form.head == "Max" else neg(spread))), name)


def _atan2(form: Form, name: str) -> Form:
    y, x = form.args
    turning = sub(mul(x, derivative(y, name)), mul(y, derivative(x, name)))
    return quotient(turning, add(_square(x), _square(y)))


def _at_corner(u: Form) -> Form:
    """0/u: the derivative of a function of u that is constant except for a jump at u = 0."""
    return mul(ZERO, _reciprocal(u))


def _jump_at_zero(form: Form, name: str) -> Form:
    return _at_corner(form.args[0])


def _jumps_at_integers(form: Form, name: str) -> Form:
    return _at_corner(fn("sin", mul(PI, form.args[0])))


def _cases(form: Form, name: str) -> Form:
    """Case by case; undefined where two sides of an inequality that divides the cases are equal."""
    corners: list[Form] = []
    for condition in form.args[1::2]:
        if condition.head in ("lt", "le"):
            corners.append(_at_corner(sub(*condition.args)))
        elif condition != const("True"):
            raise NotDifferentiable("cases by equations")
    args = tuple(derivative(a, name) if i % 2 == 0 else a for i, a in enumerate(form.args))
    return add(Form("cases", args), *corners)


def _under_sum(form: Form, name: str) -> Form:
    body, bound, lower, upper = form.args
    if any(name in free_variables(limit) for limit in (lower, upper)):
        raise NotDifferentiable("a sum by its limits")
    if any(part == Form("const", ("oo",)) for part in (lower, upper)):
        raise NotDifferentiable("an infinite sum")
    return Form("sum", (derivative(body, name), bound, lower, upper))


def _integral(form: Form, name: str) -> Form:
    """The fundamental theorem, where only the limits (or the antiderivative's variable) depend on the name."""
    if len(form.args) == 2:
        body, variable = form.args
        if variable.name == name:
            return body  # type: ignore[no-any-return]
        raise NotDifferentiable("an antiderivative by a parameter")
    body, bound, lower, upper = form.args
    if name in free_variables(body) and bound.name != name:
        raise NotDifferentiable("an integral by a parameter")
    at_upper = mul(substitute(body, {bound.name: upper}), derivative(upper, name))
    at_lower = mul(substitute(body, {bound.name: lower}), derivative(lower, name))
    return sub(at_upper, at_lower)


def _nested(form: Form, name: str) -> Form:
    """The derivative of a derivative: carried out first, or one order more of an undefined function."""
    done = carried_out(form)
    if done != form:
        return derivative(done, name)
    body, variable, order = form.args
    if variable.name == name and order.head == "num":
        return Form("diff", (body, variable, add(order, ONE)))
    return Form("diff", (form, var(name), ONE))


def _substituted(form: Form, name: str) -> Form:
    """(d/dt g)(u) by x is (d/dt d/dt g)(u) u' plus the derivative by x inside."""
    body, slot, at = form.args
    outer = mul(Form("subs", (derivative(body, slot.name), slot, at)), derivative(at, name))
    inner = derivative(body, name) if slot.name != name else ZERO
    return outer if inner == ZERO else add(outer, Form("subs", (inner, slot, at)))


_OTHER: dict[str, Callable[[Form, str], Form]] = {
    "Max": _extreme, "Min": _extreme, "atan2": _atan2, "sign": _jump_at_zero, "floor": _jumps_at_integers,
    "ceiling": _jumps_at_integers, "Heaviside": _jump_at_zero, "cases": _cases, "sum": _under_sum,
    "int": _integral, "diff": _nested, "subs": _substituted,
}  # fmt: skip


@lru_cache(maxsize=512)
def carried_out(form: Form) -> Form:
    """A `diff` form with the differentiation done; itself when its body is an undefined function."""
    body, variable, order = form.args
    if order.head != "num" or order.value.denominator != 1 or not 0 <= order.value <= LARGEST_ORDER:
        raise NotDifferentiable(f"order {order}")
    body = without_derivatives(body)
    if body.head in ("call", "diff") and _is_bare(body, variable.name):
        return Form("diff", (body, variable, order))
    for _ in range(int(order.value)):
        body = derivative(body, variable.name)
    return body


def _is_bare(body: Form, name: str) -> bool:
    """An undefined function of the variable itself (in one place), or a derivative of one."""
    while body.head == "diff":
        body = body.args[0]
    if body.head != "call":
        return False
    places = [a for a in body.args[1:] if name in free_variables(a)]
    return len(places) == 1 and places[0] == var(name)


def without_derivatives(form: Form) -> Form:
    """Every `diff` inside carried out, innermost first; derivatives of undefined functions stay."""
    if not any(isinstance(a, Form) for a in form.args):
        return form
    if form.head == "diff":
        return carried_out(form)
    if form.head in ("int", "sum", "prod", "limit", "subs"):
        body, *rest = form.args
        return Form(form.head, (without_derivatives(body), *rest))
    return rebuild(form.head, (without_derivatives(a) if isinstance(a, Form) else a for a in form.args))
