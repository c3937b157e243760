"""Which heads are functions: whether `p(1 + x)` is an application or a product is not to be seen on the page."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The printed LaTeX of every head that is a function when a bracket follows it: `f`, `\\sigma`, `\\mathcal{N}`."""

    functions: frozenset[str] = frozenset("fghFGH") | {"\\Gamma"}

    def declaring(self, *heads: str) -> Vocabulary:
        """This vocabulary with `heads` (LaTeX, as the printer writes them) as functions too."""
        return Vocabulary(self.functions.union(heads))

    def without(self, *heads: str) -> Vocabulary:
        """This vocabulary with `heads` no longer functions."""
        return Vocabulary(self.functions.difference(heads))


DEFAULT = Vocabulary()
