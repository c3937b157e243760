"""Judging single claims: the verifier asked, its verdict told in the words of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from derive.check.brackets import has_brackets
from derive.check.kinds import Kinds
from derive.check.result import Failure
from derive.check.shaped import follows_from, judged_shapes
from derive.check.signals.proof import Theory, proved, takes_parts
from derive.check.totals import has_totals
from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.notate import notation_of
from derive.model.claim import Claim, ClaimKind
from derive.model.context import Context
from derive.model.verdict import Status, Verdict
from derive.notation.unicode import text as printed

__all__ = ["NOT_SAMPLED", "Judge", "Outcome", "shown"]


_EQUALITIES = frozenset({"identity", "derivative", "sum", "defint", "limit", "matrix"})
TOTALS = Verdict("undecided", note="differentials that are not equal as they stand")
SHAPED = Verdict("undecided", note="involves vectors or matrices, whose products do not commute")
COMPLEX = Verdict("undecided", note="involves parts or sizes of signals and letters that may be complex")
NOT_SAMPLED = (SHAPED, TOTALS)
"""What is said where no sample could speak against an equation, so that it may be one that the page gives."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be reported of a step: status, code, one sentence, and what the verifier gave.

    `token` is the place in the formula of what could not be read.
    """

    status: Status
    code: str = ""
    message: str = ""
    by: str = ""
    trust: str = "none"
    conditions: tuple[str, ...] = ()
    failure: Failure | None = None
    correction: str = ""
    token: tuple[int, int] | None = None

    @property
    def holds(self) -> bool:
        return self.status in ("proved", "conditional")


def shown(form: Form) -> str:
    """A form as text for people; its own spelling where it cannot be notated."""
    try:
        return printed(notation_of(form))
    except (MeaningError, ValueError, KeyError, TypeError, RecursionError):
        return repr(form)


@dataclass(slots=True)
class Judge:
    """Asks the verifier; every answer is kept, so that a claim is verified once.

    What holds for numbers is no evidence for vectors and matrices: forms that speak of these are asked about by
    entries, by components or by words that keep their order.
    """

    verifier: Callable[[Claim], Verdict]
    quick: Callable[[Claim], Verdict]
    kinds: Kinds
    theory: Theory | None = None
    answers: dict[Claim, Verdict] = field(default_factory=dict)
    tried: dict[Claim, Verdict] = field(default_factory=dict)
    laws_said: set[tuple[Form, Form]] = field(default_factory=set)
    by_signals: dict[Claim, Verdict | None] = field(default_factory=dict)

    def verdict(self, kind: ClaimKind, left: Form, right: Form, context: Context) -> Verdict:
        if self.is_shaped(left, right):
            return self._shaped(kind, left, right, context)
        if self.theory is not None and (takes_parts(left, self.theory) or takes_parts(right, self.theory)):
            return COMPLEX
        claim = Claim(kind, left, right, context)
        known = self.answers.get(claim)
        if known is None:
            known = self.answers[claim] = self._by_entries(claim) or self._asked(claim, self.verifier)
        return known

    def signals(self, kind: ClaimKind, left: Form, right: Form, context: Context) -> Verdict | None:
        """A proof by what transforms, convolutions and impulses are, on a page about signals; None where none."""
        if self.theory is None or kind not in _EQUALITIES:
            return None
        claim = Claim(kind, left, right, context)
        if claim not in self.by_signals:
            ask = partial(self._asked, verifier=self.quick)
            self.by_signals[claim] = proved(left, right, context, self.theory, ask)
        return self.by_signals[claim]

    def _by_entries(self, claim: Claim) -> Verdict | None:
        """A proof that matrices written out are equal; None where there is none."""
        if claim.kind != "matrix":
            return None
        ask = partial(self._asked, verifier=self.quick)
        return judged_shapes(claim.left, claim.right, claim.context, self.kinds, ask)

    def consequence(self, given: Iterable[Form], left: Form, right: Form, context: Context) -> Verdict | None:
        """A proof that an equality of vectors and matrices follows from others; None where there is none."""
        if not self.is_shaped(left, right):
            return None
        return follows_from(given, left, right, context, self.kinds, partial(self._asked, verifier=self.quick))

    def is_shaped(self, *sides: Form) -> bool:
        """Whether forms speak of vectors, matrices, differentials or brackets, about which a sample says nothing."""
        return (
            any(map(self.kinds.is_shaped, sides))
            or any(map(has_totals, sides))
            or (bool(self.kinds.brackets) and any(map(has_brackets, sides)))
        )

    def _shaped(self, kind: ClaimKind, left: Form, right: Form, context: Context) -> Verdict:
        """The verdict on an equality of vectors and matrices, which is never refuted here."""
        if kind not in _EQUALITIES:
            return SHAPED
        claim = Claim(kind, left, right, context)
        known = self.answers.get(claim)
        if known is None:
            ask = partial(self._asked, verifier=self.quick)
            known = self.answers[claim] = judged_shapes(left, right, context, self.kinds, ask) or _left_open(
                left, right
            )
        return known

    def is_proved(self, kind: ClaimKind, left: Form, right: Form, context: Context) -> bool:
        """Whether a supposition is proved at once, with little time spent on it."""
        if self.is_shaped(left, right):
            return self._shaped(kind, left, right, context).status == "proved"
        if self.theory is not None and (takes_parts(left, self.theory) or takes_parts(right, self.theory)):
            return False
        claim = Claim(kind, left, right, context)
        known = self.answers.get(claim)
        if known is None:
            known = self._by_entries(claim) or self._asked(claim, self.quick)
            if known.status == "proved":
                self.answers[claim] = known
        return known.status == "proved"

    def at_once(self, kind: ClaimKind, left: Form, right: Form, context: Context) -> Verdict:
        """The verdict on a supposition, with little time spent on it."""
        if self.theory is not None and (takes_parts(left, self.theory) or takes_parts(right, self.theory)):
            return COMPLEX
        claim = Claim(kind, left, right, context)
        known = self.tried.get(claim)
        if known is None:
            known = self.tried[claim] = self.answers.get(claim) or self._asked(claim, self.quick)
        return known

    @staticmethod
    def _asked(claim: Claim, verifier: Callable[[Claim], Verdict]) -> Verdict:
        """The verifier's word; a claim on which it breaks stays open, and the rest of the page is checked."""
        try:
            return verifier(claim)
        except (RecursionError, MemoryError):
            return Verdict("undecided", note="the claim is too large")
        except Exception as error:
            return Verdict("undecided", note=f"the verifier failed: {type(error).__name__}: {error}")

    def outcome(self, verdict: Verdict, refuted_code: str, names: Iterable[str] = ()) -> Outcome:
        """The outcome that a verdict amounts to when nothing else is known."""
        conditions = tuple(shown(condition) for condition in verdict.conditions)
        outcome = Outcome(verdict.status, by=verdict.by, trust=verdict.trust, conditions=conditions)
        if verdict.status == "conditional":
            message = f"holds only if {' and '.join(conditions)}" if conditions else "holds only under a condition"
            return replace(outcome, code="DRV201", message=message)
        if verdict.status == "attested":
            return replace(outcome, code="DRV305", message="a computer algebra system agrees; there is no proof")
        if verdict.status == "undecided":
            return replace(outcome, code="DRV301", message=verdict.note or "neither proved nor refuted")
        if verdict.status == "refuted":
            return replace(outcome, code=refuted_code, failure=failure_of(verdict), message=_refutation(verdict))
        return outcome


def _left_open(left: Form, right: Form) -> Verdict:
    """What is said of an equality that no method proves."""
    return TOTALS if has_totals(left) or has_totals(right) else SHAPED


def failure_of(verdict: Verdict) -> Failure:
    """The counterexample with its values printed."""
    found = verdict.counterexample
    if found is None:
        return Failure((), note=verdict.note)
    point = tuple((name_shown(name), shown(value)) for name, value in found.point)
    return Failure(point, found.left, found.right, found.note)


def name_shown(name: str) -> str:
    return shown(Form("var", (name,)))


def _refutation(verdict: Verdict) -> str:
    found = verdict.counterexample
    message = "the two sides differ"
    if found is not None and found.point:
        at = ", ".join(f"{name_shown(name)} = {shown(value)}" for name, value in found.point)
        message = f"false at {at}"
    if verdict.holds_if is not None:
        message += f"; true only if {shown(verdict.holds_if)}"
    return message
