"""Independence that the sentence around a formula states in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.check.probability.normal import Independence
from derive.meaning.form import Form, free_variables

__all__ = ["says_independent"]

_SAID = re.compile(r"\bindependen|\bi\.\s?i\.\s?d\b|\biid\b|\\perp", re.IGNORECASE)
_DENIED = re.compile(
    r"\bnot\s+(?:\w+\s+)?independen|n't\s+(?:\w+\s+)?independen|\b(?:dependent|dependence|without)\b", re.IGNORECASE
)


def says_independent(sentence: str, claim: Independence) -> bool:
    """Whether a sentence says that something is independent, and names all that the claim is about."""
    if not _SAID.search(sentence) or _DENIED.search(sentence):
        return False
    return all(_is_named(letter, sentence) for letter in _letters((*claim.of, *claim.given)))


def _letters(parts: Iterable[Form]) -> set[str]:
    """The letters of variables, without their indices."""
    found: set[str] = set()
    for part in parts:
        subject = part.args[0] if part.head in ("eq", "in", "lt", "le", "span", "index") else part
        found |= {name.split("_")[0] for name in free_variables(subject)}
    return found


def _is_named(letter: str, sentence: str) -> bool:
    """Whether a letter stands in a sentence by itself, small or capital."""
    if len(letter) > 1:
        return f"\\{letter}" in sentence
    return bool(re.search(rf"(?<![A-Za-z\\])[{letter.lower()}{letter.upper()}](?![A-Za-z])", sentence))
