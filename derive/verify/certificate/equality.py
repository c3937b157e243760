"""Finding why two terms are equal: both brought to one normal form by laws and known equations."""

from __future__ import annotations

from derive.verify.certificate.rewriting import MOST_REFINEMENTS, Refine, Rewriter
from derive.verify.certificate.script import Script, Term
from derive.verify.certificate.signs import Signs

__all__ = ["equal", "rewritten"]

OPAQUE = frozenset({"diff", "int", "sum"})


def equal(script: Script, left: Term, right: Term, equations: tuple[int, ...] = ()) -> bool:
    """Make known that two defined terms are equal; `equations` are facts that may rewrite atoms."""
    goal = ("=", left, right)
    if script.context.holds(goal):
        return True
    signs = Signs(script)
    if not signs.define(left, right):
        return False
    if script.show(goal) is not None:
        return True
    return any(
        script.show(goal, 1, (), rewriter.terms.equations) is not None
        for unfold in (False, True)
        for rewriter in [rewritten(signs, (left, right), equations, unfold=unfold)]
        if rewriter is not None
    )


def rewritten(
    signs: Signs, terms: tuple[Term, ...], equations: tuple[int, ...] = (), *, unfold: bool = False
) -> Rewriter | None:
    """A rewriter that has visited the terms, and what is known of derivatives, integrals and sums in them."""
    facts = signs.context.facts
    known = [i for i, f in enumerate(facts) if f[0] == "=" and isinstance(f[1], tuple) and f[1][0] in OPAQUE]
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
