"""The proof kernel: replays a certificate, plain data, and raises `Reject` unless it proves its statement.

Nothing is searched for here, and nothing is believed but this file and the axioms in `laws.txt` beside it.  A certificate
is a dictionary of nested lists (or tuples) of strings and integers: `field` ("real" or "complex": what variables and values are), `given` (facts, the
assumptions), `where` (facts, conditions beyond them), `goal`, and `proof` (lines; each is a rule of `Context.RULES`
with its arguments, and adds one fact).

    term  integer | "x" | ("/", p, q) | ("pi",) | ("I",) | ("+", t, t, ...) | ("*", t, t, ...) | ("^", t, t)
          | (function of `DOMAINS`, t) | ("call", "f", t) | ("D", "f", n, t) the n-th derivative of f, at t
          | ("diff", t, "x") at the point x | ("int" or "sum", t, "x", lower, upper)
    fact  ("=" or "!=" or "<" or "<=", t, t) | ("integer" or "defined", t) | ("differentiable" or "smooth", "f")
          | ("and" or "or", fact, fact, ...)
    goal  a fact, proved by lines | ("iff", fact, fact) | ("implies", fact, fact), by lines for each direction
          | ("same", s, t) both undefined or both equal, by lines from "s is defined" to "t is, and s = t", and lines
          from "t is defined" to "s is defined"

Functions are partial.  A fact says that its terms are defined *and* that its relation holds; so every denominator in a
fact is other than 0, and equals may be put for equals.  A rule that makes a term asks for the facts that define it; a
supposed fact grants them.  A goal holds at every point where `given` and `where` hold.  Where conventions differ (odd
roots of negative numbers, symbolic powers of numbers that may be negative) definedness is never granted.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

__all__ = ["LAWS", "Certificate", "Context", "Reject", "check"]

Term = Any  # int, str, or a tuple that begins with its head
Fact = tuple[Any, ...]
Certificate = Mapping[str, Any]
Monomial = tuple[tuple[int, int], ...]  # (number of an atom, its exponent), in order
Poly = dict[Monomial, Any]  # an integer or Fraction for each monomial
Lines = Sequence[Any]

LARGEST_DEPTH, LARGEST_WORK, LARGEST_BITS = 100, 600_000, 20_000


class Reject(Exception):
    """The certificate does not prove its statement; the message says what is missing."""


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Reject(reason)


def check(certificate: Certificate) -> None:
    """Return if the certificate proves its statement; raise `Reject` if not, also for malformed data."""
    try:
        keys = ("field", "given", "where", "goal", "proof")
        field, given, where, goal, proof = freeze([certificate[key] for key in keys], [LARGEST_WORK // 10])
        context = Context(field)
        for fact in (*given, *where):
            context.suppose(fact)
        context.establish(goal, proof)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Reject(f"malformed certificate: {error!r}") from error


def freeze(data: Any, left: list[int], depth: int = 0) -> Any:
    """The data with tuples for lists: strings and integers, not too deep, many or large."""
    left[0] -= 1
    need(left[0] > 0 and depth < LARGEST_DEPTH, "certificate too large")
    if isinstance(data, (list, tuple)):
        return tuple([freeze(part, left, depth + 1) for part in data])
    need(type(data) is str or (type(data) is int and data.bit_length() < LARGEST_BITS), "neither text nor integer")
    return data


def _tables() -> dict[str, dict[str, tuple[str, str]]]:
    """The sections of `laws.txt`: name -> what holds, under which conditions (domains: real, complex)."""
    sections: dict[str, dict[str, tuple[str, str]]] = {}
    for line in Path(__file__).with_name("laws.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            name, _, row = line.partition(":")
            first, _, second = row.partition("|" if "|" in row else " if ")
            table[name] = (first.strip(), second.strip())
    return sections


TABLES: Final = _tables()
DOMAINS, DERIVATIVES = TABLES["domains"], TABLES["derivatives"]
LAWS: Final = {field: TABLES["any"] | TABLES[field] for field in ("real", "complex")}
CONTINUOUS: Final = {"+", "*", "^", *DOMAINS} - {"sign"}
WEAKER: Final = {  # what a fact (relation, side 1, side 2) implies at once
    "=": (("=", 2, 1), ("<=", 1, 2), ("<=", 2, 1)), "!=": (("!=", 2, 1),), "<": (("<=", 1, 2), ("!=", 1, 2), ("!=", 2, 1)),
}  # fmt: skip
TERMS_IN: Final = {"=": 2, "!=": 2, "<": 2, "<=": 2, "integer": 1, "defined": 1}  # how many terms a fact is about
BINDERS: Final = ("int", "sum", "diff")
FIRST: Final = {"int": 3, "sum": 3, "diff": 3, "call": 2, "D": 3}  # where the evaluated arguments of a term begin


def ratio(p: int, q: int) -> Term:
    """The literal p/q in lowest terms."""
    number = Fraction(p, q)
    return number.numerator if number.denominator == 1 else ("/", number.numerator, number.denominator)


def value(term: Term) -> Fraction | None:
    """The number that a literal is; None for other terms."""
    if isinstance(term, int):
        return Fraction(term)
    return Fraction(term[1], term[2]) if isinstance(term, tuple) and term[0] == "/" else None


def minus(term: Term) -> Term:
    return ("*", -1, term)


def parts(term: Term) -> tuple[Term, ...]:
    """The direct subterms that are evaluated where the term is."""
    return term[FIRST.get(term[0], 1) :] if isinstance(term, tuple) and term[0] != "/" else ()


def names(item: Any) -> Iterator[str]:
    """The strings in a term or fact that are no heads: variables, free or bound, and functions."""
    if isinstance(item, str):
        yield item
    for part in item[1:] if isinstance(item, tuple) else ():
        yield from names(part)


def put(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with values for variables and literals folded; rejected where a binder is in the way."""
    if isinstance(term, str) or value(term) is not None:
        return values.get(term, term) if isinstance(term, str) else term
    head, first = term[0], FIRST.get(term[0], 1)
    kept = term[:first]
    if head in BINDERS:
        need(term[2] not in {name for item in values.items() for name in names(("", *item))}, "a binder is in the way")
        kept = (head, put(term[1], values), term[2])
    new = tuple(put(part, values) for part in term[first:])
    p, q = (value(new[0]), value(new[1])) if head in ("*", "^") and len(new) == 2 else (None, None)
    if head == "*" and p == 1:
        return new[1]
    if p is not None and q is not None and (head == "*" or (p and q == -1)):
        return ratio(*(p * q if head == "*" else 1 / p).as_integer_ratio())
    return ("^", *new, ("/", 1, 2)) if head == "sqrt" else (*kept, *new)


OPERATORS: Final = {
    ast.Add: "+", ast.Mult: "*", ast.Pow: "^", ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
}  # fmt: skip


@cache
def parsed(text: str) -> tuple[Any, ...]:
    """The terms or facts in a table's text, between semicolons."""
    return tuple(put(_parsed(ast.parse(part.strip(), mode="eval").body), {}) for part in text.split(";") if part)


def _parsed(node: Any) -> Any:
    match node:
        case ast.Constant(value=number):
            return number
        case ast.Name(id=name):
            return (name,) if name in ("pi", "I") else name
        case ast.UnaryOp(operand=inner):
            return minus(_parsed(inner))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return ("+", _parsed(left), minus(_parsed(right)))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return ("*", _parsed(left), ("^", _parsed(right), -1))
        case ast.BinOp(left=left, op=operator, right=right) | ast.Compare(left, [operator], [right]):
            return (OPERATORS[type(operator)], _parsed(left), _parsed(right))
        case ast.Call(func=ast.Name(id=head), args=arguments):
            return (head, *map(_parsed, arguments))
    raise ValueError(ast.dump(node))


@cache
def letters(name: str, field: str) -> tuple[str, ...]:
    """The letters of a law in alphabetical order, in which a line gives their terms."""
    return tuple(sorted({letter for text in LAWS[field][name] for letter in names(("", *parsed(text)))}))


class Ring:
    """Terms as polynomials, with exponents in Z, in atoms: whatever is no sum, product or integer power.

    Atoms with equal arguments are one atom.  `rules` put a polynomial for a power of an atom; each is an equation
    between defined terms, so they are sound in any order.
    """

    def __init__(self, context: Context, equations: Sequence[int] = ()) -> None:
        self.work, self.seen = context.work, dict[Term, Poly]()
        self.atoms: list[tuple[Any, tuple[Poly, ...]]] = []  # (head and what is not evaluated, arguments)
        self.rules: dict[int, tuple[int, Poly]] = {}
        for index in equations:
            self.rewrite(context.facts[index])

    def rewrite(self, fact: Fact) -> None:
        """From here on put the right side of an equation for the left side, a power of one atom."""
        new, old = self.of(fact[2]), self.of(fact[1])
        if old != new:
            need(fact[0] == "=" and [len(m) for m in old] == [1], "this does not rewrite")
            ((((atom, exponent),), coefficient),) = old.items()
            known, _ = self.rules.get(atom, (exponent + 1, None))
            need(coefficient == 1 and 0 < exponent < known, "this does not rewrite")
            self.rules[atom] = (exponent, new)
            self.seen.clear()

    def of(self, term: Term) -> Poly:
        """The polynomial of a defined term."""
        if term not in self.seen:
            self.seen[term] = self.polynomial(term)
        return self.seen[term]

    def polynomial(self, term: Term) -> Poly:
        number, head = value(term), term[0] if isinstance(term, tuple) else None
        if number is not None:
            return {(): number.numerator if number.denominator == 1 else number} if number else {}
        if head is None:
            return self.atom((term,), ())
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
        return self.atom((head, term[1 : FIRST.get(head, 1)]), tuple(map(self.of, parts(term))), degree, power)

    def atom(self, key: Any, arguments: tuple[Poly, ...], degree: int = 0, power: Poly | None = None) -> Poly:
        """The atom, or what a rule puts for it; a new one comes with the value of a power of it."""
        same = (
            i
            for i, (k, v) in enumerate(self.atoms)
            if k == key and len(v) == len(arguments) and all(map(self.equal, v, arguments))
        )
        index = next(same, len(self.atoms))
        if index == len(self.atoms):
            self.atoms.append((key, arguments))
            self.rules.update({index: (degree, power or {})} if degree else {})
        exponent, instead = self.rules.get(index, (0, {}))
        return instead if exponent == 1 else {((index, 1),): 1}

    def equal(self, left: Poly, right: Poly) -> bool:
        return left == right or self.zero(self.plus(left, right, -1))

    def plus(self, left: Poly, right: Poly, sign: int = 1) -> Poly:
        self.work(len(right))
        total = dict(left)
        for monomial, c in right.items():
            total[monomial] = total.get(monomial, 0) + sign * c
            if not total[monomial]:
                del total[monomial]
        return total

    def times(self, left: Poly, right: Poly, more: Poly | None = None) -> Poly:
        """left * right + more"""
        self.work(len(left) * len(right))
        total = dict(more or {})
        for m, c in left.items():
            for n, d in right.items():
                monomial = joined(m, n)
                total[monomial] = total.get(monomial, 0) + c * d
                if not total[monomial]:
                    del total[monomial]
        return total

    def power(self, base: Poly, exponent: int) -> Poly:
        if exponent < 0:
            return self.power(self.inverse(base), -exponent)
        if len(base) == 1 and exponent:
            ((monomial, c),) = base.items()
            bits = max(abs(c.numerator), c.denominator).bit_length()
            need(bits == 1 or bits * exponent < LARGEST_BITS, "number too large")
            return {tuple((atom, e * exponent) for atom, e in monomial): c**exponent}
        result: Poly = {(): 1}
        for _ in range(exponent):
            result = self.times(result, base)
        return result

    def inverse(self, base: Poly) -> Poly:
        """1/base for the polynomial of a defined denominator, which is therefore not 0."""
        need(base, "denominator 0")
        scale = Fraction(1) / base[min(base)]
        if len(base) == 1:
            return {tuple((atom, -e) for atom, e in min(base)): scale}
        return self.times({(): scale}, self.atom("inverse", (self.times({(): scale}, base),)))

    def zero(self, poly: Poly) -> bool:
        """Whether nothing is left when denominators are cleared and powers rewritten."""
        while poly:
            self.work(len(poly))
            spans: dict[int, tuple[int, int]] = {}
            for atom, e in (pair for monomial in poly for pair in monomial):
                low, high = spans.get(atom, (0, 0))
                spans[atom] = (min(low, e), max(high, e))
            degrees = {atom: self.rules.get(atom, (high + 1,))[0] for atom, (_, high) in spans.items()}
            due = [
                a for a, (low, high) in spans.items() if low < 0 or high >= degrees[a] or self.atoms[a][0] == "inverse"
            ]
            if not due:
                return False
            poly = self.step(poly, max(due))
        return True

    def step(self, poly: Poly, atom: int) -> Poly:
        """The polynomial with a denominator cleared (times a power that is not 0), or powers of an atom rewritten."""
        groups: dict[int, Poly] = {}
        for monomial, c in poly.items():
            groups.setdefault(dict(monomial).get(atom, 0), {})[tuple(p for p in monomial if p[0] != atom)] = c
        lowest, highest, result = min(0, *groups), max(0, *groups), dict[Monomial, Any]()
        degree, instead = self.rules.get(atom, (highest - lowest + 1, {}))
        key, values = self.atoms[atom]
        for exponent, rest in groups.items():
            times, kept = (highest - exponent, 0) if key == "inverse" else divmod(exponent - lowest, degree)
            factor = self.power(values[0] if key == "inverse" else instead, times)
            result = self.times(self.times(rest, {((atom, kept),): 1}) if kept else rest, factor, result)
        return result


def joined(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return tuple(sorted(pair for pair in exponents.items() if pair[1]))


class Context:
    """What is known at a point: facts, supposed or made by a rule.  A subproof works in a copy that supposes more."""

    def __init__(self, field: str, budget: list[int] | None = None) -> None:
        need(field in LAWS, "no such field")
        self.field, self.budget = field, budget or [LARGEST_WORK]
        self.facts: list[Fact] = []  # in the order of the proof
        self.known: set[Fact] = set()  # these and what they imply at once
        self.terms: set[Term] = set()  # defined ones

    def block(self, *hypotheses: Fact) -> Context:
        """A copy that supposes more."""
        inner = Context(self.field, self.budget)
        inner.facts, inner.known, inner.terms = [*self.facts], {*self.known}, {*self.terms}
        for fact in hypotheses:
            inner.suppose(fact)
        return inner

    def work(self, amount: int) -> None:
        self.budget[0] -= amount + 1
        need(self.budget[0] > 0, "too much work")

    def instance(self, pattern: Any, values: Mapping[str, Term]) -> Any:
        """The pattern with values for its letters, its size counted as work."""
        new = put(pattern, values)
        stack = [new]
        while stack:
            self.work(0)
            top = stack.pop()
            stack.extend(top[1:] if isinstance(top, tuple) else ())
        return new

    def add(self, fact: Fact) -> None:
        """Make a fact known: only rules and `suppose` come here."""
        self.facts.append(fact)
        self.known.update([fact, *((relation, fact[i], fact[j]) for relation, i, j in WEAKER.get(fact[0], ()))])
        self.terms.update(fact[1:] if fact[0] in TERMS_IN else ())

    def suppose(self, fact: Fact) -> None:
        """Take a fact as given, and with it what defines its terms; ask for that where conventions differ."""
        kind, *terms = fact
        if kind == "and":
            for part in terms:
                self.suppose(part)
            return
        known = len(terms) == TERMS_IN[kind] if kind in TERMS_IN else kind in ("or", "smooth", "differentiable")
        need(known, "no such fact")
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
        p, q = (value(term) for term in terms) if TERMS_IN.get(kind) == 2 else (None, None)
        if p is not None and q is not None:
            return {"=": p == q, "!=": p != q, "<": p < q, "<=": p <= q}[kind]
        return kind in ("=", "<=") and terms[0] == terms[1] and self.defined(terms[0])

    def require(self, *facts: Fact) -> None:
        for fact in facts:
            need(self.holds(fact), f"not known: {fact}")

    def defined(self, *terms: Term) -> bool:
        """Whether what defines the terms is known."""
        for term in terms:
            if term not in self.terms:
                if any(fact == ("defined", term) or not self.holds(fact) for fact, _ in self.conditions(term)):
                    return False
                self.terms.add(term)
        return True

    def conditions(self, term: Term) -> Iterator[tuple[Fact, bool]]:
        """What defines a term, innermost first; False beside it where conventions differ."""
        self.work(1)
        if isinstance(term, (int, str)) or term in self.terms:
            return
        head, *rest = term
        for part in parts(term) if head not in BINDERS else rest[:1] if head == "diff" else ():
            yield from self.conditions(part)
        if head in ("/", "pi", "I", "+", "*"):
            well = (
                {"/": term == ratio(*rest)}
                if head == "/"
                else {"pi": not rest, "I": not rest and self.field == "complex"}
            )
            need(well.get(head, len(rest) > 1), "malformed term")
        elif head == "^":
            yield from self.of_power(*rest)
        elif head in BINDERS or head in ("call", "D"):
            order = rest[1] if head == "D" else 0
            need(isinstance(rest[head in BINDERS], str) and isinstance(order, int) and order >= 0, "malformed term")
            need(head not in BINDERS or len(rest) == (2 if head == "diff" else 4), "malformed term")
            regular = ("smooth" if order > 1 else "differentiable", rest[0])
            if head in BINDERS or len(parts(term)) != 1 or not self.holds(regular):
                yield ("defined", term), True
        else:
            text = DOMAINS[head][self.field == "complex"]
            need(text != "-" and len(rest) == (2 if head in ("Max", "Min") else 1), f"no function {head} here")
            yield from ((put(fact, {"a": rest[0]}), True) for fact in parsed(text))

    def of_power(self, base: Term, exponent: Term) -> Iterator[tuple[Fact, bool]]:
        number, real = value(exponent), self.field == "real"
        if number is not None and number.denominator > 1 and real:
            yield ("<" if number < 0 else "<=", 0, base), number.denominator % 2 == 0
        elif number is not None:
            yield from [(("!=", base, 0), True)] if number < 0 else ()
        elif not (real and self.holds(("<", 0, base))):
            if real and not self.holds(("integer", exponent)):
                yield ("<", 0, base), False
            elif not (real and self.holds(("<=", 0, exponent))):
                yield ("!=", base, 0), False

    def run(self, lines: Lines) -> None:
        for rule, *arguments in lines:
            self.RULES[rule](self, *arguments)

    def law(self, name: str, *values: Term) -> None:
        """An instance of a law whose conditions are known."""
        conclusion, conditions = map(parsed, LAWS[self.field][name])
        instance = dict(zip(letters(name, self.field), values, strict=True))
        need(self.defined(*values), "undefined")
        self.require(*(self.instance(condition, instance) for condition in conditions))
        self.add(self.instance(conclusion[0], instance))

    def show(self, goal: Fact, weight: Term, products: Lines, equations: Sequence[int]) -> None:
        """weight * (right - left) is a sum of products of a term, differences right - left of facts, and squares.

        left = right, if each product has an equation in it and the weight is not 0.  left != right, if one product is
        the whole sum and has no factor 0.  left <= right, if the weight is positive and no product negative; and
        left < right, if a product is positive besides.  Equations rewrite.
        """
        relation, left, right = goal
        need(self.defined(left, right, weight), "undefined")
        ring, signs = Ring(self, equations), set[str]()
        rest = ring.times(ring.of(weight), ring.plus(ring.of(right), ring.of(left), -1))
        for factor, indices, squares in products:
            need(self.defined(factor, *squares), "undefined")
            product, facts = ring.of(factor), [self.facts[index] for index in indices]
            for kind, low, high in facts:
                need(TERMS_IN[kind] == 2, "no relation")
                product = ring.times(product, ring.plus(ring.of(high), ring.of(low), -1))
            for square in squares:
                product = ring.times(product, ring.power(ring.of(square), 2))
            rest = ring.plus(rest, product, -1)
            number, kinds = value(factor), {fact[0] for fact in facts}
            nonzero = "<=" not in kinds and all(self.holds(("!=", square, 0)) for square in squares)
            if "=" in kinds or not number or (squares and self.field == "complex"):
                signs.add("=" if "=" in kinds else "?")
            elif number < 0 or "!=" in kinds:
                signs.add("!=" if nonzero else "?")
            else:
                signs.add("<" if nonzero else "<=")
        need(ring.zero(rest), "the two sides differ")
        positive = self.holds(("<", 0, weight)) and signs <= {"=", "<", "<="}
        fine = {"<": positive and "<" in signs, "<=": positive, "!=": len(products) == 1 and signs <= {"!=", "<"}}
        need(
            signs <= {"="} and self.holds(("!=", weight, 0)) if relation == "=" else fine[relation],
            f"not shown: {goal}",
        )
        self.add(goal)

    def cases(self, split: Fact, target: Fact, *proofs: Lines) -> None:
        """The target holds in each of the cases: of a known "or", of a = b or not, of a < b or not."""
        if split not in self.known:
            relation, a, b = split
            need(self.defined(a, b) and (relation == "=" or (relation == "<" and self.field == "real")), "no cases")
            split = ("or", split, ("!=", a, b) if relation == "=" else ("<=", b, a))
        need(split[0] == "or", "no cases")
        for case, lines in zip(split[1:], proofs, strict=True):
            inner = self.block(case)
            inner.run(lines)
            inner.require(target)
        self.add(target)

    def derivative(self, term: Term, name: str) -> None:
        """The derivative at the point, by the textbook rules."""
        need(self.defined(term) and self.defined(slope := self.slope(term, name)), "undefined")
        self.add(("=", ("diff", term, name), slope))

    def slope(self, term: Term, name: str) -> Term:
        """The derivative of a defined term; the conditions asked for are open, so that it exists nearby too."""
        self.work(1)
        need(self.field == "real" and isinstance(name, str), "derivatives are over the reals")
        if term == name or name not in names(term):
            return int(term == name)
        head, *rest = term
        if head == "+":
            return ("+", *(self.slope(part, name) for part in rest))
        if head == "*":
            return ("+", 0, *(("*", *rest[:i], self.slope(part, name), *rest[i + 1 :]) for i, part in enumerate(rest)))
        if head == "diff":
            return self.slope(self.slope(rest[0], rest[1]), name)
        if head == "^":
            base, exponent = rest
            number = value(exponent)
            if number is None or number.denominator > 1:
                self.require(("<", 0, base))
            if number is not None:
                return ("*", exponent, ("^", base, ratio(*(number - 1).as_integer_ratio())), self.slope(base, name))
            by_base = ("*", exponent, self.slope(base, name), ("^", base, -1))
            return ("*", term, ("+", ("*", self.slope(exponent, name), ("log", base)), by_base))
        inner = rest[-1]
        if head in ("call", "D"):
            order = rest[1] + 1 if head == "D" else 1
            need(len(parts(term)) == 1, "a function of one variable is expected")
            self.require(("smooth" if order > 1 else "differentiable", rest[0]))
            return ("*", ("D", rest[0], order, inner), self.slope(inner, name))
        (rule,), conditions = map(parsed, DERIVATIVES[head])
        self.require(*(put(condition, {"a": inner}) for condition in conditions))
        return ("*", put(rule, {"a": inner}), self.slope(inner, name))

    def continuous(self, term: Term, name: str) -> None:
        """Require that a term is defined, and made of functions that are continuous wherever they are defined."""
        need(self.defined(term), "undefined")
        if name in names(term) and term != name:
            need(term[0] in CONTINUOUS or (term[0] in ("call", "D") and len(parts(term)) == 1), f"{term[0]} may jump")
            if term[0] in ("call", "D"):
                self.require(("differentiable" if term[0] == "call" else "smooth", term[1]))
            if term[0] == "^" and value(term[2]) is None:
                self.require(("<", 0, term[1]))
            for part in parts(term):
                self.continuous(part, name)

    def between(self, term: Term, name: str, low: Term, high: Term, closed: Lines, inside: Lines) -> Any:
        """A term that is continuous on [low, high] and differentiable inside, in a new variable: contexts, slope."""
        need(self.field == "real" and isinstance(name, str), "intervals are real")
        need(name not in names(("", *self.facts, *self.terms, low, high)), "the variable is not new")
        self.require(("<=", low, high))
        whole, inner = (
            self.block(("<=", low, name), ("<=", name, high)),
            self.block(("<", low, name), ("<", name, high)),
        )
        whole.run(closed)
        whole.continuous(term, name)
        inner.run(inside)
        need(inner.defined(slope := inner.slope(term, name)), "undefined")
        return whole, inner, slope

    def mean_value(self, relation: str, term: Term, name: str, low: Term, high: Term, *proofs: Lines) -> None:
        """The derivative inside is > 0, >= 0 or = 0: so term(low) is <, <= or = term(high)."""
        _, inner, slope = self.between(term, name, low, high, *proofs)
        need(relation in ("=", "<", "<="), "no such relation")
        self.require((relation if relation == "<" else "<=", low, high))
        inner.require((relation, 0, slope))
        self.add((relation, self.instance(term, {name: low}), self.instance(term, {name: high})))

    def fundamental(self, term: Term, name: str, low: Term, high: Term, primitive: Term, *proofs: Lines) -> None:
        """The integral of a continuous term is the difference of a primitive at the ends."""
        whole, inner, slope = self.between(primitive, name, low, high, *proofs)
        whole.continuous(term, name)
        inner.require(("=", slope, term))
        ends = self.instance(primitive, {name: high}), minus(self.instance(primitive, {name: low}))
        self.add(("=", ("int", term, name, low, high), ("+", *ends)))

    def sum_empty(self, term: Term, name: str, low: Term, high: Term) -> None:
        """A sum from low to low - 1 is 0."""
        self.require(("integer", low), ("=", ("+", high, 1), low))
        self.add(("=", ("sum", term, name, low, high), 0))

    def sum_end(self, term: Term, name: str, low: Term, high: Term) -> None:
        """A sum to high + 1 has one term more than the sum to high."""
        shorter, last = ("sum", term, name, low, high), self.instance(term, {name: ("+", high, 1)})
        self.require(
            ("integer", low), ("integer", high), ("<=", low, ("+", high, 1)), ("defined", shorter), ("defined", last)
        )
        self.add(("=", ("sum", term, name, low, ("+", high, 1)), ("+", shorter, last)))

    def induction(self, target: Fact, name: str, start: Term, first: Lines, step: Lines) -> None:
        """The target holds at start, and at n + 1 if at an integer n from start: so it holds at every such n."""
        need(
            TERMS_IN[target[0]] == 2 and isinstance(name, str) and name not in names(("", start)), "malformed induction"
        )
        self.require(("integer", name), ("integer", start), ("<=", start, name))
        base = Context(self.field, self.budget)
        for fact in self.facts:
            if name not in names(fact):
                base.add(fact)
        inner = base.block(("integer", name), ("<=", start, name), target)
        base.run(first)
        base.require(self.instance(target, {name: start}))
        inner.run(step)
        inner.require(self.instance(target, {name: ("+", name, 1)}))
        self.add(target)

    RULES: Final[dict[str, Callable[..., None]]] = {
        "law": law, "show": show, "cases": cases, "derivative": derivative, "mean value": mean_value, "sum end": sum_end,
        "fundamental": fundamental, "sum empty": sum_empty, "induction": induction,
    }  # fmt: skip

    def establish(self, goal: Fact, proof: Lines) -> None:
        """Reject unless the proof reaches the goal."""
        kind, *sides = goal
        if kind not in ("same", "iff", "implies"):
            self.run(proof)
            return self.require(goal)
        one, other = (("defined", side) for side in sides) if kind == "same" else sides
        for (fact, *goals), lines in zip([(one, other), (other, one)][: 1 + (kind != "implies")], proof, strict=True):
            inner = self.block(fact)
            inner.run(lines)
            inner.require(*goals, *([("=", *sides)] if kind == "same" and fact is one else ()))
        return None
