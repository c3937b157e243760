"""Sums multiplied out: equal where only the order, the brackets or the names of indices differ, and not elsewhere."""

from __future__ import annotations

import pytest

from derive.check.flatsums import TooMany, with_flat_sums
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import Lexicon
from derive.notation.reader import read

LEXICON = Lexicon(primes_are_quantities=True, products_keep_order=True)


def flat(left: str, right: str) -> bool:
    first, second = with_flat_sums(*(form_of(read(text), LEXICON) for text in (left, right)))
    return sorted(map(repr, first.parts or (first,))) == sorted(map(repr, second.parts or (second,)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{i=1}^n a_i \sum_{k=1}^m b_k c_{ik}", r"\sum_{k=1}^m \left(\sum_{i=1}^n a_i c_{ik}\right) b_k"),
        (r"\left(\sum_{i=1}^n a_i\right)^2", r"\sum_{i,k=1}^n a_k a_i"),
        (r"\sum_{i=1}^n (a_i + c) b_i", r"c \sum_{k=1}^n b_k + \sum_{i=1}^n b_i a_i"),
    ],
)
def test_sums_are_equal_whatever_their_order_and_names(left: str, right: str) -> None:
    assert flat(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{i=1}^n a_i \sum_{k=1}^m b_k c_{ik}", r"\sum_{k=1}^m \left(\sum_{i=1}^n a_i c_{ki}\right) b_k"),
        (r"\left(\sum_{i=1}^n a_i\right)^2", r"\sum_{i=1}^n a_i^2"),
        (r"\sum_{i=1}^n a_i", r"\sum_{i=1}^m a_i"),
        (r"\sum_{i=1}^n a_i b_i", r"\sum_{i=1}^n a_i \sum_{k=1}^n b_k"),
    ],
)
def test_other_sums_stay_apart(left: str, right: str) -> None:
    assert not flat(left, right)


def test_bounds_that_run_are_left_alone() -> None:
    with pytest.raises(TooMany):
        flat(r"\sum_{i=1}^n \sum_{k=1}^i a_k", r"0")
