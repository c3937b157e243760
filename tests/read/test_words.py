"""Words around formulas: what they announce, the sentence before, domains and shapes said in words."""

from __future__ import annotations

import pytest

from derive.read.domains import said_domains
from derive.read.prose import cue_of, sentence_before
from derive.read.readers import read_document
from derive.read.shapes import shapes_of

CUES = {
    "Let ": "defines",
    "Suppose that ": "assumes",
    "Solve ": "asks",
    "so ": "derives",
    "Rewriting gives the sigmoid:": "derives",
    "Recall:": "recalls",
    "For ": "domain",
    "With \N{CURRENCY SIGN},": "",
    "with \N{CURRENCY SIGN} we get ": "derives",
    "Numerically ": "about",
    "": "",
}


@pytest.mark.parametrize("words", CUES)
def test_what_words_announce(words: str) -> None:
    assert cue_of(words) == CUES[words]


def test_the_sentence_before_a_formula() -> None:
    document = read_document("a.md", "# Head\n\nFirst. Let $a = 1$ and $b = 2$. Then:\n\n$$c = 3$$\n\n$$d = 4$$\n")
    sentences = [sentence_before(document, index)[0].strip() for index in range(4)]
    assert sentences[0] == "Let"
    assert sentences[1].startswith("Let") and sentences[1].endswith("and")
    assert sentences[2] == "Then:"
    assert "Then" not in sentences[3]


def test_domains_said_in_words() -> None:
    text = "Let $a$ and $b$ be positive. The integer $n$ counts. Take real numbers $x$, $y$; a nonnegative $z$ too."
    said = [statement for domain in said_domains(read_document("a.md", text)) for statement in domain.statements]
    assert said == ["a > 0", "b > 0", r"n \in \mathbb{Z}", r"z \ge 0"]


def test_letters_of_vectors_and_matrices() -> None:
    text = r"The matrix $A$ with $x \in \mathbb{R}^n$ and $w^\top v$; matrices are not numbers. $a^{T_1}$"
    shapes = shapes_of(read_document("a.md", text))
    assert shapes.letters == {"A", "x", "w"}
    assert shapes.capitals
    assert not shapes_of(read_document("b.md", "$A = 1$")).capitals
