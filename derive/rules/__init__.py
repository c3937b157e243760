"""All rules as rows: each is the engine's rewrite, the manual's entry, the reason beside a line, and a test."""

from __future__ import annotations

from derive.model.rule import Rule
from derive.rules.algebra import ALGEBRA
from derive.rules.derivatives import DERIVATIVES
from derive.rules.equations import EQUATIONS
from derive.rules.exponentials import EXPONENTIALS
from derive.rules.functions import FUNCTIONS
from derive.rules.trigonometry import TRIGONOMETRY

__all__ = ["ALL_RULES", "rule_named"]

ALL_RULES: tuple[Rule, ...] = (*ALGEBRA, *EXPONENTIALS, *TRIGONOMETRY, *EQUATIONS, *FUNCTIONS, *DERIVATIVES)
_BY_NAME = {rule.name: rule for rule in ALL_RULES}


def rule_named(name: str) -> Rule:
    """The row of that name; raises KeyError for a name that is in no table."""
    return _BY_NAME[name]
