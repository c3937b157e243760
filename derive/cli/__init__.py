"""The command line: one table of commands, each in a module of its own that is imported when it is asked for."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

import derive
from derive.cli.errors import EXIT_UNUSABLE, explained

__all__ = ["COMMANDS", "Command", "main"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, what it does in one line, and the module with its `arguments`, `run` and `EXAMPLES`."""

    name: str
    says: str
    module: str


COMMANDS: tuple[Command, ...] = (
    Command("build", "build and verify pages as Markdown, LaTeX, HTML, JSON", "derive.cli.build"),
    Command("solve", "solve an equation, step by step", "derive.cli.solve"),
    Command("diff", "differentiate a term, step by step", "derive.cli.diff"),
    Command("check", "check the derivations in notes", "derive.cli.check"),
    Command("code", "what a code of the checker means", "derive.cli.code"),
    Command("lsp", "a language server for editors", "derive.cli.lsp"),
    Command("verify", "verdicts on claims, one JSON line in, one out", "derive.cli.verify"),
    Command("rules", "the rules of the engine, as a manual", "derive.cli.rules"),
)

_USAGE = "derive COMMAND … | derive COMMAND --help | derive --help | derive --version"
_EXAMPLES = r"""
examples:
  derive build sigmoid
  derive solve '\log\left(\frac{p}{1-p}\right) = x' --for p --given '0 < p < 1'
  derive diff '(1 + e^{-x})^{-1}' --wrt x
  derive verify claims.jsonl

exit status: 0 all holds, 1 something is refuted, 2 the input cannot be used
"""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit status. Never raises for bad input."""
    _write_anything()
    given = list(sys.argv[1:] if words is None else words)
    if not given or given[0] in ("-h", "--help"):
        print(_help())
        return 0 if given else EXIT_UNUSABLE
    if given[0] in ("-V", "--version"):
        print(f"derive {derive.__version__}")
        return 0
    command = next((c for c in COMMANDS if c.name == given[0]), None)
    if command is None:
        names = ", ".join(c.name for c in COMMANDS)
        print(f"derive: there is no command {given[0]!r}; there are {names}", file=sys.stderr)
        return EXIT_UNUSABLE
    return _run(command, given[1:])


def _write_anything() -> None:
    """Names of files are written as they are, and what a terminal's encoding does not have as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_unicode = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(errors="surrogateescape" if is_unicode else "backslashreplace")


def _run(command: Command, words: list[str]) -> int:
    module = importlib.import_module(command.module)
    parser = _parser(command, module)
    try:
        status: int = module.run(parser.parse_args([_formula(word, parser) for word in words]))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"derive {command.name}: stopped", file=sys.stderr)
        return 130
    except Exception as error:
        message = explained(error)
        if message is None:
            raise
        print(f"derive {command.name}: {message}", file=sys.stderr)
        return EXIT_UNUSABLE
    return status


def _parser(command: Command, module: ModuleType) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"derive {command.name}",
        description=command.says[0].upper() + command.says[1:] + ".",
        epilog=f"examples:\n{module.EXAMPLES.strip(chr(10))}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.arguments(parser)
    return parser


def _formula(word: str, parser: argparse.ArgumentParser) -> str:
    """A formula that begins with a minus sign, kept from being read as an option by a space before it."""
    is_option = word in parser._option_string_actions  # argparse has no public list of them
    return f" {word}" if re.match(r"-[^-]", word) and not is_option else word


def _help() -> str:
    width = max(len(command.name) for command in COMMANDS)
    rows = "\n".join(f"  {command.name:<{width}}  {command.says}" for command in COMMANDS)
    return (
        f"usage: {_USAGE}\n\nDerivations as data: made step by step, verified, rendered.\n\ncommands:\n{rows}\n"
        f"{_EXAMPLES.rstrip()}"
    )
