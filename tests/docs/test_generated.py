"""Generated documents are as fresh as the code: the rules' manual, the JSON Schema, and the pages in output/."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derive
from derive.catalogue.library import names
from derive.model.schema import SCHEMA
from derive.render.formats import DEFAULT_FORMATS, format_named
from derive.render.manual import rules_document
from derive.rules import ALL_RULES

ROOT = Path(__file__).resolve().parents[2]


def fresh(path: Path, text: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale"


def test_the_manual_of_the_rules_is_fresh(request: pytest.FixtureRequest) -> None:
    fresh(ROOT / "docs" / "rules.md", rules_document(ALL_RULES, "md"), request)


def test_the_published_schema_is_fresh(request: pytest.FixtureRequest) -> None:
    fresh(ROOT / "docs" / "derive-1.schema.json", json.dumps(SCHEMA, indent=2) + "\n", request)


@pytest.mark.parametrize("name", names())
def test_the_committed_pages_are_fresh(name: str, request: pytest.FixtureRequest) -> None:
    page = derive.page(name, second_opinion=True)
    for to in DEFAULT_FORMATS:
        fresh(ROOT / "output" / f"{name}{format_named(to).suffix}", page.document(to), request)
