"""LaTeX sources: formulas, sections, macro definitions and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.read.document import Comment, Document, Heading
from derive.read.macros import find_definitions
from derive.read.regions import BACKSLASHES, DOLLARS, blank, enclosed, find_formulas, without

__all__ = ["read_tex", "without_hidden"]

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%([^\n]*)")
_DIRECTIVE = re.compile(r"\s*derive:\s*(.*?)\s*\Z")
_VERBATIM = re.compile(
    r"\\begin\{((?:verbatim|Verbatim|lstlisting|minted|comment|tikzpicture|filecontents|alltt)\*?)\}"
)
_VERB = re.compile(r"\\(?:verb\*?|lstinline)([^\sA-Za-z*\[{])[^\n]{0,400}?\1")
_SECTION = re.compile(
    r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\]\n]*\])?\{([^\n}]*)\}?"
)
_EXAMPLE = re.compile(
    r"\\(begin|end)\{(example|examples|exercise|question|problem|quiz|solution|answer|Example|Exercise|Problem|Solution)\*?\}"
)
_ANSWERED = re.compile(r"\s*(?:\\[A-Za-z]+\s*)*\\begin\{(?:solution|answer|proof|Solution)\*?\}")
_INNERMOST = 6
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_END = re.compile(r"\\end\{document\}")


def read_tex(path: str, text: str) -> Document:
    """The formulas of a LaTeX source; comments, verbatim text and macro definitions hold none."""
    comments: list[Comment] = []
    text = without_hidden(text, comments)
    end = _END.search(text)
    if end:
        text = text[: end.start()] + blank(text[end.start() :])
    definitions = tuple(find_definitions(text))
    text = without(text, definitions)
    sections = (Heading(found[2], _LEVELS[found[1]], found.start()) for found in _SECTION.finditer(text))
    headings = tuple(sorted((*sections, *_examples(text)), key=lambda heading: heading.start))
    formulas = tuple(find_formulas(text, (*BACKSLASHES, *DOLLARS)))
    return Document(path, text, formulas, headings, tuple(comments), definitions)


def _examples(text: str) -> Iterator[Heading]:
    """Examples and exercises, with their solutions, as sections of their own; behind each another one begins."""
    for found in _EXAMPLE.finditer(text):
        opens = found[1] == "begin"
        continues = found[2].lower() in ("solution", "answer") if opens else _ANSWERED.match(text, found.end())
        if not continues:
            yield Heading("", _INNERMOST, found.start())


def without_hidden(text: str, comments: list[Comment] | None = None) -> str:
    """The source with verbatim text and comments blanked out; comments to the checker are added to the list."""

    def without_comment(found: re.Match[str]) -> str:
        inner = _DIRECTIVE.match(found[2])
        if inner and comments is not None:
            comments.append(Comment(inner[1], found.start(), found.end()))
        return found[1] + " " * (len(found[2]) + 1)

    text = without(text, enclosed(text, _VERBATIM, lambda opening: f"\\end{{{opening[1]}}}"))
    text = _VERB.sub(lambda found: blank(found.group()), text)
    return _COMMENT.sub(without_comment, text)
