"""Frames: unit vectors whose labels belong together (`e_r`, `e_theta`, `e_phi`; `i`, `j`, `k`) as a basis of space."""

from __future__ import annotations

from collections.abc import Iterable

from derive.meaning.form import ONE, ZERO, Form, free_variables, opaque, var

__all__ = ["Frame", "basis", "frame_of", "said_of"]

Frame = tuple[str, str, str]
"""The names of three unit vectors at right angles to each other, in the order of a right hand."""

_LABELS = (
    ("r", "theta", "phi"), ("rho", "phi", "z"), ("r", "theta", "z"), ("r", "phi", "z"), ("rho", "theta", "z"),
    ("x", "y", "z"), ("X", "Y", "Z"), ("xi", "eta", "zeta"), ("1", "2", "3"),
)  # fmt: skip
_PATTERNS = ("e_bold_{}", "e_vec_{}", "e_hat_{}", "e_bold_hat_{}", "{}_bold_hat", "u_bold_{}", "n_bold_{}")
_TRIPLES: tuple[Frame, ...] = (
    ("i_bold", "j_bold", "k_bold"),
    ("i_vec", "j_vec", "k_vec"),
    ("i_bold_hat", "j_bold_hat", "k_bold_hat"),
    *((p.format(a), p.format(b), p.format(c)) for p in _PATTERNS for a, b, c in _LABELS),
)
"""In this order: of several frames that have the names in a formula, the first counts."""


def frame_of(sides: Iterable[Form]) -> Frame | None:
    """The frame of which at least two vectors occur, and no vector of another; None where there is none."""
    names = frozenset().union(*(free_variables(side) for side in sides))
    found = [(frame, names & set(frame)) for frame in _TRIPLES if len(names & set(frame)) >= 2]
    every = frozenset().union(*(names & set(frame) for frame in _TRIPLES))
    return next((frame for frame, used in found if used == every), None)


def basis(frame: Frame) -> dict[str, tuple[Form, ...]]:
    """The components of the vectors of a frame in this frame."""
    return {name: tuple(ONE if i == place else ZERO for i in range(3)) for place, name in enumerate(frame)}


def said_of(frame: Frame) -> tuple[Form, ...]:
    """The condition: each is the cross product of the two others, so that all are of length 1 and at right angles."""
    a, b, c = map(var, frame)
    return tuple(Form("eq", (opaque("cross", x, y), z)) for x, y, z in ((a, b, c), (b, c, a), (c, a, b)))
