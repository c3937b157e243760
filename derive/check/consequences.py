"""Judging an equation as a consequence of the equations in force: solving, rewriting, arrows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.doubts import holds_for_positive
from derive.check.evidence import is_opaque, speaks_of_primes
from derive.check.judge import Outcome
from derive.check.likely import enough
from derive.check.line import Line
from derive.check.pointwise import may_agree
from derive.check.slips import mutated
from derive.meaning.form import ONE, ZERO, Form, free_variables, subforms
from derive.model.claim import ClaimKind
from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.notation.reader import read
from derive.read.prose import announces

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["consequence"]

_KINDS: dict[str, ClaimKind] = {
    "\\iff": "equiv", "\\Leftrightarrow": "equiv", "\\Longleftrightarrow": "equiv",
}  # fmt: skip
_BACKWARDS = frozenset({"\\Leftarrow", "\\impliedby", "\\Longleftarrow", "\\because"})
_SYSTEM = re.compile(r"\b(?:systems?|simultaneous|equations|conditions)\b", re.IGNORECASE)
REWRITTEN = 8
"""Nodes from which on an equation is more than a simple case such as `a = -b`."""

MOST_PREMISES = 3


def consequence(page: Page, line: Line, left: Form, right: Form) -> Outcome | None:
    """Whether `left = right` follows from what is in force; None where nothing in force speaks of it.

    Refuted only by an explicit arrow, or where a likely slip explains the failure.
    """
    knowledge = page.knowledge
    equation = Form("eq", (knowledge.expanded(left), knowledge.expanded(right)))
    if is_opaque(equation):
        return None
    if line.alternatives:
        return _one_of(page, line, equation)
    premises, together = _premises(page, line, equation)
    if not premises and together is None:
        return None
    kind = _KINDS.get(line.statement.arrow, "implies") if line.previous is not None else "implies"
    context = knowledge.context()
    derives = bool(line.statement.arrow) or line.cue in ("derives", "asks")
    verdicts: list[Verdict] = []
    for premise in premises:
        sides = (equation, premise) if line.statement.arrow in _BACKWARDS else (premise, equation)
        if not derives and not (_may_follow(*sides) and page.judge.is_proved(kind, *sides, context)):
            verdicts.append(Verdict("undecided"))  # without words that derive it, nothing would be refuted either
            continue
        verdict = page.judge.verdict(kind, *sides, context)
        if verdict.status in ("proved", "conditional"):
            if _is_contradictory(page, sides[0], context):
                return Outcome(
                    "undecided", "DRV301", "the equations before cannot all hold, so nothing follows from them"
                )
            return page.judge.outcome(verdict, "DRV102")
        verdicts.append(verdict)
    is_value = equation.args[0].head == "var" and not free_variables(equation.args[1])
    if is_value and not line.statement.arrow:
        return _value(page, line, equation, premises)
    follows = together is not None and page.judge.is_proved("implies", together, equation, context)
    if together is not None and follows and not _is_contradictory(page, together, context):
        return page.judge.outcome(page.judge.verdict("implies", together, equation, context), "DRV102")
    if not premises:
        return None
    first, verdict = premises[0], verdicts[0]
    if _rests_on_error(page, equation):
        return Outcome("undecided", "DRV302", "follows from a line before that is refuted")
    if verdict.status != "refuted" or is_opaque(equation) or is_opaque(first) or speaks_of_primes(equation):
        return Outcome("undecided", "DRV301", "not known to follow from the equations before")
    return _refuted(page, line, first, equation, verdict)


def _may_follow(given: Form, goal: Form) -> bool:
    """Whether an equation seems to follow from another, as far as floating point can see."""
    return not given.head == goal.head == "eq" or any(enough([given], goal, (1,)))


def _one_of(page: Page, line: Line, equation: Form) -> Outcome | None:
    """Whether this equation or one that `or` joins to it follows, or this one is a solution.

    Refuted only behind an arrow: where what stands before it leaves none of them.
    """
    premises, _ = _premises(page, line, equation)
    goal = Form("or", (equation, *map(page.knowledge.expanded, line.alternatives)))
    context = page.knowledge.context()
    for premise in premises:
        verdict = page.judge.verdict("implies", premise, goal, context)
        if verdict.status in ("proved", "conditional") and not _is_contradictory(page, premise, context):
            return page.judge.outcome(verdict, "DRV102")
        if equation.args[0].head == "var" and page.judge.is_proved("implies", equation, premise, context):
            return Outcome("proved", message="a solution", by="equations", trust="exact")
        if verdict.status == "refuted" and line.statement.arrow and line.previous is not None:
            only = free_variables(premise) == free_variables(goal) and len(free_variables(goal)) == 1
            if only and premise == page.knowledge.expanded(line.previous):
                return replace(page.judge.outcome(verdict, "DRV102"), message="does not follow from the line before")
    return Outcome("undecided", "DRV301", "not known to follow from the equations before")


def _is_contradictory(page: Page, premise: Form, context: Context) -> bool:
    """Whether a premise holds nowhere, so that anything would follow from it."""
    return page.judge.is_proved("implies", premise, Form("eq", (ONE, ZERO)), context)


def _premises(page: Page, line: Line, equation: Form) -> tuple[list[Form], Form | None]:
    """What the equation may follow from, the likeliest first: the line before an arrow, equations in force.

    One equation alone only where it brings no further unknown; and all together where the words or an arrow derive.
    """
    knowledge = page.knowledge
    names = free_variables(equation)
    found: list[Form] = []
    related: list[Form] = []
    if line.statement.arrow and line.previous is not None:
        found.append(knowledge.expanded(line.previous))
    for held in reversed(knowledge.equations):
        form = knowledge.expanded(held)
        if form in found or form in related or form == equation or not free_variables(form) & names:
            continue
        related.append(form)
        if free_variables(form) <= names:
            found.append(form)
    found = found[:MOST_PREMISES]
    every = [*found, *(form for form in related if form not in found)][: MOST_PREMISES + 1]
    derives = bool(line.statement.arrow) or line.cue == "derives"
    return found, Form("and", tuple(every)) if len(every) > 1 and derives else None


def _rests_on_error(page: Page, equation: Form) -> bool:
    """Whether the equation follows from one that was refuted: the error was before, not here."""
    context = page.knowledge.context()
    doubtful = (page.knowledge.expanded(form) for form in page.knowledge.doubtful)
    return any(page.judge.is_proved("implies", form, equation, context) for form in doubtful)


def _value(page: Page, line: Line, equation: Form, premises: list[Form]) -> Outcome | None:
    """`x = 3` after an equation for x: one of its solutions."""
    knowledge = page.knowledge
    for premise in premises:
        if free_variables(premise) == free_variables(equation):
            verdict = page.judge.verdict("implies", equation, premise, page.knowledge.context())
            if verdict.status == "proved":
                return replace(page.judge.outcome(verdict, "DRV102"), message="a solution")
            asked = announces(line.sentence, "asks") or line.cue == "derives"
            if verdict.status == "refuted" and asked and premise == knowledge.expanded(knowledge.equations[-1]):
                return replace(page.judge.outcome(verdict, "DRV102"), message="no solution of the equation")
    return None


def _refuted(page: Page, line: Line, premise: Form, equation: Form, verdict: Verdict) -> Outcome:
    """An error, where an arrow claims the step; without one, only where a slip in the next row explains it."""
    undecided = Outcome("undecided", "DRV302", "does not follow from the equation before by itself")
    knowledge = page.knowledge
    beside = line.previous is not None and premise == knowledge.expanded(line.previous)
    if not beside and not _is_rewriting(page, line, premise, equation):
        return undecided
    if not free_variables(equation) <= free_variables(premise) or knowledge.leans_on_old(premise):
        return undecided
    if holds_for_positive(page, "implies", premise, equation):
        message = "follows only where the letters are positive, which the page does not say"
        return Outcome("undecided", "DRV302", message)
    arrow = bool(line.statement.arrow)
    fixed = _correction(page, line, premise, verdict)
    if not arrow and (not fixed or not free_variables(equation.args[1]) or _SYSTEM.search(line.sentence)):
        return undecided
    outcome = page.judge.outcome(verdict, "DRV102")
    message = "does not follow from the line before"
    if outcome.failure is not None and outcome.failure.point:
        message += ": " + outcome.message
    return replace(outcome, message=message, correction=fixed)


def _is_rewriting(page: Page, line: Line, premise: Form, equation: Form) -> bool:
    """Whether words say that an equation of its own display rewrites the one before it, in the same letters."""
    if line.cue != "derives" or not page.knowledge.equations:
        return False
    latest = premise == page.knowledge.expanded(page.knowledge.equations[-1])
    same = free_variables(premise) == free_variables(equation)
    return latest and same and sum(1 for _ in subforms(equation)) >= REWRITTEN


def _correction(page: Page, line: Line, premise: Form, verdict: Verdict) -> str:
    """The statement with one slip undone, so that it follows."""
    members = line.statement.members
    if len(members) < 2:
        return ""
    text = f"{members[0].piece.text} = {members[1].piece.text}"
    try:
        node = read(text, page.vocabulary)
    except ValueError:
        return ""
    for _, shown in mutated(node):
        form = page.statement_form(shown)
        if form is None or form.head != "eq":
            continue
        expanded = page.knowledge.expanded(form)
        trivial = expanded.args[0] == expanded.args[1]
        point = verdict.counterexample.point if verdict.counterexample else ()
        if (
            not trivial
            and may_agree(expanded.args[0], expanded.args[1], point)
            and page.judge.is_proved("implies", premise, expanded, page.knowledge.context())
        ):
            return shown
    return ""
