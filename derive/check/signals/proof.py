"""Equalities of signals proved: both sides unfolded to terms, reduced, and matched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from derive.check.signals import exponentials as ep
from derive.check.signals.expand import POINTWISE, expanded, has_signals
from derive.check.signals.exponentials import Unclear
from derive.check.signals.laws import Law, convention, place_in
from derive.check.signals.matching import alike, matched
from derive.check.signals.reduce import CONVERGE, reduced
from derive.check.signals.terms import Signals, Term, Working
from derive.check.signals.unfolding import is_unfolded, unfolded
from derive.meaning.form import IMAGINARY, ZERO, Form, free_variables, heads, rebuild, subforms, substitute
from derive.model.claim import Claim
from derive.model.context import Context, Variable
from derive.model.verdict import Verdict

__all__ = ["Theory", "proved", "takes_parts", "with_unit"]

Ask = Callable[[Claim], Verdict]
MOST_UNFOLDINGS = 12
SPLIT = "the integrals and sums converge"
_PARTS = frozenset({"re", "im", "Abs", "arg", "sign"})
UNDER = "derivatives may be taken under the integrals and sums"


@dataclass(frozen=True, slots=True)
class Theory:
    """What a page says of its signals, and the laws of its spectra."""

    signals: Signals
    laws: tuple[Law, ...] = ()


def proved(left: Form, right: Form, context: Context, theory: Theory, ask: Ask) -> Verdict | None:
    """A proof that two expressions of signals are equal; None where there is none.

    Unknown signals are functions of which nothing is known but that the integrals, sums and derivatives on the page
    exist; every transform and convolution is replaced by its definition, so that a law of transforms is an equality
    of integrals.  What such a calculation needs beyond the definitions is a condition, in words or as a formula.
    """
    if not (_speaks(left) or _speaks(right)):
        return None
    if not (is_unfolded(left) and is_unfolded(right)):
        return None
    left, right = (with_unit(side, theory.signals) for side in (left, right))
    names = _names(theory, left, right)
    for laws in ((), theory.laws, None):
        working = _working(theory.signals, context)
        try:
            sides = [_unfolded(side, theory, laws, names, working) for side in (left, right)]
            if sides[0] == sides[1]:
                return _verdict(working, [], context, ask)
            terms = [expanded(side, working) for side in sides]
            words = _needed(terms, sides)
            in_order = alike(terms[0], terms[1], working)
            if in_order is not None:
                return _verdict(working, [] if in_order else words, context, ask)
            done = [reduced(side, working) for side in terms]
            equal = _equality(working, context, ask)
            if matched(done[0], done[1], working, equal):
                return _verdict(working, words, context, ask)
        except (Unclear, RecursionError):
            continue
    return None


def with_unit(form: Form, signals: Signals) -> Form:
    """The form with the page's letter for the imaginary unit as that."""
    return substitute(form, {signals.unit: IMAGINARY}) if signals.unit else form


def takes_parts(form: Form, theory: Theory) -> bool:
    """Whether real parts, imaginary parts or sizes of what may be complex occur, which the ladder takes for real."""
    return any(
        part.head in _PARTS and (has_signals(part) or bool(free_variables(part) & theory.signals.complexes))
        for part in subforms(form)
    )


def _speaks(form: Form) -> bool:
    return has_signals(form) or bool({"int", "sum"} & heads(form))


def _working(signals: Signals, context: Context) -> Working:
    working = Working(signals, integers=signals.integers)
    working.numbers = iter(working.numbers)

    def positive(name: str) -> bool:
        lower = context.variable(name).lower
        return (
            lower is not None
            and lower.value.head == "num"
            and (lower.value.value > 0 or (lower.value.value == 0 and lower.strict))
        )

    working.positive = positive
    return working


def _names(theory: Theory, *forms: Form) -> frozenset[str]:
    """The names of unknown signals, on the page and in the forms."""
    found = {part.name for form in forms for part in subforms(form) if part.head == "call"}
    return theory.signals.heads | found


def _unfolded(
    form: Form, theory: Theory, laws: tuple[Law, ...] | None, names: frozenset[str], working: Working
) -> Form:
    """The form with spectra replaced by what they are the transforms of; with None, by convention too."""
    if laws == ():
        return form
    parts = tuple(_unfolded(arg, theory, laws, names, working) if isinstance(arg, Form) else arg for arg in form.args)
    form = rebuild(form.head, parts) if any(isinstance(arg, Form) for arg in form.args) else form
    if form.head != "call" or len(form.args) != 2:
        return form
    known = [law for law in theory.laws if law.name == form.name]
    if not known and laws is None:
        known = list(filter(None, [convention(form, theory.signals, names)]))
    for law in known:
        value = place_in(form, law)
        if value is None or (law.letter not in working.signals.complexes and not working.is_real(value)):
            continue
        if law.words:
            working.supposing(law.words)
        return substitute(unfolded(law.body, working.signals), {law.letter: value})
    return form


def _needed(terms: list[list[Term]], sides: list[Form]) -> list[str]:
    """What has to be supposed for integrals and sums to be split, exchanged and differentiated."""
    everything = [term for side in terms for term in side]
    infinite = [[b for b in term.binders if not _is_finite_sum(term, b.name)] for term in everything if term.atoms]
    words = []
    if any(len(found) > 1 for found in infinite):
        words.append(CONVERGE)
    elif any(infinite) and any(sum(bool(term.binders) for term in side) > 1 for side in terms):
        words.append(SPLIT)
    if any(part.head == "diff" and _runs(part) for side in sides for part in subforms(side)):
        words.append(UNDER)
    return words


def _runs(form: Form) -> bool:
    """Whether an integral or sum is in a form, written or as a transform or convolution."""
    return any(
        part.head in ("int", "sum") or (part.head == "opaque" and part.args[0] not in POINTWISE)
        for part in subforms(form)
    )


def _is_finite_sum(term: Term, name: str) -> bool:
    binder = term.binder(name)
    return (
        binder is not None
        and binder.is_sum
        and any(atom.kind == "within" and name in atom.letters for atom in term.atoms)
    )


def _equality(working: Working, context: Context, ask: Ask) -> Callable[[Form, Form], bool]:
    def equal(one: Form, other: Form) -> bool:
        one, other = ep.with_powers(one), ep.with_powers(other)
        if one == other:
            return True
        known = context
        for name in sorted(free_variables(one) | free_variables(other)):
            if name in working.integers:
                known = known.with_variable(replace(known.variable(name), sort="integer"))
            elif name in working.signals.complexes or name.endswith("_star"):
                known = known.with_variable(Variable(name, "complex"))
        verdict = ask(Claim("identity", one, other, known))
        for condition in verdict.conditions if verdict.status == "conditional" else ():
            working.owing(condition)
        return verdict.status in ("proved", "conditional")

    return equal


def _verdict(working: Working, words: list[str], context: Context, ask: Ask) -> Verdict | None:
    if any(name[:3] in ("v__", "p__") for c in working.conditions for name in free_variables(c)):
        return None
    owed = [c for c in working.conditions if not _granted(c, context, ask)]
    said = [Form("said", (text,)) for text in (*working.words, *words)]
    conditions = tuple(dict.fromkeys((*owed, *said)))
    return Verdict("conditional" if conditions else "proved", "signals", "exact", conditions=conditions)


def _granted(condition: Form, context: Context, ask: Ask) -> bool:
    if condition.head == "ne" and condition.args[1] == ZERO and condition.args[0].head == "var":
        variable = context.variable(condition.args[0].name)
        return variable.lower is not None and variable.lower.strict and variable.lower.value == ZERO
    return False
