"""A page as data: sections of prose, statements, derivations, claims and tables, each beside its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from derive.model.claim import Claim
from derive.model.derivation import Report
from derive.model.verdict import Verdict
from derive.notation.tree import Node

__all__ = ["Block", "Checked", "Claimed", "Derived", "Page", "Prose", "Section", "Statement", "Table"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim and the verdict on it."""

    claim: Claim
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs and lists as an author writes them, with inline mathematics between `\\(` and `\\)`."""

    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Formulas displayed on one line: a definition, a fact recalled, or a result restated, with its checks."""

    role: Literal["definition", "recall", "result"]
    formulas: tuple[Node, ...]
    checks: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivation and its verdicts.

    `left` is what its lines equal when they are terms (`\\frac{dy}{dx}`); `letter` is what stands for the
    body under its derivative (`y`), so that a step which only rewrites that body is shown as `y = body`.
    """

    name: str
    report: Report
    left: Node | None = None
    letter: Node | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence of the page that is a claim, the statement it makes, and the checks of it."""

    says: str
    statement: Node | None
    checks: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for each column and rows of cells; cells are prose, and `checks` are of what is stated in them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    checks: tuple[Checked, ...] = ()


Block = Prose | Statement | Derived | Claimed | Table


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page answered: nothing on it is still a question."""

    name: str
    title: str
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    @property
    def reports(self) -> Iterator[Report]:
        for block in self.blocks:
            if isinstance(block, Derived):
                yield block.report

    @property
    def verdicts(self) -> Iterator[Verdict]:
        """Every verdict on the page, in its order."""
        for block in self.blocks:
            if isinstance(block, Derived):
                yield from block.report.verdicts
            elif isinstance(block, Statement | Claimed | Table):
                for check in block.checks:
                    yield check.verdict

    @property
    def refuted(self) -> bool:
        return any(verdict.status == "refuted" for verdict in self.verdicts)
