"""Certificates: course steps that must be found and replayed, false ones that must not, and how claims translate."""

from __future__ import annotations

import itertools
import json
import random

import pytest

from derive.meaning.form import ONE, ZERO, Form, call, fn, mul, num, power, var
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Function, Variable
from derive.verify.certificate import Effort, prove, statement_of
from derive.verify.deadline import NEVER
from derive.verify.kernel import Reject, check
from derive.verify.ladder import verify
from tests.fuzz.claims import true_claims
from tests.verify.kernel_judge import refuted

POSITIVE = Bound(ZERO, True)
SORTS = {
    "positive": lambda n: Variable(n, lower=POSITIVE),
    "nonneg": lambda n: Variable(n, lower=Bound(ZERO, False)),
    "unit": lambda n: Variable(n, lower=POSITIVE, upper=Bound(ONE, True)),
    "complex": lambda n: Variable(n, "complex"),
    "integer": lambda n: Variable(n, "integer"),
}


def claim(kind: str, left: str, right: str, sorts: str = "", given: str = "") -> Claim:
    """`sorts` is "x positive, z complex", `given` a list of statements between semicolons."""
    variables = tuple(SORTS[sort](name) for name, sort in (s.split() for s in sorts.split(",") if s.strip()))
    constraints = tuple(parse_sympy(s) for s in given.split(";") if s.strip())
    functions = (Function("f", ("x",), None, frozenset({"smooth"})), Function("g", ("x",), None, frozenset({"smooth"})))
    return Claim(kind, parse_sympy(left), parse_sympy(right), Context(variables, constraints, functions))  # type: ignore[arg-type]


def found(c: Claim, *conditions: Form) -> dict[str, object] | None:
    return prove(c, conditions, Effort(NEVER, 50_000))  # type: ignore[return-value]


TRUE = [
    ("identity", "(x + y)**2", "x**2 + 2*x*y + y**2", "", ""),
    ("identity", "1/(1 + exp(-x))", "exp(x)/(1 + exp(x))", "", ""),
    ("identity", "1/(x - 1) - 1/(x + 1)", "2/(x**2 - 1)", "", ""),
    ("identity", "log(p/(1 - p))", "log(p) - log(1 - p)", "p unit", ""),
    ("identity", "1/(1 + exp(-log(p/(1 - p))))", "p", "p unit", ""),
    ("identity", "log(x**2)", "2*log(Abs(x))", "", ""),
    ("identity", "log(12)", "2*log(2) + log(3)", "", ""),
    ("identity", "sqrt(x**2)", "Abs(x)", "", ""),
    ("identity", "sqrt(8)/2", "sqrt(2)", "", ""),
    ("identity", "2**x*4**y", "2**(x + 2*y)", "", ""),
    ("identity", "x**y*x**z", "x**(y + z)", "x positive", ""),
    ("identity", "sin(3*x)", "3*sin(x) - 4*sin(x)**3", "x complex", ""),
    ("identity", "sin(x + pi/3) - sin(x - pi/3)", "sqrt(3)*cos(x)", "", ""),
    ("identity", "1 - tanh(x)**2", "1/cosh(x)**2", "", ""),
    ("identity", "cos(z) + I*sin(z)", "exp(I*z)", "z complex", ""),
    ("identity", "I**3", "-I", "", ""),
    ("identity", "cos(asin(x))", "sqrt(1 - x**2)", "", ""),
    ("identity", "sin(pi*n)", "0", "n integer", ""),
    ("identity", "(1 - x**2)/(1 - x)", "1 + x", "", "x < 1"),
    ("identity", "sqrt(7 + 4*sqrt(3))", "2 + sqrt(3)", "", ""),
    ("identity", "log(2 + sqrt(3))", "-log(2 - sqrt(3))", "", ""),
    ("identity", "asinh(x)", "log(x + sqrt(x**2 + 1))", "", ""),
    ("identity", "atan(1/2) + atan(1/3)", "pi/4", "", ""),
    ("identity", "4*atan(1/5) - atan(1/239)", "pi/4", "", ""),
    ("identity", "atan(x) + atan(1/x)", "pi/2", "x positive", ""),
    ("identity", "Abs(x)/x", "sign(x)", "", "Ne(x, 0)"),
    ("identity", "Max(x, y) + Min(x, y)", "x + y", "", ""),
    ("identity", "1/(sqrt(x + 4) - sqrt(x))", "(sqrt(x + 4) + sqrt(x))/4", "x nonneg", ""),
    ("identity", "1/(1 - cos(x)) + 1/(1 + cos(x))", "2/sin(x)**2", "", ""),
    ("identity", "sin(z)", "(exp(I*z) - exp(-I*z))/(2*I)", "z complex", ""),
    ("identity", "exp(2*pi*I*n)", "1", "n integer", ""),
    ("derivative", "Derivative(log(1 + exp(x)), x)", "1/(1 + exp(-x))", "", ""),
    ("derivative", "Derivative(x**x, x)", "x**x*(1 + log(x))", "x positive", ""),
    ("derivative", "Derivative(Abs(x), x)", "sign(x)", "", "Ne(x, 0)"),
    ("derivative", "Derivative(x**3*y**2, x, y)", "6*x**2*y", "", ""),
    ("integral", "Integral(x*cos(2*x), x)", "x*sin(2*x)/2 + cos(2*x)/4", "", ""),
    ("integral", "Integral(1/x, x)", "log(x)", "", ""),
    ("integral", "Integral(1/x, x)", "log(Abs(x))", "", ""),
    ("integral", "Integral(x/sqrt(4 - x**2), x)", "-sqrt(4 - x**2)", "", ""),
    ("equiv", "Eq(2*x + 3, 7)", "Eq(x, 2)", "", ""),
    ("equiv", "Eq(x**2, 4)", "Eq(x, 2)", "x positive", ""),
    ("equiv", "Eq(exp(x)*(x - 1), 0)", "Eq(x, 1)", "", ""),
    ("equiv", "Eq(log(x) + log(x - 3), log(4))", "Eq(x, 4)", "", "x > 3"),
    ("equiv", "Eq(log(p/(1 - p)), x)", "Eq(p/(1 - p), exp(x))", "p unit", ""),
    ("equiv", "Eq(exp(x), exp(y) - 1)", "Eq(x, log(exp(y) - 1))", "y positive", ""),
    ("increasing", "1/(1 + exp(-x))", "x", "", ""),
    ("increasing", "atan(exp(x)) - exp(-x)", "x", "", ""),
    ("decreasing", "1/(x + sqrt(x))", "x", "x positive", ""),
    ("implies", "Eq(x, y)", "Eq(x**2, y**2)", "", ""),
    ("le", "2*x*y", "x**2 + y**2", "", ""),
    ("le", "2", "x + 1/x", "x positive", ""),
    ("le", "24*x*y", "9*x**2 + 16*y**2", "", ""),
    ("lt", "0", "log(1 + exp(x))", "", ""),
    ("lt", "x", "log(1 + exp(x))", "", ""),
    ("lt", "sqrt(x)", "sqrt(x + 1)", "x nonneg", ""),
    ("le", "1 + x", "exp(x)", "", ""),
    ("lt", "log(x)", "x", "x positive", ""),
    ("range", "1/(1 + exp(-x))", "Interval.open(0, 1)", "", ""),
]

FALSE = [
    ("identity", "sqrt(7 - 4*sqrt(3))", "sqrt(3) - 2", "", ""),
    ("identity", "log(2 + sqrt(3))", "log(2 - sqrt(3))", "", ""),
    ("identity", "atan(x) + atan(1/x)", "pi/2", "", ""),
    ("identity", "atan(2) + atan(3)", "-pi/4", "", ""),
    ("identity", "Abs(x)/x", "sign(x)", "", ""),
    ("identity", "Max(x, y) - Min(x, y)", "x - y", "", ""),
    ("le", "25*x*y", "9*x**2 + 16*y**2", "", ""),
    ("integral", "Integral(2*x, x)", "x**2 + log(-x**2) - log(-x**2)", "", ""),
    ("integral", "Integral(sign(x), x)", "Abs(x)", "", ""),
    ("identity", "sqrt(x**2)", "x", "", ""),
    ("identity", "log(x*y)", "log(x) + log(y)", "", ""),
    ("identity", "log(x**2)", "2*log(x)", "", ""),
    ("identity", "x/x", "1", "x nonneg", ""),
    ("identity", "(x**2 - 1)/(x - 1)", "x + 1", "", ""),
    ("identity", "sin(2*x)", "2*sin(x)", "", ""),
    ("identity", "exp(x + y)", "exp(x) + exp(y)", "", ""),
    ("identity", "asin(sin(x))", "x", "", ""),
    ("identity", "sqrt(x*y)", "sqrt(x)*sqrt(y)", "x complex, y complex", ""),
    ("derivative", "Derivative(log(x), x)", "1/x", "", ""),
    ("derivative", "Derivative(Abs(x), x)", "sign(x)", "", ""),
    ("derivative", "Derivative(sin(2*x), x)", "cos(2*x)", "", ""),
    ("integral", "Integral(cos(2*x), x)", "sin(2*x)", "", ""),
    ("equiv", "Eq(x**2, 4)", "Eq(x, 2)", "", ""),
    ("equiv", "Eq(x**2, x)", "Eq(x, 1)", "", ""),
    ("equiv", "Eq(exp(x), exp(y) - 1)", "Eq(x, log(exp(y) + 1))", "", ""),
    ("increasing", "exp(-x)", "x", "", ""),
    ("increasing", "x**2", "x", "", ""),
    ("increasing", "x*exp(x)", "x", "", ""),
    ("decreasing", "1/x", "x", "", "Ne(x, 0)"),
    ("implies", "Eq(x**2, y**2)", "Eq(x, y)", "", ""),
    ("lt", "0", "x**2", "", ""),
    ("lt", "2", "x + 1/x", "x positive", ""),
    ("le", "x", "x**2", "", ""),
]


@pytest.mark.parametrize("row", TRUE, ids=lambda row: f"{row[1]} : {row[2]}")
def test_true_steps_are_replayed(row: tuple[str, str, str, str, str]) -> None:
    certificate = found(claim(*row))
    assert certificate is not None
    check(json.loads(json.dumps(certificate)))
    assert refuted(certificate, random.Random(row[1])) is None


@pytest.mark.parametrize("row", FALSE, ids=lambda row: f"{row[1]} : {row[2]}")
def test_false_steps_are_not(row: tuple[str, str, str, str, str]) -> None:
    assert found(claim(*row)) is None


@pytest.mark.parametrize(
    ("left", "right", "condition"),
    [("(x**2 - 1)/(x - 1)", "x + 1", "Ne(x, 1)"), ("sqrt(x**2)", "x", "x >= 0"), ("log(x**2)", "2*log(x)", "x > 0")],
)
def test_conditions_are_part_of_the_statement(left: str, right: str, condition: str) -> None:
    certificate = found(claim("identity", left, right), parse_sympy(condition))
    assert certificate is not None
    assert len(certificate["where"]) == 1  # type: ignore[arg-type]
    with pytest.raises(Reject):
        check({**certificate, "where": []})


def test_an_antiderivative_states_where_it_is_one() -> None:
    certificate = found(claim("integral", "Integral(1/x, x)", "log(x)"))
    assert certificate is not None
    assert ("<", 0, "x") in certificate["where"]  # type: ignore[operator]


def test_rules_with_unknown_functions() -> None:
    x = var("x")
    f, g = call("f", x), call("g", x)
    df, dg = (Form("diff", (h, x, ONE)) for h in (f, g))
    context = claim("identity", "1", "1").context
    product_rule = Claim("derivative", Form("diff", (mul(f, g), x, ONE)), parse_sympy("0"), context)
    assert found(product_rule) is None
    right = Form("add", (mul(df, g), mul(f, dg)))
    assert found(Claim("derivative", product_rule.left, right, context)) is not None
    chain = Claim("derivative", Form("diff", (fn("exp", f), x, ONE)), mul(df, fn("exp", f)), context)
    assert found(chain) is not None
    undeclared = Context()
    assert found(Claim("derivative", product_rule.left, right, undeclared)) is None


def test_definitions_are_put_in() -> None:
    sigma = Function("sigma", ("t",), parse_sympy("1/(1 + exp(-t))"))
    context = Context(functions=(sigma,), definitions=(("y", call("sigma", var("x"))),))
    y = var("y")
    slope = Form("diff", (y, var("x"), ONE))
    assert found(Claim("derivative", slope, mul(y, Form("add", (ONE, mul(num(-1), y)))), context)) is not None


def test_unknown_words_are_not_translated() -> None:
    assert found(claim("identity", "gamma(x + 1)", "x*gamma(x)", "x positive")) is None


def test_translation_keeps_what_is_given() -> None:
    statement = statement_of(claim("le", "x**2", "y", "x unit", "x < y"), (parse_sympy("Ne(y, 2)"),))
    assert statement["field"] == "real"
    assert statement["given"][:3] == [("<", 0, "x"), ("<", "x", 1), ("<", "x", "y")]
    assert statement["where"] == [("!=", "y", 2)]
    assert statement["goal"] == ("<=", ("^", "x", 2), "y")


def test_roots_of_negative_numbers_are_left_open() -> None:
    cube_root = power(var("x"), num(1, 3))
    assert found(Claim("identity", power(cube_root, num(3)), var("x"), Context())) is None


def test_most_of_what_is_proved_of_elementary_functions_is_replayed() -> None:
    verdicts = [verify(c, cas=False, kernel=True) for c in itertools.islice(true_claims(3), 80)]
    proved = [verdict for verdict in verdicts if verdict.status == "proved"]
    assert len(proved) > 60
    assert sum(verdict.trust == "kernel" for verdict in proved) >= 0.7 * len(proved)


def test_the_trust_of_a_claim_does_not_depend_on_the_time_left() -> None:
    wide = claim("identity", "sin(5*x)", "16*sin(x)**5 - 20*sin(x)**3 + 5*sin(x)")
    assert {verify(wide, budget=seconds, cas=False, kernel=True).trust for seconds in (2.0, 20.0)} == {"kernel"}
    work = []
    for _ in range(2):
        effort = Effort(NEVER, 50_000)
        assert prove(wide, (), effort) is not None
        work.append(effort.work)
    assert work[0] == work[1]
