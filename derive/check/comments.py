r"""Comments to the checker: `given STATEMENT`, `macro \name = BODY`, `skip [CODE…]`, `skip-file`; used skips."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from derive.check.codes import find_code
from derive.check.result import CheckedStep, Notice
from derive.read.document import Document
from derive.read.macros import Definition

__all__ = ["Comments", "Skip", "Skips", "read_comments"]

_SKIP = re.compile(r"skip\b(?P<codes>(?:[\s,]+(?!reason)[\w-]+)*)\s*(?:reason\s*=\s*\"(?P<reason>[^\"]*)\")?\s*\Z")
_MACRO = re.compile(r"macro\s+(\\[A-Za-z]+)\s*((?:\{?\s*#\d\s*\}?\s*)*)=\s*(\S.*?)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Skip:
    """Silences the steps of the formula at or after `start`; no codes means all."""

    codes: tuple[str, ...]
    reason: str
    start: int
    formula: int


@dataclass(frozen=True, slots=True)
class Comments:
    given: tuple[tuple[int, str], ...] = ()
    macros: tuple[Definition, ...] = ()
    skips: tuple[Skip, ...] = ()
    skipped_files: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()


def read_comments(document: Document) -> Comments:
    """The comments of a document; one that is not understood becomes a notice."""
    given: list[tuple[int, str]] = []
    macros: list[Definition] = []
    skips: list[Skip] = []
    notices: list[Notice] = []
    skipped_files: set[str] = set()
    starts = [formula.start for formula in document.formulas]
    for comment in document.comments:
        text = comment.text.strip()
        if text.startswith("given "):
            given += ((comment.start, part) for part in _statements(text.removeprefix("given ")))
        elif macro := _MACRO.match(text):
            parameters = macro[2].count("#")
            macros.append(Definition(macro[1], parameters, None, macro[3], text, comment.start, comment.end))
        elif text == "skip-file" or text.startswith("skip-file "):
            skipped_files.add(document.place(comment.start, comment.start).path)
        elif (found := _SKIP.match(text)) and all(find_code(code) for code in _codes(found)):
            at = bisect_left(starts, _line_start(document, comment.start))
            target = starts[at] if at < len(starts) else -1
            skips.append(Skip(tuple(_codes(found)), found["reason"] or "", comment.start, target))
        else:
            place = document.place(comment.start, comment.end)
            message = f"comment not understood: {text[:60]}"
            notices.append(Notice("DRV602", message, place.line, place.column, place.path))
    return Comments(tuple(given), tuple(macros), tuple(skips), frozenset(skipped_files), tuple(notices))


def _statements(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _codes(found: re.Match[str]) -> list[str]:
    known = (find_code(word) for word in re.split(r"[\s,]+", found["codes"].strip()) if word)
    return [code.code if code else "" for code in known]


def _line_start(document: Document, offset: int) -> int:
    return document.text.rfind("\n", 0, offset) + 1


@dataclass(slots=True)
class Skips:
    """The skip comments of a page, and which of them silenced something."""

    comments: Comments
    used: set[int] = field(default_factory=set)

    def applied(self, step: CheckedStep, formula: int) -> CheckedStep:
        """The step, or the same step skipped."""
        for skip in self.comments.skips:
            if skip.formula == formula and step.code and (not skip.codes or step.code in skip.codes):
                self.used.add(skip.start)
                message = f"skipped: {skip.reason}" if skip.reason else "skipped"
                return replace(step, status="skipped", code="", message=message)
        return step

    def unused(self, document: Document) -> tuple[Notice, ...]:
        places = [(s, document.place(s.start, s.start)) for s in self.comments.skips if s.start not in self.used]
        return tuple(
            Notice(
                "DRV601", f"this skip silences nothing: {', '.join(s.codes) or 'all codes'}", p.line, p.column, p.path
            )
            for s, p in places
        )
