"""The checker's report as JSON, as the machine contract has it."""

from __future__ import annotations

import json
from typing import Any

from derive.check.result import CheckedFile, CheckedStep, Run

__all__ = ["json_report", "step_data"]


def json_report(run: Run) -> str:
    """One JSON object, its keys in a fixed order; a line for each step."""
    files = ",\n".join(map(_file, run.files))
    return f'{{\n"format": "derive/1",\n"files": [\n{files}\n],\n"summary": {_json(run.summary)}\n}}\n'


def _file(file: CheckedFile) -> str:
    steps = ",\n  ".join(_json(step_data(step)) for step in file.steps)
    notices = [{"line": n.line, "column": n.column, "code": n.code, "message": n.message} for n in file.notices]
    return f' {{"path": {_json(file.path)}, "steps": [\n  {steps}\n ], "notices": {_json(notices)}}}'


def _json(data: object) -> str:
    """On one line, as the fast encoder writes it."""
    return json.dumps(data, ensure_ascii=False)


def step_data(step: CheckedStep) -> dict[str, Any]:
    """A step as plain data; a notebook's step also has its cell and the line in it."""
    place = step.place
    data: dict[str, Any] = {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "relation": step.relation,
        "before": step.before,
        "after": step.after,
        "status": step.status,
        "by": step.by,
        "trust": step.trust,
        "conditions": list(step.conditions),
        "counterexample": _counterexample(step),
        "message": step.message,
        "code": step.code or None,
    }
    if step.correction:
        data["correction"] = step.correction
    if place.cell:
        data["cell"], data["cell_line"] = place.cell, place.cell_line
    return data


def _counterexample(step: CheckedStep) -> dict[str, Any] | None:
    found = step.counterexample
    if found is None:
        return None
    return {"point": dict(found.point), "left": found.left, "right": found.right, "note": found.note}
