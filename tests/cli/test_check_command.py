"""`derive check` as a process: watching, progress, pipes, folders as default, options that cannot be."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from derive.cli import main
from derive.cli.terminal import Progress, bar

DERIVE = [sys.executable, "-c", "import sys; from derive.cli import main; sys.exit(main(sys.argv[1:]))"]
RIGHT, WRONG = "$1 + 1 = 2$\n", "$1 + 1 = 3$\n"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def watching(in_a_folder: Path) -> Iterator[subprocess.Popen[str]]:
    (in_a_folder / "page.md").write_text(RIGHT, encoding="utf-8")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*DERIVE, "check", "--watch", "--jobs", "1"], stdout=subprocess.PIPE, text=True, env=environment
    )
    yield process
    process.kill()
    process.wait()


def until(process: subprocess.Popen[str], wanted: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if wanted in line:
            return line
    raise AssertionError(f"{wanted!r} was not said")


def test_watching_checks_again_after_each_change(watching: subprocess.Popen[str], in_a_folder: Path) -> None:
    until(watching, "1 proved")
    (in_a_folder / "page.md").write_text(WRONG, encoding="utf-8")
    until(watching, "--- page.md changed")
    until(watching, "page.md:1:10: DRV101")
    (in_a_folder / "other.md").write_text(RIGHT, encoding="utf-8")
    until(watching, "2 steps in 2 files")
    (in_a_folder / "page.md").unlink()
    until(watching, "1 step in 1 file: 1 proved")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(30) in (0, 1)


def test_the_folder_is_the_default_and_the_order_is_that_of_names(in_a_folder: Path) -> None:
    for name in ("b.md", "a.md", "sub/c.md"):
        (in_a_folder / name).parent.mkdir(exist_ok=True)
        (in_a_folder / name).write_text(WRONG, encoding="utf-8")
    done = subprocess.run([*DERIVE, "check", "--jobs", "2"], capture_output=True, text=True, check=False)
    places = [line.split(":")[0] for line in done.stdout.splitlines() if "DRV101" in line]
    assert (done.returncode, places) == (1, ["a.md", "b.md", "sub/c.md"])
    again = subprocess.run([*DERIVE, "check", "--jobs", "1"], capture_output=True, text=True, check=False)
    assert again.stdout == done.stdout
    assert (in_a_folder / ".derive_cache" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_reader_that_stops_is_no_error(in_a_folder: Path) -> None:
    (in_a_folder / "page.md").write_text(WRONG * 200, encoding="utf-8")
    command = f"{subprocess.list2cmdline(DERIVE)} check page.md --jobs 1 | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("page.md:1:10") and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "nowhere.md"], "nowhere.md: no such file or folder"),
        (["check", "page.md", "--ignore", "DRV999"], "--ignore: there is no code 'DRV999'"),
        (["check", "page.md", "--baseline", "none.json"], "none.json: no baseline"),
        (["check", "-", "--watch"], "standard input does not"),
    ],
)
def test_what_cannot_be_is_one_message(
    words: list[str], says: str, in_a_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_a_folder / "page.md").write_text(RIGHT, encoding="utf-8")
    assert main(words) == 2
    said = capsys.readouterr()
    assert says in said.err and said.err.count("\n") == 1 and said.out == ""


def test_strict_from_the_settings_shows_what_it_fails_on(in_a_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_a_folder / "derive.toml").write_text("strict = true\n", encoding="utf-8")
    (in_a_folder / "page.md").write_text("$$x^2 + 1 = 2 x^3$$", encoding="utf-8")
    assert main(["check", "page.md", "--jobs", "1"]) == 1
    assert "DRV303" in capsys.readouterr().out


# --- progress ----------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, patience: float) -> str:
    with Progress("checking", stream, patience) as progress:
        time.sleep(0.1)
        for done in range(1, 5):
            progress.at(done, 4)
    return stream.getvalue()


def test_a_bar_grows_on_a_terminal_and_is_gone_at_the_end() -> None:
    text = shown(Terminal(), 0.01)
    assert f"checking {bar(2, 4)} 2/4 …" in text
    assert text.endswith("\r\x1b[K")
    assert (bar(0, 4, 4), bar(3, 4, 4), bar(4, 4, 4)) == ("░░░░", "███░", "████")


def test_a_log_has_one_line_and_short_runs_have_none() -> None:
    assert shown(io.StringIO(), 0.01) == "checking …\n"
    assert shown(Terminal(), 60) == ""
