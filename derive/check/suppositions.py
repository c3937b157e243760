"""Verdicts that rest on macros defined nowhere: conditional instead of proved, undecided instead of refuted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.result import Notice
from derive.check.terms import Term
from derive.model.context import Context
from derive.model.statement import equality_kind
from derive.read.document import Document
from derive.read.macros import Definition
from derive.read.supposed import Supposed

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["Suppositions", "resting"]

_COMMAND = re.compile(r"\\[A-Za-z]+")


@dataclass(slots=True)
class Suppositions:
    """What is supposed of macros: the condition for each command whose meaning rests on one, and those used so far."""

    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    used: tuple[str, ...] = ()

    @classmethod
    def of(cls, supposed: Iterable[Supposed], definitions: Mapping[str, Definition]) -> Suppositions:
        """The suppositions of a document; a macro of the author's whose body uses a supposed one rests on it too."""
        says: dict[str, tuple[str, ...]] = {each.definition.name: (each.says,) for each in supposed if each.says}
        grown = bool(says)
        while grown:
            grown = False
            for name, definition in definitions.items():
                inner = dict.fromkeys(word for used in _COMMAND.findall(definition.body) for word in says.get(used, ()))
                if inner and name not in says:
                    says[name] = tuple(inner)
                    grown = True
        return cls(says)

    def of_text(self, *texts: str) -> tuple[str, ...]:
        """The conditions under which texts mean what they are read as."""
        if not self.says:
            return ()
        found = (words for text in texts for name in _COMMAND.findall(text) for words in self.says.get(name, ()))
        return tuple(dict.fromkeys(found))

    def notice(self, document: Document) -> tuple[Notice, ...]:
        """What is said once of a document whose macros were given a meaning."""
        start = next((f.start for f in document.formulas if self.of_text(f.text)), None)
        if start is None:
            return ()
        words = tuple(dict.fromkeys(word for says in self.says.values() for word in says))
        place = document.place(start, start)
        message = f"defined nowhere in what was checked, and read so: {'; '.join(words)}"
        return (Notice("DRV307", message, place.line, place.column, place.path),)


def resting(page: Page, outcome: Outcome | None, left: Term, right: Term, own: tuple[str, ...]) -> Outcome | None:
    """The outcome of a link whose text rests on its `own` conditions; what it uses of the page may rest on more.

    What the page has said counts unless the two sides alone give the same answer: equalities are asked about again
    with nothing known, and of everything else all that was read so far may have been used.
    """
    supposed = page.suppositions
    if outcome is None or outcome.status not in ("proved", "conditional", "attested", "refuted"):
        return outcome
    conditions = own
    if set(supposed.used) - set(own) and not _stands_alone(page, outcome, left, right):
        conditions = tuple(dict.fromkeys((*own, *supposed.used)))
    if not conditions:
        return outcome
    if outcome.status == "refuted":
        message = f"the two sides differ if {' and '.join(conditions)}, which is not said"
        return Outcome("undecided", "DRV306", message)
    if outcome.status == "attested":
        return replace(outcome, message=f"{outcome.message}; this rests on: {' and '.join(conditions)}")
    every = (*outcome.conditions, *conditions)
    message = f"holds only if {' and '.join(every)}"
    return replace(outcome, status="conditional", code="DRV201", conditions=every, message=message)


def _stands_alone(page: Page, outcome: Outcome, left: Term, right: Term) -> bool:
    """Whether the answer is the same where nothing is known but the two sides."""
    if left.form is None or right.form is None:
        return False
    kind = equality_kind(left.form, right.form)
    if outcome.status == "refuted":
        own = all(page.knowledge.expanded(side) == side for side in (left.form, right.form))
        verdict = page.judge.verdict(kind, left.form, right.form, Context())
        return own and outcome.code == "DRV101" and verdict.status == "refuted"
    return page.judge.is_proved(kind, left.form, right.form, Context())
