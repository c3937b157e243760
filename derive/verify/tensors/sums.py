"""Numbers made of entries, Kronecker deltas and sums over entries, written as polynomials over generators."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from derive.meaning.form import ONE, ZERO, Form, fn, free_variables, mul, num, power, sub, subforms, var
from derive.meaning.form import substitute as put
from derive.model.context import Context
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.tensors.polynomials import Monomial, Polynomial, constant, form_of, generator, multiplied, plus
from derive.verify.tensors.shapes import Unclear

__all__ = ["Sums"]

LARGEST_POWER = 4
ENTIRE = frozenset({"sin", "cos", "sinh", "cosh", "tanh", "atan"})


@dataclass(slots=True)
class Sums:
    """One reading of sums: how far index letters run, which indices are taken to differ, what is required.

    Every law used holds for whatever number of entries, at least one: sums are linear, a delta picks one entry.
    """

    context: Context
    ranges: dict[str, Form]
    apart: frozenset[frozenset[Form]] = frozenset()
    required: list[Form] = field(default_factory=list)
    bound: tuple[str, ...] = ()

    def reduced(self, form: Form) -> Polynomial:
        """The polynomial of a form.  Raises Unclear."""
        head, args = form.head, form.args
        if head == "num":
            return constant(form.value)
        if head == "var" or head == "const":
            return generator(form)
        if head == "index":
            return generator(form)
        if head == "add":
            return plus(*map(self.reduced, args))
        if head == "mul":
            product = constant(1)
            for a in args:
                product = multiplied(product, self.reduced(a))
            return product
        if head == "pow":
            return self._power(self.reduced(args[0]), args[1])
        if head == "exp":
            return self._exp(self.reduced(args[0]))
        if head == "log":
            return self._log(self.reduced(args[0]))
        if head == "delta":
            return self._delta(*args)
        if head == "sum":
            return self._sum(*args)
        if head == "gradient":
            return self._gradient(self.reduced(args[0]), args[1])
        if head in ENTIRE:
            return generator(fn(head, form_of(self.reduced(args[0]))))
        raise Unclear(f"{head} among entries")

    # --- powers, exponentials, logarithms ------------------------------------------------------------------

    def _power(self, base: Polynomial, exponent: Form) -> Polynomial:
        if exponent.head != "num":
            raise Unclear("an exponent that is no number")
        n = exponent.value
        if n.denominator != 1:
            self._require(Form("lt", (ZERO, form_of(base))), self.positive(base))
            return generator(power(form_of(base), exponent))
        if abs(n) > LARGEST_POWER:
            raise Unclear("a large power")
        if n < 0:
            base = self._reciprocal(base)
        result = constant(1)
        for _ in range(abs(int(n))):
            result = multiplied(result, base)
        return result

    def _reciprocal(self, base: Polynomial) -> Polynomial:
        """1/(c a b) = c^{-1} a^{-1} b^{-1}; of a sum a generator.  That it is not 0 is seen or required."""
        self._require(Form("ne", (form_of(base), ZERO)), self.positive(base))
        if len(base) == 1:
            ((monomial, coefficient),) = base.items()
            if any(f.head == "delta" for f, _ in monomial):
                raise Unclear("division by a delta")
            return {tuple((f, -e) for f, e in monomial): 1 / coefficient}
        return generator(form_of(base), -1)

    def _exp(self, argument: Polynomial) -> Polynomial:
        """exp(a + 2 b) = exp(a) exp(b)^2."""
        product = constant(1)
        for monomial, coefficient in argument.items():
            whole = coefficient.denominator == 1
            inside = form_of({monomial: Fraction(1) if whole else coefficient})
            product = multiplied(product, generator(fn("exp", inside), int(coefficient) if whole else 1))
        return product

    def _log(self, argument: Polynomial) -> Polynomial:
        """log(a b) = log a + log b for positive a and b, and log(exp(a)) = a."""
        if len(argument) == 1:
            ((monomial, coefficient),) = argument.items()
            if coefficient > 0 and all(self._positive(f) for f, _ in monomial):
                logs = [multiplied(constant(e), self._log_of_positive(f)) for f, e in monomial]
                return plus(*logs, constant(0) if coefficient == 1 else generator(fn("log", num(coefficient))))
        self._require(Form("lt", (ZERO, form_of(argument))), self.positive(argument))
        return generator(fn("log", form_of(argument)))

    def _log_of_positive(self, form: Form) -> Polynomial:
        return self.reduced(form.args[0]) if form.head == "exp" else generator(fn("log", form))

    def _require(self, statement: Form, granted: bool) -> None:
        if granted:
            return
        if free_variables(statement) & set(self.bound):
            raise Unclear("where the terms of the sum are defined is not clear")
        if statement not in self.required:
            self.required.append(statement)

    def positive(self, polynomial: Polynomial) -> bool:
        """Whether every term is a product of positive factors."""
        return bool(polynomial) and all(
            coefficient > 0 and all(self._positive(form) for form, _ in monomial)
            for monomial, coefficient in polynomial.items()
        )

    def _positive(self, form: Form) -> bool:
        if form.head == "exp":
            return True
        if form.head == "var":
            lower = self.context.variable(form.name).lower
            if lower is None or lower.value.head != "num":
                return False
            return lower.value.value > 0 or (lower.value.value == 0 and lower.strict)
        if form.head == "sum":
            return form.args[2] == ONE and self._is_size(form.args[3]) and self.positive(self.reduced(form.args[0]))
        return form.head == "add" and self.positive(self.reduced(form))

    # --- deltas and sums -----------------------------------------------------------------------------------

    def _delta(self, one: Form, other: Form) -> Polynomial:
        if one == other:
            return constant(1)
        if frozenset((one, other)) in self.apart or (one.head == other.head == "num"):
            return {}
        return generator(Form("delta", tuple(sorted((one, other), key=repr))))

    def _is_size(self, form: Form) -> bool:
        """Whether the number is that of the entries of something, so at least 1."""
        sizes = {size for array in self.context.arrays for size in array.args[1:]}
        return form in sizes or (form.head == "num" and form.value.denominator == 1 and form.value >= 1)

    def _sum(self, body: Form, index: Form, lower: Form, upper: Form) -> Polynomial:
        """Linear in the body: factors free of the index go before the sum, a delta picks its entry."""
        before, ranges = self.bound, self.ranges
        self.bound = (*before, index.name)
        self.ranges = {**ranges, index.name: upper} if lower == ONE else ranges
        inside = self.reduced(body)
        self.bound, self.ranges = before, ranges
        return plus(
            *(
                multiplied(constant(coefficient), self._summed(monomial, index, lower, upper))
                for monomial, coefficient in inside.items()
            )
        )

    def _summed(self, monomial: Monomial, index: Form, lower: Form, upper: Form) -> Polynomial:
        inner = tuple((f, e) for f, e in monomial if index.name in free_variables(f))
        before: Polynomial = {tuple((f, e) for f, e in monomial if (f, e) not in inner): Fraction(1)}
        delta = next((f for f, _ in inner if f.head == "delta"), None)
        if delta is not None:
            one, other = delta.args
            picked = other if one == index else one
            whole = lower == ONE and picked.head == "var" and self.ranges.get(picked.name) == upper
            if not whole or index not in (one, other) or picked == index:
                raise Unclear("a delta whose index may lie outside the sum")
            rest = form_of({tuple((f, e) for f, e in inner if f != delta): Fraction(1)})
            return multiplied(before, self.reduced(put(rest, {index.name: picked})))
        if not inner:
            if lower != ONE or not self._is_size(upper):
                raise Unclear("how many terms the sum has is not clear")
            return multiplied(before, self.reduced(upper))
        depth = 1 + max((_depth(f) for f, _ in inner), default=0)
        name = var(f"index__{depth}")
        summand = put(form_of({inner: Fraction(1)}), {index.name: name})
        return multiplied(before, generator(Form("sum", (summand, name, lower, upper))))

    # --- derivatives by entries ----------------------------------------------------------------------------

    def _gradient(self, polynomial: Polynomial, by: Form) -> Polynomial:
        """The product rule over the generators; dx_i/dx_j is a delta, and a sum is differentiated term by term."""
        total: list[Polynomial] = []
        for monomial, coefficient in polynomial.items():
            for place, (form, exponent) in enumerate(monomial):
                slope = self._slope(form, by)
                if slope:
                    lowered = generator(form, exponent - 1) if exponent != 1 else constant(1)
                    rest: Polynomial = {monomial[:place] + monomial[place + 1 :]: coefficient * exponent}
                    total.append(multiplied(multiplied(rest, lowered), slope))
        return plus(*total)

    def _slope(self, form: Form, by: Form) -> Polynomial:
        if not any(part == by.args[0] for part in subforms(form)):
            return {}
        head, args = form.head, form.args
        if head == "index":
            product = constant(1)
            for one, other in zip(args[1:], by.args[1:], strict=True):
                product = multiplied(product, self._delta(one, other))
            return product
        if head == "sum":
            body, index, lower, upper = args
            if index.name in free_variables(by):
                raise Unclear("an index that is bound and free")
            return self._sum(Form("gradient", (body, by)), index, lower, upper)
        if head == "add":
            return self._gradient(self.reduced(form), by)
        if head == "pow":
            slope = self._gradient(self.reduced(args[0]), by)
            outer = self.reduced(mul(args[1], power(args[0], sub(args[1], ONE))))
            return multiplied(outer, slope)
        if head in ENTIRE or head in ("exp", "log"):
            try:
                outer_form = put(derivative(fn(head, var("slot__")), "slot__"), {"slot__": args[0]})
            except NotDifferentiable as error:
                raise Unclear(str(error)) from None
            return multiplied(self.reduced(outer_form), self._gradient(self.reduced(args[0]), by))
        raise Unclear(f"the derivative of {head} by an entry")


def _depth(form: Form) -> int:
    """How many sums are nested in the form."""
    inner = max((_depth(part) for part in form.parts), default=0)
    return inner + 1 if form.head == "sum" else inner
