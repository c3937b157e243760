"""The questions that are put to SymPy, by the kind of claim; loads SymPy, so only its own process imports this."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Literal

import sympy
from sympy.calculus.singularities import is_decreasing, is_increasing
from sympy.calculus.util import function_range, minimum

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form, free_variables, subforms
from derive.meaning.tosympy import to_sympy
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import mentions_imaginary
from derive.verify.domain import Domain

__all__ = ["asked"]

Answer = Literal["attests", "denies", ""]

warnings.simplefilter("ignore")

FEWEST_SAMPLES = 3
RELATIVE_ERROR = 1e-9
DIGITS = 25


def asked(claim: Claim) -> Answer:
    """SymPy's opinion; every exception in SymPy is no answer."""
    ask = QUESTIONS.get(claim.kind)
    if ask is None:
        return ""
    try:
        answer = ask(_Question(claim))
    except MemoryError:
        raise
    except Exception:
        return ""
    return "" if answer is None else "attests" if answer else "denies"


class _Question:
    """A claim in SymPy's objects: symbols with the assumptions of its context, and points of its domain."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        names = free_variables(claim.left) | free_variables(claim.right)
        self.names = sorted(names - {"Reals", "Integers", "Naturals", "Naturals0", "Rationals", "Complexes"})
        nonzero = _nonzero(claim.context)
        self.assumptions = {n: _assumptions(claim.context.variable(n), n in nonzero) for n in self.names}
        self.left = to_sympy(claim.left, self.assumptions)
        self.right = to_sympy(claim.right, self.assumptions)

    def symbol(self, name: str) -> Any:
        return sympy.Symbol(name, **self.assumptions.get(name, {}))

    @property
    def opaque(self) -> bool:
        """Whether the claim speaks of functions that have no values."""
        return any(
            part.head in ("call", "index") for side in (self.claim.left, self.claim.right) for part in subforms(side)
        )

    @property
    def costly(self) -> bool:
        """Whether a single value takes long."""
        return any(side.has(sympy.Integral, sympy.Sum, sympy.Product, sympy.Limit) for side in (self.left, self.right))

    def points(self) -> Iterator[dict[Any, Any]]:
        rng = random.Random(1)
        real = not mentions_imaginary(self.claim.left, self.claim.right)
        domain = Domain(self.claim.context, self.names, real=real)
        few = 2 if self.costly else 6
        sources = domain.random_points(rng, few), domain.simple_points(rng, few), domain.hard_points(rng, few)
        for point in chain.from_iterable(sources) if self.names else ({},):
            yield {self.symbol(name): to_sympy(value) for name, value in point.items()}

    def samples(self) -> Iterator[tuple[Any, Any]]:
        """Both sides as numbers, wherever both have a value (a real one, over real variables)."""
        is_complex = any(v.sort == "complex" for v in map(self.claim.context.variable, self.names))
        imaginary = is_complex or mentions_imaginary(self.claim.left, self.claim.right)
        for point in self.points():
            left, right = (_number(side, point) for side in (self.left, self.right))
            if left is None or right is None:
                continue
            if imaginary or (left.is_real and right.is_real):
                yield left, right


def _assumptions(variable: Variable, nonzero: bool) -> dict[str, bool]:
    if variable.sort == "complex":
        return {"zero": False} if nonzero else {}
    found: dict[str, bool] = {variable.sort: True}
    low, high = _sign(variable.lower), _sign(variable.upper)
    if low is not None and low >= 0:
        found["positive" if low > 0 or (variable.lower and variable.lower.strict) else "nonnegative"] = True
    elif high is not None and high <= 0:
        found["negative" if high < 0 or (variable.upper and variable.upper.strict) else "nonpositive"] = True
    elif nonzero:
        found["zero"] = False
    return found


def _sign(bound: Bound | None) -> int | None:
    if bound is None:
        return None
    value = to_sympy(bound.value)
    return 1 if value.is_positive else -1 if value.is_negative else 0 if value.is_zero else None


def _nonzero(context: Context) -> set[str]:
    zero = sympy.Integer(0)
    return {
        part.name
        for constraint in context.constraints
        if constraint.head == "ne" and any(to_sympy(side) == zero for side in constraint.parts)
        for part in constraint.parts
        if part.head == "var"
    }


def _number(side: Any, point: dict[Any, Any]) -> Any:
    """The side at the point as a number, None where it has none or SymPy does not find it."""
    value = side.subs(point)
    value = sympy.N(
        value.doit() if value.has(sympy.Sum, sympy.Product, sympy.Derivative, sympy.Subs) else value, DIGITS
    )
    if not value.is_number or value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo) or not value.is_finite:
        return None
    real, imaginary = value.as_real_imag()
    if not (real.is_Float or real.is_Integer or real.is_Rational):
        return None
    if abs(imaginary) <= RELATIVE_ERROR * max(1, abs(real)) * 1e-6:
        return real
    return value


def _differ(left: Any, right: Any) -> bool:
    return bool(abs(left - right) > RELATIVE_ERROR * max(1, abs(left), abs(right)))


# --- equalities --------------------------------------------------------------------------------------------

_SIMPLIFIED: tuple[Callable[[Any], Any], ...] = (
    lambda d: d.doit(),
    lambda d: sympy.expand(d.doit()),
    lambda d: sympy.simplify(d.doit()),
    lambda d: sympy.simplify(sympy.expand_func(d.doit())),
    lambda d: sympy.simplify(d.doit().rewrite(sympy.exp)),
    lambda d: sympy.gammasimp(sympy.expand_func(d.doit()).rewrite(sympy.gamma)),
    lambda d: sympy.trigsimp(sympy.expand(d.doit(), trig=True)),
    lambda d: sympy.simplify(sympy.hyperexpand(d.doit())),
)


def _equal(question: _Question) -> bool | None:
    if isinstance(question.left, sympy.MatrixBase) or isinstance(question.right, sympy.MatrixBase):
        return True if (question.left - question.right).applyfunc(sympy.simplify).is_zero_matrix else None
    seen = 0
    for left, right in question.samples():
        if _differ(left, right):
            return False
        seen += 1
    if question.names and seen < FEWEST_SAMPLES and not question.opaque:
        return None
    return _vanishes(question.left - question.right)


def _vanishes(difference: Any) -> bool | None:
    for simplified in _SIMPLIFIED:
        try:
            if simplified(difference) == 0:
                return True
        except (ValueError, TypeError, NotImplementedError, AttributeError, RecursionError, ArithmeticError):
            continue
    return None


def _antiderivative(question: _Question) -> bool | None:
    """The derivative of the right side against the integrand."""
    form: Form = question.claim.left
    if form.head != "int" or len(form.args) != 2:
        return None
    variable = question.symbol(form.args[1].name)
    question.left = to_sympy(form.args[0], question.assumptions)
    question.right = sympy.diff(question.right, variable)
    return _equal(question)


# --- inequalities ------------------------------------------------------------------------------------------


def _below(question: _Question, *, strict: bool) -> bool | None:
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


def _only_variable(question: _Question) -> Any:
    return question.symbol(question.names[0]) if len(question.names) == 1 else None


def _range_of(question: _Question, name: str) -> Any:
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


def _stays_in(question: _Question) -> bool | None:
    variable = _only_variable(question)
    if variable is None:
        return None
    image = function_range(question.left, variable, _range_of(question, variable.name))
    return True if image.is_subset(question.right) else None


def _monotone(question: _Question, test: Callable[..., Any]) -> bool | None:
    variable = _only_variable(question)
    if variable is None:
        return None
    return True if test(question.left, _range_of(question, variable.name), variable) is True else None


# --- statements --------------------------------------------------------------------------------------------


def _solutions(question: _Question, statement: Form) -> Any:
    name = question.names[0]
    symbol = sympy.Symbol(name)
    relation = to_sympy(statement)
    found = sympy.solveset(relation, symbol, _range_of(question, name))
    if found.has(sympy.ConditionSet):
        raise MeaningError("SymPy does not solve this")
    if isinstance(found, sympy.FiniteSet):
        return sympy.FiniteSet(*(sympy.simplify(value) for value in found))
    return found


def _same_solutions(question: _Question) -> bool | None:
    if len(question.names) != 1 or question.claim.context.constraints:
        return None
    first, second = (_solutions(question, side) for side in (question.claim.left, question.claim.right))
    if question.claim.kind == "implies":
        return True if first.is_subset(second) is True else None
    return True if first == second or (first.is_subset(second) and second.is_subset(first)) else None


QUESTIONS: dict[str, Callable[[_Question], bool | None]] = {
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
