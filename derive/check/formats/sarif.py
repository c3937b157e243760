"""The checker's report as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from derive import __version__
from derive.check.codes import CODES, find_code
from derive.check.result import CheckedFile, CheckedStep, Notice, Run

__all__ = ["sarif_log"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_log(run: Run) -> str:
    """One run with the table of codes, and a result for each step that has one and each notice."""
    results = [_result(file, step) for file in run.files for step in file.steps if step.code]
    results += [_notice(file, notice) for file in run.files for notice in file.notices]
    driver = {
        "name": "derive",
        "version": __version__,
        "informationUri": "https://pypi.org/project/derive-steps/",
        "rules": [_rule(number) for number in range(len(CODES))],
    }
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(number: int) -> dict[str, Any]:
    code = CODES[number]
    return {
        "id": code.code,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": code.what},
        "fullDescription": {"text": code.why},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(file: CheckedFile, step: CheckedStep) -> dict[str, Any]:
    place = step.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return _finding(step.code, step.message, file.path, region)


def _notice(file: CheckedFile, notice: Notice) -> dict[str, Any]:
    return _finding(notice.code, notice.message, file.path, {"startLine": notice.line, "startColumn": notice.column})


def _finding(code: str, message: str, path: str, region: dict[str, int]) -> dict[str, Any]:
    known = find_code(code)
    uri = quote(PurePath(path).as_posix())
    return {
        "ruleId": code,
        "ruleIndex": next((i for i, row in enumerate(CODES) if row.code == code), -1),
        "level": known.severity if known else "note",
        "message": {"text": message or code},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    }
