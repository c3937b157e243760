"""Which letter is the imaginary unit, by what a page says."""

from __future__ import annotations

import pytest

from derive.read.imaginary import UnitLetters, unit_letters
from derive.read.readers import read_document


@pytest.mark.parametrize(
    ("page", "letters"),
    [
        ("where $i^2 = -1$ and $x_i = 2$", UnitLetters(True, False)),
        ("the complex number $a + b i$", UnitLetters(True, False)),
        ("for $i = 1, 2, 3$ we have $x_i = 2$", UnitLetters(False, False)),
        ("$\\sum_{i=1}^n x_i = 1$", UnitLetters(False, False)),
        ("$a + i = 3$", UnitLetters(None, False)),
        ("$e^{j \\omega t}$ and $e^{-j \\omega t}$", UnitLetters(None, True)),
        ("$e^{j \\omega t}$ and $e^{-j \\omega t}$ and $x_j$", UnitLetters(None, False)),
        ("$e^{j}$", UnitLetters(None, False)),
    ],
)
def test_what_the_page_says(page: str, letters: UnitLetters) -> None:
    assert unit_letters(read_document("page.md", page)) == letters
