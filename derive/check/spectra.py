"""Spectra given: `X(j\\omega) = \\mathcal{F}\\{x(t)\\}` says what X is where it is said first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.definitions import DEFINED
from derive.check.judge import Outcome
from derive.check.signals.laws import law_of
from derive.check.signals.proof import Theory, with_unit
from derive.check.terms import Term, head_of, meaning
from derive.meaning.form import Form

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["spectrum_given"]


def spectrum_given(page: Page, left: Term, right: Term) -> Outcome | None:
    """The outcome of an equation that says what a spectrum or a transform is: a definition, and the same again later.

    None for any other equation, and for `X(s) = …`, which is a definition like that of any function.
    """
    theory = page.judge.theory
    if theory is None or left.form is None or right.form is None or head_of(left.node) is not None:
        return None
    raw = [meaning(Term(term.piece, term.node), page.knowledge.lexicon).form for term in (left, right)]
    if raw[0] is None or raw[1] is None:
        return None
    sides = with_unit(raw[0], theory.signals), with_unit(raw[1], theory.signals)
    if not _is_given(*sides, theory):
        return None
    if sides in page.judge.laws_said:
        return Outcome("proved", by="signals", trust="exact")
    page.judge.laws_said.add(sides)
    return DEFINED


def _is_given(left: Form, right: Form, theory: Theory) -> bool:
    """Whether this is one of the equations that the page's spectra or transforms were taken from."""
    if law_of(left, right) in theory.laws:
        return True
    if left.head != "opaque" or len(left.args) != 2 or left.args[1].head != "call":
        return False
    return any(
        (each.operator, each.signal, each.body) == (left.args[0], left.args[1].name, right)
        for each in theory.signals.definitions
    )
