"""Braces that belong together, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["braces_of", "group_at"]

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def braces_of(text: str) -> dict[int, int]:
    """For each opening brace that is closed: its offset, and the offset after the closing one."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            waiting.append(match.start())
        elif match.group() == "}" and waiting:
            found[waiting.pop()] = match.end()
    return found


def group_at(text: str, position: int, braces: Mapping[int, int]) -> tuple[int, int] | None:
    """Where the inside of the braces at `position` (after space) begins, and the offset after them; None if none."""
    while position < len(text) and text[position].isspace():
        position += 1
    end = braces.get(position)
    return None if end is None else (position + 1, end)
