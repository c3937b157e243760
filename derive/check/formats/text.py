"""The checker's report for people: place, code, sentence, the line with the piece underlined, values, correction."""

from __future__ import annotations

import unicodedata

from derive.check.codes import severity_of
from derive.check.formats.details import details
from derive.check.result import CheckedStep, Run
from derive.model.verdict import STATUSES

__all__ = ["finding_text", "text_report"]

WIDEST_LINE = 110
COLORS = {"error": "\033[31m", "warning": "\033[33m", "note": "\033[36m"}
BOLD, DIM, PLAIN = "\033[1m", "\033[2m", "\033[0m"


def text_report(run: Run, *, color: bool = False, verbose: bool = False) -> str:
    """Errors and warnings (with `verbose` also notes), then one line that counts the steps by status."""
    shown: list[str] = []
    for file in run.files:
        findings = [
            (step.place.line, step.place.column, finding_text(file.path, step, color=color))
            for step in file.steps
            if step.code and (verbose or severity_of(step.code) != "note")
        ]
        findings += [
            (n.line, n.column, _head(f"{file.path}:{n.line}:{n.column}", n.code, n.message, color) + "\n")
            for n in file.notices
        ]
        shown += [text for _, _, text in sorted(findings, key=lambda found: found[:2])]
    summary = ", ".join(f"{run.summary[status]} {status}" for status in STATUSES if run.summary[status])
    steps, files = len(run.steps), len(run.files)
    last = f"{steps} step{'s' * (steps != 1)} in {files} file{'s' * (files != 1)}: {summary or 'nothing to check'}"
    return "\n".join([*shown, f"{BOLD}{last}{PLAIN}" if color else last]) + "\n"


def _head(where: str, code: str, message: str, color: bool) -> str:
    if not color:
        return f"{where}: {code} {message}"
    return f"{BOLD}{where}{PLAIN}: {COLORS[severity_of(code)]}{code}{PLAIN} {message}"


def finding_text(path: str, step: CheckedStep, *, color: bool = False) -> str:
    """One finding: its place and sentence, the source underlined, the values and the correction."""
    place = step.place
    where = f"{path}:{place.line}:{place.column}"
    if place.cell:
        where += f" (cell {place.cell}, line {place.cell_line})"
    lines = [_head(where, step.code, step.message, color)]
    if step.source.strip():
        source, marks = _excerpt(step)
        gutter = f"{place.line:>5} | "
        lines += [gutter + source, " " * (len(gutter) - 2) + "| " + marks]
    lines += [f"      {line}" for line in details(step)]
    return "\n".join(lines) + "\n"


def _excerpt(step: CheckedStep) -> tuple[str, str]:
    """The source line, cut around the piece when it is long, and the marks under the piece."""
    start, end = step.underline
    line = step.source.replace("\t", " ").rstrip()
    end = max(start + 1, min(end, len(line)))
    if len(line) > WIDEST_LINE:
        first = max(0, min(start - 20, len(line) - WIDEST_LINE))
        line = line[first : first + WIDEST_LINE]
        start, end = start - first, min(end - first, WIDEST_LINE)
    return line, " " * _width(line[:start]) + "^" * max(1, _width(line[start:end]))


def _width(text: str) -> int:
    """The columns a text takes in a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
