"""Settings of the checker: what the command line and `[tool.derive]` or `derive.toml` say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from os.path import relpath
from pathlib import Path
from typing import Any

from derive.check.codes import find_code

__all__ = ["Settings", "SettingsError", "known_codes", "read_settings"]


class SettingsError(ValueError):
    """A configuration file that cannot be used; the message says why and where."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`exclude` are glob patterns of paths, `ignore` codes that are not reported; `jobs` 0 means one for each core.

    In a file, `exclude`, `baseline` and `cache` are relative to the folder that the file is in.
    """

    strict: bool = False
    allow_empty: bool = False
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str = ""
    cache: str = ".derive_cache"
    jobs: int = 0
    budget: float = 0.25
    cas: bool = False


def read_settings(start: Path) -> Settings:
    """The settings for a folder: the nearest `derive.toml`, or `pyproject.toml` with `[tool.derive]`, at or above it.

    Raises SettingsError.
    """
    for folder in (start, *start.parents):
        own = folder / "derive.toml"
        if own.is_file():
            return _settings(_parsed(own), own, start)
        project = folder / "pyproject.toml"
        if project.is_file():
            table = _parsed(project).get("tool", {}).get("derive")
            if isinstance(table, dict):
                return _settings(table, project, start)
    return Settings()


def known_codes(names: Iterable[str], where: str) -> tuple[str, ...]:
    """The codes of these numbers or names.  Raises SettingsError for one that is none."""
    found = [(name, find_code(name)) for name in names]
    unknown = next((name for name, code in found if code is None), None)
    if unknown is not None:
        raise SettingsError(f"{where}: there is no code {unknown!r}; `derive code` lists them")
    return tuple(code.code for _, code in found if code is not None)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None


def _settings(table: dict[str, Any], path: Path, start: Path) -> Settings:
    settings = Settings()
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise SettingsError(f"{path}: there is no setting {key!r}; there are {', '.join(known)}")
        settings = replace(settings, **{name: _value(value, known[name], key, path)})
    if settings.jobs < 0 or settings.budget <= 0:
        raise SettingsError(f"{path}: jobs and budget are not negative")
    folder = "" if path.parent == start else Path(relpath(path.parent, start)).as_posix() + "/"
    return replace(
        settings,
        ignore=known_codes(settings.ignore, f"{path}: ignore"),
        exclude=tuple((path.parent.absolute() / pattern).as_posix() for pattern in settings.exclude),
        baseline=f"{folder}{settings.baseline}" if settings.baseline else "",
        cache=f"{folder}{settings.cache}" if settings.cache else "",
    )


def _value(value: Any, default: object, key: str, path: Path) -> Any:
    if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(default, float) and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if type(value) is type(default):
        return value
    raise SettingsError(f"{path}: {key} has a value of the wrong kind: {value!r}")
