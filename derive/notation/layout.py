"""From raw tokens to the reader's: what only lays out the page is dropped, old-fashioned spellings are made plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.notation.errors import ReadError
from derive.notation.symbols import ARROWS, RELATIONS
from derive.notation.tokens import Token, argument_end, brace_pairs, spelled

__all__ = ["LAYOUT", "without_layout"]

SPACES = frozenset({
    "\\,", "\\;", "\\:", "\\!", "\\ ", "\\>", "\\/", "\\thinspace", "\\medspace", "\\thickspace", "\\negthinspace",
    "\\enspace", "~", "\\\n", "\\negmedspace",
})  # fmt: skip
DROPPED = frozenset({
    "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\limits", "\\nolimits", "\\nonumber",
    "\\notag", "\\strut", "\\mathstrut", "\\hfill", "\\hfil", "\\allowbreak", "\\null", "\\relax", "\\noindent",
    "\\hline", "\\centering", "\\small", "\\large", "\\Large", "\\normalsize", "\\footnotesize", "\\tiny", "\\break",
    "\\displaylimits", "\\allowdisplaybreaks", "\\nobreak", "\\boldmath", "\\unboldmath", "\\protect", "\\par",
    "\\bigskip", "\\medskip", "\\smallskip", "\\scriptsize", "\\qedhere",
})  # fmt: skip
DROPPED_WITH_ARGUMENT = frozenset({
    "\\label", "\\tag", "\\hspace", "\\vspace", "\\color", "\\phantom", "\\hphantom", "\\vphantom", "\\footnote",
    "\\cite", "\\mspace", "\\index", "\\footnotemark", "\\footnotetext", "\\addtocounter", "\\setcounter",
})  # fmt: skip
STACKS = frozenset({"\\stackrel", "\\overset", "\\underset"})
LABELLED_ARROWS = {
    "\\xrightarrow": "\\to", "\\xleftarrow": "\\leftarrow", "\\xRightarrow": "\\Rightarrow", "\\xmapsto": "\\mapsto",
    "\\xLeftrightarrow": "\\iff", "\\xlongequal": "=",
}  # fmt: skip
NEGATIONS = {
    "=": "\\ne", "\\in": "\\notin", "\\subset": "\\nsubseteq", "\\subseteq": "\\nsubseteq", "\\equiv": "\\ne",
    "\\mid": "\\nmid", "\\leq": "\\nleq", "\\geq": "\\ngeq", "\\perp": "\\ne", "\\approx": "\\ne", "\\propto": "\\ne",
}  # fmt: skip
CLASSES = frozenset({"\\mathbin", "\\mathrel", "\\mathord", "\\mathopen", "\\mathclose", "\\mathinner", "\\mathop"})
"""Commands that set the space around their argument."""
OLD_FONTS = {
    "\\rm": "\\mathrm", "\\bf": "\\mathbf", "\\it": "\\mathit", "\\cal": "\\mathcal", "\\sf": "\\mathsf",
    "\\tt": "\\mathtt", "\\frak": "\\mathfrak", "\\bfseries": "\\mathbf", "\\itshape": "\\mathit",
}  # fmt: skip
"""Font switches, which hold to the end of their group."""
_QUADS = ("\\quad", "\\qquad")
_ENDS_CELL = frozenset({"&", "\\\\", "\\cr", "\\newline"})
_MOST_STACKED = 3
_MOST_SWITCHES = 100
_LONE_OPERATORS = frozenset({"+", "-", ",", "\\cdot", "\\times"})
_OPENS = frozenset({"(", "[", "{", "\\{", "\\left", "\\begin"})
_CLOSES = frozenset({")", "]", "}", "\\}", "\\right", "\\end"})
_PUNCTUATION = frozenset({".", ",", ";", "。", "，", "；"})
_DELIMITED = frozenset({"\\left", "\\right", "\\middle"})

LAYOUT: frozenset[str] = (
    SPACES | DROPPED | DROPPED_WITH_ARGUMENT | STACKS | CLASSES | LABELLED_ARROWS.keys() | OLD_FONTS.keys()
    | {"\\not", "\\arg", "\\cr", "\\newline", "\\\\", *_QUADS}
)  # fmt: skip
"""The commands that are dropped or made plain here."""


def without_layout(tokens: list[Token]) -> list[Token]:
    """The tokens without layout, each composed sign as one token, font switches as commands with an argument.

    Raises ReadError where a layout command lacks its argument.
    """
    tokens = _without_classes(_with_font_commands(tokens))
    pairs = brace_pairs(tokens)
    kept: list[Token] = []
    index, count, spaced = 0, len(tokens), False
    while index < count:
        token = tokens[index]
        piece = token.text
        if piece in SPACES:
            spaced = spaced or piece != "\\!"
            index += 1
            continue
        if piece in DROPPED:
            index += 1
            continue
        if piece in DROPPED_WITH_ARGUMENT:
            star = index + 1 < count and tokens[index + 1].text == "*"
            index = argument_end(tokens, index + 1 + star, pairs)
            continue
        composed, after = _composed(tokens, index, pairs)
        if composed is None and piece == "{" and index + 1 < count and tokens[index + 1].text == "}":
            scripted = index + 2 < count and tokens[index + 2].text in ("_", "^")
            if not scripted and not _wants_argument(kept):
                index += 2
                continue
        kept.append(composed or (replace(token, spaced=True) if spaced else token))
        index = after if composed is not None else index + 1
        spaced = False
    return _without_punctuation(_with_dots(_with_thousands(kept)))


def _with_dots(tokens: list[Token]) -> list[Token]:
    """`x_{1,1}.y_{1,1}`, `V.s`: a full stop close between a script, bracket or letter and a letter or command is a
    product's dot; in `s.t.` it is none.
    """
    changed = list(tokens)
    for place in range(1, len(tokens) - 1):
        before, dot, after = tokens[place - 1 : place + 2]
        close = before.end == dot.start and dot.end == after.start and not (dot.spaced or after.spaced)
        begins = after.kind in ("letter", "text") or (after.kind == "command" and after.text[1:].isalpha())
        script = before.kind == "number" and place > 1 and tokens[place - 2].text == "_"
        ends = before.text in ("}", ")") or script or _is_lone_letter(tokens, place)
        if dot.text == "." and close and begins and ends:
            changed[place] = replace(dot, kind="command", text="\\cdot")
    return changed


def _is_lone_letter(tokens: list[Token], place: int) -> bool:
    """Whether the dot at a place stands between two letters that no other dot or letter touches."""
    before, after = tokens[place - 1], tokens[place + 1]
    around = [tokens[at].text for at in (place - 2, place + 2) if 0 <= at < len(tokens)]
    single = before.kind == after.kind == "letter" and before.end - before.start == after.end - after.start == 1
    return single and not any(text == "." or (len(text) == 1 and text.isalpha()) for text in around)


def _with_thousands(tokens: list[Token]) -> list[Token]:
    """`x = 1,000` outside brackets is one number and no list."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENS) - (token.text in _CLOSES)
        if token.kind == "number" and depth == 0 and _continues_number(kept, token):
            kept.pop()
            before = kept.pop()
            token = Token("number", before.text + token.text, before.start, token.end, spaced=before.spaced)
        kept.append(token)
    return kept


def _continues_number(before: list[Token], token: Token) -> bool:
    if len(before) < 2 or before[-1].text != "," or before[-2].kind != "number":
        return False
    first, comma = before[-2], before[-1]
    joined = first.end == comma.start and comma.end == token.start
    written = first.end - first.start
    leads = first.text.isdigit() and first.text[0] != "0" and (written <= 3 or written > len(first.text))
    return joined and leads and len(token.text.partition(".")[0]) == 3


def _is_punctuation(tokens: list[Token]) -> bool:
    """Whether the last token ends a sentence or a clause; the dot of `\\right.` is a delimiter."""
    delimits = len(tokens) > 1 and tokens[-2].text in _DELIMITED
    return tokens[-1].text in _PUNCTUATION and not delimits


def _without_punctuation(tokens: list[Token]) -> list[Token]:
    """The tokens without punctuation at the end of a row or of the whole, and without space at the start of either."""
    kept: list[Token] = []
    for token in tokens:
        if token.text in _ENDS_CELL or token.kind == "end":
            while kept and (kept[-1].text in _QUADS or _is_punctuation(kept)):
                kept.pop()
        begins = not kept or kept[-1].text in _ENDS_CELL or kept[-1].kind == "begin"
        if not (token.text in _QUADS and begins):
            kept.append(token)
    while kept and (kept[-1].text in _QUADS or _is_punctuation(kept)):
        kept.pop()
    return kept


def _without_classes(tokens: list[Token]) -> list[Token]:
    """`\\mathop{\\rm argmax}` and `\\mathbin{\\|}` without the command and its braces."""
    if not any(token.text in CLASSES for token in tokens):
        return tokens
    pairs = brace_pairs(tokens)
    dropped: set[int] = set()
    for index, token in enumerate(tokens):
        if token.text in CLASSES:
            dropped.add(index)
            if index + 1 in pairs:
                dropped |= {index + 1, pairs[index + 1]}
    return [token for index, token in enumerate(tokens) if index not in dropped]


def _wants_argument(before: list[Token]) -> bool:
    return bool(before) and (before[-1].text in ("^", "_", "}") or before[-1].kind == "command")


def _with_font_commands(tokens: list[Token]) -> list[Token]:
    """`{\\rm d}x` becomes `\\mathrm{d}x`; `\\rm` inside a group holds to the group's end."""
    if not any(token.text in OLD_FONTS for token in tokens):
        return tokens
    switches = [token for token in tokens if token.text in OLD_FONTS]
    if len(switches) > _MOST_SWITCHES:
        raise ReadError("too many font switches", switches[-1].start, switches[-1].end, "fewer of them")
    result = list(tokens)
    index = 0
    while index < len(result):
        token = result[index]
        if token.text not in OLD_FONTS:
            index += 1
            continue
        command = replace(token, text=OLD_FONTS[token.text])
        if index + 1 < len(result) and result[index + 1].text == "{":
            result[index] = command
            index += 1
            continue
        if index and result[index - 1].text == "{" and (index < 2 or result[index - 2].text not in ("^", "_", "}")):
            result[index - 1 : index + 1] = [command, replace(token, kind="sign", text="{")]
            index += 1
            continue
        end, depth = index + 1, 0
        while end < len(result):
            depth += {"{": 1, "}": -1}.get(result[end].text, 0)
            if depth < 0 or (depth == 0 and result[end].text in ("&", "\\\\", "\\end")):
                break
            end += 1
        opening = replace(token, kind="sign", text="{")
        closing = replace(result[end - 1], kind="sign", text="}", value="")
        result[index:end] = [command, opening, *result[index + 1 : end], closing]
        index += 2
    return result


def _composed(tokens: list[Token], index: int, pairs: Mapping[int, int]) -> tuple[Token | None, int]:
    """One sign written with several tokens, `\\stackrel{!}{=}`, `{=}`, `\\arg\\max`, and the index after it."""
    token = tokens[index]
    piece = token.text
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or token.kind not in ("command", "sign"):
        return None, index
    if piece == "\\not":
        meaning = NEGATIONS.get(following.text)
        if meaning is None:
            return None, index
        return Token("sign", meaning, token.start, following.end, "\\not" + following.text), index + 2
    if piece == "\\arg" and following.text in ("\\max", "\\min"):
        return Token(
            "command", "\\arg" + following.text[1:], token.start, following.end, piece + following.text
        ), index + 2
    if piece == "{" and index + 2 < len(tokens) and tokens[index + 2].text == "}":
        before = tokens[index - 1].text if index else ""
        relation = following.text in RELATIONS and before not in ("_", "^")
        operator = following.text in _LONE_OPERATORS and before not in ("_", "^", "}")
        return (following, index + 3) if relation or operator else (None, index)
    if piece in LABELLED_ARROWS:
        return _labelled_arrow(tokens, index, pairs)
    if piece in STACKS:
        return _stacked(tokens, index, pairs)
    return None, index


def _labelled_arrow(tokens: list[Token], index: int, pairs: Mapping[int, int]) -> tuple[Token | None, int]:
    end = index + 1
    if tokens[end].text == "[":
        while end < len(tokens) and tokens[end].text != "]":
            end += 1
        end += 1
    end = argument_end(tokens, end, pairs)
    whole = tokens[index:end]
    return Token("sign", LABELLED_ARROWS[whole[0].text], whole[0].start, whole[-1].end, spelled(whole)), end


def _stacked(tokens: list[Token], index: int, pairs: Mapping[int, int], within: int = 0) -> tuple[Token | None, int]:
    first_end = argument_end(tokens, index + 1, pairs)
    end = argument_end(tokens, first_end, pairs)
    start = first_end + (tokens[first_end].text == "{")
    stop = end - (start > first_end)
    sign: str | None = None
    if stop - start == 1:
        sign = tokens[start].text
    elif stop > start and tokens[start].text in STACKS and within < _MOST_STACKED:
        inner, after = _stacked(tokens, start, pairs, within + 1)
        sign = inner.text if inner is not None and after == stop else None
    if sign is None or (sign not in RELATIONS and sign not in ARROWS):
        return None, index
    whole = tokens[index:end]
    return Token("sign", sign, whole[0].start, whole[-1].end, spelled(whole)), end
