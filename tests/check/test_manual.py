"""The manual of codes is generated: `derive code --all > docs/codes.md`."""

from __future__ import annotations

from pathlib import Path

from derive.check.codes import CODES, code_page

MANUAL = Path(__file__).parents[2] / "docs" / "codes.md"


def test_the_manual_is_what_the_table_says() -> None:
    assert MANUAL.read_text(encoding="utf-8") == "\n".join(code_page(code) for code in CODES)
