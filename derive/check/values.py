"""Values told again: a name that has a value is equated with another form of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.roundings import has_decimals, judged_rounding
from derive.check.terms import Term, head_of
from derive.meaning.form import free_variables
from derive.model.statement import equality_kind

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["value_again"]


def value_again(page: Page, left: Term, right: Term) -> Outcome | None:
    """The outcome where a name that has a value gets the same one in another form; None where that is not proved.

    A name may get another value at any time, so that a difference says nothing.
    """
    head = head_of(left.node)
    if head is None or head.parameters is not None or right.form is None:
        return None
    knowledge = page.knowledge
    entry = knowledge.values.get(head.name)
    known = entry[0] if entry is not None else knowledge.sentence_values.get(head.name)
    new = knowledge.expanded(right.form, with_values=True)
    if known is None or known == right.form or free_variables(new):
        return None
    known = knowledge.expanded(known, with_values=True)
    if has_decimals(left, right):
        outcome = judged_rounding(page, replace(left, form=known), right, exact=True)
    else:
        verdict = page.judge.verdict(equality_kind(known, new), known, new, knowledge.context())
        outcome = page.judge.outcome(verdict, "DRV101")
    return outcome if outcome.holds else None
