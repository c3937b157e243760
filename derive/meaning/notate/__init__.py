"""From meaning to a well-written formula: `\\frac{p}{1 - p}`, `e^{-x}`, `0 < p < 1`; `form_of` reads it back."""

from __future__ import annotations

from derive.meaning.form import Form
from derive.meaning.notate.heads import write
from derive.notation.tree import Node

__all__ = ["notation_of"]


def notation_of(form: Form) -> Node:
    """The notation tree of a form.  Raises MeaningError for a head that cannot be written."""
    return write(form)
