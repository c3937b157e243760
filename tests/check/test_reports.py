"""Exit codes of a report, comments, baseline, settings and cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.check.baseline import BaselineError, read_baseline, with_baseline, written_baseline
from derive.check.codes import CODES, Code, code_page, find_code
from derive.check.files import MissingPath, find_files
from derive.check.result import Run
from derive.check.run import check_sources, check_text
from derive.check.settings import Settings, SettingsError, read_settings
from derive.check.sources import Source

WRONG = "# Page\n\n$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"
RIGHT = "# Page\n\n$$ (a + b)^2 = a^2 + 2ab + b^2 $$\n"


def run_of(*texts: str) -> Run:
    return Run(tuple(check_text(f"page{number}.md", text) for number, text in enumerate(texts)))


def statuses(text: str) -> list[str]:
    return [step.status for step in check_text("page.md", text).steps]


def test_exit_codes() -> None:
    assert run_of(RIGHT).exit_code() == 0
    assert run_of(WRONG).exit_code() == 1
    assert run_of("no formula").exit_code() == 2
    assert run_of("no formula").exit_code(allow_empty=True) == 0
    assert run_of(r"$$ a = \foo{b} $$").exit_code() == 0
    assert run_of(r"$$ a = \foo{b} $$").exit_code(strict=True) == 1


def test_unreadable_files_are_reported_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(RIGHT, encoding="utf-8")
    sources = (Source("binary.md", b"\x00\x01"), Source(str(tmp_path / "good.md")), Source(str(tmp_path / "none.md")))
    run = check_sources(sources, Settings(cache="", jobs=1))
    assert [file.unreadable for file in run.files] == [True, False, True]
    assert run.exit_code() == 2
    assert run.files[0].notices[0].code == "DRV501"


def test_skip_comments_silence_one_formula_and_are_reported_when_unused() -> None:
    skip = '<!-- derive: skip DRV101 reason="on purpose" -->\n'
    assert statuses(skip + WRONG) == ["skipped"]
    assert statuses("<!-- derive: skip -->\n" + WRONG) == ["skipped"]
    assert statuses("<!-- derive: skip DRV102 -->\n" + WRONG) == ["refuted"]
    assert [notice.code for notice in check_text("p.md", skip + RIGHT).notices] == ["DRV601"]
    assert [notice.code for notice in check_text("p.md", "<!-- derive: nonsense -->\n" + RIGHT).notices] == ["DRV602"]
    assert statuses("<!-- derive: skip-file -->\n" + WRONG) == []


def test_given_comments_are_assumed() -> None:
    assert statuses("$$ \\sqrt{x^2} = x $$") == ["refuted"]
    assert statuses("<!-- derive: given x > 0 -->\n$$ \\sqrt{x^2} = x $$") == ["proved"]
    assert statuses("<!-- derive: given 0 < p < 1; q = 1 - p -->\n$$ 2p + q = p + 1 $$") == ["proved"]


def test_baseline_accepts_what_was_known(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(written_baseline(run_of(WRONG)), encoding="utf-8")
    assert with_baseline(run_of("moved\n\n" + WRONG), read_baseline(path)).exit_code() == 0
    assert with_baseline(run_of(WRONG + WRONG), read_baseline(path)).exit_code() == 1
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(BaselineError):
        read_baseline(path)


def test_settings_come_from_the_nearest_file(tmp_path: Path) -> None:
    inner = tmp_path / "notes"
    inner.mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.derive]\nstrict = true\nignore = ["undecided"]\n', encoding="utf-8")
    assert read_settings(inner) == Settings(strict=True, ignore=("DRV301",), cache="../.derive_cache")
    (inner / "derive.toml").write_text("budget = 0.5\n", encoding="utf-8")
    assert read_settings(inner) == Settings(budget=0.5)
    for text in ("unknown = 1", "strict = 3", "= =", 'ignore = ["DRV999"]', "budget = 0", "exclude = [1]"):
        (inner / "derive.toml").write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"derive\.toml"):
            read_settings(inner)


def test_paths_in_settings_are_relative_to_their_file(tmp_path: Path) -> None:
    inner = tmp_path / "notes"
    (inner / "drafts").mkdir(parents=True)
    for name in ("a.md", "b.draft.md", "drafts/c.md"):
        (inner / name).write_text("x", encoding="utf-8")
    (tmp_path / "derive.toml").write_text(
        'exclude = ["notes/drafts", "*.draft.md"]\nbaseline = "known.json"\ncache = ""\n', encoding="utf-8"
    )
    settings = read_settings(inner)
    assert (settings.baseline, settings.cache) == ("../known.json", "")
    assert [path.name for path in find_files([str(inner)], settings.exclude)] == ["a.md"]


def test_ignored_codes_do_not_count(tmp_path: Path) -> None:
    run = check_sources((Source("p.md", WRONG.encode()),), Settings(cache="", jobs=1, ignore=("DRV101",)))
    assert [step.status for step in run.steps] == ["skipped"]


def test_the_cache_gives_the_same_result_again(tmp_path: Path) -> None:
    settings = Settings(cache=str(tmp_path / "cache"), jobs=1)
    sources = (Source("p.md", WRONG.encode()), Source("q.md", RIGHT.encode()))
    first = check_sources(sources, settings)
    kept = sorted((tmp_path / "cache").glob("*.json"))
    assert len(kept) == 2
    assert check_sources(sources, settings) == first
    kept[0].write_text("{", encoding="utf-8")
    assert check_sources(sources, settings) == first


def test_workers_give_the_same_result_as_one_process() -> None:
    sources = tuple(Source(f"p{n}.md", text.encode()) for n, text in enumerate((WRONG, RIGHT, WRONG)))
    alone = check_sources(sources, Settings(cache="", jobs=1))
    assert check_sources(sources, Settings(cache="", jobs=2)) == alone


def test_files_are_found_in_order_and_once(tmp_path: Path) -> None:
    for name in ("b.md", "a.tex", "c.py", ".hidden.md", "sub/d.rst", "node_modules/e.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    names = [path.name for path in find_files([str(tmp_path), str(tmp_path / "b.md")], ("*/d.rst",))]
    assert names == ["a.tex", "b.md"]
    with pytest.raises(MissingPath):
        list(find_files([str(tmp_path / "none")]))


@pytest.mark.parametrize("code", [code for code in CODES if code.example], ids=lambda code: code.code)
def test_the_example_of_a_code_earns_it_and_the_better_one_does_not(code: Code) -> None:
    checked = check_text("p.md", code.example)
    assert code.code in {step.code for step in checked.steps} | {notice.code for notice in checked.notices}
    better = check_text("p.md", code.better)
    assert code.code not in {step.code for step in better.steps} | {notice.code for notice in better.notices}


def test_codes_are_found_by_number_and_name() -> None:
    assert find_code("drv101") is find_code("wrong-equality")
    assert find_code("DRV999") is None
    assert all(code.what in code_page(code) for code in CODES)
    assert len({code.code for code in CODES}) == len(CODES)


def test_patterns_leave_out_files_and_folders(tmp_path: Path) -> None:
    for name in ("a.md", "old/b.md", "old/deep/c.tex", "d.draft.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")

    def left(*patterns: str) -> list[str]:
        return [path.name for path in find_files([str(tmp_path)], patterns)]

    assert left() == ["a.md", "d.draft.md", "b.md", "c.tex"]
    assert left("old") == left("old/") == left("old/*") == ["a.md", "d.draft.md"]
    assert left("*.draft.md", "*.tex") == ["a.md", "b.md"]
    assert left(f"{tmp_path.as_posix()}/old") == ["a.md", "d.draft.md"]
    assert left("ld", "a") == left()
