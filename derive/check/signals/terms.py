"""Terms: a factor, unknown signals and impulses, under the integrals and sums that run over all numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count

from derive.check.signals import exponentials as ep
from derive.check.signals.exponentials import Polynomial, Unclear
from derive.meaning.form import (
    IMAGINARY,
    Form,
    free_variables,
    heads,
    neg,
    power,
    rebuild,
    substitute,
    var,
)

__all__ = ["Atom", "Binder", "Definition", "Signals", "Term", "Working", "multiplied", "replaced", "scaled"]

MOST_TERMS = 24
AS_DISTRIBUTIONS = "both sides are read as distributions"


@dataclass(frozen=True, slots=True)
class Atom:
    """What is not calculated with: an unknown signal's value, an impulse, a step.

    | kind | stands for |
    |---|---|
    | `signal` | the derivative of that order of the unknown function `name` at `arguments`; with `star` its conjugate |
    | `dirac` | the derivative of that order of the impulse |
    | `impulse` | 1 where the argument, a whole number, is 0, else 0 |
    | `step` | 1 where the argument is positive, 0 where it is negative |
    | `count` | 1 where the argument, a whole number, is not negative, else 0 |
    """

    kind: str
    name: str
    arguments: tuple[Form, ...]
    order: int = 0
    star: bool = False

    @property
    def argument(self) -> Form:
        return self.arguments[0]

    @property
    def letters(self) -> frozenset[str]:
        return frozenset().union(*map(free_variables, self.arguments))


@dataclass(frozen=True, slots=True)
class Binder:
    """A letter that an integral over all real numbers, or a sum over all whole ones, runs over."""

    name: str
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Term:
    """The product of the factor and the atoms, summed over the binders."""

    factor: Polynomial
    atoms: tuple[Atom, ...] = ()
    binders: tuple[Binder, ...] = ()

    def binder(self, name: str) -> Binder | None:
        return next((binder for binder in self.binders if binder.name == name), None)

    def without(self, name: str) -> Term:
        return replace(self, binders=tuple(b for b in self.binders if b.name != name))

    @property
    def bound(self) -> frozenset[str]:
        return frozenset(binder.name for binder in self.binders)


@dataclass(frozen=True, slots=True)
class Definition:
    """A transform of the unknown signal of that name, as the page defines it."""

    operator: str
    signal: str
    body: Form


@dataclass(frozen=True, slots=True)
class Signals:
    """What a page of signals says of its letters: whole numbers, complex ones, and how transforms are meant there.

    `heads` are the names of its signals, `unit` a letter that stands for the imaginary unit.
    """

    integers: frozenset[str] = frozenset()
    complexes: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    unit: str = ""
    fourier_letter: str = "omega"
    fourier_turns: bool = False
    one_sided_laplace: bool = False
    one_sided_z: bool = False
    definitions: tuple[Definition, ...] = ()


@dataclass(slots=True)
class Working:
    """One claim being worked on: fresh letters, and what has been used of what is not said."""

    signals: Signals
    numbers: Iterable[int] = field(default_factory=count)
    integers: frozenset[str] = frozenset()
    words: dict[str, None] = field(default_factory=dict)
    conditions: dict[Form, None] = field(default_factory=dict)
    positive: Callable[[str], bool] = field(default=lambda name: False)

    def fresh(self, *, whole: bool) -> str:
        name = f"v__{next(iter(self.numbers))}"
        if whole:
            self.integers |= {name}
        return name

    def polynomial(self, form: Form) -> Polynomial:
        return ep.polynomial(form, self.integers)

    def normal(self, form: Form) -> Form:
        return ep.normal(form, self.integers)

    def supposing(self, words: str) -> None:
        self.words.setdefault(words)

    def owing(self, condition: Form) -> None:
        """Add a condition; that a positive number is not 0 is none."""
        if condition.head == "ne" and any(map(self.is_positive, (condition.args[0], neg(condition.args[0])))):
            return
        self.conditions.setdefault(condition)

    def is_real(self, form: Form) -> bool:
        """Whether a form is real: made of numbers and real letters."""
        if form.head == "var":
            return form.name not in self.signals.complexes and form.name.removesuffix("_star") == form.name
        if form.head in ("num", "const"):
            return form != IMAGINARY
        return heads(form) <= _REAL and all(map(self.is_real, form.parts))

    def is_positive(self, form: Form) -> bool:
        """Whether a form is positive because its letters are known to be."""
        if form.head == "num":
            return form.value > 0
        if form.head == "const":
            return form.name in ("pi", "E")
        if form.head == "var":
            return self.positive(form.name)
        if form.head == "pow":
            return self.is_positive(form.args[0]) and form.args[1].head == "num"
        return form.head in ("add", "mul") and all(map(self.is_positive, form.parts))


_REAL = frozenset({"num", "var", "const", "add", "mul", "pow", "exp", "cos", "sin", "Abs", "log"})


def multiplied(one: Term, other: Term) -> Term:
    return Term(ep.times(one.factor, other.factor), one.atoms + other.atoms, one.binders + other.binders)


def scaled(term: Term, by: Polynomial) -> Term:
    return replace(term, factor=ep.times(term.factor, by))


def replaced(term: Term, values: dict[str, Form], working: Working) -> Term:
    """The term with letters replaced, in the factor and in all arguments."""
    atoms = tuple(
        replace(atom, arguments=tuple(working.normal(substitute(a, values)) for a in atom.arguments))
        if atom.letters & values.keys()
        else atom
        for atom in term.atoms
    )
    return replace(term, factor=ep.at(term.factor, values, working.integers), atoms=atoms)


def conjugate(form: Form, working: Working) -> Form:
    """The complex conjugate of an elementary form; letters that are not known to be complex are real."""
    match form.head:
        case "num":
            return form
        case "const":
            return neg(form) if form == IMAGINARY else form
        case "var":
            if form.name.endswith("_star"):
                return var(form.name.removesuffix("_star"))
            return var(f"{form.name}_star") if not working.is_real(form) else form
        case "pow":
            base, exponent = form.parts
            if not ep.is_whole(exponent, working.integers) and not (
                working.is_real(base) and working.is_real(exponent)
            ):
                raise Unclear("the conjugate of a power")
            return power(conjugate(base, working), exponent)
        case "add" | "mul" | "exp" | "cos" | "sin":
            return rebuild(form.head, (conjugate(part, working) for part in form.parts))
        case "log":
            return Form("log", (conjugate(form.args[0], working),))
        case "Abs":
            return form
    raise Unclear("the conjugate of this is not known")


def conjugated(term: Term, working: Working) -> Term:
    """The conjugate of a term: of everything under its integrals and sums.

    What is real keeps its place; the argument of a signal is that of its value, which is conjugated.
    """
    factor = working.polynomial(conjugate(ep.form_of(term.factor), working))
    atoms = tuple(replace(atom, star=not atom.star) if atom.kind == "signal" else atom for atom in term.atoms)
    for atom in term.atoms:
        if atom.kind != "signal" and not working.is_real(atom.argument):
            raise Unclear("an impulse at a complex number")
    return Term(factor, atoms, term.binders)


def differentiated(term: Term, name: str, working: Working) -> list[Term]:
    """The derivative by a letter, by the product and chain rules, under the integrals and sums."""
    found = []
    factor = derived(term.factor, name, working)
    if factor:
        found.append(replace(term, factor=factor))
    for place, atom in enumerate(term.atoms):
        if name not in atom.letters:
            continue
        if len(atom.arguments) != 1 or atom.kind in ("impulse", "count"):
            raise Unclear("a derivative by whole numbers, or of a function of several")
        line = ep.linear(atom.argument, name)
        if line is None:
            raise Unclear("a derivative by a letter that does not stand linearly")
        if atom.kind == "within":
            raise Unclear("a derivative of a window")
        if atom.kind != "signal":
            working.supposing(AS_DISTRIBUTIONS)
        new = Atom("dirac", "", atom.arguments) if atom.kind == "step" else replace(atom, order=atom.order + 1)
        atoms = (*term.atoms[:place], new, *term.atoms[place + 1 :])
        found.append(Term(ep.times(term.factor, working.polynomial(line[0])), atoms, term.binders))
    return found


def derived(value: Polynomial, name: str, working: Working) -> Polynomial:
    """The derivative of an exponential polynomial."""
    total: Polynomial = {}
    for monomial, number in value.items():
        for place, (form, exponent) in enumerate(monomial):
            if name not in free_variables(form):
                continue
            rest = {(*monomial[:place], *monomial[place + 1 :]): number}
            if form.head == "exp":
                inner = derived(working.polynomial(form.args[0]), name, working)
                total = ep.plus(total, ep.times({monomial: number}, inner))
                continue
            if form.head == "var":
                inner = {(): Fraction(1)}
            elif form.head == "add":
                inner = derived(working.polynomial(form), name, working)
            else:
                raise Unclear("a derivative of this is not known here")
            lowered: Polynomial = {((form, exponent - 1),): Fraction(exponent)} if exponent != 1 else {(): Fraction(1)}
            total = ep.plus(total, ep.times(ep.times(rest, lowered), inner))
    return total
