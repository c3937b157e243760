"""The checker's report as JUnit XML: a suite for each file, a case for each step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from derive.check.formats.details import summary
from derive.check.result import CheckedFile, CheckedStep, Run

__all__ = ["junit_xml"]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SKIPPED = frozenset({"conditional", "attested", "undecided", "unread", "skipped"})


def junit_xml(run: Run) -> str:
    """Refuted steps are failures, unreadable files errors, open steps skipped cases."""
    suites = "".join(map(_suite, run.files))
    text = f'<testsuites name="derive" {_counts(run.files, skipped=False)}>\n{suites}</testsuites>\n'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _NOT_XML.sub("\ufffd", text)


def _counts(files: Iterable[CheckedFile], *, skipped: bool) -> str:
    """The attributes that count cases; `skipped` is one of a suite only."""
    files = tuple(files)
    steps = [step for file in files for step in file.steps]
    errors = sum(file.unreadable for file in files)
    failures = sum(step.status == "refuted" for step in steps)
    counts = f'tests="{len(steps) + errors}" failures="{failures}" errors="{errors}"'
    return f'{counts} skipped="{sum(step.status in _SKIPPED for step in steps)}"' if skipped else counts


def _suite(file: CheckedFile) -> str:
    cases = "".join(_case(file.path, step) for step in file.steps)
    if file.unreadable:
        message = quoteattr(f"{file.notices[0].code} {file.notices[0].message}")
        cases += f'  <testcase classname={quoteattr(file.path)} name="file"><error message={message}/></testcase>\n'
    return f" <testsuite name={quoteattr(file.path)} {_counts((file,), skipped=True)}>\n{cases} </testsuite>\n"


def _case(path: str, step: CheckedStep) -> str:
    place = step.place
    name = f"{place.line}:{place.column} {step.relation} {step.after}"
    opening = f"  <testcase classname={quoteattr(path)} name={quoteattr(name)}"
    if step.status == "refuted":
        message = quoteattr(f"{step.code} {step.message}")
        body = escape(f"{path}:{place.line}:{place.column}: {summary(step)}\n{step.source.strip()}")
        return (
            f"{opening}>\n   <failure message={message} type={quoteattr(step.code)}>{body}</failure>\n  </testcase>\n"
        )
    if step.status in _SKIPPED:
        return f"{opening}><skipped message={quoteattr(f'{step.status}: {step.message}')}/></testcase>\n"
    return f"{opening}/>\n"
