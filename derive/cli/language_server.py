"""A language server: the checker's findings as diagnostics while one types, and what is known of a step on hover."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, urlparse

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import PositionCodec

import derive
from derive.check.codes import find_code, severity_of
from derive.check.formats.details import details, summary
from derive.check.result import CheckedFile, CheckedStep
from derive.check.run import check_text, verifier
from derive.model.claim import Claim
from derive.model.verdict import Verdict

__all__ = ["diagnostics", "hover_text", "make_server"]

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Hint,
}
BUDGET = 0.5
"""Seconds for a claim: an editor waits less than a build."""
PAUSE = 0.15
"""Seconds without a keystroke before a document is checked again."""
REMEMBERED = 20_000
"""Verdicts kept, so that a change is checked and not the whole document."""


class _Superseded(Exception):
    """The text has changed while it was being checked."""


@dataclass(slots=True)
class _Open:
    """An open document: what was found last, the lines it was found in, and the check that is on its way."""

    checked: CheckedFile
    lines: list[str] = field(default_factory=list)
    task: asyncio.Task[None] | None = None


def make_server() -> LanguageServer:
    """The server, which keeps the last result for each open document."""
    server = LanguageServer("derive", f"v{derive.__version__}")
    documents: dict[str, _Open] = {}
    worker = ThreadPoolExecutor(1)
    verdict = lru_cache(REMEMBERED)(verifier(budget=BUDGET, cas=False))

    async def check(uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document = server.workspace.get_text_document(uri)
        opened, task = documents[uri], asyncio.current_task()

        def unless_superseded(claim: Claim) -> Verdict:
            if opened.task is not task:
                raise _Superseded
            return verdict(claim)

        path = unquote(urlparse(uri).path)
        try:
            checked = await asyncio.get_running_loop().run_in_executor(
                worker, _checked, path, document.source, unless_superseded
            )
        except _Superseded:
            return
        if opened.task is task:
            opened.checked, opened.lines = checked, _lines(document.source)
            found = diagnostics(checked, opened.lines, document.position_codec)
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, document.version))

    def check_soon(uri: str, pause: float) -> None:
        opened = documents.setdefault(uri, _Open(CheckedFile(uri)))
        if opened.task is not None:
            opened.task.cancel()
        opened.task = asyncio.get_running_loop().create_task(check(uri, pause))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)  # type: ignore[untyped-decorator]
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        check_soon(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)  # type: ignore[untyped-decorator]
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        check_soon(params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)  # type: ignore[untyped-decorator]
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        gone = documents.pop(params.text_document.uri, None)
        if gone is not None and gone.task is not None:
            gone.task.cancel()
            gone.task = None
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)  # type: ignore[untyped-decorator]
    def hover(params: types.HoverParams) -> types.Hover | None:
        document = documents.get(params.text_document.uri)
        if document is None:
            return None
        codec = server.workspace.position_codec
        step = _step_at(document.checked, codec.position_from_client_units(document.lines, params.position))
        if step is None:
            return None
        contents = types.MarkupContent(types.MarkupKind.Markdown, hover_text(step))
        return types.Hover(contents, codec.range_to_client_units(document.lines, _range(step)))

    return server


def _lines(text: str) -> list[str]:
    """The lines as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _checked(path: str, text: str, ask: Callable[[Claim], Verdict]) -> CheckedFile:
    return check_text(path, text, verdict=ask, on_disk=True)


def diagnostics(checked: CheckedFile, lines: list[str], codec: PositionCodec) -> list[types.Diagnostic]:
    """One for each step with a code, and for each notice; columns in the units that the editor counts in."""
    found = [(_range(step), step.code, summary(step)) for step in checked.steps if step.code]
    for notice in checked.notices:
        start = types.Position(notice.line - 1, notice.column - 1)
        found.append((types.Range(start, types.Position(notice.line - 1, notice.column)), notice.code, notice.message))
    return [
        types.Diagnostic(
            codec.range_to_client_units(lines, place),
            message,
            _SEVERITIES[severity_of(code)],
            code=code,
            source="derive",
        )
        for place, code, message in found
    ]


def hover_text(step: CheckedStep) -> str:
    """The verdict, its method, conditions, the point where it fails and the correction, as Markdown."""
    lines = [f"**{step.status}**" + (f" by {step.by} (trust: {step.trust})" if step.by else "")]
    if step.message:
        lines.append(step.message)
    if step.conditions:
        lines.append(f"if {', '.join(step.conditions)}")
    if more := details(step):
        lines.append("```text\n" + "\n".join(more) + "\n```")
    if code := find_code(step.code):
        lines.append(f"{code.code} {code.name}: {code.what}")
    return "\n\n".join(lines)


def _range(step: CheckedStep) -> types.Range:
    place = step.place
    start = types.Position(place.line - 1, place.column - 1)
    return types.Range(start, types.Position(place.end_line - 1, place.end_column - 1))


def _step_at(checked: CheckedFile, position: types.Position) -> CheckedStep | None:
    """The smallest step around a position."""

    def holds(step: CheckedStep) -> bool:
        place = _range(step)
        begin, end = (place.start.line, place.start.character), (place.end.line, place.end.character)
        return begin <= (position.line, position.character) <= end

    around = [step for step in checked.steps if holds(step)]
    return min(around, key=lambda step: len(step.after), default=None)
