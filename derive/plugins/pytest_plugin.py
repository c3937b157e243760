"""pytest: with `--derive`, documents are collected and each step is a test of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from derive.check.result import CheckedFile, CheckedStep

__all__ = ["pytest_addoption", "pytest_collect_file"]

_ENDINGS = frozenset({".md", ".markdown", ".myst", ".qmd", ".tex", ".ipynb", ".rst", ".html"})


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("derive")
    group.addoption("--derive", action="store_true", help="check the derivations in documents, a test for each step")
    group.addoption("--derive-strict", action="store_true", help="fail on steps that are neither proved nor given")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DocumentFile | None:
    """Documents are collected only when asked for."""
    if not parent.config.getoption("--derive") or file_path.suffix.lower() not in _ENDINGS:
        return None
    return DocumentFile.from_parent(parent, path=file_path)


class DocumentFile(pytest.File):
    """A document; its steps are the tests."""

    def collect(self) -> Iterator[pytest.Item]:
        checked = _checked(self.path)
        for notice in checked.notices:
            if checked.unreadable:
                raise self.CollectError(f"{self.path}: {notice.message}")
        for step in checked.steps:
            name = f"{step.place.line}:{step.place.column}"
            yield StepItem.from_parent(self, name=name, step=step)


@cache
def _checked(path: Path) -> CheckedFile:
    from derive.check.run import check_sources
    from derive.check.settings import Settings, read_settings
    from derive.check.sources import Source

    settings = read_settings(path.parent)
    return check_sources((Source(str(path)),), Settings(jobs=1, ignore=settings.ignore, cache="")).files[0]


class StepFailed(Exception):
    """A step that is refuted, or left open where that is not allowed."""


class StepItem(pytest.Item):
    """One step: fails when it is refuted, is skipped when it is left open."""

    def __init__(self, *, step: CheckedStep, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.step = step

    def runtest(self) -> None:
        status = self.step.status
        if status == "refuted":
            raise StepFailed
        if status in ("conditional", "attested", "undecided", "unread"):
            if self.config.getoption("--derive-strict"):
                raise StepFailed
            pytest.skip(f"{status}: {self.step.message}")
        if status == "skipped":
            pytest.skip(self.step.message)

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> object:
        """The finding as `derive check` shows it."""
        if not isinstance(excinfo.value, StepFailed):
            return super().repr_failure(excinfo)
        from derive.check.formats.text import finding_text

        return finding_text(str(self.path), self.step)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.step.place.line - 1, f"{self.step.before} {self.step.relation} {self.step.after}"
