"""From the page to its meaning: `form_of` gives a notation tree's exact form, or says why it has none."""

from __future__ import annotations

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.interpret.dependence import with_dependences
from derive.meaning.interpret.families import FAMILIES
from derive.meaning.interpret.reading import Reading
from derive.meaning.lexicon import DEFAULT, Lexicon
from derive.notation.tree import Node

__all__ = ["MeaningError", "form_of"]


def form_of(node: Node, lexicon: Lexicon = DEFAULT) -> Form:
    """The form of what is written, by what the lexicon says of its names.

    Raises MeaningError, with the place of the piece, wherever the page does not decide what is meant.
    """
    return Reading(with_dependences(node, lexicon), FAMILIES).form(node)
