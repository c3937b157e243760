"""The sign oracle: what the context alone proves about the sign and the range of a form.

Every answer is about all points of the context's domain at which the form is defined; `False` means only "not
shown".  Definedness itself is the business of the conditions.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from flint import acb

from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    TWO,
    Form,
    add,
    fn,
    free_variables,
    heads,
    mul,
    num,
    sub,
    subforms,
)
from derive.model.context import Context
from derive.verify.atoms import Atoms, NotAlgebraic, factored
from derive.verify.balls import COMPLEX, REAL, Evaluation, Undefined, Unknown, ball
from derive.verify.deadline import NEVER, Deadline
from derive.verify.domain import balls_at, some_points
from derive.verify.formranges import range_of
from derive.verify.polynomiallike import integer_valued, polynomial_like
from derive.verify.positivity import holds
from derive.verify.ranges import EVERYTHING, UNIT, Range
from derive.verify.view import View, facts_of, view_of

__all__ = ["Signs"]

NOT_REAL_HEADS = frozenset({"I", "zoo"})
REAL_VALUED = frozenset({"Abs", "re", "im", "arg"})
ENTIRE = frozenset(
    {"exp", "sin", "cos", "sinh", "cosh", "erf", "erfc", "atan", "asinh", "tanh", "tan", "sech", "conjugate", "sign",
     "floor", "ceiling", "Max", "Min", "Heaviside", "factorial", "gamma", "fibonacci", "binomial", "coth", "cot", "sec",
     "csc", "csch", "Si", "Shi", "erfi", "sinc", "rgamma", "digamma", "harmonic", "fresnels", "fresnelc", "airyai",
     "airybi", "airyaiprime", "airybiprime"}
)  # fmt: skip
COSTLY = frozenset({"int", "sum", "prod", "limit", "diff", "subs"})
FOUR = num(4)
UNLISTED = tuple(Fraction(n, 11) for n in (7, -13, 29, -5, 3))
"""Values for variables of which nothing is said."""
ONLY_AT_ZERO = {
    "LambertW": True, "asin": True, "atan": True, "asinh": True, "atanh": True,
    "sinh": False, "tanh": False, "erf": False, "erfi": False, "Si": False, "Shi": False,
}  # fmt: skip
"""Functions that are 0 at 0 only: with complex arguments too (on their principal branch), or with real ones."""
NEVER_ZERO = frozenset({"exp", "gamma", "factorial", "sec", "csc", "sech", "csch"})


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
        self._views: dict[tuple[Form, ...], View | None] = {}
        self.unequal = tuple(sub(c.args[0], c.args[1]) for c in context.constraints if c.head == "ne")
        self.facts = tuple(facts_of(context))

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
            found = self._ranges[form] = range_of(self, form) if self.real(form) else EVERYTHING
        return found

    def assuming(self, *statements: Form) -> Signs:
        """The oracle of the context with further constraints."""
        return self.elsewhere(self.context.assuming(*statements))

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
        if range_.positive if strict else range_.nonnegative:
            return True
        return not self.known_by_range(form) and self._has_sign(form, sign, strict=strict)

    # structure

    def _is_real(self, form: Form) -> bool:
        if not self.principal:
            below = heads(form)
            return below.isdisjoint(("matrix", "row")) and (
                "const" not in below or not any(f.head == "const" and f.name in NOT_REAL_HEADS for f in subforms(form))
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
        if head in ENTIRE or head in ("add", "mul") or (head == "zeta" and len(form.args) == 1):
            return all(self.real(part) for part in form.parts)
        return False

    def _is_integer(self, form: Form) -> bool:
        head = form.head
        if head == "num":
            return form.value.denominator == 1
        if head == "var":
            return self.context.variable(form.name).sort == "integer"
        if head in ("add", "mul"):
            return all(self.integer(part) for part in form.args) or integer_valued(form, self.integer)
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
        if head in ("var", "add") and any(form in (u, _minus(u)) for u in self.unequal):
            return True
        if head == "mul":
            if all(self.nonzero(part) for part in form.args):
                return True
        elif head == "pow":
            if self.nonzero(form.args[0]):
                return True
            if self.known_by_range(form):
                return False
        elif head == "Abs":
            return self.nonzero(form.args[0])
        elif head in NEVER_ZERO:
            return True
        elif head in ONLY_AT_ZERO and len(form.args) == 1 and (ONLY_AT_ZERO[head] or self.real(form.args[0])):
            return self.nonzero(form.args[0])
        elif head in ("num", "const", "var"):
            return False
        if self.real(form) and any(self._has_sign(form, sign, strict=True) for sign in (1, -1)):
            return True
        if head == "add" and self._exponential_less_one(form):
            return True
        return self._off_the_disc(form) or self._by_factors(form)

    def _exponential_less_one(self, form: Form) -> bool:
        """exp(u) - 1 for real u: it is 0 only where u is."""
        last = form.args[-1]
        if len(form.args) != 2 or last != MINUS_ONE or form.args[0].head != "exp":
            return False
        return self.real(form.args[0].args[0]) and self.nonzero(form.args[0].args[0])

    def _off_the_disc(self, form: Form) -> bool:
        """u - c with |u| < r <= |c|, or a complex u in an open half-plane on one side of 0, by what is given."""
        if form.head == "var":
            parts = (fn("re", form), fn("im", form))
            return self.principal and any(
                part in fact[:2] and (self.positive(part) or self.negative(part))
                for fact in self.facts
                for part in parts
            )
        if form.head != "add" or form.args[-1].head != "num":
            return False
        distance = abs(form.args[-1].value)
        inner = form.args[0] if len(form.args) == 2 else Form("add", form.args[:-1])
        if inner.head == "var" and self.principal and any(fn("re", inner) in fact[:2] for fact in self.facts):
            shifted = add(fn("re", inner), form.args[-1])
            if self.positive(shifted) or self.negative(shifted):
                return True
        for left, right, strict in self.facts:
            if left.head == "Abs" and right.head == "num" and left.args[0] in (inner, _minus(inner)):
                return distance > right.value or (strict and distance == right.value)
        return False

    def known_by_range(self, form: Form) -> bool:
        """Whether nothing but its range says anything of the sign: a variable of no constraint, an even power."""
        if form.head == "mul" and len(form.args) == 2 and form.args[0].head == "num":
            form = form.args[1]
        if form.head != "var" and not (form.head == "pow" and form.args[1] in (TWO, FOUR)):
            return False
        return all(free_variables(form).isdisjoint(free_variables(c)) for c in self.context.constraints)

    def _has_sign(self, form: Form, sign: int, *, strict: bool) -> bool:
        return not self._fails_at_a_point(form, sign, strict=strict) and self._by_polynomials(form, sign, strict=strict)

    # points

    def _fails_at_a_point(self, form: Form, sign: int, *, strict: bool) -> bool:
        """Whether the form is surely of the opposite sign somewhere, so that no search for a proof is needed."""
        if not COSTLY.isdisjoint(heads(form)):
            return False
        for point, there in self._witnesses:
            for name in free_variables(form) - point.keys():
                point[name] = ball(UNLISTED[len(point) % len(UNLISTED)])
            try:
                x = there.value(form).real * sign
            except (Undefined, Unknown):
                continue
            if x < 0 or (strict and x <= 0):
                return True
        return False

    @cached_property
    def _witnesses(self) -> list[tuple[dict[str, acb], Evaluation]]:
        """A few points of the domain, at which what was found of other forms is remembered."""
        found = [balls_at(point) for point in some_points(self.context, real=not self.principal)]
        return [(point, Evaluation(point, COMPLEX if self.principal else REAL)) for point in found]

    # polynomials

    def _by_polynomials(self, form: Form, sign: int, *, strict: bool) -> bool:
        """The sign of numerator and denominator over the form's atoms; a denominator is not 0 where all is defined."""
        view = self.view(form)
        if view is None:
            return False
        (quotient,), known = view.quotients, view.known
        for below in (1, -1):
            if holds(below * quotient.denominator, known.afresh, strict=False):
                return holds(sign * below * quotient.numerator, known.afresh, strict=strict)
        return False

    def _by_factors(self, form: Form) -> bool:
        """Every factor of the numerator has a sign or is said not to be zero.

        Forms that are not real take part only if they are polynomials, since the atoms' relations are real ones.
        """
        if not self.real(form) and not polynomial_like(form):
            return False
        unequal_forms = [u for u in self.unequal if self.real(u) or polynomial_like(u)]
        try:
            atoms = self._atoms()
            quotient, *unequal = atoms.convert([form, *unequal_forms])
        except NotAlgebraic:
            return False
        allowed = {str(f) for q in unequal for f, _ in factored(q.numerator)[1]}
        content, factors = factored(quotient.numerator)
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

    def view(self, *forms: Form) -> View | None:
        """The forms over shared atoms, with what is known of these; None when they have no such form."""
        if forms not in self._views:
            self._views[forms] = view_of(self, *forms)
        return self._views[forms]

    def elsewhere(self, context: Context) -> Signs:
        """The oracle of another context, with the same deadline and reading."""
        return Signs(context, self.deadline, principal=self.principal)

    def _atoms(self) -> Atoms:
        return Atoms(self.positive, self.nonnegative)


def _minus(form: Form) -> Form:
    return mul(MINUS_ONE, form)
