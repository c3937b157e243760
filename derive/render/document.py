"""Documents: a page or a derivation in one of the formats, as one text."""

from __future__ import annotations

from pathlib import Path

from derive.model.derivation import Report
from derive.model.json import derivation_data, page_data
from derive.model.page import Page
from derive.model.writing import json_text
from derive.render.formats import format_named, markup
from derive.render.templates import fill
from derive.render.viewing import derivation_view, page_view

__all__ = ["derivation_document", "page_document"]


def page_document(page: Page, to: str, *, math: str = "brackets", template: Path | None = None) -> str:
    """The page in the format `to`; `template` is a file to fill in place of the built-in one.

    Raises KeyError for an unknown format, TemplateUseError for a template that cannot be used.
    """
    row = format_named(to)
    if row.page is None:
        return json_text(page_data(page))
    return fill(row.page, markup(to, math), {"page": page_view(page)}, template)


def derivation_document(report: Report, to: str, *, math: str = "brackets") -> str:
    """The derivation alone in the format `to`; errors as for a page."""
    row = format_named(to)
    if row.derivation is None:
        return json_text(derivation_data(report))
    return fill(row.derivation, markup(to, math), {"derivation": derivation_view(report)})
