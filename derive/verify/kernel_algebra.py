"""The arithmetic of the proof kernel: terms as plain data, and exact polynomials in which equal terms are equal.

Part of what is believed, like `kernel.py`; standard library only.  The kernel's file says what terms are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, Final

__all__ = ["FIRST", "Poly", "Reject", "Ring", "Term", "names", "need", "parts", "put", "ratio", "value"]

Term = Any  # int, str, or a tuple that begins with its head
Monomial = tuple[tuple[int, int], ...]  # (number of an atom, its exponent), in order
Poly = dict[Monomial, Any]  # an integer or Fraction for each monomial

LARGEST_BITS, MOST_STEPS = 20_000, 200
FIRST: Final = {"int": 3, "sum": 3, "diff": 3, "call": 2, "D": 3}  # where the evaluated arguments of a term begin


class Reject(Exception):
    """The certificate does not prove its statement; the message says what is missing."""


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Reject(reason)


def ratio(number: Fraction) -> Term:
    """The literal of a number."""
    return number.numerator if number.denominator == 1 else ("/", number.numerator, number.denominator)


def value(term: Term) -> Fraction | None:
    """The number of a literal; None for other terms."""
    if isinstance(term, int):
        return Fraction(term)
    return Fraction(term[1], term[2]) if isinstance(term, tuple) and term[0] == "/" else None


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
    """The term with values for variables, and literals folded; rejected if a binder is in the way."""
    if isinstance(term, str) or value(term) is not None:
        return values.get(term, term) if isinstance(term, str) else term
    kept, new = term[: FIRST.get(term[0], 1)], tuple(put(part, values) for part in parts(term))
    if kept[0] in ("int", "sum", "diff"):
        need(kept[2] not in names(("", *((" ", *item) for item in values.items()))), "a binder is in the way")
        kept = (kept[0], put(kept[1], values), kept[2])
    p, q = map(value, new) if kept[0] in ("*", "^") and len(new) == 2 else (None, None)
    if kept[0] == "*" and p is not None and (p == 1 or q is not None):
        return new[1] if q is None else ratio(p * q)
    return ratio(1 / p) if kept[0] == "^" and p and q == -1 else (*kept, *new)


class Ring:
    """Terms as polynomials, with exponents in Z, in atoms: whatever is no sum, product or integer power.

    Atoms with equal arguments are one atom.  `rules` put a polynomial for a power of an atom; each is an equation
    between defined terms, so they are sound in any order.
    """

    def __init__(self, work: Callable[[int], None]) -> None:
        """`work` is told how many steps are taken, and stops those that take too many."""
        self.work = work
        self.seen: dict[Term, Poly] = {}
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
            self.seen.clear()

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
        index = 0
        while index < len(self.atoms) and not self.same(self.atoms[index], key, arguments):
            index += 1
        if index == len(self.atoms):
            self.atoms.append((key, arguments))
            self.rules.update({index: (degree, power or {})} if degree else {})
        exponent, instead = self.rules.get(index, (0, {}))
        return instead if exponent == 1 else {((index, 1),): 1}

    def same(self, atom: tuple[Any, tuple[Poly, ...]], key: Any, arguments: tuple[Poly, ...]) -> bool:
        return atom[0] == key and len(atom[1]) == len(arguments) and all(map(self.equal, atom[1], arguments))

    def equal(self, left: Poly, right: Poly) -> bool:
        return left == right or self.zero(self.plus(left, right, -1))

    def plus(self, left: Poly, right: Poly, sign: int = 1) -> Poly:
        """left + sign * right"""
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
        for (m, c), (n, d) in product(left.items(), right.items()):
            monomial = joined(m, n) if m and n else m or n
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


def joined(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    exponents = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return tuple(sorted(pair for pair in exponents.items() if pair[1]))
