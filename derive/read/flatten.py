"""A formula without its packaging: the page's macros expanded, labels dropped, boxes and colours opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from derive.read.braces import braces_of, group_at
from derive.read.macros import Definition
from derive.read.quantities import QUANTITIES, quantity

__all__ = ["FLATTENED", "Flat", "flatten"]

LARGEST_EXPANSION = 100_000
MOST_EXPANSIONS = 5_000
DEEPEST_NESTING = 20

_OPTIONAL = re.compile(r"\s*\[([^\]\n]*)\]")
_TOKEN = re.compile(r"\s*(\\[A-Za-z]+|\\.|.)", re.DOTALL)
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
GAP = r"\quad "
OPENED = {
    r"\boxed": 0, r"\fbox": 0, r"\answer": 0, r"\ensuremath": 0, r"\highlight": 0, r"\mathopen": 0, r"\mathclose": 0,
    r"\mathord": 0, r"\smash": 0, r"\bbox": 0, r"\framebox": 0, r"\textcolor": 1, r"\colorbox": 1, r"\fcolorbox": 2,
    r"\class": 1, r"\cssId": 1, r"\style": 1,
}  # fmt: skip
_TEXTS = frozenset({r"\text", r"\begin", r"\end", r"\left", r"\right", r"\label"})
STACKED = frozenset({r"\stackrel", r"\overset", r"\underset"})
FLATTENED: frozenset[str] = DROPPED | DROPPED_WITH_ARGUMENT | OPENED.keys() | STACKED
"""The commands that are dropped or opened here."""
_WORDS = frozenset({r"\text", r"\textrm", r"\mbox", r"\hbox", r"\textnormal", r"\textit"})
_CASE = re.compile(r"[\s,~]*(?:if|for|when(?:ever)?|on|where|with|and|or|as long as|provided|unless)\b[^$}]*\$")
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

    Expansion is bounded: a macro that calls itself stays where the bound is met, and is then an unknown command; a
    formula that would grow too large stays as it is.
    """
    work = _Work(
        {name: macro for name, macro in macros.items() if name not in OPENED and name not in _TEXTS}, len(text)
    )
    written = Flat(text, tuple(range(len(text))))
    work.walk(written, 0)
    if work.room < 0:
        return Flat(text, (*written.places, len(text)))
    return Flat("".join(work.pieces), (*work.places, len(text)))


class _Source:
    """A text with its places, and the braces in it that belong together."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.text, self.places = flat.text, flat.places
        self.braces = braces_of(flat.text)

    def group(self, position: int) -> tuple[int, int] | None:
        return group_at(self.text, position, self.braces)

    def between(self, start: int, end: int) -> Flat:
        return Flat(self.text[start:end], self.places[start:end])


class _Work:
    """The flattened text as it grows."""

    def __init__(self, macros: Mapping[str, Definition], length: int) -> None:
        self.macros = macros
        self.pieces: list[str] = []
        self.places: list[int] = []
        self.room = LARGEST_EXPANSION + length
        self.expansions = MOST_EXPANSIONS

    def emit(self, flat: Flat) -> None:
        self.room -= len(flat.text)
        if self.room >= 0:
            self.pieces.append(flat.text)
            self.places += flat.places

    def sign(self, text: str, place: int) -> None:
        """Emit a text that stands for what was at one place."""
        self.emit(Flat(text, (place,) * len(text)))

    def walk(self, flat: Flat, depth: int) -> None:
        source = _Source(flat)
        position = 0
        while self.room >= 0 and (found := _COMMAND.search(flat.text, position)):
            self.emit(source.between(position, found.start()))
            position = self._command(found.group(), source, found.start(), found.end(), depth)
        self.emit(source.between(position, len(flat.text)))

    def _command(self, name: str, source: _Source, start: int, end: int, depth: int) -> int:
        """Emit what stands for a command that begins at `start`; the offset after what was used up."""
        if name in self.macros and depth < DEEPEST_NESTING and self.expansions > 0:
            self.expansions -= 1
            return self._expand(self.macros[name], source, start, end, depth)
        if name in DROPPED:
            self.sign(" ", source.places[start])
            return end
        if name in DROPPED_WITH_ARGUMENT:
            after = source.group(end + source.text.startswith("*", end))
            self.sign(GAP if name == r"\hspace" else " ", source.places[start])
            return end if after is None else after[1]
        if name in OPENED and depth < DEEPEST_NESTING:
            return self._open(OPENED[name], source, start, end, depth)
        if name in STACKED:
            return self._stack(source, start, end)
        if name in QUANTITIES:
            return self._quantity(name, source, start, end)
        if name in _WORDS and (group := source.group(end)) and _CASE.match(source.text, group[0]):
            return self._words(source, start, group, depth)
        self.emit(source.between(start, end))
        return end

    def _words(self, source: _Source, start: int, group: tuple[int, int], depth: int) -> int:
        """`\\text{if $x > 0$}`: the words stay text, the formulas between them do not; a remark stays one."""
        command = source.between(start, group[0])
        position, end = group[0], group[1] - 1
        bounds = [at for at in range(position, end) if source.text[at] == "$"]
        if len(bounds) % 2 or depth >= DEEPEST_NESTING:
            self.emit(source.between(start, group[1]))
            return group[1]
        for first, last in zip(bounds[::2], bounds[1::2], strict=True):
            self._said(command, source, position, first)
            self.walk(source.between(first + 1, last), depth + 1)
            position = last + 1
        self._said(command, source, position, end)
        return group[1]

    def _said(self, command: Flat, source: _Source, start: int, end: int) -> None:
        """Words, in a text command of their own; nothing where there are none."""
        if source.text[start:end].strip(" ~.,"):
            self.emit(command)
            self.emit(source.between(start, end))
            self.sign("}", source.places[end])
        else:
            self.sign(" ", source.places[start])

    def _open(self, passed: int, source: _Source, start: int, end: int, depth: int) -> int:
        """A box or a colour: what is in it, in braces where that is one term."""
        for _ in range(passed):
            skipped = source.group(end)
            end = skipped[1] if skipped else end
        optional = _OPTIONAL.match(source.text, end)
        body = source.group(optional.end() if optional else end)
        if body is None:
            self.emit(source.between(start, end))
            return end
        inner = source.between(body[0], body[1] - 1)
        braced = not _STRUCTURE.search(inner.text)
        self.sign("{" if braced else " ", source.places[start])
        self.walk(inner, depth + 1)
        self.sign("}" if braced else " ", source.places[body[1] - 1])
        return body[1]

    def _quantity(self, name: str, source: _Source, start: int, end: int) -> int:
        """A number with its unit; what is none is left to the reader."""
        optional = _OPTIONAL.match(source.text, end)
        after = optional.end() if optional else end
        arguments: list[str] = []
        while len(arguments) < QUANTITIES[name] and (group := source.group(after)):
            arguments.append(source.text[group[0] : group[1] - 1])
            after = group[1]
        written = quantity(name, tuple(arguments)) if len(arguments) == QUANTITIES[name] else None
        if written is None:
            self.emit(source.between(start, end))
            return end
        first, last = source.places[start], source.places[after - 1]
        self.emit(Flat(f" {written} ", (first, first, *([last] * len(written)))))
        return after

    def _stack(self, source: _Source, start: int, end: int) -> int:
        """`\\stackrel{…}{=}` is the relation; anything else is left to the reader."""
        above = source.group(end)
        if above is None:
            self.emit(source.between(start, end))
            return end
        below = source.group(above[1])
        sign_start, sign_end = (below[0], below[1] - 1) if below else (above[1], above[1] + 1)
        sign = source.text[sign_start:sign_end]
        if not _RELATION_ARGUMENT.match(sign):
            self.emit(source.between(start, end))
            return end
        if sign.strip() == "=" and _DEFINES.search(source.text, above[0], above[1]):
            sign = ":="
        self.sign(sign, source.places[sign_start])
        return below[1] if below else sign_end

    def _expand(self, macro: Definition, source: _Source, start: int, end: int, depth: int) -> int:
        """The macro's body with its arguments put in, walked in its turn."""
        place = source.places[start]
        arguments: list[Flat] = []
        if macro.default is not None and macro.parameters:
            optional = _OPTIONAL.match(source.text, end)
            if optional:
                arguments.append(source.between(optional.start(1), optional.end(1)))
                end = optional.end()
            else:
                arguments.append(Flat(macro.default, (place,) * len(macro.default)))
        while len(arguments) < macro.parameters:
            group = source.group(end)
            token = None if group else _TOKEN.match(source.text, end)
            if group is not None:
                arguments.append(source.between(group[0], group[1] - 1))
                end = group[1]
            elif token is not None:
                arguments.append(source.between(token.start(1), token.end(1)))
                end = token.end()
            else:
                break
        self.walk(_filled(macro.body, arguments, place, source.places[end - 1]), depth + 1)
        return end


def _filled(body: str, arguments: list[Flat], place: int, last: int) -> Flat:
    """A macro's body with arguments in it, and a space after it.

    What is the body's own is at the macro's place, and at the end of the call behind the last argument.
    """
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for parameter in re.finditer(r"#(\d)", body):
        piece = body[position : parameter.start()]
        pieces.append(piece)
        places += [place] * len(piece)
        number = int(parameter[1]) - 1
        if 0 <= number < len(arguments):
            pieces.append(arguments[number].text)
            places += arguments[number].places
        position = parameter.end()
    rest = body[position:] + " "
    own = [last] * len(rest) if position else [place, *([last] * (len(rest) - 1))]
    return Flat("".join(pieces) + rest, (*places, *own))
