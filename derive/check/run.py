"""Checking many documents: read, judged in worker processes, cached, reported in the order asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from derive.check.cache import Cache
from derive.check.page import check_document
from derive.check.result import CheckedFile, CheckedStep, Notice, Run
from derive.check.settings import Settings
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.read.document import Document
from derive.read.macros import Definition
from derive.read.readers import LARGEST_FILE, DocumentError, decode, read_document

QUICK = 0.2
"""Seconds for a supposition about a likely slip."""

__all__ = ["Source", "check_sources", "check_text", "sources_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document to check: the name under which it is reported, and its bytes (None: to be read from `path`)."""

    path: str
    data: bytes | None = None

    def read(self) -> bytes:
        """The bytes, at most one more than the largest file that is read."""
        if self.data is not None:
            return self.data
        with Path(self.path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)


def sources_of(paths: Iterable[Path]) -> tuple[Source, ...]:
    return tuple(Source(path.as_posix()) for path in paths)


def check_sources(
    sources: Sequence[Source], settings: Settings, progress: Callable[[int, int], None] | None = None
) -> Run:
    """All documents checked; the order and the contents of the result do not depend on timing or workers."""
    cache = Cache(Path(settings.cache) if settings.cache else None)
    options = f"{settings.budget} {settings.cas}"
    files: dict[int, CheckedFile] = {}
    waiting: list[tuple[int, Source, bytes, str]] = []
    for number, source in enumerate(sources):
        try:
            data = source.read()
        except OSError as error:
            files[number] = _unreadable(source.path, error.strerror or str(error))
            continue
        key = cache.key(source.path, data, options + _surroundings(source))
        known = cache.get(key)
        if known is None:
            waiting.append((number, source, data, key))
        else:
            files[number] = known
    for done, (number, key, file) in enumerate(_checked(waiting, settings), 1):
        files[number] = file
        cache.put(key, file)
        if progress is not None:
            progress(len(sources) - len(waiting) + done, len(sources))
    kept = (files[number] for number in range(len(sources)))
    return Run(tuple(_without_ignored(file, settings.ignore) for file in kept))


def _checked(
    waiting: list[tuple[int, Source, bytes, str]], settings: Settings
) -> Iterator[tuple[int, str, CheckedFile]]:
    """Each waiting document's number, key and result, as they are done."""
    jobs = min(len(waiting), settings.jobs or os.cpu_count() or 1)
    work = partial(_check_one, budget=settings.budget, cas=settings.cas)
    if jobs <= 1:
        for number, source, data, key in waiting:
            yield number, key, work(source.path, data, source.data is None)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        tasks: list[tuple[int, str, Future[CheckedFile]]] = [
            (number, key, pool.submit(work, source.path, data, source.data is None))
            for number, source, data, key in sorted(waiting, key=lambda task: -len(task[2]))
        ]
        for number, key, task in tasks:
            try:
                yield number, key, task.result()
            except BrokenProcessPool:
                path = next(source.path for at, source, _, _ in waiting if at == number)
                yield number, key, _unreadable(path, "the worker that checked it died")


def _check_one(path: str, data: bytes, on_disk: bool, budget: float, cas: bool) -> CheckedFile:
    """One document checked, in whichever process."""
    try:
        document = read_document(path, decode(data))
    except (DocumentError, RecursionError, MemoryError) as error:
        return _unreadable(path, str(error) or "nested too deeply")
    if on_disk:
        document = with_shared_macros(document)
    return check_document(document, verifier(budget=budget, cas=cas), verifier(budget=min(budget, QUICK), cas=False))


def check_text(path: str, text: str, *, budget: float = 2.0) -> CheckedFile:
    """A text checked here and now, as an editor needs it."""
    return _check_one(path, text.encode("utf-8"), False, budget, False)


def verifier(*, budget: float, cas: bool) -> Callable[[Claim], Verdict]:
    """The ladder with a budget for each claim."""
    from derive.verify.ladder import verify

    return partial(verify, budget=budget, cas=cas)


# --- files that belong together ----------------------------------------------------------------------------


def with_shared_macros(document: Document) -> Document:
    """A LaTeX document with the macros of the files that it draws in with `\\input`, a few levels deep."""
    if not document.included:
        return document
    folder = Path(document.path).parent
    seen: set[Path] = set()
    found: list[Definition] = []
    waiting = [folder / name for name in document.included]
    while waiting and len(seen) < 200:
        path = waiting.pop(0)
        path = path if path.suffix else path.with_suffix(".tex")
        if path in seen or not path.is_file():
            continue
        seen.add(path)
        try:
            inner = read_document(str(path), decode(path.read_bytes()))
        except (DocumentError, OSError):
            continue
        found += inner.definitions
        waiting += [folder / name for name in inner.included]
    return replace(document, definitions=(*found, *document.definitions))


def _surroundings(source: Source) -> str:
    """What else the result depends on: the macros of files that a LaTeX source draws in."""
    if source.data is not None or not source.path.endswith((".tex", ".ltx")):
        return ""
    try:
        document = with_shared_macros(read_document(source.path, decode(source.read())))
    except (DocumentError, OSError):
        return ""
    return repr([(d.name, d.body) for d in document.definitions])


def _unreadable(path: str, message: str) -> CheckedFile:
    return CheckedFile(path, notices=(Notice("DRV501", message),), unreadable=True)


def _without_ignored(file: CheckedFile, ignored: tuple[str, ...]) -> CheckedFile:
    if not ignored:
        return file

    def silenced(step: CheckedStep) -> CheckedStep:
        if step.code not in ignored:
            return step
        return replace(step, status="skipped", code="", message=f"{step.code} is ignored by the settings")

    notices = tuple(notice for notice in file.notices if notice.code not in ignored)
    return replace(file, steps=tuple(map(silenced, file.steps)), notices=notices)
