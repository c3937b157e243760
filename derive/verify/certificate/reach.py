"""Reaching a fact: equations by normal forms, order by signs, derivatives by their rules."""

from __future__ import annotations

from derive.verify.certificate.equality import equal
from derive.verify.certificate.script import Fact, Script, Term
from derive.verify.certificate.signs import Signs
from derive.verify.kernel import Context, Reject

__all__ = ["derivative", "differentiated", "reach", "undefined"]

MOST_QUESTIONS = 60


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


def undefined(script: Script, term: Term) -> Fact | None:
    """The first condition of the term's being defined that cannot be shown."""
    signs = Signs(script)
    for condition, _ in list(script.context.conditions(term)):
        if not script.context.holds(condition) and not signs.ensure(condition):
            return condition
    return None


def differentiated(script: Script, term: Term) -> bool:
    """Take the derivatives in the term, innermost first."""
    if not isinstance(term, tuple):
        return True
    if not all(differentiated(script, part) for part in term[1:]):
        return False
    return term[0] != "diff" or derivative(script, term[1], term[2]) is None


def derivative(script: Script, term: Term, name: str) -> Fact | None:
    """Add diff(term, name) = its derivative; otherwise the fact that the rules ask for and that cannot be shown."""
    missing = undefined(script, term)
    signs = Signs(script)
    for _ in range(MOST_QUESTIONS):
        if missing is not None or script.do("derivative", term, name):
            return missing
        asked = _asked(script, term, name)
        if not signs.ensure(asked):
            missing = asked
    return missing or ("defined", term)


class _Asking(Context):
    """Remembers what the derivative rules require and do not find."""

    def require(self, *facts: Fact) -> None:
        for fact in facts:
            self.asked = fact
            super().require(fact)


def _asked(script: Script, term: Term, name: str) -> Fact:
    probe = _Asking(script.context.field)
    probe.facts, probe.known, probe.terms = script.context.facts, script.context.known, set(script.context.terms)
    try:
        result = probe.slope(term, name)
    except Reject:
        return getattr(probe, "asked", ("defined", term))
    return next((c for c, _ in probe.conditions(result) if not script.context.holds(c)), ("defined", term))
