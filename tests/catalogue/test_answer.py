"""Answering pages: other functions and letters go the same way, and what cannot be answered is said with its line."""

from __future__ import annotations

import pytest

from derive.catalogue.answer import answered
from derive.catalogue.pagefile import PageFileError, read_page_text
from derive.model.page import Derived, Page, Statement, Table
from derive.notation.printer import latex


def page(body: str) -> Page:
    return answered(read_page_text(f"title = 'A page'\n{body}", "a-page", "a-page.toml"))


OTHER_FUNCTION = r"""
[[block]]
define = 'g(t) = \frac{1}{2 + e^{-3 t}}'

[[block]]
define = 'z = g(t)'

[[block]]
diff = 'z'
wrt = 't'
first = ["algebra.as_negative_power"]
name = "slope"

[[block]]
result = "slope"
left = "g'(t)"

[[block]]
columns = ["what", "formula"]
table = [["slope", "@slope"], ["value", '\(g(t) = @slope.right\)']]
"""


def test_another_function_with_another_letter_goes_the_same_way() -> None:
    blocks = list(page(OTHER_FUNCTION.replace("[\"value\", '\\(g(t) = @slope.right\\)']", '["a", "b"]')).blocks)
    definition, name, derived, result, table = blocks
    assert isinstance(definition, Statement) and isinstance(name, Statement)
    assert latex(name.formulas[0]) == r"z = g(t) = \frac{1}{2 + e^{-3t}}"
    assert isinstance(derived, Derived) and derived.left is not None and derived.letter is not None
    assert (latex(derived.left), latex(derived.letter)) == (r"\frac{dz}{dt}", "z")
    assert {verdict.status for verdict in derived.report.verdicts} == {"proved"}
    assert isinstance(result, Statement) and result.checks[0].verdict.status == "proved"
    assert isinstance(table, Table) and table.rows[0][1].startswith(r"\(\frac{dz}{dt} = ")


def test_a_statement_in_a_table_is_verified() -> None:
    table = list(page(OTHER_FUNCTION).blocks)[-1]
    assert isinstance(table, Table)
    assert table.checks[-1].verdict.status == "refuted"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("solve = 'x + 1 = 2'\nfor = 'p'", "a-page.toml:3: p does not occur"),
        ("diff = 'x^2'\nwrt = 'x'\nfirst = ['no.such']", "a-page.toml:3: there is no rule 'no.such'"),
        ("result = 'nothing'", "a-page.toml:3: there is no result 'nothing'"),
        ("prose = 'see @nothing'", "a-page.toml:3: there is no result 'nothing'"),
        ("claim = 'x + 1'\nsays = 'so'", "a-page.toml:3: this states nothing"),
        ("recall = ['1 - h(x)']", "a-page.toml:3: no function in this is defined"),
        ("claim = '\\frac{1}{2'\nsays = 'so'", "a-page.toml:3: "),
    ],
)
def test_what_cannot_be_answered_is_said_with_its_line(block: str, message: str) -> None:
    with pytest.raises(PageFileError) as error:
        page(f"[[block]]\n{block}")
    assert str(error.value).startswith(message)
