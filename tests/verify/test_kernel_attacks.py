"""Attacks on the kernel: weakened, changed and mixed certificates; an independent judge believes what it accepts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from derive.verify.certificate import Effort, find
from derive.verify.deadline import NEVER
from derive.verify.kernel import Reject, check
from tests.verify.kernel_judge import refuted
from tests.verify.test_certificates import FALSE, TRUE, claim
from tests.verify.test_kernel import ACCEPTED

CHANGES_PER_CERTIFICATE = 60
WEAKER = {"<": "<=", "!=": "<=", "=": "<="}
OTHER_HEADS = {"sin": "cos", "cos": "sin", "exp": "log", "log": "exp", "+": "*", "*": "+", "tanh": "tan", "Abs": "sign"}


def base_certificates() -> list[dict[str, Any]]:
    found = [find(claim(*row), (), Effort(NEVER, 50_000)) for row in TRUE]
    return [freeze(c) for c in (*ACCEPTED.values(), *found) if c is not None]


def freeze(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: freeze(value) for key, value in data.items()}
    return tuple(map(freeze, data)) if isinstance(data, (list, tuple)) else data


def accepted(certificate: dict[str, Any]) -> bool:
    try:
        check(certificate)
    except Reject:
        return False
    return True


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Places of strings and integers in nested data."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key != "field":
                yield from leaves(value, (*path, key))
    elif isinstance(data, tuple):
        for index, part in enumerate(data):
            yield from leaves(part, (*path, index))
    else:
        yield path, data


def replaced(data: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(data, dict):
        return {**data, path[0]: replaced(data[path[0]], path[1:], new)}
    return (*data[: path[0]], replaced(data[path[0]], path[1:], new), *data[path[0] + 1 :])


def everywhere(data: Any, old: Any, new: Any) -> Any:
    """The whole certificate with one leaf's value changed wherever it stands in a term."""
    if isinstance(data, dict):
        return {key: value if key == "field" else everywhere(value, old, new) for key, value in data.items()}
    if isinstance(data, tuple):
        return tuple(everywhere(part, old, new) for part in data)
    return new if type(data) is type(old) and data == old else data


def weakened(certificate: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each assumption dropped (its place taken by a fact that says nothing), and each made weaker."""
    for key in ("given", "where"):
        for index, fact in enumerate(certificate[key]):
            others = certificate[key][:index], certificate[key][index + 1 :]
            nothing = ("=", 0, 0)
            yield {**certificate, key: (*others[0], nothing, *others[1])}
            yield {**certificate, key: (*others[0], *others[1])}
            if fact[0] in WEAKER:
                yield {**certificate, key: (*others[0], (WEAKER[fact[0]], *fact[1:]), *others[1])}
            if len(fact) == 3:
                yield {**certificate, key: (*others[0], (fact[0], fact[2], fact[1]), *others[1])}


def changed(certificate: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """One or two random changes of numbers, signs, names and heads, in one place or everywhere."""
    for _ in range(rng.choice((1, 1, 2))):
        path, old = rng.choice(list(leaves(certificate)))
        if isinstance(old, int):
            new: Any = rng.choice((old + 1, old - 1, -old, 0, 1, 2))
        elif old in WEAKER:
            new = rng.choice(("<", "<=", "=", "!="))
        elif old in OTHER_HEADS:
            new = OTHER_HEADS[old]
        elif len(old) == 1:
            new = rng.choice(("x", "y", 0, 1, -1))
        else:
            continue
        in_one_place = rng.random() < 0.5
        certificate = replaced(certificate, path, new) if in_one_place else everywhere(certificate, old, new)
    return certificate


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
