"""Claims with a known truth: near misses, removable points, branch cuts, weakened assumptions."""

import pytest

from derive.meaning.form import Form, var
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify

REAL, POSITIVE, COMPLEX, INTEGER, NATURAL = "real", "positive", "complex", "integer", "natural"


def verdict(left: str, right: str, kind: str = "identity", constraints: tuple[str, ...] = (), **sorts: str) -> Verdict:
    context = context_of(sorts, constraints)
    return verify(Claim(kind, parse_sympy(left), parse_sympy(right), context), cas=False)  # type: ignore[arg-type]


TRUE = [
    ("sin(2*x)", "2*sin(x)*cos(x)", {"x": COMPLEX}),
    ("1/(1-sin(x))+1/(1+sin(x))", "2/cos(x)**2", {"x": REAL}),
    ("tan(x/2)", "sin(x)/(1+cos(x))", {"x": REAL}),
    ("sqrt(x**2)", "Abs(x)", {"x": REAL}),
    ("sqrt(x**2)", "x", {"x": "nonneg"}),
    ("log(x*y)", "log(x)+log(y)", {"x": POSITIVE, "y": POSITIVE}),
    ("log(x**2)", "2*log(Abs(x))", {"x": REAL}),
    ("(x**a)**b", "x**(a*b)", {"x": POSITIVE, "a": REAL, "b": REAL}),
    ("exp(log(x))", "x", {"x": POSITIVE}),
    ("asin(sin(x))", "x", {"x": "[-1,1]"}),
    ("atan(x)+atan(1/x)", "pi/2", {"x": POSITIVE}),
    ("atan(x)+atan(1/x)", "-pi/2", {"x": "negative"}),
    ("acos(x)+asin(x)", "pi/2", {"x": "[-1,1]"}),
    ("sqrt(5+2*sqrt(6))", "sqrt(2)+sqrt(3)", {}),
    ("(sqrt(2)+sqrt(3))**10*(sqrt(3)-sqrt(2))**10", "1", {}),
    ("cos(pi/7)-cos(2*pi/7)+cos(3*pi/7)", "1/2", {}),
    ("16*atan(1/5)-4*atan(1/239)", "pi", {}),
    ("log(2+sqrt(3))", "-log(2-sqrt(3))", {}),
    ("gamma(x+1)", "x*gamma(x)", {"x": POSITIVE}),
    ("(-1)**(2*n)", "1", {"n": INTEGER}),
    ("x**(2*n)", "(x**n)**2", {"x": REAL, "n": NATURAL}),
    ("sqrt(x)*sqrt(y)", "sqrt(x*y)", {"x": "nonneg", "y": "nonneg"}),
    ("Abs(x*y)", "Abs(x)*Abs(y)", {"x": COMPLEX, "y": COMPLEX}),
    ("conjugate(z)*z", "Abs(z)**2", {"z": COMPLEX}),
    ("sqrt(-x**2)", "I*Abs(x)", {"x": REAL}),
    ("fibonacci(n+1)**2-fibonacci(n+1)*fibonacci(n)-fibonacci(n)**2", "(-1)**n", {"n": INTEGER}),
]


@pytest.mark.parametrize(("left", "right", "sorts"), TRUE, ids=[f"{a} = {b}" for a, b, _ in TRUE])
def test_true_claims_are_proved_without_conditions(left: str, right: str, sorts: dict[str, str]) -> None:
    found = verdict(left, right, **sorts)
    assert (found.status, found.conditions) == ("proved", ())
    assert found.trust in ("exact", "kernel", "coq")


FALSE = [
    ("cos(x)", "cos(x)+Rational(1,10**30)", {"x": REAL}),
    ("exp(pi*sqrt(163))", "262537412640768744", {}),
    ("sqrt(x**2)", "x", {"x": REAL}),
    ("log(x**2)", "2*log(x)+Rational(1,10**20)", {"x": POSITIVE}),
    ("atan(tan(x))", "x", {"x": REAL}),
    ("asin(sin(x))", "x", {"x": "[0,3]"}),
    ("atan(x)+atan(1/x)", "pi/2", {"x": REAL}),
    ("atan(x)+atan(y)", "atan((x+y)/(1-x*y))", {"x": POSITIVE, "y": POSITIVE}),
    ("sqrt(x*y)", "sqrt(x)*sqrt(y)", {"x": COMPLEX, "y": COMPLEX}),
    ("log(x*y)", "log(x)+log(y)", {"x": COMPLEX, "y": COMPLEX}),
    ("log(exp(z))", "z", {"z": COMPLEX}),
    ("sqrt(z**2)", "z", {"z": COMPLEX}),
    ("(x**2)**Rational(1,2)", "x", {"x": REAL}),
    ("(x**a)**b", "x**(a*b)", {"x": COMPLEX, "a": REAL, "b": REAL}),
    ("Abs(x)**2", "x**2", {"x": COMPLEX}),
    ("(-1)**n", "1", {"n": INTEGER}),
    ("x*(x-1)*(x-2)*(x-3)*(x-4)*(x-5)", "0", {"x": INTEGER}),
    ("factorial(n)", "n*factorial(n-1)+1", {"n": "positive_integer"}),
    ("((1+sqrt(5))/2)**40", "fibonacci(40)*((1+sqrt(5))/2)+fibonacci(39)+Rational(1,10**40)", {}),
    ("sqrt(2)+sqrt(3)+sqrt(5)", "Rational(538233, 10**5)", {}),
    ("Max(x, 0)", "x", {"x": REAL}),
    ("floor(x)+1", "ceiling(x)", {"x": REAL}),
]


@pytest.mark.parametrize(("left", "right", "sorts"), FALSE, ids=[f"{a} = {b}" for a, b, _ in FALSE])
def test_false_claims_are_refuted_at_a_point(left: str, right: str, sorts: dict[str, str]) -> None:
    found = verdict(left, right, **sorts)
    assert found.status == "refuted"
    assert found.counterexample is not None
    assert {name for name, _ in found.counterexample.point} >= set(sorts) - {"y"} or not sorts
    assert found.counterexample.left != found.counterexample.right


CONDITIONAL = [
    ("(x**2-1)/(x-1)", "x+1", {"x": REAL}, ["x != 1"]),
    ("x/x", "1", {"x": REAL}, ["x != 0"]),
    ("log(x*y)", "log(x)+log(y)", {"x": REAL, "y": REAL}, ["x > 0", "y > 0"]),
    ("exp(log(x))", "x", {"x": REAL}, ["x > 0"]),
    ("sqrt(x)**2", "x", {"x": REAL}, ["x >= 0"]),
    ("cos(x)*tan(x)", "sin(x)", {"x": REAL}, ["cos(x) != 0"]),
    ("0/x", "0", {"x": REAL}, ["x != 0"]),
    ("log(x)-log(x)", "0", {"x": REAL}, ["x > 0"]),
    ("(x-2)/((x-2)*(x+3))", "1/(x+3)", {"x": REAL}, ["x != 2"]),
    ("sqrt(x*y)", "sqrt(x)*sqrt(y)", {"x": REAL, "y": REAL}, ["x >= 0", "y >= 0"]),
    ("sin(asin(x))", "x", {"x": REAL}, None),
    ("log(1/x)", "-log(x)", {"x": REAL}, ["x > 0"]),
]


@pytest.mark.parametrize(
    ("left", "right", "sorts", "wanted"), CONDITIONAL, ids=[f"{c[0]} = {c[1]}" for c in CONDITIONAL]
)
def test_definedness_that_differs_is_a_printed_condition(
    left: str, right: str, sorts: dict[str, str], wanted: list[str] | None
) -> None:
    found = verdict(left, right, **sorts)
    assert found.status == "conditional"
    assert found.conditions
    if wanted is not None:
        assert set(found.conditions) == {_statement(text) for text in wanted}


def _statement(text: str) -> Form:
    """`x > 0` as the condition that the verifier prints."""
    context = context_of({"x": REAL, "y": REAL}, [text])
    if context.constraints:
        return context.constraints[0]
    bounded = next(v for v in context.variables if v.lower is not None)
    assert bounded.lower is not None
    return Form("lt" if bounded.lower.strict else "le", (bounded.lower.value, var(bounded.name)))


NEVER_PROVED = [
    ("x**Rational(1,3)*x**Rational(2,3)", "x", {"x": REAL}),
    ("(-8)**Rational(1,3)", "-2", {}),
    ("acot(-x)", "-acot(x)", {"x": REAL}),
    ("Heaviside(x)+Heaviside(-x)", "1", {"x": REAL}),
    ("binomial(n,k)", "binomial(n,n-k)", {"n": INTEGER, "k": INTEGER}),
    ("0**x", "0", {"x": REAL}),
    ("gamma(n)", "factorial(n-1)+sin(pi*n)/10**9", {"n": COMPLEX}),
]


@pytest.mark.parametrize(("left", "right", "sorts"), NEVER_PROVED, ids=[f"{a} = {b}" for a, b, _ in NEVER_PROVED])
def test_where_conventions_differ_nothing_is_proved_outright(left: str, right: str, sorts: dict[str, str]) -> None:
    assert verdict(left, right, **sorts).status != "proved"


def test_forty_close_roots_are_not_the_zero_polynomial() -> None:
    product = "*".join(f"(x-{k}-Rational(1,10**12))" for k in range(20))
    other = "*".join(f"(x-{k})" for k in range(20))
    assert verdict(product, other, x=REAL).status == "refuted"


def test_derivatives_with_unknown_functions() -> None:
    assert verdict("Derivative(f(x)*g(x), x)", "Derivative(f(x), x)*g(x)+f(x)*Derivative(g(x), x)", "derivative",
                   x=REAL).status == "proved"  # fmt: skip
    assert verdict("Derivative(f(x)**3, x)", "3*f(x)**2*Derivative(f(x), x)", "derivative", x=REAL).status == "proved"
    false = verdict("Derivative(f(x)*g(x), x)", "Derivative(f(x), x)*Derivative(g(x), x)", "derivative", x=REAL)
    assert false.status == "refuted"
    assert false.counterexample is not None and "f(" in false.counterexample.note


def test_antiderivatives_are_checked_by_differentiating() -> None:
    assert verdict("Integral(1/x, x)", "log(Abs(x))", "integral", x=REAL).status == "proved"
    assert verdict("Integral(1/x, x)", "log(x)+7", "integral", x=REAL).status == "proved"
    assert verdict("Integral(x*exp(x), x)", "(x+1)*exp(x)", "integral", x=REAL).status == "refuted"


def test_verdicts_are_deterministic() -> None:
    once, twice = (verdict("Abs(x-3)", "x-3", x=REAL) for _ in range(2))
    assert once == twice


def test_a_counterexample_is_simple() -> None:
    found = verdict("sqrt(x**2)", "x", x=REAL)
    assert found.counterexample is not None
    assert found.counterexample.point == (("x", parse_sympy("-1")),)


def test_a_refuted_claim_offers_the_condition_under_which_it_holds() -> None:
    assert verdict("sqrt(x**2)", "x", x=REAL).holds_if == parse_sympy("0 <= x")
    assert verdict("Abs(x)", "-x", x=REAL).holds_if == parse_sympy("x <= 0")
    assert verdict("sin(x)", "cos(x)", x=REAL).holds_if is None


def test_functions_that_are_not_analytic_have_no_complex_derivative() -> None:
    claimed = verdict("Derivative(Abs(z), z)", "z/Abs(z)", "derivative", z=COMPLEX)
    assert claimed.status == "undecided"
    assert verdict("Derivative(Abs(x), x)", "x/Abs(x)", "derivative", x=REAL).holds
    assert verdict("Derivative(Abs(x+I), x)", "(x+I)/Abs(x+I)", "derivative", x=REAL).status != "proved"
