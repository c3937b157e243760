"""The checker's report as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from derive import __version__
from derive.check.baseline import fingerprint
from derive.check.codes import CODES, code_page, severity_of
from derive.check.formats.details import summary
from derive.check.result import CheckedFile, CheckedStep, Notice, Run

__all__ = ["sarif_log"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
Data = dict[str, Any]


def sarif_log(run: Run) -> str:
    """One run with the table of codes, a result for each step that has a code and for each notice.

    A file that cannot be read is no result but a notification that the run was not complete.
    """
    results = [_of_step(file, step) for file in run.files for step in file.steps if step.code]
    results += [_of_notice(file, notice) for file in run.files if not file.unreadable for notice in file.notices]
    unread = [_notification(file, notice) for file in run.files if file.unreadable for notice in file.notices]
    driver = {"name": "derive", "version": __version__, "rules": [_rule(number) for number in range(len(CODES))]}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": unread}],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(number: int) -> Data:
    code = CODES[number]
    return {
        "id": code.code,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": code.what},
        "fullDescription": {"text": code.why},
        "help": {"text": f"{code.what} {code.why}", "markdown": code_page(code)},
        "defaultConfiguration": {"level": code.severity},
    }


def _of_step(file: CheckedFile, step: CheckedStep) -> Data:
    place = step.place
    region: Data = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    if place.line == place.end_line and not place.cell:
        region["snippet"] = {"text": step.source[slice(*step.underline)]}
    result = _result(step.code, summary(step), file.path, region)
    result["partialFingerprints"] = {"derive/v1": fingerprint(file.path, step)}
    return result


def _of_notice(file: CheckedFile, notice: Notice) -> Data:
    return _result(notice.code, notice.message, file.path, {"startLine": notice.line, "startColumn": notice.column})


def _result(code: str, message: str, path: str, region: Data) -> Data:
    return {
        "ruleId": code,
        "ruleIndex": next((number for number, row in enumerate(CODES) if row.code == code), -1),
        "level": severity_of(code),
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}],
    }


def _notification(file: CheckedFile, notice: Notice) -> Data:
    return {
        "descriptor": {"id": notice.code},
        "level": "error",
        "message": {"text": notice.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}}}],
    }


def _uri(path: str) -> str:
    """A relative reference for a relative path, a file URI for an absolute one."""
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(os.fsencode(PurePath(path).as_posix()))
