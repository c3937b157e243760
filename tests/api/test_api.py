"""The Python interface: answers that show themselves, and errors that say where."""

from __future__ import annotations

import subprocess
import sys

import pytest

import derive


def test_importing_derive_imports_nothing_of_it() -> None:
    code = "import sys, derive; print([m for m in sys.modules if m.startswith('derive.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    assert all(getattr(derive, name) for name in derive.__all__)
    assert set(derive.__all__) <= set(dir(derive))
    with pytest.raises(AttributeError, match="nothing"):
        derive.nothing  # noqa: B018


def test_an_answer_shows_itself_in_a_notebook() -> None:
    shown = derive.diff("x^2 + 3 x")._repr_mimebundle_()
    assert "<math" in shown["text/html"]
    assert r"\frac{d}{dx}" in shown["text/latex"]
    assert "d/dx" in shown["text/plain"]


def test_an_answer_has_its_result_its_verdicts_and_its_solutions() -> None:
    answer = derive.solve("x^2 = 4", "x")
    assert answer.holds
    assert sorted(str(value) for value in answer.solutions or ()) == ["-2", "2"]
    assert len(answer.verdicts) == len(answer.derivation.steps)
    assert str(answer) == answer.text()


@pytest.mark.parametrize(
    ("statement", "given", "status"),
    [
        (r"\sin^2 x + \cos^2 x = 1", (), "proved"),
        (r"\log(a b) = \log a + \log b", (), "conditional"),
        (r"\log(a b) = \log a + \log b", ("a > 0", "b > 0"), "proved"),
        (r"\sqrt{x^2} = x", (), "refuted"),
        (r"0 < e^{-x^2} \le 1", (), "proved"),
    ],
)
def test_verdicts_on_statements(statement: str, given: tuple[str, ...], status: str) -> None:
    assert derive.verdict(statement, given=given).status == status


def test_an_error_underlines_the_piece_at_fault() -> None:
    with pytest.raises(derive.QuestionError) as error:
        derive.diff(r"x + \foo{x}")
    assert str(error.value).splitlines()[1:3] == [r"  x + \foo{x}", "      ^^^^"]


def test_a_term_is_no_statement() -> None:
    with pytest.raises(derive.QuestionError, match="states nothing"):
        derive.verdict("x + 1")
