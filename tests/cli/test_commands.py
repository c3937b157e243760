"""The command line: what commands print, their exit statuses, and one clear message for each kind of bad input."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from derive.cli import COMMANDS, main
from derive.model.schema import SCHEMA
from derive.verify.kernel import check

LOGIT = r"\log\left(\frac{p}{1-p}\right) = x"
DERIVE = Path(sys.executable).with_name("derive")


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    return subprocess.run([DERIVE, *words], capture_output=True, text=True, env=environment, check=False)


# --- answers -----------------------------------------------------------------------------------------------


def test_solve_prints_aligned_steps_with_reason_and_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", LOGIT, "--for", "p", "--given", "0 < p < 1"]) == 0
    out = capsys.readouterr().out
    assert "⇔ p/(1 − p) = eˣ" in out
    assert out.count("✓ proved") == 6
    assert "multiply out the bracket" in out
    assert "\x1b[" not in out


@pytest.mark.parametrize(
    ("equation", "unknown", "given", "solution"),
    [
        (LOGIT, "p", "0 < p < 1", "1/(1 + exp(-x))"),
        (r"\log\left(\frac{q}{2-q}\right) = 3t", "q", "0 < q < 2", "2/(1 + exp(-3*t))"),
    ],
)
def test_solve_as_json_has_joined_proved_steps(
    equation: str, unknown: str, given: str, solution: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", equation, "--for", unknown, "--given", given, "--to", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, SCHEMA)
    steps = data["steps"]
    assert len(steps) >= 6
    assert {step["verdict"]["status"] for step in steps} == {"proved"}
    assert all(first["after"] == second["before"] for first, second in itertools.pairwise(steps))
    assert data["solutions"] == [solution]
    assert {step["verdict"]["second_opinion"] for step in steps} <= {"agrees", "unknown"}


@pytest.mark.parametrize(("to", "piece"), [("md", r"\[ "), ("tex", r"\begin{enumerate}"), ("html", "<math")])
def test_diff_is_written_in_each_format(to: str, piece: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "(1 + e^{-x})^{-1}", "--wrt", "x", "--to", to]) == 0
    assert piece in capsys.readouterr().out


def test_a_formula_may_begin_with_a_minus_sign(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "-x^2", "--wrt", "x"]) == 0
    assert "−2x" in capsys.readouterr().out


def test_a_function_can_be_defined_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "f(x) = y", "--for", "x", "--define", "f(x) = 2 x + 1", "--to", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["solutions"] == ["(y - 1)/2"]


# --- bad input ---------------------------------------------------------------------------------------------

BAD = [
    (["solve", r"\frac{p}{1-p = x", "--for", "p"], "^"),
    (["solve", "x + 1 = 2", "--for", "p"], "p does not occur"),
    (["solve", "x + 1", "--for", "x"], "not an equation"),
    (["solve", "", "--for", "x"], "no formula"),
    (["solve", "a x = 1", "--for", "2"], "no unknown"),
    (["solve", "a x = 1", "--for", "x", "--given", "a"], "given"),
    (["diff", r"\foo{x}", "--wrt", "x"], r"unknown command \foo"),
    (["diff", r"\lfloor x \rfloor", "--wrt", "x"], "not differentiable"),
    (["diff", "x = 2", "--wrt", "x"], "a statement"),
    (["diff", "x", "--wrt", "x", "--define", "x^2"], "defines nothing"),
    (["build", "no-such-page"], "no page 'no-such-page'"),
    (["build", "no-such-file.toml"], "no-such-file.toml"),
    (["build", "sigmoid", "--to", "docx"], "no such format"),
    (["build", "sigmoid", "--template", "x.j2"], "exactly one format"),
    (["build", "sigmoid", "--to", "md", "--template", "no-such.j2"], "no such template file"),
    (["verify", "no-such-file.jsonl"], "no-such-file.jsonl"),
    (["rules", "no-such-rule"], "no rule"),
    (["no-such-command"], "no command"),
]


@pytest.mark.parametrize(
    ("words", "message"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_bad_input_gets_one_message_and_exit_status_2(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["solve"], ["solve", "x = 1"], ["diff", "x", "--wrt", "x", "--to", "foo"]])
def test_wrong_usage_is_exit_status_2(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_hostile_nesting_is_said_and_not_a_crash() -> None:
    done = run("diff", "(" * 5000 + "x" + ")" * 5000, "--wrt", "x")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


# --- pages -------------------------------------------------------------------------------------------------


def test_an_unwritable_folder_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    done = run("build", "sigmoid", "--out", str(place / "folder"))
    assert done.returncode == 2
    assert "cannot write" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_template_with_an_undefined_name_is_said_with_file_and_line(tmp_path: Path) -> None:
    template = tmp_path / "mine.md.j2"
    template.write_text("# << page.title >>\n\n<< page.subtitle >>\n")
    out = tmp_path / "out"
    done = run("build", "sigmoid", "--to", "md", "--template", str(template), "--out", str(out))
    assert done.returncode == 2
    assert f"{template}:3: " in done.stderr and "subtitle" in done.stderr
    assert not out.exists()


def test_nothing_is_written_for_a_page_with_a_refuted_claim(tmp_path: Path) -> None:
    page = tmp_path / "wrong.toml"
    page.write_text("title = 'Wrong'\n[[block]]\nclaim = '\\sqrt{x^2} = x'\nsays = 'roots undo squares'\n")
    done = run("build", str(page), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "refuted" in done.stderr and "x = -" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_error_in_a_page_is_said_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "broken.toml"
    page.write_text("title = 'Broken'\n\n[[block]]\nprose = 'fine'\n\n[[block]]\ndiff = '\\frac{x}{2'\nwrt = 'x'\n")
    done = run("build", str(page), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert f"{page}:7: " in done.stderr and "^" in done.stderr


def test_check_says_which_files_are_stale(tmp_path: Path) -> None:
    page = tmp_path / "small.toml"
    page.write_text("title = 'Small'\n[[block]]\nsolve = 'a x = b'\nfor = 'x'\n")
    arguments = ("build", str(page), "--to", "md", "--out", str(tmp_path))
    assert run(*arguments, "--check").stdout == f"{tmp_path / 'small.md'}: missing\n"
    assert run(*arguments).returncode == 0
    assert run(*arguments, "--check").returncode == 0
    (tmp_path / "small.md").write_text("changed")
    done = run(*arguments, "--check")
    assert (done.returncode, done.stdout) == (1, f"{tmp_path / 'small.md'}: stale\n")
    assert (tmp_path / "small.md").read_text() == "changed"


def test_rules_as_json_follow_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--to", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, SCHEMA)
    assert len(data["rules"]) > 50


# --- claims ------------------------------------------------------------------------------------------------


def test_verify_answers_in_order_and_says_what_is_refuted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = tmp_path / "claims.jsonl"
    rows = (("a", "x + x", "2*x"), ("b", "sqrt(x**2)", "x"), ("c", "x +", "x"))
    claims.write_text("".join(json.dumps({"id": i, "kind": "identity", "lhs": a, "rhs": b}) + "\n" for i, a, b in rows))
    assert main(["verify", str(claims), "--no-cas"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["status"]) for row in found] == [("a", "proved"), ("b", "refuted"), ("c", "unread")]


def test_verify_looks_for_certificates_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"id": 1, "lhs": "sin(2*x)", "rhs": "2*sin(x)*cos(x)"}\n')
    rows = []
    for options in ((), ("--kernel",), ("--certificates",)):
        assert main(["verify", str(claims), "--no-cas", *options]) == 0
        rows.append(json.loads(capsys.readouterr().out))
    assert [row["trust"] for row in rows] == ["exact", "kernel", "kernel"]
    assert ["certificate" in row for row in rows] == [False, False, True]
    check(rows[2]["certificate"])


def test_nothing_to_verify_is_exit_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert main(["verify", str(empty)]) == 2
    assert "no claim" in capsys.readouterr().err


# --- help --------------------------------------------------------------------------------------------------


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(command.name in out for command in COMMANDS)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_each_command_has_examples_in_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert f"derive {command}" in capsys.readouterr().out.split("examples:")[1]


def test_colour_is_for_terminals_only() -> None:
    from derive.cli.terminal import has_colour

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert not has_colour(io.StringIO())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm")
        patch.delenv("NO_COLOR", raising=False)
        assert has_colour(Terminal())
        patch.setenv("NO_COLOR", "1")
        assert not has_colour(Terminal())


def test_progress_is_silent_when_it_is_quick_and_speaks_when_it_is_not() -> None:
    from derive.cli.terminal import Progress

    quick, slow = io.StringIO(), io.StringIO()
    with Progress("building", quick, patience=60):
        pass
    with Progress("building", slow, patience=0) as progress:
        progress._late.join()
    assert (quick.getvalue(), slow.getvalue()) == ("", "building …\n")


def test_the_package_runs_as_the_command() -> None:
    asked = [[sys.executable, "-m", "derive"], [str(DERIVE)]]
    first, second = (subprocess.run([*c, "--help"], capture_output=True, text=True, check=True) for c in asked)
    assert first.stdout == second.stdout != ""
