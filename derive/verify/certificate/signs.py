"""Finding why a term is positive, negative, nonnegative or not zero, as lines for the kernel."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

from derive.verify.certificate.factor import factored, factored_polys
from derive.verify.certificate.linear import combination
from derive.verify.certificate.script import Fact, Poly, Script, Term, Terms, difference, product
from derive.verify.kernel import LAWS, letters, parsed
from derive.verify.kernel_algebra import put, ratio, value

__all__ = ["Signs"]

POSITIVE, NEGATIVE, NONNEGATIVE, NONPOSITIVE, NONZERO = "+", "-", "+0", "-0", "!="
DEEPEST = 14
MOST_COLUMNS = 70


def fact_for(sign: str, term: Term) -> Fact:
    """The fact that says it."""
    return {
        POSITIVE: ("<", 0, term),
        NEGATIVE: ("<", term, 0),
        NONNEGATIVE: ("<=", 0, term),
        NONPOSITIVE: ("<=", term, 0),
        NONZERO: ("!=", term, 0),
    }[sign]


FLIPPED = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE, NONNEGATIVE: NONPOSITIVE, NONPOSITIVE: NONNEGATIVE, NONZERO: NONZERO}
ALWAYS = {"exp": ("exp positive", POSITIVE), "Abs": ("abs nonneg", NONNEGATIVE)}
BOUNDS = {
    "sin": ("sin above", "sin below"), "cos": ("cos above", "cos below"), "tanh": ("tanh above", "tanh below"),
    "atan": ("atan above", "atan below"), "asin": ("asin above", "asin below"), "Abs": ("abs nonneg", "abs above"),
    "cosh": ("cosh above",), "exp": ("exp positive",),
}  # fmt: skip


class Signs:
    """Signs of terms in a script's context; what is found becomes facts of the script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.context = script.context
        self.terms = Terms(script)
        self.busy: set[Term] = set()
        self.failed: dict[Term, int] = {}
        self.deep = False
        self.denominators: dict[Any, int] = {}

    # ---- facts

    def establish(self, fact: Fact) -> bool:
        """Make the fact known, by any means of this file."""
        if self.context.holds(fact):
            return True
        match fact[0]:
            case "and":
                return all(self.establish(part) for part in fact[1:])
            case "or":
                return any(self.establish(part) for part in fact[1:])
            case "defined":
                return self.define(fact[1])
            case "integer":
                return self.integer(fact[1])
            case "<" | "<=" | "!=":
                return self.compare(fact)
        return False

    def define(self, *terms: Term) -> bool:
        """Make known what defines the terms."""
        for term in terms:
            for condition, _ in list(self.context.conditions(term)):
                if not self.context.holds(condition) and not self.ensure(condition):
                    return False
        return True

    def ensure(self, fact: Fact) -> bool:
        """`establish`, by normal forms if it must be."""
        return self.establish(fact) or (fact[0] in ("<", "<=", "!=") and self.deeper(fact))

    def law(self, name: str, *values: Term) -> int | None:
        """An instance of a law after its conditions are established."""
        field = self.context.field
        if name not in LAWS[field] or not self.define(*values):
            return None
        _, conditions = LAWS[field][name]
        instance = dict(zip(letters(name, field), values, strict=True))
        for condition in parsed(conditions):
            fact = put(condition, instance)
            if not self.context.holds(fact) and not self.establish(fact):
                return None
        return self.script.law(name, *values)

    def integer(self, term: Term) -> bool:
        if not isinstance(term, tuple) or term[0] not in ("+", "*") or not all(self.integer(part) for part in term[1:]):
            return self.context.holds(("integer", term))
        built, name = term[1], "integer sum" if term[0] == "+" else "integer product"
        for part in term[2:]:
            if self.script.law(name, built, part) is None:
                return False
            built = (term[0], built, part)
        return built == term or self.context.holds(("integer", term))

    def compare(self, fact: Fact) -> bool:
        relation, left, right = fact
        if not self.define(left, right):
            return False
        for side, other, turned in ((left, right, True), (right, left, False)):
            if other == 0:
                sign = self.sign(side)
                if sign and self.context.holds(fact):
                    return True
                _ = turned
        if self.direct(fact):
            return True
        term = difference(right, left)
        if left == 0:
            return False
        sign = self.sign(term)
        wanted = {"<": (POSITIVE,), "<=": (POSITIVE, NONNEGATIVE), "!=": (POSITIVE, NEGATIVE, NONZERO)}[relation]
        if sign not in wanted:
            return False
        index = self.script.index(fact_for(sign, term))
        number = -1 if sign in (NEGATIVE, NONZERO) else 1
        return self.script.show(fact, 1, [(number, (index,), ())]) is not None

    def direct(self, fact: Fact) -> bool:
        """Laws that compare functions of comparable arguments."""
        relation, left, right = fact
        if relation not in ("<", "<=") or not (isinstance(left, tuple) and isinstance(right, tuple)):
            return False
        if left[0] == right[0] and left[0] in ("exp", "log"):
            return self.law(f"{left[0]} increasing", left[1], right[1]) is not None
        if left[0] == right[0] == "^" and left[2] == right[2] and isinstance(left[2], tuple) and left[2][1] == 1:
            return self.law("root increasing", left[1], right[1], left[2][2]) is not None
        return False

    # ---- signs of terms

    def sign(self, term: Term) -> str | None:
        """The strongest sign found; its fact is known afterwards."""
        number = value(term)
        if number is not None:
            return POSITIVE if number > 0 else NEGATIVE if number < 0 else NONNEGATIVE
        known = self.known(term)
        if known in (POSITIVE, NEGATIVE):
            return known
        if known == NONZERO and self.failed.get(term) == -1:
            return known
        if term in self.busy or len(self.busy) > DEEPEST or self.failed.get(term) == len(self.context.facts):
            return known
        self.busy.add(term)
        try:
            if self.define(term):
                (self.by_structure(term) or self.by_facts(term) or self.by_factors(term) or self.by_laws(term))
        finally:
            self.busy.discard(term)
        known = self.known(term)
        if known is None or known == NONZERO:
            self.failed[term] = len(self.context.facts) if known is None else -1
        return known

    def known(self, term: Term) -> str | None:
        for sign in (POSITIVE, NEGATIVE, NONNEGATIVE, NONPOSITIVE, NONZERO):
            if fact_for(sign, term) in self.context.known:
                return sign
        if self.context.holds(("!=", term, 0)):
            self.script.show(("!=", term, 0), 1, [(1, (self.script.index(("!=", 0, term)),), ())])
            return NONZERO if fact_for(NONZERO, term) in self.context.known else None
        return None

    def by_structure(self, term: Term) -> bool:
        if not isinstance(term, tuple):
            return False
        head = term[0]
        if head == "*":
            return self.of_product(term)
        if head == "+":
            return self.of_sum(term)
        if head == "^":
            return self.of_power(term)
        if self.context.field == "complex":
            return head == "exp" and self.script.law("exp nonzero", term[1]) is not None
        if head in ALWAYS:
            strong = head == "Abs" and self.sign(term[1]) in (POSITIVE, NEGATIVE, NONZERO)
            return self.law("abs positive" if strong else ALWAYS[head][0], term[1]) is not None
        if head == "pi":
            return self.from_bound(term, "pi above")
        if head in ("cosh",):
            return self.from_bound(term, "cosh above", term[1])
        if head in ("log", "sinh", "tanh", "atan"):
            return self.of_increasing(term)
        return False

    def from_bound(self, term: Term, name: str, *values: Term) -> bool:
        index = self.script.law(name, *values)
        if index is None:
            return False
        low = self.context.facts[index][1]
        return self.script.show(("<", 0, term), 1, [(1, (index,), ()), (low, (), ())]) is not None

    def of_increasing(self, term: Term) -> bool:
        """Functions that are positive from a point on."""
        head, argument = term
        if head == "log":
            one = self.law("log of 1")
            for fact, goal in ((("<", 1, argument), ("<", 0, term)), (("<", argument, 1), ("<", term, 0))):
                if one is not None and self.establish(fact):
                    index = self.law("log increasing", fact[1], fact[2])
                    return index is not None and self.script.show(goal, 1, [(1, (index,), ())], [one]) is not None
            return False
        return self.sign(argument) == POSITIVE and self.law(f"{head} positive", argument) is not None

    def of_product(self, term: Term) -> bool:
        number, indices, negatives, weak, unknown = Fraction(1), [], 0, False, False
        for factor in term[1:]:
            literal = value(factor)
            if literal is not None:
                number *= literal
                continue
            sign = self.sign(factor)
            if sign is None:
                return False
            fact = fact_for(sign, factor)
            indices.append(self.script.index(fact))
            negatives += sign in (NEGATIVE, NONPOSITIVE)
            weak |= sign in (NONNEGATIVE, NONPOSITIVE)
            unknown |= sign == NONZERO
        if number == 0 or (weak and unknown):
            return False
        positive = (number > 0) == (negatives % 2 == 0)
        if unknown:
            flips = negatives + sum(self.context.facts[i][0] == "!=" for i in indices)
            factor = -number if flips % 2 == 0 else number
            goal = fact_for(NONZERO, term)
        else:
            factor = abs(number)
            strong, soft = (POSITIVE, NONNEGATIVE) if positive else (NEGATIVE, NONPOSITIVE)
            goal = fact_for(soft if weak else strong, term)
        return self.script.show(goal, 1, [(ratio(factor), tuple(indices), ())]) is not None

    def of_sum(self, term: Term) -> bool:
        products: list[Any] = []
        signs = set()
        for part in term[1:]:
            sign = self.sign(part)
            if sign is None or sign == NONZERO:
                return False
            if value(part) == 0:
                continue
            signs.add(sign)
            literal = value(part)
            if literal is not None:
                products.append((ratio(abs(literal)), (), ()))
            else:
                products.append((1, (self.script.index(fact_for(sign, part)),), ()))
        if signs <= {POSITIVE, NONNEGATIVE}:
            goal = fact_for(POSITIVE if POSITIVE in signs else NONNEGATIVE, term)
        elif signs <= {NEGATIVE, NONPOSITIVE}:
            goal = fact_for(NEGATIVE if NEGATIVE in signs else NONPOSITIVE, term)
        else:
            return False
        return self.script.show(goal, 1, products) is not None

    def of_power(self, term: Term) -> bool:
        base, exponent = term[1:]
        number = value(exponent)
        real = self.context.field == "real"
        if number is None:
            if real and self.sign(base) == POSITIVE:
                return self.law("power positive", base, exponent) is not None
            return False
        if number.denominator > 1:
            if not real:
                return False
            root = ("^", base, ("/", 1, number.denominator))
            sign = self.sign(base)
            if sign == POSITIVE:
                return self.law("power positive", base, exponent) is not None
            if sign == NONNEGATIVE and number == Fraction(1, number.denominator):
                return self.law("root nonneg", base, number.denominator) is not None
            if sign == NONNEGATIVE and number > 0 and self.sign(root) == NONNEGATIVE:
                index = self.script.index(("<=", 0, root))
                return self.script.show(("<=", 0, term), 1, [(1, (index,) * number.numerator, ())]) is not None
            return False
        n = number.numerator
        if n == 0 or abs(n) > 60:
            return False
        sign = self.sign(base)
        if n % 2 == 0 and real:
            half = base if abs(n) == 2 and n > 0 else ("^", base, n // 2)
            if sign in (POSITIVE, NEGATIVE, NONZERO) or n < 0:
                if self.sign(half) in (POSITIVE, NEGATIVE, NONZERO):
                    return self.script.show(fact_for(POSITIVE, term), 1, [(1, (), (half,))]) is not None
                return False
            return self.script.show(fact_for(NONNEGATIVE, term), 1, [(1, (), (half,))]) is not None
        if sign is None:
            return False
        if n < 0 and (n != -1 or self.establish(("!=", base, 0))):
            return self.of_inverse(term, base, n, sign)
        index = self.script.index(fact_for(sign, base))
        flips = sign in (NEGATIVE, NONPOSITIVE)
        if sign == NONZERO:
            return self.script.show(("!=", term, 0), 1, [(-1 if n % 2 == 0 else 1, (index,) * n, ())]) is not None
        goal = fact_for(FLIPPED[sign] if flips and n % 2 == 0 else sign, term)
        return self.script.show(goal, 1, [(1, (index,) * n, ())]) is not None

    def of_inverse(self, term: Term, base: Term, n: int, sign: str) -> bool:
        """1/b is not 0, and has the sign of b, because b**2 times it is b."""
        if sign in (POSITIVE, NEGATIVE):
            square = ("^", base, 1 - n)
            if n == -1 and self.sign(square) == POSITIVE:
                index = self.script.index(fact_for(sign, base))
                return self.script.show(fact_for(sign, term), square, [(1, (index,), ())]) is not None
            inverse = ("^", base, -1)
            known = self.sign(inverse)
            if known not in (POSITIVE, NEGATIVE):
                return False
            index = self.script.index(fact_for(known, inverse))
            goal = fact_for(NEGATIVE if known == NEGATIVE and n % 2 else POSITIVE, term)
            return self.script.show(goal, 1, [(1, (index,) * -n, ())]) is not None
        return self.script.show(("!=", term, 0), base if n == -1 else ("^", base, -n), [(-1, (), ())]) is not None

    # ---- from hypotheses

    def slacks(self) -> list[tuple[int, str, Poly]]:
        """Facts that order two terms, with the polynomial of right - left."""
        found = []
        for index, fact in enumerate(self.context.facts):
            if fact[0] in ("<", "<=", "!="):
                ring = self.terms.ring
                poly = self.terms.reduced(ring.plus(ring.of(fact[2]), ring.of(fact[1]), -1))
                found.append((index, fact[0], poly))
        return found

    def by_facts(self, term: Term) -> bool:
        """A multiple of one hypothesis, maybe with a number; or a combination of several."""
        poly = self.terms.poly(term)
        if not poly:
            return self.show(("<=", 0, term), 1, ())
        flipped = self.terms.ring.times({(): -1}, poly)
        slacks = self.slacks()
        for index, relation, slack in sorted(slacks, key=lambda item: ("<", "<=", "!=").index(item[1])):
            for sign, candidate in ((1, poly), (-1, flipped)):
                found = self.multiple(candidate, slack, relation)
                if found is None:
                    continue
                scale, constant = found
                if relation == "!=":
                    goal, scale = fact_for(NONZERO, term), -sign * scale
                else:
                    strict = relation == "<" or constant > 0
                    if sign > 0:
                        goal = fact_for(POSITIVE if strict else NONNEGATIVE, term)
                    else:
                        goal = fact_for(NEGATIVE if strict else NONPOSITIVE, term)
                products: list[Any] = [(ratio(scale), (index,), ())]
                if constant:
                    products.append((ratio(constant), (), ()))
                if self.show(goal, 1, products):
                    return True
        if self.not_zero(term, poly, slacks):
            return True
        return self.context.field == "real" and self.by_combination(term, poly)

    def not_zero(self, term: Term, poly: Poly, slacks: list[tuple[int, str, Poly]]) -> bool:
        """term divides something that is not 0: one fact, or a product of two."""
        if len(poly) > 12 or self.context.holds(("!=", term, 0)):
            return False
        candidates = [(i, p) for i, r, p in slacks if r in ("!=", "<") and p]
        if not candidates:
            return False
        _, own = factored_polys(self.terms, poly)
        if len(own) != 1:
            return False
        wanted, _ = own[0]
        ring = self.terms.ring
        pairs: list[tuple[tuple[int, ...], Poly]] = [((i,), p) for i, p in candidates[:12]]
        pairs += [
            ((i, j), ring.times(p, q))
            for (i, p), (j, q) in combinations_with_replacement(candidates[:6], 2)
            if i != j or len(p) == 1
        ]
        for indices, whole in pairs:
            whole = self.terms.reduced(whole)
            if len(whole) > 40 or not whole:
                continue
            _, factors = factored_polys(self.terms, whole)
            if any(proportional(factor, wanted) and exponent > 0 for factor, exponent in factors):
                number, rest = factored_polys(self.terms, ring.times(whole, ring.power(poly, -1)))
                parts = [self.terms.term(f) if e == 1 else ("^", self.terms.term(f), e) for f, e in rest]
                weight = product([ratio(-number), *parts])
                if self.define(weight) and self.show(("!=", term, 0), weight, [(1, indices, ())]):
                    return True
        return False

    def show(self, goal: Fact, weight: Term, products: Any) -> bool:
        """A line of the kernel, with the equations in use."""
        return self.script.show(goal, weight, products, self.terms.equations) is not None

    def deeper(self, fact: Fact) -> bool:
        """The same question after all terms have been brought to their normal forms."""
        from derive.verify.certificate.rewriting import normal_terms

        if self.deep:
            return False
        plain, busy = self.terms, self.busy
        self.deep, self.busy, self.failed = True, set(), {}
        try:
            terms = [t for known in self.context.facts if known[0] in ("<", "<=", "!=") for t in known[1:]]
            self.terms = normal_terms(self, [*fact[1:], *terms])
            return self.compare(fact)
        finally:
            self.deep, self.busy, self.terms, self.failed = False, busy, plain, {}

    def multiple(self, poly: Poly, slack: Poly, relation: str) -> tuple[Fraction, Fraction] | None:
        """Numbers with poly = number * slack + number, of the signs that make it useful."""
        anchor = next((m for m in slack if m), None)
        if anchor is None or anchor not in poly or abs(len(poly) - len(slack)) > 1:
            return None
        scale = Fraction(poly[anchor]) / slack[anchor]
        rest = self.terms.ring.plus(poly, {m: c * scale for m, c in slack.items()}, -1)
        constant = Fraction(rest.pop((), 0))
        if rest or (constant if relation == "!=" else scale < 0 or constant < 0):
            return None
        return scale, constant

    def bounds(self, poly: Poly) -> None:
        """Facts about the atoms of the polynomial that hold anyway."""
        for atom in {a for monomial in poly for a, _ in monomial}:
            term = self.terms.atom(atom)
            if isinstance(term, tuple) and term[0] in BOUNDS:
                for name in BOUNDS[term[0]]:
                    self.law(name, term[1])
            elif isinstance(term, tuple) and term[0] in ("^", "log"):
                if not (term[0] == "^" and value(term[1]) is not None and self.enclose(term)):
                    self.sign(term)
            elif term == ("pi",):
                self.script.law("pi above")
                self.script.law("pi below")

    def enclose(self, term: Term) -> bool:
        """Rational bounds of a root of a number."""
        radicand, degree = value(term[1]), term[2]
        if radicand is None or radicand <= 0 or value(degree) is None or degree[1] != 1:
            return False
        n = degree[2]
        scale = 10**4
        low = iroot(radicand.numerator * scale**n // radicand.denominator, n)
        for bound, larger in ((Fraction(low, scale), False), (Fraction(low + 1, scale), True)):
            number, power = ratio(bound), bound**n
            ends = (ratio(power), term[1])
            if bound == 0 or power == radicand:
                continue
            unique = self.law("root unique", number, n)
            index = self.law("root increasing", *(ends if not larger else ends[::-1]), n)
            goal = ("<", number, term) if not larger else ("<", term, number)
            if unique is None or index is None or self.script.show(goal, 1, [(1, (index,), ())], [unique]) is None:
                return False
        return True

    def by_combination(self, term: Term, poly: Poly) -> bool:
        """term = nonnegative combination of hypotheses, their products, and squares of monomials."""
        if len(poly) > 24:
            return False
        self.bounds(poly)
        ring = self.terms.ring
        atoms = {a for monomial in poly for a, _ in monomial}
        slacks = [s for s in self.slacks() if s[1] != "!=" and s[2] and any(a in atoms for m in s[2] for a, _ in m)][
            :14
        ]
        columns: list[tuple[Poly, Any, bool]] = [({(): 1}, (1, (), ()), True)]
        columns += [(p, (1, (i,), ()), r == "<") for i, r, p in slacks]
        degree = max(sum(e for _, e in m) for p in (poly, *(p for _, _, p in slacks)) for m in p)
        if degree > 1:
            for (i, r, p), (j, s, q) in combinations_with_replacement(slacks, 2):
                if len(columns) < MOST_COLUMNS:
                    columns.append((self.terms.reduced(ring.times(p, q)), (1, (i, j), ()), r == s == "<"))
            columns += self.squares(poly)
        vectors = [column for column, _, _ in columns]
        for sign, target in ((1, poly), (-1, ring.times({(): -1}, poly))):
            for _ in (0,):
                found = combination(target, vectors, [column[2] for column in columns], self.script.deadline)
                if found is None:
                    break
                products = [(ratio(c), item[1], item[2]) for c, (_, item, _) in zip(found, columns, strict=True) if c]
                positive = any(c and column[2] for c, column in zip(found, columns, strict=True))
                if sign > 0:
                    goal = fact_for(POSITIVE if positive else NONNEGATIVE, term)
                else:
                    goal = fact_for(NEGATIVE if positive else NONPOSITIVE, term)
                if self.show(goal, 1, products):
                    return True
        return False

    def squares(self, poly: Poly) -> list[tuple[Poly, Any, bool]]:
        """Squares of half the monomials, and of sums and differences of two of them."""
        halves = [tuple((a, e // 2) for a, e in m) for m in poly if m and all(e % 2 == 0 for _, e in m)]
        atoms = sorted({((a, 1),) for m in poly for a, _ in m})
        bases = list(dict.fromkeys([*halves, *atoms, ()]))[:6]
        found: list[tuple[Poly, Any, bool]] = []
        for first, second in combinations_with_replacement(bases, 2):
            for sign in (1, -1):
                inner = {first: 1} if first == second else {first: 1, second: sign}
                if (first == second and sign < 0) or inner == {(): 1}:
                    continue
                square = self.terms.reduced(self.terms.ring.power(inner, 2))
                found.append((square, (1, (), (self.terms.term(inner),)), False))
        return found

    def by_factors(self, term: Term) -> bool:
        """The sign of each irreducible factor."""
        poly = self.terms.poly(term)
        if len(poly) < 2:
            return False
        number, factors = factored(self.terms, poly)
        if len(factors) < 2 and all(e == 1 for _, e in factors) and number == 1:
            return False
        if len(factors) == 1 and factors[0][1] == 1 and factors[0][0] == term:
            return False
        literal = ratio(number)
        powers = [f if e == 1 else ("^", f, e) for f, e in factors]
        whole = ("*", literal, *powers) if len(powers) > 1 or number != 1 else powers[0]
        if whole == term or whole in self.busy:
            return False
        sign = self.sign(whole)
        if sign is None:
            return False
        index = self.script.index(fact_for(sign, whole))
        return self.show(fact_for(sign, term), 1, [(1, (index,), ())])

    def by_laws(self, term: Term) -> bool:
        """Laws about the sign of one function on an interval."""
        if self.context.field == "complex" or not isinstance(term, tuple) or term[0] not in ("sin", "cos"):
            return False
        return self.law(f"{term[0]} positive", term[1]) is not None


def proportional(left: Poly, right: Poly) -> bool:
    """Whether one polynomial is a number times the other."""
    if left.keys() != right.keys():
        return False
    scales = {Fraction(left[m]) / right[m] for m in left}
    return len(scales) == 1


def iroot(number: int, degree: int) -> int:
    """The largest integer whose power is not above the number."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low
