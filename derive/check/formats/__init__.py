"""The output formats of the checker: one file each, one visible table."""

from __future__ import annotations

from collections.abc import Callable

from derive.check.formats.github import github_annotations
from derive.check.formats.json import json_report
from derive.check.formats.junit import junit_xml
from derive.check.formats.sarif import sarif_log
from derive.check.formats.text import text_report
from derive.check.result import Run

__all__ = ["FORMATS"]

FORMATS: dict[str, Callable[[Run], str]] = {
    "text": text_report,
    "json": json_report,
    "github": github_annotations,
    "junit": junit_xml,
    "sarif": sarif_log,
}
