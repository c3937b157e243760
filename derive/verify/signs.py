"""The sign oracle: what the context alone proves about the sign and the range of a form.

Every answer is about all points of the context's domain at which the form is defined; `False` means only "not
shown".  Definedness itself is the business of the conditions.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from flint import arb

from derive.meaning.form import MINUS_ONE, ONE, PI, ZERO, Form, free_variables, mul, num, sub, subforms
from derive.model.context import Bound, Context
from derive.verify.atoms import Atoms, NotAlgebraic, Quotient
from derive.verify.deadline import NEVER, Deadline
from derive.verify.images import IMAGES, constant_range, root
from derive.verify.positivity import End, Knowledge, holds
from derive.verify.ranges import EVERYTHING, NONNEGATIVE, POSITIVE, UNIT, Range, as_arb, exactly

__all__ = ["Signs", "View"]

NOT_REAL_HEADS = frozenset({"I", "zoo"})
REAL_VALUED = frozenset({"Abs", "re", "im", "arg"})
ENTIRE = frozenset(
    {"exp", "sin", "cos", "sinh", "cosh", "erf", "erfc", "atan", "asinh", "tanh", "tan", "sech", "conjugate", "sign",
     "floor", "ceiling", "Max", "Min", "Heaviside", "factorial", "gamma", "fibonacci", "binomial", "coth", "cot", "sec",
     "csc", "csch", "Si"}
)  # fmt: skip
NEVER_ZERO = frozenset({"exp", "gamma", "factorial", "sec", "csc", "sech", "csch"})


class View(NamedTuple):
    """Forms as quotients of polynomials over the same atoms, and what is known of the atoms."""

    quotients: tuple[Quotient, ...]
    known: Knowledge
    atoms: Atoms


class Signs:
    """Answers for one context; remembers what it found.

    `principal` says that functions are complex ones on their principal branches, so that for example the
    logarithm is real only where its argument is positive; by default it is so when a variable is complex.
    """

    def __init__(self, context: Context, deadline: Deadline = NEVER, *, principal: bool | None = None) -> None:
        self.context = context
        self.deadline = deadline
        self.principal = any(v.sort == "complex" for v in context.variables) if principal is None else principal
        self._ranges: dict[Form, Range] = {}
        self._answers: dict[tuple[str, Form], bool] = {}
        self._views: dict[Form, View | None] = {}
        self._unequal = tuple(sub(c.args[0], c.args[1]) for c in context.constraints if c.head == "ne")
        self._facts = tuple(_facts(context))

    # questions

    def positive(self, form: Form) -> bool:
        """form > 0."""
        return self._ask("positive", form)

    def nonnegative(self, form: Form) -> bool:
        """form >= 0."""
        return self._ask("nonnegative", form)

    def negative(self, form: Form) -> bool:
        """form < 0."""
        return self._ask("negative", form)

    def nonpositive(self, form: Form) -> bool:
        """form <= 0."""
        return self._ask("nonpositive", form)

    def nonzero(self, form: Form) -> bool:
        """form != 0; also for complex forms."""
        return self._ask("nonzero", form)

    def less(self, left: Form, right: Form) -> bool:
        """left < right."""
        return self.positive(sub(right, left))

    def at_most(self, left: Form, right: Form) -> bool:
        """left <= right."""
        return self.nonnegative(sub(right, left))

    def sign(self, form: Form) -> int | None:
        """1 or -1 where the sign is the same at every point, 0 for zero, None when it is not known."""
        if self.range(form).point == 0:
            return 0
        return 1 if self.positive(form) else -1 if self.negative(form) else None

    def real(self, form: Form) -> bool:
        """Whether every value is a real number."""
        return self._ask("real", form)

    def integer(self, form: Form) -> bool:
        """Whether every value is an integer."""
        return self._ask("integer", form)

    def range(self, form: Form) -> Range:
        """An interval with rational ends in which every value lies; without bounds for a form that is not real."""
        found = self._ranges.get(form)
        if found is None:
            self._ranges[form] = EVERYTHING  # what a question about itself gets
            found = self._ranges[form] = self._range_of(form) if self.real(form) else EVERYTHING
        return found

    def assuming(self, *statements: Form) -> Signs:
        """The oracle of the context with further constraints."""
        return Signs(self.context.assuming(*statements), self.deadline, principal=self.principal)

    def _ask(self, question: str, form: Form) -> bool:
        key = (question, form)
        answer = self._answers.get(key)
        if answer is None:
            self._answers[key] = False  # what a question about itself gets
            self.deadline.check()
            answer = self._answers[key] = self._decide(question, form)
        return answer

    def _decide(self, question: str, form: Form) -> bool:
        if question == "real":
            return self._is_real(form)
        if question == "integer":
            return self._is_integer(form)
        range_ = self.range(form)
        if question == "nonzero":
            return range_.nonzero or self._is_nonzero(form)
        if not self.real(form):
            return False
        sign = 1 if question in ("positive", "nonnegative") else -1
        strict = question in ("positive", "negative")
        if sign < 0:
            range_ = -range_
        return (range_.positive if strict else range_.nonnegative) or self._by_polynomials(form, sign, strict=strict)

    # structure

    def _is_real(self, form: Form) -> bool:
        if not self.principal:
            return all(
                not (f.head == "const" and f.name in NOT_REAL_HEADS) and f.head not in ("matrix", "row")
                for f in subforms(form)
            )
        head = form.head
        if head == "num":
            return True
        if head == "const":
            return form.name not in NOT_REAL_HEADS
        if head == "var":
            return self.context.variable(form.name).sort != "complex"
        if head in REAL_VALUED:
            return True
        if head == "pow":
            base, exponent = form.args
            if not (self.real(base) and self.real(exponent)):
                return False
            return self.integer(exponent) or self.nonnegative(base)
        if head == "log":
            return self.real(form.args[0]) and self.nonnegative(form.args[0])
        if head in ("asin", "acos", "atanh"):
            return self.real(form.args[0]) and self.range(form.args[0]).within(UNIT)
        if head == "acosh":
            return self.real(form.args[0]) and self.at_most(ONE, form.args[0])
        if head in ENTIRE or head in ("add", "mul"):
            return all(self.real(part) for part in form.parts)
        return False

    def _is_integer(self, form: Form) -> bool:
        head = form.head
        if head == "num":
            return form.value.denominator == 1
        if head == "var":
            return self.context.variable(form.name).sort == "integer"
        if head in ("add", "mul"):
            return all(self.integer(part) for part in form.args)
        if head == "pow":
            return self.integer(form.args[0]) and self.integer(form.args[1]) and self.range(form.args[1]).nonnegative
        if head in ("floor", "ceiling", "sign"):
            return self.real(form.args[0])
        if head in ("factorial", "fibonacci", "binomial", "Abs", "Max", "Min"):
            return all(
                self.integer(part) and (head in ("Abs", "Max", "Min") or self.range(part).nonnegative)
                for part in form.parts
            )
        return False

    def _is_nonzero(self, form: Form) -> bool:
        head = form.head
        if head in ("var", "add") and any(form in (u, _minus(u)) for u in self._unequal):
            return True
        if head == "mul":
            if all(self.nonzero(part) for part in form.args):
                return True
        elif head == "pow":
            if self.nonzero(form.args[0]):
                return True
        elif head == "Abs":
            return self.nonzero(form.args[0])
        elif head in NEVER_ZERO:
            return True
        elif head in ("num", "const", "var"):
            return False
        if self.real(form) and any(self._by_polynomials(form, sign, strict=True) for sign in (1, -1)):
            return True
        return self._by_factors(form)

    def _range_of(self, form: Form) -> Range:
        head, args = form.head, form.args
        if head == "num":
            return exactly(form.value)
        if head == "const":
            return constant_range(form.name)
        if head == "var":
            return self._range_of_variable(form.name)
        if head == "add":
            total = self.range(args[0])
            for term in args[1:]:
                total = total + self.range(term)
            return total
        if head == "mul":
            product = self.range(args[0])
            for factor in args[1:]:
                product = product * self.range(factor)
            return product
        if head == "pow":
            return self._range_of_power(*args)
        if head in ("sin", "cos"):
            return self._range_of_wave(head, args[0])
        if head == "tan":
            rest = sub(mul(num(1, 2), PI), args[0])
            if self.nonnegative(args[0]) and self.nonnegative(rest):
                return POSITIVE if self.positive(args[0]) else NONNEGATIVE
        if head == "log":
            return self._range_of_logarithm(args[0])
        if head in ("Max", "Min"):
            return _extreme([self.range(a) for a in args], largest=head == "Max")
        if head == "binomial" and self.integer(args[1]) and self.integer(args[0]) and self.range(args[0]).nonnegative:
            return (
                Range(Fraction(1), False)
                if self.range(args[1]).nonnegative and self.at_most(args[1], args[0])
                else NONNEGATIVE
            )
        if head == "call":
            return self._range_of_call(form)
        if (head in ("sum", "int") and len(args) == 4) or head == "diff":
            return self._range_of_binder(form)
        if head in KNOWN_BOUNDS:
            return KNOWN_BOUNDS[head](self, *args)
        image = IMAGES.get(head)
        if image is None or len(args) != 1:
            return EVERYTHING
        if head == "Abs" and not self.real(args[0]):
            return POSITIVE if self.nonzero(args[0]) else NONNEGATIVE
        found = image(self.range(args[0]))
        return POSITIVE.intersect(found) if head == "Abs" and not found.positive and self.nonzero(args[0]) else found

    def _range_of_variable(self, name: str) -> Range:
        variable = self.context.variable(name)
        if variable.sort == "complex":
            return EVERYTHING
        found = Range(*self._end(variable.lower, -1), *self._end(variable.upper, 1))
        for left, right, strict in self._facts:
            if left == Form("var", (name,)) and not free_variables(right):
                found = found.intersect(Range(None, True, *self._end(Bound(right, strict), 1)))
            if right == Form("var", (name,)) and not free_variables(left):
                found = found.intersect(Range(*self._end(Bound(left, strict), -1)))
        if variable.sort == "integer":
            found = _integral(found)
        if found.low == 0 and not found.low_open and Form("var", (name,)) in self._unequal:
            found = (
                found.intersect(POSITIVE) if variable.sort != "integer" else found.intersect(Range(Fraction(1), False))
            )
        return found

    def _end(self, bound: Bound | None, side: int) -> tuple[Fraction | None, bool]:
        if bound is None:
            return None, True
        value = self.range(bound.value)
        end = value.low if side < 0 else value.high
        return end, end is None or (bound.strict and value.point is not None)

    def _range_of_power(self, base: Form, exponent: Form) -> Range:
        if exponent.head == "num":
            number, inner = exponent.value, self.range(base)
            if number.denominator == 1:
                found = inner.to_the(number.numerator)
                if number % 2 == 0 and not found.positive and self.real(base) and self.nonzero(base):
                    found = found.intersect(POSITIVE)
                return found
            if number.denominator % 2 and not inner.nonnegative and not self.nonnegative(base):
                return EVERYTHING
            raised = root(inner, abs(number))
            if number < 0:
                return raised.intersect(POSITIVE).reciprocal()
            return raised.intersect(POSITIVE) if self.positive(base) else raised
        inner, power_ = self.range(base), self.range(exponent)
        if not self.nonnegative(base):
            return EVERYTHING
        found = POSITIVE if self.positive(base) else NONNEGATIVE
        grows, shrinks = inner.low is not None and inner.low >= 1, inner.high is not None and inner.high <= 1
        if (grows and power_.nonnegative) or (shrinks and power_.nonpositive):
            return Range(Fraction(1), inner.nonzero and inner.low != 1 and power_.positive)
        if (shrinks and power_.nonnegative) or (grows and power_.nonpositive):
            return found.intersect(Range(None, True, Fraction(1), False))
        return found

    def _range_of_wave(self, head: str, angle: Form) -> Range:
        """sin >= 0 on [0, pi], cos >= 0 on [-pi/2, pi/2], > 0 inside; else between -1 and 1 or a ball's image."""
        found = IMAGES[head](self.range(angle))
        half = mul(num(1, 2), PI)
        low, high = (ZERO, PI) if head == "sin" else (_minus(half), half)
        for start, stop, sign in (
            (low, high, 1),
            (_minus(high), low, -1) if head == "sin" else (high, mul(num(3), high), -1),
        ):
            below, above = sub(angle, start), sub(stop, angle)
            if self.nonnegative(below) and self.nonnegative(above):
                inside = POSITIVE if self.positive(below) and self.positive(above) else NONNEGATIVE
                return found.intersect(inside if sign > 0 else -inside)
        return found

    def _range_of_logarithm(self, argument: Form) -> Range:
        """log u > 0 iff u > 1."""
        found = IMAGES["log"](self.range(argument))
        if found.nonzero or not self.range(argument).contains(Fraction(1)) or argument.head == "var":
            return found
        above = sub(argument, ONE)
        if self.nonnegative(above):
            return found.intersect(POSITIVE if self.positive(above) else NONNEGATIVE)
        if self.nonpositive(above):
            return found.intersect(-POSITIVE if self.negative(above) else -NONNEGATIVE)
        return found

    def _range_of_call(self, form: Form) -> Range:
        function = self.context.function(form.name)
        if function is not None and "positive" in function.properties:
            return POSITIVE
        return NONNEGATIVE if function is not None and "nonnegative" in function.properties else EVERYTHING

    def _range_of_binder(self, form: Form) -> Range:
        """A sum of terms >= 0 is >= 0; so is an integral whose lower limit is not above its upper one."""
        if form.head == "diff":
            return EVERYTHING
        body, _, low, high = form.args
        inner = Signs(_bound_context(self.context, form), self.deadline, principal=self.principal)
        forward = form.head == "sum" or high == Form("const", ("oo",)) or self.at_most(low, high)
        return NONNEGATIVE if forward and inner.nonnegative(body) else EVERYTHING

    # polynomials

    def _by_polynomials(self, form: Form, sign: int, *, strict: bool) -> bool:
        """The sign of numerator and denominator over the form's atoms; a denominator is not 0 where all is defined."""
        if form not in self._views:
            self._views[form] = self.view(form)
        view = self._views[form]
        if view is None:
            return False
        (quotient,), known = view.quotients, view.known
        for below in (1, -1):
            if holds(below * quotient.denominator, known.afresh, strict=False):
                return holds(sign * below * quotient.numerator, known.afresh, strict=strict)
        return False

    def _by_factors(self, form: Form) -> bool:
        """Every factor of the numerator has a sign or is said not to be zero."""
        try:
            atoms = self._atoms()
            quotient, *unequal = atoms.convert([form, *self._unequal])
        except NotAlgebraic:
            return False
        if self.principal and not self._unequal:
            return False
        allowed = {str(f) for q in unequal for f, _ in q.numerator.factor()[1]}
        content, factors = quotient.numerator.factor()
        if content == 0:
            return False
        for factor, _ in factors:
            if str(factor) in allowed or str(-factor) in allowed:
                continue
            part = atoms.polynomial_form(factor)
            if part == form or not self.nonzero(part):
                return False
        return True

    def vanishes(self, form: Form) -> bool:
        """form = 0: its numerator over the form's atoms is the zero polynomial."""
        try:
            return self.real(form) and bool(self._atoms().convert([form])[0].numerator.is_zero())
        except NotAlgebraic:
            return False

    def _atoms(self) -> Atoms:
        return Atoms(self.positive, self.nonnegative)

    def view(self, *forms: Form) -> View | None:
        """The forms as quotients of polynomials over shared atoms, with all that is known of these atoms.

        None when they are not all real or have no such quotients.
        """
        if not all(self.real(form) for form in forms):
            return None
        atoms = self._atoms()
        names = frozenset().union(*(free_variables(form) for form in forms))
        facts = [f for f in self._facts if free_variables(f[0]) | free_variables(f[1]) and _related(f, names)]
        bounds = [(name, b) for name in sorted(names) for b in self._bounds(name)]
        extra = [sub(right, left) for left, right, _ in facts]
        try:
            quotients = atoms.convert([*forms, *extra, *(bound.value for _, (_, bound) in bounds)])
        except NotAlgebraic:
            facts, bounds = [], []
            try:
                quotients = atoms.convert(forms)
            except NotAlgebraic:
                return None
        count = len(forms)
        index_of = {form.name: i for i, form in enumerate(atoms.forms) if form.head == "var"}
        ends: dict[int, tuple[End | None, End | None]] = {}
        for (name, (side, bound)), value in zip(bounds, quotients[count + len(facts) :], strict=True):
            if name in index_of and value.denominator == 1:
                index = index_of[name]
                low, high = ends.get(index, (None, None))
                end = End(value.numerator, bound.strict)
                ends[index] = (end, high) if side < 0 else (low, end)
        ranges = {i: self.range(form) for i, form in enumerate(atoms.forms)}
        constants = {i: _ball(ranges[i]) for i, form in enumerate(atoms.forms) if not free_variables(form)}
        known = Knowledge(
            ranges=ranges,
            constants={i: ball for i, ball in constants.items() if ball is not None},
            ends={i: pair for i, pair in ends.items() if _needed(pair, ranges[i])},
            nonzero=frozenset(i for i, form in enumerate(atoms.forms) if not ranges[i].nonzero and self.nonzero(form)),
            deadline=self.deadline,
        )
        hypotheses = []
        for (_, _, strict), value in zip(facts, quotients[count : count + len(facts)], strict=True):
            for sign in (1, -1):
                if holds(sign * value.denominator, known, strict=False):
                    hypotheses.append((sign * value.numerator, strict))
                    break
        squares = {
            i: value for i, degree, value in atoms.relations() if degree == 2 and atoms.forms[i].head in ("pow", "Abs")
        }
        known = replace(known, hypotheses=tuple(hypotheses), squares=squares)
        return View(tuple(quotients[:count]), known, atoms)

    def _bounds(self, name: str) -> list[tuple[int, Bound]]:
        variable = self.context.variable(name)
        ends = [(side, bound) for side, bound in ((-1, variable.lower), (1, variable.upper)) if bound is not None]
        return ends if any(bound.value.head != "num" for _, bound in ends) else []


def _minus(form: Form) -> Form:
    return mul(MINUS_ONE, form)


def _facts(context: Context) -> list[tuple[Form, Form, bool]]:
    """The constraints as (left, right, strict) for left < right or left <= right."""
    found = []
    for constraint in context.constraints:
        if constraint.head in ("lt", "le"):
            found.append((constraint.args[0], constraint.args[1], constraint.head == "lt"))
        elif constraint.head == "eq":
            found.append((constraint.args[0], constraint.args[1], False))
            found.append((constraint.args[1], constraint.args[0], False))
    return found


def _related(fact: tuple[Form, Form, bool], names: frozenset[str]) -> bool:
    return bool((free_variables(fact[0]) | free_variables(fact[1])) & names)


def _needed(pair: tuple[End | None, End | None], range_: Range) -> bool:
    """Exact ends replace the rational ones only where they give at least as many."""
    low, high = pair
    return (low is not None or range_.low is None) and (high is not None or range_.high is None)


def _ball(range_: Range) -> arb | None:
    if range_.low is None or range_.high is None:
        return None
    return as_arb(range_.low).union(as_arb(range_.high))


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


def _bound_context(context: Context, form: Form) -> Context:
    """The context inside a sum or integral: the bound variable runs between its limits where these are closed."""
    from derive.model.context import Variable

    _, bound, low, high = form.args
    integral = form.head == "int"
    known = Signs(context)
    lower = known.range(low).low if low.head != "const" else None
    upper = known.range(high).high if high.head != "const" else None
    kept = tuple(c for c in context.constraints if bound.name not in free_variables(c))
    limits = Variable(
        bound.name,
        "real" if integral else "integer",
        None if lower is None else Bound(num(lower), False),
        None if upper is None else Bound(num(upper), False),
    )
    return Context(context.variables, kept, context.functions, context.definitions).with_variable(limits)


def _bessel(signs: Signs, order: Form, argument: Form) -> Range:
    """|J_v(x)| <= 1 for real x and order v >= 0 (Watson 2.2)."""
    return UNIT if signs.range(order).nonnegative and signs.real(argument) else EVERYTHING


def _orthogonal(signs: Signs, degree: Form, argument: Form) -> Range:
    """|T_n(x)| and |P_n(x)| are at most 1 on [-1, 1]."""
    inside = signs.range(argument).within(UNIT) and signs.real(argument)
    return UNIT if inside and signs.integer(degree) and signs.range(degree).nonnegative else EVERYTHING


KNOWN_BOUNDS = {"besselj": _bessel, "chebyshevt": _orthogonal, "legendre": _orthogonal}
