"""The language server, spoken to over standard input and output as an editor does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("pygls")

URI = "file:///notes/page.md"


class Client:
    """The least an editor needs: requests with numbers, notifications, and messages read one by one."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", "from derive.cli import main; main(['lsp'])"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.number = 0

    def send(self, method: str, params: Any, *, request: bool = False) -> None:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        if request:
            self.number += 1
            message["id"] = self.number
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        data: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return data

    def until(self, wanted: str) -> dict[str, Any]:
        """The next notification of that method, or the answer to the last request."""
        while True:
            message = self.receive()
            if message.get("method") == wanted or (wanted == "answer" and message.get("id") == self.number):
                return message


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client()
    client.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, request=True)
    assert client.until("answer")["result"]["capabilities"]["hoverProvider"]
    client.send("initialized", {})
    yield client
    client.process.kill()
    client.process.wait()


def test_diagnostics_as_you_type_and_hover(client: Client) -> None:
    wrong = "$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": wrong}
    client.send("textDocument/didOpen", {"textDocument": document})
    (found,) = client.until("textDocument/publishDiagnostics")["params"]["diagnostics"]
    assert found["code"] == "DRV101" and found["severity"] == 1
    assert found["range"] == {"start": {"line": 0, "character": 15}, "end": {"line": 0, "character": 30}}

    client.send(
        "textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 20}}, request=True
    )
    text = client.until("answer")["result"]["contents"]["value"]
    assert "**refuted**" in text and "true with" in text

    right = wrong.replace("- b^2", "+ b^2")
    change = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": right}]}
    client.send("textDocument/didChange", change)
    assert client.until("textDocument/publishDiagnostics")["params"]["diagnostics"] == []
