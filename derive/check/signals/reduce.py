"""Reducing terms: impulses sifted, derivatives moved, sums and integrals without unknown signals worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from derive.check.signals import exponentials as ep
from derive.check.signals.explicit import worked_out
from derive.check.signals.exponentials import Unclear
from derive.check.signals.terms import AS_DISTRIBUTIONS, Atom, Term, Working, differentiated, replaced, scaled
from derive.meaning.form import (
    IMAGINARY,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
    var,
)

__all__ = ["reduced"]

MOST_ROUNDS = 60
MOST_TERMS = 40
CONVERGE = "the integrals and sums converge absolutely"
VANISHES = "the signals vanish at infinity"


def reduced(terms: Iterable[Term], working: Working) -> list[Term]:
    """The terms with everything done that can be.  Raises Unclear where a step is not understood."""
    waiting, done = list(terms), list[Term]()
    for _ in range(MOST_ROUNDS):
        if not waiting:
            return done
        if len(waiting) + len(done) > MOST_TERMS:
            break
        term = waiting.pop()
        next_terms = _step(term, working)
        if next_terms is None:
            done.append(term)
        else:
            waiting += next_terms
    raise Unclear("too much to do")


def _step(term: Term, working: Working) -> list[Term] | None:
    """One step; None where nothing is left to do."""
    if not term.factor:
        return []
    for step in (_settled_step, _tighter, _sifted, _by_parts, _period, _explicit, _free_impulse):
        found = step(term, working)
        if found is not None:
            return found
    return None


def _settled_step(term: Term, working: Working) -> list[Term] | None:
    """Steps and impulses at numbers are 0 or 1."""
    for place, atom in enumerate(term.atoms):
        numbers = [a for a in atom.arguments if a.head == "num"]
        if atom.kind == "signal" or len(numbers) != len(atom.arguments):
            continue
        if atom.kind == "step" and numbers[0].value == 0:
            raise Unclear("a step at its jump")
        if atom.kind == "dirac":
            if numbers[0].value == 0:
                raise Unclear("an impulse at its place")
            return []
        if atom.kind == "within":
            values = [int(n.value >= 0 if atom.name == "count" else n.value > 0) for n in numbers]
            if atom.name == "step" and ZERO in numbers:
                raise Unclear("a step at its jump")
            value = values[0] - values[1]
        elif atom.kind == "impulse":
            value = int(numbers[0].value == 0)
        else:
            value = int(numbers[0].value >= 0 if atom.kind == "count" else numbers[0].value > 0)
        rest = replace(term, atoms=(*term.atoms[:place], *term.atoms[place + 1 :]))
        return [scaled(rest, {(): Fraction(value)})] if value else []
    return None


def _tighter(term: Term, working: Working) -> list[Term] | None:
    """Of two steps in one direction the one that comes later is enough."""
    steps = [atom for atom in term.atoms if atom.kind in ("step", "count")]
    for one in steps:
        for other in steps:
            if one is other or one.kind != other.kind:
                continue
            ahead = working.normal(sub(one.argument, other.argument))
            if ahead == ZERO or working.is_positive(ahead):
                atoms = list(term.atoms)
                atoms.remove(one)
                return [replace(term, atoms=tuple(atoms))]
    return None


def _sifted(term: Term, working: Working) -> list[Term] | None:
    """`\\int f(t) \\delta(c t + b) dt = f(-b/c) / |c|`, and for whole numbers `\\sum_k f(k) \\delta[k + b] = f(-b)`."""
    for place, atom in enumerate(term.atoms):
        if atom.kind not in ("dirac", "impulse"):
            continue
        for binder in term.binders:
            if binder.name not in atom.letters or binder.is_sum != (atom.kind == "impulse"):
                continue
            line = ep.linear(atom.argument, binder.name)
            if line is None:
                raise Unclear("an impulse at something that is not linear")
            slope, rest = line
            if binder.is_sum and (slope.head != "num" or abs(slope.value) != 1):
                raise Unclear("an impulse at every second number")
            bare = replace(term, atoms=(*term.atoms[:place], *term.atoms[place + 1 :])).without(binder.name)
            terms = [bare]
            for _ in range(atom.order):
                terms = [each for t in terms for each in differentiated(t, binder.name, working)]
            factor = power(quotient(MINUS_ONE, slope), num(atom.order)) if atom.order else ONE
            scale = working.polynomial(mul(factor, power(_size(slope, working), MINUS_ONE)))
            value = working.normal(quotient(neg(rest), slope))
            return [scaled(replaced(t, {binder.name: value}, working), scale) for t in terms]
    return None


def _size(slope: Form, working: Working) -> Form:
    """`|c|`; c is real and not 0."""
    if slope.head == "num":
        return num(abs(slope.value))
    if not working.is_real(slope):
        raise Unclear("a complex scale")
    working.owing(Form("ne", (slope, ZERO)))
    if working.is_positive(slope):
        return slope
    return fn("Abs", slope)


def _by_parts(term: Term, working: Working) -> list[Term] | None:
    """`\\int x'(c t + b) g = -\\int x(c t + b) g' / c`; a derivative stays at the last of several signals."""
    for place, atom in enumerate(term.atoms):
        if atom.kind != "signal" or not atom.order or len(atom.arguments) != 1:
            continue
        for binder in term.binders:
            if binder.is_sum or binder.name not in atom.letters:
                continue
            line = ep.linear(atom.argument, binder.name)
            others = [a for i, a in enumerate(term.atoms) if i != place and binder.name in a.letters]
            if line is None or any(a.kind == "signal" and _rank(a) <= _rank(atom) for a in others):
                continue
            if any(a.kind == "within" for a in others):
                continue
            working.supposing(VANISHES)
            lower = replace(atom, order=atom.order - 1)
            rest = replace(term, atoms=tuple(a for i, a in enumerate(term.atoms) if i != place))
            scale = working.polynomial(neg(power(line[0], MINUS_ONE)))
            return [
                scaled(replace(t, atoms=(*t.atoms, lower)), scale) for t in differentiated(rest, binder.name, working)
            ]
    return None


def _rank(atom: Atom) -> tuple[str, bool]:
    return atom.name, atom.star


def _period(term: Term, working: Working) -> list[Term] | None:
    """`\\int_a^{a + 2\\pi} e^{i n w} dw` is `2\\pi` where the whole number n is 0, and else 0."""
    for binder in term.binders:
        touching = [atom for atom in term.atoms if binder.name in atom.letters]
        if binder.is_sum or len(touching) != 1 or touching[0].kind != "within" or len(term.factor) != 1:
            continue
        ends = touching[0].arguments
        if working.normal(sub(ends[0], ends[1])) != working.normal(mul(TWO, PI)):
            continue
        (monomial,) = term.factor
        holding = [form for form, _ in monomial if binder.name in free_variables(form)]
        line = ep.linear(holding[0].args[0], binder.name) if len(holding) == 1 and holding[0].head == "exp" else None
        if line is None:
            continue
        turns = working.normal(neg(mul(IMAGINARY, line[0])))
        if turns.head == "num" or not ep.is_whole(turns, working.integers):
            continue
        rest = {tuple((f, e) for f, e in monomial if f != holding[0]): term.factor[monomial]}
        start = working.polynomial(mul(TWO, PI, fn("exp", line[1])))
        atoms = tuple(a for a in term.atoms if a != touching[0])
        bare = replace(term.without(binder.name), factor=ep.times(rest, start))
        return [replace(bare, atoms=(*atoms, Atom("impulse", "", (turns,))))]
    return None


def _explicit(term: Term, working: Working) -> list[Term] | None:
    for binder in term.binders:
        if any(binder.name in atom.letters and atom.kind in ("signal", "dirac", "impulse") for atom in term.atoms):
            continue
        found = worked_out(term, binder, working)
        if found is not None:
            return found
    return None


def _free_impulse(term: Term, working: Working) -> list[Term] | None:
    """`f(w) \\delta(c w + b) = f(-b/c) \\delta(w + b/c) / |c|`, the letter being the one that a transform has."""
    for place, atom in enumerate(term.atoms):
        if atom.kind not in ("dirac", "impulse") or atom.order:
            continue
        for name in ("omega", "Omega", "f", "nu", "xi", "t", "tau", "k", "n", "mu"):
            if name not in atom.letters:
                continue
            line = ep.linear(atom.argument, name)
            if line is None:
                continue
            slope, rest = line
            if atom.kind == "impulse" and (slope.head != "num" or abs(slope.value) != 1):
                continue
            value = working.normal(quotient(neg(rest), slope))
            others = replace(term, atoms=(*term.atoms[:place], *term.atoms[place + 1 :]))
            moved = replaced(others, {name: value}, working)
            plain = replace(atom, arguments=(working.normal(sub(var(name), value)),))
            if moved == others and plain == atom:
                continue
            if moved != others:
                working.supposing(AS_DISTRIBUTIONS)
            size = working.polynomial(power(_size(slope, working), MINUS_ONE))
            return [scaled(replace(moved, atoms=(*moved.atoms, plain)), size)]
    return None
