"""Functions that are continuous wherever they are defined, and forms that are entire functions."""

from __future__ import annotations

from derive.meaning.form import Form
from derive.model.context import Context

__all__ = ["continuous", "entire"]

ENTIRE = frozenset({"num", "var", "add", "mul", "exp", "sin", "cos", "sinh", "cosh", "rgamma", "erf", "erfc", "erfi"})

MEROMORPHIC = ENTIRE | {
    "tan", "cot", "sec", "csc", "tanh", "coth", "sech", "csch", "gamma", "factorial", "digamma", "polygamma", "beta",
    "zeta", "Si", "Shi", "airyai", "airybi", "airyaiprime", "airybiprime", "harmonic",
}  # fmt: skip

PARTS = frozenset({"Abs", "re", "im", "conjugate"})

ON_REALS = frozenset(
    {
        *("log", "asin", "acos", "atan", "asinh", "acosh", "atanh", "acoth", "asec", "acsc", "acsch", "asech"),
        *("loggamma", "LambertW", "Max", "Min", "Ei", "li", "Ci", "Chi", "fresnels", "fresnelc", "sinc"),
    }
)

POLYNOMIALS = frozenset(
    {"chebyshevt", "chebyshevu", "legendre", "hermite", "laguerre", "RisingFactorial", "FallingFactorial", "rf", "ff"}
)
ORDERED = frozenset({"besselj", "besseli"})


def entire(form: Form) -> bool:
    """Whether the form is an entire function of its variables."""
    if form.head == "const":
        return form.name in ("pi", "E", "I", "EulerGamma", "Catalan", "GoldenRatio")
    if form.head == "pow":
        base, exponent = form.args
        return exponent.head == "num" and exponent.value.denominator == 1 and exponent.value > 0 and entire(base)
    return form.head in ENTIRE and all(entire(part) for part in form.parts)


def continuous(form: Form, context: Context, *, real: bool) -> bool:
    """Whether the form is continuous wherever it is defined, in its real and complex variables."""
    head = form.head
    if head == "const":
        return entire(form)
    if head == "pow":
        base, exponent = form.args
        if not _integral(exponent, context) and not real:
            return False
        return all(continuous(part, context, real=real) for part in (base, exponent))
    if head in POLYNOMIALS or head in ORDERED or head == "binomial":
        order = form.args[1 if head in ("binomial", "RisingFactorial", "FallingFactorial", "rf", "ff") else 0]
        return _integral(order, context) and all(continuous(part, context, real=real) for part in form.parts)
    if head == "polylog":
        return real and form.args[0].head == "num" and continuous(form.args[1], context, real=True)
    if head in ("fibonacci", "lucas"):
        return _integral(form.args[0], context)
    if head in MEROMORPHIC or head in PARTS or (real and head in ON_REALS):
        return all(continuous(part, context, real=real) for part in form.parts)
    return False


def _integral(form: Form, context: Context) -> bool:
    """Integer-valued: made of integers and integer variables by sums and products."""
    if form.head == "num":
        return form.value.denominator == 1
    if form.head == "var":
        return context.variable(form.name).sort == "integer"
    return form.head in ("add", "mul") and all(_integral(part, context) for part in form.parts)
