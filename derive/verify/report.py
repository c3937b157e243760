"""Verdicts on whole derivations: each step as a claim of its own, verified without belief in who made it."""

from __future__ import annotations

from dataclasses import replace

from derive.meaning.form import Form
from derive.model.claim import Claim, ClaimKind
from derive.model.derivation import Derivation, Report, Step
from derive.model.setting import Setting
from derive.model.statement import equality_kind
from derive.verify.ladder import verify
from derive.verify.second import opinions

__all__ = ["report", "seconded", "step_claims"]

STEP_BUDGET = 2.0
_STATEMENT_KINDS: dict[str, ClaimKind] = {"iff": "equiv", "implies": "implies", "<": "lt", "<=": "le"}


def step_claims(derivation: Derivation) -> tuple[Claim, ...]:
    """What the steps claim: their two lines in the relation they name, in the context of the derivation.

    Raises QuestionError where a line has no meaning there.
    """
    setting = Setting.of(derivation.context)
    return tuple(_claim(step, setting) for step in derivation.steps)


def _claim(step: Step, setting: Setting) -> Claim:
    before, after = setting.meaning(step.before), setting.meaning(step.after)
    return Claim(_kind(step, before, after), before, after, setting.context)


def _kind(step: Step, before: Form, after: Form) -> ClaimKind:
    return _STATEMENT_KINDS.get(step.relation) or equality_kind(before, after)


def report(derivation: Derivation, *, budget: float = STEP_BUDGET, cas: bool = False) -> Report:
    """The derivation with the verdict on each step; with `cas` SymPy may attest what is left open."""
    verdicts = tuple(verify(claim, budget=budget, cas=cas) for claim in step_claims(derivation))
    return Report(derivation, verdicts)


def seconded(found: Report) -> Report:
    """The report with SymPy's view recorded beside each verdict."""
    judged = zip(step_claims(found.derivation), found.verdicts, strict=True)
    pairs = zip(found.verdicts, opinions(judged), strict=True)
    return replace(found, verdicts=tuple(replace(verdict, second_opinion=opinion) for verdict, opinion in pairs))
