"""A page with SymPy's view recorded beside each of its verdicts."""

from __future__ import annotations

from dataclasses import replace

from derive.model.page import Block, Checked, Claimed, Derived, Page, Statement, Table
from derive.verify.report import seconded
from derive.verify.second import opinions

__all__ = ["with_second_opinions"]


def with_second_opinions(page: Page) -> Page:
    """The same page; SymPy is asked in its own process, and what it does not answer in time is `unknown`."""
    return replace(
        page,
        sections=tuple(
            replace(section, blocks=tuple(_seconded(block) for block in section.blocks)) for section in page.sections
        ),
    )


def _seconded(block: Block) -> Block:
    if isinstance(block, Derived):
        return replace(block, report=seconded(block.report))
    if isinstance(block, Statement | Claimed | Table):
        return replace(block, checks=_checks(block.checks))
    return block


def _checks(checks: tuple[Checked, ...]) -> tuple[Checked, ...]:
    found = opinions((check.claim, check.verdict) for check in checks)
    return tuple(
        replace(check, verdict=replace(check.verdict, second_opinion=opinion))
        for check, opinion in zip(checks, found, strict=True)
    )
