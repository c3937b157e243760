"""Candidates for an antiderivative: undetermined coefficients over the functions that the integrand suggests."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_mat

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    num,
    power,
    quotient,
    substitute,
    var,
)
from derive.model.context import Context
from derive.verify.atoms import NotAlgebraic, factored, terms
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.parts import by_parts
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.positivity import by_powers, used
from derive.verify.signs import Signs
from derive.verify.view import View

__all__ = ["antiderivative"]

MOST_CANDIDATES = 44
ROUNDS = 3
WAVES = frozenset({"sin", "cos", "exp"})


def antiderivative(body: Form, name: str, signs: Signs, deadline: Deadline = NEVER) -> Form | None:
    """A form whose derivative is probably the body; it still has to be verified.

    Candidates are the terms of the integrand, of its derivatives and of x times them, and logarithms and arc
    tangents of the denominator's factors; their coefficients solve a linear system (Risch and Norman's method).
    """
    view = signs.view(body)
    if view is None:
        return None
    if any(atom.head in WAVES and len(free_variables(atom)) > 1 for atom in view.atoms.forms):
        found = by_parts(body, name, signs)
        if found is not None:
            return found
    candidates: list[Form] = []
    for new in (*_from_denominator(view, name, signs), *_from_terms(view, name)):
        if new not in candidates:
            candidates.append(new)
    fresh = list(candidates)
    for _ in range(ROUNDS):
        deadline.check()
        parts = [f for c in fresh for f in _summands(c, name, signs)]
        fresh = [f for f in dict.fromkeys([*parts, *(mul(var(name), f) for f in parts)]) if f not in candidates]
        candidates += [f for f in fresh if f not in candidates][: MOST_CANDIDATES - len(candidates)]
    return _combined(candidates, body, name, signs)


def _from_terms(view: View, name: str) -> list[Form]:
    x = var(name)
    below = view.atoms.polynomial_form(view.quotients[0].denominator)
    found = []
    for exponents, _ in terms(view.quotients[0].numerator):
        factors = [power(view.atoms.forms[i], num(e)) for i, e in enumerate(exponents) if e]
        moving = [f for f in factors if name in free_variables(f)]
        term = quotient(mul(*moving), below)
        found += [term, mul(x, term), mul(*moving), mul(x, *moving)]
    moving_atoms = [atom for atom in view.atoms.forms if name in free_variables(atom)]
    if moving_atoms == [x]:
        degree = max((sum(exponents) for exponents, _ in terms(view.quotients[0].numerator)), default=0)
        return [power(x, num(k)) for k in range(1, min(degree, 30) + 2)]
    found += [arc for atom in moving_atoms for arc in _arcs(atom, name)]
    for atom in view.atoms.forms:
        if name in free_variables(atom):
            found += [atom, mul(x, atom), power(atom, TWO)]
            found += _with_slope(atom, name)
            if atom.head == "pow" and name not in free_variables(atom.args[0]):
                found.append(quotient(atom, fn("log", atom.args[0])))
            if atom.head == "exp":
                found.append(mul(atom, power(x, TWO)))
            found += _with_a_name(atom, name)
    return [f for f in found if name in free_variables(f)] + [x]


def _with_a_name(atom: Form, name: str) -> list[Form]:
    """The functions named after integrals of exp(-c x**2), exp(c x)/x, sin(c x)/x, cos(c x)/x, log(1 - c x)/x."""
    if atom.head not in ("exp", "sin", "cos", "log"):
        return []
    x, inner = var(name), atom.args[0]
    try:
        square, slope = quotient(inner, power(x, TWO)), derivative(inner, name)
    except NotDifferentiable:
        return []
    if atom.head == "log":
        start = substitute(inner, {name: num(0)})
        return (
            [fn("polylog", TWO, mul(MINUS_ONE, slope, x))] if start == ONE and name not in free_variables(slope) else []
        )
    plain = Signs(Context())
    if atom.head == "exp" and (c := _number(plain, square)) is not None:
        root = power(num(abs(c)), HALF)
        return [mul(power(PI, HALF), power(root, MINUS_ONE), fn(head, mul(root, x))) for head in ("erf", "erfi")]
    names = {"exp": "Ei", "sin": "Si", "cos": "Ci"}
    return [fn(names[atom.head], inner)] if _number(plain, quotient(inner, x)) is not None else []


def _number(signs: Signs, form: Form) -> Fraction | None:
    view = signs.view(form)
    if view is None or not (view.quotients[0].numerator.is_constant() and view.quotients[0].denominator.is_constant()):
        return None
    value = view.quotients[0].numerator.leading_coefficient() / view.quotients[0].denominator.leading_coefficient()
    return Fraction(int(value.p), int(value.q))


def _with_slope(atom: Form, name: str) -> list[Form]:
    """f(a x + b)/a, and with the next powers of 1/a and x, for a parameter a."""
    if atom.head not in ("exp", "sin", "cos"):
        return []
    try:
        slope = derivative(atom.args[0], name)
    except NotDifferentiable:
        return []
    if not free_variables(slope) or name in free_variables(slope):
        return []
    other = power(atom, MINUS_ONE) if atom.head == "exp" else fn("cos" if atom.head == "sin" else "sin", atom.args[0])
    found = []
    for part in (atom, other):
        found += [quotient(part, slope), mul(var(name), quotient(part, slope)), quotient(part, power(slope, TWO))]
    return found


def _arcs(root: Form, name: str) -> list[Form]:
    """asin(c x) for sqrt(a - b x**2), asinh(c x) for sqrt(a + b x**2), log(x + s) for s = sqrt(x**2 - a)."""
    if root.head != "pow" or root.args[1] != HALF:
        return []
    view = Signs(Context()).view(root.args[0])
    x = var(name)
    if view is None or x not in view.atoms.forms:
        return []
    parts = by_powers(view.quotients[0].numerator, view.atoms.forms.index(x))
    if not parts.keys() <= {0, 2} or not all(p.is_constant() for p in parts.values()) or len(parts) != 2:
        return []
    a, b = (view.atoms.polynomial_form(parts[k]) for k in (0, 2))
    if a.value > 0:
        scaled = x if abs(b.value) == a.value else mul(power(num(abs(b.value) / a.value), HALF), x)
        return [fn("asin" if b.value < 0 else "asinh", scaled)]
    return [fn("log", add(mul(power(b, HALF), x), root))] if b.value > 0 else []


def _from_denominator(view: View, name: str, signs: Signs) -> list[Form]:
    found = []
    _, factors = factored(view.quotients[0].denominator)
    for factor, _ in factors:
        form = view.atoms.polynomial_form(factor)
        if name not in free_variables(form):
            continue
        found.append(fn("log", form if signs.positive(form) else fn("Abs", form)))
        found.append(power(form, MINUS_ONE))
        for index in used(factor):
            parts = by_powers(factor, index)
            if name not in free_variables(view.atoms.forms[index]) or max(parts) != 2:
                continue
            a, b, c = (view.atoms.polynomial_form(parts[k]) if k in parts else num(0) for k in (2, 1, 0))
            gap = add(mul(num(4), a, c), mul(MINUS_ONE, power(b, TWO)))
            if not any(name in free_variables(f) for f in (a, b, c)) and signs.positive(gap):
                top = add(mul(TWO, a, view.atoms.forms[index]), b)
                found.append(fn("atan", quotient(top, power(gap, HALF))))
                found.append(mul(power(gap, num(-1, 2)), fn("atan", quotient(top, power(gap, HALF)))))
    return found


def _summands(form: Form, name: str, signs: Signs) -> list[Form]:
    """The terms of the derivative, without their coefficients."""
    try:
        view = signs.view(derivative(form, name))
    except NotDifferentiable:
        return []
    if view is None:
        return []
    found = _from_denominator(view, name, signs)
    below = view.atoms.polynomial_form(view.quotients[0].denominator)
    for exponents, _ in terms(view.quotients[0].numerator):
        factors = [power(view.atoms.forms[i], num(e)) for i, e in enumerate(exponents) if e]
        term = quotient(mul(*factors), below)
        if name in free_variables(term):
            found.append(term)
    return found


def _combined(candidates: list[Form], body: Form, name: str, signs: Signs) -> Form | None:
    """Rational coefficients with which the candidates' derivatives add up to the body."""
    slopes, kept = [], []
    for candidate in candidates:
        try:
            slopes.append(derivative(candidate, name))
            kept.append(candidate)
        except NotDifferentiable:
            continue
    view = signs.view(*slopes, body)
    if view is None:
        kept, slopes = kept[:12], slopes[:12]
        view = signs.view(*slopes, body)
    if view is None:
        return None
    try:
        columns = _over_one_denominator(view)
    except NotAlgebraic:
        return None
    rows = sorted(set().union(*(column.keys() for column in columns)))
    matrix = fmpq_mat(
        len(rows), len(columns), [_fmpq(column.get(row, Fraction(0))) for row in rows for column in columns]
    )
    solution = _solved(matrix, len(kept))
    if solution is None:
        return None
    return add(*(mul(num(c), form) for c, form in zip(solution, kept, strict=True) if c))


def _over_one_denominator(view: View) -> list[dict[tuple[int, ...], Fraction]]:
    shared = view.quotients[0].denominator
    for quotient_ in view.quotients[1:]:
        other = quotient_.denominator
        shared = shared * divmod(other, shared.gcd(other))[0]
        if len(shared) > 200:
            raise NotAlgebraic("denominators")
    joined = [q.numerator * divmod(shared, q.denominator)[0] for q in view.quotients]
    return [dict(terms(view.atoms.reduced(numerator)[0])) for numerator in joined]


def _fmpq(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def _solved(matrix: fmpq_mat, unknowns: int) -> list[Fraction] | None:
    """A solution of the system whose last column is the right side, free unknowns 0; None if there is none."""
    reduced, rank = matrix.rref()
    solution = [Fraction(0)] * unknowns
    for row in range(rank):
        pivot = next(j for j in range(unknowns + 1) if reduced[row, j] != 0)
        if pivot == unknowns:
            return None
        value = reduced[row, unknowns]
        solution[pivot] = Fraction(int(value.p), int(value.q))
    return solution if any(solution) else None
