"""Each row of the rule tables is tried on its own example and its own counterexample."""

from __future__ import annotations

import re

import pytest

from derive.engine.actions import ACTIONS, fire
from derive.engine.rewrite import pattern
from derive.engine.views import same
from derive.model.rule import Rule
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.rules import ALL_RULES, rule_named

WITH_CONTEXT = {
    "equations.check_candidates", "equations.within_given", "functions.definition", "functions.recognise",
    "equations.sine_within", "equations.cosine_within", "equations.tangent_within",
}  # fmt: skip
"""Rows whose action needs more than the line before: the first equation, what is given, a definition."""

FIRING = [rule for rule in ALL_RULES if rule.name not in WITH_CONTEXT]


def test_names_are_unique_and_dotted() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in names)
    assert not any(re.search("simplif|solve", name) for name in names)
    assert rule_named("derivative.product").says == "product rule"


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_row_can_be_read_and_says_why(rule: Rule) -> None:
    for text in (rule.left, rule.right, *rule.when, *rule.example, rule.counterexample):
        if text:
            pattern(text)
    assert rule.says and not rule.says.endswith(".")
    assert all(rule.example)


@pytest.mark.parametrize("rule", FIRING, ids=lambda rule: rule.name)
def test_fires_on_its_example(rule: Rule) -> None:
    before, after = (read(text) for text in rule.example)
    result = fire(rule, before)
    assert result is not None
    assert same(result, after), latex(result)


@pytest.mark.parametrize("rule", FIRING, ids=lambda rule: rule.name)
def test_declines_its_counterexample(rule: Rule) -> None:
    if rule.counterexample:
        assert fire(rule, read(rule.counterexample)) is None


def test_every_row_without_a_pattern_has_an_action() -> None:
    without = {rule.name for rule in ALL_RULES if not rule.left} - WITH_CONTEXT
    assert without <= set(ACTIONS)
