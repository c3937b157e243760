"""How commands are used in formulas: with which arguments, at the heads of fractions, in exponents, before what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Usage", "Use", "fits", "is_letter", "is_sign", "uses_of"]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[^\s]", re.DOTALL)
_FRACTIONS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_BRACKETS = frozenset({"(", "[", "\\{", "\\left", "|", "\\big", "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\Bigl"})
_NAME = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z0-9])+(?:_(?:[A-Za-z0-9]|\\[A-Za-z]+|\{[^{}]*\}))?'*")
_BY = re.compile(
    r"(?:\\(?:dot|mathbf|boldsymbol|bm|vec|bar|hat|mbf|tilde|ddot)\{)?(?:\\[A-Za-z]+|[A-Za-z])\}?"
    r"(?:_(?:[A-Za-z0-9]|\\[A-Za-z]+|\{[^{}]*\}))?(?:\^(?:\d|\{\d\}))?'*"
)
_AFTER_NOTHING = frozenset({"", "}", ")", "]", "\\right", "\\}", "&", "\\\\", ",", ".", ";", "=", "+", "-", "^", "_",
                            "\\cdot", "\\times", "/", "\\quad", "\\end", "\\leq", "\\geq", "<", ">"})  # fmt: skip
_OPENERS = frozenset({"", "{", "(", "[", "&", "\\\\", "\\left", "=", "+", "-", ","})

Part = Literal["", "upper", "lower"]
Usage = Mapping[str, tuple["Use", ...]]
"""The uses of each command."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a command.

    `arguments` are the groups in braces that follow it (after an optional one in brackets), `before` and `after` are
    its neighbours and `behind` what follows the arguments; `place` says in which part of a fraction it comes first,
    `paired` that it comes first in both.
    """

    arguments: tuple[str, ...]
    before: str
    after: str
    behind: str
    place: Part = ""
    paired: bool = False
    raised: bool = False


def uses_of(formulas: Iterable[str], wanted: Iterable[str]) -> Usage:
    """Every use of the wanted commands in the formulas, in order."""
    names = frozenset(wanted)
    found: dict[str, list[Use]] = {}
    for formula in formulas:
        if "\\" not in formula:
            continue
        tokens = _TOKEN.findall(formula)
        if names.isdisjoint(tokens):
            continue
        closing = _closing(tokens)
        heads = _heads(tokens, closing)
        for place, token in enumerate(tokens):
            if token in names:
                found.setdefault(token, []).append(_use(tokens, place, closing, heads))
    return {name: tuple(uses) for name, uses in found.items()}


def _closing(tokens: list[str]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token == "{":
            opened.append(place)
        elif token == "}" and opened:
            pairs[opened.pop()] = place
    return pairs


def _heads(tokens: list[str], closing: Mapping[int, int]) -> dict[int, tuple[Part, bool]]:
    """The places at which the two parts of fractions begin, and whether both begin with the same token."""
    heads: dict[int, tuple[Part, bool]] = {}
    for place, token in enumerate(tokens):
        upper = closing.get(place + 1) if token in _FRACTIONS else None
        lower = closing.get(upper + 1) if upper is not None else None
        if upper is not None and lower is not None:
            same = tokens[place + 2] == tokens[upper + 2]
            heads[place + 2] = ("upper", same)
            heads[upper + 2] = ("lower", same)
    return heads


def _use(
    tokens: list[str],
    place: int,
    closing: Mapping[int, int],
    heads: Mapping[int, tuple[Part, bool]],
) -> Use:
    def at(index: int) -> str:
        return tokens[index] if 0 <= index < len(tokens) else ""

    behind = place + 1
    if at(behind) == "[" and (end := _bracket_end(tokens, behind)) is not None and at(end + 1) == "{":
        behind = end + 1
    arguments: list[str] = []
    while behind in closing and at(behind) == "{":
        arguments.append("".join(tokens[behind + 1 : closing[behind]]))
        behind = closing[behind] + 1
    before = "\\\\" if _ends_row(tokens, place, closing) else at(place - 1)
    raised = at(place - 1) == "^" or (at(place - 1) == "{" and at(place - 2) == "^" and at(place + 1) == "}")
    part: Part = ""
    paired = False
    if place in heads:
        part, paired = heads[place]
    return Use(tuple(arguments), before, at(place + 1), at(behind), part, paired, raised)


def _ends_row(tokens: list[str], place: int, closing: Mapping[int, int]) -> bool:
    """Whether `\\\\[1ex]` or the beginning of an environment stands before the place."""
    last = tokens[place - 1] if place else ""
    if last == "]":
        opening = next((index for index in range(place - 2, max(place - 12, 0), -1) if tokens[index] == "["), 0)
        return opening > 0 and tokens[opening - 1] == "\\\\"
    opened = next((start for start, end in closing.items() if end == place - 1), 0) if last == "}" else 0
    return opened > 0 and tokens[opened - 1] == "\\begin"


def _bracket_end(tokens: list[str], place: int) -> int | None:
    return next((index for index in range(place, min(place + 12, len(tokens))) if tokens[index] == "]"), None)


def fits(uses: Iterable[Use], form: str) -> bool:
    """Whether every use has the form (of `derive.read.packages`); a sign must stand at the heads of a fraction too.

    Of letters and of what acts on something a tenth of the uses may look otherwise: `\\mbf{\\dot{r}}`.
    """
    uses = tuple(uses)
    if form == "sign":
        return is_sign(uses, 1)
    fitting = sum(map(_FORMS[form], uses))
    return bool(uses) and (10 * fitting >= 9 * len(uses) if form in _MOSTLY else fitting == len(uses))


def is_sign(uses: Iterable[Use], pairs: int) -> bool:
    """Whether a command without arguments stands at the heads of both parts of fractions, as a d does.

    At least so many pairs; where it begins the lower part, something is behind it, and all but a tenth of the time
    it begins the upper part too.
    """
    heads = [use for use in uses if use.place]
    lower = [use for use in heads if use.place == "lower"]
    both = [use for use in lower if use.paired]
    leads = all(use.after not in _AFTER_NOTHING for use in lower)
    return len(both) >= pairs and leads and 10 * len(both) >= 9 * len(lower) and 4 * len(heads) >= len(tuple(uses))


def is_letter(argument: str) -> bool:
    """Whether an argument is one name: `r`, `\\omega`, `OO_1`."""
    return _NAME.fullmatch(argument) is not None


def _is_letter_use(use: Use) -> bool:
    """Whether there is one argument, which is a name."""
    if use.arguments:
        return len(use.arguments) == 1 and is_letter(use.arguments[0])
    return use.after.startswith("\\") or use.after.isalpha()


_MOSTLY = frozenset({"letter", "before"})
_FORMS: dict[str, Callable[[Use], bool]] = {
    "any": lambda use: True,
    "plain": lambda use: use.after != "{" or use.arguments[:1] == ("",),
    "bracket": lambda use: use.after in _BRACKETS or use.after in ("_", "^"),
    "one": lambda use: len(use.arguments) >= 1,
    "letter": _is_letter_use,
    "two": lambda use: len(use.arguments) >= 2,
    "derivative": lambda use: len(use.arguments) == 2 and _BY.fullmatch(use.arguments[1]) is not None,
    "above": lambda use: use.raised,
    "style": lambda use: use.before in _OPENERS,
    "before": lambda use: use.after not in _AFTER_NOTHING - {"^", "\\cdot", "\\times"} and use.after != "{",
}
