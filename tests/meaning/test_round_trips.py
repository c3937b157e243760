"""Laws: a form written as text, or as a formula, is read as the same form."""

import sys
from pathlib import Path

from hypothesis import given, settings

from derive.meaning.form import Form
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import Lexicon
from derive.meaning.notate import notation_of
from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.notation.printer import latex
from derive.notation.reader import read

sys.path.insert(0, str(Path(__file__).parent))

from forms import NAMES, statements, terms

LEXICON = Lexicon(variables=frozenset((*NAMES, "k")))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(terms | statements)
def test_text_is_read_as_it_was_meant(form: Form) -> None:
    assert parse_sympy(sympy_text(form)) == form


@settings(max_examples=300, deadline=None, derandomize=True)
@given(terms | statements)
def test_a_formula_is_read_as_it_was_meant(form: Form) -> None:
    assert form_of(notation_of(form), LEXICON) == form


@settings(max_examples=200, deadline=None, derandomize=True)
@given(terms | statements)
def test_a_printed_formula_is_read_as_it_was_meant(form: Form) -> None:
    printed = latex(notation_of(form))
    assert form_of(read(printed), LEXICON) == form, printed
