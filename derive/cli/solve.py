"""`derive solve`: an equation and its unknown, answered by steps on standard output."""

from __future__ import annotations

import argparse

from derive.cli.answers import show
from derive.cli.options import add_question
from derive.cli.terminal import Progress

EXAMPLES = r"""
  derive solve '\log\left(\frac{p}{1-p}\right) = x' --for p --given '0 < p < 1'
  derive solve 'log(q/(2-q)) = 3t' --for q --given '0 < q < 2' --to json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("equation", metavar="EQUATION", help="LaTeX, or plain text such as 'log(p/(1-p)) = x'")
    parser.add_argument("--for", dest="unknown", required=True, metavar="UNKNOWN", help="the letter to solve for")
    add_question(parser)


def run(options: argparse.Namespace) -> int:
    from derive.api import solve

    with Progress("solving"):
        answer = solve(
            options.equation,
            options.unknown,
            given=options.given,
            define=options.define,
            second_opinion=options.to == "json",
        )
    return show(answer, options.to, options.math)
