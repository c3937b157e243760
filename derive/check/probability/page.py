"""What a page says of its letters that matters here: which stand for probabilities, and whether it speaks of these."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Said", "said_by"]

_PROBABILITY = re.compile(r"probab|distribut|densit|likelihood|\\mathbb\s*\{?E|\\sim\b", re.IGNORECASE)
_EXPECTATION = re.compile(r"expect|varianc|\bmean\b|random variable|probab", re.IGNORECASE)
_ENTROPY = re.compile(r"entrop", re.IGNORECASE)
_DENSITY = re.compile(
    r"(?<![\\A-Za-z])(?P<letter>[pqrPQf])(?:_\{?[^(){}$]{0,20}\}?|\^\{?[*A-Za-z]\}?)?\s*(?:\\left)?\("
    r"[^()$]{1,60}?(?:\\mid|\\vert|(?<!\|)\|(?!\|)|;)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """`densities` are the letters that are used as probabilities or densities."""

    densities: frozenset[str] = frozenset()
    probability: bool = False
    expectation: bool = False
    entropy: bool = False


def said_by(text: str) -> Said:
    """What the text of a page says."""
    probability = bool(_PROBABILITY.search(text))
    letters = {found["letter"] for found in _DENSITY.finditer(text)} if probability else set()
    if probability:
        letters |= {"P"} | ({"p", "q"} if re.search(r"distribut|densit", text, re.IGNORECASE) else set())
    return Said(
        frozenset(letters - {"f"}),
        probability,
        bool(_EXPECTATION.search(text)),
        bool(_ENTROPY.search(text)),
    )
