"""A formula without its packaging: the page's macros expanded, labels dropped, boxes and colours opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from derive.read.macros import Definition

__all__ = ["Flat", "flatten", "group_end"]

LARGEST_EXPANSION = 100_000
MOST_EXPANSIONS = 5_000
DEEPEST_NESTING = 20

_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_STRUCTURE = re.compile(
    r"=|<|>|&|\\\\|\\(?:begin|end|quad|qquad|Rightarrow|implies|iff|Leftrightarrow|Longrightarrow|text|label|le|ge|leq"
    r"|geq|neq|ne|approx|to|coloneqq|triangleq|boxed|textcolor|color|tag)(?![A-Za-z])"
)

DROPPED = frozenset({
    r"\nonumber", r"\notag", r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\limits", r"\nolimits", r"\hfill",
    r"\noindent", r"\centering", r"\small", r"\large", r"\Large", r"\footnotesize", r"\strut", r"\mathstrut",
    r"\allowbreak", r"\hline", r"\relax", r"\normalsize", r"\boldmath", r"\tiny", r"\par", r"\allowdisplaybreaks",
    r"\bigskip", r"\medskip", r"\smallskip", r"\protect", r"\qedhere",
})  # fmt: skip
DROPPED_WITH_ARGUMENT = frozenset({
    r"\label", r"\tag", r"\hspace", r"\vspace", r"\phantom", r"\hphantom", r"\vphantom", r"\footnote", r"\cite",
    r"\index", r"\eqlabel", r"\color", r"\eqno", r"\marginpar", r"\cref", r"\eqref",
})  # fmt: skip
OPENED = {
    r"\boxed": 0, r"\fbox": 0, r"\answer": 0, r"\ensuremath": 0, r"\highlight": 0, r"\mathopen": 0, r"\mathclose": 0,
    r"\mathord": 0, r"\smash": 0, r"\bbox": 0, r"\framebox": 0, r"\textcolor": 1, r"\colorbox": 1, r"\fcolorbox": 2,
    r"\class": 1, r"\cssId": 1, r"\style": 1,
}  # fmt: skip
_TEXTS = frozenset({r"\text", r"\begin", r"\end", r"\left", r"\right", r"\label"})
STACKED = frozenset({r"\stackrel", r"\overset", r"\underset"})
_RELATION_ARGUMENT = re.compile(
    r"\s*(?:=|<|>|\\(?:le|ge|leq|geq|approx|sim|simeq|Rightarrow|iff|equiv|to)(?![A-Za-z]))\s*\Z"
)
_DEFINES = re.compile(r"def|\\triangle|\?|!")


@dataclass(frozen=True, slots=True)
class Flat:
    """The text, and for each of its characters (and its end) the offset in the formula it comes from."""

    text: str
    places: tuple[int, ...]


def flatten(text: str, macros: Mapping[str, Definition]) -> Flat:
    """The formula's text with the page's macros expanded, in which only the splitter's and reader's business is left.

    Expansion is bounded: a macro that calls itself stays where the bound is met, and is then an unknown command.
    """
    work = _Work(text, {name: macro for name, macro in macros.items() if name not in OPENED and name not in _TEXTS})
    work.walk(text, list(range(len(text))), 0)
    return Flat("".join(work.pieces), (*work.places, len(text)))


class _Work:
    def __init__(self, text: str, macros: Mapping[str, Definition]) -> None:
        self.macros = macros
        self.pieces: list[str] = []
        self.places: list[int] = []
        self.room = LARGEST_EXPANSION + len(text)
        self.expansions = MOST_EXPANSIONS

    def emit(self, text: str, places: list[int]) -> None:
        self.room -= len(text)
        if self.room >= 0:
            self.pieces.append(text)
            self.places += places

    def walk(self, text: str, places: list[int], depth: int) -> None:
        position = 0
        while self.room >= 0 and (found := _COMMAND.search(text, position)):
            self.emit(text[position : found.start()], places[position : found.start()])
            position = self._command(found.group(), text, places, found.start(), found.end(), depth)
        self.emit(text[position:], places[position:])

    def _command(self, name: str, text: str, places: list[int], start: int, end: int, depth: int) -> int:
        """Emit what stands for a command that begins at `start`; the offset after what was used up."""
        if name in self.macros and depth < DEEPEST_NESTING and self.expansions > 0:
            self.expansions -= 1
            return self._expand(self.macros[name], text, places, start, end, depth)
        if name in DROPPED:
            self.emit(" ", [places[start]])
            return end
        if name in DROPPED_WITH_ARGUMENT:
            after = group_end(text, end + 1 if text[end : end + 1] == "*" else end)
            self.emit(" ", [places[start]])
            return end if after is None else after[1]
        if name in OPENED and depth < DEEPEST_NESTING:
            return self._open(OPENED[name], text, places, start, end, depth)
        if name in STACKED:
            return self._stack(text, places, start, end)
        self.emit(name, places[start:end])
        return end

    def _open(self, passed: int, text: str, places: list[int], start: int, end: int, depth: int) -> int:
        for _ in range(passed):
            skipped = group_end(text, end)
            if skipped is None:
                break
            end = skipped[1]
        optional = re.compile(r"\s*\[[^\]\n]*\]").match(text, end)
        body = group_end(text, optional.end() if optional else end)
        if body is None:
            self.emit(text[start:end], places[start:end])
            return end
        inner, inner_places = text[body[0] : body[1] - 1], places[body[0] : body[1] - 1]
        braced = not _STRUCTURE.search(inner)
        self.emit("{" if braced else " ", [places[start]])
        self.walk(inner, inner_places, depth + 1)
        self.emit("}" if braced else " ", [places[body[1] - 1]])
        return body[1]

    def _stack(self, text: str, places: list[int], start: int, end: int) -> int:
        """`\\stackrel{…}{=}` is the relation; anything else is left to the reader."""
        above = group_end(text, end)
        below = group_end(text, above[1]) if above else None
        if above is None:
            self.emit(text[start:end], places[start:end])
            return end
        sign_start, sign_end = (below[0], below[1] - 1) if below else (above[1], above[1] + 1)
        sign = text[sign_start:sign_end]
        if not _RELATION_ARGUMENT.match(sign):
            self.emit(text[start:end], places[start:end])
            return end
        if sign.strip() == "=" and _DEFINES.search(text[above[0] : above[1]]):
            sign = ":="
        self.emit(sign, [places[sign_start]] * len(sign))
        return below[1] if below else sign_end

    def _expand(self, macro: Definition, text: str, places: list[int], start: int, end: int, depth: int) -> int:
        arguments: list[tuple[str, list[int]]] = []
        wanted = macro.parameters
        if macro.default is not None and wanted:
            optional = re.compile(r"\s*\[([^\]\n]*)\]").match(text, end)
            if optional:
                arguments.append((optional[1], places[optional.start(1) : optional.end(1)]))
                end = optional.end()
            else:
                arguments.append((macro.default, [places[start]] * len(macro.default)))
            wanted -= 1
        for _ in range(wanted):
            group = group_end(text, end)
            if group is not None:
                arguments.append((text[group[0] : group[1] - 1], places[group[0] : group[1] - 1]))
                end = group[1]
            else:
                token = re.compile(r"\s*(\\[A-Za-z]+|\\.|.)", re.DOTALL).match(text, end)
                if token is None:
                    break
                arguments.append((token[1], places[token.start(1) : token.end(1)]))
                end = token.end()
        expanded: list[str] = []
        origins: list[int] = []
        position = 0
        for parameter in re.finditer(r"#(\d)", macro.body):
            piece = macro.body[position : parameter.start()]
            expanded.append(piece)
            origins += [places[start]] * len(piece)
            number = int(parameter[1]) - 1
            if number < len(arguments):
                expanded.append(arguments[number][0])
                origins += arguments[number][1]
            position = parameter.end()
        expanded.append(macro.body[position:])
        origins += [places[start]] * (len(macro.body) - position)
        self.walk("".join(expanded) + " ", [*origins, places[start]], depth + 1)
        return end


def group_end(text: str, position: int) -> tuple[int, int] | None:
    """Where the inside of the braces at `position` (after space) begins, and the offset after them; None if none."""
    while position < len(text) and text[position].isspace():
        position += 1
    if text[position : position + 1] != "{":
        return None
    depth, at = 0, position
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 2
            continue
        depth += (character == "{") - (character == "}")
        at += 1
        if depth == 0:
            return position + 1, at
    return None
