"""Domains said in words: `positive integer $n$`, `$a$ and $b$ are positive`, `let $x$ be real`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.read.document import Document

__all__ = ["SIGNS", "SaidDomain", "said_domains", "statements_of"]

_LETTERS = re.compile(r"\s*(\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)((?:\s*,\s*\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)*)\s*\Z")
_ONE = re.compile(r"\\[A-Za-z]+(?:_(?:\w|\{\w+\}))?|[A-Za-z](?:_(?:\w|\{\w+\}))?")
_QUALITIES = r"(?:strictly\s+)?(?:positive|non-?negative|negative|non-?zero)"
_KINDS = (
    r"(?:integers?|whole numbers?|natural numbers?|reals?|real numbers?|real constants?|constants?|numbers?|scalars?)"
)
_AFTER = re.compile(
    rf"\s*(?:is|are|be|being)\s+(?:both\s+|all\s+)?(?:an?\s+|any\s+|some\s+|two\s+)?(?:fixed\s+|arbitrary\s+)?"
    rf"(?P<quality>{_QUALITIES})?\s*(?:and\s+)?(?P<kind>{_KINDS})?(?=[\s.,;:)]|\Z)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?P<quality>{_QUALITIES})?\s*(?P<kind>{_KINDS})\s*\Z|(?P<only>{_QUALITIES})\s*\Z", re.IGNORECASE
)
_JOIN = re.compile(r"\s*(?:,|and|,\s*and|or)\s*[$\\(]*\s*\Z")
SIGNS = {"positive": "> 0", "nonnegative": "\\ge 0", "negative": "< 0", "nonzero": "\\ne 0"}


@dataclass(frozen=True, slots=True)
class SaidDomain:
    """Statements as LaTeX that hold from `start` on."""

    start: int
    statements: tuple[str, ...]


def said_domains(document: Document) -> Iterator[SaidDomain]:
    """What the words around single letters say of their domains, in order."""
    letters: list[str] = []
    first_before = ""
    for index, formula in enumerate(document.formulas):
        found = None if formula.display or len(formula.text) > 60 else _LETTERS.match(formula.text)
        if found is None:
            letters = []
            continue
        names = _ONE.findall(formula.text)
        before = document.text[max(0, formula.start - 60) : formula.start]
        between = document.text[document.formulas[index - 1].end : formula.start] if index else ""
        if letters and _JOIN.match(between.lstrip("$\\)")):
            letters += names
        else:
            letters, first_before = names, re.sub(r"[$\\(]+\s*\Z", "", before)
        after = re.sub(r"\A[$\\)]+", "", document.text[formula.end : formula.end + 80])
        words = _AFTER.match(after)
        if words is None or not (words["quality"] or words["kind"]):
            words = _BEFORE.search(first_before)
        if words is None:
            continue
        statements = tuple(statement for name in letters for statement in _statements(name, words))
        if statements:
            yield SaidDomain(formula.start, statements)


def _statements(name: str, words: re.Match[str]) -> Iterator[str]:
    groups = words.groupdict()
    quality = (groups.get("quality") or groups.get("only") or "").lower()
    yield from statements_of(name, quality, (groups.get("kind") or "").lower())


def statements_of(name: str, quality: str, kind: str) -> Iterator[str]:
    """What a quality (`strictly positive`) and a kind (`integers`) say of a letter, as LaTeX."""
    if kind.startswith(("integer", "whole")):
        yield f"{name} \\in \\mathbb{{Z}}"
    elif kind.startswith("natural"):
        yield f"{name} \\in \\mathbb{{N}}"
    sign = next((s for word, s in SIGNS.items() if quality.replace("-", "").split(" ")[-1:] == [word]), None)
    if sign:
        yield f"{name} {sign}"
