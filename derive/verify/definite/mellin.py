"""Integrals of x**(s-1) log(x)**n K(q x**r) from 0 to oo by the Mellin transforms of the classical kernels K."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from derive.meaning.form import (
    HALF,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
    subforms,
    substitute,
    var,
)
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import Undefined
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.factors import exponent_of, monomial_of, split
from derive.verify.definite.value import Value
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.normal import Unsupported, normal_form
from derive.verify.signs import Signs

__all__ = ["mellin_value"]

MOST_LOGARITHMS = 4
MOST_SCALES = 6


@dataclass(frozen=True, slots=True)
class Kernel:
    """K(u), its Mellin transform M(s) on low < Re s < high (None: no bound), with the source of the formula.

    `parameter` is an exponent b in K that may be any real number.  `removable` are values of s in the strip at which
    the formula is not defined, with the transform there.
    """

    body: Callable[[Form, Form], Form]
    transform: Callable[[Form, Form], Form]
    low: Callable[[Form], Form]
    high: Callable[[Form], Form] | None
    heads: frozenset[str]
    parameter: bool = False
    removable: tuple[tuple[Form, Form], ...] = ()


def _gamma(s: Form) -> Form:
    return fn("gamma", s)


def _exp(u: Form) -> Form:
    return fn("exp", u)


def _at(number: int) -> Callable[[Form], Form]:
    return lambda b: num(number)


def _half_shift(s: Form) -> Form:
    """4**-s (zeta(s, 1/4) - zeta(s, 3/4)), the sum of (-1)**k (2 k + 1)**-s."""
    quarters = sub(fn("zeta", s, num(1, 4)), fn("zeta", s, num(3, 4)))
    return mul(power(num(4), neg(s)), quarters)


EXPONENTIAL = frozenset({"exp", "cosh", "sinh", "tanh", "coth", "sech", "csch"})
RATIONAL = frozenset[str]()

KERNELS: tuple[Kernel, ...] = (
    # Euler; DLMF 25.5.1, 25.5.3, 25.5.2, 25.5.4.
    Kernel(lambda u, b: _exp(neg(u)), lambda s, b: _gamma(s), _at(0), None, EXPONENTIAL),
    Kernel(
        lambda u, b: quotient(ONE, sub(_exp(u), ONE)), lambda s, b: mul(_gamma(s), fn("zeta", s)), _at(1), None,
        EXPONENTIAL,
    ),
    Kernel(
        lambda u, b: quotient(ONE, add(_exp(u), ONE)), lambda s, b: mul(_gamma(s), fn("dirichlet_eta", s)), _at(0),
        None, EXPONENTIAL,
    ),
    Kernel(
        lambda u, b: quotient(_exp(u), power(sub(_exp(u), ONE), TWO)),
        lambda s, b: mul(_gamma(s), fn("zeta", sub(s, ONE))), _at(2), None, EXPONENTIAL,
    ),
    Kernel(
        lambda u, b: quotient(_exp(u), power(add(_exp(u), ONE), TWO)),
        lambda s, b: mul(_gamma(s), fn("dirichlet_eta", sub(s, ONE))), _at(0), None, EXPONENTIAL,
    ),
    # 1/cosh u = 2 sum (-1)**k exp(-(2k+1) u), 1/sinh u = 2 sum exp(-(2k+1) u), integrated term by term.
    Kernel(
        lambda u, b: quotient(TWO, add(_exp(u), _exp(neg(u)))),
        lambda s, b: mul(TWO, _gamma(s), _half_shift(s)), _at(0), None, EXPONENTIAL,
        removable=((ONE, mul(HALF, PI)),),
    ),
    Kernel(
        lambda u, b: quotient(TWO, sub(_exp(u), _exp(neg(u)))),
        lambda s, b: mul(TWO, sub(ONE, power(TWO, neg(s))), _gamma(s), fn("zeta", s)), _at(1), None, EXPONENTIAL,
    ),
    # DLMF 5.9.6, 5.9.7.
    Kernel(
        lambda u, b: fn("sin", u), lambda s, b: mul(_gamma(s), fn("sin", mul(HALF, PI, s))), _at(-1), _at(1),
        frozenset({"sin"}), removable=((ZERO, mul(HALF, PI)),),
    ),
    Kernel(
        lambda u, b: fn("cos", u), lambda s, b: mul(_gamma(s), fn("cos", mul(HALF, PI, s))), _at(0), _at(1),
        frozenset({"cos"}),
    ),
    # DLMF 5.12.3, 5.12.4.
    Kernel(
        lambda u, b: power(add(ONE, u), neg(b)),
        lambda s, b: quotient(mul(_gamma(s), _gamma(sub(b, s))), _gamma(b)), _at(0), lambda b: b, RATIONAL,
        parameter=True,
    ),
    Kernel(
        lambda u, b: fn("log", add(ONE, u)), lambda s, b: quotient(PI, mul(s, fn("sin", mul(PI, s)))), _at(-1), _at(0),
        frozenset({"log"}),
    ),
    Kernel(
        lambda u, b: fn("atan", u), lambda s, b: quotient(neg(PI), mul(TWO, s, fn("cos", mul(HALF, PI, s)))),
        _at(-1), _at(0), frozenset({"atan"}),
    ),
    # DLMF 7.7.
    Kernel(
        lambda u, b: fn("erfc", u),
        lambda s, b: quotient(_gamma(mul(HALF, add(s, ONE))), mul(power(PI, HALF), s)), _at(0), None,
        frozenset({"erf", "erfc"}),
    ),
    # DLMF 10.22.43, 10.43.19 for order 0.
    Kernel(
        lambda u, b: fn("besselj", ZERO, u),
        lambda s, b: quotient(mul(power(TWO, sub(s, ONE)), _gamma(mul(HALF, s))), _gamma(sub(ONE, mul(HALF, s)))),
        _at(0), lambda b: num(3, 2), frozenset({"besselj"}),
    ),
    Kernel(
        lambda u, b: fn("besselk", ZERO, u),
        lambda s, b: mul(power(TWO, sub(s, TWO)), power(_gamma(mul(HALF, s)), TWO)), _at(0), None,
        frozenset({"besselk"}),
    ),
)  # fmt: skip


def mellin_value(body: Form, name: str, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """The integral of the body from 0 to oo, where it is one of these; with the conditions of convergence.

    The n-th derivative of M by s puts log(x)**n under the integral, inside the strip.
    """
    scale, moving = split(body, name)
    p, logarithms, rest = ZERO, 0, []
    for factor in moving:
        exponent, times = exponent_of(factor, var(name)), exponent_of(factor, fn("log", var(name)))
        if exponent is not None:
            p = add(p, exponent)
        elif times is not None and times.head == "num" and 0 < times.value <= MOST_LOGARITHMS:
            if times.value.denominator != 1:
                return None
            logarithms += int(times.value)
        else:
            rest.append(factor)
    if not rest or logarithms > MOST_LOGARITHMS:
        return None
    inner = mul(ONE, *rest)
    heads = {part.head for part in subforms(inner)}
    inside = context.with_variable(Variable(name, "real", Bound(ZERO, True), None))
    for kernel in KERNELS:
        if kernel.heads and not kernel.heads & heads:
            continue
        for w, b in _arguments(inner, name, kernel):
            deadline.check()
            found = _matched(inner, name, kernel, w, b, inside, deadline)
            if found is not None:
                value = _transformed(kernel, w, b, name, p, logarithms, context)
                if value is not None:
                    return Value(mul(scale, found, value.form), value.conditions, "a Mellin transform")
    return None


def _arguments(inner: Form, name: str, kernel: Kernel) -> Iterator[tuple[Form, Form]]:
    """Monomials q x**r to which the kernel may be applied, and its exponent b."""
    seen: list[Form] = []
    for part in subforms(inner):
        if part.head == "pow" and part.args[0].head == "add" and name in free_variables(part.args[0]):
            found = _one_plus(part.args[0], name)
            if kernel.parameter and found is not None and name not in free_variables(part.args[1]):
                yield found, neg(part.args[1])
        if not kernel.heads or part.head not in kernel.heads:
            continue
        arguments = part.args[-1].args if kernel.heads == {"log"} and part.args[-1].head == "add" else part.args[-1:]
        for argument in arguments:
            argument = _as_monomial(argument, name)
            moved = neg(argument) if argument.head == "mul" and _negative(argument) else argument
            for w in (moved, mul(HALF, moved), mul(TWO, moved)):
                if name in free_variables(w) and w not in seen and len(seen) < MOST_SCALES:
                    seen.append(w)
                    yield w, ONE


def _as_monomial(form: Form, name: str) -> Form:
    """A sum q1 x**r + q2 x**r as (q1 + q2) x**r, for r = 1 and 2."""
    if form.head != "add":
        return form
    sides = [neg(term) for term in form.args] if all(_negative(t) for t in form.args) else list(form.args)
    for r in (1, 2):
        slopes = [quotient(term, power(var(name), num(r))) for term in sides]
        views = [Signs(Context()).view(slope) for slope in slopes]
        shown = [v.atoms.form_of(v.quotients[0]) for v in views if v is not None]
        if len(shown) == len(sides) and not any(name in free_variables(part) for part in shown):
            return mul(add(*shown), power(var(name), num(r)))
    return form


def _negative(form: Form) -> bool:
    return any(f.head == "num" and f.value < 0 for f in (form.args if form.head == "mul" else (form,)))


def _one_plus(base: Form, name: str) -> Form | None:
    """u for a base c (1 + u)."""
    still = [t for t in base.args if name not in free_variables(t)]
    moving = [t for t in base.args if name in free_variables(t)]
    return quotient(moving[0], add(ZERO, *still)) if len(moving) == 1 and still else None


def _matched(
    inner: Form, name: str, kernel: Kernel, w: Form, b: Form, inside: Context, deadline: Deadline
) -> Form | None:
    """c with inner = c K(w), c free of the variable; nowhere 0 over 0, since K has no zero on an interval."""
    ratio = quotient(inner, kernel.body(w, b))
    try:
        field, found = normal_form(ratio, Signs(inside, deadline), real=False, deadline=deadline)
        form = field.form_of(found)
    except (Unsupported, Undefined):
        return None
    return None if name in free_variables(form) else form


def _transformed(
    kernel: Kernel, w: Form, b: Form, name: str, p: Form, logarithms: int, context: Context
) -> Value | None:
    """The integral of x**p log(x)**n K(q x**r): with s = (p + 1)/r, derivatives of q**-s M(s)/r by p."""
    monomial = monomial_of(w, name)
    if monomial is None:
        return None
    q, r = monomial
    signs = Signs(context)
    if not all(signs.real(part) for part in (q, r, b)) or not signs.positive(r):
        return None
    unknown = "p"
    while any(unknown in free_variables(part) for part in (p, q, r, b)):
        unknown += "_"
    s = quotient(add(var(unknown), ONE), r)
    form = quotient(mul(power(q, neg(s)), kernel.transform(s, b)), r)
    try:
        for _ in range(logarithms):
            form = derivative(form, unknown)
    except NotDifferentiable:
        return None
    at = quotient(add(p, ONE), r)
    real_part = at if signs.real(at) else fn("re", at)
    pairs = [(kernel.low(b), real_part), (ZERO, q)]
    if kernel.high is not None:
        pairs.append((real_part, kernel.high(b)))
    conditions = owed(signs, *pairs)
    if conditions is None:
        return None
    for point, at_point in kernel.removable:
        if signs.vanishes(sub(at, point)):
            plain = quotient(mul(power(q, neg(point)), at_point), r)
            return None if logarithms else Value(plain, conditions)
        if not signs.nonzero(sub(at, point)):
            conditions = (*conditions, Form("ne", (at, point)))
    return Value(substitute(form, {unknown: p}), conditions)


def owed(signs: Signs, *pairs: tuple[Form, Form]) -> tuple[Form, ...] | None:
    """Statements a < b that the context does not decide; None where one of them is false."""
    conditions = []
    for a, b in pairs:
        if signs.less(a, b):
            continue
        if signs.at_most(b, a):
            return None
        conditions.append(Form("lt", (a, b)))
    return tuple(conditions)
