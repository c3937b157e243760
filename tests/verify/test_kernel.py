"""The proof kernel: certificates written by hand, accepted and refused, and its axioms at sample points."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from flint import ctx

from derive.verify.kernel import Reject, check
from derive.verify.kernel_laws import DERIVATIVES, LAWS, TABLES, letters, parsed
from derive.verify.kernel_terms import put
from tests.verify.kernel_judge import BITS, Judge, points, refuted

X, Y, HALF = "x", "y", ("/", 1, 2)


def certificate(goal: Any, proof: Any, given: Any = (), where: Any = (), field: str = "real") -> dict[str, Any]:
    return {"field": field, "given": list(given), "where": list(where), "goal": goal, "proof": proof}


def show(goal: Any, weight: Any = 1, products: Any = (), equations: Any = ()) -> tuple[Any, ...]:
    return ("show", goal, weight, products, equations)


SQUARE = ("=", ("^", ("+", X, Y), 2), ("+", ("^", X, 2), ("*", 2, X, Y), ("^", Y, 2)))
INVERSE = ("^", X, -1)
SUM = ("sum", "k", "k", 1, "n")
GAUSS = ("=", ("sum", "k", "k", 1, "n"), ("*", HALF, "n", ("+", "n", 1)))
ADD_SINES = ("=", ("sin", ("*", 2, X)), ("*", 2, ("sin", X), ("cos", X)))
LOG_AB = ("=", ("log", ("*", X, Y)), ("+", ("log", X), ("log", Y)))
ROOT = ("^", X, HALF)
ABS = ("Abs", X)

ACCEPTED: dict[str, dict[str, Any]] = {
    "binomial formula": certificate(("same", *SQUARE[1:]), [[show(SQUARE)], []]),
    "cancel": certificate(("=", ("*", X, INVERSE), 1), [show(("=", ("*", X, INVERSE), 1))], [("!=", X, 0)]),
    "double angle": certificate(ADD_SINES, [("law", "sin sum", X, X), show(ADD_SINES, 1, (), (0,))]),
    "log of a product": certificate(LOG_AB, [("law", "log product", X, Y)], [("<", 0, X), ("<", 0, Y)]),
    "root of a square": certificate(("=", ("^", ("^", X, 2), HALF), X), [("law", "root unique", X, 2)], [("<=", 0, X)]),
    "square of a root": certificate(("=", ("^", ROOT, 2), X), [show(("=", ("^", ROOT, 2), X))], [("<=", 0, X)]),
    "mean of squares": certificate(
        ("<=", ("*", 2, X, Y), ("+", ("^", X, 2), ("^", Y, 2))),
        [show(("<=", ("*", 2, X, Y), ("+", ("^", X, 2), ("^", Y, 2))), 1, ((1, (), (("+", X, ("*", -1, Y)),)),))],
    ),
    "positive product": certificate(
        ("<", 0, ("*", X, Y)), [show(("<", 0, ("*", X, Y)), 1, ((1, (0, 1), ()),))], [("<", 0, X), ("<", 0, Y)]
    ),
    "absolute value": certificate(
        ("<=", X, ABS),
        [
            (
                "cases",
                ("<", X, 0),
                ("<=", X, ABS),
                (("law", "abs of nonpos", X), show(("<=", X, ABS), 1, ((2, (0,), ()),), (1,))),
                (("law", "abs of nonneg", X), show(("<=", X, ABS), 1, (), (1,))),
            ),
        ],
    ),
    "derivative of a square": certificate(
        ("same", ("diff", ("^", X, 2), X), ("*", 2, X)),
        [
            [("derivative", ("^", X, 2), X), show(("=", ("diff", ("^", X, 2), X), ("*", 2, X)), 1, (), (1,))],
            [("derivative", ("^", X, 2), X)],
        ],
    ),
    "derivative of a logarithm": certificate(
        ("=", ("diff", ("log", X), X), INVERSE),
        [("derivative", ("log", X), X), show(("=", ("diff", ("log", X), X), INVERSE), 1, (), (1,))],
        [("<", 0, X)],
    ),
    "chain rule": certificate(
        ("=", ("diff", ("call", "f", ("^", X, 2)), X), ("*", 2, X, ("D", "f", 1, ("^", X, 2)))),
        [
            ("derivative", ("call", "f", ("^", X, 2)), X),
            show(("=", ("diff", ("call", "f", ("^", X, 2)), X), ("*", 2, X, ("D", "f", 1, ("^", X, 2)))), 1, (), (1,)),
        ],
        [("differentiable", "f")],
    ),
    "divide by what is not 0": certificate(
        ("iff", ("=", ("*", X, Y), X), ("=", Y, 1)),
        [[show(("=", Y, 1), X, ((1, (1,), ()),))], [show(("=", ("*", X, Y), X), 1, ((X, (1,), ()),))]],
        [("!=", X, 0)],
    ),
    "squaring": certificate(
        ("implies", ("=", X, Y), ("=", ("^", X, 2), ("^", Y, 2))),
        [[show(("=", ("^", X, 2), ("^", Y, 2)), 1, ((("+", X, Y), (0,), ()),))]],
    ),
    "sine below its argument": certificate(
        ("<=", ("sin", X), X),
        [
            ("law", "sin of 0"),
            (
                "mean value",
                "<=",
                ("+", "z", ("*", -1, ("sin", "z"))),
                "z",
                0,
                X,
                (),
                (
                    ("law", "cos below", "z"),
                    show(
                        ("<=", 0, ("+", 1, ("+", ("*", 0, ("sin", "z")), ("*", -1, ("*", ("cos", "z"), 1))))),
                        1,
                        ((1, (4,), ()),),
                    ),
                ),
            ),
            show(("<=", ("sin", X), X), 1, ((1, (2,), ()),), (1,)),
        ],
        [("<=", 0, X)],
    ),
    "integral of x": certificate(
        ("=", ("int", "t", "t", 0, 1), HALF),
        [
            (
                "fundamental",
                "t",
                "t",
                0,
                1,
                ("*", HALF, ("^", "t", 2)),
                (),
                (show(("=", ("+", ("*", 0, ("^", "t", 2)), ("*", HALF, ("*", 2, ("^", "t", 1), 1))), "t")),),
            ),
            show(("=", ("int", "t", "t", 0, 1), HALF), 1, (), (0,)),
        ],
    ),
    "sum of the first integers": certificate(
        GAUSS,
        [
            (
                "induction",
                GAUSS,
                "n",
                0,
                (
                    show(("=", ("+", 0, 1), 1)),
                    ("sum empty", "k", "k", 1, 0),
                    show(put(GAUSS, {"n": 0}), 1, (), (1,)),
                ),
                (
                    show(("<=", 1, ("+", "n", 1)), 1, ((1, (1,), ()),)),
                    ("sum end", "k", "k", 1, "n"),
                    show(put(GAUSS, {"n": ("+", "n", 1)}), 1, ((1, (3,), ()),), (5,)),
                ),
            ),
        ],
        [("integer", "n"), ("<=", 0, "n")],
    ),
    "Euler's formula": certificate(
        ("=", ("exp", ("*", ("I",), ("pi",))), -1),
        [
            ("law", "euler", ("pi",)),
            ("law", "sin of n pi", 1),
            ("law", "cos of n pi", 1),
            show(("=", ("exp", ("*", ("I",), ("pi",))), -1), 1, (), (1, 2, 0)),
        ],
        field="complex",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepts(name: str) -> None:
    check(ACCEPTED[name])
    assert refuted(kernel_data(ACCEPTED[name]), random.Random(1)) is None


def kernel_data(statement: Any) -> Any:
    return {**statement, "given": tuple(statement["given"]), "where": tuple(statement["where"])}


@pytest.mark.parametrize("name", ACCEPTED)
def test_json_keeps_certificates(name: str) -> None:
    check(json.loads(json.dumps(ACCEPTED[name])))


REFUSED: dict[str, dict[str, Any]] = {
    "cancel where x may be 0": certificate(
        ("=", ("*", X, INVERSE), 1), [show(("=", ("*", X, INVERSE), 1))], [("<=", 0, X)]
    ),
    "0 <= x is not x != 0": certificate(("!=", X, 0), [show(("!=", X, 0), 1, ((-1, (0,), ()),))], [("<=", 0, X)]),
    "log of a product of negative numbers": certificate(
        LOG_AB, [("law", "log product", X, Y)], [("<", 0, ("*", X, Y))]
    ),
    "root of a square": certificate(("=", ("^", ("^", X, 2), HALF), X), [("law", "root unique", X, 2)]),
    "a square is not positive": certificate(("<", 0, ("^", X, 2)), [show(("<", 0, ("^", X, 2)), 1, ((1, (), (X,)),))]),
    "a negative multiple": certificate(
        ("<", 0, ("*", -1, X)), [show(("<", 0, ("*", -1, X)), 1, ((-1, (0,), ()),))], [("<", 0, X)]
    ),
    "divide by what may be 0": certificate(
        ("implies", ("=", ("*", X, Y), X), ("=", Y, 1)), [[show(("=", Y, 1), X, ((1, (0,), ()),))]]
    ),
    "squares are not real in C": certificate(
        ("<=", 0, ("^", X, 2)), [show(("<=", 0, ("^", X, 2)), 1, ((1, (), (X,)),))], field="complex"
    ),
    "one is undefined": certificate(("same", ("*", X, INVERSE), 1), [[show(("=", ("*", X, INVERSE), 1))], []]),
    "0 times undefined": certificate(("=", ("*", 0, INVERSE), 0), [show(("=", ("*", 0, INVERSE), 0))]),
    "derivative of |x| at 0": certificate(("defined", ("diff", ABS, X)), [("derivative", ABS, X)]),
    "derivative of a root at 0": certificate(("defined", ("diff", ROOT, X)), [("derivative", ROOT, X)], [("<=", 0, X)]),
    "odd roots of negative numbers": certificate(("defined", ("^", X, ("/", 1, 3))), [], [("<", X, 0)]),
    "odd roots are not granted": certificate(("same", ("^", X, ("/", 1, 3)), ("^", X, ("/", 1, 3))), [[], []]),
    "a jump has no mean value": certificate(
        ("=", ("sign", -1), ("sign", 1)), [("mean value", "=", ("sign", "z"), "z", -1, 1, (), ())]
    ),
    "a used variable is not new": certificate(("<", 0, X), [("mean value", "<", X, X, 0, 1, (), ())], [("<", X, 0)]),
    "induction without a start": certificate(
        GAUSS,
        [("induction", GAUSS, "n", 0, (), ACCEPTED["sum of the first integers"]["proof"][0][5])],
        [("integer", "n"), ("<=", 0, "n")],
    ),
    "induction over reals": {**ACCEPTED["sum of the first integers"], "given": [("<=", 0, "n")]},
    "an unknown f": {**ACCEPTED["chain rule"], "given": []},
    "I over the reals": {**ACCEPTED["Euler's formula"], "field": "real"},
    "cases that leave something out": certificate(
        ("!=", X, 0), [("cases", ("<", X, 0), ("!=", X, 0), (), (show(("!=", X, 0), 1, ((-1, (0,), ()),)),))]
    ),
    "an implication without a proof": certificate(("implies", ("=", X, Y), ("=", X, 1)), []),
    "half of an equivalence": certificate(
        ("iff", ("=", X, 1), ("<", 0, X)), [[show(("<", 0, X), 1, ((-1, (0,), ()), (1, (), ())))]]
    ),
    "half of an equality": certificate(("same", SQUARE[1], SQUARE[2]), [[show(SQUARE)]]),
    "one case of two": certificate(("=", X, 1), [("cases", ("=", X, 1), ("=", X, 1), ())]),
    "no goal": certificate(("=", X, Y), []),
    "a law that is none": certificate(("=", X, Y), [("law", "x is y", X, Y)]),
    "a rewriting with an inequality": certificate(("=", X, Y), [show(("=", X, Y), 1, (), (0,))], [("<=", X, Y)]),
    "capture": certificate(
        ("=", ("sum", "n", "k", 1, 2), 0), [("sum end", ("sum", "n", "k", 1, "n"), "n", 1, "k")], [("integer", "k")]
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str) -> None:
    with pytest.raises(Reject):
        check(REFUSED[name])


def nested(depth: int) -> Any:
    term: Any = X
    for _ in range(depth):
        term = ("sin", term)
    return term


def power_tower(depth: int) -> Any:
    term: Any = ("+", X, 1)
    for _ in range(depth):
        term = ("^", term, 9)
    return term


def shared(depth: int) -> Any:
    term: Any = X
    for _ in range(depth):
        term = ("*", term, term)
    return term


HOSTILE = {
    "deep": certificate(("defined", nested(5000)), []),
    "huge exponent": certificate(("=", ("^", ("+", X, 1), 10**9), 0), [show(("=", ("^", ("+", X, 1), 10**9), 0))]),
    "huge number": certificate(("=", ("^", 3, 10**9), 0), [show(("=", ("^", 3, 10**9), 0))]),
    "tower": certificate(("=", power_tower(8), 0), [show(("=", power_tower(8), 0))]),
    "shared subterms": certificate(("=", shared(60), 0), [show(("=", shared(60), 0))]),
    "derivatives of derivatives": certificate(
        ("=", X, Y), [("derivative", ("diff", ("diff", ("diff", ("exp", nested(40)), X), X), X), X)]
    ),
    "loop of rewriting": certificate(
        ("=", X, 1),
        [show(("=", X, 1), 1, (), (0, 1))],
        [("=", X, ("+", Y, 1)), ("=", Y, ("+", X, 1))],
    ),
    "not data": certificate(("=", X, Y), [{"rule": 1}]),
    "floats": certificate(("=", X, 0.5), []),
    "booleans": certificate(("=", X, True), []),
    "wrong arities": certificate(("<", X), [("show",), ("law", "exp sum", X)]),
    "negative index": certificate(("=", X, Y), [show(("=", X, Y), 1, ((1, (-1,), ()),))]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_certificates_end(name: str) -> None:
    with pytest.raises(Reject):
        check(HOSTILE[name])


ROWS = [(field, name) for field, laws in LAWS.items() for name in laws]


@pytest.mark.parametrize(("field", "name"), ROWS)
def test_laws_hold_at_points(field: str, name: str) -> None:
    """Wherever the conditions surely hold, the conclusion is defined and does not fail."""
    text, conditions = LAWS[field][name]
    rng, judge, tried = random.Random(name), Judge(field), 0
    letter_names = letters(name, field)
    integers = {n for n in letter_names if f"integer({n})" in conditions or f"root({n})" in conditions}
    before, ctx.prec = ctx.prec, BITS
    try:
        for at in points(set(letter_names) - integers, field, rng, 60):
            chosen = {n: rng.randint(2, 4) if f"root({n})" in conditions else rng.randint(-4, 4) for n in integers}
            facts = [put(fact, chosen) for fact in parsed(conditions)]
            facts = [fact for fact in facts if fact[0] != "root"]
            reals = [fact[1] for fact in facts if fact[0] == "real"]
            if any(isinstance(r, str) and at[r].imag != 0 for r in reals):
                continue
            if all(judge.holds(fact, at) for fact in facts if fact[0] != "real"):
                tried += 1
                assert judge.holds(put(parsed(text)[0], chosen), at) is not False, (at, chosen)
    finally:
        ctx.prec = before
    assert tried


@pytest.mark.parametrize("head", DERIVATIVES)
def test_derivatives_hold_at_points(head: str) -> None:
    rule, conditions = DERIVATIVES[head]
    rng, judge, tried = random.Random(head), Judge("real"), 0
    before, ctx.prec = ctx.prec, BITS
    try:
        for at in points({"a"}, "real", rng):
            if all(judge.holds(fact, at) for fact in parsed(conditions)):
                tried += 1
                assert judge.holds(("=", ("diff", (head, "a"), "a"), parsed(rule)[0]), at) is not False, at
    finally:
        ctx.prec = before
    assert tried


def test_axioms_are_all_used_by_name() -> None:
    assert set(TABLES) == {"domains", "derivatives", "any", "real", "complex"}
    assert all(text for laws in LAWS.values() for text, _ in laws.values())
