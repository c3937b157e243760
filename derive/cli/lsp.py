"""`derive lsp`: the language server on standard input and output, for editors."""

from __future__ import annotations

import argparse
import sys

from derive.cli.errors import EXIT_UNUSABLE

EXAMPLES = """
  derive lsp
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stdio", action="store_true", help="accepted because editors say so; it is the only way")


def run(options: argparse.Namespace) -> int:
    try:
        from derive.cli.language_server import make_server
    except ImportError:
        print("derive lsp: the language server needs pygls: pip install derive-steps[lsp]", file=sys.stderr)
        return EXIT_UNUSABLE
    make_server().start_io()
    return 0
