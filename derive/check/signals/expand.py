"""From forms to terms: transforms, convolutions and steps replaced by what they are defined to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from derive.check.signals import exponentials as ep
from derive.check.signals.exponentials import Unclear
from derive.check.signals.terms import (
    MOST_TERMS,
    Atom,
    Binder,
    Term,
    Working,
    conjugated,
    differentiated,
    multiplied,
    replaced,
    scaled,
)
from derive.meaning.form import (
    HALF,
    IMAGINARY,
    INFINITIES,
    ONE,
    Form,
    add,
    heads,
    neg,
    quotient,
    sub,
    subforms,
    substitute,
    var,
)

__all__ = ["POINTWISE", "SIGNALS", "Terms", "expanded", "has_signals"]

Terms = list[Term]
FREQUENCIES = frozenset({"omega", "Omega", "f", "nu", "xi", "mu", "s", "z", "t"})
UNIT: ep.Polynomial = {(): Fraction(1)}


def has_signals(form: Form) -> bool:
    """Whether unknown signals, impulses, convolutions or transforms stand in a form."""
    return any(part.head == "call" or (part.head == "opaque" and part.args[0] in SIGNALS) for part in subforms(form))


def expanded(form: Form, working: Working) -> Terms:
    """The terms whose sum the form is.  Raises Unclear where something is not understood."""
    found = _expanded(form, working)
    if len(found) > MOST_TERMS:
        raise Unclear("too many terms")
    return found


def _expanded(form: Form, working: Working) -> Terms:
    match form.head:
        case "add":
            return [term for part in form.parts for term in expanded(part, working)]
        case "mul":
            return _product([expanded(part, working) for part in form.parts])
        case "pow":
            return _power(form, working)
        case "call":
            return [Term(UNIT, (Atom("signal", form.name, tuple(working.normal(a) for a in form.parts)),))]
        case "int" if len(form.args) == 4:
            return _bound(form, working, is_sum=False)
        case "sum":
            return _bound(form, working, is_sum=True)
        case "diff":
            return _derivative(form, working)
        case "subs":
            body, name, value = form.parts
            return [replaced(term, {name.name: value}, working) for term in expanded(body, working)]
        case "re" | "im":
            return _part(form, working)
        case "opaque" if form.args[0] in SIGNALS:
            return SIGNALS[str(form.args[0])](form.parts, working)
    if has_signals(form):
        raise Unclear("an unknown signal inside another function")
    if "int" in heads(form) or "sum" in heads(form) or "limit" in heads(form) or "opaque" in heads(form):
        raise Unclear("an integral inside another function")
    return [Term(working.polynomial(form))]


def _product(factors: list[Terms]) -> Terms:
    found = [Term(UNIT)]
    for factor in factors:
        found = [multiplied(one, _renamed_apart(other, one)) for one in found for other in factor]
        if len(found) > MOST_TERMS:
            raise Unclear("too many terms")
    return found


def _renamed_apart(term: Term, other: Term) -> Term:
    """Terms have letters of their own, so that products of sums need no renaming; squares do."""
    if term.bound & other.bound:
        raise Unclear("one sum twice")
    return term


def _power(form: Form, working: Working) -> Terms:
    base, exponent = form.parts
    whole = exponent.head == "num" and exponent.value.denominator == 1
    if base.head == "Abs" and whole and exponent.value == 2:
        inside = base.args[0]
        if has_signals(inside):
            return _product([expanded(inside, working), _conjugate((inside,), working)])
    if not has_signals(form) and not heads(form) & {"int", "sum", "limit"}:
        return [Term(working.polynomial(form))]
    if whole and 1 < exponent.value <= 3:
        return _product([expanded(base, working) for _ in range(int(exponent.value))])
    raise Unclear("a power of an unknown signal")


def _bound(form: Form, working: Working, *, is_sum: bool) -> Terms:
    """An integral or a sum over a range as one over everything, times steps that are 0 outside the range.

    `\\int_a^b f = \\int (u(t - a) - u(t - b)) f` for either order of a and b.
    """
    body, name, lower, upper = form.parts
    fresh = working.fresh(whole=is_sum)
    letter = var(fresh)
    terms = expanded(substitute(body, {name.name: letter}), working)
    binder = Binder(fresh, is_sum)
    terms = [replace(term, binders=(*term.binders, binder)) for term in terms]
    below, above = lower == INFINITIES[1], upper == INFINITIES[0]
    kind = "count" if is_sum else "step"
    if is_sum and not (
        (below or ep.is_whole(working.normal(lower), working.integers))
        and (above or ep.is_whole(working.normal(upper), working.integers))
    ):
        raise Unclear("a sum between bounds that may be no whole numbers")
    starts = Atom(kind, "", (working.normal(sub(letter, lower)),))
    if below and above:
        return terms
    if above:
        return [replace(term, atoms=(*term.atoms, starts)) for term in terms]
    if below:
        ends = Atom(kind, "", (working.normal(sub(upper, letter)),))
        return [replace(term, atoms=(*term.atoms, ends)) for term in terms]
    beyond = sub(letter, add(upper, ONE)) if is_sum else sub(letter, upper)
    window = Atom("within", kind, (starts.argument, working.normal(beyond)))
    return [replace(term, atoms=(*term.atoms, window)) for term in terms]


def _derivative(form: Form, working: Working) -> Terms:
    body, name, order = form.parts
    if order.head != "num" or order.value not in (1, 2):
        raise Unclear("a derivative of that order")
    terms = expanded(body, working)
    for _ in range(int(order.value)):
        terms = [each for term in terms for each in differentiated(term, name.name, working)]
    return terms


def _part(form: Form, working: Working) -> Terms:
    """The real or imaginary part by the value and its conjugate."""
    (inside,) = form.parts
    half = working.polynomial(HALF if form.head == "re" else quotient(HALF, IMAGINARY))
    other = half if form.head == "re" else working.polynomial(neg(quotient(HALF, IMAGINARY)))
    plain = [scaled(term, half) for term in expanded(inside, working)]
    return plain + [scaled(term, other) for term in _conjugate((inside,), working)]


# --- what the operators are ----------------------------------------------------------------------------------


def _conjugate(parts: tuple[Form, ...], working: Working) -> Terms:
    return [conjugated(term, working) for term in expanded(parts[0], working)]


def _atom(kind: str, *, whole: bool = False) -> Callable[[tuple[Form, ...], Working], Terms]:
    def made(parts: tuple[Form, ...], working: Working) -> Terms:
        if len(parts) != 1 or has_signals(parts[0]):
            raise Unclear("an impulse of this is not known")
        argument = working.normal(parts[0])
        if whole and not ep.is_whole(argument, working.integers):
            raise Unclear("a sequence between whole numbers")
        return [Term(UNIT, (Atom(kind, "", (argument,)),))]

    return made


def _sign(parts: tuple[Form, ...], working: Working) -> Terms:
    return [scaled(term, {(): Fraction(2)}) for term in _atom("step")(parts, working)] + [Term({(): Fraction(-1)})]


def _box(parts: tuple[Form, ...], working: Working) -> Terms:
    """1 between -1/2 and 1/2."""
    working.supposing("rect(t) is 1 for |t| < 1/2 and else 0")
    inside = working.normal(parts[0])
    ends = (working.normal(add(inside, HALF)), working.normal(sub(inside, HALF)))
    return [Term(UNIT, (Atom("within", "step", ends),))]


def _run(parts: tuple[Form, ...], working: Working) -> Terms:
    """1 at the first N whole numbers from 0."""
    working.supposing("rect_N[k] is 1 for 0 ≤ k < N and else 0")
    inside = working.normal(parts[0])
    if not all(ep.is_whole(working.normal(part), working.integers) for part in parts):
        raise Unclear("a sequence between whole numbers")
    return [Term(UNIT, (Atom("within", "count", (inside, working.normal(sub(inside, parts[1])))),))]


def _comb(parts: tuple[Form, ...], working: Working) -> Terms:
    fresh = working.fresh(whole=True)
    impulse = Atom("dirac", "", (working.normal(sub(parts[0], var(fresh))),))
    return [Term(UNIT, (impulse,), (Binder(fresh, True),))]


def _usual(parts: tuple[Form, ...], working: Working) -> Terms:
    """What holds by a convention that the page does not state."""
    words, body = parts
    working.supposing(words.args[0])
    return expanded(body, working)


SIGNALS: Mapping[str, Callable[[tuple[Form, ...], Working], Terms]] = {
    "conjugate": _conjugate,
    "dirac": _atom("dirac"),
    "impulse": _atom("impulse", whole=True),
    "step": _atom("step"),
    "steps": _atom("count", whole=True),
    "signum": _sign,
    "box": _box,
    "run": _run,
    "comb": _comb,
    "usual": _usual,
}
"""Operators with laws of their own, and what they are."""

POINTWISE = frozenset({"conjugate", "dirac", "impulse", "step", "steps", "signum", "box", "run"})
"""Those without an integral or sum in them."""
