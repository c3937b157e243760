"""What the two sides of a link have in common, and what they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from derive.meaning.form import Form, free_variables, mul, num, subforms, var
from derive.meaning.names import is_primed

__all__ = [
    "LOCAL_CONSTANTS", "counts", "derived", "has_antiderivative", "integration_variable", "is_constant", "is_opaque",
    "is_operation", "is_written_out", "rounding", "speaks_of_primes", "same_vocabulary", "without_constant",
]  # fmt: skip

LOCAL_CONSTANTS = frozenset({"C", "c", "K", "k", "const", "C_1", "C_2", "c_1", "c_2", "constant"})
_DECIMAL = re.compile(r"(?<![\d.])(\d[\d,]*)?\.(\d+)")
_LENGTH = re.compile(r"\\\\\s*\[[^\]]*\]|\\(?:hspace|vspace)\*?\{[^}]*\}|\d*\.\d+\s*(?:em|ex|pt|cm)\b")
_OPERATIONS = frozenset({"diff", "int", "limit", "sum", "prod", "subs"})
_OPAQUE_MARKS = ("_bold", "_vec", "_star")
_WORKED_OUT = frozenset({"row", "matrix", "transpose", "trace", "det", "inverse"})
_OPAQUE_HEADS = frozenset({"call", "index", "row", "matrix", "tuple", "transpose", "norm", "trace", "det", "inverse"})


def is_opaque(form: Form) -> bool:
    """Whether functions or objects without a known law occur, about which a sample would say nothing."""
    if any(part.head in _OPAQUE_HEADS or _is_phase(part) for part in subforms(form)):
        return True
    return any(name.endswith(_OPAQUE_MARKS) or name == "e" for name in free_variables(form))


def _is_phase(form: Form) -> bool:
    """Whether this is `e^{j x}`, in which j is as likely the imaginary unit as a letter."""
    return form.head == "exp" and bool({"j", "i"} & free_variables(form))


def is_written_out(form: Form) -> bool:
    """Whether matrices are written out with entries that are numbers or letters, so that samples do say something."""
    parts = tuple(subforms(form))
    plain = all(part.head not in _OPAQUE_HEADS - _WORKED_OUT and part.head != "opaque" for part in parts)
    names = free_variables(form)
    return plain and any(part.head == "matrix" for part in parts) and not any(n.endswith(_OPAQUE_MARKS) for n in names)


def speaks_of_primes(form: Form) -> bool:
    """Whether primed letters occur that may be derivatives, and so need not be free."""
    return any(map(is_primed, free_variables(form)))


def is_operation(form: Form) -> bool:
    """Whether something is to be worked out: a derivative, an integral, a sum, a limit."""
    return any(part.head in _OPERATIONS for part in subforms(form))


def is_constant(form: Form) -> bool:
    return not free_variables(form)


def same_vocabulary(left: Form, right: Form) -> bool:
    return free_variables(left) == free_variables(right)


def counts(form: Form) -> Iterator[Form]:
    """What sums and products say by their bounds: `\\sum_{k=1}^n` that n is an integer, and at least 0."""
    for part in subforms(form):
        if part.head in ("sum", "prod") and part.args[3].head == "var" and part.args[2].head == "num":
            upper, lower = part.args[3], part.args[2].value
            yield Form("in", (upper, var("Integers")))
            yield Form("le", (num(lower - 1), upper))


# --- antiderivatives ---------------------------------------------------------------------------------------


def has_antiderivative(form: Form) -> bool:
    return any(part.head == "int" and len(part.args) == 2 for part in subforms(form))


def integration_variable(form: Form) -> str | None:
    """The variable of the first indefinite integral."""
    return next((part.args[1].name for part in subforms(form) if part.head == "int" and len(part.args) == 2), None)


def without_constant(form: Form, other: Form) -> Form:
    """The form without a constant of integration which the other side does not have."""
    if form.head != "add":
        return form
    kept = tuple(
        part
        for part in form.parts
        if not (part.head == "var" and part.name in LOCAL_CONSTANTS and part.name not in free_variables(other))
    )
    if len(kept) == len(form.parts) or not kept:
        return form
    return kept[0] if len(kept) == 1 else Form("add", kept)


def derived(form: Form, by: str, inner: dict[str, Form]) -> Form | None:
    """The derivative by a variable, the derivative of an antiderivative being its integrand.

    `inner` are the substitutions in force (`u` as a form in `by`); None where an integral stands inside a function.
    """
    variable = Form("var", (by,))
    if not has_antiderivative(form):
        return Form("diff", (form, variable, num(1)))
    if form.head == "add":
        parts = [derived(part, by, inner) for part in form.parts]
        return None if any(part is None for part in parts) else Form("add", tuple(p for p in parts if p is not None))
    if form.head == "mul":
        integrals = [part for part in form.parts if has_antiderivative(part)]
        rest = [part for part in form.parts if not has_antiderivative(part)]
        if len(integrals) != 1 or any(by in free_variables(part) for part in rest):
            return None
        body = derived(integrals[0], by, inner)
        return None if body is None else mul(*rest, body)
    if form.head == "int" and len(form.args) == 2:
        body, bound = form.parts
        if bound.name == by:
            return body
        if bound.name in inner:
            return mul(body, Form("diff", (inner[bound.name], variable, num(1))))
    return None


# --- rounding ----------------------------------------------------------------------------------------------


def rounding(text: str) -> Fraction | None:
    """The unit in the last place of the decimals in a term as written (the coarsest), None when it has none."""
    places = [len(found[2]) for found in _DECIMAL.finditer(_LENGTH.sub("", text))]
    return Fraction(1, 10 ** min(places)) if places else None
