"""An independent judge of kernel statements: balls of python-flint at exact points, nothing of the kernel used."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

BITS = 320
STEP = Fraction(1, 10**25)
VALUES = [
    Fraction(*q) for q in [(0,), (1,), (-1,), (1, 2), (2,), (-1, 2), (3,), (-2,), (1, 3), (7, 10), (-5, 3), (5, 4)]
]
CALLED = {"f": lambda x: x * x * x + x.sin(), "g": lambda x: (2 * x).cos() + x, "h": lambda x: (-x * x).exp()}


class Undefined(Exception):
    """Surely without a value there."""


class Unknown(Exception):
    """The judge cannot tell."""


def number(q: Fraction) -> acb:
    return acb(fmpq(q.numerator, q.denominator))


def literal(term: Any) -> Fraction | None:
    if isinstance(term, int):
        return Fraction(term)
    return Fraction(term[1], term[2]) if isinstance(term, tuple) and term[0] == "/" else None


def slope_at(function: Callable[[acb], acb], point: acb) -> acb:
    """By two differences, which must agree where the function does not bend too much for them."""
    h = number(STEP)
    near, far = ((function(point + k * h) - function(point - k * h)) / (2 * k * h) for k in (1, 2))
    if not bool(abs(near - far) < arb(10) ** -15 * (1 + abs(near))):
        raise Unknown
    return near


class Judge:
    """Evaluates terms and facts in the real or complex sense."""

    def __init__(self, field: str) -> None:
        self.real = field == "real"

    def value(self, term: Any, at: Mapping[str, Any]) -> acb:
        known = literal(term)
        if known is not None:
            return number(known)
        if isinstance(term, str):
            return at[term]
        head, *rest = term
        if head == "pi":
            return acb(arb.pi())
        if head == "I":
            return acb(0, 1)
        if head in ("diff", "int", "sum"):
            return self.bound(term, at)
        if head == "call":
            return CALLED[rest[0]](self.value(rest[1], at))
        if head == "D":
            point = self.value(rest[2], at)
            if rest[1] != 1:
                raise Unknown
            return slope_at(CALLED[rest[0]], point)
        values = [self.value(part, at) for part in rest]
        if head == "+":
            return sum(values[1:], values[0])
        if head == "*":
            result = values[0]
            for v in values[1:]:
                result = result * v
            return result
        if head == "^":
            return self.power(values[0], values[1], literal(rest[1]))
        if head in ("Max", "Min"):
            a, b = values[0].real, values[1].real
            return acb(a.max(b) if head == "Max" else a.min(b))
        return self.function(head, values[0])

    def inside(self, ok: bool, out: bool) -> None:
        if out:
            raise Undefined
        if not ok:
            raise Unknown

    def nonzero(self, z: acb) -> None:
        self.inside(not z.contains(0), z == 0)

    def power(self, base: acb, exponent: acb, known: Fraction | None) -> acb:
        if known is not None and known.denominator == 1:
            if known < 0:
                self.nonzero(base)
            return base ** int(known)
        if self.real:
            x = base.real
            if known is None or known.denominator % 2:
                if not (x > 0 or (x == 0 and known is not None and known > 0)):
                    raise Unknown
            elif known > 0:
                self.inside(bool(x >= 0), bool(x < 0))
            else:
                self.inside(bool(x > 0), bool(x <= 0))
            if x == 0:
                return acb(0)
            return acb((x.log() * exponent.real).exp())
        if base == 0 and known is not None and known > 0:
            return acb(0)
        self.nonzero(base)
        return (exponent * base.log()).exp()

    def function(self, head: str, z: acb) -> acb:
        x = z.real
        if self.real:
            if head == "log":
                self.inside(bool(x > 0), bool(x <= 0))
                return acb(x.log())
            if head in ("asin", "acos"):
                self.inside(bool(abs(x) <= 1), bool(abs(x) > 1))
                return acb(getattr(x, head)())
            if head == "acosh":
                self.inside(bool(x >= 1), bool(x < 1))
                return acb(x.acosh())
            if head == "atanh":
                self.inside(bool(abs(x) < 1), bool(abs(x) >= 1))
                return acb(x.atanh())
            if head == "sign":
                if x == 0:
                    return acb(0)
                self.inside(bool(x > 0) or bool(x < 0), False)
                return acb(1 if x > 0 else -1)
        if head == "Abs":
            return acb(abs(z))
        if head == "log":
            self.nonzero(z)
        if head == "tan":
            self.nonzero(z.cos())
        if head == "tanh":
            self.nonzero(z.cosh())
        method = {"erf": "erf"}.get(head, head)
        return getattr(z, method)()

    def bound(self, term: Any, at: Mapping[str, Any]) -> acb:
        head, body, name, *ends = term
        if head == "diff":
            return slope_at(lambda x: self.value(body, {**at, name: x}), at[name])
        if head == "sum":
            low, high = (self.value(end, at) for end in ends)
            first, last = int(low.real.unique_fmpz()), int(high.real.unique_fmpz())
            if last - first > 60 or last < first - 1:
                raise Unknown
            return sum((self.value(body, {**at, name: acb(k)}) for k in range(first, last + 1)), acb(0))
        raise Unknown

    def holds(self, fact: Any, at: Mapping[str, Any]) -> bool | None:
        """True, False, or None where balls do not decide."""
        kind, *rest = fact
        if kind == "and":
            found = [self.holds(part, at) for part in rest]
            return False if False in found else None if None in found else True
        if kind == "or":
            found = [self.holds(part, at) for part in rest]
            return True if True in found else None if None in found else False
        if kind in ("differentiable", "smooth"):
            return rest[0] in CALLED
        try:
            values = [self.value(term, at) for term in rest]
        except Undefined:
            return False
        except (Unknown, ZeroDivisionError, ValueError, OverflowError):
            return None
        if not all(v.is_finite() for v in values):
            return None
        if kind == "defined":
            return True
        if kind == "integer":
            return bool(values[0].real.is_integer()) and values[0].imag == 0
        rough = any(_rough(term) for term in rest)
        tolerance = arb(10) ** -12 * (1 + abs(values[0]) + abs(values[1])) if rough else arb(10) ** -60
        return self.compare(kind, values[1] - values[0], tolerance)

    def compare(self, kind: str, gap: acb, tolerance: arb) -> bool | None:
        different = bool(abs(gap) > tolerance)
        if kind in ("=", "!="):
            if different:
                return kind == "!="
            return (kind == "=") if gap == 0 else None
        if not bool(abs(gap.imag) < arb(10) ** -40):
            return False if different else None
        x = gap.real
        if different:
            return bool(x > 0)
        if gap == 0:
            return kind == "<="
        return None

    def refutes(self, statement: Mapping[str, Any], at: Mapping[str, Any]) -> bool:
        """Whether the statement surely fails at the point."""
        if any(self.holds(fact, at) is not True for fact in (*statement["given"], *statement["where"])):
            return False
        kind, *sides = statement["goal"]
        if kind == "same":
            left, right = (self.holds(("defined", side), at) for side in sides)
            if None in (left, right) or not (left or right):
                return False
            return left != right or self.holds(("=", *sides), at) is False
        if kind in ("iff", "implies"):
            one, other = (self.holds(side, at) for side in sides)
            return (one is True and other is False) or (kind == "iff" and one is False and other is True)
        return self.holds(statement["goal"], at) is False


def _rough(term: Any) -> bool:
    return isinstance(term, tuple) and (term[0] in ("diff", "D") or any(_rough(part) for part in term[1:]))


def names(item: Any, bound: frozenset[str] = frozenset()) -> set[str]:
    """Free variables of a term, fact or goal."""
    if isinstance(item, str):
        return set() if item in bound else {item}
    if not isinstance(item, tuple):
        return set()
    if item[0] in ("call", "D"):
        return names(("", *item[2:]), bound)
    if item[0] in ("differentiable", "smooth"):
        return set()
    if item[0] in ("int", "sum"):
        return names(item[1], bound | {item[2]}) | names(("", *item[3:]), bound)
    return set().union(*(names(part, bound) for part in item[1:]))


def points(variables: set[str], field: str, rng: random.Random, count: int = 60) -> Iterator[dict[str, acb]]:
    """Exact points: simple values in all combinations where there are few, random ones besides."""
    ordered = sorted(variables)
    grid = itertools.product(VALUES, repeat=len(ordered)) if len(ordered) < 2 else ()
    chosen = [dict(zip(ordered, values, strict=True)) for values in grid]
    chosen += [{n: rng.choice(VALUES) for n in ordered} for _ in range(count)]
    chosen += [{n: Fraction(rng.randint(-400, 400), 100) for n in ordered} for _ in range(count // 2)]
    for point in chosen:
        if field == "real":
            yield {n: number(q) for n, q in point.items()}
        else:
            yield {
                n: number(q) + (number(rng.choice(VALUES)) * acb(0, 1) if rng.random() < 0.7 else 0)
                for n, q in point.items()
            }


def refuted(statement: Mapping[str, Any], rng: random.Random, count: int = 60) -> dict[str, str] | None:
    """A point at which the statement surely fails."""
    before, ctx.prec = ctx.prec, BITS
    try:
        judge = Judge(statement["field"])
        free = names(("", *statement["given"], *statement["where"], statement["goal"]))
        for at in points(free, statement["field"], rng, count):
            if judge.refutes(statement, at):
                return {n: v.str(20) if hasattr(v, "str") else str(v) for n, v in at.items()}
        return None
    finally:
        ctx.prec = before
