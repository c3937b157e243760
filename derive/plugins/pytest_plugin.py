"""pytest: with `--derive`, documents are collected and each step is a test of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from derive.check.result import CheckedFile, CheckedStep

__all__ = ["ENDINGS", "pytest_addoption", "pytest_collect_file"]

ENDINGS = frozenset({
    ".md", ".markdown", ".qmd", ".rmd", ".myst", ".tex", ".ltx", ".ipynb", ".rst", ".html", ".htm",
})  # fmt: skip
"""The documents that are collected: all that are read but plain text, which is seldom meant."""
_OPEN = frozenset({"conditional", "attested", "undecided", "unread"})


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("derive")
    group.addoption("--derive", action="store_true", help="check the derivations in documents, a test for each step")
    group.addoption("--derive-strict", action="store_true", help="fail on steps that are neither proved nor given")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DocumentFile | None:
    """Documents are collected only when asked for; a part of a LaTeX document where it is drawn in."""
    config = parent.config
    if not config.getoption("--derive") or file_path.suffix.lower() not in ENDINGS:
        return None
    if file_path.suffix.lower() in (".tex", ".ltx") and file_path in _parts(config.rootpath):
        return None
    if _is_excluded(file_path, config.rootpath):
        return None
    return DocumentFile.from_parent(parent, path=file_path)


class DocumentFile(pytest.File):
    """A document; its steps and those of the files it draws in are the tests."""

    def collect(self) -> Iterator[pytest.Item]:
        for number, file in enumerate(_checked(self.path, self.config.rootpath)):
            for notice in file.notices:
                where = f"{file.path}:{notice.line}:{notice.column}"
                if file.unreadable:
                    raise self.CollectError(f"{where}: {notice.code} {notice.message}")
                self.warn(pytest.PytestCollectionWarning(f"{where}: {notice.code} {notice.message}"))
            part = f"{Path(file.path).name}:" if number else ""
            for step in file.steps:
                name = f"{part}{step.place.line}:{step.place.column}"
                yield StepItem.from_parent(self, name=name, step=step, document=Path(file.path))


@cache
def _checked(path: Path, root: Path) -> tuple[CheckedFile, ...]:
    from dataclasses import replace

    from derive.check.baseline import read_baseline, with_baseline
    from derive.check.run import check_sources
    from derive.check.settings import read_settings
    from derive.check.sources import Source

    settings = read_settings(root)
    run = check_sources((Source(str(path)),), replace(settings, jobs=1, cache=""))
    if not settings.baseline:
        return run.files
    relative = tuple(replace(file, path=relpath(file.path, root)) for file in run.files)
    known = with_baseline(replace(run, files=relative), read_baseline(root / settings.baseline))
    return tuple(replace(file, path=str(root / file.path)) for file in known.files)


@cache
def _parts(root: Path) -> frozenset[Path]:
    """The files that LaTeX documents of the project draw in."""
    from derive.check.files import find_files
    from derive.check.settings import read_settings
    from derive.check.sources import content_of, sources_of

    sources = sources_of(find_files([str(root)], read_settings(root).exclude))
    found = [content_of(source) for source in sources if source.path.lower().endswith((".tex", ".ltx"))]
    return frozenset(Path(part) for content in found for part in content.parts)


@cache
def _is_excluded(path: Path, root: Path) -> bool:
    from derive.check.files import find_files
    from derive.check.settings import read_settings

    return not list(find_files([str(path)], read_settings(root).exclude))


class StepFailed(Exception):
    """A step that is refuted, or left open where that is not allowed."""


class StepItem(pytest.Item):
    """One step: fails when it is refuted, is skipped when it is left open."""

    def __init__(self, *, step: CheckedStep, document: Path, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.step = step
        self.document = document

    def runtest(self) -> None:
        status = self.step.status
        if status == "refuted" or (status in _OPEN and self.config.getoption("--derive-strict")):
            raise StepFailed
        if status in _OPEN:
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

        return finding_text(str(self.document), self.step)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.document, self.step.place.line - 1, f"{self.step.before} {self.step.relation} {self.step.after}"
