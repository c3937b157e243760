"""The one error of this layer: something has no meaning that the page, or the text, decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.notation.tree import Span

__all__ = ["MeaningError"]


class MeaningError(ValueError):
    """`message` is one sentence for the reader; `span` is the place of the piece in its source, when known."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
