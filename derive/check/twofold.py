"""`\\pm` and `\\mp`: two formulas at once, the upper signs in one and the lower ones in the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.consequences import consequence
from derive.check.definitions import VALUE
from derive.check.identities import judged_identity
from derive.check.judge import Outcome
from derive.check.line import Line
from derive.check.terms import Term, head_of, meaning
from derive.meaning.form import Form
from derive.notation.tree import Node, Signed, transform, walk

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["is_twofold", "judged_twofold"]

_UPPER = {"\\pm": "+", "\\mp": "-"}
_LOWER = {"\\pm": "-", "\\mp": "+"}
_OPEN = Outcome("undecided", "DRV304", "\\pm stands for two formulas at once")


def is_twofold(term: Term) -> bool:
    return term.node is not None and any(isinstance(part, Signed) and part.sign in _UPPER for part in walk(term.node))


def judged_twofold(page: Page, line: Line, left: Term, right: Term, *, first: bool) -> Outcome:
    """Two equations judged: signs that belong together, or two values of one thing, in whichever order they stand.

    Where only the right side has a double sign, the left one has two values, which an equation in force may give.
    """
    lefts, rights = _both(page, left), _both(page, right)
    if any(term.form is None for term in (*lefts, *rights)):
        return _OPEN
    if is_twofold(left) and is_twofold(right):
        straight = [judged_identity(page, line, a, b, computed=True) for a, b in zip(lefts, rights, strict=True)]
        crossed = [judged_identity(page, line, a, b, computed=True) for a, b in zip(lefts, rights[::-1], strict=True)]
        for outcomes in (straight, crossed):
            if all(outcome.holds for outcome in outcomes):
                return _together(outcomes)
        wrong = next((outcome for outcome in straight if outcome.status == "refuted"), None)
        if wrong is not None and any(outcome.status == "refuted" for outcome in crossed):
            return wrong
        return next(outcome for outcome in straight if not outcome.holds)
    if is_twofold(right) and first:
        return _two_values(page, line, left, rights) or _OPEN
    return _OPEN


def _two_values(page: Page, line: Line, left: Term, rights: tuple[Term, Term]) -> Outcome | None:
    """Two values of the left side: by an equation in force, or given by the page."""
    upper, lower = (term.form for term in rights)
    assert left.form is not None and upper is not None and lower is not None
    if not page.knowledge.equations and line.previous is None:
        head = head_of(left.node)
        gives = head is not None and head.parameters is None and line.cue != "derives" and not line.statement.arrow
        return VALUE if gives else None
    other = Form("eq", (left.form, lower))
    found = consequence(page, replace(line, alternatives=(other,)), left.form, upper)
    if found is not None and (found.holds or line.statement.arrow):
        return found
    solutions = [consequence(page, line, left.form, value) for value in (upper, lower)]
    if all(each is not None and each.holds for each in solutions):
        return _together([each for each in solutions if each is not None])
    return next((each for each in solutions if each is not None and each.status == "refuted"), None)


def _both(page: Page, term: Term) -> tuple[Term, Term]:
    """The term with the upper and with the lower signs."""
    if term.node is None or not is_twofold(term):
        return term, term
    nodes = (_signed(term.node, _UPPER), _signed(term.node, _LOWER))
    upper, lower = (meaning(Term(term.piece, node), page.knowledge.lexicon) for node in nodes)
    return upper, lower


def _signed(node: Node, signs: dict[str, str]) -> Node:
    node = transform(node, lambda child: _signed(child, signs))
    if isinstance(node, Signed) and node.sign in signs:
        return replace(node, sign=signs[node.sign])
    return node


def _together(outcomes: list[Outcome]) -> Outcome:
    """The outcome of two that hold: conditional where one of them is."""
    weaker = next((outcome for outcome in outcomes if outcome.status == "conditional"), outcomes[0])
    conditions = tuple(dict.fromkeys(each for outcome in outcomes for each in outcome.conditions))
    message = f"holds only if {' and '.join(conditions)}" if conditions else weaker.message
    return replace(weaker, conditions=conditions, message=message)
