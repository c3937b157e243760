"""Checked files as plain data and back, for the cache and for worker processes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from derive.check.result import CheckedFile, CheckedStep, Failure, Notice
from derive.read.document import Place

__all__ = ["file_data", "file_from"]


def file_data(file: CheckedFile) -> dict[str, Any]:
    return asdict(file)


def file_from(data: dict[str, Any]) -> CheckedFile:
    """The file that `file_data` gave; KeyError, TypeError or ValueError for anything else."""
    steps = tuple(_step(step) for step in data["steps"])
    notices = tuple(Notice(**notice) for notice in data["notices"])
    return CheckedFile(data["path"], steps, notices, data["unreadable"])


def _step(data: dict[str, Any]) -> CheckedStep:
    failure = data["counterexample"]
    return CheckedStep(
        **{
            **data,
            "place": Place(**data["place"]),
            "conditions": tuple(data["conditions"]),
            "underline": tuple(data["underline"]),
            "counterexample": None if failure is None else _failure(failure),
        }
    )


def _failure(data: dict[str, Any]) -> Failure:
    return Failure(tuple((name, value) for name, value in data["point"]), data["left"], data["right"], data["note"])
