"""From forms to elements: one row for each head, and the comparison of two forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from derive.meaning.form import ONE as FORM_ONE
from derive.meaning.form import Form, add, mul, sub, substitute
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, carried_out
from derive.verify.normal import gammas, roots, special, zetas
from derive.verify.normal.exponentials import exponential, imaginary, logarithm, pi, power_of, split
from derive.verify.normal.field import ONE, Element, Field, Oracle, Refined, TooLarge, Unsupported, exact
from derive.verify.normal.orthogonal import orthogonal
from derive.verify.normal.trigonometry import (
    arc_cosine,
    arc_sine,
    arc_tangent,
    cosine_and_sine,
    hyperbolic,
    inverse_hyperbolic,
)

__all__ = ["Equality", "equal", "normal_form", "normal_forms"]

MOST_REFINEMENTS = 16
LONGEST_SUM = 80


class Equality(NamedTuple):
    """What the comparison of two forms says.

    `holds`: equal wherever both are defined and none of the `introduced` forms is 0.
    """

    holds: bool
    introduced: tuple[Form, ...]
    field: Field
    difference: Element


def normal_forms(
    forms: Sequence[Form],
    oracle: Oracle,
    *,
    real: bool,
    deadline: Deadline = NEVER,
    parts: dict[Any, int] | None = None,
) -> tuple[Field, list[Element]]:
    """The forms as elements of one field.

    Raises Unsupported (TooLarge), Undefined where a form is nowhere defined, OutOfTime.
    """
    cuts: dict[Any, int] = {} if parts is None else parts
    for _ in range(MOST_REFINEMENTS):
        field = Field(oracle, real=real, parts=cuts, deadline=deadline)
        try:
            return field, [element(field, form) for form in forms]
        except Refined:
            continue
        except ZeroDivisionError as error:
            raise Unsupported("division by 0 in flint") from error
    raise TooLarge("refinements")


def normal_form(form: Form, oracle: Oracle, *, real: bool, deadline: Deadline = NEVER) -> tuple[Field, Element]:
    """One form as an element."""
    field, (found,) = normal_forms([form], oracle, real=real, deadline=deadline)
    return field, found


def equal(left: Form, right: Form, oracle: Oracle, *, real: bool, deadline: Deadline = NEVER) -> Equality:
    """Whether the difference of the forms is 0 modulo true relations."""
    field, found = normal_form(sub(left, right), oracle, real=real, deadline=deadline)
    return Equality(bool(found.num.is_zero()), tuple(field.introduced), field, found)


def element(field: Field, form: Form) -> Element:
    """The form as an element of the field."""
    if form.head == "num":
        return exact(form.value)
    known = field.known.get(form)
    if known is None:
        known = field.known[form] = _converted(field, form)
    return known


def _converted(field: Field, form: Form) -> Element:
    head = form.head
    if head == "add":
        total, *terms = [element(field, term) for term in form.args]
        for term in terms:
            total = field.add(total, term)
        return total
    if head == "mul":
        product, *factors = [element(field, factor) for factor in form.args]
        for factor in factors:
            product = field.mul(product, factor)
        return product
    rule = _RULES.get(head)
    if rule is not None:
        return rule(field, form)
    function = _FUNCTIONS.get(head)
    if function is not None:
        return function(field, *[element(field, a) for a in form.args])
    if head in _OPAQUE or not all(isinstance(a, Form) for a in form.args):
        raise Unsupported(head)
    return special.kernel(field, head, *(element(field, a) for a in form.args))


# --- rules by form ---


def _variable(field: Field, form: Form) -> Element:
    return field.element(field.variable(form))


def _constant(field: Field, form: Form) -> Element:
    match form.name:
        case "pi":
            return pi(field)
        case "E":
            return exponential(field, ONE)
        case "I":
            return imaginary(field)
        case "EulerGamma":
            return gammas.euler_gamma(field)
        case "Catalan":
            return gammas.catalan(field)
        case "GoldenRatio":
            return special.golden_ratio(field)
    raise Unsupported(form.name)


def _power(field: Field, form: Form) -> Element:
    base, exponent = form.args
    if base.head == "const" and base.name == "E":
        return exponential(field, element(field, exponent))
    b = element(field, base)
    q = exponent.value if exponent.head == "num" else field.number(element(field, exponent))
    if q is not None:
        return field.power(roots.root(field, b, q.denominator), q.numerator)
    return power_of(field, b, element(field, exponent))


def _derivative(field: Field, form: Form) -> Element:
    try:
        done = carried_out(form)
    except NotDifferentiable as error:
        raise Unsupported(str(error)) from error
    if done.head == "diff":
        return _of_unknown(field, done, {})
    return element(field, done)


def _substitution(field: Field, form: Form) -> Element:
    """A body at a value; derivatives of unknown functions there are generators."""
    body, variable, value = form.args
    if body.head == "diff":
        try:
            body = carried_out(body)
        except NotDifferentiable as error:
            raise Unsupported(str(error)) from error
    if body.head == "diff":
        return _of_unknown(field, body, {variable.name: value})
    return element(field, substitute(body, {variable.name: value}))


def _call(field: Field, form: Form) -> Element:
    name, *arguments = form.args
    found = [element(field, a) for a in arguments]
    closed = Form("call", (name, *(field.form_of(a) for a in found)))
    key = ("call", name, (0,) * len(found), *(field.key(a) for a in found))
    return field.element(field.generator(key, "call", closed, real=False))


def _of_unknown(field: Field, form: Form, values: dict[str, Form]) -> Element:
    """A partial derivative of an undefined function, by the orders in its places, at its arguments."""
    orders: dict[str, int] = {}
    body = form
    while body.head == "diff":
        body, variable, order = body.args
        if order.head != "num" or order.value.denominator != 1:
            raise Unsupported("order of a derivative")
        orders[variable.name] = orders.get(variable.name, 0) + int(order.value)
    name, *arguments = body.args
    places = tuple(orders.pop(a.name, 0) if a.head == "var" else 0 for a in arguments)
    if orders:
        raise Unsupported("derivative of an unknown function")
    found = [element(field, substitute(a, values)) for a in arguments]
    shown = Form("subs", (form, Form("var", (next(iter(values)),)), next(iter(values.values())))) if values else form
    key = ("call", name, places, *(field.key(a) for a in found))
    return field.element(field.generator(key, "call", shown, real=False))


def _sum(field: Field, form: Form) -> Element:
    """A sum or product between known integers, term by term."""
    body, variable, lower, upper = form.args
    if lower.head != "num" or upper.head != "num" or lower.value.denominator * upper.value.denominator != 1:
        raise Unsupported("limits of a sum")
    first, last = int(lower.value), int(upper.value)
    if not -1 <= last - first <= LONGEST_SUM:
        raise Unsupported("length of a sum")
    terms = [substitute(body, {variable.name: Form("num", (Fraction(k),))}) for k in range(first, last + 1)]
    if form.head == "sum":
        return element(field, add(*terms))
    return element(field, mul(FORM_ONE, *terms))


_RULES: dict[str, Callable[[Field, Form], Element]] = {
    "var": _variable, "const": _constant, "pow": _power, "diff": _derivative, "subs": _substitution, "call": _call,
    "sum": _sum, "prod": _sum,
}  # fmt: skip

_OPAQUE = frozenset(
    (
        *("int", "limit", "cases", "matrix", "row", "index", "interval", "tuple", "det", "trace", "transpose", "norm"),
        *("eq", "ne", "lt", "le", "and", "or", "not", "implies", "iff", "in"),
    )
)


# --- rules by function ---


def _cos(field: Field, u: Element) -> Element:
    return cosine_and_sine(field, u)[0]


def _sin(field: Field, u: Element) -> Element:
    return cosine_and_sine(field, u)[1]


def _quotient(
    first: Callable[[Field, Element], Any], top: int | None, bottom: int
) -> Callable[[Field, Element], Element]:
    """A ratio of the pair (cos, sin) or (cosh, sinh); None for 1."""

    def ratio(field: Field, u: Element) -> Element:
        pair = first(field, u)
        return field.divide(ONE if top is None else pair[top], pair[bottom])

    return ratio


def _member(first: Callable[[Field, Element], Any], place: int) -> Callable[[Field, Element], Element]:
    def member(field: Field, u: Element) -> Element:
        found: Element = first(field, u)[place]
        return found

    return member


def _inverse(name: str) -> Callable[[Field, Element], Element]:
    return lambda field, u: inverse_hyperbolic(field, name, u)


def _of_reciprocal(function: Callable[[Field, Element], Element]) -> Callable[[Field, Element], Element]:
    return lambda field, u: function(field, field.inverse(u))


def _extreme(side: int) -> Callable[..., Element]:
    def extreme(field: Field, *arguments: Element) -> Element:
        found = arguments[0]
        for other in arguments[1:]:
            spread = roots.absolute(field, field.sub(found, other))
            total = field.add(found, other)
            found = field.scaled(Fraction(1, 2), field.add(total, field.scaled(side, spread)))
        return found

    return extreme


def _atan2(field: Field, y: Element, x: Element) -> Element:
    if field.sign_of(x) <= 0:
        raise Unsupported("atan2 off the right half-plane")
    return arc_tangent(field, field.divide(y, x))


def _acot(field: Field, u: Element) -> Element:
    if field.sign_of(u) <= 0:
        return special.kernel(field, "acot", u)
    return arc_tangent(field, field.inverse(u))


def _loggamma(field: Field, u: Element) -> Element:
    if field.sign_of(u) <= 0:
        return special.kernel(field, "loggamma", u)
    return logarithm(field, gammas.gamma(field, u))


def _floor(field: Field, u: Element) -> Element:
    """Integers taken out; floor(n v) = floor(v) + ... + floor(v + (n-1)/n) (Hermite) for n = 2, 3, 4."""
    if not field.is_real(u):
        raise Unsupported("floor of a complex number")
    if field.is_integer(u):
        return u
    known = field.number(u)
    if known is not None:
        return exact(floor(known))
    whole, k = gammas.without_integer(field, u)
    integral = [field.scaled(c, m) for c, m in split(field, whole) if c.denominator == 1 and field.is_integer(m)]
    if integral and whole.den.is_one():
        for part in integral:
            whole = field.sub(whole, part)
        total = _floor(field, whole)
        for part in (*integral, exact(k)):
            total = field.add(total, part)
        return total
    n = gammas.content(field, whole)
    if n == 1:
        return field.add(special.kernel(field, "floor", whole), exact(k))
    part, total = field.scaled(Fraction(1, n), whole), exact(k)
    for j in range(n):
        total = field.add(total, _floor(field, field.add(part, exact(Fraction(j, n)))))
    return total


def _lambert(field: Field, u: Element, *branch: Element) -> Element:
    return special.kernel(field, "LambertW", u, *branch) if branch else special.lambert(field, u)


def _odd(name: str) -> Callable[[Field, Element], Element]:
    return lambda field, u: special.odd_kernel(field, name, u)


def _bessel(name: str) -> Callable[..., Element]:
    return lambda field, order, z: special.bessel(field, name, order, z)


def _airy(name: str) -> Callable[[Field, Element], Element]:
    return lambda field, z: special.airy(field, name, z)


def _orthogonal(name: str) -> Callable[..., Element]:
    return lambda field, n, x: orthogonal(field, name, n, x)


_FUNCTIONS: dict[str, Callable[..., Element]] = {
    "exp": exponential, "exp_polar": exponential, "log": logarithm,
    "cos": _cos, "sin": _sin,
    "tan": _quotient(cosine_and_sine, 1, 0), "cot": _quotient(cosine_and_sine, 0, 1),
    "sec": _quotient(cosine_and_sine, None, 0), "csc": _quotient(cosine_and_sine, None, 1),
    "cosh": _member(hyperbolic, 0), "sinh": _member(hyperbolic, 1),
    "tanh": _quotient(hyperbolic, 1, 0), "coth": _quotient(hyperbolic, 0, 1),
    "sech": _quotient(hyperbolic, None, 0), "csch": _quotient(hyperbolic, None, 1),
    "asin": arc_sine, "acos": arc_cosine, "atan": arc_tangent, "acot": _acot, "atan2": _atan2,
    "asec": _of_reciprocal(arc_cosine), "acsc": _of_reciprocal(arc_sine),
    "asinh": _inverse("asinh"), "acosh": _inverse("acosh"), "atanh": _inverse("atanh"),
    "acsch": _of_reciprocal(_inverse("asinh")), "asech": _of_reciprocal(_inverse("acosh")),
    "acoth": _of_reciprocal(_inverse("atanh")),
    "Abs": roots.absolute, "sign": roots.sign, "conjugate": roots.conjugate,
    "re": lambda field, u: roots.real_and_imaginary(field, u)[0],
    "im": lambda field, u: roots.real_and_imaginary(field, u)[1],
    "Max": _extreme(1), "Min": _extreme(-1),
    "floor": _floor, "ceiling": lambda field, u: field.neg(_floor(field, field.neg(u))),
    "gamma": gammas.gamma, "factorial": lambda field, u: gammas.gamma(field, field.add(u, ONE)), "loggamma": _loggamma,
    "rgamma": gammas.reciprocal_gamma, "binomial": gammas.binomial, "beta": gammas.beta,
    "RisingFactorial": gammas.rising, "rf": gammas.rising, "FallingFactorial": gammas.falling, "ff": gammas.falling,
    "digamma": lambda field, u: gammas.polygamma(field, 0, u), "polygamma": zetas.polygamma,
    "harmonic": lambda field, u: field.add(gammas.polygamma(field, 0, field.add(u, ONE)), gammas.euler_gamma(field)),
    "zeta": zetas.zeta, "polylog": zetas.polylog, "dirichlet_eta": zetas.eta, "bernoulli": zetas.bernoulli,
    "elliptic_k": lambda field, m: special.elliptic(field, "elliptic_k", m),
    "elliptic_e": lambda field, *m: special.elliptic(field, "elliptic_e", *m), "arg": roots.argument,
    "erf": _odd("erf"), "erfi": _odd("erfi"), "Si": _odd("Si"), "Shi": _odd("Shi"),
    "fresnels": _odd("fresnels"), "fresnelc": _odd("fresnelc"),
    "erfc": lambda field, u: field.sub(ONE, special.odd_kernel(field, "erf", u)), "LambertW": _lambert,
    "besselj": _bessel("besselj"), "bessely": _bessel("bessely"), "besseli": _bessel("besseli"),
    "besselk": _bessel("besselk"), "airyai": _airy("airyai"), "airybi": _airy("airybi"),
    "airyaiprime": _airy("airyaiprime"), "airybiprime": _airy("airybiprime"), "catalan": gammas.catalan_number,
    "factorial2": gammas.double_factorial, "sinc": special.sinc,
    "chebyshevt": lambda field, n, x: special.chebyshev(field, n, x, second=False),
    "chebyshevu": lambda field, n, x: special.chebyshev(field, n, x, second=True),
    "legendre": _orthogonal("legendre"), "hermite": _orthogonal("hermite"), "laguerre": _orthogonal("laguerre"),
    "fibonacci": special.fibonacci, "lucas": lambda field, n: special.fibonacci(field, n, lucas=True),
}  # fmt: skip
