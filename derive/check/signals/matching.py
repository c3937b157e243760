"""Matching: two sums of terms are equal if they are the same after linear changes of what they run over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations

from derive.check.signals import exponentials as ep
from derive.check.signals.exponentials import Polynomial
from derive.check.signals.terms import Atom, Binder, Term, Working, replaced, scaled
from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, fn, mul, num, power, sub, var

__all__ = ["Equal", "alike", "matched"]

Equal = Callable[[Form, Form], bool]
Shape = tuple[object, ...]
Key = tuple[tuple[Atom, ...], tuple[Binder, ...]]
MOST_WAYS = 60
MOST_BINDERS = 3


def matched(left: list[Term], right: list[Term], working: Working, equal: Equal) -> bool:
    """Whether two sums of terms are the same: after changes of variables, terms with the same signals are compared.

    An integral over all real numbers may be taken over `c t + b` in place of t, with the factor |c|; a sum over all
    whole numbers over `k + b` or `b - k`.  What then stands beside the same signals under the same integrals is
    compared as functions of the letters, and functions that are equal everywhere have equal integrals.
    """
    table: dict[Key, list[Polynomial]] = {}
    for term in left:
        way = next(_ways(term, working))
        entry = table.setdefault(_key(way), [{}, {}])
        entry[0] = ep.plus(entry[0], way.factor)
    for term in right:
        ways = []
        for count, way in enumerate(_ways(term, working)):
            if count >= MOST_WAYS:
                break
            ways.append(way)
        known = [way for way in ways if _key(way) in table]
        exact = [way for way in known if way.factor == table[_key(way)][0]]
        chosen = (exact or known or ways)[0]
        entry = table.setdefault(_key(chosen), [{}, {}])
        entry[1] = ep.plus(entry[1], chosen.factor)
    return all(one == other or equal(ep.form_of(one), ep.form_of(other)) for one, other in table.values())


def alike(left: list[Term], right: list[Term], working: Working) -> bool | None:
    """Whether two sums of terms are the same but for the names of what they run over; None where they are not.

    True where there is one term, in which nothing has to be split or exchanged.
    """
    if len(left) != len(right):
        return None
    waiting = list(right)
    for term in left:
        named = _with_names(term, term.binders, working)
        found = next((other for other in waiting if any(_same(named, way) for way in _orders(other, working))), None)
        if found is None:
            return None
        waiting.remove(found)
    return len(left) == 1 and _same(
        _with_names(left[0], left[0].binders, working), _with_names(right[0], right[0].binders, working)
    )


def _orders(term: Term, working: Working) -> Iterator[Term]:
    if len(term.binders) <= MOST_BINDERS:
        for order in permutations(term.binders):
            yield _with_names(term, order, working)


def _with_names(term: Term, order: tuple[Binder, ...], working: Working) -> Term:
    """The term that runs over `n__0`, `n__1`, ... in that order."""
    names = {binder.name: f"n__{place}{'w' * binder.is_sum}" for place, binder in enumerate(order)}
    working.integers |= {names[binder.name] for binder in order if binder.is_sum}
    moved = replaced(term, {old: var(new) for old, new in names.items()}, working)
    return replace(moved, binders=tuple(Binder(names[b.name], b.is_sum) for b in term.binders))


def _same(one: Term, other: Term) -> bool:
    return one.factor == other.factor and _key(one) == _key(other)


def _key(term: Term) -> Key:
    return tuple(sorted(term.atoms, key=repr)), tuple(sorted(term.binders, key=repr))


def _ways(term: Term, working: Working) -> Iterator[Term]:
    """The term in each of the ways to let it run over the arguments of its signals."""
    atoms = tuple(sorted(term.atoms, key=_rank))
    yield from _moved(replace(term, atoms=atoms), 0, frozenset(), working)


def _rank(atom: Atom) -> tuple[object, ...]:
    return atom.kind != "signal", atom.kind, atom.name, atom.star, atom.order, repr(atom.arguments)


def _moved(term: Term, done: int, used: frozenset[int], working: Working) -> Iterator[Term]:
    waiting = [binder for binder in term.binders if not binder.name.startswith("p__")]
    if not waiting:
        yield term
        return
    found = False
    for place, atom in enumerate(term.atoms):
        if place in used or atom.kind != "signal" or len(atom.arguments) != 1:
            continue
        for binder in waiting:
            name = f"p__{place}{'w' * binder.is_sum}"
            moved = _over_argument(term, atom, binder, name, working)
            if moved is not None:
                found = True
                yield from _moved(moved, done + 1, used | {place}, working)
                break
    if not found:
        binder = waiting[0]
        name = f"p__r{done}{'w' * binder.is_sum}"
        yield from _moved(_renamed(term, binder, name, working), done + 1, used, working)


def _renamed(term: Term, binder: Binder, name: str, working: Working) -> Term:
    if binder.is_sum:
        working.integers |= {name}
    binders = tuple(Binder(name, b.is_sum) if b == binder else b for b in term.binders)
    return replace(replaced(term, {binder.name: var(name)}, working), binders=binders)


def _over_argument(term: Term, atom: Atom, binder: Binder, name: str, working: Working) -> Term | None:
    """The term with the atom's argument in place of the letter that it runs over; None where that cannot be."""
    line = ep.linear(atom.argument, binder.name)
    if line is None or line[0] == ZERO:
        return None
    slope, rest = line
    size: Form = ONE
    if binder.is_sum:
        if slope.head != "num" or abs(slope.value) != 1 or not ep.is_whole(rest, working.integers):
            return None
        working.integers |= {name}
    elif slope.head == "num":
        size = num(abs(slope.value))
    else:
        if not working.is_real(slope) or not working.is_real(rest):
            return None
        working.owing(Form("ne", (slope, ZERO)))
        size = slope if working.is_positive(slope) else fn("Abs", slope)
    if not binder.is_sum and not working.is_real(rest):
        return None
    value = working.normal(mul(sub(var(name), rest), power(slope, MINUS_ONE)))
    binders = tuple(Binder(name, b.is_sum) if b == binder else b for b in term.binders)
    moved = replace(replaced(term, {binder.name: value}, working), binders=binders)
    place = term.atoms.index(atom)
    atoms = (*moved.atoms[:place], replace(atom, arguments=(var(name),)), *moved.atoms[place + 1 :])
    return scaled(replace(moved, atoms=atoms), working.polynomial(power(size, MINUS_ONE)))
