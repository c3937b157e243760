"""How the parts of a form are best written: where a number stands in a sum, what is subtracted, what is divided by."""

from __future__ import annotations

from derive.meaning.form import MINUS_ONE, Form

__all__ = ["is_negative", "is_reciprocal", "opposite", "written_terms"]


def written_terms(form: Form) -> tuple[Form, ...]:
    """The terms of a sum in the order of writing: `1 - p` and `1 + exp(-x)`, but `x + 1` and `x**2 - 1`."""
    *terms, last = form.args
    if last.head == "num" and last.value > 0 and _number_comes_first(terms):
        return (last, *terms)
    return tuple(form.args)


def _number_comes_first(terms: list[Form]) -> bool:
    return is_negative(terms[0]) or any(not _is_polynomial(term) for term in terms)


def _is_polynomial(term: Form) -> bool:
    if term.head in ("num", "var", "const"):
        return True
    if term.head == "pow":
        exponent = term.args[1]
        return _is_polynomial(term.args[0]) and exponent.head == "num" and exponent.value > 0
    return term.head in ("add", "mul") and all(_is_polynomial(part) for part in term.args)


def is_negative(term: Form) -> bool:
    """Whether the term is written with a minus sign before it."""
    leading = term.args[0] if term.head == "mul" else term
    return leading.head == "num" and bool(leading.value < 0)


def opposite(term: Form) -> Form:
    """What stands after the minus sign of a negative term."""
    if term.head == "num":
        return Form("num", (-term.value,))
    number = -term.args[0].value
    rest = term.args[1:]
    if number != 1:
        return Form("mul", (Form("num", (number,)), *rest))
    return rest[0] if len(rest) == 1 else Form("mul", rest)


def is_reciprocal(factor: Form) -> bool:
    """Whether the factor is written below a fraction line; inverses of matrices are not."""
    return factor.head == "pow" and factor.args[1] == MINUS_ONE and factor.args[0].head != "matrix"
