"""What a statement says of dependence by its notation: where `\\frac{dy}{dx}` is written, y depends on x."""

from __future__ import annotations

from derive.meaning.lexicon import Lexicon
from derive.meaning.names import name_of
from derive.notation.tree import Derivative, Implication, Listing, Node, Relation, Subscript, walk

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
            if any(_is_array(differential.variable, lexicon) for differential in part.variables):
                continue  # a gradient: what depends on a vector is not guessed
            name = name_of(part.body)
            if name is not None and not _is_known(name, lexicon):
                letters = (name_of(differential.variable) for differential in part.variables)
                found.setdefault(name, set()).update(letter for letter in letters if letter is not None)
    variables: frozenset[str] = frozenset().union(*found.values())
    for name, by in found.items():
        if len(by) == 1 and name not in variables:
            lexicon = lexicon.depending(name, *by)
    return lexicon


def _is_array(node: Node, lexicon: Lexicon) -> bool:
    """Whether the node is a declared vector or matrix, or one of its entries."""
    base = node.base if isinstance(node, Subscript) else node
    return any(lexicon.array(name_of(part)) is not None for part in (node, base))


def _is_known(name: str, lexicon: Lexicon) -> bool:
    return (
        lexicon.parameters(name) is not None
        or lexicon.definition(name) is not None
        or lexicon.dependence(name) is not None
    )
