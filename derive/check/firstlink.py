"""The first link of a statement: a definition, a restatement, a consequence, an identity, or a given."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.consequences import consequence
from derive.check.definitions import definition, is_case, is_definable, is_named, looked_at, reverse_definition
from derive.check.entries import judged_entries
from derive.check.evidence import is_constant, is_opaque, is_operation
from derive.check.flows import flow_step, is_differential_equation, unknown_functions
from derive.check.identities import Compared, compared, opaque, refuted_identity, words_follow
from derive.check.inforce import follows
from derive.check.judge import NOT_SAMPLED, Outcome
from derive.check.line import Line
from derive.check.probability.judged import judged_probability
from derive.check.terms import Term, head_of
from derive.check.times import undotted
from derive.meaning.form import Form, free_variables, var
from derive.notation.tree import Call, Group, Product
from derive.read.prose import FORMULA, announces

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["first_link"]

GIVEN = Outcome("assumed", message="an equation that the page gives")
_SUPPOSES = re.compile(r"\b(?:if|when(?:ever)?|provided|as long as|in case)\b", re.IGNORECASE)
_WITH = re.compile(rf"\b(?:with|if|when|where|that)(?:\W*\b(?:and|or)|[\s{FORMULA}$,])*\Z", re.IGNORECASE)
_GIVEN = frozenset({"assumes", "asks", "defines"})
_GIVING = frozenset({"assumes", "asks", "defines", "domain"})


def first_link(page: Page, line: Line, left: Term, right: Term) -> Outcome:
    """The outcome of `left = right` at the beginning of a statement; may define names or hold an equation."""
    head = head_of(left.node)
    knowledge = page.knowledge
    if is_case(page, line, left, right):
        return looked_at(page, left, right)
    by_algebra = judged_probability(page, line, left, right)
    if by_algebra is not None and (not _gives(line) or _is_law(line, by_algebra)):
        return by_algebra
    if head is not None and is_definable(head):
        if _is_derivative_of_known(page, head.name) and left.form is not None and right.form is not None:
            followed = follows(page, left.form, right.form)
            if followed is not None:
                return followed
        if not knowledge.is_defined(head.name):
            free = not knowledge.is_constrained(head.name) and not line.statement.arrow
            if free or head.parameters is not None:
                return definition(page, line, left, right)
        else:
            return _restated(page, line, left, right)
    other = head_of(right.node)
    if (
        other is not None
        and other.parameters is not None
        and not knowledge.is_defined(other.name)
        and left.form is not None
    ):
        return reverse_definition(page, left, right, other)
    return _equation(page, line, left, right)


def _is_law(line: Line, outcome: Outcome) -> bool:
    """Whether an equation that no words derive is a law all the same, and neither a definition nor a premise."""
    if outcome.status == "refuted":
        return True
    return line.cue not in _GIVING and not any("independent" in condition for condition in outcome.conditions)


def _is_derivative_of_known(page: Page, name: str) -> bool:
    """Whether a name bears dots, and the page says what it is without them."""
    plain, order = undotted(name)
    return order > 0 and page.knowledge.is_defined_here(plain) and not page.knowledge.is_defined(name)


def _restated(page: Page, line: Line, left: Term, right: Term) -> Outcome:
    """An equation for a name that has a definition: the same again, or a new one."""
    if right.form is None or left.form is None:
        return definition(page, line, left, right) if _gives(line) else opaque(left, right)
    pair = compared(page, line, left, right)
    assert pair is not None
    if pair.verdict.status in ("proved", "conditional", "attested"):
        return page.judge.outcome(pair.verdict, "DRV101")
    derived = consequence(page, line, left.form, right.form)
    if derived is not None and derived.holds:
        return derived
    followed = follows(page, left.form, right.form)
    if followed is not None:
        return followed
    old = page.knowledge.abbreviations[head_name(left)]
    told = line.cue not in ("derives", "recalls") or announces(line.sentence.rsplit(".", 1)[-1], "defines")
    if told or old.section != page.knowledge.section:
        return definition(page, line, left, right)
    if page.knowledge.is_open(old.name):
        return definition(page, line, left, right)
    if pair.verdict.status == "refuted":
        return refuted_identity(page, pair, left, right, computed=False)
    return page.judge.outcome(pair.verdict, "DRV101")


def head_name(term: Term) -> str:
    head = head_of(term.node)
    assert head is not None
    return head.name


def _equation(page: Page, line: Line, left: Term, right: Term) -> Outcome:
    """An equation with an expression, or an unknown that equations speak of, on its left side."""
    by_entries = judged_entries(page, left, right) or judged_probability(page, line, left, right)
    if by_entries is not None:
        return by_entries
    pair = compared(page, line, left, right)
    if pair is None:
        told = (line.cue in _GIVEN or _is_condition(line, left)) and not line.statement.arrow
        return GIVEN if told else opaque(left, right)
    if pair.verdict.status in ("proved", "conditional", "attested"):
        return page.judge.outcome(pair.verdict, "DRV101")
    left_form, right_form = pair.raw
    derived = consequence(page, line, left_form, right_form)
    equation = Form("eq", (left_form, right_form))
    earlier = page.knowledge.equations
    if derived is None or not derived.holds:
        derived = flow_step(page, line, left_form, right_form) or derived
    opens = is_differential_equation(page, left_form, right_form)
    if derived is not None and derived.status == "refuted":
        page.knowledge.doubt(equation)
        return derived
    if not _is_value(left, right_form):
        page.knowledge.hold(equation)
    if derived is not None and derived.holds:
        return derived
    followed = None if _is_value(left, right_form) else follows(page, left_form, right_form)
    if followed is not None:
        return followed
    if _is_value(left, right_form) and pair.verdict.status == "refuted" and not line.statement.arrow:
        if line.cue == "derives":
            return Outcome("undecided", "DRV302", f"nothing that is understood says what {line.source(left.piece)} is")
        return Outcome("assumed", message="a value that the page gives")
    followed = words_follow(page, pair) if pair.verdict in NOT_SAMPLED else None
    if followed is not None:
        return followed
    if pair.verdict.status != "refuted":
        outcome = page.judge.outcome(pair.verdict, "DRV101")
        opaque_sides = is_opaque(pair.left) or is_opaque(pair.right) or pair.verdict in NOT_SAMPLED
        if _gives(line) and (opaque_sides or line.cue in ("assumes", "asks")):
            return GIVEN
        return replace(outcome, code="DRV304") if opaque_sides else outcome
    if not line.statement.arrow and _is_another_law(left_form, earlier):
        return GIVEN
    if opens and _gives(line) and not announces(line.sentence, "derives"):
        for name, _ in unknown_functions(left_form, right_form):
            page.knowledge.open_again(name)
        return GIVEN
    return _disagreement(page, line, pair, left, right, derived)


def _claims_all(page: Page, line: Line, pair: Compared) -> bool:
    """Whether the words claim the equation for all values of the only letter in it."""
    letter = page.statement_form(line.case.universal) if line.case.universal and line.case.understood else None
    return letter is not None and {letter} == {*map(var, free_variables(pair.left) | free_variables(pair.right))}


def _is_another_law(left: Form, earlier: list[Form]) -> bool:
    """Whether a derivative has been given by an equation before: a second one, that contradicts it, is another case."""
    if left.head != "diff":
        return False
    own, order = unknown_functions(left, left), left.args[2]
    return any(
        held.head == "eq"
        and (held.args[0] == left or (held.args[0].head == "diff" and held.args[0].args[2] == order and own))
        and own == unknown_functions(held.args[0], held.args[0])
        for held in earlier
    )


def _gives(line: Line) -> bool:
    """Whether words give the equation that begins here, rather than derive or recall it."""
    return line.cue not in ("derives", "recalls", "about") and not line.statement.arrow


def _is_condition(line: Line, left: Term) -> bool:
    """Whether words such as `with` give the value of a function at a point, `y(0) = 1`."""
    node = left.node
    written = isinstance(node, Product) and len(node.factors) == 2 and isinstance(node.factors[1], Group)
    return (written or isinstance(node, Call)) and bool(_WITH.search(line.sentence))


def _is_value(left: Term, right: Form) -> bool:
    return left.form is not None and left.form.head == "var" and not free_variables(right)


def _disagreement(page: Page, line: Line, pair: Compared, left: Term, right: Term, derived: Outcome | None) -> Outcome:
    """No identity, and not known to follow: an error, or an equation that the page gives."""
    if line.statement.arrow:
        return derived or Outcome("undecided", "DRV302", "not known to follow from the line before")
    if _claims_all(page, line, pair):
        outcome = refuted_identity(page, pair, left, right, computed=True)
        if outcome.status == "refuted":
            page.knowledge.doubt(Form("eq", pair.raw))
            return outcome
    given = line.cue in _GIVING and not announces(line.sentence, "derives")
    if given and (line.cue == "assumes" or _SUPPOSES.search(line.sentence)):
        return _given(page, pair)
    outcome = refuted_identity(page, pair, left, right, computed=False)
    numbers = is_constant(pair.raw[0]) and is_constant(pair.raw[1])
    if given and not numbers and not (outcome.correction and (line.cue != "asks" or is_operation(pair.raw[0]))):
        return _given(page, pair)
    if outcome.status == "refuted":
        page.knowledge.doubt(Form("eq", pair.raw))
        return outcome
    if derived is not None:
        return derived
    if is_constant(pair.right) or is_constant(pair.left) or line.cue != "derives":
        return _given(page, pair) if outcome.code == "DRV302" else outcome
    return outcome


def _given(page: Page, pair: Compared) -> Outcome:
    """An equation that the page gives; of a power of a letter it says what that is from here on."""
    left, right = pair.raw
    if is_named(left) and not free_variables(left) & free_variables(right):
        page.knowledge.relate(Form("eq", pair.raw))
    return GIVEN
