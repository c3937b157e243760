"""derive: mathematics on a page, derived step by step, verified and rendered."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.api import Answer, BuiltPage, QuestionError, diff, page, solve, verdict

__version__ = "0.1.0"
__all__ = ["Answer", "BuiltPage", "QuestionError", "diff", "page", "solve", "verdict"]


def __getattr__(name: str) -> object:
    """The public functions, imported when one is first asked for, so that `import derive` stays fast (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'derive' has no attribute {name!r}")
    return getattr(import_module("derive.api"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
