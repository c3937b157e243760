"""Rung 8 for vectors and matrices of symbolic shape: shapes, then instances, then proofs."""

from __future__ import annotations

from derive.meaning.form import subforms
from derive.model.claim import Claim
from derive.model.verdict import Verdict
from derive.verify.deadline import NEVER, Deadline
from derive.verify.tensors.definitions import unfolded
from derive.verify.tensors.entries import by_entries
from derive.verify.tensors.identities import by_words
from derive.verify.tensors.refutation import trials
from derive.verify.tensors.shapes import ShapeMismatch, Unclear, shape_of

__all__ = ["tensors"]

BY = "tensors"
METHODS = (by_entries, by_words)
UNDECLARED = ("_bold", "_vec")
"""What the name of a vector or matrix ends with by its font or arrow."""


def tensors(claim: Claim, deadline: Deadline = NEVER, seed: int = 0) -> Verdict:
    """The verdict on an identity between vectors, matrices, their entries, and numbers made of them.

    Gradients are in denominator layout: the gradient of a number by X has the shape of X.  Shapes that do not fit
    make the claim `unread`: it says nothing that could be true or false.
    """
    try:
        _check_shapes(claim)
        claim = unfolded(claim)
        _check_shapes(claim)
        _check_meaning(claim)
        seen = trials(claim, deadline, seed)
    except ShapeMismatch as error:
        return Verdict("unread", BY, note=f"the shapes do not fit: {error}")
    except Unclear as error:
        return Verdict("undecided", BY, note=str(error))
    if seen.counterexample is not None:
        return Verdict("refuted", BY, "exact", counterexample=seen.counterexample)
    for method in METHODS:
        proof = method(claim, deadline, seed)
        if proof is None:
            continue
        if not proof.conditions:
            return Verdict("proved", BY, "exact")
        if seen.agreed:
            return Verdict("conditional", BY, "exact", conditions=proof.conditions)
    return Verdict("undecided", BY)


def _check_meaning(claim: Claim) -> None:
    """Raises Unclear for a vector whose shape is not declared, and for a derivative by what does not occur."""
    for part in (*subforms(claim.left), *subforms(claim.right)):
        if part.head == "var" and part.name.endswith(UNDECLARED):
            raise Unclear(f"the shape of {part.name} is not said")
        if part.head == "gradient":
            body, by = part.args
            array = by.args[0] if by.head == "index" else by
            if all(inner != array for inner in subforms(body)):
                raise Unclear(f"how this depends on {array.name} is not said")


def _check_shapes(claim: Claim) -> None:
    """Both sides have one shape; a written 0 is the zero matrix of any."""
    left, right = shape_of(claim.left), shape_of(claim.right)
    if left is None and right is None:
        raise Unclear("the size of the identity matrix is not said")
    if left is None or right is None:
        known = left or right
        if known is not None and not known.square:
            raise ShapeMismatch(f"an identity matrix and a matrix of shape {known}")
        return
    if left != right and not any(side.head == "num" and side.value == 0 for side in (claim.left, claim.right)):
        raise ShapeMismatch(f"{left} and {right}")
