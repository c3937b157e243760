"""Every format of a report against its official schema or the readers' rules, for pages with every kind of finding."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from derive.check.codes import CODES
from derive.check.formats import FORMATS
from derive.check.formats.text import text_report
from derive.check.result import CheckedFile, Run
from derive.check.run import check_sources, check_text
from derive.check.settings import Settings
from derive.check.sources import Source
from derive.model.schema import SCHEMA

DATA = Path(__file__).parent / "data"
WRONG = "# Page\n\n$$ (a - b)^2 = a^2 - 2ab - b^2 $$\n"
RIGHT = "# Page\n\n$$ (a + b)^2 = a^2 + 2ab + b^2 $$\n"
MANY = r"""<!-- derive: nonsense -->
<!-- derive: skip DRV101 reason="no longer" -->

$$ \frac{x^2 - 1}{x - 1} = x + 1 $$

$$ y = \unknown{x}, \quad 1 < 2 & "quoted" ]]> $$

For all $x$ we have $x^2 \ge x$, and $\sqrt{2} \approx 1.5142$,
and $\operatorname{Cov}(X, Y) = \operatorname{Cov}(Y, X)$.

$$
\begin{aligned}
(p + q)^2 &= p^2 \\
  & \quad + q^2
\end{aligned}
$$
"""


def run_of(*texts: str) -> Run:
    return Run(tuple(check_text(f"page{number}.md", text) for number, text in enumerate(texts)))


@pytest.fixture(scope="module")
def everything() -> Run:
    """Every status and notice, an unreadable file, names that need escapes, a notebook."""
    cells = [{"cell_type": "markdown", "source": ["then\n", "$1 + 1 = 3$"], "metadata": {}}]
    notebook = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}, indent=1)
    sources = (
        Source("notes/many, of: them.md", MANY.encode()),
        Source("/absolute/ä page.md", WRONG.encode()),
        Source("nothing.md", b"no formula"),
        Source("binary.md", b"\x00\x01"),
        Source("book.ipynb", notebook.encode()),
        Source("quiet.md", b"<!-- derive: skip -->\n" + WRONG.encode()),
    )
    return check_sources(sources, Settings(cache="", jobs=1))


def test_the_sample_has_findings_of_every_kind(everything: Run) -> None:
    codes = {step.code for step in everything.steps} | {n.code for file in everything.files for n in file.notices}
    assert {"DRV101", "DRV103", "DRV104", "DRV201", "DRV401", "DRV501", "DRV601", "DRV602"} <= codes
    assert {"refuted", "conditional", "undecided", "unread", "skipped"} <= {step.status for step in everything.steps}


# --- text --------------------------------------------------------------------------------------------------


def test_text_underlines_the_piece_and_shows_values() -> None:
    report = text_report(run_of(WRONG))
    assert "page0.md:3:16: DRV101" in report
    source, marks = report.split("\n")[1:3]
    assert source[marks.index("^") : marks.rindex("^") + 1] == "a^2 - 2ab - b^2"
    assert "left" in report and "right" in report and "it is true with" in report
    assert report.rstrip().endswith("1 step in 1 file: 1 refuted")


def test_color_adds_nothing_but_color(everything: Run) -> None:
    colored = text_report(everything, color=True, verbose=True)
    assert "\x1b[31mDRV101\x1b[0m" in colored
    assert re.sub(r"\x1b\[\d*m", "", colored) == text_report(everything, verbose=True)


def test_tabs_wide_and_long_lines_are_underlined_where_the_piece_is() -> None:
    for before in ("\t", "漢字 é ", "so " * 60):
        source, marks = text_report(run_of(f"{before}$1 + 1 = 3$ {'and so on ' * 20}")).split("\n")[1:3]
        wide = sum(character in "漢字" for character in source)
        assert source[marks.index("^") - wide] == "3"


def test_notebooks_name_the_cell(everything: Run) -> None:
    assert re.search(r"book\.ipynb:\d+:\d+ \(cell 1, line 2\): DRV101", text_report(everything))


# --- JSON --------------------------------------------------------------------------------------------------


def test_json_follows_its_published_schema(everything: Run) -> None:
    data = json.loads(FORMATS["json"](everything))
    jsonschema.validate(data, SCHEMA)
    assert sum(data["summary"].values()) == len(everything.steps)


def test_json_keeps_the_machine_contract() -> None:
    data = json.loads(FORMATS["json"](run_of(WRONG, RIGHT)))
    assert data["format"] == "derive/1"
    assert data["summary"]["refuted"] == 1 and data["summary"]["proved"] == 1
    (step,) = data["files"][0]["steps"]
    assert (step["line"], step["column"], step["end_line"]) == (3, 16, 3)
    assert step["after"] == "a^2 - 2ab - b^2"
    assert step["counterexample"]["point"].keys() == {"a", "b"}
    assert step["correction"] == "a^2 - 2ab + b^2"
    assert data["files"][1]["steps"][0]["code"] is None


# --- GitHub ------------------------------------------------------------------------------------------------


def test_github_annotations() -> None:
    (line,) = FORMATS["github"](run_of(WRONG, RIGHT)).splitlines()
    assert line.startswith("::error file=page0.md,line=3,col=16,endLine=3,endColumn=31,title=DRV101::")
    assert line.endswith("%0Ait is true with: a^2 - 2ab + b^2")


def test_github_annotations_are_one_line_each_and_escaped(everything: Run) -> None:
    command = re.compile(
        r"::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+(,end\w+=\d+)*,title=DRV\d{3}::[^\r\n]+"
    )
    lines = FORMATS["github"](everything).splitlines()
    assert lines and all(command.fullmatch(line) for line in lines)
    assert "file=notes/many%2C of%3A them.md" in lines[0]
    for line in lines:
        if found := re.search(r"line=(\d+),col=\d+,endLine=(\d+),endColumn", line):
            assert found[1] == found[2], "columns are only known to GitHub within one line"


# --- JUnit -------------------------------------------------------------------------------------------------

# What readers of JUnit XML agree on (the schema of the Jenkins plugin): attributes and children by element.
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"name", "time", "tests", "failures", "disabled", "errors"}, set(), {"testsuite"}),
    "testsuite": (
        {
            "name",
            "tests",
            "failures",
            "errors",
            "time",
            "disabled",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
        },
        {"name"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name", "assertions", "time", "classname", "status"},
        {"name", "classname"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": ({"type", "message"}, {"type", "message"}, set()),
    "error": ({"type", "message"}, {"message"}, set()),
    "skipped": ({"type", "message"}, {"message"}, set()),
}


def test_junit_has_the_elements_that_readers_know(everything: Run) -> None:
    root = ET.fromstring(FORMATS["junit"](everything).encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        allowed, needed, children = JUNIT[element.tag]
        assert needed <= set(element.keys()) <= allowed
        assert {child.tag for child in element} <= children
        assert len(list(element)) <= 1 or element.tag != "testcase"


def test_junit_counts_what_it_holds(everything: Run) -> None:
    root = ET.fromstring(FORMATS["junit"](everything).encode())
    kinds = (("tests", "testcase"), ("failures", "failure"), ("errors", "error"))
    for element in (root, *root):
        counted = kinds if element is root else (*kinds, ("skipped", "skipped"))
        for attribute, tag in counted:
            assert element.get(attribute) == str(len(list(element.iter(tag)))), (element.get("name"), attribute)
    assert root.get("errors") == "1"


# --- SARIF -------------------------------------------------------------------------------------------------


def sarif(run: Run) -> dict[str, list[dict[str, object]]]:
    log = json.loads(FORMATS["sarif"](run))
    schema = json.loads((DATA / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    result: dict[str, list[dict[str, object]]] = only
    return result


@pytest.mark.parametrize("run", [Run(), run_of(RIGHT), Run((CheckedFile("a.md", unreadable=True),))], ids=range(3))
def test_sarif_of_little_follows_the_official_schema(run: Run) -> None:
    assert sarif(run)["results"] == []


def test_sarif_follows_the_official_schema(everything: Run) -> None:
    log = json.loads(json.dumps(sarif(everything)))
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.code for code in CODES]
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"]
    (invocation,) = log["invocations"]
    assert invocation["executionSuccessful"] is False
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["results"]}
    assert uris == {"notes/many%2C%20of%3A%20them.md", "file:///absolute/%C3%A4%20page.md", "book.ipynb"}


def test_sarif_regions_hold_the_piece() -> None:
    log = json.loads(json.dumps(sarif(run_of(WRONG))))
    (result,) = log["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 3, "startColumn": 16, "endLine": 3, "endColumn": 31, "snippet": {"text": "a^2 - 2ab - b^2"},
    }  # fmt: skip


def test_sarif_fingerprints_stay_when_lines_move() -> None:
    first, moved = (json.loads(json.dumps(sarif(run_of(text)))) for text in (WRONG, "Prose.\n\n" + WRONG))
    assert first["results"][0]["partialFingerprints"] == moved["results"][0]["partialFingerprints"]
