"""The proof kernel: replays a certificate, plain data, and raises `Reject` unless it proves its statement.

Nothing is searched for here and nothing outside this file is believed.  A certificate is a dictionary of nested lists
or tuples, strings and integers (JSON keeps it):

    field   "real" or "complex": what variables and values are
    given   facts: the assumptions of the claim
    where   facts: conditions beyond them; the claim is then proved under these conditions only
    goal    the statement
    proof   lines, each of which is one rule of `Context.RULES` and adds one fact

    term    integer | "x" (variable) | ("/", p, q) | ("pi",) | ("I",) | ("+", t, ...) | ("*", t, ...) | ("^", t, t)
            | (function of `DOMAINS`, t) | ("call", "f", t) | ("D", "f", n, t) the n-th derivative of f at t
            | ("diff", t, x) at the point x | ("int" or "sum", t, x, lower, upper)
    fact    ("=", t, t) | ("!=", t, t) | ("<", t, t) | ("<=", t, t) | ("integer", t) | ("defined", t)
            | ("differentiable", "f") | ("smooth", "f") | ("and", fact, ...) | ("or", fact, ...)
    goal    a fact, proved by lines
            | ("same", s, t): s and t are both undefined, or both defined and equal; the proof is a pair: lines which
              from "s is defined" reach "t is defined and s = t", and lines which from "t is defined" reach "s is defined"
            | ("iff", fact, fact), ("implies", fact, fact): the proof is a pair of lines, one for each direction

Functions are partial.  A fact says that its terms are defined *and* that its relation holds, so every term in a fact
is defined, an inverse in it has a denominator other than 0, and equals may be put for equals.  A rule that makes a
term asks for the facts that define it; a supposed fact grants them.  A goal holds at every point of the reals (or
complex numbers) where `given` and `where` hold.  Where conventions differ (odd roots of negative numbers, symbolic
powers of numbers that may be negative) definedness is never supposed, always asked for.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import gcd
from typing import Any, Final

__all__ = ["LAWS", "Certificate", "Context", "Reject", "check"]

Term = Any  # int, str or a tuple that begins with its head
Fact = tuple[Any, ...]
Certificate = Mapping[str, Any]
Monomial = tuple[tuple[int, int], ...]
Poly = dict[Monomial, Any]

LARGEST_DEPTH, LARGEST_SIZE, LARGEST_WORK, LARGEST_NUMBER = 60, 60_000, 600_000, 20_000
RELATIONS: Final = ("=", "!=", "<", "<=")
ZERO, ONE = 0, 1


class Reject(Exception):  # noqa: N818 - it is the answer "no", not a failure
    """The certificate does not prove its statement; the message says which condition is missing."""


def check(certificate: Certificate) -> None:
    """Return if the certificate proves its statement, raise `Reject` otherwise (for malformed data too)."""
    try:
        data = {key: freeze(certificate[key]) for key in ("field", "given", "where", "goal", "proof")}
        context = Context(data["field"])
        for fact in (*data["given"], *data["where"]):
            context.suppose(fact)
        context.establish(data["goal"], data["proof"])
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Reject(f"malformed certificate: {error!r}") from error


def freeze(data: Any) -> Any:
    """The same data with tuples for lists; nothing but strings and integers inside, and not too deep or too big."""
    size = 0

    def frozen(item: Any, depth: int) -> Any:
        nonlocal size
        size += 1
        need(depth < 2 * LARGEST_DEPTH and size < LARGEST_SIZE, "certificate too large")
        if isinstance(item, (list, tuple)):
            return tuple(frozen(part, depth + 1) for part in item)
        need(isinstance(item, (str, int)) and not isinstance(item, bool), "neither text nor an integer")
        need(isinstance(item, str) or abs(item).bit_length() < LARGEST_NUMBER, "number too large")
        return item

    return frozen(data, 0)


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Reject(reason)


# ------------------------------------------------------------------------------------------------ the rule tables

# Where a function is defined: over the reals | over the complex numbers (None: not used there).
DOMAINS: Final[dict[str, tuple[str | None, str | None]]] = {
    "exp": ("", ""), "sin": ("", ""), "cos": ("", ""), "sinh": ("", ""), "cosh": ("", ""), "Abs": ("", ""),
    "log": ("0 < a", "a != 0"),
    "tan": ("cos(a) != 0", "cos(a) != 0"), "sec": ("cos(a) != 0", "cos(a) != 0"),
    "cot": ("sin(a) != 0", "sin(a) != 0"), "csc": ("sin(a) != 0", "sin(a) != 0"),
    "tanh": ("", "cosh(a) != 0"), "sech": ("", "cosh(a) != 0"),
    "coth": ("sinh(a) != 0", "sinh(a) != 0"), "csch": ("sinh(a) != 0", "sinh(a) != 0"),
    "asin": ("-1 <= a; a <= 1", ""), "acos": ("-1 <= a; a <= 1", ""), "atan": ("", "a**2 + 1 != 0"),
    "asinh": ("", ""), "acosh": ("1 <= a", ""), "atanh": ("-1 < a; a < 1", "a**2 != 1"), "acot": ("? a != 0", None),
    "sign": ("", None), "Max": ("", None), "Min": ("", None), "erf": ("", ""),
}  # fmt: skip
CONTINUOUS: Final = frozenset(DOMAINS) - {"sign", "acot"} | {"+", "*", "^", "/", "pi"}

# The derivative of a function and where it exists (over the reals); the chain rule multiplies by a'.
DERIVATIVES: Final[dict[str, tuple[str, str]]] = {
    "exp": ("exp(a)", ""), "log": ("1/a", "0 < a"),
    "sin": ("cos(a)", ""), "cos": ("-sin(a)", ""), "sinh": ("cosh(a)", ""), "cosh": ("sinh(a)", ""),
    "tan": ("1 + tan(a)**2", "cos(a) != 0"), "cot": ("-1 - cot(a)**2", "sin(a) != 0"),
    "sec": ("sec(a)*tan(a)", "cos(a) != 0"), "csc": ("-csc(a)*cot(a)", "sin(a) != 0"),
    "tanh": ("1 - tanh(a)**2", ""), "sech": ("-sech(a)*tanh(a)", ""),
    "coth": ("1 - coth(a)**2", "sinh(a) != 0"), "csch": ("-csch(a)*coth(a)", "sinh(a) != 0"),
    "asin": ("1/sqrt(1 - a**2)", "-1 < a; a < 1; 0 < 1 - a**2"),
    "acos": ("-1/sqrt(1 - a**2)", "-1 < a; a < 1; 0 < 1 - a**2"),
    "atan": ("1/(1 + a**2)", "1 + a**2 != 0"), "acot": ("-1/(1 + a**2)", "a != 0; 1 + a**2 != 0"),
    "asinh": ("1/sqrt(1 + a**2)", "0 < 1 + a**2"), "acosh": ("1/sqrt(a**2 - 1)", "1 < a; 0 < a**2 - 1"),
    "atanh": ("1/(1 - a**2)", "-1 < a; a < 1; 1 - a**2 != 0"),
    "Abs": ("sign(a)", "a != 0"), "sign": ("0", "a != 0"),
    "erf": ("2/sqrt(pi)*exp(-a**2)", "0 < pi"),
}  # fmt: skip

# Laws: name -> what holds | under which conditions.  The letters stand for any defined terms.
ANY_FIELD: Final[dict[str, tuple[str, str]]] = {
    "exp of 0": ("exp(0) == 1", ""), "exp sum": ("exp(a + b) == exp(a)*exp(b)", ""),
    "exp multiple": ("exp(n*a) == exp(a)**n", "integer(n)"), "exp nonzero": ("exp(a) != 0", ""),
    "sin of 0": ("sin(0) == 0", ""), "cos of 0": ("cos(0) == 1", ""), "pythagoras": ("sin(a)**2 == 1 - cos(a)**2", ""),
    "sin sum": ("sin(a + b) == sin(a)*cos(b) + cos(a)*sin(b)", ""), "sin odd": ("sin(-a) == -sin(a)", ""),
    "cos sum": ("cos(a + b) == cos(a)*cos(b) - sin(a)*sin(b)", ""), "cos even": ("cos(-a) == cos(a)", ""),
    "sin of pi/2": ("sin(pi/2) == 1", ""), "cos of pi/2": ("cos(pi/2) == 0", ""),
    "sin of pi/3": ("sin(pi/3) == sqrt(3)/2", ""), "cos of pi/3": ("cos(pi/3) == 1/2", ""),
    "sin of pi/4": ("sin(pi/4) == sqrt(2)/2", ""), "cos of pi/4": ("cos(pi/4) == sqrt(2)/2", ""),
    "sin of pi/6": ("sin(pi/6) == 1/2", ""), "cos of pi/6": ("cos(pi/6) == sqrt(3)/2", ""),
    "cos of pi/5": ("cos(pi/5) == (1 + sqrt(5))/4", ""),
    "sin of n pi": ("sin(n*pi) == 0", "integer(n)"), "cos of n pi": ("cos(n*pi) == (-1)**n", "integer(n)"),
    "tan": ("tan(a) == sin(a)/cos(a)", "cos(a) != 0"), "cot": ("cot(a) == cos(a)/sin(a)", "sin(a) != 0"),
    "sec": ("sec(a) == 1/cos(a)", "cos(a) != 0"), "csc": ("csc(a) == 1/sin(a)", "sin(a) != 0"),
    "sinh": ("sinh(a) == (exp(a) - exp(-a))/2", ""), "cosh": ("cosh(a) == (exp(a) + exp(-a))/2", ""),
    "tanh": ("tanh(a) == sinh(a)/cosh(a)", "cosh(a) != 0"), "coth": ("coth(a) == cosh(a)/sinh(a)", "sinh(a) != 0"),
    "sech": ("sech(a) == 1/cosh(a)", "cosh(a) != 0"), "csch": ("csch(a) == 1/sinh(a)", "sinh(a) != 0"),
    "exp log": ("exp(log(a)) == a", "a != 0; defined(log(a))"), "log of 1": ("log(1) == 0", ""),
    "log product": ("log(a*b) == log(a) + log(b)", "0 < a; 0 < b"),
    "log power": ("log(a**b) == b*log(a)", "0 < a; real(b)"), "log exp": ("log(exp(a)) == a", "real(a)"),
    "power": ("a**b == exp(b*log(a))", "a != 0; defined(log(a))"),
    "power sum": ("a**(m + n) == a**m*a**n", "integer(m); integer(n); a != 0"),
    "power product": ("(a*b)**n == a**n*b**n", "integer(n); a != 0; b != 0"),
    "power power": ("(a**m)**n == a**(m*n)", "integer(m); integer(n); a != 0"),
    "root product": ("(a*b)**(1/n) == a**(1/n)*b**(1/n)", "0 <= a; 0 <= b; root(n)"),
    "root unique": ("(a**n)**(1/n) == a", "0 <= a; root(n)"),
    "sin asin": ("sin(asin(a)) == a", "defined(asin(a))"), "cos acos": ("cos(acos(a)) == a", "defined(acos(a))"),
    "integer sum": ("integer(a + b)", "integer(a); integer(b)"),
    "integer product": ("integer(a*b)", "integer(a); integer(b)"),
    "abs nonneg": ("0 <= Abs(a)", ""), "abs positive": ("0 < Abs(a)", "a != 0"),
    "abs product": ("Abs(a*b) == Abs(a)*Abs(b)", ""), "abs of nonneg": ("Abs(a) == a", "0 <= a"),
    "abs of nonpos": ("Abs(a) == -a", "a <= 0"), "abs triangle": ("Abs(a + b) <= Abs(a) + Abs(b)", ""),
    "pi above": ("333/106 < pi", ""), "pi below": ("pi < 355/113", ""), "erf odd": ("erf(-a) == -erf(a)", ""),
}  # fmt: skip
REAL_ONLY: Final[dict[str, tuple[str, str]]] = {
    "exp positive": ("0 < exp(a)", ""), "exp tangent": ("1 + a <= exp(a)", ""),
    "exp chord": ("1 + a < exp(a)", "a != 0"), "exp increasing": ("exp(a) < exp(b)", "a < b"),
    "log tangent": ("log(a) <= a - 1", "0 < a"), "log increasing": ("log(a) < log(b)", "0 < a; a < b"),
    "power positive": ("0 < a**b", "0 < a"), "root nonneg": ("0 <= a**(1/n)", "0 <= a; root(n)"),
    "root increasing": ("a**(1/n) < b**(1/n)", "0 <= a; a < b; root(n)"),
    "inverse positive": ("0 < a**(-1)", "0 < a"), "square nonneg": ("0 <= a**2", ""),
    "square positive": ("0 < a**2", "a != 0"), "abs square": ("Abs(a)**2 == a**2", ""), "abs above": ("a <= Abs(a)", ""),
    "sin below": ("sin(a) <= 1", ""), "sin above": ("-1 <= sin(a)", ""), "sin tangent": ("sin(a) < a", "0 < a"),
    "cos below": ("cos(a) <= 1", ""), "cos above": ("-1 <= cos(a)", ""),
    "cos positive": ("0 < cos(a)", "-pi/2 < a; a < pi/2"), "sin positive": ("0 < sin(a)", "0 < a; a < pi"),
    "cosh above": ("1 <= cosh(a)", ""), "sinh positive": ("0 < sinh(a)", "0 < a"), "tanh below": ("tanh(a) < 1", ""),
    "tanh above": ("-1 < tanh(a)", ""), "tanh positive": ("0 < tanh(a)", "0 < a"),
    "atan positive": ("0 < atan(a)", "0 < a"), "atan below": ("atan(a) < pi/2", ""), "atan above": ("-pi/2 < atan(a)", ""),
    "asin below": ("asin(a) <= pi/2", "-1 <= a; a <= 1"), "asin above": ("-pi/2 <= asin(a)", "-1 <= a; a <= 1"),
    "acos": ("acos(a) == pi/2 - asin(a)", "-1 <= a; a <= 1"), "acos cos": ("acos(cos(a)) == a", "0 <= a; a <= pi"),
    "atan inverse": ("atan(1/a) == pi/2 - atan(a)", "0 < a"),
    "atan sum": ("atan(a) + atan(b) == atan((a + b)/(1 - a*b))", "a*b < 1; 1 - a*b != 0"), "asin sin": ("asin(sin(a)) == a", "-pi/2 <= a; a <= pi/2"),
    "cos asin": ("cos(asin(a)) == sqrt(1 - a**2)", "-1 <= a; a <= 1; 0 <= 1 - a**2"),
    "asin odd": ("asin(-a) == -asin(a)", "-1 <= a; a <= 1"), "atan odd": ("atan(-a) == -atan(a)", ""),
    "atan tan": ("atan(tan(a)) == a", "-pi/2 < a; a < pi/2; defined(tan(a))"),
    "cos atan": ("cos(atan(a)) == 1/sqrt(1 + a**2)", "0 < 1 + a**2"),
    "sin atan": ("sin(atan(a)) == a/sqrt(1 + a**2)", "0 < 1 + a**2"), "atan of 0": ("atan(0) == 0", ""),
    "asinh": ("asinh(a) == log(a + sqrt(a**2 + 1))", "0 <= a**2 + 1; 0 < a + sqrt(a**2 + 1)"),
    "acosh": ("acosh(a) == log(a + sqrt(a**2 - 1))", "1 <= a; 0 <= a**2 - 1; 0 < a + sqrt(a**2 - 1)"),
    "atanh": ("atanh(a) == log((1 + a)/(1 - a))/2", "-1 < a; a < 1; 0 < (1 + a)/(1 - a); 1 - a != 0"),
    "sign of positive": ("sign(a) == 1", "0 < a"), "sign of negative": ("sign(a) == -1", "a < 0"),
    "sign of 0": ("sign(0) == 0", ""), "sign times abs": ("sign(a)*Abs(a) == a", ""),
    "max right": ("Max(a, b) == b", "a <= b"), "max left": ("Max(a, b) == a", "b <= a"),
    "min right": ("Min(a, b) == a", "a <= b"), "min left": ("Min(a, b) == b", "b <= a"),
    "integer gap": ("a + 1 <= b", "integer(a); integer(b); a < b"),
}  # fmt: skip
COMPLEX_ONLY: Final[dict[str, tuple[str, str]]] = {
    "euler": ("exp(I*a) == cos(a) + I*sin(a)", ""), "log product": ("log(a*b) == log(a) + log(b)", "0 < a; b != 0"),
    "log of -1": ("log(-1) == I*pi", ""), "root of -1": ("sqrt(-1) == I", ""),
    "root product": ("(a*b)**(1/n) == a**(1/n)*b**(1/n)", "0 <= a; root(n)"),
    "cosh of I a": ("cosh(I*a) == cos(a)", ""), "sinh of I a": ("sinh(I*a) == I*sin(a)", ""),
    "power sum": ("a**(b + c) == a**b*a**c", "a != 0"),
}  # fmt: skip
LAWS: Final = {"real": ANY_FIELD | REAL_ONLY, "complex": ANY_FIELD | COMPLEX_ONLY}

# ------------------------------------------------------------------------------------------------ terms


def ratio(p: int, q: int) -> Term:
    """The literal p/q in lowest terms."""
    need(q != 0, "denominator 0")
    common = gcd(p, q) if q > 0 else -gcd(p, q)
    return p // common if q == common else ("/", p // common, q // common)


def value(term: Term) -> Fraction | None:
    """The number of a literal; None for any other term."""
    if isinstance(term, int):
        return Fraction(term)
    return Fraction(term[1], term[2]) if isinstance(term, tuple) and term[0] == "/" else None


def compare(relation: str, p: Fraction, q: Fraction) -> bool:
    return {"=": p == q, "!=": p != q, "<": p < q, "<=": p <= q}[relation]


def minus(term: Term) -> Term:
    return ("*", -1, term)


def parts(term: Term) -> tuple[Term, ...]:
    """The direct subterms that are evaluated where the term is: for a binder its bounds only."""
    if not isinstance(term, tuple) or term[0] == "/":
        return ()
    return tuple(term[{"int": 3, "sum": 3, "diff": 3, "call": 2, "D": 3}.get(term[0], 1) :])


def occurs(name: str, term: Term) -> bool:
    """Whether the name occurs anywhere, free or bound."""
    return name == term or (isinstance(term, tuple) and any(occurs(name, part) for part in term[1:]))


def binds(term: Term) -> bool:
    return isinstance(term, tuple) and (term[0] in ("int", "sum", "diff") or any(map(binds, term[1:])))


def put(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with values for variables and literals folded; binders may only bind names that are not concerned."""
    if isinstance(term, str):
        return values.get(term, term)
    if not isinstance(term, tuple) or term[0] == "/":
        return term
    if term[0] in ("int", "sum", "diff"):
        need(not any(name == term[2] or occurs(term[2], new) for name, new in values.items()), "a binder is in the way")
    head, *rest = term
    if head in ("call", "D"):
        return (*term[: -len(parts(term))], *(put(part, values) for part in parts(term)))
    new = tuple(put(part, values) for part in rest)
    if head == "^" and new[1] == -1 and isinstance(new[0], int) and new[0] != 0:
        return ratio(1, new[0])
    return (head, *new)


@cache
def parsed(text: str) -> Term:
    """The term, fact or condition of a rule table's text."""
    return _term(ast.parse(text, mode="eval").body)


def _term(node: ast.expr) -> Term:
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.Name(id="pi" | "I" as constant):
            return (constant,)
        case ast.Name(id=name):
            return name
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return minus(_term(inner))
        case ast.BinOp(left=ast.Constant(value=int(p)), op=ast.Div(), right=ast.Constant(value=int(q))):
            return ratio(p, q)
        case ast.BinOp(left=left, op=operation, right=right):
            a, b = _term(left), _term(right)
            if isinstance(operation, ast.Sub):
                return ("+", a, minus(b) if not isinstance(b, int) else -b)
            if isinstance(operation, ast.Div):
                return ("*", a, ratio(1, b) if isinstance(b, int) else ("^", b, -1)) if a != 1 else ("^", b, -1)
            return ({ast.Add: "+", ast.Mult: "*", ast.Pow: "^"}[type(operation)], a, b)
        case ast.Call(func=ast.Name(id="sqrt"), args=[inner]):
            return ("^", _term(inner), ("/", 1, 2))
        case ast.Call(func=ast.Name(id=head), args=inners):
            return (head, *map(_term, inners))
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            relation = {ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<="}[type(operator)]
            return (relation, _term(left), _term(right))
    raise ValueError(ast.dump(node))


@cache
def letters(name: str, field: str) -> tuple[str, ...]:
    """The letters of a law in alphabetical order: the order in which a certificate gives their terms."""
    trees = (ast.walk(ast.parse(text.strip(), mode="eval")) for law in LAWS[field][name] for text in law.split(";") if law)
    return tuple(sorted({n.id for tree in trees for n in tree if isinstance(n, ast.Name) and len(n.id) == 1} - {"I"}))


# ------------------------------------------------------------------------------------------------ exact polynomials


class Ring:
    """Terms as polynomials, exponents in Z, in atoms: variables and whatever is not a sum, product or power.

    Equal atoms are one atom (their arguments are compared as polynomials); `rules` puts a polynomial for a power of an
    atom, which is sound in any order because every rule is an equation between defined terms.
    """

    def __init__(self, context: Context, equations: Sequence[int] = ()) -> None:
        self.context = context
        self.atoms: list[tuple[Any, ...]] = []  # ("of", head, syntax, polynomials) or ("inverse", polynomial)
        self.rules: dict[int, tuple[int, Poly]] = {}
        self.seen: dict[Term, Poly] = {}
        for index in equations:
            self.rewrite(context.facts[index])

    def rewrite(self, fact: Fact) -> None:
        """Put the right side for the left side, a power of one atom, from here on."""
        need(fact[0] == "=", "only an equation rewrites")
        new, old = self.of(fact[2]), self.of(fact[1])
        if old == new:
            return
        ((monomial, coefficient),) = old.items() if len(old) == 1 else ((((0, 0), (0, 0)), 0),)
        need(len(monomial) == 1 and coefficient == 1 and monomial[0][1] > 0, "an equation rewrites a power of an atom")
        ((atom, exponent),) = monomial
        need(self.rules.get(atom, (exponent + 1,))[0] > exponent, "the atom is rewritten already")
        self.rules[atom] = (exponent, new)
        self.seen.clear()

    def of(self, term: Term) -> Poly:
        """The polynomial of a defined term."""
        known = self.seen.get(term)
        if known is None:
            known = self.seen[term] = self._of(term)
        return known

    def _of(self, term: Term) -> Poly:
        number = value(term)
        if number is not None:
            return {(): number.numerator if number.denominator == 1 else number} if number else {}
        head = term[0] if isinstance(term, tuple) else ""
        if head == "+":
            total: Poly = {}
            for part in term[1:]:
                total = self.plus(total, self.of(part))
            return total
        if head == "*":
            product: Poly = {(): 1}
            for part in term[1:]:
                product = self.times(product, self.of(part))
            return product
        if head == "^":
            exponent = value(term[2])
            if exponent is not None and exponent.denominator == 1:
                return self.power(self.of(term[1]), exponent.numerator)
            if exponent is not None and exponent.numerator != 1:  # b^(p/q) = (b^(1/q))^p
                return self.power(self.of(("^", term[1], ("/", 1, exponent.denominator))), exponent.numerator)
        if isinstance(term, str):
            return self.atom(("of", "", term, ()))
        syntax = term[1:3] if binds((head,)) else term[1 : len(term) - len(parts(term))]
        bounds = term[3:] if head in ("int", "sum") else parts(term) if head != "diff" else ()
        found = self.atom(("of", head, syntax, tuple(self.of(part) for part in bounds)))
        if head == "^" and value(term[2]) is not None:  # (b^(1/q))^q = b
            self.root(found, term[2][2], self.of(term[1]))
        if head == "I":
            self.root(found, 2, {(): -1})
        return found

    def root(self, found: Poly, degree: int, radicand: Poly) -> None:
        if len(found) == 1 and list(found.values()) == [1]:
            (monomial,) = found
            if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] not in self.rules:
                self.rules[monomial[0][0]] = (degree, radicand)

    def atom(self, new: tuple[Any, ...]) -> Poly:
        """The atom, or the one that equals it, or what a rule puts for it."""
        for index, old in enumerate(self.atoms):
            if old == new or (old[:3] == new[:3] and new[0] == "of" and new[3] and self.alike(old[3], new[3])):
                break
        else:
            index = len(self.atoms)
            self.atoms.append(new)
        exponent, instead = self.rules.get(index, (0, {}))
        return instead if exponent == 1 else {((index, 1),): 1}

    def alike(self, left: Sequence[Poly], right: Sequence[Poly]) -> bool:
        return len(left) == len(right) and all(
            a == b or self.zero(self.plus(a, b, -1)) for a, b in zip(left, right, strict=True)
        )

    def plus(self, left: Poly, right: Poly, sign: int = 1) -> Poly:
        total = dict(left)
        for monomial, coefficient in right.items():
            new = total.get(monomial, 0) + sign * coefficient
            if new:
                total[monomial] = new
            else:
                total.pop(monomial, None)
        self.context.work(len(right))
        return total

    def times(self, left: Poly, right: Poly) -> Poly:
        self.context.work(len(left) * len(right))
        total: Poly = {}
        for m, c in left.items():
            for n, d in right.items():
                monomial = joined(m, n)
                new = total.get(monomial, 0) + c * d
                if new:
                    total[monomial] = new
                else:
                    total.pop(monomial, None)
        return total

    def power(self, base: Poly, exponent: int) -> Poly:
        if exponent < 0:
            return self.power(self.inverse(base), -exponent)
        if len(base) == 1:
            ((monomial, coefficient),) = base.items()
            size = max(abs(coefficient.numerator), coefficient.denominator).bit_length()
            need(size == 1 or size * exponent < LARGEST_NUMBER, "number too large")
            return {tuple((atom, e * exponent) for atom, e in monomial) if exponent else (): coefficient**exponent}
        result: Poly = {(): 1}
        for _ in range(exponent):
            result = self.times(result, base)
            need(result or not base, "a power vanished")
            if not result:
                break
        return result

    def inverse(self, base: Poly) -> Poly:
        """1/base, where base is the polynomial of a term that is not 0 because it is a defined denominator."""
        need(base, "denominator 0")
        leading = base[min(base)]
        if len(base) == 1:
            (monomial,) = base
            return {tuple((atom, -e) for atom, e in monomial): Fraction(1) / leading}
        monic = {monomial: Fraction(c) / leading for monomial, c in base.items()}
        return self.times({(): Fraction(1) / leading}, self.atom(("inverse", frozenset(monic.items()), monic)))

    def zero(self, poly: Poly) -> bool:
        """Whether clearing denominators and applying the rules leaves nothing."""
        while poly:
            self.context.work(len(poly))
            exponents: dict[int, list[int]] = {}
            for monomial in poly:
                for atom, exponent in monomial:
                    exponents.setdefault(atom, []).append(exponent)
            for atom in sorted(exponents, reverse=True):
                if self.atoms[atom][0] == "inverse":  # multiply by a power of the denominator
                    poly = self.cleared(poly, atom, max(0, *exponents[atom]))
                    break
                lowest = min(exponents[atom])
                if lowest < 0:
                    poly = {joined(monomial, ((atom, -lowest),)): c for monomial, c in poly.items()}
                    break
                if atom in self.rules and max(exponents[atom]) >= self.rules[atom][0]:
                    poly = self.rewritten(poly, atom)
                    break
            else:
                return False
        return True

    def cleared(self, poly: Poly, atom: int, highest: int) -> Poly:
        result: Poly = {}
        for exponent, rest in split(poly, atom).items():
            result = self.plus(result, self.times(rest, self.power(self.atoms[atom][2], highest - exponent)))
        return result

    def rewritten(self, poly: Poly, atom: int) -> Poly:
        degree, instead = self.rules[atom]
        result: Poly = {}
        for exponent, rest in split(poly, atom).items():
            times, left = divmod(exponent, degree)
            kept = {joined(monomial, ((atom, left),)) if left else monomial: c for monomial, c in rest.items()}
            result = self.plus(result, self.times(kept, self.power(instead, times)) if times else kept)
        return result


def joined(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for atom, exponent in right:
        new = exponents.get(atom, 0) + exponent
        if new:
            exponents[atom] = new
        else:
            del exponents[atom]
    return tuple(sorted(exponents.items()))


def split(poly: Poly, atom: int) -> dict[int, Poly]:
    """The polynomial by powers of one atom."""
    groups: dict[int, Poly] = {}
    for monomial, coefficient in poly.items():
        exponent = next((e for a, e in monomial if a == atom), 0)
        groups.setdefault(exponent, {})[tuple(pair for pair in monomial if pair[0] != atom)] = coefficient
    return groups


# ------------------------------------------------------------------------------------------------ the gate


class Context:
    """What is known at a point: facts, each supposed or made by a rule; a block works in a copy that knows more."""

    def __init__(self, field: str) -> None:
        need(field in LAWS, "no such field")
        self.field, self.budget = field, [LARGEST_WORK]
        self.facts: list[Fact] = []
        self.known: set[Fact] = set()
        self.terms: set[Term] = set()  # defined ones

    def block(self, *hypotheses: Fact) -> Context:
        """A context for a subproof: this one with more hypotheses."""
        inner = Context(self.field)
        inner.budget, inner.facts, inner.known, inner.terms = (
            self.budget, list(self.facts), set(self.known), set(self.terms))  # fmt: skip
        for fact in hypotheses:
            inner.suppose(fact)
        return inner

    def work(self, amount: int) -> None:
        self.budget[0] -= amount + 1
        need(self.budget[0] > 0, "too much work")

    # ---- facts

    def add(self, fact: Fact) -> None:
        """Only rules and `suppose` come here."""
        self.work(1)
        self.facts.append(fact)
        self.known.add(fact)
        if fact[0] in (*RELATIONS, "integer", "defined"):
            self.terms.update(fact[1:])

    def suppose(self, fact: Fact) -> None:
        """Take the fact as given, with what defines its terms; ask for that where conventions differ."""
        if fact[0] == "and":
            for part in fact[1:]:
                self.suppose(part)
            return
        if fact[0] in (*RELATIONS, "integer", "defined"):
            need(len(fact) == (3 if fact[0] in RELATIONS else 2), "malformed fact")
            for term in fact[1:]:
                for condition, certain in self.conditions(term):
                    if not self.holds(condition):
                        need(certain, f"not known where {term} is defined")
                        self.add(condition)
        else:
            need(fact[0] in ("differentiable", "smooth", "or"), "malformed fact")
        self.add(fact)

    def holds(self, fact: Fact) -> bool:
        """Whether the fact is known, by itself or by a stronger one."""
        if fact in self.known:
            return True
        if fact[0] in ("and", "or"):
            return (all if fact[0] == "and" else any)(self.holds(part) for part in fact[1:])
        if fact[0] in ("defined", "real"):
            return self.defined(fact[1]) if fact[0] == "defined" else self.real(fact[1])
        if fact[0] == "integer":
            return isinstance(fact[1], int)
        if fact[0] == "root":
            return isinstance(fact[1], int) and 1 < fact[1] < 100
        if fact[0] not in RELATIONS:
            return fact == ("differentiable", *fact[1:]) and ("smooth", *fact[1:]) in self.known
        relation, left, right = fact
        p, q = value(left), value(right)
        if p is not None and q is not None:
            return compare(relation, p, q)
        stronger = {"=": (), "!=": ("<",), "<": (), "<=": ("<", "=")}[relation]
        return (
            any((other, left, right) in self.known for other in stronger)
            or (relation != "<" and relation != "<=" and (relation, right, left) in self.known)
            or (relation == "!=" and ("<", right, left) in self.known)
            or (relation == "<=" and ("=", right, left) in self.known)
            or (relation in ("=", "<=") and left == right and self.defined(left))
        )

    def real(self, term: Term) -> bool:
        return self.field == "real" or value(term) is not None

    # ---- definedness

    def defined(self, term: Term) -> bool:
        if term in self.terms or value(term) is not None:
            return True
        if all(self.holds(condition) for condition, _ in self.conditions(term)):
            self.terms.add(term)
            return True
        return False

    def conditions(self, term: Term) -> Iterator[tuple[Fact, bool]]:
        """What defines a term, innermost first; False beside it: not supposed, because conventions differ."""
        self.work(1)
        if isinstance(term, (str, int)) or term in self.terms:
            return
        head = term[0]
        for part in parts(term) if head not in ("int", "sum", "diff") else ():
            yield from self.conditions(part)
        if head == "/":
            need(len(term) == 3 and term[2] > 1 and term == ratio(term[1], term[2]), "malformed number")
        elif head in ("pi", "I"):
            need(len(term) == 1 and (head == "pi" or self.field == "complex"), "no such constant here")
        elif head in ("int", "sum", "diff"):
            need(len(term) == (3 if head == "diff" else 5) and isinstance(term[2], str), "malformed binder")
            yield ("defined", term), True
            if head == "diff":
                yield from self.conditions(term[1])
        elif head == "call":
            need(isinstance(term[1], str) and len(term) > 2, "malformed call")
            if not (len(term) == 3 and self.holds(("differentiable", term[1]))):
                yield ("defined", term), True
        elif head == "D":
            need(len(term) == 4 and isinstance(term[1], str) and isinstance(term[2], int) and term[2] > 0, "malformed D")
            if not self.holds(("smooth" if term[2] > 1 else "differentiable", term[1])):
                yield ("defined", term), True
        elif head == "^":
            need(len(term) == 3, "malformed power")
            yield from self.power_conditions(term[1], term[2])
        elif head in ("+", "*"):
            need(len(term) > 2, "malformed sum or product")
        else:
            text = DOMAINS.get(head, (None, None))[self.field == "complex"]
            need(text is not None and len(term) == (3 if head in ("Max", "Min") else 2), f"no function {head}")
            for condition in (text or "").split(";") if text else ():
                yield put(parsed(condition.strip(" ?")), {"a": term[1]}), "?" not in condition

    def power_conditions(self, base: Term, exponent: Term) -> Iterator[tuple[Fact, bool]]:
        number = value(exponent)
        if number is not None and number.denominator > 1 and self.field == "real":
            yield ("<" if number < 0 else "<=", 0, base), number.denominator % 2 == 0
        elif number is not None:
            if number < 0:
                yield ("!=", base, 0), True
        elif self.field == "complex":
            yield ("!=", base, 0), False
        elif not self.holds(("<", 0, base)):
            if not self.holds(("integer", exponent)):
                yield ("<", 0, base), False
            elif not self.holds(("<=", 0, exponent)):
                yield ("!=", base, 0), False

    def ask(self, *terms: Term) -> None:
        for term in terms:
            need(self.defined(term), f"not known to be defined: {term}")

    def require(self, fact: Fact) -> None:
        need(self.holds(fact), f"not known: {fact}")

    # ---- rules: each takes the rest of its line and adds one fact

    def run(self, lines: Sequence[Any]) -> None:
        for line in lines:
            self.RULES[line[0]](self, *line[1:])

    def law(self, name: str, *values: Term) -> None:
        """An instance of a law, its conditions known."""
        conclusion, conditions = LAWS[self.field][name]
        names = letters(name, self.field)
        need(len(names) == len(values), "the letters of the law")
        self.ask(*values)
        instance = dict(zip(names, values, strict=True))
        for condition in conditions.split(";") if conditions else ():
            self.require(put(parsed(condition.strip()), instance))
        self.add(put(parsed(conclusion), instance))

    def show(self, goal: Fact, weight: Term, products: Sequence[Any], equations: Sequence[int]) -> None:
        """weight * (right - left) is a sum of products of a number or term, slacks of facts, and squares.

        With a weight other than 0 and an equation in each product the difference is 0; a product of differences that
        are not 0 is not 0; with a positive weight, positive numbers and slacks (of < and <=) it is not negative, and
        positive if one product is.
        """
        relation, left, right = goal
        need(relation in RELATIONS, "no relation")
        self.ask(left, right, weight)
        ring = Ring(self, equations)
        rest = ring.times(ring.of(weight), ring.plus(ring.of(right), ring.of(left), -1))
        signs = set()
        for factor, indices, squares in products:
            self.ask(factor, *squares)
            product = ring.of(factor)
            for index in indices:
                need(self.facts[index][0] in RELATIONS, "no relation")
                product = ring.times(product, ring.plus(ring.of(self.facts[index][2]), ring.of(self.facts[index][1]), -1))
            for square in squares:
                product = ring.times(product, ring.power(ring.of(square), 2))
            rest = ring.plus(rest, product, -1)
            signs.add(self.sign(value(factor), [self.facts[index][0] for index in indices], squares))
        need(ring.zero(rest), "the two sides differ")
        if relation != "!=":
            self.require(("!=", weight, 0) if relation == "=" else ("<", 0, weight))
        if relation == "=":
            need(signs <= {"="}, "a product that need not be 0")
        elif relation == "!=":
            need(len(products) == 1 and signs <= {"!=", "<"}, "a product that may be 0")
        else:
            need(signs <= {"=", "<", "<="} and (relation == "<=" or "<" in signs), "a product of the wrong sign")
        self.add(goal)

    def sign(self, number: Fraction | None, relations: Sequence[str], squares: Sequence[Term]) -> str:
        """How 0 is related to a product: of the number, slacks in these relations, and squares."""
        if "=" in relations:
            return "="
        nonzero = "<=" not in relations and all(self.holds(("!=", square, 0)) for square in squares)
        if number is None or number == 0:
            return "?"
        if number < 0 or "!=" in relations or (squares and not all(map(self.real, squares))):
            return "!=" if nonzero else "?"
        return "<" if nonzero else "<="

    def cases(self, one: Fact, other: Fact, target: Fact, first: Sequence[Any], second: Sequence[Any]) -> None:
        """The target holds in both of two cases, one of which is true."""
        split = ("or", one, other) in self.known
        if not split:
            need(len(one) == 3 and len(other) == 3 and {one[1], one[2]} == {other[1], other[2]}, "not two cases")
            self.ask(one[1], one[2])
            pair = (one[0], other[0], one[1:] == other[1:])
            ordered = self.field == "real" and pair in (("<", "<=", False), ("<=", "<=", False), ("<=", "<", False))
            need(ordered or {one[0], other[0]} == {"=", "!="}, "the cases leave something out")
        for fact, lines in ((one, first), (other, second)):
            inner = self.block(fact)
            inner.run(lines)
            inner.require(target)
        self.add(target)

    def absurd(self, index: int, target: Fact) -> None:
        """Anything follows from a fact that is false or contradicts another."""
        relation, left, right = self.facts[index]
        p, q = value(left), value(right)
        false = p is not None and q is not None and not compare(relation, p, q)
        need(false or (relation == "!=" and self.holds(("=", left, right))) or (relation == "<" and left == right), "no contradiction")
        self.add(target)

    def derivative(self, term: Term, name: str) -> None:
        """The derivative at the point, by the textbook rules."""
        need(self.field == "real" and isinstance(name, str), "derivatives are over the reals")
        self.ask(term)
        result = self.slope(term, name)
        self.ask(result)
        self.add(("=", ("diff", term, name), result))

    def slope(self, term: Term, name: str) -> Term:
        self.work(1)
        if not occurs(name, term):
            return 0
        if term == name:
            return 1
        head = term[0]
        if head == "+":
            return ("+", 0, *(self.slope(part, name) for part in term[1:]))
        if head == "*":
            terms = [("*", *term[1:i], self.slope(part, name), *term[i + 1 :]) for i, part in enumerate(term) if i]
            return ("+", 0, *(t for t, part in zip(terms, term[1:], strict=True) if occurs(name, part)))
        if head == "diff":
            return self.slope(self.slope(term[1], term[2]), name)
        if head == "^":
            base, exponent = term[1:]
            number = value(exponent)
            if number is not None:
                need(number.denominator == 1 or self.holds(("<", 0, base)), "a power of a base that may vanish")
                lower = ratio(number.numerator - number.denominator, number.denominator)
                return ("*", exponent, ("^", base, lower), self.slope(base, name))
            self.require(("<", 0, base))
            return ("*", term, ("+", ("*", self.slope(exponent, name), ("log", base)), ("*", exponent, self.slope(base, name), ("^", base, -1))))
        if head in ("call", "D") and len(parts(term)) == 1 and not occurs(name, term[:-1]):
            order = term[2] + 1 if head == "D" else 1
            self.require(("smooth" if order > 1 else "differentiable", term[1]))
            return ("*", ("D", term[1], order, term[-1]), self.slope(term[-1], name))
        need(head in DERIVATIVES, f"no derivative of {head}")
        rule, conditions = DERIVATIVES[head]
        for condition in conditions.split(";") if conditions else ():
            self.require(put(parsed(condition.strip()), {"a": term[1]}))
        return ("*", put(parsed(rule), {"a": term[1]}), self.slope(term[1], name))

    def between(self, name: str, low: Term, high: Term, closed: Sequence[Any], open_: Sequence[Any]) -> tuple[Context, Context]:
        """Contexts for a fresh variable in [low, high] and in (low, high), after their lines."""
        need(self.field == "real" and isinstance(name, str), "intervals are real")
        need(not any(occurs(name, part) for part in (*self.facts, *self.terms, low, high)), "the variable is not fresh")
        self.ask(low, high)
        contexts = self.block(("<=", low, name), ("<=", name, high)), self.block(("<", low, name), ("<", name, high))
        for context, lines in zip(contexts, (closed, open_), strict=True):
            context.run(lines)
        return contexts

    def continuous(self, term: Term, name: str) -> None:
        """Defined here, and made of functions that are continuous wherever they are defined."""
        self.ask(term)
        if isinstance(term, tuple) and occurs(name, term):
            known = term[0] in CONTINUOUS or (term[0] == "call" and self.holds(("differentiable", term[1])))
            need(known and not binds(term), f"{term[0]} may jump")
            if term[0] == "^" and value(term[2]) is None:
                self.require(("<", 0, term[1]))
            for part in parts(term):
                self.continuous(part, name)

    def mean_value(self, relation: str, term: Term, name: str, low: Term, high: Term, closed: Any, open_: Any) -> None:
        """term is continuous on [low, high]; 0 < (<=, =) its derivative inside: term(low) < (<=, =) term(high)."""
        need(relation in ("=", "<", "<="), "no such relation")
        self.require(("<" if relation == "<" else "<=", low, high))
        whole, inside = self.between(name, low, high, closed, open_)
        whole.continuous(term, name)
        inside.ask(slope := inside.slope(term, name))
        inside.require((relation, 0, slope))
        self.add((relation, put(term, {name: low}), put(term, {name: high})))

    def fundamental(self, term: Term, name: str, low: Term, high: Term, primitive: Term, closed: Any, open_: Any) -> None:
        """The integral of a continuous term is the difference of a continuous primitive (fundamental theorem)."""
        self.require(("<=", low, high))
        whole, inside = self.between(name, low, high, closed, open_)
        whole.continuous(term, name)
        whole.continuous(primitive, name)
        inside.ask(slope := inside.slope(primitive, name))
        inside.require(("=", slope, term))
        ends = (put(primitive, {name: high}), minus(put(primitive, {name: low})))
        self.add(("=", ("int", term, name, low, high), ("+", *ends)))

    def sum_end(self, term: Term, name: str, low: Term, high: Term) -> None:
        """A sum to high + 1 is the sum to high and one more term."""
        for fact in (("integer", low), ("integer", high), ("<=", low, ("+", high, 1)), ("defined", ("sum", term, name, low, high))):
            self.require(fact)
        last = put(term, {name: ("+", high, 1)})
        self.ask(last)
        self.add(("=", ("sum", term, name, low, ("+", high, 1)), ("+", ("sum", term, name, low, high), last)))

    def sum_empty(self, term: Term, name: str, low: Term) -> None:
        """A sum from low to low - 1 is 0."""
        self.require(("integer", low))
        self.add(("=", ("sum", term, name, low, ("+", low, -1)), 0))

    def induction(self, target: Fact, name: str, start: Term, first: Sequence[Any], step: Sequence[Any]) -> None:
        """The target holds at start, and at n + 1 if at n: it holds at every integer from start."""
        need(target[0] in RELATIONS and not occurs(name, start), "nothing to induce on")
        for fact in (("integer", name), ("integer", start), ("<=", start, name)):
            self.require(fact)
        general = Context(self.field)
        general.budget = self.budget
        for fact in self.facts:
            if not occurs(name, fact):
                general.add(fact)
        base = general.block()
        base.run(first)
        base.require(put(target, {name: start}))
        inner = general.block(("integer", name), ("<=", start, name))
        inner.suppose(target)
        inner.run(step)
        inner.require(put(target, {name: ("+", name, 1)}))
        self.add(target)

    RULES: Final[dict[str, Callable[..., None]]] = {
        "law": law, "show": show, "cases": cases, "absurd": absurd, "derivative": derivative, "mean value": mean_value,
        "fundamental": fundamental, "sum end": sum_end, "sum empty": sum_empty, "induction": induction,
    }  # fmt: skip

    # ---- statements

    def establish(self, goal: Fact, proof: Any) -> None:
        """Reject unless the proof reaches the goal."""
        if goal[0] == "same":
            _, left, right = goal
            for one, other, lines in ((left, right, proof[0]), (right, left, proof[1])):
                inner = self.block(("defined", one))
                inner.run(lines)
                inner.ask(other)
                if one == left:
                    inner.require(("=", left, right))
        elif goal[0] in ("iff", "implies"):
            _, one, other = goal
            for fact, then, lines in ((one, other, proof[0]), (other, one, proof[1]))[: 2 if goal[0] == "iff" else 1]:
                inner = self.block(fact)
                inner.run(lines)
                inner.require(then)
        else:
            self.run(proof)
            self.require(goal)
