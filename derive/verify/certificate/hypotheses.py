"""What hypotheses say of the sign of a term: multiples of one, combinations of several, divisors of what is not 0."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import TYPE_CHECKING, Any

from derive.verify.certificate.factor import factored_polys
from derive.verify.certificate.linear import combination
from derive.verify.certificate.script import Poly, Term, product
from derive.verify.certificate.words import NEGATIVE, NONNEGATIVE, NONPOSITIVE, NONZERO, POSITIVE, fact_for
from derive.verify.kernel_terms import ratio, value

if TYPE_CHECKING:
    from derive.verify.certificate.signs import Signs

__all__ = ["by_facts", "is_divisor"]

MOST_COLUMNS, MOST_FACTS, FEW = 48, 14, 4
MOST_TERMS = 24
BOUNDS = {
    "sin": ("sin above", "sin below"), "cos": ("cos above", "cos below"), "tanh": ("tanh above", "tanh below"),
    "atan": ("atan above", "atan below"), "asin": ("asin above", "asin below"), "Abs": ("abs nonneg", "abs above"),
    "cosh": ("cosh above",), "exp": ("exp positive", "exp tangent"), "log": ("log tangent",),
}  # fmt: skip


def slacks(signs: Signs) -> list[tuple[int, str, Poly]]:
    """Facts that order two terms, with the polynomial of right - left."""
    ring, done = signs.terms.ring, signs.terms.slacks
    for index in range(len(done), len(signs.context.facts)):
        kind, *sides = signs.context.facts[index]
        if kind in ("<", "<=", "!="):
            done.append((index, kind, signs.terms.reduced(ring.plus(ring.of(sides[1]), ring.of(sides[0]), -1))))
        else:
            done.append((index, "", {}))
    return [slack for slack in done if slack[1]]


def by_facts(signs: Signs, term: Term) -> bool:
    """A multiple of one hypothesis, maybe with a number; or a combination of several."""
    poly = signs.terms.poly(term)
    if not poly:
        return signs.show(("<=", 0, term), 1, ())
    flipped = signs.terms.ring.times({(): -1}, poly)
    known = slacks(signs)
    for index, relation, slack in sorted(known, key=lambda item: ("<", "<=", "!=").index(item[1])):
        for sign, candidate in ((1, poly), (-1, flipped)):
            found = multiple(signs, candidate, slack, relation)
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
            if goal in signs.context.known or signs.show(goal, 1, products):
                return True
    if is_divisor(signs, term):
        return True
    return signs.context.field == "real" and by_combination(signs, term, poly)


def is_divisor(signs: Signs, term: Term) -> bool:
    """term is not 0, for it divides something that is not: one fact, or a product of two."""
    poly = signs.terms.poly(term)
    if len(poly) > 12 or signs.context.holds(("!=", term, 0)):
        return False
    if signs.context.holds(("!=", ("Abs", term), 0)):
        return signs.law("abs of nonzero", term) is not None
    candidates = [(i, p) for i, relation, p in slacks(signs) if relation in ("!=", "<") and p]
    if not candidates:
        return False
    _, own = factored_polys(signs.terms, poly)
    if len(own) != 1:
        return False
    ring = signs.terms.ring
    pairs: list[tuple[tuple[int, ...], Poly]] = [((i,), p) for i, p in candidates[:12]]
    pairs += [
        ((i, j), ring.times(p, q))
        for (i, p), (j, q) in combinations_with_replacement(candidates[:6], 2)
        if i != j or len(p) == 1
    ]
    for indices, product_ in pairs:
        whole = signs.terms.reduced(product_)
        versions: list[tuple[Poly, tuple[int, ...]]] = [(whole, ())]
        if len(indices) == 1 or len(whole) <= 2:
            others = (by_sines(signs, whole), (by_roots(signs, whole, poly), ()))
            versions += [other for other in others if other[0] != whole]
        for version, equations in versions:
            fits = version and len(version) <= MOST_TERMS
            if fits and _divides(signs, term, own[0][0], version, indices, equations):
                return True
    return False


def _divides(
    signs: Signs, term: Term, factor: Poly, whole: Poly, indices: tuple[int, ...], equations: tuple[int, ...]
) -> bool:
    """Whether the factor of the term divides a product of facts, shown to the kernel."""
    ring = signs.terms.ring
    _, factors = factored_polys(signs.terms, whole)
    others = [other for other, exponent in factors if exponent > 0]
    divisor, cofactor = signs.terms.poly(term), conjugate(signs, factor)
    if not any(proportional(other, factor) for other in others):
        norm = signs.terms.reduced(ring.times(factor, cofactor))
        if cofactor == factor or not any(proportional(other, norm) for other in others):
            return False
        divisor, whole = norm, ring.times(whole, cofactor)
    number, rest = factored_polys(signs.terms, ring.times(whole, ring.power(divisor, -1)))
    parts = [signs.terms.term(f) if e == 1 else ("^", signs.terms.term(f), e) for f, e in rest]
    weight, goal = product([ratio(-number), *parts]), ("!=", term, 0)
    used = (*signs.terms.equations, *equations)
    return signs.define(weight) and signs.script.show(goal, weight, [(1, indices, ())], used) is not None


def conjugate(signs: Signs, poly: Poly) -> Poly:
    """The polynomial with the other sign for a square root of a number."""
    for atom in sorted({a for monomial in poly for a, e in monomial if e == 1}, reverse=True):
        degree, square = signs.terms.ring.rules.get(atom, (0, {}))
        if degree == 2 and set(square) == {()}:
            return {m: -c if dict(m).get(atom, 0) % 2 else c for m, c in poly.items()}
    return poly


def by_roots(signs: Signs, poly: Poly, wanted: Poly) -> Poly:
    """The polynomial with powers of the roots in the wanted one for what is under them."""
    ring = signs.terms.ring
    for atom in {a for monomial in wanted for a, _ in monomial}:
        degree, power = ring.rules.get(atom, (0, {}))
        letters = [m[0][0] for m, c in power.items() if len(m) == 1 and m[0][1] == 1 and c == 1]
        if degree < 2 or not letters or any(e < 0 for m in poly for a, e in m if a == letters[0]):
            continue
        value: Poly = {m: -c for m, c in power.items() if m != ((letters[0], 1),)} | {((atom, degree),): 1}
        total: Poly = {}
        for monomial, c in poly.items():
            rest = tuple(pair for pair in monomial if pair[0] != letters[0])
            total = ring.times({rest: c}, ring.power(value, dict(monomial).get(letters[0], 0)), total)
        poly = total
    return poly


def by_sines(signs: Signs, poly: Poly) -> tuple[Poly, tuple[int, ...]]:
    """The polynomial with 1 - sin**2 for squares of cosines, or the other way round, and the equation for that."""
    ring = signs.terms.ring
    for atom in {a for monomial in poly for a, e in monomial if e > 1}:
        (head, *_), arguments = ring.atoms[atom]
        other = {"cos": "sin", "sin": "cos"}.get(head)
        partner = next((i for i, found in enumerate(ring.atoms) if found == ((other, ()), arguments)), None)
        law = signs.script.law("pythagoras", signs.terms.term(arguments[0])) if partner is not None else None
        if partner is None or law is None:
            continue
        total: Poly = {}
        for monomial, c in poly.items():
            exponent = max(dict(monomial).get(atom, 0), 0)
            rest = tuple(pair for pair in monomial if pair[0] != atom or pair[1] < 0)
            kept = rest if exponent % 2 == 0 else tuple(sorted((*rest, (atom, 1))))
            total = ring.times({kept: c}, ring.power({(): 1, ((partner, 2),): -1}, exponent // 2), total)
        return total, (law,)
    return {}, ()


def multiple(signs: Signs, poly: Poly, slack: Poly, relation: str) -> tuple[Fraction, Fraction] | None:
    """Numbers with poly = number * slack + number, of the signs that make it useful."""
    anchor = next((m for m in slack if m), None)
    if anchor is None or anchor not in poly or abs(len(poly) - len(slack)) > 1:
        return None
    scale = Fraction(poly[anchor]) / slack[anchor]
    rest = signs.terms.ring.plus(poly, {m: c * scale for m, c in slack.items()}, -1)
    constant = Fraction(rest.pop((), 0))
    if rest or (constant if relation == "!=" else scale < 0 or constant < 0):
        return None
    return scale, constant


def bounds(signs: Signs, poly: Poly) -> None:
    """Facts about the atoms of the polynomial that hold anyway."""
    for atom in {a for monomial in poly for a, _ in monomial}:
        term = signs.terms.atom(atom)
        if isinstance(term, tuple) and term[0] in BOUNDS:
            for name in BOUNDS[term[0]]:
                signs.law(name, term[1])
        elif isinstance(term, tuple) and term[0] in ("^", "log"):
            if not (term[0] == "^" and value(term[1]) is not None and enclose(signs, term)):
                signs.sign(term)
                above_squares(signs, term, poly)
        elif term == ("pi",):
            signs.script.law("pi above")
            signs.script.law("pi below")


def above_squares(signs: Signs, root: Term, poly: Poly) -> None:
    """A square root is above the other part of the polynomial, of whichever sign, if its square is above."""
    if root[0] != "^" or root[2] != ("/", 1, 2) or len(poly) > 3:
        return
    others = {m: c for m, c in poly.items() if all(signs.terms.atom(a) != root for a, _ in m)}
    for sign in (1, -1) if others else ():
        signs.law("root above", signs.terms.term({m: sign * c for m, c in others.items()}), root[1])


def enclose(signs: Signs, term: Term) -> bool:
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
        unique = signs.law("root unique", number, n)
        index = signs.law("root increasing", *(ends if not larger else ends[::-1]), n)
        goal = ("<", number, term) if not larger else ("<", term, number)
        if unique is None or index is None or signs.script.show(goal, 1, [(1, (index,), ())], [unique]) is None:
            return False
    return True


def by_combination(signs: Signs, term: Term, poly: Poly) -> bool:
    """term is a combination of hypotheses, products of two of them, and squares, with coefficients >= 0."""
    if len(poly) > MOST_TERMS:
        return False
    bounds(signs, poly)
    columns = candidates(signs, poly)
    strict = [column[2] for column in columns]
    for sign, target in ((1, poly), (-1, {m: -c for m, c in poly.items()})):
        found = combination(target, [column[0] for column in columns], strict, signs.script.effort)
        if found is None:
            continue
        products = [(ratio(c), item[1], item[2]) for c, (_, item, _) in zip(found, columns, strict=True) if c]
        positive = any(c and is_strict for c, is_strict in zip(found, strict, strict=True))
        kinds = (POSITIVE, NONNEGATIVE) if sign > 0 else (NEGATIVE, NONPOSITIVE)
        if signs.show(fact_for(kinds[0] if positive else kinds[1], term), 1, products):
            return True
    return False


def candidates(signs: Signs, poly: Poly) -> list[tuple[Poly, Any, bool]]:
    """Polynomials that are not negative, how the kernel says so, and whether they are positive."""
    ring, terms = signs.terms.ring, signs.terms
    atoms = {a for monomial in poly for a, _ in monomial}
    near = about(signs, atoms)
    if len(near) <= FEW:
        near = about(signs, atoms.union(a for s in near for m in s[2] for a, _ in m))
    columns: list[tuple[Poly, Any, bool]] = [({(): 1}, (1, (), ()), True)]
    columns += [(p, (1, (i,), ()), r == "<") for i, r, p in near]
    simple = [p for _, _, p in near if len(p) <= 3] if len(near) <= 4 and len(poly) <= 3 else []
    if max(sum(e for _, e in m) for p in (poly, *simple) for m in p) > 1:
        for (i, r, p), (j, s, q) in combinations_with_replacement(near, 2):
            signs.script.effort.check()
            if len(columns) < MOST_COLUMNS and len(p) * len(q) <= MOST_TERMS:
                columns.append((terms.reduced(ring.times(p, q)), (1, (i, j), ()), r == s == "<"))
        columns += squares(signs, poly)
    return columns


def about(signs: Signs, atoms: set[int]) -> list[tuple[int, str, Poly]]:
    """Facts that order terms in which one of the atoms is."""
    found = (s for s in slacks(signs) if s[1] != "!=" and len(s[2]) <= MOST_TERMS)
    return [s for s in found if any(a in atoms for m in s[2] for a, _ in m)][:MOST_FACTS]


def squares(signs: Signs, poly: Poly) -> list[tuple[Poly, Any, bool]]:
    """Squares of half the monomials, of sums and differences of two, and those that complete a mixed term."""
    halves = [tuple((a, e // 2) for a, e in m) for m in poly if m and all(e % 2 == 0 for _, e in m)]
    atoms = sorted({((a, 1),) for m in poly for a, _ in m})
    bases = list(dict.fromkeys([*halves, *atoms, ()]))[:6]
    ring = signs.terms.ring
    inner: list[Poly] = [{base: 1} for base in bases if base]
    for first, second in combinations(bases, 2):
        inner += [{first: 1, second: 1}, {first: 1, second: -1}]
        ((mixed, _),) = ring.times({first: 1}, {second: 1}).items()
        for one, other in ((first, second), (second, first)):
            square = poly.get(next(iter(ring.power({one: 1}, 2))), 0)
            if square > 0 and abs(poly.get(mixed, 0)) not in (0, 2 * square):
                inner.append({one: 1, other: Fraction(poly[mixed]) / (2 * square)})
    return [(signs.terms.reduced(ring.power(p, 2)), (1, (), (signs.terms.term(p),)), False) for p in inner]


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
