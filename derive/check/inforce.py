"""Judging an equality by all that is in force: equations put together, dots over letters as derivatives by time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derive.check.evidence import has_antiderivative
from derive.check.judge import Outcome, shown
from derive.check.kinds import Kinds
from derive.check.likely import enough
from derive.check.times import undotted
from derive.check.totals import has_totals
from derive.meaning.form import ONE, ZERO, Form, add, free_variables, rebuild, subforms, substitute, var
from derive.verify.differentiate import NotDifferentiable, without_derivatives

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["follows"]

MOST_PREMISES = 6
COUNTS = (0, 1, 2, 3, 4, MOST_PREMISES)
"""How many of the premises are tried, the likeliest first."""

LARGEST = 300
"""Nodes of a premise or a goal up to which it is looked into."""

_BINDERS = frozenset({"int", "sum", "prod", "limit", "subs", "diff"})
_UNKNOWN = frozenset({"call", "index", "opaque"})
_PARTS = frozenset({"re", "im", "conjugate", "Abs", "arg", "sign"})
"""What would be trivial of a letter, which is real, and is not of a function's value, which need not be."""


def follows(page: Page, left: Form, right: Form) -> Outcome | None:
    """A proof that `left = right` follows from what the page has said before it; None where there is none.

    Sound because each premise is an equation that the page has stated and that was not refuted, and nothing follows
    from premises that cannot all hold.  Sums of vectors and multiples by numbers obey the laws of numbers; what is said
    of single vectors is put in, and nothing else is done with them.  What functions about which nothing is known are at
    a point, and their derivatives, are letters of their own: what holds for any numbers holds for these.  Dots are
    derivatives by time of whatever the page dots or writes as a function of t, and letters that it does not are a
    condition where a definition in them is differentiated; definitions of varying letters from sections that have ended
    are left out, because they may have been of another motion.  What the clause after the formula says (`where k = …`)
    is taken as well, but an equation that rests on it is not used any further, so that nothing goes round in a circle.
    """
    if not (_fits(page, left) and _fits(page, right)):
        return None
    knowledge, times = page.knowledge, page.times
    goal = Form("eq", tuple(knowledge.expanded_here(side, times.varying) for side in (left, right)))
    for given in ((), page.foretold) if page.foretold else ((),):
        premises = list(_related(page, goal, given))
        outcome = _proved(page, premises, goal) or _timed(page, premises, goal)
        if outcome is not None:
            if given:
                knowledge.release(Form("eq", (left, right)))
            return outcome
    return None


def _fits(page: Page, form: Form) -> bool:
    """Whether numbers are spoken of, or vectors that are only added and multiplied by numbers."""
    if has_antiderivative(form) or has_totals(form):
        return False
    return not page.judge.is_shaped(form) or all(
        _degree(side, page.judge.kinds) is not None for side in (form.parts if form.head == "eq" else (form,))
    )


def _degree(form: Form, kinds: Kinds) -> int | None:
    """1 for a vector made of vectors by sums and numbers as factors, 0 for a number; None for all else."""
    if form.head in ("var", "call") and kinds.is_vector(form.name):
        return 1
    if form.head == "var":
        return None if kinds.is_shaped_name(form.name) or kinds.may_be_shaped(form.name) else 0
    if form.head == "diff":
        return _degree(form.args[0], kinds)
    degrees = [_degree(part, kinds) for part in form.parts]
    known = [degree for degree in degrees if degree is not None]
    if len(known) < len(degrees) or (form.head == "opaque" and known):
        return None
    if form.head == "add":
        return known[0] if len(set(known)) == 1 else None
    if form.head == "mul":
        return sum(known) if sum(known) <= 1 else None
    return None if any(known) else 0


def _timed(page: Page, premises: list[Form], goal: Form) -> Outcome | None:
    """The same with dots as derivatives by time."""
    constants: set[str] = set()
    again = page.times.timed(goal, page.knowledge, constants)
    others = [page.times.timed(premise, page.knowledge, constants) for premise in premises]
    if again == goal and others == premises:
        return None
    outcome = _proved(page, others, again)
    if outcome is None or not constants:
        return outcome
    fixed = (shown(Form("eq", (Form("diff", (var(name), var("t"), ONE)), ZERO))) for name in sorted(constants))
    conditions = tuple(dict.fromkeys((*outcome.conditions, *fixed)))
    said = f"holds only if {' and '.join(conditions)}"
    return replace(outcome, status="conditional", code="DRV201", message=said, conditions=conditions)


def _related(page: Page, goal: Form, foretold: Iterable[Form]) -> Iterator[Form]:
    """The equations in force that share letters with the goal, or with one that does, the latest first."""
    knowledge = page.knowledge
    cases = (Form("eq", (var(name), value)) for name, value in knowledge.sentence_values.items())
    held = (*foretold, *cases, *reversed(knowledge.in_force))
    expanded = (knowledge.expanded_here(each, page.times.varying) for each in held)
    waiting = [
        form
        for form in dict.fromkeys(expanded)
        if form.head == "eq" and form.args not in (goal.args, goal.args[::-1]) and form.args[0] != form.args[1]
        if _fits(page, form) and _is_small(form)
    ]
    names = _names(goal)
    for _ in range(MOST_PREMISES):
        found = next((form for form in waiting if _names(form) & names), None)
        if found is None:
            return
        waiting.remove(found)
        names |= _names(found)
        yield found


def _names(form: Form) -> frozenset[str]:
    """Letters and unknown functions, a letter with dots counting as the letter."""
    names = free_variables(form) | {part.name for part in subforms(form) if part.head == "call"}
    return frozenset(undotted(name)[0] for name in names) - {"t"}


def _is_small(form: Form) -> bool:
    return sum(1 for _ in subforms(form)) <= LARGEST


def _proved(page: Page, premises: list[Form], goal: Form) -> Outcome | None:
    """The goal by the fewest of the premises, in their order, or with what they say of single letters put in."""
    letters = _Letters()
    wanted = letters.put(goal)
    every = [letters.put(premise) for premise in premises]
    if not _is_small(wanted):
        return None
    vectors = page.judge.is_shaped(goal)
    for given in _likely(every, wanted):
        for equations, equation in _ways(given, wanted):
            if equations and vectors:
                continue
            outcome = _asked(page, equations, equation)
            if outcome.holds and not _are_contradictory(page, given):
                conditions = tuple(dict.fromkeys(map(letters.undone, outcome.conditions)))
                said = f"holds only if {' and '.join(conditions)}" if conditions else "follows from equations before"
                return replace(outcome, message=said, conditions=conditions)
    return None


def _likely(premises: list[Form], goal: Form) -> Iterator[list[Form]]:
    """The fewest of the premises, in their order, by which the goal seems to hold; and all of them."""
    counts = [*(count for count in COUNTS if count < len(premises)), len(premises)]
    fewest = next(enough(premises, goal, counts), None)
    if fewest is None:
        return
    yield premises[:fewest]
    if fewest < len(premises):
        yield premises


def _ways(given: list[Form], goal: Form) -> Iterator[tuple[list[Form], Form]]:
    """The goal by itself when letters are put in; under the premises; under what is left of them then."""
    left, changed = _put_in(given, goal)
    if changed != goal:
        yield [], changed
    yield given, goal
    if changed != goal and left:
        yield left, changed


def _asked(page: Page, given: list[Form], goal: Form) -> Outcome:
    judge, context = page.judge, page.knowledge.context()
    if not given:
        return judge.outcome(judge.at_once("identity", goal.args[0], goal.args[1], context), "DRV101")
    whole = given[0] if len(given) == 1 else Form("and", tuple(given))
    return judge.outcome(judge.at_once("implies", whole, goal, context), "DRV102")


def _put_in(premises: list[Form], goal: Form) -> tuple[list[Form], Form]:
    """What each premise `x = …` says put into the goal and the other premises."""
    left = list(premises)
    for premise in premises:
        found = _said(premise) if premise in left else None
        if found is None or found[0] not in free_variables(goal):
            continue
        left = [substitute(other, dict([found])) for other in left if other is not premise]
        goal = substitute(goal, dict([found]))
    return left, goal


def _said(premise: Form) -> tuple[str, Form] | None:
    """The letter that an equation gives, and what it gives for it."""
    for side, other in (premise.args, premise.args[::-1]):
        if side.head == "var" and side.name not in free_variables(other):
            return side.name, other
    return None


def _are_contradictory(page: Page, premises: list[Form]) -> bool:
    """Whether the premises cannot all hold, so that anything would follow."""
    if not premises:
        return False
    whole = premises[0] if len(premises) == 1 else Form("and", tuple(premises))
    return page.judge.is_proved("implies", whole, Form("eq", (ONE, ZERO)), page.knowledge.context())


@dataclass(slots=True)
class _Letters:
    """Values and derivatives of unknown functions, entries and operators' results met so far, each a letter."""

    known: dict[Form, Form] = field(default_factory=dict)

    def undone(self, text: str) -> str:
        """A condition as it is printed, with what the letters stand for."""
        for form, letter in self.known.items():
            text = text.replace(shown(letter), shown(form))
        return text

    def put(self, form: Form) -> Form:
        """The form with derivatives worked out, and with letters for what is unknown in it."""
        try:
            form = _with_orders_added(without_derivatives(form))
        except NotDifferentiable:
            return form
        return self._put(form)

    def _put(self, form: Form) -> Form:
        if form.head in _UNKNOWN or (form.head in _BINDERS | _PARTS and self._speaks_of_unknown(form)):
            return self.known.setdefault(form, var(f"value__{len(self.known)}"))
        if form.head in _BINDERS or not form.parts:
            return form
        args = tuple(self._put(arg) if isinstance(arg, Form) else arg for arg in form.args)
        return form if args == form.args else rebuild(form.head, args)

    @staticmethod
    def _speaks_of_unknown(form: Form) -> bool:
        return any(part.head in _UNKNOWN for part in subforms(form))


def _with_orders_added(form: Form) -> Form:
    """A derivative of a derivative by the same letter as one of higher order."""
    if not form.parts:
        return form
    form = rebuild(form.head, tuple(_with_orders_added(arg) if isinstance(arg, Form) else arg for arg in form.args))
    if form.head == "diff" and form.args[0].head == "diff" and form.args[0].args[1] == form.args[1]:
        body, variable, inner = form.args[0].args
        return Form("diff", (body, variable, add(inner, form.args[2])))
    return form
