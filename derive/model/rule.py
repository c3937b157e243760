"""A rule: one named textbook identity or transformation, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule tables; patterns are LaTeX in the notation that the reader reads.

    `name` is permanent and dotted (`derivative.product`); `left` is rewritten to `right`; `says` is the reason
    printed beside a line; `when` are side conditions as LaTeX statements, decided from structure
    (`x \\notin u`: free of x) or owed by the step (`u \\ne 0`).  `example` is a pair of formulas the rule
    connects; `counterexample` is a formula on which it must not fire.
    """

    name: str
    left: str
    right: str
    says: str
    when: tuple[str, ...] = ()
    example: tuple[str, str] = ("", "")
    counterexample: str = ""
    source: str = ""
