"""HTML pages with LaTeX between `\\(…\\)`, `\\[…\\]` or dollars, as MathJax and KaTeX find it."""

from __future__ import annotations

import html
import re

from derive.read.document import Comment, Document, Formula, Heading
from derive.read.macros import find_definitions
from derive.read.regions import (
    BACKSLASHES,
    DIRECTIVE,
    DOLLARS,
    blank,
    enclosed,
    find_formulas,
    html_comments,
    restored,
    without,
)

__all__ = ["IGNORED", "closing_tag", "read_hypertext", "with_small_tags"]

IGNORED = re.compile(r"<(script|style|pre|code|textarea|head)\b[^<>]*>")
"""Elements in which nothing is mathematics."""
_MATH_SCRIPT = re.compile(r"<(script)\b[^<>]*type=[\"']math/tex[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>")
_TAG_NAME = re.compile(r"</?[A-Z][A-Za-z0-9]*|</?[a-z]+[A-Z][A-Za-z0-9]*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot|apos|nbsp);")


def read_hypertext(path: str, text: str) -> Document:
    """The formulas of an HTML page; scripts, styles and code hold none."""
    hidden = html_comments(text)
    comments = tuple(
        Comment(said[1], found.start, found.end) for found in hidden if (said := DIRECTIVE.match(found.inner))
    )
    text = with_small_tags(without(text, hidden))
    scripts = [
        Formula(found.inner, found.inner_start, found.inner_start + len(found.inner), True)
        for found in enclosed(text, _MATH_SCRIPT, closing_tag)
    ]
    headings = tuple(
        Heading(_TAG.sub("", found.inner), int(found.opening[1]), found.start)
        for found in enclosed(text, _HEADING, lambda opening: closing_tag(opening, "h"))
    )
    prose = without(text, enclosed(text, IGNORED, closing_tag))
    prose = _TAG.sub(lambda found: blank(found.group()), prose)
    prose = _ENTITY.sub(
        lambda found: html.unescape(found.group()).replace("\xa0", " ").ljust(len(found.group())), prose
    )
    definitions = tuple(find_definitions(prose))
    prose = without(prose, definitions)
    formulas = sorted([*scripts, *find_formulas(prose, (*BACKSLASHES, *DOLLARS))], key=lambda formula: formula.start)
    return Document(path, restored(prose, scripts), tuple(formulas), headings, comments, definitions)


def closing_tag(opening: re.Match[str], prefix: str = "") -> str:
    """The closing tag that belongs to an opening one whose name is in small letters."""
    return f"</{prefix}{opening[1]}>"


def with_small_tags(text: str) -> str:
    """The text with the names of its tags in small letters, as HTML takes them."""
    return _TAG_NAME.sub(lambda found: found.group().lower(), text)
