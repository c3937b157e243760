"""Judging a chain: each of its links as a definition, an identity, a consequence, an approximation or an order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derive.check.definitions import DEFINED, RANGE, definition, is_definable, lists_values, reverse_definition
from derive.check.entries import judged_entries
from derive.check.expansions import judged_expansion
from derive.check.firstlink import first_link
from derive.check.gradients import judged_gradient
from derive.check.identities import judged_identity
from derive.check.indices.judged import judged_indices
from derive.check.judge import Outcome
from derive.check.knowledge import names_in
from derive.check.line import Line
from derive.check.members import is_dots, with_bounds, without_conjugate
from derive.check.moving import asserted, by_motion, is_known_motion
from derive.check.orders import domain_statement, judged_order, judged_unequal
from derive.check.primes import proved_by_primes
from derive.check.probability.judged import judged_probability, learn
from derive.check.roundings import compares_numbers, has_decimals, judged_rounding, unrounded
from derive.check.spectra import spectrum_given
from derive.check.suppositions import resting
from derive.check.terms import Term, head_of
from derive.check.twofold import is_twofold, judged_twofold
from derive.check.values import value_again
from derive.meaning.form import Form, free_variables
from derive.read.signs import Relates, relates
from derive.read.split import Member

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judge_chain"]

CONJUGATE = Outcome("undecided", "DRV304", "c.c. is often written where half of it is meant")

_BLANK = re.compile(r"(?:\s|\\[,;: ]|\\(?:text|textrm|mathrm)\b|[{}~])*(?:\?(?:\s|\\[,;: ]|[{}~])*)+\Z")
"""Question marks alone: a blank for the reader to fill in."""

RENAMED = Outcome("undecided", "DRV302", "two names that had other values before are given one here")


def judge_chain(page: Page, line: Line) -> Form | None:
    """Emit a step for each link; the equation that the chain leaves in force, for an arrow after it."""
    members = line.statement.members
    kinds = [relates(member.sign) or "other" for member in members[0 if line.statement.continues else 1 :]]
    if domain_statement(page, line, kinds):
        return None
    terms = with_bounds([page.read(member.piece) for member in members])
    left = page.last if line.statement.continues else terms.pop(0)
    rests = [page.suppositions.of_text(line.source(member.piece)) for member in members]
    found = [condition for conditions in rests for condition in conditions]
    rest = page.last_rests if line.statement.continues else rests.pop(0)
    followed = [
        each
        for each in zip(kinds, terms, members[-len(kinds) :], rests, strict=True)
        if not (is_dots(each[1]) and each[0] == "equal")
    ]
    equations: list[Form] = []
    broken = doubted = False
    head = head_of(left.node) if left is not None else None
    defined = head.name if head is not None else ""
    start = members[0]
    for number, (kind, right, member, right_rests) in enumerate(followed):
        first = number == 0 and not line.statement.continues
        if left is not None:
            nodes = tuple(term.node for term in (left, right) if term.node is not None)
            page.knowledge.statement(nodes)
            page.motion.seen(nodes)
            left, right = (page.meaning(term) for term in (left, right))
        if left is not None and kind != "other":
            arrow = line.statement.arrow if first else ""
            try:
                outcome = _judged(page, line, kind, left, right, first, broken, defined)
            except Exception as error:  # the step stays open, the rest of the page is checked
                outcome = Outcome("undecided", "DRV301", f"the checker failed: {type(error).__name__}: {error}")
            if kind in ("equal", "defines") and first:
                learn(page, line, left, right, outcome)
            own = page.suppositions.of_text(line.previous_source) if arrow else ()
            outcome = resting(page, outcome, left, right, tuple(dict.fromkeys((*rest, *right_rests, *own))))
            broken = broken or (outcome is not None and outcome.status == "refuted")
            doubted = doubted or (number > 0 and outcome is not None and not outcome.holds)
            _emit(page, line, member, left, outcome, start if arrow else None)
            if outcome is not None and kind == "equal" and left.form and right.form:
                equations.append(Form("eq", (left.form, right.form)))
                if not first and outcome.status == "undecided" and left.form.head != "num":
                    page.knowledge.assert_later(equations[-1])
        if right.form is not None:
            page.knowledge.mentioned |= free_variables(right.form)
        for term in (left, right):
            if term is not None and term.form is not None:
                page.knowledge.ever |= names_in(term.form)
        left, rest = right, right_rests
    page.last, page.last_rests = left, rest
    page.suppositions.used = tuple(dict.fromkeys((*page.suppositions.used, *found)))
    if broken or (defined and doubted):
        page.knowledge.doubt_definition(defined)
    if not equations:
        return None
    return equations[0] if len(equations) == 1 else Form("and", tuple(equations))


def _emit(page: Page, line: Line, member: Member, left: Term, outcome: Outcome | None, whole: Member | None) -> None:
    if outcome is None:
        return
    if whole is not None:
        before = line.previous_source or line.source(left.piece)
        page.emit(line, line.statement.arrow, before, member.piece, outcome, whole.piece.start)
    else:
        before = line.source(left.piece) if not line.statement.continues else left.piece.text
        page.emit(line, member.sign, before, member.piece, outcome)


def _judged(
    page: Page, line: Line, kind: Relates, left: Term, right: Term, first: bool, broken: bool, defines: str
) -> Outcome | None:
    """The outcome of one link; None for a relation that makes no claim.

    `broken`: the chain is wrong before it; `defines`: the name on its left.
    """
    if _BLANK.match(left.piece.text) or _BLANK.match(right.piece.text):
        return None
    for term in (left, right):
        if term.is_unread:
            return unread(page, term)
    expanded = judged_expansion(page, left, right) if kind == "equal" else None
    if expanded is not None:
        return expanded
    if kind == "equal" and (is_twofold(left) or is_twofold(right)):
        return judged_twofold(page, line, left, right, first=first)
    if kind == "defines":
        return definition(page, line, left, right, explicit=True)
    if kind == "defined by":
        return definition(page, line, right, left, explicit=True)
    if kind == "about" or (kind == "equal" and has_decimals(left, right) and compares_numbers(page, left, right)):
        return judged_rounding(page, left, right, exact=kind == "equal")
    if kind == "order":
        return judged_order(page, line, left, right)
    if kind == "unequal":
        return judged_unequal(page, left, right)
    if first and lists_values(left.node, right.node):
        return RANGE
    rounded = has_decimals(left, right)
    given = spectrum_given(page, left, right) or (value_again(page, left, right) if first else None)
    if given is not None:
        return given
    outcome = first_link(page, line, left, right) if first else _later_link(page, line, left, right, broken)
    if outcome.status == "undecided" and (primed := proved_by_primes(page, line, left, right)) is not None:
        return primed
    if outcome.status == "undecided" and (indexed := judged_indices(page, left, right)) is not None:
        return indexed
    if outcome.status == "undecided" and (listed := judged_gradient(page, left, right)) is not None:
        return listed
    if outcome.status == "refuted" and any(without_conjugate(term.piece) is not None for term in (left, right)):
        return CONJUGATE
    again = outcome.status in ("undecided", "refuted") or (outcome is DEFINED and is_known_motion(page, left))
    if again and (moved := by_motion(page, left, right)) is not None:
        outcome = moved
    elif _is_asserted(outcome, first):
        asserted(page, left, right)
    if not first and defines and outcome.status != "refuted":
        page.motion.continued(defines, right, page.knowledge)
    if outcome is DEFINED and (head := head_of(left.node)) is not None:
        page.motion.defined(head, right, page.knowledge)
    return unrounded(outcome) if rounded else outcome


def _is_asserted(outcome: Outcome, first: bool) -> bool:
    """Whether an equation is the page's word; inside a chain, where it brings quantities that nothing has said of."""
    if first:
        return outcome is not DEFINED and outcome.status in ("assumed", "undecided")
    return outcome.code == "DRV302"


def _later_link(page: Page, line: Line, left: Term, right: Term, broken: bool) -> Outcome:
    """`b = c` in `a = b = c`: a computation, or the definition of what stands on a side (not from a wrong value)."""
    by_algebra = None if broken else judged_probability(page, line, left, right)
    if by_algebra is not None:
        return by_algebra
    defined = head_of(left.node)
    if defined is not None and is_definable(defined) and not broken and page.knowledge.is_open(defined.name):
        return definition(page, line, left, right)
    head = head_of(right.node)
    if (
        left.form is not None
        and head is not None
        and head.parameters is not None
        and not page.knowledge.is_defined(head.name)
    ):
        return DEFINED if broken else reverse_definition(page, left, right, head)
    by_entries = judged_entries(page, left, right)
    if by_entries is not None:
        return by_entries
    outcome = judged_identity(page, line, left, right, computed=True)
    names = defined is not None and head is not None and not (defined.parameters or head.parameters)
    return RENAMED if names and outcome.status == "refuted" else outcome


def unread(page: Page, term: Term) -> Outcome:
    """What could not be read; a macro that a part of a larger LaTeX document does not define is a missing premise."""
    macro = term.problem.removeprefix("unknown command").strip()
    if macro in page.macros:
        message = f"the macro {macro} calls itself, or grows too large"
        return Outcome("unread", "DRV401", message, token=(term.start, term.end))
    if page.is_fragment and macro != term.problem:
        return Outcome("undecided", "DRV306", f"the macro {macro} is defined nowhere in what was checked")
    expected = f"; expected {term.expected}" if term.expected else ""
    return Outcome("unread", "DRV401", f"not understood: {term.problem}{expected}", token=(term.start, term.end))
