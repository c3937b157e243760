"""Sums of every second binomial coefficient of a row, or of those along a diagonal of Pascal's triangle."""

from __future__ import annotations

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    Form,
    add,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
)  # fmt: skip
from derive.model.context import Context
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.geometric import exponent_slope
from derive.verify.definite.value import Value
from derive.verify.signs import Signs

__all__ = ["thinned_value"]


def thinned_value(part: Form, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """Binomial coefficients two apart, or along a diagonal, with powers a**(n - 2 k) w**k, up to floor(n/2).

    With s = sqrt(w): C(n, 2k) gives ((a + s)**n + (a - s)**n)/2, and C(n, 2k + 1) with a**(n - 2k - 1), up to
    floor((n - 1)/2), gives ((a + s)**n - (a - s)**n)/(2 s).  C(n - k, k) gives the n-th of the sequence
    1, a, ... with u(n + 1) = a u(n) + w u(n - 1), that is (p**(n + 1) - q**(n + 1))/(p - q), p + q = a, p q = -w.
    """
    body, bound, lower, upper = part.args
    signs = Signs(context, deadline, principal=True)
    factors = list(body.args) if body.head == "mul" else [body]
    chosen = [f for f in factors if f.head == "binomial" and len(f.args) == 2]
    k = bound
    if lower != ZERO or len(chosen) != 1 or upper.head != "floor":
        return None
    factors.remove(chosen[0])
    top, bottom = chosen[0].args
    odd = int(signs.vanishes(sub(bottom, add(mul(TWO, k), ONE))))
    if odd or signs.vanishes(sub(bottom, mul(TWO, k))):
        n, reach, diagonal = top, sub(top, num(odd)), False
    elif bottom == k:
        n, diagonal = add(top, k), True
        reach = n = _shown(n, signs)
    else:
        return None
    if k.name in free_variables(n) or not signs.integer(n) or not signs.vanishes(sub(upper.args[0], mul(HALF, reach))):
        return None
    if not signs.at_most(MINUS_ONE if diagonal else num(0), n):
        return None
    a, w, scale = ONE, ONE, ONE
    for factor in factors:
        found = exponent_slope(factor, k.name)
        if k.name not in free_variables(factor):
            scale = mul(scale, factor)
        elif found is None:
            return None
        elif found[1] == -2 and signs.vanishes(sub(found[2], reach)):
            a = mul(a, found[0])
        elif found[1] > 0:
            w, scale = mul(w, power(found[0], num(found[1]))), mul(scale, power(found[0], found[2]))
        else:
            return None
    return _thinned(a, w, scale, n, signs, odd=bool(odd), diagonal=diagonal)


def _shown(form: Form, signs: Signs) -> Form:
    view = signs.view(form)
    return form if view is None else view.atoms.form_of(view.quotients[0])


def _thinned(a: Form, w: Form, scale: Form, n: Form, signs: Signs, *, odd: bool, diagonal: bool) -> Value | None:
    square = add(power(a, TWO), mul(num(4), w)) if diagonal else w
    root = _square_root(square)
    if diagonal:
        if not (signs.nonzero(square) and signs.nonzero(w)):
            return None
        p, up = mul(HALF, add(a, root)), add(n, ONE)
        difference = sub(power(p, up), mul(power(neg(w), up), power(p, neg(up))))
        return Value(mul(scale, quotient(difference, root)), by="a diagonal of Pascal's triangle")
    p, q = _turn(a, root, n), _turn(a, neg(root), n)
    if odd:
        ratio = _cancelled(scale, root)
        if not free_variables(ratio):  # both sides are 0 where the root is
            return Value(mul(ratio, HALF, sub(p, q)), by="binomial theorem")
        conditions = () if signs.nonzero(square) else (Form("ne", (square, ZERO)),)
        return Value(mul(scale, HALF, quotient(sub(p, q), root)), conditions, "binomial theorem")
    return Value(mul(scale, HALF, add(p, q)), by="binomial theorem")


def _cancelled(scale: Form, root: Form) -> Form:
    """scale/root without common factors."""
    above, below = (list(f.args) if f.head == "mul" else [f] for f in (scale, root))
    for factor in list(below):
        if factor in above:
            above.remove(factor)
            below.remove(factor)
    return quotient(mul(ONE, *above), mul(ONE, *below))


def _turn(a: Form, root: Form, n: Form) -> Form:
    """(a + s)**n, for cos(u) + i sin(u) by de Moivre's formula."""
    i = Form("const", ("I",))
    factors = set(root.args) if root.head == "mul" else {root}
    if a.head == "cos" and factors - {ONE, MINUS_ONE} == {i, fn("sin", a.args[0])} and len(root.args) == len(factors):
        turned: Form = fn("exp", mul(MINUS_ONE if MINUS_ONE in factors else ONE, i, n, a.args[0]))
        return turned
    return power(add(a, root), n)


def _square_root(w: Form) -> Form:
    """A square root, by halving even exponents, with i for a factor -1; which one does not matter."""
    root = ONE
    for factor in w.args if w.head == "mul" else (w,):
        even = factor.head == "pow" and factor.args[1].head == "num" and factor.args[1].value % 2 == 0
        if factor == MINUS_ONE:
            root = mul(root, Form("const", ("I",)))
        elif even:
            root = mul(root, power(factor.args[0], num(factor.args[1].value / 2)))
        else:
            root = mul(root, power(factor, HALF))
    return root
