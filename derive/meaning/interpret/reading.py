"""One reading of a formula: the lexicon, the names bound so far, and the table of how each kind of node is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.lexicon import Lexicon
from derive.notation.tree import Node

__all__ = ["Family", "Reading", "problem"]

DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known at one node; `bound` are the names bound by sums, integrals and limits around it."""

    lexicon: Lexicon
    families: Mapping[type[Node], Family]
    bound: frozenset[str] = frozenset()
    depth: int = 0

    def form(self, node: Node) -> Form:
        """The form of a node below."""
        if self.depth > DEEPEST:
            raise problem("the formula is nested too deeply", node)
        family = self.families.get(type(node))
        if family is None:
            raise problem(f"a {type(node).__name__.lower()} has no meaning here", node)
        return family(node, replace(self, depth=self.depth + 1))

    def binding(self, *names: str) -> Reading:
        """This reading under a binder of those names."""
        return replace(self, bound=self.bound.union(names))


Family = Callable[..., Form]


def problem(message: str, node: Node) -> MeaningError:
    """The error for a piece of the page, with its place."""
    return MeaningError(message, node.span)
