"""Finding why a term is positive, negative, nonnegative or not zero, as lines for the kernel."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.verify.certificate.factor import factored
from derive.verify.certificate.hypotheses import by_facts, is_divisor
from derive.verify.certificate.monotone import by_form
from derive.verify.certificate.script import Fact, Script, Term, Terms, difference
from derive.verify.certificate.words import NEGATIVE, NONNEGATIVE, NONPOSITIVE, NONZERO, POSITIVE, fact_for
from derive.verify.kernel_laws import LAWS, letters, parsed
from derive.verify.kernel_terms import names, put, ratio, value

__all__ = ["Signs"]

DEEPEST = 14
FLIPPED = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE, NONNEGATIVE: NONPOSITIVE, NONPOSITIVE: NONNEGATIVE, NONZERO: NONZERO}
ALWAYS = {"exp": ("exp positive", POSITIVE), "Abs": ("abs nonneg", NONNEGATIVE)}


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
        if (name, *values) in self.script.instances:
            return self.script.instances[name, *values]
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
        for side, other in ((left, right), (right, left)):
            if other == 0 and self.sign(side) and self.context.holds(fact):
                return True
            if other == 0 and relation == "!=" and is_divisor(self, side) and self.context.holds(fact):
                return True
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
        if relation not in ("<", "<=") or self.context.field == "complex":
            return False
        if by_form(self, left, right) or self.by_inverse(left, right):
            return True
        if not (isinstance(left, tuple) and isinstance(right, tuple)):
            return False
        if left[0] == right[0] and left[0] in ("exp", "log"):
            return self.law(f"{left[0]} increasing", left[1], right[1]) is not None
        if left[0] == right[0] == "^" and left[2] == right[2] and isinstance(left[2], tuple) and left[2][1] == 1:
            return self.law("root increasing", left[1], right[1], left[2][2]) is not None
        return False

    def by_inverse(self, left: Term, right: Term) -> bool:
        """a < log(b), because exp(a) < b; or log(b) < a, because b < exp(a)."""
        sides = [side if isinstance(side, tuple) and side[0] == "log" else None for side in (left, right)]
        if sides.count(None) != 1:
            return False
        plain = left if sides[0] is None else right
        pair = [("exp", plain) if side is None else side[1] for side in sides]
        if not self.establish(("<", *pair)):
            return False
        law, exact = self.law("log increasing", *pair), self.law("log exp", plain)
        if law is None or exact is None:
            return False
        return self.script.show(("<", left, right), 1, [(1, (law,), ())], [exact]) is not None

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
                found = self.by_structure(term) or by_facts(self, term) or self.by_factors(term) or self.by_laws(term)
                if found and self.known(term) not in (POSITIVE, NEGATIVE):
                    self.by_laws(term)
                    self.sharpen(term)
        finally:
            self.busy.discard(term)
        known = self.known(term)
        if known is None or known == NONZERO:
            self.failed[term] = len(self.context.facts) if known is None else -1
        return known

    def sharpen(self, term: Term) -> None:
        """>= 0 and not 0 is > 0."""
        sign = self.known(term)
        if sign in (NONNEGATIVE, NONPOSITIVE) and self.context.holds(("!=", term, 0)):
            self.script.law("strict", *((0, term) if sign == NONNEGATIVE else (term, 0)))

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
        if head == "I":
            return self.script.show(("!=", term, 0), term, [(1, (), ())]) is not None
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
            sign, literal = self.sign(part), value(part)
            if sign is None or sign == NONZERO:
                return False
            if literal == 0:
                continue
            signs.add(sign)
            if literal is not None:
                products.append((ratio(literal if literal > 0 else -literal), (), ()))
            else:
                products.append((1, (self.script.index(fact_for(sign, part)),), ()))
        if not (signs <= {POSITIVE, NONNEGATIVE} or signs <= {NEGATIVE, NONPOSITIVE}):
            return self.of_difference(term)
        if signs <= {POSITIVE, NONNEGATIVE}:
            goal = fact_for(POSITIVE if POSITIVE in signs else NONNEGATIVE, term)
        else:
            goal = fact_for(NEGATIVE if NEGATIVE in signs else NONPOSITIVE, term)
        return self.script.show(goal, 1, products) is not None

    def of_difference(self, term: Term) -> bool:
        """f(a) - f(b) for an increasing function."""
        if len(term) != 3:
            return False
        for first, second in (term[1:], term[:0:-1]):
            if isinstance(second, tuple) and second[:2] == ("*", -1) and len(second) == 3:
                for fact, sign in ((("<", second[2], first), POSITIVE), (("<", first, second[2]), NEGATIVE)):
                    if self.direct(fact):
                        index = self.script.index(fact)
                        return self.script.show(fact_for(sign, term), 1, [(1, (index,), ())]) is not None
        return False

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
        """Laws about the sign of one function on an interval, if something is known of its argument."""
        if self.context.field == "complex" or not isinstance(term, tuple) or term[0] not in ("sin", "cos"):
            return False
        letters = {*names(("", term[1]))}
        bounds = (fact for fact in self.context.facts if fact[0] in ("<", "<=") and ({*fact[1:]} & {*letters, term[1]}))
        return any(bounds) and self.law(f"{term[0]} positive", term[1]) is not None
