"""Every code block of the README and of docs/ runs here, and every output that is shown is compared.

`>>>` blocks are run as one session per document, `$ derive …` commands in one folder per document, TOML blocks are
pages that must be answered.  With `--accept` the outputs are written into the documents.
"""

from __future__ import annotations

import ast
import code
import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from derive.cli import main

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
DERIVE = Path(sys.executable).with_name("derive")


@dataclass
class Session:
    """What the blocks of one document share: a folder, and the names of its Python session."""

    folder: Path
    names: dict[str, object]


def python(body: str, session: Session) -> str:
    """The block as a Python session shows it: each `>>>` statement, then what it prints or is."""
    shown = []
    for source in statements(body):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            run(source, session.names)
        lines = source.splitlines()
        shown += [f">>> {lines[0]}", *(f"... {line}" for line in lines[1:]), *printed.getvalue().splitlines()]
    return "\n".join(shown) + "\n"


def statements(body: str) -> Iterator[str]:
    found = re.findall(r"^>>> .*(?:\n\.\.\. .*)*", body, re.MULTILINE)
    for statement in found:
        yield "\n".join(line[4:] for line in statement.splitlines())


def run(source: str, names: dict[str, object]) -> None:
    tree = ast.parse(source)
    assert code.compile_command(source + "\n", "<document>", "single") is not None
    exec(compile(ast.Interactive(tree.body), "<document>", "single"), names)


def console(body: str, session: Session) -> str:
    """The block as a shell shows it: each `$` command, then what it writes on both outputs, in that order."""
    shown = []
    for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE):
        line = re.sub(r"(^|\| )derive\b", lambda m: m[1] + shlex.quote(str(DERIVE)), command)
        done = subprocess.run(
            line,
            shell=True,
            cwd=session.folder,
            capture_output=True,
            text=True,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
            check=False,
        )
        shown += [f"$ {command}", *done.stdout.splitlines(), *done.stderr.splitlines()]
    return without_times("\n".join(shown) + "\n")


def without_times(text: str) -> str:
    return re.sub(r'"ms": [\d.]+', '"ms": 1.0', re.sub(r"^\w+ing\b[^\n]* …\n", "", text, flags=re.MULTILINE))


def toml(body: str, session: Session) -> str:
    """A page: it is put where the commands of the document find it, under its title in lower case."""
    title = tomllib.loads(body)["title"].lower().replace(" ", "-")
    (session.folder / f"{title}.toml").write_text(body, encoding="utf-8")
    return body


def jinja(body: str, session: Session) -> str:
    """A template: it is filled with the sigmoid page."""
    template = session.folder / "mine.md.j2"
    template.write_text(body, encoding="utf-8")
    command = [DERIVE, "build", "sigmoid", "--to", "md", "--template", template, "--out", session.folder / "filled"]
    subprocess.run(command, check=True, capture_output=True)
    assert r"\frac{e^{-x}}{(1 + e^{-x})^2}" in (session.folder / "filled" / "sigmoid.md").read_text(encoding="utf-8")
    return body


def sh(body: str, session: Session) -> str:
    """Commands that set the project up: what they name must be there."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", body, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    return body


def markdown(body: str, session: Session) -> str:
    """Notes: the checker reads them, whatever it finds there."""
    notes = session.folder / f"notes{len(list(session.folder.iterdir()))}.md"
    notes.write_text(body, encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["check", str(notes), "--allow-empty"]) in (0, 1)
    return body


def shown(body: str, session: Session) -> str:
    """Lines that stand in a file of another program: there is nothing here to run them."""
    return body


RUNNERS: dict[str, Callable[[str, Session], str]] = {
    "python": python,
    "console": console,
    "toml": toml,
    "jinja": jinja,
    "sh": sh,
    "markdown": markdown,
    "text": shown,
    "yaml": shown,
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_code_blocks_run_and_show_what_they_do(document: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    session = Session(tmp_path, {})
    text = document.read_text(encoding="utf-8")

    def as_run(block: re.Match[str]) -> str:
        return f"```{block['language']}\n{RUNNERS[block['language']](block['body'], session)}```"

    found = BLOCK.sub(as_run, text)
    if request.config.getoption("--accept"):
        document.write_text(found, encoding="utf-8")
        text = found
    assert found == without_times(text)


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*DOCUMENTS, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
