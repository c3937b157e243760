"""The language server, spoken to over standard input and output by the client of pygls, as an editor does."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

URI = "file:///notes/page.md"
WRONG = "$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"
PATIENCE = 60


class Editor(LanguageClient):
    """An editor that waits for the diagnostics of a document."""

    def __init__(self) -> None:
        super().__init__("editor", "v1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

    async def opens(self, text: str, uri: str = URI) -> types.PublishDiagnosticsParams:
        document = types.TextDocumentItem(uri, "markdown", 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return await self.next_diagnostics()

    async def next_diagnostics(self) -> types.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.published.get(), PATIENCE)

    def changes(self, version: int, *edits: types.TextDocumentContentChangeEvent) -> None:
        document = types.VersionedTextDocumentIdentifier(version, URI)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, list(edits)))

    async def hovers(self, line: int, character: int) -> types.Hover | None:
        place = types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(line, character))
        return await asyncio.wait_for(self.text_document_hover_async(place), PATIENCE)


@asynccontextmanager
async def editor(*encodings: types.PositionEncodingKind) -> AsyncIterator[Editor]:
    client = Editor()
    await client.start_io(sys.executable, "-c", "from derive.cli import main; main(['lsp', '--stdio'])")
    general = types.GeneralClientCapabilities(position_encodings=list(encodings) or None)
    capabilities = types.ClientCapabilities(general=general)
    said = await client.initialize_async(types.InitializeParams(capabilities=capabilities))
    assert said.capabilities.hover_provider
    assert said.capabilities.position_encoding == (encodings[0] if encodings else types.PositionEncodingKind.Utf16)
    client.initialized(types.InitializedParams())
    yield client
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


def run(session: Callable[[Editor], Awaitable[None]], *encodings: types.PositionEncodingKind) -> None:
    async def whole() -> None:
        async with editor(*encodings) as client:
            await session(client)

    asyncio.run(whole())


def place(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def test_diagnostics_as_you_type_and_hover() -> None:
    async def session(client: Editor) -> None:
        (found,) = (await client.opens(WRONG)).diagnostics
        assert (found.code, found.severity, found.source) == ("DRV101", types.DiagnosticSeverity.Error, "derive")
        assert found.range == place(0, 15, 30)
        assert "it is true with: a^2 - 2ab + b^2" in found.message

        hover = await client.hovers(0, 20)
        assert hover is not None and hover.range == place(0, 15, 30)
        assert isinstance(hover.contents, types.MarkupContent)
        assert "**refuted**" in hover.contents.value and "left   0" in hover.contents.value
        assert "DRV101 wrong-equality" in hover.contents.value
        assert await client.hovers(1, 0) is None

        client.changes(2, types.TextDocumentContentChangePartial(place(0, 25, 26), "+"))
        answer = await client.next_diagnostics()
        assert answer.version == 2 and not answer.diagnostics
        hover = await client.hovers(0, 20)
        assert hover is not None and isinstance(hover.contents, types.MarkupContent)
        assert "**proved**" in hover.contents.value

    run(session)


def test_hover_shows_conditions() -> None:
    async def session(client: Editor) -> None:
        (found,) = (await client.opens("$$ \\frac{x^2 - 1}{x - 1} = x + 1 $$\n")).diagnostics
        assert found.severity == types.DiagnosticSeverity.Warning
        hover = await client.hovers(0, found.range.start.character)
        assert hover is not None and isinstance(hover.contents, types.MarkupContent)
        assert "**conditional**" in hover.contents.value and "if x" in hover.contents.value

    run(session)


def test_the_last_of_many_changes_counts_and_closing_clears() -> None:
    async def session(client: Editor) -> None:
        await client.opens(WRONG)
        for version in range(2, 12):
            client.changes(version, types.TextDocumentContentChangeWholeDocument(f"$ {version} + 1 = {version} $\n"))
        client.changes(12, types.TextDocumentContentChangeWholeDocument("no mathematics\n"))
        while (answer := await client.next_diagnostics()).version != 12:
            pass
        assert not answer.diagnostics
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(URI)))
        assert not (await client.next_diagnostics()).diagnostics
        assert await client.hovers(0, 3) is None

    run(session)


@pytest.mark.parametrize(
    ("encoding", "width"),
    [(None, 2), (types.PositionEncodingKind.Utf8, 4), (types.PositionEncodingKind.Utf32, 1)],
)
def test_columns_are_in_the_units_of_the_protocol(encoding: types.PositionEncodingKind | None, width: int) -> None:
    async def session(client: Editor) -> None:
        (found,) = (await client.opens(f"first\r\n𝕏𝕐 {WRONG}")).diagnostics
        assert found.range == place(1, 2 * width + 16, 2 * width + 31)
        hover = await client.hovers(1, 2 * width + 16)
        assert hover is not None and hover.range == found.range
        assert await client.hovers(1, 2 * width + 15) is None

    run(session, *([encoding] if encoding else []))


def test_a_part_of_a_latex_document_knows_the_main_file(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\newcommand{\\twice}[1]{2 #1}\n\\begin{document}\n", encoding="utf-8")

    async def session(client: Editor) -> None:
        text = "% !TEX root = main.tex\n$\\twice{x} = x + x + x$"
        (found,) = (await client.opens(text, (tmp_path / "part.tex").as_uri())).diagnostics
        assert (found.code, found.range.start.line) == ("DRV101", 1)

    run(session)


def test_positions_are_not_lost_on_strange_texts() -> None:
    async def session(client: Editor) -> None:
        for text in ("", "$$", "\ufeff$1 = 2$", "a\u2028b $1 = 2$", "$" * 500):
            answer: Any = await client.opens(text, f"file:///{len(text)}.md")
            assert all(d.range.start.line == 0 for d in answer.diagnostics)

    run(session)
