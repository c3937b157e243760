"""Laws of sums, integrals and products over an index: linear, in any order, and over all values of a variable."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from derive.check.probability.heads import ALL, BIG, OF, items, joint, mean, variable_of
from derive.check.probability.polynomials import (
    Monomial,
    Polynomial,
    as_form,
    atom,
    constant,
    form_of_monomial,
    plus,
    scaled,
)
from derive.check.probability.powers import whole_power
from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    Form,
    add,
    free_variables,
    mul,
    num,
    opaque,
    power,
    sub,
    subforms,
    substitute,
    var,
)

if TYPE_CHECKING:
    from derive.check.probability.normal import Normal

__all__ = ["product_law", "sum_law"]

MOST_NESTED = 3
Bound = tuple[str, Form, Form, Form]
"""The head of a sum or integral, its letter and its bounds."""


def sum_law(normal: Normal, form: Form) -> Polynomial:
    """`sum (a f + b g) = a sum f + b sum g`, each sum in normal form."""
    body, bound, lower, upper = form.args
    fresh = normal.letter(bound)
    needed = len(normal.needed)
    terms = normal(substitute(body, {bound.name: fresh}))
    normal.needed[needed:] = [substitute(need, {fresh.name: bound}) for need in normal.needed[needed:]]
    limits = normal.form(lower) if lower.head != "opaque" else lower, normal.form(upper) if upper != ALL else upper
    total: Polynomial = {}
    for factors, scale in terms.items():
        fixed = [(f, e) for f, e in factors if fresh.name not in free_variables(f)]
        running = tuple((f, e) for f, e in factors if fresh.name in free_variables(f))
        inner = _of_product(normal, (form.head, fresh, *limits), running)
        total = plus(total, scaled(normal.product(normal.joined(fixed), inner), scale))
    return total


def _of_product(normal: Normal, bound: Bound, running: Monomial) -> Polynomial:
    if not running:
        return _count(normal, bound)
    bounds, factors = _flat(normal, [bound], running)
    for each in bounds:
        less = _over_all(normal, each, factors)
        if less is not None:
            others = [other for other in bounds if other is not each]
            return normal(_nested(others, as_form(less)))
    if len(bounds) == 1:
        return _named(normal, bounds, factors)
    return _in_order(normal, bounds, factors)


def _count(normal: Normal, bound: Bound) -> Polynomial:
    """How many terms there are."""
    head, _, lower, upper = bound
    if head == "sum" and lower.head != "opaque" and upper != ALL:
        return normal(add(upper, mul(MINUS_ONE, lower), ONE))
    return atom(Form(head, (ONE, var("bound0__"), lower, upper)))


def _flat(normal: Normal, bounds: list[Bound], factors: Monomial) -> tuple[list[Bound], Monomial]:
    """A sum inside a product inside a sum as one sum over both letters."""
    while len(bounds) < MOST_NESTED:
        inner = [f for f, e in factors if f.head in ("sum", "int") and e == 1]
        if len(inner) != 1 or inner[0].head != bounds[0][0]:
            break
        body, letter, lower, upper = inner[0].args
        fresh = normal.letter(letter)
        opened = normal(substitute(body, {letter.name: fresh}))
        if len(opened) != 1:
            break
        ((more, scale),) = opened.items()
        if scale != 1:
            break
        joined = normal.joined((*((f, e) for f, e in factors if f is not inner[0]), *more))
        if len(joined) != 1:
            break
        ((factors, scale),) = joined.items()
        if scale != 1:
            break
        bounds = [*bounds, (inner[0].head, fresh, lower, upper)]
    return bounds, factors


def _over_all(normal: Normal, bound: Bound, factors: Monomial) -> Polynomial | None:
    """`sum_y p(x, y) = p(x)` over all y, and `sum_y E[f | x, y] p(x, y) = E[f | x] p(x)`; None where it is no such.

    The sum of derivatives of a density is the derivative of its sum, under the condition that these can be exchanged.
    """
    head, letter, lower, upper = bound
    if head == "sum" and normal.cases and (lower, upper) != (ALL, ALL):
        return _over_cases(normal, letter, factors)
    if head in ("sum", "int") and lower.head == "opaque" and lower.args[0] == "range in":
        return _over_set(normal, letter, lower.args[1], factors)
    if head not in ("sum", "int") or lower != ALL or upper != ALL:
        return None
    running = [(f, e) for f, e in factors if letter.name in free_variables(f)]
    fixed = [(f, e) for f, e in factors if letter.name not in free_variables(f)]
    if len(running) == 1 and running[0][0].head == "slope" and running[0][0].args[1].head == "joint":
        kind, density, by = running[0][0].args
        if running[0][1] == 1 and _is_of(density, letter) and letter.name not in free_variables(by):
            normal.needed.append(opaque("exchange", by))
            whole = Form("slope", (kind, Form(head, (density, letter, lower, upper)), by))
            return normal.product(normal.joined(fixed), normal(whole))
    densities = [f for f, e in running if f.head == "joint" and e == 1 and _is_of(f, letter)]
    if len(densities) != 1:
        return None
    family, of, by = densities[0].args
    rest = [part for part in items(of) if not _is_value(part, letter)]
    others = [(f, e) for f, e in running if f is not densities[0]]
    if not others:
        return normal.product(normal.joined(fixed), normal(joint(family, rest, items(by))))
    if len(others) == 1 and others[0][1] == 1 and others[0][0].head == "mean":
        tag, body, given = others[0][0].args
        if set(items(given)) == set(items(of)) and letter.name not in free_variables(body) and not tag:
            whole = mul(mean(tag, body, rest), joint(family, rest, items(by)))
            return normal.product(normal.joined(fixed), normal(whole))
    return None


def _over_cases(normal: Normal, letter: Form, factors: Monomial) -> Polynomial | None:
    """`sum_i P(A_i, B) = P(B)`, where exactly one of the `A_i` happens; None where it is no such sum."""
    running = [(f, e) for f, e in factors if letter.name in free_variables(f)]
    fixed = [(f, e) for f, e in factors if letter.name not in free_variables(f)]
    if len(running) != 1 or running[0][1] != 1 or running[0][0].head != "joint":
        return None
    family, of, by = running[0][0].args
    own = [part for part in items(of) if letter.name in free_variables(part)]
    single = len(own) == 1 and own[0].head in ("index", "eq") and own[0].args[1:] == (letter,)
    if not single or letter.name in free_variables(by):
        return None
    normal.needed.append(opaque("cases", substitute(own[0], {letter.name: var("i")})))
    rest = [part for part in items(of) if part is not own[0]]
    return normal.product(normal.joined(fixed), normal(joint(family, rest, items(by))))


def _over_set(normal: Normal, letter: Form, values: Form, factors: Monomial) -> Polynomial | None:
    """`sum_{x in A} p(x, y) = P(X in A, y)`; None where it is no such sum."""
    if len(factors) != 1 or factors[0][1] != 1 or factors[0][0].head != "joint" or not _is_of(factors[0][0], letter):
        return None
    family, of, by = factors[0][0].args
    named = values.head == "call" and len(values.args) == 2 and values.name == r"piece \mathrm{name0}"
    if not named or family not in ("P", "p", "f") or letter not in items(of):
        return None
    event = Form("in", (var(variable_of(letter).upper()), values.args[1]))
    return normal(joint("P", [event, *(part for part in items(of) if part != letter)], items(by)))


def _is_value(part: Form, letter: Form) -> bool:
    """Whether a part says that a variable has the value of the letter."""
    return part == letter or (part.head == "eq" and part.args[1] == letter)


def _is_of(density: Form, letter: Form) -> bool:
    """Whether a density is one of the letter, in one of its places only."""
    _, of, by = density.args
    where = [part for part in items(of) if letter.name in free_variables(part)]
    return len(where) == 1 and _is_value(where[0], letter) and letter.name not in free_variables(by)


def _nested(bounds: list[Bound], body: Form) -> Form:
    for head, letter, lower, upper in bounds:
        body = Form(head, (body, letter, lower, upper))
    return body


def _named(normal: Normal, bounds: list[Bound], factors: Monomial) -> Polynomial:
    """The sum with a letter that says how deep it is, so that equal sums are equal forms."""
    ((head, letter, lower, upper),) = bounds
    body = form_of_monomial(factors)
    name = _standing(body, letter, _depth(body))
    renamed = normal(substitute(body, {letter.name: name}))
    return atom(Form(head, (as_form(renamed), name, lower, upper)))


def _standing(body: Form, letter: Form, depth: int) -> Form:
    """The name of a letter that runs, by its depth, and by its variable where a density is taken at it."""
    taken = any(part.head == "joint" and letter in items(part.args[1]) for part in subforms(body))
    return var(f"bound{depth}__{OF}{variable_of(letter)}" if taken else f"bound{depth}__")


def _depth(form: Form) -> int:
    """How many binders stand inside one another."""
    inside = max((_depth(part) for part in form.parts), default=0)
    return inside + 1 if form.head in BIG or form.head == "extremum" else inside


def _in_order(normal: Normal, bounds: list[Bound], factors: Monomial) -> Polynomial:
    """Sums over several letters: the first of all orders in which they may stand."""
    body = form_of_monomial(factors)
    depth = _depth(body)
    found: list[Form] = []
    for order in permutations(bounds):
        names = {each[1].name: _standing(body, each[1], depth + place) for place, each in enumerate(order)}
        if any(_reaches(each, later) for place, each in enumerate(order) for later in order[:place]):
            continue
        inside = normal.form(substitute(body, names))
        renamed = [(head, names[letter.name], lower, upper) for head, letter, lower, upper in order]
        renamed = [(h, n, substitute(lo, names), substitute(up, names)) for h, n, lo, up in renamed]
        found.append(_nested(renamed, inside))
    return atom(min(found, key=repr))


def _reaches(outer: Bound, inner: Bound) -> bool:
    """Whether the bounds of the sum outside speak of the letter of the sum inside."""
    return inner[1].name in free_variables(outer[2]) | free_variables(outer[3])


# --- products ----------------------------------------------------------------------------------------------


def product_law(normal: Normal, form: Form) -> Polynomial:
    """`prod (a f) = a^n prod f`, `prod e^f = e^{sum f}`, `prod a^f = a^{sum f}`; what cancels from each to the next."""
    body, bound, lower, upper = form.args
    fresh = normal.letter(bound)
    needed = len(normal.needed)
    terms = normal(substitute(body, {bound.name: fresh}))
    normal.needed[needed:] = [substitute(need, {fresh.name: bound}) for need in normal.needed[needed:]]
    rest = (lower, upper)
    count = as_form(_count(normal, ("sum", fresh, *rest)))
    if len(terms) != 1:
        return _product_named(normal, as_form(terms), fresh, rest)
    ((factors, scale),) = terms.items()
    found = normal(power(num(scale), count)) if scale != 1 else constant(1)
    running: list[tuple[Form, int]] = []
    for each, exponent in factors:
        if fresh.name not in free_variables(each):
            found = normal.product(found, normal(power(each, mul(num(exponent), count))))
        elif each.head == "exp":
            total = Form("sum", (mul(num(exponent), each.args[0]), fresh, *rest))
            found = normal.product(found, normal(Form("exp", (total,))))
        elif each.head == "pow" and fresh.name not in free_variables(each.args[0]):
            total = Form("sum", (mul(num(exponent), each.args[1]), fresh, *rest))
            found = normal.product(found, normal(power(each.args[0], total)))
        else:
            running.append((each, exponent))
    left, ends = _telescoped(normal, running, fresh, lower, upper)
    found = normal.product(found, ends)
    for each, exponent in left:
        part = _product_named(normal, each, fresh, rest)
        found = normal.product(found, whole_power(normal, part, exponent))
    return found


def _product_named(normal: Normal, body: Form, letter: Form, rest: tuple[Form, Form]) -> Polynomial:
    name = _standing(body, letter, _depth(body))
    return atom(Form("prod", (normal.form(substitute(body, {letter.name: name})), name, *rest)))


def _telescoped(
    normal: Normal, running: list[tuple[Form, int]], letter: Form, lower: Form, upper: Form
) -> tuple[list[tuple[Form, int]], Polynomial]:
    """What is divided by what it was one place before: only the last and the first are left."""
    ends = constant(1)
    if lower.head == "opaque" or upper == ALL:
        return running, ends
    left = list(running)
    for form, exponent in running:
        before = normal(substitute(form, {letter.name: sub(letter, ONE)}))
        if not any(part.head == "span" for part in subforms(form)):
            continue
        match = next((each for each in left if before == atom(each[0]) and each[1] == -exponent), None)
        whole = match is not None or before == constant(1)
        if not whole or (form, exponent) not in left:
            continue
        left.remove((form, exponent))
        last = normal(power(substitute(form, {letter.name: upper}), num(exponent)))
        ends = normal.product(ends, last)
        if match is not None:
            left.remove(match)
            first = normal(power(substitute(match[0], {letter.name: lower}), num(match[1])))
            ends = normal.product(ends, first)
    return left, ends
