"""What is said to a person when input cannot be used: one message with its place, never a traceback."""

from __future__ import annotations

import sys

EXIT_HOLDS, EXIT_REFUTED, EXIT_UNUSABLE = 0, 1, 2


def explained(error: Exception) -> str | None:
    """The message for an error that its input caused; None for one that is a fault of derive.

    Errors of modules that have not been imported cannot have been raised, so their classes are looked up
    only among the modules that are there: a start of the command line imports none of them.
    """
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{(error.strerror or str(error)).lower()}"
    return str(error) if isinstance(error, _input_errors()) else None


_INPUT_ERRORS = (
    ("derive.notation.errors", "ReadError"),
    ("derive.meaning.errors", "MeaningError"),
    ("derive.engine.errors", "EngineError"),
    ("derive.model.setting", "QuestionError"),
    ("derive.catalogue.pagefile", "PageFileError"),
    ("derive.catalogue.library", "UnknownPageError"),
    ("derive.render.templates", "TemplateUseError"),
    ("derive.cli.options", "OptionError"),
    ("derive.check.settings", "SettingsError"),
    ("derive.check.files", "MissingPath"),
    ("derive.check.baseline", "BaselineError"),
)


def _input_errors() -> tuple[type[Exception], ...]:
    loaded = ((sys.modules.get(module), name) for module, name in _INPUT_ERRORS)
    return tuple(getattr(module, name) for module, name in loaded if module is not None)
