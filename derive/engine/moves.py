"""What a method of solving gives: one move from an equation to the next ones."""

from __future__ import annotations

from dataclasses import dataclass

from derive.engine.views import free_of
from derive.engine.writing import ZERO, equation
from derive.model.derivation import StepRelation
from derive.notation.tree import Link, Listing, Node, Relation, Symbol

__all__ = [
    "EMPTY",
    "OR",
    "TRUE",
    "Move",
    "alternatives",
    "empty",
    "is_solved",
    "relation",
    "sides",
    "statement",
    "to",
]

OR = "\\quad \\text{or} \\quad"
EMPTY = Symbol("\\emptyset")
TRUE = equation(ZERO, ZERO)
"""The line that holds for every value of the unknown."""


@dataclass(frozen=True, slots=True)
class Move:
    """An equation replaced by `equations` (joined by "or"; none of them: no solution), by the rule of that name.

    `suspect` says that solutions may have been gained, so that candidates must be put into the first equation.
    """

    equations: tuple[Relation, ...]
    rule: str
    owes: tuple[Node, ...] = ()
    relation: StepRelation = "iff"
    suspect: bool = False
    says: str = ""


def to(left: Node, right: Node, rule: str, owes: tuple[Node, ...] = (), says: str = "") -> Move:
    """The move to one equation."""
    return Move((equation(left, right),), rule, owes, says=says)


def sides(statement: Node) -> tuple[Node, Node] | None:
    """Both sides of an equation, None for any other statement."""
    match statement:
        case Relation(left, (Link("=", right),)) if left is not None:
            return left, right
    return None


def relation(left: Node, sign: str, right: Node) -> Relation:
    """`left sign right`."""
    return Relation(left, (Link(sign, right),))


def empty(unknown: Node) -> Relation:
    """The statement that there is no solution."""
    return relation(unknown, "\\in", EMPTY)


def statement(equations: tuple[Relation, ...], unknown: Node) -> Node:
    """Equations joined by "or" as one line."""
    different = tuple(dict.fromkeys(equations))
    if not different:
        return empty(unknown)
    return different[0] if len(different) == 1 else Listing(different, (OR,) * (len(different) - 1))


def alternatives(line: Node) -> tuple[Node, ...]:
    """The equations of a line joined by "or"."""
    return line.items if isinstance(line, Listing) and set(line.separators) == {OR} else (line,)


def is_solved(statement: Node, unknown: Node) -> bool:
    """Whether a statement is `x = ...` with nothing of x on the right (or says that all or no x solve)."""
    pair = sides(statement)
    if pair is None:
        return isinstance(statement, Relation) and statement.first == unknown
    return statement == TRUE or (pair[0] == unknown and free_of(pair[1], unknown))
