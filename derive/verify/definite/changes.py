"""Changes of variable: x = exp(-t) and x = exp(t) take (0, 1) and (1, oo) to (0, oo)."""

from __future__ import annotations

from derive.meaning.form import ONE, ZERO, Form, add, fn, free_variables, mul, neg, num, rebuild, var
from derive.model.context import Context
from derive.verify.definite.factors import factors
from derive.verify.signs import Signs

__all__ = ["exponential_change", "joined"]


def exponential_change(body: Form, name: str, side: int) -> Form:
    """f(x) |dx/dt| for x = exp(side t), t named as x was, with logarithms and powers of x worked out."""
    t = var(name)
    return joined(mul(_changed(body, name, side), fn("exp", mul(num(side), t))))


def _changed(form: Form, name: str, side: int) -> Form:
    if name not in free_variables(form):
        return form
    x, exponent = var(name), mul(num(side), var(name))
    if form == x:
        return fn("exp", exponent)
    if form.head == "log" and form.args[0] == x:
        return exponent
    if form.head == "log" and form.args[0] == Form("pow", (x, num(-1))):
        return neg(exponent)
    if form.head == "pow" and form.args[0] == x and name not in free_variables(form.args[1]):
        return fn("exp", mul(form.args[1], exponent))
    return rebuild(form.head, (_changed(part, name, side) if isinstance(part, Form) else part for part in form.args))


def joined(body: Form) -> Form:
    """A product with its exponentials joined into one."""
    exponent, rest = ZERO, []
    for factor in factors(body):
        if factor.head == "exp":
            exponent = add(exponent, factor.args[0])
        else:
            rest.append(factor)
    if exponent == ZERO:
        return mul(ONE, *rest)
    view = Signs(Context()).view(exponent)
    if view is not None:
        exponent = view.atoms.form_of(view.quotients[0])
    return mul(*rest, fn("exp", exponent)) if exponent != ZERO else mul(ONE, *rest)
