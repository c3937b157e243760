"""A derivation and its verdicts as JSON data, and back without loss; pages as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derive.meaning.sympy_text import parse_sympy, sympy_text
from derive.model.context import Bound, Context, Function, Variable
from derive.model.derivation import Derivation, Report, Step
from derive.model.page import Block, Checked, Claimed, Derived, Page, Prose, Statement, Table
from derive.model.schema import FORMAT
from derive.model.setting import Setting
from derive.model.verdict import STATUSES, Counterexample, Verdict
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Node

__all__ = ["context_data", "derivation_data", "page_data", "report_from", "tally", "verdict_data", "verdict_from"]

Data = dict[str, Any]


# --- verdicts ----------------------------------------------------------------------------------------------


def verdict_data(verdict: Verdict) -> Data:
    """The verdict as JSON data; what is empty is left out."""
    data: Data = {"status": verdict.status, "by": verdict.by, "trust": verdict.trust}
    if verdict.conditions:
        data["conditions"] = [sympy_text(condition) for condition in verdict.conditions]
    if verdict.counterexample is not None:
        data["counterexample"] = _counterexample_data(verdict.counterexample)
    if verdict.holds_if is not None:
        data["holds_if"] = sympy_text(verdict.holds_if)
    if verdict.note:
        data["note"] = verdict.note
    if verdict.second_opinion:
        data["second_opinion"] = verdict.second_opinion
    if verdict.certificate is not None:
        data["certificate"] = {key: _arrays(part) for key, part in verdict.certificate.items()}
    return data


def verdict_from(data: Mapping[str, Any]) -> Verdict:
    """The verdict that `verdict_data` wrote."""
    counterexample = data.get("counterexample")
    return Verdict(
        status=data["status"],
        by=data["by"],
        trust=data["trust"],
        conditions=tuple(parse_sympy(text) for text in data.get("conditions", ())),
        counterexample=_counterexample_from(counterexample) if counterexample else None,
        holds_if=parse_sympy(data["holds_if"]) if "holds_if" in data else None,
        note=data.get("note", ""),
        second_opinion=data.get("second_opinion", ""),
        certificate={key: _tuples(part) for key, part in data["certificate"].items()}
        if "certificate" in data
        else None,
    )


def _counterexample_data(found: Counterexample) -> Data:
    data: Data = {"point": {name: sympy_text(value) for name, value in found.point}}
    return data | {key: value for key in ("left", "right", "note") if (value := getattr(found, key))}


def _counterexample_from(data: Mapping[str, Any]) -> Counterexample:
    point = tuple((name, parse_sympy(text)) for name, text in data["point"].items())
    return Counterexample(point, data.get("left", ""), data.get("right", ""), data.get("note", ""))


def _arrays(value: object) -> object:
    """A certificate's tuples as arrays."""
    return [_arrays(item) for item in value] if isinstance(value, tuple) else value


def _tuples(value: object) -> object:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


# --- contexts ----------------------------------------------------------------------------------------------


def context_data(context: Context) -> Data:
    """The context as JSON data; what is empty is left out."""
    data: Data = {
        "variables": [_variable_data(variable) for variable in context.variables],
        "constraints": [sympy_text(constraint) for constraint in context.constraints],
        "functions": [_function_data(function) for function in context.functions],
        "definitions": [{"name": name, "value": sympy_text(value)} for name, value in context.definitions],
    }
    return {key: value for key, value in data.items() if value}


def _variable_data(variable: Variable) -> Data:
    bounds = (("lower", variable.lower), ("upper", variable.upper))
    ends = {key: {"value": sympy_text(end.value), "strict": end.strict} for key, end in bounds if end is not None}
    return {"name": variable.name, "sort": variable.sort, **ends}


def _function_data(function: Function) -> Data:
    data: Data = {"name": function.name, "parameters": list(function.parameters)}
    if function.body is not None:
        data["body"] = sympy_text(function.body)
    if function.properties:
        data["properties"] = sorted(function.properties)
    return data


def _context_from(data: Mapping[str, Any]) -> Context:
    def end(item: Mapping[str, Any], key: str) -> Bound | None:
        return Bound(parse_sympy(item[key]["value"]), item[key]["strict"]) if key in item else None

    return Context(
        variables=tuple(
            Variable(item["name"], item["sort"], end(item, "lower"), end(item, "upper"))
            for item in data.get("variables", ())
        ),
        constraints=tuple(parse_sympy(text) for text in data.get("constraints", ())),
        functions=tuple(
            Function(
                item["name"],
                tuple(item["parameters"]),
                parse_sympy(item["body"]) if "body" in item else None,
                frozenset(item.get("properties", ())),
            )
            for item in data.get("functions", ())
        ),
        definitions=tuple((item["name"], parse_sympy(item["value"])) for item in data.get("definitions", ())),
    )


# --- derivations -------------------------------------------------------------------------------------------


def derivation_data(report: Report) -> Data:
    """The derivation with its verdicts as JSON data of the published format."""
    return {"format": FORMAT, **_derivation_body(report)}


def _derivation_body(report: Report) -> Data:
    derivation = report.derivation
    setting = Setting.of(derivation.context)

    def meaning(node: Node) -> str:
        return sympy_text(setting.meaning(node))

    pairs = zip(derivation.steps, report.verdicts, strict=True)
    return {
        "title": derivation.title,
        "given": [latex(statement) for statement in derivation.given],
        "context": context_data(derivation.context),
        "start": latex(derivation.start),
        "start_meaning": meaning(derivation.start),
        "steps": [
            {
                "before": latex(step.before),
                "relation": step.relation,
                "after": latex(step.after),
                "before_meaning": meaning(step.before),
                "after_meaning": meaning(step.after),
                "rule": step.rule,
                "says": step.says,
                "conditions": [latex(condition) for condition in step.conditions],
                "verdict": verdict_data(verdict),
            }
            for step, verdict in pairs
        ],
        "result": latex(derivation.result),
        "result_meaning": meaning(derivation.result),
    }


def report_from(data: Mapping[str, Any]) -> Report:
    """The report that `derivation_data` wrote.

    Raises ValueError for another format, for steps that do not join, and for formulas that cannot be read.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"this is not {FORMAT!r} but {data.get('format')!r}")
    context = _context_from(data["context"])
    vocabulary = Setting.of(context).vocabulary

    def formula(text: str) -> Node:
        return read(text, vocabulary)

    steps = tuple(
        Step(
            formula(item["before"]),
            item["relation"],
            formula(item["after"]),
            item["rule"],
            item["says"],
            tuple(formula(text) for text in item["conditions"]),
        )
        for item in data["steps"]
    )
    given = tuple(formula(text) for text in data["given"])
    derivation = Derivation(data["title"], context, given, formula(data["start"]), steps)
    return Report(derivation, tuple(verdict_from(item["verdict"]) for item in data["steps"]))


# --- pages -------------------------------------------------------------------------------------------------


def page_data(page: Page) -> Data:
    """The page as JSON data: its derivations and claims in order."""
    return {
        "format": FORMAT,
        "name": page.name,
        "title": page.title,
        "sections": [
            {"title": section.title, "blocks": [_block_data(block) for block in section.blocks]}
            for section in page.sections
        ],
        "summary": tally(page),
    }


def tally(page: Page) -> dict[str, int]:
    """How often each status occurs on the page, in the order of the statuses; those that do not are left out."""
    found = [verdict.status for verdict in page.verdicts]
    return {status: found.count(status) for status in STATUSES if status in found}


def _block_data(block: Block) -> Data:
    match block:
        case Prose(text):
            return {"kind": "prose", "text": text}
        case Statement(role, formulas, checks):
            written = [latex(formula) for formula in formulas]
            return {"kind": "statement", "role": role, "formulas": written, "checks": _checks(checks)}
        case Derived(name, report, left, letter):
            extra = {key: latex(node) for key, node in (("left", left), ("letter", letter)) if node is not None}
            return {"kind": "derivation", "name": name, **extra, **_derivation_body(report)}
        case Claimed(says, statement, checks):
            stated = {"statement": latex(statement)} if statement is not None else {}
            return {"kind": "claim", "says": says, **stated, "checks": _checks(checks)}
        case Table(columns, rows, checks):
            cells = [list(row) for row in rows]
            return {"kind": "table", "columns": list(columns), "rows": cells, "checks": _checks(checks)}


def _checks(checks: tuple[Checked, ...]) -> list[Data]:
    return [
        {
            "kind": check.claim.kind,
            "left": sympy_text(check.claim.left),
            "right": sympy_text(check.claim.right),
            "verdict": verdict_data(check.verdict),
        }
        for check in checks
    ]
