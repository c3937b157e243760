"""Why a page is not written: what is refuted on it, a line for each, in words for its author."""

from __future__ import annotations

from collections.abc import Iterator

from derive.model.page import Block, Checked, Claimed, Derived, Page, Statement, Table
from derive.notation.printer import latex
from derive.render.viewing import verdict_view

__all__ = ["refused"]


def refused(page: Page) -> tuple[str, ...]:
    """A line for each refuted step or claim of the page, with the counterexample; none where it may be written."""
    return tuple(line for section in page.sections for block in section.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Derived(name, report):
            pairs = zip(report.derivation.steps, report.verdicts, strict=True)
            for number, (step, verdict) in enumerate(pairs, 1):
                if verdict.status == "refuted":
                    what = f"{latex(step.before)}  {step.relation}  {latex(step.after)}"
                    yield f"step {number} of {name or 'a derivation'}: {what}: {verdict_view(verdict).counterexample}"
        case Claimed(says, statement, checks):
            yield from _of_checks(latex(statement) if statement is not None else says, checks)
        case Statement(_, formulas, checks):
            yield from _of_checks(", ".join(latex(formula) for formula in formulas), checks)
        case Table(_, _, checks):
            yield from _of_checks("the table", checks)


def _of_checks(what: str, checks: tuple[Checked, ...]) -> Iterator[str]:
    for check in checks:
        if check.verdict.status == "refuted":
            yield f"{what}: {verdict_view(check.verdict).counterexample}"
