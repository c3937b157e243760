"""Values of definite integrals: by an antiderivative that is verified, and by the classical integrals."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from flint import fmpq

from derive.meaning.form import Form, add, free_variables, mul, num, rebuild, replace_at, sub, subforms, substitute
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.atoms import factored
from derive.verify.balls import Undefined
from derive.verify.continuity import ENTIRE, entire
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.antiderivative import antiderivative
from derive.verify.definite.classical import classical_value
from derive.verify.definite.linear import about_its_centre, of_a_power, of_odd, term_by_term
from derive.verify.definite.lower import compare
from derive.verify.definite.value import Value
from derive.verify.definite.waves import waves_value
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.limitsof import limit_of
from derive.verify.normal import Unsupported, normal_form
from derive.verify.orientation import surely_increasing
from derive.verify.positivity import by_powers
from derive.verify.ranges import EVERYTHING, Range
from derive.verify.regular import JUMPING, entails, smooth, unmet
from derive.verify.signs import Signs

__all__ = ["integral_value"]

INFINITY, MINUS_INFINITY = Form("const", ("oo",)), Form("const", ("-oo",))
INFINITE = {INFINITY: 1, MINUS_INFINITY: -1}


def integral_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """A closed form that is proved equal to the (maybe improper) integral, or None."""
    body, bound, lower, upper = part.args
    if lower == upper:
        return None
    if body == num(0):
        return Value(body)
    for method in METHODS:
        found = method(body, bound.name, lower, upper, context, deadline)
        if found is not None:
            return found
    return None


def _between(name: str, lower: Form, upper: Form, context: Context) -> Context | None:
    """A context in which the variable runs at least through all values between the limits.

    For limits of which it is not known that they are numbers in increasing order these are the numbers between their
    smallest and their largest values.
    """
    if lower == INFINITY or upper == MINUS_INFINITY:
        return None
    if surely_increasing(lower, upper):
        low, high = (None if end in INFINITE else Bound(end, True) for end in (lower, upper))
        return context.with_variable(Variable(name, "real", low, high))
    signs = Signs(context)
    if not all(end in INFINITE or signs.real(end) for end in (lower, upper)):
        return None
    first, second = (EVERYTHING if end in INFINITE else signs.range(end) for end in (lower, upper))
    return context.with_variable(Variable(name, "real", *_hull(first, second)))


def _hull(first: Range, second: Range) -> tuple[Bound | None, Bound | None]:
    """Bounds for what lies strictly between a value of one range and a value of the other."""
    low = None if first.low is None or second.low is None else Bound(num(min(first.low, second.low)), True)
    high = None if first.high is None or second.high is None else Bound(num(max(first.high, second.high)), True)
    return low, high


def _end_value(found: Form, name: str, end: Form, side: int, signs: Signs, deadline: Deadline) -> Form | None:
    """The limit at an end: the value there if the antiderivative is defined, hence continuous, there."""
    if end in INFINITE:
        return limit_of(found, name, None, side, signs, deadline)
    at = substitute(found, {name: end})
    if not any(part.head in JUMPING for part in subforms(found)) and not unmet(at, signs):
        return at
    return limit_of(found, name, end, side, signs, deadline)


def by_antiderivative(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """F(b-) - F(a+) for an F that is smooth between the limits with F' equal to the integrand there.

    Both are verified, and the limits are finite; so the integral, improper or not, converges to that value.
    """
    if name in free_variables(lower) | free_variables(upper):
        return None
    inside = _between(name, lower, upper, context)
    if inside is None:
        return None
    signs = Signs(inside, deadline)
    if not smooth(body, signs):
        return None
    found = antiderivative(body, name, signs, deadline)
    if found is None or not smooth(found, signs):
        return None
    try:
        slope = derivative(found, name)
    except NotDifferentiable:
        return None
    if not _equal(slope, body, inside, deadline):
        return None
    outside = Signs(context, deadline)
    low, high = (_end_value(found, name, end, side, outside, deadline) for end, side in ((lower, -1), (upper, 1)))
    if low is None or high is None or low in INFINITE or high in INFINITE:
        return None
    difference = sub(high, low)
    view = outside.view(difference)
    return Value(difference if view is None else view.atoms.form_of(view.quotients[0]), by="antiderivative")


def _equal(left: Form, right: Form, context: Context, deadline: Deadline) -> bool:
    if Signs(context, deadline).vanishes(sub(left, right)):
        return True
    return compare(Claim("identity", left, right, context), deadline, 0).status == "proved"


def along_any_path(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """F(b) - F(a) between complex limits, for an entire integrand with an entire antiderivative."""
    ends = free_variables(lower) | free_variables(upper)
    if name in ends or not any(context.variable(n).sort == "complex" for n in ends) or not _entire(body, name):
        return None
    if any(end.head == "const" and end in INFINITE for end in (lower, upper)):
        return None
    found = antiderivative(body, name, Signs(context.with_variable(Variable(name, "real")), deadline), deadline)
    inside = context.with_variable(Variable(name, "complex"))
    if found is None or not _entire(found, name) or not _equal(derivative(found, name), body, inside, deadline):
        return None
    return Value(sub(substitute(found, {name: upper}), substitute(found, {name: lower})), by="antiderivative")


def _entire(form: Form, name: str) -> bool:
    """Whether the form is entire in the variable, with numbers as coefficients."""
    if not free_variables(form):
        return True
    if form.head in ENTIRE:
        return all(_entire(part, name) for part in form.parts)
    return entire(form)


def in_pieces(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """Cut at the rational zeros of what stands in Abs, sign, Max and Min, whose signs are constant on each piece."""
    first, last = (end.value if end.head == "num" else None for end in (lower, upper))
    if (first is None and lower != MINUS_INFINITY) or (last is None and upper != INFINITY):
        return None
    if first is not None and last is not None and first >= last:
        return None
    kinks = [_kink(part) for part in subforms(body) if part.head in KINKED and name in free_variables(part)]
    cuts = {end for end in (first, last) if end is not None}
    for kink in kinks:
        zeros = None if kink is None else rational_zeros(kink, name)
        if zeros is None:
            return None
        cuts |= {z for z in zeros if (first is None or first < z) and (last is None or z < last)}
    if not kinks or len(cuts) > MOST_PIECES:
        return None
    ends = [*([lower] if first is None else []), *map(num, sorted(cuts)), *([upper] if last is None else [])]
    total = num(0)
    conditions: list[Form] = []
    for low, high in pairwise(ends):
        bounds = (None if end in INFINITE else Bound(end, True) for end in (low, high))
        inside = context.with_variable(Variable(name, "real", *bounds))
        smooth_body = _without_kinks(body, name, Signs(inside, deadline))
        part = Form("int", (smooth_body, Form("var", (name,)), low, high))
        value = (
            None if any(p.head in KINKED for p in subforms(smooth_body)) else integral_value(part, context, deadline)
        )
        if value is None:
            return None
        total, conditions = add(total, value.form), [*conditions, *value.conditions]
    return Value(total, tuple(dict.fromkeys(conditions)), "in pieces")


KINKED = frozenset({"Abs", "sign", "Max", "Min"})
MOST_PIECES = 8


def _kink(part: Form) -> Form | None:
    if part.head in ("Abs", "sign"):
        inner: Form = part.args[0]
        return inner
    return sub(*part.args) if len(part.args) == 2 else None


def _without_kinks(form: Form, name: str, signs: Signs) -> Form:
    if not form.parts or name not in free_variables(form):
        return form
    form = rebuild(form.head, (_without_kinks(p, name, signs) if isinstance(p, Form) else p for p in form.args))
    kink = _kink(form) if form.head in KINKED else None
    side = 0 if kink is None else 1 if signs.nonnegative(kink) else -1 if signs.nonpositive(kink) else 0
    if not side:
        return form
    if form.head in ("Abs", "sign"):
        return mul(num(side), form.args[0]) if form.head == "Abs" else num(side)
    larger: Form = form.args[0 if (side > 0) == (form.head == "Max") else 1]
    return larger


def rational_zeros(form: Form, name: str) -> list[Fraction] | None:
    """The real zeros of a polynomial in the variable whose zeros are all rational; None for other forms."""
    view = Signs(Context()).view(form)
    if view is None or view.atoms.forms != [Form("var", (name,))] or not view.quotients[0].denominator.is_constant():
        return None
    zeros = []
    for factor, _ in factored(view.quotients[0].numerator)[1]:
        parts = by_powers(factor, 0)
        if max(parts) != 1:
            return None
        slope, start = (parts[k].leading_coefficient() if k in parts else fmpq(0) for k in (1, 0))
        zero = -start / slope
        zeros.append(Fraction(int(zero.p), int(zero.q)))
    return zeros


def worked_out(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """An integrand with polynomials or gamma functions that its normal form does without."""
    before = {p.head for p in subforms(body)}
    if name in free_variables(lower) | free_variables(upper) or not before & REMOVABLE:
        return None
    inside = _between(name, lower, upper, context)
    if inside is None or unmet(body, Signs(inside, deadline)):
        return None
    try:
        field, element = normal_form(body, Signs(inside, deadline), real=False)
        shown = field.form_of(element)
    except (Unsupported, Undefined):
        return None
    if {p.head for p in subforms(shown)} & (REMOVABLE | {"rgamma"}):
        return None
    for method in (classical_value, by_antiderivative):
        found = method(shown, name, lower, upper, context, deadline)
        if found is not None:
            return found
    return None


REMOVABLE = frozenset({"gamma", "factorial", "beta", "legendre", "hermite", "laguerre", "chebyshevt", "chebyshevu"})


def _defined_between(body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline) -> bool:
    inside = _between(name, lower, upper, context)
    return inside is not None and not unmet(body, Signs(inside, deadline))


def centred(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """Gauss's function about another centre (see `linear`), where the integrand is defined on the whole line."""
    if not _defined_between(body, name, lower, upper, context, deadline):
        return None
    return about_its_centre(
        body, name, lower, upper, context, lambda part: integral_value(part, context, deadline), deadline
    )


def in_terms(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """A power of the variable, an odd function, or term by term, constant factors apart (see `linear`).

    The integrand is defined between the limits, so what its parts are rewritten to has its values there.
    """
    if not _defined_between(body, name, lower, upper, context, deadline):
        return None

    def find(part: Form) -> Value | None:
        return integral_value(part, context, deadline)

    return (
        of_a_power(body, name, lower, upper, context)
        or of_odd(body, name, lower, upper, context, find)
        or term_by_term(body, name, lower, upper, context, find)
    )


def inside_out(
    body: Form, name: str, lower: Form, upper: Form, context: Context, deadline: Deadline = NEVER
) -> Value | None:
    """An iterated integral: the inner ones first, each by its value for every number between the outer limits.

    The two integrands agree at every such number, so the integrals do.
    """
    inner = _outermost_integrals(body)
    inside = _between(name, lower, upper, context) if inner else None
    if inside is None:
        return None
    signs = Signs(inside, deadline)
    conditions: list[Form] = []
    for part in inner:
        deadline.check()
        found = integral_value(part, inside, deadline)
        if found is None:
            return None
        open_ = [condition for condition in found.conditions if not entails(signs, condition)]
        if any(name in free_variables(condition) for condition in open_):
            return None
        body = replace_at(body, part, found.form)
        conditions += open_
    outer = integral_value(Form("int", (body, Form("var", (name,)), lower, upper)), context, deadline)
    if outer is None:
        return None
    return Value(outer.form, tuple(dict.fromkeys((*conditions, *outer.conditions))), "iterated")


def _outermost_integrals(form: Form) -> list[Form]:
    if form.head == "int" and len(form.args) == 4:
        return [form]
    return list(dict.fromkeys(found for part in form.parts for found in _outermost_integrals(part)))


METHODS = (
    inside_out, classical_value, centred, by_antiderivative, along_any_path, waves_value, in_pieces, worked_out,
    in_terms,
)  # fmt: skip
