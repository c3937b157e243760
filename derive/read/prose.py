"""What the words around a formula announce: a definition, an assumption, a question, a consequence."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal

from derive.read.document import Document, Formula

__all__ = ["FORMULA", "Cue", "Mood", "announces", "cue_of", "mood_of", "sentence_before", "words_after", "words_before"]

Mood = Literal["denies", "asks", ""]
Cue = Literal["defines", "assumes", "domain", "asks", "derives", "recalls", "about", ""]

FORMULA = "\N{CURRENCY SIGN}"
"""Stands for an inline formula in a sentence."""

FARTHEST = 400

_CUES: tuple[tuple[Cue, str], ...] = (
    (
        "defines",
        r"let|letting|define[sd]?|defined (?:as|by|to be)|denotes?|denoted(?: by)?|write|call(?:ed)?|where|set(?:ting)?"
        r"|put|choose|take|introduce|(?:is|are) given by|given by|example|notation|substitut\w+|definition|as follows"
        r"|the following (?:matri\w+|vectors?|values?|numbers?|data\w*)"
        r"|定义|记作|记为|记|令|设|取|引入|写作|其中",
    ),
    (
        "domain",
        r"for(?: all| any| every| each| some)?|when(?:ever)?|if|with(?! respect to)|provided(?: that)?|as long as"
        r"|on(?! (?:both|each|either|one|the (?:other|left|right))\b)|in case|at"
        r"|otherwise",
    ),
    (
        "assumes",
        r"suppose|assum(?:e|ed|ing|es|ption)|given(?: that)?|such that|subject to|satisf(?:y|ies|ying)|constraint"
        r"|impos\w+|requir\w+|condition\w*|boundary|initial|initially|start(?:ing)?(?: with| from)?|model(?:led|s)?"
        r"|consider|governed by|obeys?|law|假设|假定|满足|若|如果|约束|条件|给定|已知|定律|原理",
    ),
    (
        "asks",
        r"solve|find|equations?|roots?|solutions?|unknown|system|simultaneous|determine|minimi[sz]e|maximi[sz]e"
        r"|is zero|vanish\w*|updates?|updated|rule|iterat\w+|方程",
    ),
    (
        "derives",
        r"so|thus|hence|therefore|then|gives?|giving|gets?|obtain\w*|becomes?|yields?|rewrit\w+|solving(?: for)?"
        r"|solve for|simplif\w+|follows|which is|that is|i\.e\.|we have|we find|we see|leads? to|implies|implying"
        r"|equivalently|in other words|result\w*|expand\w*|rearrang\w+|differentiat\w+|integrat\w+|correctly"
        r"|finally|indeed|because|since|equals?|prove[sd]?|shows?|shown|check|verify|identity|compute[sd]?"
        r"|calculat\w+|evaluat\w+|reads?|use the chain rule"
        r"|得|所以|因此|因而|故|即|于是|从而|由此|则有|可知|可见|化为|变为|代入|整理",
    ),
    ("recalls", r"recall(?:ing)?|remember|as before|again|we know|known"),
    ("about", r"approximately|about|roughly|numerically|for small|rounded|order|asymptotic\w*|nearly"),
)
_LAW = re.compile(
    r"\b(?:laws?|principle|postulate|theorem of)\b[^.¤]{0,60}\b(?:reads?|states?(?:\s+that)?|says?(?:\s+that)?|is"
    r"|gives?|becomes?|tells us(?:\s+that)?|takes the form)[\s,:]*\Z",
    re.IGNORECASE,
)


def _pattern(words: str) -> re.Pattern[str]:
    """Any of the words; those of a script without spaces stand anywhere, all others as whole words."""
    listed = words.split("|")
    whole = "|".join(word for word in listed if word.isascii())
    inner = "|".join(word for word in listed if not word.isascii())
    return re.compile(rf"(?<![\w])(?:{whole})(?![\w])" + (f"|{inner}" if inner else ""), re.IGNORECASE)


_PATTERNS = tuple((cue, _pattern(words)) for cue, words in _CUES)
_DENIES = re.compile(
    r"(?<![\w-])(?:wrong(?:ly)?|mistakes?|mistaken(?:ly)?|incorrect(?:ly)?|false|fallac\w+|tempt\w+"
    r"|not (?:be )?(?:true|correct|valid)|(?:not|n't) (?:in general |generally |always )?(?:hold|equal|the same as)"
    r"|invalid|erroneous(?:ly)?|bogus|absurd|if it were|were it)(?!\w)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\A[$\\)\]`\s,]*(?:is|are|would be|was)\s+(?:\w+\s+)?"
    r"(?:wrong|incorrect|false|invalid|not (?:true|correct|valid))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[:;](?=\s*\w)")
_SENTENCE_STOP = re.compile(r"[.!?](?=[\s)\]]|\Z)")
_SENTENCE_END = re.compile(r"(?:[.!?。；;](?=\s)|\n[ \t]*\n(?=\S)|\n(?=[-*#] ))")
_OPENING = re.compile(r"(?:\\\[|\\\(|\$+|\\\\\[|\\begin\{[^}]*\})?\s*\Z")
_CASE_IS_OVER = re.compile(
    rf"{FORMULA}[)$\\]*\s*,\s*[$\\(\[]*\s*\Z|{FORMULA}(?!(?:\W*\b(?:and|or))+\W*\Z).*[a-z]{{3,}}", re.DOTALL
)


def words_before(document: Document, index: int) -> str:
    """The text between the formula before and this one, in full."""
    formulas = document.formulas
    begin = formulas[index - 1].end if index else 0
    return document.text[max(begin, formulas[index].start - 4000) : formulas[index].start]


def words_after(document: Document, index: int) -> str:
    """The text from this formula to the next, or to the end of the sentence."""
    formulas = document.formulas
    end = formulas[index + 1].start if index + 1 < len(formulas) else len(document.text)
    text = document.text[formulas[index].end : min(end, formulas[index].end + FARTHEST)]
    stop = _SENTENCE_END.search(text)
    return text[: stop.start()] if stop else text


def sentence_before(document: Document, index: int) -> tuple[str, int]:
    """The sentence up to the formula and where it begins; other formulas in it are shown as one sign.

    A display ends a sentence.  A sentence that ends with a colon, or right before the formula, is the formula's.
    """
    formula = document.formulas[index]
    begin = max(0, formula.start - FARTHEST, _end_of_heading(document, formula.start))
    between = _formulas_between(document, begin, formula.start)
    masked: list[str] = []
    position = begin
    for other in between:
        width = other.end - other.start
        masked += document.text[position : other.start], (". " if other.display else "x").rjust(width, "x")
        position = other.end
    masked.append(document.text[position : formula.start])
    plain = "".join(masked)
    words = len(_OPENING.sub("", plain).rstrip())
    ends = [found.end() for found in _SENTENCE_END.finditer(plain) if found.end() < words or _is_full(plain, words)]
    start = begin + (ends[-1] if ends else 0)
    pieces: list[str] = []
    position = start
    for other in (each for each in between if each.start >= start):
        pieces += document.text[position : other.start], FORMULA
        position = other.end
    pieces.append(_OPENING.sub("", document.text[position : formula.start]))
    return "".join(pieces), start


def _is_full(text: str, words: int) -> bool:
    """Whether the words end with a full stop, so that the formula begins a sentence of its own."""
    return text[:words].endswith((".", "!", "?", "。")) and not text[:words].endswith(("e.g.", "i.e.", "vs."))


def _end_of_heading(document: Document, offset: int) -> int:
    """The end of the line of the last heading before an offset, 0 if there is none."""
    at = bisect_left(document.headings, offset, key=lambda heading: heading.start)
    if not at:
        return 0
    heading = document.headings[at - 1]
    title = document.text.find(heading.title, heading.start) + len(heading.title)
    return min(offset, max(heading.start, title))


def _formulas_between(document: Document, begin: int, end: int) -> tuple[Formula, ...]:
    first = bisect_left(document.formulas, begin, key=lambda f: f.start)
    last = bisect_left(document.formulas, end, key=lambda f: f.start)
    return document.formulas[first:last]


def cue_of(sentence: str) -> Cue:
    """The last thing that the words of a sentence announce; of words that end together, the longer ones.

    A case that another formula states is over by then.  What a law of nature `reads`, `states` or `gives` is assumed.
    """
    if _LAW.search(sentence):
        return "assumes"
    found: tuple[tuple[int, int], Cue] = ((-1, 0), "")
    for cue, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            if cue == "domain" and _CASE_IS_OVER.search(sentence, match.end()):
                continue
            if (match.end(), match.end() - match.start()) >= found[0]:
                found = ((match.end(), match.end() - match.start()), cue)
    return found[1]


def mood_of(document: Document, index: int, sentence: str) -> Mood:
    """Whether the sentence around a formula denies it or asks whether it is true, rather than claiming it."""
    clause = _CLAUSE.split(sentence.rpartition(FORMULA)[2])[-1]
    behind = _behind(document, index)
    if _DENIES.search(clause) or _DENIED.match(behind):
        return "denies"
    stop = _SENTENCE_STOP.search(behind)
    return "asks" if stop and stop.group() == "?" else ""


def _behind(document: Document, index: int) -> str:
    """The text behind a formula, up to a paragraph's end; other formulas in it are shown as one sign."""
    pieces: list[str] = []
    position = document.formulas[index].end
    end = min(len(document.text), position + FARTHEST)
    for other in _formulas_between(document, position, end):
        pieces += document.text[position : other.start], FORMULA
        position = other.end
    pieces.append(document.text[position : max(position, end)])
    return "".join(pieces).partition("\n\n")[0]


def announces(sentence: str, cue: Cue) -> bool:
    """Whether the sentence has words of that cue anywhere."""
    return any(pattern.search(sentence) for name, pattern in _PATTERNS if name == cue)
