"""Conjugates of values by Schwarz's reflection: conj f(z) = f(conj z) for functions that are real on the real axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def without_conjugates(form: Form, context: Context, *, off_cuts: bool = False) -> Form | None:
    """The form with conjugates, absolute values and parts of such functions written by the functions themselves.

    It has the same value, and is defined, at the same points: conj f(z) = f(conj z).  A conjugate of a variable is
    left; None where nothing changes.  `off_cuts`: no logarithm or root is taken of a negative number, so that they
    are such functions too.
    """
    reflection = Reflection(context, off_cuts)
    changed = reflection.rewritten(form)
    return None if changed == form else changed


WRITTEN: dict[str, Callable[[Form, Form], Form]] = {
    "conjugate": lambda f, mirrored: mirrored,
    "Abs": lambda f, mirrored: power(mul(f, mirrored), HALF),
    "re": lambda f, mirrored: mul(HALF, add(f, mirrored)),
    "im": lambda f, mirrored: quotient(sub(f, mirrored), mul(TWO, IMAGINARY)),
}


@dataclass(frozen=True, slots=True)
class Reflection:
    """Conjugates in a context."""

    context: Context
    off_cuts: bool

    def rewritten(self, form: Form) -> Form:
        if not form.parts:
            return form
        done = rebuild(form.head, (self.rewritten(p) if isinstance(p, Form) else p for p in form.args))
        if done.head not in PARTS or done.args[0].head in ("var", "const"):
            return done
        inner = done.args[0]
        mirrored = self.mirror(inner)
        return done if mirrored is None else WRITTEN[done.head](inner, mirrored)

    def mirror(self, form: Form) -> Form | None:
        """The conjugate of the form's values, as a form; None where it is not known everywhere."""
        head = form.head
        if head == "num" or (head == "const" and form.name in REAL_CONSTANTS):
            return form
        if form == IMAGINARY:
            return neg(form)
        if head == "var":
            return form if self.context.variable(form.name).sort != "complex" else Form("conjugate", (form,))
        if head == "conjugate":
            inner: Form = form.args[0]
            return inner
        if head in ("Abs", "re", "im"):
            return form
        if head == "pow":
            return self._power(form)
        if head in OF_INTEGER_ORDER and not _integer(form.args[0], self.context):
            return None
        if head not in SYMMETRIC and head not in OF_INTEGER_ORDER and not (head == "log" and self.off_cuts):
            return None
        if head == "zeta" and len(form.args) > 1:
            return None
        parts = [self.mirror(part) for part in form.args]
        if any(part is None for part in parts):
            return None
        return rebuild(head, (part for part in parts if part is not None))

    def _power(self, form: Form) -> Form | None:
        """Integer powers; any power of a positive number or constant, or off the cut."""
        base, exponent = form.args
        positive = (base.head == "num" and base.value > 0) or (base.head == "const" and base.name in REAL_CONSTANTS)
        if not positive and not self.off_cuts and not _integer(exponent, self.context):
            return None
        below, above = self.mirror(base), self.mirror(exponent)
        return None if below is None or above is None else power(below, above)


def _integer(form: Form, context: Context) -> bool:
    """Integer-valued: made of integers and integer variables by sums and products."""
    if form.head == "num":
        return bool(form.value.denominator == 1)
    if form.head == "var":
        return context.variable(form.name).sort == "integer"
    return form.head in ("add", "mul") and all(_integer(part, context) for part in form.parts)
