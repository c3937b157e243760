"""Verdicts on whole derivations: each step as a claim of its own, verified without belief in who made it."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import Form, var
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.model.derivation import Derivation, Report, Step
from derive.model.given import context_from
from derive.model.setting import Setting
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict
from derive.notation.tree import Link, Relation, Styled, Symbol, walk
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.families import all_solutions
from derive.verify.ladder import verify
from derive.verify.second import opinions

__all__ = ["report", "seconded", "step_claims"]

STEP_BUDGET = 2.0
FAMILIES_BUDGET = 0.5
CHECKS = frozenset({"equations.check_candidates"})
"""Rules whose conditions belong to the line before: kept are those of its solutions that solve them too."""

WHOLE = Link("\\in", Styled("\\mathbb", Symbol("Z")))
_STATEMENT_KINDS: dict[str, ClaimKind] = {"iff": "equiv", "implies": "implies", "<": "lt", "<=": "le"}


def step_claims(derivation: Derivation) -> tuple[Claim, ...]:
    """What the steps claim: their two lines in the relation they name, in the context of the derivation.

    Raises QuestionError where a line has no meaning there.
    """
    setting = Setting.of(derivation.context)
    return tuple(_claim(step, setting) for step in derivation.steps)


def _claim(step: Step, setting: Setting) -> Claim:
    before, after = setting.meaning(step.before), setting.meaning(step.after)
    if step.rule in CHECKS:
        before = Form("and", (before, *(setting.meaning(condition) for condition in step.conditions)))
    if names := _new_integers(step):
        context = context_from((Form("in", (var(name), var("Integers"))) for name in names), setting.context)
        return Claim("implies", after, before, context)
    return Claim(_kind(step, before, after), before, after, setting.context)


def _kind(step: Step, before: Form, after: Form) -> ClaimKind:
    return _STATEMENT_KINDS.get(step.relation) or equality_kind(before, after)


def report(derivation: Derivation, *, budget: float = STEP_BUDGET, cas: bool = False) -> Report:
    """The derivation with the verdict on each step; with `cas` SymPy may attest what is left open."""
    setting = Setting.of(derivation.context)
    verdicts = []
    for step, claim in zip(derivation.steps, step_claims(derivation), strict=True):
        verdict = verify(claim, budget=budget, cas=cas, kernel=True)
        if not verdict.holds and step.conditions and step.rule not in CHECKS:
            verdict = _under_conditions(step, claim, setting, budget)
        verdicts.append(_complete(step, claim, verdict))
    return Report(derivation, tuple(verdicts))


def _under_conditions(step: Step, claim: Claim, setting: Setting, budget: float) -> Verdict:
    """The verdict where the conditions hold which the step owes: proved there is conditional on them."""
    owed = tuple(setting.meaning(condition) for condition in step.conditions)
    verdict = verify(replace(claim, context=context_from(owed, claim.context)), budget=budget, cas=False)
    if not verdict.holds:
        return verdict
    return replace(verdict, status="conditional", conditions=tuple(dict.fromkeys((*owed, *verdict.conditions))))


def _new_integers(step: Step) -> tuple[str, ...]:
    """The letters that come in with a step as any whole number (`x = 2 \\pi n`, n in Z)."""
    owed = [c for c in step.conditions if isinstance(c, Relation) and c.first is not None]
    letters = [c.first for c in owed if c.links == (WHOLE,) and c.first not in tuple(walk(step.before))]
    return tuple(letter.name for letter in letters if isinstance(letter, Symbol))


def _complete(step: Step, claim: Claim, verdict: Verdict) -> Verdict:
    """A family of solutions is proved when it is shown to be all of them."""
    letters = _new_integers(step)
    if not letters or verdict.status == "refuted":
        return verdict
    if len(letters) == 1 and _are_all(claim.right, claim.left, letters[0], claim.context):
        return Verdict("proved", "families", "exact")
    note = "each of these solves the line before; that there are no others is not proved"
    return Verdict("undecided", note=note if verdict.holds else "")


def _are_all(equation: Form, families: Form, letter: str, context: Context) -> bool:
    try:
        return all_solutions(equation, families, letter, context, Deadline.after(FAMILIES_BUDGET))
    except OutOfTime:
        return False


def seconded(found: Report) -> Report:
    """The report with SymPy's view recorded beside each verdict."""
    judged = zip(step_claims(found.derivation), found.verdicts, strict=True)
    pairs = zip(found.verdicts, opinions(judged), strict=True)
    return replace(found, verdicts=tuple(replace(verdict, second_opinion=opinion) for verdict, opinion in pairs))
