"""Systems of polynomial equations: what follows from them, by Groebner bases, and points that solve them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product

from flint import Ordering, fmpz_mpoly_ctx, fmpz_mpoly_vec

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, free_variables, mul, quotient, sub, substitute
from derive.model.context import Context
from derive.verify.deadline import NEVER, Deadline
from derive.verify.positivity import by_powers, used
from derive.verify.quotients import Polynomial, terms
from derive.verify.regular import unmet
from derive.verify.requirements import necessary
from derive.verify.signs import Signs

__all__ = ["follows_from_system", "system_points"]

MOST_CLAUSES = 16
MOST_CHOICES = 8
LIMITS = (40, 200, 600)
"""Lengths of the basis and of its polynomials, and bits of their coefficients, at which the search ends."""


def follows_from_system(given: Form, goal: Form, context: Context, deadline: Deadline = NEVER) -> bool:
    """Whether the goal follows from equations joined by `and`, and is defined where they hold.

    The goal is brought to clauses; a clause of equations holds if the product g of their residuals vanishes on the
    common zeros, that is if 1 lies in the ideal of the equations, of 1 - t g, and of 1 - s d for the product d of what
    is known not to be 0 (Hilbert's Nullstellensatz; Rabinowitsch).  Functions count as further unknowns.
    """
    if given.head != "and":
        return False
    clauses = _clauses(goal)
    equations = [part for part in given.args if part.head == "eq"]
    if clauses is None or len(equations) < 2:
        return False
    others = [part for part in given.args if part.head != "eq"]
    assumed = context.assuming(given, *necessary(given, Signs(context).integer))
    signs = Signs(assumed, deadline)
    if unmet(goal, signs):
        return False
    nonzero = [part for part in (*context.constraints, *others) if part.head == "ne"]
    residuals = [sub(*part.args) for part in (*equations, *nonzero)]
    goals = [mul(ONE, *(sub(*part.args) for part in clause)) for clause in clauses]
    view = Signs(Context()).view(*residuals, *goals)
    if view is None:
        return False
    count = len(equations)
    ideal = [q.numerator for q in view.quotients[:count]]
    units = [q.denominator for q in view.quotients[:count]] + [
        q.numerator for q in view.quotients[count : len(residuals)]
    ]
    return all(_vanishes(ideal, units, q.numerator, deadline) for q in view.quotients[len(residuals) :])


def _clauses(goal: Form) -> list[list[Form]] | None:
    """The goal as clauses that all hold, each a list of equations of which one holds; None for other statements."""
    if goal.head == "eq":
        return [[goal]]
    if goal.head not in ("and", "or"):
        return None
    parts = [_clauses(part) for part in goal.args]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    if goal.head == "and":
        return [clause for part in known for clause in part]
    count = 1
    for part in known:
        count *= len(part)
    if count > MOST_CLAUSES:
        return None
    return [[equation for clause in choice for equation in clause] for choice in product(*known)]


def _vanishes(ideal: list[Polynomial], units: list[Polynomial], goal: Polynomial, deadline: Deadline) -> bool:
    deadline.check()
    if goal.is_zero():
        return True
    everything = [p for p in (*ideal, *units, goal) if not p.is_constant()]
    indices = sorted({i for p in everything for i in used(p)})
    ring = fmpz_mpoly_ctx.get((*(f"x{i}" for i in indices), "s", "t"), Ordering.degrevlex)
    *_, s, t = ring.gens()

    def moved(p: Polynomial) -> Polynomial:
        shared = 1
        for _, c in terms(p):
            shared = shared * c.denominator
        return ring.from_dict({(*(m[i] for i in indices), 0, 0): int(c * shared) for m, c in terms(p)})

    unit = ring.constant(1)
    for p in units:
        unit = unit * moved(p)
    basis = [moved(p) for p in ideal if not p.is_zero()]
    basis += [s * unit - 1] if not unit.is_constant() else []
    found, _ = fmpz_mpoly_vec([*basis, t * moved(goal) - 1], ring).buchberger_naive(limits=LIMITS)
    return any(p.is_constant() and not p.is_zero() for p in found)


# --- points ---

Roots = Callable[[Form, str, dict[str, Form]], Iterator[Form]]


def system_points(equations: list[Form], point: Mapping[str, Form], roots: Roots) -> Iterator[dict[str, Form]]:
    """Points that solve as many equations as unknowns, the other variables as in the point.

    Unknowns that occur linearly are eliminated one after another; `roots` solves the last equation.
    """
    names = sorted(set(point) & {n for e in equations for n in free_variables(e)})
    for unknowns in list(combinations(names, len(equations)))[:MOST_CHOICES]:
        fixed = {name: value for name, value in point.items() if name not in unknowns}
        for solved in _solutions([substitute(e, fixed) for e in equations], frozenset(unknowns), roots):
            yield {**fixed, **solved}


def _solutions(equations: list[Form], unknowns: frozenset[str], roots: Roots) -> Iterator[dict[str, Form]]:
    if len(equations) == 1 and len(unknowns) == 1:
        (name,) = unknowns
        for root in roots(equations[0], name, {}):
            yield {name: root}
        return
    for i, equation in enumerate(equations):
        for name in sorted(unknowns & free_variables(equation)):
            value = _isolated(equation, name)
            if value is None:
                continue
            rest = [substitute(e, {name: value}) for j, e in enumerate(equations) if j != i]
            for solved in _solutions(rest, unknowns - {name}, roots):
                yield {**solved, name: substitute(value, solved)}
            return


def _isolated(equation: Form, name: str) -> Form | None:
    """The value of an unknown that occurs linearly with a number as coefficient."""
    view = Signs(Context()).view(sub(*equation.args))
    index = (
        None if view is None else next((i for i, f in enumerate(view.atoms.forms) if f == Form("var", (name,))), None)
    )
    if view is None or index is None:
        return None
    parts = by_powers(view.quotients[0].numerator, index)
    others = [f for i, f in enumerate(view.atoms.forms) if i != index and name in free_variables(f)]
    if max(parts) != 1 or not parts[1].is_constant() or others:
        return None
    slope = view.atoms.polynomial_form(parts[1])
    return mul(MINUS_ONE, quotient(view.atoms.polynomial_form(parts[0]) if 0 in parts else ZERO, slope))
