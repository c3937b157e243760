"""The functions that have a meaning of their own: their names as in SymPy, and how many arguments they take."""

from __future__ import annotations

__all__ = ["ALIASES", "ARITY", "undefined_name"]


def _rows(arity: tuple[int, int], names: str) -> dict[str, tuple[int, int]]:
    return dict.fromkeys(names.split(), arity)


MANY = 1000
"""More arguments than anybody writes."""

ARITY: dict[str, tuple[int, int]] = {
    **_rows((1, 1), "exp exp_polar Abs sign re im arg conjugate floor ceiling frac"),
    **_rows((1, 1), "sin cos tan cot sec csc asin acos atan acot asec acsc sinc"),
    **_rows((1, 1), "sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch"),
    **_rows((1, 1), "log gamma loggamma digamma trigamma factorial factorial2 subfactorial"),
    **_rows((1, 1), "erf erfc erfi erfinv Ei Si Ci Shi Chi li Li fresnels fresnelc dirichlet_eta"),
    **_rows((1, 1), "airyai airybi airyaiprime airybiprime fibonacci lucas harmonic catalan DiracDelta"),
    **_rows((1, 2), "LambertW zeta harmonic bernoulli euler bell Heaviside elliptic_e"),
    **_rows((1, 1), "elliptic_k"),
    **_rows((2, 2), "atan2 binomial RisingFactorial FallingFactorial polygamma polylog Mod KroneckerDelta"),
    **_rows((2, 2), "lowergamma uppergamma expint elliptic_f legendre chebyshevt chebyshevu hermite laguerre"),
    **_rows((2, 2), "besselj bessely besseli besselk jn yn real_root"),
    **_rows((2, 3), "elliptic_pi assoc_laguerre"),
    **_rows((3, 3), "assoc_legendre gegenbauer hyper lerchphi"),
    **_rows((4, 4), "jacobi Ynm"),
    **_rows((1, 2), "beta"),
    **_rows((1, MANY), "Max Min gcd lcm"),
    **_rows((1, 1), "det trace transpose norm"),
    **_rows((1, 2), "stieltjes partition totient mobius primepi primenu primeomega reduced_totient divisor_count"),
    **_rows((1, 2), "riemann_xi genocchi tribonacci motzkin divisor_sigma primorial"),
    **_rows((2, 3), "stirling hankel1 hankel2 multigamma jacobi_symbol legendre_symbol kronecker_symbol"),
}
"""Smallest and largest number of arguments by name."""

ALIASES = {
    "abs": "Abs",
    "ln": "log",
    "ceil": "ceiling",
    "ff": "FallingFactorial",
    "rf": "RisingFactorial",
    "max": "Max",
    "min": "Min",
    "Determinant": "det",
    "Trace": "trace",
    "Transpose": "transpose",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
}
"""Second names under which the same functions are written."""


def undefined_name(name: str) -> str:
    """The name of an undefined function, kept apart from the functions that have a meaning of their own."""
    return f"{name}_" if name in ARITY else name
