"""The proof kernel: replays a certificate, plain data, and raises `Reject` unless it proves its statement.

Nothing is searched for, and nothing is believed but this file and the axioms (`laws.txt`, `kernel_laws.py`).
A certificate maps `field` ("real" or "complex"), `given` (facts assumed), `where` (conditions beyond them), `goal` and
`proof` (lines: a rule of `Context.RULES` with its arguments) to nested lists or tuples of strings and integers.

    term  integer | "x" | ("/", p, q) | ("pi",) | ("I",) | ("+", t, t, ...) | ("*", t, t, ...) | ("^", t, t)
          | (function of `laws.txt`, t) | ("call", "f", t) | ("D", "f", n, t) the n-th derivative of f, at t
          | ("diff", t, "x") at the point x | ("int" or "sum", t, "x", lower, upper)
    fact  ("=" or "!=" or "<" or "<=", t, t) | ("integer" or "defined", t) | ("differentiable" or "smooth", "f")
          | ("and" or "or", fact, fact, ...)
    goal  a fact, proved by lines | ("iff", fact, fact) | ("implies", fact, fact), by lines for each direction
          | ("same", s, t) both undefined or both equal, by lines from "s is defined" to "t is, and s = t", and lines
          from "t is defined" to "s is defined"

Functions are partial.  A fact says that its terms are defined *and* that its relation holds (an order: that the
difference is real, and so ordered); so denominators in facts are not 0, and equals may be put for equals.  A rule that
makes a term asks for the facts that define it; a supposed fact grants them, unless conventions differ (odd roots of
negative numbers, symbolic powers of what may be negative).  A goal holds wherever `given` and `where` do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, Final

from derive.verify.kernel_laws import DERIVATIVES, DOMAINS, LAWS, letters, parsed
from derive.verify.kernel_terms import FIRST, LARGEST_BITS, Reject, Term, freeze, names, need, parts, put, ratio, value

__all__ = ["Certificate", "Context", "Reject", "Ring", "check"]

Fact = tuple[Any, ...]
Lines = Sequence[Any]
Certificate = Mapping[str, Any]
Monomial = tuple[tuple[int, int], ...]  # (number of an atom, its exponent), in order
Poly = dict[Monomial, Any]  # an integer or Fraction for each monomial

LARGEST_WORK, MOST_STEPS, PRIME = 300_000, 200, 2**61 - 1
TERMS_IN: Final = {"=": 2, "!=": 2, "<": 2, "<=": 2, "integer": 1, "defined": 1}  # how many terms a fact is about
WEAKER: Final = {  # what a fact (relation, side 1, side 2) implies at once
    "=": (("=", 2, 1), ("<=", 1, 2), ("<=", 2, 1)),
    "!=": (("!=", 2, 1),),
    "<": (("<=", 1, 2), ("!=", 1, 2), ("!=", 2, 1)),
}


def check(certificate: Certificate) -> None:
    """Return if the certificate proves its statement; raise `Reject` if not, also for malformed data."""
    try:
        data = [certificate[key] for key in ("field", "given", "where", "goal", "proof")]
        field, given, where, goal, proof = freeze(data)
        Context(field).block(*given, *where).establish(goal, proof)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Reject(f"malformed certificate: {error!r}") from error


def inner(poly: Poly) -> set[int]:
    """The atoms in a polynomial."""
    return {atom for monomial in poly for atom, _ in monomial}


class Ring:
    """Terms as polynomials, with exponents in Z, in atoms: whatever is no sum, product or integer power.

    Atoms with equal arguments are one atom.  `rules` put a polynomial for a power of an atom; each is an equation
    between defined terms, so they are sound in any order.
    """

    def __init__(self, work: Callable[[int], None]) -> None:
        self.work = work  # told how many steps are taken, it stops those that take too many
        self.seen: dict[Term, Poly] = {}  # what has been worked out, if no rule has changed it
        self.found: dict[Any, int] = {}  # the same for atoms
        self.atoms: list[tuple[Any, tuple[Poly, ...]]] = []  # (head and what is not evaluated, arguments)
        self.rules: dict[int, tuple[int, Poly]] = {}

    def rewrite(self, left: Term, right: Term) -> None:
        """From here on put the right side of a known equation for the left side, a power of one atom."""
        new, old = self.of(right), self.of(left)
        if old != new:
            need([len(m) for m in old] == [1] and [*old.values()] == [1], "this does not rewrite")
            (((atom, exponent),),) = old
            need(0 < exponent < self.rules.get(atom, (exponent + 1,))[0], "rewritten already")
            self.rules[atom] = (exponent, new)
            inside = any(atom in inner(poly) for _, polys in self.atoms for poly in polys)  # atoms may become equal
            self.found = {} if inside else self.found
            self.seen = {} if inside else {key: poly for key, poly in self.seen.items() if atom not in inner(poly)}

    def of(self, term: Term) -> Poly:
        """The polynomial of a defined term."""
        if term not in self.seen:
            self.seen[term] = self.polynomial(term)
        return self.seen[term]

    def polynomial(self, term: Term) -> Poly:
        """The same, worked out."""
        number, head = value(term), term[0] if isinstance(term, tuple) else None
        if number is not None:
            return {(): number.numerator if number.denominator == 1 else number} if number else {}
        if head in ("+", "*"):
            total: Poly = {} if head == "+" else {(): 1}
            for part in term[1:]:
                total = self.plus(total, self.of(part)) if head == "+" else self.times(total, self.of(part))
            return total
        degree, power = 2 * (head == "I"), dict[Monomial, Any]({(): -1})  # I**2 = -1
        exponent = value(term[2]) if head == "^" else None
        if exponent is not None:
            base, degree = term[1], exponent.denominator
            if exponent.numerator != 1:  # b**(p/q) = (b**(1/q))**p
                return self.power(self.of(base if degree == 1 else ("^", base, ("/", 1, degree))), exponent.numerator)
            power = self.of(base)  # (b**(1/q))**q = b
        key = (term,) if head is None else (head, term[1 : FIRST.get(head, 1)])
        return self.atom(key, tuple(map(self.of, parts(term))), degree, power)

    def atom(self, key: Any, arguments: tuple[Poly, ...], degree: int = 0, power: Poly | None = None) -> Poly:
        """The atom, or what a rule puts for it; a new one comes with the value of a power of it."""
        looks = (key, *(frozenset(poly.items()) for poly in arguments))
        if looks not in self.found:
            alike = (index for index, atom in enumerate(self.atoms) if self.same(atom, key, arguments))
            self.found[looks] = index = next(alike, len(self.atoms))
            if index == len(self.atoms):
                self.atoms.append((key, arguments))
                self.rules.update({index: (degree, power or {})} if degree else {})
        index = self.found[looks]
        exponent, instead = self.rules.get(index, (0, {}))
        return instead if exponent == 1 else {((index, 1),): 1}

    def same(self, atom: tuple[Any, tuple[Poly, ...]], key: Any, arguments: tuple[Poly, ...]) -> bool:
        fits = atom[0] == key and len(atom[1]) == len(arguments)
        return fits and all(map(self.equal, atom[1], arguments))

    def equal(self, left: Poly, right: Poly) -> bool:
        if left == right:
            return True
        shadows = {self.shadow(left), self.shadow(right)}
        return (None in shadows or len(shadows) == 1) and self.zero(self.plus(left, right, -1))

    def shadow(self, poly: Poly) -> int | None:
        """The value modulo a prime where atoms are certain numbers: equals have the same.  None if rules apply."""
        self.work(len(poly))
        total = 0
        for monomial, c in poly.items():
            term = c.numerator * pow(c.denominator, -1, PRIME)
            for atom, exponent in monomial:
                key, polys = self.atoms[atom]
                base = self.shadow(polys[0]) if key == "inverse" else pow(7, atom + 2, PRIME)
                if atom in self.rules or base is None:
                    return None
                term = term * pow(base, -exponent if key == "inverse" else exponent, PRIME) % PRIME
            total += term
        return total % PRIME

    def plus(self, left: Poly, right: Poly, sign: int = 1) -> Poly:
        """left + sign * right"""
        return self.times(right, {(): sign}, left)

    def times(self, left: Poly, right: Poly, more: Poly | None = None) -> Poly:
        """left * right + more"""
        self.work(len(left) * len(right))
        total = dict(more or {})
        for (m, c), (n, d) in product(left.items(), right.items()):
            if m and n:
                exponents = dict(m)
                for atom, exponent in n:
                    exponents[atom] = exponents.get(atom, 0) + exponent
            monomial = tuple(sorted(pair for pair in exponents.items() if pair[1])) if m and n else m or n
            total[monomial] = total.get(monomial, 0) + c * d
            if not total[monomial]:
                del total[monomial]
        return total

    def power(self, base: Poly, exponent: int) -> Poly:
        """base ** exponent; a base with a negative exponent is a defined denominator, and so is not 0."""
        if exponent < 0:
            need(base, "denominator 0")
            scale: Poly = {(): Fraction(1) / base[min(base)]}
            if len(base) > 1:
                return self.power(self.times(scale, self.atom("inverse", (self.times(scale, base),))), -exponent)
            base, exponent = {tuple((atom, -e) for atom, e in min(base)): scale[()]}, -exponent
        if len(base) == 1 and exponent:
            ((monomial, c),) = base.items()
            bits = max(abs(c.numerator), c.denominator).bit_length()
            need(bits == 1 or bits * exponent < LARGEST_BITS, "number too large")
            return {tuple((atom, e * exponent) for atom, e in monomial): c**exponent}
        result: Poly = {(): 1}
        for _ in range(exponent):
            result = self.times(result, base)
        return result

    def zero(self, poly: Poly) -> bool:
        """Whether nothing is left when denominators are cleared and powers rewritten."""
        for _ in range(MOST_STEPS):
            if not poly:
                return True
            self.work(len(poly))
            pairs = {pair for monomial in poly for pair in monomial}
            due = [a for a, e in pairs if e < 0 or self.atoms[a][0] == "inverse" or e >= self.rules.get(a, (e + 1,))[0]]
            if not due:
                return False
            poly = self.step(poly, max(due))
        return False

    def step(self, poly: Poly, atom: int) -> Poly:
        """The polynomial with a denominator cleared (times a power that is not 0), or powers of an atom rewritten."""
        groups: dict[int, Poly] = {}
        for monomial, c in poly.items():
            groups.setdefault(dict(monomial).get(atom, 0), {})[tuple(p for p in monomial if p[0] != atom)] = c
        lowest, highest, result = min(0, *groups), max(0, *groups), dict[Monomial, Any]()
        degree, instead = self.rules.get(atom, (highest - lowest + 1, {}))
        key, polys = self.atoms[atom]
        for exponent, rest in groups.items():
            times, kept = (highest - exponent, 0) if key == "inverse" else divmod(exponent - lowest, degree)
            factor = self.power(polys[0] if key == "inverse" else instead, times)
            result = self.times(self.times(rest, {((atom, kept),): 1}) if kept else rest, factor, result)
        return result


class Context:
    """What is known at a point: facts, supposed or made by a rule.  A subproof works in a copy that supposes more."""

    def __init__(self, field: str, budget: list[int] | None = None, known: Sequence[Fact] = ()) -> None:
        need(field in LAWS, "no such field")
        self.field, self.budget = field, budget or [LARGEST_WORK]
        self.facts: list[Fact] = []  # in the order of the proof
        self.known: set[Fact] = set()  # these and what they imply at once
        self.terms: set[Term] = set()  # defined ones
        for fact in known:
            self.add(fact)

    def block(self, *hypotheses: Fact) -> Context:
        """A copy that supposes more."""
        inner = Context(self.field, self.budget, self.facts)
        for fact in hypotheses:
            inner.suppose(fact)
        return inner

    def work(self, amount: int) -> None:
        self.budget[0] -= amount + 1
        need(self.budget[0] > 0, "too much work")

    def instance(self, pattern: Any, **values: Term) -> Any:
        """The pattern with values for its letters, its size counted as work."""
        new = put(pattern, values)
        self.work(len([*names(("", new))]))
        return new

    def add(self, fact: Fact) -> None:
        """Make a fact known: only rules and `suppose` come here."""
        self.facts.append(fact)
        self.known.update([fact, *((relation, fact[i], fact[j]) for relation, i, j in WEAKER.get(fact[0], ()))])
        self.terms.update(fact[1:] if fact[0] in TERMS_IN else ())

    def suppose(self, fact: Fact) -> None:
        """Take a fact as given, and with it what defines its terms; ask for that where conventions differ."""
        kind, *terms = fact
        need(kind in ("and", "or", "differentiable", "smooth") or len(terms) == TERMS_IN[kind], "no such fact")
        for part in terms if kind == "and" else ():
            self.suppose(part)
        for condition, granted in (c for term in terms if kind in TERMS_IN for c in self.conditions(term)):
            if condition != fact and not self.holds(condition):
                need(granted, f"conventions differ unless {condition}")
                self.add(condition)
        self.add(fact)

    def holds(self, fact: Fact) -> bool:
        """Whether the fact is known, or decided by literals."""
        kind, *terms = fact
        if fact in self.known or (kind == "differentiable" and ("smooth", *terms) in self.known):
            return True
        if kind in ("and", "or"):
            return (all if kind == "and" else any)(map(self.holds, terms))
        if kind in ("defined", "real"):
            return self.defined(terms[0]) and (kind == "defined" or self.field == "real" or value(terms[0]) is not None)
        if kind in ("integer", "root"):
            return isinstance(terms[0], int) and (kind == "integer" or 1 < terms[0] < 100)
        p, q = map(value, terms) if kind in TERMS_IN else (None, None)
        if p is not None and q is not None:
            return {"=": p == q, "!=": p != q, "<": p < q, "<=": p <= q}[kind]
        return kind in ("=", "<=") and terms[0] == terms[1] and self.defined(terms[0])

    def require(self, *facts: Fact) -> None:
        for fact in facts:
            need(self.holds(fact), f"not known: {fact}")

    def defined(self, term: Term) -> bool:
        """Whether what defines the term is known."""
        if any(fact == ("defined", term) or not self.holds(fact) for fact, _ in self.conditions(term)):
            return False
        self.terms.add(term)
        return True

    def conditions(self, term: Term) -> Iterator[tuple[Fact, bool]]:
        """What defines a term, innermost first; False beside it where conventions differ."""
        self.work(1)
        if isinstance(term, str) or value(term) is not None or term in self.terms:
            return
        head, *rest = term
        for part in parts(term) or rest[: head == "diff"]:
            yield from self.conditions(part)
        if head == "^":
            yield from self.of_power(*rest)
        elif head in ("call", "D"):
            order = rest[1] if head == "D" else 1
            need(isinstance(rest[0], str) and type(order) is int and order > 0, "malformed term")
            if len(parts(term)) != 1 or not self.holds(("smooth" if order > 1 else "differentiable", rest[0])):
                yield ("defined", term), True
        elif head in FIRST:
            need(isinstance(rest[1], str) and len(rest) == (2 if head == "diff" else 4), "malformed term")
            yield ("defined", term), True
        elif head not in ("+", "*"):
            text, arity = DOMAINS[head][self.field == "complex"], {"Max": 2, "Min": 2, "pi": 0, "I": 0}.get(head, 1)
            need(text != "-" and len(rest) == arity, f"no {head} here")
            yield from ((put(fact, {"a": rest[0]}), True) for fact in parsed(text))

    def of_power(self, base: Term, exponent: Term) -> Iterator[tuple[Fact, bool]]:
        number, real = value(exponent), self.field == "real"
        if number is not None and number.denominator > 1 and real:
            yield ("<" if number < 0 else "<=", 0, base), number.denominator % 2 == 0
        elif number is not None:
            yield from [(("!=", base, 0), True)] if number < 0 else ()
        elif real and not self.holds(("<", 0, base)) and not self.holds(("integer", exponent)):
            yield ("<", 0, base), False
        elif not real or not (self.holds(("<", 0, base)) or self.holds(("<=", 0, exponent))):
            yield ("!=", base, 0), False

    def run(self, lines: Lines, *goals: Fact) -> None:
        """Follow the lines, after which the goals must be known."""
        for rule, *arguments in lines:
            self.RULES[rule](self, *arguments)
        self.require(*goals)

    def law(self, name: str, *values: Term) -> None:
        """An instance of a law whose conditions are known."""
        (conclusion,), conditions = map(parsed, LAWS[self.field][name])
        instance = dict(zip(letters(name, self.field), values, strict=True))
        self.require(*(("defined", term) for term in values))
        self.require(*(self.instance(condition, **instance) for condition in conditions))
        self.add(self.instance(conclusion, **instance))

    def show(self, goal: Fact, weight: Term, products: Lines, equations: Sequence[int]) -> None:
        """weight * (right - left) is a sum of products of a term, differences right - left of facts, and squares.

        left = right, if each product has an equation in it and the weight is not 0.  left != right, if one product is
        the whole sum and has no factor 0.  left <= right, if the weight is positive and no product negative; and
        left < right, if a product is positive besides.  Equations rewrite.
        """
        relation, left, right = goal
        ring, signs = Ring(self.work), set[str]()
        for kind, old, new in (self.facts[index] for index in equations):
            need(kind == "=", "only an equation rewrites")
            ring.rewrite(old, new)
        self.require(("defined", left), ("defined", right), ("defined", weight))
        rest = ring.times(ring.of(weight), ring.plus(ring.of(right), ring.of(left), -1))
        for factor, indices, squares in products:
            self.require(("defined", factor), *(("defined", square) for square in squares))
            total, number, kinds = ring.of(factor), value(factor), {self.facts[index][0] for index in indices}
            for kind, low, high in (self.facts[index] for index in indices):
                need(TERMS_IN[kind] == 2, "no relation")
                total = ring.times(total, ring.plus(ring.of(high), ring.of(low), -1))
            for square in squares:
                total = ring.times(total, ring.power(ring.of(square), 2))
            rest = ring.plus(rest, total, -1)
            nonzero = "<=" not in kinds and all(self.holds(("!=", square, 0)) for square in squares)
            if "=" in kinds or not number or (squares and self.field == "complex"):
                signs.add("=" if "=" in kinds else "?")
            elif number < 0 or "!=" in kinds:
                signs.add("!=" if nonzero else "?")
            else:
                signs.add("<" if nonzero else "<=")
        positive = self.holds(("<", 0, weight)) and signs <= {"=", "<", "<="}
        equal, unequal = signs <= {"="} and self.holds(("!=", weight, 0)), len(products) == 1 and signs <= {"!=", "<"}
        fine = {"=": equal, "!=": unequal, "<=": positive, "<": positive and "<" in signs}
        need(fine[relation] and ring.zero(rest), f"not shown: {goal}")
        self.add(goal)

    def cases(self, split: Fact, target: Fact, *proofs: Lines) -> None:
        """The target holds in each of the cases: of a known "or", of a = b or not, of a < b or not."""
        if split not in self.known or split[0] != "or":
            relation, a, b = split
            need(relation == "=" or (relation == "<" and self.field == "real"), "no cases")
            self.require(("defined", a), ("defined", b))
            split = ("or", split, ("!=", a, b) if relation == "=" else ("<=", b, a))
        for case, lines in zip(split[1:], proofs, strict=True):
            self.block(case).run(lines, target)
        self.add(target)

    def derivative(self, term: Term, name: str) -> None:
        """The derivative at the point, by the textbook rules."""
        self.require(("defined", term), ("defined", slope := self.slope(term, name)))
        self.add(("=", ("diff", term, name), slope))

    def slope(self, term: Term, name: str) -> Term:
        """The derivative of a defined term; the conditions asked for are open, so that it exists nearby too."""
        self.work(1)
        need(self.field == "real" and isinstance(name, str), "derivatives are over the reals")
        if term == name or name not in names(term):
            return int(term == name)
        head, *rest = term
        inner, number = rest[-1], value(rest[-1])
        need(head in ("+", "*", "^", "diff", "call", "D", *DERIVATIVES), f"no rule for the derivative of {head}")
        if head == "+":
            return ("+", *(self.slope(part, name) for part in rest))
        if head == "*":
            return ("+", *(("*", *rest[:i], self.slope(part, name), *rest[i + 1 :]) for i, part in enumerate(rest)))
        if head == "diff":
            return self.slope(self.slope(*rest), name)
        if head == "^" and not isinstance(inner, int):
            self.require(("<", 0, rest[0]))
        if head == "^" and number is not None:
            return ("*", inner, ("^", rest[0], ratio(number - 1)), self.slope(rest[0], name))
        if head == "^":  # b**e = exp(e*log(b))
            return ("*", term, self.slope(("*", inner, ("log", rest[0])), name))
        if head in ("call", "D"):
            need(len(parts(term)) == 1, "a function of one variable is expected")
            self.require(("differentiable" if head == "call" else "smooth", rest[0]))
            return ("*", ("D", rest[0], 1 if head == "call" else rest[1] + 1, inner), self.slope(inner, name))
        (rule,), conditions = map(parsed, DERIVATIVES[head])
        self.require(*(self.instance(condition, a=inner) for condition in conditions))
        return ("*", self.instance(rule, a=inner), self.slope(inner, name))

    def continuous(self, term: Term, name: str) -> None:
        """Require that a term is defined, and made of functions that are continuous wherever they are defined."""
        self.require(("defined", term))
        if name in names(term) and term != name:
            if term[0] in ("call", "D"):
                self.require(("differentiable" if term[0] == "call" else "smooth", term[1]))
                need(len(parts(term)) == 1, "a function of one variable is expected")
            elif term[0] == "^" and value(term[2]) is None:
                self.require(("<", 0, term[1]))
            need(term[0] in ("+", "*", "^", "call", "D", *DOMAINS) and term[0] != "sign", f"{term[0]} may jump")
            for part in parts(term):
                self.continuous(part, name)

    def between(self, term: Term, name: str, low: Term, high: Term, closed: Lines, inside: Lines) -> Any:
        """A term that is continuous on [low, high] and differentiable inside, in a new variable: contexts, slope."""
        need(self.field == "real" and isinstance(name, str), "intervals are real")
        need(name not in names(("", *self.facts, *self.terms, low, high)), "the variable is not new")
        self.require(("<=", low, high))
        whole = self.block(("<=", low, name), ("<=", name, high))
        inner = self.block(("<", low, name), ("<", name, high))
        whole.run(closed)
        whole.continuous(term, name)
        inner.run(inside)
        inner.require(("defined", slope := inner.slope(term, name)))
        return whole, inner, slope

    def mean_value(self, relation: str, term: Term, name: str, low: Term, high: Term, *proofs: Lines) -> None:
        """The derivative inside is > 0, >= 0 or = 0: so term(low) is <, <= or = term(high)."""
        _, inner, slope = self.between(term, name, low, high, *proofs)
        self.require(({"=": "<=", "<=": "<=", "<": "<"}[relation], low, high))
        inner.require((relation, 0, slope))
        self.add((relation, self.instance(term, **{name: low}), self.instance(term, **{name: high})))

    def fundamental(self, term: Term, name: str, low: Term, high: Term, primitive: Term, *proofs: Lines) -> None:
        """The integral of a continuous term is the difference of a primitive at the ends."""
        whole, inner, slope = self.between(primitive, name, low, high, *proofs)
        whole.continuous(term, name)
        inner.require(("=", slope, term))
        ends = [self.instance(primitive, **{name: end}) for end in (high, low)]
        self.add(("=", ("int", term, name, low, high), ("+", ends[0], ("*", -1, ends[1]))))

    def sum_empty(self, term: Term, name: str, low: Term, high: Term) -> None:
        """A sum from low to low - 1 is 0."""
        self.require(("integer", low), ("=", ("+", high, 1), low))
        self.add(("=", ("sum", term, name, low, high), 0))

    def sum_end(self, term: Term, name: str, low: Term, high: Term) -> None:
        """A sum to high + 1 has one term more than the sum to high."""
        shorter, last = ("sum", term, name, low, high), self.instance(term, **{name: ("+", high, 1)})
        self.require(("integer", low), ("integer", high), ("<=", low, ("+", high, 1)))
        self.require(("defined", shorter), ("defined", last))
        self.add(("=", ("sum", term, name, low, ("+", high, 1)), ("+", shorter, last)))

    def induction(self, target: Fact, name: str, start: Term, first: Lines, step: Lines) -> None:
        """The target holds at start, and at n + 1 if at an integer n from start: so it holds at every such n."""
        need(TERMS_IN[target[0]] == 2 and isinstance(name, str) and name not in names(("", start)), "malformed")
        self.require(("integer", name), ("integer", start), ("<=", start, name))
        base = Context(self.field, self.budget, [fact for fact in self.facts if name not in names(fact)])
        inner = base.block(("integer", name), ("<=", start, name), target)
        base.run(first, self.instance(target, **{name: start}))
        inner.run(step, self.instance(target, **{name: ("+", name, 1)}))
        self.add(target)

    RULES: Final[dict[str, Callable[..., None]]] = {
        "law": law, "show": show, "cases": cases, "derivative": derivative, "mean value": mean_value,
        "fundamental": fundamental, "sum empty": sum_empty, "sum end": sum_end, "induction": induction,
    }  # fmt: skip

    def establish(self, goal: Fact, proof: Lines) -> None:
        """Reject unless the proof reaches the goal."""
        kind, *sides = goal
        if kind not in ("same", "iff", "implies"):
            return self.run(proof, goal)
        one, other = [("defined", side) for side in sides] if kind == "same" else sides
        directions = ((one, other), (other, one))[: 1 if kind == "implies" else 2]
        for (fact, then), lines in zip(directions, proof, strict=True):
            self.block(fact).run(lines, then, *([("=", *sides)] if kind == "same" and fact is one else ()))
        return None
