"""Splitting a formula into statements: rows and columns, chains of relations, arrows, commas, words between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from derive.notation.symbols import UNICODE_SIGNS
from derive.read.flatten import flatten
from derive.read.labels import without_labels
from derive.read.macros import Definition
from derive.read.rows import SPACES, Atom, atoms, is_prose, rows
from derive.read.signs import relates

__all__ = ["Member", "Piece", "Statement", "split"]

_ARROWS = frozenset({"implies", "iff", "implied"})
_GAPS = frozenset({"\\quad", "\\qquad"})
_WIDE = frozenset({"~", "\\;", "\\ ", "\\:"})
_BLANKS = SPACES | {"&"}
_PUNCTUATION = frozenset({".", ",", ";", ":", "。", "，", "；", "\\\\"})
_OPERATORS = frozenset(
    {"+", "-", "*", "/", "\\cdot", "\\times", "\\pm", "\\mp", "\\div", "\\otimes", "\\odot", "\\circ"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A term as text, and its place [start, end) in the formula; `offsets` has the place of each character."""

    text: str
    start: int
    end: int
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A term of a chain and the sign before it (empty for the first)."""

    sign: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Statement:
    """One chain `a = b = c`, or a term alone.

    `arrow` is what joins it to the statement before (`\\Rightarrow`), `words` is the text written before it inside the
    formula, `row` its row in a display, `continues` that its first relation has no left side of its own.
    """

    members: tuple[Member, ...]
    arrow: str = ""
    words: str = ""
    row: int = 0
    continues: bool = False

    @property
    def is_chain(self) -> bool:
        return len(self.members) > 1 or self.continues


def split(text: str, macros: Mapping[str, Definition]) -> tuple[Statement, ...]:
    """The statements of a formula in reading order; never fails, whatever the text."""
    flat = flatten(text, macros)
    statements: list[Statement] = []
    arrow = ""
    for number, row in enumerate(rows(atoms(flat))):
        for statement in _statements(row, flat.text, number):
            if not statement.members:
                arrow = statement.arrow or arrow
                continue
            statement = replace(statement, arrow=statement.arrow or arrow)
            arrow = ""
            if statement.continues and not statement.arrow and statements and statements[-1].row != number:
                above = statements[-1]
                statements[-1] = replace(above, members=above.members + statement.members, row=number)
            else:
                statements.append(statement)
    return tuple(statements)


@dataclass(slots=True)
class _Open:
    """The statement being collected; `comma` is the comma before it."""

    members: list[tuple[str, list[Atom]]]
    arrow: str = ""
    words: str = ""
    comma: Atom | None = None
    soft: bool = False

    @property
    def is_empty(self) -> bool:
        return len(self.members) == 1 and not _trimmed(self.members[0][1])


def _statements(row: list[Atom], text: str, number: int) -> Iterator[Statement]:
    """The statements of one row."""
    for current in _joined(_segments(without_labels(row))):
        members = [(sign, _trimmed(piece)) for sign, piece in current.members]
        continues = bool(members) and not members[0][1] and len(members) > 1
        if continues:
            members = members[1:]
        kept = tuple(Member(sign, _piece(piece, text)) for sign, piece in members if piece)
        yield Statement(kept, current.arrow, current.words.strip(), number, continues)


def _segments(row: list[Atom]) -> list[_Open]:
    """The row parted at arrows, commas, gaps and words on its top level."""
    found: list[_Open] = []
    current = _Open([("", [])])

    def part(arrow: str = "", words: str = "", comma: Atom | None = None, soft: bool = False) -> None:
        nonlocal current
        if current.is_empty:
            current.arrow = arrow or current.arrow
            current.words = f"{current.words} {words}".strip()
            current.comma = current.comma or comma
        else:
            found.append(current)
            current = _Open([("", [])], arrow, words, comma, soft)

    for index, atom in enumerate(row):
        sign = UNICODE_SIGNS.get(atom.text, atom.text)
        relation = relates(sign) if not atom.depth else None
        if atom.depth:
            current.members[-1][1].append(atom)
        elif relation in _ARROWS:
            part(arrow=sign)
        elif relation is not None and sign not in (":", "\\mid", "\\colon"):
            current.members.append((sign, []))
        elif sign in _GAPS:
            part()
        elif sign in _WIDE and index and row[index - 1].text in _WIDE:
            part(soft=True)
        elif atom.words is not None and not _is_script(row, index) and is_prose(atom.words):
            part(words=atom.words)
        elif sign in (",", ";", "，", "；"):
            part(comma=atom)
        elif sign == "&":
            if _is_remark(row[index + 1 :]):
                part()
        else:
            current.members[-1][1].append(atom)
    return [*found, current]


def _is_remark(rest: list[Atom]) -> bool:
    """Whether the row ends with a bracket that says what an index runs over or where it holds: `& (i = 1, 2)`."""
    rest = _trimmed(rest)
    if len(rest) < 3 or rest[0].text != "(" or rest[-1].text != ")" or any(not atom.depth for atom in rest):
        return False
    return any(relates(UNICODE_SIGNS.get(atom.text, atom.text)) is not None for atom in rest[1:-1])


def _is_script(row: list[Atom], index: int) -> bool:
    return index > 0 and row[index - 1].text in ("_", "^")


def _joined(segments: list[_Open]) -> Iterator[_Open]:
    """Segments put together again where a comma or a gap did not end a statement."""
    pending: _Open | None = None
    for segment in segments:
        if pending is None:
            pending = segment
        elif not segment.arrow and not segment.words and _belongs(pending, segment):
            if segment.comma is not None:
                pending.members[-1][1].append(segment.comma)
            pending.members[-1][1].extend(segment.members[0][1])
            pending.members.extend(segment.members[1:])
        else:
            yield pending
            pending = segment
    if pending is not None:
        yield pending


def _belongs(pending: _Open, segment: _Open) -> bool:
    """Whether a segment continues the one before: `a, b > 0` and `i = 1, 2, 3` are one, `x = 1, y = 2` are two."""
    has_relation = len(segment.members) > 1
    first = _trimmed(segment.members[0][1])
    if segment.comma is not None:
        return bool(first) and (len(pending.members) == 1 or not has_relation)
    if not first:
        return has_relation
    return first[0].text in _OPERATORS - {"-"} or _is_unfinished(pending) or (segment.soft and not has_relation)


def _is_unfinished(segment: _Open) -> bool:
    last = _trimmed(segment.members[-1][1])
    if not last:
        return len(segment.members) > 1
    return last[-1].text in _OPERATORS


def _trimmed(piece: list[Atom]) -> list[Atom]:
    """A piece without space and punctuation around it."""
    first, last = 0, len(piece)
    while first < last and (piece[first].text in _BLANKS):
        first += 1
    while (
        last > first
        and not piece[last - 1].depth
        and (piece[last - 1].text in _BLANKS or piece[last - 1].text in _PUNCTUATION)
    ):
        last -= 1
    return piece[first:last]


def _piece(piece: list[Atom], text: str) -> Piece:
    """The text of atoms, which need not stand side by side, with the places of its characters."""
    parts: list[str] = []
    offsets: list[int] = []
    previous: Atom | None = None
    for atom in piece:
        if previous is not None and atom.at != previous.until:
            parts.append(" ")
            offsets.append(atom.start)
        parts.append(text[atom.at : atom.until])
        offsets += atom.places
        previous = atom
    return Piece("".join(parts), min(a.start for a in piece), max(a.end for a in piece), tuple(offsets))
