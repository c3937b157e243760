"""Generated documents are as fresh as the code: the rules' manual, the JSON Schema, and the built sigmoid page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derive
from derive.model.schema import SCHEMA
from derive.render.manual import rules_document
from derive.rules import ALL_RULES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sigmoid() -> derive.BuiltPage:
    return derive.page("sigmoid", second_opinion=True)


def fresh(path: Path, text: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale"


def test_the_manual_of_the_rules_is_fresh(request: pytest.FixtureRequest) -> None:
    fresh(ROOT / "docs" / "rules.md", rules_document(ALL_RULES, "md"), request)


def test_the_published_schema_is_fresh(request: pytest.FixtureRequest) -> None:
    fresh(ROOT / "docs" / "derive-1.schema.json", json.dumps(SCHEMA, indent=2) + "\n", request)


@pytest.mark.parametrize("to", ["md", "tex", "html", "json"])
def test_the_committed_sigmoid_page_is_fresh(
    to: str, sigmoid: derive.BuiltPage, request: pytest.FixtureRequest
) -> None:
    fresh(ROOT / "output" / f"sigmoid.{to}", sigmoid.document(to), request)
