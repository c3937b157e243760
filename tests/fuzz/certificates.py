"""Certificates that are no longer what was found: weakened, changed in one place or everywhere, with other goals."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from derive.verify.kernel import Reject, check
from tests.verify.kernel_judge import refuted

Certificate = Mapping[str, Any]

WEAKER = {"<": "<=", "!=": "<=", "=": "<="}
OTHER_HEADS = {"sin": "cos", "cos": "sin", "exp": "log", "log": "exp", "+": "*", "*": "+", "tanh": "tan", "Abs": "sign"}
POINTS = 8


def accepted(certificate: Certificate) -> bool:
    try:
        check(certificate)
    except Reject:
        return False
    return True


def accepted_though_false(certificate: Certificate, rng: random.Random) -> bool:
    """Whether the kernel believes it and the judge knows a point where the statement fails."""
    return accepted(certificate) and refuted(certificate, rng, POINTS) is not None


def attacks(certificate: Certificate, rng: random.Random, changes: int) -> Iterator[Certificate]:
    """So many changed certificates, and one whose assumptions or conditions are weaker."""
    yield from (changed(certificate, rng) for _ in range(changes))
    weaker = list(weakened(certificate))
    if weaker:
        yield rng.choice(weaker)


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


def weakened(certificate: Certificate) -> Iterator[Certificate]:
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


def changed(certificate: Certificate, rng: random.Random) -> Certificate:
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
