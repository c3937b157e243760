"""What the clause after a formula says of it: `E = \\hbar \\omega, where \\omega = 2 \\pi \\nu`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.document import Document
from derive.read.split import Statement

__all__ = ["clause_after"]

_CLAUSE = (
    r"(?:with|where(?:\s+(?:we\s+(?:have\s+)?(?:used|defined?|set|introduced?))?(?:\s+that)?)?|in which|and where"
    r"|(?:and\s+)?recall(?:ing)?(?:\s+that)?|since|because|using(?:\s+that)?|given that|noting that"
    r"|having used(?:\s+that)?|here|for which)"
)
_OPENS = re.compile(
    rf"[\s.,;:$\\\])}}]*(?:\bas usual\W+)?{_CLAUSE}(?:\s+now)?(?:\s+that)?\s*[$\\(\[]*\s*\Z", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"[\s,;$\\\])}]*(?:and(?:\s+(?:with|where|that))?|or|as well as)?\s*[$\\(\[]*\s*\Z", re.IGNORECASE
)
_BESIDE = re.compile(r"(?:\s|[.,;:$\\\[\]]|\\(?:begin|end)\{[a-z]+\*?\}|(?:\band\b))*\Z")
_WITHIN = re.compile(rf"(?:^|\W){_CLAUSE}\s*\Z", re.IGNORECASE)
FARTHEST = 4
LONGEST = 200


def clause_after(
    document: Document, chains: Sequence[tuple[Statement, ...]], index: int, place: int
) -> Iterator[Statement]:
    """The statements of the clause that explains the statement at `place` of the formula at `index`.

    Those further on in the formula that are led in by such words, or in formulas right after it: these may be other
    displays without words between, then the words of the clause, then formulas joined by commas and `and`.
    """
    told = False
    for statement in chains[index][place + 1 :]:
        told = bool(_WITHIN.search(statement.words)) if statement.words else told
        if told and statement.is_chain:
            yield statement
    opened = False
    for later in range(index + 1, min(index + 1 + FARTHEST, len(document.formulas))):
        between = document.text[document.formulas[later - 1].end : document.formulas[later].start]
        if len(between) > LONGEST:
            return
        if _OPENS.match(between):
            opened = True
        elif not (_GOES_ON.match(between) if opened else _BESIDE.match(between)):
            return
        if opened:
            yield from (statement for statement in chains[later] if statement.is_chain)
        elif not document.formulas[later].display:
            return
