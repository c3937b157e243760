"""Vectors and matrices of any shape: sums of words, which are products kept in their order, so that equal is equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from derive.check.kinds import Kinds
from derive.meaning.form import (
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    Form,
    add,
    call,
    free_variables,
    mul,
    power,
    replace_at,
    subforms,
    substitute,
    var,
)

__all__ = ["TooLong", "Words", "in_order"]

_LINEAR = frozenset({"sum", "diff", "subs", "int", "limit"})
_NUMBERS = frozenset({"det", "trace", "norm", "Abs", "rank"})
_OF_NUMBERS = frozenset({"exp", "log", "sin", "cos", "tan", "tanh", "sinh", "cosh", "Abs", "sign", "Max", "Min"})
_SYMMETRIC = frozenset({"hadamard"})
MOST_WORDS = 120
LARGEST_POWER = 5
IDENTITY = var("identity__")


class TooLong(Exception):
    """The product has too many terms when it is multiplied out."""


class Letter(NamedTuple):
    """A vector or matrix of which nothing is known but its name, its transpose, its inverse, or both."""

    form: Form
    transposed: bool = False
    inverted: bool = False


Word = tuple[Letter, ...]
Sum = dict[Word, Form]


@dataclass(slots=True)
class Words:
    """Forms multiplied out to words; `inverted` collects what must be invertible for what was cancelled, if it was."""

    kinds: Kinds
    cancels: bool = False
    inverted: list[Form] = field(default_factory=list)
    numbers: dict[Form, Word] = field(default_factory=dict)
    rules: list[tuple[Word, Sum]] = field(default_factory=list)

    def sum_of(self, form: Form) -> Sum:
        """The words of a form with the numbers before them; a number is one before the empty word.  Raises TooLong."""
        kinds, head, args = self.kinds, form.head, form.args
        if head == "var" and form.name in kinds.identities:
            return {(Letter(IDENTITY),): ONE}
        if not kinds.is_shaped(form):
            return {(): form}
        if head == "add":
            return _total(self.sum_of(part) for part in form.parts)
        if head == "mul":
            result: Sum = {(): ONE}
            for part in form.parts:
                result = self.product(result, self.sum_of(part))
            return result
        if head == "pow":
            return self._power(*form.parts)
        if head == "inverse":
            return self._power(args[0], MINUS_ONE)
        if head == "transpose":
            return self._tidied({_transposed(word): scale for word, scale in self.sum_of(args[0]).items()})
        if head == "opaque" and args[0] == "dot":
            first = {_transposed(word): scale for word, scale in self.sum_of(args[1]).items()}
            return self._dots(first, self.sum_of(args[2]))
        if head == "opaque" and args[0] == "gradient":
            return self._gradient(args[1], args[2]) or self._other(form)
        return self._other(form)

    def _gradient(self, body: Form, by: Form) -> Sum | None:
        """The gradient of a number by a column, by the chain rule over the products in it; None where it is no such."""
        words = self.sum_of(body)
        if set(words) != {()} or by.head != "var" or not self.kinds.is_column(by.name):
            return None
        found: Sum = {}
        rest = body = words[()]
        for number in dict.fromkeys(part for part in subforms(body) if part in self.numbers):
            rest = replace_at(rest, number, ZERO)
            slope = _slope(body, number)
            grown = _slopes(self.numbers[number], by)
            if grown is None:
                return None
            found = _total([found, *(self._tidied({word: slope}) for word in grown)])
        return None if by.name in free_variables(rest) else found

    def _other(self, form: Form) -> Sum:
        """What no law takes apart, with its parts put in order."""
        head, args = form.head, form.args
        if head in ("var", "array"):
            return {(Letter(form),): ONE}
        inside = tuple(self.form(arg) if isinstance(arg, Form) else arg for arg in args)
        plain = head in _OF_NUMBERS or (head == "call" and not self.kinds.is_shaped_name(form.name))
        if plain and all(set(self.sum_of(part)) <= {()} for part in form.parts):
            return {(): Form(head, inside)}
        if head in _NUMBERS:
            return {(): call(f"{head}_of", *inside)}
        if head in _LINEAR or head in ("call", "index", "tuple", "row", "matrix"):
            return {(Letter(Form(head, inside)),): ONE}
        if head == "opaque":
            parts = tuple(sorted(inside[1:], key=repr)) if args[0] in _SYMMETRIC else inside[1:]
            return {(Letter(Form("opaque", (args[0], *parts))),): ONE}
        return {(Letter(call(f"{head}_of", *inside)),): ONE}

    def _power(self, base: Form, exponent: Form) -> Sum:
        """A product of equal factors, or the inverse of one letter; anything else is a letter of its own."""
        if base.head == "norm" and exponent == TWO and (inside := self._column_of(base.args[0])):
            return self._dots({_transposed(word): scale for word, scale in inside.items()}, inside)
        whole = exponent.head == "num" and exponent.value.denominator == 1
        count = int(exponent.value) if whole else 0
        words = self.sum_of(base)
        single = len(words) == 1 and len(next(iter(words))) == 1
        if not count or abs(count) > LARGEST_POWER or (count < 0 and not single):
            return {(Letter(call("pow_of", self.form(base), exponent)),): ONE}
        if count < 0:
            ((letter,), scale), *_ = words.items()
            words = {(letter._replace(inverted=not letter.inverted),): power(scale, MINUS_ONE)}
        result: Sum = {(): ONE}
        for _ in range(abs(count)):
            result = self.product(result, words)
        return result

    def _column_of(self, form: Form) -> Sum | None:
        """The words of a column vector: each ends with one, and has no other vector in it."""
        words = self.sum_of(form)
        for word in words:
            vectors = [letter for letter in word if self._is_column(letter)]
            if len(vectors) != 1 or vectors[0] is not word[-1] or vectors[0].transposed:
                return None
        return words

    def product(self, left: Sum, right: Sum) -> Sum:
        """Word by word, by the distributive law."""
        if len(left) * len(right) > MOST_WORDS:
            raise TooLong
        return _total(
            self._tidied({first + second: mul(a, b)}) for first, a in left.items() for second, b in right.items()
        )

    def _dots(self, left: Sum, right: Sum) -> Sum:
        """Dot products of vectors, which are numbers whatever the letters in them are."""
        if len(left) * len(right) > MOST_WORDS:
            raise TooLong
        pairs = ((first + second, mul(a, b)) for first, a in left.items() for second, b in right.items())
        return _total({(): mul(scale, self._number(word))} for word, scale in pairs)

    def _tidied(self, terms: Sum) -> Sum:
        """Inverses cancelled, identities left out, rows times columns taken out as numbers."""
        return _total(self._tidy(word, scale) for word, scale in terms.items())

    def _tidy(self, word: Word, scale: Form) -> Sum:
        kept: list[Letter] = []
        for letter in map(self._symmetric, word):
            plain = letter.form != IDENTITY
            if self.cancels and plain and kept and kept[-1] == letter._replace(inverted=not letter.inverted):
                self.inverted.append(letter.form)
                kept.pop()
                kept = kept or [Letter(IDENTITY)]
            elif plain and kept == [Letter(IDENTITY)]:
                kept = [letter]
            elif plain or not kept:
                kept.append(letter if plain else Letter(IDENTITY))
        for pattern, value in self.rules:
            place = _place(pattern, kept)
            if place is not None:
                before: Sum = {tuple(kept[:place]): scale}
                return self.product(self.product(before, value), {tuple(kept[place + len(pattern) :]): ONE})
        numbers, rest = self._numbers(kept)
        return {rest: mul(scale, *numbers)}

    def learn(self, equation: Form) -> None:
        """From here on, the left side of an equation between words is replaced by its right side; other ones are not.

        A left side of one letter, or one that its right side speaks of, would not end.
        """
        rules, self.rules = self.rules, []
        left, right = (self.sum_of(side) for side in equation.parts)
        self.rules = rules
        pattern = next(iter(left), ())
        ends = all(len(word) < len(pattern) or _is_later(word, pattern) for word in right)
        if ends and len(left) == 1 and left[pattern] == ONE and len(pattern) > 1:
            self.rules.append((pattern, right))

    def _numbers(self, word: list[Letter]) -> tuple[list[Form], Word]:
        """Each stretch from a row to the next column is a number, and stands anywhere."""
        numbers: list[Form] = []
        rest: list[Letter] = []
        start: int | None = None
        for letter in word:
            rest.append(letter)
            if not self._is_column(letter):
                continue
            if letter.transposed:
                start = len(rest) - 1
            elif start is not None:
                numbers.append(self._number(tuple(rest[start:])))
                del rest[start:]
                start = None
        return numbers, tuple(rest)

    def _number(self, word: Word) -> Form:
        """A number x^T A y, which is also y^T A^T x."""
        spelled = min((word, self._mirrored(word)), key=repr)
        number = call("number_of", *map(_letter, spelled))
        self.numbers[number] = spelled
        return number

    def _mirrored(self, word: Word) -> Word:
        return tuple(map(self._symmetric, _transposed(word)))

    def _symmetric(self, letter: Letter) -> Letter:
        """A symmetric matrix is its own transpose."""
        plain = letter.form.head == "var" and letter.form.name in self.kinds.symmetric
        return letter._replace(transposed=False) if plain else letter

    def _is_column(self, letter: Letter) -> bool:
        return letter.form.head == "var" and not letter.inverted and self.kinds.is_column(letter.form.name)

    def form(self, form: Form) -> Form:
        """The form multiplied out, each word an unknown quantity of its own."""
        words = self.sum_of(form)
        return add(ZERO, *(mul(words[word], _spelled(word)) for word in sorted(words, key=repr)))


def in_order(form: Form, kinds: Kinds, *, cancels: bool = False, given: Iterable[Form] = ()) -> tuple[Form, list[Form]]:
    """The form with each word as an unknown quantity; with `cancels`, inverses are cancelled: what must have one.

    Equations that are `given` replace their left sides.  Raises TooLong.

    What is then equal for numbers is equal for vectors and matrices too: sums of unknown quantities with numbers
    before them are all that is left, and for these the laws are the same.
    """
    words = Words(kinds, cancels)
    for equation in given:
        words.learn(equation)
    return words.form(form), words.inverted


def _total(sums: Iterable[Sum]) -> Sum:
    result: Sum = {}
    for terms in sums:
        for word, scale in terms.items():
            result[word] = add(result[word], scale) if word in result else scale
    if len(result) > MOST_WORDS:
        raise TooLong
    return result


def _transposed(word: Word) -> Word:
    """(A B)^T = B^T A^T; the identity is its own."""
    return tuple(x if x.form == IDENTITY else x._replace(transposed=not x.transposed) for x in reversed(word))


def _place(pattern: Word, word: list[Letter]) -> int | None:
    """Where a word begins in another; None where it does not."""
    size = len(pattern)
    return next((i for i in range(len(word) - size + 1) if tuple(word[i : i + size]) == pattern), None)


def _is_later(word: Word, pattern: Word) -> bool:
    """Whether a word of the same length comes after the pattern in one order, so that replacing comes to an end."""
    return len(word) == len(pattern) and repr(word) > repr(pattern)


def _slope(form: Form, number: Form) -> Form:
    """The derivative by a number that occurs in the form, which counts as a letter of its own."""
    if form == number:
        return ONE
    if all(part != number for part in subforms(form)):
        return ZERO
    if form.head == "add":
        return add(ZERO, *(_slope(part, number) for part in form.parts))
    if form.head == "mul":
        parts, slopes = form.parts, [_slope(part, number) for part in form.parts]
        grown = (mul(*parts[:i], slope, *parts[i + 1 :]) for i, slope in enumerate(slopes) if slope != ZERO)
        return add(ZERO, *grown)
    fresh = var("number__")
    return substitute(Form("diff", (replace_at(form, number, fresh), fresh, ONE)), {fresh.name: number})


def _slopes(word: Word, by: Form) -> list[Word] | None:
    """The gradients of x^T M y by each x in it, as columns; None where x stands inside."""
    if any(letter.form == by for letter in word[1:-1]):
        return None
    first = [word[1:]] if word[0].form == by else []
    return first + ([_transposed(word[:-1])] if word[-1].form == by else [])


def _spelled(word: Word) -> Form:
    if not word:
        return ONE
    letters = [_letter(letter) for letter in word]
    return letters[0] if len(letters) == 1 else call("product_of", *letters)


def _letter(letter: Letter) -> Form:
    form = call("inverse_of", letter.form) if letter.inverted else letter.form
    return call("transpose_of", form) if letter.transposed else form
