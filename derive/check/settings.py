"""Settings of the checker: what the command line and `[tool.derive]` or `derive.toml` say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

__all__ = ["Settings", "SettingsError", "read_settings"]


class SettingsError(ValueError):
    """A configuration file that cannot be used; the message says why and where."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`exclude` are glob patterns of paths, `ignore` codes that are not reported; `jobs` 0 means one for each core."""

    strict: bool = False
    allow_empty: bool = False
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str = ""
    cache: str = ".derive_cache"
    jobs: int = 0
    budget: float = 1.0
    cas: bool = False


def read_settings(start: Path) -> Settings:
    """The settings for a folder: the nearest `derive.toml`, or `pyproject.toml` with `[tool.derive]`, at or above it.

    Raises SettingsError.
    """
    for folder in (start, *start.parents):
        own = folder / "derive.toml"
        if own.is_file():
            return _settings(_parsed(own), own)
        project = folder / "pyproject.toml"
        if project.is_file():
            table = _parsed(project).get("tool", {}).get("derive")
            if isinstance(table, dict):
                return _settings(table, project)
    return Settings()


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None


def _settings(table: dict[str, Any], path: Path) -> Settings:
    settings = Settings()
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise SettingsError(f"{path}: there is no setting {key!r}; there are {', '.join(known)}")
        settings = replace(settings, **{name: _value(value, known[name], key, path)})
    return settings


def _value(value: Any, default: object, key: str, path: Path) -> Any:
    if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(default, float) and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if type(value) is type(default):
        return value
    raise SettingsError(f"{path}: {key} has a value of the wrong kind: {value!r}")
