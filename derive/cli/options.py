"""Options that several commands share, and the checks of their values."""

from __future__ import annotations

import argparse

MATH_STYLES = ("brackets", "dollars", "github", "myst")
STEP_FORMATS = ("text", "md", "tex", "html", "json")


class OptionError(ValueError):
    """An option with a value that it cannot have; the message is one sentence."""


def formats(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The names in a list such as `md,tex`, each once. Raises OptionError for a name that is no format."""
    asked = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in asked:
        if name not in known:
            raise OptionError(f"--to {name}: there is no such format; there are {', '.join(known)}")
    if not asked:
        raise OptionError(f"--to names at least one of {', '.join(known)}")
    return asked


def add_question(parser: argparse.ArgumentParser) -> None:
    """The options of a command that answers one question with a list of steps."""
    parser.add_argument("--given", action="append", default=[], metavar="STATEMENT", help="what is known: '0 < p < 1'")
    parser.add_argument(
        "--define", action="append", default=[], metavar="DEFINITION", help=r"a function or name: '\sigma(x) = …'"
    )
    parser.add_argument("--to", choices=STEP_FORMATS, default="text", help="how the steps are written (default: text)")
    parser.add_argument("--math", choices=MATH_STYLES, default="brackets", help="delimiters of mathematics in Markdown")
