"""Quotients of rational polynomials over generators, reduced by the generators' relations, with their signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple, Protocol

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from derive.meaning.form import Form, add, free_variables, mul, num, power, quotient
from derive.model.context import Context, Sort
from derive.verify.balls import Undefined, Unknown, precision, value
from derive.verify.deadline import NEVER, Deadline

__all__ = [
    "GENERATORS", "ONE", "RING", "ZERO", "Element", "Field", "Generator", "Oracle", "Refined", "TooLarge",
    "Unsupported", "exact", "fraction",
]  # fmt: skip

Polynomial = Any

SIZE = 32
MOST_TERMS = 3000
MOST_REDUCTIONS = 80
RING = fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(SIZE)), Ordering.lex)
GENERATORS = RING.gens()
CONSTANT_ONE, CONSTANT_ZERO = RING.constant(1), RING.constant(0)


class Unsupported(Exception):
    """The form has no normal form here."""


class TooLarge(Unsupported):
    """The normal form would have too many terms or generators."""


class Refined(Exception):
    """A generator is needed to a smaller part of its argument than assumed; conversion starts again."""


class Element(NamedTuple):
    """numerator / denominator."""

    num: Polynomial
    den: Polynomial


ZERO, ONE = Element(CONSTANT_ZERO, CONSTANT_ONE), Element(CONSTANT_ONE, CONSTANT_ONE)


class Oracle(Protocol):
    """What is asked about signs: answers hold at every point of the domain where the form is defined."""

    @property
    def context(self) -> Context: ...

    def positive(self, form: Form) -> bool: ...
    def nonnegative(self, form: Form) -> bool: ...
    def nonzero(self, form: Form) -> bool: ...


@dataclass(frozen=True, slots=True)
class Generator:
    """An indeterminate of the field: what it stands for and what is known of its values.

    `kind` names the family that makes it (`var`, `exp`, `log`, `root`, ...); `argument` is what the function is
    applied to; `part` says that it is the function of the `part`-th part of it (`exp(x/2)`).
    """

    kind: str
    form: Form
    real: bool
    positive: bool = False
    nonnegative: bool = False
    integer: bool = False
    argument: Element | None = None
    part: int = 1


def exact(q: Fraction | int) -> Element:
    """A rational number as an element."""
    return Element(RING.constant(fmpq(q.numerator, q.denominator)), CONSTANT_ONE)


def fraction(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))


class Field:
    """The generators met so far, their relations, and arithmetic modulo these.

    `relations[i] = (k, n, d)` says `g_i**k = n/d`, pointwise and always.  `introduced` collects forms that the
    conversion divided by although the original form does not: the answer holds where these are not 0.
    """

    def __init__(self, oracle: Oracle, *, real: bool, parts: dict[Any, int], deadline: Deadline = NEVER) -> None:
        self.oracle = oracle
        self.real = real
        self.parts = parts
        self.deadline = deadline
        self.generators: list[Generator] = []
        self.index: dict[Any, int] = {}
        self.relations: dict[int, tuple[int, Polynomial, Polynomial]] = {}
        self.introduced: list[Form] = []
        self.known: dict[Form, Element] = {}
        self._signs: dict[tuple[str, str], bool] = {}

    # --- generators ---

    def generator(self, key: Any, kind: str, form: Form, *, real: bool, **facts: Any) -> int:
        """The number of the generator with that key, made when it is new."""
        found = self.index.get(key)
        if found is None:
            found = len(self.generators)
            if found >= SIZE:
                raise TooLarge("generators")
            self.deadline.check()
            self.index[key] = found
            self.generators.append(Generator(kind, form, real or self.real, **facts))
        return found

    def sort_of(self, name: str) -> Sort:
        return self.oracle.context.variable(name).sort

    def element(self, index: int) -> Element:
        return Element(GENERATORS[index], CONSTANT_ONE)

    def relate(self, index: int, degree: int, element: Element) -> None:
        """g**degree = element from now on."""
        self.relations[index] = (degree, element.num, element.den)

    def refined(self, key: Any, denominator: int) -> int:
        """Into how many parts the generator of that key is cut; a finer cut starts the conversion again."""
        kept = self.parts.setdefault(key, denominator)
        if kept % denominator:
            self.parts[key] = lcm(kept, denominator)
            raise Refined
        return kept

    def shifted(self, key: Any, shift: int, *, highest: bool) -> int:
        """The shift at which the generator of that key is kept: the highest (or lowest) that is asked for."""
        kept = self.parts.setdefault(key, shift)
        if shift > kept if highest else shift < kept:
            self.parts[key] = shift
            raise Refined
        return kept

    def used(self, polynomial: Polynomial) -> list[int]:
        return [i for i, degree in enumerate(polynomial.degrees()) if degree]

    # --- arithmetic ---

    def normal(self, n: Polynomial, d: Polynomial) -> Element:
        """n/d with both reduced and coprime, the denominator monic.

        Cancelling a common factor changes nothing where the denominator is not 0.
        """
        if self.relations:
            n, extra = self.reduced(n)
            if n.is_zero():
                return ZERO
            if extra is not None:
                d = d * extra
            if not d.is_constant():
                d, extra = self.reduced(d)
                if extra is not None:
                    n, again = self.reduced(n * extra)
                    d = d if again is None else self.reduced(d * again)[0]
        if n.is_zero():
            return ZERO
        if d.is_zero():
            raise Undefined("division by 0")
        if len(n) > MOST_TERMS or len(d) > MOST_TERMS:
            raise TooLarge("terms")
        if d.is_constant():
            return Element(n / d.leading_coefficient(), CONSTANT_ONE)
        if self.relations:
            n, d = self._rational_denominator(n, d)
            if d.is_constant():
                return Element(n / d.leading_coefficient(), CONSTANT_ONE)
        common = n.gcd(d)
        if not common.is_constant():
            n, d = divmod(n, common)[0], divmod(d, common)[0]
        leading = d.leading_coefficient()
        return Element(n, d) if leading == 1 else Element(n / leading, d / leading)

    def reduced(self, p: Polynomial) -> tuple[Polynomial, Polynomial | None]:
        """(q, e) with p = q/e (e None for 1) in which no generator reaches the degree of its relation."""
        divisor = None
        for _ in range(MOST_REDUCTIONS):
            degrees = p.degrees()
            high = next((i for i, (degree, _, _) in self.relations.items() if degrees[i] >= degree), None)
            if high is None:
                return p, divisor
            self.deadline.check()
            degree, n, d = self.relations[high]
            by_power: dict[int, dict[tuple[int, ...], fmpq]] = {}
            for monomial, coefficient in p.to_dict().items():
                times, left = divmod(monomial[high], degree)
                by_power.setdefault(times, {})[(*monomial[:high], left, *monomial[high + 1 :])] = coefficient
            most = max(by_power)
            if len(n) ** min(most, 6) * len(p) > 10 * MOST_TERMS * MOST_TERMS:
                raise TooLarge("reduction")
            p = CONSTANT_ZERO
            for times, terms in by_power.items():
                part = RING.from_dict(terms) * n**times
                p = p + (part if d.is_one() else part * d ** (most - times))
            if not d.is_one():
                divisor = d**most if divisor is None else divisor * d**most
            if len(p) > 3 * MOST_TERMS:
                raise TooLarge("reduction")
        raise TooLarge("relations do not settle")

    def _rational_denominator(self, n: Polynomial, d: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Square roots (and i) removed from a denominator by a conjugate that is shown not to be 0."""
        for i, (degree, _, den) in sorted(self.relations.items(), reverse=True):
            if degree != 2 or not den.is_one() or d.degrees()[i] != 1:
                continue
            conjugate = self.conjugated(d, i)
            if not self._conjugate_nonzero(d, conjugate, i):
                continue
            new_d, extra = self.reduced(d * conjugate)
            new_n, other = self.reduced(n * conjugate)
            if extra is not None or other is not None or new_d.is_zero() or len(new_d) > 60 or len(new_n) > MOST_TERMS:
                continue
            n, d = new_n, new_d
        return n, d

    def conjugated(self, p: Polynomial, i: int) -> Polynomial:
        """p with the generator's sign changed."""
        return RING.from_dict({m: -c if m[i] % 2 else c for m, c in p.to_dict().items()})

    def _conjugate_nonzero(self, d: Polynomial, conjugate: Polynomial, i: int) -> bool:
        if self.generators[i].kind == "I":
            return all(j == i or self.generators[j].real for j in self.used(d))
        if any(free_variables(self.generators[j].form) for j in self.used(conjugate)):
            return False
        try:
            with precision(256):
                return not value(self.polynomial_form(conjugate), {}, real=False).contains(0)
        except (Undefined, Unknown):
            return False

    def add(self, a: Element, b: Element) -> Element:
        if a.den == b.den:
            if a.den.is_one():
                return Element(self._sum(a.num, b.num), CONSTANT_ONE)
            return self.normal(a.num + b.num, a.den)
        return self.normal(a.num * b.den + b.num * a.den, a.den * b.den)

    def _sum(self, a: Polynomial, b: Polynomial) -> Polynomial:
        if len(a) + len(b) > MOST_TERMS:
            raise TooLarge("terms")
        return a + b

    def sub(self, a: Element, b: Element) -> Element:
        return self.add(a, Element(-b.num, b.den))

    def mul(self, a: Element, b: Element) -> Element:
        if len(a.num) * len(b.num) > 40 * MOST_TERMS or len(a.den) * len(b.den) > 40 * MOST_TERMS:
            raise TooLarge("product")
        return self.normal(a.num * b.num, a.den * b.den)

    def neg(self, a: Element) -> Element:
        return Element(-a.num, a.den)

    def inverse(self, a: Element) -> Element:
        if a.num.is_zero():
            raise Undefined("division by 0")
        return self.normal(a.den, a.num)

    def divide(self, a: Element, b: Element) -> Element:
        if b.num.is_zero():
            raise Undefined("division by 0")
        return self.mul(a, Element(b.den, b.num))

    def power(self, a: Element, n: int) -> Element:
        if n < 0:
            a, n = self.inverse(a), -n
        terms = max(len(a.num), len(a.den))
        if n > 2000 or (terms > 1 and (n > 64 or terms ** min(n, 6) > 300_000)):
            raise TooLarge("power")
        return self.normal(a.num**n, a.den**n)

    def scaled(self, q: Fraction | int, a: Element) -> Element:
        return self.mul(exact(q), a)

    # --- facts ---

    def is_real(self, a: Element) -> bool:
        return self.real or all(self.generators[i].real for p in a for i in self.used(p))

    def is_integer(self, a: Element) -> bool:
        """Integer-valued: an integer polynomial in integer generators."""
        return (
            a.den.is_one()
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
        if not self.real and not all(self.generators[i].real for i in self.used(p)):
            return False
        if self._by_terms(p, strict):
            return True
        ask = self.oracle.positive if strict else self.oracle.nonnegative
        return self._decided(question, p, ask)

    def _by_terms(self, p: Polynomial, strict: bool) -> bool:
        """Every term has a positive coefficient, and even powers or non-negative generators only."""
        surely = False
        for monomial, coefficient in p.to_dict().items():
            if coefficient < 0:
                return False
            term_positive = True
            for i, degree in enumerate(monomial):
                if not degree:
                    continue
                known = self.generators[i]
                if known.positive:
                    continue
                term_positive = False
                if degree % 2 and not known.nonnegative:
                    return False
            surely = surely or term_positive
        return surely or not strict

    def _decided(self, question: str, p: Polynomial, ask: Callable[[Form], bool]) -> bool:
        key = (question, str(p))
        answer = self._signs.get(key)
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

    # --- back to forms ---

    def form_of(self, a: Element) -> Form:
        top = self.polynomial_form(a.num)
        return top if a.den.is_one() else quotient(top, self.polynomial_form(a.den))

    def polynomial_form(self, p: Polynomial) -> Form:
        terms = []
        for monomial, coefficient in p.to_dict().items():
            factors = [power(self.generators[i].form, num(int(e))) for i, e in enumerate(monomial) if e]
            terms.append(mul(num(fraction(coefficient)), *factors))
        return add(*terms)

    def key(self, a: Element) -> str:
        return f"{a.num}/{a.den}"
