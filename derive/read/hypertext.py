"""HTML pages with LaTeX between `\\(…\\)`, `\\[…\\]` or dollars, as MathJax and KaTeX find it."""

from __future__ import annotations

import html
import re

from derive.read.document import Comment, Document, Formula, Heading
from derive.read.macros import find_definitions
from derive.read.regions import BACKSLASHES, DOLLARS, blank, find_formulas, restored, without

__all__ = ["read_hypertext"]

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DIRECTIVE = re.compile(r"\s*derive:\s*(.*?)\s*\Z", re.DOTALL)
_IGNORED = re.compile(r"<(script|style|pre|code|textarea|head)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_MATH_SCRIPT = re.compile(r"<script\b[^>]*type=[\"']math/tex[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot|apos|nbsp);")


def read_hypertext(path: str, text: str) -> Document:
    """The formulas of an HTML page; scripts, styles and code hold none."""
    comments = tuple(
        Comment(inner[1], found.start(), found.end())
        for found in _COMMENT.finditer(text)
        if (inner := _DIRECTIVE.match(found[1]))
    )
    text = _COMMENT.sub(lambda found: blank(found.group()), text)
    scripts = [Formula(found[1], found.start(1), found.end(1), True) for found in _MATH_SCRIPT.finditer(text)]
    headings = tuple(Heading(_TAG.sub("", found[2]), int(found[1]), found.start()) for found in _HEADING.finditer(text))
    prose = _IGNORED.sub(lambda found: blank(found.group()), text)
    prose = _TAG.sub(lambda found: blank(found.group()), prose)
    prose = _ENTITY.sub(
        lambda found: html.unescape(found.group()).replace("\xa0", " ").ljust(len(found.group())), prose
    )
    definitions = tuple(find_definitions(prose))
    prose = without(prose, definitions)
    formulas = sorted([*scripts, *find_formulas(prose, (*BACKSLASHES, *DOLLARS))], key=lambda formula: formula.start)
    return Document(path, restored(prose, scripts), tuple(formulas), headings, comments, definitions)
