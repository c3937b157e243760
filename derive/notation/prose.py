"""Words between formulas: which `\\text{...}` joins statements and which is a name."""

from __future__ import annotations

CONNECTING_WORDS = frozenset(
    [
        "if",
        "and",
        "or",
        "where",
        "for",
        "when",
        "otherwise",
        "else",
        "with",
        "such",
        "let",
        "then",
        "so",
        "since",
        "because",
        "hence",
        "therefore",
        "is",
        "are",
        "as",
        "on",
        "iff",
        "given",
        "which",
        "we",
        "by",
        "s.t.",
        "i.e.",
        "e.g.",
        "but",
        "while",
        "whenever",
        "unless",
        "all",
        "any",
        "some",
        "every",
        "that",
        "thus",
        "from",
        "to",
        "in",
        "at",
        "also",
        "until",
        "assuming",
        "suppose",
        "provided",
        "subject",
        "using",
        "because",
    ]
)


def is_prose(content: str) -> bool:
    """Whether the content of a `\\text{...}` is prose that joins statements, and no name of a quantity."""
    words = content.replace(",", " ").replace(":", " ").lower().split()
    return bool(words) and (words[0] in CONNECTING_WORDS or words[-1] in CONNECTING_WORDS)
