"""Integrals and sums of exponential polynomials over half-lines, intervals and everything, in closed form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import factorial

from derive.check.signals import exponentials as ep
from derive.check.signals.exponentials import Polynomial, Unclear
from derive.check.signals.terms import AS_DISTRIBUTIONS, Atom, Binder, Term, Working
from derive.meaning.form import (
    IMAGINARY,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
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

__all__ = ["worked_out"]

MOST_POWERS = 4


@dataclass(frozen=True, slots=True)
class Run:
    """What stands under one binder: `letter^degree e^{slope letter}` times the rest, between the bounds."""

    letter: str
    degree: Form
    slope: Form
    rest: Polynomial
    lower: Form | None
    upper: Form | None


def worked_out(term: Term, binder: Binder, working: Working) -> list[Term] | None:
    """The terms without the binder; None where an unknown signal still depends on its letter.

    Each closed form is the textbook one, and owes what it needs: `\\int_a^\\infty e^{-ct} dt = e^{-ca}/c` if
    the real part of c is positive, `\\sum_{k=a}^\\infty q^k = q^a/(1-q)` if |q| < 1.
    Over everything an integral of `e^{i c t}` with real c is `2\\pi` times an impulse, a law of distributions.
    """
    touching = [atom for atom in term.atoms if binder.name in atom.letters]
    kinds = {"count", "within"} if binder.is_sum else {"step", "within"}
    if any(atom.kind not in kinds for atom in touching):
        return None
    lower, upper = _bounds(touching, binder, working)
    others = tuple(atom for atom in term.atoms if binder.name not in atom.letters)
    bare = replace(term.without(binder.name), atoms=others)
    found: list[Term] = []
    for monomial, number in term.factor.items():
        run = _run(monomial, number, binder.name, lower, upper)
        closed = _sum(run, working) if binder.is_sum else _integral(run, working)
        for factor, atoms, binders in closed:
            new = Term(ep.times(run.rest, factor), bare.atoms + atoms, bare.binders + binders)
            found.append(new)
    return found


Closed = list[tuple[Polynomial, tuple[Atom, ...], tuple[Binder, ...]]]


def _bounds(touching: list[Atom], binder: Binder, working: Working) -> tuple[Form | None, Form | None]:
    """The range that the steps leave: both ends for a window, one for a step.  Raises Unclear for several."""
    lowers: list[Form] = []
    uppers: list[Form] = []
    for atom in touching:
        if atom.kind == "within":
            lines = [ep.linear(argument, binder.name) for argument in atom.arguments]
            if lines[0] is None or lines[1] is None or lines[0][0] != lines[1][0]:
                raise Unclear("a window that is not linear")
            slope = lines[0][0]
            if slope.head != "num" or slope.value == 0:
                raise Unclear("a window whose direction is not known")
            ends = [working.normal(quotient(neg(line[1]), slope)) for line in (lines[0], lines[1])]
            if binder.is_sum and slope != ONE:
                raise Unclear("a reversed window")
            lowers.append(ends[0 if slope.value > 0 else 1])
            top = ends[1 if slope.value > 0 else 0]
            uppers.append(working.normal(sub(top, ONE)) if binder.is_sum else top)
            continue
        line = ep.linear(atom.argument, binder.name)
        if line is None or line[0].head != "num" or line[0].value == 0:
            raise Unclear("a step whose direction is not known")
        if binder.is_sum and abs(line[0].value) != 1:
            raise Unclear("a step at every second number")
        end = working.normal(quotient(neg(line[1]), line[0]))
        (lowers if line[0].value > 0 else uppers).append(end)
    return _extreme(lowers, most=True), _extreme(uppers, most=False)


def _extreme(ends: list[Form], *, most: bool) -> Form | None:
    distinct = list(dict.fromkeys(ends))
    if not distinct:
        return None
    if len(distinct) > 1 and any(end.head != "num" for end in distinct):
        raise Unclear("which of two steps comes first is not known")
    return distinct[0] if len(distinct) == 1 else (max if most else min)(distinct, key=lambda end: end.value)


def _run(monomial: ep.Monomial, number: Fraction, letter: str, lower: Form | None, upper: Form | None) -> Run:
    degree, slope = ZERO, ZERO
    rest: list[tuple[Form, int]] = []
    for form, exponent in monomial:
        if letter not in free_variables(form):
            rest.append((form, exponent))
        elif form.head == "exp":
            line = ep.linear(form.args[0], letter)
            if line is None:
                raise Unclear("an exponent that is not linear")
            slope = line[0]
            if line[1] != ZERO:
                rest.append((fn("exp", line[1]), 1))
        elif form == var(letter) and exponent > 0:
            degree = num(exponent)
        elif form.head == "pow" and form.args[0] == var(letter) and letter not in free_variables(form.args[1]):
            degree = form.args[1] if exponent == 1 else mul(num(exponent), form.args[1])
        else:
            raise Unclear("no exponential polynomial")
    key = tuple(sorted(rest, key=repr))
    return Run(letter, degree, slope, {key: number}, lower, upper)


# --- integrals ---------------------------------------------------------------------------------------------


def _integral(run: Run, working: Working) -> Closed:
    c = working.normal(neg(run.slope))
    if run.lower is None and run.upper is None:
        return _over_everything(run, working)
    if c == ZERO:
        return _of_power(run, working)
    if run.degree.head != "num":
        return _of_gamma(run, c, working)
    if run.degree.value > MOST_POWERS:
        raise Unclear("a high power")
    imaginary = working.is_real(working.normal(mul(IMAGINARY, c)))
    if imaginary and (run.lower is None or run.upper is None):
        return _half_wave(run, c, working)
    total: Polynomial = {}
    if run.lower is not None:
        total = ep.plus(total, _antiderivative(run, c, run.lower, working))
    if run.upper is not None:
        upper = _antiderivative(run, c, run.upper, working)
        total = ep.plus(total, ep.times(upper, {(): Fraction(-1)}))
    if run.lower is None or run.upper is None:
        decay = c if run.upper is None else neg(c)
        _owe(Form("lt", (ZERO, Form("re", (working.normal(decay),)))), working)
    else:
        _owe(Form("ne", (c, ZERO)), working)
    return [(total, (), ())]


def _owe(condition: Form, working: Working) -> None:
    working.owing(Form(condition.head, tuple(ep.with_powers(part) for part in condition.parts)))


def _antiderivative(run: Run, c: Form, point: Form, working: Working) -> Polynomial:
    """`e^{-cp} \\sum_j n!/j! p^j / c^{n-j+1}`, the integral of `t^n e^{-ct}` from p on."""
    n = int(run.degree.value)
    terms = [
        mul(num(factorial(n), factorial(j)), power(point, num(j)) if j else ONE, power(c, num(-(n - j + 1))))
        for j in range(n + 1)
        if point != ZERO or j == 0
    ]
    return working.polynomial(mul(fn("exp", neg(mul(c, point))), add(*terms)))


def _of_power(run: Run, working: Working) -> Closed:
    if run.lower is None or run.upper is None or run.degree.head != "num":
        raise Unclear("an integral that does not converge")
    above = num(run.degree.value + 1)
    ends = sub(power(run.upper, above), power(run.lower, above))
    return [(working.polynomial(quotient(ends, above)), (), ())]


def _of_gamma(run: Run, c: Form, working: Working) -> Closed:
    """`\\int_0^\\infty t^n e^{-ct} dt = n! / c^{n+1}` for whole n that are not negative."""
    if run.lower != ZERO or run.upper is not None:
        raise Unclear("a power that is not known")
    _owe(Form("lt", (ZERO, Form("re", (c,)))), working)
    working.owing(Form("le", (ZERO, run.degree)))
    value = mul(fn("factorial", run.degree), power(c, neg(add(run.degree, ONE))))
    return [(working.polynomial(value), (), ())]


def _over_everything(run: Run, working: Working) -> Closed:
    angle = working.normal(neg(mul(IMAGINARY, run.slope)))
    if run.degree != ZERO or not working.is_real(angle):
        raise Unclear("an integral that does not converge")
    working.supposing(AS_DISTRIBUTIONS)
    return [(working.polynomial(mul(TWO, PI)), (Atom("dirac", "", (angle,)),), ())]


def _half_wave(run: Run, c: Form, working: Working) -> Closed:
    """`\\int_a^\\infty e^{-i w t} dt = e^{-i w a} (1/(i w) + \\pi \\delta(w))`, a law of distributions."""
    if run.degree != ZERO:
        raise Unclear("an integral that does not converge")
    working.supposing(AS_DISTRIBUTIONS)
    end = run.lower if run.lower is not None else run.upper
    assert end is not None
    sign = ONE if run.lower is not None else MINUS_ONE
    start = fn("exp", neg(mul(c, end)))
    impulse = Atom("dirac", "", (working.normal(neg(mul(IMAGINARY, c))),))
    return [
        (working.polynomial(mul(sign, start, power(c, MINUS_ONE))), (), ()),
        (working.polynomial(mul(PI, start)), (impulse,), ()),
    ]


# --- sums --------------------------------------------------------------------------------------------------


def _sum(run: Run, working: Working) -> Closed:
    if run.degree != ZERO:
        raise Unclear("a sum with powers of the index")
    ratio = working.normal(fn("exp", run.slope)) if run.slope != ZERO else ONE
    if run.lower is None and run.upper is None:
        return _train(run, working)
    if ratio == ONE:
        if run.lower is None or run.upper is None:
            raise Unclear("a sum that does not converge")
        return [(working.polynomial(add(run.upper, neg(run.lower), ONE)), (), ())]
    below = power(sub(ONE, ratio), MINUS_ONE)
    if run.lower is not None and run.upper is not None:
        _owe(Form("ne", (ratio, ONE)), working)
        first = fn("exp", mul(run.slope, run.lower))
        last = fn("exp", mul(run.slope, add(run.upper, ONE)))
        return [(working.polynomial(mul(sub(first, last), below)), (), ())]
    if run.lower is not None:
        _owe(Form("lt", (fn("Abs", ratio), ONE)), working)
        return [(working.polynomial(mul(fn("exp", mul(run.slope, run.lower)), below)), (), ())]
    assert run.upper is not None
    _owe(Form("lt", (ONE, fn("Abs", ratio))), working)
    ends = mul(fn("exp", mul(run.slope, run.upper)), power(sub(ONE, power(ratio, MINUS_ONE)), MINUS_ONE))
    return [(working.polynomial(ends), (), ())]


def _train(run: Run, working: Working) -> Closed:
    """`\\sum_k e^{i w k} = 2 \\pi \\sum_m \\delta(w - 2 \\pi m)`, a law of distributions."""
    angle = working.normal(neg(mul(IMAGINARY, run.slope)))
    if not working.is_real(angle):
        raise Unclear("a sum that does not converge")
    working.supposing(AS_DISTRIBUTIONS)
    fresh = working.fresh(whole=True)
    impulse = Atom("dirac", "", (working.normal(sub(angle, mul(TWO, PI, var(fresh)))),))
    return [(working.polynomial(mul(TWO, PI)), (impulse,), (Binder(fresh, True),))]
