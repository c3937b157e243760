"""Customary macros: abbreviations that many authors define alike, each with the form that its uses must have."""

from __future__ import annotations

import re

from derive.read.packages import Form, Row

__all__ = ["CUSTOMS", "customary"]

_D = r"\mathrm{d}"
_LETTERS = {
    "al": "alpha", "bet": "beta", "ga gam": "gamma", "de del": "delta", "eps ep veps vep": "varepsilon", "ze": "zeta",
    "tht thet": "theta", "vth": "vartheta", "ka kap": "kappa", "la lam lm": "lambda", "si sig": "sigma",
    "ups": "upsilon", "vphi vp": "varphi", "om ome": "omega", "Ga Gam": "Gamma", "De Del": "Delta", "Th Tht": "Theta",
    "La Lam": "Lambda", "Sig": "Sigma", "Om": "Omega",
}  # fmt: skip
_FONTS = {
    "mbf bff bv bvec vb bb bs bld bsym mb": r"\mathbf", "mrm": r"\mathrm", "mcal mc cal": r"\mathcal",
    "mbb": r"\mathbb", "mscr scr": r"\mathscr", "mfr mfrak": r"\mathfrak", "msf": r"\mathsf", "mit": r"\mathit",
    "wh what": r"\widehat", "wt wtil til": r"\widetilde", "ol ovl": r"\overline", "ul": r"\underline",
    "vect vct": r"\vec", "uvec unitvec": r"\hat", "op": r"\operatorname",
}  # fmt: skip
_SETS = {"R RR reals Reals": "R", "N NN": "N", "Z ZZ integers": "Z", "Q QQ": "Q", "C CC": "C"}

CUSTOMS: tuple[Row, ...] = (
    *(Row(names, "plain", f"\\{letter}") for names, letter in _LETTERS.items()),
    *(Row(names, "letter", f"{font}{{#1}}", 1) for names, font in _FONTS.items()),
    *(Row(names, "plain", rf"\mathbb{{{letter}}}") for names, letter in _SETS.items()),
    Row("p pa pl pt pp prt pdr", "sign", r"\partial"),
    Row("d dd ud rd rmd dif diff de", "sign", _D),
    Row("d ud rd rmd diff", "before", _D),
    Row("pd pder pderiv pdiff pdif pldif pdv parder partder pardiff dpar dpd pdd pfrac ppd", "derivative",
        r"\frac{\partial^{#1} #2}{\partial #3^{#1}}", 3, "1"),
    Row("od der deriv dif diff dv dod tder odif odiff totder ddd", "derivative",
        rf"\frac{{{_D}^{{#1}} #2}}{{{_D} #3^{{#1}}}}", 3, "1"),
    Row("difOp diffOp derOp ddOp Dop dop", "letter", rf"\frac{{{_D}}}{{{_D} #1}}", 1),
    Row("pdOp pdop pddOp parOp", "letter", r"\frac{\partial}{\partial #1}", 1),
    Row("half hf", "plain", r"\frac{1}{2}"),
    Row("third", "plain", r"\frac{1}{3}"),
    Row("quarter", "plain", r"\frac{1}{4}"),
    Row("ds dsp dst disp", "style", r"\displaystyle"),
    Row("trans transp tran tp tra T tr", "above", r"\mathrm{T}"),
    Row("abs", "one", r"\left|#1\right|", 1),
    Row("norm", "one", r"\left\|#1\right\|", 1),
    Row("floor", "one", r"\left\lfloor #1 \right\rfloor", 1),
    Row("ceil", "one", r"\left\lceil #1 \right\rceil", 1),
    Row("paren pr prn br pa p", "one", r"\left(#1\right)", 1),
    Row("inner ip iprod", "two", r"\left\langle #1, #2 \right\rangle", 2),
    Row("bnabla bnb vnabla", "before", r"\nabla"),
    Row("E EE Ex", "bracket", r"\mathbb{E}"),
    Row("PP Prob", "bracket", r"\mathbb{P}"),
    Row("Exp", "bracket", r"\exp"),
    Row("Ind ind indic", "bracket", r"\mathbf{1}"),
    *(Row(name, "before", rf"\operatorname{{{name}}}") for name in ("sn", "cn", "dn", "am")),
    Row("defeq deq", "plain", ":="),
)  # fmt: skip
"""In order; of several rows for a name the first that fits counts."""

_PATTERNS: tuple[tuple[re.Pattern[str], Form, str], ...] = (
    (re.compile(r"d(?:d|by|byd)([a-z])"), "before", rf"\frac{{{_D}}}{{{_D} #}}"),
    (re.compile(r"p(?:d|dd|p)([a-z])"), "before", r"\frac{\partial}{\partial #}"),
    (re.compile(r"d([a-z])"), "plain", rf"{_D} #"),
    (re.compile(r"(?:b|bf|bs|v|vec)([A-Za-z])"), "plain", r"\mathbf{#}"),
    (re.compile(r"t([fpquvwxyz])"), "plain", r"\tilde{#}"),
    (re.compile(r"([A-Z])c|c([A-Z])"), "plain", r"\mathcal{#}"),
)
"""Names that are made of a sign and one letter, which is put in for `#`: `\\ddt`, `\\dx`, `\\bx`."""


def customary(name: str) -> tuple[Row, ...]:
    """The rows for the macro of that name, without its backslash."""
    rows = [row for row in CUSTOMS if name in row.names.split()]
    for pattern, form, body in _PATTERNS:
        found = pattern.fullmatch(name)
        if found is not None:
            rows.append(Row(name, form, body.replace("#", found[found.lastindex or 0])))
    return tuple(rows)
