"""The LaTeX printer: canonical LaTeX for a notation tree, inverse to the reader.

White space is the printer's; everything else is in the tree.  Where a tree made by a program would be read
differently without brackets (a sum as a factor, a power as a base), brackets are written.
"""

from __future__ import annotations

from derive.notation import (
    arithmetic,
    arrays,
    bigoperators,
    brackets,
    derivatives,
    differentials,
    integrals,
    juxtaposition,
    letters,
    statements,
)
from derive.notation.printing import Print, Printer
from derive.notation.tree import Node

__all__ = ["PRINTERS", "latex"]

PRINTERS: dict[type[Node], Print] = (
    letters.PRINTERS
    | arithmetic.PRINTERS
    | juxtaposition.PRINTERS
    | brackets.PRINTERS
    | differentials.PRINTERS
    | derivatives.PRINTERS
    | integrals.PRINTERS
    | bigoperators.PRINTERS
    | arrays.PRINTERS
    | statements.PRINTERS
)

_PRINTER = Printer(PRINTERS)


def latex(node: Node) -> str:
    """The canonical LaTeX of a tree."""
    return _PRINTER.text(node)
