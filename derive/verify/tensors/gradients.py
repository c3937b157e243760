"""Gradients by differentials: where df = tr(G^T dX), the gradient of f by X is G, a matrix of the shape of X."""

from __future__ import annotations

from derive.meaning.form import HALF, MINUS_ONE, ONE, ZERO, Form, free_variables, mul, power, subforms, var
from derive.verify.differentiate import NotDifferentiable, derivative
from derive.verify.tensors.algebra import Algebra, Atom, Value
from derive.verify.tensors.shapes import SCALAR, Shape, Unclear
from derive.verify.tensors.words import Combination, Letter, Word, transposed

__all__ = ["gradient", "smoothness"]

_SMOOTH = frozenset({"num", "var", "const", "add", "mul", "exp", "sin", "cos", "tanh", "sinh", "cosh", "atan"})


def gradient(value: Form, by: Form, algebra: Algebra) -> Value:
    """The gradient of a number by a declared vector or matrix, in the shape of that (denominator layout).

    True because df is the sum over the atoms of the derivative by the atom times the atom's differential, and the
    differentials of traces, determinants and norms are those of matrix calculus (Magnus and Neudecker): each is
    tr(G^T dX), and G is unique because the entries of X vary independently.  What makes the number smooth is
    required, so that nothing is claimed where it is not.
    """
    for statement in smoothness(value):
        algebra.require(statement)
    shape = Shape(by.args[1], by.args[2])
    if shape == SCALAR:
        raise Unclear("a derivative by a vector of one entry")
    total: Value = Combination(shape, {})
    for name in sorted(free_variables(value)):
        atom = algebra.atoms.get(name)
        if atom is None or not _mentions(atom, by):
            continue
        try:
            slope = derivative(value, name)
        except NotDifferentiable as error:
            raise Unclear(str(error)) from None
        total = algebra.total([total, algebra.scaled(slope, _of_atom(atom, var(name), by, algebra))])
    return total


def smoothness(value: Form) -> list[Form]:
    """Statements under which the number is a smooth function of its atoms.  Raises Unclear for other functions."""
    found: list[Form] = []
    for part in subforms(value):
        if part.head == "log":
            found.append(Form("lt", (ZERO, part.args[0])))
        elif part.head == "pow":
            base, exponent = part.args
            if exponent.head != "num" or exponent.value.denominator != 1:
                if free_variables(base):
                    found.append(Form("lt", (ZERO, base)))
            elif exponent.value < 0 and base.head != "num":
                found.append(Form("ne", (base, ZERO)))
        elif part.head not in _SMOOTH:
            raise Unclear(f"the differential of {part.head}")
    return found


def _mentions(atom: Atom, by: Form) -> bool:
    return any(part == by for part in subforms(atom.form))


def _of_atom(atom: Atom, name: Form, by: Form, algebra: Algebra) -> Value:
    if atom.kind == "trace":
        return _of_trace(atom.word, (), by, algebra)
    if atom.kind == "det" and isinstance(atom.inside, Combination):
        required = list(algebra.required)
        slope = algebra.scaled(name, _of_log_det(atom.inside, by, algebra))
        algebra.required = required  # a determinant is a polynomial: what holds where S^{-1} is, holds everywhere
        return slope
    if atom.kind == "norm" and atom.inside is not None:
        algebra.require(Form("ne", (name, ZERO)))
        half = mul(HALF, power(name, MINUS_ONE))
        return algebra.scaled(half, gradient(algebra.norm_squared(atom.inside), by, algebra))
    if atom.form == by:
        return ONE
    raise Unclear("a derivative of what is not taken apart")


def _of_log_det(inside: Combination, by: Form, algebra: Algebra) -> Value:
    """d log det S = tr(S^{-1} dS)."""
    inverse = algebra.inverse(inside)
    total: Value = Combination(Shape(by.args[1], by.args[2]), {})
    for fixed, outer in inverse.terms.items():
        for word, coefficient in inside.terms.items():
            _check_constant(coefficient, by, algebra)
            part = _of_trace(word, fixed, by, algebra)
            total = algebra.total([total, algebra.scaled(mul(outer, coefficient), part)])
    return total


def _of_trace(word: Word, fixed: Word, by: Form, algebra: Algebra) -> Value:
    """The gradient of tr(word fixed), where only the letters of `word` vary: one term for each of them."""
    shape = Shape(by.args[1], by.args[2])
    total: Value = Combination(shape, {})
    for place, letter in enumerate(word):
        if any(part == by for part in subforms(letter.base)):
            others = word[place + 1 :] + fixed + word[:place]
            total = algebra.total([total, _of_letter(letter, others, by, algebra)])
    return total


def _of_letter(letter: Letter, others: Word, by: Form, algebra: Algebra) -> Value:
    """The gradient of tr(L R) by way of L alone.

    tr(dX R) gives R^T, tr(dX^T R) gives R, and d(S^{-1}) = -S^{-1} dS S^{-1}.
    """
    shape = Shape(by.args[1], by.args[2])
    if not letter.inverted:
        if letter.base != by:
            raise Unclear("a derivative of what is not taken apart")
        return algebra.word(others if letter.transposed else transposed(others), shape)
    if letter.transposed:
        letter, others = letter._replace(transposed=False), transposed(others)
    around = (letter, *others, letter)
    if letter.base == by:
        return algebra.scaled(MINUS_ONE, algebra.word(transposed(around), shape))
    inside = next((one for one, other in algebra.inverses if (letter,) in other.terms), None)
    if inside is None:
        raise Unclear("a derivative of what is not taken apart")
    total: Value = Combination(shape, {})
    for word, coefficient in inside.terms.items():
        _check_constant(coefficient, by, algebra)
        part = algebra.scaled(mul(MINUS_ONE, coefficient), _of_trace(word, around, by, algebra))
        total = algebra.total([total, part])
    return total


def _check_constant(coefficient: Form, by: Form, algebra: Algebra) -> None:
    for name in free_variables(coefficient):
        atom = algebra.atoms.get(name)
        if atom is not None and _mentions(atom, by):
            raise Unclear("a number inside an inverse or determinant that varies too")
