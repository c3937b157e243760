"""What is not understood is refused with its place, and hostile input ends at once in one clear error."""

from __future__ import annotations

import pytest

from derive.notation.errors import underline
from derive.notation.macros import read_definitions
from derive.notation.plain import read_plain
from derive.notation.reader import ReadError, read


@pytest.mark.parametrize(
    ("text", "start", "end", "word"),
    [
        ("", 0, 0, "empty"),
        (r"a + \foo b", 4, 8, "unknown command \\foo"),
        (r"a \foo", 2, 6, "unknown command \\foo"),
        ("a +", 2, 3, "ends too early"),
        ("(a + b", 0, 1, "( is not closed"),
        ("a + b)", 5, 6, "unexpected )"),
        (r"\frac{a}{b", 8, 9, "not closed"),
        ("x^a^b", 3, 5, "second exponent"),
        ("x_a_b", 3, 4, "second subscript"),
        (r"10\frac23", 2, 7, "mixed number"),
        ("2 3", 2, 3, "side by side"),
        (r"\left(a", 0, 5, "\\left is not closed"),
        (r"\begin{pmatrix} a", 0, 15, "not ended"),
        (r"\begin{foo} a \end{foo}", 0, 11, "unknown environment foo"),
        (r"\text{a", 5, 6, "not closed"),
        ("x^{}", 2, 4, "empty"),
    ],
)
def test_errors_have_a_place_and_a_sentence(text: str, start: int, end: int, word: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert (caught.value.start, caught.value.end) == (start, end)
    assert word in caught.value.message


def test_the_place_is_underlined() -> None:
    assert underline(r"a + \foo b", 4, 8) == "a + \\foo b\n    ^^^^"
    assert underline("one\ntwo + three", 4, 7) == "two + three\n^^^"
    long = "x + " * 100 + "y"
    line, carets = underline(long, 400, 401, width=40).split("\n")
    assert len(line) <= 40 and line[carets.index("^")] == "y"


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "{" * 5_000,
        "(" * 5_000,
        "\\frac" * 3_000,
        "\\hat" * 3_000,
        "\\sqrt" * 3_000,
        "\\int " * 3_000,
        "\\left(" * 2_000,
        "-" * 5_000,
        "x_" * 5_000,
        "x^{" * 4_000,
        "|" * 5_000,
        "f(" * 5_000,
        "x|_a" * 4_000,
        "\\begin{cases}" * 1_000,
        "\\overset{a}{" * 1_500,
        "{\\rm x" * 2_000,
        "\\log " * 3_000,
    ],
)
def test_bottomless_nesting_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text)


@pytest.mark.parametrize("text", ["(" * 5_000, "x^" * 5_000, "sqrt(" * 3_000, "a" * 5_000, "-" * 5_000])
def test_bottomless_plain_text_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_plain(text)


def test_long_flat_formulas_are_read() -> None:
    assert read("x + " * 2_000 + "x").span is not None
    assert read("2" + "x" * 3_000).span is not None


@pytest.mark.parametrize(
    ("definitions", "text"),
    [
        (r"\newcommand{\loop}{\loop}", r"\loop"),
        (r"\newcommand{\loop}[1]{\loop{#1#1}}", r"\loop{x}"),
        (r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\a\a}", r"\a"),
        (r"\newcommand{\two}[2]{#1 + #2}", r"\two{x}"),
        (r"\newcommand{\one}[1]{#1}", r"\one{x"),
        (r"\newcommand{\bad}[1]{#2}", r"\bad{x}"),
    ],
)
def test_macros_that_do_not_end_or_lack_an_argument_are_refused_at_the_call(definitions: str, text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, macros=read_definitions(definitions))
    assert caught.value.start == 0
