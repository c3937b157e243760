"""The output formats: one row each; a new format is a template and, where its escaping is new, a markup."""

from __future__ import annotations

from dataclasses import dataclass

from derive.render.escape import HTML, LATEX, MATH_STYLES, PLAIN, Markup, markdown


@dataclass(frozen=True, slots=True)
class Format:
    """`template` is filled for a page and for a single derivation; None where the data itself is written."""

    name: str
    says: str
    suffix: str
    page: str | None
    derivation: str | None


FORMATS: tuple[Format, ...] = (
    Format("md", "Markdown", ".md", "page.md.j2", "derivation.md.j2"),
    Format("tex", "LaTeX, a document of its own", ".tex", "page.tex.j2", "derivation.tex.j2"),
    Format("html", "HTML with MathML", ".html", "page.html.j2", "derivation.html.j2"),
    Format("json", "JSON for machines", ".json", None, None),
    Format("fragment", "LaTeX to \\input", ".fragment.tex", "fragment.tex.j2", "derivation.tex.j2"),
    Format("body", "HTML to put into a page", ".body.html", "body.html.j2", "derivation.html.j2"),
    Format("txt", "plain text", ".txt", "page.txt.j2", "derivation.txt.j2"),
)
DEFAULT_FORMATS = ("md", "tex", "html", "json")

_MARKUPS: dict[str, Markup] = {"tex": LATEX, "fragment": LATEX, "html": HTML, "body": HTML, "txt": PLAIN}


def format_named(name: str) -> Format:
    """The row of that name. Raises KeyError."""
    return {row.name: row for row in FORMATS}[name]


def markup(name: str, math: str = "brackets") -> Markup:
    """How a format writes text and formulas; `math` chooses the delimiters of Markdown."""
    return _MARKUPS.get(name) or markdown(MATH_STYLES[math])
