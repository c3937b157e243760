"""The questions that are put to SymPy, by the kind of claim; loads SymPy, so only its own process imports this."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import islice
from typing import Any, Literal

import sympy
from sympy.calculus.singularities import is_decreasing, is_increasing
from sympy.calculus.util import function_range, minimum

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.tosympy import to_sympy
from derive.model.claim import Claim
from derive.verify.sympy_claim import RELATIVE_ERROR, SympyClaim, differ

__all__ = ["asked"]

Answer = Literal["attests", "denies", ""]

warnings.simplefilter("ignore")

FEWEST_SAMPLES = 3
FIRST_SAMPLES = 2
"""Samples taken before anything is simplified; the rest are taken only of what SymPy says is equal."""


def asked(claim: Claim) -> Answer:
    """SymPy's opinion; every exception in SymPy is no answer."""
    ask = QUESTIONS.get(claim.kind)
    if ask is None:
        return ""
    try:
        answer = ask(SympyClaim(claim))
    except MemoryError:
        raise
    except Exception:
        return ""
    return "" if answer is None else "attests" if answer else "denies"


# --- equalities --------------------------------------------------------------------------------------------

_SIMPLIFIED: tuple[Callable[[Any], Any], ...] = (
    lambda d: d,
    sympy.expand,
    sympy.simplify,
    lambda d: sympy.trigsimp(sympy.expand(d, trig=True)),
    lambda d: sympy.gammasimp(sympy.expand_func(d).rewrite(sympy.gamma)),
    lambda d: sympy.simplify(sympy.expand_func(d)),
    lambda d: sympy.simplify(sympy.hyperexpand(d)),
    lambda d: sympy.simplify(d.rewrite(sympy.exp)),
)
"""The cheaper ones first, as far as they are not included in those before them."""


def _equal(question: SympyClaim) -> bool | None:
    if isinstance(question.left, sympy.MatrixBase) or isinstance(question.right, sympy.MatrixBase):
        return True if (question.left - question.right).applyfunc(sympy.simplify).is_zero_matrix else None
    samples = question.samples()
    first = list(islice(samples, FIRST_SAMPLES))
    if any(differ(left, right) for left, right in first):
        return False
    if not _vanishes(question.left - question.right):
        return None
    rest = list(samples)
    if any(differ(left, right) for left, right in rest):
        return False
    few = len(first) + len(rest) < FEWEST_SAMPLES
    return None if question.names and few and not question.opaque else True


def _vanishes(difference: Any) -> bool | None:
    done = difference.doit()
    for simplified in _SIMPLIFIED:
        try:
            if simplified(done) == 0:
                return True
        except (ValueError, TypeError, NotImplementedError, AttributeError, RecursionError, ArithmeticError):
            continue
    return None


def _antiderivative(question: SympyClaim) -> bool | None:
    """The derivative of the right side against the integrand."""
    form: Form = question.claim.left
    if form.head != "int" or len(form.args) != 2:
        return None
    variable = question.symbol(form.args[1].name)
    question.left = to_sympy(form.args[0], question.assumptions)
    question.right = sympy.diff(question.right, variable)
    return _equal(question)


# --- inequalities ------------------------------------------------------------------------------------------


def _below(question: SympyClaim, *, strict: bool) -> bool | None:
    seen = 0
    for left, right in question.samples():
        if not (left.is_real and right.is_real):
            return None
        if left - right > RELATIVE_ERROR * max(1, abs(left), abs(right)):
            return False
        seen += 1
    if question.names and seen < FEWEST_SAMPLES:
        return None
    gap = question.right - question.left
    for form in (gap, sympy.factor(gap), sympy.simplify(gap)):
        if form.is_positive or (not strict and form.is_nonnegative):
            return True
    variable = _only_variable(question)
    if variable is None:
        return None
    least = minimum(gap, variable, _range_of(question, variable.name))
    return True if least.is_positive or (not strict and least.is_nonnegative) else None


def _only_variable(question: SympyClaim) -> Any:
    return question.symbol(question.names[0]) if len(question.names) == 1 else None


def _range_of(question: SympyClaim, name: str) -> Any:
    """The range of a real variable as a SymPy set; constraints are left out, which only makes it larger."""
    variable = question.claim.context.variable(name)
    low = -sympy.oo if variable.lower is None else to_sympy(variable.lower.value)
    high = sympy.oo if variable.upper is None else to_sympy(variable.upper.value)
    interval = sympy.Interval(
        low, high, bool(variable.lower and variable.lower.strict), bool(variable.upper and variable.upper.strict)
    )
    if variable.sort == "integer":
        return sympy.Intersection(interval, sympy.S.Integers)
    return sympy.S.Complexes if variable.sort == "complex" else interval


def _stays_in(question: SympyClaim) -> bool | None:
    variable = _only_variable(question)
    if variable is None:
        return None
    image = function_range(question.left, variable, _range_of(question, variable.name))
    return True if image.is_subset(question.right) else None


def _monotone(question: SympyClaim, test: Callable[..., Any]) -> bool | None:
    variable = _only_variable(question)
    if variable is None:
        return None
    return True if test(question.left, _range_of(question, variable.name), variable) is True else None


# --- statements --------------------------------------------------------------------------------------------


def _solutions(question: SympyClaim, statement: Form) -> Any:
    name = question.names[0]
    symbol = sympy.Symbol(name)
    relation = to_sympy(statement)
    found = sympy.solveset(relation, symbol, _range_of(question, name))
    if found.has(sympy.ConditionSet):
        raise MeaningError("SymPy does not solve this")
    if isinstance(found, sympy.FiniteSet):
        return sympy.FiniteSet(*(sympy.simplify(value) for value in found))
    return found


def _same_solutions(question: SympyClaim) -> bool | None:
    if len(question.names) != 1 or question.claim.context.constraints:
        return None
    first, second = (_solutions(question, side) for side in (question.claim.left, question.claim.right))
    if question.claim.kind == "implies":
        return True if first.is_subset(second) is True else None
    return True if first == second or (first.is_subset(second) and second.is_subset(first)) else None


QUESTIONS: dict[str, Callable[[SympyClaim], bool | None]] = {
    "identity": _equal,
    "derivative": _equal,
    "defint": _equal,
    "sum": _equal,
    "limit": _equal,
    "matrix": _equal,
    "integral": _antiderivative,
    "le": lambda question: _below(question, strict=False),
    "lt": lambda question: _below(question, strict=True),
    "range": _stays_in,
    "increasing": lambda question: _monotone(question, is_increasing),
    "decreasing": lambda question: _monotone(question, is_decreasing),
    "equiv": _same_solutions,
    "implies": _same_solutions,
}
"""Each gives True (SymPy says so), False (a sample differs) or None."""
