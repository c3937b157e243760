"""The atoms of a flattened formula, and its rows: alignment environments opened, columns told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.notation.symbols import UNICODE_SIGNS
from derive.read.braces import braces_of, group_at
from derive.read.flatten import Flat
from derive.read.regions import DISPLAY_ENVIRONMENTS
from derive.read.signs import relates

__all__ = ["SPACES", "Atom", "atoms", "is_prose", "rows"]

_ATOM = re.compile(
    r"(?P<begin>\\(?:begin|end)\s*\{(?P<environment>[A-Za-z]+\*?)\})|(?P<command>\\(?:[A-Za-z]+|.))|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<space>\s+|%[^\n]*)|(?P<sign>:=|=:|.)",
    re.DOTALL,
)
_DELIMITER = re.compile(r"\s*(?:\\(?:[A-Za-z]+|.)|.)", re.DOTALL)
_TEXT = frozenset({"\\text", "\\textrm", "\\mbox", "\\textit", "\\textbf", "\\hbox", "\\textnormal", "\\intertext",
                   "\\shortintertext", "\\textsf", "\\mathrm", "\\rm"})  # fmt: skip
_OLD_FONT = re.compile(
    r"\{\s*\\(?:rm|it|bf|text)(?![A-Za-z])((?:[A-Za-z0-9~ ,.:;()'-]|\\(?:quad|qquad)(?![A-Za-z])|\\[ ,;:])*)\}"
)
_GAP = re.compile(r"~|\\(?:quad|qquad|[ ,;:])")
_CONNECTIVE = re.compile(
    r"\s*(?:and|or|if|for|when|where|so|then|thus|hence|with|since|as|but|is|let|otherwise|therefore|because|by|in|at"
    r"|given|gives|only|respectively|that|such|s\.t\.|i\.e\.|e\.g\.|iff|are|on|from|to|得|即|且|令|由)(?![A-Za-z])",
    re.IGNORECASE,
)
_OPENING = frozenset({"(", "[", "{", "\\{", "\\lbrace", "\\langle", "\\lfloor", "\\lceil", "\\lvert", "\\lVert"})
_CLOSING = frozenset({")", "]", "}", "\\}", "\\rbrace", "\\rangle", "\\rfloor", "\\rceil", "\\rvert", "\\rVert"})
_OPENED_ENVIRONMENTS = frozenset(
    {"aligned", "split", "gathered", "alignedat", "multlined"}
    | set(DISPLAY_ENVIRONMENTS)
    | {name + "*" for name in DISPLAY_ENVIRONMENTS}
)
_EMPTY = re.compile(r"\{\s*\}")
_SYSTEMS = frozenset({"cases", "dcases"})
_ARGUMENTS = re.compile(r"\s*(?:\{\d+\}|\[[a-z]\])")
_LENGTH = re.compile(r"\*?\s*\[\s*-?[\d.]*\s*(?:pt|em|ex|mm|cm|in|\\baselineskip|\\jot)?\s*\]")
_OPERATORS = frozenset({"+", "-", "*", "/", "\\cdot", "\\times", "\\pm", "\\mp", "\\div"})
SPACES = frozenset({"\\,", "\\;", "\\:", "\\!", "\\ ", "~", "\\>", "\\thinspace", "\\enspace", "\\quad", "\\qquad"})


@dataclass(frozen=True, slots=True)
class Atom:
    """A token at `depth` brackets, [start, end) in the formula, [at, until) in the flattened text.

    `words` is the content of a text command, None for all else; `places` has the origin of each character.
    """

    text: str
    start: int
    end: int
    depth: int
    at: int = 0
    until: int = 0
    words: str | None = None
    places: tuple[int, ...] = ()


def atoms(flat: Flat) -> list[Atom]:
    """The tokens of a flattened formula, white space left out; brackets inside `\\left…\\right` count as one level."""
    text = flat.text
    braces = braces_of(text)
    found: list[Atom] = []
    depth = environments = 0
    position = 0
    system = False
    while position < len(text):
        match = _ATOM.match(text, position)
        assert match is not None
        start, position = position, match.end()
        if match["space"]:
            continue
        token, words = match.group(), None
        if token == "{" and (empty := _EMPTY.match(text, start)) and _is_filler(found):
            position = empty.end()
            continue
        level = depth + environments
        if match["begin"]:
            if not level and (match["environment"] in _OPENED_ENVIRONMENTS or _opens_system(match, found, system)):
                system = match["environment"] in _SYSTEMS
                while token.startswith("\\begin") and (argument := _ARGUMENTS.match(text, position)):
                    position = argument.end()
                continue
            step = 1 if token.startswith("\\begin") else -1
            environments = max(0, environments + step)
            level = max(level, depth + environments, 1)
        elif token in _TEXT and (group := group_at(text, position, braces)):
            words, position = text[group[0] : group[1] - 1], group[1]
        elif token == "{" and (font := _OLD_FONT.match(text, start)) and is_prose(_GAP.sub(" ", font[1])):
            token, words, position = "\\text", _GAP.sub(" ", font[1]), font.end()
        elif token in ("\\left", "\\right"):
            depth = max(0, depth + (1 if token == "\\left" else -1))
            delimiter = _DELIMITER.match(text, position)
            position = delimiter.end() if delimiter else position
            level = max(level, depth + environments, 1)
        elif token in _OPENING:
            depth += 1
            level = depth + environments
        elif token in _CLOSING:
            level = max(depth + environments, 1) if depth else environments
            depth = max(0, depth - 1)
        elif token == "\\\\" and not level and (length := _LENGTH.match(text, position)):
            position = length.end()
        elif token in ("\\cr", "\\newline"):
            token = "\\\\"
        places = flat.places[start:position]
        found.append(Atom(token, places[0], places[-1] + 1, level, start, position, words, places))
    return found


def _is_filler(before: list[Atom]) -> bool:
    """Whether an empty group after these tokens only spaces a sign, as in `\\\\ & \\quad {} + b`."""
    last = before[-1].text if before else "&"
    return last in SPACES or last in ("&", "\\\\")


def _opens_system(match: re.Match[str], found: list[Atom], system: bool) -> bool:
    """Whether cases begin here that nothing stands before, so that they are equations side by side; or such end."""
    begins = match.group().startswith("\\begin") and not found
    return match["environment"] in _SYSTEMS and (begins or (system and match.group().startswith("\\end")))


def is_prose(words: str) -> bool:
    """Whether text in a formula is a word between statements rather than a name in one."""
    words = words.replace("~", " ").strip()
    return " " in words or words.endswith(":") or bool(_CONNECTIVE.match(words)) or not re.search(r"[A-Za-z]", words)


def rows(tokens: list[Atom]) -> list[list[Atom]]:
    """The rows of a display: column-wise where there are several, continued rows put together."""
    lines: list[list[Atom]] = [[]]
    for token in tokens:
        if token.text == "\\\\" and not token.depth:
            lines.append([])
        else:
            lines[-1].append(token)
    return _put_together([line for line in _columns(lines) if line])


def _cells(line: list[Atom]) -> list[list[Atom]]:
    cells: list[list[Atom]] = [[]]
    for token in line:
        if token.text == "&" and not token.depth:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def _is_sign(token: Atom) -> bool:
    """Whether an equality or an order stands here, on the top level."""
    return not token.depth and relates(UNICODE_SIGNS.get(token.text, token.text)) not in (None, "other")


def _is_relation(cell: list[Atom]) -> bool:
    return len(cell) == 1 and relates(UNICODE_SIGNS.get(cell[0].text, cell[0].text)) is not None


def _columns(lines: list[list[Atom]]) -> list[list[Atom]]:
    """Columns of equations one after another: `a &= b & c &= d` are two columns; `a & = & b` is one equation."""
    split = [_cells(line) for line in lines]
    widest = max(map(len, split))
    if widest < 3:
        return lines
    if all(sum(_is_sign(token) for token in line) <= 1 for line in lines):
        return lines
    if widest == 3:
        return [part for line, cells in zip(lines, split, strict=True) for part in _three_cells(line, cells)]
    columns: list[list[Atom]] = []
    for first in range(0, widest, 2):
        for cells in split:
            pair = [token for cell in cells[first : first + 2] for token in cell]
            if pair:
                columns.append(pair)
    return columns


def _three_cells(line: list[Atom], cells: list[list[Atom]]) -> list[list[Atom]]:
    """`a & = & b` (eqnarray), or `a &= b & remark`."""
    if len(cells) < 3 or _is_relation(_solid(cells[1])) or not cells[2]:
        return [line]
    first_of_last = _solid(cells[2])[:1]
    begins = bool(first_of_last) and (relates(first_of_last[0].text) is not None or first_of_last[0].text in _OPERATORS)
    if begins or not any(relates(t.text) for t in cells[0] + cells[1] if not t.depth):
        return [line]
    rest = [cells[2]] if any(relates(t.text) for t in cells[2] if not t.depth) else []
    return [cells[0] + cells[1], *rest]


def _solid(tokens: list[Atom]) -> list[Atom]:
    return [token for token in tokens if token.text not in SPACES and token.text != "&"]


def _put_together(lines: list[list[Atom]]) -> list[list[Atom]]:
    """A row that begins with an operator, or follows one that ends with a sign, continues the row above.

    A row that begins with a minus does so only where its left cell is empty.
    """
    joined: list[list[Atom]] = []
    for line in lines:
        solid = _solid(line)
        if not solid:
            continue
        above = _solid(joined[-1]) if joined else []
        first = solid[0].text
        aligned = line[0].text == "&" or any(t.text == "&" for t in line[: line.index(solid[0])])
        continued = first in _OPERATORS and (first != "-" or aligned)
        unfinished = bool(above) and (
            above[-1].text in _OPERATORS or relates(UNICODE_SIGNS.get(above[-1].text, above[-1].text)) == "equal"
        )
        if above and not solid[0].depth and (continued or unfinished):
            joined[-1] = joined[-1] + line
        else:
            joined.append(line)
    return joined
