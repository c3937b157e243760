"""Conditions that stand behind a formula: `… for $x < 0$`, `… if $n$ is even`, `… for small $q$`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from derive.read.document import Document, Formula
from derive.read.domains import SIGNS, statements_of

__all__ = ["NO_CASE", "Case", "case_after", "case_beside", "case_of_words", "unnamed_case"]

_CLOSING = re.compile(r"\A(?:\$\$?|\\\)|\\\]|`|\\end\{[^}]*\})?[\s.,;)]*")
_STOPS = re.compile(r"\A(?:\$\$?|\\\)|\\\]|`)?\s*[.;?!]")
_ENDS = re.compile(r"[.;]\s*(?:\\end\{[^}]*\}\s*)*\Z")
_LINK = re.compile(
    r"\A(?P<link>if and only if|if|when(?:ever)?|provided(?: that)?|as long as|in case|unless|otherwise|only|near|for"
    r"|in the limit|as|at|with|where)\b\s*(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_OPENING = re.compile(r"(?:\\\(|\\\[|\$+|:math:`|`)\s*\Z")
_PLAIN = re.compile(
    r"\A(?:all|any|every|each|some|an?|the|both|only|real|fixed|arbitrary|values?|of|where|now|also|but|and|either|that"
    r"|[\s,])*\Z",
    re.IGNORECASE,
)
_QUALITY = r"(?P<quality>strictly positive|positive|non-?negative|negative|non-?zero|even|odd)"
_KIND = r"(?P<kind>integers?|whole numbers?|natural numbers?|reals?|real numbers?|numbers?|constants?|values?(?: of)?)"
_ARTICLES = r"(?:(?:all|any|every|each|some|an?|both|fixed|arbitrary)\s+)*"
_SAID_BEFORE = re.compile(rf"\A{_ARTICLES}(?:{_QUALITY}\s*)?(?:{_KIND}\s*)?\Z", re.IGNORECASE)
_SAID_AFTER = re.compile(rf"\A\s*(?:is|are)\s+{_ARTICLES}(?:{_QUALITY}\b\s*)?(?:{_KIND}(?=\W|\Z))?", re.IGNORECASE)
_UNIVERSAL = re.compile(r"\b(?:all|any|every|each|arbitrary)\b", re.IGNORECASE)
_LETTER = re.compile(r"\s*\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?\s*\Z")
_RESTRICTS = re.compile(r"[<>]|\\(?:lt|gt|leq?|geq?|leqslant|geqslant|neq?|in|notin)(?![A-Za-z])|=")
_BOUND = re.compile(
    r"\A\s*\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?\s*"
    r"(?:<|>|\\(?:lt|gt|leq?|geq?|leqslant|geqslant|neq?)(?![A-Za-z]))\s*-?[\d./]+[\s.,;]*\Z"
)
_UNNAMED = re.compile(rf"\b(?:for|if|when(?:ever)?)\s+{_ARTICLES}(?:{_QUALITY})\s+(?:{_KIND})[^¤]*\Z", re.IGNORECASE)
_CONDITIONAL = frozenset({"if", "when", "whenever", "provided", "provided that", "as long as", "in case", "unless",
                          "otherwise", "only", "near", "in the limit", "if and only if"})  # fmt: skip
_INTRODUCING = frozenset({"with", "where", "as", "at"})


@dataclass(frozen=True, slots=True)
class Case:
    """What the words behind a statement restrict it to, as LaTeX statements; `understood` where these say all of it.

    A case that is not understood grants nothing, but no counterexample speaks against the statement.  `limits` where
    the statement is claimed in this case only; what `where` and `with` bring in holds beyond it.  `universal` is the
    letter for all of whose values it is claimed.
    """

    conditions: tuple[str, ...] = ()
    understood: bool = True
    limits: bool = True
    universal: str = ""

    @property
    def restricts(self) -> bool:
        return bool(self.conditions) or not self.understood


NO_CASE = Case()
OPEN_CASE = Case((), understood=False)


def case_after(document: Document, index: int) -> Case:
    """The case that the words behind a formula, up to the formula after it, restrict it to."""
    formula = document.formulas[index]
    following = document.formulas[index + 1] if index + 1 < len(document.formulas) else None
    end = following.start if following is not None else len(document.text)
    between = document.text[formula.end : min(end, formula.end + 200)]
    if _STOPS.match(between) or _ENDS.search(formula.text):
        return NO_CASE
    link = _LINK.match(_CLOSING.sub("", between, count=1))
    if link is None or "\n\n" in between or link["link"][0].isupper():
        return NO_CASE
    behind = document.text[following.end : following.end + 80] if following is not None else ""
    return _case(link["link"].lower(), _OPENING.sub("", link["rest"]), following, behind)


def case_of_words(words: str, statement: str) -> Case:
    """The case that words inside a formula begin and a statement behind them ends: `\\text{if } w \\le 0`."""
    link = _LINK.match(words.strip())
    if link is None:
        return NO_CASE
    inner = Formula(statement, 0, len(statement), display=False) if statement else None
    return _case(link["link"].lower(), link["rest"], inner, "")


def case_beside(statement: str) -> Case:
    """The case that a bound of a letter behind a gap gives: `\\sqrt{z^2} = -z, \\quad z < 0`."""
    return Case((statement,), limits=False) if _BOUND.match(statement) else NO_CASE


def _case(link: str, between: str, following: Formula | None, behind: str) -> Case:
    """What `link … $following$ …` says: conditions, or one that is not understood where the link makes one."""
    unknown = OPEN_CASE if link in _CONDITIONAL else NO_CASE
    if following is None or len(between) > 60:
        return unknown
    if link in ("unless", "otherwise"):
        return OPEN_CASE
    if _LETTER.match(following.text):
        said = _SAID_BEFORE.match(between.strip())
        after = _SAID_AFTER.match(_CLOSING.sub("", behind, count=1)) if said else None
        for words in (after, said):
            if words is not None and (words["quality"] or words["kind"]):
                name = following.text.strip()
                every = link == "for" and _UNIVERSAL.search(between)
                return replace(_of_letter(name, words), universal=name if every else "")
        if said is not None and (link == "for" or link in _INTRODUCING):
            return Case(universal=following.text.strip()) if _UNIVERSAL.search(between) else NO_CASE
        return OPEN_CASE if link == "for" and not _PLAIN.match(between) else unknown
    if not _PLAIN.match(between):
        return unknown if link != "for" or _UNIVERSAL.search(between) else OPEN_CASE
    if not _RESTRICTS.search(following.text):
        return OPEN_CASE if link in ("as", "at", "near") else unknown
    if link in _INTRODUCING and "=" in following.text.replace("\\ne", ""):
        return OPEN_CASE if link == "at" else NO_CASE
    return Case((following.text.strip().rstrip(".,;"),), limits=link not in _INTRODUCING)


def _of_letter(name: str, words: re.Match[str]) -> Case:
    """`even n`, `n is negative`: a condition that a statement can say, else one that is not understood."""
    quality = (words["quality"] or "").lower().replace("-", "")
    statements = tuple(statements_of(name, quality, (words["kind"] or "").lower()))
    understood = not quality or quality.split(" ")[-1] in SIGNS
    return Case(statements, understood)


def unnamed_case(sentence: str, name: str) -> Case:
    """The case of a sentence such as `whereas for a negative number we have`, said of the only letter of a formula."""
    found = _UNNAMED.search(sentence)
    return NO_CASE if found is None else _of_letter(name, found)
