"""Finding a certificate for a claim: one way for each kind of goal, replayed by the kernel before it is returned."""

from __future__ import annotations

from typing import Any

from derive.meaning.form import Form
from derive.model.claim import Claim
from derive.verify.certificate.equality import equal
from derive.verify.certificate.implication import conclude
from derive.verify.certificate.reach import derivative, differentiated, reach, undefined
from derive.verify.certificate.script import Effort, Fact, Script, Term
from derive.verify.certificate.statement import Statement, Untranslatable, statement_of
from derive.verify.certificate.witness import inhabited
from derive.verify.deadline import NEVER, OutOfTime
from derive.verify.kernel import Certificate, Context, Reject, check
from derive.verify.kernel_terms import freeze

__all__ = ["find", "prove"]

DEFAULT_WORK = 25_000


def prove(claim: Claim, conditions: tuple[Form, ...] = (), effort: Effort | None = None) -> Certificate | None:
    """A certificate for the claim under these conditions that the kernel has replayed, or None; all in tuples."""
    found = find(claim, conditions, effort)
    if found is None or not (len(found["where"]) == len(conditions) or inhabited(claim)):
        return None
    try:
        certificate = {key: freeze(part) for key, part in found.items()}
        check(certificate)
    except Reject:
        return None
    return certificate


def find(claim: Claim, conditions: tuple[Form, ...] = (), effort: Effort | None = None) -> Certificate | None:
    """A certificate that ought to prove the claim under these conditions, or None; it is not replayed here."""
    try:
        statement = statement_of(claim, conditions)
        return _found(statement, claim.kind, effort or Effort(NEVER, DEFAULT_WORK))
    except (Untranslatable, OutOfTime, Reject, RecursionError, ArithmeticError, ValueError):
        return None


def _found(statement: Statement, kind: str, effort: Effort) -> Certificate | None:
    given = _supposable(statement["field"], statement["given"], statement["where"])
    statement = {**statement, "given": given}
    context = Context(statement["field"])
    for fact in (*given, *statement["where"]):
        context.suppose(fact)
    goal = statement["goal"]
    if goal[0] == "same":
        proof: Any = _same(context, goal[1], goal[2], effort)
    elif goal[0] in ("iff", "implies"):
        proof = _both_ways(context, goal, effort)
    elif kind == "integral":
        return _antiderivative(statement, effort)
    else:
        script = Script(context, effort)
        proof = script.lines if reach(script, goal) else None
    return None if proof is None else {**statement, "proof": proof}


def _supposable(field: str, given: list[Fact], where: list[Fact]) -> list[Fact]:
    """The assumptions that the kernel understands; the others are not used."""
    context, kept = Context(field), []
    for fact in given:
        try:
            context.suppose(fact)
            kept.append(fact)
        except Reject:
            continue
    return kept


def _both_ways(context: Context, goal: Fact, effort: Effort) -> Any:
    kind, one, other = goal
    proofs = []
    for fact, then in ((one, other), (other, one))[: 2 if kind == "iff" else 1]:
        script = Script(context.block(fact), effort)
        if not conclude(script, fact, then):
            return None
        proofs.append(script.lines)
    return tuple(proofs)


def _same(context: Context, left: Term, right: Term, effort: Effort) -> Any:
    lines = []
    for one, other in ((left, right), (right, left)):
        script = Script(context.block(("defined", one)), effort)
        if not differentiated(script, other) or undefined(script, other) is not None:
            return None
        if one == left and not (differentiated(script, one) and equal(script, left, right)):
            return None
        lines.append(script.lines)
    return tuple(lines)


def _antiderivative(statement: Statement, effort: Effort) -> Certificate | None:
    """F' = f inside the domains of F and f, and without conditions beyond these."""
    _, (_, primitive, name), integrand = statement["goal"]
    inside = Context(statement["field"])
    for fact in (*statement["given"], *statement["where"]):
        inside.suppose(fact)
    where = [*statement["where"], *_interior(inside, primitive), *_interior(inside, integrand)]
    script = Script(inside, effort)
    if derivative(script, primitive, name) is not None or undefined(script, integrand) is not None:
        return None
    found = equal(script, ("diff", primitive, name), integrand)
    return {**statement, "where": where, "proof": script.lines} if found else None


def _interior(context: Context, term: Term) -> list[Fact]:
    """What defines the term, with < for <=; the context supposes it from here on."""
    facts = []
    for (relation, *sides), _ in context.conditions(term):
        fact = ("<" if relation == "<=" else relation, *sides)
        if not context.holds(fact):
            context.suppose(fact)
            facts.append(fact)
    return facts
