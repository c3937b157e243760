"""Verdicts on whole derivations: each step as a claim of its own, verified without belief in who made it."""

from __future__ import annotations

from derive.meaning.form import Form
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.model.derivation import Derivation, Report, Step
from derive.model.setting import Setting
from derive.model.statement import equality_kind
from derive.verify.ladder import verify

__all__ = ["report", "step_claim", "step_claims"]

STEP_BUDGET = 2.0
_STATEMENT_KINDS: dict[str, ClaimKind] = {"iff": "equiv", "implies": "implies", "<": "lt", "<=": "le"}


def step_claim(step: Step, setting: Setting) -> Claim:
    """What a step claims: its two lines in the relation it names, in the context of the derivation.

    Raises QuestionError where a line has no meaning there.
    """
    before, after = setting.meaning(step.before), setting.meaning(step.after)
    return Claim(_kind(step, before, after), before, after, setting.context)


def _kind(step: Step, before: Form, after: Form) -> ClaimKind:
    return _STATEMENT_KINDS.get(step.relation) or equality_kind(before, after)


def step_claims(derivation: Derivation, context: Context | None = None) -> tuple[Claim, ...]:
    """The claims of all steps; `context` is used in place of the derivation's own."""
    setting = Setting.of(context or derivation.context)
    return tuple(step_claim(step, setting) for step in derivation.steps)


def report(derivation: Derivation, *, budget: float = STEP_BUDGET, cas: bool = False) -> Report:
    """The derivation with the verdict on each step; with `cas` SymPy may attest what is left open."""
    verdicts = tuple(verify(claim, budget=budget, cas=cas) for claim in step_claims(derivation))
    return Report(derivation, verdicts)
