"""Finding why one statement follows from another: multiples, substitution, injective functions, cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.verify.certificate.equality import equal, rewritten
from derive.verify.certificate.factor import factored
from derive.verify.certificate.reach import reach
from derive.verify.certificate.script import Fact, Script, Term, Terms, difference, product
from derive.verify.certificate.signs import Signs
from derive.verify.kernel import Reject
from derive.verify.kernel_terms import ratio, value

__all__ = ["conclude"]


def conclude(script: Script, hypothesis: Fact, goal: Fact, depth: int = 0) -> bool:
    """Make the goal known from the hypothesis, which is known already."""
    if script.context.holds(goal):
        return True
    if goal[0] == "and":
        return all(conclude(script, hypothesis, part, depth) for part in goal[1:])
    if hypothesis[0] == "or" and len(hypothesis) == 3 and depth < 4:
        return by_cases(script, (hypothesis[1], hypothesis[2]), goal, depth)
    if goal[0] == "or":
        return one_of(script, hypothesis, goal, depth)
    if goal[0] == "=" and Signs(script).define(goal[1], goal[2]):
        equations = [f for f in script.context.facts if f[0] == "="]
        return any(
            way(script, equation, goal)
            for equation in reversed(equations)
            for way in (injective, plain_multiple, inverted, substitution, multiple, same_root)
        ) or (depth < 2 and hypothesis[0] == "=" and simpler(script, hypothesis, goal, depth))
    return reach(script, goal)


def by_cases(script: Script, pair: tuple[Fact, Fact], goal: Fact, depth: int) -> bool:
    proofs = []
    for case in pair:
        inner = script.block(case)
        if not conclude(inner, case, goal, depth + 1):
            return False
        proofs.append(tuple(inner.lines))
    return script.do("cases", ("or", *pair), goal, *proofs)


def one_of(script: Script, hypothesis: Fact, goal: Fact, depth: int) -> bool:
    """One disjunct is so, or it is not and another follows."""
    first, *rest = goal[1:]
    if first[0] != "=" or depth > 4:
        return any(conclude(script, hypothesis, part, depth + 1) for part in goal[1:])
    if not Signs(script).define(first[1], first[2]):
        return False
    other = ("!=", *first[1:])
    inner = script.block(other)
    target = ("or", *rest) if len(rest) > 1 else rest[0]
    if not conclude(inner, hypothesis, target, depth + 1):
        return False
    return script.do("cases", first, goal, (), tuple(inner.lines))


def multiple(script: Script, equation: Fact, goal: Fact) -> bool:
    """weight * (right - left) of the goal is a multiple of that of the equation, the weight not 0."""
    rewriter = rewritten(Signs(script), (*equation[1:], *goal[1:]))
    return rewriter is not None and _is_multiple(script, rewriter.terms, equation, goal)


def plain_multiple(script: Script, equation: Fact, goal: Fact) -> bool:
    """The same without any law."""
    return _is_multiple(script, Terms(script), equation, goal)


def _is_multiple(script: Script, terms: Terms, equation: Fact, goal: Fact) -> bool:
    signs = Signs(script)
    have, want = difference(equation[2], equation[1]), difference(goal[2], goal[1])
    try:
        top, bottom = terms.poly(want), terms.poly(have)
        if not bottom or len(bottom) > 60 or len(top) > 60:
            return False
        number, up = factored(terms, top) if top else (1, [])
        scale, down = factored(terms, bottom)
    except Reject:
        return False
    exponents: dict[Term, int] = dict(up)
    for factor, exponent in down:
        exponents[factor] = exponents.get(factor, 0) - exponent
    if top and not any(exponent > 0 and factor in dict(up) for factor, exponent in down):
        return False  # nothing cancels: the weight would be 0 with the equation
    quotient = number / scale
    weight = product([f if e == -1 else ("^", f, -e) for f, e in exponents.items() if e < 0])
    factor = product(
        [
            ratio(quotient),
            *(f if e == 1 else ("^", f, e) for f, e in exponents.items() if e > 0),
        ]
    )
    if not signs.define(weight, factor) or (value(weight) is None and not signs.ensure(("!=", weight, 0))):
        return False
    index = script.index(equation)
    return script.show(goal, weight, [(factor, (index,), ())], terms.equations) is not None


def substitution(script: Script, equation: Fact, goal: Fact) -> bool:
    """Solve the equation for an atom that occurs linearly and put it into the goal."""
    index = solved(script, equation)
    return index is not None and equal(script, goal[1], goal[2], (index,))


def solved(script: Script, equation: Fact) -> int | None:
    """The equation as atom = term, where the atom's coefficient is a number."""
    signs = Signs(script)
    rewriter = rewritten(signs, equation[1:])
    if rewriter is None:
        return None
    terms = rewriter.terms
    poly = terms.poly(difference(equation[1], equation[2]))
    for monomial, coefficient in sorted(poly.items(), key=lambda item: item[0], reverse=True):
        if len(monomial) != 1 or monomial[0][1] != 1:
            continue
        atom = monomial[0][0]
        if sum(any(a == atom for a, _ in m) for m in poly) > 1 or terms.ring.atoms[atom][0] == "inverse":
            continue
        rest = {m: -Fraction(c) / coefficient for m, c in poly.items() if m != monomial}
        goal = ("=", terms.atom(atom), terms.term(rest))
        scale = ratio(1 / Fraction(coefficient))
        if signs.define(goal[1], goal[2]):
            return script.show(goal, 1, [(scale, (script.index(equation),), ())], terms.equations)
    return None


def same_root(script: Script, equation: Fact, goal: Fact) -> bool:
    """X = root of Y, because X >= 0 and the power of X is Y."""
    for left, right in (goal[1:], goal[:0:-1]):
        if isinstance(right, tuple) and right[0] == "^" and isinstance(right[2], tuple) and right[2][:2] == ("/", 1):
            degree = right[2][2]
            power = ("=", ("^", left, degree), right[1])
            unique = Signs(script).law("root unique", left, degree)
            if unique is None or not multiple(script, equation, power):
                continue
            known = script.index(power)
            whole = ("=", ("^", ("^", left, degree), right[2]), right)
            if _congruent(script, whole, known):
                return script.show(goal, 1, _chain(script, unique, script.index(whole), left == goal[1])) is not None
    return False


def _chain(script: Script, unique: int, whole: int, forward: bool) -> list[Any]:
    """left = root(left**n) = right, as differences of equations."""
    _ = script
    return [(-1, (unique,), ()), (1, (whole,), ())] if forward else [(1, (unique,), ()), (-1, (whole,), ())]


def _congruent(script: Script, goal: Fact, equation: int) -> bool:
    """f(a) = f(b) from a = b."""
    return script.show(goal, 1, (), (equation,)) is not None


def injective(script: Script, equation: Fact, goal: Fact) -> bool:
    """u = v from f(u) = f(v), by the inverse function."""
    left, right = equation[1:]
    signs = Signs(script)
    if (
        not (isinstance(left, tuple) and isinstance(right, tuple))
        or left[0] != right[0]
        or left[0] not in ("exp", "log")
    ):
        return False
    index = script.index(equation)
    outer, name = ("log", "log exp") if left[0] == "exp" else ("exp", "exp log")
    first, second = signs.law(name, left[1]), signs.law(name, right[1])
    step = ("=", (outer, left), (outer, right))
    if first is None or second is None or not signs.define((outer, left), (outer, right)):
        return False
    if not _congruent(script, step, index):
        return False
    same = ("=", left[1], right[1])
    if script.show(same, 1, [(1, (second,), ()), (-1, (first,), ()), (1, (script.index(step),), ())]) is None:
        return False
    return same == goal or multiple(script, same, goal)


def inverted(script: Script, equation: Fact, goal: Fact) -> bool:
    """u = exp(t) from log(u) = t, and the other way round."""
    signs = Signs(script)
    for head, outer in (("log", "exp"), ("exp", "log")):
        sides = [(outer, side) for side in equation[1:]]
        if not any(isinstance(side, tuple) and side[0] == head for side in equation[1:]) or not signs.define(*sides):
            continue
        step = ("=", *sides)
        indices = (script.index(equation), solved(script, equation))
        known = any(index is not None and _congruent(script, step, index) for index in indices)
        if known and multiple(script, step, goal):
            return True
    return False


def simpler(script: Script, hypothesis: Fact, goal: Fact, depth: int) -> bool:
    """Apply the exponential function to an equation between logarithms, then go on."""
    index = solved(script, hypothesis)
    if index is None:
        return False
    _, left, right = script.context.facts[index]
    if not isinstance(left, tuple) or left[0] not in ("log", "tan"):
        return False
    outer = {"log": "exp", "tan": "atan"}[left[0]]
    step = ("=", (outer, left), (outer, right))
    signs = Signs(script)
    if not signs.define(step[1], step[2]) or not _congruent(script, step, index):
        return False
    rewriter = rewritten(signs, step[1:])
    if rewriter is None:
        return False
    plain = ("=", rewriter.terms.term(rewriter.terms.poly(step[1])), rewriter.terms.term(rewriter.terms.poly(step[2])))
    if not signs.define(plain[1], plain[2]):
        return False
    if script.show(plain, 1, [(1, (script.index(step),), ())], rewriter.terms.equations) is None:
        return False
    return conclude(script, plain, goal, depth + 1)
