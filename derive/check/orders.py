"""Inequalities and memberships: what restricts the domain, and what is claimed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.check.evidence import is_opaque, same_vocabulary
from derive.check.identities import opaque
from derive.check.judge import Outcome
from derive.check.line import Line
from derive.check.terms import Term, is_literal
from derive.meaning.form import Form, free_variables, subforms
from derive.model.claim import ClaimKind
from derive.read.signs import Relates

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["domain_statement", "judged_order", "judged_unequal"]

ASSUMED = Outcome("assumed", message="a condition that the page gives")
_LESS = {"<": "lt", "\\lt": "lt", "\\le": "le", "\\leq": "le", "\\leqslant": "le", "\\leqq": "le"}
_MORE = {">": "lt", "\\gt": "lt", "\\ge": "le", "\\geq": "le", "\\geqslant": "le", "\\geqq": "le"}
_ALWAYS = re.compile(r"\b(?:for (?:all|any|every|each)|always|whatever|inequality)\b", re.IGNORECASE)
_STATED = frozenset({"in", "lt", "le", "ne", "and"})


def domain_statement(page: Page, line: Line, kinds: Sequence[Relates]) -> bool:
    """Take a statement about the domain (`p \\in (0, 1)`, `a, b > 0`, `x \\neq 1`); whether it was one."""
    if any(kind not in ("order", "unequal", "other") for kind in kinds) or line.statement.arrow:
        return False
    members = line.statement.members
    if line.statement.continues or len(members) < 2:
        return False
    subjects = [member.piece.text for member in members]
    items = _items(subjects[0])
    rest = "".join(f" {member.sign} {member.piece.text}" for member in members[1:])
    forms = [page.statement_form(item + rest) for item in items]
    found = [form for form in forms if form is not None and form.head in _STATED and _restricts(form)]
    if not found or len(found) != len(forms):
        return False
    case = line.cue == "domain"
    if line.cue == "derives" and "other" not in kinds:
        return False
    for form in found:
        page.knowledge.assume(form, case=case)
    if "other" not in kinds:
        last = members[-1]
        page.emit(line, last.sign, line.source(members[-2].piece), last.piece, ASSUMED)
    return True


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",")] if not re.search(r"[({\[]", text) else [text]


def _restricts(form: Form) -> bool:
    """Whether a statement bounds one single name by constants, or orders names; not a claim about expressions."""
    if form.head == "and":
        return all(_restricts(part) for part in form.parts)
    if form.head == "in":
        return form.args[0].head in ("var", "tuple")
    left, right = form.parts
    if not (left.head == "var" or right.head == "var"):
        return False
    simple = all(part.head in ("var", "num", "const", "add", "mul") for side in form.parts for part in subforms(side))
    return simple and bool(free_variables(form))


def judged_order(page: Page, line: Line, left: Term, right: Term) -> Outcome:
    """`left < right`: proved, refuted where it is said to hold always, else left open."""
    if left.form is None or right.form is None:
        return opaque(left, right)
    sign = _sign_between(line, right)
    sides = (left.form, right.form) if sign in _LESS else (right.form, left.form)
    kind: ClaimKind = "lt" if (_LESS.get(sign) or _MORE.get(sign)) == "lt" else "le"
    first, second = (page.knowledge.expanded(side) for side in sides)
    verdict = page.judge.verdict(kind, first, second, page.knowledge.context())
    if verdict.status != "refuted":
        return page.judge.outcome(verdict, "DRV103")
    if is_opaque(first) or is_opaque(second):
        return Outcome("undecided", "DRV304", "involves functions about which nothing is known")
    claimed = _ALWAYS.search(line.sentence) and same_vocabulary(first, second)
    if claimed or _computes(left, right):
        return page.judge.outcome(verdict, "DRV103")
    if line.cue in ("derives", "recalls"):
        return Outcome("undecided", "DRV302", "does not hold everywhere; needs a premise that is not said")
    return ASSUMED


def _sign_between(line: Line, right: Term) -> str:
    return next(m.sign for m in line.statement.members if m.piece.start == right.piece.start)


def judged_unequal(page: Page, left: Term, right: Term) -> Outcome:
    """`left \\ne right` is proved, or a condition; that two things may be equal somewhere refutes nothing."""
    if left.form is None or right.form is None:
        return opaque(left, right)
    first, second = page.knowledge.expanded(left.form), page.knowledge.expanded(right.form)
    if is_opaque(first) or is_opaque(second):
        return Outcome("undecided", "DRV304", "involves functions or objects about which nothing is known")
    verdict = page.judge.verdict("ne", first, second, page.knowledge.context())
    if verdict.status == "proved" or (verdict.status == "refuted" and _computes(left, right)):
        return page.judge.outcome(verdict, "DRV101")
    return ASSUMED


def _computes(left: Term, right: Term) -> bool:
    """Whether numbers are compared that the page wrote as such, at least one of them to be worked out."""
    forms = [term.form for term in (left, right) if term.form is not None]
    literal = is_literal(left.node) and is_literal(right.node)
    return not literal and not any(free_variables(form) or is_opaque(form) for form in forms)
