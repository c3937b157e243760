"""Answering a page: each block of its source in turn, by the engine and the verifier, into a page of results."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from derive.catalogue.desk import Desk, closed_up, equation
from derive.catalogue.pagefile import Entry, PageFileError, PageSource
from derive.engine.differentiate import differentiate
from derive.engine.errors import EngineError
from derive.engine.into import companion, express
from derive.engine.rewrite import apply_rule
from derive.engine.solve import solve
from derive.engine.writing import derivative
from derive.meaning.form import var
from derive.meaning.names import name_of
from derive.model.claim import Claim, ClaimKind
from derive.model.derivation import Derivation, Step
from derive.model.page import Block, Checked, Claimed, Derived, Page, Prose, Section, Statement, Table
from derive.model.rule import Rule
from derive.model.setting import QuestionError
from derive.notation.tree import Call, Derivative, Differential, Link, Node, Relation, Symbol
from derive.rules import rule_named
from derive.verify.ladder import verify
from derive.verify.report import report

__all__ = ["answered"]

INLINE = re.compile(r"\\\((.+?)\\\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Answered:
    """The block that an entry becomes, and the desk it leaves behind."""

    block: Block
    desk: Desk


def answered(source: PageSource) -> Page:
    """The page with every question of its source answered and every claim verified.

    Raises PageFileError, with the line of the block, for a question that cannot be read or answered.
    """
    desk, title = Desk(), ""
    sections: list[Section] = []
    blocks: list[Block] = []
    for entry in source.entries:
        if entry.kind == "section":
            sections.append(Section(title, tuple(blocks)))
            title, blocks = str(entry.value), []
            continue
        try:
            step = ANSWERS[entry.kind](desk, entry)
        except (QuestionError, EngineError) as error:
            raise PageFileError(str(error), source.path, entry.line) from None
        desk = step.desk
        blocks.append(step.block)
    sections.append(Section(title, tuple(blocks)))
    return Page(source.name, source.title, tuple(s for s in sections if s.title or s.blocks))


# --- prose, definitions, tables ----------------------------------------------------------------------------


def _prose(desk: Desk, entry: Entry) -> _Answered:
    return _Answered(Prose(desk.filled(entry.value)), desk)


def _define(desk: Desk, entry: Entry) -> _Answered:
    wider, node = desk.defining(entry.value)
    assert node.first is not None, "a definition has a left side"
    full = wider.unfolded(node.first)
    shown = node if full == node.links[-1].term else replace(node, links=(*node.links, Link("=", full)))
    return _Answered(Statement("definition", (shown,)), wider.with_result(entry.text("name"), shown))


def _recall(desk: Desk, entry: Entry) -> _Answered:
    statements = []
    for text in entry.value:
        term = desk.setting.read(text)
        statements.append(equation(term, _value(desk, term)))
    checks = tuple(check for statement in statements for check in desk.checked(statement))
    return _Answered(Statement("recall", tuple(statements), checks), desk)


def _table(desk: Desk, entry: Entry) -> _Answered:
    rows = tuple(tuple(desk.filled(cell) for cell in row) for row in entry.value)
    written = (formula for row in entry.value for cell in row for formula in INLINE.findall(cell))
    checks = tuple(check for formula in written for check in _stated(desk, formula))
    columns = entry.texts("columns") or ("",) * max(len(row) for row in rows)
    return _Answered(Table(columns, rows, checks), desk)


def _stated(desk: Desk, formula: str) -> tuple[Checked, ...]:
    """The claims of a formula that the author wrote; `p = ...` for a letter without a definition is none."""
    text = desk.filled(rf"\({formula}\)")[2:-2]
    node = desk.setting.read(text)
    if not isinstance(node, Relation) or node.first is None:
        return ()
    is_value = isinstance(node.first, Symbol) and desk.unfolded(node.first) == node.first
    return () if is_value else desk.checked(node, text)


# --- questions to the engine -------------------------------------------------------------------------------


def _solve(desk: Desk, entry: Entry) -> _Answered:
    setting = desk.setting.assuming(*entry.texts("given"))
    question, unknown = setting.read(entry.value), setting.read(entry.text("for"))
    solution = solve(question, unknown, setting.given)
    derivation = replace(solution.derivation, context=setting.context)
    return _derived(desk, entry, derivation)


def _diff(desk: Desk, entry: Entry) -> _Answered:
    setting = desk.setting.assuming(*entry.texts("given"))
    asked, variable = setting.read(entry.value), setting.read(entry.text("wrt"))
    term = desk.unfolded(asked)
    is_name = term != asked
    rewritten, first = _rewritten(term, variable, entry.texts("first"))
    made = differentiate(rewritten, variable, given=setting.given)
    start = first[0].before if first else made.start
    derivation = Derivation(made.title, setting.context, made.given, start, (*first, *made.steps))
    letter = asked if is_name and isinstance(asked, Symbol) else None
    left = _left(desk, entry) or (_derivative_of(asked, variable, letter is not None) if is_name else None)
    return _derived(desk, entry, derivation, left, letter)


def _rewritten(term: Node, variable: Node, rules: tuple[str, ...]) -> tuple[Node, tuple[Step, ...]]:
    """The term rewritten by the rules under its derivative, and the steps that do so."""
    steps: list[Step] = []
    for name in rules:
        applied = apply_rule(_rule(name), term)
        if applied is None:
            raise EngineError(f"the rule {name} does not fit this term")
        before, after = derivative(term, variable), derivative(applied.node, variable)
        steps.append(Step(before, "=", after, name, applied.rule.says, applied.owes))
        term = applied.node
    return term, tuple(steps)


def _express(desk: Desk, entry: Entry) -> _Answered:
    result = desk.result(entry.value)
    derivation = replace(_expressed(desk, entry.text("in"), result.right), context=desk.setting.context, given=())
    return _derived(desk, entry, derivation, _left(desk, entry) or result.left)


def _derived(
    desk: Desk, entry: Entry, derivation: Derivation, left: Node | None = None, letter: Node | None = None
) -> _Answered:
    name = entry.text("name")
    found = derivation.result
    statement = found if isinstance(found, Relation) else equation(left or derivation.start, found)
    return _Answered(Derived(name, report(derivation), left, letter), desk.with_result(name, statement))


def _result(desk: Desk, entry: Entry) -> _Answered:
    """An earlier result stated again: in a function, or with another left side, which is then a claim."""
    statement = desk.result(entry.value).statement
    checks: tuple[Checked, ...] = ()
    if "in" in entry.options:
        last = statement.links[-1].term
        into = _expressed(desk, entry.text("in"), last).result
        statement = replace(statement, links=(*statement.links, Link("=", into)))
        checks = desk.checked(equation(last, into))
    if "left" in entry.options:
        left = desk.setting.read(entry.text("left"))
        statement = equation(left, closed_up(statement.links[-1].term))
        checks = (*checks, *desk.checked(statement))
    return _Answered(Statement("result", (statement,), checks), desk.with_result(entry.text("name"), statement))


# --- claims ------------------------------------------------------------------------------------------------


def _claim(desk: Desk, entry: Entry) -> _Answered:
    narrower = replace(desk, setting=desk.setting.assuming(*entry.texts("given")))
    node = narrower.setting.read(entry.value)
    checks = narrower.checked(node, entry.value)
    wider = desk.with_result(entry.text("name"), node) if isinstance(node, Relation) else desk
    return _Answered(Claimed(desk.filled(entry.text("says")), node, checks), wider)


def _property(kind: ClaimKind) -> Callable[[Desk, Entry], _Answered]:
    """A property of a term in a variable, which no formula states."""

    def answer(desk: Desk, entry: Entry) -> _Answered:
        term = desk.setting.read(entry.value)
        variable = name_of(desk.setting.read(entry.text("in", "x")))
        if variable is None:
            raise QuestionError("this is no variable", entry.text("in"))
        claim = Claim(kind, desk.setting.meaning(term, entry.value), var(variable), desk.setting.context)
        return _Answered(
            Claimed(desk.filled(entry.text("says")), None, (Checked(claim, verify(claim, kernel=True)),)), desk
        )

    return answer


# --- terms -------------------------------------------------------------------------------------------------


def _left(desk: Desk, entry: Entry) -> Node | None:
    return desk.setting.read(entry.text("left")) if "left" in entry.options else None


def _derivative_of(asked: Node, variable: Node, is_letter: bool) -> Node:
    """`\\frac{dy}{dx}` for a letter, `\\frac{d}{dx} f(x)` for anything else."""
    if is_letter:
        return Derivative(asked, (Differential(variable),), form="quotient")
    return derivative(asked, variable)


def _expressed(desk: Desk, text: str, term: Node) -> Derivation:
    """The steps from a term to one in the function whose call is `text`."""
    return express(term, desk.definition_in(desk.setting.read(text))).derivation


def _value(desk: Desk, term: Node) -> Node:
    """The closed form of a term in a defined function, by the engine."""
    if isinstance(term, Call):
        return desk.unfolded(term)
    return companion(term, desk.definition_in(term)).result


def _rule(name: str) -> Rule:
    try:
        return rule_named(name)
    except KeyError:
        raise QuestionError(f"there is no rule {name!r}; derive rules lists them") from None


ANSWERS: dict[str, Callable[[Desk, Entry], _Answered]] = {
    "prose": _prose,
    "define": _define,
    "recall": _recall,
    "table": _table,
    "solve": _solve,
    "diff": _diff,
    "express": _express,
    "result": _result,
    "claim": _claim,
    "smooth": _property("smooth"),
    "increasing": _property("increasing"),
    "decreasing": _property("decreasing"),
}
