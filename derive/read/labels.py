"""Labels of equations written into the formula: `eq_1: x + y = 2`, `y = B e^{-t} \\qquad (2)`."""

from __future__ import annotations

import re

from derive.notation.symbols import UNICODE_SIGNS
from derive.read.rows import SPACES, Atom
from derive.read.signs import relates

__all__ = ["without_labels"]

_LEADING = re.compile(r"(?:[A-Za-z]{1,4}_?\{?\d*'?\}?|\(\w{1,4}\))(?:(?:\\rightarrow|\\to|\\leftarrow).*)?\Z")
_TRAILING = re.compile(r"(?:\\(?:rm|mathrm|text)?\{?)?\((?:\d{1,3}|[A-Z]|[ivx]{1,4}|\d{1,2}\.\d{1,3}|\*{1,3})\)\}?\Z")
_WIDE = frozenset({"~", "\\;", "\\ ", "\\:", "&"})
_GAPS = frozenset({"\\quad", "\\qquad"})


def without_labels(row: list[Atom]) -> list[Atom]:
    """The row without a name with a colon that it begins with, and without a number in brackets far behind it.

    `f: X \\to Y` says something else: behind the colon of a label an equation stands.
    """
    return _behind_colon(_before_number(row))


def _behind_colon(row: list[Atom]) -> list[Atom]:
    colon = next((at for at, atom in enumerate(row) if atom.text == ":" and not atom.depth), None)
    if colon is None or not any(_relation(atom) == "equal" for atom in row[colon + 1 :]):
        return row
    if any(_relation(atom) not in (None, "other", "defines") for atom in row[:colon]) or not _LEADING.match(
        _text(row[:colon])
    ):
        return row
    return row if any(_relation(atom) == "other" for atom in row[colon + 1 :]) else row[colon + 1 :]


def _before_number(row: list[Atom]) -> list[Atom]:
    """Without a trailing `(3)`, where a gap parts it from what stands before."""
    last = next((at for at in range(len(row) - 1, -1, -1) if row[at].text not in SPACES | _WIDE | {"."}), None)
    if last is None or row[last].text not in (")", "}"):
        return row
    first = last
    while first > 0 and row[first - 1].text not in SPACES | _WIDE and last - first < 8:
        first -= 1
    gap = row[:first]
    width = 0
    while gap and gap[-1].text in SPACES | _WIDE:
        width += 3 if gap[-1].text in _GAPS else 1
        gap = gap[:-1]
    if width < 3 or not gap or not any(_relation(atom) for atom in gap) or not _TRAILING.match(_text(row[first:])):
        return row
    return gap


def _relation(atom: Atom) -> str | None:
    return None if atom.depth else relates(UNICODE_SIGNS.get(atom.text, atom.text))


def _text(atoms: list[Atom]) -> str:
    return "".join(atom.text for atom in atoms if atom.text not in SPACES | _WIDE)
