"""Normal forms of expressions in vectors and matrices of symbolic shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from derive.meaning.form import HALF, MINUS_ONE, ONE, TWO, ZERO, Form, add, fn, mul, num, power, var
from derive.verify.tensors.properties import Properties
from derive.verify.tensors.shapes import SCALAR, Shape, Unclear, grouping
from derive.verify.tensors.words import Combination, Letter, Word, form_of_word, identity, order, transposed

__all__ = ["Algebra", "Atom", "Value"]

Value = Form | Combination
"""A number, in terms of atoms, or a sum of words."""

LARGEST_POWER = 6
MOST_TERMS = 400


@dataclass(frozen=True, slots=True)
class Atom:
    """A number made of matrices that no rule takes apart: a trace, a determinant, a norm, or what has no matrix.

    `form` is what it stands for; `word` that of a trace, `inside` what the determinant or norm is taken of.
    """

    kind: Literal["trace", "det", "norm", "other"]
    form: Form
    word: Word = ()
    inside: Value | None = None


@dataclass(slots=True)
class Algebra:
    """Values over shared atoms, which are variables to the rungs below.

    `required` collects, for the side at work, statements about atoms without which it is not defined.  `inverses`
    are the pairs met so far; of a base with an inverse of its own, `spelled` is the word if it is one, and it is in
    `even` if it is its own transpose; `norms` finds a norm by its square.
    """

    properties: Properties = field(default_factory=Properties)
    atoms: dict[str, Atom] = field(default_factory=dict)
    required: list[Form] = field(default_factory=list)
    inverses: list[tuple[Combination, Combination]] = field(default_factory=list)
    spelled: dict[Form, Word] = field(default_factory=dict)
    even: set[Form] = field(default_factory=set)
    norms: dict[Form, Form] = field(default_factory=dict)

    # --- numbers -------------------------------------------------------------------------------------------

    def atom(self, atom: Atom) -> Form:
        """The variable that stands for the atom."""
        name = next((name for name, known in self.atoms.items() if known.form == atom.form), None)
        if name is None:
            name = f"atom__{len(self.atoms)}"
            self.atoms[name] = atom
        return var(name)

    def require(self, statement: Form) -> None:
        if statement not in self.required:
            self.required.append(statement)

    # --- sums and products ---------------------------------------------------------------------------------

    def total(self, values: list[Value]) -> Value:
        """Coefficients of equal words added; shapes have been checked."""
        combinations = [value for value in values if isinstance(value, Combination)]
        if not combinations:
            return add(*(value for value in values if isinstance(value, Form)))
        terms: dict[Word, Form] = {}
        for combination in combinations:
            for word, coefficient in combination.terms.items():
                terms[word] = add(terms[word], coefficient) if word in terms else coefficient
        return Combination(combinations[0].shape, terms)

    def scaled(self, scale: Form, value: Value) -> Value:
        if isinstance(value, Form):
            return mul(scale, value)
        return Combination(value.shape, {word: mul(scale, c) for word, c in value.terms.items()})

    def product(self, values: list[Value]) -> Value:
        """The product in that order; numbers commute, and a matrix beside its inverse is the identity."""
        scale = mul(ONE, *(value for value in values if isinstance(value, Form)))
        factors = self._without_inverse_pairs([value for value in values if isinstance(value, Combination)])
        if not factors:
            return scale
        bracketed = grouping([factor.shape for factor in factors])[1]
        return self.scaled(scale, self._grouped(factors, bracketed))

    def _grouped(self, factors: list[Combination], bracketed: object) -> Value:
        if isinstance(bracketed, int):
            return factors[bracketed]
        assert isinstance(bracketed, tuple)
        left, right = (self._grouped(factors, part) for part in bracketed)
        if isinstance(left, Form) or isinstance(right, Form):
            return self.scaled(left, right) if isinstance(left, Form) else self.scaled(right, left)  # type: ignore[arg-type]
        return self.times(left, right)

    def _without_inverse_pairs(self, factors: list[Combination]) -> list[Combination]:
        kept: list[Combination] = []
        for factor in factors:
            pair = {factor.form, kept[-1].form} if kept else set()
            if any(pair == {one.form, other.form} for one, other in self.inverses):
                kept[-1] = identity(kept[-1].shape.rows)
            else:
                kept.append(factor)
        return kept

    def times(self, left: Combination, right: Combination) -> Value:
        """Word by word, by the distributive law."""
        shape = Shape(left.shape.rows, right.shape.columns)
        if len(left.terms) * len(right.terms) > MOST_TERMS:
            raise Unclear("too many terms")
        return self.total(
            [
                self.scaled(mul(a, b), self.word(first + second, shape))
                for first, a in left.terms.items()
                for second, b in right.terms.items()
            ]
        )

    def power(self, value: Value, exponent: Form) -> Value:
        if isinstance(value, Form):
            return power(value, exponent)
        times = int(exponent.value)
        if abs(times) > LARGEST_POWER:
            raise Unclear("a large power of a matrix")
        factor: Value = self.inverse(value) if times < 0 else value
        return self.product([identity(value.shape.rows), *[factor] * abs(times)])

    # --- words ---------------------------------------------------------------------------------------------

    def letter(self, letter: Letter) -> Letter:
        """The letter as it is written normally: a symmetric matrix untransposed, Q^{-1} as Q^T if Q is orthogonal."""
        if letter.inverted and self.properties.orthogonal(letter.base):
            letter = letter._replace(inverted=False, transposed=not letter.transposed)
        if letter.base in self.properties.symmetric or letter.base in self.even:
            letter = letter._replace(transposed=False)
        return letter

    def _cancel(self, left: Letter, right: Letter) -> bool:
        """A A^{-1} = I, and Q^T Q = I where that is given."""
        if left.base != right.base:
            return False
        if left.inverted != right.inverted:
            return left.transposed == right.transposed
        if left.inverted or left.base not in self.properties.isometric:
            return False
        turned = left.transposed or left.base in self.properties.symmetric
        if self.properties.orthogonal(left.base):
            return left.transposed != right.transposed or left.base in self.properties.symmetric
        return turned and not right.transposed

    def reduced(self, word: Word) -> Word:
        """Neighbours that cancel are left out."""
        kept: list[Letter] = []
        for letter in map(self.letter, word):
            if kept and self._cancel(kept[-1], letter):
                kept.pop()
            else:
                kept.append(letter)
                self._cancel_spelled(kept)
        return tuple(kept)

    def _cancel_spelled(self, kept: list[Letter]) -> None:
        """(X^T X)^{-1} X^T X = I, from either side, at the end of the letters kept."""
        if not self.spelled:
            return
        last = self._spelling(kept[-1])
        if last is not None and tuple(kept[-1 - len(last) : -1]) == last:
            del kept[-1 - len(last) :]
            return
        for length in sorted({len(word) for word in self.spelled.values()}):
            if length < len(kept) and self._spelling(kept[-1 - length]) == tuple(kept[-length:]):
                del kept[-1 - length :]
                return

    def _spelling(self, letter: Letter) -> Word | None:
        """The word whose inverse the letter is."""
        word = self.spelled.get(letter.base) if letter.inverted else None
        return tuple(map(self.letter, transposed(word))) if word is not None and letter.transposed else word

    def word(self, word: Word, shape: Shape) -> Value:
        """The word of that shape; where an inner dimension is 1 it falls into numbers and at most one shorter word.

        u (v^T w) z^T = (v^T w) u z^T: what stands between two such places is a number.
        """
        word = self.reduced(word)
        if shape == SCALAR:
            return self.trace_of_word(word, ONE)
        cuts = [place for place in range(1, len(word)) if word[place].rows == ONE]
        if not cuts:
            return Combination(shape, {word: ONE})
        pieces = [word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True)]
        first = pieces[0] if shape.rows != ONE else ()
        last = pieces[-1] if shape.columns != ONE else ()
        inner = pieces[1 if first else 0 : len(pieces) - (1 if last else 0)]
        scale = mul(ONE, *(self.trace_of_word(piece, ONE) for piece in inner))
        return Combination(shape, {first + last: scale})

    # --- transpose, trace, determinant, inverse ------------------------------------------------------------

    def transpose(self, value: Value) -> Value:
        """(A + B)^T = A^T + B^T and (A B)^T = B^T A^T; a number is its own transpose."""
        if isinstance(value, Form):
            return value
        turned = value.shape.turned
        return self.total([self.scaled(c, self.word(transposed(w), turned)) for w, c in value.terms.items()])

    def trace(self, value: Value) -> Form:
        """The trace is linear; that of a number is the number."""
        if isinstance(value, Form):
            return value
        size = value.shape.rows
        return add(*(mul(c, self.trace_of_word(w, size)) for w, c in value.terms.items()))

    def trace_of_word(self, word: Word, size: Form) -> Form:
        """tr(A B) = tr(B A) and tr(A) = tr(A^T): the first of all rotations of the word and of its transpose."""
        word = self.reduced(word)
        while len(word) > 1 and self._cancel(word[-1], word[0]):
            word, size = word[1:-1], word[0].columns
        if not word:
            return size
        cuts = [place for place, letter in enumerate(word) if letter.rows == ONE]
        if len(cuts) > 1:
            pieces = zip(cuts, [*cuts[1:], cuts[0] + len(word)], strict=True)
            return mul(*(self.trace_of_word((word + word)[a:b], ONE) for a, b in pieces))
        turned = tuple(map(self.letter, transposed(word)))
        rotations = [w[k:] + w[:k] for w in (word, turned) for k in range(len(w))]
        if cuts:
            rotations = [w for w in rotations if w[0].rows == ONE]
        first = min(rotations, key=order)
        product = form_of_word(first, SCALAR)
        return self.atom(Atom("trace", product if cuts else fn("trace", product), first))

    def det(self, value: Value) -> Form:
        """det(c A B) = c^n det A det B and det A^T = det A, for square factors; a sum is an atom."""
        if isinstance(value, Form):
            return value
        word, coefficient = self._single(value)
        if word is None:
            key = min(value.form, self._combination(self.transpose(value)).form, key=repr)
            return self.atom(Atom("det", fn("det", key), inside=value))
        factors = [
            power(self.atom(Atom("det", fn("det", letter.base), inside=_alone(letter))), _sign(letter))
            for place, letter in enumerate(word)
            if not (self.properties.orthogonal(letter.base) and self._is_paired(word, place))
        ]
        scale = ONE if coefficient == ONE else power(coefficient, value.shape.rows)
        return mul(scale, *factors)

    @staticmethod
    def _is_paired(word: Word, place: int) -> bool:
        """Of an orthogonal matrix that occurs several times all but the last of an odd number: (det Q)^2 = 1."""
        count = sum(letter.base == word[place].base for letter in word)
        later = sum(letter.base == word[place].base for letter in word[place + 1 :])
        return count % 2 == 0 or later > 0

    def inverse(self, value: Combination) -> Combination:
        """(c A B)^{-1} = c^{-1} B^{-1} A^{-1} for square factors; of anything else a letter of its own.

        Required is that the determinants are not 0: the determinant of a product of square matrices is a product.
        """
        word, coefficient = self._single(value)
        if word is None:
            return self._opaque_inverse(value)
        for letter in word:
            if not (self.properties.orthogonal(letter.base) or letter.inverted):
                self._require_invertible(fn("det", letter.base), _alone(letter))
        letters = tuple(letter._replace(inverted=not letter.inverted) for letter in reversed(word))
        return Combination(value.shape, {self.reduced(letters): power(coefficient, MINUS_ONE)})

    def _opaque_inverse(self, value: Combination) -> Combination:
        """The inverse of S as one letter; that of S^T is then its transpose."""
        turned = self._combination(self.transpose(value))
        key, flipped = value.form, turned.form
        base, is_turned = (key, False) if repr(key) <= repr(flipped) else (flipped, True)
        self._require_invertible(fn("det", base), value)
        letter = Letter(base, value.shape, is_turned, inverted=True)
        if key == flipped:
            self.even.add(base)
        kept = turned if is_turned else value
        if list(kept.terms.values()) == [ONE]:
            self.spelled[base] = next(iter(kept.terms))
        found = Combination(value.shape, {(letter,): ONE})
        self.inverses.append((value, found))
        return found

    def _require_invertible(self, det: Form, inside: Combination) -> None:
        self.require(Form("ne", (self.atom(Atom("det", det, inside=inside)), ZERO)))

    def _single(self, value: Combination) -> tuple[Word | None, Form]:
        """The only word, if all its letters are square, and its coefficient."""
        if len(value.terms) != 1:
            return None, ONE
        ((word, coefficient),) = value.terms.items()
        return (word, coefficient) if all(letter.shape.square for letter in word) else (None, ONE)

    @staticmethod
    def _combination(value: Value) -> Combination:
        assert isinstance(value, Combination)
        return value

    # --- norms ---------------------------------------------------------------------------------------------

    def norm_squared(self, value: Value) -> Form:
        """v^T v for a column, v v^T for a row: the square of Euclid's norm."""
        if isinstance(value, Form):
            return power(value, TWO)
        columns = value.shape.columns == ONE
        pair = [self.transpose(value), value] if columns else [value, self.transpose(value)]
        result = self.product(pair)
        assert isinstance(result, Form)
        return result

    def norm(self, value: Value) -> Form:
        if isinstance(value, Form):
            return fn("Abs", value)
        square = self.norm_squared(value)
        if square not in self.norms:
            self.norms[square] = self.atom(Atom("norm", fn("norm", value.form), inside=value))
        return self.norms[square]

    def norm_power(self, value: Value, exponent: Form) -> Form:
        """Even powers of a norm are powers of v^T v."""
        half = mul(HALF, exponent)
        if half.head == "num" and half.value.denominator == 1:
            return power(self.norm_squared(value), half)
        return power(self.norm(value), exponent)


def _alone(letter: Letter) -> Combination:
    plain = letter._replace(transposed=False, inverted=False)
    return Combination(letter.shape, {(plain,): ONE})


def _sign(letter: Letter) -> Form:
    return MINUS_ONE if letter.inverted else num(1)
