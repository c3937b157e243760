"""`derive verify`: claims as JSON lines in, verdicts as JSON lines out, in the same order."""

from __future__ import annotations

import argparse

EXAMPLES = r"""
  derive verify claims.jsonl
  echo '{"id": "1", "kind": "identity", "lhs": "sin(x)**2", "rhs": "1 - cos(x)**2"}' | derive verify -
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.jsonl", help="a claim a line; - is standard input")
    parser.add_argument("--no-cas", action="store_true", help="do not ask SymPy about what stays open")
    parser.add_argument("--budget", type=float, default=2.0, metavar="SECONDS", help="for one claim (default: 2)")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: one for each core)")


def run(options: argparse.Namespace) -> int:
    raise SystemExit(2)
