"""Lines of claims: kinds, assumptions and syntaxes read; verdicts written; bad lines told by line and column."""

import json

import pytest

from derive.meaning.form import ONE, PI, ZERO, call, fn, mul, num, var
from derive.model.context import Bound, Context, Variable
from derive.model.verdict import Counterexample, Verdict
from derive.verify.assumptions import context_of
from derive.verify.jsonl import ClaimLine, read_claim, verdict_line

HALF_PI = mul(num(1, 2), PI)


@pytest.mark.parametrize(
    ("word", "variable"),
    [
        ("real", Variable("x")),
        ("complex", Variable("x", "complex")),
        ("natural", Variable("x", "integer", Bound(ZERO, False))),
        ("positive_integer", Variable("x", "integer", Bound(ONE, False))),
        ("positive", Variable("x", lower=Bound(ZERO, True))),
        ("nonneg", Variable("x", lower=Bound(ZERO, False))),
        ("negative", Variable("x", upper=Bound(ZERO, True))),
        ("(0,1)", Variable("x", "real", Bound(ZERO, True), Bound(ONE, True))),
        ("[0,oo)", Variable("x", "real", Bound(ZERO, False), None)),
        ("[(-1),1]", Variable("x", "real", Bound(num(-1), False), Bound(ONE, False))),
        ("(-pi/2,pi/2)", Variable("x", "real", Bound(mul(num(-1, 2), PI), True), Bound(HALF_PI, True))),
    ],
)
def test_words_for_assumptions(word: str, variable: Variable) -> None:
    assert context_of({"x": word}, []) == Context((variable,))


def test_constraints_become_ranges_where_they_can() -> None:
    context = context_of({"x": "real", "n": "natural", "k": "natural"}, ["x>0", "k<=n"])
    assert context.variable("x").lower == Bound(ZERO, True)
    assert [constraint.head for constraint in context.constraints] == ["le"]


def read(**record: object) -> ClaimLine:
    return read_claim(json.dumps(record), 3)


def test_sympy_and_latex_lines_mean_the_same() -> None:
    assumptions = {"vars": {"x": "real"}, "constraints": []}
    plain = read(id=1, kind="identity", lhs="sin(x)**2/2", rhs="1", assumptions=assumptions)
    latex = read(id=1, kind="identity", lhs=r"\frac{\sin^2 x}{2}", rhs="1", assumptions=assumptions, syntax="latex")
    assert plain.claim is not None
    assert plain == latex


def test_latex_constraints_are_read_too() -> None:
    assumptions = {"vars": {"x": "real", "n": "natural"}, "constraints": [r"x \ne 0", r"\frac{x}{2} \le 1", "n>=2"]}
    found = read(id=1, lhs=r"\frac{x}{x}", rhs="1", assumptions=assumptions, syntax="latex")
    assert found.claim is not None
    assert [constraint.head for constraint in found.claim.context.constraints] == ["ne", "le"]
    assert found.claim.context.variable("n").lower == Bound(num(2), False)


def test_latex_ranges_are_sets() -> None:
    found = read(id=1, kind="range", lhs="x^2", rhs=r"[0, \infty)", syntax="latex")
    assert found.claim is not None
    assert found.claim.right.head == "interval"


def test_declared_names_are_variables() -> None:
    found = read(id=1, lhs="E*f(x)", rhs="x", assumptions={"vars": {"E": "real"}})
    assert found.claim is not None
    assert found.claim.left == mul(var("E"), call("f", var("x")))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": 1,', "line 3, column 10: not JSON"),
        ("[1]", "an object|object is expected"),
        ('{"id": 1, "lhs": "x"}', "rhs is missing"),
        ('{"id": 1, "lhs": "1 + + * x", "rhs": "x"}', "line 3, column 25: lhs"),
        ('{"id": 1, "lhs": "x", "rhs": "x", "assumptions": {"vars": {"x": "large"}}}', "'large' on x is not known"),
        ('{"id": 1, "lhs": "x", "rhs": "x", "assumptions": {"constraints": ["x"]}}', "no statement"),
        ('{"id": 1, "lhs": "x", "rhs": "x", "assumptions": 3}', "no object"),
        ('{"id": 1, "kind": "proof", "lhs": "x", "rhs": "x"}', "'proof' is not known"),
        ('{"id": 1, "lhs": "x", "rhs": "x", "syntax": "maple"}', "'maple' is not known"),
        ('{"id": 1, "lhs": "\\\\frac{x", "rhs": "x", "syntax": "latex"}', "not read"),
    ],
)
def test_bad_lines_say_where_and_why(line: str, message: str) -> None:
    found = read_claim(line, 3)
    assert found.claim is None
    assert any(part in found.message for part in message.split("|"))
    assert found.message.startswith("line 3, column ")


def test_a_deeply_nested_line_is_only_unread() -> None:
    assert read_claim("[" * 100_000, 1).claim is None
    assert read(id=1, lhs="(" * 500 + "x" + ")" * 500, rhs="x").claim is None


def test_verdict_lines_hold_what_the_contract_says() -> None:
    point = Counterexample((("x", num(-1, 2)),), "1/2", "-1/2", "")
    verdict = Verdict("refuted", "balls", "exact", (), point, holds_if=fn("le", ZERO, var("x")))
    record = json.loads(verdict_line(ClaimLine("c1", None), verdict, 1.25))
    assert record == {
        "id": "c1", "status": "refuted", "by": "balls", "trust": "exact", "conditions": [], "ms": 1.25,
        "counterexample": {"point": {"x": "-1/2"}, "lhs": "1/2", "rhs": "-1/2", "note": ""}, "holds_if": "x >= 0",
    }  # fmt: skip
