"""Sums of products of entries: what is summed over has no name of its own, so that equal is equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

__all__ = ["DELTA", "NoIndices", "Term", "derivative", "doubled", "normal_form", "times"]

DELTA = "delta__"
MOST_TERMS = 60
MOST_SUMMED = 5

Factor = tuple[str, tuple[str, ...]]
"""A vector or matrix (a number, if it has no indices) and the indices at which its entry is taken."""


class NoIndices(Exception):
    """This is nothing that indices say, or too much of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number times entries, summed over some of their indices."""

    scale: Fraction
    factors: tuple[Factor, ...] = ()
    summed: frozenset[str] = frozenset()


def times(left: Iterable[Term], right: Iterable[Term]) -> tuple[Term, ...]:
    """The product, multiplied out; the two sum over different indices.  Raises NoIndices."""
    second = tuple(right)
    found = tuple(Term(a.scale * b.scale, (*a.factors, *b.factors), a.summed | b.summed) for a in left for b in second)
    if len(found) > MOST_TERMS:
        raise NoIndices
    return found


def derivative(terms: Iterable[Term], name: str, at: tuple[str, ...]) -> tuple[Term, ...]:
    """The derivative by an entry, by the product rule: an entry by an entry is 1 where the indices agree, else 0."""
    found: list[Term] = []
    for term in terms:
        for place, (factor, indices) in enumerate(term.factors):
            if factor != name or len(indices) != len(at):
                continue
            deltas = tuple((DELTA, pair) for pair in zip(indices, at, strict=True))
            rest = (*term.factors[:place], *deltas, *term.factors[place + 1 :])
            found.append(Term(term.scale, rest, term.summed))
    return tuple(found)


def doubled(terms: Iterable[Term], free: Iterable[str]) -> tuple[Term, ...]:
    """The terms with an index that stands in one of them twice summed over, unless it is one of the free ones."""
    kept = frozenset(free)
    found: list[Term] = []
    for term in terms:
        every = [index for _, indices in term.factors for index in indices if index not in term.summed]
        twice = {index for index in every if every.count(index) == 2 and index.isalpha() and index not in kept}
        renaming = {index: f"{index}__{len(found)}" for index in twice}
        factors = tuple(_renamed(term.factors, renaming))
        found.append(Term(term.scale, factors, term.summed | frozenset(renaming.values())))
    return tuple(found)


def normal_form(terms: Iterable[Term], symmetric: frozenset[str] = frozenset()) -> dict[tuple[object, ...], Fraction]:
    """Each product once, with what stands before it: finite sums may be taken in any order.  Raises NoIndices."""
    total: dict[tuple[object, ...], Fraction] = {}
    for term in terms:
        if len(term.summed) > MOST_SUMMED:
            raise NoIndices
        key = _named(_without_deltas(term), symmetric)
        total[key] = total.get(key, Fraction(0)) + term.scale
    return {key: scale for key, scale in total.items() if scale}


def _without_deltas(term: Term) -> Term:
    """What is summed over with a Kronecker delta is taken where that is 1."""
    factors, summed = term.factors, term.summed
    for _ in range(len(factors)):
        for place, (name, indices) in enumerate(factors):
            if name != DELTA:
                continue
            first, second = indices
            if first == second and first in summed:
                continue
            rest = (*factors[:place], *factors[place + 1 :])
            gone = first if first in summed else second if second in summed else None
            if gone is not None:
                other = second if gone == first else first
                factors, summed = tuple(_renamed(rest, {gone: other})), summed - {gone}
                break
            if first == second:
                factors = rest
                break
        else:
            break
    return Term(term.scale, factors, summed)


def _named(term: Term, symmetric: frozenset[str]) -> tuple[object, ...]:
    """The product with its summed indices numbered, in the first of all orders of them."""
    used = sorted(term.summed)
    plain = {index for name, indices in term.factors for index in indices if name != DELTA}
    if not term.summed <= plain:
        raise NoIndices  # a number of terms, of which nothing says which it is
    ways = (
        tuple(sorted(_tidy(_renamed(term.factors, dict(zip(order, _NUMBERED, strict=False))), symmetric)))
        for order in permutations(used)
    )
    return (min(ways), len(used))


_NUMBERED = tuple(f"#{place}" for place in range(MOST_SUMMED))


def _tidy(factors: Iterable[Factor], symmetric: frozenset[str]) -> Iterator[Factor]:
    for name, indices in factors:
        yield (name, tuple(sorted(indices))) if name == DELTA or name in symmetric else (name, indices)


def _renamed(factors: Iterable[Factor], names: Mapping[str, str]) -> Iterator[Factor]:
    for name, indices in factors:
        yield name, tuple(names.get(index, index) for index in indices)
