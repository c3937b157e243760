"""Laws of spectra: what a page says that `X(j\\omega)` is, and else what the capital letter stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derive.check.signals import exponentials as ep
from derive.check.signals.conventions import OPERATORS
from derive.check.signals.exponentials import Unclear
from derive.check.signals.terms import Definition, Signals
from derive.meaning.form import IMAGINARY, Form, call, free_variables, heads, opaque, quotient, sub, var

__all__ = ["Law", "convention", "definitions_of", "law_of", "laws_of", "place_in"]

DISCRETE = frozenset({"ztransform", "dtft", "dft"})


@dataclass(frozen=True, slots=True)
class Law:
    """`name(argument) = body` for all values of the letter in the argument; `words` where the page does not say so."""

    name: str
    argument: Form
    letter: str
    body: Form
    words: str = ""


def laws_of(equations: Iterable[tuple[Form, Form]]) -> tuple[Law, ...]:
    """What a page says of spectra: `X(s) = \\mathcal{L}\\{x(t)\\}`, `X(s) = \\int x(t) e^{-st} dt`, of an unknown x."""
    found: dict[tuple[str, Form, bool], Law] = {}
    for one, other in equations:
        for left, right in ((one, other), (other, one)):
            law = law_of(left, right)
            if law is not None:
                found.setdefault((law.name, law.argument, law.body.head == "opaque"), law)
    return tuple(found.values())


def law_of(left: Form, right: Form) -> Law | None:
    """The law that an equation is, None where it is none."""
    if left.head != "call" or len(left.args) != 2:
        return None
    letters = free_variables(left)
    if len(letters) != 1:
        return None
    (letter,) = letters
    if not _is_transform(right, left.name):
        return None
    return Law(left.name, left.args[1], letter, right)


def _is_transform(form: Form, name: str) -> bool:
    """Whether this is the transform of an unknown signal of a plain letter, by its name or by its integral."""
    if form.head == "opaque" and form.args[0] in OPERATORS and not str(form.args[0]).endswith("_back"):
        body = form.args[1]
        return body.head == "call" and body.name != name and len(body.args) == 2 and body.args[1].head == "var"
    signal = _transformed(form)
    return signal is not None and signal != name


def _transformed(form: Form) -> str | None:
    """The one unknown signal of what is integrated or summed over, in `c \\int x(t) k(t, w) dt`; None of all else."""
    factors = form.parts if form.head == "mul" else (form,)
    whole = [part for part in factors if part.head in ("int", "sum") and len(part.args) == 4]
    if len(whole) != 1 or whole[0].args[0].head != "mul":
        return None
    body, letter = whole[0].args[0], whole[0].args[1]
    signals = [part for part in body.parts if part.head == "call"]
    rest = [part for part in (*factors, *body.parts) if part not in (whole[0], *signals)]
    if len(signals) != 1 or signals[0].parts != (letter,) or any({"call", "opaque"} & heads(part) for part in rest):
        return None
    return str(signals[0].name)


def definitions_of(equations: Iterable[tuple[Form, Form]], laws: Iterable[Law]) -> tuple[Definition, ...]:
    """How a page defines its transforms: `\\mathcal{L}\\{x(t)\\} = \\int x(t) e^{-st} dt`, maybe by way of `X(s)`."""
    found: dict[str, Definition] = {}
    waiting = [*equations, *((call(law.name, law.argument), law.body) for law in laws)]
    names: dict[Form, list[Form]] = {}
    for one, other in waiting:
        names.setdefault(one, []).append(other)
    for one, others in names.items():
        members = (one, *others)
        for operator in members:
            if operator.head != "opaque" or operator.args[0] not in OPERATORS or operator.args[1].head != "call":
                continue
            signal = operator.args[1]
            body = next((m for m in members if _transformed(m) == signal.name), None)
            if body is not None and len(signal.args) == 2 and signal.args[1].head == "var":
                name = str(operator.args[0])
                found.setdefault(name, Definition(name, signal.name, body))
    return tuple(found.values())


def convention(form: Form, signals: Signals, names: frozenset[str]) -> Law | None:
    """What a capital letter before a frequency stands for: the transform of the signal with the small letter."""
    if form.head != "call" or len(form.args) != 2:
        return None
    letter, *marks = form.name.split("_")
    if len(letter) != 1 or not letter.isupper():
        return None
    small = "_".join((letter.lower(), *marks))
    if small not in names:
        return None
    kind = _kind(form.args[1], signals)
    if kind is None:
        return None
    operator, argument, by = kind
    time = var("k" if operator in DISCRETE else "t")
    words = f"{letter} is the transform of {letter.lower()}"
    return Law(form.name, argument, by, opaque(operator, call(small, time)), words)


def _kind(argument: Form, signals: Signals) -> tuple[str, Form, str] | None:
    """Which transform has such an argument."""
    names = free_variables(argument)
    if argument.head == "exp" and "I" in str(argument):
        return "dtft", Form("exp", (Form("mul", (IMAGINARY, var("Omega"))),)), "Omega"
    if IMAGINARY in _factors(argument):
        return "fourier", Form("mul", (IMAGINARY, var(signals.fourier_letter))), signals.fourier_letter
    stems = {name.split("_")[0] for name in names}
    if "mu" in stems:
        return "dft", var("mu"), "mu"
    if "z" in stems:
        return "ztransform", var("z"), "z"
    if "s" in stems:
        return "laplace", var("s"), "s"
    if signals.fourier_letter in stems:
        return "fourier", var(signals.fourier_letter), signals.fourier_letter
    return None


def _factors(form: Form) -> Iterator[Form]:
    if form.head in ("mul", "add"):
        for part in form.parts:
            yield from _factors(part)
    else:
        yield form


def place_in(form: Form, law: Law) -> Form | None:
    """The value of the law's letter for which its argument is that of a call; None where there is none."""
    argument, pattern = form.args[1], law.argument
    if pattern.head == "exp":
        if argument.head != "exp":
            return None
        argument, pattern = argument.args[0], pattern.args[0]
    try:
        line = ep.linear(pattern, law.letter)
        if line is None:
            return None
        return ep.normal(quotient(sub(argument, line[1]), line[0]))
    except Unclear:
        return None
