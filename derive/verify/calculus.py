"""That a form is >= 0 on an interval, by its derivatives and its ends: the mean value theorem, used again and again."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from flint import arb

from derive.meaning.form import PI, Form, add, free_variables, mul, num, power, sub
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import Undefined, Unknown, ball, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.endpoints import constant_sign, end_sign
from derive.verify.intervals import between
from derive.verify.quotients import factored
from derive.verify.regular import smooth
from derive.verify.signs import Signs
from derive.verify.subdivision import positive_between

__all__ = ["nonnegative_by_calculus"]

DEEPEST = 8
MOST_CUTS = 2
LARGEST_FORM = 4000
SPREAD = tuple(Fraction(k * abs(k), 9) + Fraction(1, 1013) for k in range(-14, 15))
TAIL = 8

Pattern = Literal["+", "-", "+-", "-+"]
OPPOSITE: dict[Pattern, Pattern] = {"+": "-", "-": "+", "+-": "-+", "-+": "+-"}


def nonnegative_by_calculus(form: Form, name: str, context: Context, strict: bool, deadline: Deadline = NEVER) -> bool:
    """Whether form >= 0 (> 0 when `strict`) is proved on the whole domain, as a function of one variable.

    The form is shown to be smooth on the interval first; raises OutOfTime.
    """
    return _Search(name, deadline).holds(form, context, strict, MOST_CUTS)


def shape_signs(slope: Pattern, low: int | None, high: int | None) -> Pattern | None:
    """How a function's sign runs, from how its slope's sign runs and from the signs of its limits at the ends.

    A pattern such as "+-" says: >= 0 up to some point (maybe an end), <= 0 from there on.  A rising function is
    above its first limit and below its last; one that rises and then falls is above the smaller of them, and from
    a limit <= 0 to one >= 0 changes sign once at most; the other cases are these upside down.
    """
    if slope in ("-", "-+"):
        turned = shape_signs(OPPOSITE[slope], None if low is None else -low, None if high is None else -high)
        return OPPOSITE[turned] if turned is not None else None
    if slope == "+":
        if low is not None and low >= 0:
            return "+"
        return "-" if high is not None and high <= 0 else "-+"
    if low is None or high is None:
        return None
    if low >= 0:
        return "+" if high >= 0 else "+-"
    return "-+" if high >= 0 else None


class _Search:
    def __init__(self, name: str, deadline: Deadline) -> None:
        self.name = name
        self.deadline = deadline
        self._oracles: dict[Context, Signs] = {}

    def _signs(self, context: Context) -> Signs:
        if context not in self._oracles:
            self._oracles[context] = Signs(context, self.deadline)
        return self._oracles[context]

    def holds(self, form: Form, context: Context, strict: bool, cuts: int) -> bool:
        """The form is >= 0 (> 0) for the variable in its interval."""
        self.deadline.check()
        signs = self._signs(context)
        if signs.positive(form) or (not strict and signs.nonnegative(form)):
            return True
        lower, upper = context.variable(self.name).lower, context.variable(self.name).upper
        inside = between(context, self.name, _open(lower), _open(upper))
        if not smooth(form, self._signs(inside)) or not self._closed_ends(form, lower, upper, strict, signs):
            return False
        if self._seems(form, inside) and self._rises_from_its_ends(form, inside, strict):
            return True
        return cuts > 0 and self._cut(form, context, strict, cuts - 1)

    def _seems(self, form: Form, context: Context) -> bool:
        """No point of a grid speaks against it."""
        if free_variables(form) != {self.name}:
            return True
        seen = (_approximate(form, self.name, x) for x in _grid(context, self.name)[::3])
        return all(y is None or y > -1e-12 for y in seen)

    def _closed_ends(self, form: Form, lower: Bound | None, upper: Bound | None, strict: bool, signs: Signs) -> bool:
        """At an end that belongs to the interval the form is >= 0 (> 0) itself."""
        for end, side in ((lower, -1), (upper, 1)):
            if end is not None and not end.strict:
                at = end_sign(form, self.name, end.value, side, signs, self.deadline)
                if at is None or at < 0 or (strict and at == 0):
                    return False
        return True

    def _pattern(self, form: Form, inside: Context, depth: int) -> Pattern | None:
        """How the sign of a smooth form runs on an open interval; None when it is not found."""
        self.deadline.check()
        signs = self._signs(inside)
        if signs.nonnegative(form):
            return "+"
        if signs.nonpositive(form):
            return "-"
        if depth <= 0 or len(repr(form)) > LARGEST_FORM:
            return None
        stripped = _stripped(form, signs)
        if stripped is not None:
            rest, sign = stripped
            pattern = self._pattern(rest, inside, depth - 1) if smooth(rest, signs) else None
            return OPPOSITE[pattern] if pattern is not None and sign < 0 else pattern
        return self._run(form, inside, depth)

    def _run(self, form: Form, inside: Context, depth: int) -> Pattern | None:
        """The pattern by the slope's pattern and the limits at the ends."""
        try:
            slope = derivative(form, self.name)
        except NotDifferentiable:
            return None
        variable, signs = inside.variable(self.name), self._signs(inside)
        low, high = (
            end_sign(form, self.name, end.value if end else None, side, signs, self.deadline)
            for end, side in ((variable.lower, -1), (variable.upper, 1))
        )
        if low is None and high is None:
            return None
        slopes = self._pattern(slope, inside, depth - 1)
        return None if slopes is None else shape_signs(slopes, low, high)

    def _rises_from_its_ends(self, form: Form, inside: Context, strict: bool) -> bool:
        """The pattern is "+", shown by the slope; then it is > 0 unless it is constant.

        For an analytic form that is not constant is strictly monotone between the turns of its slope; a zero inside
        would be a least value, so a turn from falling to rising, and the patterns that give "+" have none.
        """
        stripped = _stripped(form, self._signs(inside))
        tried = [form] if stripped is None else [form, mul(num(stripped[1]), stripped[0])]
        for candidate in tried:
            if strict and not self._changes(candidate, inside):
                continue
            if candidate != form and not smooth(candidate, self._signs(inside)):
                continue
            if self._run(candidate, inside, DEEPEST) == "+":
                return True
        return False

    def _changes(self, form: Form, inside: Context) -> bool:
        """The form is not constant: it takes two values, or its slope is nowhere 0."""
        if free_variables(form) == {self.name}:
            return self._differs(form, inside)
        try:
            slope = derivative(form, self.name)
        except NotDifferentiable:
            return False
        signs = self._signs(inside)
        return signs.positive(slope) or signs.negative(slope)

    def _differs(self, form: Form, inside: Context) -> bool:
        """Two values of the form that are surely different."""
        balls = [_value(form, self.name, x) for x in _grid(inside, self.name)[::5]]
        known = [b for b in balls if b is not None]
        return any(not a.overlaps(b) for a in known for b in known)

    def _cut(self, form: Form, context: Context, strict: bool, cuts: int) -> bool:
        """The interval is cut in two near its least value; a positive minimum is shown by balls, tails as before."""
        if free_variables(form) != {self.name}:
            return False
        variable = context.variable(self.name)
        lowest = self._lowest(form, context)
        if lowest is None or lowest[0] < -1e-12:
            return False
        if lowest[0] > 1e-7 and self._by_balls(form, context):
            return True
        for candidate in (*_candidates(lowest[1]), *_middle(variable)):
            if not _inside(candidate, context, self.name):
                continue
            point = Bound(candidate, False)
            left = between(context, self.name, variable.lower, point)
            right = between(context, self.name, point, variable.upper)
            if self.holds(form, right, strict, cuts) and self.holds(form, left, strict, cuts):
                return True
        return False

    def _by_balls(self, form: Form, context: Context) -> bool:
        variable = context.variable(self.name)
        lower, upper = variable.lower, variable.upper
        for side in (-1, 1):
            end, other = (lower, upper) if side < 0 else (upper, lower)
            if end is not None:
                continue
            near = _number(other) if other is not None else Fraction(0)
            far = Bound(num(near + side * TAIL), False)
            tail = between(context, self.name, None, far) if side < 0 else between(context, self.name, far, None)
            if not self.holds(form, tail, True, 0):
                return False
            lower, upper = (far, upper) if side < 0 else (lower, far)
        assert lower is not None and upper is not None
        return positive_between(form, self.name, lower.value, upper.value, self.deadline)

    def _lowest(self, form: Form, context: Context) -> tuple[float, Fraction] | None:
        """The least value seen on a grid that is then made finer around it; only a hint where to cut."""
        found: tuple[float, Fraction] | None = None
        for x in _grid(context, self.name):
            y = _approximate(form, self.name, x)
            if y is not None and (found is None or y < found[0]):
                found = (y, x)
        step = Fraction(1, 2)
        for _ in range(40):
            if found is None or found[0] < -1e-12:
                break
            better = False
            for x in (found[1] + step, found[1] - step):
                if _inside(num(x), context, self.name):
                    y = _approximate(form, self.name, x)
                    if y is not None and y < found[0]:
                        found, better = (y, x), True
            step = step if better else step / 2
        return found


def _open(bound: Bound | None) -> Bound | None:
    return None if bound is None else Bound(bound.value, True)


def _stripped(form: Form, signs: Signs) -> tuple[Form, int] | None:
    """The form without factors that have one sign: (rest, sign of what was left out), None if there are none."""
    view = signs.view(form)
    if view is None:
        return None
    quotient = view.quotients[0]
    rest, sign, left_out = [], 1, not quotient.denominator.is_constant()
    denominator = view.atoms.polynomial_form(quotient.denominator)
    if left_out and not signs.positive(denominator):
        if not signs.negative(denominator):
            return None
        sign = -sign
    content, factors = factored(quotient.numerator)
    sign = -sign if content < 0 else sign
    for factor, power_ in factors:
        part = view.atoms.polynomial_form(factor)
        if len(factors) > 1 and power_ % 2 == 1 and (signs.positive(part) or signs.negative(part)):
            sign, left_out = (sign if signs.positive(part) else -sign), True
        elif len(factors) > 1 and power_ % 2 == 0 and signs.nonzero(part):
            left_out = True
        else:
            rest.append(power(part, num(power_)))
    return (mul(*rest), sign) if left_out else None


def _middle(variable: Variable) -> list[Form]:
    """The middle of a bounded interval."""
    if variable.lower is None or variable.upper is None:
        return []
    return [mul(num(1, 2), add(variable.lower.value, variable.upper.value))]


def _candidates(near: Fraction) -> list[Form]:
    """Simple numbers near a point: of small denominator, and multiples of pi/4."""
    turn = round(float(near) * 4 / 3.141592653589793)
    simple = [num(near.limit_denominator(k)) for k in (1, 2, 4, 12)]
    return list(dict.fromkeys([*simple, mul(num(turn, 4), PI)] if turn else simple))


def _number(bound: Bound) -> Fraction:
    try:
        return Fraction(float(value(bound.value, {}).real.mid())).limit_denominator(10**6)
    except (Undefined, Unknown, OverflowError, ValueError):
        return Fraction(0)


def _inside(x: Form, context: Context, name: str) -> bool:
    variable = context.variable(name)
    return all(
        bound is None or constant_sign(mul(num(side), sub(x, bound.value))) == 1
        for bound, side in ((variable.lower, 1), (variable.upper, -1))
    )


def _grid(context: Context, name: str) -> list[Fraction]:
    variable = context.variable(name)
    if variable.lower is not None and variable.upper is not None:
        low, high = _number(variable.lower), _number(variable.upper)
        return [low + (high - low) * Fraction(2 * k + 1, 48) for k in range(24)]
    if variable.lower is not None:
        low = _number(variable.lower)
        return [low + abs(x) for x in SPREAD[14:]]
    if variable.upper is not None:
        high = _number(variable.upper)
        return [high - abs(x) for x in SPREAD[14:]]
    return list(SPREAD)


def _value(form: Form, name: str, x: Fraction) -> arb | None:
    try:
        return value(form, {name: ball(x)}).real
    except (Undefined, Unknown):
        return None


def _approximate(form: Form, name: str, x: Fraction) -> float | None:
    found = _value(form, name, x)
    return None if found is None else float(found.mid())
