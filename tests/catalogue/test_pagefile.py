"""Page files: what is read, and that every mistake is said with file and line."""

from __future__ import annotations

import pytest

from derive.catalogue.library import UnknownPageError, find, names
from derive.catalogue.pagefile import KINDS, PageFileError, read_page_text

PAGE = """
title = "A page"

[[block]]
section = "One"

[[block]]
solve = 'a p = b'
for = 'p'
given = ['a > 0']
name = "quotient"
"""


def test_blocks_keep_their_order_their_options_and_their_lines() -> None:
    page = read_page_text(PAGE, "a-page", "a-page.toml")
    assert [entry.kind for entry in page.entries] == ["section", "solve"]
    solve = page.entries[1]
    assert (solve.value, solve.text("for"), solve.texts("given"), solve.line) == ("a p = b", "p", ("a > 0",), 8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = [1,, 2]", "p.toml:1: this is not TOML"),
        ("[[block]]\nprose = 'x'", "p.toml: a page begins with its title"),
        ("title = 'x'", "p.toml: a page has at least one"),
        ("title = 'x'\ntitel = 'y'\n", "p.toml: a page has a title and blocks, no 'titel'"),
        ("title = 'x'\n[[block]]\nproze = 'y'", "p.toml:2: a block has exactly one of"),
        ("title = 'x'\n[[block]]\nsolve = 'y'\ndiff = 'z'", "p.toml:2: a block has exactly one of"),
        ("title = 'x'\n[[block]]\nsolve = 'y'\nfor = 'y'\nfro = 'p'", "p.toml:5: a solve block has no 'fro'"),
        ("title = 'x'\n[[block]]\nsolve = 'y = 1'", "p.toml:3: a solve block needs 'for'"),
        ("title = 'x'\n[[block]]\nsolve = 'y'\nfor = 'y'\ngiven = 'z'", "p.toml:5: 'given' is a list"),
        ("title = 'x'\n[[block]]\nsolve = 3\nfor = 'x'", "p.toml:3: 'solve' is a text"),
        ("title = 'x'\n[[block]]\ntable = ['a']", "p.toml:3: 'table' is a list of rows"),
    ],
)
def test_a_mistake_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(PageFileError) as error:
        read_page_text(text, "p", "p.toml")
    assert str(error.value).startswith(message)


def test_the_catalogue_has_the_sigmoid_page_and_says_what_it_has() -> None:
    assert "sigmoid" in names()
    assert find("sigmoid").title
    with pytest.raises(UnknownPageError, match="sigmoid"):
        find("no-such-page")


def test_catalogue_pages_name_questions_and_no_lines_of_answers() -> None:
    answers = {"solve", "diff", "express", "recall", "result", "claim", "define"}
    for name in names():
        for entry in find(name).entries:
            assert entry.kind in KINDS
            if entry.kind in answers - {"define", "claim"}:
                assert "=" not in str(entry.value) or entry.kind == "solve"
