"""The algebra of probability: laws that it proves, conditions that it finds, and near misses that it must not prove."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice

import pytest

from derive.check.kinds import Kinds
from derive.check.probability.errors import Opaque
from derive.check.probability.judged import judged
from derive.check.probability.page import Said
from derive.check.probability.polynomials import TooLarge
from derive.check.probability.reading import Reading
from derive.check.probability.refuted import slips
from derive.check.probability.worlds import Nowhere, World, differ, variables_of
from derive.notation.reader import read
from derive.notation.tree import Integral, walk

MOST_SLIPS = 60
SAID = Said(frozenset("pqrPQ"), probability=True, expectation=True, entropy=True)


def verdict(claim: str) -> tuple[str, ...]:
    """`proved`, or `conditional` with the conditions, or `open`."""
    left, right = (read(side) for side in claim.split(" = ", 1))
    sums = not any(isinstance(part, Integral) for node in (left, right) for part in walk(node))
    reading = Reading(SAID, Kinds(), sums)
    try:
        outcome = judged(reading.form(left), reading.form(right))
    except Opaque:
        return ("open",)
    return ("open",) if outcome is None else (outcome.status, *outcome.conditions)


PROVED = (
    r"P(A^c) = 1 - P(A)",
    r"P(\Omega - A) = 1 - P(A)",
    r"P(A \cup B) = P(A) + P(B) - P(A \cap B)",
    r"P(A \cap B^c) = P(A) - P(A \cap B)",
    r"P(X > x) = 1 - P(X \le x)",
    r"p(x) = \sum_y p(x, y)",
    r"\sum_x \sum_y p(x, y) = 1",
    r"\int_{-\infty}^\infty f_X(x) dx = 1",
    r"\int \int p(x, y, z) dx dy = p(z)",
    r"p(x | y) = \frac{p(x, y)}{p(y)}",
    r"\sum_{x \in A} p_X(x) = P(X \in A)",
    r"P(A \cup \emptyset) = P(A) + P(\emptyset)",
    r"\sum_x p(x) \log \frac{p(x)}{q(x)} = -H(p) - E_{x \sim p}[\log q(x)]",
    r"\sum_x p(x)^2 = \sum_{x'} p(x')^2",
    r"\sum_x f(x) = \sum_y f(y)",
    r"\sum_x \sum_y f(x) p(x, y) = \sum_x f(x) p(x)",
    r"\mathbb{E}[aX + b] = a \mathbb{E}[X] + b",
    r"E[(X - E[X])^2] = E[X^2] - E[X]^2",
    r"\operatorname{Var}(aX + b) = a^2 \operatorname{Var}(X)",
    r"Var(X + Y) = Var(X) + Var(Y) + 2 Cov(X, Y)",
    r"Cov(aX + b, Y) = a Cov(X, Y)",
    r"\mathbb{E}[\mathbb{E}[X | Y]] = \mathbb{E}[X]",
    r"\mathbb{E}[Y \mathbb{E}[X | Y]] = \mathbb{E}[X Y]",
    r"E[Y | X] = E[E[Y | X, Z] | X]",
    r"E[T Y | T=1] = E[Y | T=1]",
    r"E[\mathbf{1}\{X \in A\}] = P(X \in A)",
    r"\sum_x E[Y | x] p(x) = E[Y]",
    r"\mathbb{E}_{x \sim p}[f(x)] = \sum_x p(x) f(x)",
    r"E\left[\frac{1}{n} \sum_{i=1}^n X_i\right] = \frac{1}{n} \sum_{i=1}^n E[X_i]",
    r"D_{KL}(q \| p) = \sum_x q(x) \log \frac{q(x)}{p(x)}",
    r"D_{KL}(q(z | x) \| p(z)) = \mathbb{E}_{q(z | x)}\left[\log q(z | x) - \log p(z)\right]",
    r"H(X, Y) = H(X) + H(Y | X)",
    r"\nabla_\theta \log p_\theta(x) = \frac{\nabla_\theta p_\theta(x)}{p_\theta(x)}",
    r"\log p(x, y) - \log p(y) = \log p(x | y)",
    r"\prod_{i=1}^n p(x_i) e^{a_i} = e^{\sum_{i=1}^n a_i} \prod_{i=1}^n p(x_i)",
    r"\prod_{i=1}^n p(x_i | x_1, \ldots, x_{i-1}) = \prod_{i=1}^n p(x_i | \mathbf{x}_{<i})",
)

CONDITIONAL = (
    (r"P(A, B) = P(A \mid B) P(B)", ("P(B) > 0",)),
    (r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}", ("P(A) > 0",)),
    (r"p(x, y, z) = p(x | y, z) p(y | z) p(z)", ("p(y, z) > 0",)),
    (r"p(x) = \sum_y p(x | y) p(y)", ("p(y) > 0",)),
    (r"P(A \cap B) = P(A) P(B)", ("A and B are independent",)),
    (r"p(x, y | z) = p(x | z) p(y | z)", ("x and y are independent given z",)),
    (r"p(x_1, \ldots, x_n) = \prod_{i=1}^n p(x_i)", ("x_1, …, x_n are independent",)),
    (r"p(x_1, \ldots, x_n) = \prod_{i=1}^n p(x_i | x_1, \ldots, x_{i-1})", ("p(x_1, …, x_{i − 1}) > 0",)),
    (r"\sum_{i=1}^k P(A_i) = 1", ("exactly one of the Aᵢ is the case",)),
    (r"P(B) = \sum_{i=1}^n P(B | A_i) P(A_i)", ("P(Aᵢ) > 0", "exactly one of the Aᵢ is the case")),
    (r"p(x) = \sum_{k=1}^K p(x | z=k) p(z=k)", ("p(z = k) > 0", "z has one of these values")),
    (r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]", ("X and Y are independent",)),
    (r"Var(X + Y) = Var(X) + Var(Y)", ("X and Y are independent",)),
    (r"\sum_x f(x) p(x) = \sum_x f(x) \frac{p(x)}{q(x)} q(x)", ("q(x) > 0",)),
    (r"\log p(x) = \mathbb{E}_{q(z)}\left[\log \frac{p(x, z)}{q(z)}\right] + D_{KL}(q(z) \| p(z | x))",
     ("p(x, z) > 0", "q(z) > 0")),
    (r"\nabla_\phi \mathbb{E}_{q_\phi(z)}[f(z)] = \mathbb{E}_{q_\phi(z)}[f(z) \nabla_\phi \log q_\phi(z)]",
     ("q(z; ϕ) > 0", "the derivative by ϕ can be taken inside")),
)  # fmt: skip

NEVER_PROVED = (
    r"\sum_{i=1}^n f(x_i) p(x_i) = 1",
    r"H(p, q) = H(q) + D_{KL}(p \| q)",
    r"\sum_{x \in A} p(x) f(x) = P(X \in A)",
    r"Var(X + Y) = X Var(X) + Var(Y)",
    r"P(A \mid B) = \frac{P(B \mid A) P(B)}{P(A)}",
    r"P(A \cup B) = P(A) + P(B) + P(A \cap B)",
    r"P(A, B) = P(A | B) P(A)",
    r"p(x) = \sum_x p(x, y)",
    r"\sum_y p(x | y) = 1",
    r"Var(aX + b) = a Var(X)",
    r"Var(aX + b) = a^2 Var(X) + b",
    r"Var(X) = E[X]^2 - E[X^2]",
    r"Var(X - Y) = Var(X) - Var(Y)",
    r"E[X^2] = E[X]^2",
    r"E[\theta^2] - E[\theta]^2 = 0",
    r"E[X Y | Z] = E[X | Z] E[Y]",
    r"E[T e_i | X] = e_i E[T | X]",
    r"H(X) = H(Y)",
    r"H(X, Y) = H(X) + H(Y)",
    r"\sum_x p(x)^2 = \sum_y p(y)^2",
    r"D_{KL}(q \| p) = \sum_x p(x) \log \frac{q(x)}{p(x)}",
    r"D_{KL}(q \| p) = D_{KL}(p \| q)",
    r"\log \sum_i p(x_i) = \sum_i \log p(x_i)",
    r"\mathbb{E}_{x \sim p}[f(x)] = \mathbb{E}_{x \sim q}\left[f(x) \frac{q(x)}{p(x)}\right]",
    r"x^T x p(x) = x x^T p(x)",
    r"E[x x^T] = E[x^T x]",
    r"\sum_{x_i} \mu(x_i) p(x_j) = \mu(x_i) p(x_j)",
    r"E_u(0) = 0",
    r"\nabla_\theta L p(x) = 0",
    r"P(H=0) P(H=1) = P(H=0, H=1)",
)


@pytest.mark.parametrize("claim", PROVED)
def test_laws_are_proved(claim: str) -> None:
    assert verdict(claim) == ("proved",)


@pytest.mark.parametrize(("claim", "conditions"), CONDITIONAL)
def test_conditions_are_found(claim: str, conditions: tuple[str, ...]) -> None:
    status, *found = verdict(claim)
    assert status == "conditional"
    assert sorted(found) == sorted(conditions)


@pytest.mark.parametrize("claim", NEVER_PROVED)
def test_near_misses_are_not_proved(claim: str) -> None:
    assert verdict(claim) == ("open",)


@pytest.mark.parametrize("claim", (*PROVED, *(claim for claim, _ in CONDITIONAL)))
def test_what_is_proved_of_slips_holds_in_worlds(claim: str) -> None:
    """Whatever one slip makes of a law: if it is proved, both sides are equal in worlds with exact probabilities."""
    left, right = (read(side) for side in claim.split(" = ", 1))
    reading = Reading(SAID, Kinds())
    for candidate, text in islice(slips(right), MOST_SLIPS):
        try:
            forms = reading.form(left), reading.form(candidate)
            outcome = judged(*forms)
            if outcome is None or any("independent" in condition for condition in outcome.conditions):
                continue
            worlds = [World(variables_of(*forms), seed) for seed in (1, 2)]
            assert all(differ(*forms, world) is None for world in worlds), text
        except (Opaque, Nowhere, TooLarge):
            continue


@pytest.mark.parametrize("claim", PROVED)
def test_worlds_agree_with_laws(claim: str) -> None:
    left, right = (read(side) for side in claim.split(" = ", 1))
    reading = Reading(SAID, Kinds())
    with suppress(Nowhere):
        forms = reading.form(left), reading.form(right)
        assert differ(*forms, World(variables_of(*forms), 3)) is None
