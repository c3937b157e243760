"""What a page has said up to a place: definitions, functions, domains and equations, scoped by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from derive.meaning.errors import MeaningError
from derive.meaning.expand import expand_definitions
from derive.meaning.form import Form, call, fn, free_variables, heads, subforms, substitute, var
from derive.meaning.interpret.dependence import (
    Differentiated,
    dependent,
    differentiated,
    differentiation_variables,
    with_differentiated,
)
from derive.meaning.lexicon import Lexicon
from derive.model.context import Context
from derive.model.given import context_from
from derive.notation.tree import Node

__all__ = ["Abbreviation", "Knowledge", "names_in"]

MOST_EQUATIONS = 10
LARGEST = 2000
"""Nodes of a form, definitions put in, beyond which they are left out."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A name (or a function of parameters) and what it stands for, and the section that says so.

    `doubtful` where what follows on the page cannot be brought together with it, so that it may be misread.
    """

    name: str
    form: Form
    parameters: tuple[str, ...] | None
    section: tuple[int, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """A statement that restricts variables, and the section it was made in.

    `sentence` is the start of the sentence it ends with (`if x > 0`), None when it lasts as long as its section.
    """

    statement: Form
    section: tuple[int, ...]
    sentence: int | None = None


@dataclass(slots=True)
class Knowledge:
    """Changes as the page is read from top to bottom.

    `section` are the numbers of the headings above this place; domains and equations of a section end with it,
    definitions go on (a page defines first and uses later) but are then too weak to refute with.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    section: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()
    abbreviations: dict[str, Abbreviation] = field(default_factory=dict)
    values: dict[str, tuple[Form, tuple[int, ...]]] = field(default_factory=dict)
    sentence_values: dict[str, Form] = field(default_factory=dict)
    domains: list[Domain] = field(default_factory=list)
    case: tuple[Form, ...] = ()
    equations: list[Form] = field(default_factory=list)
    relations: dict[Form, Form] = field(default_factory=dict)
    asserted: list[Form] = field(default_factory=list)
    doubtful: list[Form] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)
    differentiated: set[Differentiated] = field(default_factory=set)
    expansions: dict[tuple[object, ...], Form] = field(default_factory=dict)
    counter: int = 0
    item: int = -1
    sentence_start: int = 0

    # --- sections ----------------------------------------------------------------------------------------

    def enter_section(self, level: int) -> None:
        """A heading: leave the sections of that level and below, and enter a new one."""
        self.expansions.clear()
        keep = sum(1 for above in self.levels if above < level)
        self.counter += 1
        self.levels = (*self.levels[:keep], level)
        self.section = (*self.section[:keep], self.counter)
        self.equations = []
        self.asserted = []
        self.doubtful = []
        self.domains = [d for d in self.domains if self.covers(d.section) and d.sentence is None]
        self.mentioned = set()
        self.differentiated = set()
        kept = {name for name, known in self.abbreviations.items() if self.covers(known.section)}
        self.lexicon = replace(self.lexicon, functions=tuple(f for f in self.lexicon.functions if f[0] in kept))
        self.values = {name: entry for name, entry in self.values.items() if self.covers(entry[1])}

    def enter_item(self, start: int) -> None:
        """An item of a list of exercises: the equations of the item before are another exercise's."""
        if start != self.item:
            self.item = start
            self.equations = []
            self.doubtful = []

    def covers(self, section: tuple[int, ...]) -> bool:
        """Whether what was said in that section still holds here."""
        return section == self.section[: len(section)]

    # --- what is said ------------------------------------------------------------------------------------

    def define(self, name: str, form: Form, parameters: tuple[str, ...] | None = None) -> None:
        """From here on `name` stands for the form."""
        self.expansions.clear()
        self.abbreviations[name] = Abbreviation(name, form, parameters, self.section)
        for parameter in parameters or ():
            self.abbreviations.pop(parameter, None)
        if parameters is None:
            self.lexicon = self.lexicon.defining(name, form)
        else:
            self.lexicon = self.lexicon.declaring(name, *parameters)

    def open_again(self, name: str) -> None:
        """The name is an unknown again: what it stood for in a section before is over."""
        if self.abbreviations.pop(name, None) is not None:
            self.expansions.clear()
            others = tuple(entry for entry in self.lexicon.definitions if entry[0] != name)
            self.lexicon = replace(self.lexicon, definitions=others)

    def doubt_definition(self, name: str) -> None:
        """Nothing is refuted any more by means of this definition."""
        known = self.abbreviations.get(name)
        if known is not None:
            self.expansions.clear()
            self.abbreviations[name] = replace(known, doubtful=True)

    def set_value(self, name: str, form: Form, *, lasting: bool) -> None:
        """A name has a number here: in this section, or only in this sentence."""
        self.expansions.clear()
        if lasting:
            self.values[name] = (form, self.section)
        else:
            self.sentence_values[name] = form

    def sentence(self, start: int) -> None:
        """A sentence begins: what held for the one before only is over."""
        if start > self.sentence_start:
            self.sentence_start = start
            self.expansions.clear()
            self.domains = [d for d in self.domains if d.sentence is None or d.sentence >= start]
            self.sentence_values = {}

    def assume(self, statement: Form, *, case: bool = False) -> None:
        """A statement of the domain.  A case (`if x > 0`) of names spoken of before ends with its sentence.

        What was said of the same single variable before is replaced, not added to.
        """
        names = free_variables(statement)
        ends = case and bool(names & self.mentioned)
        if len(names) == 1 and statement.head in ("lt", "le"):
            self.domains = [d for d in self.domains if not self._contradicts(d.statement, statement)]
        self.domains.append(Domain(statement, self.section, self.sentence_start if ends else None))

    @staticmethod
    def _contradicts(old: Form, new: Form) -> bool:
        """Whether two bounds on one variable leave no room for it; the newer one then holds."""
        if old.head not in ("lt", "le") or free_variables(old) != free_variables(new):
            return False
        if {part.head for part in (*old.parts, *new.parts)} > {"var", "num"}:
            return False
        (old_left, old_right), (new_left, new_right) = old.parts, new.parts
        if old_left.head == "num" and new_right.head == "num":
            return old_left.value >= new_right.value
        if old_right.head == "num" and new_left.head == "num":
            return new_left.value >= old_right.value
        return False

    def forget(
        self, abbreviations: dict[str, Abbreviation], values: dict[str, tuple[Form, tuple[int, ...]]],
        equations: list[Form],
    ) -> None:  # fmt: skip
        """What was known before is all that is known."""
        self.expansions.clear()
        self.abbreviations, self.values, self.equations = abbreviations, values, equations

    def hold(self, equation: Form) -> None:
        """An equation that is in force from here on, to derive the next from."""
        if equation not in self.equations:
            self.equations = [*self.equations, equation][-MOST_EQUATIONS:]

    def assert_later(self, equation: Form) -> None:
        """An equation further on in a chain: it derives others, but what it speaks of may still be defined."""
        if equation not in self.asserted:
            self.asserted = [*self.asserted, equation][-MOST_EQUATIONS:]

    @property
    def in_force(self) -> tuple[Form, ...]:
        """All equations from which others may be derived, the latest last."""
        return (*self.relations.values(), *self.asserted, *self.equations)

    def relate(self, equation: Form) -> None:
        """What the page says of a power or a product of letters (`k^2 = 2 m E`): in force until it is said anew."""
        self.relations[equation.args[0]] = equation

    def release(self, equation: Form) -> None:
        """An equation from which nothing is to be derived."""
        self.equations = [held for held in self.equations if held != equation]
        self.asserted = [held for held in self.asserted if held != equation]

    def doubt(self, equation: Form) -> None:
        """An equation that was refuted: nothing is derived from it, but what comes after may rest on it."""
        self.equations = [held for held in self.equations if held != equation]
        self.doubtful = [*self.doubtful, equation][-MOST_EQUATIONS:]

    def statement(self, nodes: Iterable[Node]) -> None:
        """A statement begins: names differentiated in it, or before it by the same variable, are functions in it."""
        nodes = tuple(nodes)
        own = differentiated(nodes, self.lexicon)
        by = differentiation_variables(nodes)
        names = {each.name for each in own}
        before = {each for each in self.differentiated if each.by in by and each.name not in names}
        self.lexicon = with_differentiated(own | before, replace(self.lexicon, dependents=()))
        self.differentiated |= {each for each in own if each.sign == "d"}

    # --- what is known -----------------------------------------------------------------------------------

    def is_defined(self, name: str) -> bool:
        return name in self.abbreviations

    def is_open(self, name: str) -> bool:
        """Whether nothing says what the name stands for, or only that it is a function of which nothing is known."""
        known = self.abbreviations.get(name)
        if known is None:
            return name not in self.values and not self.is_constrained(name)
        return known.form.head == "call" and known.form.name not in self.abbreviations

    def is_defined_here(self, name: str) -> bool:
        """Whether a definition or value of the name is in force that this section, or one around it, has given."""
        known = self.abbreviations.get(name)
        return name in self.values or (known is not None and self.covers(known.section))

    def is_constrained(self, name: str) -> bool:
        """Whether an equation in force speaks of the name."""
        return any(name in names_in(equation) for equation in self.equations)

    def context(self, extra: Iterable[Form] = ()) -> Context:
        """Sorts, ranges and constraints that hold here."""
        known = Context()
        for domain in self.domains:
            if not any(self._contradicts(domain.statement, statement) for statement in self.case):
                known = _with(known, self._defined(domain.statement))
        for statement in (*self.case, *extra):
            known = _with(known, self._defined(statement))
        return known

    def expanded_here(self, form: Form, local: frozenset[str]) -> Form:
        """The form with definitions put in, those of the `local` names only where this section still covers them."""
        key = form, local
        if key not in self.expansions:
            left = {name for name, a in self.abbreviations.items() if name in local and not self.covers(a.section)}
            self.expansions[key] = self._expansion(form, with_values=False, only_current=False, without=left)
        return self.with_functions(self.expansions[key])

    def expanded(self, form: Form, *, with_values: bool = False, only_current: bool = False) -> Form:
        """The form with what is defined on the page put in, and dependent names as functions.

        With `only_current`, names whose definition is doubtful or from a section which has ended stay what they are.
        """
        return self.with_functions(self._defined(form, with_values=with_values, only_current=only_current))

    def with_functions(self, form: Form) -> Form:
        """The form with dependent names as functions; also those whose definition is known, but was not put in."""
        by = {part.args[1].name for part in subforms(form) if part.head == "diff"} if "diff" in heads(form) else set()
        values: dict[str, Form] = {}
        for name in free_variables(form):
            through = sorted(letter for letter in by - {name} if self.lexicon.depends(name, letter))
            unknown = dependent(name, self.lexicon) or (call(name, *map(var, through)) if through else None)
            if unknown is not None:
                values[name] = unknown
        return substitute(form, values)

    def _defined(self, form: Form, *, with_values: bool = False, only_current: bool = False) -> Form:
        """The form with definitions put in, except those that go round in a circle."""
        key = (form, with_values, only_current)
        if key not in self.expansions:
            self.expansions[key] = self._expansion(form, with_values=with_values, only_current=only_current)
        return self.expansions[key]

    def _expansion(self, form: Form, *, with_values: bool, only_current: bool, without: Iterable[str] = ()) -> Form:
        known = {name: a for name, a in self.abbreviations.items() if name not in without}
        if only_current:
            known = {n: a for n, a in known.items() if self.covers(a.section) and not a.doubtful}
        forms = {name: a.form for name, a in known.items()}
        if with_values:
            forms |= {name: value for name, (value, _) in self.values.items()} | self.sentence_values
        if self.lexicon.i_is_imaginary:
            forms |= dict(_conjugates(names_in(form).union(*map(names_in, forms.values())), forms, self.lexicon))
        used = _reached(names_in(form), forms)
        if not used:
            return form
        sound = {name for name in used if name not in _reached(names_in(forms[name]), forms)}
        plain = {name: forms[name] for name in sound if name not in known or known[name].parameters is None}
        bodies = {name: (known[name].parameters or (), forms[name]) for name in sound - plain.keys()}
        try:
            return expand_definitions(form, plain, bodies, largest=LARGEST)
        except (MeaningError, RecursionError):
            return form

    def leans_on_old(self, form: Form) -> bool:
        """Whether the form uses a name that was defined in a section which has ended."""
        waiting, seen = list(names_in(form)), set()
        while waiting:
            name = waiting.pop()
            known = self.abbreviations.get(name)
            if name in seen or known is None:
                continue
            seen.add(name)
            if known.doubtful or not self.covers(known.section):
                return True
            waiting += names_in(known.form)
        return False


def names_in(form: Form) -> frozenset[str]:
    """The names of variables and of unknown functions in a form."""
    if "call" not in heads(form):
        return free_variables(form)
    return _with_functions(form)


@lru_cache(maxsize=4096)
def _with_functions(form: Form) -> frozenset[str]:
    return free_variables(form) | {part.name for part in subforms(form) if part.head == "call"}


def _conjugates(names: Iterable[str], forms: Mapping[str, Form], lexicon: Lexicon) -> Iterator[tuple[str, Form]]:
    """What `z^*` is on a page with complex numbers that says what z is."""
    for name in names:
        base = name.removesuffix("_star")
        if base != name and name not in forms and base in forms and not lexicon.parameters(base):
            yield name, fn("conjugate", forms[base])


def _reached(names: Iterable[str], forms: Mapping[str, Form]) -> set[str]:
    """The defined names among these, and those that their definitions lead to."""
    reached: set[str] = set()
    waiting = [name for name in names if name in forms]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += (other for other in names_in(forms[name]) if other in forms)
    return reached


def _with(context: Context, statement: Form) -> Context:
    """The context with a statement; definitions are expanded before, so an equation stays a constraint."""
    if statement.head == "eq":
        return context.assuming(statement)
    try:
        known = context_from((statement,), context)
    except (MeaningError, ValueError):
        return context
    return replace(known, definitions=())
