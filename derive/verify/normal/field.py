"""The field in which forms are compared: arithmetic, and what is known of the signs of its elements."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.meaning.form import Form, free_variables
from derive.verify.balls import Undefined, Unknown, precision, value
from derive.verify.normal.arithmetic import ONE, ZERO, Arithmetic, Element, Generator, Oracle, exact
from derive.verify.normal.polynomials import (
    CONSTANT_ONE,
    CONSTANT_ZERO,
    GENERATORS,
    RING,
    Polynomial,
    Refined,
    TooLarge,
    Unsupported,
    factored,
    fraction,
    monomial,
)

__all__ = [
    "CONSTANT_ONE", "CONSTANT_ZERO", "GENERATORS", "ONE", "RING", "ZERO", "Element", "Field", "Generator", "Oracle",
    "Polynomial", "Refined", "TooLarge", "Unsupported", "exact", "factored", "fraction", "monomial",
]  # fmt: skip


class Field(Arithmetic):
    """Arithmetic with facts: signs hold at every point of the domain at which the asked element is defined."""

    def is_real(self, a: Element) -> bool:
        return self.all_real or all(self.generators[i].real for p in a for i in self.used(p))

    def is_integer(self, a: Element) -> bool:
        """Integer-valued: an integer polynomial in integer generators."""
        return (
            a.den.is_one()
            and (self.some_integer or a.num.is_constant())
            and all(self.generators[i].integer for i in self.used(a.num))
            and all(c.q == 1 for c in a.num.coeffs())
        )

    def number(self, a: Element) -> Fraction | None:
        """The rational number that the element is, if it is one."""
        if a.num.is_zero():
            return Fraction(0)
        if a.num.is_constant() and a.den.is_constant():
            return fraction(a.num.leading_coefficient() / a.den.leading_coefficient())
        return None

    def positive(self, p: Polynomial) -> bool:
        """The polynomial is > 0 at every point of the domain."""
        return self._sign("positive", p, strict=True)

    def nonnegative(self, p: Polynomial) -> bool:
        return self._sign("nonnegative", p, strict=False)

    def nonzero(self, p: Polynomial) -> bool:
        return self._decided("nonzero", p, lambda form: self.oracle.nonzero(form))

    def declare_nonzero(self, p: Polynomial) -> None:
        """Notes what the caller has shown: the polynomial has no zero in the domain."""
        for multiple in (p, -p, p / p.leading_coefficient(), -p / p.leading_coefficient()):
            self._signs[("nonzero", str(multiple))] = True

    def _sign(self, question: str, p: Polynomial, *, strict: bool) -> bool:
        if p.is_constant():
            return bool(p.leading_coefficient() > 0) if not p.is_zero() else not strict
        if not self.all_real and not all(self.generators[i].real for i in self.used(p)):
            return False
        known, some = self._by_terms(p)
        if known > 0 and (some or not strict):
            return True
        if known < 0:
            return False
        ask = self.oracle.positive if strict else self.oracle.nonnegative
        return self._decided(question, p, ask)

    def _changes_sign(self, p: Polynomial) -> bool:
        """Of odd degree in a real variable without bounds (or of any degree in a complex one): it has a zero.

        The variable must occur in no other generator of the polynomial and in no constraint.
        """
        if p.is_zero():
            return True
        degrees = p.degrees()
        for i, degree in enumerate(degrees):
            if not degree or i not in self.unbounded or not (degree % 2 or not self.generators[i].real):
                continue
            name = self.generators[i].form.name
            if not any(d and j != i and name in free_variables(self.generators[j].form) for j, d in enumerate(degrees)):
                return True
        return False

    def _by_terms(self, p: Polynomial) -> tuple[int, bool]:
        """(1, some) where no term is ever negative, (-1, some) where none is ever positive, else (0, False).

        So it is where every coefficient has that sign, and all powers are even or of generators that are not
        negative; `some` says that a term is never 0.
        """
        signs = {c > 0 for c in p.coeffs()}
        if len(signs) > 1:
            return 0, False
        some = False
        for exponents in p.monoms():
            never_zero = True
            for i, degree in enumerate(exponents):
                if not degree:
                    continue
                known = self.generators[i]
                if known.positive:
                    continue
                never_zero = False
                if degree % 2 and not known.nonnegative:
                    return 0, False
            some = some or never_zero
        return (1 if signs.pop() else -1), some

    def _decided(self, question: str, p: Polynomial, ask: Callable[[Form], bool]) -> bool:
        key = (question, str(p))
        answer = self._signs.get(key)
        if answer is None and self._changes_sign(p):
            answer = self._signs[key] = False
        if answer is None:
            self.deadline.check()
            self._signs[key] = False
            form = self.polynomial_form(p)
            answer = self._signs[key] = ask(form) or self._constant_sign(question, form)
        return answer

    def _constant_sign(self, question: str, form: Form) -> bool:
        if free_variables(form):
            return False
        try:
            with precision(128):
                z = value(form, {}, real=False)
        except (Undefined, Unknown):
            return False
        if question == "nonzero":
            return not z.contains(0)
        return bool(z.imag.is_zero() and z.real > 0)

    def sign_of(self, a: Element, *, strict: bool = True) -> int:
        """1 or -1 where numerator and denominator have the same signs at every point, else 0."""
        result = 1
        for p, asked in ((a.num, strict), (a.den, True)):
            holds = self.positive if asked else self.nonnegative
            if holds(p):
                continue
            if not holds(-p):
                return 0
            result = -result
        return result

    def divided_by(self, form: Form) -> None:
        """Notes a division that the original form does not make."""
        if form not in self.introduced:
            self.introduced.append(form)
