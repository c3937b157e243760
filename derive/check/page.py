"""A page read from top to bottom: sections, words and comments change what is known, each statement is judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from derive.check.cases import judge_in_case, with_surroundings
from derive.check.comments import Skips, read_comments
from derive.check.definitions import is_named
from derive.check.foretold import clause_after
from derive.check.judge import Judge, Outcome
from derive.check.kinds import kinds_of
from derive.check.knowledge import Knowledge
from derive.check.line import Line
from derive.check.members import conjugate_added, without_conjugate
from derive.check.moving import MotionKnown
from derive.check.probability.given import Law
from derive.check.probability.page import Said, said_by
from derive.check.result import CheckedFile, CheckedStep
from derive.check.signals.exponentials import Unclear
from derive.check.signals.notation import marked
from derive.check.signals.page import OPERATOR_WORDS, theory_of
from derive.check.signals.unfolding import unfolded
from derive.check.signals.words import is_about_signals
from derive.check.suppositions import Suppositions
from derive.check.terms import Term, defined_heads, meaning, read_term, with_bracket_products
from derive.check.times import Times, times_of
from derive.meaning.errors import MeaningError
from derive.meaning.form import IMAGINARY, Form
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import Lexicon
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.notation.errors import ReadError
from derive.notation.plain import read_any
from derive.notation.vocabulary import Vocabulary
from derive.read.document import Document, Formula
from derive.read.domains import said_domains
from derive.read.imaginary import unit_letters
from derive.read.lists import asking_list
from derive.read.macros import Definition
from derive.read.prose import cue_of, sentence_before
from derive.read.split import Member, Piece, Statement, split
from derive.read.supposed import supposed_macros

__all__ = ["Page", "check_document"]

_GLUED = re.compile(r"[\w=+*/^-][$\\(]*\Z")
_OR = re.compile(r"or\b", re.IGNORECASE)
_IS_EULER = re.compile(r"2\.7|\\lim|\\exp|!")


@dataclass(slots=True)
class Page:
    """The document, what is known so far, and the steps found."""

    document: Document
    macros: dict[str, Definition]
    vocabulary: Vocabulary
    knowledge: Knowledge
    judge: Judge
    said: Said = field(default_factory=Said)
    times: Times = field(default_factory=Times)
    laws: list[Law] = field(default_factory=list)
    steps: list[CheckedStep] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    last: Term | None = None
    last_rests: tuple[str, ...] = ()
    suppositions: Suppositions = field(default_factory=Suppositions)
    motion: MotionKnown = field(default_factory=MotionKnown)
    chains: list[tuple[Statement, ...]] = field(default_factory=list)
    foretold: tuple[Form, ...] = ()

    @property
    def is_fragment(self) -> bool:
        """Whether this is a LaTeX file that another one draws in."""
        return self.document.path.endswith((".tex", ".ltx")) and "\\documentclass" not in self.document.text

    def read(self, piece: Piece) -> Term:
        """A piece read, still without its meaning."""
        short = without_conjugate(piece)
        term = read_term(short or piece, self.vocabulary)
        if short is not None and term.node is not None:
            term = replace(term, piece=piece, node=conjugate_added(term.node))
        if self.judge.theory is not None and term.node is not None:
            term = replace(term, node=marked(term.node, self.judge.theory.signals.heads))
        return with_bracket_products(term) if self.judge.kinds.brackets else term

    def meaning(self, term: Term) -> Term:
        """The term with its form; convolutions and transforms on a page about signals as integrals and sums."""
        term = meaning(term, self.knowledge.lexicon)
        if self.judge.theory is None or term.form is None:
            return term
        try:
            return replace(term, form=unfolded(term.form, self.judge.theory.signals))
        except Unclear as error:
            return replace(term, form=None, problem=str(error))

    def statement_form(self, text: str) -> Form | None:
        """The meaning of a whole statement, LaTeX or plain; None where it has none."""
        try:
            return form_of(read_any(text, self.vocabulary), self.knowledge.lexicon)
        except (ReadError, MeaningError, RecursionError, ValueError, TypeError):
            return None

    def emit(
        self, line: Line, sign: str, before: str, piece: Piece, outcome: Outcome, start: int | None = None
    ) -> None:
        """A step whose place is that of a piece (from `start`, where it is the whole statement)."""
        first, last = outcome.token or (piece.start if start is None else start, piece.end)
        begin, end = line.formula.start + first, line.formula.start + last
        source, column = self.document.source_line(begin)
        width = end - begin if "\n" not in self.document.text[begin:end] else len(source) - column
        after = line.source(piece if start is None else Piece("", start, piece.end))
        self.steps.append(
            CheckedStep(
                self.document.place(begin, end), sign, before, after, outcome.status, outcome.code, outcome.message,
                outcome.by, outcome.trust, outcome.conditions, outcome.failure, outcome.correction, source,
                (column, column + width),
            )
        )  # fmt: skip
        self.ends.append(line.formula.start)


def check_document(
    document: Document, verifier: Callable[[Claim], Verdict], quick: Callable[[Claim], Verdict] | None = None
) -> CheckedFile:
    """All steps of a document with their verdicts; `quick` is asked about likely slips."""
    comments = read_comments(document)
    defined = {definition.name: definition for definition in (*document.definitions, *comments.macros)}
    supposed = supposed_macros(document, defined)
    macros = {each.definition.name: each.definition for each in supposed} | defined
    chains = [split(formula.text, macros) for formula in document.formulas]
    vocabulary = defined_heads(statement for statements in chains for statement in statements)
    kinds = kinds_of(document, vocabulary, chains)
    judge = Judge(verifier, quick or verifier, kinds)
    page = Page(
        document,
        macros,
        vocabulary,
        Knowledge(),
        judge,
        said_by(document.text),
        times=times_of(chains, vocabulary),
        chains=chains,
    )
    page.suppositions = Suppositions.of(supposed, defined)
    page.knowledge.lexicon = _lexicon(page, chains)
    page.judge.theory = theory_of(document, chains, vocabulary, page.knowledge.lexicon)
    if page.judge.theory is not None:
        page.knowledge.lexicon = replace(page.knowledge.lexicon, operators=OPERATOR_WORDS)
    if page.knowledge.lexicon.definition("j") is not None:
        page.knowledge.define("j", IMAGINARY)
    skips = Skips(comments)
    events = _events(page, comments.given)
    for index, (formula, statements) in enumerate(zip(document.formulas, chains, strict=True)):
        while events and events[0][0] <= formula.start:
            events.pop(0)[1]()
        _judge_formula(page, index, formula, statements)
    steps = tuple(skips.applied(step, start) for step, start in zip(page.steps, page.ends, strict=True))
    notices = (*page.suppositions.notice(document), *comments.notices, *skips.unused(document))
    if comments.skipped_files:
        steps = tuple(step for step in steps if step.place.path not in comments.skipped_files)
        notices = tuple(n for n in notices if n.code != "DRV601" or n.path not in comments.skipped_files)
    return CheckedFile(document.path, steps, notices)


def _lexicon(page: Page, chains: list[tuple[Statement, ...]]) -> Lexicon:
    """Whether `e` and `i` are numbers or quantities on the page; `j` where engineers write it for the unit."""
    lexicon = page.knowledge.lexicon
    if any(map(_names_e, (statement for statements in chains for statement in statements))):
        lexicon = replace(lexicon, e_is_constant=False)
    letters = unit_letters(page.document, least=1 if is_about_signals(page.document) else 2)
    kinds = page.judge.kinds
    lexicon = replace(
        lexicon,
        i_is_imaginary=letters.i,
        primes_are_quantities=True,
        products_keep_order=True,
        has_cross_products=kinds.has_cross_products,
        t_transposes=kinds.t_transposes,
        matrices=kinds.names - kinds.columns,
        vectors=kinds.columns,
        has_brackets=bool(kinds.brackets),
    )
    return lexicon.defining("j", IMAGINARY) if letters.j else lexicon


def _names_e(statement: Statement) -> bool:
    """Whether a statement speaks of a quantity e (`e < 1`, `e = y - x`), and not of Euler's number (`e = 2.718`).

    At the end of an equation, e may be a value like any other.
    """
    texts = [member.piece.text.strip() for member in statement.members]
    about = any(member.sign == "\\approx" for member in statement.members)
    equation = all(member.sign in ("", "=") for member in statement.members)
    named = "e" in (texts[:1] if equation else texts)
    return statement.is_chain and named and not about and not any(_IS_EULER.search(text) for text in texts)


def _events(page: Page, given: tuple[tuple[int, str], ...]) -> list[tuple[int, Callable[[], None]]]:
    """What happens between formulas, by place: headings, domains said in words, comments."""
    knowledge = page.knowledge
    events: list[tuple[int, Callable[[], None]]] = []
    for heading in page.document.headings:
        events.append((heading.start, lambda level=heading.level: knowledge.enter_section(level)))  # type: ignore[misc]
    for said in said_domains(page.document):
        for text in said.statements:
            events.append((said.start, lambda text=text: _assume(page, text)))  # type: ignore[misc]
    for start, text in given:
        events.append((start, lambda text=text: _give(page, text)))  # type: ignore[misc]
    return sorted(events, key=lambda event: event[0])


def _assume(page: Page, text: str) -> None:
    statement = page.statement_form(text)
    if statement is not None:
        page.knowledge.assume(statement)


def _give(page: Page, text: str) -> None:
    """A comment's statement: a definition where it has the form of one, an assumption else."""
    statement = page.statement_form(text)
    if statement is None:
        return
    if statement.head == "eq":
        left, right = statement.parts
        if left.head == "var":
            page.knowledge.define(left.name, right)
            return
        if left.head == "call" and all(part.head == "var" for part in left.parts):
            page.knowledge.define(left.name, right, tuple(part.name for part in left.parts))
            return
    page.knowledge.assume(statement)


def _judge_formula(page: Page, index: int, formula: Formula, statements: tuple[Statement, ...]) -> None:
    if not any(statement.is_chain for statement in statements):
        return
    sentence, start = sentence_before(page.document, index)
    page.knowledge.sentence(start)
    listed = asking_list(page.document, formula.start) if not re.search("[A-Za-z]{2}", sentence) else None
    if listed is not None:
        page.knowledge.enter_item(listed[1])
    previous: Form | None = None
    previous_source = ""
    for number, statement in enumerate(statements):
        if not statement.is_chain:
            continue
        page.foretold = tuple(_foretold(page, index, number))
        words = f"{sentence} {statement.words}"
        cue = cue_of(words)
        if listed is not None and not cue:
            words, cue = f"{words} solve", "asks"
        others = _alternatives(page, statements, number)
        line = Line(formula, statement, words, cue, previous, previous_source, page.document.text, alternatives=others)
        if statement is statements[0] and _is_glued(page.document.text, formula):
            continue
        line = with_surroundings(line, page.document, index, words, statements[number + 1 :])
        previous = judge_in_case(page, line)
        previous_source = line.source(_whole(statement))


def _alternatives(page: Page, statements: tuple[Statement, ...], place: int) -> tuple[Form, ...]:
    """The equations that `or` joins to the one at a place."""
    first = last = place
    while first > 0 and _OR.match(statements[first].words):
        first -= 1
    while last + 1 < len(statements) and _OR.match(statements[last + 1].words):
        last += 1
    texts = (
        " = ".join(member.piece.text for member in statement.members)
        for statement in (*statements[first:place], *statements[place + 1 : last + 1])
    )
    return tuple(form for form in map(page.statement_form, texts) if form is not None)


def _foretold(page: Page, index: int, place: int) -> Iterator[Form]:
    """The definitions in the clause after a statement, as equations."""
    for statement in clause_after(page.document, page.chains, index, place):
        sign = statement.members[1].sign if len(statement.members) > 1 else ""
        if statement.continues or sign not in ("=", ":=", "\\equiv"):
            continue
        left, right = (page.meaning(page.read(member.piece)) for member in statement.members[:2])
        if left.form is not None and right.form is not None and is_named(left.form):
            yield Form("eq", (left.form, right.form))


def _is_glued(text: str, formula: Formula) -> bool:
    """Whether a formula continues something that stands outside it: `2$\\pi = 6.28$`."""
    return not formula.display and bool(_GLUED.search(text, max(0, formula.start - 4), formula.start))


def _whole(statement: Statement) -> Piece:
    members: tuple[Member, ...] = statement.members
    return Piece("", members[0].piece.start, members[-1].piece.end)
