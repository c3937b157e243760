"""Macros of well-known packages, unambiguous by their names and by the form of their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["PACKAGES", "Form", "Row"]

Form = Literal["any", "plain", "bracket", "one", "letter", "two", "derivative", "sign", "above", "style", "before"]
"""How every use of a macro must look: in any way; without an argument; before a bracket; with one argument, or
with one letter; with two arguments, the second of which may be what is differentiated by; at the head of both parts
of fractions; in exponents only; at the beginning of a group; before what it acts on."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the macros of these names (without backslashes) stand for where each use has the `form`.

    `default` is the value of an optional first argument.
    """

    names: str
    form: Form
    body: str
    parameters: int = 0
    default: str | None = None


_D = r"\mathrm{d}"
_ORDINARY = rf"\frac{{{_D}^{{#1}} #2}}{{{_D} #3^{{#1}}}}"
_PARTIAL = r"\frac{\partial^{#1} #2}{\partial #3^{#1}}"

PACKAGES: dict[str, tuple[Row, ...]] = {
    "commath": (
        Row("dif Dif", "plain", _D),
        Row("od", "derivative", _ORDINARY, 3, "1"),
        Row("pd", "derivative", _PARTIAL, 3, "1"),
        Row("md", "two", r"\frac{\partial^{#2} #1}{\partial #3^{#4} \partial #5^{#6}}", 6),
    ),
    "diffcoeff": (
        Row("diff", "derivative", _ORDINARY, 3, "1"),
        Row("diffp", "derivative", _PARTIAL, 3, "1"),
    ),
    "derivative": (Row("odv", "derivative", _ORDINARY, 3, "1"),),
    "physics": (
        Row("qty", "bracket", ""),
        Row("derivative", "derivative", _ORDINARY, 3, "1"),
        Row("partialderivative", "derivative", _PARTIAL, 3, "1"),
        Row("abs absolutevalue", "one", r"\left|#1\right|", 1),
        Row("norm", "one", r"\left\|#1\right\|", 1),
        Row("order", "one", r"\mathcal{O}\left(#1\right)", 1),
        Row("pqty", "one", r"\left(#1\right)", 1),
        Row("bqty", "one", r"\left[#1\right]", 1),
        Row("vqty", "one", r"\left|#1\right|", 1),
        Row("comm commutator", "two", r"\left[#1, #2\right]", 2),
        Row("vb vectorbold", "letter", r"\mathbf{#1}", 1),
        Row("va vectorarrow", "letter", r"\vec{#1}", 1),
        Row("vu vectorunit", "letter", r"\hat{#1}", 1),
        Row("vdot dotproduct", "plain", r"\cdot"),
        Row("cross crossproduct", "plain", r"\times"),
        Row("gradient", "plain", r"\nabla"),
        Row("divergence", "plain", r"\nabla \cdot"),
        Row("laplacian", "plain", r"\nabla^2"),
        Row("flatfrac", "two", r"\frac{#1}{#2}", 2),
    ),
    "TeXmacs": (
        Row("mathd", "any", _D),
        Row("mathe", "any", r"\mathrm{e}"),
        Row("mathi", "any", r"\mathrm{i}"),
        Row("mathpi", "any", r"\pi"),
        Row("assign", "any", ":="),
        Row("um", "any", "-"),
        Row("nocomma nosymbol noplus", "any", ""),
        Row("tmop", "one", r"\operatorname{#1}", 1),
        Row("tmmathbf", "one", r"\mathbf{#1}", 1),
    ),
    "nicefrac": (Row("nicefrac sfrac", "two", r"\frac{#1}{#2}", 2),),
    "cancel": (Row("cancelto", "two", "#2", 2),),
    "mathtools": (Row("mathclap mathllap mathrlap clap", "one", "#1", 1), Row("MoveEqLeft", "plain", "")),
    "bm": (Row("hm", "one", r"\mathbf{#1}", 1),),
    "esvect": (Row("vv", "one", r"\vec{#1}", 1),),
    "xspace": (Row("xspace", "plain", ""),),
    "upgreek": tuple(
        Row(f"up{letter}", "plain", rf"\{letter}")
        for letter in ("alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "pi", "rho", "sigma",
                       "tau", "phi", "psi", "omega")
    ),
}  # fmt: skip
"""The macros of each package; where two have a macro of the same name, the form of its arguments tells them apart."""
