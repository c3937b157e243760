"""Rigorous ball evaluation of a form at a point: an enclosure of its value, or Undefined, or Unknown.

In the real sense (real variables, no `I`) a form is undefined where it leaves the real domain of a function;
in the complex sense branches are principal.  Roots of odd order of negative numbers (real root or principal
root?) and values on the cuts of inverse functions are Unknown, since conventions differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from flint import acb, arb, ctx, fmpq

from derive.meaning.form import Form, Head, free_variables, heads, nesting, subforms
from derive.verify.ballfunctions import FUNCTIONS, Sense, Undefined, Unknown, exact_integer, exp_of, log_of, real_part
from derive.verify.ballsense import COMPARISONS
from derive.verify.deadline import NEVER, Deadline, OutOfTime

__all__ = [
    "COMPLEX", "REAL", "Evaluation", "Sense", "Undefined", "Unknown", "ball", "constant", "holds", "precision", "value",
]  # fmt: skip

LARGEST_POWER = 10**5
SMALL = 1 << 60
MOST_TERMS = 400
QUADRATURE_CALLS = 600
MOST_CALLS = 4000
DEEPEST_INTEGRALS = 2
QUADRATURE_BITS = 80
MOST_INTEGRALS = 64
NEAR_THE_END = arb(2) ** -40

REAL, COMPLEX = Sense(real=True), Sense(real=False)


class precision:  # noqa: N801 - used as a word: `with precision(64):`
    """Balls of that many bits inside the block."""

    __slots__ = ("before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before = ctx.prec
        ctx.prec = self.bits

    def __exit__(self, *_: object) -> None:
        ctx.prec = self.before


def ball(number: Fraction | int) -> acb:
    """The tightest ball around a rational number."""
    n, d = number.numerator, number.denominator
    return acb(n) if d == 1 and -SMALL < n < SMALL else acb(fmpq(n, d))


def constant(name: str) -> acb:
    """A named constant; Unknown for infinities."""
    match name:
        case "pi":
            return acb(arb.pi())
        case "E":
            return acb(arb(1).exp())
        case "I":
            return acb(0, 1)
        case "EulerGamma":
            return acb(arb.const_euler())
        case "Catalan":
            return acb(arb.const_catalan())
        case "GoldenRatio":
            return acb((1 + arb(5).sqrt()) / 2)
    raise Unknown(f"constant {name}")


def value(
    form: Form,
    point: Mapping[str, acb],
    *,
    real: bool = True,
    deadline: Deadline = NEVER,
    memo: dict[Form, acb] | None = None,
) -> acb:
    """An enclosure of the form at the point.

    Raises Undefined where the form surely has no value, Unknown where that or the value cannot be told at this
    precision, OutOfTime at the deadline.  A `memo` may be shared by evaluations at the same point.
    """
    return Evaluation(point, REAL if real else COMPLEX, deadline, memo).value(form)


def holds(statement: Form, point: Mapping[str, acb], *, real: bool = True, deadline: Deadline = NEVER) -> bool:
    """Whether a statement is surely true (or surely false) at the point; Undefined or Unknown otherwise."""
    return Evaluation(point, REAL if real else COMPLEX, deadline).holds(statement)


class Evaluation:
    """Evaluates forms at one point in one sense, each subform once."""

    def __init__(
        self,
        point: Mapping[str, acb],
        sense: Sense,
        deadline: Deadline = NEVER,
        memo: dict[Form, acb] | None = None,
        effort: list[int] | None = None,
    ) -> None:
        self.point = point
        self.sense = sense
        self.deadline = deadline
        self.memo = {} if memo is None else memo
        self.effort = [MOST_CALLS] if effort is None else effort
        """How often integrands may still be evaluated, over all integrals within integrals."""

    def value(self, form: Form) -> acb:
        head = form.head
        if head == "num":
            return ball(form.args[0])
        known = self.memo.get(form)
        if known is not None:
            return known
        result = self._compute(head, form)
        if not result.is_finite():
            raise Unknown("not finite")
        if self.sense.real and not self.sense.extended and not result.imag.is_zero():
            raise Undefined("not real")
        self.memo[form] = result
        return result

    def _compute(self, head: Head, form: Form) -> acb:
        if head == "var":
            if form.name not in self.point:
                raise Unknown(f"no value for {form.name}")
            return self.point[form.name]
        if head == "const":
            return constant(form.name)
        if head == "add":
            total = self.value(form.args[0])
            for term in form.args[1:]:
                total = total + self.value(term)
            return total
        if head == "mul":
            product = self.value(form.args[0])
            for factor in form.args[1:]:
                product = product * self.value(factor)
            return product
        if head == "pow":
            return self._power(*form.args)
        function = FUNCTIONS.get(head)
        if function is not None:
            return self._apply(function, form)
        special = _SPECIAL.get(head)
        if special is None:
            raise Unknown(head)
        self.deadline.check()
        return special(self, form)

    def _apply(self, function: object, form: Form) -> acb:
        arguments = [self.value(a) for a in form.args]
        try:
            return function(self.sense, *arguments)  # type: ignore[operator]
        except (ZeroDivisionError, OverflowError, TypeError, ValueError) as error:
            raise Unknown(f"{form.head}: {error}") from error

    # --- powers ---

    def _power(self, base: Form, exponent: Form) -> acb:
        if base.head == "const" and base.name == "E":
            return exp_of(self.sense, self.value(exponent))
        if exponent.head == "num" and exponent.value < 0 and exponent.value.denominator == 1:
            return self._reciprocal(base, -int(exponent.value))
        b = self.value(base)
        if exponent.head == "num":
            q = exponent.value
            return _integer_power(b, q.numerator) if q.denominator == 1 else self._rational_power(b, q)
        x = self.value(exponent)
        if x.imag.is_zero() and x.real.is_exact() and x.real.is_integer() and abs(x.real) < LARGEST_POWER:
            return _integer_power(b, int(x.real.unique_fmpz()))
        if b.is_zero():
            if x.real > 0:
                return acb(0)
            raise Undefined("0 to a power that is not positive") if x.real < 0 else Unknown("0**0")
        if self.sense.real and not self.sense.extended and not real_part(b) > 0:
            if b.real < 0 and x.real.is_exact():
                raise Undefined("negative base, dyadic exponent")
            raise Unknown("power of a base that may be negative")
        result = (log_of(self.sense, b) * x).exp()
        return acb(result.real) if b.imag.is_zero() and b.real > 0 and x.imag.is_zero() else result

    def _reciprocal(self, base: Form, n: int) -> acb:
        """base**-n; the reciprocal of gamma is entire, 0 at its poles (DLMF 5.2)."""
        if not any(factor.head in ("gamma", "factorial") for factor in (base.args if base.head == "mul" else (base,))):
            return _integer_power(self.value(base), -n)
        result = acb(1)
        for factor in base.args if base.head == "mul" else (base,):
            if factor.head in ("gamma", "factorial"):
                at = self.value(factor.args[0]) + (1 if factor.head == "factorial" else 0)
                if not abs(at) < LARGEST_POWER:
                    raise Unknown("argument too large")
                result = result * at.rgamma() ** n
            else:
                result = result * _integer_power(self.value(factor), -n)
        return result

    def _rational_power(self, b: acb, q: Fraction) -> acb:
        if b.is_zero():
            if q < 0:
                raise Undefined("division by 0")
            return acb(0)
        if q < 0 and b.contains(0):
            raise Unknown("division by a ball around 0")
        if self.sense.real and not self.sense.extended:
            if b.real < 0:
                if q.denominator % 2 == 0:
                    raise Undefined("even root of a negative number")
                raise Unknown("conventions for odd roots differ")
            if not b.real >= 0:
                raise Unknown("root near 0")
        if self.sense.analytic and b.imag.contains(0) and not b.real > 0:
            raise Unknown("root may meet its cut")
        if q.denominator == 2:
            return b.sqrt() ** q.numerator
        if b.contains(0):
            raise Unknown("root near 0")
        result = (b.log() * ball(q)).exp()
        return acb(result.real) if b.imag.is_zero() and b.real > 0 else result

    # --- statements ---

    def holds(self, statement: Form) -> bool:
        head = statement.head
        if head in COMPARISONS:
            left, right = (self.value(a) for a in statement.args)
            return COMPARISONS[head](left - right)
        if head == "and":
            return all(self.holds(s) for s in statement.args)
        if head == "or":
            return any(self.holds(s) for s in statement.args)
        if head == "not":
            return not self.holds(statement.args[0])
        if head == "implies":
            return not self.holds(statement.args[0]) or self.holds(statement.args[1])
        if head == "iff":
            return self.holds(statement.args[0]) == self.holds(statement.args[1])
        if head == "const" and statement.name in ("True", "False"):
            return bool(statement.name == "True")
        raise Unknown(f"statement {head}")

    def _cases(self, form: Form) -> acb:
        if self.sense.extended:
            raise Unknown("cases are not analytic")
        for result, condition in zip(form.args[::2], form.args[1::2], strict=True):
            if self.holds(condition):
                return self.value(result)
        raise Undefined("no case holds")

    # --- binders ---

    def _at(self, variable: Form, z: acb) -> Evaluation:
        return Evaluation({**self.point, variable.name: z}, self.sense, self.deadline, effort=self.effort)

    def _terms(self, form: Form) -> Iterator[acb]:
        body, variable, lower, upper = form.args
        first, last = exact_integer(self.value(lower)), exact_integer(self.value(upper))
        if last < first - 1:
            raise Unknown("conventions for reversed limits differ")
        if last - first > MOST_TERMS:
            raise Unknown("too many terms")
        for k in range(first, last + 1):
            self.deadline.check()
            yield self._at(variable, acb(k)).value(body)

    def _sum(self, form: Form) -> acb:
        return sum(self._terms(form), acb(0))

    def _product(self, form: Form) -> acb:
        result = acb(1)
        for term in self._terms(form):
            result = result * term
        return result

    def _subs(self, form: Form) -> acb:
        body, variable, replacement = form.args
        return self._at(variable, self.value(replacement)).value(body)

    def _derivative(self, form: Form) -> acb:
        from derive.verify.differentiate import NotDifferentiable, carried_out

        self.value(form.args[0])
        try:
            return self.value(carried_out(form))
        except NotDifferentiable as error:
            raise Unknown(str(error)) from error

    def _integral(self, form: Form) -> acb:
        if len(form.args) != 4 or nesting(form, "int") > DEEPEST_INTEGRALS:
            raise Unknown("an indefinite integral, or too many of them within one another")
        self.deadline.check()
        bits = min(ctx.prec, QUADRATURE_BITS)
        if free_variables(form):
            return self._quadrature(form, bits)
        found = _constant_integral(form, self.sense, bits, self.deadline)
        if isinstance(found, Unknown | Undefined):
            raise type(found)(*found.args)
        return found

    def _quadrature(self, form: Form, bits: int) -> acb:
        body, variable, lower, upper = form.args
        a, b = self.value(lower), self.value(upper)
        extended = Sense(self.sense.real, extended=True)
        analytic = Sense(self.sense.real, extended=True, analytic=True)
        late = False

        def integrand(z: acb, must_be_analytic: bool) -> acb:
            """The value at a point; once it is too late, none at any: the integrator must not meet an exception."""
            nonlocal late
            sense = analytic if must_be_analytic else extended
            try:
                if not late and self.effort[0] > 0:
                    self.effort[0] -= 1
                    self.deadline.check()
                    there = {**self.point, variable.name: z}
                    return Evaluation(there, sense, self.deadline, effort=self.effort).value(body)
            except OutOfTime:
                late = True
            except (Undefined, Unknown, ZeroDivisionError, RecursionError):
                pass
            return acb("nan")

        if self.sense.real:
            self._defined_between(body, variable, a, b)
        for end, step in ((a, b - a), (b, a - b)):
            near = end + step * NEAR_THE_END
            if not integrand(acb(end.real.union(near.real), end.imag.union(near.imag)), False).is_finite():
                raise Unknown("quadrature needs an integrand that is bounded at the ends")
        with precision(bits):
            result = acb.integral(
                integrand, a, b, rel_tol=arb(2) ** (-bits // 2), abs_tol=arb(2) ** (-bits // 2),
                eval_limit=QUADRATURE_CALLS,
            )  # fmt: skip
        if late:
            raise OutOfTime
        if self.sense.real and not self.sense.extended:
            if not result.imag.contains(0):
                raise Undefined("the integrand is not real")
            result = acb(result.real)
        return result

    def _defined_between(self, body: Form, variable: Form, a: acb, b: acb) -> None:
        """Undefined where the integrand leaves its real domain at one of a few points inside."""
        for k in (1, 3, 6, 11, 17, 23, 27, 31):
            try:
                self._at(variable, a + (b - a) * ball(Fraction(k, 32))).value(body)
            except Unknown:
                continue


_constant_integrals: dict[tuple[Form, Sense, int], acb | Unknown | Undefined] = {}


def _constant_integral(form: Form, sense: Sense, bits: int, deadline: Deadline) -> acb | Unknown | Undefined:
    """The value of an integral without parameters, which several rungs ask for, or why it has none."""
    key = form, sense, bits
    if key not in _constant_integrals:
        if len(_constant_integrals) >= MOST_INTEGRALS:
            _constant_integrals.clear()
        try:
            _constant_integrals[key] = Evaluation({}, sense, deadline)._quadrature(form, bits)
        except (Unknown, Undefined) as error:
            _constant_integrals[key] = error.with_traceback(None)
    return _constant_integrals[key]


def _integer_power(b: acb, n: int) -> acb:
    if abs(n) > LARGEST_POWER:
        raise Unknown("exponent too large")
    if n < 0:
        if b.is_zero():
            raise Undefined("division by 0")
        if b.contains(0):
            raise Unknown("division by a ball around 0")
    return b**n


_SPECIAL = {
    "cases": Evaluation._cases,
    "sum": Evaluation._sum,
    "prod": Evaluation._product,
    "subs": Evaluation._subs,
    "diff": Evaluation._derivative,
    "int": Evaluation._integral,
}


def mentions_imaginary(*forms: Form) -> bool:
    """Whether `I` occurs, so that the claim is meant over the complex numbers."""
    return any(
        part.head == "const" and part.name == "I" for form in forms if "const" in heads(form) for part in subforms(form)
    )
