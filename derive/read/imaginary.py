"""Whether a page writes `i` or `j` for the imaginary unit, or for an index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.read.document import Document

__all__ = ["UnitLetters", "unit_letters"]

_SAID = re.compile(
    r"(?<![A-Za-z\\_])i\s*\^\s*\{?\s*2\s*\}?\s*=\s*-\s*1(?!\d)|(?<![A-Za-z\\_])i\s*(?:=|\\equiv)\s*\\sqrt\s*\{?\s*-\s*1(?!\d)"
    r"|\bimaginary\b|\bcomplex (?:numbers?|plane|exponentials?|conjugate)\b",
    re.IGNORECASE,
)
_INDEX = (
    r"_\s*{0}(?![A-Za-z])|_\s*\{{[^{{}}]*(?<![A-Za-z\\]){0}(?![A-Za-z])[^{{}}]*\}}"
    r"|(?<![A-Za-z\\]){0}\s*(?:=\s*[01](?![\d.])|\\in)"
)
_I_INDEX = re.compile(_INDEX.format("i"))
_J_INDEX = re.compile(_INDEX.format("j"))
_PHASE = re.compile(r"(?<![A-Za-z\\])e\s*\^\s*\{\s*[-+]?\s*(?:2\s*\\pi\s*)?j(?![A-Za-z])(?!\s*[}_])")
OFTEN = 2


@dataclass(frozen=True, slots=True)
class UnitLetters:
    """`i` is None where the page does not say; `j` only where it stands in exponents of e and is no index."""

    i: bool | None
    j: bool


def unit_letters(document: Document, least: int = OFTEN) -> UnitLetters:
    """What the words and formulas of a document say of the letters i and j; `least` exponents with j make it one."""
    text = "\n".join(formula.text for formula in document.formulas)
    said = bool(_SAID.search(document.text))
    indexed = bool(_I_INDEX.search(text))
    phases = sum(1 for _ in _PHASE.finditer(text))
    return UnitLetters(True if said else False if indexed else None, phases >= least and not _J_INDEX.search(text))
