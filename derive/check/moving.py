"""Steps of mechanics with dots as letters: identities of motion, and what follows from its equations."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derive.check.components import NoComponents, by_components
from derive.check.flatsums import TooMany, with_flat_sums
from derive.check.frames import basis, frame_of, said_of
from derive.check.judge import Outcome
from derive.check.knowledge import Knowledge
from derive.check.motion import Motion, NoMotion
from derive.check.partials import chained, partials_in
from derive.check.terms import Head, Term, head_of
from derive.check.together import followed, hold
from derive.meaning.errors import MeaningError
from derive.meaning.form import ONE, ZERO, Form, free_variables, heads, subforms, var
from derive.meaning.interpret import form_of
from derive.meaning.interpret.motion import MOTION, PARTIAL, TIME, dots_of, dotted
from derive.meaning.lexicon import Lexicon
from derive.meaning.names import name_of
from derive.model.statement import equality_kind
from derive.model.verdict import Verdict
from derive.notation.tree import Accented, Derivative, Node, Subscript, walk

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["MotionKnown", "asserted", "by_motion", "is_known_motion"]

_DOTS = frozenset({"\\dot", "\\ddot", "\\dddot"})


@dataclass(slots=True)
class MotionKnown:
    """What the page has said so far, read with dots as letters: what moves, and what names stand for.

    `latest` is what the chain that defines a name ends with: `L = T - V = \\ldots`.  The page says that they are equal.
    """

    moving: set[str] = field(default_factory=set)
    definitions: dict[str, Form] = field(default_factory=dict)
    latest: dict[str, Form] = field(default_factory=dict)
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    equations: list[tuple[tuple[int, ...], Form]] = field(default_factory=list)

    def seen(self, nodes: Iterable[Node]) -> None:
        """A statement begins: what has a dot in it, or is differentiated by t as a whole, moves from here on."""
        for part in (part for node in nodes for part in walk(node)):
            name = None
            if isinstance(part, Accented) and part.command in _DOTS:
                name = name_of(part.body)
            elif isinstance(part, Subscript) and isinstance(part.base, Accented) and part.base.command in _DOTS:
                name = name_of(part)
            elif isinstance(part, Derivative) and part.sign != "\\partial" and part.body is not None:
                by = {name_of(each.variable) for each in part.variables}
                name = name_of(part.body) if by == {TIME} else None
            if name is not None:
                self.moving.add(dots_of(name)[0])

    def continued(self, name: str, right: Term, knowledge: Knowledge) -> None:
        """The chain that defines a name goes on to what stands on the right."""
        form = moving_form(right, knowledge.lexicon)
        if form is not None and name not in free_variables(form):
            self.latest[name] = form

    def defined(self, head: Head, right: Term, knowledge: Knowledge) -> None:
        """A name is defined by what stands on the right; a name whose meaning is open is defined no longer."""
        form = moving_form(right, knowledge.lexicon)
        self.definitions.pop(head.name, None)
        self.latest.pop(head.name, None)
        if form is not None and head.parameters is None and head.name not in free_variables(form):
            self.definitions[head.name] = form
            self.places[head.name] = knowledge.section


def moving_form(term: Term, lexicon: Lexicon) -> Form | None:
    """The meaning of a term with dots as letters; None where it has none."""
    if term.node is None:
        return None
    try:
        return form_of(term.node, replace(lexicon, dependents=(), moves=True))
    except (MeaningError, RecursionError, ArithmeticError, ValueError, TypeError):
        return None


def by_motion(page: Page, left: Term, right: Term) -> Outcome | None:
    """A proof of `left = right` for all motions, or from equations of motion; None where there is none."""
    sides = [moving_form(term, page.knowledge.lexicon) for term in (left, right)]
    if sides[0] is None or sides[1] is None:
        return None
    known = current_definitions(page)
    latest = {name: form for name, form in page.motion.latest.items() if name in known}
    for definitions in [known, *([known | latest] if latest else []), *([{}] if known else [])]:
        motion = Motion(
            definitions, bodies_of(page), frozenset(page.motion.moving), partials=partials_in((sides[0], sides[1]))
        )
        try:
            first, second = motion.value(sides[0]), motion.value(sides[1])
        except (NoMotion, RecursionError):
            continue
        spoken = frame_of((first, second)) is not None or any(map(_speaks_of_motion, (*sides, first, second)))  # type: ignore[arg-type]
        outcome = _worked_out(page, first, second, motion) if spoken else None
        if outcome is None and definitions is known:
            outcome = followed(page, first, second, motion)
        if outcome is not None:
            return outcome
    return None


def is_known_motion(page: Page, term: Term) -> bool:
    """Whether this is a letter with dots, of which the page has said what it is without them."""
    head = head_of(term.node)
    base, dots = dots_of(head.name) if head is not None else ("", 0)
    return dots > 0 and base in current_definitions(page)


def asserted(page: Page, left: Term, right: Term) -> None:
    """An equation that the page gives, or that was not decided, is in force from here on."""
    sides = [moving_form(term, page.knowledge.lexicon) for term in (left, right)]
    if sides[0] is None or sides[1] is None:
        return
    motion = Motion(current_definitions(page), bodies_of(page), frozenset(page.motion.moving))
    with suppress(NoMotion, RecursionError):
        hold(page, motion.value(sides[0]), motion.value(sides[1]))


def _worked_out(page: Page, first: Form, second: Form, motion: Motion) -> Outcome | None:
    """A proof that both sides, worked out, are the same for all motions."""
    context = page.knowledge.context()
    verdict = page.judge.verdict(equality_kind(first, second), first, second, context)
    said: tuple[Form, ...] = ()
    if verdict.status not in ("proved", "conditional"):
        verdict = _of_sums(page, first, second) or verdict
    if verdict.status not in ("proved", "conditional") and (by_chain := chained(first, second)) is not None:
        first, second, said = by_chain
        verdict = page.judge.verdict(equality_kind(first, second), first, second, context)
        verdict = _of_sums(page, first, second) or verdict
    if verdict.status not in ("proved", "conditional") and (in_frame := _in_frame(page, first, second)) is not None:
        verdict, said = in_frame
    if verdict.status not in ("proved", "conditional"):
        return None
    said += tuple(
        Form("eq", (var(name), Form("call", (name, var(by), var(TIME))))) for name, by in sorted(motion.functions)
    )
    fixed = tuple(Form("eq", (Form("diff", (var(name), var(by), ONE)), ZERO)) for name, by in sorted(motion.constants))
    conditions = tuple(dict.fromkeys((*verdict.conditions, *said, *fixed)))
    verdict = replace(verdict, status="conditional" if conditions else "proved", conditions=conditions, by="motion")
    return page.judge.outcome(verdict, "DRV101")


def _of_sums(page: Page, first: Form, second: Form) -> Verdict | None:
    """The verdict on both sides with their sums multiplied out; None where there are none, or too many terms."""
    if "sum" not in heads(first) | heads(second) or any(map(page.judge.kinds.is_shaped, (first, second))):
        return None
    try:
        flat = with_flat_sums(first, second)
    except TooMany:
        return None
    verdict = page.judge.at_once(equality_kind(*flat), *flat, page.knowledge.context())
    return verdict if verdict.status in ("proved", "conditional") else None


def _in_frame(page: Page, first: Form, second: Form) -> tuple[Verdict, tuple[Form, ...]] | None:
    """A proof by components in the frame whose unit vectors occur, and what must hold of these; None without one."""
    frame = frame_of((first, second))
    if frame is None:
        return None
    try:
        pairs = by_components(first, second, page.judge.kinds, basis(frame))
    except NoComponents:
        return None
    found = [page.judge.at_once(equality_kind(*pair), *pair, page.knowledge.context()) for pair in pairs]
    if any(verdict.status not in ("proved", "conditional") for verdict in found):
        return None
    conditions = tuple(dict.fromkeys(condition for verdict in found for condition in verdict.conditions))
    return Verdict("proved", "motion", "exact", conditions=conditions), said_of(frame)


def current_definitions(page: Page) -> dict[str, Form]:
    """What names stand for by the section at this place and those around it."""
    known = page.knowledge.abbreviations
    plain = {name: known[name].form for name in known if known[name].parameters is None}
    forms = plain | {name: form for name, form in page.motion.definitions.items() if name in page.motion.places}
    return {
        dotted(*dots_of(name)): form
        for name, form in forms.items()
        if page.knowledge.covers(known[name].section if name in plain else page.motion.places[name])
    }


def bodies_of(page: Page) -> dict[str, tuple[tuple[str, ...], Form]]:
    """The functions with a body that this section and those around it have defined."""
    known = page.knowledge.abbreviations.values()
    return {a.name: (a.parameters, a.form) for a in known if a.parameters and page.knowledge.covers(a.section)}


def _speaks_of_motion(form: Form) -> bool:
    """Whether a form has derivatives, or letters with dots."""
    return "diff" in heads(form) or any(
        (part.head == "var" and dots_of(part.name)[1] > 0)
        or (part.head == "opaque" and part.args[0] in (MOTION, PARTIAL))
        for part in subforms(form)
    )
