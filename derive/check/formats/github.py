"""The checker's report as annotations of GitHub Actions (workflow commands on standard output)."""

from __future__ import annotations

from derive.check.codes import severity_of
from derive.check.formats.details import summary
from derive.check.result import Run

__all__ = ["github_annotations"]

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def github_annotations(run: Run) -> str:
    """One line for each step with a code of an error or a warning, and for each notice."""
    lines: list[str] = []
    for file in run.files:
        for step in file.steps:
            if step.code and (severity := severity_of(step.code)) != "note":
                place = step.place
                where = f"line={place.line},col={place.column},endLine={place.end_line}"
                if place.line == place.end_line:
                    where += f",endColumn={place.end_column}"
                lines.append(_annotation(severity, file.path, where, step.code, summary(step)))
        for notice in file.notices:
            where = f"line={notice.line},col={notice.column}"
            lines.append(_annotation(severity_of(notice.code), file.path, where, notice.code, notice.message))
    return "".join(lines)


def _annotation(severity: str, path: str, where: str, code: str, message: str) -> str:
    return f"::{_LEVELS[severity]} file={_property(path)},{where},title={code}::{_message(message)}\n"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
