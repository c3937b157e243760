"""The Python interface: questions in, answers out that show themselves as text, LaTeX, HTML, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from derive.catalogue.desk import Desk
from derive.engine.differentiate import differentiate
from derive.engine.errors import EngineError
from derive.engine.solve import solve as solve_equation
from derive.meaning.form import Form, var
from derive.meaning.names import name_of
from derive.meaning.sympy_text import sympy_text
from derive.model.derivation import Derivation, Report
from derive.model.page import Page
from derive.model.setting import QuestionError, Setting
from derive.model.statement import claims_of
from derive.model.verdict import Verdict
from derive.notation.printer import latex
from derive.notation.tree import Implication, Node, Relation
from derive.verify.ladder import verify
from derive.verify.report import report, seconded
from derive.verify.second import expect_questions

__all__ = ["Answer", "BuiltPage", "QuestionError", "diff", "page", "solve", "verdict"]

Texts = str | Iterable[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: a derivation with the verdict on each step, and for an equation its solutions.

    In a notebook it shows itself; `str(answer)` is what the command line prints.
    """

    report: Report
    solutions: tuple[Form, ...] | None = None
    solution_set: Form | None = None

    @property
    def derivation(self) -> Derivation:
        return self.report.derivation

    @property
    def holds(self) -> bool:
        """Whether every step is proved, perhaps under printed conditions."""
        return self.report.holds

    @property
    def result(self) -> str:
        """The last line as LaTeX."""
        return latex(self.derivation.result)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return self.report.verdicts

    def text(self, *, colour: bool = False, columns: int = 100) -> str:
        """The steps in aligned Unicode lines, as on a terminal that is so many columns wide."""
        from derive.render.terminal import Paint, layout
        from derive.render.viewing import derivation_view

        return layout(derivation_view(self.report), Paint(colour), indent="  ", columns=columns)

    def markdown(self, *, math: str = "brackets") -> str:
        return self._filled("md", math)

    def latex(self) -> str:
        return self._filled("tex")

    def html(self) -> str:
        """The steps as HTML with MathML."""
        return self._filled("html")

    def data(self) -> dict[str, Any]:
        """The answer as plain JSON data of the format `derive/1`."""
        from derive.model.json import derivation_data

        data = derivation_data(self.report)
        if self.solutions is not None:
            data["solutions"] = [sympy_text(solution) for solution in self.solutions]
        if self.solution_set is not None:
            data["solution_set"] = sympy_text(self.solution_set)
        return data

    def json_text(self) -> str:
        from derive.model.writing import json_text

        return json_text(self.data())

    def _filled(self, name: str, math: str = "brackets") -> str:
        from derive.render.document import derivation_document

        return derivation_document(self.report, name, math=math)

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: HTML where it can, LaTeX or text where it cannot."""
        return {"text/html": self.html(), "text/latex": self.latex(), "text/plain": self.text()}


def solve(
    equation: str, unknown: str, *, given: Texts = (), define: Texts = (), second_opinion: bool = False
) -> Answer:
    """Solve an equation (LaTeX or plain text) for a letter, every step verified.

    `given` are statements such as `0 < p < 1`, `define` definitions such as `\\sigma(x) = …`.
    Raises QuestionError, with the place, for what cannot be read or solved.
    """
    desk = _desk(given, define, second_opinion)
    setting = desk.setting
    question, letter = setting.read(equation), _letter(setting, unknown)
    setting.meaning(question, equation)
    try:
        solution = solve_equation(desk.unfolded(question), letter, setting.given)
    except EngineError as error:
        raise QuestionError(str(error), equation, 0, len(equation)) from None
    answer = _answer(solution.derivation, setting, second_opinion)
    if solution.everywhere:
        return replace(answer, solution_set=var("Reals"))
    return replace(answer, solutions=tuple(setting.meaning(value) for value in solution.solutions))


def diff(
    term: str, variable: str = "x", *, given: Texts = (), define: Texts = (), second_opinion: bool = False
) -> Answer:
    """Differentiate a term (LaTeX or plain text) by a variable, one named rule at a time, every step verified.

    Raises QuestionError, with the place, for what cannot be read or differentiated.
    """
    desk = _desk(given, define, second_opinion)
    setting = desk.setting
    question, letter = setting.read(term), _letter(setting, variable)
    setting.meaning(question, term)
    if isinstance(question, Relation | Implication):
        raise QuestionError("a term is differentiated, and this is a statement", term, 0, len(term), "a term")
    try:
        derivation = differentiate(desk.unfolded(question), letter, given=setting.given)
    except EngineError as error:
        raise QuestionError(str(error), term, 0, len(term)) from None
    return _answer(derivation, setting, second_opinion)


def verdict(
    statement: str, *, given: Texts = (), define: Texts = (), budget: float = 2.0, kernel: bool = False
) -> Verdict:
    """The verdict on a statement such as `\\sqrt{x^2} = |x|`; for several at once the one that is worst.

    With `kernel` a proof is looked for which the kernel replays; the verdict then has a `certificate`.

    Raises QuestionError, with the place, for what cannot be read or states nothing.
    """
    setting = _desk(given, define).setting
    node = setting.read(statement)
    try:
        claims = claims_of(setting.meaning(node, statement), setting.context)
    except ValueError as error:
        if isinstance(error, QuestionError):
            raise
        raise QuestionError("this states nothing", statement, 0, len(statement), "a relation such as a = b") from None
    found = [verify(claim, budget=budget, kernel=kernel) for claim in claims]
    return next((v for v in found if v.status == "refuted"), next((v for v in found if not v.holds), found[-1]))


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page with all its questions answered; in a notebook it shows itself."""

    page: Page

    def document(self, to: str = "md", *, math: str = "brackets", template: Path | None = None) -> str:
        """The page in a format of `derive.render.formats.FORMATS`. Raises TemplateUseError for a bad template."""
        from derive.render.document import page_document

        return page_document(self.page, to, math=math, template=template)

    @property
    def summary(self) -> str:
        """How many steps and claims there are and what the verdicts on them are, in one sentence."""
        from derive.render.viewing import page_view

        return page_view(self.page).summary

    def __str__(self) -> str:
        return self.document("txt")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: HTML where it can, Markdown or text where it cannot."""
        return {
            "text/html": self.document("body"),
            "text/markdown": self.document("md", math="dollars"),
            "text/plain": str(self),
        }


def page(name: str, *, second_opinion: bool = False) -> BuiltPage:
    """A page of the catalogue, or the page file of that path, made and verified.

    Raises UnknownPageError, PageFileError (with file and line), OSError.
    """
    if second_opinion:
        expect_questions()
    from derive.catalogue.answer import answered
    from derive.catalogue.library import find
    from derive.catalogue.seconds import with_second_opinions

    made = answered(find(name))
    return BuiltPage(with_second_opinions(made) if second_opinion else made)


def _desk(given: Texts, define: Texts, second_opinion: bool = False) -> Desk:
    """The definitions and assumptions of a question; the process for the second opinion is started beside it."""
    if second_opinion:
        expect_questions()
    desk = Desk()
    for definition in _texts(define):
        desk, _ = desk.defining(definition)
    return replace(desk, setting=desk.setting.assuming(*_texts(given)))


def _letter(setting: Setting, text: str) -> Node:
    """The letter to solve for or to differentiate by. Raises QuestionError for what is no letter."""
    node = setting.read(text)
    if name_of(node) is None:
        raise QuestionError("this is no unknown or variable", text, 0, len(text), r"a letter such as x or \theta_1")
    return node


def _answer(derivation: Derivation, setting: Setting, second_opinion: bool) -> Answer:
    """The derivation verified in the setting it was asked in."""
    found = report(replace(derivation, context=setting.context))
    return Answer(seconded(found) if second_opinion else found)


def _texts(texts: Texts) -> Sequence[str]:
    return (texts,) if isinstance(texts, str) else tuple(texts)
