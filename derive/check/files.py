"""Finding the documents to check: files as given, folders searched, patterns left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePath

from derive.read.readers import READERS

__all__ = ["MissingPath", "find_files"]

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "_build", "site-packages", ".ipynb_checkpoints"})
_PROSE = frozenset({"README.txt", "requirements.txt", "LICENSE.txt", "robots.txt"})


class MissingPath(ValueError):
    """A path that was asked for and is not there."""


def find_files(paths: Iterable[str], exclude: tuple[str, ...] = ()) -> Iterator[Path]:
    """The documents at the paths, each once, folders in the order of their names.

    `exclude` are patterns of absolute paths, or of the last parts of a path: `drafts`, `*.draft.md`, `old/*.tex`.
    Raises MissingPath.
    """
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise MissingPath(f"{given}: no such file or folder")
        for found in _under(path) if path.is_dir() else (path,):
            if found not in seen and not _is_excluded(found, exclude):
                seen.add(found)
                yield found


def _is_excluded(path: Path, patterns: tuple[str, ...]) -> bool:
    whole = path.absolute().as_posix()
    for pattern in patterns:
        pattern = pattern.rstrip("/")
        anywhere = pattern if pattern.startswith("/") or PurePath(pattern).is_absolute() else f"*/{pattern}"
        if fnmatch(whole, anywhere) or fnmatch(whole, f"{anywhere}/*"):
            return True
    return False


def _under(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            if entry.name not in _SKIPPED_FOLDERS:
                yield from _under(entry)
        elif entry.suffix.lower() in READERS and entry.name not in _PROSE and entry.is_file():
            yield entry
