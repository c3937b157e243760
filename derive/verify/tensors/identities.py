"""Identities between vectors and matrices, proved by comparing the coefficients of equal words."""

from __future__ import annotations

from derive.meaning.form import ZERO, Form, subforms
from derive.model.claim import Claim
from derive.model.context import Context
from derive.verify.deadline import Deadline
from derive.verify.tensors.algebra import Algebra, Atom, Value
from derive.verify.tensors.coefficients import Agreement, agreement, nonnegative, with_dimensions
from derive.verify.tensors.properties import Properties, properties_of
from derive.verify.tensors.shapes import SCALAR, Unclear, shape_of, sized
from derive.verify.tensors.values import value_of
from derive.verify.tensors.words import Combination, Word, transposed

__all__ = ["by_words"]


def by_words(claim: Claim, deadline: Deadline, seed: int) -> Agreement | None:
    """Proof that two expressions in vectors and matrices of symbolic shape are equal; None where there is none.

    True because both sides are rewritten by laws of matrices only (distribution, associativity, (A B)^T = B^T A^T,
    A A^{-1} = I, tr A B = tr B A, det A B = det A det B for square factors, given properties), and sums of words
    whose coefficients agree word by word are equal.  The shapes must have been checked.
    """
    algebra = Algebra(properties_of(claim.context.constraints))
    wanted = shape_of(claim.left) or shape_of(claim.right)
    try:
        left = value_of(sized(claim.left, wanted), algebra)
        needed_left, algebra.required = algebra.required, []
        right = value_of(sized(claim.right, wanted), algebra)
        needed_right, algebra.required = algebra.required, []
        context = _context(claim.context, algebra)
        pairs = _pairs(left, right)
    except Unclear:
        return None
    meant = {name: atom.form for name, atom in algebra.atoms.items()}
    return agreement(pairs, context, (needed_left, needed_right), meant, deadline, seed)


def _pairs(left: Value, right: Value) -> list[tuple[Form, Form]]:
    """Coefficients side by side; a written 0 is the zero matrix."""
    if isinstance(left, Form) and isinstance(right, Form):
        return [(left, right)]
    words: dict[Word, None] = {}
    terms: list[dict[Word, Form]] = []
    for side in (left, right):
        if isinstance(side, Combination):
            terms.append(dict(side.terms))
            words |= dict.fromkeys(side.terms)
        elif side == ZERO:
            terms.append({})
        else:
            raise Unclear("a matrix and a number")
    return [(terms[0].get(word, ZERO), terms[1].get(word, ZERO)) for word in words]


def _context(context: Context, algebra: Algebra) -> Context:
    """What is given about numbers, in terms of atoms; norms and sums of squares are not negative."""
    known = with_dimensions(Context(variables=context.variables, functions=context.functions, arrays=context.arrays))
    rest: Properties = algebra.properties
    for constraint in rest.rest:
        translated = _translated(constraint, algebra)
        if translated is not None:
            known = known.assuming(translated)
    return nonnegative(known, [name for name, atom in algebra.atoms.items() if _is_nonnegative(atom, algebra)])


def _is_nonnegative(atom: Atom, algebra: Algebra) -> bool:
    """Norms, and tr(M^T M), which is a sum of squares: `x^T x`, `w^T X^T X w`."""
    word, half = atom.word, len(atom.word) // 2
    if atom.kind == "norm" or not word or len(word) % 2:
        return atom.kind == "norm"
    rotations = (word[k:] + word[:k] for k in range(len(word)))
    return any(tuple(map(algebra.letter, transposed(w[half:]))) == w[:half] for w in rotations)


def _translated(constraint: Form, algebra: Algebra) -> Form | None:
    """A given relation between numbers; None for one that is not understood, which is then not used."""
    if constraint.head not in ("eq", "ne", "lt", "le"):
        return None
    if not any(part.head in ("array", "identity") for part in subforms(constraint)):
        return constraint
    try:
        if any(shape_of(side) != SCALAR for side in constraint.parts):
            return None
        before, algebra.required = algebra.required, []
        sides = tuple(value_of(sized(side, SCALAR), algebra) for side in constraint.parts)
        unconditional, algebra.required = not algebra.required, before
    except Unclear:
        return None
    return Form(constraint.head, sides) if unconditional else None
