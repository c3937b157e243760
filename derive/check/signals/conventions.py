"""Conventions: what the names of the transforms mean, by the page where it says so, else as most books have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from derive.check.signals.terms import Signals
from derive.meaning.form import (
    HALF,
    IMAGINARY,
    INFINITIES,
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
    subforms,
    substitute,
    var,
)

__all__ = ["OPERATORS", "Operator", "letter_of"]

TIMES = ("t", "tau", "t_prime", "x")
STEPS = ("k", "n", "m", "kappa", "l", "i", "j")
FREQUENCIES = ("omega", "f", "nu", "xi", "Omega")


@dataclass(frozen=True, slots=True)
class Operator:
    """A transform: the letters that it sums or integrates over, what it is, and how that is said."""

    letters: tuple[str, ...]
    definition: Callable[[Form, str, tuple[Form, ...], Signals], Form]
    words: Callable[[Signals], str]


def letter_of(
    parts: Iterable[Form], signals: Signals, *, among: tuple[str, ...] = (), common: bool = False
) -> str | None:
    """The letter that signals run over: of those usual, one in the arguments (in all parts, with `common`)."""
    found = [_argued(part) for part in parts]
    letters = frozenset.intersection(*found) if common else frozenset().union(*found)
    usual = among or (*TIMES, *STEPS, "omega", "Omega", "f", "nu", "mu", "s", "z")
    return next((letter for letter in usual if letter in letters), None)


def _argued(form: Form) -> frozenset[str]:
    """The letters in the arguments of functions and impulses, or all where there is none."""
    arguments = frozenset[str]()
    for part in subforms(form):
        if part.head in ("call", "opaque", "exp", "cos", "sin"):
            arguments |= free_variables(part)
    return (arguments or free_variables(form)) & free_variables(form)


def _over(body: Form, letter: str, *, one_sided: bool = False, whole: bool = False) -> Form:
    start = ZERO if one_sided else INFINITIES[1]
    return Form("sum" if whole else "int", (body, var(letter), start, INFINITIES[0]))


def frequency(signals: Signals) -> Form:
    """`\\omega`, or `2 \\pi f`."""
    letter = var(signals.fourier_letter)
    return mul(TWO, PI, letter) if signals.fourier_turns else letter


def _fourier(body: Form, letter: str, extra: tuple[Form, ...], signals: Signals) -> Form:
    return _over(mul(body, fn("exp", neg(mul(IMAGINARY, frequency(signals), var(letter))))), letter)


def _fourier_back(body: Form, letter: str, extra: tuple[Form, ...], signals: Signals) -> Form:
    turned = substitute(frequency(signals), {signals.fourier_letter: var(letter)})
    whole = _over(mul(body, fn("exp", mul(IMAGINARY, turned, var("t")))), letter)
    return whole if signals.fourier_turns else mul(quotient(HALF, PI), whole)


def _laplace(body: Form, letter: str, extra: tuple[Form, ...], signals: Signals) -> Form:
    return _over(mul(body, fn("exp", neg(mul(var("s"), var(letter))))), letter, one_sided=signals.one_sided_laplace)


def _z(body: Form, letter: str, extra: tuple[Form, ...], signals: Signals) -> Form:
    kernel = power(var("z"), neg(var(letter)))
    return _over(mul(body, kernel), letter, one_sided=signals.one_sided_z, whole=True)


def _discrete_time(body: Form, letter: str, extra: tuple[Form, ...], signals: Signals) -> Form:
    angle = var("Omega" if "Omega" in signals.heads or signals.fourier_letter != "Omega" else "omega")
    return _over(mul(body, fn("exp", neg(mul(IMAGINARY, angle, var(letter))))), letter, whole=True)


def _discrete(body: Form, letter: str, extra: tuple[Form, ...], signals: Signals) -> Form:
    size = extra[0] if extra else var("N")
    angle = quotient(mul(num(-2), PI, IMAGINARY, var("mu"), var(letter)), size)
    return Form("sum", (mul(body, fn("exp", angle)), var(letter), ZERO, sub(size, ONE)))


def _fourier_words(signals: Signals) -> str:
    kernel = "e^(-2πift)" if signals.fourier_turns else "e^(-iωt)"
    return f"the Fourier transform of x(t) is ∫ x(t) {kernel} dt"


OPERATORS: dict[str, Operator] = {
    "fourier": Operator(TIMES, _fourier, _fourier_words),
    "fourier_back": Operator(FREQUENCIES, _fourier_back, lambda s: _fourier_words(s) + " and has an inverse"),
    "laplace": Operator(
        TIMES, _laplace,
        lambda s: f"the Laplace transform of x(t) is ∫ x(t) e^(-st) dt over {'t ≥ 0' * s.one_sided_laplace or 'all t'}",
    ),
    "ztransform": Operator(
        STEPS, _z, lambda s: f"the z-transform of x[k] is Σ x[k] z^(-k) over {'k ≥ 0' if s.one_sided_z else 'all k'}"
    ),
    "dtft": Operator(STEPS, _discrete_time, lambda s: "the Fourier transform of x[k] is Σ x[k] e^(-iΩk)"),
    "dft": Operator(STEPS, _discrete, lambda s: "the discrete Fourier transform of x[k] is Σ x[k] e^(-2πiμk/N)"),
}  # fmt: skip
