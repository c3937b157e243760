"""Unfolding: convolutions and transforms as the integrals and sums that they are, so that letters can be replaced."""

from __future__ import annotations

from derive.check.signals.conventions import OPERATORS, letter_of
from derive.check.signals.exponentials import Unclear
from derive.check.signals.terms import Definition, Signals
from derive.meaning.form import (
    INFINITIES,
    ONE,
    Form,
    free_variables,
    heads,
    mul,
    opaque,
    rebuild,
    sub,
    subforms,
    substitute,
    var,
)

__all__ = ["BINDING", "is_unfolded", "unfolded"]

_CONVOLUTIONS = {"convolution": "int", "convolution_sum": "sum"}
BINDING = frozenset({*_CONVOLUTIONS, *OPERATORS})
"""Operators whose value is no function of the letter that they run over, though it is written in them."""

_BROUGHT = frozenset({"omega", "Omega", "f", "nu", "xi", "mu", "s", "z", "t"})


def is_unfolded(form: Form) -> bool:
    return not any(part.head == "opaque" and part.args[0] in BINDING for part in subforms(form))


def unfolded(form: Form, signals: Signals) -> Form:
    """The form with each convolution and transform as an integral or a sum.

    `X(s + a)` of `X(s) = \\mathcal{L}\\{x(t)\\}` is no transform of the same form, since no s is written there;
    of the integral it is.  Raises Unclear where the letter is not to be seen.
    """
    if is_unfolded(form):
        return form
    parts = tuple(unfolded(arg, signals) if isinstance(arg, Form) else arg for arg in form.args)
    form = rebuild(form.head, parts)
    if form.head != "opaque" or form.args[0] not in BINDING:
        return form
    if form.args[0] in _CONVOLUTIONS:
        return _convolution(_CONVOLUTIONS[form.args[0]], form.parts, signals)
    return _transform(str(form.args[0]), form.parts, signals)


def _convolution(head: str, parts: tuple[Form, ...], signals: Signals) -> Form:
    """`\\int x(u) h(t - u) du`."""
    letter = letter_of(parts, signals, common=True)
    if letter is None:
        raise Unclear("by which letter this is convolved is not to be seen")
    inner = f"{letter}__"
    while any(inner in names_in(part) for part in parts):
        inner += "_"
    shifted = sub(var(letter), var(inner))
    body = mul(substitute(parts[0], {letter: var(inner)}), substitute(parts[1], {letter: shifted}))
    return Form(head, (body, var(inner), INFINITIES[1], INFINITIES[0]))


def names_in(form: Form) -> frozenset[str]:
    """All names in a form, bound ones too."""
    return frozenset(part.name for part in subforms(form) if part.head == "var")


def _transform(name: str, parts: tuple[Form, ...], signals: Signals) -> Form:
    operator = OPERATORS[name]
    letter = letter_of(parts[:1], signals, among=operator.letters)
    if letter is None:
        raise Unclear("of which letter this is a transform is not to be seen")
    said = next((each for each in signals.definitions if each.operator == name), None)
    if said is None:
        whole = operator.definition(parts[0], letter, parts[1:], signals)
        brought = free_variables(operator.definition(ONE, letter, parts[1:], signals))
    else:
        whole = _said_of(said, parts[0], letter)
        brought = free_variables(said.body)
    if brought & _BROUGHT & (free_variables(parts[0]) - {letter}):
        raise Unclear("a letter that the transform brings stands in the signal already")
    return whole if said is not None else opaque("usual", Form("said", (operator.words(signals),)), whole)


def _said_of(said: Definition, value: Form, letter: str) -> Form:
    """What the page says of an unknown signal, said of another one that is written with the letter."""
    (whole,) = (part for part in subforms(said.body) if part.head in ("int", "sum") and "call" in heads(part))
    body, bound, *limits = whole.parts
    if bound.name != letter and letter in names_in(said.body):
        raise Unclear("the letters of the definition and of the signal are the same")
    body = substitute(body, {bound.name: var(letter)})
    new = Form(whole.head, (_with_signal(body, said.signal, value), var(letter), *limits))
    return _with_whole(said.body, whole, new)


def _with_signal(body: Form, signal: str, value: Form) -> Form:
    if body.head == "call" and body.name == signal:
        return value
    parts = (_with_signal(a, signal, value) if isinstance(a, Form) else a for a in body.args)
    return rebuild(body.head, parts) if any(isinstance(a, Form) for a in body.args) else body


def _with_whole(form: Form, whole: Form, new: Form) -> Form:
    if form == whole:
        return new
    parts = (_with_whole(a, whole, new) if isinstance(a, Form) else a for a in form.args)
    return rebuild(form.head, parts) if any(isinstance(a, Form) for a in form.args) else form
