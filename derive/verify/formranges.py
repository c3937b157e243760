"""The range of a form from the ranges of its parts: one rule for each head."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.meaning.form import MINUS_ONE, ONE, PI, ZERO, Form, free_variables, mul, num, sub
from derive.model.context import Bound, Context, Variable
from derive.verify.images import IMAGES, constant_range, root
from derive.verify.ranges import EVERYTHING, NONNEGATIVE, POSITIVE, UNIT, Range, exactly

if TYPE_CHECKING:
    from derive.verify.signs import Signs

__all__ = ["range_of"]


def _minus(form: Form) -> Form:
    return mul(MINUS_ONE, form)


def range_of(signs: Signs, form: Form) -> Range:
    head, args = form.head, form.args
    if head == "num":
        return exactly(form.value)
    if head == "const":
        return constant_range(form.name)
    if head == "var":
        return _range_of_variable(signs, form.name)
    if head == "add":
        total = signs.range(args[0])
        for term in args[1:]:
            total = total + signs.range(term)
        return total
    if head == "mul":
        product = signs.range(args[0])
        for factor in args[1:]:
            product = product * signs.range(factor)
        return product
    if head == "pow":
        return _range_of_power(signs, *args)
    if head in ("sin", "cos"):
        return _range_of_wave(signs, head, args[0])
    if head == "tan":
        rest = sub(mul(num(1, 2), PI), args[0])
        if signs.nonnegative(args[0]) and signs.nonnegative(rest):
            return POSITIVE if signs.positive(args[0]) else NONNEGATIVE
    if head == "log":
        return _range_of_logarithm(signs, args[0])
    if head in ("Max", "Min"):
        return _extreme([signs.range(a) for a in args], largest=head == "Max")
    if head == "binomial" and signs.integer(args[1]) and signs.integer(args[0]) and signs.range(args[0]).nonnegative:
        return (
            Range(Fraction(1), False)
            if signs.range(args[1]).nonnegative and signs.at_most(args[1], args[0])
            else NONNEGATIVE
        )
    if head == "call":
        return _range_of_call(signs, form)
    if (head in ("sum", "int") and len(args) == 4) or head == "diff":
        return _range_of_binder(signs, form)
    if head in KNOWN_BOUNDS:
        return KNOWN_BOUNDS[head](signs, *args)
    image = IMAGES.get(head)
    if image is None or len(args) != 1:
        return EVERYTHING
    if head == "Abs" and not signs.real(args[0]):
        return POSITIVE if signs.nonzero(args[0]) else NONNEGATIVE
    found = image(signs.range(args[0]))
    return POSITIVE.intersect(found) if head == "Abs" and not found.positive and signs.nonzero(args[0]) else found


def _range_of_variable(signs: Signs, name: str) -> Range:
    variable = signs.context.variable(name)
    if variable.sort == "complex":
        return EVERYTHING
    found = Range(*_end(signs, variable.lower, -1), *_end(signs, variable.upper, 1))
    for left, right, strict in signs.facts:
        if left == Form("var", (name,)) and not free_variables(right):
            found = found.intersect(Range(None, True, *_end(signs, Bound(right, strict), 1)))
        if right == Form("var", (name,)) and not free_variables(left):
            found = found.intersect(Range(*_end(signs, Bound(left, strict), -1)))
    if variable.sort == "integer":
        found = _integral(found)
    if found.low == 0 and not found.low_open and Form("var", (name,)) in signs.unequal:
        found = found.intersect(POSITIVE) if variable.sort != "integer" else found.intersect(Range(Fraction(1), False))
    return found.intersect(EVERYTHING)


def _end(signs: Signs, bound: Bound | None, side: int) -> tuple[Fraction | None, bool]:
    if bound is None:
        return None, True
    value = signs.range(bound.value)
    end = value.low if side < 0 else value.high
    return end, end is None or (bound.strict and value.point is not None)


def _range_of_power(signs: Signs, base: Form, exponent: Form) -> Range:
    if exponent.head == "num":
        number, inner = exponent.value, signs.range(base)
        if number.denominator == 1:
            found = inner.to_the(number.numerator)
            if number % 2 == 0 and not found.positive and signs.real(base) and signs.nonzero(base):
                found = found.intersect(POSITIVE)
            return found
        if number.denominator % 2 and not inner.nonnegative and not signs.nonnegative(base):
            return EVERYTHING
        raised = root(inner, abs(number))
        if number < 0:
            return raised.intersect(POSITIVE).reciprocal()
        return raised.intersect(POSITIVE) if signs.positive(base) else raised
    inner, power_ = signs.range(base), signs.range(exponent)
    if not signs.nonnegative(base):
        return EVERYTHING
    found = POSITIVE if signs.positive(base) or base == exponent else NONNEGATIVE  # 0**0 is 1, or has no value
    grows, shrinks = inner.low is not None and inner.low >= 1, inner.high is not None and inner.high <= 1
    if (grows and power_.nonnegative) or (shrinks and power_.nonpositive):
        return Range(Fraction(1), inner.nonzero and inner.low != 1 and power_.positive)
    if (shrinks and power_.nonnegative) or (grows and power_.nonpositive):
        return found.intersect(Range(None, True, Fraction(1), False))
    return found


def _range_of_wave(signs: Signs, head: str, angle: Form) -> Range:
    """sin >= 0 on [0, pi], cos >= 0 on [-pi/2, pi/2], > 0 inside; else between -1 and 1 or a ball's image."""
    around = signs.range(angle)
    found = IMAGES[head](around)
    if (around.low is None or around.high is None) and signs.known_by_range(angle):
        return found
    half = mul(num(1, 2), PI)
    low, high = (ZERO, PI) if head == "sin" else (_minus(half), half)
    for start, stop, sign in (
        (low, high, 1),
        (_minus(high), low, -1) if head == "sin" else (high, mul(num(3), high), -1),
    ):
        below, above = sub(angle, start), sub(stop, angle)
        if signs.nonnegative(below) and signs.nonnegative(above):
            inside = POSITIVE if signs.positive(below) and signs.positive(above) else NONNEGATIVE
            return found.intersect(inside if sign > 0 else -inside)
    return found


def _range_of_logarithm(signs: Signs, argument: Form) -> Range:
    """log u > 0 iff u > 1."""
    found = IMAGES["log"](signs.range(argument))
    if found.nonzero or not signs.range(argument).contains(Fraction(1)) or argument.head == "var":
        return found
    above = sub(argument, ONE)
    if signs.nonnegative(above):
        return found.intersect(POSITIVE if signs.positive(above) else NONNEGATIVE)
    if signs.nonpositive(above):
        return found.intersect(-POSITIVE if signs.negative(above) else -NONNEGATIVE)
    return found


def _range_of_call(signs: Signs, form: Form) -> Range:
    function = signs.context.function(form.name)
    if function is not None and "positive" in function.properties:
        return POSITIVE
    return NONNEGATIVE if function is not None and "nonnegative" in function.properties else EVERYTHING


def _range_of_binder(signs: Signs, form: Form) -> Range:
    """A sum of terms >= 0, or an integral, is >= 0 if its limits are not reversed; conventions for that differ."""
    if form.head == "diff":
        return EVERYTHING
    body, _, low, high = form.args
    inner = signs.elsewhere(_inside_binder(signs, form))
    least = sub(low, ONE) if form.head == "sum" else low
    forward = high == Form("const", ("oo",)) or signs.at_most(least, high)
    return NONNEGATIVE if forward and inner.nonnegative(body) else EVERYTHING


def _integral(range_: Range) -> Range:
    """The range with its ends moved to the integers inside."""
    low, high = range_.low, range_.high
    if low is not None:
        low = Fraction(low.__floor__() + 1 if range_.low_open else low.__ceil__())
    if high is not None:
        high = Fraction(high.__ceil__() - 1 if range_.high_open else high.__floor__())
    return Range(low, low is None, high, high is None)


def _extreme(ranges: list[Range], *, largest: bool) -> Range:
    """The range of a maximum or minimum."""
    if not largest:
        return -_extreme([-r for r in ranges], largest=True)
    found = ranges[0]
    for r in ranges[1:]:
        lower = found if r.low is None else r if found.low is None else max(found, r, key=lambda s: (s.low, s.low_open))
        upper = (
            Range() if r.high is None or found.high is None else max(found, r, key=lambda s: (s.high, not s.high_open))
        )
        found = Range(lower.low, lower.low_open, upper.high, upper.high_open)
    return found


def _inside_binder(signs: Signs, form: Form) -> Context:
    """The context inside a sum or integral: the bound variable runs between its limits where these are closed."""

    _, bound, low, high = form.args
    integral = form.head == "int"
    context = signs.context
    lower = signs.range(low).low if low.head != "const" else None
    upper = signs.range(high).high if high.head != "const" else None
    kept = tuple(c for c in context.constraints if bound.name not in free_variables(c))
    limits = Variable(
        bound.name,
        "real" if integral else "integer",
        None if lower is None else Bound(num(lower), False),
        None if upper is None else Bound(num(upper), False),
    )
    return Context(context.variables, kept, context.functions, context.definitions).with_variable(limits)


def _bessel(signs: Signs, order: Form, argument: Form) -> Range:
    """|J_v(x)| <= 1 for real x and order v >= 0 (Watson 2.2); J_-n = ±J_n for integers n."""
    known = signs.range(order).nonnegative or signs.integer(order)
    return UNIT if known and signs.real(argument) else EVERYTHING


def _orthogonal(signs: Signs, degree: Form, argument: Form) -> Range:
    """|T_n(x)| and |P_n(x)| are at most 1 on [-1, 1], for n >= 0."""
    inside = signs.range(argument).within(UNIT) and signs.real(argument)
    return UNIT if inside and signs.integer(degree) and signs.range(degree).nonnegative else EVERYTHING


def _cosine_like(signs: Signs, degree: Form, argument: Form) -> Range:
    """T_n(cos t) = cos(n t), so |T_n(x)| <= 1 on [-1, 1] for every integer n."""
    inside = signs.range(argument).within(UNIT) and signs.real(argument)
    return UNIT if inside and signs.integer(degree) else EVERYTHING


def _polygamma(signs: Signs, order: Form, argument: Form) -> Range:
    """For x > 0 the m-th derivative of digamma is (-1)**(m + 1) m! times the sum of (x + k)**(-m - 1), m >= 1."""
    if order.head != "num" or order.value.denominator != 1 or order.value < 1 or not signs.positive(argument):
        return EVERYTHING
    return POSITIVE if order.value % 2 else -POSITIVE


def _fibonacci(signs: Signs, index: Form) -> Range:
    """F_n grows from n = 1 on, and F_0 = 0."""
    low = signs.range(index).low
    if not signs.integer(index) or low is None or not 0 <= low <= LARGEST_INDEX:
        return EVERYTHING
    a, b = 0, 1
    for _ in range(int(-(-low // 1))):
        a, b = b, a + b
    return Range(Fraction(a), False, None, True)


def _macdonald(signs: Signs, order: Form, argument: Form) -> Range:
    """K_v(x) > 0 for real v and x > 0 (DLMF 10.32.9)."""
    return POSITIVE if signs.real(order) and signs.positive(argument) else EVERYTHING


def _reciprocal_gamma(signs: Signs, argument: Form) -> Range:
    """1/gamma(x) > 0 for x > 0."""
    return POSITIVE if signs.real(argument) and signs.positive(argument) else EVERYTHING


LARGEST_INDEX = 200
KNOWN_BOUNDS: dict[str, Callable[..., Range]] = {
    "besselj": _bessel, "chebyshevt": _cosine_like, "legendre": _orthogonal, "polygamma": _polygamma,
    "fibonacci": _fibonacci, "besselk": _macdonald, "rgamma": _reciprocal_gamma,
}  # fmt: skip
