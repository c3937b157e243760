"""The templates: where they are, the Jinja environment they run in, and what is said when one fails."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2

from derive.render.escape import Markup
from derive.render.terminal import layout, verdict_text

_PACKAGE = Path(__file__).resolve().parent.parent


class TemplateUseError(Exception):
    """A template that cannot be used, with its file and line; the message is one sentence for its author."""

    def __init__(self, message: str, file: str, line: int | None) -> None:
        super().__init__(message)
        self.message, self.file, self.line = message, file, line

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.message}"


@cache
def folder() -> Path:
    """The folder of the templates: inside the installed package, or at the top of a checkout.

    Raises FileNotFoundError where derive was installed without them.
    """
    for place in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (place / "derivation.md.j2").is_file():
            return place
    raise FileNotFoundError(f"derive's templates are neither in {_PACKAGE} nor beside it: reinstall derive-steps")


def sentence(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def environment(markup: Markup, extra: Path | None = None) -> jinja2.Environment:
    """An environment whose delimiters do not clash with LaTeX's braces: `<< value >>`, `<% tag %>`, `<# note #>`.

    `extra` is a folder to look in before the built-in one, so that a template of one's own can extend ours.
    """
    folders = [folder()] if extra is None else [extra, folder()]
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        e=markup.text, math=markup.inline, display=markup.display, prose=markup.prose, cell=markup.cell, lines=layout
    )
    made.filters.update(sentence=sentence, verdict=verdict_text)
    return made


def fill(template: str, markup: Markup, values: dict[str, Any], file: Path | None = None) -> str:
    """The template filled in; `file` is a template of the caller's own that is used in place of the named one.

    Raises TemplateUseError with file and line for a syntax error, an undefined name, or any failure inside it.
    """
    if file is not None and not file.is_file():
        raise TemplateUseError("there is no such template file", str(file), None)
    made = environment(markup, file.parent if file else None)
    name = file.name if file else template
    try:
        return made.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateUseError(str(error.message), str(error.filename or error.name), error.lineno) from None
    except jinja2.TemplateNotFound as error:
        raise TemplateUseError(f"the template {error.name!r} is not there", str(file or name), None) from None
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        place, line = _place(error.__traceback__, str(file or name))
        raise TemplateUseError(str(error), place, line) from None


def _place(traceback: TracebackType | None, default: str) -> tuple[str, int | None]:
    """File and line of the innermost template in a traceback; Jinja gives its frames the template's own lines."""
    found: tuple[str, int | None] = (default, None)
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if not file.endswith(".py"):
            found = (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
