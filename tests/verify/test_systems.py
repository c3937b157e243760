"""Systems of equations: equivalence and implication by elimination, lost and gained solutions."""

import pytest

import derive
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim, ClaimKind
from derive.model.verdict import Verdict
from derive.verify.assumptions import context_of
from derive.verify.elimination import follows_from_system
from derive.verify.ladder import verify


def _verdict(kind: ClaimKind, left: str, right: str, variables: str, constraint: str = "") -> Verdict:
    context = context_of(dict(item.split(":") for item in variables.split()), (constraint,) if constraint else ())
    return verify(Claim(kind, parse_sympy(left), parse_sympy(right), context), budget=20, cas=False)


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "constraint"),
    [
        ("equiv", "And(Eq(x+y,3),Eq(x-y,1))", "And(Eq(x,2),Eq(y,1))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,a),Eq(x-y,b))", "And(Eq(x,(a+b)/2),Eq(y,(a-b)/2))", "x:real y:real a:real b:real", ""),
        ("equiv", "And(Eq(2*x+3*y,7),Eq(x-y,1))", "And(Eq(x,2),Eq(y,1))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,5),Eq(x*y,6))", "Or(And(Eq(x,2),Eq(y,3)),And(Eq(x,3),Eq(y,2)))", "x:real y:real", ""),
        (
            "equiv",
            "And(Eq(x**2+y**2,25),Eq(x+y,7))",
            "Or(And(Eq(x,3),Eq(y,4)),And(Eq(x,4),Eq(y,3)))",
            "x:real y:real",
            "",
        ),
        (
            "equiv",
            "And(Eq(a*x+b*y,e),Eq(c*x+d*y,f))",
            "And(Eq(x,(d*e-b*f)/(a*d-b*c)),Eq(y,(a*f-c*e)/(a*d-b*c)))",
            "x:real y:real a:real b:real c:real d:real e:real f:real",
            "a*d-b*c!=0",
        ),
        ("implies", "And(Eq(x+y,3),Eq(x-y,1))", "Eq(x,2)", "x:real y:real", ""),
        ("implies", "And(Eq(x+y,a),Eq(x*y,b))", "Eq(x**2-a*x+b,0)", "x:real y:real a:real b:real", ""),
        ("equiv", "And(Eq(x+y+z,6),Eq(x-y,0),Eq(z,2))", "And(Eq(x,2),Eq(y,2),Eq(z,2))", "x:real y:real z:real", ""),
        ("equiv", "And(Eq(y,x**2),Eq(y,x))", "Or(And(Eq(x,0),Eq(y,0)),And(Eq(x,1),Eq(y,1)))", "x:real y:real", ""),
        ("equiv", "And(Eq(exp(x)*y,1),Eq(x,0))", "And(Eq(x,0),Eq(y,1))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,3),Eq(x-y,1))", "And(Eq(x+y,3),Eq(2*x,4))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+2*y,3),Eq(x-y,0))", "And(Eq(3*y,3),Eq(x,y))", "x:real y:real", ""),
        ("equiv", "And(Eq(x,y),Eq(y,2))", "And(Eq(x,2),Eq(y,2))", "x:real y:real", ""),
        ("equiv", "And(Eq(x**2,4),x>0)", "Eq(x,2)", "x:real", ""),
        ("equiv", "And(Eq(x*y,0),Eq(x,1))", "And(Eq(y,0),Eq(x,1))", "x:real y:real", ""),
    ],
)
def test_proved(kind: ClaimKind, left: str, right: str, variables: str, constraint: str) -> None:
    assert _verdict(kind, left, right, variables, constraint).status == "proved"


@pytest.mark.parametrize(
    ("kind", "left", "right", "variables", "constraint"),
    [
        ("equiv", "And(Eq(x+y,3),Eq(x-y,1))", "And(Eq(x,1),Eq(y,2))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,5),Eq(x*y,6))", "And(Eq(x,2),Eq(y,3))", "x:real y:real", ""),
        ("equiv", "And(Eq(x**2+y**2,25),Eq(x+y,7))", "And(Eq(x,3),Eq(y,4))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,a),Eq(x-y,b))", "And(Eq(x,(a-b)/2),Eq(y,(a+b)/2))", "x:real y:real a:real b:real", ""),
        ("equiv", "And(Eq(x*y,0),Eq(x,0))", "And(Eq(x,0),Eq(y,0))", "x:real y:real", ""),
        ("equiv", "And(Eq(y,x**2),Eq(y,x))", "And(Eq(x,1),Eq(y,1))", "x:real y:real", ""),
        ("implies", "And(Eq(x+y,3),Eq(x-y,1))", "Eq(x,1)", "x:real y:real", ""),
        ("implies", "Eq(x+y,3)", "And(Eq(x,2),Eq(y,1))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,3),Eq(2*x+2*y,6))", "And(Eq(x,2),Eq(y,1))", "x:real y:real", ""),
        ("equiv", "And(Eq(x+y,3),Eq(2*x+2*y,7))", "And(Eq(x,2),Eq(y,1))", "x:real y:real", ""),
        ("equiv", "And(Eq(a*x+y,1),Eq(x+y,1))", "And(Eq(x,0),Eq(y,1))", "x:real y:real a:real", ""),
    ],
)
def test_refuted_with_a_point(kind: ClaimKind, left: str, right: str, variables: str, constraint: str) -> None:
    verdict = _verdict(kind, left, right, variables, constraint)
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None and verdict.counterexample.point


def test_the_lost_and_the_gained_solution_are_named() -> None:
    lost = _verdict("equiv", "And(Eq(x+y,5),Eq(x*y,6))", "And(Eq(x,2),Eq(y,3))", "x:real y:real")
    assert lost.counterexample is not None and lost.counterexample.note == "the solution x = 3, y = 2 is lost"
    gained = _verdict("equiv", "And(Eq(x,2),Eq(y,3))", "And(Eq(x+y,5),Eq(x*y,6))", "x:real y:real")
    assert gained.counterexample is not None and gained.counterexample.note == "the solution x = 3, y = 2 is gained"


def test_a_denominator_that_may_be_0_stops_the_proof() -> None:
    context = context_of({"x": "real", "y": "real", "a": "real"}, ())
    given, goal = parse_sympy("And(Eq(a*x,1),Eq(y,x))"), parse_sympy("Eq(y,1/a)")
    assert follows_from_system(given, parse_sympy("Eq(a*y,1)"), context)
    assert not follows_from_system(parse_sympy("And(Eq(a*x,a),Eq(y,x))"), parse_sympy("Eq(y,1)"), context)
    assert not follows_from_system(given, parse_sympy("Eq(x,2)"), context)
    assert isinstance(follows_from_system(given, goal, context), bool)


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        (r"x + y = 3 \land x - y = 1 \iff x = 2 \land y = 1", "proved"),
        (r"x + y = a, x - y = b \iff x = \frac{a+b}{2}, y = \frac{a-b}{2}", "proved"),
        (r"x + y = 3 \land x - y = 1 \implies x = 1", "refuted"),
        (r"x^2 = 4 \iff x = 2 \lor x = -2", "proved"),
        (r"0 < x \land x < 1 \implies x^2 < x", "proved"),
    ],
)
def test_as_it_is_written(statement: str, status: str) -> None:
    assert derive.verdict(statement, budget=20).status == status
