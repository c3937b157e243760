"""What a real form requires in order to be defined: statements read off its nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.meaning.form import BINDERS, MINUS_ONE, ONE, ZERO, Form, const, fn, mul, power, subforms

__all__ = ["ENTIRE", "NEVER", "necessary", "sufficient"]

NEVER = const("False")

ENTIRE = frozenset(
    {"exp", "sin", "cos", "sinh", "cosh", "tanh", "sech", "atan", "asinh", "erf", "erfc", "Si", "Abs", "sign", "floor",
     "ceiling", "Max", "Min", "airyai", "airybi", "fibonacci", "re", "im", "conjugate", "besselj",
     "erfi", "Shi", "fresnels", "fresnelc", "rgamma"}
)  # fmt: skip


def _less(left: Form, right: Form) -> Form:
    return Form("lt", (left, right))


def _at_most(left: Form, right: Form) -> Form:
    return Form("le", (left, right))


def _unequal(left: Form, right: Form) -> Form:
    return Form("ne", (left, right))


Row = Callable[..., tuple[Form, ...]]

EXACT: dict[str, Row] = {
    "log": lambda u: (_less(ZERO, u),),
    "asin": lambda u: (_at_most(MINUS_ONE, u), _at_most(u, ONE)),
    "acos": lambda u: (_at_most(MINUS_ONE, u), _at_most(u, ONE)),
    "atanh": lambda u: (_less(MINUS_ONE, u), _less(u, ONE)),
    "acosh": lambda u: (_at_most(ONE, u),),
    "tan": lambda u: (_unequal(fn("cos", u), ZERO),),
    "sec": lambda u: (_unequal(fn("cos", u), ZERO),),
    "cot": lambda u: (_unequal(fn("sin", u), ZERO),),
    "csc": lambda u: (_unequal(fn("sin", u), ZERO),),
    "coth": lambda u: (_unequal(u, ZERO),),
    "csch": lambda u: (_unequal(u, ZERO),),
    "LambertW": lambda u: (_at_most(mul(MINUS_ONE, power(const("E"), MINUS_ONE)), u),),
}


def _of_degree(n: Form) -> tuple[Form, ...]:
    """A polynomial of a known degree is defined everywhere."""
    return () if n.head == "num" and n.value.denominator == 1 and n.value >= 0 else (NEVER,)


MORE_THAN_NEEDED: dict[str, Row] = {
    "gamma": lambda u: (_less(ZERO, u),),
    "loggamma": lambda u: (_less(ZERO, u),),
    "digamma": lambda u: (_less(ZERO, u),),
    "factorial": lambda u: (_less(MINUS_ONE, u),),
    "beta": lambda u, v: (_less(ZERO, u), _less(ZERO, v)),
    "binomial": lambda n, k: (_at_most(ZERO, n), _at_most(ZERO, k)),
    "zeta": lambda u: (_less(ONE, u),),
    "polygamma": lambda n, u: (_at_most(ZERO, n), _less(ZERO, u)),
    "polylog": lambda s, u: (_less(u, ONE),),
    "elliptic_k": lambda m: (_less(m, ONE),),
    "elliptic_e": lambda m: (_at_most(m, ONE),),
    "Ei": lambda u: (_unequal(u, ZERO),),
    "Ci": lambda u: (_less(ZERO, u),),
    "legendre": lambda n, x: _of_degree(n),
    "chebyshevt": lambda n, x: _of_degree(n),
    "chebyshevu": lambda n, x: _of_degree(n),
    "hermite": lambda n, x: _of_degree(n),
    "laguerre": lambda n, x: _of_degree(n),
}


def sufficient(form: Form, integer: Callable[[Form], bool]) -> tuple[Form, ...]:
    """Statements that together make the form defined; `NEVER` among them where no such statements are known.

    `integer` says which exponents are integers.
    """
    return tuple(dict.fromkeys(_requirements(form, integer, enough=True)))


def necessary(form: Form, integer: Callable[[Form], bool]) -> tuple[Form, ...]:
    """Statements that hold wherever the form is defined."""
    return tuple(dict.fromkeys(_requirements(form, integer, enough=False)))


def _requirements(form: Form, integer: Callable[[Form], bool], *, enough: bool) -> Iterator[Form]:
    for part in _outside_binders(form):
        head, args = part.head, part.args
        if head in ("num", "var", "add", "mul", "eq", "ne", "lt", "le", "and", "or", "not") or head in ENTIRE:
            continue
        if head == "const":
            if part.name in ("oo", "-oo", "zoo", "I") and enough:
                yield NEVER
        elif head == "pow":
            yield from _of_power(args[0], args[1], integer, enough=enough)
        elif head in EXACT and len(args) == 1:
            yield from EXACT[head](*args)
        elif enough:
            row = MORE_THAN_NEEDED.get(head)
            try:
                yield from row(*args) if row else (NEVER,)
            except TypeError:
                yield NEVER


def _outside_binders(form: Form) -> Iterator[Form]:
    """The subforms whose variables are those of the form; a sum, integral or derivative counts as one."""
    if not any(part.head in BINDERS or part.head in ("diff", "cases") for part in subforms(form)):
        yield from subforms(form)
        return
    stack = [form]
    while stack:
        top = stack.pop()
        yield top
        if top.head not in BINDERS and top.head not in ("diff", "cases"):
            stack.extend(part for part in top.args if isinstance(part, Form))


def _of_power(base: Form, exponent: Form, integer: Callable[[Form], bool], *, enough: bool) -> Iterator[Form]:
    if (base.head == "num" and base.value > 0) or (base.head == "const" and base.name == "E"):
        return
    if exponent.head != "num":
        if integer(exponent):
            if enough:
                yield _unequal(base, ZERO)
        else:
            yield _less(ZERO, base) if enough else _at_most(ZERO, base)
        return
    number = exponent.value
    if number.denominator == 1:
        if number < 0:
            yield _unequal(base, ZERO)
    elif number.denominator % 2 == 0 or enough:
        yield _at_most(ZERO, base) if number > 0 else _less(ZERO, base)
    elif number < 0:
        yield _unequal(base, ZERO)
