"""Judging `left = right` as an identity under what the page has said, and what a disagreement amounts to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.doubts import holds_for_positive, is_special_point, other_readings
from derive.check.evidence import (
    counts,
    derived,
    has_antiderivative,
    integration_variable,
    is_constant,
    is_opaque,
    is_operation,
    is_written_out,
    same_vocabulary,
    speaks_of_primes,
    without_constant,
)
from derive.check.inforce import follows
from derive.check.judge import NOT_SAMPLED, Outcome, name_shown, shown
from derive.check.line import Line
from derive.check.pointwise import may_agree
from derive.check.slips import correction
from derive.check.terms import Term, is_literal
from derive.meaning.form import ZERO, Form, free_variables, num, subforms
from derive.meaning.names import name_of
from derive.model.claim import ClaimKind
from derive.model.context import Context, Variable
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict
from derive.notation.tree import Derivative, Evaluated, walk

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["Compared", "compared", "judged_identity", "opaque", "refuted_identity", "words_follow"]

LARGEST = 600
"""Nodes of both sides, definitions put in, up to which an equality is looked into."""

FEW_LETTERS = 2
"""Up to this many letters a difference without a likely slip still counts as an error."""


class Compared:
    """Two forms with definitions put in, the verdict on their equality, and how to ask the same of others."""

    def __init__(self, page: Page, line: Line, left: Form, right: Form) -> None:
        self.page, self.line = page, line
        self.raw = (left, right)
        self.only_current = False
        if has_antiderivative(left) or has_antiderivative(right):
            left, right = without_constant(left, right), without_constant(right, left)
        self.left, self.right = page.knowledge.expanded(left), page.knowledge.expanded(right)
        self.verdict = self._best()

    def _best(self) -> Verdict:
        """The verdict under the definitions; under the values given on the page only where that proves."""
        verdict = self._asked(*self.raw)
        knowledge = self.page.knowledge
        if verdict.status not in ("proved", "conditional", "refuted") and self.page.judge.theory is not None:
            verdict = self._by_signals() or verdict
        if verdict.status in ("proved", "conditional") or not (knowledge.values or knowledge.sentence_values):
            return verdict
        valued = tuple(knowledge.expanded(side, with_values=True) for side in self.raw)
        if valued == (self.left, self.right) or not self._puts_in(valued):
            return verdict
        at_values = self._verdict(equality_kind(*valued), *valued)
        return at_values if at_values.status == "proved" else verdict

    def _by_signals(self) -> Verdict | None:
        """A proof by the theory of signals: of the sides as they stand, with definitions that hold here, with all."""
        knowledge = self.page.knowledge
        current = tuple(knowledge.expanded(side, only_current=True) for side in self.raw)
        for left, right in dict.fromkeys((self.raw, current, (self.left, self.right))):
            found = self.page.judge.signals(equality_kind(left, right), left, right, self.context())
            if found is not None:
                return found
        return None

    def _puts_in(self, valued: tuple[Form, ...]) -> bool:
        """Whether one side has values where the other has letters: the step then is to put these in."""
        letters = [free_variables(side) for side in (self.left, self.right)]
        given = letters[0].union(letters[1]) - free_variables(valued[0]) - free_variables(valued[1])
        used = [side & given for side in letters]
        return used[0] < used[1] or used[1] < used[0]

    def _asked(self, left: Form, right: Form) -> Verdict:
        """The verdict without definitions where that proves, else with them."""
        question = self._question(left, right)
        if question is None:
            return Verdict("undecided", note="an antiderivative stands inside another expression")
        plain = equality_kind(left, right)
        if question[1:] != (left, right):
            knowledge = self.page.knowledge
            current = (knowledge.expanded(left, only_current=True), knowledge.expanded(right, only_current=True))
            bare = (knowledge.with_functions(left), knowledge.with_functions(right))
            for sides in dict.fromkeys((bare, current)):
                if sides != question[1:] and self.page.judge.is_proved(plain, *sides, self.context()):
                    return self._verdict(plain, *sides)
        if sum(1 for side in question[1:] for _ in subforms(side)) > LARGEST:
            return Verdict("undecided", note="too large with the definitions put in")
        return self._verdict(*question)

    def without_old(self) -> bool:
        """From now on without doubtful definitions and those of ended sections; whether that refutes too."""
        self.only_current = True
        question = self._question(*self.raw)
        if question is None:
            return False
        _, self.left, self.right = question
        self.verdict = self._verdict(*question)
        return self.verdict.status == "refuted"

    def supposed(self, left: Form, right: Form) -> bool:
        """Whether `left = right`, meant as these two are, is proved at once."""
        question = self._question(left, right)
        if question is None or not self._survives(*question):
            return False
        return self.page.judge.is_proved(*question, self.context())

    def question(self) -> tuple[ClaimKind, Form, Form] | None:
        """What was asked, with definitions put in."""
        return self._question(*self.raw)

    def may_agree(self, left: Form, right: Form) -> bool:
        """Whether two other forms, meant as these two are, may be equal at the counterexample."""
        question = self._question(left, right)
        return question is not None and self._survives(*question)

    def _survives(self, kind: ClaimKind, left: Form, right: Form) -> bool:
        """Whether the sides may agree at the point where these two differ."""
        found = self.verdict.counterexample
        if kind == "integral":
            left, right = left.args[0], Form("diff", (right, left.args[1], num(1)))
        return found is None or may_agree(left, right, found.point)

    def _verdict(self, kind: ClaimKind, left: Form, right: Form) -> Verdict:
        return self.page.judge.verdict(kind, left, right, self.context())

    def context(self) -> Context:
        """What holds here; and a letter up to which a sum runs is a whole number from where it begins."""
        context = self.page.knowledge.context(sorted({*counts(self.raw[0]), *counts(self.raw[1])}, key=repr))
        theory = self.page.judge.theory
        for name in sorted(theory.signals.complexes) if theory is not None else ():
            context = context.with_variable(Variable(name, "complex"))
        return context

    def _question(self, left: Form, right: Form) -> tuple[ClaimKind, Form, Form] | None:
        """What to ask: antiderivatives are compared by their derivatives, all else with definitions put in."""
        knowledge = self.page.knowledge
        if not (has_antiderivative(left) or has_antiderivative(right)):
            left = knowledge.expanded(left, only_current=self.only_current)
            right = knowledge.expanded(right, only_current=self.only_current)
            return equality_kind(left, right), left, right
        left, right = without_constant(left, right), without_constant(right, left)
        inner = {name: a.form for name, a in knowledge.abbreviations.items() if a.parameters is None}
        by = integration_variable(left) or integration_variable(right) or ""
        if left.head == "int" and len(left.args) == 2 and not has_antiderivative(right) and by not in inner:
            return "integral", left, knowledge.expanded(right)
        if by in inner and len(free_variables(inner[by])) == 1:
            (by,) = free_variables(inner[by])
        sides = derived(left, by, inner), derived(right, by, inner)
        if sides[0] is None or sides[1] is None:
            return None
        return "derivative", knowledge.expanded(sides[0]), knowledge.expanded(sides[1])


def compared(page: Page, line: Line, left: Term, right: Term) -> Compared | None:
    """The two sides compared as an identity; None where one of them has no meaning."""
    if left.form is None or right.form is None:
        return None
    return Compared(page, line, left.form, right.form)


def opaque(left: Term, right: Term) -> Outcome:
    """Nothing can be said, because the page does not decide what a side means."""
    term = left if left.form is None else right
    return Outcome("undecided", "DRV304", term.problem or "involves functions about which nothing is known")


def judged_identity(page: Page, line: Line, left: Term, right: Term, *, computed: bool) -> Outcome:
    """The outcome of a link that is meant as an identity (`computed`: a later link of a chain)."""
    pair = compared(page, line, left, right)
    if pair is None:
        return opaque(left, right)
    if pair.verdict.status in ("proved", "conditional", "attested"):
        return page.judge.outcome(pair.verdict, "DRV101")
    return follows(page, *pair.raw) or _disagreement(page, pair, left, right, computed=computed)


def _disagreement(page: Page, pair: Compared, left: Term, right: Term, *, computed: bool) -> Outcome:
    if pair.verdict.status != "refuted":
        return _not_refuted(page, pair)
    return refuted_identity(page, pair, left, right, computed=computed)


def _not_refuted(page: Page, pair: Compared) -> Outcome:
    followed = words_follow(page, pair) if pair.verdict in NOT_SAMPLED else None
    if followed is not None:
        return followed
    outcome = page.judge.outcome(pair.verdict, "DRV101")
    if outcome.status == "undecided" and (is_opaque(pair.left) or is_opaque(pair.right)):
        new = _new_names(pair)
        if new:
            return replace(outcome, code="DRV302", message=_needs(new))
        return replace(outcome, code="DRV304", message="involves functions or objects about which nothing is known")
    return outcome


def words_follow(page: Page, pair: Compared) -> Outcome | None:
    """Whether an equality of vectors and matrices follows from the equations in force by putting them in."""
    given = [held for held in page.knowledge.equations if held.head == "eq" and held.args != pair.raw]
    verdict = page.judge.consequence(given, *pair.raw, pair.context())
    return None if verdict is None else page.judge.outcome(verdict, "DRV102")


def refuted_identity(page: Page, pair: Compared, left: Term, right: Term, *, computed: bool) -> Outcome:
    """What it amounts to that two sides differ somewhere: an error, an equation, or a premise that is not said."""
    old = any(page.knowledge.leans_on_old(side) for side in pair.raw)
    if old and not pair.without_old():
        return Outcome("undecided", "DRV302", "rests on a definition from a section that has ended")
    outcome = page.judge.outcome(pair.verdict, "DRV101")
    if any(is_opaque(side) and not is_written_out(side) for side in (pair.left, pair.right)):
        return replace(_open(outcome), code="DRV304", message="involves functions about which nothing is known")
    if _gives_value_at(left) or _gives_value_at(right):
        message = "what a quantity is at one point may be given: the page does not say that it is derived"
        return replace(_open(outcome), code="DRV302", message=message)
    if speaks_of_primes(pair.left) or speaks_of_primes(pair.right):
        message = "a primed letter may be a derivative: the page does not say so"
        return replace(_open(outcome), code="DRV302", message=message)
    same = same_vocabulary(pair.left, pair.right)
    fewer = free_variables(pair.right) < free_variables(pair.left) and not is_constant(pair.right)
    operation = is_operation(pair.raw[0]) and not _is_model(left, pair)
    if not (same or fewer):
        fixed = _constant_slip(page, pair, left, right, operation=operation)
        if fixed:
            return replace(outcome, correction=fixed)
        return replace(_open(outcome), code="DRV302", message=_needs(_new_names(pair)))
    if is_literal(left.node) and is_literal(right.node):
        return replace(
            _open(outcome), code="DRV304", message="two numbers side by side; the page may mean something else"
        )
    doubt = _doubt(page, pair, left, right)
    if doubt:
        return replace(_open(outcome), code="DRV302", message=doubt)
    fixed = correction(left.node, right.node, page, pair)
    few = len(free_variables(pair.left)) <= FEW_LETTERS
    numbers = is_constant(pair.raw[0]) and is_constant(pair.raw[1])
    if fixed or (numbers and not old) or (same and not old and few and (computed or operation)):
        return replace(outcome, correction=fixed)
    if same and pair.verdict.holds_if is not None:
        message = f"holds only if {shown(pair.verdict.holds_if)}, which the page does not say"
        return replace(_open(outcome), code="DRV302", message=message)
    return replace(_open(outcome), code="DRV303", message="the two sides are equal at some points only")


def _gives_value_at(term: Term) -> bool:
    """Whether `\\dot{x}|_{t=0}` occurs: a quantity at a point, which is often an initial condition."""
    nodes = () if term.node is None else walk(term.node)
    return any(isinstance(node, Evaluated) and name_of(node.body) is not None for node in nodes)


def _constant_slip(page: Page, pair: Compared, left: Term, right: Term, *, operation: bool) -> str:
    """The correction of a number on the right, where the left side is another number whatever its letters are.

    Of an equation for its letters that could not be said.  Where the left side is to be worked out, the right one may
    have lost a factor too; a zero there is a condition.
    """
    if left.node is None or not is_constant(pair.right) or pair.right == ZERO or not free_variables(pair.left):
        return ""
    fixed = correction(left.node, right.node, page, pair)
    form = page.statement_form(fixed) if fixed else None
    explicit = operation and not any(
        isinstance(part, Derivative) and (part.body is None or name_of(part.body)) for part in walk(left.node)
    )
    return fixed if form is not None and (explicit or is_constant(page.knowledge.expanded(form))) else ""


def _is_model(left: Term, pair: Compared) -> bool:
    """Whether this is `dy/dx = f(y)` or `x dy/dx = f(y)`: an equation for y, whatever y was before."""
    nodes = () if left.node is None else walk(left.node)
    bodies = (node.body for node in nodes if isinstance(node, Derivative) and node.body is not None)
    return any(name_of(body) in free_variables(pair.raw[1]) for body in bodies)


def _doubt(page: Page, pair: Compared, left: Term, right: Term) -> str:
    """Why the counterexample may say nothing against the page; empty where it does."""
    found = pair.verdict.counterexample
    question = pair.question()
    if found is None or question is None:
        return ""
    readings = [(a, b) for a in other_readings(left, page) for b in other_readings(right, page)]
    if any(pair.may_agree(a, b) for a, b in readings[1:]):
        return "how far the arguments of functions without brackets reach is not to be seen"
    kind, first, second = question
    if kind != "integral" and is_special_point(first, second, pair.verdict, pair.context()):
        return "fails only at special points"
    if kind != "integral" and holds_for_positive(page, kind, first, second):
        return "fails only where a letter is not positive, which the page does not exclude"
    return ""


def _open(outcome: Outcome) -> Outcome:
    return replace(outcome, status="undecided", failure=None, by="", trust="none")


def _new_names(pair: Compared) -> tuple[str, ...]:
    left, right = free_variables(pair.left), free_variables(pair.right)
    return tuple(sorted((right - left) or (left - right)))


def _needs(names: tuple[str, ...]) -> str:
    listed = ", ".join(map(name_shown, names[:4])) or "a value"
    return f"needs a premise that the page does not say in words that are understood (about {listed})"
