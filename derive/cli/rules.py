"""`derive rules`: the manual of the engine's rules, made from their rows."""

from __future__ import annotations

import argparse
import sys

from derive.cli.errors import EXIT_HOLDS
from derive.cli.options import MATH_STYLES, OptionError

EXAMPLES = r"""
  derive rules
  derive rules derivative
  derive rules --to md
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="a rule, or the first word of several")
    parser.add_argument("--to", choices=("text", "md", "json"), default="text", help="(default: text)")
    parser.add_argument("--math", choices=MATH_STYLES, default="dollars", help="delimiters in Markdown")


def run(options: argparse.Namespace) -> int:
    from derive.render.manual import rules_document
    from derive.rules import ALL_RULES

    chosen = [rule for rule in ALL_RULES if rule.name == options.name or rule.name.startswith(options.name)]
    if not chosen:
        families = sorted({rule.name.split(".")[0] for rule in ALL_RULES})
        raise OptionError(f"there is no rule {options.name!r}; the families are {', '.join(families)}")
    sys.stdout.write(rules_document(chosen, options.to, math=options.math))
    return EXIT_HOLDS
