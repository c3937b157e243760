"""`derive verify`: claims as JSON lines in, verdicts as JSON lines out, in the same order."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from derive.cli.errors import EXIT_HOLDS, EXIT_REFUTED, EXIT_UNUSABLE
from derive.cli.options import OptionError

EXAMPLES = r"""
  derive verify claims.jsonl
  echo '{"kind": "identity", "lhs": "sin(x)**2", "rhs": "1 - cos(x)**2"}' | derive verify -
  echo '{"kind": "lt", "lhs": "0", "rhs": "e^{-x}", "syntax": "latex"}' | derive verify - --no-cas
  derive verify claims.jsonl --kernel
"""
HOLDING = ("proved", "conditional", "attested", "assumed", "skipped", "undecided", "unread")
STRICTLY_HOLDING = ("proved", "assumed", "skipped")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.jsonl", help="a claim a line; - is standard input")
    parser.add_argument("--no-cas", action="store_true", help="do not ask SymPy about what stays open")
    parser.add_argument("--kernel", action="store_true", help="look for proofs that the small kernel replays")
    parser.add_argument("--certificates", action="store_true", help="the same, and print these proofs")
    parser.add_argument("--strict", action="store_true", help="exit 1 unless every claim is proved without conditions")
    parser.add_argument("--budget", type=float, default=2.0, metavar="SECONDS", help="for one claim (default: 2)")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes at once (default: one for each core)")


def run(options: argparse.Namespace) -> int:
    from derive.verify.batch import verify_lines

    if options.budget <= 0:
        raise OptionError("--budget is a number of seconds greater than 0")
    if options.jobs is not None and options.jobs < 0:
        raise OptionError("--jobs is a number of processes, or 0 for none beside this one")
    found: Counter[str] = Counter()
    wanted = {"kernel": options.kernel, "certificates": options.certificates}
    with _lines(options.file) as stream:
        for line in verify_lines(stream, budget=options.budget, cas=not options.no_cas, workers=options.jobs, **wanted):
            found[json.loads(line)["status"]] += 1
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    if not found or set(found) == {"unread"}:
        print("derive verify: there was no claim that could be read", file=sys.stderr)
        return EXIT_UNUSABLE
    holding = STRICTLY_HOLDING if options.strict else HOLDING
    return EXIT_HOLDS if set(found) <= set(holding) else EXIT_REFUTED


@contextmanager
def _lines(name: str) -> Iterator[IO[str]]:
    if name == "-":
        yield sys.stdin
        return
    with Path(name).open(encoding="utf-8") as stream:
        yield stream
