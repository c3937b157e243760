"""The proof kernel: replays a certificate, plain data, and raises `Reject` unless it proves its statement.

Nothing is searched for, and nothing is believed but this file, the arithmetic in `kernel_algebra.py` and the axioms in
`laws.txt`.  A certificate is a dictionary of nested lists or tuples of strings and integers: `field` ("real" or
"complex": what values are), `given` (facts assumed), `where` (facts: conditions beyond them), `goal`, and `proof`
(lines, each of which is a rule of `Context.RULES` with its arguments and adds one fact).

    term  integer | "x" | ("/", p, q) | ("pi",) | ("I",) | ("+", t, t, ...) | ("*", t, t, ...) | ("^", t, t)
          | (function of `laws.txt`, t) | ("call", "f", t) | ("D", "f", n, t) the n-th derivative of f, at t
          | ("diff", t, "x") at the point x | ("int" or "sum", t, "x", lower, upper)
    fact  ("=" or "!=" or "<" or "<=", t, t) | ("integer" or "defined", t) | ("differentiable" or "smooth", "f")
          | ("and" or "or", fact, fact, ...)
    goal  a fact, proved by lines | ("iff", fact, fact) | ("implies", fact, fact), by lines for each direction
          | ("same", s, t) both undefined or both equal, by lines from "s is defined" to "t is, and s = t", and lines
          from "t is defined" to "s is defined"

Functions are partial.  A fact says that its terms are defined *and* that its relation holds; so every denominator in a
fact is other than 0, and equals may be put for equals.  A rule that makes a term asks for the facts that define it; a
supposed fact grants them, unless conventions differ (odd roots of negative numbers, symbolic powers of numbers that
may be negative).  A goal holds at every point where `given` and `where` hold.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from derive.verify.kernel_algebra import FIRST, LARGEST_BITS, Reject, Ring, Term, names, need, parts, put, ratio, value

__all__ = ["LAWS", "Certificate", "Context", "Reject", "check"]

Fact = tuple[Any, ...]
Lines = Sequence[Any]
Certificate = Mapping[str, Any]

LARGEST_DEPTH, LARGEST_SIZE, LARGEST_WORK = 100, 60_000, 300_000
TERMS_IN: Final = {"=": 2, "!=": 2, "<": 2, "<=": 2, "integer": 1, "defined": 1}  # how many terms a fact is about
OTHERS: Final = ("and", "or", "differentiable", "smooth")
WEAKER: Final = {  # what a fact (relation, side 1, side 2) implies at once
    "=": (("=", 2, 1), ("<=", 1, 2), ("<=", 2, 1)),
    "!=": (("!=", 2, 1),),
    "<": (("<=", 1, 2), ("!=", 1, 2), ("!=", 2, 1)),
}


def check(certificate: Certificate) -> None:
    """Return if the certificate proves its statement; raise `Reject` if not, also for malformed data."""
    try:
        data = [certificate[key] for key in ("field", "given", "where", "goal", "proof")]
        field, given, where, goal, proof = freeze(data, [LARGEST_SIZE])
        Context(field).block(*given, *where).establish(goal, proof)
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


OPERATORS: Final[dict[type[ast.AST], str]] = {
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
            return ("*", -1, _parsed(inner))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return ("+", _parsed(left), ("*", -1, _parsed(right)))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return ("*", _parsed(left), ("^", _parsed(right), -1))
        case ast.BinOp(left=left, op=operator, right=right) | ast.Compare(left, [operator], [right]):
            signs = {
                ast.Add: "+",
                ast.Mult: "*",
                ast.Pow: "^",
                ast.Eq: "=",
                ast.NotEq: "!=",
                ast.Lt: "<",
                ast.LtE: "<=",
            }
            return (signs[type(operator)], _parsed(left), _parsed(right))
        case ast.Call(func=ast.Name(id=head), args=arguments):
            return ("^", _parsed(arguments[0]), ("/", 1, 2)) if head == "sqrt" else (head, *map(_parsed, arguments))
    raise ValueError(ast.dump(node))


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


@cache
def letters(name: str, field: str) -> tuple[str, ...]:
    """The letters of a law in alphabetical order, in which a line gives their terms."""
    return tuple(sorted({letter for text in LAWS[field][name] for letter in names(("", *parsed(text)))}))


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

    def instance(self, pattern: Any, **values: Term) -> Any:
        """The pattern with values for its letters, its size counted as work."""
        stack = [new := put(pattern, values)]
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
        need(kind in OTHERS or len(terms) == TERMS_IN[kind], "no such fact")
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
        p, q = map(value, terms) if kind in WEAKER or kind == "<=" else (None, None)
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
            text = DOMAINS[head][self.field == "complex"]
            arity = {"Max": 2, "Min": 2, "pi": 0, "I": 0}.get(head, 1)
            need(text != "-" and len(rest) == arity, f"no {head} here")
            yield from ((put(fact, {"a": rest[0]}), True) for fact in parsed(text))

    def of_power(self, base: Term, exponent: Term) -> Iterator[tuple[Fact, bool]]:
        number, real = value(exponent), self.field == "real"
        if number is not None and number.denominator > 1 and real:
            yield ("<" if number < 0 else "<=", 0, base), number.denominator % 2 == 0
        elif number is not None:
            yield from [(("!=", base, 0), True)] if number < 0 else ()
        elif not real or not self.holds(("<", 0, base)):
            if real and not self.holds(("integer", exponent)):
                yield ("<", 0, base), False
            elif not real or not self.holds(("<=", 0, exponent)):
                yield ("!=", base, 0), False

    def run(self, lines: Lines) -> None:
        for rule, *arguments in lines:
            self.RULES[rule](self, *arguments)

    def law(self, name: str, *values: Term) -> None:
        """An instance of a law whose conditions are known."""
        conclusion, conditions = map(parsed, LAWS[self.field][name])
        instance = dict(zip(letters(name, self.field), values, strict=True))
        self.require(*(("defined", term) for term in values))
        self.require(*(self.instance(condition, **instance) for condition in conditions))
        self.add(self.instance(conclusion[0], **instance))

    def show(self, goal: Fact, weight: Term, products: Lines, equations: Sequence[int]) -> None:
        """weight * (right - left) is a sum of products of a term, differences right - left of facts, and squares.

        left = right, if each product has an equation in it and the weight is not 0.  left != right, if one product is
        the whole sum and has no factor 0.  left <= right, if the weight is positive and no product negative; and
        left < right, if a product is positive besides.  Equations rewrite.
        """
        relation, left, right = goal
        self.require(("defined", left), ("defined", right), ("defined", weight))
        ring, signs = Ring(self.work), set[str]()
        for kind, old, new in (self.facts[index] for index in equations):
            need(kind == "=", "only an equation rewrites")
            ring.rewrite(old, new)
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
        if split not in self.known or split[0] != "or":
            relation, a, b = split
            need(relation == "=" or (relation == "<" and self.field == "real"), "no cases")
            self.require(("defined", a), ("defined", b))
            split = ("or", split, ("!=", a, b) if relation == "=" else ("<=", b, a))
        for case, lines in zip(split[1:], proofs, strict=True):
            inner = self.block(case)
            inner.run(lines)
            inner.require(target)
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
        if head == "+":
            return ("+", *(self.slope(part, name) for part in rest))
        if head == "*":
            return ("+", *(("*", *rest[:i], self.slope(part, name), *rest[i + 1 :]) for i, part in enumerate(rest)))
        if head == "diff":
            return self.slope(self.slope(rest[0], rest[1]), name)
        inner, number = rest[-1], value(rest[-1])
        if head == "^":
            base, by_base = rest[0], self.slope(rest[0], name)
            self.require(*([("<", 0, base)] if number is None or number.denominator > 1 else ()))
            if number is not None:
                return ("*", inner, ("^", base, ratio(number - 1)), by_base)
            return (
                "*",
                term,
                ("+", ("*", self.slope(inner, name), ("log", base)), ("*", inner, by_base, ("^", base, -1))),
            )
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
        whole, inner = (
            self.block(("<=", low, name), ("<=", name, high)),
            self.block(("<", low, name), ("<", name, high)),
        )
        whole.run(closed)
        whole.continuous(term, name)
        inner.run(inside)
        inner.require(("defined", slope := inner.slope(term, name)))
        return whole, inner, slope

    def mean_value(self, relation: str, term: Term, name: str, low: Term, high: Term, *proofs: Lines) -> None:
        """The derivative inside is > 0, >= 0 or = 0: so term(low) is <, <= or = term(high)."""
        _, inner, slope = self.between(term, name, low, high, *proofs)
        need(relation in ("=", "<", "<="), "no such relation")
        self.require((relation if relation == "<" else "<=", low, high))
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
        base.require(self.instance(target, **{name: start}))
        inner.run(step)
        inner.require(self.instance(target, **{name: ("+", name, 1)}))
        self.add(target)

    RULES: Final[dict[str, Callable[..., None]]] = {
        "law": law, "show": show, "cases": cases, "derivative": derivative, "mean value": mean_value,
        "fundamental": fundamental, "sum empty": sum_empty, "sum end": sum_end, "induction": induction,
    }  # fmt: skip

    def establish(self, goal: Fact, proof: Lines) -> None:
        """Reject unless the proof reaches the goal."""
        kind, *sides = goal
        if kind not in ("same", "iff", "implies"):
            self.run(proof)
            return self.require(goal)
        one, other = [("defined", side) for side in sides] if kind == "same" else sides
        directions = ((one, other), (other, one))[: 1 if kind == "implies" else 2]
        for (fact, then), lines in zip(directions, proof, strict=True):
            inner = self.block(fact)
            inner.run(lines)
            inner.require(then, *([("=", *sides)] if kind == "same" and fact is one else ()))
        return None
