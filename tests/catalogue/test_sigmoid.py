"""The sigmoid page: the formulas of the reference document in its order and form, every step and claim proved."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import ClassVar

import jsonschema
import pytest

import derive
from derive.model.page import Claimed, Derived
from derive.model.schema import SCHEMA

FORMULAS = [
    r"\sigma(x) = \frac{1}{1 + e^{-x}}",
    r"\log\left(\frac{p}{1 - p}\right) = x",
    r"\frac{p}{1 - p} = e^x",
    r"p = e^x (1 - p)",
    r"p = e^x - e^x p",
    r"p(1 + e^x) = e^x",
    r"p = \frac{e^x}{1 + e^x}",
    r"p = \frac{1}{1 + e^{-x}} = \sigma(x)",
    r"y = \sigma(x) = \frac{1}{1 + e^{-x}}",
    r"\frac{dy}{dx} = \frac{d}{dx} \left( \frac{1}{1 + e^{-x}} \right)",
    r"y = (1 + e^{-x})^{-1}",
    r"\frac{dy}{dx} = -1 \cdot (1 + e^{-x})^{-2} \cdot \frac{d}{dx}(1 + e^{-x})",
    r"\frac{dy}{dx} = - (1 + e^{-x})^{-2} \cdot (-e^{-x})",
    r"\frac{dy}{dx} = \frac{e^{-x}}{(1 + e^{-x})^2}",
    r"1 - \sigma(x) = \frac{e^{-x}}{1 + e^{-x}}",
    r"\frac{dy}{dx} = \sigma(x) \cdot (1 - \sigma(x))",
    r"\frac{d}{dx} \sigma(x) = \sigma(x) (1 - \sigma(x))",
    r"\sigma'(x) = \sigma(x)(1 - \sigma(x))",
]
TITLES = [
    "Definition", "Why this form?", "Derivation from the logit", "Derivative of the sigmoid function",
    "Expressed in the function itself", "Final result", "Summary",
]  # fmt: skip


@pytest.fixture(scope="module")
def sigmoid() -> derive.BuiltPage:
    return derive.page("sigmoid")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("to", ["md", "tex", "fragment"])
def test_every_formula_of_the_reference_stands_on_the_page_in_order(to: str, sigmoid: derive.BuiltPage) -> None:
    text, at = squeezed(sigmoid.document(to)), 0
    for formula in FORMULAS:
        found = text.find(squeezed(formula), at)
        assert found >= 0, f"not there, or not in this order: {formula}"
        at = found + 1


def test_every_step_and_claim_is_proved(sigmoid: derive.BuiltPage) -> None:
    assert {verdict.status for verdict in sigmoid.page.verdicts} == {"proved"}
    assert len(list(sigmoid.page.verdicts)) > 20


def test_the_claims_of_the_prose_are_verified(sigmoid: derive.BuiltPage) -> None:
    kinds = [check.claim.kind for block in sigmoid.page.blocks if isinstance(block, Claimed) for check in block.checks]
    assert kinds == ["range", "smooth", "increasing", "limit", "limit", "identity"]


def test_the_sections_are_those_of_the_reference(sigmoid: derive.BuiltPage) -> None:
    assert [section.title for section in sigmoid.page.sections if section.title] == TITLES


def test_no_step_is_a_mere_simplification(sigmoid: derive.BuiltPage) -> None:
    rules = [s.rule for b in sigmoid.page.blocks if isinstance(b, Derived) for s in b.report.derivation.steps]
    assert len(rules) >= 11
    assert not [rule for rule in rules if re.search("simplif|solve", rule)]


def test_the_page_as_json_follows_the_schema_and_holds_everything_in_order(sigmoid: derive.BuiltPage) -> None:
    data = json.loads(sigmoid.document("json"))
    jsonschema.validate(data, SCHEMA)
    kinds = [block["kind"] for section in data["sections"] for block in section["blocks"]]
    assert kinds.count("derivation") == 3
    assert kinds.index("statement") < kinds.index("claim") < kinds.index("derivation") < kinds.index("table")


def test_html_is_readable_without_scripts(sigmoid: derive.BuiltPage) -> None:
    text = sigmoid.document("html")
    assert text.startswith("<!DOCTYPE html>")
    assert "<script" not in text and '<code class="latex">' not in text
    assert text.count("<math") == text.count("</math>") > 30
    assert '<html lang="en">' in text


def test_every_html_element_is_closed_where_it_should_be(sigmoid: derive.BuiltPage) -> None:
    class Elements(HTMLParser):
        opened: ClassVar[list[str]] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "br", "img"):
                self.opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.opened.pop() == tag

    Elements().feed(sigmoid.document("html"))
    assert Elements.opened == []


@pytest.mark.parametrize(("math", "opening"), [("dollars", "$$ "), ("github", "```math\n"), ("myst", "$$\n")])
def test_markdown_in_other_dialects_has_no_bracket_delimiters(
    math: str, opening: str, sigmoid: derive.BuiltPage
) -> None:
    text = sigmoid.document("md", math=math)
    assert opening in text
    assert r"\[" not in text and r"\(" not in text
