"""The checker's report as annotations of GitHub Actions (workflow commands on standard output)."""

from __future__ import annotations

from derive.check.codes import find_code
from derive.check.result import Run

__all__ = ["github_annotations"]

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def github_annotations(run: Run) -> str:
    """One line for each step with a code of an error or a warning, and for each notice."""
    lines: list[str] = []
    for file in run.files:
        for step in file.steps:
            if (severity := _severity(step.code)) in ("error", "warning"):
                place = step.place
                where = f"file={_property(file.path)},line={place.line},col={place.column},endLine={place.end_line}"
                lines.append(f"::{_LEVELS[severity]} {where},title={step.code}::{_message(step.message)}")
        for notice in file.notices:
            level = _LEVELS[_severity(notice.code)]
            where = f"file={_property(file.path)},line={notice.line},col={notice.column}"
            lines.append(f"::{level} {where},title={notice.code}::{_message(notice.message)}")
    return "".join(line + "\n" for line in lines)


def _severity(code: str) -> str:
    found = find_code(code) if code else None
    return found.severity if found else "note"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
