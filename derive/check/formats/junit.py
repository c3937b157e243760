"""The checker's report as JUnit XML: a suite for each file, a case for each step."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from derive.check.result import CheckedFile, CheckedStep, Run

__all__ = ["junit_xml"]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SKIPPED = frozenset({"conditional", "attested", "undecided", "unread", "skipped"})


def junit_xml(run: Run) -> str:
    """Refuted steps are failures, unreadable files errors, open steps skipped cases."""
    suites = "".join(_suite(file) for file in run.files)
    failed = sum(step.status == "refuted" for step in run.steps)
    head = f'<testsuites name="derive" tests="{len(run.steps)}" failures="{failed}">'
    return _NOT_XML.sub("\ufffd", f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{suites}</testsuites>\n')


def _suite(file: CheckedFile) -> str:
    failed = sum(step.status == "refuted" for step in file.steps)
    skipped = sum(step.status in _SKIPPED for step in file.steps)
    unreadable = [notice for notice in file.notices if notice.code == "DRV501"]
    cases = "".join(_case(file.path, step) for step in file.steps)
    for notice in unreadable:
        cases += f'  <testcase classname={quoteattr(file.path)} name="file">'
        cases += f"<error message={quoteattr(notice.message)}/></testcase>\n"
    tests = len(file.steps) + len(unreadable)
    counts = f'tests="{tests}" failures="{failed}" errors="{len(unreadable)}" skipped="{skipped}"'
    return f" <testsuite name={quoteattr(file.path)} {counts}>\n{cases} </testsuite>\n"


def _case(path: str, step: CheckedStep) -> str:
    name = f"{step.place.line}:{step.place.column} {step.relation} {step.after}"
    opening = f"  <testcase classname={quoteattr(path)} name={quoteattr(name)} line={quoteattr(str(step.place.line))}"
    if step.status == "refuted":
        message = quoteattr(f"{step.code} {step.message}")
        return f"{opening}><failure message={message}>{escape(step.source.strip())}</failure></testcase>\n"
    if step.status in _SKIPPED:
        return f"{opening}><skipped message={quoteattr(f'{step.status}: {step.message}')}/></testcase>\n"
    return f"{opening}/>\n"
