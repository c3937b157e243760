"""Judging an equation by the algebra of probability: proved, proved under a condition, or not settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.probability.errors import Opaque
from derive.check.probability.extrema import Extremum, extremum, same_place
from derive.check.probability.given import law_of, put_in
from derive.check.probability.heads import BIG, items
from derive.check.probability.joints import runs_joined
from derive.check.probability.normal import Independence, Normal
from derive.check.probability.obligations import conditions, needs
from derive.check.probability.polynomials import TooLarge
from derive.check.probability.randomness import random_names
from derive.check.probability.reading import Reading, named
from derive.check.probability.refuted import refuted
from derive.check.probability.samples import with_members
from derive.check.probability.sayings import says_independent
from derive.check.probability.spelling import spelled, spelled_independence
from derive.check.terms import Term
from derive.meaning.form import Form, free_variables, subforms, var
from derive.notation.tree import BigOperator, Differential, Integral, Node, walk

if TYPE_CHECKING:
    from derive.check.line import Line
    from derive.check.page import Page

__all__ = ["judged_probability", "learn"]

MOST_VARIABLES = 5
MOST_LAWS = 24
_BREAKS = (Opaque, TooLarge, RecursionError)


def judged_probability(page: Page, line: Line, left: Term, right: Term) -> Outcome | None:
    """The outcome of an equation that the algebra proves, maybe under a condition; None where it does not."""
    if left.node is None or right.node is None or not page.said.probability:
        return None
    try:
        reading = _reading(page, left, right)
        first, second = extremum(left.node), extremum(right.node)
        if first is not None and second is not None:
            return _judged_places(reading, first, second)
        forms = reading.form(left.node), reading.form(right.node)
        if not reading.speaks:
            return None
        sentence = page.document.text[page.knowledge.sentence_start : line.formula.start]
        found = judged(*forms, sentence=sentence) or _by_laws(page, *forms) or _by_members(page, *forms)
        if found is not None or line.cue == "assumes" or _rests_on_laws(page, *forms):
            return found
        things = frozenset(_things(*forms))
        joint = len(things) == 2 and all(_is_joint(form, things) for form in forms)
        return refuted(reading, (left.node, right.node), *forms, _is_law_of_all, says_joint=joint)
    except _BREAKS:
        return None


def _reading(page: Page, left: Term, right: Term) -> Reading:
    nodes = [term.node for term in (left, right) if term.node is not None]
    sums = not any(isinstance(part, Integral) for node in nodes for part in walk(node))
    letters = [letter for node in nodes for part in walk(node) for letter in _running(part)]
    return Reading(page.said, page.judge.kinds, sums, letters[0] if letters else var("x"))


def _running(node: Node) -> Iterator[Form]:
    """The letter over whose values a sum or an integral goes."""
    below = node.lower if isinstance(node, BigOperator) and node.upper is None else None
    below = node.variable if isinstance(node, Differential) else below
    letter = None if below is None else named(below)
    if letter is not None and letter.head == "var":
        yield letter


def _judged_places(reading: Reading, first: Extremum, second: Extremum) -> Outcome | None:
    """Whether two places of maxima are the same."""
    forms = reading.form(first.body), reading.form(second.body)
    normal = _normal(None, *forms)
    found = same_place(normal, first, second, *forms, reading)
    return None if found is None else _held(list(dict.fromkeys(map(spelled, found))))


def judged(left: Form, right: Form, *, sentence: str = "") -> Outcome | None:
    """The outcome of an equation between forms of the algebra; None where it is not proved.  Raises TooLarge.

    Independence that it rests on is a condition where the sentence before does not say it.
    """
    plain = _normal(None, left, right)
    for normal in (plain, replace(plain, needed=[], known={}, cases=True)):
        if not normal.difference(left, right):
            return _held(_conditions(replace(normal, needed=[]), normal, left, right))
    for claim in _independences(left, right):
        if all(_is_joint(side, claim.of) for side in (left, right)):
            continue
        normal = _normal(claim, left, right)
        if not normal.difference(left, right):
            said = says_independent(sentence, claim)
            words = [] if said else [spelled_independence(claim)]
            return _held([*words, *_conditions(plain, normal, left, right)])
    return None


def _conditions(plain: Normal, normal: Normal, left: Form, right: Form) -> list[str]:
    """What has to hold where one side has a value and the other may have none, and what the laws used need."""
    found = conditions(needs(plain, left), needs(plain, right), normal.needed)
    return list(dict.fromkeys(map(spelled, found)))


def _held(words: list[str]) -> Outcome:
    if not words:
        return Outcome("proved", by="probability", trust="exact")
    message = f"holds only if {' and '.join(words)}"
    return Outcome("conditional", "DRV201", message, "probability", "exact", tuple(words))


def _normal(claim: Independence | None, left: Form, right: Form) -> Normal:
    settled: set[str] = set()
    for part in (*subforms(left), *subforms(right)):
        if part.head == "probability":
            settled |= free_variables(part.args[1]) | free_variables(part.args[2])
        elif part.head in BIG:
            settled.add(part.args[1].name)
    return Normal(random_names(left, right), claim, frozenset(settled))


def _things(left: Form, right: Form) -> dict[Form, None]:
    """The variables, runs of variables and events that probabilities and expectations are of."""
    found: dict[Form, None] = {}
    for part in (*subforms(left), *subforms(right)):
        if part.head == "probability":
            found |= dict.fromkeys(runs_joined([*items(part.args[1]), *items(part.args[2])]))
        elif part.head == "mean":
            found |= dict.fromkeys(items(part.args[2]))
            found |= dict.fromkeys(each for each in subforms(part.args[1]) if each.head in ("var", "index"))
    return found


def _independences(left: Form, right: Form) -> Iterator[Independence]:
    """What may be independent so that the equation holds: two things, then all of them, given some of the others."""
    found = _things(left, right)
    things = [each for each in found if each.head in ("var", "index", "eq", "in", "lt", "le")]
    for run in (each for each in found if each.head == "span"):
        yield Independence(frozenset({run}))
        rest = [each for each in things if each.head != "index" or each.args[0] != run.args[0]]
        yield from (Independence(frozenset({run}), frozenset({each})) for each in rest)
    if not 2 <= len(things) <= MOST_VARIABLES:
        return
    for size in range(2, len(things) + 1):
        for chosen in combinations(things, size):
            if len({_thing(each) for each in chosen}) < size:
                continue
            rest = [each for each in things if each not in chosen]
            for count in range(len(rest) + 1):
                for given in combinations(rest, count):
                    yield Independence(frozenset(chosen), frozenset(given))


def _is_joint(form: Form, of: frozenset[Form]) -> bool:
    """Whether a side speaks of several of these at once, so that, were they independent, nobody would write it so."""
    for part in subforms(_normal(None, form, form).form(form)):
        if part.head == "joint" and len(of.intersection(items(part.args[1]))) > 1:
            return True
        if part.head == "mean" and len(of.intersection(subforms(part.args[1]))) > 1:
            return True
    return False


def _thing(event: Form) -> Form:
    """The variable that an event is about: two events about one are not independent."""
    return event.args[0] if event.head in ("eq", "in", "lt", "le") else event


# --- what the page gives -----------------------------------------------------------------------------------


def learn(page: Page, line: Line, left: Term, right: Term, outcome: Outcome | None) -> None:
    """Keep an equation that the page gives or defines, to be put in later."""
    if not page.said.probability or outcome is None or left.node is None or right.node is None:
        return
    told = line.cue not in ("derives", "recalls") and not line.statement.arrow
    if not (outcome.status == "assumed" or (outcome.status == "undecided" and told)):
        return
    try:
        reading = _reading(page, left, right)
        forms = reading.form(left.node), reading.form(right.node)
        law = None if _is_law_of_all(*forms) else law_of(*forms, page.knowledge.section)
    except _BREAKS:
        return
    if law is not None:
        page.laws = [*(each for each in page.laws if each.left != law.left), law][-MOST_LAWS:]


def _by_laws(page: Page, left: Form, right: Form) -> Outcome | None:
    """The outcome with what the page gives put in for its left sides: one law alone, or all of them."""
    laws = [law for law in page.laws if law.holds_in(page.knowledge.section)]
    for law in reversed(laws):
        sides = put_in(left, [law]), put_in(right, [law])
        if sides != (left, right) and (found := judged(*sides)) is not None:
            return found
    sides = left, right
    for _ in range(2):
        sides = put_in(sides[0], laws), put_in(sides[1], laws)
    return judged(*sides) if sides != (left, right) else None


def _by_members(page: Page, left: Form, right: Form) -> Outcome | None:
    """The outcome with data sets taken apart into their members, with or without what the page gives."""
    apart = with_members(left, right)
    if apart is None:
        return None
    *sides, words = apart
    found = judged(*sides) or _by_laws(page, *sides)
    return found if found is None or not words else _held([*words, *found.conditions])


def _rests_on_laws(page: Page, left: Form, right: Form) -> bool:
    """Whether the page has given something about what an equation speaks of."""
    return any(put_in(side, [law]) != side for law in page.laws for side in (left, right))


def _is_law_of_all(left: Form, right: Form) -> bool:
    """Whether an equation is proved without anything being independent."""
    return not _normal(None, left, right).difference(left, right)
