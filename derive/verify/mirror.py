"""Conjugates of values by Schwarz's reflection: conj f(z) = f(conj z) for functions that are real on the real axis."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.form import HALF, IMAGINARY, TWO, Form, add, mul, neg, power, quotient, rebuild, sub
from derive.model.context import Context

__all__ = ["without_conjugates"]

# Meromorphic (or entire) in every argument that is not real, and real for real arguments.
SYMMETRIC = frozenset(
    {
        *(
            "add",
            "mul",
            "exp",
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "sinh",
            "cosh",
            "tanh",
            "coth",
            "sech",
            "csch",
        ),
        *("gamma", "rgamma", "factorial", "digamma", "polygamma", "harmonic", "beta", "zeta", "dirichlet_eta"),
        *("erf", "erfc", "erfi", "Si", "Shi", "fresnels", "fresnelc", "sinc"),
        *("airyai", "airybi", "airyaiprime", "airybiprime", "conjugate", "Abs", "re", "im"),
        *("rf", "ff", "RisingFactorial", "FallingFactorial"),
    }
)
# The same when the first argument is an integer.
OF_INTEGER_ORDER = frozenset({"besselj", "besseli", "legendre", "hermite", "laguerre", "chebyshevt", "chebyshevu"})
REAL_CONSTANTS = frozenset({"pi", "E", "EulerGamma", "Catalan", "GoldenRatio"})
PARTS = frozenset({"conjugate", "Abs", "re", "im"})


def without_conjugates(form: Form, context: Context) -> Form | None:
    """The form with conjugates, absolute values and parts of such functions written by the functions themselves.

    It has the same value, and is defined, at the same points: conj f(z) = f(conj z).  A conjugate of a variable is
    left; None where nothing changes.
    """
    changed = _rewritten(form, context)
    return None if changed == form else changed


def _rewritten(form: Form, context: Context) -> Form:
    if not form.parts:
        return form
    done = rebuild(form.head, (_rewritten(p, context) if isinstance(p, Form) else p for p in form.args))
    if done.head not in PARTS or done.args[0].head in ("var", "const"):
        return done
    inner = done.args[0]
    mirrored = _mirror(inner, context)
    return done if mirrored is None else WRITTEN[done.head](inner, mirrored)


WRITTEN: dict[str, Callable[[Form, Form], Form]] = {
    "conjugate": lambda f, mirrored: mirrored,
    "Abs": lambda f, mirrored: power(mul(f, mirrored), HALF),
    "re": lambda f, mirrored: mul(HALF, add(f, mirrored)),
    "im": lambda f, mirrored: quotient(sub(f, mirrored), mul(TWO, IMAGINARY)),
}


def _mirror(form: Form, context: Context) -> Form | None:
    """The conjugate of the form's values, as a form; None where it is not known everywhere."""
    head = form.head
    if head == "num" or (head == "const" and form.name in REAL_CONSTANTS):
        return form
    if form == IMAGINARY:
        return neg(form)
    if head == "var":
        return form if context.variable(form.name).sort != "complex" else Form("conjugate", (form,))
    if head == "conjugate":
        inner: Form = form.args[0]
        return inner
    if head in ("Abs", "re", "im"):
        return form
    if head == "pow":
        return _mirrored_power(form, context)
    if head in OF_INTEGER_ORDER and not _integer(form.args[0], context):
        return None
    if head not in SYMMETRIC and head not in OF_INTEGER_ORDER:
        return None
    if head == "zeta" and len(form.args) > 1:
        return None
    parts = [_mirror(part, context) for part in form.args]
    if any(part is None for part in parts):
        return None
    return rebuild(head, (part for part in parts if part is not None))


def _mirrored_power(form: Form, context: Context) -> Form | None:
    """Integer powers; any power of a positive number or constant."""
    base, exponent = form.args
    positive = (base.head == "num" and base.value > 0) or (base.head == "const" and base.name in REAL_CONSTANTS)
    if not positive and not _integer(exponent, context):
        return None
    below, above = _mirror(base, context), _mirror(exponent, context)
    return None if below is None or above is None else power(below, above)


def _integer(form: Form, context: Context) -> bool:
    """Integer-valued: made of integers and integer variables by sums and products."""
    if form.head == "num":
        return bool(form.value.denominator == 1)
    if form.head == "var":
        return context.variable(form.name).sort == "integer"
    return form.head in ("add", "mul") and all(_integer(part, context) for part in form.parts)
