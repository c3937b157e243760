"""One statement on the page with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from derive.meaning.form import Form
from derive.read.document import Formula
from derive.read.prose import Cue
from derive.read.split import Piece, Statement

__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, the sentence before it and what that announces.

    `previous` is the equation of the statement before in the same formula, `previous_source` its text.
    """

    formula: Formula
    statement: Statement
    sentence: str
    cue: Cue
    previous: Form | None
    previous_source: str
    text: str

    def source(self, piece: Piece) -> str:
        """The piece as it is written in the document."""
        return self.text[self.formula.start + piece.start : self.formula.start + piece.end].strip()
