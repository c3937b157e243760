"""Where a form is defined: the obligations of its nodes, one row for each function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, add, fn, heads, num, power, sub, substitute
from derive.verify.differentiate import NotDifferentiable, carried_out
from derive.verify.signs import Signs

__all__ = ["Obligation", "Opaque", "obligations"]


class Opaque(Exception):
    """It is not known where a form is defined."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A statement that makes a node defined; `exact` when it is also necessary for that.

    All obligations of a form together are sufficient for it to be defined.
    """

    statement: Form
    exact: bool = True


def _nonzero(u: Form, exact: bool = True) -> Obligation:
    return Obligation(Form("ne", (u, ZERO)), exact)


def _positive(u: Form, exact: bool = True) -> Obligation:
    """0 < u; for |v| and even powers of real v that is v != 0."""
    if u.head == "Abs" or (u.head == "pow" and u.args[1].head == "num" and u.args[1].value in (2, 4, 6)):
        return _nonzero(u.args[0], exact)
    return Obligation(Form("lt", (ZERO, u)), exact)


def _nonnegative(u: Form, exact: bool = True) -> Obligation:
    return Obligation(Form("le", (ZERO, u)), exact)


def _square(u: Form) -> Form:
    return power(u, num(2))


Rule = Callable[[Form], Iterable[Obligation]]


def _no_pole(u: Form) -> Obligation:
    """u is no pole of gamma: 1/gamma is not 0 there."""
    return _nonzero(fn("rgamma", u))


# The conditions under which a function is defined over the real numbers, by the function's name.
REAL: dict[str, Rule] = {
    "log": lambda f: [_positive(f.args[0])],
    "asin": lambda f: [_nonnegative(sub(ONE, _square(f.args[0])))],
    "acos": lambda f: [_nonnegative(sub(ONE, _square(f.args[0])))],
    "atanh": lambda f: [_positive(sub(ONE, _square(f.args[0])))],
    "acosh": lambda f: [_nonnegative(sub(f.args[0], ONE))],
    "acoth": lambda f: [_positive(sub(_square(f.args[0]), ONE))],
    "asec": lambda f: [_nonnegative(sub(_square(f.args[0]), ONE))],
    "acsc": lambda f: [_nonnegative(sub(_square(f.args[0]), ONE))],
    "asech": lambda f: [_positive(f.args[0]), _nonnegative(sub(ONE, f.args[0]))],
    "loggamma": lambda f: [_positive(f.args[0], exact=False)],
    "LambertW": lambda f: [_nonnegative(add(f.args[0], fn("exp", MINUS_ONE)), exact=len(f.args) == 1)],
    "li": lambda f: [_positive(f.args[0], exact=False), _nonzero(sub(f.args[0], ONE))],
    "Ci": lambda f: [_positive(f.args[0], exact=False)],
    "Chi": lambda f: [_positive(f.args[0], exact=False)],
    "elliptic_k": lambda f: [_positive(sub(ONE, f.args[0]))],
    "elliptic_e": lambda f: [_nonnegative(sub(ONE, f.args[-1]), exact=False)],
    "bessely": lambda f: [_positive(f.args[1], exact=False)],
    "besselk": lambda f: [_positive(f.args[1], exact=False)],
}  # fmt: skip

# The same for principal branches.
PRINCIPAL: dict[str, Rule] = {
    "log": lambda f: [_nonzero(f.args[0])],
    "atan": lambda f: [_nonzero(add(ONE, _square(f.args[0])))],
    "atanh": lambda f: [_nonzero(sub(ONE, _square(f.args[0])))],
    "acoth": lambda f: [_nonzero(sub(ONE, _square(f.args[0]))), _nonzero(f.args[0])],
    "asec": lambda f: [_nonzero(f.args[0])],
    "acsc": lambda f: [_nonzero(f.args[0])],
    "asech": lambda f: [_nonzero(f.args[0])],
    "loggamma": lambda f: [_no_pole(f.args[0])],
    "li": lambda f: [_nonzero(f.args[0]), _nonzero(sub(f.args[0], ONE))],
    "Ci": lambda f: [_nonzero(f.args[0])],
    "Chi": lambda f: [_nonzero(f.args[0])],
    "elliptic_k": lambda f: [_nonzero(sub(f.args[0], ONE))],
    "bessely": lambda f: [_nonzero(f.args[1])],
    "besselk": lambda f: [_nonzero(f.args[1])],
}  # fmt: skip

# Those that are the same over the real and over the complex numbers.
BOTH: dict[str, Rule] = {
    "tan": lambda f: [_nonzero(fn("cos", f.args[0]))],
    "sec": lambda f: [_nonzero(fn("cos", f.args[0]))],
    "cot": lambda f: [_nonzero(fn("sin", f.args[0]))],
    "csc": lambda f: [_nonzero(fn("sin", f.args[0]))],
    "coth": lambda f: [_nonzero(fn("sinh", f.args[0]))],
    "csch": lambda f: [_nonzero(fn("sinh", f.args[0]))],
    "tanh": lambda f: [_nonzero(fn("cosh", f.args[0]))],
    "sech": lambda f: [_nonzero(fn("cosh", f.args[0]))],
    "acsch": lambda f: [_nonzero(f.args[0])],
    "gamma": lambda f: [_no_pole(f.args[0])],
    "factorial": lambda f: [_no_pole(add(f.args[0], ONE))],
    "factorial2": lambda f: [_nonnegative(add(f.args[0], ONE), exact=False)],
    "digamma": lambda f: [_no_pole(f.args[0])],
    "polygamma": lambda f: [_no_pole(f.args[1])],
    "harmonic": lambda f: [_no_pole(add(f.args[0], ONE))],
    "beta": lambda f: [_no_pole(f.args[0]), _no_pole(f.args[1])],
    "zeta": lambda f: [_nonzero(sub(f.args[0], ONE)), *(_positive(a, exact=False) for a in f.args[1:])],
    "Ei": lambda f: [_nonzero(f.args[0])],
    "arg": lambda f: [_nonzero(f.args[0])],
    "atan2": lambda f: [_nonzero(add(_square(f.args[0]), _square(f.args[1])))],
    "Mod": lambda f: [_nonzero(f.args[1])],
    "Heaviside": lambda f: [_nonzero(f.args[0], exact=False)],
}  # fmt: skip

TOTAL = frozenset(
    (
        *("num", "var", "const", "add", "mul", "call", "exp", "exp_polar", "sin", "cos", "sinh", "cosh", "sinc"),
        *("asin", "acos", "atan", "asinh", "acosh", "acot", "Abs", "sign", "re", "im", "conjugate", "Max", "Min"),
        *("floor", "ceiling", "frac", "erf", "erfc", "erfi", "Si", "Shi", "fresnels", "fresnelc", "rgamma"),
        *("airyai", "airybi", "airyaiprime", "airybiprime", "fibonacci", "lucas", "catalan", "bernoulli"),
        *("chebyshevt", "chebyshevu", "legendre", "hermite", "laguerre", "gegenbauer", "dirichlet_eta"),
        *("besselj", "besseli", "KroneckerDelta", "LambertW", "elliptic_e"),
    )
)
"""Functions without conditions of their own (in a sense in which they have no row above)."""

UNCONDITIONAL = TOTAL - REAL.keys() - PRINCIPAL.keys() - BOTH.keys()
"""Those that have none in either sense, so that what is made of them alone owes nothing."""


def obligations(form: Form, signs: Signs, *, real: bool) -> list[Obligation]:
    """What must hold for the form to be defined, innermost first; raises Opaque where that is not known."""
    return list(dict.fromkeys(_at_integers(o, signs) for o in _obligations(form, signs, real)))


def _at_integers(obligation: Obligation, signs: Signs) -> Obligation:
    """At integers u is no pole of gamma just where u > 0; conj u is one just where u is (poles are real)."""
    subject = obligation.statement.args[0]
    if subject.head == "rgamma" and subject.args[0].head == "conjugate":
        subject = fn("rgamma", subject.args[0].args[0])
        obligation = _nonzero(subject, obligation.exact)
    if subject.head == "rgamma" and signs.integer(subject.args[0]):
        return Obligation(Form("lt", (ZERO, subject.args[0])), obligation.exact)
    return obligation


def _obligations(form: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    head = form.head
    if heads(form) <= UNCONDITIONAL:
        return
    if head in ("diff", "subs", "cases", "sum", "prod", "int", "limit"):
        yield from _of_binder(form, signs, real)
        return
    if head == "pow" and form.args[1].head == "num" and form.args[1].value < 0 and form.args[1].value.denominator == 1:
        base = form.args[0]
        for factor in base.args if base.head == "mul" else (base,):
            yield from _of_reciprocal(factor, signs, real)
        return
    for part in form.args:
        if isinstance(part, Form):
            yield from _obligations(part, signs, real)
    if head == "pow":
        yield from _of_power(form, signs, real)
        return
    of_orders = _OF_ORDERS.get(head)
    if of_orders is not None:
        yield from of_orders(form, signs)
        return
    rule = (REAL if real else PRINCIPAL).get(head) or BOTH.get(head)
    if rule is not None:
        yield from rule(form)
    elif head not in TOTAL:
        raise Opaque(head)


def _of_reciprocal(base: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    """Of 1/base: it is not 0; the reciprocal of gamma is entire (DLMF 5.2)."""
    if base.head in ("gamma", "factorial"):
        yield from _obligations(base.args[0], signs, real)
        return
    yield from _obligations(base, signs, real)
    if base.head != "num":
        yield _nonzero(base)


def _of_power(form: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    base, exponent = form.args
    if base.head == "const" and base.name == "E":
        return
    if exponent.head == "num":
        q: Fraction = exponent.value
        if real and q.denominator > 1:  # odd roots of negative numbers: books differ
            yield _positive(base) if q < 0 else _nonnegative(base)
        elif q < 0:
            yield _nonzero(base)
        return
    if signs.integer(exponent):
        if not signs.nonnegative(exponent):
            yield _nonzero(base, exact=False)
        return
    yield _positive(base, exact=False) if real else _nonzero(base, exact=False)


def _of_binder(form: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    head = form.head
    if head == "diff":
        try:
            done = carried_out(form)
        except NotDifferentiable as error:
            raise Opaque(str(error)) from error
        yield from _obligations(form.args[0], signs, real)
        if done.head != "diff":
            yield from (Obligation(o.statement, False) for o in _obligations(done, signs, real))
        return
    if head == "subs":
        body, variable, at = form.args
        yield from _obligations(at, signs, real)
        if body.head != "diff":
            yield from _obligations(substitute(body, {variable.name: at}), signs, real)
        return
    if head == "cases":
        for part in form.parts:
            for piece in part.parts if part.head in ("lt", "le", "eq", "ne") else (part,):
                if piece.head != "const":
                    yield from (Obligation(o.statement, False) for o in _obligations(piece, signs, real))
        return
    raise Opaque(head)


def _binomial(form: Form, signs: Signs) -> Iterator[Obligation]:
    n, k = form.args
    if not (signs.integer(k) and signs.nonnegative(k)) and not signs.nonnegative(n):
        yield _nonnegative(n, exact=False)


def _polylogarithm(form: Form, signs: Signs) -> Iterator[Obligation]:
    """Li_s(z) for z < 1, or z != 1 on its principal branch; of orders s > 1 at 1 too."""
    order, z = form.args
    gap = sub(ONE, z)
    if not signs.less(ONE, order):
        yield _nonzero(gap, exact=False) if signs.principal else _positive(gap, exact=False)
    elif not signs.principal:
        yield _nonnegative(gap, exact=False)


def _rising(form: Form, signs: Signs) -> Iterator[Obligation]:
    _, k = form.args
    if not (signs.integer(k) and signs.nonnegative(k)):
        raise Opaque(form.head)
    return
    yield


_OF_ORDERS: dict[str, Callable[[Form, Signs], Iterator[Obligation]]] = {
    "binomial": _binomial, "polylog": _polylogarithm,
    "RisingFactorial": _rising, "FallingFactorial": _rising, "rf": _rising, "ff": _rising,
}  # fmt: skip
