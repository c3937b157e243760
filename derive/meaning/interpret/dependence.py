"""What a statement says of dependence by its notation: where `\\frac{dy}{dx}` is written, y depends on x."""

from __future__ import annotations

from derive.meaning.lexicon import Lexicon
from derive.meaning.names import name_of
from derive.notation.tree import Derivative, Implication, Listing, Node, Relation, walk

__all__ = ["with_dependences"]


def with_dependences(node: Node, lexicon: Lexicon) -> Lexicon:
    """The lexicon with the letters that a statement differentiates as unknown functions of what it does so by.

    Only whole statements say this: in a term read alone, the same letter beside it would stay a constant.
    Where a letter is differentiated by several, or differentiated by itself (a chain rule), it stays open.
    """
    if not isinstance(node, Relation | Implication | Listing):
        return lexicon
    found: dict[str, set[str]] = {}
    for part in walk(node):
        if isinstance(part, Derivative) and part.form == "quotient" and part.body is not None:
            name = name_of(part.body)
            if name is not None and not _is_known(name, lexicon):
                letters = (name_of(differential.variable) for differential in part.variables)
                found.setdefault(name, set()).update(letter for letter in letters if letter is not None)
    variables: frozenset[str] = frozenset().union(*found.values())
    for name, by in found.items():
        if len(by) == 1 and name not in variables:
            lexicon = lexicon.depending(name, *by)
    return lexicon


def _is_known(name: str, lexicon: Lexicon) -> bool:
    return (
        lexicon.parameters(name) is not None
        or lexicon.definition(name) is not None
        or lexicon.dependence(name) is not None
    )
