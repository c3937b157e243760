"""One statement on the page with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.meaning.form import Form
from derive.read.cases import NO_CASE, Case
from derive.read.document import Formula
from derive.read.prose import Cue, Mood
from derive.read.split import Piece, Statement

__all__ = ["Line"]

_SUPPOSING = re.compile(r"\b(?:if|when(?:ever)?|in case|as long as|provided(?: that)?)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, the sentence before it and what that announces.

    `previous` is the equation of the statement before in the same formula, `previous_source` its text.
    `case` is what the words behind the statement restrict it to, `mood` whether the page claims it at all.
    `alternatives` are the equations that `or` joins to this one: of them all only one need hold.
    """

    formula: Formula
    statement: Statement
    sentence: str
    cue: Cue
    previous: Form | None
    previous_source: str
    text: str
    case: Case = NO_CASE
    mood: Mood = ""
    alternatives: tuple[Form, ...] = ()

    @property
    def is_supposed(self) -> bool:
        """Whether the statement is itself the condition of its sentence: `if $q = p$`, `when $t = 2 s$`."""
        inline = not self.formula.display and not self.statement.arrow
        return inline and self.cue == "domain" and bool(_SUPPOSING.search(self.sentence))

    def source(self, piece: Piece) -> str:
        """The piece as it is written in the document."""
        return self.text[self.formula.start + piece.start : self.formula.start + piece.end].strip()
