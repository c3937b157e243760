"""The theory of signals for one page: its letters, its conventions, and the laws that it gives for spectra."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from derive.check.signals.expand import SIGNALS
from derive.check.signals.laws import definitions_of, laws_of
from derive.check.signals.notation import marked
from derive.check.signals.proof import Theory, with_unit
from derive.check.signals.terms import Signals
from derive.check.signals.unfolding import BINDING
from derive.check.signals.words import is_about_signals, signals_of
from derive.meaning.errors import MeaningError
from derive.meaning.form import IMAGINARY, Form
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import Lexicon
from derive.notation.errors import ReadError
from derive.notation.reader import read
from derive.notation.tree import Node
from derive.notation.vocabulary import Vocabulary
from derive.read.document import Document
from derive.read.split import Statement

__all__ = ["OPERATOR_WORDS", "theory_of"]

OPERATOR_WORDS = frozenset({*SIGNALS, *BINDING} - {"usual"})


def theory_of(
    document: Document, chains: Iterable[tuple[Statement, ...]], vocabulary: Vocabulary, lexicon: Lexicon
) -> Theory | None:
    """What a page about signals says of them; None of any other page."""
    if not is_about_signals(document):
        return None
    equations = list(_equations(chains, vocabulary))
    signals = signals_of(document, (node for members in equations for node in members))
    signals = replace(signals, unit="j" if lexicon.definition("j") == IMAGINARY else "")
    lexicon = replace(lexicon, operators=OPERATOR_WORDS)
    pairs = list(_pairs(equations, signals, lexicon))
    laws = laws_of(pairs)
    signals = replace(signals, definitions=definitions_of(pairs, laws))
    return Theory(signals, laws)


def _equations(chains: Iterable[tuple[Statement, ...]], vocabulary: Vocabulary) -> Iterator[list[Node]]:
    """The members of each chain of equations, as far as they can be read."""
    for statements in chains:
        for statement in statements:
            if not statement.is_chain or any(
                member.sign not in ("", "=", ":=", "\\equiv") for member in statement.members
            ):
                continue
            found: list[Node] = []
            for member in statement.members:
                with suppress(ReadError, RecursionError):
                    found.append(read(member.piece.text, vocabulary))
            if found:
                yield found


def _pairs(equations: list[list[Node]], signals: Signals, lexicon: Lexicon) -> Iterator[tuple[Form, Form]]:
    """The first member of each equation with each of the others."""
    for members in equations:
        forms: list[Form] = []
        for node in members:
            with suppress(MeaningError, RecursionError, ValueError, TypeError, ArithmeticError):
                forms.append(with_unit(form_of(marked(node, signals.heads), lexicon), signals))
        yield from ((forms[0], other) for other in forms[1:])
