"""Results kept between runs, keyed by a document's text, the settings that matter and the checker itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import derive
from derive.check.record import file_data, file_from
from derive.check.result import CheckedFile

__all__ = ["Cache"]


@cache
def checker_version() -> str:
    """A digest of the package as it is installed: its version, and each module's size and time."""
    root = Path(derive.__file__).parent
    digest = hashlib.sha256(derive.__version__.encode())
    for path in sorted(root.rglob("*.py")):
        status = path.stat()
        digest.update(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of JSON files; one that cannot be read or written is as good as none."""

    folder: Path | None

    def key(self, path: str, digest: str, options: str) -> str:
        """The key of a document with that digest of its contents."""
        text = f"{checker_version()}\n{path}\n{options}\n{digest}"
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()

    def get(self, key: str) -> tuple[CheckedFile, ...] | None:
        if self.folder is None:
            return None
        try:
            data = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            return tuple(file_from(file) for file in data["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, files: tuple[CheckedFile, ...]) -> None:
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            target = self.folder / f"{key}.json"
            partial = target.with_suffix(".part")
            partial.write_text(json.dumps({"files": [file_data(file) for file in files]}), encoding="utf-8")
            partial.replace(target)
        except OSError:
            return
