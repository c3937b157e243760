"""The z3 solver (an extra): polynomial inequalities over atoms of which only true facts are told to it.

The solver sees each atom as a free real number within its facts, which allows more than is true; so when it finds
the opposite of a claim unsatisfiable, the claim holds.  A model proves nothing and is not used.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.meaning.form import Form
from derive.verify.positivity import used
from derive.verify.quotients import Polynomial, terms
from derive.verify.ranges import Range
from derive.verify.signs import Signs
from derive.verify.view import View

__all__ = ["has_sign"]

RESOURCES = 1_500_000
MOST_TERMS = 40
MOST_ATOMS = 6


def has_sign(form: Form, signs: Signs, *, strict: bool) -> bool:
    """Whether form >= 0 (> 0 when `strict`) follows from ranges, constraints, squares of roots and two lemmas.

    The lemmas are log t <= t - 1 and exp t >= 1 + t.  False without z3, which is given a fixed amount of work and no
    clock, so that the answer is always the same.
    """
    try:
        import z3
    except ImportError:
        return False
    view = signs.view(form)
    if view is None or not _small(view):
        return False
    numerator, denominator = view.quotients[0]
    symbols = {i: z3.Real(f"t{i}") for i in range(len(view.atoms.forms))}
    solver = z3.Tactic("qfnra-nlsat").solver()
    solver.set("rlimit", RESOURCES)
    for fact in _facts(view, symbols, z3):
        solver.add(fact)
    top, bottom = _encoded(numerator, symbols, z3), _encoded(denominator, symbols, z3)
    value = top * bottom
    solver.add(bottom != 0, value <= 0 if strict else value < 0)
    return bool(solver.check() == z3.unsat)


def _small(view: View) -> bool:
    quotient = view.quotients[0]
    return max(len(quotient.numerator), len(quotient.denominator)) <= MOST_TERMS and len(view.atoms.forms) <= MOST_ATOMS


def _facts(view: View, symbols: dict[int, Any], z3: Any) -> list[Any]:
    facts: list[Any] = []
    for index, symbol in symbols.items():
        facts += _within(view.known.range(index), symbol, z3)
        if index in view.known.nonzero:
            facts.append(symbol != 0)
    for polynomial, strict in view.known.hypotheses:
        encoded = _encoded(polynomial, symbols, z3)
        facts.append(encoded > 0 if strict else encoded >= 0)
    for index, degree, value in view.atoms.relations():
        left = symbols[index]
        for _ in range(degree - 1):
            left = left * symbols[index]
        facts.append(left * _encoded(value.denominator, symbols, z3) == _encoded(value.numerator, symbols, z3))
    for index, atom in enumerate(view.atoms.forms):
        inner = next(
            (i for i, f in enumerate(view.atoms.forms) if atom.head in ("log", "exp") and f == atom.args[0]), None
        )
        if inner is not None and atom.head == "log":
            facts.append(symbols[index] <= symbols[inner] - 1)
        elif inner is not None:
            facts.append(symbols[index] >= symbols[inner] + 1)
    return facts


def _within(range_: Range, symbol: Any, z3: Any) -> list[Any]:
    facts: list[Any] = []
    if range_.low is not None:
        facts.append(symbol > _number(range_.low, z3) if range_.low_open else symbol >= _number(range_.low, z3))
    if range_.high is not None:
        facts.append(symbol < _number(range_.high, z3) if range_.high_open else symbol <= _number(range_.high, z3))
    return facts


def _encoded(polynomial: Polynomial, symbols: dict[int, Any], z3: Any) -> Any:
    total = _number(Fraction(0), z3)
    degrees = used(polynomial)
    for exponents, coefficient in terms(polynomial):
        term = _number(coefficient, z3)
        for index in degrees:
            for _ in range(exponents[index]):
                term = term * symbols[index]
        total = total + term
    return total


def _number(value: Fraction, z3: Any) -> Any:
    return z3.RealVal(f"{value.numerator}/{value.denominator}")
