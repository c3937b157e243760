"""Derivations and verdicts as JSON: the published schema, and back without loss."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from derive.api import diff, solve
from derive.meaning.sympy_text import parse_sympy
from derive.model.derivation import Report
from derive.model.json import context_data, derivation_data, report_from, verdict_data, verdict_from
from derive.model.schema import SCHEMA
from derive.model.setting import Setting
from derive.model.verdict import Counterexample, Verdict
from derive.model.writing import json_text


@pytest.fixture(scope="module", params=["solve", "diff", "defined"])
def report(request: pytest.FixtureRequest) -> Report:
    if request.param == "solve":
        return solve(r"\log\left(\frac{p}{1-p}\right) = x", "p", given=["0 < p < 1", r"x \in \mathbb{R}"]).report
    if request.param == "diff":
        return diff(r"\lambda e^{-\lambda x_1}", "x_1", given=r"\lambda > 0").report
    return diff("f(t)^2", "t", define="f(t) = 2 t + 1").report


def through_json(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(data))
    return found


def test_a_derivation_follows_the_schema_and_is_read_back_without_loss(report: Report) -> None:
    data = through_json(derivation_data(report))
    jsonschema.validate(data, SCHEMA)
    assert report_from(data) == report


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict("proved", "normal form", "exact", second_opinion="agrees"),
        Verdict("conditional", "normal form", "exact", conditions=(parse_sympy("Ne(x, 1)"),)),
        Verdict(
            "refuted",
            "balls",
            "exact",
            counterexample=Counterexample((("x", parse_sympy("-1/2")),), "1/2", "-1/2", "lost"),
            holds_if=parse_sympy("x >= 0"),
            note="the root is not negative",
        ),
        Verdict(
            "proved",
            "kernel",
            "kernel",
            certificate={
                "field": "real",
                "given": (("<", 0, "x"),),
                "where": (),
                "goal": ("=", ("*", ("/", 1, 3), "x", 3), "x"),
                "proof": (("show", ("=", ("*", ("/", 1, 3), "x", 3), "x"), 1, (), ()),),
            },
        ),
    ],
    ids=lambda verdict: verdict.by,
)
def test_a_verdict_is_read_back_without_loss(verdict: Verdict) -> None:
    assert verdict_from(through_json(verdict_data(verdict))) == verdict


def test_a_context_keeps_ranges_constraints_functions_and_definitions() -> None:
    setting, _ = Setting().defining(r"\sigma(x) = \frac{1}{1 + e^{-x}}")
    setting, _ = setting.defining(r"y = \sigma(x)")
    setting = setting.assuming(r"0 < p \le 1", r"a \ne b", r"n \in \mathbb{N}")
    data = through_json(context_data(setting.context))
    assert data["functions"] == [{"name": "sigma", "parameters": ["x"], "body": "1/(1 + exp(-x))"}]
    assert data["definitions"] == [{"name": "y", "value": "sigma(x)"}]
    assert {"name": "p", "sort": "real", "lower": {"value": "0", "strict": True},
            "upper": {"value": "1", "strict": False}} in data["variables"]  # fmt: skip
    assert data["constraints"] == ["Ne(a, b)"]


def test_another_format_and_steps_that_do_not_join_are_refused(report: Report) -> None:
    data = through_json(derivation_data(report))
    with pytest.raises(ValueError, match="derive/2"):
        report_from({**data, "format": "derive/2"})
    broken = copy.deepcopy(data)
    broken["start"] = "x = 1"
    with pytest.raises(ValueError, match="begin"):
        report_from(broken)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "extra": 1}, SCHEMA)


def test_a_certificate_is_written_with_a_line_for_each_fact_and_each_line_of_proof() -> None:
    proof = ((("law", "log of 1"),), (("law", "exp of 0"), ("law", "log of 1")))
    certificate = {"field": "real", "given": (("<", 0, "x"),), "where": (), "goal": ("same", "x", "x"), "proof": proof}
    data = verdict_data(Verdict("proved", "same", "kernel", certificate=certificate))
    text = json_text(data)
    assert json.loads(text) == data
    assert verdict_from(json.loads(text)).certificate == certificate
    assert [line.strip() for line in text.splitlines() if "log of 1" in line] == ['["law", "log of 1"]'] * 2
    assert '"goal": ["same", "x", "x"],' in text


def test_data_without_certificates_is_written_like_any_json(report: Report) -> None:
    data = context_data(report.derivation.context) | {"empty": [], "nothing": {}, "text": "é"}
    assert json_text(data) == json.dumps(data, indent=2, ensure_ascii=False) + "\n"
