"""Words: products of declared matrices, their transposes and inverses, in the order in which they are multiplied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from derive.meaning.form import MINUS_ONE, ONE, Form, add, fn, mul, power
from derive.verify.tensors.shapes import Shape

__all__ = ["Combination", "Letter", "Word", "form_of_word", "identity", "order", "transposed"]


class Letter(NamedTuple):
    """A matrix, its transpose, its inverse, or the transpose of its inverse.

    `base` is an `array`, or for the inverse of a product or sum that form; `shape` is that of the base.
    """

    base: Form
    shape: Shape
    transposed: bool = False
    inverted: bool = False

    @property
    def rows(self) -> Form:
        return self.shape.columns if self.transposed else self.shape.rows

    @property
    def columns(self) -> Form:
        return self.shape.rows if self.transposed else self.shape.columns

    @property
    def form(self) -> Form:
        form = power(self.base, MINUS_ONE) if self.inverted else self.base
        return fn("transpose", form) if self.transposed else form


Word = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """A sum of words with numbers before them; the empty word is an identity matrix.

    Terms whose coefficient vanishes stay: where they are defined matters.
    """

    shape: Shape
    terms: Mapping[Word, Form]

    @property
    def form(self) -> Form:
        """The combination as a form; equal combinations that were made alike give equal forms."""
        words = sorted(self.terms, key=order)
        return add(*(mul(self.terms[word], form_of_word(word, self.shape)) for word in words))


def identity(size: Form) -> Combination:
    return Combination(Shape(size, size), {(): ONE})


def form_of_word(word: Word, shape: Shape) -> Form:
    return mul(*(letter.form for letter in word)) if word else Form("identity", (shape.rows,))


def transposed(word: Word) -> Word:
    """(A B)^T = B^T A^T."""
    return tuple(letter._replace(transposed=not letter.transposed) for letter in reversed(word))


def order(word: Word) -> tuple[tuple[str, bool, bool], ...]:
    """What words are sorted by."""
    return tuple((repr(letter.base), letter.transposed, letter.inverted) for letter in word)
