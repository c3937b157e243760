"""Finding a certificate for a claim: one way for each kind of goal, replayed by the kernel before it is returned."""

from __future__ import annotations

from typing import Any

from derive.meaning.form import Form
from derive.model.claim import Claim
from derive.verify.certificate.rewriting import Refine, Rewriter
from derive.verify.certificate.script import Fact, Script, Term
from derive.verify.certificate.signs import Signs
from derive.verify.certificate.statement import Statement, Untranslatable, statement_of
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.kernel import Certificate, Context, Reject, check

__all__ = ["find", "prove"]

DEFAULT_SECONDS = 0.25
MOST_REFINEMENTS = 8


def prove(claim: Claim, conditions: tuple[Form, ...] = (), deadline: Deadline | None = None) -> Certificate | None:
    """A certificate for the claim under these conditions that the kernel has replayed, or None."""
    certificate = find(claim, conditions, deadline)
    if certificate is None:
        return None
    try:
        check(certificate)
    except Reject:
        return None
    return certificate


def find(claim: Claim, conditions: tuple[Form, ...] = (), deadline: Deadline | None = None) -> Certificate | None:
    """A certificate that ought to prove the claim under these conditions, or None; it is not replayed here."""
    limit = deadline or Deadline.after(DEFAULT_SECONDS)
    try:
        statement = statement_of(claim, conditions)
        return _found(statement, claim.kind, limit)
    except (Untranslatable, OutOfTime, Reject, RecursionError):
        return None


def _found(statement: Statement, kind: str, deadline: Deadline) -> Certificate | None:
    given = _supposable(statement["field"], statement["given"], statement["where"])
    statement = {**statement, "given": given}
    context = Context(statement["field"])
    for fact in (*given, *statement["where"]):
        context.suppose(fact)
    goal = statement["goal"]
    if goal[0] == "same":
        proof: Any = _same(context, goal[1], goal[2], deadline)
    elif goal[0] in ("iff", "implies"):
        return None
    elif kind == "integral":
        return _antiderivative(statement, context, deadline)
    else:
        script = Script(context, deadline)
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


def reach(script: Script, goal: Fact) -> bool:
    """Make the goal known."""
    if script.context.holds(goal):
        return True
    if goal[0] == "=":
        return equal(script, goal[1], goal[2])
    if goal[0] == "and":
        return all(reach(script, part) for part in goal[1:])
    if goal[0] == "or":
        return any(reach(script, part) for part in goal[1:])
    return Signs(script).establish(goal)


def equal(script: Script, left: Term, right: Term) -> bool:
    """Make known that two terms are equal."""
    signs = Signs(script)
    if not signs.define(left, right):
        return False
    if script.show(("=", left, right)) is not None:
        return True
    for unfold in (False, True):
        denominators: dict[Any, int] = {}
        for _ in range(MOST_REFINEMENTS):
            rewriter = Rewriter(signs, denominators, unfold=unfold)
            try:
                rewriter.visit(left)
                rewriter.visit(right)
            except Refine:
                continue
            if script.show(("=", left, right), 1, (), rewriter.terms.equations) is not None:
                return True
            break
    return False


def _same(context: Context, left: Term, right: Term, deadline: Deadline) -> Any:
    lines = []
    for one, other in ((left, right), (right, left)):
        script = Script(context.block(("defined", one)), deadline)
        if not _differentiate(script, other) or not Signs(script).define(other):
            return None
        if one == left and not (_differentiate(script, one) and equal(script, left, right)):
            return None
        lines.append(script.lines)
    return tuple(lines)


def _differentiate(script: Script, term: Term) -> bool:
    """Take the derivatives in the term, innermost first, as far as it goes."""
    if not isinstance(term, tuple):
        return True
    for part in term[1:]:
        if isinstance(part, tuple) and not _differentiate(script, part):
            return False
    if term[0] != "diff":
        return True
    return derivative(script, term[1], term[2])


def derivative(script: Script, term: Term, name: str) -> bool:
    """Add diff(term, name) = its derivative, after establishing what the rules ask for."""
    signs = Signs(script)
    if not signs.define(term):
        return False
    for _ in range(40):
        if script.do("derivative", term, name):
            return True
        missing = _missing(script, term, name)
        if missing is None or not signs.establish(missing):
            return False
    return False


def _missing(script: Script, term: Term, name: str) -> Fact | None:
    """The first fact that the derivative rules ask for and that is not known."""
    asked: list[Fact] = []

    class Asking(Context):
        def require(self, fact: Fact) -> None:
            if not self.holds(fact):
                asked.append(fact)
                raise Reject("asked")

        def holds(self, fact: Fact) -> bool:
            known = super().holds(fact)
            if not known and fact[0] == "<" and fact[1] == 0 and not asked:
                asked.append(fact)
            return known

    probe = Asking(script.context.field)
    probe.facts, probe.known, probe.terms = script.context.facts, script.context.known, set(script.context.terms)
    try:
        result = probe.slope(term, name)
    except Reject:
        return asked[0] if asked else None
    asked.clear()
    for condition, _ in probe.conditions(result):
        if not script.context.holds(condition):
            return condition
    return None


def _antiderivative(statement: Statement, context: Context, deadline: Deadline) -> Certificate | None:
    return None
