"""The ladder itself: its table, its budget, its handling of hostile claims."""

import time

import pytest

from derive.meaning.form import Form, add, const, fn, mul, num, power, var
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.model.context import Context, Function
from derive.verify.constants import NotAlgebraic, is_zero
from derive.verify.ladder import LADDER, verify

EMPTY = Context()


def test_rungs_stand_in_order_and_sampling_rungs_never_prove() -> None:
    numbers = [rung.number for rung in LADDER]
    assert numbers == sorted(numbers)
    for rung in LADDER:
        if rung.name in ("balls", "hard sampling"):
            assert rung.answers == ("refuted",)
        if rung.name == "cas":
            assert rung.answers == ("attested",)


def test_each_rung_answers_a_claim_of_its_own() -> None:
    answered = {
        "same": ("x/x+0*y", "0*y+x/x"),
        "balls": ("x+1", "x+2"),
        "normal form": ("(x+1)**2", "x**2+2*x+1"),
        "root separation": ("sqrt(7+4*sqrt(3))", "2+sqrt(3)"),
        "inverse function in its range": ("acos(cos(2))", "2"),
        "hard sampling": ("x*(x-1)*(x+1)*floor(x/137)", "x*(x-1)*(x+1)*floor(x/137+1/10**9)+0*x+floor(Abs(x)/1234)"),
    }
    for by, (left, right) in answered.items():
        found = verify(Claim("identity", parse_sympy(left), parse_sympy(right), EMPTY), cas=False)
        assert found.by == by


def test_definitions_and_declared_functions_are_expanded() -> None:
    sigmoid = Function("s", ("t",), parse_sympy("1/(1+exp(-t))"))
    context = Context(functions=(sigmoid,), definitions=(("y", parse_sympy("s(x)")),))
    claim = Claim("derivative", parse_sympy("Derivative(s(x), x)"), parse_sympy("y*(1-y)"), context)
    assert verify(claim, cas=False).status == "proved"


@pytest.mark.parametrize(
    "form",
    [
        power(add(*(var(f"v{i}") for i in range(30))), num(100)),
        fn("exp", fn("exp", fn("exp", fn("exp", num(1000))))),
        fn("gamma", num(10**30)),
        fn("fibonacci", num(10**12)),
        power(num(7), num(10**15)),
        Form("sum", (fn("sin", var("k")), var("k"), num(1), num(10**9))),
        fn("besselj", num(10**7), var("x")),
    ],
)
def test_huge_claims_stay_within_their_budget(form: Form) -> None:
    start = time.monotonic()
    found = verify(Claim("identity", form, add(form, var("w")), EMPTY), budget=1.0, cas=False)
    assert found.status in ("undecided", "refuted")
    assert time.monotonic() - start < 30


def test_deep_claims_are_not_looked_at() -> None:
    form = var("x")
    for _ in range(5000):
        form = fn("sin", form)
    assert verify(Claim("identity", form, form, EMPTY), cas=False).status == "undecided"


def test_circular_definitions_are_undecided() -> None:
    context = Context(definitions=(("a", parse_sympy("b+1")), ("b", parse_sympy("a+1"))))
    assert verify(Claim("identity", var("a"), var("b"), context), cas=False).status == "undecided"


def test_separation_bound_tells_zero_from_nearly_zero() -> None:
    zero = parse_sympy("sqrt(11+6*sqrt(2))-3-sqrt(2)")
    assert is_zero(zero)
    assert not is_zero(add(zero, num(1, 10**80)))
    with pytest.raises(NotAlgebraic):
        is_zero(mul(const("pi"), num(0)))


def test_a_certificate_raises_the_trust() -> None:
    claim = Claim("identity", parse_sympy("(x+1)**2"), parse_sympy("x**2+2*x+1"), EMPTY)
    assert verify(claim, cas=False).trust == "exact"
    found = verify(claim, cas=False, kernel=True)
    assert found.trust == "kernel" and found.certificate is not None


def test_the_sign_of_a_term_is_zero_where_the_term_is() -> None:
    claim = Claim("derivative", parse_sympy("Derivative(Abs(x), x)"), parse_sympy("x/Abs(x)"), EMPTY)
    assert [str(c) for c in verify(claim).conditions] == ["ne(x, 0)"]
