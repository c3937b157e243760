"""What the engine says when it cannot do what it is asked."""

from __future__ import annotations

__all__ = ["EngineError"]


class EngineError(Exception):
    """The question has no answer here, and the message says why in one sentence."""
