"""What a template sees: a page, a derivation and their verdicts as plain strings, numbers and tuples."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula twice: as LaTeX and as Unicode text for terminals."""

    latex: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of prose: `kind` is `text`, `math`, `strong`, `em` or `code`."""

    kind: str
    text: str
    formula: Formula | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A `paragraph` (of one line) or a `list` (a line for each item)."""

    kind: str
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict in words: `mark` is one sign for it, `opinion` what SymPy said of the same claim."""

    status: str
    mark: str
    by: str
    trust: str
    conditions: tuple[Formula, ...]
    counterexample: str
    note: str
    opinion: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step: its new line (`shown` has the arrow before it), its reason, the conditions it owes, its verdict."""

    number: int
    relation: str
    line: Formula
    shown: Formula
    rule: str
    says: Runs
    conditions: tuple[Formula, ...]
    verdict: VerdictView


@dataclass(frozen=True, slots=True)
class DerivationView:
    kind: str
    title: str
    given: tuple[Formula, ...]
    start: Formula
    steps: tuple[StepView, ...]
    result: Formula
    solutions: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class ProseView:
    kind: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """`role` is `definition`, `recall` or `result`; `verdict` is the worst, None where nothing was to be checked."""

    kind: str
    role: str
    line: Formula
    verdict: VerdictView | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    says: Runs
    line: Formula | None
    verdict: VerdictView


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """Claims that stand one after another."""

    kind: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """`verdict` is the worst on what is stated in the table, None where nothing was to be checked."""

    kind: str
    columns: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    verdict: VerdictView | None = None


BlockView = DerivationView | ProseView | StatementView | ClaimsView | TableView


@dataclass(frozen=True, slots=True)
class SectionView:
    number: int
    title: str
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """`tally` says how often each status occurs; `agreed` how often SymPy agrees; `summary` says both in words."""

    name: str
    title: str
    sections: tuple[SectionView, ...]
    tally: tuple[tuple[str, int], ...]
    agreed: int
    summary: str
