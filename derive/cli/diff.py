"""`derive diff`: a term and a variable, answered by the steps of the derivative on standard output."""

from __future__ import annotations

import argparse

from derive.cli.answers import show
from derive.cli.options import add_question
from derive.cli.terminal import Progress

EXAMPLES = r"""
  derive diff '(1 + e^{-x})^{-1}' --wrt x
  derive diff 'log(1 + e^(2t))' --wrt t --to md
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("term", metavar="EXPR", help="LaTeX, or plain text such as 'x^2 sin(x)'")
    parser.add_argument("--wrt", dest="variable", required=True, metavar="VARIABLE", help="the variable")
    add_question(parser)


def run(options: argparse.Namespace) -> int:
    from derive.api import diff

    with Progress("differentiating"):
        answer = diff(
            options.term,
            options.variable,
            given=options.given,
            define=options.define,
            second_opinion=options.to == "json",
        )
    return show(answer, options.to, options.math)
