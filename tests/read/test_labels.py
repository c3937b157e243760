"""Labels written into formulas, and words in the old fonts."""

from __future__ import annotations

import pytest

from derive.read.split import split


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (r"eq1: & 2x + y & = 3", [("", "2x + y", "3")]),
        (r"eq_2 \rightarrow eq_1 - 2 eq_2: y = -9", [("", "y", "-9")]),
        (r"N = B e^{-t} ~~~~~~ (1)", [("", "N", "B e^{-t}")]),
        (r"A = -2B \qquad \rm (A)", [("", "A", "-2B")]),
        (r"x = f (3)", [("", "x", "f (3)")]),
        (r"x = a~(2)", [("", "x", "a~(2)")]),
        (r"f: X \to Y, f(x) = 3", [("", "f: X", "Y"), ("", "f(x)", "3")]),
        (r"{\rm~Thus,~~~~}x = 1", [("Thus,", "x", "1")]),
        (r"y = 2x + C{\rm\quad where\quad}C=B-A", [("", "y", "2x + C"), ("where", "C", "B-A")]),
        (r"u = x\qquad\rm{and}\qquad v = 2", [("", "u", "x"), ("and", "v", "2")]),
    ],
)
def test_labels_and_words_are_no_part_of_an_equation(text: str, statements: list[tuple[str, ...]]) -> None:
    found = [(s.words, *(member.piece.text for member in s.members)) for s in split(text, {}) if s.is_chain]
    assert found == statements
