"""Statements that hold in a case only, or that the page does not claim: judged there, and nothing kept from them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.equalities import judge_chain
from derive.check.knowledge import Abbreviation
from derive.check.line import Line
from derive.check.result import CheckedStep
from derive.meaning.form import Form, free_variables
from derive.model.verdict import Status
from derive.read.cases import NO_CASE, Case, case_after, case_beside, case_of_words, unnamed_case
from derive.read.document import Document
from derive.read.prose import Mood, mood_of
from derive.read.split import Statement

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judge_in_case", "with_surroundings"]

UNCLAIMED: dict[Mood, tuple[Status, str, str]] = {
    "denies": ("skipped", "", "the page says that this does not hold"),
    "asks": ("skipped", "", "the page asks whether this holds"),
}
NOT_EXCLUDED = "may hold in the case that the words around it give, which is not understood"


_AT = re.compile(r"[$)\]\\]*\s*(?:at|near|around|about)\b")
"""`f(x) = \\ln x` at `x = 1`: a point that is looked at, which limits no definition."""


def with_surroundings(
    line: Line, document: Document, index: int, sentence: str, following: tuple[Statement, ...]
) -> Line:
    """The line with the case that stands behind it, in its formula or in the sentence, and the mood of the sentence."""
    case = _case_inside(line, following) if following else case_after(document, index)
    return replace(line, case=case, mood=mood_of(document, index, sentence))


def _case_inside(line: Line, following: tuple[Statement, ...]) -> Case:
    """The case that the next statement of the same row gives: `\\text{if } x > 0`, or with a gap, `x > 0`."""
    after = following[0]
    if after.row != line.statement.row or after.arrow:
        return NO_CASE
    first, last = after.members[0].piece, after.members[-1].piece
    text = line.formula.text[first.start : last.end]
    equal = all(member.sign in ("", "=") for member in line.statement.members)
    return case_of_words(after.words, text) if after.words else case_beside(text) if equal else NO_CASE


def judge_in_case(page: Page, line: Line) -> Form | None:
    """As `judge_chain`; conditions of the case hold for this statement alone, and so does what it says."""
    case = line.case if line.case.restricts else unnamed_case(line.sentence, _only_letter(page, line))
    if not case.restricts and not line.mood:
        return judge_chain(page, line)
    knowledge = page.knowledge
    conditions = [page.statement_form(text) for text in case.conditions]
    case = replace(case, understood=case.understood and (None not in conditions or not case.limits))
    knowledge.case = tuple(form for form in conditions if form is not None and form.head != "eq")
    before = (dict(knowledge.abbreviations), dict(knowledge.values), list(knowledge.equations))
    emitted = len(page.steps)
    try:
        left = judge_chain(page, replace(line, case=case))
    finally:
        knowledge.case = ()
    if line.mood == "denies":
        knowledge.equations = before[2]
    elif (
        case.restricts
        and case.limits
        and not _AT.match(line.text, line.formula.end)
        and not _says_the_domain(conditions, case, knowledge.abbreviations, before[0])
    ):
        knowledge.forget(*before)
    is_open = not case.understood or (
        case.limits and any(form is not None and form.head == "eq" for form in conditions)
    )
    if line.mood or is_open:
        page.steps[emitted:] = [_doubted(step, line.mood) for step in page.steps[emitted:]]
    return None if line.mood == "denies" else left


def _says_the_domain(
    conditions: list[Form | None], case: Case, now: dict[str, Abbreviation], before: dict[str, Abbreviation]
) -> bool:
    """Whether what was defined here is defined by it everywhere it has a meaning: `f(x) = 1/x` for `x > 0`."""
    names: set[str] = set()
    for name, known in now.items():
        if before.get(name) != known:
            names |= free_variables(known.form) | set(known.parameters or ()) | {name}
    return case.understood and all(form is not None and free_variables(form) <= names for form in conditions)


def _doubted(step: CheckedStep, mood: Mood) -> CheckedStep:
    """A counterexample does not speak against what is not claimed, or may be said of other values."""
    if step.status != "refuted":
        return step
    status, code, message = UNCLAIMED[mood] if mood else ("undecided", "DRV302", NOT_EXCLUDED)
    return replace(
        step, status=status, code=code, message=message, by="", trust="none", counterexample=None, correction=""
    )


def _only_letter(page: Page, line: Line) -> str:
    """The only letter that a statement speaks of; empty where there are more."""
    letters: set[str] = set()
    for member in line.statement.members:
        form = page.statement_form(member.piece.text)
        letters |= free_variables(form) if form is not None else {"", " "}
    (name,) = letters if len(letters) == 1 else ("",)
    return name if len(name) == 1 else ""
