"""From answered pages and reports to what templates see: every node, form and verdict becomes plain strings."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from derive.meaning.form import Form
from derive.meaning.notate import notation_of
from derive.meaning.sympy_text import sympy_text
from derive.model.derivation import Report, Step
from derive.model.json import tally
from derive.model.page import Block, Checked, Claimed, Derived, Page, Prose, Section, Statement, Table
from derive.model.verdict import STATUSES, Verdict
from derive.notation.errors import ReadError
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Derivative, Link, Node, Relation
from derive.notation.unicode import text
from derive.notation.vocabulary import DEFAULT
from derive.render.prose import paragraphs, runs
from derive.render.view import (
    BlockView,
    ClaimsView,
    ClaimView,
    DerivationView,
    Formula,
    PageView,
    ProseView,
    SectionView,
    StatementView,
    StepView,
    TableView,
    VerdictView,
)

__all__ = ["derivation_view", "formula", "page_view", "verdict_view", "written"]

MARKS = {
    "proved": "✓", "conditional": "✓", "assumed": "✓", "attested": "~", "refuted": "✗", "undecided": "?",
    "unread": "?", "skipped": "–",
}  # fmt: skip
_ARROWS = {"iff": Formula(r"\Leftrightarrow", "⇔"), "implies": Formula(r"\Rightarrow", "⇒")}
_SIGNS = {"=": "=", "<": "<", "<=": r"\le", "~": r"\sim"}
_WORST_FIRST = ("refuted", "unread", "undecided", "skipped", "attested", "conditional", "assumed", "proved")


# --- formulas and verdicts ---------------------------------------------------------------------------------


def formula(node: Node) -> Formula:
    return Formula(latex(node), text(node))


def written(source: str) -> Formula:
    """Inline mathematics of an author: kept as it is written in LaTeX, and as it is where it cannot be read."""
    try:
        return Formula(source, text(read(source, DEFAULT)))
    except ReadError:
        return Formula(source, source)


def _of_form(form: Form) -> Formula:
    return formula(notation_of(form))


def verdict_view(verdict: Verdict) -> VerdictView:
    """The verdict in words."""
    found = verdict.counterexample
    point = ", ".join(f"{name} = {sympy_text(value)}" for name, value in found.point) if found else ""
    sides = f": {found.left} against {found.right}" if found and found.left and found.right else ""
    return VerdictView(
        status=verdict.status,
        mark=MARKS[verdict.status],
        by=verdict.by,
        trust=verdict.trust,
        conditions=tuple(_of_form(condition) for condition in verdict.conditions),
        counterexample=f"at {point}{sides}" if point else (found.note if found else ""),
        note=verdict.note,
        opinion=verdict.second_opinion,
    )


def _worst_view(checks: tuple[Checked, ...]) -> VerdictView | None:
    verdicts = (check.verdict for check in checks)
    worst = min(verdicts, key=lambda verdict: _WORST_FIRST.index(verdict.status), default=None)
    return verdict_view(worst) if worst else None


# --- derivations -------------------------------------------------------------------------------------------


def derivation_view(
    report: Report, left: Node | None = None, letter: Node | None = None, solutions: tuple[Node, ...] = ()
) -> DerivationView:
    """The derivation with its verdicts; see `derive.model.page.Derived` for `left` and `letter`."""
    derivation = report.derivation
    pairs = zip(derivation.steps, report.verdicts, strict=True)
    return DerivationView(
        kind="derivation",
        title=derivation.title,
        given=tuple(formula(statement) for statement in derivation.given),
        start=formula(derivation.start if left is None else _equation(left, "=", derivation.start)),
        steps=tuple(_step(number, step, verdict, left, letter) for number, (step, verdict) in enumerate(pairs, 1)),
        result=formula(derivation.result if left is None else _equation(left, "=", derivation.result)),
        solutions=tuple(formula(solution) for solution in solutions),
    )


def _step(number: int, step: Step, verdict: Verdict, left: Node | None, letter: Node | None) -> StepView:
    line = _line(step, left, letter)
    arrow = _ARROWS.get(step.relation)
    shown = Formula(f"{arrow.latex} {line.latex}", f"{arrow.text} {line.text}") if arrow else line
    return StepView(
        number=number,
        relation=step.relation,
        line=line,
        shown=shown,
        rule=step.rule,
        says=runs(step.says, written),
        conditions=tuple(formula(condition) for condition in step.conditions),
        verdict=verdict_view(verdict),
    )


def _line(step: Step, left: Node | None, letter: Node | None) -> Formula:
    if step.relation in _ARROWS:
        return formula(step.after)
    if letter is not None and (body := _rewritten_body(step)) is not None:
        return formula(_equation(letter, "=", body))
    if left is not None:
        return formula(_equation(left, _SIGNS[step.relation], step.after))
    return formula(Relation(None, (Link(_SIGNS[step.relation], step.after),)))


def _rewritten_body(step: Step) -> Node | None:
    """What stands under the derivative after a step that only rewrote that."""
    match step.before, step.after:
        case Derivative(None), _:
            return None
        case Derivative() as before, Derivative() as after if replace(before, body=after.body) == after:
            return after.body
    return None


def _equation(left: Node, sign: str, right: Node) -> Relation:
    return Relation(left, (Link(sign, right),))


# --- pages -------------------------------------------------------------------------------------------------


def page_view(page: Page) -> PageView:
    """The page as plain data; sections without a title are not numbered."""
    found = tally(page)
    agreed = sum(verdict.second_opinion == "agrees" for verdict in page.verdicts)
    numbered = 0
    sections = []
    for section in page.sections:
        numbered += bool(section.title)
        sections.append(SectionView(numbered if section.title else 0, section.title, _blocks(section)))
    tallied = tuple((status, found[status]) for status in STATUSES if status in found)
    return PageView(page.name, page.title, tuple(sections), tallied, agreed, _summary(dict(tallied), agreed))


def _summary(found: dict[str, int], agreed: int) -> str:
    checked = sum(count for status, count in found.items() if status != "assumed")
    words = ", ".join(f"{count} {status}" for status, count in found.items() if status != "assumed")
    second = f"; SymPy agrees with {agreed} of them" if agreed else ""
    return f"Made and checked by derive: {checked} steps and claims, {words}{second}."


def _blocks(section: Section) -> tuple[BlockView, ...]:
    views: list[BlockView] = []
    for claimed, blocks in groupby(section.blocks, key=lambda block: isinstance(block, Claimed)):
        if claimed:
            claims = (_claim(block) for block in blocks if isinstance(block, Claimed))
            views.append(ClaimsView("claims", tuple(claims)))
        else:
            views.extend(_block(block) for block in blocks)
    return tuple(views)


def _claim(block: Claimed) -> ClaimView:
    verdict = _worst_view(block.checks)
    assert verdict is not None, "a claimed sentence has at least one claim"
    line = formula(block.statement) if block.statement is not None else None
    return ClaimView(runs(block.says, written), line, verdict)


def _block(block: Block) -> BlockView:
    match block:
        case Prose(source):
            return ProseView("prose", paragraphs(source, written))
        case Statement(role, formulas, checks):
            lines = [formula(node) for node in formulas]
            joined = Formula(r", \quad ".join(line.latex for line in lines), ",   ".join(line.text for line in lines))
            return StatementView("statement", role, joined, _worst_view(checks))
        case Derived(_, report, left, letter):
            return derivation_view(report, left, letter)
        case Table(columns, rows, checks):
            cells = tuple(tuple(runs(cell, written) for cell in row) for row in rows)
            return TableView("table", tuple(runs(column, written) for column in columns), cells, _worst_view(checks))
        case Claimed():
            raise TypeError("claims are shown together")
