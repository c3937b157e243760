"""Forms to SymPy objects and back; the one file of this layer that loads SymPy, so import it late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from derive.meaning.errors import MeaningError
from derive.meaning.form import CONSTANTS, Form, subforms
from derive.meaning.functions import ARITY
from derive.meaning.sympy_reader import parse_sympy

__all__ = ["Assumptions", "from_sympy", "to_sympy"]

Assumptions = Mapping[str, Mapping[str, bool]]
"""By the variable's name, the assumptions of its SymPy symbol: `{"x": {"real": True}}`."""

_CONSTANTS: dict[str, Any] = {
    "pi": sympy.pi, "E": sympy.E, "I": sympy.I, "oo": sympy.oo, "-oo": -sympy.oo, "zoo": sympy.zoo,
    "EulerGamma": sympy.EulerGamma, "Catalan": sympy.Catalan, "GoldenRatio": sympy.GoldenRatio,
    "True": sympy.true, "False": sympy.false, "+": "+", "-": "-", "+-": "+-",
}  # fmt: skip
_SETS: dict[str, Any] = {
    name: getattr(sympy.S, name) for name in ("Reals", "Integers", "Naturals", "Naturals0", "Rationals", "Complexes")
}
_CLASSES: dict[str, Any] = {
    "add": sympy.Add, "pow": sympy.Pow, "eq": sympy.Eq, "ne": sympy.Ne, "and": sympy.And, "or": sympy.Or,
    "not": sympy.Not, "implies": sympy.Implies, "iff": sympy.Equivalent, "tuple": sympy.Tuple,
    "set": sympy.FiniteSet, "union": sympy.Union,
}  # fmt: skip


def to_sympy(form: Form, variables: Assumptions | None = None) -> Any:
    """The SymPy object of a form; names without assumptions become plain symbols.

    SymPy evaluates on construction (`x/x` is 1), so the object may be defined where the form is not.
    Raises MeaningError where SymPy refuses to build it.
    """
    try:
        return _Translation(variables or {}).object(form)
    except (TypeError, ValueError, ArithmeticError, AttributeError, NotImplementedError, RecursionError) as error:
        if isinstance(error, MeaningError):
            raise
        raise MeaningError(f"SymPy does not take this: {error}") from error


class _Translation:
    def __init__(self, variables: Assumptions) -> None:
        self.variables = variables
        self.special: dict[str, Callable[..., Any]] = {
            "call": lambda name, *args: sympy.Function(name)(*args),
            "opaque": lambda name, *args: sympy.Function(name)(*args),
            "diff": lambda body, variable, order: sympy.Derivative(body, (variable, order)),
            "subs": sympy.Subs,
            "limit": sympy.Limit,
            "int": _iterated(sympy.Integral),
            "sum": _iterated(sympy.Sum),
            "prod": _iterated(sympy.Product),
            "cases": lambda *parts: sympy.Piecewise(*zip(parts[::2], parts[1::2], strict=True)),
            "matrix": lambda *rows: sympy.ImmutableMatrix(rows),
            "row": lambda *entries: list(entries),
            "index": lambda base, *indices: sympy.Indexed(str(base), *indices),
            "in": lambda element, domain: sympy.Contains(element, _SETS.get(str(domain), domain)),
            "interval": sympy.Interval,
            "mul": _product,
            "lt": lambda left, right: right > left if left.is_number and not right.is_number else sympy.Lt(left, right),
            "le": lambda left, right: (
                right >= left if left.is_number and not right.is_number else sympy.Le(left, right)
            ),
            "det": lambda matrix: matrix.det(),
            "trace": lambda matrix: matrix.trace(),
            "transpose": lambda matrix: matrix.T,
            "norm": lambda vector: vector.norm(),
        }

    def object(self, form: Form) -> Any:
        if form.head == "num":
            return sympy.Rational(form.value.numerator, form.value.denominator)
        if form.head == "var":
            return sympy.Symbol(form.name, **self.variables.get(form.name, {}))
        if form.head == "const":
            return _CONSTANTS[form.name]
        arguments = [self.object(a) if isinstance(a, Form) else a for a in form.args]
        make = self.special.get(form.head) or _CLASSES.get(form.head)
        if make is None:
            if form.head not in ARITY:
                raise MeaningError(f"SymPy has no {form.head}")
            make = getattr(sympy, form.head)
        return make(*arguments)


def _iterated(kind: Any) -> Callable[..., Any]:
    return lambda body, *limits: kind(body, limits[0] if len(limits) == 1 else tuple(limits))


def _product(*factors: Any) -> Any:
    if not any(isinstance(factor, sympy.MatrixBase) for factor in factors):
        return sympy.Mul(*factors)
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


def from_sympy(expression: Any) -> Form:
    """The form of a SymPy object, its parts in the order in which SymPy prints them.

    Raises MeaningError where the object has no form (a `Lambda`, a name that is no identifier, ...).
    """
    names = {str(symbol) for symbol in getattr(expression, "free_symbols", ())}
    clash = {str(constant) for constant in getattr(expression, "atoms", set)() if str(constant) in CONSTANTS} & names
    if clash and any(expression.has(_CONSTANTS[name]) for name in clash):
        raise MeaningError(f"{', '.join(sorted(clash))} is a symbol and a constant in one expression")
    form = parse_sympy(sympy.sstr(expression), names)
    undefined = {str(applied.func) for applied in getattr(expression, "atoms", lambda _: set())(AppliedUndef)}
    unknown = {part.name for part in subforms(form) if part.head == "call"} - undefined
    if unknown:
        raise MeaningError(f"{', '.join(sorted(unknown))} of SymPy has no form")
    return form
