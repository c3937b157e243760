"""Which letters of a page stand for vectors and matrices, whose products do not commute."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from derive.read.document import Document

__all__ = ["Shapes", "shapes_of"]

_LETTER = r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{\\?[A-Za-z]+\}|\\[A-Za-z]+|[A-Za-z])(?:_(?:\{\w+\}|\w))?"
_TRANSPOSED = re.compile(
    rf"({_LETTER})\s*\^\s*(?:\{{\s*)?(?:T(?![A-Za-z_])|\\top|\\intercal|\\mathsf\s*\{{T\}}|\\mathrm\s*\{{T\}}|\\text\{{T\}})"
)
_MEMBER = re.compile(
    rf"({_LETTER}(?:\s*,\s*{_LETTER})*)\s*\\in\s*\\(?:mathbb|mathbf|mathcal|R|C)\s*(?:\{{[RC]\}}|[RC])?\s*\^"
)
_WORDS = re.compile(r"\b(?:matri(?:x|ces)|vectors?)\s+[$\\(]*\Z", re.IGNORECASE)
_MATRIX = re.compile(r"\bmatri(?:x|ces)\b|矩阵", re.IGNORECASE)
_SINGLE = re.compile(rf"\s*({_LETTER})\s*\Z")
_DIVISOR = re.compile(
    r"\\[dt]?frac\s*\{(?![^{}]*(?:\bd|\\partial|\\mathrm))[^{}]*\}\s*\{([^{}]*)\}|/\s*([A-Z])(?![A-Za-z])"
)
_WRITTEN_OUT = re.compile(r"\\begin\s*\{(?:[bpvBV]?matrix|smallmatrix|array)\*?\}")
_ARROWED = re.compile(r"\\(?:vec|overrightarrow)\s*\{?\s*(\\?[A-Za-z]+)")
_CAPITAL = re.compile(r"(?<![A-Za-z\\])[A-Z](?![A-Za-z])")
_NOT_LETTERS = frozenset({"e", "\\left", "\\right", "\\mathbb", "\\text", "\\sum", "\\int", "\\prod"})
MENTIONS_THAT_MATTER = 2
ARROWS_THAT_MATTER = 2


@dataclass(frozen=True, slots=True)
class Shapes:
    """`letters` as LaTeX; `capitals` when the page speaks of matrices, so that any capital may be one.

    `numbers` are letters that cannot be: something is divided by them, or they stand in no section (nor below one)
    that speaks of matrices or writes one out.  `arrows` when vectors bear arrows, so that small letters without one are
    numbers.
    """

    letters: frozenset[str]
    capitals: bool
    numbers: frozenset[str] = frozenset()
    arrows: bool = False


def shapes_of(document: Document) -> Shapes:
    """What the formulas and the words of a document say of the shapes of its letters."""
    found: set[str] = set()
    divisors: set[str] = set()
    for formula in document.formulas:
        for below in _DIVISOR.finditer(formula.text):
            divisors.update(_CAPITAL.findall(below[1] or below[2]))
        found.update(_TRANSPOSED.findall(formula.text))
        for listed in _MEMBER.findall(formula.text):
            found.update(part.strip() for part in listed.split(","))
        single = None if formula.display else _SINGLE.match(formula.text)
        if single and _WORDS.search(document.text, max(0, formula.start - 30), formula.start):
            found.add(single[1])
    mentions = sum(1 for _ in _MATRIX.finditer(document.text))
    capitals = mentions >= MENTIONS_THAT_MATTER
    if capitals:
        divisors |= _far_from_matrices(document)
    arrowed = {letter for formula in document.formulas for letter in _ARROWED.findall(formula.text)}
    return Shapes(frozenset(found - _NOT_LETTERS), capitals, frozenset(divisors), len(arrowed) >= ARROWS_THAT_MATTER)


def _far_from_matrices(document: Document) -> set[str]:
    """The capitals of formulas that stand in no section which speaks of matrices, nor below one that does."""
    headings = document.headings
    starts = [0, *(heading.start for heading in headings)]
    levels = [0, *(heading.level for heading in headings)]
    near: set[int] = set()
    above: list[int] = []
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(document.text)], strict=True)):
        above = [section for section in above if levels[section] < levels[place]]
        speaks = any(pattern.search(document.text, start, end) for pattern in (_MATRIX, _WRITTEN_OUT))
        if speaks or any(section in near and section for section in above):
            near.add(place)
        above.append(place)
    letters: dict[bool, set[str]] = {True: set(), False: set()}
    for formula in document.formulas:
        section = bisect_right(starts, formula.start) - 1
        letters[section in near].update(_CAPITAL.findall(formula.text))
    return letters[False] - letters[True]
