"""A setting: what is in force where a formula stands, and so how it is read and what it means there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.meaning.errors import MeaningError
from derive.meaning.form import Form
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import DEFAULT as PLAIN_LEXICON
from derive.meaning.lexicon import Lexicon
from derive.meaning.names import is_letter, name_of, node_of
from derive.model.context import Context
from derive.model.given import context_from
from derive.notation.errors import ReadError, underline
from derive.notation.plain import read_any
from derive.notation.printer import latex
from derive.notation.tree import Call, Group, Listing, Node, Product, Relation
from derive.notation.vocabulary import DEFAULT as PLAIN_VOCABULARY
from derive.notation.vocabulary import Vocabulary

__all__ = ["QuestionError", "Setting"]

NOTHING_KNOWN = Context()


class QuestionError(ValueError):
    """A question that cannot be asked or answered; the piece at fault is `text[start:end]`, where it is known."""

    def __init__(self, message: str, text: str = "", start: int = 0, end: int = 0, expected: str = "") -> None:
        super().__init__(message)
        self.message, self.text, self.start, self.end, self.expected = message, text, start, end, expected

    def __str__(self) -> str:
        lines = [self.message]
        if self.text:
            lines += (f"  {line}" for line in underline(self.text, self.start, self.end).splitlines())
        if self.expected:
            lines.append(f"  expected here: {self.expected}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """Which heads are functions, what names stand for, and what is assumed; `given` are the assumptions as written."""

    vocabulary: Vocabulary = PLAIN_VOCABULARY
    lexicon: Lexicon = PLAIN_LEXICON
    context: Context = NOTHING_KNOWN
    given: tuple[Node, ...] = ()

    @classmethod
    def of(cls, context: Context) -> Setting:
        """The setting in which the formulas of a derivation in this context are read."""
        vocabulary, lexicon = PLAIN_VOCABULARY, replace(PLAIN_LEXICON, others_are_constants=True)
        for function in context.functions:
            vocabulary = vocabulary.declaring(latex(node_of(function.name)))
            lexicon = lexicon.declaring(function.name, *function.parameters)
        for name, value in context.definitions:
            lexicon = lexicon.defining(name, value)
        lexicon = lexicon.with_variables(variable.name for variable in context.variables).with_arrays(context.arrays)
        return cls(vocabulary, lexicon, context)

    def read(self, text: str) -> Node:
        """The formula as notation, from LaTeX or plain text. Raises QuestionError with the place."""
        if not text.strip():
            raise QuestionError("there is no formula")
        try:
            return read_any(text, self.vocabulary)
        except ReadError as error:
            raise QuestionError(error.message, text, error.start, error.end, error.expected) from None
        except RecursionError:
            raise QuestionError("this formula is nested too deeply") from None

    def meaning(self, node: Node, text: str = "") -> Form:
        """What the notation stands for here; `text` is its source. Raises QuestionError with the place."""
        try:
            return form_of(node, self.lexicon)
        except MeaningError as error:
            source = text if text and error.span else latex(node)
            start, end = (error.span.start, error.span.end) if text and error.span else (0, len(source))
            raise QuestionError(error.message, source, start, end) from None
        except RecursionError:
            raise QuestionError("this formula is nested too deeply") from None

    def assuming(self, *statements: str) -> Setting:
        """This setting with the statements given as well: `0 < p < 1`, `n \\in \\mathbb{N}`."""
        setting = self
        for text in statements:
            for node in _one_by_one(setting.read(text)):
                if not isinstance(node, Relation):
                    expected = "what is given is a statement such as 0 < p < 1"
                    raise QuestionError(expected, text, 0, len(text), "a relation")
                context = context_from((setting.meaning(node, text),), setting.context)
                lexicon = setting.lexicon.with_variables(variable.name for variable in context.variables)
                lexicon = lexicon.with_arrays(context.arrays)
                setting = replace(setting, context=context, lexicon=lexicon, given=(*setting.given, node))
        return setting

    def defining(self, text: str) -> tuple[Setting, Node]:
        """This setting with a definition in force, `f(x) = …` or `y = …`, and the definition as notation.

        Raises QuestionError for a text that defines nothing.
        """
        node = self.read(text)
        head = _defined_function(node)
        if head is not None:
            wider = replace(self, vocabulary=self.vocabulary.declaring(latex(head[0])))
            parameters = tuple(name_of(parameter) or "" for parameter in head[1])
            node = wider.read(text)
            wider = replace(wider, lexicon=wider.lexicon.declaring(name_of(head[0]) or "", *parameters))
            context = context_from((wider.meaning(node, text),), wider.context)
            return replace(wider, context=context), node
        name = name_of(node.first) if isinstance(node, Relation) and node.first is not None else None
        if not isinstance(node, Relation) or name is None:
            raise QuestionError("this defines nothing", text, 0, len(text), "f(x) = … or y = …")
        value = self.meaning(node.links[-1].term, text)
        context = replace(self.context, definitions=(*self.context.definitions, (name, value)))
        return replace(self, context=context, lexicon=self.lexicon.defining(name, value)), node


def _one_by_one(node: Node) -> tuple[Node, ...]:
    """`A, B \\in S` as `A \\in S` and `B \\in S`; any other statement as it is."""
    if isinstance(node, Listing) and all(is_letter(item) for item in node.items[:-1]):
        last = node.items[-1]
        if isinstance(last, Relation) and [link.sign for link in last.links] == ["\\in"]:
            return (*(replace(last, first=item) for item in node.items[:-1]), last)
    return (node,)


def _defined_function(node: Node) -> tuple[Node, tuple[Node, ...]] | None:
    """Head and parameters of `f(x, y) = …`, whether or not f is known to be a function yet."""
    if not isinstance(node, Relation) or node.first is None:
        return None
    match node.first:
        case Call(head, Group(inside)) | Product((head, Group(inside, "(", ")")), ("",)):
            parameters = inside.items if isinstance(inside, Listing) else (inside,)
            letters = all(is_letter(parameter) for parameter in parameters)
            return (head, parameters) if letters and name_of(head) else None
    return None
