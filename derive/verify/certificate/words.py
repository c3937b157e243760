"""The five things known of a sign, and the facts that say them."""

from __future__ import annotations

from derive.verify.certificate.script import Fact, Term

__all__ = ["NEGATIVE", "NONNEGATIVE", "NONPOSITIVE", "NONZERO", "POSITIVE", "fact_for"]

POSITIVE, NEGATIVE, NONNEGATIVE, NONPOSITIVE, NONZERO = "+", "-", "+0", "-0", "!="


def fact_for(sign: str, term: Term) -> Fact:
    """The fact that says it."""
    return {
        POSITIVE: ("<", 0, term),
        NEGATIVE: ("<", term, 0),
        NONNEGATIVE: ("<=", 0, term),
        NONPOSITIVE: ("<=", term, 0),
        NONZERO: ("!=", term, 0),
    }[sign]
