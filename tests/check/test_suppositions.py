"""Steps written with macros that are defined nowhere: conditional, never refuted, and what rests on them too."""

from __future__ import annotations

from pathlib import Path

from derive.check.result import CheckedFile
from derive.check.run import check_sources, check_text
from derive.check.settings import Settings
from derive.check.sources import Source


def found(checked: CheckedFile) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(step.status, step.code, step.conditions) for step in checked.steps]


PL = r"\pl stands for \partial"
EPS = r"\eps stands for \varepsilon"


def test_what_is_proved_with_a_supposed_macro_is_conditional_and_nothing_is_refuted() -> None:
    text = r"\[ \frac{\pl}{\pl x} x^2 = 2 x = x + x \] \[ \frac{\pl}{\pl x} x^2 = 3 x \] $1 + 1 = 3$"
    checked = check_text("part.tex", text)
    assert found(checked) == [
        ("conditional", "DRV201", (PL,)),
        ("proved", "", ()),
        ("undecided", "DRV306", ()),
        ("refuted", "DRV101", ()),
    ]
    (notice,) = checked.notices
    assert (notice.code, notice.line, notice.column) == ("DRV307", 1, 3)
    assert PL in notice.message


def test_a_package_macro_needs_no_condition() -> None:
    checked = check_text("part.tex", r"\[ \frac{\mathd}{\mathd x} x^2 = 2 x \] $\sin \ang{30} = \frac12$")
    assert found(checked) == [("proved", "", ())] * 2
    assert not checked.notices


def test_what_rests_on_a_definition_with_a_supposed_macro_is_conditional_too() -> None:
    text = r"Let $k = \eps + 1$. Then $k^2 = k \cdot k$, and by the above \[ k^2 - 2 k + 1 = (k - 1)^2. \]"
    text += r" Let $u = 3 \eps$ and $w = u^2$. So \[ w - u^2 = 0. \]"
    statuses = found(check_text("part.tex", text))
    assert statuses[1:3] == [("proved", "", ()), ("proved", "", ())]
    assert statuses[-1] == ("conditional", "DRV201", (EPS,))


def test_a_false_consequence_of_a_supposed_definition_is_not_refuted() -> None:
    text = r"Let $u = 3 \eps$ and $w = u^2$. So \[ w - u^2 = 1. \]"
    assert found(check_text("part.tex", text))[-1][0] == "undecided"


def test_a_comment_defines_a_macro() -> None:
    text = "% derive: macro \\foo{#1} = \\sqrt{#1}\n% derive: macro \\pl = \\partial\n"
    text += r"$\foo{4} = 2$ $\foo{4} = 3$ \[ \frac{\pl}{\pl x} x^2 = 2 x \]"
    checked = check_text("part.tex", text)
    assert [status for status, _, _ in found(checked)] == ["proved", "refuted", "proved"]
    assert not checked.notices


def test_an_unclear_macro_stays_undefined() -> None:
    assert found(check_text("part.tex", r"$\foo{4} = 2$"))[0][:2] == ("undecided", "DRV306")
    assert found(check_text("page.md", r"$\foo{4} = 2$"))[0][:2] == ("unread", "DRV401")


def test_an_authors_macro_rests_on_the_supposed_one_in_its_body() -> None:
    text = r"\newcommand{\ex}{\frac{\pl}{\pl x}} \[ \ex x^2 = 2 x \]"
    assert found(check_text("part.tex", text)) == [("conditional", "DRV201", (PL,))]


def test_parts_of_a_folder_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "one.tex").write_text(r"\[ \frac{\foo}{\foo x} x^2 = 2 x \]", encoding="utf-8")
    alone = check_sources((Source(str(tmp_path / "one.tex")),), Settings(cache="", jobs=1))
    assert alone.steps[0].code == "DRV306"
    other = r"$\frac{\foo L}{\foo q}$ $\frac{\foo^2 L}{\foo q \foo p}$ $\frac{\foo}{\foo y} f$"
    (tmp_path / "two.tex").write_text(other, encoding="utf-8")
    together = check_sources((Source(str(tmp_path / "one.tex")),), Settings(cache="", jobs=1))
    assert together.steps[0].conditions == (r"\foo stands for \mathrm{d}",)
