"""Solving an equation for one unknown by the methods of the classroom, one named step at a time.

The strategy is that of PRESS (A. Bundy and B. Welham, Artificial Intelligence 16, 1981): isolate where the unknown is
in one place, otherwise collect it, otherwise bring its occurrences closer; then polynomials and substitution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.engine.attract import absolute_values, common_factor, exponents, logarithms, radicals, same_base
from derive.engine.candidates import check
from derive.engine.coefficients import polynomial
from derive.engine.collect import clear_fractions, collect_linear, multiply_out
from derive.engine.errors import EngineError
from derive.engine.higher import solve_polynomial
from derive.engine.isolate import isolate
from derive.engine.laws import ranked
from derive.engine.lines import Lines
from derive.engine.moves import TRUE, Move, alternatives, is_solved, sides, statement
from derive.engine.numeric import holds_at
from derive.engine.periodic import angles, sine_and_cosine
from derive.engine.reduce import reduced_answer
from derive.engine.signs import Facts, granted
from derive.engine.substitute import substitute
from derive.engine.tidy import tidy
from derive.engine.views import free_of, same
from derive.engine.writing import number_of, total
from derive.model.derivation import Derivation, StepRelation
from derive.notation.printer import latex
from derive.notation.tree import Link, Node, Relation

__all__ = ["Solution", "solve"]

MOST_LINES = 60
MOST_SOLUTIONS = 12

Method = Callable[[Relation, Node, Facts], Move | None]


@dataclass(frozen=True, slots=True)
class Solution:
    """The derivation, the solutions it found, and what they still owe (conditions which `given` does not grant).

    `solutions` are the terms the unknown equals; `everywhere` says that every number solves the equation.  No
    solutions and not `everywhere`: the set is empty.
    """

    derivation: Derivation
    solutions: tuple[Node, ...]
    conditions: tuple[Node, ...] = ()
    everywhere: bool = False


def solve(equation: Node, unknown: Node, given: tuple[Node, ...] = (), *, title: str = "") -> Solution:
    """The steps from an equation to `unknown = ...`, and the solutions.

    `given` are statements that hold (`0 < p < 1`).  Raises EngineError where the unknown does not occur, the
    statement is no equation, or no method applies.
    """
    if sides(equation) is None or not isinstance(equation, Relation):
        raise EngineError(f"{latex(equation)} is not an equation")
    if free_of(equation, unknown):
        raise EngineError(f"{latex(unknown)} does not occur in {latex(equation)}")
    facts = Facts.given(given)
    lines = Lines(equation)
    suspects: list[int] = []
    seen: set[Node] = {equation}
    while len(lines.steps) < MOST_LINES:
        moves = _moves(lines.current, unknown, facts)
        if not moves:
            break
        if any(move.suspect for move in moves.values()):
            suspects.append(len(lines.steps))
        _add(lines, moves, unknown)
        if lines.current in seen:
            raise EngineError(f"no way found to get {latex(unknown)} alone in {latex(equation)}")
        seen.add(lines.current)
    open_ones = [e for e in alternatives(lines.current) if not is_solved(e, unknown)]
    if open_ones:
        raise EngineError(f"no method of this table gets {latex(unknown)} alone in {latex(open_ones[0])}")
    check(lines, unknown, given, tuple(suspects))
    return _solution(lines, unknown, given, facts, title or f"Solve {latex(equation)} for {latex(unknown)}")


def _solution(lines: Lines, unknown: Node, given: tuple[Node, ...], facts: Facts, title: str) -> Solution:
    found = [pair for e in alternatives(lines.current) if e != TRUE and (pair := sides(e)) is not None]
    owed = [c for step in lines.steps for c in step.conditions if not granted(c, facts)]
    if lines.current != TRUE:
        owed = [c for c in owed if free_of(c, unknown) or not all(holds_at(c, unknown, pair[1]) for pair in found)]
    return Solution(
        lines.derivation(title, given),
        tuple(pair[1] for pair in found),
        tuple(dict.fromkeys(owed)),
        lines.current == TRUE,
    )


# --- one line to the next ----------------------------------------------------------------------------------


def _moves(line: Node, unknown: Node, facts: Facts) -> dict[int, Move]:
    """For the equations of a line, by their place, the moves to make: the first one's and all of the same rule."""
    moves: dict[int, Move] = {}
    rule = ""
    for place, equation in enumerate(alternatives(line)):
        move = next_move(equation, unknown, facts) if isinstance(equation, Relation) else None
        if move is not None and rule in ("", move.rule):
            moves[place] = move
            rule = move.rule
    return moves


def _add(lines: Lines, moves: dict[int, Move], unknown: Node) -> None:
    equations: list[Relation] = []
    for place, equation in enumerate(alternatives(lines.current)):
        if place in moves:
            equations.extend(moves[place].equations)
        elif isinstance(equation, Relation):
            equations.append(equation)
    if len(equations) > MOST_SOLUTIONS:
        raise EngineError(f"more than {MOST_SOLUTIONS} cases for {latex(unknown)}")
    relation: StepRelation = "implies" if any(m.relation == "implies" for m in moves.values()) else "iff"
    first = next(iter(moves.values()))
    owes = [condition for move in moves.values() for condition in move.owes]
    kept = (TRUE,) if TRUE in equations else tuple(equations)
    lines.add(statement(kept, unknown), (first.rule,), owes, relation, first.says)


def next_move(equation: Relation, unknown: Node, facts: Facts) -> Move | None:
    """The first method's move, None where the equation is solved (or no method applies)."""
    for method in METHODS:
        move = method(equation, unknown, facts)
        if move is not None and move.equations != (equation,):
            return move
        if method is _decided and is_solved(equation, unknown):
            return reduced_answer(equation, unknown, facts)
    return None


# --- the methods -------------------------------------------------------------------------------------------


def _decided(equation: Relation, unknown: Node, facts: Facts) -> Move | None:
    """What does not depend on the unknown any more is true or false."""
    pair = sides(equation)
    if pair is None:
        return None
    left, right = pair
    if same(left, right) and polynomial(left, unknown) is not None:
        return Move((TRUE,), "equations.always") if equation != TRUE else None
    if not free_of(equation, unknown):
        return None
    difference = tidy(total([(1, left), (-1, right)])).node
    if number_of(difference) is None and not facts.is_nonzero(difference):
        raise EngineError(f"{latex(unknown)} cancels: what is left is {latex(equation)}")
    return Move((), "equations.no_solution")


def _work_out(equation: Relation, unknown: Node, facts: Facts) -> Move | None:
    """Numbers, signs and like terms of each side worked out; nothing is moved or re-ordered."""
    pair = sides(equation)
    if pair is None:
        return None
    left, right = (tidy(side, order=False) for side in pair)
    laws = tuple(law for law in (*left.laws, *right.laws) if law not in ("algebra.order", "algebra.one"))
    if not laws:
        return None
    line = Relation(left.node, (Link("=", right.node),))
    owes = (*left.owes, *right.owes)
    gains = any(not free_of(condition, unknown) for condition in owes)
    return Move((line,), ranked(laws)[0], owes, suspect=gains) if line != equation else None


METHODS: tuple[Method, ...] = (
    _decided,
    _work_out,
    isolate,
    angles,
    clear_fractions,
    radicals,
    logarithms,
    absolute_values,
    multiply_out,
    collect_linear,
    solve_polynomial,
    sine_and_cosine,
    common_factor,
    same_base,
    substitute,
    exponents,
)
