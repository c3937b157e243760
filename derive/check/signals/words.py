"""Whether a page is about signals, and what its words and formulas say of the conventions for transforms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.check.signals.notation import applied_heads
from derive.check.signals.terms import Signals
from derive.meaning.names import name_of
from derive.notation.tree import BigOperator, Node, Relation, walk
from derive.read.document import Document

__all__ = ["is_about_signals", "signals_of"]

_SPOKEN = re.compile(
    r"\b(?:Fourier[ -](?:transform|pair)|Laplace[ -]transform|z-transform|impulse response|transfer function|"
    r"convol(?:ution|ve)|LTI|Dirac|Heaviside|unit (?:step|impulse)|signals? and systems|sampling theorem)",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\\math(?:cal|scr)\s*\{?[FLZ]\}?(?:_\*|\^\{-1\})?\s*(?:\\left)?\s*(?:\\\{|\[)|\\delta\s*(?:\\left)?\s*[(\[]"
    r"|[)\]]\s*\*\s*[A-Za-z\\]|e\s*\^\s*\{?\s*-\s*(?:s\s*t|[ij]\s*\\omega)|(?<![A-Za-z])[xyh]\s*\[\s*[nk]\b"
)
_TWO_SIDED = re.compile(
    r"\\int_\s*\{?\s*-\s*\\infty\s*\}?\s*\^\s*\{?\s*\+?\\infty\s*\}?[^$\n]{0,60}?e\s*\^\s*\{\s*-\s*s\s*t"
)
_LAPLACE = re.compile(r"e\s*\^\s*\{\s*-\s*s\s*t")
_ONE_SIDED = re.compile(
    r"\\int_\s*\{?\s*0\^?-?\s*\}?\s*\^\s*\{?\s*\+?\\infty\s*\}?[^$\n]{0,60}?e\s*\^\s*\{\s*-\s*s\s*t"
)
_SIDED_WORDS = re.compile(r"\b(two|bi|one|uni|single)-?(?:sided|lateral)", re.IGNORECASE)
_Z = re.compile(
    r"\\sum_\s*\{?\s*[kn]\s*=\s*(-\s*\\infty|0)\s*\}?\s*\^\s*\{?\s*\+?\\infty\s*\}?[^$\n]{0,40}?z\s*\^\s*\{?\s*-\s*[kn]"
)
_TURNS = re.compile(r"e\s*\^\s*\{\s*-\s*(?:[ij]\s*2\s*\\pi|2\s*\\pi\s*[ij])\s*(f|\\nu|\\xi|\\omega|u|k)\s*(?:t|x)")
_ANGULAR = re.compile(r"e\s*\^\s*\{\s*-\s*[ij]\s*\\?,?\s*(\\omega|\\xi|k|w)\s*\\?,?\s*(?:t|x)")
_COMPLEX = frozenset({"s", "z", "s_0", "z_0", "z_o", "s_1", "z_1", "s_infty", "z_infty"})
_STEP_WORDS = r"(?:unit[ -]step|Heaviside|step (?:function|sequence|signal))"
_STEP_LETTER = r"\\?(u|epsilon|varepsilon|theta|Theta|H|sigma|gamma)\s*(?:\\left)?[(\[]\s*[tkn]"
_STEPS = (
    re.compile(rf"{_STEP_WORDS}[^.\n]{{0,60}}?[$(]\s*{_STEP_LETTER}", re.IGNORECASE),
    re.compile(rf"{_STEP_LETTER}[^.\n]{{0,50}}?{_STEP_WORDS}", re.IGNORECASE),
    re.compile(rf"{_STEP_LETTER}\s*(?:\\right)?[)\]]\s*:?=\s*\\begin\s*\{{cases\}}\s*[01]\s*[&,]"),
)
OFTEN = 4


def is_about_signals(document: Document) -> bool:
    """Whether a page speaks of transforms or convolutions, and writes them."""
    spoken = len(_SPOKEN.findall(document.text))
    written = len(_WRITTEN.findall(_formulas(document)))
    return spoken > 0 and written > 1 and spoken + written >= OFTEN


def _formulas(document: Document) -> str:
    return "\n".join(formula.text for formula in document.formulas)


def signals_of(document: Document, members: Iterable[Node]) -> Signals:
    """What a page about signals says of its letters and its transforms."""
    text = _formulas(document)
    members = tuple(members)
    heads, whole = applied_heads(members)
    turns, angular = _TURNS.search(text), _ANGULAR.search(text)
    letter = (turns or angular or re.match("(omega)", "omega"))[1].removeprefix("\\")  # type: ignore[index]
    two, one = bool(_TWO_SIDED.search(text)), bool(_ONE_SIDED.search(text))
    starts = set(_Z.findall(text))
    words = {word.lower() for word in _SIDED_WORDS.findall(document.text)}
    one_sided = (one and not two) or (not (one or two) and bool(words & {"one", "uni", "single"}))
    return Signals(
        integers=frozenset(whole | _counted(members)),
        complexes=_COMPLEX,
        heads=heads | _steps(document),
        fourier_letter=letter,
        fourier_turns=bool(turns),
        one_sided_laplace=one_sided,
        one_sided_z=starts == {"0"},
    )


def _steps(document: Document) -> frozenset[str]:
    """`step u` for each letter that the page calls the unit step; `step epsilon` where it says nothing of epsilon."""
    said = {name for pattern in _STEPS for name in pattern.findall(document.text)}
    return frozenset(f"step {name}" for name in said | {"epsilon"})


def _counted(members: Iterable[Node]) -> set[str]:
    """Letters that sums run over or up to."""
    found: set[str] = set()
    for member in members:
        for part in walk(member):
            if (
                isinstance(part, BigOperator)
                and part.command in ("\\sum", "\\prod")
                and isinstance(part.lower, Relation)
            ):
                for bound in (part.lower.first, part.lower.links[0].term, part.upper):
                    if bound is not None:
                        found |= {n for n in map(name_of, walk(bound)) if n and len(n.split("_")[0]) < 6}
    return found - {"i", "j", "e", "pi"}
