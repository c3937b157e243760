"""Finding why two terms are equal: by one normal form, as the only root, by their exponentials, in each of cases."""

from __future__ import annotations

from collections.abc import Iterator

from derive.verify.certificate.arctangents import by_arctangents
from derive.verify.certificate.rewriting import MOST_REFINEMENTS, Refine, Rewriter
from derive.verify.certificate.script import Fact, Script, Term
from derive.verify.certificate.signs import Signs
from derive.verify.kernel import Context
from derive.verify.kernel_terms import parts

__all__ = ["equal", "rewritten"]

OPAQUE = frozenset({"diff", "int", "sum"})
MOST_CASES = 3
LOGARITHMIC = frozenset({"log", "asinh", "acosh", "atanh"})


def equal(script: Script, left: Term, right: Term, equations: tuple[int, ...] = ()) -> bool:
    """Make known that two defined terms are equal; `equations` are facts that may rewrite atoms."""
    goal = ("=", left, right)
    if script.context.holds(goal):
        return True
    signs = Signs(script)
    if not signs.define(left, right):
        return False
    if script.show(goal) is not None or by_normal_form(script, goal, equations):
        return True
    if script.context.field == "complex":
        return False
    return any(way(script, goal) for way in (by_root, by_exponential, by_arctangents, by_cases))


def by_normal_form(script: Script, goal: Fact, equations: tuple[int, ...] = ()) -> bool:
    signs = Signs(script)
    return any(
        script.show(goal, 1, (), rewriter.terms.equations) is not None
        for unfold in (False, True)
        for rewriter in [rewritten(signs, goal[1:], equations, unfold=unfold)]
        if rewriter is not None
    )


def by_root(script: Script, goal: Fact) -> bool:
    """a**(1/n) = b, because b >= 0 and b**n = a."""
    for root, other in (goal[1:], goal[:0:-1]):
        if isinstance(root, tuple) and root[0] == "^" and isinstance(root[2], tuple) and root[2][:2] == ("/", 1):
            signs = Signs(script)
            unique = signs.law("root unique", other, root[2][2])
            rewriter = rewritten(signs, (("^", other, root[2][2]), root[1])) if unique is not None else None
            if unique is None or rewriter is None:
                continue
            if script.show(goal, 1, (), [*rewriter.terms.equations, unique]) is not None:
                return True
    return False


def by_exponential(script: Script, goal: Fact) -> bool:
    """a = b, because exp(a) = exp(b)."""
    if not LOGARITHMIC & {term[0] for term in inside(*goal[1:])}:
        return False
    sides = [("exp", side) for side in goal[1:]]
    same = ("=", *sides)
    logs = [script.law("log exp", side) for side in goal[1:]]
    if None in logs or not by_normal_form(script, same):
        return False
    return script.show(goal, 1, [(1, (logs[1],), ()), (-1, (logs[0],), ())], [script.index(same)]) is not None


def by_cases(script: Script, goal: Fact) -> bool:
    """Apart where an absolute value, sign, maximum or minimum changes its form."""
    split = next(forks(script, *goal[1:], *(fact[2] for fact in worked_out(script.context))), None)
    if split is None or script.cases >= MOST_CASES:
        return False
    proofs = []
    other = ("!=" if split[0] == "=" else "<=", *split[:0:-1])
    for case in (split, other):
        inner = script.block(case)
        inner.cases = script.cases + 1
        if not equal(inner, *goal[1:]):
            return False
        proofs.append(tuple(inner.lines))
    return script.do("cases", split, goal, *proofs)


def forks(script: Script, *terms: Term) -> Iterator[Fact]:
    """Comparisons that would decide the form of a function in the terms."""
    known = script.context.holds
    for head, *arguments in inside(*terms):
        first, second = (*arguments, 0)[:2] if head in ("Abs", "sign", "Max", "Min") else (0, 0)
        if any(known((relation, *sides)) for relation in ("<", "<=") for sides in ((first, second), (second, first))):
            continue
        yield ("=", first, 0) if head == "sign" and not known(("!=", first, 0)) else ("<", first, second)


def inside(*terms: Term) -> Iterator[Term]:
    """The terms that are no letters or numbers, and those in them, innermost first."""
    for term in terms:
        if isinstance(term, tuple) and term[0] != "/":
            yield from inside(*parts(term))
            yield term


def worked_out(context: Context) -> list[Fact]:
    """The equations known for derivatives, integrals and sums."""
    return [f for f in context.facts if f[0] == "=" and isinstance(f[1], tuple) and f[1][0] in OPAQUE]


def rewritten(
    signs: Signs, terms: tuple[Term, ...], equations: tuple[int, ...] = (), *, unfold: bool = False
) -> Rewriter | None:
    """A rewriter that has visited the terms, and what is known of derivatives, integrals and sums in them."""
    facts = signs.context.facts
    known = [facts.index(fact) for fact in worked_out(signs.context)]
    for _ in range(MOST_REFINEMENTS):
        rewriter = Rewriter(signs, signs.denominators, unfold=unfold)
        try:
            for index in (*known, *equations):
                rewriter.visit(facts[index][2])
                rewriter.terms.use(index)
            for term in terms:
                rewriter.visit(term)
        except Refine:
            continue
        return rewriter
    return None
