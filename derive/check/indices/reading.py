"""Reading vectors, matrices and sums over indices: what stands at an entry of an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction

from derive.check.indices import entries, values
from derive.check.indices.contractions import NoIndices, Term
from derive.check.indices.values import Value
from derive.check.kinds import Kinds
from derive.notation.tree import Node

__all__ = ["Indices"]


@dataclass(slots=True)
class Indices:
    """Reads both sides of one equation; `whole` are letters written as a whole, `entries` those of which entries are.

    `is_defined` says of a name whether the page says what it is, `columns` are names that must be vectors.
    `bounds` collects between which bounds the sums over each index of a letter run, `supposed` what else was;
    `everywhere` is set where something is summed over without bounds.
    """

    kinds: Kinds
    is_defined: Callable[[str], bool]
    columns: frozenset[str] = frozenset()
    whole: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    supposed: dict[str, None] = field(default_factory=dict)
    bounds: dict[tuple[str, int, int], set[str]] = field(default_factory=dict)
    running: dict[str, tuple[str, str]] = field(default_factory=dict)
    everywhere: bool = False
    _fresh: int = 0

    def value(self, node: Node) -> Value:
        """The value of a tree.  Raises NoIndices."""
        for reads in READERS:
            found = reads(self, node)
            if found is not None:
                return found
        raise NoIndices

    def index(self, letter: str) -> str:
        return self.running[letter][0] if letter in self.running else letter

    def fresh(self) -> str:
        self._fresh += 1
        return f"@{self._fresh}"

    @contextmanager
    def over(self, letter: str, bounds: str) -> Iterator[str]:
        """While a letter runs between bounds: the name that it has in the meantime."""
        before, own = self.running.get(letter), self.fresh()
        self.running[letter] = own, bounds
        yield own
        if before is None:
            del self.running[letter]
        else:
            self.running[letter] = before

    def factor(self, name: str, letters: tuple[str, ...]) -> Term:
        """The entry of a name at indices, and between which bounds these run there.  Raises NoIndices."""
        for place, letter in enumerate(letters):
            bounds = self.running[letter][1] if letter in self.running else ""
            if bounds:
                every = self.bounds.setdefault((name, len(letters), place), set())
                every.add(bounds)
                if len(every) > 1:
                    raise NoIndices  # the sums run over different parts of it
        return Term(Fraction(1), ((name, tuple(map(self.index, letters))),))


READERS: tuple[Callable[[Indices, Node], Value | None], ...] = (
    values.letter_of,
    values.read_number,
    entries.read_run,
    values.read_sum,
    values.read_product,
    entries.read_entry,
    values.read_power,
    values.read_quotient,
    entries.read_big,
    entries.read_slope,
    entries.read_call,
    values.read_group,
)
"""What is tried in order."""
