"""Checking many documents: read, judged in worker processes, cached, reported in the order asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, TypeAlias

from derive.check.cache import Cache
from derive.check.result import CheckedFile, CheckedStep, Notice, Run
from derive.check.settings import Settings
from derive.check.sources import Content, Source, content_of, document_of, roots
from derive.read.readers import DocumentError

if TYPE_CHECKING:
    from derive.model.claim import Claim
    from derive.model.verdict import Verdict

QUICK = 0.1
"""Seconds for a supposition about a likely slip."""

OVER = 1.5
LEAST = 0.2
"""How many times its seconds, and how many more, a claim may take before it is stopped."""

__all__ = ["check_sources", "check_text"]

Progress = Callable[[int, int], None]
Verifier: TypeAlias = "Callable[[Claim], Verdict]"
Files = tuple[CheckedFile, ...]
"""A document and, after it, the files that it draws in."""


def check_sources(sources: Sequence[Source], settings: Settings, progress: Progress | None = None) -> Run:
    """All documents checked; the order and the contents of the result do not depend on timing or workers.

    A file that another one draws in is checked there, at the place where it is drawn in.
    """
    cache = Cache(Path(settings.cache) if settings.cache else None)
    options = f"{settings.budget} {settings.cas}"
    results: dict[str, Files] = {}
    contents: list[Content] = []
    for source in sources:
        try:
            contents.append(content_of(source))
        except OSError as error:
            results[normpath(source.path)] = (_unreadable(source.path, error.strerror or str(error)),)
    alone = roots(contents)
    waiting: list[_Task] = []
    for content in contents:
        path = normpath(content.path)
        if path in alone:
            key = cache.key(content.path, content.digest, options)
            known = cache.get(key)
            if known is None:
                waiting.append(_Task(path, content, key))
            else:
                results[path] = known
    for done, (task, files) in enumerate(_checked(waiting, settings), 1):
        results[task.path] = files
        cache.put(task.key, files)
        if progress is not None:
            progress(len(alone) - len(waiting) + done, len(alone))
    return Run(tuple(_without_ignored(file, settings.ignore) for file in _in_order(sources, results)))


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that is not in the cache, and the key under which it will be."""

    path: str
    content: Content
    key: str


def _in_order(sources: Sequence[Source], results: dict[str, Files]) -> Iterator[CheckedFile]:
    """Each file once: those that were asked for in that order, the others after the document that draws them in."""
    asked = [normpath(source.path) for source in sources]
    found: dict[str, CheckedFile] = {}
    for path in asked:
        for file in results.get(path, ()):
            found.setdefault(normpath(file.path), file)
    left = dict.fromkeys(asked)
    for path in asked:
        inner = [normpath(file.path) for file in results.get(path, ())[1:]]
        for each in (path, *(other for other in inner if other not in left)):
            if each in found:
                yield found.pop(each)


def _checked(waiting: list[_Task], settings: Settings) -> Iterator[tuple[_Task, Files]]:
    """Each waiting document with its result, as they are done."""
    jobs = min(len(waiting), settings.jobs or os.cpu_count() or 1)
    work = partial(_check_one, budget=settings.budget, cas=settings.cas)
    if jobs <= 1:
        for task in waiting:
            yield task, work(task.content.path, task.content.data, task.content.on_disk)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        running: dict[Future[Files], _Task] = {
            pool.submit(work, task.content.path, task.content.data, task.content.on_disk): task
            for task in sorted(waiting, key=lambda task: -len(task.content.data))
        }
        try:
            for future in as_completed(running):
                yield running[future], _result(future, running[future].content.path)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(future: Future[Files], path: str) -> Files:
    try:
        return future.result()
    except BrokenProcessPool:
        return (_unreadable(path, "the worker that checked it died"),)


def _check_one(path: str, data: bytes, on_disk: bool, budget: float, cas: bool) -> Files:
    """One document checked with the files that it draws in, in whichever process."""
    return _checked_with(
        path, data, on_disk, verifier(budget=budget, cas=cas), verifier(budget=min(budget, QUICK), cas=False)
    )


def _checked_with(path: str, data: bytes, on_disk: bool, verdict: Verifier, quick: Verifier) -> Files:
    from derive.check.page import check_document

    try:
        document, notices = document_of(path, data, on_disk=on_disk)
    except DocumentError as error:
        return (_unreadable(path, str(error), error.line, error.column),)
    except (RecursionError, MemoryError) as error:
        return (_unreadable(path, str(error) or "nested too deeply"),)
    checked = check_document(document, verdict, quick)
    checked = replace(checked, notices=(*notices, *checked.notices))
    parts = dict.fromkeys(origin.path for origin in document.origins if origin.path)
    return tuple(_of_file(checked, part) for part in ("", *parts))


def _of_file(checked: CheckedFile, part: str) -> CheckedFile:
    """What was found in one of the files of a document, or with an empty path in the document itself."""
    return CheckedFile(
        part or checked.path,
        tuple(step for step in checked.steps if step.place.path == part),
        tuple(notice for notice in checked.notices if notice.path == part),
    )


def check_text(
    path: str, text: str, *, budget: float = 2.0, verdict: Verifier | None = None, on_disk: bool = False
) -> CheckedFile:
    """A text checked here and now, as an editor needs it; with `on_disk` files beside it belong to it."""
    data = text.encode("utf-8", "surrogatepass")
    if verdict is not None:
        return _checked_with(path, data, on_disk, verdict, verdict)[0]
    return _check_one(path, data, on_disk, budget, False)[0]


def verifier(*, budget: float, cas: bool) -> Verifier:
    """The ladder with a budget for each claim, which is stopped where it goes far over it."""
    from derive.model.verdict import Verdict
    from derive.verify.deadline import OutOfTime, at_most
    from derive.verify.ladder import verify

    def bounded(claim: Claim) -> Verdict:
        try:
            with at_most(OVER * budget + LEAST):
                return verify(claim, budget=budget, cas=cas)
        except OutOfTime:
            return Verdict("undecided", note="took too long")

    return bounded


def _unreadable(path: str, message: str, line: int = 1, column: int = 1) -> CheckedFile:
    return CheckedFile(path, notices=(Notice("DRV501", message, line, column),), unreadable=True)


def _without_ignored(file: CheckedFile, ignored: tuple[str, ...]) -> CheckedFile:
    if not ignored:
        return file

    def silenced(step: CheckedStep) -> CheckedStep:
        if step.code not in ignored:
            return step
        return replace(step, status="skipped", code="", message=f"{step.code} is ignored by the settings")

    notices = tuple(notice for notice in file.notices if notice.code not in ignored)
    return replace(file, steps=tuple(map(silenced, file.steps)), notices=notices)
