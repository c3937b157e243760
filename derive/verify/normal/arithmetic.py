"""Arithmetic of quotients of rational polynomials over generators, reduced by the generators' relations."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, NamedTuple, Protocol

from flint import fmpq

from derive.meaning.form import Form, add, free_variables, mul, num, power, quotient
from derive.model.context import Context
from derive.verify.balls import Undefined, Unknown, precision, value
from derive.verify.deadline import NEVER, Deadline
from derive.verify.normal.polynomials import (
    CONSTANT_ONE,
    CONSTANT_ZERO,
    GENERATORS,
    MOST_TERMS,
    RING,
    SIZE,
    Polynomial,
    Refined,
    TooLarge,
    fraction,
)

__all__ = ["ONE", "ZERO", "Arithmetic", "Element", "Generator", "Oracle", "exact"]

MOST_REDUCTIONS = 80


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


class Generator(NamedTuple):
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
    return _exact(q.numerator, q.denominator)


@lru_cache(maxsize=1024)
def _exact(numerator: int, denominator: int) -> Element:
    return Element(RING.constant(fmpq(numerator, denominator)), CONSTANT_ONE)


class Arithmetic:
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
        self.unbounded: set[int] = set()
        self.known: dict[Form, Element] = {}
        self.all_real = True
        self.some_integer = False
        self._signs: dict[tuple[str, str], bool] = {}

    # --- generators ---

    def generator(self, key: Any, kind: str, form: Form | Callable[[], Form], *, real: bool, **facts: Any) -> int:
        """The number of the generator with that key, made when it is new; only then is its form asked for."""
        found = self.index.get(key)
        if found is None:
            found = len(self.generators)
            if found >= SIZE:
                raise TooLarge("generators")
            self.deadline.check()
            self.index[key] = found
            meant = form if isinstance(form, Form) else form()
            self.generators.append(Generator(kind, meant, real or self.real, **facts))
            self.all_real = self.all_real and (real or self.real)
            self.some_integer = self.some_integer or self.generators[-1].integer
        return found

    def variable(self, form: Form) -> int:
        """The generator of a variable."""
        key = ("var", form.name)
        if key in self.index:
            return self.index[key]
        context = self.oracle.context
        known = context.variable(form.name)
        real = known.sort != "complex"
        bounded = known.lower is not None or known.upper is not None
        constrained = any(form.name in free_variables(c) for c in context.constraints)
        asked = real and (bounded or constrained)
        positive = asked and self.oracle.positive(form)
        index = self.generator(
            key,
            "var",
            form,
            real=real,
            integer=known.sort == "integer",
            positive=positive,
            nonnegative=positive or (asked and self.oracle.nonnegative(form)),
        )
        if not bounded and not constrained and known.sort != "integer":
            self.unbounded.add(index)
        return index

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
        degrees = polynomial.degrees()
        return [i for i in range(len(self.generators)) if degrees[i] > 0]  # of 0 they are -1

    # --- arithmetic ---

    def normal(self, n: Polynomial, d: Polynomial) -> Element:
        """n/d with both reduced and coprime, the denominator monic.

        Cancelling a common factor changes nothing where the denominator is not 0.
        """
        if d is CONSTANT_ONE:
            return self._quotient_by_one(n)
        if self.relations:
            n, extra = self.reduced(n)
            if extra is not None:
                d = d * extra
            if not n.is_zero() and not d.is_one():
                d, extra = self.reduced(d)
                if extra is not None:
                    n, again = self.reduced(n * extra)
                    d = d if again is None else self.reduced(d * again)[0]
        if n.is_zero():
            return ZERO
        if len(n) > MOST_TERMS or len(d) > MOST_TERMS:
            raise TooLarge("terms")
        if d.is_one():
            return Element(n, CONSTANT_ONE)
        if d.is_zero():
            raise Undefined("division by 0")
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

    def _quotient_by_one(self, n: Polynomial) -> Element:
        if self.relations:
            n, extra = self.reduced(n)
            if extra is not None:
                return self.normal(n, extra)
        if n.is_zero():
            return ZERO
        if len(n) > MOST_TERMS:
            raise TooLarge("terms")
        return Element(n, CONSTANT_ONE)

    def reduced(self, p: Polynomial) -> tuple[Polynomial, Polynomial | None]:
        """(q, e) with p = q/e (e None for 1) in which no generator reaches the degree of its relation."""
        divisor = None
        for _ in range(MOST_REDUCTIONS):
            degrees = p.degrees()
            for high, relation in self.relations.items():
                if degrees[high] >= relation[0]:
                    break
            else:
                return p, divisor
            self.deadline.check()
            degree, n, d = relation
            if degrees[high] < 2 * degree:
                once, rest = divmod(p, GENERATORS[high] ** degree)
                if len(n) * len(once) > 10 * MOST_TERMS * MOST_TERMS:
                    raise TooLarge("reduction")
                if d.is_one():
                    p = once * n + rest
                else:
                    p = once * n + rest * d
                    divisor = d if divisor is None else divisor * d
                if len(p) > 3 * MOST_TERMS:
                    raise TooLarge("reduction")
                continue
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
        degrees = d.degrees()
        for i, (degree, _, den) in sorted(self.relations.items(), reverse=True):
            if degree != 2 or not den.is_one() or degrees[i] != 1:
                continue
            conjugate = self.conjugated(d, i)
            if not self._conjugate_nonzero(d, conjugate, i):
                continue
            new_d, extra = self.reduced(d * conjugate)
            new_n, other = self.reduced(n * conjugate)
            if extra is not None or other is not None or new_d.is_zero() or len(new_d) > 60 or len(new_n) > MOST_TERMS:
                continue
            n, d = new_n, new_d
            degrees = d.degrees()
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
        n, d = a
        m, e = b
        if d is CONSTANT_ONE and e is CONSTANT_ONE:
            return Element(self._sum(n, m), CONSTANT_ONE)
        if n.is_zero():
            return b
        if m.is_zero():
            return a
        if d == e:
            if d.is_one():
                return Element(self._sum(n, m), CONSTANT_ONE)
            return self.normal(n + m, d)
        return self.normal(n * e + m * d, d * e)

    def _sum(self, a: Polynomial, b: Polynomial) -> Polynomial:
        if len(a) + len(b) > MOST_TERMS:
            raise TooLarge("terms")
        return a + b

    def sub(self, a: Element, b: Element) -> Element:
        return self.add(a, Element(-b.num, b.den))

    def mul(self, a: Element, b: Element) -> Element:
        if a is ONE:
            return b
        if b is ONE:
            return a
        n, d = a
        m, e = b
        if len(n) * len(m) > 40 * MOST_TERMS:
            raise TooLarge("product")
        if (d is CONSTANT_ONE or d.is_one()) and (e is CONSTANT_ONE or e.is_one()):
            product = n * m
            if len(product) <= MOST_TERMS and (not self.relations or n.is_constant() or m.is_constant()):
                return Element(product, CONSTANT_ONE)
            return self.normal(product, CONSTANT_ONE)
        if len(d) * len(e) > 40 * MOST_TERMS:
            raise TooLarge("product")
        return self.normal(n * m, d * e)

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
        if n == 1:
            return a
        if n < 0:
            a, n = self.inverse(a), -n
        terms = max(len(a.num), len(a.den))
        if n > 2000 or (terms > 1 and (n > 64 or terms ** min(n, 6) > 300_000)):
            raise TooLarge("power")
        return self.normal(a.num**n, a.den**n)

    def scaled(self, q: Fraction | int, a: Element) -> Element:
        return a if q == 1 else self.mul(exact(q), a)

    # --- back to forms ---

    def form_of(self, a: Element) -> Form:
        top = self.polynomial_form(a.num)
        return top if a.den.is_one() else quotient(top, self.polynomial_form(a.den))

    def polynomial_form(self, p: Polynomial) -> Form:
        if len(p) == 1:
            for index, generator in enumerate(self.generators):
                if p == GENERATORS[index]:
                    return generator.form
        terms = []
        for monomial, coefficient in p.to_dict().items():
            factors = [power(self.generators[i].form, num(int(e))) for i, e in enumerate(monomial) if e]
            terms.append(mul(*factors) if coefficient == 1 else mul(num(fraction(coefficient)), *factors))
        return add(*terms)

    def key(self, a: Element) -> str:
        return str(a.num) if a.den is CONSTANT_ONE or a.den.is_one() else f"{a.num}/{a.den}"
