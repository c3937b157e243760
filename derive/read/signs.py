"""What the relation signs between pieces say, for the splitter and the checker."""

from __future__ import annotations

from typing import Literal

from derive.notation.symbols import ARROWS, RELATIONS

__all__ = ["Relates", "relates"]

Relates = Literal["equal", "defines", "defined by", "about", "order", "unequal", "implies", "iff", "implied", "other"]

_MEANING: dict[str, Relates] = {
    "=": "equal", "\\equiv": "equal", "\\xlongequal": "equal",
    ":=": "defines", "\\coloneqq": "defines", "\\coloneq": "defines", "\\triangleq": "defines", "\\defeq": "defines",
    "\\leftarrow": "defines", "\\gets": "defines", "\\longleftarrow": "defines",
    "=:": "defined by", "\\eqqcolon": "defined by", "\\eqdef": "defined by",
    "\\approx": "about", "\\approxeq": "about", "\\simeq": "about", "\\doteq": "about", "\\cong": "about",
    "<": "order", ">": "order", "\\lt": "order", "\\gt": "order", "\\le": "order", "\\leq": "order",
    "\\leqslant": "order", "\\leqq": "order", "\\ge": "order", "\\geq": "order", "\\geqslant": "order",
    "\\geqq": "order", "\\ne": "unequal", "\\neq": "unequal",
    "\\Rightarrow": "implies", "\\implies": "implies", "\\Longrightarrow": "implies", "\\therefore": "implies",
    "\\Leftrightarrow": "iff", "\\iff": "iff", "\\Longleftrightarrow": "iff",
    "\\Leftarrow": "implied", "\\impliedby": "implied", "\\Longleftarrow": "implied", "\\because": "implied",
}  # fmt: skip


def relates(sign: str) -> Relates | None:
    """What a sign says; None for what is no relation sign."""
    known = _MEANING.get(sign)
    if known is None and (sign in RELATIONS or sign in ARROWS):
        return "other"
    return known
