"""Writes an exact form as text in SymPy's syntax, readable, and such that reading it gives the same form again."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.meaning.form import HALF, INFINITIES, ONE, Form
from derive.meaning.order import is_negative, is_reciprocal, opposite, written_terms

__all__ = ["sympy_text"]

SUM, PRODUCT, UNARY, POWER, ATOM = range(5)
"""How tightly a text holds together, loosest first."""

_CLASHING = frozenset({"pi", "E", "I", "oo", "zoo", "EulerGamma", "Catalan", "GoldenRatio", "True", "False", "nan"})
_APPLIED_AS = {
    "eq": "Eq",
    "ne": "Ne",
    "and": "And",
    "or": "Or",
    "not": "Not",
    "implies": "Implies",
    "iff": "Equivalent",
}
_ENUMERATED = {"in": "Contains", "set": "FiniteSet", "union": "Union"}
_ITERATED = {"int": "Integral", "sum": "Sum", "prod": "Product"}

Written = tuple[str, int]


def sympy_text(form: Form) -> str:
    """The form as SymPy text: `Eq(p/(1 - p), exp(x))`, `exp(-x)/(1 + exp(-x))**2`."""
    return _write(form)[0]


def _write(form: Form) -> Written:
    writer = _WRITERS.get(form.head)
    if writer is not None:
        return writer(form)
    return f"{form.head}({_items(form.args)})", ATOM


def _items(forms: tuple[Form, ...]) -> str:
    return ", ".join(sympy_text(form) for form in forms)


def _held(form: Form, least: int) -> str:
    """The text of a form, in parentheses where it holds together more loosely than `least`."""
    text, level = _write(form)
    return text if level >= least else f"({text})"


def _number(form: Form) -> Written:
    value = form.value
    text = str(value)
    if value < 0:
        return text, UNARY if value.denominator == 1 else PRODUCT
    return text, ATOM if value.denominator == 1 else PRODUCT


def _variable(form: Form) -> Written:
    return (f"Symbol('{form.name}')" if form.name in _CLASHING else form.name), ATOM


def _constant(form: Form) -> Written:
    if form.name in ("+", "-", "+-"):
        return repr(form.name), ATOM
    return form.name, UNARY if form.name == "-oo" else ATOM


# --- arithmetic --------------------------------------------------------------------------------------------


def _sum(form: Form) -> Written:
    first, *rest = written_terms(form)
    text = _held(first, PRODUCT)
    for term in rest:
        sign, positive = ("-", opposite(term)) if is_negative(term) else ("+", term)
        text += f" {sign} {_held(positive, PRODUCT)}"
    return text, SUM


def _product(form: Form) -> Written:
    factors = form.args
    number = Fraction(1)
    if factors[0].head == "num":
        number, factors = factors[0].value, factors[1:]
    sign = "-" if number < 0 else ""
    number = abs(number)
    divided = any(is_reciprocal(factor) for factor in factors)
    if number.denominator != 1 and divided:
        text, last = f"({number})", ""
    elif number.numerator != 1 or not factors or is_reciprocal(factors[0]):
        text, last = str(number.numerator), _divisor(number)
    else:
        text, last = "", _divisor(number)
    for factor in factors:
        if is_reciprocal(factor):
            text += "/" + _held(factor.args[0], POWER)
        else:
            text += ("*" if text else "") + _held(factor, UNARY if text or sign else PRODUCT + 1)
    return sign + text + last, PRODUCT


def _divisor(number: Fraction) -> str:
    return "" if number.denominator == 1 else f"/{number.denominator}"


def _power(form: Form) -> Written:
    base, exponent = form.args
    if exponent == HALF:
        return f"sqrt({sympy_text(base)})", ATOM
    if is_reciprocal(form):
        return f"1/{_held(base, POWER)}", PRODUCT
    return f"{_held(base, ATOM)}**{_held(exponent, ATOM)}", POWER


# --- calculus ----------------------------------------------------------------------------------------------


def _call(form: Form) -> Written:
    return f"{form.args[0]}({_items(form.args[1:])})", ATOM


def _derivative(form: Form) -> Written:
    body, variable, order = form.args
    wanted = sympy_text(variable) if order == ONE else f"({sympy_text(variable)}, {sympy_text(order)})"
    return f"Derivative({sympy_text(body)}, {wanted})", ATOM


def _iterated(form: Form) -> Written:
    body, *limits = form.args
    wanted = sympy_text(limits[0]) if len(limits) == 1 else f"({_items(tuple(limits))})"
    return f"{_ITERATED[form.head]}({sympy_text(body)}, {wanted})", ATOM


def _limit(form: Form) -> Written:
    at = form.args[:3] if form.args[2] in INFINITIES else form.args
    return f"Limit({_items(at)})", ATOM


def _substituted(form: Form) -> Written:
    return f"Subs({_items(form.args)})", ATOM


# --- arrays, sets and statements ---------------------------------------------------------------------------


def _cases(form: Form) -> Written:
    pairs = zip(form.args[::2], form.args[1::2], strict=True)
    return f"Piecewise({', '.join(f'({_items(pair)})' for pair in pairs)})", ATOM


def _matrix(form: Form) -> Written:
    rows = ", ".join(f"[{_items(row.args)}]" for row in form.args)
    return f"Matrix([{rows}])", ATOM


def _index(form: Form) -> Written:
    base, *indices = form.args
    first = f"'{base.name}'" if base.head == "var" else sympy_text(base)
    return f"Indexed({first}, {_items(tuple(indices))})", ATOM


def _tuple(form: Form) -> Written:
    return (f"({_items(form.args)},)" if len(form.args) == 1 else f"({_items(form.args)})"), ATOM


def _interval(form: Form) -> Written:
    lower, upper, left, right = form.args
    open_ends = (left.name == "True" and lower not in INFINITIES, right.name == "True" and upper not in INFINITIES)
    kind = {(False, False): "", (True, True): ".open", (True, False): ".Lopen", (False, True): ".Ropen"}[open_ends]
    return f"Interval{kind}({_items((lower, upper))})", ATOM


def _comparison(form: Form) -> Written:
    sign = {"lt": "<", "le": "<="}[form.head]
    left, right = form.args
    if left.head in ("num", "const") and right.head not in ("num", "const"):
        return f"{_held(right, SUM)} {sign.replace('<', '>')} {_held(left, SUM)}", SUM - 1
    return f"{_held(left, SUM)} {sign} {_held(right, SUM)}", SUM - 1


def _applied(form: Form) -> Written:
    name = _APPLIED_AS.get(form.head) or _ENUMERATED[form.head]
    return f"{name}({_items(form.args)})", ATOM


_WRITERS: dict[str, Callable[[Form], Written]] = {
    "num": _number,
    "var": _variable,
    "const": _constant,
    "add": _sum,
    "mul": _product,
    "pow": _power,
    "call": _call,
    "opaque": _call,
    "diff": _derivative,
    "limit": _limit,
    "subs": _substituted,
    "cases": _cases,
    "matrix": _matrix,
    "index": _index,
    "array": lambda form: (form.name, ATOM),
    "identity": lambda form: (f"Identity({_items(form.args)})", ATOM),
    "delta": lambda form: (f"KroneckerDelta({_items(form.args)})", ATOM),
    "tuple": _tuple,
    "interval": _interval,
    "lt": _comparison,
    "le": _comparison,
    **dict.fromkeys(_ITERATED, _iterated),
    **dict.fromkeys(_APPLIED_AS, _applied),
    **dict.fromkeys(_ENUMERATED, _applied),
}
