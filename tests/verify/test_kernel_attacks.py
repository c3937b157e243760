"""Attacks on the kernel: weakened, changed and mixed certificates; an independent judge believes what it accepts."""

from __future__ import annotations

import random
from typing import Any

import pytest

from derive.verify.certificate import Effort, find
from derive.verify.deadline import NEVER
from tests.fuzz.certificates import accepted, changed, weakened
from tests.verify.kernel_judge import refuted
from tests.verify.test_certificates import FALSE, TRUE, claim
from tests.verify.test_kernel import ACCEPTED

CHANGES_PER_CERTIFICATE = 60


def base_certificates() -> list[dict[str, Any]]:
    found = [find(claim(*row), (), Effort(NEVER, 50_000)) for row in TRUE]
    return [freeze(c) for c in (*ACCEPTED.values(), *found) if c is not None]


def freeze(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: freeze(value) for key, value in data.items()}
    return tuple(map(freeze, data)) if isinstance(data, (list, tuple)) else data


def believed(certificate: dict[str, Any], rng: random.Random) -> None:
    if accepted(certificate):
        assert refuted(certificate, rng, 40) is None, certificate


@pytest.fixture(scope="module")
def bases() -> list[dict[str, Any]]:
    found = base_certificates()
    assert len(found) > 40
    return found


def test_weakened_assumptions(bases: list[dict[str, Any]]) -> None:
    rng, kept, tried = random.Random(2), 0, 0
    for base in bases:
        for weaker in weakened(base):
            kept, tried = kept + accepted(weaker), tried + 1
            believed(weaker, rng)
    assert kept < tried / 2


def test_random_changes(bases: list[dict[str, Any]]) -> None:
    rng, tried = random.Random(3), 0
    for base in bases:
        for _ in range(CHANGES_PER_CERTIFICATE):
            believed(changed(base, rng), rng)
            tried += 1
    assert tried > 2000


def test_proofs_of_other_statements(bases: list[dict[str, Any]]) -> None:
    """A false goal with the proof of each true one."""
    rng = random.Random(4)
    for row in FALSE:
        from derive.verify.certificate import statement_of

        statement = freeze(statement_of(claim(*row)))
        for base in bases:
            believed({**statement, "proof": base["proof"]}, rng)


def test_every_line_of_a_short_proof_is_needed(bases: list[dict[str, Any]]) -> None:
    """Certificates written by hand have no idle line: without any one of them they are refused."""
    for name, base in ACCEPTED.items():
        proof = freeze(base)["proof"]
        if not proof or not isinstance(proof[0], tuple) or not proof[0] or not isinstance(proof[0][0], str):
            continue
        for index in range(len(proof)):
            assert not accepted({**base, "proof": (*proof[:index], *proof[index + 1 :])}), (name, index)
