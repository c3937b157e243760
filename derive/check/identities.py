"""Judging `left = right` as an identity under what the page has said, and what a disagreement amounts to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.evidence import (
    derived,
    has_antiderivative,
    integration_variable,
    is_constant,
    is_opaque,
    same_vocabulary,
    without_constant,
)
from derive.check.judge import Outcome, name_shown
from derive.check.line import Line
from derive.check.slips import correction
from derive.check.terms import Term
from derive.meaning.form import Form, free_variables, subforms
from derive.model.claim import ClaimKind
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["Compared", "compared", "judged_identity", "opaque", "refuted_identity"]

_OPERATIONS = frozenset({"diff", "int", "limit", "sum", "prod", "subs"})


class Compared:
    """Two forms with definitions put in, the verdict on their equality, and how to ask the same of others."""

    def __init__(self, page: Page, line: Line, left: Form, right: Form) -> None:
        self.page, self.line = page, line
        self.left, self.right = page.knowledge.expanded(left), page.knowledge.expanded(right)
        self.raw = (left, right)
        self.verdict = self._best()

    def _best(self) -> Verdict:
        verdict = self.ask(*self.raw)
        if verdict.status in ("proved", "conditional"):
            return verdict
        knowledge = self.page.knowledge
        if knowledge.values or knowledge.sentence_values:
            valued = tuple(knowledge.expanded(side, with_values=True) for side in self.raw)
            if valued != (self.left, self.right):
                at_values = self._equal(*valued)
                if at_values.status == "proved":
                    return replace(at_values, note="with the values given on the page")
        return verdict

    def ask(self, left: Form, right: Form) -> Verdict:
        """The verdict on `left = right` as the page means it: antiderivatives are compared by their derivatives."""
        if has_antiderivative(left) or has_antiderivative(right):
            return self._antiderivatives(left, right)
        expand = self.page.knowledge.expanded
        sides = expand(left), expand(right)
        verdict = self._equal(*sides)
        if verdict.status not in ("proved", "conditional") and sides != (left, right):
            direct = self._equal(left, right)
            if direct.status == "proved":
                return direct
        return verdict

    def _equal(self, left: Form, right: Form) -> Verdict:
        return self.page.judge.verdict(equality_kind(left, right), left, right, self.page.knowledge.context())

    def _antiderivatives(self, left: Form, right: Form) -> Verdict:
        right, left = without_constant(right, left), without_constant(left, right)
        context = self.page.knowledge.context()
        bare = left.head == "int" and len(left.args) == 2 and not has_antiderivative(right)
        knowledge = self.page.knowledge
        inner = {name: a.form for name, a in knowledge.abbreviations.items() if a.parameters is None}
        by = integration_variable(left) or integration_variable(right) or ""
        if bare and by not in inner:
            verdict = self.page.judge.verdict("integral", left, knowledge.expanded(right), context)
            if verdict.status in ("proved", "conditional"):
                return verdict
        if by in inner and len(free_variables(inner[by])) == 1:
            (by,) = free_variables(inner[by])
        sides = derived(left, by, inner), derived(right, by, inner)
        if sides[0] is None or sides[1] is None:
            return Verdict("undecided", note="an antiderivative stands inside another expression")
        kind: ClaimKind = "derivative"
        return self.page.judge.verdict(kind, knowledge.expanded(sides[0]), knowledge.expanded(sides[1]), context)


def compared(page: Page, line: Line, left: Term, right: Term) -> Compared | None:
    """The two sides compared as an identity; None where one of them has no meaning."""
    if left.form is None or right.form is None:
        return None
    return Compared(page, line, left.form, right.form)


def opaque(left: Term, right: Term) -> Outcome:
    """Nothing can be said, because the page does not decide what a side means."""
    term = left if left.form is None else right
    return Outcome("undecided", "DRV304", term.problem or "involves functions about which nothing is known")


def judged_identity(page: Page, line: Line, left: Term, right: Term, *, computed: bool) -> Outcome:
    """The outcome of a link that is meant as an identity (`computed`: a later link of a chain)."""
    pair = compared(page, line, left, right)
    if pair is None:
        return opaque(left, right)
    if pair.verdict.status != "refuted":
        return _not_refuted(page, pair)
    return refuted_identity(page, pair, left, right, computed=computed)


def _not_refuted(page: Page, pair: Compared) -> Outcome:
    outcome = page.judge.outcome(pair.verdict, "DRV101")
    if outcome.status == "undecided" and (is_opaque(pair.left) or is_opaque(pair.right)):
        new = _new_names(pair)
        if new:
            return replace(outcome, code="DRV302", message=_needs(new))
        return replace(outcome, code="DRV304", message="involves functions or objects about which nothing is known")
    return outcome


def refuted_identity(page: Page, pair: Compared, left: Term, right: Term, *, computed: bool) -> Outcome:
    """What it amounts to that two sides differ somewhere: an error, an equation, or a premise that is not said."""
    outcome = page.judge.outcome(pair.verdict, "DRV101")
    if is_opaque(pair.left) or is_opaque(pair.right):
        return replace(_open(outcome), code="DRV304", message="involves functions about which nothing is known")
    if any(page.knowledge.leans_on_old(side) for side in pair.raw):
        return replace(_open(outcome), code="DRV302", message="rests on a definition from a section that has ended")
    same = same_vocabulary(pair.left, pair.right)
    fewer = free_variables(pair.right) < free_variables(pair.left) and not is_constant(pair.right)
    if not (same or fewer):
        return replace(_open(outcome), code="DRV302", message=_needs(_new_names(pair)))
    fixed = correction(left.node, right.node, page, pair)
    operation = same and any(part.head in _OPERATIONS for part in subforms(pair.raw[0]))
    partly = same and pair.verdict.holds_if is not None
    if fixed or (same and computed) or operation or partly:
        return replace(outcome, correction=fixed)
    return replace(_open(outcome), code="DRV303", message="the two sides are equal at some points only")


def _open(outcome: Outcome) -> Outcome:
    return replace(outcome, status="undecided", failure=None, by="", trust="none")


def _new_names(pair: Compared) -> tuple[str, ...]:
    left, right = free_variables(pair.left), free_variables(pair.right)
    return tuple(sorted((right - left) or (left - right)))


def _needs(names: tuple[str, ...]) -> str:
    listed = ", ".join(map(name_shown, names[:4])) or "a value"
    return f"needs a premise that the page does not say in words that are understood (about {listed})"
