"""Showing an answer on standard output in the format asked for, and the exit status it means."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from derive.cli.errors import EXIT_HOLDS, EXIT_REFUTED
from derive.cli.terminal import has_colour

if TYPE_CHECKING:
    from derive.api import Answer


def show(answer: Answer, to: str, math: str) -> int:
    """Write the answer; the exit status says whether one of its steps is refuted."""
    if to == "text":
        columns = shutil.get_terminal_size((100, 24)).columns
        sys.stdout.write(answer.text(colour=has_colour(sys.stdout), columns=columns) + "\n")
    elif to == "md":
        sys.stdout.write(answer.markdown(math=math))
    elif to == "tex":
        sys.stdout.write(answer.latex())
    elif to == "html":
        sys.stdout.write(answer.html())
    else:
        sys.stdout.write(answer.json_text())
    refuted = any(verdict.status == "refuted" for verdict in answer.report.verdicts)
    return EXIT_REFUTED if refuted else EXIT_HOLDS
