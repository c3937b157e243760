"""The kernel's axioms against mpmath: each holds where its conditions do, and needs each of them."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import pytest
from mpmath import mp, mpc, mpf

from derive.verify.kernel import Context, Reject, check
from derive.verify.kernel_laws import DERIVATIVES, DOMAINS, LAWS, letters, parsed
from derive.verify.kernel_terms import put

ROWS = [(field, name) for field, laws in LAWS.items() for name in laws]
CONDITIONS = [
    (field, name, index)
    for field, name in ROWS
    for index in range(len([text for text in LAWS[field][name][1].split(";") if text.strip()]))
]
SIMPLE = ["0", "0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "pi/4", "-pi/3", "2*pi", "-7", "1/3", "9/10"]
DIGITS, NEAR = 40, mpf(10) ** -28
POINTS = 300


class Undefined(Exception):
    """The law's text has no value at the point."""


def real_only(function: Callable[..., Any], inside: Callable[[Any], bool] = lambda x: True) -> Callable[..., Any]:
    def value(*arguments: Any) -> Any:
        if any(isinstance(x, mpc) for x in arguments) or not inside(arguments[0]):
            raise Undefined
        return function(*arguments)

    return value


def nonzero_only(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def value(x: Any) -> Any:
        if not x:
            raise Undefined
        return function(x)

    return value


REAL_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: real_only(getattr(mpmath, name)) for name in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf")},
    **{name: real_only(getattr(mpmath, name)) for name in ("atan", "asinh", "sign")},
    "log": real_only(mpmath.log, lambda x: x > 0),
    "sqrt": real_only(mpmath.sqrt, lambda x: x >= 0),
    "asin": real_only(mpmath.asin, lambda x: abs(x) <= 1),
    "acos": real_only(mpmath.acos, lambda x: abs(x) <= 1),
    "acosh": real_only(mpmath.acosh, lambda x: x >= 1),
    "atanh": real_only(mpmath.atanh, lambda x: abs(x) < 1),
    "Abs": real_only(abs),
    "Max": real_only(max),
    "Min": real_only(min),
}
COMPLEX_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(mpmath, name) for name in DOMAINS if hasattr(mpmath, name)},
    "log": nonzero_only(mpmath.log),
    "sqrt": mpmath.sqrt,
    "Abs": abs,
    "I": mpc(0, 1),
}


def is_integer(x: Any) -> bool:
    return not mpmath.im(x) and mpmath.isint(mpmath.re(x))


class Reader:
    """The texts of `laws.txt` read by Python itself, with numbers and functions of mpmath."""

    def __init__(self, field: str) -> None:
        self.real = field == "real"
        self.names = {
            **(REAL_FUNCTIONS if self.real else COMPLEX_FUNCTIONS),
            "pi": mp.pi + 0,
            "mpf": mpf,
            "defined": lambda _: True,
            "integer": is_integer,
            "real": lambda x: not mpmath.im(x),
            "root": lambda x: is_integer(x) and 1 < mpmath.re(x) < 100,
        }

    def value(self, text: str, at: dict[str, Any]) -> Any:
        """Raises Undefined."""
        source = re.sub(r"\b(\d+)\b", r"mpf(\1)", text.strip())
        try:
            found = eval(source, {"__builtins__": {}}, {**self.names, **at})
        except (ZeroDivisionError, ValueError, OverflowError):
            raise Undefined from None
        if self.real and isinstance(found, mpc):
            raise Undefined
        if not isinstance(found, bool) and not mpmath.isfinite(found):
            raise Undefined
        return found

    def holds(self, text: str, at: dict[str, Any]) -> bool | None:
        """Whether it is so; undefined counts as not; None where rounding leaves it open."""
        try:
            parts = re.split(r"(==|!=|<=|<)", text)
            if len(parts) == 1:
                return bool(self.value(text, at))
            left, right = self.value(parts[0], at), self.value(parts[2], at)
        except Undefined:
            return False
        gap = right - left
        near = abs(gap) < NEAR * (1 + abs(left) + abs(right))
        if parts[1] in ("==", "!="):
            return near if parts[1] == "==" else not near
        if not near and abs(mpmath.im(gap)) > NEAR:
            return False
        if near and gap:
            return True if parts[1] == "<=" else None
        return bool(mpmath.re(gap) > 0) or (parts[1] == "<=" and not gap)


def points(field: str, name: str, wild: bool = False) -> Iterator[dict[str, Any]]:
    """Values for the letters: whole numbers for those that must be, unless it is wild."""
    rng = random.Random(f"{field} {name}")
    names, text = letters(name, field), LAWS[field][name][1]
    whole = {n for n in names if f"integer({n})" in text or f"root({n})" in text}
    simple = [Reader("real").value(s, {}) for s in SIMPLE]

    def number(letter: str) -> Any:
        if letter in whole and not (wild and rng.random() < 0.4):
            return mpf(rng.randint(-5, 6))
        x = rng.choice(simple) if rng.random() < 0.6 else mpf(rng.randint(-400, 400)) / 100
        if field == "complex" and rng.random() < 0.5:
            return mpc(x, rng.choice(simple))
        return x

    if len(names) == 1 and not whole:
        yield from ({names[0]: x} for x in simple)
    for _ in range(POINTS if names else 1):
        at = {n: number(n) for n in names}
        yield dict.fromkeys(names, at[names[0]]) if len(names) > 1 and rng.random() < 0.1 else at


def conditions_of(field: str, name: str) -> list[str]:
    return [text.strip() for text in LAWS[field][name][1].split(";") if text.strip()]


@pytest.fixture(autouse=True)
def digits() -> Iterator[None]:
    with mp.workdps(DIGITS):
        yield


@pytest.mark.parametrize(("field", "name"), ROWS)
def test_a_law_holds_where_its_conditions_do(field: str, name: str) -> None:
    reader, tried = Reader(field), 0
    for at in points(field, name):
        if all(reader.holds(condition, at) for condition in conditions_of(field, name)):
            tried += 1
            assert reader.holds(LAWS[field][name][0], at) is not False, at
    assert tried > (10 if letters(name, field) else 0)


def needed(field: str, name: str, index: int) -> bool:
    """Whether the law fails at a point where only this condition is missing."""
    reader, conditions = Reader(field), conditions_of(field, name)
    others = [condition for i, condition in enumerate(conditions) if i != index]
    for at in points(field, name, wild=True):
        missing = not reader.holds(conditions[index], at) and all(reader.holds(other, at) for other in others)
        if missing and reader.holds(LAWS[field][name][0], at) is False:
            return True
    return False


MORE_THAN_NEEDED = {
    ("real", "exp multiple", "integer(n)"),  # powers of positive numbers
    ("complex", "power power", "integer(m)"),  # only the outer exponent has to be whole there
}


@pytest.mark.parametrize(("field", "name", "index"), CONDITIONS)
def test_a_condition_is_needed_or_follows_from_the_others(field: str, name: str, index: int) -> None:
    """Those that follow are written out because the kernel does not search."""
    reader, conditions = Reader(field), conditions_of(field, name)
    if needed(field, name, index) or (field, name, conditions[index]) in MORE_THAN_NEEDED:
        return
    others = [condition for i, condition in enumerate(conditions) if i != index]
    meant = [at for at in points(field, name, wild=True) if all(reader.holds(other, at) for other in others)]
    assert meant
    assert all(reader.holds(conditions[index], at) is not False for at in meant)


def instance(field: str, name: str, index: int, weaker: tuple[Any, ...] | None) -> dict[str, Any]:
    """The law by its other conditions, and maybe something weaker than the one at the index."""
    values: dict[str, Any] = {n: 2 for n in letters(name, field) if f"root({n})" in LAWS[field][name][1]}
    facts = [put(fact, values) for fact in parsed(LAWS[field][name][1])]
    given = [fact for i, fact in enumerate(facts) if i != index and fact[0] not in ("root", "real")]
    arguments = [values.get(n, n) if facts[index][0] != "root" else n for n in letters(name, field)]
    goal = put(parsed(LAWS[field][name][0])[0], values)
    given += [weaker] if weaker else []
    return {"field": field, "given": given, "where": [], "goal": goal, "proof": [("law", name, *arguments)]}


def weakenings(fact: tuple[Any, ...]) -> Iterator[tuple[Any, ...] | None]:
    yield None
    if fact[0] in ("<", "<="):
        yield (fact[0], fact[2], fact[1])
    if fact[0] in ("<", "!="):
        yield ("<=", *fact[1:])


@pytest.mark.parametrize(("field", "name", "index"), CONDITIONS)
def test_the_kernel_asks_for_each_condition(field: str, name: str, index: int) -> None:
    condition = parsed(LAWS[field][name][1])[index]
    for weaker in weakenings(condition):
        certificate = instance(field, name, index, weaker)
        try:
            known = Context(field).block(*certificate["given"])
        except Reject:  # the others have no meaning by themselves
            continue
        if not known.holds(condition):
            with pytest.raises(Reject):
                check(certificate)


@pytest.mark.parametrize("head", DERIVATIVES)
def test_a_derivative_is_one_where_its_conditions_hold(head: str) -> None:
    reader, tried = Reader("real"), 0
    rule, conditions = DERIVATIVES[head]
    for x, shift in itertools.product(SIMPLE, ("0", "1/7", "-3/11", "11/5")):
        at = {"a": reader.value(x, {}) + reader.value(shift, {})}
        if all(reader.holds(condition, at) for condition in conditions.split(";") if condition.strip()):
            tried += 1
            with mp.workdps(3 * DIGITS):
                slope = mpmath.diff(REAL_FUNCTIONS[head], at["a"], h=mpf(10) ** -DIGITS)
            assert abs(slope - reader.value(rule, at)) < mpf(10) ** -20 * (1 + abs(slope)), at
    assert tried > 3
