"""Given statements become ranges, sorts, definitions and constraints."""

from derive.meaning.form import ONE, ZERO, Form, call, const, fn, mul, neg, num, power, sub, var
from derive.model.context import Bound, Variable
from derive.model.given import context_from

P, X, N = var("p"), var("x"), var("n")


def statement(head: str, left: Form, right: Form) -> Form:
    return Form(head, (left, right))


def test_a_chain_of_bounds_becomes_a_range() -> None:
    context = context_from([Form("and", (statement("lt", ZERO, P), statement("le", P, ONE)))])
    assert context.variable("p") == Variable("p", "real", Bound(ZERO, True), Bound(ONE, False))


def test_the_stronger_of_two_bounds_is_kept() -> None:
    context = context_from([statement("le", ZERO, P), statement("lt", ZERO, P), statement("lt", num(-1), P)])
    assert context.variable("p").lower == Bound(ZERO, True)


def test_a_second_bound_that_cannot_be_compared_stays_a_constraint() -> None:
    second = statement("lt", fn("exp", ONE), P)
    assert context_from([statement("lt", ZERO, P), second]).constraints == (second,)


def test_membership_gives_sort_and_range() -> None:
    interval = Form("interval", (neg(const("oo")), ONE, const("True"), const("False")))
    context = context_from([statement("in", N, var("Naturals")), statement("in", X, interval)])
    assert context.variable("n") == Variable("n", "integer", Bound(ZERO, False))
    assert context.variable("x") == Variable("x", "real", None, Bound(ONE, False))


def test_equations_with_a_name_on_the_left_define() -> None:
    sigmoid = power(fn("exp", X), num(-1))
    context = context_from([statement("eq", call("sigma", X), sigmoid), statement("eq", var("y"), call("sigma", X))])
    declared = context.function("sigma")
    assert declared is not None
    assert declared.body == sigmoid
    assert context.definition("y") == call("sigma", X)


def test_an_equation_for_the_name_itself_is_no_definition() -> None:
    recursive = statement("eq", X, sub(X, ONE))
    assert context_from([recursive]).constraints == (recursive,)


def test_relations_between_variables_are_constraints() -> None:
    ordered, different = statement("lt", X, P), statement("ne", mul(X, P), ONE)
    assert context_from([ordered, different]).constraints == (ordered, different)
