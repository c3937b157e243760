"""What is at hand while a page is answered: the definitions in force, as written too, and the results so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from derive.engine.match import fill
from derive.model.page import Checked
from derive.model.setting import QuestionError, Setting
from derive.model.statement import claims_of
from derive.notation.printer import latex
from derive.notation.tree import Call, Group, Link, Listing, Node, Product, Relation, Symbol, transform, walk
from derive.verify.ladder import verify

__all__ = ["Desk", "Result", "closed_up", "equation"]

_REFERENCE = re.compile(r"@([A-Za-z][\w-]*)(?:\.(left|right))?")
NOWHERE = Setting()
MOST_UNFOLDINGS = 20
CLAIM_BUDGET = 5.0


@dataclass(frozen=True, slots=True)
class Result:
    """A named result: a statement, and the text by which a table or a sentence shows it."""

    name: str
    statement: Relation

    @property
    def left(self) -> Node:
        return self.statement.first if self.statement.first is not None else self.statement.links[0].term

    @property
    def right(self) -> Node:
        return self.statement.links[-1].term


@dataclass(frozen=True, slots=True)
class Desk:
    """Nothing here changes: each block of a page is answered at one desk and leaves another one behind.

    `terms` are names with the term they abbreviate; `functions` are heads (as LaTeX) with their definitions.
    """

    setting: Setting = NOWHERE
    terms: tuple[tuple[Node, Node], ...] = ()
    functions: tuple[tuple[str, Relation], ...] = ()
    results: tuple[Result, ...] = ()

    # --- definitions ---------------------------------------------------------------------------------------

    def defining(self, text: str) -> tuple[Desk, Relation]:
        """This desk with a definition in force, and the definition. Raises QuestionError."""
        setting, node = self.setting.defining(text)
        assert isinstance(node, Relation), "a definition is a relation"
        first, value = node.first, node.links[-1].term
        if isinstance(first, Call) and isinstance(first.argument, Group):
            return replace(self, setting=setting, functions=(*self.functions, (latex(first.head), node))), node
        assert first is not None, "a definition has a left side"
        return replace(self, setting=setting, terms=(*self.terms, (first, value))), node

    def unfolded(self, node: Node) -> Node:
        """The term with names and functions replaced by what they are defined as. Raises QuestionError in a circle."""
        start = node
        for _ in range(MOST_UNFOLDINGS):
            once = self._unfolded_once(node)
            if once == node:
                return node if node == start else self.setting.read(latex(node))
            node = once
        raise QuestionError("the definitions go round in a circle", latex(node))

    def _unfolded_once(self, node: Node) -> Node:
        for name, term in self.terms:
            if node == name:
                return term
        definition = self._definition_of(node)
        if definition is not None:
            return _applied(definition, node)
        return transform(node, self._unfolded_once)

    def _definition_of(self, node: Node) -> Relation | None:
        """The definition of the function that a call applies, if it is one in force."""
        if not isinstance(node, Call) or not isinstance(node.argument, Group):
            return None
        return next((definition for head, definition in self.functions if head == latex(node.head)), None)

    def definition_in(self, node: Node) -> Relation:
        """The definition of the first defined function in a term. Raises QuestionError where there is none."""
        found = next((d for part in walk(node) if (d := self._definition_of(part)) is not None), None)
        if found is None:
            raise QuestionError("no function in this is defined above", latex(node), 0, len(latex(node)))
        return found

    # --- claims and results --------------------------------------------------------------------------------

    def checked(self, statement: Node, text: str = "") -> tuple[Checked, ...]:
        """The claims that a statement makes here, each with its verdict. Raises QuestionError."""
        source = text or latex(statement)
        meaning = self.setting.meaning(statement, text)
        try:
            claims = claims_of(meaning, self.setting.context)
        except ValueError as error:
            raise QuestionError(str(error), source, 0, len(source), "a relation such as a = b") from None
        return tuple(Checked(claim, verify(claim, budget=CLAIM_BUDGET, kernel=True)) for claim in claims)

    def with_result(self, name: str, statement: Relation) -> Desk:
        return replace(self, results=(*self.results, Result(name, statement))) if name else self

    def result(self, name: str) -> Result:
        """The result of that name. Raises QuestionError, which names the results there are."""
        found = next((result for result in self.results if result.name == name), None)
        if found is None:
            known = ", ".join(result.name for result in self.results) or "none yet"
            raise QuestionError(f"there is no result {name!r} above; there are: {known}")
        return found

    def filled(self, text: str) -> str:
        """The text with results in place of `@name`, `@name.left` and `@name.right`, as formulas.

        Inside `\\(` and `\\)` the bare LaTeX is put in.
        """
        parts = re.split(r"(\\\(.*?\\\))", text, flags=re.DOTALL)
        return "".join(
            _REFERENCE.sub(lambda found: self._latex(found), part)
            if part.startswith(r"\(")
            else _REFERENCE.sub(lambda found: rf"\({self._latex(found)}\)", part)
            for part in parts
        )

    def _latex(self, found: re.Match[str]) -> str:
        result = self.result(found[1])
        node = {"left": result.left, "right": result.right}.get(found[2] or "", result.statement)
        return latex(node)


def equation(left: Node, right: Node) -> Relation:
    return Relation(left, (Link("=", right),))


def closed_up(node: Node) -> Node:
    """A product without the dots that its brackets make needless: `f(x) \\cdot (1 - f(x))` is `f(x)(1 - f(x))`."""
    if not isinstance(node, Product):
        return node
    pairs = zip(node.operators, node.factors[1:], strict=True)
    operators = tuple("" if sign == "\\cdot" and _is_bracketed(after) else sign for sign, after in pairs)
    return replace(node, operators=operators)


def _applied(definition: Relation, call: Node) -> Node:
    """The body of a definition at the arguments of a call; the call as it is where their numbers differ."""
    match definition.first, call:
        case Call(_, Group() as declared), Call(_, Group() as given):
            parameters, arguments = _arguments(declared), _arguments(given)
            if len(parameters) == len(arguments):
                letters = (parameter.name for parameter in parameters if isinstance(parameter, Symbol))
                return fill(definition.links[-1].term, dict(zip(letters, arguments, strict=True)))
    return call


def _is_bracketed(node: Node) -> bool:
    return isinstance(node, Group) and (node.left, node.right) == ("(", ")")


def _arguments(group: Group) -> tuple[Node, ...]:
    return group.body.items if isinstance(group.body, Listing) else (group.body,)
