"""Exponential polynomials: sums of products of powers of letters and one exponential, in a normal form."""

from __future__ import annotations

from fractions import Fraction

from derive.meaning.form import (
    IMAGINARY,
    MINUS_ONE,
    ONE,
    E,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    rebuild,
    substitute,
)

__all__ = [
    "Monomial", "Polynomial", "Unclear", "form_of", "is_zero", "linear", "normal", "plus", "polynomial", "times",
]  # fmt: skip

Monomial = tuple[tuple[Form, int], ...]
"""Generators with their exponents, sorted by how they are written; at most one of them is an exponential."""

Polynomial = dict[Monomial, Fraction]
MOST_TERMS = 60
LARGEST_EXPONENT = 8


class Unclear(Exception):
    """Something stands here with which this theory does not calculate."""


def plus(*summands: Polynomial) -> Polynomial:
    total: Polynomial = {}
    for summand in summands:
        for monomial, coefficient in summand.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product.  Raises Unclear for too many terms."""
    if len(left) * len(right) > MOST_TERMS:
        raise Unclear("too many terms")
    return plus(*(_joined(m, n, a * b) for m, a in left.items() for n, b in right.items()))


def _joined(one: Monomial, other: Monomial, number: Fraction) -> Polynomial:
    """The product of two monomials: exponents added, the squares of the imaginary unit worked out."""
    exponents: dict[Form, int] = {}
    above: list[Form] = []
    for form, exponent in (*one, *other):
        if form.head == "exp":
            above.append(mul(num(exponent), form.args[0]))
        else:
            exponents[form] = exponents.get(form, 0) + exponent
    units = exponents.pop(IMAGINARY, 0) % 4
    if units >= 2:
        number = -number
    if units % 2:
        exponents[IMAGINARY] = 1
    if above:
        exponent_form = normal(add(*above))
        if exponent_form != num(0):
            exponents[fn("exp", exponent_form)] = 1
    key = tuple(sorted(((f, e) for f, e in exponents.items() if e), key=repr))
    return {key: number}


def polynomial(form: Form, integers: frozenset[str] = frozenset()) -> Polynomial:
    """The form as an exponential polynomial; what is not understood is a generator.

    Exact for complex values: `a^k` is written `e^{k log a}` for whole k only, which holds for every branch.
    Raises Unclear where it grows too large.
    """
    match form.head:
        case "num":
            return {(): form.value} if form.value else {}
        case "add":
            return plus(*(polynomial(part, integers) for part in form.parts))
        case "mul":
            product: Polynomial = {(): Fraction(1)}
            for part in form.parts:
                product = times(product, polynomial(part, integers))
            return product
        case "pow":
            base, exponent = form.parts
            return _power(base, exponent, integers)
        case "exp":
            above = polynomial(form.args[0], integers)
            return _exponential(form_of(above))
        case "cos":
            plus_i, minus_i = _waves(form.args[0], integers)
            return plus(times(plus_i, {(): Fraction(1, 2)}), times(minus_i, {(): Fraction(1, 2)}))
        case "sin":
            plus_i, minus_i = _waves(form.args[0], integers)
            half: Polynomial = {((IMAGINARY, 1),): Fraction(-1, 2)}
            return plus(times(plus_i, half), times(minus_i, {((IMAGINARY, 1),): Fraction(1, 2)}))
        case "sinh" | "cosh":
            sign = Fraction(1 if form.head == "cosh" else -1, 2)
            up = polynomial(fn("exp", form.args[0]), integers)
            down = polynomial(fn("exp", neg(form.args[0])), integers)
            return plus(times(up, {(): Fraction(1, 2)}), times(down, {(): sign}))
        case "sinc":
            inside = form.args[0]
            return times(polynomial(fn("sin", inside), integers), _power(inside, MINUS_ONE, integers))
        case "const" if form.name == "E":
            return _exponential(ONE)
    if any(isinstance(arg, Form) for arg in form.args):
        form = rebuild(form.head, (normal(a, integers) if isinstance(a, Form) else a for a in form.args))
    return {((form, 1),): Fraction(1)}


def _waves(angle: Form, integers: frozenset[str]) -> tuple[Polynomial, Polynomial]:
    turned = mul(IMAGINARY, angle)
    return polynomial(fn("exp", turned), integers), polynomial(fn("exp", neg(turned)), integers)


def _exponential(above: Form) -> Polynomial:
    return {(): Fraction(1)} if above == num(0) else {((fn("exp", above), 1),): Fraction(1)}


def _power(base: Form, exponent: Form, integers: frozenset[str]) -> Polynomial:
    if base == E:
        return polynomial(fn("exp", exponent), integers)
    if exponent.head == "num" and exponent.value.denominator == 1:
        return _raised(polynomial(base, integers), int(exponent.value))
    if is_whole(exponent, integers):
        inside = polynomial(base, integers)
        if len(inside) == 1:
            return _exponential(normal(mul(exponent, _logarithm(inside)), integers))
        return _exponential(normal(mul(exponent, fn("log", form_of(inside))), integers))
    return {((power(normal(base, integers), normal(exponent, integers)), 1),): Fraction(1)}


def _raised(base: Polynomial, exponent: int) -> Polynomial:
    if len(base) == 1:
        ((monomial, number),) = base.items()
        found: Polynomial = {(): number**exponent}
        for form, above in monomial:
            if form.head == "exp":
                found = times(found, _exponential(normal(mul(num(above * exponent), form.args[0]))))
            elif form == IMAGINARY:
                found = times(
                    found,
                    _joined((), (), Fraction(1))
                    if not exponent % 4
                    else _joined((), ((form, exponent % 4),), Fraction(1)),
                )
            else:
                found = times(found, {((form, above * exponent),): Fraction(1)})
        return found
    if not base:
        if exponent > 0:
            return {}
        raise Unclear("division by zero")
    if 0 < exponent <= LARGEST_EXPONENT:
        result = base
        for _ in range(exponent - 1):
            result = times(result, base)
        return result
    return {((form_of(base), exponent),): Fraction(1)}


def _logarithm(base: Polynomial) -> Form:
    """A logarithm of a monomial, as a sum of logarithms: it is one modulo `2 pi i`."""
    ((monomial, number),) = base.items()
    parts = [fn("log", num(number))] if number != 1 else []
    for form, exponent in monomial:
        parts.append(mul(num(exponent), form.args[0] if form.head == "exp" else fn("log", form)))
    return add(*parts)


def is_whole(form: Form, integers: frozenset[str]) -> bool:
    """Whether a form is a whole number because its letters are."""
    if form.head == "num":
        return form.value.denominator == 1
    if form.head == "var":
        return form.name in integers
    return form.head in ("add", "mul") and all(is_whole(part, integers) for part in form.parts)


def form_of(value: Polynomial) -> Form:
    """The polynomial as a form; equal polynomials give equal forms."""
    terms = []
    for monomial in sorted(value, key=repr):
        factors = (f if e == 1 else power(f, num(e)) for f, e in monomial)
        terms.append(mul(num(value[monomial]), *factors))
    return add(*terms)


def normal(form: Form, integers: frozenset[str] = frozenset()) -> Form:
    """The form in normal form."""
    return form_of(polynomial(form, integers))


def is_zero(form: Form) -> bool:
    return not polynomial(form)


def linear(form: Form, name: str) -> tuple[Form, Form] | None:
    """The slope and the rest of a form that is linear in a letter; None where it is not."""
    slope: Polynomial = {}
    rest: Polynomial = {}
    for monomial, number in polynomial(form).items():
        holding = [(f, e) for f, e in monomial if name in free_variables(f)]
        if not holding:
            rest = plus(rest, {monomial: number})
        elif len(holding) == 1 and holding[0][0].head == "var" and holding[0][1] == 1:
            others = tuple((f, e) for f, e in monomial if f.head != "var" or f.name != name)
            slope = plus(slope, {others: number})
        else:
            return None
    return form_of(slope), form_of(rest)


def with_powers(form: Form) -> Form:
    """The form with `e^{k log a}` as the power `a^k` again."""
    if form.head == "exp":
        factors, kept = [], []
        for term in form.args[0].args if form.args[0].head == "add" else (form.args[0],):
            parts = term.args if term.head == "mul" else (term,)
            logs = [part for part in parts if part.head == "log"]
            if len(logs) == 1:
                others = list(parts)
                others.remove(logs[0])
                factors.append(power(with_powers(logs[0].args[0]), mul(*others)))
            else:
                kept.append(term)
        return mul(*factors, fn("exp", add(*kept))) if kept else mul(*factors)
    if not any(isinstance(arg, Form) for arg in form.args):
        return form
    return rebuild(form.head, (with_powers(a) if isinstance(a, Form) else a for a in form.args))


def at(value: Polynomial, values: dict[str, Form], integers: frozenset[str]) -> Polynomial:
    """The polynomial with letters replaced."""
    return polynomial(substitute(form_of(value), values), integers)
