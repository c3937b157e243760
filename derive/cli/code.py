"""`derive code`: what a rule code of the checker means."""

from __future__ import annotations

import argparse
import sys

from derive.cli.errors import EXIT_UNUSABLE

EXAMPLES = r"""
  derive code DRV101
  derive code --all
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="a code (DRV101) or its name (wrong-equality)")
    parser.add_argument("--all", action="store_true", help="the whole manual, as Markdown")


def run(options: argparse.Namespace) -> int:
    from derive.check.codes import CODES, code_page, find_code

    if options.all:
        sys.stdout.write("\n".join(code_page(code) for code in CODES))
        return 0
    if options.code is None:
        sys.stdout.write("".join(f"{code.code}  {code.name}: {code.what}\n" for code in CODES))
        return 0
    found = find_code(options.code)
    if found is None:
        known = ", ".join(code.code for code in CODES)
        print(f"derive code: there is no code {options.code!r}; there are {known}", file=sys.stderr)
        return EXIT_UNUSABLE
    sys.stdout.write(code_page(found))
    return 0
