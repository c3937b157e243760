"""A proof under construction: lines that the kernel has already accepted, and polynomials turned back into terms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.kernel import WEAKER, Context, Reject, Ring
from derive.verify.kernel_terms import ratio, value

__all__ = ["Effort", "Poly", "Script", "Terms", "product", "total"]

Term = Any
Fact = tuple[Any, ...]
Poly = dict[tuple[tuple[int, int], ...], Any]


def total(terms: list[Term]) -> Term:
    """The sum of the terms."""
    if not terms:
        return 0
    return terms[0] if len(terms) == 1 else ("+", *terms)


def product(factors: list[Term]) -> Term:
    """The product of the factors."""
    if not factors:
        return 1
    return factors[0] if len(factors) == 1 else ("*", *factors)


def ratio_between(fact: Fact) -> Term:
    """right - left of a fact about two numbers."""
    left, right = value(fact[1]), value(fact[2])
    if left is None or right is None:
        raise Reject("not a comparison of numbers")
    gap = right - left
    return ratio(gap)


def minus(term: Term) -> Term:
    return ("*", -1, term)


BETWEEN_GLANCES = 100


class Effort(Deadline):
    """A deadline that also counts the kernel's work, so that a search ends at the same place on every machine."""

    __slots__ = ("glance_at", "work")

    def __init__(self, deadline: Deadline, work: int) -> None:
        super().__init__(deadline.moment)
        self.work = self.glance_at = work

    def spend(self, work: int) -> None:
        """Raises OutOfTime when more has been done than was allowed, or the moment has passed."""
        self.work -= work
        if self.work < 0:
            raise OutOfTime
        if self.work < self.glance_at:
            self.glance_at = self.work - BETWEEN_GLANCES
            super().check()

    def check(self) -> None:
        """Raises OutOfTime as `spend` does; a turn of a loop counts as work."""
        self.spend(1)


class _Meter(list[int]):
    """The kernel's allowance while searching: what it takes is spent from the effort."""

    def __init__(self, effort: Effort) -> None:
        super().__init__([effort.work + 1])
        self.effort = effort

    def __setitem__(self, index: Any, left: Any) -> None:
        self.effort.spend(self[0] - left)
        super().__setitem__(index, left)


class Script:
    """Lines, and the kernel's context after them; a line that the kernel refuses leaves both as they were."""

    def __init__(self, context: Context, effort: Effort) -> None:
        self.context = context
        self.effort = effort
        self.lines: list[Any] = []
        self.cases = 0  # how many of these the proof is inside of
        self.instances: dict[Any, int] = {}  # where the facts stand that laws have added
        context.budget = _Meter(effort)

    def do(self, *line: Any) -> bool:
        """Append the line if the kernel accepts it."""
        self.effort.check()
        try:
            self.context.run([line])
        except Reject:
            return False
        self.lines.append(line)
        return True

    def law(self, name: str, *values: Term) -> int | None:
        """The index of the fact that this instance of a law adds; None if a condition is missing."""
        instance = (name, *values)
        if instance not in self.instances and self.do("law", *instance):
            self.instances[instance] = self.last
        return self.instances.get(instance)

    @property
    def last(self) -> int:
        return len(self.context.facts) - 1

    def show(self, goal: Fact, weight: Term = 1, products: Any = (), equations: Any = ()) -> int | None:
        return self.last if self.do("show", goal, weight, tuple(products), tuple(equations)) else None

    def index(self, fact: Fact) -> int:
        """Where the fact stands; a comparison of numbers is added first."""
        facts = self.context.facts
        if fact in facts:
            return facts.index(fact)
        if fact in self.context.known:  # implied by another
            for index, (kind, *sides) in enumerate(facts):
                if kind in WEAKER and fact in [(r, (kind, *sides)[i], (kind, *sides)[j]) for r, i, j in WEAKER[kind]]:
                    turned = 1 if sides == list(fact[1:]) else -1
                    self.show(fact, 1, [(turned, (index,), ())])
                    break
        else:
            number = ratio_between(fact)
            self.show(fact, 1, [(number, (), ())] if number != 0 else ())
        return self.context.facts.index(fact)

    def block(self, *facts: Fact) -> Script:
        """A script for a subproof under more hypotheses."""
        inner = Script(self.context.block(*facts), self.effort)
        inner.instances.update(self.instances)
        return inner


class Terms:
    """The kernel's ring with equations added as they are found, and its polynomials as terms again."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.ring = Ring(script.context.work)
        self.equations: list[int] = []
        self.slacks: list[tuple[int, str, Poly]] = []  # right - left of the facts so far, filled when asked for

    def use(self, index: int | None) -> bool:
        """Rewrite with a fact from here on, if it is one that rewrites."""
        if index is None:
            return False
        try:
            before = len(self.ring.rules)
            self.ring.rewrite(*self.script.context.facts[index][1:])
        except Reject:
            return False
        if len(self.ring.rules) > before:
            self.equations.append(index)
            self.slacks.clear()
        return True

    def poly(self, term: Term) -> Poly:
        return self.reduced(self.ring.of(term))

    def reduced(self, poly: Poly) -> Poly:
        """With the rules applied to every power that is high enough."""
        for _ in range(200):
            for atom in sorted({a for monomial in poly for a, _ in monomial}, reverse=True):
                exponents = [e for monomial in poly for a, e in monomial if a == atom]
                if atom in self.ring.rules and max(exponents) >= self.ring.rules[atom][0] and min(exponents) >= 0:
                    poly = self.ring.step(poly, atom) or {}
                    break
            else:
                break
        return poly

    def equal(self, left: Term, right: Term) -> bool:
        try:
            return self.ring.zero(self.ring.plus(self.ring.of(left), self.ring.of(right), -1))
        except Reject:
            return False

    def atom(self, index: int) -> Term:
        """The atom of that number as a term."""
        key, arguments = self.ring.atoms[index]
        if key == "inverse":
            return ("^", self.term(arguments[0]), -1)
        if len(key) == 1:
            return key[0]
        return (key[0], *key[1], *map(self.term, arguments))

    def monomial(self, monomial: tuple[tuple[int, int], ...], coefficient: Any = 1) -> Term:
        number = Fraction(coefficient)
        factors: list[Term] = [] if number == 1 and monomial else [ratio(number)]
        for index, exponent in monomial:
            base = self.atom(index)
            factors.append(base if exponent == 1 else raised(base, exponent))
        return product(factors)

    def term(self, poly: Poly) -> Term:
        """A term that has this polynomial."""
        return total([self.monomial(m, c) for m, c in sorted(poly.items(), key=lambda item: item[0], reverse=True)])


def raised(base: Term, exponent: int) -> Term:
    """base ** exponent, a literal root or power folded into its exponent."""
    if isinstance(base, tuple) and base[0] == "^":
        inner = base[2]
        if inner == -1:
            return ("^", base[1], -exponent)
        if isinstance(inner, tuple) and inner[0] == "/":
            return ("^", base[1], ratio(Fraction(inner[1] * exponent, inner[2])))
    return ("^", base, exponent)


def difference(left: Term, right: Term) -> Term:
    """left - right, without a 0."""
    if right == 0:
        return left
    if left == 0:
        return minus(right)
    return ("+", left, minus(right))
