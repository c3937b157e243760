"""Rungs 1 and 5: both sides in balls at points of the domain; two balls that do not meet refute an equality.

Sampling never proves.  A point that is returned surely lies in the domain, both sides are surely defined there,
and their balls are disjoint.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from flint import acb

from derive.meaning.form import Form, heads, num
from derive.model.verdict import Counterexample
from derive.verify.balls import COMPLEX, REAL, Evaluation, Undefined, Unknown, precision
from derive.verify.deadline import NEVER, Deadline
from derive.verify.domain import SIMPLE, Domain, Point, balls_at, numbers_in

__all__ = ["Sample", "counterexample_text", "differs_at", "hard_sample", "quick_samples", "simplest"]

DIGITS = (12, 40, 100, 400)
FEW = 6
"""Points at which an integral is evaluated, since each of them takes hundreds of evaluations of the integrand."""
COARSE, FINE, FINEST = 64, 200, 1200


@dataclass(slots=True)
class Sample:
    """What evaluation at points has shown.

    `defined` counts points where both sides are surely defined and agree as far as balls can tell, `one_sided`
    holds points where exactly one side is surely undefined.
    """

    defined: int = 0
    refuted: Counterexample | None = None
    one_sided: list[Point] = field(default_factory=list)


def counterexample_text(point: Point, left: acb, right: acb, note: str = "") -> Counterexample:
    """A counterexample with the balls of both sides as text, to as many digits as tell them apart."""
    ordered = tuple(sorted(point.items()))
    for digits in DIGITS:
        shown = left.str(digits), right.str(digits)
        if shown[0] != shown[1]:
            break
    return Counterexample(ordered, *shown, note)


def _side(form: Form, evaluation: Evaluation) -> acb | None:
    """The value, or None where it is surely undefined; Unknown passes."""
    try:
        return evaluation.value(form)
    except Undefined:
        return None


def differs_at(
    left: Form, right: Form, point: Point, sample: Sample, *, real: bool, deadline: Deadline = NEVER,
    bits: tuple[int, ...] = (COARSE, FINE),
) -> bool:  # fmt: skip
    """Whether the sides surely differ at the point; notes in the sample what was seen."""
    both_defined = False
    for precise in bits:
        with precision(precise):
            try:
                there = Evaluation(balls_at(point), REAL if real else COMPLEX, deadline)
                a, b = _side(left, there), _side(right, there)
            except Unknown:
                continue
            if a is None or b is None:
                if (a is None) != (b is None):
                    sample.one_sided.append(point)
                return False
            both_defined = True
            if not (a - b).contains(0):
                sample.refuted = counterexample_text(point, a, b)
                return True
            if (a - b).is_zero():
                break
    sample.defined += both_defined
    return False


def quick_samples(
    left: Form, right: Form, domain: Domain, seed: int, *, real: bool, deadline: Deadline = NEVER
) -> Iterator[Sample]:
    """What was seen up to a first and up to a second point where both sides are defined, or at all points tried.

    The points are a simple one and then some in general position; constants are looked at coarsely, then finely.
    Sides that agree coarsely are left to the proving rungs, and to rung 5 where these fail.
    """
    sample, seen = Sample(), 0
    if not domain.variables:
        for bits in (COARSE, FINE):
            if differs_at(left, right, {}, sample, real=real, deadline=deadline, bits=(bits,)):
                break
            yield sample
        yield sample
        return
    for point in _simple_and_random(domain, seed):
        deadline.check()
        if differs_at(left, right, point, sample, real=real, deadline=deadline, bits=(COARSE,)):
            sample.refuted = simplest(left, right, domain, sample.refuted, real=real, deadline=deadline)
            break
        if sample.defined > seen:
            seen = sample.defined
            yield sample
            if seen >= 2:
                return
    yield sample


def _simple_and_random(domain: Domain, seed: int) -> Iterator[Point]:
    """One simple point and two random ones; chance, which takes time to set up, is needed only for these."""
    yield from domain.simplest_point()
    yield from domain.random_points(random.Random(seed), 2)


def hard_sample(
    left: Form, right: Form, domain: Domain, rng: random.Random, *, real: bool, count: int = 40,
    deadline: Deadline = NEVER,
) -> Sample:  # fmt: skip
    """Rung 5: ends of ranges, the claim's own numbers and their neighbours, far points, equal variables."""
    sample = Sample()
    quadrature = "int" in heads(left) | heads(right)
    if not domain.variables:
        bits: tuple[int, ...] = (FINE,) if quadrature else (FINE, FINEST, 4 * FINEST)
        differs_at(left, right, {}, sample, real=real, deadline=deadline, bits=bits)
        return sample
    bits = (COARSE, 2 * FINE)
    if quadrature:
        count, bits = min(count, FEW), (COARSE,)
    for source in (
        domain.simple_points(rng, count // 3),
        domain.random_points(rng, count // 5),
        domain.hard_points(rng, count, numbers_in(left, right)),
    ):
        for point in source:
            deadline.check()
            if differs_at(left, right, point, sample, real=real, deadline=deadline, bits=bits):
                sample.refuted = simplest(left, right, domain, sample.refuted, real=real, deadline=deadline)
                return sample
    return sample


def simplest(
    left: Form, right: Form, domain: Domain, found: Counterexample | None, *, real: bool,
    deadline: Deadline = NEVER,
) -> Counterexample | None:  # fmt: skip
    """The counterexample with its values replaced by simpler ones, one variable at a time, while it stays one."""
    if found is None or not found.point:
        return found
    point = dict(found.point)
    best = found
    for name in point:
        for q in SIMPLE:
            deadline.check()
            if point[name] == num(q):
                break
            trial = {**point, name: num(q)}
            sample = Sample()
            if domain.contains(trial) and differs_at(
                left, right, trial, sample, real=real, deadline=deadline, bits=(COARSE,)
            ):
                assert sample.refuted is not None
                point, best = trial, sample.refuted
                break
    return best
