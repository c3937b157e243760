"""A language server: the checker's findings as diagnostics while one types, and what is known of a step on hover."""

from __future__ import annotations

from urllib.parse import unquote, urlparse

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import derive
from derive.check.codes import find_code
from derive.check.result import CheckedFile, CheckedStep
from derive.check.run import check_text

__all__ = ["diagnostics", "make_server"]

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Hint,
}
BUDGET = 0.5
"""Seconds for a claim: an editor waits less than a build."""


def make_server() -> LanguageServer:
    """The server, which keeps the last result for each open document."""
    server = LanguageServer("derive", f"v{derive.__version__}")
    results: dict[str, CheckedFile] = {}

    def check(uri: str) -> None:
        document = server.workspace.get_text_document(uri)
        path = unquote(urlparse(uri).path)
        results[uri] = checked = check_text(path, document.source, budget=BUDGET)
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=document.version, diagnostics=diagnostics(checked))
        )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)  # type: ignore[untyped-decorator]
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)  # type: ignore[untyped-decorator]
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)  # type: ignore[untyped-decorator]
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        results.pop(params.text_document.uri, None)

    @server.feature(types.TEXT_DOCUMENT_HOVER)  # type: ignore[untyped-decorator]
    def hover(params: types.HoverParams) -> types.Hover | None:
        checked = results.get(params.text_document.uri)
        step = None if checked is None else _step_at(checked, params.position)
        if step is None:
            return None
        contents = types.MarkupContent(types.MarkupKind.Markdown, hover_text(step))
        return types.Hover(contents, _range(step))

    return server


def diagnostics(checked: CheckedFile) -> list[types.Diagnostic]:
    """One for each step with a code, and for each notice."""
    found = [
        types.Diagnostic(_range(step), step.message, _severity(step.code), code=step.code, source="derive")
        for step in checked.steps
        if step.code
    ]
    for notice in checked.notices:
        start = types.Position(notice.line - 1, notice.column - 1)
        place = types.Range(start, types.Position(notice.line - 1, notice.column))
        found.append(types.Diagnostic(place, notice.message, _severity(notice.code), code=notice.code, source="derive"))
    return found


def hover_text(step: CheckedStep) -> str:
    """The verdict, its method, conditions, the point where it fails and the correction, as Markdown."""
    lines = [f"**{step.status}**" + (f" by {step.by} (trust: {step.trust})" if step.by else "")]
    if step.message:
        lines.append(step.message)
    if step.conditions:
        lines.append(f"if {', '.join(step.conditions)}")
    if step.counterexample is not None:
        failure = step.counterexample
        at = ", ".join(f"{name} = {value}" for name, value in failure.point)
        lines.append(
            f"{at}: {failure.left} against {failure.right}" if at else f"{failure.left} against {failure.right}"
        )
    if step.correction:
        lines.append(f"true with `{step.correction}`")
    return "\n\n".join(lines)


def _severity(code: str) -> types.DiagnosticSeverity:
    known = find_code(code)
    return _SEVERITIES[known.severity if known else "note"]


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
