"""JSON text: two spaces for each level; in a certificate each fact and each line of proof stands on one line."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["json_text"]


def json_text(data: Any) -> str:
    """The data as JSON text with a final line end; reading it gives the same data."""
    return _written(data, "\n", certified=False) + "\n"


def _written(data: Any, margin: str, *, certified: bool) -> str:
    inner = margin + "  "
    if isinstance(data, dict) and data:
        items = [
            f"{json.dumps(key)}: {_written(value, inner, certified=certified or key == 'certificate')}"
            for key, value in data.items()
        ]
        return "{" + inner + ("," + inner).join(items) + margin + "}"
    if isinstance(data, list | tuple) and data and not (certified and isinstance(data[0], str)):
        items = [_written(value, inner, certified=certified) for value in data]
        return "[" + inner + ("," + inner).join(items) + margin + "]"
    return json.dumps(data, ensure_ascii=False)
